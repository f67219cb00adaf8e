//! Powers of e and of two.
//!
//! A power of e becomes one of two, `e^x = 2^(x / ln 2)`, whose whole part is a shift (the reduction of W. J. Cody and
//! W. Waite, Software Manual for the Elementary Functions, 1980). The power of the fraction is its Taylor series in
//! Q128, of which all terms are positive. Every step is computed low, by no more than a bound, and none turns a larger
//! number into a smaller one: so the result is on the side that is named, and monotone.

use crate::{
	fixed::{mul_high, INVERSE_UNIT, LN_2, ONE_Q120},
	wide::widening_mul,
	Ratio, Real, Rounding, UNIT,
};

/// `1 / ln 2` in Q127, rounded down.
const LOG2_E: u128 = 0xb8aa_3b29_5c17_f0bb_be87_fed0_691d_3e88;
/// Terms of the series of `2^f - 1`: the first that is left out is below 2^-133.
const TERMS: usize = 31;
/// `(ln 2)^k / k!` in Q128, from `k = 1`.
const COEFFICIENTS: [u128; TERMS] = coefficients();
/// Beyond it a power of e is far outside what a ratio can tell: in whole numbers.
const LARGEST_EXPONENT: i128 = 64;

/// `e^exponent`.
///
/// The result is never on the wrong side of the exact one, and off by less than one unit of 10^-18 and 2^-115 of itself.
/// `None` if it does not fit, above about 47.276; far below zero it is 0, or one unit of 10^-18 rounded up.
///
/// ```
/// use margin_math::{exp, Ratio, Real, Rounding};
/// assert_eq!(exp(Real::ONE, Rounding::Down), Some(Ratio::from_raw(2_718_281_828_459_045_235)));
/// assert_eq!(exp(Real::ZERO, Rounding::Up), Some(Ratio::ONE));
/// assert_eq!(exp(Real::from_whole(48), Rounding::Down), None);
/// ```
pub fn exp(exponent: Real, rounding: Rounding) -> Option<Ratio> {
	if exponent.is_zero() {
		return Some(Ratio::ONE);
	}
	let raw = exponent.raw();
	let magnitude = raw.unsigned_abs().min(u128::from(u64::MAX).saturating_mul(4));
	let (high, low) = widening_mul(magnitude, INVERSE_UNIT);
	let fixed = i128::try_from((high << 61) | (low >> 67)).unwrap_or(i128::MAX);
	// The constant and the shift each cost less than one unit: a negative number is moved down by as much.
	let fixed = if raw < 0 {
		fixed.saturating_neg().saturating_sub(2)
	} else {
		fixed
	};
	exp_fixed(fixed, rounding)
}

/// `2^exponent`, with the promises of [`exp`], and exact where the exponent is whole and the result fits 18 decimals.
///
/// `None` if it does not fit, from about 68.2.
///
/// ```
/// use margin_math::{exp2, Ratio, Real, Rounding};
/// assert_eq!(exp2(Real::from_whole(-2), Rounding::Down), Some(Ratio::from_percent(25)));
/// ```
pub fn exp2(exponent: Real, rounding: Rounding) -> Option<Ratio> {
	let whole = exponent.raw().div_euclid(Real::ONE.raw());
	let part = exponent.raw().rem_euclid(Real::ONE.raw()).unsigned_abs();
	Power::of_two(whole, part, 1_000_000_000_000_000_000).to_ratio(rounding)
}

/// What an exponential average keeps of its past after `elapsed_ms`: `2^(-elapsed / half life)`, rounded down.
///
/// Off by less than one unit of 10^-18. A half-life of zero keeps nothing.
///
/// ```
/// use margin_math::{half_life_decay, Ratio};
/// assert_eq!(half_life_decay(0, 3_600_000), Ratio::ONE);
/// assert_eq!(half_life_decay(7_200_000, 3_600_000), Ratio::from_percent(25));
/// ```
pub fn half_life_decay(elapsed_ms: u64, half_life_ms: u64) -> Ratio {
	let Some(left) = elapsed_ms.checked_rem(half_life_ms) else {
		return Ratio::ZERO;
	};
	let whole = elapsed_ms.checked_div(half_life_ms).unwrap_or_default();
	// `-t = -(whole + 1) + (half_life - left) / half_life`, unless nothing is left.
	let (whole, part) = match left {
		0 => (i128::from(whole), 0),
		_ => (i128::from(whole).saturating_add(1), half_life_ms.saturating_sub(left)),
	};
	let power = Power::of_two(whole.saturating_neg(), part.into(), half_life_ms);
	power.to_ratio(Rounding::Down).unwrap_or_default()
}

/// `e^exponent` of a number in Q120 that is at most 3 units of Q120 below the one that is meant.
pub(crate) fn exp_fixed(exponent: i128, rounding: Rounding) -> Option<Ratio> {
	Power::of_e(exponent).to_ratio(rounding)
}

/// A power of two, `2^whole (1 + fraction)`, at most 2^-117 of itself below the exact one.
pub(crate) struct Power {
	/// The whole part of the exponent.
	pub(crate) whole: i128,
	/// What the rest of the exponent adds to one, in Q128.
	pub(crate) fraction: u128,
	/// Whether it is the exact power.
	exact: bool,
}

impl Power {
	/// `2^(whole + part / parts)`, for a part below the parts.
	fn of_two(whole: i128, part: u128, parts: u64) -> Self {
		// The quotient of 128 bits behind the point, 64 at a time: what a digit leaves is below the divisor.
		let divisor = u128::from(parts);
		let digit = |left: u128| {
			let dividend = left << 64;
			let digit = dividend.checked_div(divisor).unwrap_or_default();
			(digit, dividend.wrapping_sub(digit.wrapping_mul(divisor)))
		};
		let (upper, left) = digit(part);
		let (lower, _) = digit(left);
		Self {
			whole,
			fraction: power_of_fraction((upper << 64) | lower),
			exact: part == 0,
		}
	}

	/// `e^exponent` of a number in Q120 that is at most 3 units of Q120 below the one that is meant.
	///
	/// Those units, and as many lost here, are less than 2^-117 of the result.
	pub(crate) fn of_e(exponent: i128) -> Self {
		let limit = LARGEST_EXPONENT.saturating_mul(ONE_Q120);
		let exponent = exponent.clamp(limit.saturating_neg(), limit.saturating_sub(1));
		let (high, low) = widening_mul(exponent.unsigned_abs(), LOG2_E);
		// At most 93, so that seven bits before the point are enough.
		let binary = i128::try_from((high << 1) | (low >> 127)).unwrap_or(i128::MAX);
		let binary = if exponent < 0 {
			binary.saturating_neg().saturating_sub(2)
		} else {
			binary
		};
		let fraction = (binary.cast_unsigned()) << 8;
		Self {
			whole: binary >> 120,
			fraction: power_of_fraction(fraction),
			exact: false,
		}
	}

	/// As a ratio; `None` if it does not fit.
	fn to_ratio(&self, rounding: Rounding) -> Option<Ratio> {
		let (high, low) = widening_mul(UNIT, self.fraction);
		let mantissa = (UNIT.saturating_add(high), low);
		let mantissa = match rounding {
			Rounding::Down => mantissa,
			Rounding::Up if self.exact => mantissa,
			// The next power of two is a bound too.
			Rounding::Up => raised(mantissa, SLACK).min((UNIT.saturating_mul(2), 0)),
		};
		shifted(mantissa, self.whole, rounding).map(Ratio::from_raw)
	}
}

/// 2^-115 of 10^18, in Q128: more than a mantissa can be below the exact one.
pub(crate) const SLACK: u128 = 1 << 72;

/// A number of a whole part and one in Q128, plus a number in Q128.
pub(crate) const fn raised((high, low): (u128, u128), by: u128) -> (u128, u128) {
	let (sum, carries) = low.overflowing_add(by);
	(if carries { high.saturating_add(1) } else { high }, sum)
}

/// A number of a whole part below 2^62 and one in Q128, times `2^exponent`, as an integer; `None` if it does not fit.
pub(crate) fn shifted((high, low): (u128, u128), exponent: i128, rounding: Rounding) -> Option<u128> {
	let places = u32::try_from(exponent.unsigned_abs()).unwrap_or(u32::MAX);
	let (whole, rest) = if exponent >= 0 {
		let room = high.leading_zeros() >= places;
		let below = low.checked_shr(128u32.saturating_sub(places)).unwrap_or_default();
		let whole = room.then(|| high.checked_shl(places)).flatten()? | below;
		(whole, low.checked_shl(places).unwrap_or_default())
	} else {
		let whole = high.checked_shr(places).unwrap_or_default();
		let dropped = high ^ whole.checked_shl(places).unwrap_or_default();
		(whole, dropped | low)
	};
	match rounding {
		Rounding::Up if rest != 0 => whole.checked_add(1),
		_ => Some(whole),
	}
}

/// `2^f - 1` for a fraction in Q128, in Q128: at most 2^-121 low, and never falling as the fraction rises.
fn power_of_fraction(fraction: u128) -> u128 {
	let horner = |sum: u128, coefficient: &u128| coefficient.saturating_add(mul_high(sum, fraction));
	mul_high(COEFFICIENTS.iter().rev().fold(0, horner), fraction)
}

const fn coefficients() -> [u128; TERMS] {
	let mut table = [0; TERMS];
	let mut rest = table.as_mut_slice();
	let mut last = LN_2;
	let mut number = 1u128;
	while let Some((first, others)) = rest.split_first_mut() {
		*first = last;
		number = number.saturating_add(1);
		last = match mul_high(last, LN_2).checked_div(number) {
			Some(next) => next,
			None => 0,
		};
		rest = others;
	}
	table
}
