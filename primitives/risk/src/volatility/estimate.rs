//! What is known of an asset's volatility.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use margin_math::{Ratio, Rounding};
use scale_info::TypeInfo;

/// How volatile an asset is.
#[derive(
	Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Estimate {
	/// Standard deviation of an hour's return.
	pub volatility: Ratio,
	/// What the asset's own past adds to its long-run level; see [`Estimate::level`].
	pub own_level: Ratio,
	/// The share of the asset's own past in that level.
	pub known: Ratio,
	/// For how long the asset has been watched, in milliseconds.
	pub history: u64,
}

impl Estimate {
	/// Long-run level of an hour's standard deviation: the asset's own past, and in place of the past that nobody watched
	/// what is `usual` for it. Without that, its own past alone. A gap does not widen it, and the last update does not count
	/// yet. Rounded up.
	pub fn level(&self, usual: Option<Ratio>) -> Ratio {
		let Some(usual) = usual else {
			return self.own_level.checked_div(self.known, Rounding::Up).unwrap_or_default();
		};
		let rest = Ratio::ONE.saturating_sub(self.known);
		let usual = usual.checked_mul(rest, Rounding::Up).unwrap_or(Ratio::MAX);
		self.own_level.saturating_add(usual)
	}
}

/// The correlation of two assets' hourly returns, in parts per million: from -1,000,000 to 1,000,000.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Debug,
	Default,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Correlation(i32);

impl Correlation {
	/// Both always move alike.
	pub const ONE: Self = Self(1_000_000);

	/// So many parts per million, cut to the range of a correlation.
	pub fn from_ppm(parts: i32) -> Self {
		Self(parts.clamp(-1_000_000, 1_000_000))
	}

	/// Parts per million.
	pub const fn ppm(self) -> i32 {
		self.0
	}
}

/// Where estimates come from: one an asset and block.
pub trait VolatilitySource<Key> {
	/// What is known of `key` now; `None` if it was never watched.
	fn estimate(key: &Key) -> Option<Estimate>;

	/// The correlation of two keys; `None` while too little is known of them.
	fn correlation(a: &Key, b: &Key) -> Option<Correlation>;

	/// Makes `volatility` what is known of `key`, with a full history.
	#[cfg(feature = "runtime-benchmarks")]
	fn set_volatility(key: &Key, volatility: Ratio);
}
