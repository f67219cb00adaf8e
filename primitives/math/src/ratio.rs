//! Non-negative plain numbers.

use crate::{
	mul_div,
	text::{impl_text, write_fixed},
	Rounding, UNIT,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::fmt;
use scale_info::TypeInfo;

/// A non-negative number with 18 decimals: margin ratios, penalties, rates, utilisation, indices.
#[derive(
	Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Ratio(u128);

impl Ratio {
	/// 0.
	pub const ZERO: Self = Self(0);
	/// 1.
	pub const ONE: Self = Self(UNIT);
	/// The largest representable ratio.
	pub const MAX: Self = Self(u128::MAX);

	/// From a number of 10^-18.
	pub const fn from_raw(raw: u128) -> Self {
		Self(raw)
	}

	/// As a number of 10^-18.
	pub const fn raw(self) -> u128 {
		self.0
	}

	/// `percent / 100`.
	///
	/// ```
	/// use margin_math::Ratio;
	/// assert_eq!(Ratio::from_percent(100), Ratio::ONE);
	/// ```
	pub const fn from_percent(percent: u32) -> Self {
		Self((percent as u128).saturating_mul(10_000_000_000_000_000))
	}

	/// `parts / 1,000,000`.
	pub const fn from_ppm(parts: u32) -> Self {
		Self((parts as u128).saturating_mul(1_000_000_000_000))
	}

	/// Whether it is 0.
	pub const fn is_zero(self) -> bool {
		self.0 == 0
	}

	/// The sum; `None` if it does not fit.
	pub fn checked_add(self, other: Self) -> Option<Self> {
		self.0.checked_add(other.0).map(Self)
	}

	/// The difference; `None` below zero.
	pub fn checked_sub(self, other: Self) -> Option<Self> {
		self.0.checked_sub(other.0).map(Self)
	}

	/// The sum, at most [`Ratio::MAX`].
	#[must_use]
	pub const fn saturating_add(self, other: Self) -> Self {
		Self(self.0.saturating_add(other.0))
	}

	/// The difference, at least zero.
	#[must_use]
	pub const fn saturating_sub(self, other: Self) -> Self {
		Self(self.0.saturating_sub(other.0))
	}

	/// The product; `None` if it does not fit.
	pub fn checked_mul(self, other: Self, rounding: Rounding) -> Option<Self> {
		mul_div(self.0, other.0, UNIT, rounding).map(Self)
	}

	/// The quotient; `None` if `other` is zero or it does not fit.
	pub fn checked_div(self, other: Self, rounding: Rounding) -> Option<Self> {
		mul_div(self.0, UNIT, other.0, rounding).map(Self)
	}

	/// `part / whole`; `None` if `whole` is zero or it does not fit.
	///
	/// ```
	/// use margin_math::{Ratio, Rounding};
	/// assert_eq!(Ratio::of(1, 4, Rounding::Down), Some(Ratio::from_percent(25)));
	/// ```
	pub fn of(part: u128, whole: u128, rounding: Rounding) -> Option<Self> {
		mul_div(part, UNIT, whole, rounding).map(Self)
	}
}

impl fmt::Display for Ratio {
	fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
		write_fixed(formatter, false, self.0)
	}
}

impl_text!(Ratio, u128);
