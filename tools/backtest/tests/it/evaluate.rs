//! Judging margins: the figures in the table, in JSON and in the picture.

use crate::desk::{csv, walk, Candle, Desk, HOUR, START};

const LINE: &str = "evaluate --candles BTC=btc.csv --candles ETH=eth.csv --margins m.csv --json r.json --svg r.svg";

/// Two assets with four quiet hours and a fall of a tenth in the fifth, in BTC only.
fn fall() -> Desk {
	let desk = Desk::new();
	let quiet = |hour: u64| (START + hour * HOUR, [100.0; 4]);
	let mut candles: Vec<Candle> = (0..5).map(quiet).collect();
	desk.write("eth.csv", csv(&candles));
	candles[4].1 = [100.0, 100.0, 90.0, 90.0];
	desk.write("btc.csv", csv(&candles));
	let rows: String = (0..5)
		.map(|hour| format!("{},0.04,0.08\n", START + hour * HOUR))
		.collect();
	desk.write("m.csv", format!("time,BTC,ETH\n{rows}"));
	desk
}

fn number(report: &serde_json::Value, path: &str) -> f64 {
	report
		.pointer(path)
		.and_then(serde_json::Value::as_f64)
		.unwrap_or_else(|| panic!("no number at {path}"))
}

fn near(found: f64, expected: f64) {
	assert!(
		(found - expected).abs() <= 1e-9 * expected.abs().max(1e-3),
		"{found} is not {expected}"
	);
}

#[test]
fn the_figures_are_those_worked_out_by_hand() {
	let desk = fall();
	desk.done(LINE);
	let report: serde_json::Value = serde_json::from_str(&desk.read("r.json")).unwrap();
	near(number(&report, "/bar"), 3_600.0);
	near(number(&report, "/all/bars"), 10.0);
	near(number(&report, "/all/asGiven/average"), 0.06);
	// One of eight terms of BTC, of sixteen of both: a fall of 10 %, 0.5 % of cost, a margin of 4 %.
	near(
		number(&report, "/assets/0/comparison/asGiven/shortfall"),
		0.065 / 8.0 * 1e7,
	);
	near(number(&report, "/all/asGiven/shortfall"), 0.065 / 16.0 * 1e7);
	near(number(&report, "/all/staticSameAverage/shortfall"), 0.045 / 16.0 * 1e7);
	near(number(&report, "/all/staticBenchmark/shortfall"), 0.055 / 16.0 * 1e7);
	// All margins times 5/6.
	near(number(&report, "/all/equalCapital/average"), 0.05);
	near(
		number(&report, "/assets/0/comparison/equalCapital/average"),
		0.04 * 5.0 / 6.0,
	);
	near(
		number(&report, "/all/equalCapital/shortfall"),
		(0.105 - 0.04 * 5.0 / 6.0) / 16.0 * 1e7,
	);
	// Of BTC's four longs, whatever their age, those still open in the fifth hour: equity 10 % - 10 % < 4 % of 90 %. Each
	// ends at the close with the same loss, 0.5 % beyond its equity.
	let open = |hour: u32| (-f64::from(hour) / 24.0).exp();
	let alive: f64 = (0..4).map(open).sum();
	near(number(&report, "/assets/0/comparison/asGiven/liquidated"), alive / 8.0);
	let exposure: f64 = 2.0 * (1..=4).map(|bars| (0..bars).map(open).sum::<f64>()).sum::<f64>();
	near(
		number(&report, "/assets/0/comparison/asGiven/badDebt"),
		0.005 * alive / exposure * 8_760.0 * 1e6,
	);
	near(number(&report, "/assets/1/comparison/asGiven/liquidated"), 0.0);
	near(number(&report, "/assets/0/cyclicality/highOverLow"), 1.0);
	near(number(&report, "/assets/0/cyclicality/hourRise"), 0.0);
	assert!(report
		.pointer("/assets/0/cyclicality/peakOverTrough")
		.unwrap()
		.is_null());
}

#[test]
fn the_table_names_every_comparison() {
	let said = fall().done(LINE).out;
	for words in [
		"BTC, ETH: 2021-01-01 to 2021-01-01, 10 bars of 1 h",
		"all assets",
		"the margins",
		"static of the same average",
		"the margins scaled to 5 %",
		"static 5 %",
		"how margins moved",
	] {
		assert!(said.contains(words), "{words} is not in\n{said}");
	}
	let row = said
		.lines()
		.find(|line| line.trim_start().starts_with("static 5 %"))
		.unwrap();
	assert!(row.contains("5.0000") && row.contains("34375.0"), "{row}");
}

#[test]
fn the_picture_is_a_closed_document_with_every_asset() {
	let desk = fall();
	desk.done(LINE);
	let picture = desk.read("r.svg");
	assert!(picture.starts_with("<svg ") && picture.ends_with("</svg>\n"));
	for words in ["BTC in dollars", "ETH in dollars", "beyond it: 1<", "beyond it: 0<"] {
		assert!(picture.contains(words), "{words}");
	}
	assert!(!picture.contains("NaN") && !picture.contains("inf"));
}

#[test]
fn days_are_utc_and_the_last_one_counts() {
	let desk = Desk::new();
	desk.write("btc.csv", csv(&walk(3, 96, HOUR, 0.006)));
	let line = "evaluate --candles BTC=btc.csv --margins static:0.05 --from 2021-01-02 --to 2021-01-03";
	let said = desk.done(line).out;
	assert!(
		said.starts_with("BTC: 2021-01-02 to 2021-01-03, 48 bars of 1 h"),
		"{said}"
	);
}

#[test]
fn a_static_margin_compares_equal_with_itself() {
	let desk = Desk::new();
	desk.write("btc.csv", csv(&walk(3, 500, HOUR, 0.02)));
	desk.done("evaluate --candles BTC=btc.csv --margins static:0.05 --json r.json");
	let report: serde_json::Value = serde_json::from_str(&desk.read("r.json")).unwrap();
	let all = report.pointer("/all").unwrap();
	assert_eq!(all["asGiven"], all["staticBenchmark"]);
	assert!(number(&report, "/all/asGiven/shortfall") > 0.0);
	assert!(number(&report, "/all/asGiven/liquidated") > 0.0);
}
