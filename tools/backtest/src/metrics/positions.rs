//! What positions opened every hour cost the protocol, and how many of them it liquidated.

use super::{track::Bar, Track, COST};

/// Mean holding time, in hours.
const MEAN_HOLDING: f64 = 24.0;

/// Longest holding time, in hours.
const LONGEST_HOLDING: f64 = 96.0;

/// Least equity of a new position, as a fraction of its value.
const LEAST_EQUITY: f64 = 0.10;

/// Hours in a year.
const YEAR: f64 = 8_760.0;

/// What became of all positions.
///
/// A long and a short of one unit are opened after every hour, with an equity of 10 % of their value or twice the margin,
/// whichever is more. Holding times are exponential with a mean of 24 hours, at most 96: nothing is drawn, every hour counts
/// with the chance that the position is still open. A price path goes through open, low, high and close (low first when
/// the bar rises). Below the margin then in force a position is liquidated: it ends one path point later at the worse of
/// both prices, less 0.5 %, and what its equity lacks is bad debt.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Positions {
	/// Positions opened.
	pub opened: f64,
	/// Hours that positions were open.
	pub exposure: f64,
	/// Positions liquidated.
	pub liquidated: f64,
	/// Losses beyond equity, in units of a position's value.
	pub bad_debt: f64,
}

#[derive(Clone, Copy)]
enum Side {
	Long,
	Short,
}

impl Side {
	/// Gain as a fraction of the entry's value, at a price relative to the entry's.
	fn gain(self, price: f64) -> f64 {
		match self {
			Self::Long => price - 1.0,
			Self::Short => 1.0 - price,
		}
	}

	/// The worse of two prices.
	fn worse(self, a: f64, b: f64) -> f64 {
		match self {
			Self::Long => a.min(b),
			Self::Short => a.max(b),
		}
	}
}

impl Positions {
	/// What became of the positions opened after the judged bars.
	pub fn of(track: &Track) -> Self {
		let bars = (LONGEST_HOLDING / track.hours).ceil() as usize;
		let survival: Vec<f64> = (0..bars)
			.map(|bar| (-(bar as f64) * track.hours / MEAN_HOLDING).exp())
			.collect();
		// Bars shorter than an hour open positions no more often than hourly.
		let every = (1.0 / track.hours).round().max(1.0) as usize;
		let mut all = Self::default();
		for start in track.judged.clone().step_by(every) {
			if start + 1 < track.bars.len() {
				all.hold(track, start, Side::Long, &survival);
				all.hold(track, start, Side::Short, &survival);
			}
		}
		all
	}

	/// Both together.
	#[must_use]
	pub fn and(self, other: Self) -> Self {
		Self {
			opened: self.opened + other.opened,
			exposure: self.exposure + other.exposure,
			liquidated: self.liquidated + other.liquidated,
			bad_debt: self.bad_debt + other.bad_debt,
		}
	}

	/// Bad debt in dollars, for a million of open interest and a year; zero without a position.
	pub fn dollars_per_million_year(&self) -> f64 {
		if self.exposure == 0.0 {
			return 0.0;
		}
		self.bad_debt / self.exposure * YEAR * 1e6
	}

	/// Share of positions that were liquidated; zero without a position.
	pub fn liquidated_share(&self) -> f64 {
		if self.opened == 0.0 {
			return 0.0;
		}
		self.liquidated / self.opened
	}

	fn hold(&mut self, track: &Track, start: usize, side: Side, survival: &[f64]) {
		self.opened += 1.0;
		let entry = track.bars[start].close;
		let equity = LEAST_EQUITY.max(2.0 * track.margins[start]);
		let mut triggered = None;
		for ((bar, margin), alive) in track.bars[start + 1..]
			.iter()
			.zip(&track.margins[start..])
			.zip(survival)
		{
			self.exposure += alive * track.hours;
			let below = |price: f64| equity + side.gain(price) < margin * price;
			let worst = side.worse(bar.low / entry, bar.high / entry);
			if triggered.is_none() && !below(worst) {
				continue;
			}
			for price in path(bar).map(|price| price / entry) {
				let Some(trigger) = triggered else {
					if below(price) {
						triggered = Some(price);
						self.liquidated += alive;
					}
					continue;
				};
				let left = equity + side.gain(side.worse(trigger, price)) - COST;
				self.bad_debt += alive * (-left).max(0.0);
				return;
			}
		}
	}
}

fn path(bar: &Bar) -> [f64; 4] {
	if bar.close >= bar.open {
		[bar.open, bar.low, bar.high, bar.close]
	} else {
		[bar.open, bar.high, bar.low, bar.close]
	}
}
