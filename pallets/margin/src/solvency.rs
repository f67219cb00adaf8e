//! May this account end like this? The rules an action is judged by.

use crate::{ledger::Ledger, AccountOf, Config, Error};
use frame_support::ensure;
use margin_math::Value;
use margin_risk::{assess, Health};

impl<T: Config> Ledger<T> {
	/// Health of the account at the latched prices.
	pub fn health(&mut self, account: &AccountOf<T>) -> Result<Health, Error<T>> {
		Ok(assess(&self.legs(account)?)?)
	}

	/// An action that takes on risk: every debt has a usable price, and initial health is not negative.
	///
	/// Deposits with an unusable price count nothing here, so they need no rule of their own. Without debt there is
	/// nothing to secure, whatever the prices.
	pub fn ensure_initial(&mut self, account: &AccountOf<T>) -> Result<(), Error<T>> {
		if !account.has_debt() {
			return Ok(());
		}
		for asset in account.debts() {
			self.ensure_usable(asset)?;
		}
		ensure!(
			self.health(account)?.initial >= Value::ZERO,
			Error::<T>::NotEnoughCollateral
		);
		Ok(())
	}

	/// An action that may lower risk instead: it passes as well when neither maintenance health nor its ratio to the
	/// required margin is worse than `before`. The prices of what it trades are the caller's to check.
	pub fn ensure_initial_or_no_worse(&mut self, account: &AccountOf<T>, before: &Health) -> Result<(), Error<T>> {
		match self.ensure_initial(account) {
			Err(_) if self.health(account)?.no_worse_than(before) => Ok(()),
			result => result,
		}
	}
}
