use super::{
	accounts::{any_verdict, leveraged_account, usual_params, Account},
	exact::{exact, grain, judge, live_value, worth, zero, Exact},
};
use crate::{assess, plan_step, Leg, LiquidationParams, Side, Step, Verdict};
use margin_math::Amount;
use num_rational::BigRational;
use proptest::prelude::*;

/// The account after a step at unchanged prices.
fn apply(legs: &Account, step: &Step) -> Account {
	let mut after = legs.clone();
	for slice in &step.slices {
		let debt = &mut after[slice.debt];
		debt.amount = debt
			.amount
			.checked_sub(slice.repaid)
			.expect("no more is repaid than owed");
		let collateral = &mut after[slice.collateral];
		collateral.amount = collateral
			.amount
			.checked_sub(slice.taken)
			.expect("no more is taken than held");
	}
	if step.takeover {
		for leg in after.iter_mut().filter(|leg| leg.is_usable()) {
			leg.amount = Amount::ZERO;
		}
	}
	after
}

/// What may move in a step by rounding amounts to whole units, and ratios to 18 decimals.
fn tolerance(legs: &Account, step: &Step) -> BigRational {
	let ratios = judge(legs).deposits / exact(1_000_000_000_000_000u64);
	(grain(legs) + exact(10)) * exact(4 * (step.slices.len() + 1)) + ratios
}

/// Whether the usable legs of a side are gone.
fn used_up(legs: &Account, side: Side, tolerance: &BigRational) -> bool {
	legs.iter()
		.filter(|leg| leg.side == side && leg.is_usable())
		.all(|leg| live_value(leg) <= *tolerance)
}

fn value_of(leg: &Leg<u32>, amount: Amount) -> BigRational {
	worth(amount, leg.quote.live, leg.decimals)
}

fn min_bite(params: &LiquidationParams) -> BigRational {
	exact(params.min_bite.raw())
}

/// Everything that one step promises, for an account and what it left of it.
fn check_step(before: &Account, params: &LiquidationParams, step: &Step) -> Result<Account, TestCaseError> {
	let after = apply(before, step);
	let tolerance = tolerance(before, step);
	let (was, is) = (judge(before), judge(&after));
	prop_assert_eq!(step.health, assess(before).unwrap());
	prop_assert!(step.health.is_liquidatable());
	check_slices(before, step)?;
	check_penalty(before, step, &was, &tolerance)?;
	if was.equity > tolerance {
		prop_assert!(!step.takeover);
		check_target(&after, params, &is, &tolerance)?;
		check_rise(&was, &is, &tolerance)?;
	}
	if step.takeover {
		prop_assert!(step.health.equity.raw() <= 0 && step.slices.is_empty());
	}
	Ok(after)
}

/// Only usable legs are touched, each slice for something, at the penalty that it names.
fn check_slices(before: &Account, step: &Step) -> Result<(), TestCaseError> {
	for slice in &step.slices {
		let (debt, collateral) = (&before[slice.debt], &before[slice.collateral]);
		prop_assert!(debt.side == Side::Debt && collateral.side == Side::Deposit);
		prop_assert!(debt.is_usable() && collateral.is_usable());
		prop_assert!(!slice.repaid.is_zero() && !slice.taken.is_zero());

		let (repaid, taken) = (value_of(debt, slice.repaid), value_of(collateral, slice.taken));
		let rounded_up = exact(slice.taken_value.raw()) - taken.clone();
		prop_assert!(rounded_up >= zero() && rounded_up < exact(1));
		let rounded_down = repaid.clone() - exact(slice.repaid_value.raw());
		prop_assert!(rounded_down >= zero() && rounded_down < exact(1));

		let due = repaid * (exact(1) + super::exact::ratio(slice.penalty));
		// Rounding, and a grain for each slice that may go with the last.
		let slack = (grain(before) + exact(2)) * exact(3 + step.slices.len() as u128);
		prop_assert!(
			taken.clone() <= due.clone() + slack.clone(),
			"no more than the penalty is taken"
		);
		prop_assert!(taken >= due - slack, "no less than the penalty is taken");
	}
	Ok(())
}

/// The account never pays to be liquidated more than its equity, nor more than the parameters and its margins allow.
fn check_penalty(before: &Account, step: &Step, was: &Exact, tolerance: &BigRational) -> Result<(), TestCaseError> {
	let paid = step.slices.iter().fold(zero(), |sum, slice| {
		let taken = value_of(&before[slice.collateral], slice.taken);
		sum + taken - value_of(&before[slice.debt], slice.repaid)
	});
	prop_assert!(paid >= zero() - tolerance);
	prop_assert!(paid <= was.equity.clone().max(zero()) + tolerance);
	for slice in &step.slices {
		let (debt, collateral) = (&before[slice.debt], &before[slice.collateral]);
		let sum = debt
			.margin
			.maintenance
			.checked_add(collateral.margin.maintenance)
			.unwrap();
		prop_assert!(slice.penalty.raw() <= sum.raw() / 2);
	}
	Ok(())
}

/// The account is back at its target, past it by no more than a minimum bite, or nothing is left to sell or repay.
fn check_target(
	after: &Account,
	params: &LiquidationParams,
	is: &Exact,
	tolerance: &BigRational,
) -> Result<(), TestCaseError> {
	prop_assert!(is.target <= min_bite(params) + tolerance);
	let back = is.target >= zero() - tolerance;
	let nothing_left = used_up(after, Side::Debt, tolerance) || used_up(after, Side::Deposit, tolerance);
	prop_assert!(back || nothing_left);
	Ok(())
}

/// `H_M / margin` rises, or no margin is required any more.
fn check_rise(was: &Exact, is: &Exact, tolerance: &BigRational) -> Result<(), TestCaseError> {
	if is.margin > zero() {
		let rise = is.maintenance.clone() / is.margin.clone() - was.maintenance.clone() / was.margin.clone();
		prop_assert!(rise >= zero() - tolerance / is.margin.clone());
	}
	Ok(())
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(2_000))]

	#[test]
	fn a_step_keeps_every_promise(legs in leveraged_account(Just(Verdict::Usable)), params in usual_params()) {
		match plan_step(&legs, &params).unwrap() {
			None => prop_assert!(!assess(&legs).unwrap().is_liquidatable()),
			Some(step) => {
				check_step(&legs, &params, &step)?;
			},
		}
	}

	#[test]
	fn a_step_keeps_every_promise_with_unusable_legs(legs in leveraged_account(any_verdict()), params in usual_params()) {
		match plan_step(&legs, &params).unwrap() {
			None => {
				let tolerance = (grain(&legs) + exact(10)) * exact(4);
				let stuck = used_up(&legs, Side::Debt, &tolerance) || used_up(&legs, Side::Deposit, &tolerance);
				prop_assert!(stuck || !assess(&legs).unwrap().is_liquidatable());
			},
			Some(step) => {
				let after = check_step(&legs, &params, &step)?;
				for (before, after) in legs.iter().zip(&after).filter(|(before, _)| !before.is_usable()) {
					prop_assert_eq!(before, after);
				}
			},
		}
	}

	#[test]
	fn steps_at_unchanged_prices_end(legs in leveraged_account(any_verdict()), params in usual_params()) {
		let mut legs = legs;
		let mut steps = 0;
		while let Some(step) = plan_step(&legs, &params).unwrap() {
			legs = check_step(&legs, &params, &step)?;
			steps += 1;
			prop_assert!(steps <= 12, "still going after {steps} steps");
		}
		let health = assess(&legs).unwrap();
		if health.is_liquidatable() {
			let tolerance = (grain(&legs) + exact(10)) * exact(16);
			prop_assert!(used_up(&legs, Side::Debt, &tolerance) || used_up(&legs, Side::Deposit, &tolerance));
		}
	}

	#[test]
	fn a_solvent_account_of_one_pair_is_restored_in_one_step(
		legs in leveraged_account(Just(Verdict::Usable)), params in usual_params(),
	) {
		let first = |side| *legs.iter().find(|leg| leg.side == side).unwrap();
		let mut pair: Account = vec![first(Side::Deposit), first(Side::Debt)];
		// The debt that leaves half of the maintenance margin as equity.
		let held = live_value(&pair[0]);
		let [m, n] = [pair[0], pair[1]].map(|leg| super::exact::ratio(leg.margin.maintenance));
		let half = exact(1) / exact(2);
		let owed = held * (exact(1) - m * half.clone()) / (exact(1) + n * half);
		let unit = value_of(&pair[1], Amount(1));
		pair[1].amount = Amount((owed / unit).ceil().to_integer().try_into().unwrap());
		let step = plan_step(&pair, &params).unwrap();
		let margin = judge(&pair).margin;
		match step {
			None => prop_assert!(margin <= grain(&pair) * exact(4) + exact(10), "half a margin is too little"),
			Some(step) => {
				let tolerance = tolerance(&pair, &step);
				let after = check_step(&pair, &params, &step)?;
				let gone = used_up(&after, Side::Debt, &tolerance) || used_up(&after, Side::Deposit, &tolerance);
				prop_assert!(gone || judge(&after).maintenance >= zero() - tolerance);
			},
		}
	}

	#[test]
	fn the_ramp_runs_from_floor_to_ceiling(legs in leveraged_account(Just(Verdict::Usable)), params in usual_params()) {
		let health = assess(&legs).unwrap();
		let ramp = params.ramp(&health);
		prop_assert!(params.penalty_floor <= ramp && ramp <= params.penalty_ceiling);
		if health.maintenance.raw() >= 0 && health.margin.raw() > 0 {
			prop_assert_eq!(ramp, params.penalty_floor);
		}
		if health.equity.raw() <= 0 {
			prop_assert_eq!(ramp, params.penalty_ceiling);
		}
	}
}
