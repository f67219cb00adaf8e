//! Guarded prices: a number is not enough, one must know whether to act on it.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use margin_math::{mul_div, Price, Rounding};
use scale_info::TypeInfo;

/// Whether a price may be acted on, and if not, why.
#[derive(
	Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum Verdict {
	/// Fresh, from enough operators, inside the band.
	Usable,
	/// A new price lies outside the band around the last one and waits to be adopted.
	HeldBack,
	/// The last price is too old.
	Stale,
	/// Too few operators stand behind the price.
	TooFewOperators,
	/// There has never been a price.
	#[default]
	Missing,
	/// Governance froze the asset.
	Frozen,
}

impl Verdict {
	/// Whether risk may be taken on, and the asset sold or seized, at this price.
	pub const fn is_usable(self) -> bool {
		matches!(self, Self::Usable)
	}
}

/// The price of an asset as everything in one block sees it.
#[derive(
	Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Quote {
	/// The price adopted last.
	pub live: Price,
	/// A newer price that is held back, if there is one.
	pub candidate: Option<Price>,
	/// A price that follows the live one at a bounded speed, so that nobody borrows against a spike.
	pub stable: Price,
	/// Whether the live price may be acted on.
	pub verdict: Verdict,
	/// When the live price was reported, in milliseconds of chain time.
	pub updated_at: u64,
}

impl Quote {
	/// A usable price whose stable price has caught up with it.
	pub const fn usable(price: Price, updated_at: u64) -> Self {
		Self {
			live: price,
			candidate: None,
			stable: price,
			verdict: Verdict::Usable,
			updated_at,
		}
	}

	/// No price at all: what to assume of an asset that was never priced.
	pub const fn missing() -> Self {
		Self {
			live: Price::ZERO,
			candidate: None,
			stable: Price::ZERO,
			verdict: Verdict::Missing,
			updated_at: 0,
		}
	}

	/// Whether the live price may be acted on: its verdict says so, and it is not zero.
	pub const fn is_usable(&self) -> bool {
		self.verdict.is_usable() && !self.live.is_zero()
	}

	/// What a deposit counts at when the price has not been usable for long: in full for `grace` milliseconds after the
	/// last report, then falling on a straight line to nothing over `decay` milliseconds. Every price in it is rounded
	/// down. A usable quote stays as it is, and so does one that is held back: fresh readings stand behind it, and it will
	/// soon be usable, also after a gap that was longer than all this time.
	///
	/// The time begins at `awake_since` if that is later: while the chain stood still nobody could feed a price, nor do
	/// anything about it.
	///
	/// So a dead price shields its holder for a bounded time only. Never for a debt, which must not fade.
	///
	/// ```
	/// use margin_math::Price;
	/// use margin_risk::{Quote, Verdict};
	/// let quote = Quote { verdict: Verdict::Stale, ..Quote::usable(Price::from_raw(1_000), 5_000) };
	/// assert_eq!(quote.decayed(5_100, 0, 100, 400), quote);
	/// assert_eq!(quote.decayed(5_200, 0, 100, 400).live, Price::from_raw(750));
	/// assert_eq!(quote.decayed(5_500, 0, 100, 400).live, Price::ZERO);
	/// assert_eq!(quote.decayed(5_500, 5_400, 100, 400), quote);
	/// ```
	#[must_use]
	pub fn decayed(&self, now: u64, awake_since: u64, grace: u64, decay: u64) -> Self {
		let since = self.updated_at.max(awake_since);
		let overdue = now.saturating_sub(since).saturating_sub(grace);
		if self.is_usable() || self.verdict == Verdict::HeldBack || overdue == 0 {
			return *self;
		}
		let left = decay.saturating_sub(overdue);
		// `None` only if `decay` is zero: then nothing is left.
		let faded = |price: Price| {
			mul_div(price.raw(), left.into(), decay.into(), Rounding::Down).map_or(Price::ZERO, Price::from_raw)
		};
		Self {
			live: faded(self.live),
			candidate: self.candidate.map(faded),
			stable: faded(self.stable),
			..*self
		}
	}

	/// The higher of the live price and the one held back.
	pub fn highest(&self) -> Price {
		self.candidate.map_or(self.live, |candidate| candidate.max(self.live))
	}

	/// The lower of the live price and the one held back.
	pub fn lowest(&self) -> Price {
		self.candidate.map_or(self.live, |candidate| candidate.min(self.live))
	}
}

/// Where prices come from: one price per key and block.
pub trait PriceSource<Key> {
	/// The price of the block; `None` if the key was never priced.
	fn quote(key: &Key) -> Option<Quote>;

	/// Makes `price` the usable live and stable price of `key`.
	#[cfg(feature = "runtime-benchmarks")]
	fn set_quote(key: &Key, price: Price);
}
