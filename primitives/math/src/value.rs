//! Signed dollars.

use crate::{
	mul_div_signed,
	text::{impl_text, write_fixed},
	Ratio, Rounding, UNIT,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::fmt;
use scale_info::TypeInfo;

/// A value in US dollars, signed, with 18 decimals: up to 1.7 * 10^20 dollars either way.
#[derive(
	Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Value(i128);

impl Value {
	/// Nothing.
	pub const ZERO: Self = Self(0);
	/// One dollar.
	pub const ONE: Self = Self(1_000_000_000_000_000_000);

	/// From a number of 10^-18 dollars.
	pub const fn from_raw(raw: i128) -> Self {
		Self(raw)
	}

	/// As a number of 10^-18 dollars.
	pub const fn raw(self) -> i128 {
		self.0
	}

	/// A whole number of dollars: every `i64` fits.
	pub const fn from_dollars(dollars: i64) -> Self {
		Self((dollars as i128).saturating_mul(Self::ONE.0))
	}

	/// Whether it is zero.
	pub const fn is_zero(self) -> bool {
		self.0 == 0
	}

	/// Whether it is below zero.
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

	/// `value * ratio`; `None` if it does not fit.
	///
	/// ```
	/// use margin_math::{Ratio, Rounding, Value};
	/// let half = Ratio::from_percent(50);
	/// assert_eq!(Value::from_raw(-3).mul_ratio(half, Rounding::Down), Some(Value::from_raw(-2)));
	/// assert_eq!(Value::from_raw(-3).mul_ratio(half, Rounding::Up), Some(Value::from_raw(-1)));
	/// ```
	pub fn mul_ratio(self, ratio: Ratio, rounding: Rounding) -> Option<Self> {
		mul_div_signed(self.0, ratio.raw(), UNIT, rounding).map(Self)
	}

	/// `value / ratio`; `None` if the ratio is zero or the quotient does not fit.
	pub fn div_ratio(self, ratio: Ratio, rounding: Rounding) -> Option<Self> {
		mul_div_signed(self.0, UNIT, ratio.raw(), rounding).map(Self)
	}

	/// `value / whole`, of two values that are not negative.
	///
	/// `None` if either is negative, `whole` is zero, or the quotient does not fit.
	pub fn ratio_to(self, whole: Self, rounding: Rounding) -> Option<Ratio> {
		Ratio::of(u128::try_from(self.0).ok()?, u128::try_from(whole.0).ok()?, rounding)
	}
}

impl fmt::Display for Value {
	fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
		write_fixed(formatter, self.is_negative(), self.0.unsigned_abs())
	}
}

impl_text!(Value, i128);
