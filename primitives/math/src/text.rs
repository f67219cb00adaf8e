//! How the number types are written for people and for JSON.
//!
//! JSON numbers lose digits above 2^53 in most readers, so every type is written as a decimal string of its raw integer
//! and read from such a string or from an integer.

use core::{fmt, marker::PhantomData, str::FromStr};
use serde::de::{Error, Visitor};

/// Reads an integer from a JSON number or from a decimal string.
pub(crate) struct IntegerVisitor<T>(PhantomData<T>);

impl<T> IntegerVisitor<T> {
	pub(crate) const fn new() -> Self {
		Self(PhantomData)
	}
}

impl<T: FromStr + TryFrom<i128> + TryFrom<u128>> Visitor<'_> for IntegerVisitor<T> {
	type Value = T;

	fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
		formatter.write_str("an integer, or a decimal string of one")
	}

	fn visit_u64<E: Error>(self, number: u64) -> Result<T, E> {
		self.visit_u128(number.into())
	}

	fn visit_i64<E: Error>(self, number: i64) -> Result<T, E> {
		self.visit_i128(number.into())
	}

	fn visit_u128<E: Error>(self, number: u128) -> Result<T, E> {
		T::try_from(number).map_err(|_| E::custom("the integer is out of range"))
	}

	fn visit_i128<E: Error>(self, number: i128) -> Result<T, E> {
		T::try_from(number).map_err(|_| E::custom("the integer is out of range"))
	}

	fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
		text.parse()
			.map_err(|_| E::custom("not a decimal string of an integer in range"))
	}
}

/// Writes `magnitude / 10^18` without trailing zeros.
pub(crate) fn write_fixed(formatter: &mut fmt::Formatter, negative: bool, magnitude: u128) -> fmt::Result {
	let sign = if negative { "-" } else { "" };
	let whole = magnitude.checked_div(crate::UNIT).unwrap_or_default();
	let mut fraction = magnitude.checked_rem(crate::UNIT).unwrap_or_default();
	if fraction == 0 {
		return write!(formatter, "{sign}{whole}");
	}
	let mut width = 18usize;
	while fraction.checked_rem(10) == Some(0) {
		fraction = fraction.checked_div(10).unwrap_or_default();
		width = width.saturating_sub(1);
	}
	write!(formatter, "{sign}{whole}.{fraction:0width$}")
}

/// Serde as a decimal string of the raw integer, and `Debug` as the type's name around its `Display`.
macro_rules! impl_text {
	($name:ident, $raw:ty) => {
		impl core::fmt::Debug for $name {
			fn fmt(&self, formatter: &mut core::fmt::Formatter) -> core::fmt::Result {
				write!(formatter, concat!(stringify!($name), "({})"), self)
			}
		}

		impl serde::Serialize for $name {
			fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
				serializer.collect_str(&self.0)
			}
		}

		impl<'de> serde::Deserialize<'de> for $name {
			fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
				deserializer
					.deserialize_any($crate::text::IntegerVisitor::<$raw>::new())
					.map($name)
			}
		}
	};
}
pub(crate) use impl_text;
