use super::*;
use crate::Ratio;

proptest! {
	#![proptest_config(ProptestConfig::with_cases(1_000))]

	#[test]
	fn a_product_is_exact_but_for_its_rounding(a in any_unsigned(), b in any_unsigned(), rounding in any_rounding()) {
		let expected = as_u128(rounded(exact(a) * exact(b) / unit(), rounding));
		let product = Ratio::from_raw(a).checked_mul(Ratio::from_raw(b), rounding);
		prop_assert_eq!(product.map(Ratio::raw), expected);
	}

	#[test]
	fn a_quotient_is_exact_but_for_its_rounding(a in any_unsigned(), b in any_unsigned(), rounding in any_rounding()) {
		let expected = if b == 0 { None } else { as_u128(rounded(exact(a) * unit() / exact(b), rounding)) };
		prop_assert_eq!(Ratio::from_raw(a).checked_div(Ratio::from_raw(b), rounding).map(Ratio::raw), expected);
		prop_assert_eq!(Ratio::of(a, b, rounding).map(Ratio::raw), expected);
	}

	#[test]
	fn sums_and_differences_stay_in_range(a in any_unsigned(), b in any_unsigned()) {
		let (x, y) = (Ratio::from_raw(a), Ratio::from_raw(b));
		prop_assert_eq!(x.checked_add(y).map(Ratio::raw), a.checked_add(b));
		prop_assert_eq!(x.checked_sub(y).map(Ratio::raw), a.checked_sub(b));
		prop_assert_eq!(x.saturating_add(y).raw(), a.saturating_add(b));
		prop_assert_eq!(x.saturating_sub(y).raw(), a.saturating_sub(b));
	}
}

#[test]
fn percent_and_parts_per_million_are_what_they_say() {
	assert_eq!(Ratio::from_percent(100), Ratio::ONE);
	assert_eq!(Ratio::from_ppm(1_000_000), Ratio::ONE);
	assert_eq!(Ratio::from_percent(1), Ratio::from_ppm(10_000));
	assert_eq!(
		Ratio::from_percent(u32::MAX).raw(),
		u128::from(u32::MAX) * 10_000_000_000_000_000
	);
	assert_eq!(Ratio::from_percent(0), Ratio::ZERO);
	assert!(Ratio::ZERO.is_zero() && !Ratio::from_raw(1).is_zero());
}
