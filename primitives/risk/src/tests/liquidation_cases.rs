//! Liquidations small enough to check by hand.

use super::accounts::leg;
use crate::{plan_step, Leg, LiquidationParams, RiskError, Side, Slice, Step, Verdict, MAX_LEGS};
use margin_math::{Amount, Price, Ratio, Rounding, Value};

const BTC: u32 = 2;
const ETH: u32 = 3;
const USDC: u32 = 1;

fn params(floor: u32, ceiling: u32, dollars: i64) -> LiquidationParams {
	LiquidationParams {
		penalty_floor: Ratio::from_percent(floor),
		penalty_ceiling: Ratio::from_percent(ceiling),
		min_bite: Value::from_dollars(dollars),
	}
}

fn step(legs: &[Leg<u32>], params: &LiquidationParams) -> Step {
	plan_step(legs, params).unwrap().expect("the account is liquidatable")
}

fn only(step: &Step) -> Slice {
	assert_eq!(step.slices.len(), 1, "{step:?}");
	step.slices[0]
}

#[test]
fn a_healthy_account_is_left_alone() {
	// Maintenance margin 10 % of 40,000: healthy with 4,000 of equity, liquidatable with one unit less.
	let mut legs = [
		leg(BTC, Side::Deposit, 1, 8, 40_000, 10),
		leg(USDC, Side::Debt, 36_000, 6, 1, 0),
	];
	assert_eq!(plan_step(&legs, &params(1, 5, 0)), Ok(None));
	legs[1].amount = legs[1].amount.saturating_add(Amount(1));
	assert!(plan_step(&legs, &params(1, 5, 0)).unwrap().is_some());
}

#[test]
fn a_long_sells_what_brings_it_back_to_target() {
	// H_T = 40,000 * 0.875 - 37,000 = -2,000 and x = 2,000 / (1 - 0.875), without penalty.
	let legs = [
		leg(BTC, Side::Deposit, 1, 8, 40_000, 10),
		leg(USDC, Side::Debt, 37_000, 6, 1, 0),
	];
	let slice = only(&step(&legs, &params(0, 0, 0)));
	assert_eq!(slice.repaid, Amount(16_000_000_000));
	assert_eq!(slice.taken, Amount(40_000_000));
	assert_eq!(slice.repaid_value, Value::from_dollars(16_000));
	assert_eq!(slice.taken_value, Value::from_dollars(16_000));
	assert_eq!(slice.penalty, Ratio::ZERO);
}

#[test]
fn a_short_buys_back_what_brings_it_back_to_target() {
	// H_T = 11,900 - 10 * 1,000 * 1.25 = -600 and x = 600 / 0.25 = 2,400.
	let legs = [
		leg(USDC, Side::Deposit, 11_900, 6, 1, 0),
		leg(ETH, Side::Debt, 10, 18, 1_000, 20),
	];
	let slice = only(&step(&legs, &params(0, 0, 0)));
	assert_eq!(slice.repaid, Amount(2_400_000_000_000_000_000));
	assert_eq!(slice.taken, Amount(2_400_000_000));
}

#[test]
fn the_penalty_follows_the_depth() {
	// Margin 4,000, equity 3,000: H_M = -1,000, a quarter of the margin. 2 % + 8 % / 4.
	let legs = [
		leg(BTC, Side::Deposit, 1, 8, 40_000, 10),
		leg(USDC, Side::Debt, 37_000, 6, 1, 0),
	];
	assert_eq!(only(&step(&legs, &params(2, 10, 0))).penalty, Ratio::from_percent(4));
}

#[test]
fn the_penalty_is_at_most_half_the_maintenance_ratios_of_the_pair() {
	let legs = [
		leg(BTC, Side::Deposit, 1, 8, 40_000, 10),
		leg(USDC, Side::Debt, 37_000, 6, 1, 0),
	];
	assert_eq!(only(&step(&legs, &params(9, 9, 0))).penalty, Ratio::from_percent(5));
}

#[test]
fn the_penalty_is_at_most_what_the_equity_pays() {
	// Equity 400 over a debt of 39,600.
	let legs = [
		leg(BTC, Side::Deposit, 1, 8, 40_000, 10),
		leg(USDC, Side::Debt, 39_600, 6, 1, 0),
	];
	let step = step(&legs, &params(5, 5, 1));
	let slice = only(&step);
	assert_eq!(
		slice.penalty,
		Ratio::of(400, 39_600, margin_math::Rounding::Down).unwrap()
	);
	// Such a penalty eats the equity as fast as the margin shrinks, so that all of it goes.
	assert_eq!(slice.repaid, Amount(39_600_000_000));
	assert!(slice.taken <= Amount(100_000_000));
	assert!(step.health.equity == Value::from_dollars(400));
}

#[test]
fn pairs_go_by_ratio_then_by_index() {
	let legs = [
		leg(10, Side::Deposit, 900, 6, 1, 0),
		leg(11, Side::Deposit, 1_000, 6, 1, 19),
		leg(12, Side::Deposit, 1_400, 6, 1, 20),
		leg(13, Side::Deposit, 1_600, 6, 1, 20),
		leg(20, Side::Debt, 2_450, 6, 1, 0),
		leg(21, Side::Debt, 1_550, 6, 1, 10),
	];
	// Equity 900, margin 945, H_T = -281.25: part of the first pair is enough.
	let step = step(&legs, &params(0, 0, 0));
	let pairs: Vec<_> = step.slices.iter().map(|slice| (slice.debt, slice.collateral)).collect();
	assert_eq!(pairs, [(5, 2)]);

	// Deeper: the next collateral, and when the first debt is gone the next one with what is left of it.
	let mut deeper = legs;
	deeper[0].amount = Amount(480_000_000);
	let step = self::step(&deeper, &params(0, 0, 0));
	let pairs: Vec<_> = step.slices.iter().map(|slice| (slice.debt, slice.collateral)).collect();
	assert_eq!(pairs, [(5, 2), (5, 3), (4, 3)]);
}

#[test]
fn a_slice_is_no_smaller_than_the_minimum_bite() {
	// H_T = -0.1 dollars over a ratio of 0.1 asks for one dollar only.
	let mut legs = [
		leg(BTC, Side::Deposit, 1, 8, 40_000, 10),
		leg(USDC, Side::Debt, 36_000, 6, 1, 0),
	];
	legs[0].margin.target = legs[0].margin.maintenance;
	legs[1].amount = legs[1].amount.saturating_add(Amount(100_000));
	assert_eq!(only(&step(&legs, &params(0, 0, 0))).repaid, Amount(1_000_000));
	assert_eq!(only(&step(&legs, &params(0, 0, 50))).repaid, Amount(50_000_000));
}

#[test]
fn a_rest_below_the_minimum_bite_goes_too() {
	// H_T = -3,750 over 0.125 asks for 30,000 of the debt: 8,750 would be left.
	let legs = [
		leg(BTC, Side::Deposit, 1, 8, 40_000, 10),
		leg(USDC, Side::Debt, 38_750, 6, 1, 0),
	];
	assert_eq!(only(&step(&legs, &params(0, 0, 8_750))).repaid, Amount(30_000_000_000));
	let all = only(&step(&legs, &params(0, 0, 8_751)));
	assert_eq!(all.repaid, Amount(38_750_000_000));
	assert_eq!(all.taken, Amount(96_875_000));
}

#[test]
fn a_rest_of_collateral_below_the_minimum_bite_goes_too() {
	// H_T = 7,500 + 26,250 - 36,225 = -2,475 over 0.25 asks for 9,900 of the 10,000 in BTC.
	let legs = [
		leg(BTC, Side::Deposit, 1, 8, 10_000, 20),
		leg(ETH, Side::Deposit, 30, 18, 1_000, 10),
		leg(USDC, Side::Debt, 36_225, 6, 1, 0),
	];
	assert_eq!(only(&step(&legs, &params(0, 0, 100))).taken, Amount(99_000_000));
	let all = only(&step(&legs, &params(0, 0, 101)));
	assert_eq!((all.repaid, all.taken), (Amount(10_000_000_000), Amount(100_000_000)));
}

#[test]
fn a_collateral_that_is_too_small_is_followed_by_the_next() {
	let legs = [
		leg(BTC, Side::Deposit, 1, 8, 10_000, 20),
		leg(ETH, Side::Deposit, 30, 18, 1_000, 10),
		leg(USDC, Side::Debt, 37_500, 6, 1, 0),
	];
	// H_T = 7,500 + 26,250 - 37,500 = -3,750. BTC gives 10,000 * 0.25; ETH the rest, 1,250 / 0.125.
	let step = step(&legs, &params(0, 0, 0));
	assert_eq!(step.slices.len(), 2);
	assert_eq!(
		(step.slices[0].collateral, step.slices[0].taken),
		(0, Amount(100_000_000))
	);
	assert_eq!(step.slices[0].repaid, Amount(10_000_000_000));
	assert_eq!(
		(step.slices[1].collateral, step.slices[1].repaid),
		(1, Amount(10_000_000_000))
	);
	assert_eq!(step.slices[1].taken, Amount(10_000_000_000_000_000_000));
}

#[test]
fn an_account_without_equity_is_taken_over_without_penalty() {
	let legs = [
		leg(BTC, Side::Deposit, 1, 8, 36_000, 10),
		leg(USDC, Side::Debt, 36_000, 6, 1, 0),
	];
	let step = step(&legs, &params(5, 10, 100));
	assert!(step.takeover);
	assert!(step.slices.is_empty());
	assert_eq!(step.health.equity, Value::ZERO);
}

#[test]
fn a_debt_without_any_collateral_is_taken_over() {
	assert!(step(&[leg(USDC, Side::Debt, 5, 6, 1, 0)], &params(5, 10, 100)).takeover);
}

#[test]
fn nothing_unusable_is_taken() {
	let mut legs = [
		leg(BTC, Side::Deposit, 1, 8, 10_000, 20),
		leg(ETH, Side::Deposit, 30, 18, 1_000, 10),
		leg(USDC, Side::Debt, 37_500, 6, 1, 0),
	];
	legs[0].quote.verdict = Verdict::Stale;
	let slice = only(&step(&legs, &params(0, 0, 0)));
	assert_eq!(slice.collateral, 1);
	legs[1].quote.verdict = Verdict::HeldBack;
	legs[2].amount = Amount(40_001_000_000);
	assert_eq!(plan_step(&legs, &params(0, 0, 0)), Ok(None), "no deposit may be sold");
	legs[2].quote.verdict = Verdict::TooFewOperators;
	legs[0].quote.verdict = Verdict::Usable;
	assert_eq!(plan_step(&legs, &params(0, 0, 0)), Ok(None), "no debt may be repaid");
}

#[test]
fn an_unusable_deposit_is_not_set_free_by_a_takeover() {
	// Without equity, even with the frozen deposit at its better price.
	let mut legs = [
		leg(BTC, Side::Deposit, 1, 8, 10_000, 20),
		leg(ETH, Side::Deposit, 5, 18, 1_000, 10),
		leg(USDC, Side::Debt, 16_000, 6, 1, 0),
	];
	legs[0].quote.verdict = Verdict::HeldBack;
	legs[0].quote.candidate = Some(Price::from_fixed(9_000.into()));
	let step = step(&legs, &params(5, 10, 100));
	assert!(!step.takeover);
	let slice = only(&step);
	assert_eq!((slice.collateral, slice.debt, slice.penalty), (1, 2, Ratio::ZERO));
	assert_eq!(slice.repaid, Amount(5_000_000_000));
	assert_eq!(slice.taken, legs[1].amount);

	// Once it counts nothing, the rest is taken over.
	legs[0].quote.live = Price::ZERO;
	legs[0].quote.candidate = None;
	assert!(self::step(&legs, &params(5, 10, 100)).takeover);
}

#[test]
fn dust_without_a_price_holds_nothing_up() {
	for side in [Side::Deposit, Side::Debt] {
		let mut legs = [
			leg(ETH, Side::Deposit, 5, 18, 1_000, 10),
			leg(BTC, side, 1, 8, 99, 20),
			leg(USDC, Side::Debt, 6_000, 6, 1, 0),
		];
		legs[1].quote.verdict = Verdict::Missing;
		assert!(step(&legs, &params(5, 10, 100)).takeover);
		assert!(!step(&legs, &params(5, 10, 99)).takeover);
	}
}

#[test]
fn an_unusable_debt_keeps_the_collateral_that_secures_it() {
	let mut legs = [
		leg(USDC, Side::Deposit, 15_000, 6, 1, 0),
		leg(BTC, Side::Debt, 1, 8, 16_000, 20),
		leg(ETH, Side::Debt, 2, 18, 1_000, 10),
	];
	legs[1].quote.verdict = Verdict::Stale;
	let step = step(&legs, &params(5, 10, 100));
	assert!(!step.takeover);
	let slice = only(&step);
	assert_eq!((slice.collateral, slice.debt, slice.penalty), (0, 2, Ratio::ZERO));
	assert_eq!((slice.repaid, slice.taken), (legs[2].amount, Amount(2_000_000_000)));
	assert_eq!(
		plan_step(&legs[..2], &params(5, 10, 100)),
		Ok(None),
		"nothing else may be touched"
	);
}

#[test]
fn a_debt_unit_worth_more_than_the_bite_goes_whole() {
	// An asset of no decimals worth 1,000 a unit, short against dollars.
	let mut legs = [
		leg(USDC, Side::Deposit, 10_900, 6, 1, 0),
		leg(9, Side::Debt, 10, 0, 1_000, 10),
	];
	legs[1].margin.target = Ratio::from_percent(12);
	let slice = only(&step(&legs, &params(0, 0, 0)));
	// H_T = 10,900 - 11,200 = -300, over 0.12: 2,500, which is two units.
	assert_eq!(slice.repaid, Amount(2));
	legs[0].amount = Amount(10_999_000_000);
	legs[1].margin.target = legs[1].margin.maintenance;
	// H_T = -1 over 0.1 is 10 dollars, below one unit.
	let slice = only(&step(&legs, &params(0, 0, 0)));
	assert_eq!((slice.repaid, slice.taken), (Amount(1), Amount(1_000_000_000)));
}

#[test]
fn a_debt_unit_that_no_collateral_pays_for_stays() {
	// 500 dollars may be sold, a unit of the debt is worth 1,000, and the rest of the equity is frozen.
	let mut legs = [
		leg(ETH, Side::Deposit, 1, 18, 500, 20),
		leg(BTC, Side::Deposit, 1, 8, 10_599, 20),
		leg(9, Side::Debt, 10, 0, 1_000, 10),
	];
	legs[1].quote.verdict = Verdict::Stale;
	assert_eq!(plan_step(&legs, &params(0, 0, 0)), Ok(None));
	legs[0].amount = Amount(2 * legs[0].amount.0);
	legs[1].quote.live = Price::from_fixed(10_100.into());
	let slice = only(&step(&legs, &params(0, 0, 0)));
	assert_eq!(
		(slice.collateral, slice.repaid, slice.taken),
		(0, Amount(1), legs[0].amount)
	);
}

#[test]
fn wrong_parameters_and_too_many_legs_are_refused() {
	let debt = leg(USDC, Side::Debt, 5, 6, 1, 0);
	assert_eq!(plan_step(&[debt], &params(6, 5, 0)), Err(RiskError::InvalidParameters));
	assert_eq!(
		plan_step(&[debt], &params(6, 100, 0)),
		Err(RiskError::InvalidParameters)
	);
	assert_eq!(plan_step(&[debt], &params(1, 5, -1)), Err(RiskError::InvalidParameters));
	assert_eq!(
		plan_step(&[debt; MAX_LEGS + 1], &params(1, 5, 0)),
		Err(RiskError::TooManyLegs)
	);
}

#[test]
fn when_the_penalty_takes_all_that_is_left_no_units_of_the_debt_stay_behind() {
	for n in 1..=200u128 {
		let mut legs = [
			leg(BTC, Side::Deposit, 1, 8, 8_000, 5),
			leg(ETH, Side::Deposit, 1, 18, 203, 5),
			leg(USDC, Side::Debt, 1, 6, 1, 1),
		];
		legs[0].amount = Amount(1_234_567 + 7_919 * n);
		legs[1].amount = Amount(300_000_000_000_000_007 + 104_729 * n);
		let worth = |leg: &Leg<u32>| {
			let value = leg.quote.live.value_of(leg.amount, leg.decimals, Rounding::Down);
			value.unwrap().raw() as u128 / 10u128.pow(12)
		};
		// Worth so little more than what is owed that the penalty takes all of it.
		legs[2].amount = Amount((worth(&legs[0]) + worth(&legs[1])) * 995 / 1_000 - n);
		let step = step(&legs, &params(1, 3, 100));
		let repaid: u128 = step.slices.iter().map(|slice| slice.repaid.0).sum();
		let taken = |index| -> u128 {
			let slices = step.slices.iter().filter(|slice| slice.collateral == index);
			slices.map(|slice| slice.taken.0).sum()
		};
		if taken(0) == legs[0].amount.0 && taken(1) == legs[1].amount.0 {
			assert_eq!(repaid, legs[2].amount.0, "of {legs:?}");
		}
	}
}
