//! What is wrong with files and arguments is told with the file and the line.

use crate::desk::{csv, walk, Candle, Desk, HOUR, START};
use flate2::{write::GzEncoder, Compression};
use margin_backtest::record;
use std::io::Write;

const MARGINS: &str = "margins --candles BTC=btc.csv --out m.csv";

fn hours(count: usize) -> Vec<Candle> {
	walk(1, count, HOUR, 0.006)
}

/// What `margins` says of candles that `change` has changed.
fn refused(change: impl FnOnce(&mut Vec<Candle>)) -> String {
	let desk = Desk::new();
	let mut candles = hours(100);
	change(&mut candles);
	desk.write("btc.csv", csv(&candles));
	desk.refused(MARGINS)
}

#[test]
fn candles_out_of_order_are_refused() {
	let text = refused(|candles| candles.swap(10, 11));
	assert_eq!(
		text,
		"margin-backtest: btc.csv: line 13: the candle of 2021-01-01 10:00 (1609495200) comes after that of 2021-01-01 \
		 11:00 (1609498800): candles must be in order"
	);
}

#[test]
fn a_candle_twice_is_refused() {
	let text = refused(|candles| candles.insert(10, candles[10]));
	assert_eq!(
		text,
		"margin-backtest: btc.csv: line 13: a second candle of 2021-01-01 10:00 (1609495200)"
	);
}

#[test]
fn impossible_prices_are_refused() {
	let with = |prices: [f64; 4]| refused(|candles| candles[50].1 = prices);
	let line = "margin-backtest: btc.csv: line 52:";
	assert_eq!(with([0.0, 2.0, 1.0, 1.5]), format!("{line} open `0` is zero"));
	assert_eq!(with([1.5, 2.0, -1.0, 1.5]), format!("{line} low `-1` is negative"));
	assert_eq!(
		with([1.5, f64::INFINITY, 1.0, 1.5]),
		format!("{line} high `inf` is not finite")
	);
	assert_eq!(
		with([1.5, 2.0, 1.0, f64::NAN]),
		format!("{line} close `NaN` is not finite")
	);
	assert_eq!(with([1.5, 1.0, 2.0, 1.5]), format!("{line} high 1 is below low 2"));
	assert_eq!(
		with([3.0, 2.0, 1.0, 1.5]),
		format!("{line} open 3 is not between low 1 and high 2")
	);
}

#[test]
fn a_gap_of_up_to_a_day_is_told_and_a_longer_one_refused() {
	let desk = Desk::new();
	let mut candles = hours(200);
	candles.drain(100..124);
	desk.write("btc.csv", csv(&candles));
	let told = desk.done(MARGINS).err;
	assert!(
		told.contains("1 gap, 24 h missing, the longest 24 h after 2021-01-05 03:00"),
		"{told}"
	);
	candles.remove(100);
	desk.write("btc.csv", csv(&candles));
	assert_eq!(
		desk.refused(MARGINS),
		"margin-backtest: btc.csv: 25 h are missing after 2021-01-05 03:00 (1609815600): fill them, or accept the gap \
		 with --bridge-gaps"
	);
	desk.done(&format!("{MARGINS} --bridge-gaps"));
	assert_eq!(desk.margins("m.csv").len(), 175);
}

#[test]
fn missing_columns_and_empty_files_are_refused() {
	let desk = Desk::new();
	let with = |text: &str| {
		desk.write("btc.csv", text);
		desk.refused(MARGINS)
	};
	assert_eq!(with(""), "margin-backtest: btc.csv: is empty");
	assert_eq!(
		with("time,open,high,low,close\n"),
		"margin-backtest: btc.csv: 0 candles: at least two are needed"
	);
	assert_eq!(
		with("when,open,high,low,close\n0,1,1,1,1\n"),
		"margin-backtest: btc.csv: line 1: no column is named `time`; there are: when, open, high, low, close"
	);
	assert_eq!(
		with("time,open,high,low,close\n0,1,1,1\n"),
		"margin-backtest: btc.csv: line 2: 4 columns where the header has 5"
	);
	assert_eq!(
		with("time,open,high,low,close\nsoon,1,1,1,1\n"),
		"margin-backtest: btc.csv: line 2: time `soon` is not a Unix time in seconds"
	);
	assert_eq!(
		with("\u{1}\u{2}\n"),
		"margin-backtest: btc.csv: line 1: no column is named `time`; there are: \u{1}\u{2}"
	);
}

#[test]
fn files_that_cannot_be_read_are_named() {
	let desk = Desk::new();
	assert!(desk
		.refused(MARGINS)
		.starts_with("margin-backtest: btc.csv: cannot be read: No such file"));
	let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
	encoder.write_all(csv(&hours(100)).as_bytes()).unwrap();
	let packed = encoder.finish().unwrap();
	let line = "margins --candles BTC=btc.csv.gz --out m.csv";
	desk.write("btc.csv.gz", &packed[..packed.len() / 2]);
	assert!(desk
		.refused(line)
		.starts_with("margin-backtest: btc.csv.gz: cannot be decompressed:"));
	desk.write("btc.csv.gz", csv(&hours(100)));
	assert_eq!(
		desk.refused(line),
		"margin-backtest: btc.csv.gz: is named .gz and is not compressed by gzip"
	);
	desk.write("btc.csv", [0xff, 0xfe, 0x00]);
	assert_eq!(desk.refused(MARGINS), "margin-backtest: btc.csv: is not text");
	desk.write("btc.csv", csv(&hours(100)));
	let nowhere = "margins --candles BTC=btc.csv --out nowhere/m.csv";
	assert!(desk
		.refused(nowhere)
		.starts_with("margin-backtest: nowhere/m.csv: cannot be written:"));
}

#[test]
fn an_unknown_asset_needs_a_record_first() {
	let desk = Desk::new();
	desk.write("x.csv", csv(&hours(100)));
	let text = desk.refused("margins --candles SOL=x.csv --out m.csv");
	assert!(
		text.starts_with(
			"margin-backtest: no parameter record of SOL: make one from its history by `margin-backtest calibrate"
		),
		"{text}"
	);
}

#[test]
fn bad_records_are_refused() {
	let desk = Desk::new();
	desk.write("btc.csv", csv(&hours(100)));
	let with = |params: &str| {
		desk.write("p.json", params);
		desk.refused("margins --candles BTC=btc.csv --out m.csv --params p.json")
	};
	assert!(with("{\"BTC\": 5}").starts_with("margin-backtest: p.json: no parameter records by asset"));
	assert!(with("{\"BTC\": {\"unheardOf\": 5}}").contains("unknown field `unheardOf`"));
	let record = record::to_json(&record::built_in()).unwrap();
	assert_eq!(
		with(&record.replace("\"cap\": \"200000000000000000\"", "\"cap\": \"200000000000000001\"")),
		"margin-backtest: p.json: BTC: floor is not above 0 and at most cap, or cap is above 20 %"
	);
	assert!(with("nonsense").starts_with("margin-backtest: p.json: no parameter records by asset"));
}

#[test]
fn a_history_of_less_than_thirty_days_is_too_short() {
	let desk = Desk::new();
	desk.write("x.csv", csv(&hours(1_000)));
	assert_eq!(
		desk.refused("calibrate --candles SOL=x.csv --until 2021-01-15"),
		"margin-backtest: x.csv: 336 h of history before 2021-01-15: at least 720 h are needed to know an asset"
	);
}

#[test]
fn margins_that_do_not_fit_the_candles_are_refused() {
	let desk = Desk::new();
	desk.write("btc.csv", csv(&hours(100)));
	let with = |margins: &str, days: &str| {
		desk.write("m.csv", margins);
		desk.refused(&format!("evaluate --candles BTC=btc.csv --margins m.csv {days}"))
	};
	let row = |time: u64, margin: &str| format!("time,BTC\n{time},{margin}\n");
	assert_eq!(
		with(&row(START, "5"), ""),
		"margin-backtest: m.csv: line 2: BTC: `5` is not a margin as a fraction, like 0.05"
	);
	assert_eq!(
		with(&row(START, "0.05"), ""),
		"margin-backtest: no margin of BTC for the bar of 2021-01-01 01:00 (1609462800)"
	);
	assert_eq!(
		with("time,ETH\n0,0.05\n", ""),
		"margin-backtest: m.csv: line 1: no column is named `BTC`; there are: time, eth"
	);
	assert_eq!(
		with(&row(START, "0.05"), "--from 2022-01-01"),
		"margin-backtest: btc.csv: no candle of BTC in the days asked for: it has 2021-01-01 00:00 to 2021-01-05 03:00"
	);
}

#[test]
fn bad_arguments_are_explained() {
	let desk = Desk::new();
	let refused = |line: &str, words: &str| {
		let text = desk.refused(line);
		assert!(text.contains(words), "{line}: {text}");
	};
	refused("margins --candles BTC --out m.csv", "like BTC=btc.csv");
	refused("margins --out m.csv", "--candles <ASSET=FILE>");
	refused(
		"calibrate --candles BTC=b.csv --until 2021-02-30",
		"`2021-02-30` is not a day like 2021-01-31",
	);
	refused(
		"evaluate --candles BTC=b.csv --margins static:7",
		"`7` is not a margin as a fraction",
	);
	desk.write("b.csv", csv(&hours(10)));
	refused(
		"margins --candles BTC=b.csv --candles btc=b.csv --out m.csv",
		"candles of btc are given twice",
	);
	desk.write("slow.csv", csv(&walk(1, 10, 2 * HOUR, 0.006)));
	refused(
		"margins --candles BTC=b.csv --candles ETH=slow.csv --out m.csv",
		"slow.csv: candles of 2 h, where those of b.csv are of 1 h",
	);
}
