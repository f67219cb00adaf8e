//! Products and quotients through 256 bits.

use crate::Rounding;
use primitive_types::U256;

/// `a * b / c` with the product taken in 256 bits, so that only the result has to fit.
///
/// `None` if `c` is zero or the result exceeds `u128::MAX`.
///
/// ```
/// use margin_math::{mul_div, Rounding};
/// assert_eq!(mul_div(7, 3, 2, Rounding::Down), Some(10));
/// assert_eq!(mul_div(7, 3, 2, Rounding::Up), Some(11));
/// assert_eq!(mul_div(u128::MAX, u128::MAX, u128::MAX, Rounding::Up), Some(u128::MAX));
/// assert_eq!(mul_div(1, 1, 0, Rounding::Up), None);
/// ```
pub fn mul_div(a: u128, b: u128, c: u128, rounding: Rounding) -> Option<u128> {
	// Most products fit 128 bits, where a division costs a fraction of the wide one.
	match a.checked_mul(b) {
		Some(product) => {
			let quotient = product.checked_div(c)?;
			let exact = product.checked_rem(c)? == 0;
			round(quotient, exact, rounding)
		},
		None => div_wide(U256::from(a).checked_mul(U256::from(b))?, U256::from(c), rounding),
	}
}

/// `a * b / c` for a signed `a`, rounded on the number line.
///
/// `None` if `c` is zero or the result does not fit.
///
/// ```
/// use margin_math::{mul_div_signed, Rounding};
/// assert_eq!(mul_div_signed(-7, 3, 2, Rounding::Down), Some(-11));
/// assert_eq!(mul_div_signed(-7, 3, 2, Rounding::Up), Some(-10));
/// ```
pub fn mul_div_signed(a: i128, b: u128, c: u128, rounding: Rounding) -> Option<i128> {
	if a < 0 {
		let magnitude = mul_div(a.unsigned_abs(), b, c, rounding.opposite())?;
		0i128.checked_sub_unsigned(magnitude)
	} else {
		i128::try_from(mul_div(a.unsigned_abs(), b, c, rounding)?).ok()
	}
}

/// `numerator / denominator`, for products that a caller has built in 256 bits.
///
/// `None` if the denominator is zero or the result exceeds `u128::MAX`.
pub fn div_wide(numerator: U256, denominator: U256, rounding: Rounding) -> Option<u128> {
	if denominator.is_zero() {
		return None;
	}
	let (quotient, remainder) = numerator.div_mod(denominator);
	round(u128::try_from(quotient).ok()?, remainder.is_zero(), rounding)
}

/// `10^exponent`: smallest units per whole unit of an asset with that many decimals.
///
/// `None` above 38, where it leaves `u128`.
pub fn power_of_ten(exponent: u8) -> Option<u128> {
	10u128.checked_pow(u32::from(exponent))
}

fn round(quotient: u128, exact: bool, rounding: Rounding) -> Option<u128> {
	match rounding {
		Rounding::Up if !exact => quotient.checked_add(1),
		_ => Some(quotient),
	}
}
