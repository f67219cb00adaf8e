//! Dollars per whole unit.

use crate::{
	mul_div, power_of_ten,
	text::{impl_text, write_fixed},
	Amount, Ratio, Rounding, Value, UNIT,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::fmt;
use scale_info::TypeInfo;
use sp_arithmetic::FixedU128;

/// A price in US dollars per whole unit of an asset, with 18 decimals, as `FixedU128` has.
#[derive(
	Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Price(u128);

impl Price {
	/// No price: an asset without one is worth nothing and buys nothing.
	pub const ZERO: Self = Self(0);
	/// One dollar.
	pub const ONE: Self = Self(UNIT);
	/// The largest representable price.
	pub const MAX: Self = Self(u128::MAX);

	/// From a number of 10^-18 dollars.
	pub const fn from_raw(raw: u128) -> Self {
		Self(raw)
	}

	/// As a number of 10^-18 dollars.
	pub const fn raw(self) -> u128 {
		self.0
	}

	/// The same number as a price.
	pub fn from_fixed(price: FixedU128) -> Self {
		Self(price.into_inner())
	}

	/// The same number as a `FixedU128`.
	pub fn to_fixed(self) -> FixedU128 {
		FixedU128::from_inner(self.0)
	}

	/// Whether it is zero.
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

	/// The value of `amount` smallest units of an asset with `decimals`: `amount * price / 10^decimals`.
	///
	/// `None` if the value does not fit, or `decimals` exceeds 38.
	///
	/// ```
	/// use margin_math::{Amount, Price, Rounding, Value};
	/// let dollar = Price::ONE;
	/// assert_eq!(dollar.value_of(Amount(2_500_000), 6, Rounding::Down), Some(Value::from_raw(2_500_000_000_000_000_000)));
	/// ```
	pub fn value_of(self, amount: Amount, decimals: u8, rounding: Rounding) -> Option<Value> {
		let raw = mul_div(amount.0, self.0, power_of_ten(decimals)?, rounding)?;
		i128::try_from(raw).ok().map(Value::from_raw)
	}

	/// How many smallest units of an asset with `decimals` are worth `value`: `value * 10^decimals / price`.
	///
	/// `None` if the value is negative, the price is zero, the amount does not fit, or `decimals` exceeds 38.
	///
	/// ```
	/// use margin_math::{Amount, Price, Rounding, Value};
	/// let price = Price::from_fixed(3.into());
	/// assert_eq!(price.amount_for(Value::from_dollars(1), 6, Rounding::Down), Some(Amount(333_333)));
	/// assert_eq!(price.amount_for(Value::from_dollars(1), 6, Rounding::Up), Some(Amount(333_334)));
	/// ```
	pub fn amount_for(self, value: Value, decimals: u8, rounding: Rounding) -> Option<Amount> {
		let raw = u128::try_from(value.raw()).ok()?;
		mul_div(raw, power_of_ten(decimals)?, self.0, rounding).map(Amount)
	}

	/// `price * ratio`; `None` if it does not fit.
	pub fn scale(self, ratio: Ratio, rounding: Rounding) -> Option<Self> {
		mul_div(self.0, ratio.raw(), UNIT, rounding).map(Self)
	}

	/// How far this price is from a reference, `|price / reference - 1|`, rounded up.
	///
	/// `None` if the reference is zero or the distance does not fit.
	///
	/// ```
	/// use margin_math::{Price, Ratio};
	/// let reference = Price::from_fixed(100.into());
	/// assert_eq!(Price::from_fixed(90.into()).distance(reference), Some(Ratio::from_percent(10)));
	/// ```
	pub fn distance(self, reference: Self) -> Option<Ratio> {
		Ratio::of(self.0.abs_diff(reference.0), reference.0, Rounding::Up)
	}
}

impl fmt::Display for Price {
	fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
		write_fixed(formatter, false, self.0)
	}
}

impl_text!(Price, u128);
