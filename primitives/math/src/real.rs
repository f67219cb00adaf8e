//! Signed plain numbers.

use crate::{
	mul_div,
	text::{impl_text, write_fixed},
	Ratio, Rounding, UNIT,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::fmt;
use scale_info::TypeInfo;

/// A signed number with 18 decimals: logarithms, exponents, correlations, standardised returns.
#[derive(
	Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Real(i128);

impl Real {
	/// 0.
	pub const ZERO: Self = Self(0);
	/// 1.
	pub const ONE: Self = Self(1_000_000_000_000_000_000);
	/// -1.
	pub const MINUS_ONE: Self = Self(-1_000_000_000_000_000_000);
	/// The largest representable number.
	pub const MAX: Self = Self(i128::MAX);
	/// The smallest representable number.
	pub const MIN: Self = Self(i128::MIN);

	/// From a number of 10^-18.
	pub const fn from_raw(raw: i128) -> Self {
		Self(raw)
	}

	/// As a number of 10^-18.
	pub const fn raw(self) -> i128 {
		self.0
	}

	/// A whole number: every `i64` fits.
	pub const fn from_whole(number: i64) -> Self {
		Self((number as i128).saturating_mul(Self::ONE.0))
	}

	/// `percent / 100`.
	///
	/// ```
	/// use margin_math::Real;
	/// assert_eq!(Real::from_percent(-100), Real::MINUS_ONE);
	/// ```
	pub const fn from_percent(percent: i32) -> Self {
		Self((percent as i128).saturating_mul(10_000_000_000_000_000))
	}

	/// The same number; `None` above [`Real::MAX`].
	pub fn from_ratio(ratio: Ratio) -> Option<Self> {
		i128::try_from(ratio.raw()).ok().map(Self)
	}

	/// The same number; `None` below zero.
	pub fn to_ratio(self) -> Option<Ratio> {
		u128::try_from(self.0).ok().map(Ratio::from_raw)
	}

	/// The number without its sign.
	pub const fn magnitude(self) -> Ratio {
		Ratio::from_raw(self.0.unsigned_abs())
	}

	/// Whether it is 0.
	pub const fn is_zero(self) -> bool {
		self.0 == 0
	}

	/// Whether it is below 0.
	pub const fn is_negative(self) -> bool {
		self.0 < 0
	}

	/// The sum; `None` if it does not fit.
	pub fn checked_add(self, other: Self) -> Option<Self> {
		self.0.checked_add(other.0).map(Self)
	}

	/// The difference; `None` if it does not fit.
	pub fn checked_sub(self, other: Self) -> Option<Self> {
		self.0.checked_sub(other.0).map(Self)
	}

	/// The opposite; `None` if it does not fit.
	pub fn checked_neg(self) -> Option<Self> {
		self.0.checked_neg().map(Self)
	}

	/// The product; `None` if it does not fit.
	///
	/// ```
	/// use margin_math::{Real, Rounding};
	/// let half = Real::from_percent(50);
	/// assert_eq!(Real::from_raw(-3).checked_mul(half, Rounding::Down), Some(Real::from_raw(-2)));
	/// assert_eq!(Real::from_raw(-3).checked_mul(half, Rounding::Up), Some(Real::from_raw(-1)));
	/// ```
	pub fn checked_mul(self, other: Self, rounding: Rounding) -> Option<Self> {
		self.scaled(other, other.0.unsigned_abs(), UNIT, rounding)
	}

	/// The quotient; `None` if `other` is zero or it does not fit.
	pub fn checked_div(self, other: Self, rounding: Rounding) -> Option<Self> {
		self.scaled(other, UNIT, other.0.unsigned_abs(), rounding)
	}

	/// The lower of the two.
	#[must_use]
	pub fn min(self, other: Self) -> Self {
		Ord::min(self, other)
	}

	/// The higher of the two.
	#[must_use]
	pub fn max(self, other: Self) -> Self {
		Ord::max(self, other)
	}

	/// The number, at least `low` and at most `high`. If `low` is above `high`, it is `high`.
	///
	/// ```
	/// use margin_math::Real;
	/// assert_eq!(Real::from_whole(3).clamp(Real::MINUS_ONE, Real::ONE), Real::ONE);
	/// ```
	#[must_use]
	pub fn clamp(self, low: Self, high: Self) -> Self {
		self.max(low).min(high)
	}

	/// `|self| * numerator / denominator`, with the sign of `self * other`, rounded on the number line.
	fn scaled(self, other: Self, numerator: u128, denominator: u128, rounding: Rounding) -> Option<Self> {
		let magnitude = self.0.unsigned_abs();
		let raw = if self.is_negative() == other.is_negative() {
			i128::try_from(mul_div(magnitude, numerator, denominator, rounding)?).ok()
		} else {
			0i128.checked_sub_unsigned(mul_div(magnitude, numerator, denominator, rounding.opposite())?)
		};
		raw.map(Self)
	}
}

impl fmt::Display for Real {
	fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
		write_fixed(formatter, self.is_negative(), self.0.unsigned_abs())
	}
}

impl_text!(Real, i128);
