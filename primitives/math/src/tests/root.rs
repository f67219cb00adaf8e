use super::*;
use crate::{sqrt, Ratio, UNIT};

fn expected(raw: u128, rounding: Rounding) -> u128 {
	let square = BigInt::from(raw) * BigInt::from(UNIT);
	let root = square.sqrt();
	let exact = &root * &root == square;
	let root = as_u128(root).unwrap();
	if rounding == Rounding::Up && !exact {
		root + 1
	} else {
		root
	}
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(20_000))]

	#[test]
	fn a_root_is_the_exact_one_rounded_as_named(raw in any_unsigned(), rounding in any_rounding()) {
		prop_assert_eq!(sqrt(Ratio::from_raw(raw), rounding).raw(), expected(raw, rounding));
	}

	#[test]
	fn a_root_beside_a_perfect_square_is_right_too(root in any_unsigned(), step in -2i128..3, rounding in any_rounding()) {
		// 10^18 raw is a square in raw numbers, so whole squares are the exact ones.
		let root = root >> 64;
		if let Some(raw) = (root * root).checked_add_signed(step) {
			prop_assert_eq!(sqrt(Ratio::from_raw(raw), rounding).raw(), expected(raw, rounding));
		}
	}

	#[test]
	fn the_square_of_a_root_brackets_its_number(raw in 0..=u128::MAX >> 8) {
		let number = Ratio::from_raw(raw);
		let (low, high) = (sqrt(number, Rounding::Down), sqrt(number, Rounding::Up));
		prop_assert!(low.checked_mul(low, Rounding::Down).unwrap() <= number);
		prop_assert!(high.checked_mul(high, Rounding::Up).unwrap() >= number);
	}
}

#[test]
fn the_root_is_defined_from_zero_to_the_largest_ratio() {
	for rounding in [Rounding::Up, Rounding::Down] {
		assert_eq!(sqrt(Ratio::ZERO, rounding), Ratio::ZERO);
		assert_eq!(sqrt(Ratio::ONE, rounding), Ratio::ONE);
		for raw in [
			1,
			2,
			3,
			u128::MAX,
			u128::MAX - 1,
			1 << 127,
			(1 << 127) - 1,
			1 << 64,
			(1 << 64) - 1,
		] {
			assert_eq!(sqrt(Ratio::from_raw(raw), rounding).raw(), expected(raw, rounding));
		}
	}
	assert_eq!(sqrt(Ratio::from_raw(1), Rounding::Down).raw(), 1_000_000_000);
}
