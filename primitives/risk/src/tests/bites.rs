//! A step in bites costs no more than the step at once, wherever it is cut.

use super::{
	accounts::{leveraged_account, usual_params, Account},
	exact::{exact, grain, judge, worth, zero},
};
use crate::{assess, exchange, plan_step, LiquidationParams, MarginRatios, Side, Slice, Verdict};
use margin_math::{Amount, Value};
use num_rational::BigRational;
use proptest::{collection::vec, prelude::*};

/// What the account pays for slices beyond what they repay.
fn cost(legs: &Account, slices: &[Slice]) -> BigRational {
	slices.iter().fold(zero(), |sum, slice| {
		let (collateral, debt) = (&legs[slice.collateral], &legs[slice.debt]);
		let taken = worth(slice.taken, collateral.quote.live, collateral.decimals);
		sum + taken - worth(slice.repaid, debt.quote.live, debt.decimals)
	})
}

fn take(legs: &mut Account, slices: &[Slice]) {
	for slice in slices {
		legs[slice.debt].amount = legs[slice.debt].amount.checked_sub(slice.repaid).unwrap();
		legs[slice.collateral].amount = legs[slice.collateral].amount.checked_sub(slice.taken).unwrap();
	}
}

/// How a leg's ratios depend on its size.
type Scaled = (MarginRatios, Amount);

fn rescale(legs: &mut Account, scales: &[Scaled]) {
	for (leg, (base, scale)) in legs.iter_mut().zip(scales) {
		leg.margin = base.for_size(leg.amount, *scale);
	}
}

/// Bites of these sizes, in thousandths of the step that is due, until the account is left alone or the sizes are used
/// up and the rest is taken at once. `guarded`, a bite that the step does not allow is not taken. Gives their cost and
/// number.
fn bites(
	mut legs: Account,
	params: &LiquidationParams,
	scales: &[Scaled],
	sizes: &[u32],
	guarded: bool,
) -> (BigRational, usize) {
	let mut sum = zero();
	let mut number = 0;
	for size in sizes.iter().map(Some).chain([None]) {
		let Some(step) = plan_step(&legs, params).unwrap().filter(|step| !step.takeover) else {
			break;
		};
		let whole = step.slices.iter().map(|slice| slice.repaid_value.raw()).sum::<i128>();
		let most = size.map_or(i128::MAX, |size| {
			(whole / 1_000 * i128::from(*size)).max(params.min_bite.raw())
		});
		let slices = step.up_to(Value::from_raw(most), params.min_bite);
		assert!(slices.iter().map(|slice| slice.repaid_value.raw()).sum::<i128>() <= most);
		let mut after = legs.clone();
		take(&mut after, &slices);
		rescale(&mut after, scales);
		let next = plan_step(&after, params).unwrap();
		if guarded && slices != step.slices && !step.allows(&slices, next.as_ref(), params.min_bite) {
			continue;
		}
		sum += cost(&legs, &slices);
		number += slices.len();
		legs = after;
	}
	(sum, number)
}

fn check(
	mut legs: Account,
	params: &LiquidationParams,
	scales: &[Scaled],
	sizes: &[u32],
	guarded: bool,
) -> Result<(), TestCaseError> {
	rescale(&mut legs, scales);
	let Some(step) = plan_step(&legs, params).unwrap().filter(|step| !step.takeover) else {
		return Ok(());
	};
	let (paid, number) = bites(legs.clone(), params, scales, sizes, guarded);
	let at_once = cost(&legs, &step.slices);
	let ratios = judge(&legs).deposits / exact(1_000_000_000_000_000u64);
	let hairs = if guarded {
		exact(params.min_bite.raw() / 10_000)
	} else {
		zero()
	} * exact(sizes.len());
	let rounding = (grain(&legs) + exact(10)) * exact(4 * (number + 1)) + ratios + hairs;
	prop_assert!(
		paid <= at_once.clone() + rounding.clone(),
		"{} more, of which {} rounding",
		(paid - at_once).to_integer(),
		rounding.to_integer(),
	);
	Ok(())
}

/// Minimum bites from nothing to what is much for the account.
fn bitten_params() -> impl Strategy<Value = LiquidationParams> {
	(usual_params(), 0u32..4).prop_map(|(params, zeros)| LiquidationParams {
		min_bite: Value::from_raw(params.min_bite.raw() * 10i128.pow(zeros)),
		..params
	})
}

fn fixed(legs: &Account) -> Vec<Scaled> {
	legs.iter().map(|leg| (leg.margin, Amount(u128::MAX))).collect()
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(4_000))]

	#[test]
	fn bites_cost_no_more_than_the_step_at_once(
		legs in leveraged_account(Just(Verdict::Usable)), params in bitten_params(), sizes in vec(0u32..1_000, 0..8),
	) {
		check(legs.clone(), &params, &fixed(&legs), &sizes, false)?;
	}

	#[test]
	fn nor_do_those_that_are_allowed_while_ratios_fall_with_the_size(
		legs in leveraged_account(Just(Verdict::Usable)), params in bitten_params(), sizes in vec(0u32..1_000, 0..8),
		scales in vec(1u32..10_000, 8),
	) {
		let scales: Vec<_> = legs.iter().zip(scales).map(|(leg, percent)| {
			(leg.margin, Amount((leg.amount.0 * u128::from(percent) / 100).max(1)))
		}).collect();
		check(legs, &params, &scales, &sizes, true)?;
	}

	#[test]
	fn what_stays_of_a_leg_is_what_the_step_leaves_or_worth_a_bite(
		legs in leveraged_account(Just(Verdict::Usable)), params in bitten_params(), size in 0u32..1_000,
	) {
		let Some(step) = plan_step(&legs, &params).unwrap().filter(|step| !step.takeover) else {
			return Ok(());
		};
		let whole = step.slices.iter().map(|slice| slice.repaid_value.raw()).sum::<i128>();
		let slices = step.up_to(Value::from_raw(whole / 1_000 * i128::from(size)), params.min_bite);
		let (mut by_step, mut by_bite) = (legs.clone(), legs.clone());
		take(&mut by_step, &step.slices);
		take(&mut by_bite, &slices);
		let worth_a_bite = exact(params.min_bite.raw()) - (grain(&legs) + exact(10)) * exact(4);
		for ((whole, bite), was) in by_step.iter().zip(&by_bite).zip(&legs) {
			let left = worth(bite.amount, bite.quote.live, bite.decimals);
			prop_assert!(bite.amount == whole.amount || bite.amount == was.amount || left >= worth_a_bite);
		}
	}

	#[test]
	fn an_exchange_swaps_equal_values_and_uses_up_one_side(
		legs in leveraged_account(Just(Verdict::Usable)), at in 0usize..8,
	) {
		let at = at % legs.len();
		let slices = exchange(&legs, at).unwrap();
		let units = (grain(&legs) + exact(10)) * exact(2 * (slices.len() + 1));
		let cost = cost(&legs, &slices);
		prop_assert!(cost >= zero() && cost <= units, "rounded against the account, by a unit for each leg");
		prop_assert!(slices.iter().all(|slice| slice.collateral == at || slice.debt == at));
		let mut after = legs.clone();
		take(&mut after, &slices);
		let left = |side: Side| {
			let others = after.iter().enumerate().filter(|(index, leg)| *index != at && leg.side == side);
			others.fold(zero(), |sum, (_, leg)| sum + worth(leg.amount, leg.quote.live, leg.decimals))
		};
		let other = if legs[at].side == Side::Debt { Side::Deposit } else { Side::Debt };
		let rest = worth(after[at].amount, after[at].quote.live, after[at].decimals);
		prop_assert!(rest <= units || left(other) <= units);
		let (was, is) = (assess(&legs).unwrap(), assess(&after).unwrap());
		prop_assert!(exact(is.margin.raw()) <= exact(was.margin.raw()) + exact(legs.len()));
	}
}
