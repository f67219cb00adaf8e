//! The insurance fund: pool shares that stand for losses.

use crate::{
	account::Balance,
	house::{value, Silo},
	ledger::Ledger,
	Config, Error, Fund, Pallet,
};
use margin_math::{Rounding, Value};
use sp_runtime::DispatchResult;

impl<T: Config> Silo<T> {
	/// What the pool of `asset` set aside from interest becomes a deposit of the fund.
	pub fn collect_reserves(&mut self, ledger: &mut Ledger<T>, asset: T::AssetId) -> Result<(), Error<T>> {
		if ledger.entry(asset)?.pool().reserves.is_zero() {
			return Ok(());
		}
		let shares = ledger.pool(asset)?.sweep_reserves()?;
		ledger.add(&mut self.fund, asset, Balance::Deposit(shares))
	}

	/// Answers with what the fund could not pay.
	pub fn draw_on_fund(
		&mut self,
		ledger: &mut Ledger<T>,
		loss: Value,
		debts: &[T::AssetId],
	) -> Result<Value, Error<T>> {
		let mut left = loss;
		let mut legs = ledger.legs(&self.fund)?;
		legs.retain(|leg| leg.is_usable());
		legs.sort_by_key(|leg| (!debts.contains(&leg.asset), leg.asset));
		for leg in legs {
			if left <= Value::ZERO {
				break;
			}
			let worth = value(&leg, Rounding::Down)?;
			let Some(Balance::Deposit(held)) = self.fund.balance(leg.asset) else {
				continue;
			};
			let (shares, paid) = if worth <= left {
				(held, worth)
			} else {
				let part = leg
					.quote
					.live
					.amount_for(left, leg.decimals, Rounding::Up)
					.ok_or(Error::<T>::Overflow)?;
				(ledger.entry(leg.asset)?.pool().deposit_shares_for(part)?, left)
			};
			ledger.move_shares(&mut self.fund, &mut self.house, leg.asset, shares)?;
			left = left.checked_sub(paid).ok_or(Error::<T>::Overflow)?;
		}
		Ok(left)
	}
}

impl<T: Config> Pallet<T> {
	/// What the pool of `asset` set aside from interest, moved to the fund.
	pub(crate) fn collect_reserves(asset: T::AssetId) -> DispatchResult {
		let mut ledger = Ledger::<T>::new();
		let mut silo = Silo::<T>::load();
		silo.collect_reserves(&mut ledger, asset)?;
		ledger.commit();
		Fund::<T>::put(&silo.fund);
		Ok(())
	}
}
