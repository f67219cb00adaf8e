//! Random books: the figures in the table and in JSON.

use crate::desk::{csv, walk, Desk, HOUR};
use serde_json::Value;

const LINE: &str = "portfolio --candles BTC=btc.csv --candles ETH=eth.csv --from 2021-02-05 --books 20";

/// Two assets over 60 days.
fn desk() -> Desk {
	let desk = Desk::new();
	desk.write("btc.csv", csv(&walk(1, 60 * 24, HOUR, 0.006)));
	desk.write("eth.csv", csv(&walk(2, 60 * 24, HOUR, 0.008)));
	desk
}

fn figures(desk: &Desk, line: &str) -> Vec<Value> {
	desk.done(&format!("{line} --json r.json"));
	let report: Value = serde_json::from_str(&desk.read("r.json")).unwrap();
	report["assets"].as_array().unwrap().clone()
}

#[test]
fn books_of_two_given_and_two_made_up_assets_save_and_are_counted() {
	let constructions = figures(&desk(), LINE);
	let names: Vec<&str> = constructions.iter().map(|of| of["name"].as_str().unwrap()).collect();
	assert_eq!(names, ["mixed", "lagging", "half apart", "apart", "jumps"]);
	for construction in &constructions {
		let kinds = construction["kinds"].as_array().unwrap();
		assert_eq!(kinds.len(), 4);
		for kind in kinds {
			let number = |name: &str| kind["all"][name].as_f64().unwrap();
			// 25 days without the last bar, after which nothing comes.
			assert_eq!(number("judged"), 20.0 * (25.0 * 24.0 - 1.0));
			assert!(number("required") < number("sum") && number("required") >= 0.5 * number("sum"));
			assert!(number("breachesOfSum") <= number("breaches") && number("breaches") < 0.05 * number("judged"));
			assert_eq!(kind["years"]["2021"], kind["all"]);
		}
	}
}

#[test]
fn a_book_of_a_long_and_a_short_saves_more_than_any_book() {
	let mixed = &figures(&desk(), LINE)[0];
	let share = |kind: &str| {
		let kinds = mixed["kinds"].as_array().unwrap();
		let all = &kinds.iter().find(|of| of["kind"] == kind).unwrap()["all"];
		all["required"].as_f64().unwrap() / all["sum"].as_f64().unwrap()
	};
	assert!(share("hedged") < share("normal") && share("normal") < share("two assets"));
}

#[test]
fn the_same_seed_says_the_same_and_another_one_does_not() {
	let desk = desk();
	let said = desk.done(LINE).out;
	assert_eq!(said, desk.done(&format!("{LINE} --seed 1")).out);
	assert_ne!(said, desk.done(&format!("{LINE} --seed 2")).out);
	for words in [
		"20 random books of each kind, seed 1",
		"mixed: BTC, ETH and",
		"breaches, %",
		"2021",
		"hedged",
		"saving",
	] {
		assert!(said.contains(words), "{words} is not in\n{said}");
	}
}

#[test]
fn books_of_three_assets_are_of_those() {
	let desk = desk();
	desk.write("sol.csv", csv(&walk(3, 60 * 24, HOUR, 0.012)));
	desk.done("calibrate --candles SOL=sol.csv --until 2021-02-05 --out p.json");
	let line = format!("{LINE} --candles SOL=sol.csv --params p.json");
	let all = figures(&desk, &line);
	assert_eq!((all.len(), all[0]["name"].as_str()), (1, Some("given")));
	assert!(desk
		.refused(&format!("{LINE} --candles SOL=sol.csv"))
		.contains("no parameter record of SOL"));
}

#[test]
fn what_books_cannot_be_made_of_is_refused() {
	let desk = desk();
	assert_eq!(
		desk.refused("portfolio --candles BTC=btc.csv --from 2021-02-05"),
		"margin-backtest: candles of 1 assets: books are of 2 to 8"
	);
	let early = desk.refused("portfolio --candles BTC=btc.csv --candles ETH=eth.csv --from 2021-01-20");
	assert!(
		early.ends_with("456 h of history before 2021-01-20: at least 720 h are needed to know an asset"),
		"{early}"
	);
	let late = desk.refused("portfolio --candles BTC=btc.csv --candles ETH=eth.csv --from 2022-01-20");
	assert!(
		late.ends_with("no two neighbouring bars of all assets in the days asked for"),
		"{late}"
	);
	assert!(desk.refused(&format!("{LINE}0000000")).contains("100000"));
	assert!(desk
		.refused("portfolio --candles BTC=btc.csv --candles ETH=eth.csv")
		.contains("--from"));
}
