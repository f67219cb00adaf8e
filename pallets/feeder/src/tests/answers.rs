//! Answers of sources, read with distrust.

use crate::{parse_price, read_answer, DecimalError, FeedError, SymbolError};
use proptest::prelude::*;
use sp_runtime::FixedU128;

fn read(body: &str) -> Result<FixedU128, SymbolError> {
	read_answer(body.as_bytes(), &[b"BTC"]).unwrap().remove(0)
}

#[test]
fn a_good_answer_gives_every_price_in_the_order_asked() {
	let body = br#" { "time": 1.5e3, "prices" : { "ETH" : "194.5", "BTC":"7911.25", "DOGE": {} } , "done": false } "#;
	let prices = read_answer(body, &[b"BTC", b"ETH"]).unwrap();
	assert_eq!(
		prices,
		vec![
			parse_price("7911.25").map_err(SymbolError::Price),
			Ok(FixedU128::from_rational(1_945, 10))
		]
	);
}

#[test]
fn an_answer_of_another_shape_is_malformed() {
	let deep = format!("{}{}", "[".repeat(30_000), "]".repeat(30_000));
	let bodies = [
		"",
		" ",
		"null",
		"\"prices\"",
		"{}",
		"[]",
		"{\"prices\":null}",
		"{\"prices\":[]}",
		"{\"prices\":\"BTC\"}",
		"{\"prices\":{\"BTC\":\"1\"}",
		"{\"prices\":{\"BTC\":\"1\"}} trailing",
		"{\"prices\":{\"BTC\":\"1\"}}{\"prices\":{}}",
		"{\"prices\":{\"BTC\":\"1\"},\"prices\":{\"BTC\":\"2\"}}",
		"{\"prices\":{\"BTC\" \"1\"}}",
		"{\"prices\":{BTC:\"1\"}}",
		"{'prices':{'BTC':'1'}}",
		"{\"prices\":{\"BTC\":\"1\",}}",
		"{\"prices\":{\"BTC\":NaN}}",
		"{\"prices\":{\"BTC\":01}}",
		"{\"prices\":{\"BTC\":\"\\x\"}}",
		"{\"Prices\":{\"BTC\":\"1\"}}",
		&deep,
	];
	for body in bodies {
		assert_eq!(
			read_answer(body.as_bytes(), &[b"BTC"]),
			Err(FeedError::Malformed),
			"{body}"
		);
	}
	assert_eq!(
		read_answer(b"{\"prices\":{\"BTC\":\"\xff\"}}", &[b"BTC"]),
		Err(FeedError::Malformed)
	);
}

#[test]
fn nested_junk_beside_the_prices_is_passed_over() {
	let deep = format!("{}1{}", "[".repeat(100), "]".repeat(100));
	let body = format!("{{\"a\":{deep},\"prices\":{{\"x\":{deep},\"BTC\":\"1\"}}}}");
	assert_eq!(read(&body), Ok(FixedU128::from_u32(1)));
}

#[test]
fn a_symbol_that_is_missing_or_written_otherwise_is_missing() {
	for body in [
		r#"{"prices":{}}"#,
		r#"{"prices":{"btc":"1"}}"#,
		r#"{"prices":{"BTC ":"1"}}"#,
	] {
		assert_eq!(read(body), Err(SymbolError::Missing));
	}
}

#[test]
fn a_symbol_that_stands_twice_is_not_chosen_from() {
	assert_eq!(
		read(r#"{"prices":{"BTC":"1","ETH":"2","BTC":"1"}}"#),
		Err(SymbolError::Duplicate)
	);
	assert_eq!(
		read(r#"{"prices":{"BTC":"1","\u0042TC":"2"}}"#),
		Err(SymbolError::Duplicate)
	);
}

#[test]
fn a_price_that_is_no_string_is_refused() {
	for value in [
		"1",
		"1.5",
		"-1",
		"1e400",
		"null",
		"true",
		"[\"1\"]",
		"{\"BTC\":\"1\"}",
		"[]",
	] {
		assert_eq!(
			read(&format!("{{\"prices\":{{\"BTC\":{value}}}}}")),
			Err(SymbolError::NotAString),
			"{value}"
		);
	}
}

#[test]
fn a_price_written_with_escapes_is_refused() {
	assert_eq!(
		read(r#"{"prices":{"BTC":"\u0031"}}"#),
		Err(SymbolError::Price(DecimalError::NotADecimal))
	);
}

#[test]
fn one_symbols_error_leaves_the_others_alone() {
	let body = br#"{"prices":{"A":"","B":"2","C":3,"D":"4","D":"4","E":"-5","F":"6"}}"#;
	let read = read_answer(body, &[b"A", b"B", b"C", b"D", b"E", b"F", b"G"]).unwrap();
	let good: Vec<bool> = read.iter().map(|price| price.is_ok()).collect();
	assert_eq!(good, [false, true, false, false, false, true, false]);
}

proptest! {
	#[test]
	fn no_bytes_make_it_panic(body in proptest::collection::vec(any::<u8>(), 0..300)) {
		let _ = read_answer(&body, &[b"BTC"]);
	}

	#[test]
	fn no_broken_answer_makes_it_panic(cut in 0..60usize, at in 0..60usize, byte in any::<u8>()) {
		let mut body = br#"{"prices":{"BTC":"7911.25","ETH":"194.5","X":[1,{"a":"b"}]}}"#.to_vec();
		body[at] = byte;
		body.truncate(60 - cut);
		let _ = read_answer(&body, &[b"BTC", b"ETH"]);
	}

	#[test]
	fn what_is_read_is_what_was_written(raw in 1..=u128::MAX) {
		let price = FixedU128::from_inner(raw);
		let text = format!("{}.{:018}", raw / 10u128.pow(18), raw % 10u128.pow(18));
		prop_assert_eq!(read(&format!("{{\"prices\":{{\"BTC\":\"{text}\"}}}}")), Ok(price));
	}
}
