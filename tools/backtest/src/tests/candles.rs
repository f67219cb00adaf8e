use super::*;
use std::path::Path;

const HEADER: &str = "time,open,high,low,close\n";
const TWO: &str = "0,10,12,9,11\n3600,11,12,10,12\n";

fn wrong(rows: &str) -> String {
	series(&format!("{HEADER}{rows}")).unwrap_err().to_string()
}

#[test]
fn columns_are_found_by_name_in_any_order_and_case() {
	let plain = series(&format!("{HEADER}{TWO}")).unwrap();
	let mixed = "Close,volume,LOW,High,time,Open\n11,7,9,12,0,10\n12,7,10,12,3600000000000,11\n";
	let mixed = series(&mixed.replace("3600000000000", "3600")).unwrap();
	assert_eq!(plain.candles, mixed.candles);
	assert_eq!(plain.length, 3_600);
}

#[test]
fn missing_and_doubled_columns_are_named() {
	let error = series("time,open,high,close\n0,1,1,1\n").unwrap_err().to_string();
	assert_eq!(
		error,
		"btc.csv: line 1: no column is named `low`; there are: time, open, high, close"
	);
	let error = series("time,open,high,low,close,Close\n").unwrap_err().to_string();
	assert_eq!(error, "btc.csv: line 1: two columns are named `close`");
}

#[test]
fn an_empty_file_is_refused() {
	assert_eq!(series("").unwrap_err().to_string(), "btc.csv: is empty");
	assert_eq!(wrong(""), "btc.csv: 0 candles: at least two are needed");
	assert_eq!(wrong("0,10,12,9,11\n"), "btc.csv: 1 candles: at least two are needed");
}

#[test]
fn a_short_row_is_told_with_its_line() {
	assert_eq!(
		wrong("0,10,12,9,11\n3600,11,12\n"),
		"btc.csv: line 3: 3 columns where the header has 5"
	);
}

#[test]
fn bad_prices_are_told_with_their_line() {
	let with = |candle: &str| wrong(&format!("{TWO}{candle}\n"));
	assert_eq!(with("7200,0,12,9,11"), "btc.csv: line 4: open `0` is zero");
	assert_eq!(with("7200,10,12,-9,11"), "btc.csv: line 4: low `-9` is negative");
	assert_eq!(with("7200,10,inf,9,11"), "btc.csv: line 4: high `inf` is not finite");
	assert_eq!(with("7200,10,12,9,"), "btc.csv: line 4: close `` is missing");
	assert_eq!(with("7200,10,9,12,11"), "btc.csv: line 4: high 9 is below low 12");
	assert_eq!(
		with("7200,10,12,9,13"),
		"btc.csv: line 4: close 13 is not between low 9 and high 12"
	);
	assert_eq!(
		with("7200,8,12,9,11"),
		"btc.csv: line 4: open 8 is not between low 9 and high 12"
	);
	assert_eq!(
		with("noon,10,12,9,11"),
		"btc.csv: line 4: time `noon` is not a Unix time in seconds"
	);
}

#[test]
fn a_close_outside_by_rounding_widens_the_candle() {
	let candles = series(&format!("{HEADER}{TWO}7200,10,12,9,12.001\n")).unwrap().candles;
	assert_eq!(candles[2].high, decimal::price("12.001").unwrap());
}

#[test]
fn candles_must_be_in_order() {
	assert_eq!(
		wrong(&format!("{TWO}3600,11,12,10,12\n")),
		"btc.csv: line 4: a second candle of 1970-01-01 01:00 (3600)"
	);
	assert_eq!(
		wrong(&format!("{TWO}1800,11,12,10,12\n")),
		"btc.csv: line 4: the candle of 1970-01-01 00:30 (1800) comes after that of 1970-01-01 01:00 (3600): candles \
		 must be in order"
	);
}

#[test]
fn a_candle_within_another_is_refused() {
	let text = wrong(&format!("{TWO}7200,11,12,10,12\n9000,11,12,10,12\n"));
	assert_eq!(
		text,
		"btc.csv: line 5: 30 min after the candle before, where candles are 1 h long"
	);
}

#[test]
fn candles_of_a_minute_are_too_short() {
	let text = wrong("0,10,12,9,11\n60,11,12,10,12\n120,11,12,10,12\n");
	assert_eq!(
		text,
		"btc.csv: candles of 1 min: they must be of 5 min or a multiple of that, as the runtime looks at prices"
	);
}

/// Candles that open at these hours.
fn at_hours(hours: &[u64]) -> Series {
	let rows: String = hours
		.iter()
		.map(|hour| format!("{},10,12,9,11\n", hour * 3_600))
		.collect();
	series(&format!("{HEADER}{rows}")).unwrap()
}

#[test]
fn gaps_up_to_a_day_are_told() {
	let series = at_hours(&[0, 1, 2, 4, 5, 6, 31]);
	let gaps: Vec<_> = series
		.gaps()
		.map(|gap| (gap.after / 3_600, gap.missing / 3_600))
		.collect();
	assert_eq!(gaps, [(2, 1), (6, 24)]);
	let told = series.tell_gaps(false).unwrap().unwrap();
	assert_eq!(
		told,
		"btc.csv: 2 gaps, 25 h missing, the longest 24 h after 1970-01-01 06:00; carried on over as the runtime does"
	);
	assert_eq!(at_hours(&[0, 1, 2]).tell_gaps(false).unwrap(), None);
}

#[test]
fn a_gap_of_more_than_a_day_must_be_accepted() {
	let series = at_hours(&[0, 1, 2, 28]);
	let error = series.tell_gaps(false).unwrap_err().to_string();
	assert_eq!(
		error,
		"btc.csv: 25 h are missing after 1970-01-01 02:00 (7200): fill them, or accept the gap with --bridge-gaps"
	);
	assert!(series.tell_gaps(true).unwrap().is_some());
}

#[test]
fn series_of_other_lengths_or_twice_the_same_are_refused_together() {
	let hourly = at_hours(&[0, 1, 2]);
	let mut slow = at_hours(&[0, 2, 4]);
	assert_eq!(slow.length, 7_200);
	assert!(check_together(&[hourly.clone(), slow.clone()])
		.unwrap_err()
		.to_string()
		.contains("candles of 2 h"));
	slow.length = 3_600;
	assert!(check_together(&[hourly.clone(), slow.clone()])
		.unwrap_err()
		.to_string()
		.contains("given twice"));
	slow.asset = "ETH".into();
	assert_eq!(check_together(&[hourly, slow]).unwrap(), 3_600);
	assert!(check_together(&[]).is_err());
}

#[test]
fn an_argument_names_an_asset_and_a_file() {
	let source: Source = "ETH=data/eth=1.csv".parse().unwrap();
	assert_eq!(
		(source.asset.as_str(), source.file.as_path()),
		("ETH", Path::new("data/eth=1.csv"))
	);
	for text in ["", "ETH", "=file", "ETH=", "E,H=file", "time=file"] {
		assert!(text.parse::<Source>().is_err(), "{text}");
	}
}
