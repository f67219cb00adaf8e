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

/// Machin's formula.
fn pi() -> BigInt {
	let arctan_of_inverse = |number: u32| {
		let (mut power, mut sum) = (one() / number, BigInt::zero());
		for odd in (1u32..).step_by(4) {
			if power.is_zero() {
				break;
			}
			sum += &power / odd;
			power /= number * number;
			sum -= &power / (odd + 2);
			power /= number * number;
		}
		sum
	};
	arctan_of_inverse(5) * 16 - arctan_of_inverse(239) * 4
}

/// The normal density.
pub(super) fn density(x: &BigInt) -> BigInt {
	let circle: BigInt = pi() * 2;
	let root = (circle << BITS).sqrt();
	let half: BigInt = times(x, x) / 2;
	over(&exp(&-half), &root)
}

/// The normal distribution of a number that is not negative, less a half, by the series of its integral (M. Abramowitz
/// and I. Stegun, 26.2.11).
fn central(x: &BigInt) -> BigInt {
	let square = times(x, x);
	let (mut term, mut sum) = (x.clone(), BigInt::zero());
	for odd in (3u32..).step_by(2) {
		if term.is_zero() {
			break;
		}
		sum += &term;
		term = times(&term, &square) / odd;
	}
	times(&density(x), &sum)
}

/// The normal distribution.
pub(super) fn distribution(x: &BigInt) -> BigInt {
	let half = one() / 2;
	if x.is_negative() {
		half - central(&-x)
	} else {
		half + central(x)
	}
}

/// The Mills ratio of a number that is not negative, in Q127.
pub(super) fn mills_ratio(x: &BigInt) -> BigInt {
	over(&distribution(&-x), &density(x)) >> (BITS - 127)
}

/// The unit normal loss of a number that is not negative.
pub(super) fn loss(x: &BigInt) -> BigInt {
	density(x) - times(x, &distribution(&-x))
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
