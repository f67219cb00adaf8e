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
	match (a.checked_mul(b), u64::try_from(c)) {
		(Some(product), _) => {
			let quotient = product.checked_div(c)?;
			// A product costs less than a second division, and cannot wrap.
			let exact = quotient.wrapping_mul(c) == product;
			round(quotient, exact, rounding)
		},
		// Powers of ten up to 10^18 end here: two hardware divisions in place of a long one.
		(None, Ok(short)) => div_short(widening_mul(a, b), short, rounding),
		(None, Err(_)) => div_wide(U256::from(a).checked_mul(U256::from(b))?, U256::from(c), rounding),
	}
}

/// The product of two 128-bit numbers as its high and its low half, by the schoolbook method in 64-bit digits.
///
/// No operation wraps: a digit is below `2^64`, a product of two at most `(2^64 - 1)^2`, and that plus two more digits
/// still fits 128 bits.
pub(crate) const fn widening_mul(a: u128, b: u128) -> (u128, u128) {
	const DIGIT: u128 = u64::MAX as u128;
	let (a_high, a_low) = (a >> 64, a & DIGIT);
	let (b_high, b_low) = (b >> 64, b & DIGIT);
	let low = a_low.wrapping_mul(b_low);
	let cross = a_high.wrapping_mul(b_low).wrapping_add(low >> 64);
	let middle = a_low.wrapping_mul(b_high).wrapping_add(cross & DIGIT);
	let high = a_high
		.wrapping_mul(b_high)
		.wrapping_add(cross >> 64)
		.wrapping_add(middle >> 64);
	(high, (middle << 64) | (low & DIGIT))
}

/// A 256-bit number over a 64-bit one, digit by digit from the top.
fn div_short((high, low): (u128, u128), divisor: u64, rounding: Rounding) -> Option<u128> {
	let divisor = u128::from(divisor);
	// The quotient fits 128 bits exactly if the high half is below the divisor, which then is its first remainder.
	if high >= divisor {
		return None;
	}
	let upper = (high << 64) | (low >> 64);
	let first = upper.checked_div(divisor)?;
	// What a digit leaves is smaller than the divisor. A product costs less than a second division.
	let left = upper.wrapping_sub(first.wrapping_mul(divisor));
	let lower = (left << 64) | (low & u128::from(u64::MAX));
	let second = lower.checked_div(divisor)?;
	let quotient = (first << 64) | second;
	round(quotient, second.wrapping_mul(divisor) == lower, rounding)
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
