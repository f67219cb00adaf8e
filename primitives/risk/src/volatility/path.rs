//! The way of a maintenance ratio that follows volatility: limited, so that nobody is liquidated by a jump.

use crate::{MarginRatios, MAX_INITIAL, MAX_MAINTENANCE};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use margin_math::{mul_div, pow, Ratio, Real, Rounding};
use scale_info::TypeInfo;

/// How long a stretch of the way takes: five minutes, in milliseconds. Twelve make an hour.
pub const STRETCH: u64 = 300_000;

/// The shortest stretch, in milliseconds.
pub const SHORTEST: u64 = 1_000;

/// 1/12, rounded down: towards a root that moves less.
const TWELFTH: Real = Real::from_raw(83_333_333_333_333_333);

/// How far a ratio may rise in an hour where nothing else is set, as a ratio of itself.
pub const USUAL_RISE: Ratio = Ratio::from_percent(25);

/// How far a ratio may fall in an hour where nothing else is set, as a ratio of itself.
pub const USUAL_FALL: Ratio = Ratio::from_percent(5);

/// How far a ratio may move in one stretch: twelve of them, one after the other, make the limit of an hour.
///
/// ```text
/// rise = (1 + rise of an hour)^(1/12)        fall = (1 - fall of an hour)^(1/12)
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pace {
	/// The factor that a ratio rises by at most, rounded down: at least 1.
	rise: Ratio,
	/// The factor that a ratio falls by at most, rounded up: at most 1.
	fall: Ratio,
}

impl Pace {
	/// Where nothing else is set: [`USUAL_RISE`] and [`USUAL_FALL`].
	pub fn usual() -> Self {
		Self::hourly(USUAL_RISE, USUAL_FALL)
	}

	/// Of an hour in which a ratio may rise by `rise` of itself, at most 1, and fall by `fall` of itself, at most 1.
	pub fn hourly(rise: Ratio, fall: Ratio) -> Self {
		let most = Ratio::ONE.saturating_add(rise.min(Ratio::ONE));
		let least = Ratio::ONE.saturating_sub(fall);
		let root = |number, rounding| pow(number, TWELFTH, rounding).unwrap_or(Ratio::ONE);
		Self {
			rise: root(most, Rounding::Down).max(Ratio::ONE),
			fall: root(least, Rounding::Up).min(Ratio::ONE),
		}
	}
}

/// The maintenance ratio of an asset on its way to what volatility asks for: on a straight line within a stretch.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct MarginPath {
	/// The maintenance ratio that was asked for when last looked at, to which this leads in the end. The initial ratio
	/// follows it at once.
	pub required: Ratio,
	/// The maintenance ratio at the start of the stretch.
	pub from: Ratio,
	/// The maintenance ratio from the end of the stretch on, until the next begins.
	pub to: Ratio,
	/// When the stretch began, in milliseconds of unix time.
	pub since: u64,
	/// When the stretch ends, in milliseconds of unix time.
	pub until: u64,
}

impl MarginPath {
	/// A way that begins at `ratio`, and may be stepped at once.
	pub fn new(ratio: Ratio, now: u64) -> Self {
		let ratio = ratio.min(MAX_MAINTENANCE);
		Self {
			required: ratio,
			from: ratio,
			to: ratio,
			since: now,
			until: now,
		}
	}

	/// The maintenance ratio in force at `now`, rounded up.
	///
	/// ```
	/// use margin_math::Ratio;
	/// use margin_risk::volatility::MarginPath;
	/// let percent = Ratio::from_percent;
	/// let path = MarginPath { required: percent(9), from: percent(4), to: percent(6), since: 1_000, until: 2_000 };
	/// assert_eq!([500, 1_000, 1_500, 2_000, 9_000].map(|now| path.at(now)), [4, 4, 5, 6, 6].map(percent));
	/// ```
	pub fn at(&self, now: u64) -> Ratio {
		if now >= self.until {
			return self.to;
		}
		let length = self.until.saturating_sub(self.since);
		let gone = now.saturating_sub(self.since).min(length);
		let part = |distance: Ratio, rounding| {
			// Never `None`: `gone <= length`, and the length is above zero.
			mul_div(distance.raw(), gone.into(), length.into(), rounding).map_or(distance, Ratio::from_raw)
		};
		if self.to >= self.from {
			self.from
				.saturating_add(part(self.to.saturating_sub(self.from), Rounding::Up))
		} else {
			self.from
				.saturating_sub(part(self.from.saturating_sub(self.to), Rounding::Down))
		}
	}

	/// The least ratio from `now` on, until a next stretch begins.
	pub fn least_from(&self, now: u64) -> Ratio {
		self.at(now).min(self.to)
	}

	/// Whether the ratio rises in this stretch.
	pub fn is_rising(&self) -> bool {
		self.to > self.from
	}

	/// Whether the ratio falls in this stretch.
	pub fn is_falling(&self) -> bool {
		self.to < self.from
	}

	/// Whether the stretch is over, so that the next may begin.
	pub fn is_over(&self, now: u64) -> bool {
		now >= self.until
	}

	/// The next stretch, from the ratio in force at `now` towards `required`, or `floor` if that is more, as far as the
	/// pace allows. The ratio that it starts at is not below the floor either, but never above [`MAX_MAINTENANCE`].
	///
	/// It is one stretch long, however long the last has been over: time in which nobody took a step allows no larger one.
	/// While the last is not over it goes on, and only what is required is noted.
	///
	/// Over any hour the ratio, while above the floor, rises by at most the pace's hourly limit and falls by at most its
	/// limit. Let a stretch start at `v` and the twelve that follow it multiply by factors `x` to `y`, each at most `g`. An
	/// hour from its part `a` on multiplies by `x ... (1 + a (y - 1)) / (1 + a (x - 1))`, which rises with each factor and
	/// is `g^12` when all are `g`; with pauses in between it holds less than twelve. The same holds for falls.
	#[must_use]
	pub fn step(&self, required: Ratio, floor: Ratio, now: u64, pace: &Pace) -> Self {
		let required = required.max(floor).min(MAX_MAINTENANCE);
		if !self.is_over(now) {
			return Self { required, ..*self };
		}
		let from = self.at(now).max(floor).min(MAX_MAINTENANCE);
		let times = |factor, rounding| from.checked_mul(factor, rounding).unwrap_or(from);
		let (least, most) = (times(pace.fall, Rounding::Up), times(pace.rise, Rounding::Down));
		Self {
			required,
			from,
			to: required.clamp(least.min(most), most),
			since: now,
			until: now.saturating_add(STRETCH),
		}
	}

	/// The same stretch in at most `length` milliseconds, and in a second at least: time that is compressed for a
	/// demonstration.
	#[must_use]
	pub fn within(self, length: u64) -> Self {
		let end = self.since.saturating_add(length.max(SHORTEST));
		Self {
			until: self.until.min(end),
			..self
		}
	}

	/// As many stretches as `elapsed` milliseconds have room for, one after the other from the end of the last, all of them
	/// towards the same `required`: what [`MarginPath::step`] does when it is called at each end.
	///
	/// The work is bounded by the time that the ratio takes to arrive.
	#[must_use]
	pub fn step_over(&self, required: Ratio, floor: Ratio, elapsed: u64, pace: &Pace) -> Self {
		let mut path = *self;
		let stretches = elapsed.checked_div(STRETCH).unwrap_or_default();
		for done in 0..stretches {
			let before = path;
			path = path.step(required, floor, path.until, pace);
			if path.to == before.to && path.from == before.to {
				// It has arrived, or is too small to move: the stretches that are left are like this one.
				let left = stretches.saturating_sub(done).saturating_sub(1).saturating_mul(STRETCH);
				path.since = path.since.saturating_add(left);
				path.until = path.until.saturating_add(left);
				break;
			}
		}
		path
	}

	/// The margin ratios in force at `now`, of an asset whose listed ones in force are `listed`, on their way to `settled`.
	///
	/// ```text
	/// maintenance = max(listed, in force on this way)
	/// target      = maintenance in the proportion of listed target and maintenance
	/// initial     = max(required, maintenance) in the proportion of settled initial and maintenance, at least twice that
	/// ```
	///
	/// each at least as listed, and those that are raised at most [`MAX_INITIAL`]. Rounded up.
	#[must_use]
	pub fn raise(&self, listed: &MarginRatios, settled: &MarginRatios, now: u64) -> MarginRatios {
		let maintenance = self.at(now).max(listed.maintenance);
		let in_proportion = |base: Ratio, level: Ratio, of: &MarginRatios| {
			mul_div(base.raw(), level.raw(), of.maintenance.raw(), Rounding::Up).map_or(MAX_INITIAL, Ratio::from_raw)
		};
		let asked = self.required.max(maintenance);
		let initial = in_proportion(asked, settled.initial, settled).max(asked.saturating_add(asked));
		let target = in_proportion(maintenance, listed.target, listed).max(maintenance);
		let target = target.min(MAX_INITIAL).max(listed.target);
		MarginRatios {
			initial: initial.min(MAX_INITIAL).max(listed.initial).max(target),
			target,
			maintenance,
		}
	}
}
