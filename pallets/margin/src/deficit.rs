//! Losses: booked once, out of the fund, and for what it cannot pay as a deficit of the pool that lent.

use crate::{
	account::Balance,
	house::{value, Silo},
	ledger::Ledger,
	Config, Error, Event, Pallet,
};
use alloc::vec::Vec;
use frame_support::ensure;
use margin_math::{Amount, Rounding, Shares, Value};
use margin_risk::Side;
use sp_runtime::DispatchResult;

impl<T: Config> Silo<T> {
	/// Makes the house good for a loss of `loss` dollars: with the fund's shares at live prices, those of the assets
	/// owed first; then by turning what the house owes into a deficit of the pool that lent it, `debts` first.
	pub fn book_loss(
		&mut self,
		ledger: &mut Ledger<T>,
		loss: Value,
		debts: &[T::AssetId],
	) -> Result<Vec<Event<T>>, Error<T>> {
		for asset in debts {
			self.collect_reserves(ledger, *asset)?;
		}
		let left = self.draw_on_fund(ledger, loss, debts)?;
		let by_fund = loss.checked_sub(left).ok_or(Error::<T>::Overflow)?;
		let mut events = Vec::new();
		events.push(Event::LossBooked { loss, by_fund });
		if left > Value::ZERO {
			self.write_deficits(ledger, left, debts, &mut events)?;
		}
		Ok(events)
	}

	fn write_deficits(
		&mut self,
		ledger: &mut Ledger<T>,
		loss: Value,
		debts: &[T::AssetId],
		events: &mut Vec<Event<T>>,
	) -> Result<(), Error<T>> {
		let mut left = loss;
		let mut legs = ledger.legs(&self.house)?;
		legs.retain(|leg| leg.side == Side::Debt && leg.is_usable());
		legs.sort_by_key(|leg| (!debts.contains(&leg.asset), leg.asset));
		for leg in legs {
			if left <= Value::ZERO {
				break;
			}
			let Some(Balance::Debt(held)) = self.house.balance(leg.asset) else {
				continue;
			};
			let worth = value(&leg, Rounding::Up)?;
			let shares = if worth <= left {
				held
			} else {
				let part = leg
					.quote
					.live
					.amount_for(left, leg.decimals, Rounding::Down)
					.ok_or(Error::<T>::Overflow)?;
				// At least a share, so that a last unit that buys none does not come back for ever.
				let shares = ledger.entry(leg.asset)?.pool().debt_shares_for(part)?;
				shares.max(Shares(1)).min(held)
			};
			let amount = self.default_on(ledger, leg.asset, shares)?;
			left = left.checked_sub(worth.min(left)).ok_or(Error::<T>::Overflow)?;
			if !amount.is_zero() {
				events.push(Event::DeficitBooked {
					asset: leg.asset,
					amount,
				});
			}
		}
		Ok(())
	}

	/// The house will not pay this debt: it is a deficit of the pool. Answers with how much of it.
	pub fn default_on(
		&mut self,
		ledger: &mut Ledger<T>,
		asset: T::AssetId,
		shares: Shares,
	) -> Result<Amount, Error<T>> {
		let Some(Balance::Debt(held)) = self.house.balance(asset) else {
			return Ok(Amount::ZERO);
		};
		let shares = shares.min(held);
		let amount = ledger.pool(asset)?.write_deficit(shares)?;
		let rest = Balance::Debt(held.saturating_sub(shares));
		self.house.set(asset, Some(rest)).ok_or(Error::<T>::AccountFull)?;
		Ok(amount)
	}
}

impl<T: Config> Pallet<T> {
	/// Pays a pool's deficit out of a wallet: at most all of it.
	pub(crate) fn do_pay_deficit(who: &T::AccountId, asset: T::AssetId, amount: Amount) -> DispatchResult {
		ensure!(!amount.is_zero(), Error::<T>::AmountZero);
		let mut ledger = Ledger::<T>::new();
		let amount = amount.min(ledger.entry(asset)?.pool().deficit);
		ensure!(!amount.is_zero(), Error::<T>::NoDeficit);
		ledger.flow_in(asset, amount, Amount::ZERO)?;
		ledger.pool(asset)?.pay_deficit(amount).map_err(Error::<T>::from)?;
		Self::pull(who, asset, amount)?;
		ledger.commit();
		Self::deposit_event(Event::DeficitPaid {
			asset,
			by: who.clone(),
			amount,
		});
		Ok(())
	}

	/// Cuts the deposits of a pool by what it has lost, after the fund has paid what it can.
	pub(crate) fn do_write_off(asset: T::AssetId) -> DispatchResult {
		ensure!(!Self::record(asset)?.pool.deficit.is_zero(), Error::<T>::NoDeficit);
		Self::collect_reserves(asset)?;
		let mut ledger = Ledger::<T>::new();
		let pool = ledger.pool(asset)?;
		let amount = pool.deficit;
		ensure!(amount < pool.deposits, Error::<T>::DeficitExceedsDeposits);
		Self::note_write_off(asset, pool.deposit_index());
		pool.write_off(amount).map_err(Error::<T>::from)?;
		let deposit_index = pool.deposit_index();
		ledger.commit();
		if !amount.is_zero() {
			Self::deposit_event(Event::DeficitWrittenOff {
				asset,
				amount,
				deposit_index,
			});
		}
		Ok(())
	}
}
