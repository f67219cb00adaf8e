//! Two more assets, made of the returns of two that are given.
//!
//! Candles of two assets say little of books of four, and candles of a third and a fourth would be as like the first two as
//! all are. So each [`Construction`] makes two assets that move with the given ones as far as it says. A bar goes through
//! open, low, high, close (high first where it falls), and a made-up one through the exponentials of the same sums of
//! logarithms, so that its range is one that a price could have had.

use super::books::Draws;
use crate::{
	candles::{Candle, Series},
	metrics::track::dollars,
};
use margin_math::{Price, UNIT};
use std::path::Path;

/// Logarithms of a bar's prices over its open: open, the first and the second extreme, close.
type Steps = [f64; 4];

/// What a made-up asset's bar is made of.
#[derive(Clone, Copy, Debug)]
enum Part {
	/// The same bar of the first or the second given asset.
	Same(usize),
	/// The bar before.
	Before(usize),
	/// The bar of another time: nothing in it moves with this one.
	Elsewhere(usize),
}

/// What moves no other asset.
#[derive(Clone, Copy, Debug)]
enum Noise {
	None,
	/// Normal, with 0.4 % at the close of an hour.
	Plain,
	/// Student's t with four degrees of freedom, by a quarter of the second asset's range in the bar: jumps up to tens of
	/// percent that nothing announces.
	Fat,
}

type Recipe = (&'static [(f64, Part)], Noise);

/// How two assets are made.
#[derive(Clone, Copy, Debug)]
pub struct Construction {
	/// Its name.
	pub name: &'static str,
	/// What it is, of two assets A and B.
	pub about: &'static str,
	recipes: [Recipe; 2],
}

const LIKE_BOTH: Recipe = (
	&[
		(0.3, Part::Same(FIRST)),
		(0.8, Part::Same(SECOND)),
		(0.6, Part::Elsewhere(SECOND)),
	],
	Noise::None,
);
const FIRST: usize = 0;
const SECOND: usize = 1;

/// All constructions.
pub const ALL: [Construction; 5] = [
	Construction {
		name: "mixed",
		about: "0.3 A + 0.8 B + 0.6 B elsewhere; 0.6 A + 0.3 B + noise",
		recipes: [
			LIKE_BOTH,
			(&[(0.6, Part::Same(FIRST)), (0.3, Part::Same(SECOND))], Noise::Plain),
		],
	},
	Construction {
		name: "lagging",
		about: "0.3 A + 0.8 B + 0.6 B elsewhere; 0.6 A + 0.3 B a bar late + noise",
		recipes: [
			LIKE_BOTH,
			(&[(0.6, Part::Same(FIRST)), (0.3, Part::Before(SECOND))], Noise::Plain),
		],
	},
	Construction {
		name: "half apart",
		about: "0.7 B + 0.7 B elsewhere; 0.7 A + 0.7 A elsewhere",
		recipes: [
			(
				&[(0.7, Part::Same(SECOND)), (0.7, Part::Elsewhere(SECOND))],
				Noise::None,
			),
			(&[(0.7, Part::Same(FIRST)), (0.7, Part::Elsewhere(FIRST))], Noise::None),
		],
	},
	Construction {
		name: "apart",
		about: "B elsewhere; A elsewhere",
		recipes: [
			(&[(1.0, Part::Elsewhere(SECOND))], Noise::None),
			(&[(1.0, Part::Elsewhere(FIRST))], Noise::None),
		],
	},
	Construction {
		name: "jumps",
		about: "0.9 B + 0.5 B elsewhere + fat noise; 0.8 A + 0.5 A elsewhere + fat noise",
		recipes: [
			(&[(0.9, Part::Same(SECOND)), (0.5, Part::Elsewhere(SECOND))], Noise::Fat),
			(&[(0.8, Part::Same(FIRST)), (0.5, Part::Elsewhere(FIRST))], Noise::Fat),
		],
	},
];

/// How far away the other time is, in parts of all bars, of the first and the second asset. History is taken as a ring.
const ELSEWHERE: [usize; 2] = [7, 4];

impl Construction {
	/// Two assets beside two that are given with the same bars: the same for the same seed.
	pub fn make(&self, given: [&Series; 2], seed: u64) -> [Series; 2] {
		let steps = given.map(|series| series.candles.iter().map(steps).collect::<Vec<_>>());
		let mut draws = Draws::new(seed);
		let names = ["made-up C", "made-up D"];
		std::array::from_fn(|place| Series {
			asset: names[place].into(),
			file: Path::new(self.name).into(),
			length: given[0].length,
			candles: self.candles(place, given[0], &steps, &mut draws),
		})
	}

	fn candles(&self, place: usize, times: &Series, steps: &[Vec<Steps>; 2], draws: &mut Draws) -> Vec<Candle> {
		let (parts, noise) = self.recipes[place];
		let count = times.candles.len();
		let root_of_hours = (times.length as f64 / 3_600.0).sqrt();
		let mut open = 100.0;
		let mut candles = Vec::with_capacity(count);
		for (bar, at) in times.candles.iter().enumerate() {
			let mut sum = self::noise(noise, steps[SECOND][bar], root_of_hours, draws);
			for (share, part) in parts {
				let part = match *part {
					Part::Same(asset) => steps[asset][bar],
					Part::Before(asset) => steps[asset][bar.saturating_sub(1)],
					Part::Elsewhere(asset) => steps[asset][(bar + count / ELSEWHERE[asset]) % count],
				};
				sum = std::array::from_fn(|step| sum[step] + share * part[step]);
			}
			let prices = sum.map(|step| open * step.exp());
			candles.push(candle(at.time, prices));
			open = prices[3];
		}
		candles
	}
}

fn steps(candle: &Candle) -> Steps {
	let [open, high, low, close] = [candle.open, candle.high, candle.low, candle.close].map(dollars);
	let path = if close >= open {
		[open, low, high, close]
	} else {
		[open, high, low, close]
	};
	path.map(|price| (price / open).ln())
}

fn noise(noise: Noise, like: Steps, root_of_hours: f64, draws: &mut Draws) -> Steps {
	match noise {
		Noise::None => [0.0; 4],
		Noise::Plain => [0.0, 0.003, 0.003, 0.004].map(|size| size * root_of_hours * draws.normal()),
		Noise::Fat => {
			let size = 0.25 * (like[1] - like[2]).abs().max(0.002 * root_of_hours);
			[0.0, size, size, size].map(|size| size * draws.fat())
		},
	}
}

fn candle(time: u64, prices: [f64; 4]) -> Candle {
	let price = |dollars: f64| Price::from_raw((dollars * UNIT as f64) as u128);
	Candle {
		time,
		open: price(prices[0]),
		high: price(prices.into_iter().fold(0.0, f64::max)),
		low: price(prices.into_iter().fold(f64::MAX, f64::min)),
		close: price(prices[3]),
	}
}
