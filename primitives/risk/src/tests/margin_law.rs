//! The maintenance ratio that an asset's volatility asks for.

use crate::{
	volatility::{BadVolatilityMargin, Estimate, VolatilityMargin, FULL_HISTORY},
	MAX_MAINTENANCE,
};
use margin_math::Ratio;
use proptest::prelude::*;

fn percent(percent: u32) -> Ratio {
	Ratio::from_percent(percent)
}

fn ppm(ppm: u32) -> Ratio {
	Ratio::from_ppm(ppm)
}

/// 1 % and five times the volatility, fitted where that was 0.8 %.
fn law() -> VolatilityMargin {
	VolatilityMargin {
		base: percent(1),
		multiple: percent(500),
		usual: Some(ppm(8_000)),
		floor: percent(2),
		cap: percent(16),
		rise: percent(25),
		fall: percent(5),
	}
}

fn watched(volatility: Ratio, level: Ratio) -> Estimate {
	Estimate {
		volatility,
		own_level: level,
		known: Ratio::ONE,
		history: FULL_HISTORY,
	}
}

#[test]
fn at_the_usual_level_it_is_the_base_and_a_multiple_of_the_volatility() {
	let asks = |volatility| law().required(Some(&watched(ppm(volatility), ppm(8_000))));
	assert_eq!(
		[8_000, 10_000, 2_000, 1_000, 30_000, 31_000].map(asks),
		[
			ppm(50_000),
			ppm(60_000),
			ppm(20_000),
			ppm(20_000),
			ppm(160_000),
			ppm(160_000)
		]
	);
}

#[test]
fn against_a_higher_level_the_same_volatility_asks_for_less_and_up_to_a_factor_of_two_only() {
	let asks = |level| law().required(Some(&watched(percent(1), ppm(level))));
	assert_eq!(
		[8_000, 10_000, 16_000, 32_000].map(asks),
		[60_000, 50_000, 35_000, 35_000].map(ppm)
	);
	assert_eq!(
		[5_000, 4_000, 2_000, 0].map(asks),
		[90_000, 110_000, 110_000, 110_000].map(ppm)
	);
}

#[test]
fn what_is_not_known_of_the_level_is_what_is_usual() {
	let half_known = Estimate {
		known: percent(50),
		..watched(percent(1), ppm(6_000))
	};
	// Half of 1.2 %, half of 0.8 %.
	assert_eq!(law().required(Some(&half_known)), ppm(50_000));
}

#[test]
fn a_short_history_counts_for_no_less_than_what_is_usual() {
	let young = |volatility| Estimate {
		history: FULL_HISTORY - 1,
		..watched(ppm(volatility), ppm(8_000))
	};
	assert_eq!(law().required(None), ppm(50_000));
	assert_eq!(law().required(Some(&young(1_000))), ppm(50_000));
	assert_eq!(law().required(Some(&young(10_000))), ppm(60_000));
	let unknown = VolatilityMargin { usual: None, ..law() };
	assert_eq!(unknown.required(None), percent(16));
	assert_eq!(unknown.required(Some(&young(1_000))), percent(16));
	assert_eq!(unknown.required(Some(&watched(percent(1), ppm(100)))), ppm(60_000));
}

#[test]
fn each_field_is_held_to_its_range() {
	use BadVolatilityMargin::*;
	let check = |change: fn(&mut VolatilityMargin)| {
		let mut law = law();
		change(&mut law);
		law.check()
	};
	assert_eq!(check(|_| ()), Ok(()));
	assert_eq!(check(|l| l.base = ppm(200_001)), Err(Base));
	assert_eq!(check(|l| l.multiple = ppm(999_999)), Err(Multiple));
	assert_eq!(check(|l| l.multiple = ppm(20_000_001)), Err(Multiple));
	assert_eq!(check(|l| l.usual = Some(Ratio::ZERO)), Err(Usual));
	assert_eq!(check(|l| l.usual = Some(ppm(100_001))), Err(Usual));
	assert_eq!(check(|l| l.floor = Ratio::ZERO), Err(Bounds));
	assert_eq!(check(|l| l.floor = percent(17)), Err(Bounds));
	assert_eq!(check(|l| l.cap = ppm(200_001)), Err(Bounds));
	assert_eq!(check(|l| l.rise = ppm(9_999)), Err(Speed));
	assert_eq!(check(|l| l.rise = ppm(1_000_001)), Err(Speed));
	assert_eq!(check(|l| l.fall = ppm(999)), Err(Speed));
	assert_eq!(check(|l| l.fall = ppm(500_001)), Err(Speed));
}

fn any_law() -> impl Strategy<Value = VolatilityMargin> {
	let ratio = || 1..200_000u32;
	(
		(0..200_000u32, 1_000_000..20_000_000u32, prop::option::of(1..100_000u32)),
		(ratio(), ratio()),
		(10_000..1_000_000u32, 1_000..500_000u32),
	)
		.prop_map(|((base, multiple, usual), (a, b), (rise, fall))| VolatilityMargin {
			base: ppm(base),
			multiple: ppm(multiple),
			usual: usual.map(ppm),
			floor: ppm(a.min(b)),
			cap: ppm(a.max(b)),
			rise: ppm(rise),
			fall: ppm(fall),
		})
}

fn any_estimate() -> impl Strategy<Value = Option<Estimate>> {
	let history = prop_oneof![Just(FULL_HISTORY), 0..2 * FULL_HISTORY];
	let known = (0..u128::MAX, 0..u128::MAX, 0..100u32, 0..=1_000_000u32, history).prop_map(
		|(volatility, level, shift, known, history)| Estimate {
			volatility: Ratio::from_raw(volatility >> shift),
			own_level: Ratio::from_raw(level >> shift),
			known: ppm(known),
			history,
		},
	);
	prop::option::of(known)
}

proptest! {
	#[test]
	fn it_lies_between_floor_and_cap_whatever_is_known(law in any_law(), estimate in any_estimate()) {
		prop_assert_eq!(law.check(), Ok(()));
		let required = law.required(estimate.as_ref());
		prop_assert!(law.floor <= required && required <= law.cap && law.cap <= MAX_MAINTENANCE);
	}

	#[test]
	fn more_volatility_never_asks_for_less(law in any_law(), a in any_estimate(), more in 0..100_000u32) {
		if let Some(a) = a {
			let b = Estimate { volatility: a.volatility.saturating_add(ppm(more)), ..a };
			prop_assert!(law.required(Some(&b)) >= law.required(Some(&a)));
		}
	}

	#[test]
	fn what_only_tightens_never_asks_for_less(old in any_law(), new in any_law(), estimate in any_estimate()) {
		let tightened = VolatilityMargin {
			base: old.base.max(new.base),
			multiple: old.multiple.max(new.multiple),
			usual: old.usual.map(|usual| usual.max(new.usual.unwrap_or(usual))),
			floor: old.floor.max(new.floor),
			cap: old.cap.max(new.cap),
			rise: old.rise,
			fall: old.fall.min(new.fall),
		};
		prop_assert!(old.only_tightens(&tightened));
		prop_assert!(tightened.required(estimate.as_ref()) >= old.required(estimate.as_ref()));
	}
}
