//! The documented rules, one by one: each says whether it refuses what an attempt has done to the books so far.

use super::{
	books::{Books, Change, Who},
	health::{health, Health},
	number::*,
	world::World,
};
use crate::{mock::*, Mode, Status, Tier};
use sp_runtime::traits::Get;
use sp_runtime::DispatchError;

pub type Error = crate::Error<Test>;
type MostAssets = <Test as crate::Config>::MaxAccountAssets;

/// Why a call is refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reason {
	/// A rule of the pallet.
	Rule(DispatchError),
	/// The wallet has too little.
	Wallet,
	/// The account that takes a slice over cannot bear it.
	Taker,
}

impl Reason {
	pub fn explains(&self, error: &DispatchError) -> bool {
		match self {
			Self::Rule(rule) => rule == error,
			Self::Taker => stands_against_taking(error),
			Self::Wallet => matches!(error, DispatchError::Token(_) | DispatchError::Arithmetic(_)),
		}
	}
}

/// What may stand against taking over a slice of another's account.
fn stands_against_taking(error: &DispatchError) -> bool {
	let rules = [
		Error::NotEnoughCollateral,
		Error::IsolatedOnly,
		Error::NotInIsolatedAccount,
		Error::AccountFull,
		Error::AccountCapReached,
		Error::DebtTooSmall,
		Error::PriceUnusable,
		Error::AmountTooSmall,
		Error::AmountZero,
	];
	rules.into_iter().any(|rule| DispatchError::from(rule) == *error)
}

/// A call as the model sees it: the state that it would lead to, and every rule that is against it.
#[derive(Clone, Debug)]
pub struct Attempt {
	pub world: World,
	pub books: Books,
	/// What the first of two parts has written.
	pub between: Option<Books>,
	pub against: Vec<(Reason, Sure)>,
}

impl Attempt {
	pub fn new(world: &World, books: &Books) -> Self {
		Self {
			world: world.clone(),
			books: books.opened(&world.configs),
			between: None,
			against: Vec::new(),
		}
	}

	/// The first part of a call is over, and what it wrote is what the next one finds: both book interest.
	pub fn part_is_over(&mut self, stored: &Books) {
		let mut between = stored.clone();
		between.close(self.books.clone());
		self.books = between.opened(&self.world.configs);
		self.between = Some(between);
	}

	pub fn refuse(&mut self, when: impl Into<Sure>, error: Error) {
		self.note(when.into(), Reason::Rule(error.into()));
	}

	pub fn note(&mut self, when: Sure, reason: Reason) {
		if when != Sure::No {
			self.against.push((reason, when));
		}
	}

	pub fn dust(&self, asset: AssetId) -> Q {
		self.books.pools[&asset].dust.clone()
	}

	pub fn is_listed(&mut self, asset: AssetId) -> bool {
		let listed = self.books.pools.contains_key(&asset);
		self.refuse(!listed, Error::UnknownAsset);
		listed
	}

	pub fn is_open(&mut self, who: Who) -> bool {
		let open = self.books.holders.contains_key(&who);
		self.refuse(!open, Error::UnknownAccount);
		open
	}

	pub fn health(&self, who: Who) -> Health {
		health(&self.world, &self.books, who)
	}

	/// Whether an amount is more than nothing.
	pub fn is_some(&self, asset: AssetId, amount: &Q) -> Sure {
		if amount.is_zero() {
			Sure::No
		} else {
			above(amount, &Q::zero(), &self.dust(asset))
		}
	}

	/// Whether the account owes anything. What is dust may be owed or held in the pallet's books.
	pub fn has_debt(&self, who: Who) -> Sure {
		let balances = self.books.balances(who);
		let debts = balances
			.iter()
			.map(|(asset, amount)| below(amount, &Q::zero(), &self.dust(*asset)));
		debts.max().unwrap_or(Sure::No)
	}

	/// Something leaves an account other than by a trade.
	pub fn may_withdraw(&mut self, asset: AssetId) {
		self.refuse(self.world.status[&asset] == Status::Frozen, Error::AssetFrozen);
		self.refuse(self.world.pauses[&asset].withdraw, Error::ActionPaused);
	}

	pub fn may_trade(&mut self, asset: AssetId) {
		self.refuse(self.world.status[&asset] == Status::Frozen, Error::AssetFrozen);
		self.refuse(self.world.pauses[&asset].trade, Error::ActionPaused);
		self.usable(asset, Sure::Yes);
	}

	pub fn usable(&mut self, asset: AssetId, when: Sure) {
		let verdict = self.world.quotes[&asset].verdict;
		let frozen = self.world.status[&asset] == Status::Frozen;
		self.refuse(when.min((!verdict.is_usable() || frozen).into()), Error::PriceUnusable);
	}

	/// Only a live asset may be added to a position.
	fn live(&mut self, asset: AssetId, when: Sure) {
		match self.world.status[&asset] {
			Status::Live => (),
			Status::Frozen => self.refuse(when, Error::AssetFrozen),
			Status::ReduceOnly | Status::Delisting(_) => self.refuse(when, Error::AssetReduceOnly),
		}
	}

	/// The pool can pay what was taken, and lends what was lent of it.
	pub fn may_borrow(&mut self, asset: AssetId, change: &Change) {
		let config = self.world.configs[&asset];
		let dust = self.dust(asset);
		let (liquidity, deposits, debt) = {
			let pool = &self.books.pools[&asset];
			(pool.liquidity.clone(), pool.deposits(), pool.debt())
		};
		self.refuse(below(&liquidity, &Q::zero(), &dust), Error::PoolTooDry);
		let lent = self.is_some(asset, &change.debt);
		if lent == Sure::No {
			return;
		}
		let kept = deposits * fixed(config.unborrowable.raw());
		self.refuse(lent.min(below(&liquidity, &kept, &dust)), Error::PoolTooDry);
		self.refuse(
			lent.min(above(&debt, &whole(config.borrow_cap.0), &dust)),
			Error::BorrowCapReached,
		);
		self.live(asset, lent);
		self.refuse(lent.min(self.world.pauses[&asset].borrow.into()), Error::ActionPaused);
		let now = self.books.now;
		let window = self.world.lent.entry(asset).or_default();
		let full = window.take(&config.borrow_window, &change.debt, now, &dust);
		self.refuse(lent.min(full), Error::BorrowWindowFull);
	}

	/// Tokens that came from a wallet and became a deposit: beside a debt they are collateral, which never pauses. Nobody
	/// comes back to an asset that others are moved out of.
	pub fn may_supply(&mut self, who: Who, asset: AssetId, change: &Change) {
		let supplied = self.is_some(asset, &change.deposit);
		let alone = supplied.min(self.has_debt(who).not());
		let given_up = self.world.is_given_up(asset, self.books.now);
		self.refuse(supplied.min(given_up.into()), Error::AssetReduceOnly);
		self.live(asset, alone);
		self.refuse(alone.min(self.world.pauses[&asset].supply.into()), Error::ActionPaused);
		self.pool_cap(asset, supplied);
		self.may_hold(who, asset, supplied);
	}

	/// Bought tokens that became a deposit. Who closes a position may do so above the cap of the pool.
	pub fn may_buy(&mut self, who: Who, asset: AssetId, change: &Change, above_cap: bool) {
		let bought = self.is_some(asset, &change.deposit);
		self.live(asset, bought);
		if !above_cap {
			self.pool_cap(asset, bought);
		}
		self.may_hold(who, asset, bought);
	}

	fn pool_cap(&mut self, asset: AssetId, when: Sure) {
		let deposits = self.books.pools[&asset].deposits();
		let cap = whole(self.world.configs[&asset].deposit_cap.0);
		let full = above(&deposits, &cap, &self.dust(asset));
		self.refuse(when.min(full), Error::DepositCapReached);
	}

	fn may_hold(&mut self, who: Who, asset: AssetId, when: Sure) {
		self.tier_of(who, asset, when);
		self.account_cap(who, asset, when);
	}

	/// A cross account that owes has and owes nothing that is for isolated accounts.
	pub fn tier_of(&mut self, who: Who, asset: AssetId, when: Sure) {
		let cross = self.books.holders[&who].mode == Mode::Cross;
		let isolated = self.world.configs[&asset].tier == Tier::IsolatedOnly;
		let when = when.min((cross && isolated).into());
		self.refuse(when.min(self.has_debt(who)), Error::IsolatedOnly);
	}

	pub fn account_cap(&mut self, who: Who, asset: AssetId, when: Sure) {
		let held = self.books.amount(who, asset).abs();
		let cap = whole(self.world.configs[&asset].account_cap.0);
		self.refuse(
			when.min(above(&held, &cap, &self.dust(asset))),
			Error::AccountCapReached,
		);
	}

	pub fn flow_out(&mut self, asset: AssetId, amount: &Q) {
		let (now, dust, limit) = (self.books.now, self.dust(asset), self.world.outflow_limits[&asset]);
		let bucket = self.world.outflow.entry(asset).or_default();
		let full = bucket.take(&limit, amount, now, &dust);
		self.refuse(full, Error::OutflowLimitReached);
		let lost = self.is_some(asset, &self.books.pools[&asset].deficit);
		self.refuse(lost.min(Sure::Perhaps), Error::DeficitOutflowReached);
	}

	pub fn flow_in(&mut self, asset: AssetId, amount: &Q, repaid: &Q) {
		let (now, dust, limit) = (self.books.now, self.dust(asset), self.world.outflow_limits[&asset]);
		let bucket = self.world.outflow.entry(asset).or_default();
		bucket.bring_in(&limit, amount, now, &dust);
		let window = self.world.configs[&asset].borrow_window;
		let bucket = self.world.lent.entry(asset).or_default();
		bucket.give_back(&window, repaid, now, &dust);
	}

	/// Mode, number of assets, and no debt that is too small.
	pub fn fits(&mut self, who: Who, touched: &[AssetId]) {
		let balances = self.books.balances(who);
		if let Mode::Isolated { collateral, debt } = self.books.holders[&who].mode {
			for (asset, amount) in &balances {
				let held = self.is_some(*asset, &amount.abs());
				let allowed = match *asset {
					a if a == debt => Sure::Yes,
					a if a == collateral => below(amount, &Q::zero(), &self.dust(a)).not(),
					_ => Sure::No,
				};
				self.refuse(held.min(allowed.not()), Error::NotInIsolatedAccount);
			}
		}
		let room = <MostAssets as Get<u32>>::get() as usize;
		let surely = balances
			.iter()
			.filter(|(asset, x)| self.is_some(*asset, &x.abs()) == Sure::Yes);
		if surely.count() > room {
			self.refuse(true, Error::AccountFull);
		} else if balances.len() > room {
			self.refuse(Sure::Perhaps, Error::AccountFull);
		}
		for asset in touched {
			let owed = -self.books.amount(who, *asset);
			let least = whole(self.world.configs[asset].min_debt.0);
			// What is dust in the model may be a unit of debt in the pallet's books.
			let some = if owed.abs() <= self.dust(*asset) {
				Sure::Perhaps
			} else {
				owed.is_positive().into()
			};
			self.refuse(some.min(below(&owed, &least, &self.dust(*asset))), Error::DebtTooSmall);
		}
	}

	/// What speaks against an account with debt that took on risk.
	fn initial(&mut self, who: Who, when: Sure) {
		let when = when.min(self.has_debt(who));
		if when == Sure::No {
			return;
		}
		for (asset, amount) in self.books.balances(who) {
			let owed = below(&amount, &Q::zero(), &self.dust(asset));
			self.usable(asset, when.min(owed));
		}
		for (asset, amount) in self.books.balances(who) {
			let held = self.is_some(asset, &amount.abs());
			self.tier_of(who, asset, when.min(held));
		}
		let health = self.health(who);
		let short = below(&health.initial, &Q::zero(), &health.doubt);
		self.refuse(when.min(short), Error::NotEnoughCollateral);
	}

	/// Something leaves the account for good.
	pub fn withdrawal(&mut self, who: Who) {
		self.initial(who, Sure::Yes);
		let health = self.health(who);
		let kept = &health.deposits * fixed(Rules::get().withdrawal_margin.raw());
		let short = below(&health.initial_equity, &kept, &(&health.doubt * whole(2)));
		let owes = self.has_debt(who);
		self.refuse(owes.min(short), Error::NotEnoughEquityLeft);
	}

	/// The account took on risk, or is no worse off than before.
	pub fn initial_or_no_worse(&mut self, who: Who, before: &Health) {
		let after = self.health(who);
		let kept = after.no_worse_than(before).min(after.initial_kept(before));
		self.initial(who, kept.not());
	}
}
