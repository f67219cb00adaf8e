//! The rolling hour: its range, from twelve buckets.

use super::{
	bucket::{Range, BUCKETS_PER_HOUR},
	rule::{FOUR_LN_TWO, ONE},
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use margin_math::{mul_div, Rounding};
use scale_info::TypeInfo;

/// Two with 18 decimals.
const TWO: u128 = 2_000_000_000_000_000_000;

/// The ranges of the last twelve buckets, the newest first.
#[derive(
	Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Window {
	ranges: [Range; BUCKETS_PER_HOUR as usize],
	/// How many of them are filled.
	filled: u8,
}

impl Window {
	/// How many buckets are in it, twelve at most.
	pub(super) fn filled(&self) -> u8 {
		self.filled.min(BUCKETS_PER_HOUR)
	}

	/// Whether a whole hour is in it.
	pub(super) fn is_full(&self) -> bool {
		self.filled >= BUCKETS_PER_HOUR
	}

	/// Adds `times` buckets of the same range, and forgets what is older than an hour.
	pub(super) fn push(&mut self, range: Range, times: u64) {
		let times = u8::try_from(times).unwrap_or(u8::MAX).min(BUCKETS_PER_HOUR);
		self.ranges.rotate_right(times.into());
		self.ranges
			.iter_mut()
			.take(times.into())
			.for_each(|newest| *newest = range);
		self.filled = self.filled().saturating_add(times).min(BUCKETS_PER_HOUR);
	}

	/// Adds to the newest bucket.
	pub(super) fn widen(&mut self, range: Range) {
		if let Some(newest) = self.ranges.first_mut().filter(|_| self.filled > 0) {
			*newest = newest.hull(range);
		}
	}

	/// Variance of a time with this window's range, in parts of 10^24; zero without buckets.
	pub(super) fn variance(&self) -> u128 {
		let filled = self.ranges.iter().take(self.filled().into()).copied();
		filled.reduce(Range::hull).map_or(0, variance)
	}

	/// Checks what must hold for a stored window.
	pub(super) fn check(&self) -> Result<(), &'static str> {
		if self.filled > BUCKETS_PER_HOUR {
			return Err("an hour of more than twelve buckets");
		}
		let filled = usize::from(self.filled);
		if !self.ranges.iter().take(filled).all(Range::is_valid) {
			return Err("a bucket without a range");
		}
		Ok(())
	}
}

/// `x^2 / (4 ln 2)` with `x = 2 (high - low) / (high + low)`, in parts of 10^24, rounded up. At most 1.45 of them, and
/// that for anything that is no range.
pub(super) fn variance(range: Range) -> u128 {
	let (high, low) = (range.high.raw(), range.low.raw());
	let spread = high.abs_diff(low);
	let x = match high.checked_add(low) {
		Some(sum) => mul_div(spread, TWO, sum, Rounding::Up),
		// Half of each number, so that the sum fits. What is lost widens the range.
		None => mul_div(
			spread,
			TWO / 2,
			(high >> 1u32).saturating_add(low >> 1u32),
			Rounding::Up,
		),
	};
	let x = x.unwrap_or(TWO).min(TWO);
	// 36 decimals over 12 are 24.
	x.saturating_mul(x).div_ceil(FOUR_LN_TWO.into())
}

/// One in the fixed point of variances: 24 decimals.
pub(super) const VARIANCE_ONE: u128 = (ONE as u128).saturating_mul(ONE as u128);
