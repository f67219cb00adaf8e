use super::{
	oracle::{assert_beside, fixed},
	*,
};
use crate::{normal::mills_ratio, normal_density, normal_distribution, normal_loss, Ratio, Real};

const BOTH: [Rounding; 2] = [Rounding::Up, Rounding::Down];
const TEN: i128 = 10 * Real::ONE.raw();

/// Numbers up to ten either way, small ones and those beside the points of the table often.
fn any_real() -> impl Strategy<Value = i128> {
	prop_oneof![
		6 => -TEN..TEN,
		2 => (any::<i64>(), 0u32..64).prop_map(|(number, shift)| i128::from(number >> shift)),
		2 => (-37i128..37, -3i128..4).prop_map(|(quarter, step)| quarter * 250_000_000_000_000_000 + step),
	]
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(2_000))]

	#[test]
	fn the_density_is_exact_but_for_its_rounding(raw in any_real(), rounding in any_rounding()) {
		let density = normal_density(Real::from_raw(raw), rounding);
		assert_beside(density.raw(), &oracle::density(&fixed(raw)), rounding, 113);
	}

	#[test]
	fn the_distribution_is_exact_but_for_its_rounding(raw in any_real(), rounding in any_rounding()) {
		let share = normal_distribution(Real::from_raw(raw), rounding);
		assert_beside(share.raw(), &oracle::distribution(&fixed(raw)), rounding, 105);
	}

	#[test]
	fn the_loss_is_exact_but_for_its_rounding(raw in any_real(), rounding in any_rounding()) {
		let x = Real::from_raw(raw).magnitude();
		assert_beside(normal_loss(x, rounding).raw(), &oracle::loss(&fixed(x.raw())), rounding, 105);
	}

	#[test]
	fn the_mills_ratio_keeps_its_guard_bits_far_into_the_tail(raw in 0..9 * crate::UNIT) {
		// In Q124, and the same number for the oracle.
		let x = ((raw << 64) / (crate::UNIT >> 4)) << 56;
		let expected = oracle::mills_ratio(&(BigInt::from(x) << (320 - 124)));
		let distance = (BigInt::from(mills_ratio(x)) - &expected).magnitude().clone();
		prop_assert!(distance <= expected.magnitude() >> 112, "{distance} of {expected}");
	}

	#[test]
	fn the_two_tails_add_to_one(raw in any_real()) {
		let (x, opposite) = (Real::from_raw(raw), Real::from_raw(-raw));
		let sum = normal_distribution(x, Rounding::Up).checked_add(normal_distribution(opposite, Rounding::Down));
		prop_assert_eq!(sum, Some(Ratio::ONE));
		prop_assert_eq!(normal_density(x, Rounding::Up), normal_density(opposite, Rounding::Up));
	}

	#[test]
	fn more_is_more_likely_and_costs_less(raw in any_real(), step in 0u32..62, rounding in any_rounding()) {
		for other in [raw + 1, raw + (1 << step)] {
			let (x, y) = (Real::from_raw(raw), Real::from_raw(other));
			prop_assert!(normal_distribution(x, rounding) <= normal_distribution(y, rounding));
			if raw >= 0 {
				prop_assert!(normal_density(x, rounding) >= normal_density(y, rounding));
				prop_assert!(normal_loss(x.magnitude(), rounding) >= normal_loss(y.magnitude(), rounding));
			}
		}
	}
}

#[test]
fn the_functions_stay_in_order_where_one_point_of_the_table_gives_way_to_the_next() {
	for rounding in BOTH {
		for quarter in 0..=36 {
			let around = (-200i128..200).map(|step| Real::from_raw(quarter * 250_000_000_000_000_000 + step));
			let around = around.filter(|x| !x.is_negative()).collect::<Vec<_>>();
			for pair in around.windows(2) {
				assert!(normal_distribution(pair[0], rounding) <= normal_distribution(pair[1], rounding));
				assert!(normal_density(pair[0], rounding) >= normal_density(pair[1], rounding));
				let loss = |x: Real| normal_loss(x.magnitude(), rounding);
				assert!(loss(pair[0]) >= loss(pair[1]));
			}
		}
	}
}

#[test]
fn the_functions_are_defined_for_every_number() {
	for far in [
		Real::from_whole(9),
		Real::from_whole(16),
		Real::from_whole(1_000_000),
		Real::MAX,
	] {
		let opposite = far.checked_neg().unwrap();
		assert_eq!(normal_distribution(far, Rounding::Up), Ratio::ONE);
		assert_eq!(normal_distribution(far, Rounding::Down).raw(), crate::UNIT - 1);
		assert_eq!(normal_distribution(opposite, Rounding::Up), Ratio::from_raw(1));
		assert_eq!(normal_distribution(opposite, Rounding::Down), Ratio::ZERO);
		assert_eq!(normal_loss(far.magnitude(), Rounding::Up), Ratio::from_raw(1));
		assert_eq!(normal_loss(far.magnitude(), Rounding::Down), Ratio::ZERO);
	}
	for far in [Real::from_whole(16), Real::from_whole(-16), Real::MAX, Real::MIN] {
		assert_eq!(normal_density(far, Rounding::Up), Ratio::from_raw(1));
		assert_eq!(normal_density(far, Rounding::Down), Ratio::ZERO);
	}
	assert_eq!(normal_distribution(Real::MIN, Rounding::Up), Ratio::from_raw(1));
	assert_eq!(normal_loss(Ratio::MAX, Rounding::Down), Ratio::ZERO);
}
