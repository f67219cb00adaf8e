//! Every operation against arithmetic without bounds.

mod counted;
mod golden;
mod normal;
mod oracle;
mod powers;
mod price;
mod ratio;
mod real;
mod root;
mod text;
mod value;
mod wide;

use crate::Rounding;
use num_bigint::BigInt;
use num_rational::BigRational;
use proptest::prelude::*;

/// 10^18 as an exact number.
fn unit() -> BigRational {
	exact(crate::UNIT)
}

fn exact<N: Into<BigInt>>(number: N) -> BigRational {
	BigRational::from_integer(number.into())
}

fn units_per_whole(decimals: u8) -> BigRational {
	exact(BigInt::from(10).pow(decimals.into()))
}

/// The integer beside an exact number, on the side that is named.
fn rounded(number: BigRational, rounding: Rounding) -> BigInt {
	match rounding {
		Rounding::Up => number.ceil(),
		Rounding::Down => number.floor(),
	}
	.to_integer()
}

fn as_u128(number: BigInt) -> Option<u128> {
	number.try_into().ok()
}

fn as_i128(number: BigInt) -> Option<i128> {
	number.try_into().ok()
}

/// Numbers of every length, the shortest and the longest often.
fn any_unsigned() -> impl Strategy<Value = u128> {
	prop_oneof![
		8 => (any::<u128>(), 0u32..128).prop_map(|(number, shift)| number >> shift),
		1 => 0u128..4,
		1 => (0u128..4).prop_map(|below| u128::MAX - below),
	]
}

fn any_signed() -> impl Strategy<Value = i128> {
	prop_oneof![
		8 => (any::<i128>(), 0u32..127).prop_map(|(number, shift)| number >> shift),
		1 => -3i128..4,
		1 => Just(i128::MIN),
		1 => Just(i128::MAX),
	]
}

fn any_decimals() -> impl Strategy<Value = u8> {
	6u8..=18
}

fn any_rounding() -> impl Strategy<Value = Rounding> {
	prop_oneof![Just(Rounding::Up), Just(Rounding::Down)]
}
