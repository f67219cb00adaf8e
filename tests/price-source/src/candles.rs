//! Hourly candles, read from the CSV excerpts under `data/`.

use crate::fixed::Fixed;
use serde::Deserialize;
use std::fmt;

/// Seconds in a candle.
pub const HOUR: u64 = 3_600;

/// One hour of trading. Prices in US dollars per whole unit.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
pub struct Candle {
	/// Unix seconds at which the hour opens.
	pub time: u64,
	/// First price.
	pub open: Fixed,
	/// Highest price.
	pub high: Fixed,
	/// Lowest price.
	pub low: Fixed,
	/// Last price.
	pub close: Fixed,
}

/// What is wrong with a file of candles.
#[derive(Debug)]
pub enum BadCandles {
	/// A row does not have the columns, or a column is not a number.
	Row(csv::Error),
	/// There is no row at all.
	Empty,
	/// An hour is missing or doubled before this time.
	Gap(u64),
	/// The high is not the highest, or the low not the lowest, or a price is zero, at this time.
	Order(u64),
}

impl fmt::Display for BadCandles {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Row(error) => write!(f, "a candle cannot be read: {error}"),
			Self::Empty => write!(f, "no candles"),
			Self::Gap(time) => write!(f, "the hour before {time} is missing or doubled"),
			Self::Order(time) => write!(f, "high and low of {time} do not enclose its open and close"),
		}
	}
}

impl std::error::Error for BadCandles {}

/// Reads candles and checks that they follow each other by the hour and enclose their prices.
///
/// # Errors
/// [`BadCandles`] names the first thing that is wrong.
pub fn read(text: &str) -> Result<Vec<Candle>, BadCandles> {
	let candles = csv::Reader::from_reader(text.as_bytes())
		.deserialize()
		.collect::<Result<Vec<Candle>, _>>()
		.map_err(BadCandles::Row)?;
	if candles.is_empty() {
		return Err(BadCandles::Empty);
	}
	for candle in &candles {
		let inside = |price: Fixed| candle.low <= price && price <= candle.high;
		if !inside(candle.open) || !inside(candle.close) || candle.low == Fixed::ZERO {
			return Err(BadCandles::Order(candle.time));
		}
	}
	for pair in candles.windows(2) {
		if pair[1].time != pair[0].time + HOUR {
			return Err(BadCandles::Gap(pair[1].time));
		}
	}
	Ok(candles)
}

#[cfg(test)]
mod tests {
	use super::*;

	const HEADER: &str = "time,open,high,low,close,volume\n";

	fn rows(rows: &str) -> Result<Vec<Candle>, BadCandles> {
		read(&format!("{HEADER}{rows}"))
	}

	#[test]
	fn rows_become_candles() {
		let candles = rows("1583884800,7894.66,7963.44,7883.5,7956.25,1026.8\n").unwrap();
		assert_eq!(candles.len(), 1);
		assert_eq!(candles[0].time, 1_583_884_800);
		assert_eq!(candles[0].low.to_string(), "7883.5");
	}

	#[test]
	fn a_missing_hour_is_noticed() {
		let error = rows("3600,1,2,1,2,0\n10800,1,2,1,2,0\n").unwrap_err();
		assert!(matches!(error, BadCandles::Gap(10_800)), "{error}");
	}

	#[test]
	fn a_close_above_the_high_is_noticed() {
		let error = rows("3600,1,2,1,3,0\n").unwrap_err();
		assert!(matches!(error, BadCandles::Order(3_600)), "{error}");
	}

	#[test]
	fn a_zero_price_is_noticed() {
		assert!(matches!(
			rows("3600,0,2,0,1,0\n").unwrap_err(),
			BadCandles::Order(3_600)
		));
	}

	#[test]
	fn text_in_place_of_a_number_is_noticed() {
		assert!(matches!(rows("3600,one,2,1,2,0\n").unwrap_err(), BadCandles::Row(_)));
	}

	#[test]
	fn no_rows_are_noticed() {
		assert!(matches!(rows("").unwrap_err(), BadCandles::Empty));
	}
}
