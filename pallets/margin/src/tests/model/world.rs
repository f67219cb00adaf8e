//! What the model's rules look at beside the books: prices, parameters, states, limits and wallets.

use super::number::*;
use crate::{mock::*, AssetConfig, Pauses, Status};
use margin_risk::{FlowLimit, Quote, Verdict};
use std::collections::BTreeMap;

/// A bucket that leaks its limit once a period.
#[derive(Clone, Debug)]
pub struct Bucket {
	level: Q,
	/// What came in beyond the level: as much may go out on top of the limit, less and less of it within a period.
	ahead: Q,
	at: u64,
	/// By how much the pallet's level may be off: a unit and the leak of a millisecond for each use.
	doubt: Q,
}

impl Default for Bucket {
	fn default() -> Self {
		let (level, ahead, doubt) = (Q::zero(), Q::zero(), whole(2));
		Self {
			level,
			ahead,
			at: 0,
			doubt,
		}
	}
}

impl Bucket {
	fn leak(&mut self, limit: &FlowLimit, now: u64) {
		let time = now.saturating_sub(self.at);
		let leaked = whole(limit.most.0) * whole(time) / whole(limit.period);
		self.level = most(rounded(&(&self.level - leaked)), Q::zero());
		self.ahead = rounded(&(&self.ahead * whole(limit.period.saturating_sub(time)) / whole(limit.period)));
		self.at = now;
		self.doubt += whole(2);
		if *limit != FlowLimit::UNLIMITED {
			self.doubt += whole(limit.most.0) / whole(limit.period);
		}
	}

	/// The limit becomes another: what leaked by the old one is booked.
	pub fn change(&mut self, old: &FlowLimit, now: u64) {
		self.leak(old, now);
	}

	/// Whether so much more is more than the limit. Books it.
	pub fn take(&mut self, limit: &FlowLimit, amount: &Q, now: u64, dust: &Q) -> Sure {
		self.leak(limit, now);
		let free = least(self.ahead.clone(), amount.clone());
		self.ahead -= &free;
		self.level += amount - free;
		self.doubt += dust;
		if *limit == FlowLimit::UNLIMITED {
			return Sure::No;
		}
		above(&self.level, &whole(limit.most.0), &self.doubt)
	}

	pub fn give_back(&mut self, limit: &FlowLimit, amount: &Q, now: u64, dust: &Q) {
		self.bring_in(limit, amount, now, dust);
		self.ahead = Q::zero();
	}

	/// What is beyond the level is kept for whoever takes it out again.
	pub fn bring_in(&mut self, limit: &FlowLimit, amount: &Q, now: u64, dust: &Q) {
		self.leak(limit, now);
		self.ahead += most(amount - &self.level, Q::zero());
		self.level = most(&self.level - amount, Q::zero());
		self.doubt += dust;
	}
}

/// Everything but the books.
#[derive(Clone, Debug)]
pub struct World {
	pub quotes: BTreeMap<AssetId, Quote>,
	pub configs: BTreeMap<AssetId, AssetConfig<AssetId>>,
	/// Margin ratios in force, initial first, and the size scale. They come from the pallet, and are checked against
	/// the parameters when they change.
	pub margins: BTreeMap<AssetId, ([Q; 3], Q)>,
	pub status: BTreeMap<AssetId, Status>,
	pub pauses: BTreeMap<AssetId, Pauses>,
	pub outflow_limits: BTreeMap<AssetId, FlowLimit>,
	pub outflow: BTreeMap<AssetId, Bucket>,
	pub lent: BTreeMap<AssetId, Bucket>,
	/// When the last block was made, and since when blocks are made without a halt.
	pub last_block: u64,
	pub awake_since: u64,
	/// Tokens that traders hold themselves.
	pub wallets: BTreeMap<(AccountId, AssetId), u128>,
	/// The wallet that all of a balance went to or came from: that is known to within dust only.
	pub about: Option<(AccountId, AssetId)>,
}

impl World {
	/// The part of an unusable price that a deposit still counts with: all of it for an hour, then less, none after
	/// seven. A price that is held back is fresh, and no time counts in which the chain stood still.
	pub fn faded(&self, asset: AssetId, now: u64) -> Q {
		let (quote, rules) = (self.quotes[&asset], Rules::get());
		if quote.verdict == Verdict::HeldBack && self.status[&asset] != Status::Frozen {
			return whole(1);
		}
		let since = quote.updated_at.max(self.awake_since);
		let late = now.saturating_sub(since).saturating_sub(rules.unusable_grace);
		let left = rules.unusable_decay.saturating_sub(late);
		whole(left) / whole(rules.unusable_decay)
	}

	/// A block is made.
	pub fn beat(&mut self, now: u64) {
		if now - self.last_block > Rules::get().halt {
			self.awake_since = now;
		}
		self.last_block = now;
	}

	/// Whether the notice of an asset that is delisted is over.
	pub fn is_given_up(&self, asset: AssetId, now: u64) -> bool {
		matches!(self.status[&asset], Status::Delisting(over) if now >= over)
	}
}
