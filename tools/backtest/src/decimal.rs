//! Prices and times as files write them.

use margin_math::Price;

/// Decimals of a [`Price`].
const DECIMALS: i32 = 18;

/// Times from here on are milliseconds: as seconds, the year 5138.
const MILLISECONDS_FROM: u64 = 100_000_000_000;

/// Times from here on are microseconds.
const MICROSECONDS_FROM: u64 = 100_000_000_000_000;

/// Reads a price, exactly: digits with at most one point, and an exponent if there is one. Digits after the 18th decimal
/// are cut off.
///
/// # Errors
/// Says what is wrong with it.
pub fn price(text: &str) -> Result<Price, &'static str> {
	if text.is_empty() {
		return Err("is missing");
	}
	let (number, exponent) = match text.split_once(['e', 'E']) {
		Some((number, exponent)) => (number, exponent.parse::<i32>().map_err(|_| "is not a number")?),
		None => (text, 0),
	};
	let (negative, digits) = match number.strip_prefix('-') {
		Some(rest) => (true, rest),
		None => (false, number.strip_prefix('+').unwrap_or(number)),
	};
	if ["nan", "inf", "infinity"].contains(&digits.to_ascii_lowercase().as_str()) {
		return Err("is not finite");
	}
	let raw = scaled(digits, exponent)?;
	match (negative, raw) {
		(_, 0) => Err("is zero"),
		(true, _) => Err("is negative"),
		(false, raw) => Ok(Price::from_raw(raw)),
	}
}

/// `digits * 10^(exponent + 18)`, rounded down.
fn scaled(digits: &str, exponent: i32) -> Result<u128, &'static str> {
	let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
	let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
	if whole.len() + fraction.len() == 0 || !all_digits(whole) || !all_digits(fraction) {
		return Err("is not a number");
	}
	let figures: Vec<u8> = whole.bytes().chain(fraction.bytes()).map(|byte| byte - b'0').collect();
	// So many figures stand before the end of the result; what is behind it is cut off.
	let kept = i64::try_from(whole.len()).unwrap_or(i64::MAX) + i64::from(exponent) + i64::from(DECIMALS);
	let mut raw = 0u128;
	for place in 0..kept {
		let figure = usize::try_from(place).ok().and_then(|place| figures.get(place));
		if figure.is_none() && raw == 0 {
			break;
		}
		let figure = figure.copied().unwrap_or(0);
		raw = raw
			.checked_mul(10)
			.and_then(|raw| raw.checked_add(figure.into()))
			.ok_or("is too large")?;
	}
	Ok(raw)
}

/// Reads a time in Unix seconds, and in milliseconds and microseconds, which are told by their size.
///
/// # Errors
/// Says what is wrong with it.
pub fn time(text: &str) -> Result<u64, &'static str> {
	let whole = match text.split_once('.') {
		Some((whole, fraction)) if fraction.bytes().all(|byte| byte == b'0') => whole,
		_ => text,
	};
	let number: u64 = whole.parse().map_err(|_| "is not a Unix time in seconds")?;
	Ok(match number {
		MICROSECONDS_FROM.. => number / 1_000_000,
		MILLISECONDS_FROM.. => number / 1_000,
		_ => number,
	})
}

#[cfg(test)]
mod tests {
	use super::*;

	fn raw(text: &str) -> Result<u128, &'static str> {
		price(text).map(Price::raw)
	}

	#[test]
	fn a_price_keeps_every_digit() {
		assert_eq!(raw("8109.55"), Ok(8_109_550_000_000_000_000_000));
		assert_eq!(raw(".5"), Ok(500_000_000_000_000_000));
		assert_eq!(raw("0.000000000000000001"), Ok(1));
		assert_eq!(raw("+7."), Ok(7_000_000_000_000_000_000));
	}

	#[test]
	fn an_exponent_moves_the_point() {
		assert_eq!(raw("1.25e-6"), Ok(1_250_000_000_000));
		assert_eq!(raw("8.1E3"), raw("8100"));
		assert_eq!(raw("1250e-2"), raw("12.5"));
	}

	#[test]
	fn what_is_no_price_is_said() {
		assert_eq!(raw(""), Err("is missing"));
		assert_eq!(raw("0.0"), Err("is zero"));
		assert_eq!(raw("1e-19"), Err("is zero"));
		assert_eq!(raw("0e999999999"), Err("is zero"));
		assert_eq!(raw("-3"), Err("is negative"));
		assert_eq!(raw("NaN"), Err("is not finite"));
		assert_eq!(raw("-inf"), Err("is not finite"));
		assert_eq!(raw("1e21"), Err("is too large"));
		assert_eq!(raw("1e2000000000"), Err("is too large"));
		for text in ["abc", ".", "1.2.3", "1,5", "e5", "1e", "--1", "0x10"] {
			assert_eq!(raw(text), Err("is not a number"), "{text}");
		}
	}

	#[test]
	fn a_time_is_read_in_seconds_milliseconds_or_microseconds() {
		for text in ["1574247600", "1574247600000", "1574247600000000", "1574247600.0"] {
			assert_eq!(time(text), Ok(1_574_247_600), "{text}");
		}
		for text in ["2020-01-01", "-5", "", "1574247600.5"] {
			assert!(time(text).is_err(), "{text}");
		}
	}
}
