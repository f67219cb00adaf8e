use super::*;
use crate::{Amount, Ratio, Shares};

proptest! {
	#![proptest_config(ProptestConfig::with_cases(1_000))]

	#[test]
	fn amounts_and_shares_stay_in_range(a in any_unsigned(), b in any_unsigned()) {
		prop_assert_eq!(Amount(a).checked_add(Amount(b)).map(|sum| sum.0), a.checked_add(b));
		prop_assert_eq!(Amount(a).checked_sub(Amount(b)).map(|rest| rest.0), a.checked_sub(b));
		prop_assert_eq!(Shares(a).checked_add(Shares(b)).map(|sum| sum.0), a.checked_add(b));
		prop_assert_eq!(Shares(a).checked_sub(Shares(b)).map(|rest| rest.0), a.checked_sub(b));
		prop_assert_eq!(Amount(a).saturating_add(Amount(b)).0, a.saturating_add(b));
		prop_assert_eq!(Amount(a).saturating_sub(Amount(b)).0, a.saturating_sub(b));
		prop_assert_eq!(Amount(a).is_zero(), a == 0);
	}

	#[test]
	fn a_share_of_an_amount_is_exact_but_for_its_rounding(
		amount in any_unsigned(), ratio in any_unsigned(), rounding in any_rounding(),
	) {
		let expected = as_u128(rounded(exact(amount) * exact(ratio) / unit(), rounding));
		let ratio = Ratio::from_raw(ratio);
		prop_assert_eq!(Amount(amount).mul_ratio(ratio, rounding).map(|part| part.0), expected);
		prop_assert_eq!(Shares(amount).mul_ratio(ratio, rounding).map(|part| part.0), expected);
	}
}
