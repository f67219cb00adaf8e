use super::*;
use crate::candles;

/// So many candles of a length in seconds, each with a range of 2 % of its middle, or of what `range` says.
fn series(count: u64, length: u64, range: impl Fn(u64) -> f64) -> Series {
	let mut text = String::from("time,open,high,low,close\n");
	for bar in 0..count {
		let half = range(bar) / 2.0;
		text += &format!("{},100,{},{},100\n", bar * length, 100.0 + half, 100.0 - half);
	}
	candles::series(&text).unwrap()
}

fn usual(series: &Series, until: u64) -> f64 {
	let usual = record(series, until).unwrap().usual.unwrap();
	usual.raw() as f64 / 1e18
}

/// What a range of 1 % shows by itself: `0.01 / sqrt(4 ln 2)`.
const PER_CENT: f64 = 0.006_005_6;

#[test]
fn the_usual_volatility_is_the_mean_of_what_hours_show() {
	let steady = series(1_000, 3_600, |_| 1.0);
	assert_eq!(usual(&steady, u64::MAX), 0.006_006);
	let mixed = series(1_000, 3_600, |bar| if bar % 2 == 0 { 0.5 } else { 1.5 });
	assert!((usual(&mixed, u64::MAX) - PER_CENT).abs() < 1e-6);
}

#[test]
fn base_and_multiple_follow_from_it() {
	let record = record(&series(1_000, 3_600, |_| 1.0), u64::MAX).unwrap();
	assert_eq!(record, VolatilityMargin::of_usual(Ratio::from_ppm(6_006)));
	record.check().unwrap();
}

#[test]
fn only_the_year_before_the_day_counts() {
	let wild = |bar: u64| {
		if (1_000..1_000 + 8_760).contains(&bar) {
			1.0
		} else {
			5.0
		}
	};
	let series = series(12_000, 3_600, wild);
	assert!((usual(&series, 9_760 * 3_600) - PER_CENT).abs() < 1e-6);
	assert!(usual(&series, 9_770 * 3_600) > PER_CENT + 1e-5);
	assert!(usual(&series, 9_750 * 3_600) > PER_CENT + 1e-5);
	// The candle that has not closed by then does not count either.
	assert!((usual(&series, 9_761 * 3_600 - 1) - PER_CENT).abs() < 1e-6);
}

#[test]
fn bars_of_two_hours_count_for_an_hour_each() {
	// Twice the variance in twice the time.
	let slow = series(1_000, 7_200, |_| 2f64.sqrt());
	assert!((usual(&slow, u64::MAX) - PER_CENT).abs() < 2e-6);
}

#[test]
fn short_bars_are_put_together_to_hours() {
	// Three quarters are quiet; the hour's range is that of the fourth.
	let quick = series(4_000, 900, |bar| if bar % 4 == 3 { 1.0 } else { 0.1 });
	assert!((usual(&quick, u64::MAX) - PER_CENT).abs() < 1e-6);
}

#[test]
fn an_asset_that_does_not_move_or_moves_without_end_gets_the_ends_of_the_range() {
	assert_eq!(usual(&series(1_000, 3_600, |_| 0.0), u64::MAX), 0.001_111);
	assert_eq!(usual(&series(1_000, 3_600, |_| 50.0), u64::MAX), 0.022_222);
}

#[test]
fn less_than_thirty_days_are_too_few() {
	let series = series(1_000, 3_600, |_| 1.0);
	assert!(record(&series, 720 * 3_600).is_ok());
	let error = record(&series, 720 * 3_600 - 1).unwrap_err().to_string();
	assert_eq!(
		error,
		"btc.csv: 719 h of history before 1970-01-30: at least 720 h are needed to know an asset"
	);
}
