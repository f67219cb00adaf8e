//! The virtual venues: each quotes the true price with a small spread of its own, and can be made to err.

use crate::{
	candles::BadCandles,
	clock::Clock,
	fixed::Fixed,
	replay::{Replay, Symbol, Window},
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, time::Duration};

/// How many venues a server may have.
pub const MOST_VENUES: usize = 16;

/// A way for a venue to answer badly.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Misbehaviour {
	/// Answers 200 with something that is no JSON.
	Malformed,
	/// Answers right, but only after a time that no reader should wait.
	Slow,
	/// Answers right, in a body of many megabytes.
	Huge,
}

/// One venue's faults.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Venue {
	/// Factor on its quote of a symbol.
	pub wicks: BTreeMap<Symbol, Fixed>,
	/// Quotes nothing: answers 503.
	pub silent: bool,
	/// How it answers badly, if it does.
	pub misbehaviour: Option<Misbehaviour>,
}

/// What the server shows: the replay, its clock, and what the tests have set.
#[derive(Clone, Debug)]
pub struct Source {
	/// The candles.
	pub replay: Replay,
	/// Where the replay stands.
	pub clock: Clock,
	/// Prices that replace the replay's, at all venues.
	pub overrides: BTreeMap<Symbol, Fixed>,
	/// The venues, by number.
	pub venues: Vec<Venue>,
}

impl Source {
	/// A source at the first candle of a window with `venues` venues.
	///
	/// # Errors
	/// [`BadCandles`] when an excerpt was damaged.
	pub fn new(window: Window, venues: usize, speed: Fixed, paused: bool, repeat: bool) -> Result<Self, BadCandles> {
		let replay = Replay::of(window)?;
		let clock = Clock::new(replay.length(), speed, paused, repeat);
		Ok(Self {
			replay,
			clock,
			overrides: BTreeMap::new(),
			venues: vec![Venue::default(); venues],
		})
	}

	/// The true price: the replay's, or what was set in its place. `now` is the time since the server began.
	pub fn truth(&self, symbol: Symbol, now: Duration) -> Fixed {
		let replayed = || self.replay.price(symbol, self.clock.moment(now));
		self.overrides.get(&symbol).copied().unwrap_or_else(replayed)
	}

	/// What a venue quotes. `None`: there is no such venue.
	pub fn quote(&self, venue: usize, symbol: Symbol, now: Duration) -> Option<Fixed> {
		let wick = self
			.venues
			.get(venue)?
			.wicks
			.get(&symbol)
			.copied()
			.unwrap_or(Fixed::ONE);
		let price = self.truth(symbol, now);
		Some(
			price
				.times((10_000 + spread(venue, symbol)) as u128, 10_000)
				.scaled(wick),
		)
	}

	/// Unix time of the candles, in milliseconds.
	pub fn time(&self, now: Duration) -> u64 {
		self.replay.begins() * 1_000 + self.clock.moment(now)
	}
}

/// Basis points by which a venue's quote differs from the truth. Venue 0 quotes the truth, the others lie around it
/// in pairs, so that with an odd number of venues the median is the truth.
pub fn spread(venue: usize, symbol: Symbol) -> i64 {
	let unit = match symbol {
		Symbol::Btc => 2,
		Symbol::Eth => 3,
		Symbol::Dot => 4,
		Symbol::Usdc => 0,
	};
	let distance = venue.div_ceil(2) as i64;
	if venue % 2 == 1 {
		unit * distance
	} else {
		-unit * distance
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	const NOW: Duration = Duration::from_secs(60);

	fn source() -> Source {
		Source::new(Window::Crash, 3, Fixed::whole(432), false, false).unwrap()
	}

	fn quotes(source: &Source, symbol: Symbol) -> Vec<Fixed> {
		(0..3).map(|venue| source.quote(venue, symbol, NOW).unwrap()).collect()
	}

	#[test]
	fn venues_disagree_by_a_few_basis_points_around_the_truth() {
		let source = source();
		for symbol in [Symbol::Btc, Symbol::Eth, Symbol::Dot] {
			let truth = source.truth(symbol, NOW);
			let mut quotes = quotes(&source, symbol);
			quotes.sort();
			assert!(
				quotes[0] < quotes[1] && quotes[1] < quotes[2],
				"{symbol:?} has one price everywhere"
			);
			assert_eq!(quotes[1], truth);
			assert!(quotes[2].distance(quotes[0]).raw() * 10_000 <= truth.raw() * 10);
		}
	}

	#[test]
	fn the_dollar_is_a_dollar_at_every_venue() {
		assert_eq!(quotes(&source(), Symbol::Usdc), [Fixed::ONE; 3]);
	}

	#[test]
	fn the_most_venues_still_quote_close_to_the_truth() {
		for venue in 0..MOST_VENUES {
			assert!(spread(venue, Symbol::Dot).abs() <= 32);
		}
	}

	#[test]
	fn a_wick_moves_one_symbol_of_one_venue() {
		let mut source = source();
		let before = (quotes(&source, Symbol::Btc), quotes(&source, Symbol::Eth));
		source.venues[1].wicks.insert(Symbol::Btc, "0.7".parse().unwrap());
		let after = (quotes(&source, Symbol::Btc), quotes(&source, Symbol::Eth));
		assert_eq!(after.1, before.1);
		assert_eq!((after.0[0], after.0[2]), (before.0[0], before.0[2]));
		assert_eq!(after.0[1], before.0[1].scaled("0.7".parse().unwrap()));
	}

	#[test]
	fn an_override_moves_all_venues_and_the_truth() {
		let mut source = source();
		source.overrides.insert(Symbol::Btc, Fixed::whole(5_000));
		assert_eq!(source.truth(Symbol::Btc, NOW), Fixed::whole(5_000));
		assert_eq!(
			quotes(&source, Symbol::Btc),
			[Fixed::whole(5_000), Fixed::whole(5_001), Fixed::whole(4_999)]
		);
	}

	#[test]
	fn a_venue_that_is_not_there_quotes_nothing() {
		assert_eq!(source().quote(3, Symbol::Btc, NOW), None);
	}
}
