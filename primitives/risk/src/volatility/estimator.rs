//! From prices to an [`Estimate`]: what is kept of an asset, and how each five minutes move it on.
//!
//! - **Five minutes without an accepted price** carry the last close on: nothing moved.
//! - **An hour or more without one is a gap.** The averages stand still over it, the move across it counts as a move of
//!   the first five minutes after it, and the history does not grow. From its first hour on, and until a whole hour has
//!   been seen again, the estimate is larger by `sqrt(hours of the gap)`, of at most a day, and no average falls. A
//!   price that nobody saw does not make an asset calm. A halt of the chain is a gap like any other, and a feed
//!   that speaks less than hourly is all gaps: its estimate rises with what it shows and never falls.
//! - **The first hour of all** is scaled up to an hour: of `n` buckets the variance counts `12 / n` times.
//!
//! An update costs the same whatever the time since the last one. Everything is rounded up, and nothing wraps or
//! panics: a price beyond the numbers counts as more volatility.

use super::{
	averages::Averages,
	bucket::{bucket_at, Bucket, Range, BUCKETS_PER_HOUR, BUCKET_MS},
	correlation::HourReturn,
	rule::{LONGEST_GAP, ONE},
	window::{variance, Window},
	Estimate,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use margin_math::{Price, Ratio};
use scale_info::TypeInfo;

/// Steps of five minutes in an hour.
const HOUR: u64 = BUCKETS_PER_HOUR as u64;

/// From the 12 decimals of a volatility to the 18 of a ratio.
const TO_RATIO: u128 = 1_000_000;

/// Up to where prices are known.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
struct Last {
	/// Number of the newest bucket.
	bucket: u64,
	/// The last price in it.
	close: Price,
}

/// How an hour ended, for the return of the next one.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
struct HourEnd {
	/// Which hour, counted like the buckets.
	hour: u64,
	/// Its last price.
	close: Price,
	/// The volatility then, with 12 decimals.
	volatility: u64,
}

/// What five minutes, or a bar, brought to light.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Folded {
	/// The return of the hour that ended with it, if its beginning is known.
	pub hour: Option<HourReturn>,
	/// The gap before it in milliseconds, if it was an hour or longer.
	pub gap: Option<u64>,
}

/// What is kept of an asset to know its volatility.
#[derive(
	Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Estimator {
	last: Option<Last>,
	window: Window,
	averages: Averages,
	/// Steps of the last gap, until an hour has been seen again.
	gap: u64,
	hour: Option<HourEnd>,
}

impl Estimator {
	/// An asset that has been watched for ever and was as volatile as that all the time, up to `now`.
	#[cfg(any(test, feature = "runtime-benchmarks"))]
	pub fn settled(volatility: Ratio, price: Price, now: u64) -> Self {
		let sigma = volatility
			.raw()
			.checked_div(TO_RATIO)
			.and_then(|raw| u64::try_from(raw).ok());
		let mut window = Window::default();
		window.push(Range::of(price), HOUR);
		Self {
			last: Some(Last {
				bucket: bucket_at(now).saturating_sub(1),
				close: price,
			}),
			window,
			averages: Averages::settled(sigma.unwrap_or(u64::MAX)),
			gap: 0,
			hour: None,
		}
	}

	/// Takes in a bucket that has ended, with the last price in it. A bucket that is no newer than the newest one, since
	/// the clock ran back, only widens that. One that cannot be of prices changes nothing.
	pub fn fold(&mut self, bucket: Bucket, close: Price) -> Folded {
		if !bucket.range.is_valid() || close.is_zero() {
			return Folded::default();
		}
		let range = bucket.range.hull(Range::of(close));
		if let Some(last) = self.last.as_mut().filter(|last| bucket.number <= last.bucket) {
			last.close = close;
			self.window.widen(range);
			return Folded::default();
		}
		let (range, gap) = self.bridge(bucket.number, range);
		self.window.push(range, 1);
		self.advance(1);
		self.end(bucket.number, close, gap)
	}

	/// Takes in a whole bar of `duration` milliseconds that opened at `open_time`, as the chain would see it without the
	/// path inside. From an hour on the averages advance once, with the bar's own range as `sqrt(hours)` times that of an
	/// hour; a shorter bar counts as five-minute buckets with its range. A bar that opens before the last one has ended,
	/// and one that cannot be of prices, change nothing.
	pub fn observe_bar(&mut self, high: Price, low: Price, close: Price, open_time: u64, duration: u64) -> Folded {
		let bar = Range { high, low };
		let first = bucket_at(open_time);
		let is_old = self.last.is_some_and(|last| first <= last.bucket);
		if !bar.is_valid() || close.is_zero() || is_old {
			return Folded::default();
		}
		let steps = bucket_at(duration).max(1);
		let (range, gap) = self.bridge(first, bar.hull(Range::of(close)));
		self.window.push(range, steps);
		if steps < HOUR {
			self.advance(steps);
		} else {
			self.averages.advance(times(variance(range), HOUR, steps), steps);
		}
		self.end(first.saturating_add(steps.saturating_sub(1)), close, gap)
	}

	/// What is known at the time `now`, in milliseconds.
	pub fn estimate(&self, now: u64) -> Estimate {
		let running = self.missing(bucket_at(now));
		let gap = if running >= HOUR {
			self.gap.max(running)
		} else {
			self.gap
		};
		let widened = u128::from(self.averages.volatility()).saturating_mul(widening(gap));
		let level = self.averages.known_level();
		let ratio = |with_12: u64| Ratio::from_raw(u128::from(with_12).saturating_mul(TO_RATIO));
		Estimate {
			own_level: ratio(level.own),
			known: ratio(level.known),
			volatility: Ratio::from_raw(widened.div_ceil(u128::from(ONE)).saturating_mul(TO_RATIO)),
			history: self.averages.watched().saturating_mul(BUCKET_MS),
		}
	}

	/// Checks what must hold for a stored state.
	///
	/// # Errors
	/// The first thing that does not, in words.
	pub fn check(&self) -> Result<(), &'static str> {
		self.window.check()?;
		self.averages.check()?;
		if self.last.is_none() && *self != Self::default() {
			return Err("a history without a last price");
		}
		if self.last.is_some_and(|last| last.close.is_zero()) || self.hour.is_some_and(|hour| hour.close.is_zero()) {
			return Err("a last price of zero");
		}
		if self.gap > 0 && (self.gap < HOUR || self.window.is_full()) {
			return Err("a gap that is none");
		}
		Ok(())
	}

	/// Steps between the newest bucket and the one with this number.
	fn missing(&self, number: u64) -> u64 {
		self.last
			.map_or(0, |last| number.saturating_sub(last.bucket).saturating_sub(1))
	}

	/// Carries the last price on to the bucket with this number, or opens a gap: then the range reaches back to the price
	/// before it.
	fn bridge(&mut self, number: u64, range: Range) -> (Range, Option<u64>) {
		let missing = self.missing(number);
		let Some(last) = self.last.filter(|_| missing > 0) else {
			return (range, None);
		};
		let carried = Range::of(last.close);
		if missing < HOUR {
			// By the hour as it was: what leaves it meanwhile counts a little longer, and that in one step.
			self.advance(missing);
			self.window.push(carried, missing);
			return (range, None);
		}
		self.window = Window::default();
		self.gap = self.gap.max(missing);
		(range.hull(carried), Some(missing.saturating_mul(BUCKET_MS)))
	}

	/// Moves the averages on by the rolling hour as it is now, for each of `steps` steps.
	fn advance(&mut self, steps: u64) {
		let filled = self.window.filled().into();
		let seen = self.window.variance();
		if self.averages.is_new() {
			self.averages.start(times(seen, HOUR, filled), filled);
		} else if self.window.is_full() {
			self.averages.advance(seen, steps);
		} else {
			self.averages.rise(seen, steps);
		}
	}

	/// Notes where the prices end now, and the return of an hour that ended with them.
	fn end(&mut self, bucket: u64, close: Price, gap: Option<u64>) -> Folded {
		self.last = Some(Last { bucket, close });
		if self.window.is_full() {
			self.gap = 0;
		}
		let next = bucket.saturating_add(1);
		let hour = if next.checked_rem(HOUR) == Some(0) {
			self.end_hour(next.checked_div(HOUR).unwrap_or(0).saturating_sub(1), close)
		} else {
			None
		};
		Folded { hour, gap }
	}

	fn end_hour(&mut self, hour: u64, close: Price) -> Option<HourReturn> {
		let before = self.hour.replace(HourEnd {
			hour,
			close,
			volatility: self.averages.volatility(),
		});
		let before = before.filter(|before| before.hour.checked_add(1) == Some(hour))?;
		Some(HourReturn::new(hour, before.close, close, before.volatility))
	}
}

/// `value * part / whole`, rounded up; all that fits if `whole` is zero.
fn times(value: u128, part: u64, whole: u64) -> u128 {
	let scaled = value.saturating_mul(part.into());
	scaled
		.saturating_add(u128::from(whole).saturating_sub(1))
		.checked_div(whole.into())
		.unwrap_or(u128::MAX)
}

/// What a gap of so many steps multiplies the volatility by, with 12 decimals: `sqrt(hours)`, at least one.
fn widening(gap: u64) -> u128 {
	let one = u128::from(ONE);
	let squared = times(one.saturating_mul(one), gap.clamp(HOUR, LONGEST_GAP), HOUR);
	squared.isqrt().max(one)
}
