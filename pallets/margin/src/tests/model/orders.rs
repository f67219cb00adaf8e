//! Leveraged positions in one call: collateral in, trade, and out again.

use super::{
	books::{Books, Who},
	calls::{Deal, Limit},
	number::*,
	rules::{Attempt, Error},
};
use crate::{mock::*, Direction, Part, Size};
use num_bigint::BigInt;

/// What `open` is told, apart from its collateral.
#[derive(Clone, Copy, Debug)]
pub struct Order {
	pub direction: Direction,
	pub asset: AssetId,
	pub against: AssetId,
	pub size: Size,
	pub limit: u128,
	pub max_borrow: u128,
}

impl Attempt {
	/// So many units of the asset at the limit, in units of the other one.
	fn at_limit(&self, asset: AssetId, against: AssetId, size: u128, limit: u128) -> Q {
		let units = |asset| whole(10u128.pow(self.world.configs[&asset].decimals.into()));
		whole(size) / units(asset) * fixed(limit) * units(against)
	}

	fn limit(&self, order: (AssetId, AssetId, u128), buys: bool, closes: bool) -> impl FnOnce(u128, u128) -> Limit {
		let (asset, against, limit) = order;
		let model = self.clone();
		move |sold, bought| {
			let unit = whole(1);
			let passed = if buys {
				above(&whole(sold), &model.at_limit(asset, against, bought, limit), &unit)
			} else {
				below(&whole(bought), &model.at_limit(asset, against, sold, limit), &unit)
			};
			Limit {
				passed,
				error: Error::PriceBeyondLimit,
				closes,
			}
		}
	}

	/// The size that an order means, in units of its asset: every step of it rounded down.
	pub fn size(&self, collateral: Option<(AssetId, u128)>, order: &Order) -> Option<u128> {
		let leverage = match order.size {
			Size::Amount(amount) => return Some(amount),
			Size::Leverage(leverage) => leverage,
		};
		let (given, amount) = collateral?;
		let price = |asset| BigInt::from(self.world.quotes[&asset].live.raw());
		let units = |asset| BigInt::from(10u128.pow(self.world.configs[&asset].decimals.into()));
		let one = BigInt::from(10u128.pow(18));
		let brought = BigInt::from(amount) * price(given) / units(given);
		let exposure = &brought * BigInt::from(leverage.raw()) / one;
		let already = if given == order.asset { brought } else { BigInt::zero() };
		let wanted = match order.direction {
			Direction::Long => (exposure - already).max(BigInt::zero()),
			Direction::Short => exposure + already,
		};
		let price = price(order.asset);
		if price.is_zero() {
			return None;
		}
		(wanted * units(order.asset) / price).try_into().ok()
	}

	/// With a deposit in the same call before it, against which leverage is measured.
	pub fn deposit_and_open(
		&mut self,
		(owner, sub): (AccountId, u16),
		(given, amount): (AssetId, u128),
		order: &Order,
		deal: Deal,
		stored: &Books,
	) {
		self.deposit(owner, sub, given, amount);
		if self.books.pools.contains_key(&given) {
			self.part_is_over(stored);
			self.open_on((owner, sub), None, Some((given, amount)), order, deal);
		}
	}

	pub fn open(&mut self, name: (AccountId, u16), collateral: Option<(AssetId, u128)>, order: &Order, deal: Deal) {
		self.open_on(name, collateral, collateral, order, deal);
	}

	fn open_on(
		&mut self,
		(owner, sub): (AccountId, u16),
		collateral: Option<(AssetId, u128)>,
		base: Option<(AssetId, u128)>,
		order: &Order,
		deal: Deal,
	) {
		let who = Self::trader(owner, sub);
		let (asset, against) = (order.asset, order.against);
		let mut known = vec![self.is_listed(asset), self.is_listed(against)];
		for (traded, _) in [asset, against]
			.into_iter()
			.zip(known.clone())
			.filter(|(_, known)| *known)
		{
			self.may_trade(traded);
		}
		match collateral {
			Some((given, amount)) => {
				self.refuse(amount == 0, Error::AmountZero);
				known.push(self.is_listed(given));
				self.open_if_new(owner, sub);
			},
			None => known.push(self.is_open(who)),
		}
		if known.contains(&false) {
			return;
		}
		if let Some((given, amount)) = collateral {
			self.bring_in(owner, sub, given, amount);
		}
		if let Size::Leverage(_) = order.size {
			match base {
				None => self.refuse(true, Error::LeverageNeedsCollateral),
				Some((given, _)) => self.usable(given, Sure::Yes),
			}
		}
		let before = self.health(who);
		match self.size(base, order) {
			Some(size) => self.at_least_minimum(asset, size),
			None => self.refuse(true, Error::Overflow),
		}
		let buys = order.direction == Direction::Long;
		let pair = if buys { (against, asset) } else { (asset, against) };
		let limit = self.limit((asset, against, order.limit), buys, false);
		let borrowed = self.trade(who, pair, deal, limit);
		let beyond = above(&borrowed, &whole(order.max_borrow), &self.dust(pair.0));
		self.refuse(beyond, Error::BorrowBeyondLimit);
		self.initial_or_no_worse(who, &before);
	}

	/// `size`: how much the pallet would sell or buy back, which it knows to the unit.
	pub fn close(
		&mut self,
		who: Who,
		(asset, against): (AssetId, AssetId),
		part: Part,
		limit: u128,
		size: u128,
		deal: Deal,
	) {
		let known = [self.is_listed(asset), self.is_listed(against), self.is_open(who)];
		if known.contains(&false) {
			return;
		}
		let position = self.books.amount(who, asset);
		let some = self.is_some(asset, &position.abs());
		self.refuse(some.not(), Error::NoPosition);
		if some == Sure::No {
			return;
		}
		self.refuse(size == 0, Error::AmountZero);
		let least = self.world.configs[&asset].min_amount.0;
		let all = match part {
			Part::All => Sure::Yes,
			Part::Amount(amount) => below(&whole(amount), &position.abs(), &self.dust(asset)).not(),
		};
		self.refuse(all.not().min((size < least).into()), Error::AmountTooSmall);
		let before = self.health(who);
		let buys = position.is_negative();
		let pair = if buys { (against, asset) } else { (asset, against) };
		let limit = self.limit((asset, against, limit), buys, true);
		let borrowed = self.trade(who, pair, deal, limit);
		self.refuse(self.is_some(pair.0, &borrowed), Error::NotEnoughDeposited);
		self.initial_or_no_worse(who, &before);
	}
}
