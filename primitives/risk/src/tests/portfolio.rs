//! The requirement of portfolio accounts against floats, and its promises under random legs and correlations.
#![allow(clippy::float_arithmetic)]

use super::accounts::{any_account, any_side, any_verdict, leg, usual_account, Account};
use crate::{assess, assess_portfolio, requirement, Band, Bands, Correlation, Exposure, RiskError, Side, Verdict};
use margin_math::{Amount, Ratio, Rounding, Value};
use proptest::{collection::vec, prelude::*};

/// Correlations of up to eight legs, in parts per million; `None` where nothing is known. Nothing makes them agree.
pub type Pairs = Vec<Option<i32>>;

pub fn any_pairs() -> impl Strategy<Value = Pairs> {
	let pair = prop_oneof![
		1 => Just(None),
		6 => (-1_000_000..=1_000_000i32).prop_map(Some),
		3 => (700_000..=1_000_000i32).prop_map(Some),
	];
	vec(pair, 28)
}

pub fn bands(legs: usize, pairs: &Pairs) -> Bands {
	Bands::of(legs, |above, below| {
		let known = pairs[above * (above - 1) / 2 + below];
		Band::around(known.map(Correlation::from_ppm))
	})
}

/// What a leg requires alone, from nothing to a billion dollars.
fn any_exposure() -> impl Strategy<Value = Exposure> {
	let margin = (0u32..28, 1_000i128..10_000).prop_map(|(size, raw)| raw * 10i128.pow(size.saturating_sub(4)));
	let margin = prop_oneof![8 => margin, 1 => Just(0)];
	(any_side(), margin).prop_map(|(side, raw)| Exposure {
		side,
		margin: Value::from_raw(raw),
	})
}

fn any_exposures() -> impl Strategy<Value = Vec<Exposure>> {
	vec(any_exposure(), 1..=8)
}

fn of(exposures: &[Exposure], bands: &Bands) -> i128 {
	requirement(exposures, bands).unwrap().raw()
}

fn sum(exposures: &[Exposure]) -> i128 {
	exposures.iter().map(|exposure| exposure.margin.raw()).sum()
}

fn signed(exposure: &Exposure) -> i128 {
	match exposure.side {
		Side::Deposit => exposure.margin.raw(),
		Side::Debt => -exposure.margin.raw(),
	}
}

/// The requirement by the book, in floats.
fn model(exposures: &[Exposure], pairs: &Pairs) -> f64 {
	let x: Vec<f64> = exposures.iter().map(|exposure| signed(exposure) as f64).collect();
	let mut form = 0.0;
	for above in 0..x.len() {
		form += x[above] * x[above];
		for below in 0..above {
			let product = x[above] * x[below];
			let against = 0.2 * product.signum();
			let correlation = match pairs[above * (above - 1) / 2 + below] {
				Some(parts) => (f64::from(parts) / 1e6 + against).clamp(-1.0, 1.0),
				None => product.signum(),
			};
			form += 2.0 * correlation * product;
		}
	}
	let gross: f64 = x.iter().map(|x| x.abs()).sum();
	let largest = x.iter().fold(0.0f64, |largest, x| largest.max(x.abs()));
	let net = x.iter().sum::<f64>().abs();
	form.max(0.0)
		.sqrt()
		.max(gross / 2.0)
		.max(1.3 * net)
		.max(largest)
		.min(gross)
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(4_000))]

	#[test]
	fn the_requirement_is_that_of_the_book(exposures in any_exposures(), pairs in any_pairs()) {
		let found = of(&exposures, &bands(exposures.len(), &pairs)) as f64;
		let (wanted, gross) = (model(&exposures, &pairs), sum(&exposures) as f64);
		prop_assert!((found - wanted).abs() <= gross * 1e-12 + 40.0, "{found} is not {wanted}");
	}

	#[test]
	fn it_lies_between_half_of_the_sum_and_the_sum(exposures in any_exposures(), pairs in any_pairs()) {
		let found = of(&exposures, &bands(exposures.len(), &pairs));
		prop_assert!(found * 2 >= sum(&exposures) && found <= sum(&exposures));
		prop_assert!(exposures.iter().all(|exposure| found >= exposure.margin.raw()));
		let net = exposures.iter().map(signed).sum::<i128>().abs();
		prop_assert!(found >= (net / 10 * 13).min(sum(&exposures)));
	}

	#[test]
	fn without_any_correlation_known_it_is_the_sum(exposures in any_exposures()) {
		prop_assert_eq!(of(&exposures, &Bands::default()), sum(&exposures));
	}

	#[test]
	fn it_never_moves_by_more_than_twice_of_what_the_legs_do(
		exposures in any_exposures(), pairs in any_pairs(), other in vec(any_exposure(), 8), flips in vec(0u8..10, 8),
	) {
		let bands = bands(exposures.len(), &pairs);
		// Some legs are another number, or the other side, and the rest as they were.
		let moved: Vec<_> = (0..exposures.len())
			.map(|leg| if flips[leg] < 4 { other[leg] } else { exposures[leg] })
			.collect();
		let way: i128 = exposures.iter().zip(&moved).map(|(a, b)| (signed(a) - signed(b)).abs()).sum();
		let (before, after) = (of(&exposures, &bands), of(&moved, &bands));
		let rounding = (sum(&exposures) + sum(&moved)) / 10_000_000_000_000 + 40;
		prop_assert!((before - after).abs() <= 2 * way + rounding, "{before} to {after} on a way of {way}");
	}

	#[test]
	fn wider_bands_raise_it_by_no_more_than_their_share_of_the_sum(
		exposures in any_exposures(), pairs in any_pairs(), other in any_pairs(), step in 0u32..400_000,
	) {
		let legs = exposures.len();
		let place = |above: usize, below: usize| above * (above - 1) / 2 + below;
		let around = |pairs: &Pairs, place: usize| Band::around(pairs[place].map(Correlation::from_ppm));
		let before = bands(legs, &pairs);
		let mut widened = 0;
		let after = Bands::of(legs, |above, below| {
			let was = around(&pairs, place(above, below));
			let is = was.towards(around(&other, place(above, below)), step);
			widened = widened.max(is.beyond(&was));
			is
		});
		prop_assert!(widened <= step);
		let allowed = sum(&exposures) / 1_000_000 * i128::from(widened) + sum(&exposures) / 10_000_000_000_000 + 1_000_000;
		prop_assert!(of(&exposures, &after) <= of(&exposures, &before) + allowed);
	}

	#[test]
	fn a_stricter_level_never_shows_better_health(legs in any_account(), pairs in any_pairs()) {
		if let Ok(health) = assess_portfolio(&legs, &bands(legs.len(), &pairs)) {
			prop_assert!(health.initial <= health.target && health.target <= health.maintenance);
			prop_assert!(health.maintenance <= health.equity && health.initial <= health.initial_equity);
		}
	}

	#[test]
	fn a_portfolio_account_never_needs_more_than_a_cross_account(
		legs in usual_account(any_verdict()), pairs in any_pairs(),
	) {
		let (together, alone) = (assess_portfolio(&legs, &bands(legs.len(), &pairs)).unwrap(), assess(&legs).unwrap());
		prop_assert!(together.margin <= alone.margin && together.maintenance >= alone.maintenance);
		prop_assert_eq!(
			(together.equity, together.deposits, together.debts, together.initial_equity),
			(alone.equity, alone.deposits, alone.debts, alone.initial_equity)
		);
	}

	#[test]
	fn more_of_a_deposit_and_less_of_a_debt_never_lower_maintenance_health(
		mut legs in usual_account(Just(Verdict::Usable)), pairs in any_pairs(), which in 0usize..8, percent in 1u32..300,
	) {
		let bands = bands(legs.len(), &pairs);
		let before = assess_portfolio(&legs, &bands).unwrap();
		let which = which % legs.len();
		let leg = &mut legs[which];
		let part = leg.amount.mul_ratio(Ratio::from_percent(percent), Rounding::Up).unwrap();
		leg.amount = match leg.side {
			Side::Deposit => leg.amount.checked_add(part).unwrap(),
			Side::Debt => leg.amount.saturating_sub(part),
		};
		let after = assess_portfolio(&legs, &bands).unwrap();
		let rounding = Value::from_raw(after.margin.raw() / 1_000_000_000_000 + 100);
		prop_assert!(after.maintenance.checked_add(rounding).unwrap() >= before.maintenance);
	}

	#[test]
	fn a_higher_price_never_lowers_the_health_of_a_holder_nor_raises_that_of_a_debtor(
		mut legs in usual_account(Just(Verdict::Usable)), pairs in any_pairs(), which in 0usize..8, percent in 101u32..1_000,
	) {
		let bands = bands(legs.len(), &pairs);
		let before = assess_portfolio(&legs, &bands).unwrap().maintenance;
		let which = which % legs.len();
		let leg = &mut legs[which];
		leg.quote.live = leg.quote.live.scale(Ratio::from_percent(percent), Rounding::Up).unwrap();
		let after = assess_portfolio(&legs, &bands).unwrap();
		let rounding = after.margin.raw() / 1_000_000_000_000 + 100;
		match legs[which].side {
			Side::Deposit => prop_assert!(after.maintenance.raw() + rounding >= before.raw()),
			Side::Debt => prop_assert!(after.maintenance.raw() <= before.raw() + rounding),
		}
	}

	#[test]
	fn a_verdict_alone_never_lowers_maintenance_health(
		legs in usual_account(Just(Verdict::Usable)), pairs in any_pairs(), stale in vec(any::<bool>(), 8),
	) {
		let bands = bands(legs.len(), &pairs);
		let before = assess_portfolio(&legs, &bands).unwrap();
		let mut after = legs.clone();
		for (leg, stale) in after.iter_mut().zip(stale) {
			leg.quote.candidate = None;
			leg.quote.verdict = if stale { Verdict::Stale } else { Verdict::Usable };
		}
		let after = assess_portfolio(&after, &bands).unwrap();
		prop_assert!(after.maintenance >= before.maintenance && after.target >= before.target);
	}
}

/// Known correlations of two legs.
fn pair(parts: i32) -> Bands {
	Bands::of(2, |_, _| Band::around(Some(Correlation::from_ppm(parts))))
}

fn dollars(dollars: i64) -> Value {
	Value::from_dollars(dollars)
}

/// 100,000 dollars long and so many short, each at 4 %.
fn long_short(short: u128) -> Account {
	vec![
		leg(0, Side::Deposit, 2, 8, 50_000, 4),
		leg(1, Side::Debt, short / 2_000, 8, 2_000, 4),
		leg(2, Side::Deposit, 10_000, 6, 1, 0),
	]
}

fn two_of_three(parts: i32) -> Bands {
	Bands::of(3, |above, _| {
		Band::around(Some(Correlation::from_ppm(if above == 1 { parts } else { 0 })))
	})
}

#[test]
fn a_hedge_halves_the_margin_at_every_level() {
	let health = assess_portfolio(&long_short(100_000), &two_of_three(950_000)).unwrap();
	assert_eq!(health.equity, dollars(10_000));
	assert_eq!(health.margin, dollars(4_000));
	assert_eq!(health.maintenance, dollars(6_000));
	assert_eq!(health.target, dollars(5_000));
	assert_eq!(health.initial, dollars(2_000));
	assert_eq!(assess(&long_short(100_000)).unwrap().margin, dollars(8_000));
}

#[test]
fn a_weak_hedge_counts_by_its_correlation() {
	// sqrt(4,000^2 + 4,000^2 - 2 * 0.4 * 4,000^2) = 4,000 * sqrt(1.2).
	let health = assess_portfolio(&long_short(100_000), &two_of_three(600_000)).unwrap();
	let wanted = 4_000.0 * 1.2f64.sqrt();
	assert!((health.margin.raw() as f64 / 1e18 - wanted).abs() < 1e-6);
	// Below -0.2 two opposite sides are as two of the same side.
	let none = assess_portfolio(&long_short(100_000), &two_of_three(-800_000)).unwrap();
	assert_eq!(none.margin, dollars(8_000));
}

/// 100,000 dollars long and 20,000 short at 4 %: what is open is worth 3,200 dollars of margin, and the joint move 4,160.
#[test]
fn what_is_left_open_of_a_book_requires_margin_for_a_move_of_1_3_ratios() {
	let health = assess_portfolio(&long_short(20_000), &two_of_three(1_000_000)).unwrap();
	assert_eq!(health.margin, dollars(4_160));
	// Nearly nothing is hedged: no more than the legs require alone.
	let health = assess_portfolio(&long_short(2_000), &two_of_three(1_000_000)).unwrap();
	assert_eq!(health.margin, dollars(4_080));
	assert_eq!(assess(&long_short(2_000)).unwrap().margin, dollars(4_080));
}

/// Three assets cannot each move against the other two: the form is negative for some books, and the other bounds hold.
#[test]
fn correlations_that_contradict_each_other_do_no_harm() {
	let bands = Bands::of(3, |_, _| Band::around(Some(Correlation::from_ppm(-1_000_000))));
	let long = |dollars| Exposure {
		side: Side::Deposit,
		margin: Value::from_dollars(dollars),
	};
	// 3 * 100^2 - 6 * 0.8 * 100^2 is below zero.
	assert_eq!(
		requirement(&[long(100), long(100), long(100)], &bands),
		Some(dollars(300))
	);
	let hedged = [
		long(100),
		long(100),
		Exposure {
			side: Side::Debt,
			..long(150)
		},
	];
	let all_alike = Bands::of(3, |above, below| {
		Band::around(Some(Correlation::from_ppm(if (above, below) == (1, 0) {
			-1_000_000
		} else {
			1_000_000
		})))
	});
	assert_eq!(requirement(&hedged, &all_alike), Some(dollars(175)));
}

#[test]
fn an_initial_ratio_beyond_the_common_multiple_is_never_netted() {
	let mut legs = long_short(100_000);
	let before = assess_portfolio(&legs, &two_of_three(950_000)).unwrap();
	// Many hold the asset, or it still warms up: 30 % in place of 8 %, of 100,000 dollars.
	legs[0].margin.initial = Ratio::from_percent(30);
	let crowded = assess_portfolio(&legs, &two_of_three(950_000)).unwrap();
	assert_eq!(
		(crowded.maintenance, crowded.target),
		(before.maintenance, before.target)
	);
	assert_eq!(before.initial.checked_sub(crowded.initial), Some(dollars(22_000)));
}

#[test]
fn a_stable_price_that_lags_takes_equity_and_no_requirement() {
	let mut legs = long_short(100_000);
	let live = legs[0].quote.live;
	legs[0].quote.stable = live.scale(Ratio::from_percent(99), Rounding::Down).unwrap();
	let health = assess_portfolio(&legs, &two_of_three(950_000)).unwrap();
	assert_eq!(health.initial_equity, dollars(9_000));
	// The requirement is the larger one of both prices: 4,000, and not less because the deposit is worth less.
	assert_eq!(health.initial, dollars(1_000));
}

#[test]
fn a_hedge_whose_price_is_held_back_still_hedges_but_secures_no_new_debt() {
	let mut legs = long_short(100_000);
	let before = assess_portfolio(&legs, &two_of_three(950_000)).unwrap();
	legs[0].quote.verdict = Verdict::HeldBack;
	let after = assess_portfolio(&legs, &two_of_three(950_000)).unwrap();
	assert_eq!(after.margin, before.margin);
	// Without the 100,000 dollars, which count nothing, and with the requirement of the debt alone.
	assert_eq!(after.initial, dollars(10_000 - 100_000 - 8_000));
}

#[test]
fn bad_input_is_an_error_and_nothing_more() {
	let negative = Exposure {
		side: Side::Deposit,
		margin: Value::from_raw(-1),
	};
	assert_eq!(requirement(&[negative], &Bands::default()), None);
	let most = Exposure {
		side: Side::Debt,
		margin: Value::from_raw(i128::MAX),
	};
	assert_eq!(requirement(&[most, most], &pair(0)), None);
	assert_eq!(requirement(&[most], &pair(0)), Some(most.margin));
	assert_eq!(requirement(&[], &pair(0)), Some(Value::ZERO));
	let mut legs = long_short(100_000);
	legs[0].margin.initial = Ratio::ONE;
	assert_eq!(assess_portfolio(&legs, &pair(0)), Err(RiskError::InvalidParameters));
	let legs = vec![leg(0, Side::Deposit, 1, 0, 1, 5); 17];
	assert_eq!(assess_portfolio(&legs, &pair(0)), Err(RiskError::TooManyLegs));
	let mut legs = long_short(100_000);
	legs[1].amount = Amount(u128::MAX);
	assert_eq!(assess_portfolio(&legs, &pair(0)), Err(RiskError::Overflow));
}
