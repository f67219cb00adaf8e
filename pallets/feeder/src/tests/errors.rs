//! What operators are told.

use crate::{DecimalError, FeedError, SymbolError};
use codec::{Decode, Encode};
use std::collections::BTreeSet;

fn every_error() -> Vec<FeedError> {
	use FeedError::*;
	let decimals = [
		DecimalError::Empty,
		DecimalError::Negative,
		DecimalError::Zero,
		DecimalError::Exponent,
		DecimalError::NotADecimal,
		DecimalError::TooManyDecimals,
		DecimalError::TooLarge,
	];
	let symbols = [SymbolError::Missing, SymbolError::Duplicate, SymbolError::NotAString];
	let symbols = symbols.into_iter().chain(decimals.map(SymbolError::Price));
	let plain = [
		SettingsUnreadable,
		NoSources,
		NoSymbols,
		TooManySymbols,
		NotAnOperator,
		BadAddress,
		RequestRefused,
		TooSlow,
		Unreachable,
		BadStatus(502),
		TooLarge,
		Malformed,
		CannotSign,
		PoolRefused,
	];
	plain
		.into_iter()
		.chain(symbols.map(|error| Symbol {
			symbol: b"BTC".to_vec(),
			error,
		}))
		.collect()
}

#[test]
fn every_error_says_what_is_wrong_and_what_to_do() {
	for error in every_error() {
		let text = error.to_string();
		let (wrong, remedy) = text.split_once(": ").unwrap_or_else(|| panic!("no remedy in {text}"));
		assert!(wrong.len() > 10 && remedy.len() > 10, "{text}");
	}
}

#[test]
fn no_two_errors_read_the_same() {
	let texts: BTreeSet<String> = every_error().iter().map(ToString::to_string).collect();
	assert_eq!(texts.len(), every_error().len());
}

#[test]
fn a_report_survives_the_nodes_storage() {
	let report = every_error();
	assert_eq!(Vec::<FeedError>::decode(&mut &*report.encode()).unwrap(), report);
}
