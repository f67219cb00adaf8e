//! What state, pauses, caps and limits allow: checked of an action's parts, apart from the account's health.

use crate::{
	account::Balance,
	asset::{Status, Tier},
	ledger::{Credited, Debited, Ledger},
	AccountOf, Config, Error,
};
use frame_support::{ensure, traits::Get};
use margin_math::{Amount, Rounding};
use margin_risk::{FlowLimit, Pool};

/// Milliseconds.
const DAY: u64 = 86_400_000;

impl<T: Config> Ledger<T> {
	/// Something of `asset` leaves the account other than by a trade.
	pub fn ensure_may_withdraw(&mut self, asset: T::AssetId) -> Result<(), Error<T>> {
		let record = &self.entry(asset)?.asset;
		ensure!(record.status != Status::Frozen, Error::<T>::AssetFrozen);
		ensure!(!record.pauses.withdraw, Error::<T>::ActionPaused);
		Ok(())
	}

	/// `asset` is traded.
	pub fn ensure_may_trade(&mut self, asset: T::AssetId) -> Result<(), Error<T>> {
		let record = &self.entry(asset)?.asset;
		ensure!(record.status != Status::Frozen, Error::<T>::AssetFrozen);
		ensure!(!record.pauses.trade, Error::<T>::ActionPaused);
		self.ensure_usable(asset)
	}

	/// What was debited may have been borrowed.
	pub fn ensure_may_borrow(&mut self, asset: T::AssetId, debited: &Debited) -> Result<(), Error<T>> {
		if debited.borrowed.is_zero() {
			return Ok(());
		}
		let now = self.now();
		let record = self.record(asset)?;
		match record.status {
			Status::Live => (),
			Status::Frozen => return Err(Error::<T>::AssetFrozen),
			Status::ReduceOnly | Status::Delisting(_) => return Err(Error::<T>::AssetReduceOnly),
		}
		ensure!(!record.pauses.borrow, Error::<T>::ActionPaused);
		let window = record.config.borrow_window;
		record
			.lent
			.take(&window, debited.borrowed, now)
			.map_err(|_| Error::<T>::BorrowWindowFull)
	}

	/// What was credited from a wallet may have become a deposit. Adding collateral beside a debt never pauses, but
	/// nobody comes back to an asset that others are moved out of.
	pub fn ensure_may_supply(
		&mut self,
		account: &AccountOf<T>,
		asset: T::AssetId,
		credited: &Credited,
	) -> Result<(), Error<T>> {
		if credited.deposited.is_zero() {
			return Ok(());
		}
		ensure!(!self.is_given_up(asset)?, Error::<T>::AssetReduceOnly);
		let record = &self.entry(asset)?.asset;
		if !account.has_debt() {
			Self::ensure_open(record.status)?;
			ensure!(!record.pauses.supply, Error::<T>::ActionPaused);
		}
		self.ensure_pool_cap(asset)?;
		self.ensure_held(account, asset)
	}

	/// What was bought may have become a deposit.
	pub fn ensure_may_buy(
		&mut self,
		account: &AccountOf<T>,
		asset: T::AssetId,
		credited: &Credited,
		above_cap: bool,
	) -> Result<(), Error<T>> {
		if credited.deposited.is_zero() {
			return Ok(());
		}
		Self::ensure_open(self.entry(asset)?.asset.status)?;
		if !above_cap {
			self.ensure_pool_cap(asset)?;
		}
		self.ensure_held(account, asset)
	}

	fn ensure_open(status: Status) -> Result<(), Error<T>> {
		match status {
			Status::Live => Ok(()),
			Status::Frozen => Err(Error::<T>::AssetFrozen),
			Status::ReduceOnly | Status::Delisting(_) => Err(Error::<T>::AssetReduceOnly),
		}
	}

	/// The pool of `asset` takes in what it has been given.
	fn ensure_pool_cap(&mut self, asset: T::AssetId) -> Result<(), Error<T>> {
		let record = &self.entry(asset)?.asset;
		ensure!(
			record.pool.deposits <= record.config.deposit_cap,
			Error::<T>::DepositCapReached
		);
		Ok(())
	}

	/// The deposit of `asset` fits the account.
	fn ensure_held(&mut self, account: &AccountOf<T>, asset: T::AssetId) -> Result<(), Error<T>> {
		let record = &self.entry(asset)?.asset;
		ensure!(
			record.config.tier == Tier::Cross || account.mode.is_isolated() || !account.has_debt(),
			Error::<T>::IsolatedOnly
		);
		self.ensure_account_cap(account, asset)
	}

	/// Tokens leave the pallet: within the outflow limit, and slowly while the pool has a deficit, so that nobody leaves it to
	/// those who come later. What a trade sells out of a deposit is not meant: nobody is kept in a position.
	pub fn flow_out(&mut self, asset: T::AssetId, amount: Amount) -> Result<(), Error<T>> {
		let now = self.now();
		let record = self.record(asset)?;
		let limit = record.outflow_limit;
		record
			.outflow
			.take(&limit, amount, now)
			.map_err(|_| Error::<T>::OutflowLimitReached)?;
		let Some(limit) = deficit_limit::<T>(&record.pool)? else {
			return Ok(());
		};
		record
			.deficit_outflow
			.take(&limit, amount, now)
			.map_err(|_| Error::<T>::DeficitOutflowReached)
	}

	/// How much of `asset` may leave the pallet now.
	///
	/// # Errors
	/// Names the limit when it is nothing.
	pub fn most_out(&mut self, asset: T::AssetId) -> Result<Amount, Error<T>> {
		let now = self.now();
		let record = self.entry(asset)?.asset;
		let most = record.outflow.left(&record.outflow_limit, now);
		ensure!(!most.is_zero(), Error::<T>::OutflowLimitReached);
		let Some(limit) = deficit_limit::<T>(&record.pool)? else {
			return Ok(most);
		};
		let most = most.min(record.deficit_outflow.left(&limit, now));
		ensure!(!most.is_zero(), Error::<T>::DeficitOutflowReached);
		Ok(most)
	}

	/// Tokens came into the pallet, and part of them paid a debt.
	pub fn flow_in(&mut self, asset: T::AssetId, amount: Amount, repaid: Amount) -> Result<(), Error<T>> {
		let now = self.now();
		let record = self.record(asset)?;
		let limit = record.outflow_limit;
		record.outflow.bring_in(&limit, amount, now);
		if let Some(limit) = deficit_limit::<T>(&record.pool)? {
			record.deficit_outflow.bring_in(&limit, amount, now);
		}
		self.repaid_within(asset, repaid)
	}

	/// Debt was paid, which makes room in the borrow window.
	pub fn repaid_within(&mut self, asset: T::AssetId, repaid: Amount) -> Result<(), Error<T>> {
		let now = self.now();
		let record = self.record(asset)?;
		let window = record.config.borrow_window;
		record.lent.give_back(&window, repaid, now);
		Ok(())
	}

	/// The account as an action leaves it: within its mode, its room, and for each asset that the action `touched`
	/// within the cap of an account and without a debt too small to be liquidated.
	pub fn ensure_fits(&mut self, account: &AccountOf<T>, touched: &[T::AssetId]) -> Result<(), Error<T>> {
		ensure!(account.keeps_to_its_mode(), Error::<T>::NotInIsolatedAccount);
		ensure!(
			account.holdings.len() <= T::MaxAccountAssets::get() as usize,
			Error::<T>::AccountFull
		);
		for asset in touched {
			let entry = self.entry(*asset)?;
			let (amount, owed) = match account.balance(*asset) {
				None => continue,
				Some(Balance::Deposit(shares)) => (entry.pool().deposit_value(shares)?, false),
				Some(Balance::Debt(shares)) => (entry.pool().debt_value(shares)?, true),
			};
			ensure!(!owed || amount >= entry.config().min_debt, Error::<T>::DebtTooSmall);
		}
		Ok(())
	}

	/// The account holds or owes no more of `asset` than one account may.
	pub fn ensure_account_cap(&mut self, account: &AccountOf<T>, asset: T::AssetId) -> Result<(), Error<T>> {
		let entry = self.entry(asset)?;
		let amount = match account.balance(asset) {
			None => Amount::ZERO,
			Some(Balance::Deposit(shares)) => entry.pool().deposit_value(shares)?,
			Some(Balance::Debt(shares)) => entry.pool().debt_value(shares)?,
		};
		ensure!(amount <= entry.config().account_cap, Error::<T>::AccountCapReached);
		Ok(())
	}

	/// An account that takes on risk: one with debt that is not isolated holds and owes no asset that is for isolated ones.
	pub fn ensure_tier(&mut self, account: &AccountOf<T>) -> Result<(), Error<T>> {
		if account.mode.is_isolated() || !account.has_debt() {
			return Ok(());
		}
		for holding in &account.holdings {
			ensure!(
				self.entry(holding.asset)?.config().tier == Tier::Cross,
				Error::<T>::IsolatedOnly
			);
		}
		Ok(())
	}
}

/// How much leaves a pool with a deficit: a share of its deposits each day.
fn deficit_limit<T: Config>(pool: &Pool) -> Result<Option<FlowLimit>, Error<T>> {
	if pool.deficit.is_zero() {
		return Ok(None);
	}
	let share = T::House::get().deficit_outflow;
	let most = pool
		.deposits
		.mul_ratio(share, Rounding::Down)
		.ok_or(Error::<T>::Overflow)?;
	Ok(Some(FlowLimit { most, period: DAY }))
}
