//! The signed door to a liquidation: a trader takes the slice into his own margin account, at the discount.

use crate::{
	account::SubAccount,
	ledger::Ledger,
	liquidation::{diff, not_worse, Plan},
	AccountOf, Config, Door, Error, Event, Pallet,
};
use alloc::vec::Vec;
use frame_support::{ensure, traits::Get};
use margin_math::Value;
use margin_risk::Slice;
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	/// The dispatch of `liquidate`.
	///
	/// What the taker may end with is what anybody may who takes on risk, apart from the state of the assets: the debt is
	/// in the pool already, whoever owes it.
	pub(crate) fn do_liquidate(
		keeper: &T::AccountId,
		into: SubAccount,
		owner: &T::AccountId,
		sub: SubAccount,
		most: Value,
	) -> DispatchResult {
		ensure!(most > Value::ZERO, Error::<T>::AmountZero);
		ensure!(keeper != owner, Error::<T>::OwnAccount);
		let mut ledger = Ledger::<T>::new();
		let (stored, taker_stored) = (Self::account(owner, sub)?, Self::account(keeper, into)?);
		let health = ledger.health(&stored)?;
		ensure!(
			!health.is_liquidatable() || health.equity > Value::ZERO,
			Error::<T>::EquityGone
		);
		let plan = Plan::<T>::after_claims(&mut ledger, &stored)?;
		ensure!(
			!plan.step.proportional || most >= plan.step.repaid(),
			Error::<T>::WholeStepOnly
		);
		let slices = plan.step.up_to(most, T::House::get().liquidation.min_bite);
		ensure!(!slices.is_empty(), Error::<T>::AmountTooSmall);

		let (mut account, mut taker) = (stored.clone(), taker_stored.clone());
		let (repaid, taken) = Self::take_slices(&mut ledger, &mut account, &mut taker, &plan.legs, &slices)?;
		let after = ledger.health(&account)?;
		ensure!(not_worse(&health, &after), Error::<T>::NothingToSeize);
		ensure_no_dearer(&mut ledger, &plan, &slices, &account)?;
		let moved: Vec<_> = repaid.iter().chain(taken.iter()).map(|(asset, _)| *asset).collect();
		ledger.ensure_fits(&taker, &moved)?;
		for asset in &moved {
			ledger.ensure_account_cap(&taker, *asset)?;
		}
		ledger.ensure_initial(&taker)?;

		let round = account.round;
		account.round = round.checked_add(1).ok_or(Error::<T>::Overflow)?;
		ledger.commit();
		Self::store(&mut ledger, owner, sub, &stored, account);
		Self::store(&mut ledger, keeper, into, &taker_stored, taker);
		Self::deposit_event(Event::Liquidated {
			owner: owner.clone(),
			sub,
			round,
			door: Door::Trader(keeper.clone(), into),
			repaid,
			taken,
			penalty: diff::<T>(health.equity, after.equity)?,
			equity_before: health.equity,
			equity_after: after.equity,
		});
		Ok(())
	}
}

/// A bite leaves a step that, with it, costs the account no more than the whole step would have.
fn ensure_no_dearer<T: Config>(
	ledger: &mut Ledger<T>,
	plan: &Plan<T>,
	bite: &[Slice],
	after: &AccountOf<T>,
) -> Result<(), Error<T>> {
	if bite == plan.step.slices.as_slice() {
		return Ok(());
	}
	let params = T::House::get().liquidation;
	let legs = ledger.legs(after)?;
	let next = ledger.plan_step(after, &legs, &params)?;
	ensure!(
		plan.step.allows(bite, next.as_ref(), params.min_bite),
		Error::<T>::AmountTooSmall
	);
	Ok(())
}
