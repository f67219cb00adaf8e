//! What each call of a trader does by its documentation, and which rules it has to pass.

use super::{
	books::Who,
	number::*,
	rules::{Attempt, Error, Reason},
};
use crate::{mock::*, Mode};

/// A trade as the market would make it now: what is sold and what is bought.
pub type Deal = Option<(u128, u128)>;

/// Stands for all of a deposit.
const ALL: u128 = u128::MAX;

/// From here on shares or dollars may not fit.
const TOO_LARGE: u128 = 10u128.pow(33);

/// How a trade's price may be refused.
pub struct Limit {
	pub passed: Sure,
	pub error: Error,
	/// Whether the trade closes a position.
	pub closes: bool,
}

impl Attempt {
	pub fn trader(owner: AccountId, sub: u16) -> Who {
		Who::Trader(owner, sub)
	}

	fn spend(&mut self, owner: AccountId, asset: AssetId, amount: u128) {
		let wallet = self.world.wallets.entry((owner, asset)).or_default();
		let short = *wallet < amount;
		*wallet = wallet.saturating_sub(amount);
		self.note(short.into(), Reason::Wallet);
	}

	fn earn(&mut self, owner: AccountId, asset: AssetId, amount: &Q) {
		let amount: u128 = amount.floor().to_integer().try_into().unwrap_or_default();
		let wallet = self.world.wallets.entry((owner, asset)).or_default();
		*wallet = wallet.saturating_add(amount);
	}

	pub fn at_least_minimum(&mut self, asset: AssetId, amount: u128) {
		self.refuse(amount == 0, Error::AmountZero);
		let least = self.world.configs[&asset].min_amount.0;
		self.refuse(amount < least, Error::AmountTooSmall);
		if amount > TOO_LARGE {
			self.refuse(Sure::Perhaps, Error::Overflow);
		}
	}

	pub fn bring_in(&mut self, owner: AccountId, sub: u16, asset: AssetId, amount: u128) {
		let who = Self::trader(owner, sub);
		self.at_least_minimum(asset, amount);
		self.spend(owner, asset, amount);
		let change = self.books.credit(who, asset, &whole(amount));
		self.flow_in(asset, &whole(amount), &-&change.debt);
		self.may_supply(who, asset, &change);
		self.fits(who, &[asset]);
	}

	pub fn deposit(&mut self, owner: AccountId, sub: u16, asset: AssetId, amount: u128) {
		if !self.is_listed(asset) {
			return self.refuse(amount == 0, Error::AmountZero);
		}
		self.open_if_new(owner, sub);
		self.bring_in(owner, sub, asset, amount);
	}

	pub fn open_if_new(&mut self, owner: AccountId, sub: u16) {
		let who = Self::trader(owner, sub);
		if !self.books.holders.contains_key(&who) {
			self.books.open(who, Mode::Cross);
		}
	}

	/// How much of a deposit is meant, if the account has as much.
	fn deposited(&mut self, who: Who, asset: AssetId, amount: u128) -> Q {
		self.refuse(amount == 0, Error::AmountZero);
		let held = self.books.amount(who, asset);
		let dust = self.dust(asset);
		if amount == ALL {
			let some = self.is_some(asset, &held);
			self.refuse(some.not(), Error::NotEnoughDeposited);
			// What is worth less than a unit cannot be taken.
			return most(held.floor(), Q::zero());
		}
		self.refuse(below(&held, &whole(amount), &dust), Error::NotEnoughDeposited);
		whole(amount)
	}

	pub fn withdraw(&mut self, owner: AccountId, sub: u16, asset: AssetId, amount: u128) {
		self.world.about = (amount == ALL).then_some((owner, asset));
		let who = Self::trader(owner, sub);
		self.refuse(amount == 0, Error::AmountZero);
		let known = (self.is_listed(asset), self.is_open(who));
		if known != (true, true) {
			return;
		}
		self.may_withdraw(asset);
		let amount = self.deposited(who, asset, amount);
		let change = self.books.debit(who, asset, &amount);
		// The part beyond the deposit was refused above.
		let taken = super::books::Change {
			debt: Q::zero(),
			..change
		};
		self.may_borrow(asset, &taken);
		self.flow_out(asset, &amount);
		self.withdrawal(who);
		self.earn(owner, asset, &amount);
	}

	pub fn borrow(&mut self, owner: AccountId, sub: u16, asset: AssetId, amount: u128) {
		let who = Self::trader(owner, sub);
		self.refuse(amount == 0, Error::AmountZero);
		let known = (self.is_listed(asset), self.is_open(who));
		if known.0 {
			self.at_least_minimum(asset, amount);
		}
		if known != (true, true) {
			return;
		}
		self.may_withdraw(asset);
		let change = self.books.debit(who, asset, &whole(amount));
		self.may_borrow(asset, &change);
		self.flow_out(asset, &whole(amount));
		self.fits(who, &[asset]);
		let lent = self.is_some(asset, &change.debt);
		self.account_cap(who, asset, lent);
		self.withdrawal(who);
		self.earn(owner, asset, &whole(amount));
	}

	pub fn repay(&mut self, owner: AccountId, sub: u16, asset: AssetId, amount: u128) {
		let who = Self::trader(owner, sub);
		self.refuse(amount == 0, Error::AmountZero);
		let known = (self.is_listed(asset), self.is_open(who));
		if known != (true, true) {
			return;
		}
		let owed = -self.books.amount(who, asset);
		let some = self.is_some(asset, &owed);
		self.refuse(some.not(), Error::NoDebt);
		let paid = least(whole(amount), most(owed.ceil(), Q::zero()));
		// Less than a share of the debt pays nothing off.
		let tiny = if paid <= whole(super::books::DUST) {
			Sure::Perhaps
		} else {
			Sure::No
		};
		self.refuse(tiny, Error::AmountTooSmall);
		let change = self.books.credit(who, asset, &paid);
		self.flow_in(asset, &paid, &-&change.debt);
		self.fits(who, &[asset]);
		let spent = paid.to_integer().try_into().unwrap_or_default();
		// All that is owed may be a few units more or less in the pallet's books.
		let (whole_debt, dust) = (owed <= whole(amount) + self.dust(asset), self.dust(asset));
		self.world.about = whole_debt.then_some((owner, asset));
		let wallet = whole(self.world.wallets.get(&(owner, asset)).copied().unwrap_or_default());
		if whole_debt && (&wallet - &paid).abs() <= dust {
			self.note(Sure::Perhaps, Reason::Wallet);
			self.world.wallets.insert((owner, asset), 0);
		} else {
			self.spend(owner, asset, spent);
		}
	}

	/// Sells `sold` and buys `bought` inside the account. `None`: the market does not make this trade.
	pub fn trade(
		&mut self,
		who: Who,
		(from, to): (AssetId, AssetId),
		deal: Deal,
		limit: impl FnOnce(u128, u128) -> Limit,
	) -> Q {
		self.refuse(from == to, Error::SameAsset);
		self.may_trade(from);
		self.may_trade(to);
		let Some((sold, bought)) = deal.filter(|_| from != to) else {
			self.refuse(from != to, Error::NoMarket);
			return Q::zero();
		};
		let limit = limit(sold, bought);
		let closes = limit.closes;
		self.refuse(limit.passed, limit.error);
		self.refuse(bought == 0, Error::AmountTooSmall);
		let out = self.books.debit(who, from, &whole(sold));
		let back = self.books.credit(who, to, &whole(bought));
		self.may_borrow(from, &out);
		let (borrowed, repaid) = (most(out.debt.clone(), Q::zero()), -&back.debt);
		self.flow_out(from, &borrowed);
		self.flow_in(to, &repaid, &repaid);
		self.may_buy(who, to, &back, closes);
		self.fits(who, &[from, to]);
		let lent = self.is_some(from, &borrowed);
		self.account_cap(who, from, lent);
		self.tier_of(who, from, lent);
		borrowed
	}

	pub fn swap(&mut self, who: Who, (from, to): (AssetId, AssetId), (amount_in, min_out): (u128, u128), deal: Deal) {
		self.refuse(amount_in == 0, Error::AmountZero);
		let known = [self.is_listed(from), self.is_listed(to), self.is_open(who)];
		if known[0] {
			self.at_least_minimum(from, amount_in);
		}
		if known.contains(&false) {
			return;
		}
		let before = self.health(who);
		self.trade(who, (from, to), deal, |_, bought| Limit {
			passed: (bought < min_out).into(),
			error: Error::LimitNotMet,
			closes: false,
		});
		self.initial_or_no_worse(who, &before);
	}

	pub fn transfer(&mut self, owner: AccountId, (from, to): (u16, u16), asset: AssetId, amount: u128) {
		self.refuse(from == to, Error::SameAccount);
		let (gives, takes) = (Self::trader(owner, from), Self::trader(owner, to));
		let known = [self.is_open(gives), self.is_open(takes), self.is_listed(asset)];
		if known.contains(&false) || from == to {
			return;
		}
		self.may_withdraw(asset);
		let amount = self.deposited(gives, asset, amount);
		let owed = most(-self.books.amount(takes, asset), Q::zero());
		self.books.shift(gives, takes, asset, &amount);
		let repaid = least(owed, amount);
		self.flow_in(asset, &Q::zero(), &repaid);
		self.fits(takes, &[asset]);
		// What pays a debt is welcome whatever the bounds.
		let held = self.is_some(asset, &most(self.books.amount(takes, asset), Q::zero()));
		self.account_cap(takes, asset, held);
		self.tier_of(takes, asset, held);
		self.withdrawal(gives);
	}

	pub fn open_account(&mut self, owner: AccountId, sub: u16, mode: Mode<AssetId>) {
		let who = Self::trader(owner, sub);
		self.refuse(self.books.holders.contains_key(&who), Error::AccountExists);
		if let Mode::Isolated { collateral, debt } = mode {
			self.refuse(collateral == debt, Error::SameAsset);
			self.is_listed(collateral);
			self.is_listed(debt);
		}
		self.books.open(who, mode);
	}

	/// Dust goes to the fund.
	pub fn close_account(&mut self, owner: AccountId, sub: u16) {
		let who = Self::trader(owner, sub);
		if !self.is_open(who) {
			return;
		}
		self.refuse(self.has_debt(who), Error::AccountNotEmpty);
		for (asset, amount) in self.books.balances(who) {
			let least = whole(self.world.configs[&asset].min_amount.0);
			let large = below(&amount.abs(), &least, &self.dust(asset)).not();
			self.refuse(large, Error::AccountNotEmpty);
			self.books.shift(who, Who::Fund, asset, &amount);
		}
		self.books.holders.remove(&who);
	}
}
