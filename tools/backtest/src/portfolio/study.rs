//! The walk through the bars.

use super::{
	books::Kind,
	findings::{OfKind, Tally},
};
use crate::{
	candles::{Candle, Series},
	days::{self, Span},
	metrics::track::dollars,
	problem::Problem,
	walk::Walk,
};
use margin_math::{Ratio, Rounding, Value, UNIT};
use margin_risk::{
	portfolio::{requirement, Band, Bands, Exposure},
	volatility::{Pair, VolatilityMargin},
	Side,
};
use std::collections::BTreeMap;

/// So many bars between two words of progress.
const STRIDE: usize = 256;

/// The books of a kind.
type Books = Vec<Vec<f64>>;

/// What books go through: assets with the same bars, and what is judged.
pub struct Study<'a> {
	/// The assets, with the same bars.
	series: &'a [Series],
	/// Which bars are judged.
	span: Span,
	walks: Vec<Walk>,
	/// Of each asset with those before it.
	pairs: Vec<Vec<Pair>>,
}

impl<'a> Study<'a> {
	/// Of assets that [`together`] has put together, each with its record.
	pub fn new(series: &'a [Series], records: &[VolatilityMargin], span: Span) -> Self {
		Self {
			series,
			span,
			walks: records.iter().map(|record| Walk::new(*record)).collect(),
			pairs: (0..series.len()).map(|above| vec![Pair::default(); above]).collect(),
		}
	}

	/// Judges so many books of each kind after each bar, by year. Calls `step` with what is done and how much there is.
	///
	/// # Errors
	/// No two neighbouring bars lie in the days asked for.
	pub fn judge(
		mut self,
		count: usize,
		seed: u64,
		step: &mut dyn FnMut(usize, usize),
	) -> Result<Vec<OfKind>, Problem> {
		let books = Kind::ALL.map(|kind| kind.books(self.series.len(), count, seed));
		let mut tallies = Kind::ALL.map(|_| BTreeMap::<String, Tally>::new());
		let bars = self.series.first().map_or(0, |series| series.candles.len());
		for bar in 0..bars.saturating_sub(1) {
			if bar % STRIDE == 0 {
				step(bar, bars);
			}
			let margins = self.pass(bar);
			let Some(returns) = self.returns(bar) else { continue };
			let bands = Bands::of(self.series.len(), |above, below| {
				Band::around(self.pairs[above][below].correlation())
			});
			let year = days::year(self.series[0].candles[bar].time);
			for (books, tallies) in books.iter().zip(&mut tallies) {
				let tally = tallies.entry(year.clone()).or_default();
				judge(books, &margins, &bands, &returns, tally)?;
			}
		}
		if tallies.iter().any(BTreeMap::is_empty) {
			return Err(Problem::new(
				"no two neighbouring bars of all assets in the days asked for",
			));
		}
		let of_kind = |(kind, years)| OfKind::new(kind, years);
		Ok(Kind::ALL.into_iter().zip(tallies).map(of_kind).collect())
	}

	/// Takes in a bar of each asset: the margins in force after it.
	fn pass(&mut self, bar: usize) -> Vec<Ratio> {
		let walked = self.series.iter().zip(&mut self.walks);
		let margins = walked
			.map(|(series, walk)| walk.pass(&series.candles[bar], series.length))
			.collect();
		for (above, row) in self.pairs.iter_mut().enumerate() {
			for (below, pair) in row.iter_mut().enumerate() {
				if let (Some(a), Some(b)) = (self.walks[above].hour(), self.walks[below].hour()) {
					pair.observe(a, b);
				}
			}
		}
		margins
	}

	/// What each asset returns in the bar after this one, if this one is judged and the next follows at once.
	fn returns(&self, bar: usize) -> Option<Vec<f64>> {
		let first = self.series.first()?;
		let (this, next) = (first.candles[bar].time, first.candles[bar + 1].time);
		(self.span.contains(this) && next == this + first.length).then(|| {
			let close = |candle: &Candle| dollars(candle.close);
			let of = |series: &Series| close(&series.candles[bar + 1]) / close(&series.candles[bar]) - 1.0;
			self.series.iter().map(of).collect()
		})
	}
}

/// Books of thousands of dollars after one bar.
fn judge(books: &Books, margins: &[Ratio], bands: &Bands, returns: &[f64], tally: &mut Tally) -> Result<(), Problem> {
	let exposure = |(value, margin): (&f64, &Ratio)| {
		let side = if *value < 0.0 { Side::Debt } else { Side::Deposit };
		let value = Value::from_raw((value.abs() * 1_000.0 * UNIT as f64) as i128);
		let margin = value.mul_ratio(*margin, Rounding::Up)?;
		Some(Exposure { side, margin })
	};
	let too_large = || Problem::new("a book is too large");
	for book in books {
		let exposures: Option<Vec<Exposure>> = book.iter().zip(margins).map(exposure).collect();
		let exposures = exposures.ok_or_else(too_large)?;
		let required = requirement(&exposures, bands).ok_or_else(too_large)?;
		let alone: i128 = exposures.iter().map(|exposure| exposure.margin.raw()).sum();
		let loss: f64 = book
			.iter()
			.zip(returns)
			.map(|(value, back)| -value * 1_000.0 * back)
			.sum();
		tally.add(required.raw() as f64 / UNIT as f64, alone as f64 / UNIT as f64, loss);
	}
	Ok(())
}

/// The bars that all assets have.
///
/// # Errors
/// There are fewer than two.
pub fn together(all: &[Series]) -> Result<Vec<Series>, Problem> {
	let common = |series: &Series| {
		let in_all = |candle: &&Candle| all.iter().all(|other| other.place(candle.time).is_ok());
		Series {
			candles: series.candles.iter().filter(in_all).copied().collect(),
			..series.clone()
		}
	};
	let together: Vec<Series> = all.iter().map(common).collect();
	match together.first() {
		Some(series) if series.candles.len() >= 2 => Ok(together),
		_ => Err(Problem::new("fewer than two bars that all assets have")),
	}
}
