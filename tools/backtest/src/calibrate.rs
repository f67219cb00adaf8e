//! The parameter record of a new asset, from its history.

use crate::{
	candles::Series,
	days::{day, duration},
	problem::Problem,
	record,
};
use margin_math::Ratio;
use margin_risk::volatility::{Estimator, VolatilityMargin, FULL_HISTORY};

/// The record of an asset from its candles before `until`, in Unix seconds. Calls `step` with what is done and how much
/// there is.
///
/// # Errors
/// There is less than 30 days of history, or what follows from it is out of its range.
pub fn record(series: &Series, until: u64, step: &mut dyn FnMut(usize, usize)) -> Result<VolatilityMargin, Problem> {
	let history = history(series, until)?;
	let mut estimator = Estimator::default();
	let (mut sum, mut count) = (0u128, 0u128);
	for (done, candle) in history.iter().enumerate() {
		step(done, history.len());
		let opens = candle.time.saturating_mul(1_000);
		let length = series.length.saturating_mul(1_000);
		estimator.observe_bar(candle.high, candle.low, candle.close, opens, length);
		sum += estimator.estimate(opens.saturating_add(length)).volatility.raw();
		count += 1;
	}
	let usual = Ratio::from_raw(sum.checked_div(count).unwrap_or_default());
	let record = VolatilityMargin {
		usual: Some(usual),
		..record::without_history()
	};
	Ok(record)
}

/// The candles that closed by `until`.
fn history(series: &Series, until: u64) -> Result<&[crate::candles::Candle], Problem> {
	let behind = series
		.candles
		.partition_point(|candle| candle.time.saturating_add(series.length) <= until);
	let history = &series.candles[..behind];
	let seen = (history.len() as u64).saturating_mul(series.length);
	if seen * 1_000 < FULL_HISTORY {
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
