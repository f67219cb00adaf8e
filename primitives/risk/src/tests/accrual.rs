use super::{exact::exact, pool::steep_model};
use crate::{
	pool::{CHUNK_MS, MAX_CHUNKS},
	Pool, RateModel,
};
use margin_math::{Amount, Ratio};
use proptest::prelude::*;

const BLOCK_MS: u64 = 2_000;
const DAY_MS: u64 = 86_400_000;

fn reserve() -> Ratio {
	Ratio::from_percent(10)
}

fn pool(deposits: u128, debt: u128) -> Pool {
	let mut pool = Pool::default();
	pool.supply(Amount(deposits)).unwrap();
	pool.borrow(Amount(debt)).unwrap();
	pool
}

/// How far two amounts are apart, relative to the second.
fn within_a_millionth(a: Amount, b: Amount) -> bool {
	exact(a.0.abs_diff(b.0)) * exact(1_000_000) <= exact(b.0)
}

/// Accrues in steps of `step` for `days`.
fn replay(mut pool: Pool, model: &RateModel, step: u64, days: u64) -> Pool {
	for n in 1..=days * DAY_MS / step {
		pool.accrue(model, reserve(), n * step).unwrap();
	}
	pool
}

fn compare_with_blocks(start: Pool, model: &RateModel, days: u64) {
	let by_block = replay(start, model, BLOCK_MS, days);
	let by_day = replay(start, model, DAY_MS, days);
	assert!(by_day.debt > start.debt);
	assert!(
		within_a_millionth(by_day.debt, by_block.debt),
		"{by_day:?} against {by_block:?}"
	);
	assert!(
		within_a_millionth(by_day.deposits, by_block.deposits),
		"{by_day:?} against {by_block:?}"
	);
	assert!(by_day.is_balanced() && by_block.is_balanced());
}

#[test]
fn a_call_a_day_equals_a_call_a_block_on_the_gentle_slope() {
	compare_with_blocks(pool(5_000_000_000_000, 3_000_000_000_000), &steep_model(), 3);
}

#[test]
fn a_call_a_day_equals_a_call_a_block_on_the_steepest_slope() {
	compare_with_blocks(pool(5_000_000_000_000, 4_900_000_000_000), &steep_model(), 3);
}

#[test]
fn a_call_a_day_equals_a_call_a_block_across_the_kink() {
	compare_with_blocks(pool(5_000_000_000_000, 3_999_999_000_000), &steep_model(), 3);
}

#[test]
fn calls_each_block_do_not_inflate_a_small_debt() {
	// Ten dollars of a six-decimal asset: a block's interest is a small part of one unit.
	compare_with_blocks(pool(20_000_000, 10_000_000), &steep_model(), 3);
}

#[test]
fn a_call_books_a_day_and_leaves_the_rest_to_the_next() {
	let start = pool(1_000_000_000, 500_000_000);
	let chunks = u64::from(MAX_CHUNKS);
	let now = 60 * CHUNK_MS + 1;
	let mut late = start;
	late.accrue(&steep_model(), reserve(), now).unwrap();
	assert_eq!(late.accrued_at, chunks * CHUNK_MS);
	late.accrue(&steep_model(), reserve(), now).unwrap();
	assert_eq!(late.accrued_at, 2 * chunks * CHUNK_MS);
	late.accrue(&steep_model(), reserve(), now).unwrap();
	assert_eq!(late.accrued_at, now);

	let mut hourly = start;
	for hour in 1..=60 {
		hourly.accrue(&steep_model(), reserve(), hour * CHUNK_MS).unwrap();
	}
	hourly.accrue(&steep_model(), reserve(), now).unwrap();
	assert_eq!(hourly, late, "it is the same as a call every hour");
}

#[test]
fn time_without_debt_passes_at_once_and_costs_nothing() {
	let mut pool = Pool::default();
	pool.supply(Amount(1_000)).unwrap();
	pool.accrue(&steep_model(), reserve(), 400 * DAY_MS).unwrap();
	assert_eq!(pool.accrued_at, 400 * DAY_MS);
	assert_eq!((pool.deposits, pool.reserves), (Amount(1_000), Amount::ZERO));
}

#[test]
fn a_clock_that_goes_back_changes_nothing() {
	let mut pool = pool(1_000_000, 500_000);
	pool.accrue(&steep_model(), reserve(), DAY_MS).unwrap();
	let before = pool;
	pool.accrue(&steep_model(), reserve(), DAY_MS - 1).unwrap();
	assert_eq!(pool, before);
}

#[test]
fn interest_that_nobody_supplied_for_goes_to_the_reserves() {
	// All suppliers have left; what is lent out are reserves.
	let mut pool = Pool {
		liquidity: Amount(1_000_000),
		reserves: Amount(1_000_000),
		..Pool::default()
	};
	pool.borrow(Amount(900_000)).unwrap();
	pool.accrue(&steep_model(), reserve(), DAY_MS).unwrap();
	assert_eq!(pool.deposits, Amount::ZERO);
	assert_eq!(pool.reserves.0 - 1_000_000, pool.debt.0 - 900_000);
	assert!(pool.debt > Amount(900_000));
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(300))]

	#[test]
	fn what_borrowers_pay_is_what_suppliers_and_reserve_earn(
		deposits in 1_000u128..1 << 90, share in 1u128..=1_000, factor in 0u32..=100, time in 1u64..3 * DAY_MS,
	) {
		let start = pool(deposits, (deposits * share / 1_000).max(1));
		let mut after = start;
		after.accrue(&steep_model(), Ratio::from_percent(factor), time).unwrap();
		let paid = after.debt.0 - start.debt.0;
		let reserve = after.reserves.0 - start.reserves.0;
		prop_assert_eq!(paid, after.deposits.0 - start.deposits.0 + reserve);
		let fair = (paid * u128::from(factor)).div_ceil(100);
		prop_assert_eq!(reserve, fair, "rounded up once, not in every chunk");
		prop_assert!(after.debt_index() >= start.debt_index());
		prop_assert!(after.is_balanced());
	}

	#[test]
	fn cutting_time_into_pieces_charges_at_most_one_unit_more(
		debt in 1u128..1_000_000_000, cuts in proptest::collection::vec(1u64..60_000, 1..50),
	) {
		// A flat rate, so that only roundings and compounding within the hour differ.
		let rate = Ratio::from_percent(10);
		let model = RateModel { base: rate, rate_at_kink: rate, rate_at_full: rate, ..steep_model() };
		let start = pool(2_000_000_000, debt);
		let (mut pieces, mut whole) = (start, start);
		let end = cuts.iter().fold(0, |now, cut| {
			pieces.accrue(&model, reserve(), now + cut).unwrap();
			now + cut
		});
		whole.accrue(&model, reserve(), end).unwrap();
		prop_assert!(pieces.debt >= whole.debt);
		prop_assert!(pieces.debt.0 - whole.debt.0 <= 1);
	}
}
