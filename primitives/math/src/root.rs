//! The square root.

use crate::{wide::widening_mul, Ratio, Rounding, UNIT};

/// The square root of any ratio, correctly rounded: the integer beside the exact root on the side that is named.
///
/// One step of P. Zimmermann, "Karatsuba Square Root", INRIA RR-3805, 1999: the root of the upper 128 bits, and from its
/// remainder 32 bits more by one division.
///
/// ```
/// use margin_math::{sqrt, Ratio, Rounding};
/// assert_eq!(sqrt(Ratio::from_percent(225), Rounding::Up), Ratio::from_percent(150));
/// assert_eq!(sqrt(Ratio::from_raw(2), Rounding::Down), Ratio::from_raw(1_414_213_562));
/// ```
pub fn sqrt(number: Ratio, rounding: Rounding) -> Ratio {
	// The root in raw numbers is that of `raw * 10^18`, which has at most 188 bits.
	let (high, low) = widening_mul(number.raw(), UNIT);
	if (high, low) == (0, 0) {
		return Ratio::ZERO;
	}
	// An even shift brings it to 191 or 192 bits, so that the root's upper part has 64.
	let zeros = if high == 0 {
		low.leading_zeros().saturating_add(128)
	} else {
		high.leading_zeros()
	};
	let shift = zeros.saturating_sub(64) & !1;
	let (high, low) = shift_left(high, low, shift);
	let upper = (high << 64) | (low >> 64);
	let root = upper.isqrt();
	let left = upper.wrapping_sub(root.wrapping_mul(root));
	// The remainder is at most twice the root, which has 64 bits: 65 bits and 32 more.
	let dividend = (left << 32) | ((low >> 32) & DIGIT);
	let divisor = root << 1;
	let digit = dividend.checked_div(divisor).unwrap_or_default();
	let rest = (dividend.wrapping_sub(digit.wrapping_mul(divisor)) << 32) | (low & DIGIT);
	// Where the square of the new digit exceeds what is left, the digit was one too high.
	let square = digit.wrapping_mul(digit);
	let root = (root << 32).wrapping_add(digit).wrapping_sub(u128::from(square > rest));
	// The root of a number shifted by twice as much, rounded down, is rounded down once more.
	let root = root >> (shift >> 1);
	let exact = widening_mul(root, root) == widening_mul(number.raw(), UNIT);
	Ratio::from_raw(match rounding {
		Rounding::Up if !exact => root.saturating_add(1),
		_ => root,
	})
}

/// The lower 32 bits.
const DIGIT: u128 = u32::MAX as u128;

/// A number of two halves times `2^shift`, for a shift below 192 that loses nothing.
const fn shift_left(high: u128, low: u128, shift: u32) -> (u128, u128) {
	match shift {
		0 => (high, low),
		1..128 => ((high << shift) | (low >> 128u32.saturating_sub(shift)), low << shift),
		_ => (low << shift.saturating_sub(128), 0),
	}
}
