//! Margin ratios that change little by little, so that nobody is liquidated by a decision.

use crate::MarginRatios;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use margin_math::{mul_div, Ratio, Rounding};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// The way from former margin ratios to those that are now written down.
///
/// The default is no way at all: the new ratios hold at once.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Default,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
#[serde(rename_all = "camelCase")]
pub struct MarginRamp {
	/// The ratios at the start.
	pub from: MarginRatios,
	/// Until then the ratios stay as they were: milliseconds of chain time.
	pub start: u64,
	/// From then on the new ratios hold: milliseconds of chain time.
	pub end: u64,
}

impl MarginRamp {
	/// The ratios at `now` on the way to `to`: each level moves on a straight line from start to end. Rounded up.
	///
	/// Valid if both ends are. A ramp that does not end after its start has ended.
	///
	/// ```
	/// use margin_math::Ratio;
	/// use margin_risk::{MarginRamp, MarginRatios};
	/// let usual = |percent| MarginRatios::from_maintenance(Ratio::from_percent(percent)).unwrap();
	/// let ramp = MarginRamp { from: usual(4), start: 1_000, end: 2_000 };
	/// assert_eq!(ramp.at(&usual(8), 1_000), usual(4));
	/// assert_eq!(ramp.at(&usual(8), 1_250), usual(5));
	/// assert_eq!(ramp.at(&usual(8), 2_000), usual(8));
	/// ```
	#[must_use]
	pub fn at(&self, to: &MarginRatios, now: u64) -> MarginRatios {
		if now >= self.end || self.end <= self.start {
			return *to;
		}
		let elapsed = now.saturating_sub(self.start);
		let length = self.end.saturating_sub(self.start);
		let between = |from: Ratio, to: Ratio| {
			// Never `None`: `elapsed < length`.
			let moved = |distance: Ratio, rounding| {
				mul_div(distance.raw(), elapsed.into(), length.into(), rounding).map_or(distance, Ratio::from_raw)
			};
			if to >= from {
				from.saturating_add(moved(to.saturating_sub(from), Rounding::Up))
			} else {
				from.saturating_sub(moved(from.saturating_sub(to), Rounding::Down))
			}
		};
		MarginRatios {
			initial: between(self.from.initial, to.initial),
			target: between(self.from.target, to.target),
			maintenance: between(self.from.maintenance, to.maintenance),
		}
	}
}
