use super::*;
use crate::{Ratio, Real};

proptest! {
	#![proptest_config(ProptestConfig::with_cases(1_000))]

	#[test]
	fn a_product_is_exact_but_for_its_rounding(a in any_signed(), b in any_signed(), rounding in any_rounding()) {
		let expected = as_i128(rounded(exact(a) * exact(b) / unit(), rounding));
		let product = Real::from_raw(a).checked_mul(Real::from_raw(b), rounding);
		prop_assert_eq!(product.map(Real::raw), expected);
	}

	#[test]
	fn a_quotient_is_exact_but_for_its_rounding(a in any_signed(), b in any_signed(), rounding in any_rounding()) {
		let expected = if b == 0 { None } else { as_i128(rounded(exact(a) * unit() / exact(b), rounding)) };
		let quotient = Real::from_raw(a).checked_div(Real::from_raw(b), rounding);
		prop_assert_eq!(quotient.map(Real::raw), expected);
	}

	#[test]
	fn sums_differences_and_opposites_stay_in_range(a in any_signed(), b in any_signed()) {
		let (x, y) = (Real::from_raw(a), Real::from_raw(b));
		prop_assert_eq!(x.checked_add(y).map(Real::raw), a.checked_add(b));
		prop_assert_eq!(x.checked_sub(y).map(Real::raw), a.checked_sub(b));
		prop_assert_eq!(x.checked_neg().map(Real::raw), a.checked_neg());
		prop_assert_eq!(x.min(y).raw(), a.min(b));
		prop_assert_eq!(x.max(y).raw(), a.max(b));
		prop_assert_eq!(x.is_negative(), a < 0);
		prop_assert_eq!(x.is_zero(), a == 0);
	}

	#[test]
	fn a_clamped_number_is_within_its_bounds(a in any_signed(), low in any_signed(), high in any_signed()) {
		let clamped = Real::from_raw(a).clamp(Real::from_raw(low), Real::from_raw(high)).raw();
		prop_assert!(clamped <= high);
		if low <= high {
			prop_assert_eq!(clamped, a.clamp(low, high));
		}
	}

	#[test]
	fn a_real_is_a_ratio_with_a_sign(signed in any_signed(), unsigned in any_unsigned()) {
		let real = Real::from_raw(signed);
		prop_assert_eq!(real.magnitude().raw(), signed.unsigned_abs());
		prop_assert_eq!(real.to_ratio().map(Ratio::raw), u128::try_from(signed).ok());
		prop_assert_eq!(Real::from_ratio(Ratio::from_raw(unsigned)).map(Real::raw), i128::try_from(unsigned).ok());
	}

	#[test]
	fn every_whole_number_fits(number in any::<i64>()) {
		let expected = as_i128(BigInt::from(number) * BigInt::from(crate::UNIT));
		prop_assert_eq!(Some(Real::from_whole(number).raw()), expected);
	}
}

#[test]
fn percents_are_what_they_say() {
	assert_eq!(Real::from_percent(100), Real::ONE);
	assert_eq!(Real::from_percent(-100), Real::MINUS_ONE);
	assert_eq!(
		Real::from_percent(i32::MIN).raw(),
		i128::from(i32::MIN) * 10i128.pow(16)
	);
	assert_eq!(Real::from_percent(-5).to_string(), "-0.05");
}
