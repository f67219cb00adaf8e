//! The natural logarithm, and powers of any base.
//!
//! A number is `2^k m` with `m` from one to below two, and `ln m = 2 artanh z` with `z = (m - 1) / (m + 1)` (M. Abramowitz
//! and I. Stegun, Handbook of Mathematical Functions, 4.1.27), whose series has only positive terms. As no step turns a
//! larger number into a smaller one, the whole is monotone to the last bit.

use crate::{
	exponential::exp_fixed,
	fixed::{mul_high, to_raw, LN_2},
	mul_div, mul_div_signed, Ratio, Real, Rounding, UNIT,
};

/// `ln 10^18` in Q120, rounded down.
const LN_UNIT: i128 = 0x2972_4fe6_57ff_7066_71e8_6c3c_3ccb_5adb;
/// Terms of the series after its first: with `z` at most a third, the first that is left out is below 2^-123.
const TERMS: usize = 37;
/// `1 / (2 k + 1)` in Q128, from `k = 1`.
const COEFFICIENTS: [u128; TERMS] = coefficients();
/// How far a logarithm in Q120 may be off, either way.
const SLACK: i128 = 256;

/// The natural logarithm; `None` of zero.
///
/// The result is never on the wrong side of the exact one, and off by less than one unit of 10^-18 and 2^-111.
///
/// ```
/// use margin_math::{ln, Ratio, Real, Rounding};
/// assert_eq!(ln(Ratio::from_percent(200), Rounding::Down), Some(Real::from_raw(693_147_180_559_945_309)));
/// assert_eq!(ln(Ratio::ONE, Rounding::Up), Some(Real::ZERO));
/// assert_eq!(ln(Ratio::ZERO, Rounding::Up), None);
/// ```
pub fn ln(number: Ratio, rounding: Rounding) -> Option<Real> {
	if number == Ratio::ONE {
		return Some(Real::ZERO);
	}
	ln_bound(number, rounding).map(|bound| Real::from_raw(to_raw(bound, rounding)))
}

/// `base^exponent`; one to the exponent zero, zero to a positive one.
///
/// The result is never on the wrong side of the exact one, and off by less than one unit of 10^-18 and, of itself,
/// 2^-114 + 2^-110 |exponent|. `None` if it does not fit, and for zero to a negative exponent.
///
/// ```
/// use margin_math::{pow, Ratio, Real, Rounding};
/// let root = pow(Ratio::from_percent(200), Real::from_percent(50), Rounding::Down);
/// assert_eq!(root, Some(Ratio::from_raw(1_414_213_562_373_095_048)));
/// ```
pub fn pow(base: Ratio, exponent: Real, rounding: Rounding) -> Option<Ratio> {
	if exponent.is_zero() || base == Ratio::ONE {
		return Some(Ratio::ONE);
	}
	if base.is_zero() {
		return (!exponent.is_negative()).then_some(Ratio::ZERO);
	}
	let magnitude = exponent.magnitude().raw();
	let product = if exponent.is_negative() {
		let logarithm = ln_bound(base, rounding.opposite())?;
		mul_div_signed(logarithm, magnitude, UNIT, Rounding::Up).map(i128::saturating_neg)
	} else {
		let logarithm = ln_bound(base, rounding)?;
		mul_div_signed(logarithm, magnitude, UNIT, Rounding::Down)
	};
	// What leaves Q120 is far outside what a ratio can tell.
	let grows = (base > Ratio::ONE) != exponent.is_negative();
	exp_fixed(product.unwrap_or(if grows { i128::MAX } else { i128::MIN }), rounding)
}

/// The logarithm in Q120 of a number that is not zero, on the side that is named.
fn ln_bound(number: Ratio, rounding: Rounding) -> Option<i128> {
	let logarithm = ln_fixed(number)?;
	Some(match rounding {
		Rounding::Up => logarithm.saturating_add(SLACK),
		Rounding::Down => logarithm.saturating_sub(SLACK),
	})
}

/// The logarithm in Q120, off by less than [`SLACK`] and never falling as the number rises; `None` of zero.
fn ln_fixed(number: Ratio) -> Option<i128> {
	let exponent = number.raw().checked_ilog2()?;
	let mantissa = number.raw() << 127u32.saturating_sub(exponent);
	// z in Q128: numerator and denominator are halved, so that the denominator has 128 bits.
	let above = mantissa & (u128::MAX >> 1);
	let denominator = (mantissa >> 1).saturating_add(1 << 126);
	let z = mul_div(above, 1 << 127, denominator, Rounding::Down)?;
	// At most a third, so that twice the sum stays below one; and never above that of the next power of two.
	let fraction = i128::try_from(twice_artanh(z) >> 8).ok()?.min(LN_2_Q120);
	LN_2_Q120
		.checked_mul(i128::from(exponent))?
		.checked_add(fraction)?
		.checked_sub(LN_UNIT)
}

/// `ln 2` in Q120, rounded down.
const LN_2_Q120: i128 = (LN_2 >> 8).cast_signed();

/// `2 artanh z` for a `z` of at most a third in Q128, in Q128, at most 2^-120 low.
fn twice_artanh(z: u128) -> u128 {
	let square = mul_high(z, z);
	let horner = |sum: u128, coefficient: &u128| coefficient.saturating_add(mul_high(sum, square));
	let series = mul_high(COEFFICIENTS.iter().rev().fold(0, horner), square);
	let double = z << 1;
	double.saturating_add(mul_high(double, series))
}

const fn coefficients() -> [u128; TERMS] {
	let mut table = [0; TERMS];
	let mut rest = table.as_mut_slice();
	let mut odd = 1u128;
	while let Some((first, others)) = rest.split_first_mut() {
		odd = odd.saturating_add(2);
		// No odd number but one divides a power of two, so 2^128 - 1 gives the same quotient.
		*first = match u128::MAX.checked_div(odd) {
			Some(quotient) => quotient,
			None => 0,
		};
		rest = others;
	}
	table
}
