use crate::{Level, MarginRatios, RatioError};
use margin_math::Ratio;
use proptest::prelude::*;

fn percent(percent: u32) -> Ratio {
	Ratio::from_percent(percent)
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(500))]

	#[test]
	fn ratios_are_accepted_exactly_if_ordered_and_below_one(initial: u128, target: u128, maintenance: u128, shift in 64u32..80) {
		let [initial, target, maintenance] =
			[initial, target, maintenance].map(|raw| Ratio::from_raw(raw >> shift));
		let ordered = initial >= target && target >= maintenance;
		let accepted = MarginRatios::new(initial, target, maintenance);
		prop_assert_eq!(accepted.is_ok(), ordered && initial < Ratio::ONE);
		prop_assert_eq!(MarginRatios { initial, target, maintenance }.is_valid(), accepted.is_ok());
	}

	#[test]
	fn the_usual_ratios_are_a_quarter_more_and_twice_the_maintenance_ratio(raw: u128, shift in 64u32..128) {
		let maintenance = Ratio::from_raw(raw >> shift);
		match MarginRatios::from_maintenance(maintenance) {
			Ok(ratios) => {
				prop_assert_eq!(ratios.maintenance, maintenance);
				prop_assert_eq!(ratios.target.raw(), (maintenance.raw() * 5).div_ceil(4));
				prop_assert_eq!(ratios.initial.raw(), maintenance.raw() * 2);
			},
			Err(error) => {
				prop_assert_eq!(error, RatioError::TooHigh);
				prop_assert!(maintenance >= percent(50));
			},
		}
	}
}

#[test]
fn disorder_and_excess_are_told_apart() {
	assert_eq!(
		MarginRatios::new(percent(5), percent(6), percent(4)),
		Err(RatioError::NotOrdered)
	);
	assert_eq!(
		MarginRatios::new(percent(6), percent(4), percent(5)),
		Err(RatioError::NotOrdered)
	);
	assert_eq!(
		MarginRatios::new(percent(100), percent(5), percent(4)),
		Err(RatioError::TooHigh)
	);
	assert!(MarginRatios::new(percent(99), percent(99), percent(99)).is_ok());
	assert_eq!(MarginRatios::from_maintenance(Ratio::MAX), Err(RatioError::TooHigh));
}

#[test]
fn each_level_has_its_ratio() {
	let ratios = MarginRatios::new(percent(8), percent(5), percent(4)).unwrap();
	assert_eq!(ratios.at(Level::Initial), percent(8));
	assert_eq!(ratios.at(Level::Target), percent(5));
	assert_eq!(ratios.at(Level::Maintenance), percent(4));
}
