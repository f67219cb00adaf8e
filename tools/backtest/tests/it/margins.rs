//! Margins over candles, and records of new assets.

use crate::desk::{csv, walk, Candle, Desk, HOUR, START};
use flate2::{write::GzEncoder, Compression};
use margin_backtest::{record, walk::fraction};
use std::io::Write;

const CRASH: [&str; 2] = [
	include_str!("../../../../tests/price-source/data/crash/BTC.csv"),
	include_str!("../../../../tests/price-source/data/crash/ETH.csv"),
];

const BOTH: &str = "margins --candles BTC=btc.csv --candles ETH=eth.csv --out m.csv";

fn crash() -> Desk {
	let desk = Desk::new();
	desk.write("btc.csv", CRASH[0]);
	desk.write("eth.csv", CRASH[1]);
	desk
}

#[test]
fn a_row_for_each_bar_in_the_order_of_the_arguments() {
	let desk = crash();
	desk.done(BOTH);
	let text = desk.read("m.csv");
	assert!(text.starts_with("time,BTC,ETH\n1583884800,0."), "{text}");
	assert_eq!(text.lines().count(), 73);
	desk.done("margins --candles ETH=eth.csv --candles BTC=btc.csv --out turned.csv");
	assert!(desk.read("turned.csv").starts_with("time,ETH,BTC\n"));
	for ((time, margins), (turned_time, turned)) in desk.margins("m.csv").into_iter().zip(desk.margins("turned.csv")) {
		assert_eq!((time, margins[0], margins[1]), (turned_time, turned[1], turned[0]));
	}
}

#[test]
fn margins_rise_in_a_crash_within_their_limits() {
	let desk = crash();
	desk.done(BOTH);
	let rows = desk.margins("m.csv");
	for (asset, record) in record::built_in().into_values().enumerate() {
		let margins: Vec<f64> = rows.iter().map(|(_, margins)| margins[asset]).collect();
		let (rise, fall) = (1.0 + fraction(record.rise), 1.0 - fraction(record.fall));
		let before = margins[20];
		let most = margins.iter().copied().fold(0.0, f64::max);
		assert!(most > 1.5 * before, "{before} to {most}");
		assert!(margins.iter().all(|margin| (0.02..=0.2).contains(margin)));
		for pair in margins.windows(2) {
			let change = pair[1] / pair[0];
			assert!((fall - 1e-6..=rise + 1e-6).contains(&change), "{change} in an hour");
		}
	}
}

#[test]
fn the_same_candles_give_the_same_margins_to_the_last_digit() {
	let desk = crash();
	desk.done(BOTH);
	desk.done(&BOTH.replace("m.csv", "again.csv"));
	assert_eq!(desk.read("m.csv"), desk.read("again.csv"));
}

#[test]
fn later_candles_do_not_change_earlier_margins() {
	let desk = Desk::new();
	let candles = walk(5, 400, HOUR, 0.006);
	desk.write("btc.csv", csv(&candles));
	desk.write("part.csv", csv(&candles[..200]));
	desk.done("margins --candles BTC=btc.csv --out m.csv");
	desk.done("margins --candles BTC=part.csv --out p.csv");
	assert_eq!(desk.margins("m.csv")[..200], desk.margins("p.csv"));
}

#[test]
fn compressed_files_other_columns_and_milliseconds_give_the_same_margins() {
	let desk = Desk::new();
	let candles = walk(7, 300, HOUR, 0.006);
	desk.write("btc.csv", csv(&candles));
	let mut odd = String::from("\u{feff}Volume,CLOSE,Low,\"High\",Open,Time\r\n");
	for (time, [open, high, low, close]) in &candles {
		odd += &format!("9,{close},{low},{high},{open},{time}000\r\n");
	}
	let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
	encoder.write_all(odd.as_bytes()).unwrap();
	desk.write("odd.csv.gz", encoder.finish().unwrap());
	desk.done("margins --candles BTC=btc.csv --out m.csv");
	desk.done("margins --candles BTC=odd.csv.gz --out odd.csv");
	assert_eq!(desk.read("m.csv"), desk.read("odd.csv"));
}

#[test]
fn bars_of_two_assets_are_joined_by_time() {
	let desk = Desk::new();
	let candles = walk(9, 60, HOUR, 0.01);
	let mut late: Vec<Candle> = candles[10..].to_vec();
	// Two hours are missing.
	late.drain(20..22);
	desk.write("btc.csv", csv(&candles));
	desk.write("eth.csv", csv(&late));
	desk.done(BOTH);
	let rows = desk.margins("m.csv");
	assert_eq!(rows.len(), 60);
	let eth = |place: usize| rows[place].1[1];
	// Before its first bar an asset has its record's margin without a history, in a gap its last one.
	assert!((0..10).all(|place| eth(place) == eth(0)));
	assert_eq!(eth(29), eth(30));
	assert_eq!(eth(29), eth(31));
	assert_ne!(eth(31), eth(32));
}

#[test]
fn an_asset_without_a_record_has_the_cap_for_thirty_days() {
	let desk = Desk::new();
	desk.write("x.csv", csv(&walk(11, 1_000, HOUR, 0.004)));
	desk.done("margins --candles SOL=x.csv --out m.csv --uncalibrated");
	let rows = desk.margins("m.csv");
	assert!(rows[..719].iter().all(|(_, margins)| margins[0] == 0.2));
	assert!(rows[720].1[0] < 0.2);
	assert!(rows[999].1[0] < 0.1, "{}", rows[999].1[0]);
}

#[test]
fn a_record_made_before_a_day_sets_the_margins_of_its_asset() {
	let desk = Desk::new();
	let candles = walk(13, 3_000, HOUR, 0.012);
	desk.write("x.csv", csv(&candles));
	desk.done("calibrate --candles SOL=x.csv --until 2021-03-15 --out p.json");
	// What comes after the day has no part in it.
	desk.write("part.csv", csv(&candles[..73 * 24]));
	let printed = desk.done("calibrate --candles SOL=part.csv --until 2021-03-15").out;
	assert_eq!(printed, desk.read("p.json"));
	let record: serde_json::Value = serde_json::from_str(&printed).unwrap();
	assert!(record["SOL"]["usual"].is_string(), "{printed}");
	desk.done("margins --candles sol=x.csv --out m.csv --params p.json");
	let rows = desk.margins("m.csv");
	assert_eq!(rows.len(), 3_000);
	assert!(rows.iter().all(|(_, margins)| (0.02..=0.2).contains(&margins[0])));
	let said = desk.done("evaluate --candles sol=x.csv --margins m.csv --from 2021-03-15 --json r.json");
	assert!(said.out.starts_with("sol: 2021-03-15"));
}

#[test]
fn records_of_several_assets_come_in_one_file() {
	let desk = Desk::new();
	desk.write("a.csv", csv(&walk(17, 1_000, HOUR, 0.006)));
	desk.write("b.csv", csv(&walk(19, 1_000, HOUR, 0.018)));
	desk.done("calibrate --candles CALM=a.csv --candles WILD=b.csv --until 2021-03-01 --out p.json");
	desk.done("margins --candles WILD=b.csv --candles CALM=a.csv --out m.csv --params p.json");
	let rows = desk.margins("m.csv");
	let mean = |asset: usize| rows.iter().map(|(_, margins)| margins[asset]).sum::<f64>() / rows.len() as f64;
	assert!(mean(0) > 1.5 * mean(1), "{} and {}", mean(0), mean(1));
}

#[test]
fn a_gap_of_a_day_neither_calms_an_asset_nor_lets_its_margin_jump() {
	let desk = Desk::new();
	let mut candles = walk(21, 600, HOUR, 0.006);
	candles.drain(300..324);
	// The price is a tenth lower after it.
	for (_, prices) in &mut candles[300..] {
		prices.iter_mut().for_each(|price| *price *= 0.9);
	}
	desk.write("btc.csv", csv(&candles));
	desk.done("margins --candles BTC=btc.csv --out m.csv");
	let rows = desk.margins("m.csv");
	let (before, after) = (rows[299].1[0], rows[300].1[0]);
	assert!(after > before, "{before} to {after}");
	assert!(after <= before * 1.25f64.powi(25), "{before} to {after}");
}

#[test]
fn bars_of_other_lengths_give_margins_for_an_hour() {
	// The same market in bars of two hours, of one, of a quarter and of five minutes.
	let average = |length: u64| {
		let desk = Desk::new();
		let bars = 60 * 24 * HOUR / length;
		desk.write("btc.csv", csv(&walk(23, bars as usize, length, 0.008)));
		desk.done("margins --candles BTC=btc.csv --out m.csv");
		let rows = desk.margins("m.csv");
		assert_eq!(rows.len() as u64, bars);
		let later = &rows[rows.len() / 2..];
		later.iter().map(|(_, margins)| margins[0]).sum::<f64>() / later.len() as f64
	};
	let hourly = average(HOUR);
	for length in [2 * HOUR, HOUR / 4, HOUR / 12] {
		let other = average(length);
		assert!(
			(0.8..1.3).contains(&(other / hourly)),
			"{length} s: {other}, hourly {hourly}"
		);
	}
}

#[test]
fn time_is_the_opening_of_the_bar() {
	let desk = Desk::new();
	desk.write("btc.csv", csv(&walk(25, 10, HOUR, 0.006)));
	desk.done("margins --candles BTC=btc.csv --out m.csv");
	let times: Vec<u64> = desk.margins("m.csv").into_iter().map(|(time, _)| time).collect();
	assert_eq!(times, (0..10).map(|hour| START + hour * HOUR).collect::<Vec<_>>());
}
