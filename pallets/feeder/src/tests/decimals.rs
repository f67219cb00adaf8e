//! Decimal text to exact prices.

use crate::{parse_price, DecimalError};
use num_bigint::BigUint;
use proptest::prelude::*;
use sp_runtime::FixedU128;

const UNIT: u128 = 1_000_000_000_000_000_000;

fn parsed(text: &str) -> Result<u128, DecimalError> {
	parse_price(text).map(FixedU128::into_inner)
}

#[test]
fn plain_decimals_are_exact() {
	let cases = [
		("1", UNIT),
		("0.1", UNIT / 10),
		("7911.25", 7_911 * UNIT + UNIT / 4),
		("7911.250000000000000000", 7_911 * UNIT + UNIT / 4),
		("0.000000000000000001", 1),
		("10.000000000000000001", 10 * UNIT + 1),
		("340282366920938463463.374607431768211455", u128::MAX),
	];
	for (text, raw) in cases {
		assert_eq!(parsed(text), Ok(raw), "{text}");
	}
}

#[test]
fn everything_else_is_refused_by_name() {
	use DecimalError::*;
	let cases = [
		("", Empty),
		("-1", Negative),
		("-0", Negative),
		("-Infinity", Negative),
		("0", Zero),
		("0.0", Zero),
		("0.000000000000000000", Zero),
		("1e3", Exponent),
		("1E3", Exponent),
		("7.9e+3", Exponent),
		("1e999999999", Exponent),
		("NaN", NotADecimal),
		("inf", NotADecimal),
		("Infinity", NotADecimal),
		("+1", NotADecimal),
		(" 1", NotADecimal),
		("1 ", NotADecimal),
		("1\n", NotADecimal),
		(".5", NotADecimal),
		("5.", NotADecimal),
		(".", NotADecimal),
		("1.2.3", NotADecimal),
		("1,000", NotADecimal),
		("1_000", NotADecimal),
		("0x10", NotADecimal),
		("007", NotADecimal),
		("00.5", NotADecimal),
		("١", NotADecimal),
		("1.½", NotADecimal),
		("$1", NotADecimal),
		("1.0000000000000000001", TooManyDecimals),
		("1.0000000000000000000", TooManyDecimals),
		("340282366920938463463.374607431768211456", TooLarge),
		("340282366920938463464", TooLarge),
		("99999999999999999999999999999999999999999999", TooLarge),
	];
	for (text, error) in cases {
		assert_eq!(parsed(text), Err(error), "{text:?}");
	}
}

#[test]
fn a_number_as_long_as_an_answer_is_refused_quickly() {
	assert_eq!(parsed(&"9".repeat(64_000)), Err(DecimalError::TooLarge));
	assert_eq!(
		parsed(&format!("1.{}", "9".repeat(64_000))),
		Err(DecimalError::TooManyDecimals)
	);
}

proptest! {
	#[test]
	fn it_agrees_with_big_integers(whole in "0|[1-9][0-9]{0,24}", fraction in "[0-9]{0,22}") {
		let text = if fraction.is_empty() { whole.clone() } else { format!("{whole}.{fraction}") };
		let expected = (fraction.len() <= 18)
			.then(|| format!("{whole}{fraction:0<18}").parse::<BigUint>().unwrap())
			.and_then(|raw| u128::try_from(raw).ok())
			.filter(|raw| *raw > 0);
		prop_assert_eq!(parsed(&text).ok(), expected, "{}", text);
	}

	#[test]
	fn every_price_survives_being_written_down(raw in 1..=u128::MAX) {
		let text = format!("{}.{:018}", raw / UNIT, raw % UNIT);
		prop_assert_eq!(parsed(&text), Ok(raw));
		let short = text.trim_end_matches('0').trim_end_matches('.');
		prop_assert_eq!(parsed(short), Ok(raw));
	}

	#[test]
	fn whatever_is_accepted_is_digits_and_at_most_one_point(text in any::<String>()) {
		if parsed(&text).is_ok() {
			prop_assert!(text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'));
			prop_assert!(text.bytes().filter(|byte| *byte == b'.').count() <= 1);
		}
	}

	#[test]
	fn near_misses_are_refused(raw in 1..=u128::MAX, at in 0..10usize, junk in "[^0-9.]") {
		let mut text = format!("{}.{:018}", raw / UNIT, raw % UNIT);
		text.insert_str(at.min(text.len()), &junk);
		prop_assert!(parsed(&text).is_err());
	}
}
