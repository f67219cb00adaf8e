//! The rule by which a reading of the oracle becomes the chain's price: a pure function of the last latched state, the
//! reading, the guard and the time.
//!
//! | reading | outcome |
//! |---|---|
//! | none, or a price of zero | [`Verdict::Missing`], the last price stays |
//! | older than the guard allows | [`Verdict::Stale`], the last price stays |
//! | too few operators behind it | [`Verdict::TooFewOperators`], the last price stays |
//! | first of its key | taken over, the stable price starts there |
//! | inside the band around the last latched price | taken over, what was held back is dropped |
//! | outside the band | [`Verdict::HeldBack`]; adopted after `hold_rounds` further readings or `hold_ms`, whatever the distance |
//! | first one after a gap | [`Verdict::HeldBack`] inside the band too; adopted after `hold_rounds` further readings |
//!
//! A *gap* is a time in which the last fresh reading expired: the chain stood still, or the feeds did. What was true
//! before it says little about now, so fresh prices must come in several times before the first one counts, and time
//! alone is no substitute for them.
//!
//! A *round* is a reading with a time newer than any before it. The reading that opens a hold is not a round of it: it
//! has to be confirmed `hold_rounds` times.

use crate::{guard::Guard, oracle::Reading};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use margin_math::Price;
use margin_risk::{volatility::Bucket, Quote, Stable, Verdict};
use scale_info::TypeInfo;

/// A price that waits to be adopted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Held {
	/// The newest reading, in dollars per whole unit.
	pub price: Price,
	/// When the hold began, in milliseconds of chain time.
	pub since: u64,
	/// Readings that came in since, each newer than the one before.
	pub rounds: u32,
	/// Whether the hold began with a gap: then only rounds end it, neither time nor a return inside the band.
	pub after_gap: bool,
}

impl Held {
	const fn open(price: Price, now: u64, after_gap: bool) -> Self {
		Self {
			price,
			since: now,
			rounds: 0,
			after_gap,
		}
	}

	fn is_served(&self, guard: &Guard, now: u64) -> bool {
		self.rounds >= guard.hold_rounds || (!self.after_gap && now.saturating_sub(self.since) >= guard.hold_ms)
	}
}

/// What is stored for a key: the chain's price and how it came about.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Latch {
	/// The last price taken over, in dollars per whole unit.
	pub live: Price,
	/// The price that follows the live one at a bounded speed.
	pub stable: Stable,
	/// A price that waits to be adopted, if any.
	pub held: Option<Held>,
	/// The verdict at the time of the latch. It ages: read it through [`Latch::verdict_at`].
	pub verdict: Verdict,
	/// Oracle time of the reading behind `live`, in milliseconds.
	pub updated_at: u64,
	/// Newest oracle time of any fresh reading, held back or not, in milliseconds. Never falls.
	pub seen_at: u64,
	/// Time after which the newest fresh reading is stale, in milliseconds.
	pub expires_at: u64,
	/// The prices taken over in the five minutes under way, if any.
	pub bucket: Option<Bucket>,
}

/// Five minutes that are over.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ended {
	/// The prices that were taken over in them.
	pub bucket: Bucket,
	/// The last of them, in dollars per whole unit.
	pub close: Price,
}

/// What a latch did, for events and tests.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Change {
	/// The reading was not good enough, or there was none: the price stays as it was.
	Kept,
	/// The reading is the key's first price.
	First,
	/// The reading was inside the band and is the price now.
	Followed,
	/// The reading opened a hold.
	HeldBack,
	/// The reading was held back before and still is.
	StillHeld,
	/// The reading ended a hold and is the price now.
	Adopted,
}

impl Latch {
	/// The state after a key's first price.
	pub fn first(price: Price, time_ms: u64, guard: &Guard, now: u64) -> Self {
		Self {
			live: price,
			stable: Stable::starting_at(price, now),
			held: None,
			verdict: Verdict::Usable,
			updated_at: time_ms,
			seen_at: time_ms,
			expires_at: time_ms.saturating_add(guard.max_age_ms),
			bucket: Some(Bucket::open(price, now)),
		}
	}

	/// Closes the five minutes under way if they are over at the time `now`. Before the latch of a block: what that takes
	/// over belongs to the next ones.
	pub(crate) fn end_bucket(&mut self, now: u64) -> Option<Ended> {
		let bucket = self.bucket.take_if(|bucket| bucket.has_ended(now))?;
		Some(Ended {
			bucket,
			close: self.live,
		})
	}

	/// Adds a price that is taken over to the five minutes under way. The same reading again is no news.
	fn count(&mut self, reading: Fresh, now: u64) {
		if reading.time_ms > self.updated_at || reading.price != self.live {
			let opened = Bucket::open(reading.price, now);
			self.bucket = Some(self.bucket.map_or(opened, |bucket| bucket.with(reading.price)));
		}
	}

	/// The verdict at the time `now`: staleness shows as soon as it is true, whether or not a latch has run since.
	pub fn verdict_at(&self, now: u64) -> Verdict {
		match self.verdict {
			Verdict::Missing => Verdict::Missing,
			_ if now > self.expires_at => Verdict::Stale,
			verdict => verdict,
		}
	}

	/// What users of the price get to see at the time `now`.
	pub fn quote_at(&self, now: u64) -> Quote {
		Quote {
			live: self.live,
			candidate: self.held.map(|held| held.price),
			stable: self.stable.price,
			verdict: self.verdict_at(now),
			updated_at: self.updated_at,
		}
	}

	/// The state of a key that is no longer guarded: the last price remains readable, so that what is held of the
	/// asset can still be valued, but it is not usable, and a guard set later starts as after a gap.
	#[must_use]
	pub fn retired(mut self) -> Self {
		self.verdict = Verdict::Missing;
		self.held = None;
		self.expires_at = 0;
		self.bucket = None;
		self
	}

	/// Moves the stable price on to `now`. Only time with a usable price in force counts: what nobody knew gains no
	/// trust by waiting.
	fn follow(&mut self, guard: &Guard, now: u64) {
		if self.verdict.is_usable() {
			let known_until = now.min(self.expires_at);
			self.stable = self.stable.follow(self.live, guard.stable_speed_per_hour, known_until);
		}
		self.stable = self.stable.wait(now);
	}

	fn take(&mut self, reading: Fresh, guard: &Guard, now: u64) -> Change {
		let (held, change) = self.hold(reading, guard, now);
		self.held = held;
		self.seen_at = self.seen_at.max(reading.time_ms);
		self.expires_at = reading.time_ms.saturating_add(guard.max_age_ms);
		if held.is_some() {
			self.verdict = Verdict::HeldBack;
		} else {
			self.count(reading, now);
			self.verdict = Verdict::Usable;
			self.live = reading.price;
			self.updated_at = reading.time_ms;
		}
		change
	}

	fn hold(&self, reading: Fresh, guard: &Guard, now: u64) -> (Option<Held>, Change) {
		let inside = reading
			.price
			.distance(self.live)
			.is_some_and(|distance| distance <= guard.band);
		if now > self.expires_at {
			return (Some(Held::open(reading.price, now, true)), Change::HeldBack);
		}
		match self.held {
			None if inside => (None, Change::Followed),
			None => (Some(Held::open(reading.price, now, false)), Change::HeldBack),
			Some(held) if inside && !held.after_gap => (None, Change::Followed),
			Some(mut held) => {
				held.price = reading.price;
				held.rounds = held.rounds.saturating_add((reading.time_ms > self.seen_at).into());
				if held.is_served(guard, now) {
					(None, Change::Adopted)
				} else {
					(Some(held), Change::StillHeld)
				}
			},
		}
	}
}

/// A reading that passed age, operators and zero.
#[derive(Clone, Copy)]
struct Fresh {
	price: Price,
	time_ms: u64,
}

/// Judges a reading by itself. A time in the future counts as now, so that it cannot outlive its age.
fn judge(reading: Option<Reading>, guard: &Guard, now: u64) -> Result<Fresh, Verdict> {
	let reading = reading
		.filter(|reading| !reading.price.is_zero())
		.ok_or(Verdict::Missing)?;
	if now.saturating_sub(reading.time_ms) > guard.max_age_ms {
		return Err(Verdict::Stale);
	}
	if reading.operators < guard.min_operators {
		return Err(Verdict::TooFewOperators);
	}
	Ok(Fresh {
		price: reading.price,
		time_ms: reading.time_ms.min(now),
	})
}

/// Latches a key: the state after `reading` at the time `now`, given the state `before`.
///
/// `None` stays `None` until a first reading is good enough.
pub fn latch(before: Option<Latch>, reading: Option<Reading>, guard: &Guard, now: u64) -> (Option<Latch>, Change) {
	match (before, judge(reading, guard, now)) {
		(None, Err(_)) => (None, Change::Kept),
		(None, Ok(fresh)) => (
			Some(Latch::first(fresh.price, fresh.time_ms, guard, now)),
			Change::First,
		),
		(Some(mut latch), judged) => {
			latch.follow(guard, now);
			let change = match judged {
				Ok(fresh) => latch.take(fresh, guard, now),
				Err(verdict) => {
					latch.verdict = verdict;
					Change::Kept
				},
			};
			(Some(latch), change)
		},
	}
}
