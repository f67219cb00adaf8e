//! What can go wrong on the way from a source to the oracle, each with what the operator can do about it.

use crate::decimal::DecimalError;
use alloc::{string::String, vec::Vec};
use codec::{Decode, Encode};
use core::fmt;

/// Why an operator's feed, or a part of it, did not reach the oracle.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub enum FeedError {
	/// What the node wrote as settings cannot be read: node and runtime disagree on their form.
	SettingsUnreadable,
	/// The settings name no source.
	NoSources,
	/// The settings name no symbol.
	NoSymbols,
	/// The settings name more symbols than the oracle takes in one feed.
	TooManySymbols,
	/// Keys of the type `feed` are in the keystore, but none is an operator of the oracle.
	NotAnOperator,
	/// A source's address is not text that begins with `http://` or `https://`.
	BadAddress,
	/// The node would not start the request.
	RequestRefused,
	/// The source did not answer in time.
	TooSlow,
	/// The connection failed.
	Unreachable,
	/// The source answered with another status than 200.
	BadStatus(u16),
	/// The answer is larger than is read.
	TooLarge,
	/// The answer is not `{"prices":{...}}`.
	Malformed,
	/// One symbol's price is not usable; the others were fed.
	Symbol {
		/// The symbol, as in the settings.
		symbol: Vec<u8>,
		/// What is wrong with it.
		error: SymbolError,
	},
	/// The keystore would not sign.
	CannotSign,
	/// The transaction pool would not take the feed.
	PoolRefused,
}

/// Why a symbol of an answer is not usable.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub enum SymbolError {
	/// The answer does not have it.
	Missing,
	/// The answer has it more than once.
	Duplicate,
	/// Its price is not a string.
	NotAString,
	/// Its price is a string, but no price.
	Price(DecimalError),
}

impl fmt::Display for FeedError {
	fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
		formatter.write_str(match self {
			Self::SettingsUnreadable => "the feeder's settings cannot be read: run a node of the runtime's version",
			Self::NoSources => "no price source is set: give the node one with --price-source",
			Self::NoSymbols => "no symbol is set: name them with --feed-symbols",
			Self::TooManySymbols => "more symbols are set than one feed takes: name fewer with --feed-symbols",
			Self::NotAnOperator => {
				"no key of type 'feed' in this keystore is an operator of the oracle: have the account added, or remove the key"
			},
			Self::BadAddress => "the price source's address does not begin with http:// or https://: correct --price-source",
			Self::RequestRefused => "the node refused to send the request: check the address, and that offchain HTTP is enabled",
			Self::TooSlow => "the price source did not answer in time: check its load and the way to it",
			Self::Unreachable => "the price source cannot be reached: check that it runs and that the address is right",
			Self::BadStatus(status) => {
				return write!(formatter, "the price source answered with status {status}: check its log and the address");
			},
			Self::TooLarge => "the price source's answer is too large: have it send the named symbols only",
			Self::Malformed => "the price source's answer is not {\"prices\":{\"SYMBOL\":\"decimal\"}}: check the address",
			Self::Symbol { symbol, error } => {
				return write!(formatter, "the price of {} {error}", String::from_utf8_lossy(symbol));
			},
			Self::CannotSign => "the keystore did not sign the feed: check the key of type 'feed'",
			Self::PoolRefused => "the transaction pool refused the feed: check that the operator's account can hold the fee",
		})
	}
}

impl fmt::Display for SymbolError {
	fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Self::Missing => formatter.write_str("is missing in the answer: check the symbol in --feed-symbols"),
			Self::Duplicate => formatter.write_str("stands in the answer more than once: check the source"),
			Self::NotAString => formatter.write_str("is not a string: have the source write it in quotation marks"),
			Self::Price(error) => error.fmt(formatter),
		}
	}
}
