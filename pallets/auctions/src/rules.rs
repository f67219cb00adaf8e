//! What governance decides about the auctions.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::ops::RangeInclusive;
use margin_math::{Ratio, Rounding, Value};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_runtime::RuntimeDebug;

/// Allowed premiums, in parts per million: nothing to 20 %.
pub const PREMIUM_RANGE_PPM: RangeInclusive<u32> = 0..=200_000;
/// Allowed first discounts, in parts per million: 0.1 % to 20 %.
pub const DISCOUNT_RANGE_PPM: RangeInclusive<u32> = 1_000..=200_000;
/// Allowed steps of the discount, in parts per million: 0.1 % to 20 %.
pub const DISCOUNT_STEP_RANGE_PPM: RangeInclusive<u32> = 1_000..=200_000;
/// Allowed least prices, in parts per million of the live price: 30 % to 99 %.
pub const LEAST_RANGE_PPM: RangeInclusive<u32> = 300_000..=990_000;
/// Allowed drifts, in parts per million: 0.5 % to 50 %.
pub const DRIFT_RANGE_PPM: RangeInclusive<u32> = 5_000..=500_000;
/// Allowed durations of a round, in milliseconds: ten seconds to an hour.
pub const DURATION_RANGE: RangeInclusive<u64> = 10_000..=3_600_000;
/// Allowed numbers of rounds at each step of the floor.
pub const ROUNDS_PER_STEP_RANGE: RangeInclusive<u32> = 1..=1_000;
/// Allowed least takes, in dollars.
pub const LEAST_TAKE_RANGE: RangeInclusive<i64> = 1..=100_000;

/// How the clock of every auction goes. What changes takes hold with an asset's next round.
///
/// Rules that are stored have passed [`Rules::check`].
#[derive(
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Clone,
	Copy,
	PartialEq,
	Eq,
	RuntimeDebug,
	Serialize,
	Deserialize,
)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Rules {
	/// How far above the live price a round starts.
	pub premium: Ratio,
	/// How far below the live price the first rounds end.
	pub discount: Ratio,
	/// By how much more each step of the floor lets a round fall.
	pub discount_step: Ratio,
	/// The minimum price, as a share of the live price: no step goes below it.
	pub least: Ratio,
	/// A round starts anew when the live price is further than this from what it was when the round began.
	pub drift: Ratio,
	/// How long a round takes from its start to its floor, in milliseconds.
	pub duration: u64,
	/// How many rounds' time without a buyer make one step of the floor.
	pub rounds_per_step: u32,
	/// The least that is taken at once, in dollars, unless it is all there is.
	pub least_take: Value,
}

/// From half a percent above to 2.5 % below the live price in a minute. After each ten minutes without a buyer 2.5 %
/// lower, down to 70 %, and after two hours in kind.
impl Default for Rules {
	fn default() -> Self {
		Self {
			premium: Ratio::from_ppm(5_000),
			discount: Ratio::from_ppm(25_000),
			discount_step: Ratio::from_ppm(25_000),
			least: Ratio::from_percent(70),
			drift: Ratio::from_percent(10),
			duration: 60_000,
			rounds_per_step: 10,
			least_take: Value::from_dollars(100),
		}
	}
}

/// Why rules are refused. One variant per field, so that the message says which one to change.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BadRules {
	/// `premium` is outside [`PREMIUM_RANGE_PPM`].
	Premium,
	/// `discount` is outside [`DISCOUNT_RANGE_PPM`].
	Discount,
	/// `discount_step` is outside [`DISCOUNT_STEP_RANGE_PPM`].
	DiscountStep,
	/// `least` is outside [`LEAST_RANGE_PPM`], or above one less `discount`.
	Least,
	/// `drift` is outside [`DRIFT_RANGE_PPM`].
	Drift,
	/// `duration` is outside [`DURATION_RANGE`].
	Duration,
	/// `rounds_per_step` is outside [`ROUNDS_PER_STEP_RANGE`].
	RoundsPerStep,
	/// `least_take` is outside [`LEAST_TAKE_RANGE`].
	LeastTake,
}

impl Rules {
	/// Checks every field against its allowed range.
	///
	/// # Errors
	/// The first field that is out of range, in the order of the fields.
	pub fn check(&self) -> Result<(), BadRules> {
		let dollars = |end: &i64| Value::from_dollars(*end);
		let takes = dollars(LEAST_TAKE_RANGE.start())..=dollars(LEAST_TAKE_RANGE.end());
		let least_fits = within_ppm(self.least, LEAST_RANGE_PPM) && self.least <= self.bottom(0);
		let rules = [
			(within_ppm(self.premium, PREMIUM_RANGE_PPM), BadRules::Premium),
			(within_ppm(self.discount, DISCOUNT_RANGE_PPM), BadRules::Discount),
			(
				within_ppm(self.discount_step, DISCOUNT_STEP_RANGE_PPM),
				BadRules::DiscountStep,
			),
			(least_fits, BadRules::Least),
			(within_ppm(self.drift, DRIFT_RANGE_PPM), BadRules::Drift),
			(DURATION_RANGE.contains(&self.duration), BadRules::Duration),
			(
				ROUNDS_PER_STEP_RANGE.contains(&self.rounds_per_step),
				BadRules::RoundsPerStep,
			),
			(takes.contains(&self.least_take), BadRules::LeastTake),
		];
		rules
			.into_iter()
			.find(|(passes, _)| !passes)
			.map_or(Ok(()), |(_, error)| Err(error))
	}

	/// Where a round starts, as a share of the live price.
	pub fn top(&self) -> Ratio {
		Ratio::ONE.saturating_add(self.premium)
	}

	/// Where a round of the floor's `step` ends, as a share of the live price: `1 - discount - step * discount_step`, at
	/// least the minimum price.
	///
	/// ```
	/// use margin_math::Ratio;
	/// let rules = pallet_auctions::Rules::default();
	/// assert_eq!(rules.bottom(0), Ratio::from_ppm(975_000));
	/// assert_eq!(rules.bottom(2), Ratio::from_ppm(925_000));
	/// assert_eq!(rules.bottom(50), rules.least);
	/// ```
	pub fn bottom(&self, step: u32) -> Ratio {
		let steps = Ratio::from_raw(self.discount_step.raw().saturating_mul(step.into()));
		Ratio::ONE
			.saturating_sub(self.discount.saturating_add(steps))
			.max(self.least.min(Ratio::ONE.saturating_sub(self.discount)))
	}

	/// The first step whose floor is the minimum price.
	pub fn last_step(&self) -> u32 {
		let way = self.bottom(0).saturating_sub(self.least);
		let steps = margin_math::mul_div(way.raw(), 1, self.discount_step.raw(), Rounding::Up).unwrap_or(0);
		u32::try_from(steps).unwrap_or(u32::MAX)
	}

	/// The floor's step after so many milliseconds without a buyer.
	pub fn step_after(&self, tried: u64) -> u32 {
		let steps = tried.checked_div(self.step_time()).unwrap_or(0);
		u32::try_from(steps).unwrap_or(u32::MAX).min(self.last_step())
	}

	/// After so many milliseconds without a buyer a lot goes in kind: each step had its time, the last one too.
	///
	/// ```
	/// assert_eq!(pallet_auctions::Rules::default().patience(), 2 * 3_600_000);
	/// ```
	pub fn patience(&self) -> u64 {
		let steps = u64::from(self.last_step()).saturating_add(1);
		steps.saturating_mul(self.step_time())
	}

	/// Milliseconds of one step.
	fn step_time(&self) -> u64 {
		self.duration.saturating_mul(self.rounds_per_step.into())
	}
}

fn within_ppm(ratio: Ratio, range: RangeInclusive<u32>) -> bool {
	(Ratio::from_ppm(*range.start())..=Ratio::from_ppm(*range.end())).contains(&ratio)
}
