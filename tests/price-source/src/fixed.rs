//! Decimal numbers with eight places: prices, factors and speeds without float noise.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{fmt, str::FromStr};

/// One, in units of the last place.
const ONE: u128 = 100_000_000;
/// Decimal places that are kept.
const PLACES: usize = 8;
/// Digits before the point that are accepted.
const WHOLE_DIGITS: usize = 9;

/// A non-negative decimal with eight places. Prices are in US dollars per whole unit.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Fixed(u128);

/// Why a text is not a [`Fixed`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NotADecimal(String);

impl fmt::Display for NotADecimal {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(
			f,
			"'{}' is not a decimal like 7911.25 (at most {WHOLE_DIGITS} digits before and {PLACES} after the point)",
			self.0
		)
	}
}

impl std::error::Error for NotADecimal {}

impl Fixed {
	/// Nothing.
	pub const ZERO: Self = Self(0);
	/// One dollar, or a factor that changes nothing.
	pub const ONE: Self = Self(ONE);

	/// A whole number.
	pub const fn whole(n: u32) -> Self {
		Self(n as u128 * ONE)
	}

	/// The number in units of the eighth place.
	pub const fn raw(self) -> u128 {
		self.0
	}

	/// `self * part / whole`, rounded to the nearest. `whole` must not be zero.
	pub fn times(self, part: u128, whole: u128) -> Self {
		Self((self.0 * part + whole / 2) / whole)
	}

	/// `self * factor`, rounded to the nearest.
	pub fn scaled(self, factor: Self) -> Self {
		self.times(factor.0, ONE)
	}

	/// How far apart two numbers are.
	pub fn distance(self, other: Self) -> Self {
		Self(self.0.abs_diff(other.0))
	}

	/// The point `part / whole` of the way from `self` to `to`, rounded to the nearest.
	pub fn towards(self, to: Self, part: u128, whole: u128) -> Self {
		let step = self.distance(to).times(part, whole).0;
		Self(if to >= self { self.0 + step } else { self.0 - step })
	}
}

impl fmt::Display for Fixed {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let (whole, rest) = (self.0 / ONE, self.0 % ONE);
		if rest == 0 {
			return write!(f, "{whole}");
		}
		let places = format!("{rest:0PLACES$}");
		write!(f, "{whole}.{}", places.trim_end_matches('0'))
	}
}

impl FromStr for Fixed {
	type Err = NotADecimal;

	fn from_str(text: &str) -> Result<Self, NotADecimal> {
		let refuse = || NotADecimal(text.chars().take(40).collect());
		let (whole, places) = text.split_once('.').unwrap_or((text, "0"));
		// "432.0" is how a JSON number may be printed: zeros at the end say nothing.
		let significant = places.trim_end_matches('0');
		let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
		if whole.is_empty() || places.is_empty() || !digits(whole) || !digits(places) {
			return Err(refuse());
		}
		if whole.len() > WHOLE_DIGITS || significant.len() > PLACES {
			return Err(refuse());
		}
		let whole: u128 = whole.parse().map_err(|_| refuse())?;
		let rest: u128 = format!("{significant:0<PLACES$}").parse().map_err(|_| refuse())?;
		Ok(Self(whole * ONE + rest))
	}
}

impl Serialize for Fixed {
	fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
		serializer.collect_str(self)
	}
}

impl<'de> Deserialize<'de> for Fixed {
	/// Takes a decimal string or a JSON number.
	fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
		#[derive(Deserialize)]
		#[serde(untagged, expecting = "expected a decimal, as a string or a number")]
		enum Either {
			Text(String),
			Number(serde_json::Number),
		}
		let text = match Either::deserialize(deserializer)? {
			Either::Text(text) => text,
			Either::Number(number) => number.to_string(),
		};
		text.parse().map_err(serde::de::Error::custom)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn fixed(text: &str) -> Fixed {
		text.parse().unwrap()
	}

	#[test]
	fn a_decimal_prints_as_it_was_read() {
		for text in ["0", "1", "7911.25", "0.00000001", "194.5", "999999999.99999999"] {
			assert_eq!(fixed(text).to_string(), text);
		}
	}

	#[test]
	fn zeros_at_the_end_are_dropped() {
		assert_eq!(fixed("432.0").to_string(), "432");
		assert_eq!(fixed("4.100000000000").to_string(), "4.1");
	}

	#[test]
	fn what_is_not_a_plain_decimal_is_refused() {
		for text in [
			"",
			".",
			"1.",
			".5",
			"-1",
			"+1",
			"1e3",
			"1,5",
			"NaN",
			" 1",
			"0.000000001",
			"1234567890",
		] {
			assert!(text.parse::<Fixed>().is_err(), "{text} was taken");
		}
	}

	#[test]
	fn the_way_between_two_prices_begins_and_ends_at_them() {
		let (from, to) = (fixed("7358.56"), fixed("5790.07"));
		assert_eq!(from.towards(to, 0, 3), from);
		assert_eq!(from.towards(to, 3, 3), to);
		assert_eq!(from.towards(to, 1, 2), fixed("6574.315"));
		assert_eq!(to.towards(from, 1, 2), fixed("6574.315"));
	}

	#[test]
	fn a_json_number_and_a_json_string_are_the_same() {
		let read = |json: &str| serde_json::from_str::<Fixed>(json);
		assert_eq!(read("0.5").unwrap(), read("\"0.5\"").unwrap());
		assert_eq!(read("432").unwrap(), Fixed::whole(432));
		assert!(read("-1").is_err());
		assert!(read("true").is_err());
	}
}
