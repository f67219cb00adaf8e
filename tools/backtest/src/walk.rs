//! The runtime's own code, run over candles.

use crate::{
	candles::{Candle, Series},
	metrics::track::dollars,
	table::Column,
};
use margin_math::{Price, Ratio};
use margin_risk::volatility::{Estimator, HourReturn, MarginPath, Pace, VolatilityMargin};

/// Milliseconds in an hour: how often the ratio is looked at while candles are missing.
const HOUR: u64 = 3_600_000;

/// An asset's margin on its way through candles.
pub struct Walk {
	record: VolatilityMargin,
	pace: Pace,
	estimator: Estimator,
	path: Option<MarginPath>,
	hour: Option<HourReturn>,
}

impl Walk {
	/// An asset with this record that nobody has watched yet.
	pub fn new(record: VolatilityMargin) -> Self {
		Self {
			pace: record.pace(),
			record,
			estimator: Estimator::default(),
			path: None,
			hour: None,
		}
	}

	/// The maintenance ratio in force after the close of a candle of `length` seconds.
	///
	/// The first is what is required after it. From then on the ratio follows the requirement within the record's limits,
	/// also while candles are missing: then the requirement is looked at hourly.
	pub fn pass(&mut self, candle: &Candle, length: u64) -> Ratio {
		let (opens, length) = (candle.time.saturating_mul(1_000), length.saturating_mul(1_000));
		if let Some(path) = self.path {
			self.path = Some(self.wait(path, opens));
		}
		let folded = self
			.estimator
			.observe_bar(candle.high, candle.low, candle.close, opens, length);
		self.hour = folded.hour;
		let closes = opens.saturating_add(length);
		let required = self.required(closes);
		let path = match self.path {
			None => MarginPath::new(required, closes),
			Some(path) => path.step_over(
				required,
				self.record.floor,
				closes.saturating_sub(path.until),
				&self.pace,
			),
		};
		self.path = Some(path);
		path.at(closes)
	}

	/// The return of the hour that ended with the last candle, if one did and its beginning is known.
	pub const fn hour(&self) -> Option<HourReturn> {
		self.hour
	}

	/// Goes on without candles until one opens.
	fn wait(&self, path: MarginPath, opens: u64) -> MarginPath {
		let mut path = path;
		while path.until < opens {
			let elapsed = HOUR.min(opens.saturating_sub(path.until));
			let required = self.required(path.until.saturating_add(elapsed));
			let next = path.step_over(required, self.record.floor, elapsed, &self.pace);
			if next.until == path.until {
				break;
			}
			path = next;
		}
		path
	}

	fn required(&self, now: u64) -> Ratio {
		self.record.required(Some(&self.estimator.estimate(now)))
	}
}

/// The margins of a series. Calls `step` with what is done and how much there is.
pub fn margins(series: &Series, record: VolatilityMargin, step: &mut dyn FnMut(usize, usize)) -> Column {
	let mut walk = Walk::new(record);
	let mut margins = Vec::with_capacity(series.candles.len());
	for (done, candle) in series.candles.iter().enumerate() {
		step(done, series.candles.len());
		margins.push((candle.time, fraction(walk.pass(candle, series.length))));
	}
	Column {
		asset: series.asset.clone(),
		margins,
		before: Some(fraction(record.required(None))),
	}
}

/// A ratio as a float.
pub fn fraction(ratio: Ratio) -> f64 {
	dollars(Price::from_raw(ratio.raw()))
}
