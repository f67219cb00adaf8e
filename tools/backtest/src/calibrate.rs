//! The parameter record of a new asset, from its history.
//!
//! An asset is told from another by one number, its usual volatility: the mean of what each hour of its last year shows by
//! its range. Base and multiple are the same for all assets, in parts of it.

use crate::{
	candles::{Candle, Series},
	days::{day, duration},
	problem::Problem,
};
use margin_math::Ratio;
use margin_risk::volatility::{Estimator, VolatilityMargin, FULL_HISTORY};

/// Seconds in an hour.
const HOUR: u64 = 3_600;

/// How far back history counts, in seconds: a year.
const YEAR: u64 = 8_760 * HOUR;

/// The record is rounded to this: a millionth.
const STEP: u128 = 1_000_000_000_000;

/// Least usual volatility an hour: less is no free market.
const LEAST: Ratio = Ratio::from_ppm(1_111);

/// Largest usual volatility an hour: with more the margin is at its cap nearly all the time.
const LARGEST: Ratio = Ratio::from_ppm(22_222);

/// The record of an asset from its candles before `until`, in Unix seconds.
///
/// # Errors
/// There is less than 30 days of history.
pub fn record(series: &Series, until: u64) -> Result<VolatilityMargin, Problem> {
	let history = history(series, until)?;
	let hours = by_hour(history, series.length);
	let sum = hours
		.iter()
		.map(|(candle, length)| seen(candle, *length).raw())
		.fold(0u128, u128::saturating_add);
	let mean = sum.checked_div(hours.len() as u128).unwrap_or_default();
	let rounded = Ratio::from_raw(mean.saturating_add(STEP / 2) / STEP * STEP);
	Ok(VolatilityMargin::of_usual(rounded.clamp(LEAST, LARGEST)))
}

/// The standard deviation of an hour's return that a candle shows by itself.
fn seen(candle: &Candle, length: u64) -> Ratio {
	let (opens, length) = (candle.time.saturating_mul(1_000), length.saturating_mul(1_000));
	let mut estimator = Estimator::default();
	estimator.observe_bar(candle.high, candle.low, candle.close, opens, length);
	estimator.estimate(opens.saturating_add(length)).volatility
}

/// Candles shorter than an hour put together to hours, each with its length; others as they are. Hours of which a candle is
/// missing show less than they had: they are left out.
fn by_hour(candles: &[Candle], length: u64) -> Vec<(Candle, u64)> {
	if length >= HOUR {
		return candles.iter().map(|candle| (*candle, length)).collect();
	}
	candles
		.chunk_by(|a, b| a.time / HOUR == b.time / HOUR)
		.filter(|hour| hour.len() as u64 * length >= HOUR)
		.filter_map(|hour| {
			hour.iter()
				.copied()
				.reduce(|whole, candle| Candle {
					high: whole.high.max(candle.high),
					low: whole.low.min(candle.low),
					close: candle.close,
					..whole
				})
				.map(|whole| (whole, HOUR))
		})
		.collect()
}

/// The candles of the last year that closed by `until`.
fn history(series: &Series, until: u64) -> Result<&[Candle], Problem> {
	let closed = series
		.candles
		.partition_point(|candle| candle.time.saturating_add(series.length) <= until);
	let most = usize::try_from(YEAR / series.length).unwrap_or(usize::MAX);
	let history = &series.candles[closed.saturating_sub(most)..closed];
	let seen = (history.len() as u64).saturating_mul(series.length);
	if seen < FULL_HISTORY / 1_000 {
		let text = format!(
			"{} of history before {}: at least {} are needed to know an asset",
			duration(seen),
			day(until),
			duration(FULL_HISTORY / 1_000)
		);
		return Err(Problem::of_file(&series.file, text));
	}
	Ok(history)
}

#[cfg(test)]
#[path = "tests/calibrate.rs"]
mod tests;
