//! A liquidation step past the house: the account's collateral is sold to the market for its debt.
//!
//! For an account that the house has no room for. What is sold is the first pair of the step at no penalty, so that the
//! account never goes past its target, and only where it ends no worse off: the market's fee and depth are all that it
//! costs. Without equity there is nothing to pay that with, and the house takes such an account over whatever it holds.

use crate::{
	account::SubAccount, ledger::Ledger, liquidation::Outcome, market::Sale, AccountOf, Config, Error, Event, Pallet,
};
use alloc::vec;
use frame_support::{ensure, traits::Get};
use margin_math::{Ratio, Rounding, Value};
use margin_risk::LiquidationParams;
use sp_runtime::DispatchError;

impl<T: Config> Pallet<T> {
	/// Sells what the first pair of the account's step takes: no more than the market takes at once, at no less than the
	/// live price less the house's band. The sale is made; the books are the caller's to commit, or to roll back.
	///
	/// # Errors
	/// `NotLiquidatable` at or above maintenance; `EquityGone` when the house has to take the account over; `NoMarket` when
	/// the market pays less, has no depth, or was used in this block; `NothingToSeize` when no pair of its balances has
	/// usable prices, or it would end worse off.
	pub(crate) fn market_step(
		ledger: &mut Ledger<T>,
		owner: &T::AccountId,
		sub: SubAccount,
		mut account: AccountOf<T>,
	) -> Result<Outcome<T>, DispatchError> {
		let (stored, round) = (account.clone(), account.round);
		let sale = Self::sale_of_collateral(ledger, &account)?;
		let before = ledger.health(&account)?;
		ledger.debit(&mut account, sale.from, sale.amount_in)?;
		let amount_out = sale.carry_out()?;
		let repaid = ledger.credit(&mut account, sale.to, amount_out)?.repaid;
		ledger.flow_in(sale.to, repaid, repaid)?;
		ensure!(
			ledger.health(&account)?.no_worse_than(&before),
			Error::<T>::NothingToSeize
		);
		account.round = round.checked_add(1).ok_or(Error::<T>::Overflow)?;
		Ok(Outcome {
			before: stored,
			account,
			events: vec![Event::SoldToMarket {
				owner: owner.clone(),
				sub,
				round,
				sold: sale.from,
				amount_in: sale.amount_in,
				bought: sale.to,
				amount_out,
			}],
		})
	}

	fn sale_of_collateral(ledger: &mut Ledger<T>, account: &AccountOf<T>) -> Result<Sale<T>, Error<T>> {
		let house = T::House::get();
		let legs = ledger.legs(account)?;
		let health = ledger.assess(account, &legs)?;
		ensure!(health.is_liquidatable(), Error::<T>::NotLiquidatable);
		ensure!(health.equity > Value::ZERO, Error::<T>::EquityGone);
		let params = LiquidationParams {
			penalty_floor: Ratio::ZERO,
			penalty_ceiling: Ratio::ZERO,
			..house.liquidation
		};
		let step = ledger
			.plan_step(account, &legs, &params)?
			.ok_or(Error::<T>::NothingToSeize)?;
		let slice = step.slices.first().ok_or(Error::<T>::NothingToSeize)?;
		let (Some(collateral), Some(debt)) = (legs.get(slice.collateral), legs.get(slice.debt)) else {
			return Err(Error::<T>::NothingToSeize);
		};
		let worst = collateral
			.quote
			.live
			.scale(Ratio::ONE.saturating_sub(house.band), Rounding::Up);
		let worst = worst.ok_or(Error::<T>::Overflow)?;
		Sale::of(ledger, collateral, debt, slice.taken, worst)?.ok_or(Error::<T>::NoMarket)
	}
}
