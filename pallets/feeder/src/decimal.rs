//! Exact prices from decimal text, without floats.

use codec::{Decode, Encode};
use core::fmt;
use sp_runtime::FixedU128;

/// Digits after the point that a price can hold.
const DECIMALS: usize = 18;

/// Why a text is no price.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub enum DecimalError {
	/// The text is empty.
	Empty,
	/// The number is below zero.
	Negative,
	/// The number is zero.
	Zero,
	/// The number has an exponent.
	Exponent,
	/// The text is not digits with at most one point between them: a sign, a space, `NaN`, a leading zero, a comma.
	NotADecimal,
	/// More than 18 digits stand after the point.
	TooManyDecimals,
	/// The number does not fit: prices end at 3.4 x 10^20 dollars.
	TooLarge,
}

impl fmt::Display for DecimalError {
	fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
		formatter.write_str(match self {
			Self::Empty => "is empty: the source has no price, check the symbol there",
			Self::Negative => "is negative: check the source",
			Self::Zero => "is zero: the source has no price, check the symbol there",
			Self::Exponent => "has an exponent: have the source write plain decimals",
			Self::NotADecimal => "is not a plain decimal such as 7911.25: have the source write one",
			Self::TooManyDecimals => "has more than 18 digits after the point: have the source round it",
			Self::TooLarge => "does not fit into a price: check the source",
		})
	}
}

/// Reads a price in dollars, such as `7911.25`, exactly.
///
/// # Errors
/// Anything but one to 21 digits without a needless leading zero, optionally followed by a point and one to 18 digits,
/// and a zero.
pub fn parse_price(text: &str) -> Result<FixedU128, DecimalError> {
	let (whole, fraction) = match text.split_once('.') {
		Some((whole, fraction)) => (whole, Some(fraction)),
		None => (text, None),
	};
	check_shape(text, whole, fraction)?;
	let fraction = fraction.unwrap_or_default();
	let padding = DECIMALS
		.checked_sub(fraction.len())
		.ok_or(DecimalError::TooManyDecimals)?;
	let raw = whole
		.bytes()
		.chain(fraction.bytes())
		.chain(core::iter::repeat_n(b'0', padding))
		.try_fold(0u128, |sum, digit| {
			sum.checked_mul(10)?.checked_add(digit.saturating_sub(b'0').into())
		})
		.ok_or(DecimalError::TooLarge)?;
	if raw == 0 {
		return Err(DecimalError::Zero);
	}
	Ok(FixedU128::from_inner(raw))
}

fn check_shape(text: &str, whole: &str, fraction: Option<&str>) -> Result<(), DecimalError> {
	if text.is_empty() {
		return Err(DecimalError::Empty);
	}
	if is_digits(whole) && fraction.is_none_or(is_digits) && !(whole.len() > 1 && whole.starts_with('0')) {
		return Ok(());
	}
	if text.starts_with('-') {
		return Err(DecimalError::Negative);
	}
	if text.starts_with(|c: char| c.is_ascii_digit()) && text.contains(['e', 'E']) {
		return Err(DecimalError::Exponent);
	}
	Err(DecimalError::NotADecimal)
}

fn is_digits(text: &str) -> bool {
	!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
