//! The integers of the runtime against the same rule in floats.

use crate::desk::{csv, walk, Candle, Desk, HOUR};
use margin_backtest::{record, walk::fraction};
use margin_risk::volatility::{rule::RULE, VolatilityMargin};

/// Half-life of the long-run level, in hours.
const LEVEL_HALF_LIFE: f64 = 13_140.0;

/// For how many hours of the asset's own past the usual volatility of its record counts.
const PRIOR_HOURS: f64 = 1_500.0;

/// Hours from which an asset's own volatility may count for less than the usual one.
const FULL_HISTORY: f64 = 720.0;

/// The margins after hourly candles without gaps, by a record with a usual volatility.
fn margins(record: &VolatilityMargin, candles: &[Candle]) -> Vec<f64> {
	let [base, multiple, floor, cap, rise, fall] = [
		record.base,
		record.multiple,
		record.floor,
		record.cap,
		record.rise,
		record.fall,
	]
	.map(fraction);
	let usual = fraction(record.usual.unwrap());
	let mut averages = [0.0; RULE.len()];
	let (mut level, mut hours, mut margin) = (usual, 0.0, None);
	let share = |half_life: f64, hours: f64| (1.0 - 0.5f64.powf(1.0 / half_life)).max(1.0 / hours);
	let mut all = Vec::new();
	for (_, [_, high, low, _]) in candles {
		let range = 2.0 * (high - low) / (high + low);
		let variance = range * range / (4.0 * 2f64.ln());
		hours += 1.0;
		let mut volatility = 0.0;
		for (average, memory) in averages.iter_mut().zip(RULE) {
			*average += share(f64::from(memory.half_life) / 60.0, hours) * (variance - *average);
			volatility += f64::from(memory.weight) / 1e6 * average.sqrt();
		}
		let mut relative = volatility * usual / level.clamp(usual / 2.0, usual * 2.0);
		level += share(LEVEL_HALF_LIFE, PRIOR_HOURS + hours) * (variance.sqrt() - level);
		if hours < FULL_HISTORY {
			relative = f64::max(relative, usual);
		}
		let required = (base + multiple * relative).clamp(floor, cap);
		let next = margin.map_or(required, |margin: f64| {
			required.clamp(margin * (1.0 - fall), margin * (1.0 + rise))
		});
		margin = Some(next);
		all.push(next);
	}
	all
}

#[test]
fn integers_stay_within_a_ten_thousandth_of_floats_over_a_year() {
	let desk = Desk::new();
	let candles = walk(31, 365 * 24, HOUR, 0.006);
	desk.write("x.csv", csv(&candles));
	for (asset, record) in record::built_in() {
		desk.done(&format!("margins --candles {asset}=x.csv --out m.csv"));
		let rows = desk.margins("m.csv");
		let expected = margins(&record, &candles);
		assert_eq!(rows.len(), expected.len());
		let (low, high) = expected
			.iter()
			.fold((1.0f64, 0.0f64), |(low, high), m| (low.min(*m), high.max(*m)));
		assert!(high > 2.0 * low, "the walk must move margins: {low} to {high}");
		for ((time, found), expected) in rows.iter().zip(&expected) {
			let off = (found[0] / expected - 1.0).abs();
			assert!(off <= 1e-4, "{asset} at {time}: {} is not {expected}", found[0]);
		}
	}
}
