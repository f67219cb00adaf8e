//! Averages of variance that forget, each with its own half-life.

use super::{
	bucket::BUCKETS_PER_HOUR,
	rule::{blend, LEVEL_DECAY, MEMORIES, ONE, PRIOR_HOURS, RULE},
	window::VARIANCE_ONE,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Largest variance that counts, in parts of 10^24: a standard deviation of the whole price within an hour.
const LARGEST: u128 = VARIANCE_ONE;

/// The average of an hour's standard deviation, as far as it is known.
#[derive(
	Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Level {
	/// The part that comes from the asset's own past, with 12 decimals.
	pub(super) own: u64,
	/// The share of its own past in it, with 12 decimals.
	pub(super) known: u64,
}

impl Level {
	/// Replaces the share `new`.
	fn take(&mut self, deviation: u64, new: u64) {
		let part = |old: u64, seen: u64| u64::try_from(mix(old.into(), seen.into(), new)).unwrap_or(u64::MAX);
		*self = Self {
			own: part(self.own, deviation),
			known: part(self.known, ONE),
		};
	}
}

/// The averages, and the time behind them.
///
/// An average begins as the plain mean of what it has seen, and forgets as soon as its half-life says that it would
/// have forgotten more: the share of what is new is the larger of both.
#[derive(
	Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Averages {
	/// Variance of an hour, in parts of 10^24, in the order of [`RULE`].
	means: [u128; MEMORIES],
	/// What the asset's own past adds to its long-run level, and the share of the level that is still its record's, both
	/// with 12 decimals.
	level: Level,
	/// That level before the last update: what the volatility is measured against must not know the same prices, or a
	/// wider range could ask for less margin.
	before: Level,
	/// For how long prices were watched, in steps of five minutes.
	watched: u64,
}

impl Averages {
	/// Averages that have all been at this standard deviation for ever, with 12 decimals.
	#[cfg(any(test, feature = "runtime-benchmarks"))]
	pub(super) fn settled(deviation: u64) -> Self {
		let variance = u128::from(deviation).saturating_mul(deviation.into());
		let level = Level {
			own: root(variance.min(LARGEST)),
			known: ONE,
		};
		Self {
			means: [variance.min(LARGEST); MEMORIES],
			level,
			before: level,
			watched: u64::from(u32::MAX),
		}
	}

	/// For how long prices were watched, in steps of five minutes.
	pub(super) const fn watched(&self) -> u64 {
		self.watched
	}

	/// Whether not even an hour has been seen.
	pub(super) fn is_new(&self) -> bool {
		self.watched < BUCKETS_PER_HOUR.into()
	}

	/// The first hour: all averages are what is known of it so far.
	pub(super) fn start(&mut self, variance: u128, watched: u64) {
		self.means = [variance.min(LARGEST); MEMORIES];
		self.watched = watched;
		self.level = Level::default();
		self.see_level(variance, watched);
	}

	/// Takes in the variance of an hour that each of the last `steps` steps showed.
	pub(super) fn advance(&mut self, variance: u128, steps: u64) {
		let plain = self.watch(steps);
		self.see_level(variance, steps);
		self.take(steps, plain, |_| variance);
	}

	/// As [`Self::advance`] for an hour of which only a part was seen: no average falls, and the level stays.
	pub(super) fn rise(&mut self, variance: u128, steps: u64) {
		let plain = self.watch(steps);
		self.take(steps, plain, |mean| variance.max(mean));
	}

	/// Takes in what each of the last `steps` steps, counted already, says of the level: it begins as if the record's
	/// usual volatility had been watched for [`PRIOR_HOURS`].
	fn see_level(&mut self, variance: u128, steps: u64) {
		let prior = PRIOR_HOURS.saturating_mul(BUCKETS_PER_HOUR.into());
		let plain = share(steps, prior.saturating_add(self.watched));
		let deviation = root(variance.min(LARGEST));
		self.before = self.level;
		self.level.take(deviation, share_of(LEVEL_DECAY, steps, plain));
	}

	/// Counts the time, and tells the share of it in the plain mean.
	fn watch(&mut self, steps: u64) -> u64 {
		self.watched = self.watched.saturating_add(steps);
		share(steps, self.watched)
	}

	fn take(&mut self, steps: u64, plain: u64, seen: impl Fn(u128) -> u128) {
		for (mean, memory) in self.means.iter_mut().zip(RULE) {
			*mean = mix(*mean, seen(*mean).min(LARGEST), share_of(memory.decay, steps, plain));
		}
	}

	/// Long-run level of an hour's standard deviation before the last update, as far as it is known.
	pub(super) const fn known_level(&self) -> Level {
		self.before
	}

	/// Standard deviation of an hour's return, with 12 decimals, rounded up.
	pub(super) fn volatility(&self) -> u64 {
		blend(self.means.map(root))
	}

	/// Checks what must hold for stored averages.
	pub(super) fn check(&self) -> Result<(), &'static str> {
		let is_sound = |level: Level| level.own <= ONE && level.known <= ONE;
		if !is_sound(self.level) || !is_sound(self.before) {
			return Err("a level beyond the largest deviation");
		}
		if self.means.iter().any(|mean| *mean > LARGEST) {
			return Err("an average beyond the largest variance");
		}
		Ok(())
	}
}

/// The share of what is new: what is forgotten in so many steps, and no less than its share in the plain mean.
fn share_of(decay: u64, steps: u64, plain: u64) -> u64 {
	ONE.saturating_sub(power(decay, steps)).max(plain)
}

/// `part / whole` with 12 decimals, rounded up, at most one.
fn share(part: u64, whole: u64) -> u64 {
	let share = u128::from(part)
		.saturating_mul(ONE.into())
		.checked_add(u128::from(whole).saturating_sub(1))
		.and_then(|scaled| scaled.checked_div(whole.into()));
	share
		.and_then(|share| u64::try_from(share).ok())
		.map_or(ONE, |share| share.min(ONE))
}

/// `decay^steps` with 12 decimals, by squaring.
pub(crate) fn power(decay: u64, steps: u64) -> u64 {
	let (mut result, mut square, mut left) = (u128::from(ONE), u128::from(decay), steps);
	let times = |a: u128, b: u128| a.saturating_mul(b).checked_div(ONE.into()).unwrap_or(0);
	while left > 0 {
		if left & 1 == 1 {
			result = times(result, square);
		}
		square = times(square, square);
		left >>= 1u32;
	}
	u64::try_from(result).unwrap_or(ONE)
}

/// `old` with the share `new` of it replaced by `seen`, rounded up.
fn mix(old: u128, seen: u128, new: u64) -> u128 {
	let kept = u128::from(ONE.saturating_sub(new)).saturating_mul(old);
	kept.saturating_add(u128::from(new).saturating_mul(seen))
		.div_ceil(ONE.into())
}

/// The square root, rounded up: of 24 decimals one of 12.
fn root(variance: u128) -> u64 {
	let floor = variance.isqrt();
	let exact = floor.saturating_mul(floor) == variance;
	u64::try_from(floor.saturating_add(u128::from(!exact))).unwrap_or(u64::MAX)
}
