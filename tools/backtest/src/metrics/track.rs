//! An asset's bars with the margins in force.

use crate::{
	candles::{Candle, Series},
	days::{moment, Span},
	problem::Problem,
	table::Column,
};
use margin_math::{Price, UNIT};
use std::ops::Range;

/// Prices of a bar, in dollars.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Bar {
	/// Unix second at which it opens.
	pub time: u64,
	/// First price.
	pub open: f64,
	/// Highest price.
	pub high: f64,
	/// Lowest price.
	pub low: f64,
	/// Last price.
	pub close: f64,
}

impl From<&Candle> for Bar {
	fn from(candle: &Candle) -> Self {
		Self {
			time: candle.time,
			open: dollars(candle.open),
			high: dollars(candle.high),
			low: dollars(candle.low),
			close: dollars(candle.close),
		}
	}
}

/// A price as a float.
pub fn dollars(price: Price) -> f64 {
	price.raw() as f64 / UNIT as f64
}

/// Bars of an asset, the margin in force after each, and which of them are judged.
#[derive(Clone, Debug)]
pub struct Track {
	/// The asset's name.
	pub asset: String,
	/// The bars, also those before and after the judged ones.
	pub bars: Vec<Bar>,
	/// The maintenance margin in force after the close of each bar, as a fraction.
	pub margins: Vec<f64>,
	/// Which bars are judged.
	pub judged: Range<usize>,
	/// Length of a bar in hours.
	pub hours: f64,
}

impl Track {
	/// The bars of `series` within `span`, with the margins of `column`, or with one margin throughout.
	///
	/// # Errors
	/// No bar lies within the span, or one of them has no margin.
	pub fn new(series: &Series, margins: &Margins, span: Span) -> Result<Self, Problem> {
		let bars: Vec<Bar> = series.candles.iter().map(Bar::from).collect();
		let begin = bars.partition_point(|bar| span.from.is_some_and(|from| bar.time < from));
		let end = bars.partition_point(|bar| span.until.is_none_or(|until| bar.time < until));
		let (Some(first), true) = (bars.get(begin), begin < end) else {
			let text = format!(
				"no candle of {} in the days asked for: it has {} to {}",
				series.asset,
				moment(series.first()),
				moment(series.last())
			);
			return Err(Problem::of_file(&series.file, text));
		};
		let margins = match margins {
			Margins::Static(margin) => vec![*margin; bars.len()],
			Margins::Following(column) => {
				if let Some(bar) = bars[begin..end].iter().find(|bar| !column.has(bar.time)) {
					return Err(Problem::new(format!(
						"no margin of {} for the bar of {} ({})",
						series.asset,
						moment(bar.time),
						bar.time
					)));
				}
				let held = column.at(first.time).unwrap_or_default();
				bars.iter().map(|bar| column.at(bar.time).unwrap_or(held)).collect()
			},
		};
		Ok(Self {
			asset: series.asset.clone(),
			bars,
			margins,
			judged: begin..end,
			hours: series.length as f64 / 3_600.0,
		})
	}

	/// The margins of the judged bars.
	pub fn judged_margins(&self) -> &[f64] {
		&self.margins[self.judged.clone()]
	}

	/// The same bars with every margin times `factor`.
	#[must_use]
	pub fn scaled(&self, factor: f64) -> Self {
		let margins = self.margins.iter().map(|margin| margin * factor).collect();
		Self {
			margins,
			..self.clone()
		}
	}

	/// The same bars with one margin throughout.
	#[must_use]
	pub fn with_static(&self, margin: f64) -> Self {
		Self {
			margins: vec![margin; self.bars.len()],
			..self.clone()
		}
	}
}

/// Which margins are judged.
#[derive(Clone, Debug)]
pub enum Margins {
	/// One margin throughout.
	Static(f64),
	/// Margins that move.
	Following(Column),
}

/// The mean of all judged margins, of all assets together.
pub fn average(tracks: &[Track]) -> f64 {
	let (sum, count) = tracks.iter().fold((0.0, 0usize), |(sum, count), track| {
		let margins = track.judged_margins();
		(sum + margins.iter().sum::<f64>(), count + margins.len())
	});
	sum / count as f64
}
