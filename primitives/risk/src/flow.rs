//! How much of an asset may go out within a time.
//!
//! A leaky bucket: what goes out raises its level, what comes in lowers it, and it leaks the whole limit in one period,
//! steadily. The level is never above the limit after something went out. So over any time of one period, no more than
//! twice the limit goes out, less what comes in; in the long run no more than the limit in each period.
//!
//! What comes in at a level of zero is lost to the bucket, or kept for whoever takes it out again: see
//! [`Flow::give_back`] and [`Flow::bring_in`].

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use margin_math::{mul_div, Amount, Rounding};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// How much may go out at once, and how soon as much may go out again.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
#[serde(rename_all = "camelCase")]
pub struct FlowLimit {
	/// The most that may be out, in smallest units. It is also what a period gives back.
	pub most: Amount,
	/// Milliseconds.
	pub period: u64,
}

impl FlowLimit {
	/// No limit that any asset meets.
	pub const UNLIMITED: Self = Self {
		most: Amount(u128::MAX),
		period: 1,
	};

	/// Whether the period is longer than nothing.
	pub const fn is_valid(&self) -> bool {
		self.period > 0
	}
}

/// What went out lately, net.
#[derive(
	Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Flow {
	/// The level at `at`.
	level: Amount,
	/// What came in beyond the level, at `at`. Zero while the level is not.
	ahead: Amount,
	/// Until when the leak is booked, in milliseconds of chain time. A little before the last call, where the rest of the
	/// time leaks less than a unit.
	at: u64,
}

/// More would go out than the limit allows now. Waiting helps, and so does a smaller amount.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct FlowExceeded;

impl Flow {
	/// The level at `now`, rounded up. A time before the last call leaks nothing, nor does a limit that is not valid.
	pub fn level(&self, limit: &FlowLimit, now: u64) -> Amount {
		self.level.saturating_sub(self.leaked(limit, now))
	}

	/// What came in beyond the level and may go out again on top of the limit at `now`, rounded down. It lapses: in a
	/// period all of it, the sooner the more of it there is.
	pub fn ahead(&self, limit: &FlowLimit, now: u64) -> Amount {
		let lasts = limit.period.saturating_sub(now.saturating_sub(self.at));
		mul_div(self.ahead.0, lasts.into(), limit.period.into(), Rounding::Down).map_or(Amount::ZERO, Amount)
	}

	/// What may go out at `now`, rounded down. Nothing while the level is above a limit that was lowered.
	pub fn left(&self, limit: &FlowLimit, now: u64) -> Amount {
		limit
			.most
			.saturating_sub(self.level(limit, now))
			.saturating_add(self.ahead(limit, now))
	}

	/// Books what goes out.
	///
	/// [`FlowExceeded`] if it is more than [`Flow::left`], and then nothing changes.
	///
	/// ```
	/// use margin_math::Amount;
	/// use margin_risk::{Flow, FlowExceeded, FlowLimit};
	/// let limit = FlowLimit { most: Amount(1_000), period: 60_000 };
	/// let mut flow = Flow::default();
	/// assert_eq!(flow.take(&limit, Amount(900), 0), Ok(()));
	/// assert_eq!(flow.take(&limit, Amount(200), 0), Err(FlowExceeded));
	/// assert_eq!(flow.take(&limit, Amount(200), 6_000), Ok(()));
	/// ```
	pub fn take(&mut self, limit: &FlowLimit, amount: Amount, now: u64) -> Result<(), FlowExceeded> {
		if amount > self.left(limit, now) {
			return Err(FlowExceeded);
		}
		self.settle(limit, now);
		self.level = self.level.saturating_add(amount.saturating_sub(self.ahead));
		self.ahead = self.ahead.saturating_sub(amount);
		Ok(())
	}

	/// Books what comes in: the level falls by it, but not below zero, so that nothing is saved up.
	///
	/// With an amount of zero it books the leak alone. Do so before a limit changes: the new one counts from the last
	/// booking.
	pub fn give_back(&mut self, limit: &FlowLimit, amount: Amount, now: u64) {
		self.settle(limit, now);
		self.level = self.level.saturating_sub(amount);
	}

	/// Books what comes in, and keeps what is beyond the level: as much may go out again on top of the limit, until it
	/// lapses. So nobody uses up the limit by bringing something in and taking it out again.
	///
	/// ```
	/// use margin_math::Amount;
	/// use margin_risk::{Flow, FlowLimit};
	/// let limit = FlowLimit { most: Amount(1_000), period: 60_000 };
	/// let mut flow = Flow::default();
	/// flow.bring_in(&limit, Amount(5_000), 0);
	/// assert_eq!(flow.left(&limit, 0), Amount(6_000));
	/// assert_eq!(flow.take(&limit, Amount(5_000), 0), Ok(()));
	/// assert_eq!(flow.left(&limit, 0), Amount(1_000));
	/// ```
	pub fn bring_in(&mut self, limit: &FlowLimit, amount: Amount, now: u64) {
		self.settle(limit, now);
		self.ahead = self.ahead.saturating_add(amount.saturating_sub(self.level));
		self.level = self.level.saturating_sub(amount);
		if self.level.is_zero() {
			// Nothing is left to leak for the fraction of time that the leak has not used up.
			self.at = self.at.max(now);
		}
	}

	/// `most * time / period` since the last booking, rounded down.
	fn leaked(&self, limit: &FlowLimit, now: u64) -> Amount {
		let time = now.saturating_sub(self.at);
		if !limit.is_valid() || time == 0 {
			return Amount::ZERO;
		}
		mul_div(limit.most.0, time.into(), limit.period.into(), Rounding::Down).map_or(self.level, Amount)
	}

	/// Books the leak. Only the time in which the whole units leaked is used up: however often this is called, the
	/// fractions are not lost.
	fn settle(&mut self, limit: &FlowLimit, now: u64) {
		let leaked = self.leaked(limit, now);
		let level = self.level.saturating_sub(leaked);
		self.ahead = self.ahead(limit, now);
		self.at = if level.is_zero() {
			self.at.max(now)
		} else {
			// At most `now - at`, because the leak of that time was rounded down.
			let used = mul_div(leaked.0, limit.period.into(), limit.most.0, Rounding::Up);
			let used = used.and_then(|used| u64::try_from(used).ok()).unwrap_or_default();
			self.at.saturating_add(used)
		};
		self.level = level;
	}
}
