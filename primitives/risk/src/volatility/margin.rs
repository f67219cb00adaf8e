//! The maintenance ratio that follows from volatility.

use super::{Estimate, Pace};
use crate::MAX_MAINTENANCE;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use margin_math::{mul_div, Ratio, Rounding};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// An asset that was watched for less than this has no estimate of its own yet: 30 days, in milliseconds.
pub const FULL_HISTORY: u64 = 30 * 24 * 3_600_000;

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
	/// The part of the margin that does not follow volatility.
	pub base: Ratio,
	/// The rest, in standard deviations of an hour's return, while the asset is as volatile as usual.
	pub multiple: Ratio,
	/// Standard deviation of an hour's return over the years, from the asset's history. Without it, the ratio is `cap`
	/// until the asset has been watched for [`FULL_HISTORY`], and then follows the volatility alone.
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
	/// A base above [`MAX_MAINTENANCE`].
	Base,
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
			(self.base <= MAX_MAINTENANCE, BadVolatilityMargin::Base),
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

	/// Whether margins that follow volatility as `new` says are never lower than as this says. How fast they rise is how
	/// early a trader is told, so that is neither looser nor tighter, and has to stay. So has it, whether the usual
	/// volatility is known: the cap may stand for it.
	pub fn only_tightens(&self, new: &Self) -> bool {
		new.base >= self.base
			&& new.multiple >= self.multiple
			&& new.usual.is_some() == self.usual.is_some()
			&& new.usual >= self.usual
			&& new.floor >= self.floor
			&& new.cap >= self.cap
			&& new.rise == self.rise
			&& new.fall <= self.fall
	}

	/// Whether each number of `new` is at most twice, and at least half, of what it is here. The base may instead move by a
	/// percentage point.
	pub fn is_small_step(&self, new: &Self) -> bool {
		let small = |old: Ratio, new: Ratio| new <= old.saturating_add(old) && old <= new.saturating_add(new);
		let usual = self.usual.zip(new.usual).is_none_or(|(old, new)| small(old, new));
		let apart = self
			.base
			.saturating_sub(new.base)
			.max(new.base.saturating_sub(self.base));
		let base = apart <= Ratio::from_percent(1) || small(self.base, new.base);
		usual
			&& base && small(self.multiple, new.multiple)
			&& small(self.floor, new.floor)
			&& small(self.cap, new.cap)
			&& small(self.rise, new.rise)
			&& small(self.fall, new.fall)
	}

	/// How fast the ratio in force may move.
	pub fn pace(&self) -> Pace {
		Pace::hourly(self.rise, self.fall)
	}

	/// The maintenance ratio that `estimate` asks for, rounded up:
	///
	/// ```text
	/// m = clamp(base + multiple * usual * volatility / level, floor, cap)
	/// level = the asset's long-run level, in which the usual stands for what nobody watched, from a half to twice the usual
	/// ```
	///
	/// So volatility counts against what is usual for the asset in its time: over quiet years and over wild ones the margin
	/// keeps its average, and what it holds back in calm hours it has in stormy ones. Beyond a half and twice the usual it
	/// follows the volatility itself.
	///
	/// While the asset has been watched for less than [`FULL_HISTORY`], its volatility counts for no less than the usual
	/// one; without either, the cap.
	pub fn required(&self, estimate: Option<&Estimate>) -> Ratio {
		let own = estimate.filter(|estimate| estimate.history >= FULL_HISTORY);
		let follows = match (self.usual, own, estimate) {
			(Some(usual), Some(own), _) => relative(usual, own),
			(Some(usual), None, Some(young)) => relative(usual, young).map(|volatility| volatility.max(usual)),
			(Some(usual), None, None) => Some(usual),
			(None, Some(own), _) => Some(own.volatility),
			(None, None, _) => None,
		};
		let margin = follows
			.and_then(|volatility| volatility.checked_mul(self.multiple, Rounding::Up))
			.map(|margin| margin.saturating_add(self.base));
		margin.map_or(self.cap, |margin| margin.clamp(self.floor, self.cap))
	}
}

/// The volatility in parts of what is usual for the asset, times the `usual` one of its record. `None` if it does not fit.
fn relative(usual: Ratio, estimate: &Estimate) -> Option<Ratio> {
	let half = Ratio::from_raw(usual.raw() / 2);
	let level = estimate.level(Some(usual)).clamp(half, usual.saturating_add(usual));
	mul_div(estimate.volatility.raw(), usual.raw(), level.raw(), Rounding::Up).map(Ratio::from_raw)
}
