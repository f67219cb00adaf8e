//! Binary fixed point with guard bits, in which the functions of this crate are computed.
//!
//! The number of bits behind the point is named where a number is: `Q128` has 128, so it is below one; `Q120` leaves a
//! sign and seven bits before the point.

use crate::{wide::widening_mul, Rounding, UNIT};

/// `a * b / 2^128`, rounded down: the product of two numbers in Q128.
pub(crate) const fn mul_high(a: u128, b: u128) -> u128 {
	widening_mul(a, b).0
}

/// One unit of Q120.
pub(crate) const ONE_Q120: i128 = 1 << 120;

/// `2^187 / 10^18`, rounded down: it makes Q120 of a number of 10^-18 where 67 bits of the product are dropped, and Q124
/// where 63 are.
pub(crate) const INVERSE_UNIT: u128 = 0x9392_ee8e_921d_5d07_3aff_322e_6243_9fcf;

/// `ln 2` in Q128, rounded down.
pub(crate) const LN_2: u128 = 0xb172_17f7_d1cf_79ab_c9e3_b398_03f2_f6af;

/// A number in Q120 as a number of 10^-18.
pub(crate) fn to_raw(number: i128, rounding: Rounding) -> i128 {
	let (high, low) = widening_mul(number.unsigned_abs(), UNIT);
	// The product is below 2^187, so 67 bits are left and nothing is lost on the way.
	let whole = i128::try_from((high << 8) | (low >> 120)).unwrap_or(i128::MAX);
	let inexact = i128::from(low << 8 != 0);
	match (number < 0, rounding) {
		(false, Rounding::Down) => whole,
		(false, Rounding::Up) => whole.saturating_add(inexact),
		(true, Rounding::Down) => whole.saturating_add(inexact).saturating_neg(),
		(true, Rounding::Up) => whole.saturating_neg(),
	}
}
