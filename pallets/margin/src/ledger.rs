//! The working set of a call: pools accrued to now, prices and records of the assets it touches.
//!
//! Everything that moves money is a method here, on a [`Pool`] and an [`Account`] in memory. Nothing reaches storage
//! before [`Ledger::commit`], so a validity check is the dispatch without its commit.

use crate::{
	account::Balance, asset::Status, correlations::CorrelationBandsOf, grants::GrantList, seasoning::without_fresh,
	AccountOf, AssetConfigOf, AssetOf, Assets, Config, Error, Grants, Pulse,
};
use alloc::{collections::BTreeMap, rc::Rc, vec::Vec};
use frame_support::{
	ensure,
	traits::{Get, Time},
	CloneNoBound,
};
use margin_math::{mul_div, Amount, Price, Ratio, Rounding, Shares};
use margin_risk::{Leg, MarginRatios, Pool, PoolError, PriceSource, Quote, Side, Verdict};

/// An asset as a call sees it.
#[derive(CloneNoBound)]
pub(crate) struct Entry<T: Config> {
	pub asset: AssetOf<T>,
	pub quote: Quote,
	margin: MarginRatios,
	size_scale: Amount,
	dirty: bool,
}

impl<T: Config> Entry<T> {
	/// The maintenance ratio in force for a small position, and the size at which a position's own doubles it.
	pub fn maintenance(&self) -> (Ratio, Amount) {
		(self.margin.maintenance, self.size_scale)
	}

	/// The least that this ratio is until its next step.
	pub fn least_maintenance(&self, now: u64) -> Ratio {
		match self.asset.path {
			Some(_) => self.asset.least_maintenance_from(now),
			None => self.margin.maintenance,
		}
	}

	/// The most that this ratio is until its next step.
	pub fn most_maintenance(&self) -> Ratio {
		let then = self
			.asset
			.path
			.map(|path| self.asset.margin_at(path.until).0.maintenance);
		then.unwrap_or_default().max(self.margin.maintenance)
	}

	pub fn config(&self) -> &AssetConfigOf<T> {
		&self.asset.config
	}

	pub fn pool(&self) -> &Pool {
		&self.asset.pool
	}

	/// The margin ratios of so much on one side of an account: they rise with its own size, and the initial one with
	/// what the whole pool has on that side.
	pub fn margin_of(&self, side: Side, amount: Amount) -> MarginRatios {
		let pool = self.pool();
		let exposure = match side {
			Side::Deposit => pool.deposits,
			Side::Debt => pool.debt,
		};
		self.margin
			.for_exposure(exposure, self.config().exposure_start)
			.for_size(amount, self.size_scale)
	}
}

/// What went where when an amount was credited to an account.
#[derive(Default)]
pub(crate) struct Credited {
	pub repaid: Amount,
	pub deposited: Amount,
}

/// What came from where when an amount was taken from an account.
#[derive(Default)]
pub(crate) struct Debited {
	pub withdrawn: Amount,
	pub borrowed: Amount,
}

/// Assets touched so far, and the time they are accrued to.
#[derive(CloneNoBound)]
pub(crate) struct Ledger<T: Config> {
	now: u64,
	entries: BTreeMap<T::AssetId, Entry<T>>,
	/// Grants in kind that balances have been counted out of.
	pub(crate) grants: BTreeMap<T::AssetId, GrantList<T::AssetId>>,
	/// The bands of correlations, once an account goes by them.
	pub(crate) correlations: Option<Rc<CorrelationBandsOf<T>>>,
}

impl<T: Config> From<PoolError> for Error<T> {
	fn from(error: PoolError) -> Self {
		match error {
			PoolError::NotEnoughLiquidity => Error::<T>::PoolTooDry,
			PoolError::TooSmall => Error::<T>::AmountTooSmall,
			_ => Error::<T>::Overflow,
		}
	}
}

impl<T: Config> From<margin_risk::RiskError> for Error<T> {
	fn from(_: margin_risk::RiskError) -> Self {
		Error::<T>::Overflow
	}
}

impl<T: Config> Ledger<T> {
	/// An empty working set at the chain's time.
	pub fn new() -> Self {
		Self {
			now: T::Time::now(),
			entries: BTreeMap::new(),
			grants: BTreeMap::new(),
			correlations: None,
		}
	}

	/// The chain's time, in milliseconds of unix time.
	pub fn now(&self) -> u64 {
		self.now
	}

	fn load(&self, asset: T::AssetId) -> Result<Entry<T>, Error<T>> {
		let mut record = Assets::<T>::get(asset).ok_or(Error::<T>::UnknownAsset)?;
		let config = &record.config;
		record.pool.accrue(&config.rate, config.reserve_factor, self.now)?;
		let mut quote = T::Prices::quote(&config.price_key).unwrap_or(Quote::missing());
		if record.status == Status::Frozen {
			quote.verdict = Verdict::Frozen;
		}
		let (margin, size_scale) = record.margin_at(self.now);
		Ok(Entry {
			margin,
			asset: record,
			quote,
			size_scale,
			dirty: false,
		})
	}

	/// The entry of `asset`, read on first touch.
	pub fn entry(&mut self, asset: T::AssetId) -> Result<&Entry<T>, Error<T>> {
		self.slot(asset).map(|entry| &*entry)
	}

	/// The record of `asset`, to be written at the commit.
	pub fn record(&mut self, asset: T::AssetId) -> Result<&mut AssetOf<T>, Error<T>> {
		let entry = self.slot(asset)?;
		entry.dirty = true;
		Ok(&mut entry.asset)
	}

	/// The pool of `asset`, to be written at the commit.
	pub fn pool(&mut self, asset: T::AssetId) -> Result<&mut Pool, Error<T>> {
		self.record(asset).map(|record| &mut record.pool)
	}

	fn slot(&mut self, asset: T::AssetId) -> Result<&mut Entry<T>, Error<T>> {
		if !self.entries.contains_key(&asset) {
			let entry = self.load(asset)?;
			self.entries.insert(asset, entry);
		}
		self.entries.get_mut(&asset).ok_or(Error::<T>::UnknownAsset)
	}

	/// Writes what was changed. The ledger stays usable.
	pub fn commit(&mut self) {
		for (asset, entry) in self.entries.iter_mut().filter(|(_, entry)| entry.dirty) {
			Assets::<T>::insert(asset, entry.asset);
			entry.dirty = false;
		}
		for (asset, grants) in core::mem::take(&mut self.grants) {
			if grants.is_empty() {
				Grants::<T>::remove(asset);
			} else {
				Grants::<T>::insert(asset, grants);
			}
		}
	}

	/// Writes the balance of an account in memory, whose grants are counted out.
	fn put(&mut self, account: &mut AccountOf<T>, asset: T::AssetId, balance: Option<Balance>) -> Result<(), Error<T>> {
		account.set(asset, balance).ok_or(Error::<T>::AccountFull)?;
		account.see(asset, self.entry(asset)?.asset.grants);
		Ok(())
	}

	/// The price of `asset` may be acted upon.
	pub fn ensure_usable(&mut self, asset: T::AssetId) -> Result<(), Error<T>> {
		ensure!(self.entry(asset)?.quote.verdict.is_usable(), Error::<T>::PriceUnusable);
		Ok(())
	}

	/// The account's balances as `margin-risk` weighs them, in the account's order.
	pub fn legs(&mut self, account: &AccountOf<T>) -> Result<Vec<Leg<T::AssetId>>, Error<T>> {
		let (now, rules) = (self.now, T::AccountRules::get());
		let mut legs = self.legs_at_last_prices(account)?;
		if legs.iter().all(Leg::is_usable) {
			return Ok(legs);
		}
		let awake_since = Pulse::<T>::get().awake_since;
		for leg in legs.iter_mut().filter(|leg| leg.side == Side::Deposit) {
			leg.quote = leg
				.quote
				.decayed(now, awake_since, rules.unusable_grace, rules.unusable_decay);
		}
		Ok(legs)
	}

	/// The same, with every deposit at its last price, however long ago that was usable.
	pub fn legs_at_last_prices(&mut self, account: &AccountOf<T>) -> Result<Vec<Leg<T::AssetId>>, Error<T>> {
		let now = self.now;
		account
			.holdings
			.iter()
			.map(|holding| {
				let seasoned = self.seasoned(holding.asset)?;
				let entry = self.entry(holding.asset)?;
				let (side, amount, quote) = match holding.balance {
					Balance::Deposit(shares) => {
						let mut quote = entry.quote;
						if entry.asset.is_cold(now) {
							// A ratio just below one would leave something of a very large amount.
							quote.stable = Price::ZERO;
						}
						// Nobody borrows against what a write-off will take.
						quote.stable = after_deficit(entry.pool(), quote.stable.min(quote.live));
						// Nor against what has just come.
						let (fresh, _) = account.fresh_after(holding.asset, seasoned);
						quote.stable = without_fresh(quote.stable, shares, fresh);
						if entry.asset.is_unproven(now) {
							(quote.live, quote.candidate) = (Price::ZERO, None);
						}
						(Side::Deposit, entry.pool().deposit_value(shares)?, quote)
					},
					Balance::Debt(shares) => (Side::Debt, entry.pool().debt_value(shares)?, entry.quote),
				};
				Ok(Leg {
					asset: holding.asset,
					side,
					amount,
					decimals: entry.config().decimals,
					quote,
					margin: entry.margin_of(side, amount),
				})
			})
			.collect()
	}

	/// Brings `amount` into the account: debt of the asset first, the rest becomes a deposit.
	/// The tokens are to arrive in the pallet's account.
	pub fn credit(
		&mut self,
		account: &mut AccountOf<T>,
		asset: T::AssetId,
		amount: Amount,
	) -> Result<Credited, Error<T>> {
		self.count_out(account, asset)?;
		let mut credited = Credited::default();
		let mut rest = amount;
		let mut held = account.balance(asset);
		let pool = self.pool(asset)?;
		if let Some(Balance::Debt(shares)) = held {
			let owed = pool.debt_value(shares)?;
			if rest >= owed {
				credited.repaid = pool.repay_all(shares)?;
				held = None;
			} else {
				let burned = pool.repay(rest)?;
				credited.repaid = rest;
				held = Some(Balance::Debt(shares.saturating_sub(burned)));
			}
			rest = rest.saturating_sub(credited.repaid);
		}
		if !rest.is_zero() {
			let minted = pool.supply(rest)?;
			let before = match held {
				Some(Balance::Deposit(shares)) => shares,
				_ => Shares::ZERO,
			};
			held = Some(Balance::Deposit(
				before.checked_add(minted).ok_or(Error::<T>::Overflow)?,
			));
			credited.deposited = rest;
		}
		self.put(account, asset, held)?;
		Ok(credited)
	}

	/// Takes `amount` out of the account: its deposit first, the rest is borrowed.
	/// The tokens are to leave the pallet's account.
	pub fn debit(
		&mut self,
		account: &mut AccountOf<T>,
		asset: T::AssetId,
		amount: Amount,
	) -> Result<Debited, Error<T>> {
		self.count_out(account, asset)?;
		let mut debited = Debited::default();
		let mut rest = amount;
		let mut held = account.balance(asset);
		let config = self.entry(asset)?.config();
		let (unborrowable, borrow_cap) = (config.unborrowable, config.borrow_cap);
		let pool = self.pool(asset)?;
		if let Some(Balance::Deposit(shares)) = held {
			if rest >= pool.deposit_value(shares)? {
				debited.withdrawn = pool.withdraw_all(shares)?;
				held = None;
			} else {
				let burned = pool.withdraw(rest)?;
				debited.withdrawn = rest;
				held = Some(Balance::Deposit(shares.saturating_sub(burned)));
			}
			rest = rest.saturating_sub(debited.withdrawn);
		}
		if !rest.is_zero() {
			ensure!(rest <= pool.borrowable(unborrowable), Error::<T>::PoolTooDry);
			let minted = pool.borrow(rest)?;
			ensure!(pool.debt <= borrow_cap, Error::<T>::BorrowCapReached);
			let before = match held {
				Some(Balance::Debt(shares)) => shares,
				_ => Shares::ZERO,
			};
			held = Some(Balance::Debt(before.checked_add(minted).ok_or(Error::<T>::Overflow)?));
			debited.borrowed = rest;
		}
		self.put(account, asset, held)?;
		Ok(debited)
	}

	/// Adds a signed balance to an account without any token moving: a deposit and a debt of the same asset pay each
	/// other inside the pool.
	pub fn add(&mut self, account: &mut AccountOf<T>, asset: T::AssetId, what: Balance) -> Result<(), Error<T>> {
		self.count_out(account, asset)?;
		let pool = self.pool(asset)?;
		let sum = |a: Shares, b: Shares| a.checked_add(b).ok_or(Error::<T>::Overflow);
		let balance = match (account.balance(asset), what) {
			(None, _) => what,
			(Some(Balance::Deposit(a)), Balance::Deposit(b)) => Balance::Deposit(sum(a, b)?),
			(Some(Balance::Debt(a)), Balance::Debt(b)) => Balance::Debt(sum(a, b)?),
			(Some(Balance::Deposit(deposit)), Balance::Debt(debt))
			| (Some(Balance::Debt(debt)), Balance::Deposit(deposit)) => {
				let (deposit_burned, debt_burned) = pool.net(deposit, debt)?;
				let deposit = deposit.saturating_sub(deposit_burned);
				let debt = debt.saturating_sub(debt_burned);
				if debt.is_zero() {
					Balance::Deposit(deposit)
				} else {
					Balance::Debt(debt)
				}
			},
		};
		self.put(account, asset, Some(balance))
	}

	/// Moves `shares` of a balance from one account to another, on the side on which `from` has it.
	pub fn move_shares(
		&mut self,
		from: &mut AccountOf<T>,
		to: &mut AccountOf<T>,
		asset: T::AssetId,
		shares: Shares,
	) -> Result<(), Error<T>> {
		self.count_out(from, asset)?;
		let (moved, rest) = match from.balance(asset) {
			Some(Balance::Deposit(held)) => {
				let moved = held.min(shares);
				(Balance::Deposit(moved), Balance::Deposit(held.saturating_sub(moved)))
			},
			Some(Balance::Debt(held)) => {
				let moved = held.min(shares);
				(Balance::Debt(moved), Balance::Debt(held.saturating_sub(moved)))
			},
			None => return Ok(()),
		};
		// A deposit brings along when it came.
		let arrivals = match rest {
			Balance::Deposit(left) => from.keep_latest(asset, left),
			Balance::Debt(_) => Vec::new(),
		};
		from.set(asset, Some(rest)).ok_or(Error::<T>::AccountFull)?;
		self.add(to, asset, moved)?;
		let seasoned = self.seasoned(asset)?;
		to.arrive(asset, arrivals, seasoned).ok_or(Error::<T>::AccountFull)
	}
}

/// What a deposit's price is worth if the pool's deficit is written off, rounded down.
fn after_deficit(pool: &Pool, price: Price) -> Price {
	if pool.deficit.is_zero() {
		return price;
	}
	let left = pool.deposits.saturating_sub(pool.deficit);
	mul_div(price.raw(), left.0, pool.deposits.0, Rounding::Down).map_or(Price::ZERO, Price::from_raw)
}
