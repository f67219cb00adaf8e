//! Functions of real numbers in integers of 320 bits behind the point, by other formulas than those they judge.

use super::*;
use num_traits::{Signed, Zero};

const BITS: u32 = 320;

fn one() -> BigInt {
	BigInt::from(1) << BITS
}

/// A number of 10^-18.
pub(super) fn fixed<N: Into<BigInt>>(raw: N) -> BigInt {
	(raw.into() << BITS) / BigInt::from(crate::UNIT)
}

pub(super) fn times(a: &BigInt, b: &BigInt) -> BigInt {
	(a * b) >> BITS
}

pub(super) fn over(a: &BigInt, b: &BigInt) -> BigInt {
	(a << BITS) / b
}

/// The series of e^x after halving the argument until it is small, and squaring as often.
pub(super) fn exp(x: &BigInt) -> BigInt {
	let halvings = 24;
	let small = x >> halvings;
	let (mut term, mut sum) = (one(), BigInt::zero());
	for number in 1.. {
		if term.abs() <= BigInt::from(1) {
			break;
		}
		sum += &term;
		term = times(&term, &small) / number;
	}
	for _ in 0..halvings {
		sum = times(&sum, &sum);
	}
	sum
}

/// Halley's iteration on e^y = x, from the number of bits.
pub(super) fn ln(x: &BigInt) -> BigInt {
	let mut y = (BigInt::from(x.bits()) - BITS) * one() * 693 / 1_000;
	for _ in 0..6 {
		let power = exp(&y);
		y += over(&((x - &power) * 2), &(x + &power));
	}
	y
}

/// Fails unless `raw` is on the named side of the exact number and off by less than one unit and `2^-precision` of it.
pub(super) fn assert_beside<N: Into<BigInt>>(raw: N, exact: &BigInt, rounding: Rounding, precision: u32) {
	// What the oracle itself may be off: far less than the guard bits of what it judges.
	let noise = (exact.abs() >> 200) + (BigInt::from(1) << (BITS - 240));
	let distance = match rounding {
		Rounding::Up => fixed(raw) - exact,
		Rounding::Down => exact - fixed(raw),
	};
	let unit = fixed(1) + (exact.abs() >> precision);
	assert!(distance >= -&noise, "on the wrong side");
	assert!(distance < unit + noise, "further than a unit");
}
