//! What a liquidation step of a portfolio account promises.
#![allow(clippy::float_arithmetic)]

use super::{
	accounts::{any_account, any_verdict, leg, leveraged_account, usual_params, Account},
	portfolio::{any_pairs, bands, Pairs},
};
use crate::{
	assess_portfolio, plan_portfolio_step, plan_step, Band, Bands, Correlation, LiquidationParams, Side, Slice, Step,
	Verdict,
};
use margin_math::{Amount, Price, Ratio, Rounding, Value};
use proptest::prelude::*;

fn apply(legs: &Account, slices: &[Slice]) -> Account {
	let mut after = legs.clone();
	for slice in slices {
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
	after
}

/// Value of the largest unit of any leg.
fn grain(legs: &Account) -> i128 {
	let unit = |leg: &crate::Leg<u32>| leg.quote.live.value_of(Amount(1), leg.decimals, Rounding::Up);
	legs.iter()
		.map(|leg| unit(leg).unwrap().raw())
		.max()
		.unwrap_or_default()
}

/// What rounding to units and to 18 decimals may make of an account's health.
fn tolerance(legs: &Account) -> i128 {
	let gross = assess_portfolio(legs, &Bands::default()).unwrap();
	(grain(legs) + 10) * 4 * legs.len() as i128 + gross.deposits.raw() / 100_000_000_000
}

/// A usual account just below maintenance, whose debts are all scaled: `None` if it cannot be.
fn below(mut legs: Account, bands: &Bands, ppm: u32) -> Option<Account> {
	let scale = |legs: &mut Account, factor| {
		for leg in legs.iter_mut().filter(|leg| leg.side == Side::Debt) {
			leg.amount = leg.amount.mul_ratio(factor, Rounding::Up)?;
		}
		Some(())
	};
	// Towards a health of nothing, a few times.
	for _ in 0..6 {
		let health = assess_portfolio(&legs, bands).ok()?;
		let wanted = health.debts.checked_add(health.maintenance)?;
		scale(&mut legs, wanted.ratio_to(health.debts, Rounding::Down)?)?;
	}
	scale(&mut legs, Ratio::from_ppm(1_000_000 + ppm))?;
	Some(legs)
}

proptest! {
	#![proptest_config(ProptestConfig { max_global_rejects: 100_000, ..ProptestConfig::with_cases(2_000) })]

	#[test]
	fn a_step_takes_the_same_part_of_every_leg_and_ends_at_the_target(
		legs in leveraged_account(Just(Verdict::Usable)), pairs in any_pairs(), ppm in 1u32..60_000, params in usual_params(),
	) {
		check_step(legs, &pairs, ppm, &params)?;
	}

	#[test]
	fn steps_bring_an_account_to_rest_but_for_what_its_units_leave_over(
		legs in leveraged_account(any_verdict()), pairs in any_pairs(), params in usual_params(),
	) {
		let bands = bands(legs.len(), &pairs);
		let mut account = legs;
		for _ in 0..40 {
			let Some(step) = plan_portfolio_step(&account, &bands, &params).unwrap() else {
				return Ok(());
			};
			if step.takeover || step.repaid().raw() <= tolerance(&account) {
				return Ok(());
			}
			account = apply(&account, &step.slices);
		}
		prop_assert!(false, "an account is liquidated again and again");
	}

	#[test]
	fn extreme_accounts_never_panic(legs in any_account(), pairs in any_pairs(), params in usual_params()) {
		if let Ok(Some(step)) = plan_portfolio_step(&legs, &bands(legs.len(), &pairs), &params) {
			apply(&legs, &step.slices);
			apply(&legs, &step.up_to(Value::from_dollars(500), params.min_bite));
		}
	}
}

fn check_step(legs: Account, pairs: &Pairs, ppm: u32, params: &LiquidationParams) -> Result<(), TestCaseError> {
	let bands = bands(legs.len(), pairs);
	let Some(before) = below(legs, &bands, ppm) else {
		return Err(TestCaseError::reject("cannot be scaled"));
	};
	let Ok(was) = assess_portfolio(&before, &bands) else {
		return Err(TestCaseError::reject("too large"));
	};
	let step = plan_portfolio_step(&before, &bands, params).unwrap();
	if !was.is_liquidatable() || was.equity <= Value::ZERO {
		return Err(TestCaseError::reject("not to be liquidated in part"));
	}
	let step = step.expect("a usable deposit meets a usable debt");
	let tolerance = tolerance(&before);
	prop_assert!(step.proportional && !step.takeover && step.slices.len() < before.len());
	let after = apply(&before, &step.slices);
	let is = assess_portfolio(&after, &bands).unwrap();
	let near = |value: Value, least: Value| value.raw() + tolerance >= least.raw();
	prop_assert!(near(is.target, Value::ZERO), "{} is below the target", is.target);
	prop_assert!(near(is.maintenance, was.maintenance));

	// The penalty is paid out of equity, and never more than that.
	let penalty = step.slices.first().map_or(Ratio::ZERO, |slice| slice.penalty);
	let cost = was.equity.raw() - is.equity.raw();
	let repaid = step.repaid();
	prop_assert!(cost <= was.equity.raw() + tolerance);
	prop_assert!((cost - repaid.mul_ratio(penalty, Rounding::Up).unwrap().raw()).abs() <= tolerance);
	check_proportion(&before, &after, was.debts, repaid)?;
	check_least(&before, &bands, &step, params, tolerance)
}

/// Every debt is lower by the same part, and so is every deposit by its own.
fn check_proportion(before: &Account, after: &Account, debts: Value, repaid: Value) -> Result<(), TestCaseError> {
	let worth = |leg: &crate::Leg<u32>| {
		leg.quote
			.live
			.value_of(leg.amount, leg.decimals, Rounding::Down)
			.unwrap()
			.raw()
	};
	let gone = |side| {
		let of = |legs: &Account| legs.iter().filter(|leg| leg.side == side).map(worth).sum::<i128>();
		(of(before) - of(after)) as f64 / of(before) as f64
	};
	let slack = 8.0 * grain(before) as f64;
	prop_assert!(
		(gone(Side::Debt) - repaid.raw() as f64 / debts.raw() as f64).abs() < 1e-9 + slack / debts.raw() as f64
	);
	for (was, is) in before.iter().zip(after) {
		let (was_worth, part) = (worth(was) as f64, gone(was.side));
		let own = was_worth - worth(is) as f64;
		prop_assert!(
			(own - part * was_worth).abs() <= 2.0 * slack + was_worth * 1e-9,
			"{was:?} {is:?} {part}"
		);
	}
	Ok(())
}

/// With a bite less the account would not be back at its target, if what goes and what stays is worth a bite.
fn check_least(
	before: &Account,
	bands: &Bands,
	step: &Step,
	params: &LiquidationParams,
	tolerance: i128,
) -> Result<(), TestCaseError> {
	let bite = params.min_bite.max(Value::from_raw(step.health.debts.raw() / 100_000));
	let less = step.repaid().checked_sub(bite).unwrap();
	let all = step.repaid().raw() + params.min_bite.raw() + tolerance >= step.health.debts.raw();
	if all || less <= params.min_bite {
		return Ok(());
	}
	let whole = Step {
		proportional: true,
		..step.clone()
	};
	let smaller = apply(before, &whole.up_to(less, Value::ZERO));
	let health = assess_portfolio(&smaller, bands).unwrap().target;
	prop_assert!(health.raw() <= tolerance, "{health} after less");
	Ok(())
}

const PARAMS: LiquidationParams = LiquidationParams {
	penalty_floor: Ratio::from_percent(1),
	penalty_ceiling: Ratio::from_percent(1),
	min_bite: Value::from_dollars(100),
};

/// 100,000 dollars long, 90,000 short in what moves alike, and a debt of so many dollars.
fn hedged(debt: u128) -> (Account, Bands) {
	let legs = vec![
		leg(0, Side::Deposit, 2, 8, 50_000, 5),
		leg(1, Side::Debt, 45, 8, 2_000, 5),
		leg(2, Side::Debt, debt, 6, 1, 0),
	];
	let bands = Bands::of(3, |above, _| {
		Band::around(Some(Correlation::from_ppm(if above == 1 { 950_000 } else { 0 })))
	});
	(legs, bands)
}

#[test]
fn a_hedged_account_is_liquidated_later_and_never_loses_its_hedge_alone() {
	// A requirement of 5,000 dollars, where the legs alone would need 9,500.
	let (legs, bands) = hedged(5_100);
	let step = plan_portfolio_step(&legs, &bands, &PARAMS).unwrap().unwrap();
	assert_eq!(step.health.maintenance, Value::from_dollars(-100));
	let after = apply(&legs, &step.slices);
	let left = |leg: usize| after[leg].amount.0 as f64 / legs[leg].amount.0 as f64;
	assert!((left(1) - left(2)).abs() < 1e-6, "both debts fall by one part");
	assert!(
		left(0) > left(1) && left(0) - left(1) < 0.05,
		"the long falls by a little less"
	);
	let cross = plan_step(&legs, &PARAMS).unwrap().unwrap();
	assert!(cross.repaid() > step.repaid());
	let (legs, bands) = hedged(4_900);
	assert_eq!(plan_portfolio_step(&legs, &bands, &PARAMS).unwrap(), None);
}

#[test]
fn a_part_of_the_step_is_the_same_part_of_every_slice() {
	let (legs, bands) = hedged(5_100);
	let step = plan_portfolio_step(&legs, &bands, &PARAMS).unwrap().unwrap();
	let half = Value::from_raw(step.repaid().raw() / 2);
	let part = step.up_to(half, PARAMS.min_bite);
	assert_eq!(part.len(), step.slices.len());
	for (part, whole) in part.iter().zip(&step.slices) {
		assert!(part.repaid.0.abs_diff(whole.repaid.0 / 2) <= 1);
		assert!(part.taken.0.abs_diff(whole.taken.0 / 2) <= 1);
	}
	assert_eq!(step.up_to(Value::from_dollars(99), PARAMS.min_bite), Vec::new());
	assert_eq!(step.up_to(step.repaid(), PARAMS.min_bite), step.slices);
	let nearly = step.repaid().checked_sub(Value::from_dollars(1)).unwrap();
	let kept = step
		.up_to(nearly, PARAMS.min_bite)
		.iter()
		.map(|slice| slice.repaid_value.raw())
		.sum::<i128>();
	assert!(step.repaid().raw() - kept >= PARAMS.min_bite.raw());
}

#[test]
fn a_leg_without_a_usable_price_stays_as_it_is() {
	let (mut legs, bands) = hedged(5_100);
	legs[1].quote.verdict = Verdict::Stale;
	legs[0].quote.live = Price::from_fixed(48_000.into());
	let step = plan_portfolio_step(&legs, &bands, &PARAMS).unwrap().unwrap();
	assert!(step.slices.iter().all(|slice| slice.debt == 2 && slice.collateral == 0));
}

#[test]
fn an_account_without_equity_is_taken_over_whole() {
	let (legs, bands) = hedged(10_001);
	let step = plan_portfolio_step(&legs, &bands, &PARAMS).unwrap().unwrap();
	assert!(step.takeover && step.slices.is_empty());
}

#[test]
fn a_debt_of_one_unit_that_is_worth_a_fortune_is_repaid_whole() {
	let legs = vec![
		leg(0, Side::Deposit, 105, 0, 1_000, 10),
		leg(1, Side::Debt, 1, 0, 100_000, 1),
	];
	let step = plan_portfolio_step(&legs, &Bands::default(), &PARAMS).unwrap().unwrap();
	assert_eq!(step.slices.iter().map(|slice| slice.repaid.0).sum::<u128>(), 1);
}
