//! What is counted in whole steps: smallest units of an asset, and shares of a pool.

use crate::{mul_div, text::impl_text, Ratio, Rounding, UNIT};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::fmt;
use scale_info::TypeInfo;

macro_rules! counted {
	($(#[$doc:meta])* $name:ident) => {
		$(#[$doc])*
		#[derive(
			Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen,
			TypeInfo,
		)]
		pub struct $name(pub u128);

		impl $name {
			/// None of it.
			pub const ZERO: Self = Self(0);

			/// Whether there is none of it.
			pub const fn is_zero(self) -> bool {
				self.0 == 0
			}

			/// The sum; `None` above `u128::MAX`.
			pub fn checked_add(self, other: Self) -> Option<Self> {
				self.0.checked_add(other.0).map(Self)
			}

			/// The difference; `None` below zero.
			pub fn checked_sub(self, other: Self) -> Option<Self> {
				self.0.checked_sub(other.0).map(Self)
			}

			/// The sum, at most `u128::MAX`.
			#[must_use]
			pub const fn saturating_add(self, other: Self) -> Self {
				Self(self.0.saturating_add(other.0))
			}

			/// The difference, at least zero.
			#[must_use]
			pub const fn saturating_sub(self, other: Self) -> Self {
				Self(self.0.saturating_sub(other.0))
			}

			/// `self * ratio`; `None` above `u128::MAX`.
			pub fn mul_ratio(self, ratio: Ratio, rounding: Rounding) -> Option<Self> {
				mul_div(self.0, ratio.raw(), UNIT, rounding).map(Self)
			}
		}

		impl fmt::Display for $name {
			fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
				fmt::Display::fmt(&self.0, formatter)
			}
		}

		impl_text!($name, u128);
	};
}

counted!(
	/// A number of smallest units of an asset, which knows its own decimals.
	Amount
);

counted!(
	/// A number of shares of a pool's deposits or of its debt.
	Shares
);
