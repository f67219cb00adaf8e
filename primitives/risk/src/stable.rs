//! The stable price: it follows the live price at a bounded speed.
//!
//! Requirements on new risk use the worse of the live and the stable price, so that a price that was pushed up for
//! twenty minutes cannot be borrowed against. Two properties matter and are tested:
//!
//! - **It never overshoots**: every move ends between the old stable price and the live price.
//! - **It does not depend on the block cadence**: whether the same time is walked in one step or in a thousand, the
//!   result is the same to the last digit. A speed relative to the price itself would compound with every block, so
//!   the speed is taken once per hour of absolute time, from the stable price at the start of that hour (the
//!   *anchor*), as a whole number of price units per millisecond. Inside the hour the move is then linear in time.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use margin_math::{mul_div, Price, Ratio, Rounding};
use scale_info::TypeInfo;

/// Length of the window whose start sets the speed, in milliseconds.
pub const WINDOW_MS: u64 = 3_600_000;

/// Windows walked in one call. A reading lives a day at most, so that no more than 25 windows are ever due; the bound
/// keeps a hook's work bounded on any storage.
const MAX_WINDOWS: u32 = 25;

/// What one unit of speed per hour is divided by to give price units per millisecond.
const PER_MILLISECOND: u128 = 1_000_000_000_000_000_000 * WINDOW_MS as u128;

/// The stable price with what is needed to move it on.
#[derive(
	Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Stable {
	/// The stable price, in dollars per whole unit.
	pub price: Price,
	/// The stable price at the start of the current window, which sets the speed.
	pub anchor: Price,
	/// Time up to which the price has been moved, in milliseconds.
	pub at: u64,
}

impl Stable {
	/// Starts at `price` at the time `now`.
	pub const fn starting_at(price: Price, now: u64) -> Self {
		Self {
			price,
			anchor: price,
			at: now,
		}
	}

	/// Moves towards `live` for the time from `self.at` to `to`, at `speed_per_hour` of the anchor. A time `to` that
	/// has already been reached changes nothing.
	///
	/// The speed is rounded down to whole price units per millisecond, but is at least one: a price always arrives.
	#[must_use]
	pub fn follow(mut self, live: Price, speed_per_hour: Ratio, to: u64) -> Self {
		for _ in 0..MAX_WINDOWS {
			if self.at >= to || self.price == live {
				break;
			}
			let end = window_end(self.at).min(to);
			let travel = velocity(self.anchor, speed_per_hour).saturating_mul(end.saturating_sub(self.at).into());
			self.price = towards(self.price, live, travel);
			self = self.wait(end);
		}
		self.wait(to)
	}

	/// Lets the time pass up to `to` without a move, because no usable price was known.
	#[must_use]
	pub fn wait(mut self, to: u64) -> Self {
		if to > self.at {
			if to >= window_end(self.at) {
				self.anchor = self.price;
			}
			self.at = to;
		}
		self
	}
}

/// Start of the window after the one that holds `at`.
fn window_end(at: u64) -> u64 {
	at.saturating_sub(at.checked_rem(WINDOW_MS).unwrap_or(0))
		.saturating_add(WINDOW_MS)
}

/// Price units per millisecond.
fn velocity(anchor: Price, speed_per_hour: Ratio) -> u128 {
	mul_div(anchor.raw(), speed_per_hour.raw(), PER_MILLISECOND, Rounding::Down)
		.unwrap_or(u128::MAX)
		.max(1)
}

fn towards(from: Price, to: Price, travel: u128) -> Price {
	let (from, to) = (from.raw(), to.raw());
	Price::from_raw(if to >= from {
		from.saturating_add(travel).min(to)
	} else {
		from.saturating_sub(travel).max(to)
	})
}
