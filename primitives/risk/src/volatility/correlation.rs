//! How two assets move together, hour by hour.
//!
//! ```text
//! z   = clip(r / sigma)                     r the return of an hour, sigma the volatility as it began
//! rho = E[z_a z_b] / sqrt(E[z_a^2] E[z_b^2])
//! ```
//!
//! All three averages take in the same hours with the same weights, so that they are a positive form and `rho` lies
//! within one. An hour in which either price was dead leaves them as they are.

use super::{
	averages::power,
	rule::{CLIP, CORRELATION_DECAY, CORRELATION_HOURS, ONE},
	Correlation,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use margin_math::{mul_div, Price, Rounding};
use scale_info::TypeInfo;

/// Two with 18 decimals.
const TWO: u128 = 2_000_000_000_000_000_000;

/// The return of an asset in an hour, in standard deviations.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct HourReturn {
	/// Which hour since the beginning of Unix time.
	pub hour: u64,
	/// Parts per million of a standard deviation, cut to three of them on either side.
	standardised: i64,
}

impl HourReturn {
	/// The hour in which a price went from one to the other, at a volatility with 12 decimals.
	pub(super) fn new(hour: u64, from: Price, to: Price, volatility: u64) -> Self {
		let (from, to) = (from.raw() >> 1u32, to.raw() >> 1u32);
		// In relation to the middle of both, as good as a logarithm for what is not clipped.
		let size = mul_div(from.abs_diff(to), TWO, from.saturating_add(to), Rounding::Down).unwrap_or(0);
		// 18 decimals over 12 are 6.
		let deviations = size.checked_div(volatility.max(1).into()).unwrap_or(0);
		let size = i64::try_from(deviations).unwrap_or(i64::MAX).min(CLIP);
		Self {
			hour,
			standardised: if to < from { size.saturating_neg() } else { size },
		}
	}

	/// Standard deviations, in parts per million.
	pub const fn standardised(&self) -> i64 {
		self.standardised
	}
}

/// What is kept of a pair of assets.
#[derive(
	Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Pair {
	/// Average of the product, with 12 decimals.
	product: i64,
	/// Averages of both squares, with 12 decimals.
	squares: (i64, i64),
	/// In how many hours both prices lived.
	hours: u16,
}

impl Pair {
	/// A pair of which enough is known, with this correlation.
	#[cfg(any(test, feature = "runtime-benchmarks"))]
	pub fn settled(correlation: Correlation) -> Self {
		const SCALE: i64 = 1_000_000;
		Self {
			product: SCALE.saturating_mul(correlation.ppm().into()),
			squares: (SCALE.saturating_mul(SCALE), SCALE.saturating_mul(SCALE)),
			hours: u16::MAX,
		}
	}

	/// Takes in an hour. Returns of different hours tell nothing of how the two move together, and change nothing.
	pub fn observe(&mut self, a: HourReturn, b: HourReturn) {
		if a.hour != b.hour {
			return;
		}
		self.hours = self.hours.saturating_add(1);
		let plain = ONE.checked_div(self.hours.into()).unwrap_or(ONE);
		let new = ONE.saturating_sub(power(CORRELATION_DECAY, 1)).max(plain);
		let product = |x: HourReturn, y: HourReturn| x.standardised.saturating_mul(y.standardised);
		self.product = mix(self.product, product(a, b), new);
		self.squares = (
			mix(self.squares.0, product(a, a), new),
			mix(self.squares.1, product(b, b), new),
		);
	}

	/// The correlation; `None` until enough hours were seen, and while one of both never moved.
	pub fn correlation(&self) -> Option<Correlation> {
		if self.hours < CORRELATION_HOURS {
			return None;
		}
		let square = |part: i64| u128::try_from(part).unwrap_or(0);
		let root = square(self.squares.0).saturating_mul(square(self.squares.1)).isqrt();
		let parts = mul_div(self.product.unsigned_abs().into(), 1_000_000, root, Rounding::Down)?;
		let size = i32::try_from(parts).unwrap_or(i32::MAX);
		Some(Correlation::from_ppm(if self.product < 0 {
			size.saturating_neg()
		} else {
			size
		}))
	}

	/// Checks what must hold for a stored pair.
	///
	/// # Errors
	/// The first thing that does not, in words.
	pub fn check(&self) -> Result<(), &'static str> {
		let most = CLIP.saturating_mul(CLIP);
		let in_range = |square: i64| (0..=most).contains(&square);
		if !in_range(self.squares.0) || !in_range(self.squares.1) {
			return Err("a square of returns beyond the clip");
		}
		// A rounding in each of the three.
		let bound = i128::from(self.squares.0.saturating_add(ROUNDING))
			.saturating_mul(self.squares.1.saturating_add(ROUNDING).into());
		if i128::from(self.product).saturating_mul(self.product.into()) > bound {
			return Err("a correlation beyond one");
		}
		Ok(())
	}
}

/// How far rounding may have moved an average of a pair, with 12 decimals: half a unit an hour, which fades.
const ROUNDING: i64 = 10_000;

/// `old` with the share `new` of it replaced by `seen`, to the nearest.
fn mix(old: i64, seen: i64, new: u64) -> i64 {
	let change = i128::from(seen).saturating_sub(old.into()).saturating_mul(new.into());
	let half = i128::from(ONE >> 1u32);
	let rounded = change.saturating_add(half).checked_div_euclid(ONE.into()).unwrap_or(0);
	i64::try_from(i128::from(old).saturating_add(rounded)).unwrap_or(old)
}
