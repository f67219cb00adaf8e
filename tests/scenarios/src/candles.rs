//! Prices of a day that was: hourly candles as the price source ships them (`tests/price-source/data`, with where they
//! come from), walked through as it does: to the low and the high, then to the close.

use crate::stage::Cents;
use margin_runtime::units::{BTC, DOT, ETH, USDC};

/// Hourly candles of BTC from 11 March 2020, 00:00 UTC.
const BTC_CRASH: &str = include_str!("../../price-source/data/crash/BTC.csv");
/// Hourly candles of ETH from the same hour.
const ETH_CRASH: &str = include_str!("../../price-source/data/crash/ETH.csv");

/// Prices of an hour, in cents.
#[derive(Clone, Copy, Debug)]
struct Candle {
	open: u128,
	high: u128,
	low: u128,
	close: u128,
}

fn cents(field: &str) -> u128 {
	let (whole, rest) = field.split_once('.').unwrap_or((field, ""));
	let rest: String = format!("{rest}00").chars().take(2).collect();
	whole.parse::<u128>().unwrap() * 100 + rest.parse::<u128>().unwrap()
}

fn candles(csv: &str) -> Vec<Candle> {
	csv.lines()
		.skip(1)
		.map(|line| {
			let fields: Vec<_> = line.split(',').collect();
			let [open, high, low, close] = [1, 2, 3, 4].map(|column| cents(fields[column]));
			Candle { open, high, low, close }
		})
		.collect()
}

impl Candle {
	/// The price after `step` of `steps` equal parts of the hour.
	fn at(&self, step: u128, steps: u128) -> u128 {
		let (first, second) = if self.close >= self.open {
			(self.low, self.high)
		} else {
			(self.high, self.low)
		};
		let knots = [self.open, first, second, self.close];
		let place = 3 * step;
		let leg = (place / steps).min(2);
		let (from, to) = (knots[leg as usize], knots[leg as usize + 1]);
		let part = place - leg * steps;
		(from * (steps - part) + to * part) / steps
	}
}

/// Prices from the hour `first` after 11 March 2020, 00:00 UTC, for so many hours in so many steps each. USDC and DOT,
/// which was not yet traded, stay where they are.
pub fn march_2020(first: usize, hours: usize, steps: u128) -> impl Iterator<Item = Cents> {
	let (btc, eth) = (candles(BTC_CRASH), candles(ETH_CRASH));
	(first..first + hours).flat_map(move |hour| {
		let (btc, eth) = (btc[hour], eth[hour]);
		(1..=steps).map(move |step| {
			[
				(USDC, 100),
				(BTC, btc.at(step, steps)),
				(ETH, eth.at(step, steps)),
				(DOT, 400),
			]
		})
	})
}
