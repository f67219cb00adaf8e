//! Guarded prices: a number is not enough, one must know whether to act on it.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use margin_math::Price;
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
