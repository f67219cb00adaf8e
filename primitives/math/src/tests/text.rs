use super::*;
use crate::{Amount, Price, Ratio, Real, Shares, Value};
use codec::{Decode, Encode, MaxEncodedLen};

proptest! {
	#![proptest_config(ProptestConfig::with_cases(500))]

	#[test]
	fn every_number_survives_json(unsigned in any_unsigned(), signed in any_signed()) {
		prop_assert_eq!(through_json(Amount(unsigned)), Amount(unsigned));
		prop_assert_eq!(through_json(Shares(unsigned)), Shares(unsigned));
		prop_assert_eq!(through_json(Price::from_raw(unsigned)), Price::from_raw(unsigned));
		prop_assert_eq!(through_json(Ratio::from_raw(unsigned)), Ratio::from_raw(unsigned));
		prop_assert_eq!(through_json(Value::from_raw(signed)), Value::from_raw(signed));
		prop_assert_eq!(through_json(Real::from_raw(signed)), Real::from_raw(signed));
	}

	#[test]
	fn every_number_survives_a_json_tree(unsigned in any_unsigned()) {
		// Genesis presets are patched as trees, where only what a JSON number can hold stays a number.
		let tree = serde_json::to_value(Ratio::from_raw(unsigned)).unwrap();
		prop_assert_eq!(serde_json::from_value::<Ratio>(tree).unwrap(), Ratio::from_raw(unsigned));
	}

	#[test]
	fn every_number_is_encoded_as_its_plain_integer(unsigned in any_unsigned(), signed in any_signed()) {
		prop_assert_eq!(Price::from_raw(unsigned).encode(), unsigned.encode());
		prop_assert_eq!(Value::from_raw(signed).encode(), signed.encode());
		prop_assert_eq!(Real::from_raw(signed).encode(), signed.encode());
		prop_assert_eq!(Value::decode(&mut &signed.encode()[..]).unwrap(), Value::from_raw(signed));
		prop_assert_eq!(Price::max_encoded_len(), unsigned.encode().len());
	}

	#[test]
	fn what_is_shown_is_the_exact_number(signed in any_signed()) {
		let shown = Value::from_raw(signed).to_string();
		let (whole, fraction) = shown.split_once('.').unwrap_or((shown.as_str(), ""));
		prop_assert!(!fraction.ends_with('0'));
		let digits: BigInt = format!("{whole}{fraction:0<18}").parse().unwrap();
		prop_assert_eq!(digits, BigInt::from(signed));
	}
}

fn through_json<T: serde::Serialize + serde::de::DeserializeOwned>(number: T) -> T {
	serde_json::from_str(&serde_json::to_string(&number).unwrap()).unwrap()
}

#[test]
fn json_numbers_are_read_and_strings_are_written() {
	assert_eq!(serde_json::from_str::<Amount>("1000000").unwrap(), Amount(1_000_000));
	assert_eq!(serde_json::from_str::<Value>("-5").unwrap(), Value::from_raw(-5));
	assert_eq!(serde_json::to_string(&Ratio::ONE).unwrap(), "\"1000000000000000000\"");
	assert_eq!(serde_json::from_str::<Ratio>("\"7\"").unwrap(), Ratio::from_raw(7));
}

#[test]
fn json_that_is_no_integer_in_range_is_refused() {
	for wrong in [
		"-1", "\"-1\"", "1.5", "\"1.5\"", "\"\"", "\"0x10\"", "null", "true", "[1]",
	] {
		assert!(serde_json::from_str::<Amount>(wrong).is_err(), "{wrong}");
	}
	let too_large = format!("\"{}0\"", u128::MAX);
	assert!(serde_json::from_str::<Price>(&too_large).is_err());
	assert!(serde_json::from_str::<Value>(&format!("\"{}\"", u128::MAX)).is_err());
}

#[test]
fn numbers_are_shown_without_trailing_zeros() {
	assert_eq!(Price::from_raw(7_911_250_000_000_000_000_000).to_string(), "7911.25");
	assert_eq!(Value::from_raw(-50_000_000_000_000_000).to_string(), "-0.05");
	assert_eq!(Ratio::from_raw(1).to_string(), "0.000000000000000001");
	assert_eq!(Ratio::ONE.to_string(), "1");
	assert_eq!(format!("{:?}", Price::ONE), "Price(1)");
	assert_eq!(format!("{:?}", Amount(42)), "Amount(42)");
}
