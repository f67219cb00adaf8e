//! May this account end like this? The rules an action is judged by.

use crate::{ledger::Ledger, AccountOf, Config, Error};
use frame_support::{ensure, traits::Get};
use margin_math::{Rounding, Value};
use margin_risk::Health;

impl<T: Config> Ledger<T> {
	/// Health of the account at the latched prices.
	pub fn health(&mut self, account: &AccountOf<T>) -> Result<Health, Error<T>> {
		let legs = self.legs(account)?;
		Ok(self.assess(account, &legs)?)
	}

	/// An action that takes on risk: every debt has a usable price, and initial health is not negative. Answers with
	/// the health of an account with debt.
	///
	/// Deposits with an unusable price count nothing here, so they need no rule of their own; nor do those in a pool with
	/// a deficit, which count what a write-off would leave. Without debt there is nothing to secure, whatever the prices.
	pub fn ensure_initial(&mut self, account: &AccountOf<T>) -> Result<Option<Health>, Error<T>> {
		if !account.has_debt() {
			return Ok(None);
		}
		for asset in account.debts() {
			self.ensure_usable(asset)?;
		}
		self.ensure_tier(account)?;
		let health = self.health(account)?;
		ensure!(health.initial >= Value::ZERO, Error::<T>::NotEnoughCollateral);
		Ok(Some(health))
	}

	/// Something leaves the account for good: initial margin, and equity worth a share of the deposits, so that nobody
	/// takes his gains home and leaves a position that its own size will sink.
	pub fn ensure_withdrawal(&mut self, account: &AccountOf<T>) -> Result<(), Error<T>> {
		let Some(health) = self.ensure_initial(account)? else {
			return Ok(());
		};
		let kept = health
			.deposits
			.mul_ratio(T::AccountRules::get().withdrawal_margin, Rounding::Up)
			.ok_or(Error::<T>::Overflow)?;
		ensure!(health.initial_equity >= kept, Error::<T>::NotEnoughEquityLeft);
		Ok(())
	}

	/// An action that may lower risk instead: it passes as well when neither initial nor maintenance health, nor the
	/// latter's ratio to the required margin, is worse than `before`. The prices of what it trades are the caller's to
	/// check. Without the first, collateral could be traded for an asset that does not count initially, because it warms
	/// up or many hold it, and does count for maintenance.
	pub fn ensure_initial_or_no_worse(&mut self, account: &AccountOf<T>, before: &Health) -> Result<(), Error<T>> {
		let Err(error) = self.ensure_initial(account) else {
			return Ok(());
		};
		let after = self.health(account)?;
		ensure!(after.initial >= before.initial && after.no_worse_than(before), error);
		Ok(())
	}
}
