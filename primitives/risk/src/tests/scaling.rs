//! Margin ratios that rise with size and exposure.

use super::{
	accounts::{any_margin, any_number, usual_margin},
	exact::{exact, ratio},
};
use crate::{Level, MarginRatios, MAX_INITIAL, MAX_MAINTENANCE};
use margin_math::{Amount, Ratio, UNIT};
use num_rational::BigRational;
use proptest::prelude::*;

const LEVELS: [Level; 3] = [Level::Initial, Level::Target, Level::Maintenance];

fn any_amount() -> impl Strategy<Value = Amount> {
	any_number().prop_map(Amount)
}

/// A scale that scales.
fn any_scale() -> impl Strategy<Value = Amount> {
	any_amount().prop_filter("on", |scale| scale.0 > 0 && scale.0 < u128::MAX)
}

fn some_margin() -> impl Strategy<Value = MarginRatios> {
	prop_oneof![any_margin(), usual_margin()]
}

fn percent(percent: u32) -> Ratio {
	Ratio::from_percent(percent)
}

/// The ratio of a leg of a size at a level, unrounded.
fn for_size(base: &MarginRatios, level: Level, size: Amount, scale: Amount) -> BigRational {
	let (own, maintenance) = (ratio(base.at(level)), ratio(base.maintenance));
	let mut factor = exact(1) + exact(size.0) / exact(scale.0);
	if maintenance > exact(0) {
		let most = (exact(20) / exact(100) / maintenance).max(exact(1));
		factor = factor.min(most);
	}
	let raised = own.clone() * factor;
	raised.min(exact(50) / exact(100)).max(own)
}

/// What of a deposit counts at a level, in units.
fn counted(ratios: &MarginRatios, level: Level, size: Amount) -> BigRational {
	exact(size.0) * (exact(1) - ratio(ratios.at(level)))
}

fn never_below(ratios: &MarginRatios, others: &MarginRatios) -> bool {
	LEVELS.into_iter().all(|level| ratios.at(level) >= others.at(level))
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(2_000))]

	#[test]
	fn a_leg_of_a_size_has_the_exact_ratios_rounded_up(base in some_margin(), size in any_amount(), scale in any_scale()) {
		let scaled = base.for_size(size, scale);
		prop_assert!(scaled.is_valid());
		prop_assert!(scaled.maintenance <= MAX_MAINTENANCE.max(base.maintenance));
		prop_assert!(scaled.target <= percent(50).max(base.target));
		prop_assert!(scaled.initial <= percent(50).max(base.initial));
		for level in LEVELS {
			let off = ratio(scaled.at(level)) - for_size(&base, level, size, scale);
			prop_assert!(off >= exact(0) && off < exact(2) / exact(UNIT), "{:?} is off by {}", level, off);
		}
	}

	#[test]
	fn no_ratio_falls_with_size(base in some_margin(), a in any_amount(), b in any_amount(), scale in any_scale()) {
		let (small, large) = (base.for_size(a.min(b), scale), base.for_size(a.max(b), scale));
		prop_assert!(never_below(&large, &small) && never_below(&small, &base));
	}

	#[test]
	fn more_of_a_deposit_never_counts_less_but_for_the_rounding_of_its_ratio(
		base in some_margin(), size in any_amount(), more in any_amount(), scale in any_scale(),
		exposure in any_amount(), start in any_amount(),
	) {
		let base = base.for_exposure(exposure, start);
		let larger = size.saturating_add(more);
		let (before, after) = (base.for_size(size, scale), base.for_size(larger, scale));
		for level in LEVELS {
			let rounding = exact(2) * exact(larger.0) / exact(UNIT);
			prop_assert!(counted(&after, level, larger) >= counted(&before, level, size) - rounding);
		}
	}

	#[test]
	fn near_its_scale_a_deposit_never_counts_a_unit_less(
		base in some_margin(), scale in 1u128..=1 << 58, sizes in (0u128..=1 << 58, 0u128..=1 << 58),
	) {
		let (small, large) = (Amount(sizes.0.min(sizes.1)), Amount(sizes.0.max(sizes.1)));
		let [before, after] = [small, large].map(|size| (base.for_size(size, Amount(scale)), size));
		for level in LEVELS {
			let fall = counted(&before.0, level, before.1) - counted(&after.0, level, after.1);
			prop_assert!(fall < exact(1));
		}
	}

	#[test]
	fn exposure_raises_the_initial_ratio_alone(base in some_margin(), total in any_amount(), start in any_scale()) {
		let scaled = base.for_exposure(total, start);
		prop_assert!(scaled.is_valid());
		prop_assert_eq!((scaled.target, scaled.maintenance), (base.target, base.maintenance));
		let factor = (exact(total.0) / exact(start.0)).max(exact(1));
		let wanted = (ratio(base.initial) * factor).min(ratio(MAX_INITIAL)).max(ratio(base.initial));
		let off = ratio(scaled.initial) - wanted;
		prop_assert!(off >= exact(0) && off < exact(1) / exact(UNIT));
	}

	#[test]
	fn nobody_is_liquidated_for_what_others_do(
		base in some_margin(), size in any_amount(), scale in any_amount(),
		a in any_amount(), b in any_amount(), start in any_amount(),
	) {
		let little = base.for_exposure(a.min(b), start).for_size(size, scale);
		let much = base.for_exposure(a.max(b), start).for_size(size, scale);
		prop_assert!(much.is_valid() && much.initial >= little.initial);
		prop_assert_eq!((much.target, much.maintenance), (little.target, little.maintenance));
	}

	#[test]
	fn a_scale_of_zero_or_of_the_most_turns_scaling_off(base in some_margin(), size in any_amount()) {
		for off in [Amount::ZERO, Amount(u128::MAX)] {
			prop_assert_eq!(base.for_size(size, off), base);
			prop_assert_eq!(base.for_exposure(size, off), base);
		}
	}
}

#[test]
fn a_leg_as_large_as_its_scale_needs_twice_the_margin() {
	let base = MarginRatios::from_maintenance(percent(5)).unwrap();
	let scaled = base.for_size(Amount(1_000_000), Amount(1_000_000));
	assert_eq!(scaled, MarginRatios::from_maintenance(percent(10)).unwrap());
}

#[test]
fn size_raises_the_maintenance_ratio_to_20_percent_and_any_other_to_50_at_most() {
	let base = MarginRatios::new(percent(40), percent(12), percent(8)).unwrap();
	let scaled = base.for_size(Amount(u128::MAX), Amount(1));
	assert_eq!(
		scaled,
		MarginRatios::new(percent(50), percent(30), percent(20)).unwrap()
	);
}

#[test]
fn ratios_beyond_the_bounds_stay_as_they_are() {
	let base = MarginRatios::new(percent(97), percent(60), percent(30)).unwrap();
	assert_eq!(base.for_size(Amount(u128::MAX), Amount(1)), base);
	assert_eq!(base.for_exposure(Amount(u128::MAX), Amount(1)), base);
}

#[test]
fn a_leg_without_margin_needs_none_at_any_size() {
	let base = MarginRatios::from_maintenance(Ratio::ZERO).unwrap();
	assert_eq!(base.for_size(Amount(u128::MAX), Amount(1)), base);
}
