//! What a function of one number costs: `cargo bench -p margin-math`.
//!
//! Measured on one core, in nanoseconds: a square root 50, a power of e 120, the density 170, a logarithm 220, any other
//! power 320, the distribution and the loss 380. All hardly depend on the number.
#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects)]

use divan::{black_box, Bencher};
use margin_math::{exp, ln, normal_density, normal_distribution, normal_loss, pow, sqrt, Ratio, Real, Rounding};

fn main() {
	divan::main();
}

/// Numbers from a millionth to a million, 64 of them.
fn ratios() -> Vec<Ratio> {
	(0..64u32)
		.map(|step| Ratio::from_raw(1_000_000_000_007 << (step % 40)))
		.collect()
}

/// Numbers from -8 to 8, 64 of them.
fn reals() -> Vec<Real> {
	(-32..32)
		.map(|step| Real::from_raw(step * 249_999_999_999_999_989))
		.collect()
}

fn each<N: Copy, R>(bencher: Bencher, numbers: &[N], function: impl Fn(N) -> R) {
	let mut numbers = numbers.iter().cycle();
	bencher.bench_local(|| black_box(function(black_box(*numbers.next().unwrap()))));
}

#[divan::bench]
fn square_root(bencher: Bencher) {
	each(bencher, &ratios(), |number| sqrt(number, Rounding::Up));
}

#[divan::bench]
fn power_of_e(bencher: Bencher) {
	each(bencher, &reals(), |number| exp(number, Rounding::Up));
}

#[divan::bench]
fn logarithm(bencher: Bencher) {
	each(bencher, &ratios(), |number| ln(number, Rounding::Up));
}

#[divan::bench]
fn power(bencher: Bencher) {
	let exponent = Real::from_percent(-320);
	each(bencher, &ratios(), |number| pow(number, exponent, Rounding::Up));
}

#[divan::bench]
fn density(bencher: Bencher) {
	each(bencher, &reals(), |number| normal_density(number, Rounding::Up));
}

#[divan::bench]
fn distribution(bencher: Bencher) {
	each(bencher, &reals(), |number| normal_distribution(number, Rounding::Up));
}

#[divan::bench]
fn loss(bencher: Bencher) {
	each(bencher, &reals(), |number| {
		normal_loss(number.magnitude(), Rounding::Up)
	});
}
