//! The two replays that ship with the server, and the true price of every symbol at a moment.

use crate::{
	candles::{self, BadCandles, HOUR},
	fixed::Fixed,
	path::{Path, HOUR_MS},
};
use serde::{Deserialize, Serialize};

/// Dollars at which the synthetic DOT begins each replay: it did not trade before August 2020.
const DOT_BEGINS_AT: Fixed = Fixed::whole(4);

/// What the venues quote.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Symbol {
	/// Bitcoin, from the candles.
	Btc,
	/// Ether, from the candles.
	Eth,
	/// Synthetic: follows ETH's relative moves from 4 dollars.
	Dot,
	/// Always 1 dollar.
	Usdc,
}

impl Symbol {
	/// All symbols, in the order in which they are quoted.
	pub const ALL: [Self; 4] = [Self::Btc, Self::Eth, Self::Dot, Self::Usdc];
}

/// Which candles to replay.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
pub enum Window {
	/// 11 to 13 March 2020.
	Crash,
	/// 13 to 19 July 2020.
	Calm,
}

/// The candles of one window as continuous prices.
#[derive(Clone, Debug)]
pub struct Replay {
	begins: u64,
	length: u64,
	btc: Path,
	eth: Path,
}

impl Replay {
	/// Reads the candles of a window, which are part of the binary.
	///
	/// # Errors
	/// [`BadCandles`] when an excerpt was damaged.
	pub fn of(window: Window) -> Result<Self, BadCandles> {
		let (btc, eth) = match window {
			Window::Crash => (
				include_str!("../data/crash/BTC.csv"),
				include_str!("../data/crash/ETH.csv"),
			),
			Window::Calm => (
				include_str!("../data/calm/BTC.csv"),
				include_str!("../data/calm/ETH.csv"),
			),
		};
		let (btc, eth) = (candles::read(btc)?, candles::read(eth)?);
		let begins = btc[0].time;
		if eth[0].time != begins || eth.len() != btc.len() {
			return Err(BadCandles::Gap(begins));
		}
		Ok(Self {
			begins,
			length: btc.len() as u64 * HOUR_MS,
			btc: Path::through(&btc).ok_or(BadCandles::Empty)?,
			eth: Path::through(&eth).ok_or(BadCandles::Empty)?,
		})
	}

	/// Unix seconds at which the first candle opens.
	pub fn begins(&self) -> u64 {
		self.begins
	}

	/// Unix seconds at which the last candle closes.
	pub fn ends(&self) -> u64 {
		self.begins + self.length / HOUR_MS * HOUR
	}

	/// Milliseconds of candle time from the first open to the last close.
	pub fn length(&self) -> u64 {
		self.length
	}

	/// The true price at a moment, in milliseconds of candle time since the first candle opened.
	pub fn price(&self, symbol: Symbol, moment: u64) -> Fixed {
		match symbol {
			Symbol::Btc => self.btc.at(moment),
			Symbol::Eth => self.eth.at(moment),
			Symbol::Dot => DOT_BEGINS_AT.times(self.eth.at(moment).raw(), self.eth.at(0).raw()),
			Symbol::Usdc => Fixed::ONE,
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn moment(replay: &Replay, unix: u64) -> u64 {
		(unix - replay.begins()) * 1_000
	}

	#[test]
	fn both_windows_are_whole() {
		let crash = Replay::of(Window::Crash).unwrap();
		assert_eq!((crash.begins(), crash.ends()), (1_583_884_800, 1_584_144_000));
		let calm = Replay::of(Window::Calm).unwrap();
		assert_eq!((calm.begins(), calm.ends()), (1_594_598_400, 1_595_203_200));
	}

	#[test]
	fn the_hour_of_the_fall_ends_at_its_recorded_close() {
		let crash = Replay::of(Window::Crash).unwrap();
		// 12 March 2020, 10:00 to 11:00 UTC.
		assert_eq!(
			crash.price(Symbol::Btc, moment(&crash, 1_584_007_200)).to_string(),
			"7358.56"
		);
		assert_eq!(
			crash.price(Symbol::Btc, moment(&crash, 1_584_010_800)).to_string(),
			"6262.01"
		);
	}

	#[test]
	fn the_lowest_price_of_the_crash_is_reached() {
		let crash = Replay::of(Window::Crash).unwrap();
		let begin = moment(&crash, 1_584_064_800);
		let lowest = (0..HOUR_MS)
			.step_by(1_000)
			.map(|ms| crash.price(Symbol::Btc, begin + ms))
			.min()
			.unwrap();
		let recorded: Fixed = "3948.92".parse().unwrap();
		assert!(lowest.distance(recorded) < Fixed::ONE, "{lowest}");
	}

	/// The steepest hour (36 % of range) moves less than 2 basis points in a second of candle time.
	#[test]
	fn no_second_of_candle_time_jumps() {
		for window in [Window::Crash, Window::Calm] {
			let replay = Replay::of(window).unwrap();
			for symbol in Symbol::ALL {
				let mut last = replay.price(symbol, 0);
				for now in (0..=replay.length()).step_by(1_000) {
					let price = replay.price(symbol, now);
					assert!(
						price.distance(last).raw() * 10_000 <= last.raw() * 2,
						"{symbol:?} goes from {last} to {price} in the second before {now}"
					);
					last = price;
				}
			}
		}
	}

	#[test]
	fn dot_begins_at_four_dollars_and_follows_ether() {
		let crash = Replay::of(Window::Crash).unwrap();
		assert_eq!(crash.price(Symbol::Dot, 0), Fixed::whole(4));
		let later = moment(&crash, 1_584_010_800);
		let (eth, dot) = (crash.price(Symbol::Eth, later), crash.price(Symbol::Dot, later));
		// 4 * 132.91 / 200.74
		assert_eq!(
			(eth.to_string().as_str(), dot.to_string().as_str()),
			("132.91", "2.64840092")
		);
	}

	#[test]
	fn usdc_is_one_dollar() {
		let crash = Replay::of(Window::Crash).unwrap();
		assert!((0..crash.length())
			.step_by(600_000)
			.all(|now| crash.price(Symbol::Usdc, now) == Fixed::ONE));
	}
}
