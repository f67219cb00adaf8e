//! The clock of one auction. Pure: time and prices come in, what is to be done comes out.

use crate::{Level, Rules};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use margin_math::{mul_div, Amount, Price, Ratio, Rounding};
use scale_info::TypeInfo;
use sp_runtime::RuntimeDebug;

/// One fall of the price, from the top to the bottom.
#[derive(Encode, Decode, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, RuntimeDebug)]
pub struct Round {
	/// When it began, in milliseconds of unix time.
	pub started_at: u64,
	/// When the price reaches the bottom, in milliseconds of unix time.
	pub ends_at: u64,
	/// The live price when it began.
	pub reference: Price,
	/// Where it starts, as a share of the live price.
	pub top: Ratio,
	/// Where it ends, as a share of the live price. The same share of `reference` is the round's floor.
	pub bottom: Ratio,
	/// The floor's step.
	pub step: u32,
}

/// The rolling auction of one asset.
#[derive(Encode, Decode, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, RuntimeDebug)]
pub struct Auction {
	/// How many rounds have begun: the number of the one that runs, or ran last.
	pub rounds: u32,
	/// The round that runs. None while it waits for a price or is paused.
	pub round: Option<Round>,
	/// The size of the lot to which `tried` belongs.
	pub lot: Amount,
	/// For how long this lot was on offer without a buyer, in milliseconds.
	pub tried: u64,
	/// When the chain last looked at it, in milliseconds of unix time.
	pub seen_at: u64,
}

/// Why a round began.
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, RuntimeDebug)]
pub enum Cause {
	/// It is the auction's first.
	First,
	/// The one before had run to its end.
	TimeUp,
	/// The live price had moved too far, or had fallen below the round's floor.
	PriceMoved,
	/// The lot had grown by more than a tenth, so that a floor that had stepped down was no longer right.
	LotGrew,
	/// The price had been unusable, or the auction paused.
	Resumed,
}

/// What the chain sees when it looks at an auction.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sight {
	/// Milliseconds of unix time.
	pub now: u64,
	/// The live price, while the asset can be sold at it and something can be had for it.
	pub live: Option<Price>,
	/// What is for sale.
	pub lot: Amount,
	/// Whether that is worth the least take.
	pub worthwhile: bool,
	/// What is paused.
	pub level: Level,
}

/// How an auction goes on after a look at it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Next {
	/// As it stands.
	GoOn,
	/// With a new round, unless the lot has been tried for long enough.
	Begin(Cause),
	/// The round that ran is over, and none follows for now.
	Suspended,
}

/// Why an auction has no price.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum NoPrice {
	/// No round runs.
	BetweenRounds,
	/// The live price fell so far that the clock's price is below the round's floor.
	BelowFloor,
	/// A number did not fit.
	Overflow,
}

impl Round {
	/// The share of the live price at `now`: falls evenly from top to bottom, and stays there. Rounded up.
	pub(crate) fn fraction(&self, now: u64) -> Option<Ratio> {
		let left = self.ends_at.saturating_sub(now.max(self.started_at));
		if left == 0 {
			return Some(self.bottom);
		}
		let whole = self.ends_at.saturating_sub(self.started_at);
		let way = self.top.saturating_sub(self.bottom);
		let above = mul_div(way.raw(), left.into(), whole.into(), Rounding::Up)?;
		self.bottom.checked_add(Ratio::from_raw(above))
	}

	/// The price below which nothing is sold in this round, rounded up. `None` if it does not fit.
	pub fn floor(&self) -> Option<Price> {
		self.reference.scale(self.bottom, Rounding::Up)
	}

	/// The price at `now`, rounded up.
	fn price(&self, now: u64, live: Price) -> Result<Price, NoPrice> {
		let price = self.fraction(now).and_then(|share| live.scale(share, Rounding::Up));
		match (price, self.floor()) {
			(Some(price), Some(floor)) if price >= floor => Ok(price),
			(Some(_), Some(_)) => Err(NoPrice::BelowFloor),
			_ => Err(NoPrice::Overflow),
		}
	}

	fn has_drifted(&self, live: Price, drift: Ratio) -> bool {
		live.distance(self.reference).is_none_or(|distance| distance > drift)
	}
}

impl Auction {
	/// One that has had no round yet.
	pub(crate) fn new(sight: &Sight) -> Self {
		Self {
			rounds: 0,
			round: None,
			lot: sight.lot,
			tried: 0,
			seen_at: sight.now,
		}
	}

	/// The price at `now`, in dollars per whole unit, rounded up.
	pub(crate) fn price(&self, now: u64, live: Price) -> Result<Price, NoPrice> {
		match &self.round {
			Some(round) if !self.is_over(now) => round.price(now, live),
			_ => Err(NoPrice::BetweenRounds),
		}
	}

	/// Whether the round has run to its end. The block that finds the time up offers the floor itself, so that a round
	/// reaches it however far blocks are apart; the next look ends the round.
	fn is_over(&self, now: u64) -> bool {
		let ends_at = self.round.map_or(0, |round| round.ends_at);
		self.seen_at >= ends_at && now > self.seen_at
	}

	/// Looks at the auction: counts the time, notes the lot, and says how it goes on.
	pub(crate) fn look(&mut self, sight: &Sight, rules: &Rules) -> Next {
		let over = self.is_over(sight.now);
		self.count(sight, rules);
		let Some(live) = sight.live.filter(|_| sight.level < Level::NoTake) else {
			return self.suspend();
		};
		let grew = self.note_lot(sight.lot, sight.worthwhile);
		let cause = match &self.round {
			None if self.rounds == 0 => Some(Cause::First),
			None => Some(Cause::Resumed),
			Some(_) if over => Some(Cause::TimeUp),
			Some(round) if round.has_drifted(live, rules.drift) => Some(Cause::PriceMoved),
			Some(round) if round.price(sight.now, live).is_err() => Some(Cause::PriceMoved),
			Some(round) => (grew && round.step > 0).then_some(Cause::LotGrew),
		};
		match cause {
			None => Next::GoOn,
			Some(_) if sight.level >= Level::NoRestart => self.suspend(),
			Some(cause) => Next::Begin(cause),
		}
	}

	/// The time since the last look was time without a buyer, if all that time something could be had: not while the
	/// price was unusable, nor while anything was paused, nor while the chain stood still.
	fn count(&mut self, sight: &Sight, rules: &Rules) {
		let spent = sight.now.saturating_sub(self.seen_at).min(rules.duration);
		if self.round.is_some() && sight.live.is_some() && sight.level == Level::None {
			self.tried = self.tried.saturating_add(spent);
		}
		self.seen_at = self.seen_at.max(sight.now);
	}

	fn suspend(&mut self) -> Next {
		match self.round.take() {
			Some(_) => Next::Suspended,
			None => Next::GoOn,
		}
	}

	/// Notes how much is for sale now. When it moved by more than a tenth it is a lot of its own, and its time begins:
	/// there were buyers, or it is fresh and must not be sold at a floor that stepped down for another. A rest that is not
	/// worth a take gets no more time. Says whether the time begins because the lot grew.
	///
	/// A tenth, and not any sale: else a dollar's worth now and then would hold the floor up for ever. So without inflow
	/// the time begins only as often as the lot can lose a tenth.
	pub(crate) fn note_lot(&mut self, lot: Amount, worthwhile: bool) -> bool {
		let tenth = self.lot.0.checked_div(10).unwrap_or(0);
		if lot.0.abs_diff(self.lot.0) <= tenth {
			return false;
		}
		let grew = lot > self.lot;
		self.lot = lot;
		if worthwhile {
			self.tried = 0;
		}
		worthwhile && grew
	}

	/// Whether even the minimum price was tried for as long as the rules ask.
	pub(crate) fn is_spent(&self, rules: &Rules) -> bool {
		self.tried >= rules.patience()
	}

	/// Begins the next round at the live price. `None` if its price or number does not fit.
	pub(crate) fn begin(&mut self, now: u64, live: Price, rules: &Rules) -> Option<Round> {
		let step = rules.step_after(self.tried);
		let round = Round {
			started_at: now,
			ends_at: now.checked_add(rules.duration)?,
			reference: live,
			top: rules.top(),
			bottom: rules.bottom(step),
			step,
		};
		round.price(now, live).ok()?;
		self.rounds = self.rounds.checked_add(1)?;
		self.round = Some(round);
		Some(round)
	}
}
