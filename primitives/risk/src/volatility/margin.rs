//! The maintenance ratio that follows from volatility.

use super::{Estimate, Pace};
use crate::MAX_MAINTENANCE;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use margin_math::{Ratio, Rounding};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// An asset that was watched for less than this has no estimate of its own yet: 30 days, in milliseconds.
pub const FULL_HISTORY: u64 = 30 * 24 * 3_600_000;

/// Share of the usual volatility in what the margin is taken from; the rest is the estimate's.
const USUAL_SHARE: Ratio = Ratio::from_percent(25);

/// How an asset's maintenance ratio follows its volatility: the part of the asset's record that `margin-backtest
/// calibrate` writes and governance proposes.
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
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct VolatilityMargin {
	/// Margin in standard deviations of an hour's return.
	pub multiple: Ratio,
	/// Standard deviation of an hour's return over the years, from the asset's history. Without it, the ratio is `cap`
	/// until the asset has been watched for [`FULL_HISTORY`].
	pub usual: Option<Ratio>,
	/// Least maintenance ratio.
	pub floor: Ratio,
	/// Largest maintenance ratio.
	pub cap: Ratio,
	/// How far the ratio in force may rise in an hour, as a ratio of itself.
	pub rise: Ratio,
	/// How far the ratio in force may fall in an hour, as a ratio of itself.
	pub fall: Ratio,
}

/// Which field of a [`VolatilityMargin`] is out of its range.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BadVolatilityMargin {
	/// A multiple below 1 or above 20.
	Multiple,
	/// A usual volatility of zero or above 10 % an hour.
	Usual,
	/// A floor of zero or above the cap, or a cap above [`MAX_MAINTENANCE`].
	Bounds,
	/// A rise below 1 % or above 100 % an hour, or a fall below 0.1 % or above 50 %.
	Speed,
}

impl VolatilityMargin {
	/// Whether every field lies in its range.
	///
	/// # Errors
	/// The first field that does not.
	pub fn check(&self) -> Result<(), BadVolatilityMargin> {
		let within =
			|ratio: Ratio, least: u32, most: u32| (Ratio::from_ppm(least)..=Ratio::from_ppm(most)).contains(&ratio);
		let rules = [
			(
				within(self.multiple, 1_000_000, 20_000_000),
				BadVolatilityMargin::Multiple,
			),
			(
				self.usual.is_none_or(|usual| within(usual, 1, 100_000)),
				BadVolatilityMargin::Usual,
			),
			(
				!self.floor.is_zero() && self.floor <= self.cap && self.cap <= MAX_MAINTENANCE,
				BadVolatilityMargin::Bounds,
			),
			(
				within(self.rise, 10_000, 1_000_000) && within(self.fall, 1_000, 500_000),
				BadVolatilityMargin::Speed,
			),
		];
		let broken = rules.into_iter().find(|(passes, _)| !passes);
		broken.map_or(Ok(()), |(_, error)| Err(error))
	}

	/// How fast the ratio in force may move.
	pub fn pace(&self) -> Pace {
		Pace::hourly(self.rise, self.fall)
	}

	/// The maintenance ratio that `estimate` asks for, rounded up:
	///
	/// ```text
	/// m = clamp(multiple (0.25 usual + 0.75 volatility), floor, cap)
	/// ```
	///
	/// While the asset's own history is short, its volatility counts for no less than the usual one; without either, the
	/// cap.
	pub fn required(&self, estimate: Option<&Estimate>) -> Ratio {
		let own = estimate.filter(|estimate| estimate.history >= FULL_HISTORY);
		let (usual, volatility) = match (self.usual, own, estimate) {
			(Some(usual), Some(own), _) => (usual, own.volatility),
			(Some(usual), None, Some(young)) => (usual, young.volatility.max(usual)),
			(Some(usual), None, None) => (usual, usual),
			(None, Some(own), _) => (own.volatility, own.volatility),
			(None, None, _) => return self.cap,
		};
		let rest = Ratio::ONE.saturating_sub(USUAL_SHARE);
		let margin = usual
			.checked_mul(USUAL_SHARE, Rounding::Up)
			.and_then(|usual| usual.checked_add(volatility.checked_mul(rest, Rounding::Up)?))
			.and_then(|mixed| mixed.checked_mul(self.multiple, Rounding::Up));
		margin.map_or(self.cap, |margin| margin.clamp(self.floor, self.cap))
	}
}
