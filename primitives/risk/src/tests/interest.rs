use super::exact::{exact, ratio, zero};
use crate::{
	growth,
	interest::{MAX_RATE, YEAR_MS},
	pool::CHUNK_MS,
	Pool, RateModel,
};
use margin_math::{Amount, Ratio, UNIT};
use num_rational::BigRational;
use proptest::prelude::*;

/// More smallest units than any pool holds.
const MANY: u128 = 1 << 100;

fn any_model() -> impl Strategy<Value = RateModel> {
	let rate = || (0..=MAX_RATE.raw()).prop_map(Ratio::from_raw);
	(rate(), rate(), rate(), 1..Ratio::ONE.raw()).prop_map(|(a, b, c, kink)| {
		let mut ordered = [a, b, c];
		ordered.sort();
		RateModel {
			base: ordered[0],
			kink: Ratio::from_raw(kink),
			rate_at_kink: ordered[1],
			rate_at_full: ordered[2],
		}
	})
}

fn any_utilisation() -> impl Strategy<Value = Ratio> {
	(0..=UNIT).prop_map(Ratio::from_raw)
}

/// Whether `found` is the exact number rounded up, with at most `slack` of 10^-18 too much.
fn rounded_up(found: Ratio, wanted: &BigRational, slack: u32) -> bool {
	let wanted = wanted.clone() * exact(UNIT);
	let found = exact(found.raw());
	found >= wanted && found < wanted + exact(slack)
}

/// The first `terms` terms of `e^x - 1`.
fn series(x: &BigRational, terms: u32) -> BigRational {
	let mut term = exact(1);
	(1..=terms).fold(zero(), |sum, n| {
		term = term.clone() * x.clone() / exact(n);
		sum + term.clone()
	})
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(500))]

	#[test]
	fn the_rate_is_on_the_two_slopes(model in any_model(), utilisation in any_utilisation()) {
		prop_assert!(model.is_valid());
		let [u, kink, base, at_kink, full] =
			[utilisation, model.kink, model.base, model.rate_at_kink, model.rate_at_full].map(ratio);
		let wanted = if u <= kink {
			base.clone() + (at_kink - base) * u / kink
		} else {
			at_kink.clone() + (full - at_kink) * (u - kink.clone()) / (exact(1) - kink)
		};
		prop_assert!(rounded_up(model.borrow_rate(utilisation), &wanted, 1));
	}

	#[test]
	fn the_rate_never_falls_with_utilisation(model in any_model(), a in any_utilisation(), b in any_utilisation()) {
		prop_assert!(model.borrow_rate(a.min(b)) <= model.borrow_rate(a.max(b)));
	}

	#[test]
	fn suppliers_are_promised_what_borrowers_pay_less_the_reserve_rounded_down(
		model in any_model(), reserve in any_utilisation(), debt in 0..=MANY, deposits in 1..=MANY, liquidity in 0..=MANY,
	) {
		let deposits = deposits.max(debt / 8);
		let pool = Pool {
			debt: Amount(debt),
			deposits: Amount(deposits),
			liquidity: Amount(liquidity),
			..Pool::default()
		};
		let paid = ratio(model.borrow_rate(pool.utilisation())) * exact(debt) * (exact(1) - ratio(reserve));
		let earned = paid / exact(deposits);
		let promised = ratio(pool.supply_rate(&model, reserve));
		prop_assert!(promised <= earned);
		prop_assert!(earned - promised < exact(12) / exact(UNIT));
	}

	#[test]
	fn growth_is_the_series_rounded_up(rate in 0..=MAX_RATE.raw(), ms in 0..=CHUNK_MS) {
		let rate = Ratio::from_raw(rate);
		let x = ratio(rate) * exact(ms) / exact(YEAR_MS);
		let grown = growth(rate, ms);
		prop_assert!(rounded_up(grown, &series(&x, 3), 8));
		let off = series(&x, 12) - ratio(grown);
		prop_assert!(off < exact(1) / exact(10_000_000_000_000u64), "continuous compounding within 10^-13");
	}

	#[test]
	fn growth_never_falls_with_rate_or_time(a in 0..=MAX_RATE.raw(), b in 0..=MAX_RATE.raw(), s: u32, t: u32) {
		let (low, high) = (Ratio::from_raw(a.min(b)), Ratio::from_raw(a.max(b)));
		let (short, long) = (u64::from(s.min(t)), u64::from(s.max(t)));
		prop_assert!(growth(low, short) <= growth(high, short));
		prop_assert!(growth(low, short) <= growth(low, long));
	}
}

#[test]
fn a_model_out_of_range_is_not_valid() {
	let percent = Ratio::from_percent;
	let model = RateModel {
		base: percent(1),
		kink: percent(80),
		rate_at_kink: percent(10),
		rate_at_full: percent(100),
	};
	assert!(model.is_valid());
	assert!(!RateModel {
		kink: Ratio::ZERO,
		..model
	}
	.is_valid());
	assert!(!RateModel {
		kink: Ratio::ONE,
		..model
	}
	.is_valid());
	assert!(!RateModel {
		base: percent(11),
		..model
	}
	.is_valid());
	assert!(!RateModel {
		rate_at_kink: percent(101),
		..model
	}
	.is_valid());
	assert!(!RateModel {
		rate_at_full: percent(1_001),
		..model
	}
	.is_valid());
	assert!(RateModel {
		rate_at_full: percent(1_000),
		..model
	}
	.is_valid());
}

#[test]
fn the_rate_meets_its_three_points() {
	let percent = Ratio::from_percent;
	let model = RateModel {
		base: percent(2),
		kink: percent(80),
		rate_at_kink: percent(10),
		rate_at_full: percent(100),
	};
	assert_eq!(model.borrow_rate(Ratio::ZERO), percent(2));
	assert_eq!(model.borrow_rate(percent(80)), percent(10));
	assert_eq!(model.borrow_rate(Ratio::ONE), percent(100));
	assert_eq!(
		model.borrow_rate(Ratio::MAX),
		percent(100),
		"more than all counts as all"
	);
}

#[test]
fn no_time_and_no_rate_grow_nothing() {
	assert_eq!(growth(Ratio::ONE, 0), Ratio::ZERO);
	assert_eq!(growth(Ratio::ZERO, u64::MAX), Ratio::ZERO);
	assert_eq!(growth(Ratio::MAX, u64::MAX), Ratio::MAX);
}

#[test]
fn a_pool_without_deposits_promises_nothing() {
	let model = RateModel {
		base: Ratio::ONE,
		kink: Ratio::from_percent(80),
		rate_at_kink: Ratio::ONE,
		rate_at_full: Ratio::ONE,
	};
	assert_eq!(Pool::default().supply_rate(&model, Ratio::ZERO), Ratio::ZERO);
}
