use super::*;
use crate::{div_wide, mul_div, mul_div_signed, power_of_ten, U256};

proptest! {
	#![proptest_config(ProptestConfig::with_cases(2_000))]

	#[test]
	fn mul_div_equals_the_exact_quotient_rounded_as_named(
		a in any_unsigned(), b in any_unsigned(), c in any_unsigned(), rounding in any_rounding(),
	) {
		prop_assume!(c != 0);
		let expected = as_u128(rounded(exact(a) * exact(b) / exact(c), rounding));
		prop_assert_eq!(mul_div(a, b, c, rounding), expected);
	}

	#[test]
	fn mul_div_by_a_short_divisor_is_exact_too(
		a in any_unsigned(), b in any_unsigned(), c in 1u64.., shift in 0u32..64, rounding in any_rounding(),
	) {
		let c = u128::from(c >> shift).max(1);
		let expected = as_u128(rounded(exact(a) * exact(b) / exact(c), rounding));
		prop_assert_eq!(mul_div(a, b, c, rounding), expected);
	}

	#[test]
	fn a_signed_mul_div_rounds_on_the_number_line(
		a in any_signed(), b in any_unsigned(), c in any_unsigned(), rounding in any_rounding(),
	) {
		prop_assume!(c != 0);
		let expected = as_i128(rounded(exact(a) * exact(b) / exact(c), rounding));
		prop_assert_eq!(mul_div_signed(a, b, c, rounding), expected);
	}

	#[test]
	fn a_wide_division_equals_the_exact_quotient(
		a in any_unsigned(), b in any_unsigned(), c in any_unsigned(), d in any_unsigned(), rounding in any_rounding(),
	) {
		prop_assume!(c != 0 && d != 0);
		let expected = as_u128(rounded(exact(a) * exact(b) / (exact(c) * exact(d)), rounding));
		let wide = |x: u128, y: u128| U256::from(x) * U256::from(y);
		prop_assert_eq!(div_wide(wide(a, b), wide(c, d), rounding), expected);
	}

	#[test]
	fn the_two_roundings_differ_by_one_unless_the_quotient_is_whole(
		a in any_unsigned(), b in any_unsigned(), c in 1u128..,
	) {
		if let (Some(up), Some(down)) = (mul_div(a, b, c, Rounding::Up), mul_div(a, b, c, Rounding::Down)) {
			let whole = (exact(a) * exact(b) / exact(c)).is_integer();
			prop_assert_eq!(up - down, u128::from(!whole));
		}
	}
}

#[test]
fn division_by_zero_has_no_result() {
	for rounding in [Rounding::Up, Rounding::Down] {
		assert_eq!(mul_div(0, 0, 0, rounding), None);
		assert_eq!(mul_div(u128::MAX, u128::MAX, 0, rounding), None);
		assert_eq!(mul_div_signed(-1, 1, 0, rounding), None);
		assert_eq!(div_wide(U256::one(), U256::zero(), rounding), None);
	}
}

#[test]
fn a_result_that_only_rounding_pushes_over_the_edge_is_refused() {
	// (2^128 - 1) * 3 / 3 fits, and one more in the product does not once it is rounded up.
	assert_eq!(mul_div(u128::MAX, 3, 3, Rounding::Up), Some(u128::MAX));
	let just_above = U256::from(u128::MAX) * U256::from(3u8) + U256::one();
	assert_eq!(div_wide(just_above, U256::from(3u8), Rounding::Down), Some(u128::MAX));
	assert_eq!(div_wide(just_above, U256::from(3u8), Rounding::Up), None);
}

#[test]
fn the_longest_digits_are_multiplied_and_divided_exactly() {
	// (2^128 - 1) (2^64 - 1) / (2^64 - 1): every digit of the product's working is at its largest.
	let (long, short) = (u128::MAX, u128::from(u64::MAX));
	for rounding in [Rounding::Up, Rounding::Down] {
		assert_eq!(mul_div(long, short, short, rounding), Some(long));
		assert_eq!(mul_div(short, long, short, rounding), Some(long));
		assert_eq!(mul_div(long, short, short - 1, rounding), None);
		assert_eq!(mul_div(long, long, short, rounding), None);
		assert_eq!(mul_div(short << 64, short, short, rounding), Some(short << 64));
	}
}

#[test]
fn the_lowest_signed_number_is_reached_and_not_passed() {
	assert_eq!(mul_div_signed(i128::MIN, 1, 1, Rounding::Down), Some(i128::MIN));
	assert_eq!(mul_div_signed(i128::MIN, 3, 2, Rounding::Up), None);
	assert_eq!(mul_div_signed(i128::MAX, 1, 1, Rounding::Up), Some(i128::MAX));
}

#[test]
fn powers_of_ten_end_where_the_type_ends() {
	assert_eq!(power_of_ten(0), Some(1));
	assert_eq!(power_of_ten(18), Some(crate::UNIT));
	assert_eq!(power_of_ten(38), Some(10u128.pow(38)));
	assert_eq!(power_of_ten(39), None);
	assert_eq!(power_of_ten(u8::MAX), None);
}
