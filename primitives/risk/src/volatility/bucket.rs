//! Five minutes of prices.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use margin_math::Price;
use scale_info::TypeInfo;

/// Length of a bucket, in milliseconds: five minutes.
pub const BUCKET_MS: u64 = 300_000;

/// How many buckets make an hour.
pub(super) const BUCKETS_PER_HOUR: u8 = 12;

/// Number of the bucket that holds the time `now`, in milliseconds of chain time.
pub const fn bucket_at(now: u64) -> u64 {
	match now.checked_div(BUCKET_MS) {
		Some(number) => number,
		None => 0,
	}
}

/// The highest and the lowest price of some time, in dollars per whole unit.
#[derive(
	Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Range {
	/// The highest.
	pub high: Price,
	/// The lowest.
	pub low: Price,
}

impl Range {
	/// The range of one price.
	pub const fn of(price: Price) -> Self {
		Self {
			high: price,
			low: price,
		}
	}

	/// The smallest range that holds both.
	#[must_use]
	pub fn hull(self, other: Self) -> Self {
		Self {
			high: self.high.max(other.high),
			low: self.low.min(other.low),
		}
	}

	/// Whether it can be one of prices: the lowest is no higher than the highest, and not zero.
	pub fn is_valid(&self) -> bool {
		!self.low.is_zero() && self.low <= self.high
	}
}

/// The prices that were accepted in five minutes of the clock.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Bucket {
	/// Which five minutes; see [`bucket_at`].
	pub number: u64,
	/// The prices in it.
	pub range: Range,
}

impl Bucket {
	/// The bucket that opens with `price` at the time `now`.
	pub const fn open(price: Price, now: u64) -> Self {
		Self {
			number: bucket_at(now),
			range: Range::of(price),
		}
	}

	/// The same prices as those of the bucket that holds the time `now`.
	#[must_use]
	pub const fn at(self, now: u64) -> Self {
		Self {
			number: bucket_at(now),
			..self
		}
	}

	/// Whether it has ended by the time `now`. A clock that runs back ends nothing.
	pub const fn has_ended(&self, now: u64) -> bool {
		bucket_at(now) > self.number
	}

	/// The bucket with `price` in it as well.
	#[must_use]
	pub fn with(self, price: Price) -> Self {
		Self {
			range: self.range.hull(Range::of(price)),
			..self
		}
	}
}
