//! Margins beside a static margin of the same average and a static margin of 5 %.

use crate::metrics::{track, Cyclicality, Positions, Shortfall, Track};
use serde::Serialize;

/// The static margin that everything is compared with, and the average to which margins are scaled for it.
pub const BENCHMARK: f64 = 0.05;

/// Figures of margins.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Score {
	/// Mean margin, as a fraction.
	pub average: f64,
	/// Shortfall in milli-bps.
	pub shortfall: f64,
	/// Bad debt in dollars for a million of open interest and a year.
	pub bad_debt: f64,
	/// Share of positions that were liquidated.
	pub liquidated: f64,
}

impl Score {
	/// Of all bars of all tracks together.
	pub fn of(tracks: &[Track]) -> Self {
		let shortfall = tracks
			.iter()
			.map(Shortfall::of)
			.fold(Shortfall::default(), Shortfall::and);
		let positions = tracks
			.iter()
			.map(Positions::of)
			.fold(Positions::default(), Positions::and);
		Self {
			average: track::average(tracks),
			shortfall: shortfall.milli_bps(),
			bad_debt: positions.dollars_per_million_year(),
			liquidated: positions.liquidated_share(),
		}
	}
}

/// Margins and what they are compared with.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Comparison {
	/// Judged bars.
	pub bars: usize,
	/// The margins as they are.
	pub as_given: Score,
	/// One margin throughout, of the same average.
	pub static_same_average: Score,
	/// The margins times one factor, of all assets the same, so that the average of all is 5 %.
	pub equal_capital: Score,
	/// 5 % throughout.
	pub static_benchmark: Score,
}

impl Comparison {
	fn of(tracks: &[Track], factor: f64) -> Self {
		let with_static =
			|margin: f64| Score::of(&tracks.iter().map(|track| track.with_static(margin)).collect::<Vec<_>>());
		Self {
			bars: tracks.iter().map(|track| track.judged.len()).sum(),
			as_given: Score::of(tracks),
			static_same_average: with_static(track::average(tracks)),
			equal_capital: Score::of(&tracks.iter().map(|track| track.scaled(factor)).collect::<Vec<_>>()),
			static_benchmark: with_static(BENCHMARK),
		}
	}
}

/// An asset's part of a [`Report`].
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AssetReport {
	/// The asset's name.
	pub asset: String,
	/// Opening of the first judged bar, in Unix seconds.
	pub first: u64,
	/// Opening of the last.
	pub last: u64,
	/// Its figures.
	pub comparison: Comparison,
	/// How much and how fast its margins moved.
	pub cyclicality: Cyclicality,
}

/// Everything that `evaluate` says.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
	/// Length of a bar in seconds.
	pub bar: u64,
	/// All assets together.
	pub all: Comparison,
	/// Each of them.
	pub assets: Vec<AssetReport>,
}

impl Report {
	/// Judges at least one track. Calls `step` with what it did so far and how much there is.
	pub fn of(tracks: &[Track], step: &mut dyn FnMut(usize, usize)) -> Self {
		let factor = BENCHMARK / track::average(tracks);
		let steps = tracks.len() + 1;
		let mut assets = Vec::new();
		for (done, track) in tracks.iter().enumerate() {
			step(done, steps);
			let time = |place: Option<usize>| place.and_then(|place| track.bars.get(place)).map_or(0, |bar| bar.time);
			assets.push(AssetReport {
				asset: track.asset.clone(),
				first: time(Some(track.judged.start)),
				last: time(track.judged.end.checked_sub(1)),
				comparison: Comparison::of(std::slice::from_ref(track), factor),
				cyclicality: Cyclicality::of(track),
			});
		}
		step(tracks.len(), steps);
		let all = match assets.as_slice() {
			[single] => single.comparison,
			_ => Comparison::of(tracks, factor),
		};
		step(steps, steps);
		Self {
			bar: tracks.first().map_or(0, |track| (track.hours * 3_600.0).round() as u64),
			all,
			assets,
		}
	}
}
