use super::*;
use crate::{Ratio, Value};

proptest! {
	#![proptest_config(ProptestConfig::with_cases(1_000))]

	#[test]
	fn a_product_with_a_ratio_is_exact_but_for_its_rounding(
		value in any_signed(), ratio in any_unsigned(), rounding in any_rounding(),
	) {
		let expected = as_i128(rounded(exact(value) * exact(ratio) / unit(), rounding));
		let product = Value::from_raw(value).mul_ratio(Ratio::from_raw(ratio), rounding);
		prop_assert_eq!(product.map(Value::raw), expected);
	}

	#[test]
	fn a_quotient_by_a_ratio_is_exact_but_for_its_rounding(
		value in any_signed(), ratio in any_unsigned(), rounding in any_rounding(),
	) {
		let expected =
			if ratio == 0 { None } else { as_i128(rounded(exact(value) * unit() / exact(ratio), rounding)) };
		let quotient = Value::from_raw(value).div_ratio(Ratio::from_raw(ratio), rounding);
		prop_assert_eq!(quotient.map(Value::raw), expected);
	}

	#[test]
	fn two_values_compare_as_a_ratio_unless_one_is_negative(
		part in any_signed(), whole in any_signed(), rounding in any_rounding(),
	) {
		let expected = if part < 0 || whole <= 0 {
			None
		} else {
			as_u128(rounded(exact(part) * unit() / exact(whole), rounding))
		};
		let ratio = Value::from_raw(part).ratio_to(Value::from_raw(whole), rounding);
		prop_assert_eq!(ratio.map(Ratio::raw), expected);
	}

	#[test]
	fn sums_differences_and_opposites_stay_in_range(a in any_signed(), b in any_signed()) {
		let (x, y) = (Value::from_raw(a), Value::from_raw(b));
		prop_assert_eq!(x.checked_add(y).map(Value::raw), a.checked_add(b));
		prop_assert_eq!(x.checked_sub(y).map(Value::raw), a.checked_sub(b));
		prop_assert_eq!(x.checked_neg().map(Value::raw), a.checked_neg());
		prop_assert_eq!(x.min(y).raw(), a.min(b));
		prop_assert_eq!(x.max(y).raw(), a.max(b));
		prop_assert_eq!(x.is_negative(), a < 0);
		prop_assert_eq!(x.is_zero(), a == 0);
	}

	#[test]
	fn every_whole_number_of_dollars_fits(dollars in any::<i64>()) {
		let expected = as_i128(BigInt::from(dollars) * BigInt::from(crate::UNIT));
		prop_assert_eq!(Some(Value::from_dollars(dollars).raw()), expected);
	}
}
