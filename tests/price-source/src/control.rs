//! What a test may set while the server runs. A request is taken as a whole or not at all.

use crate::{
	fixed::Fixed,
	replay::Symbol,
	venues::{Misbehaviour, Source, Venue},
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt, time::Duration};

/// Candle seconds in a second that are still sensible: a day in a second.
const FASTEST: Fixed = Fixed::whole(86_400);

/// The body of `POST /control`. Every field may be left out.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
	/// Clears everything that was set (overrides, wicks, silence, misbehaviour), before the rest of this request. The
	/// clock is left alone.
	#[serde(default)]
	pub reset: bool,
	/// Stops or goes on.
	pub paused: Option<bool>,
	/// Candle seconds in a second.
	pub speed: Option<Fixed>,
	/// Moves to this unix second of the candles.
	pub seek: Option<u64>,
	/// A price for a symbol at all venues; `null` gives the replay's back.
	#[serde(default, rename = "override")]
	pub overrides: BTreeMap<Symbol, Option<Fixed>>,
	/// Changes of single venues, by number.
	#[serde(default)]
	pub venues: BTreeMap<usize, VenueRequest>,
}

/// What is set at one venue.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VenueRequest {
	/// A factor on its quote of a symbol; `null` takes it away.
	#[serde(default)]
	pub wick: BTreeMap<Symbol, Option<Fixed>>,
	/// Quotes nothing, or quotes again.
	pub silent: Option<bool>,
	/// Answers badly; `null` answers well again.
	#[serde(default, deserialize_with = "present")]
	pub misbehave: Option<Option<Misbehaviour>>,
}

/// Keeps a `null` apart from a field that is not there.
fn present<'de, D: serde::Deserializer<'de>>(input: D) -> Result<Option<Option<Misbehaviour>>, D::Error> {
	Option::deserialize(input).map(Some)
}

/// Why a request was not taken.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refusal {
	/// There is no venue of this number.
	UnknownVenue(usize),
	/// The replay does not reach this time.
	OutsideReplay {
		/// The time that was asked for, in unix seconds.
		asked: u64,
		/// First candle's open.
		begins: u64,
		/// Last candle's close.
		ends: u64,
	},
	/// The speed is zero (pause instead) or more than a day in a second.
	BadSpeed(Fixed),
}

impl fmt::Display for Refusal {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::UnknownVenue(venue) => write!(f, "there is no venue {venue}"),
			Self::OutsideReplay { asked, begins, ends } => {
				write!(f, "the replay goes from {begins} to {ends}, {asked} is outside")
			},
			Self::BadSpeed(speed) => {
				write!(
					f,
					"a speed of {speed} is not above 0 and at most {FASTEST}; to stop, set paused"
				)
			},
		}
	}
}

impl Request {
	/// Does what the request asks for.
	///
	/// # Errors
	/// [`Refusal`], and then nothing was changed.
	pub fn apply(self, source: &mut Source, now: Duration) -> Result<(), Refusal> {
		self.check(source)?;
		if self.reset {
			source.overrides.clear();
			source.venues.fill(Venue::default());
		}
		if let Some(moment) = self.seek.map(|unix| (unix - source.replay.begins()) * 1_000) {
			source.clock.seek(now, moment);
		}
		if let Some(speed) = self.speed {
			source.clock.set_speed(now, speed);
		}
		if let Some(paused) = self.paused {
			source.clock.set_paused(now, paused);
		}
		put(&mut source.overrides, self.overrides);
		for (number, change) in self.venues {
			let Some(venue) = source.venues.get_mut(number) else {
				continue;
			};
			put(&mut venue.wicks, change.wick);
			venue.silent = change.silent.unwrap_or(venue.silent);
			venue.misbehaviour = change.misbehave.unwrap_or(venue.misbehaviour);
		}
		Ok(())
	}

	fn check(&self, source: &Source) -> Result<(), Refusal> {
		if let Some(&venue) = self.venues.keys().find(|&&venue| venue >= source.venues.len()) {
			return Err(Refusal::UnknownVenue(venue));
		}
		let (begins, ends) = (source.replay.begins(), source.replay.ends());
		if let Some(asked) = self.seek.filter(|unix| !(begins..=ends).contains(unix)) {
			return Err(Refusal::OutsideReplay { asked, begins, ends });
		}
		match self.speed {
			Some(speed) if speed == Fixed::ZERO || speed > FASTEST => Err(Refusal::BadSpeed(speed)),
			_ => Ok(()),
		}
	}
}

fn put(into: &mut BTreeMap<Symbol, Fixed>, changes: BTreeMap<Symbol, Option<Fixed>>) {
	for (symbol, change) in changes {
		match change {
			Some(value) => into.insert(symbol, value),
			None => into.remove(&symbol),
		};
	}
}

/// What is set now: the answer of `/control`.
#[derive(Clone, Debug, Serialize)]
pub struct State {
	/// Unix seconds of the candles, with milliseconds.
	pub time: f64,
	/// Whether the replay stands at its end.
	pub done: bool,
	/// Whether candle time stands still.
	pub paused: bool,
	/// Candle seconds in a second.
	pub speed: Fixed,
	/// Prices set in place of the replay's.
	#[serde(rename = "override")]
	pub overrides: BTreeMap<Symbol, Fixed>,
	/// The venues, in order.
	pub venues: Vec<Venue>,
}

impl State {
	/// Reads it off the source.
	pub fn of(source: &Source, now: Duration) -> Self {
		Self {
			time: source.time(now) as f64 / 1_000.0,
			done: source.clock.done(now),
			paused: source.clock.paused(),
			speed: source.clock.speed(),
			overrides: source.overrides.clone(),
			venues: source.venues.clone(),
		}
	}
}
