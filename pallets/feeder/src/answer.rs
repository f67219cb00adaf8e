//! A price source's answer, `{"prices":{"BTC":"7911.25", ...}}`, read with distrust.
//!
//! The answer as a whole must be one JSON object with one field `prices` that is an object; other fields are ignored.
//! Inside it every symbol stands for itself: what is wrong with one never stops the others. Prices are strings of plain
//! decimals. Numbers are refused, because most writers of JSON take them through a float first.

use crate::{decimal::parse_price, error::FeedError, error::SymbolError};
use alloc::{string::String, vec::Vec};
use core::fmt;
use serde::{
	de::{MapAccess, Visitor},
	Deserialize, Deserializer,
};
use serde_json::value::RawValue;
use sp_runtime::FixedU128;

/// Reads the price of every symbol in `symbols`, in that order.
///
/// # Errors
/// [`FeedError::Malformed`] when the answer as a whole is not as described above.
pub fn read_answer(body: &[u8], symbols: &[&[u8]]) -> Result<Vec<Result<FixedU128, SymbolError>>, FeedError> {
	let Answer {
		prices: Entries(entries),
	} = serde_json::from_slice(body).map_err(|_| FeedError::Malformed)?;
	Ok(symbols.iter().map(|symbol| read_symbol(&entries, symbol)).collect())
}

fn read_symbol(entries: &[(String, &RawValue)], symbol: &[u8]) -> Result<FixedU128, SymbolError> {
	let mut found = entries
		.iter()
		.filter(|(name, _)| name.as_bytes() == symbol)
		.map(|(_, value)| value.get());
	let value = found.next().ok_or(SymbolError::Missing)?;
	if found.next().is_some() {
		return Err(SymbolError::Duplicate);
	}
	let text = value
		.strip_prefix('"')
		.and_then(|rest| rest.strip_suffix('"'))
		.ok_or(SymbolError::NotAString)?;
	parse_price(text).map_err(SymbolError::Price)
}

#[derive(Deserialize)]
struct Answer<'a> {
	#[serde(borrow)]
	prices: Entries<'a>,
}

/// The fields of an object as they stand, repeated ones included, their values not looked at.
struct Entries<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Entries<'a> {
	fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
		deserializer.deserialize_map(EntriesVisitor)
	}
}

struct EntriesVisitor;

impl<'de> Visitor<'de> for EntriesVisitor {
	type Value = Entries<'de>;

	fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
		formatter.write_str("an object of symbols and prices")
	}

	fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
		let mut entries = Vec::new();
		while let Some(entry) = map.next_entry()? {
			entries.push(entry);
		}
		Ok(Entries(entries))
	}
}
