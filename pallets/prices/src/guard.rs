//! What governance asks of a price before the chain trusts it.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::ops::RangeInclusive;
use margin_math::Ratio;
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// Allowed ages of a reading, in milliseconds: ten seconds to a day.
pub const MAX_AGE_RANGE: RangeInclusive<u64> = 10_000..=86_400_000;
/// Allowed numbers of operators that must have reported.
pub const MIN_OPERATORS_RANGE: RangeInclusive<u32> = 1..=100;
/// Allowed bands, in parts per million: 0.1 % to 50 %.
pub const BAND_RANGE_PPM: RangeInclusive<u32> = 1_000..=500_000;
/// Allowed numbers of rounds that a price is held back.
pub const HOLD_ROUNDS_RANGE: RangeInclusive<u32> = 1..=20;
/// Allowed times that a price is held back, in milliseconds: one second to ten minutes.
///
/// The upper end is what makes the delay bounded: no governance can hold a true fall back for longer.
pub const HOLD_RANGE: RangeInclusive<u64> = 1_000..=600_000;
/// Allowed speeds of the stable price, in parts per million an hour: 0.1 % to 1000 %.
pub const STABLE_SPEED_RANGE_PPM: RangeInclusive<u32> = 1_000..=10_000_000;

/// The conditions under which a key's price is usable.
///
/// A guard that is stored has passed [`Guard::check`]; the fields are public so that governance and genesis can write
/// one down.
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
pub struct Guard {
	/// Age after which a reading is stale, in milliseconds.
	pub max_age_ms: u64,
	/// How many oracle members must have an unexpired value.
	pub min_operators: u32,
	/// Largest distance from the last latched price that is taken over at once, as a ratio of that price.
	pub band: Ratio,
	/// A price outside the band is adopted after this many further readings, each newer than the one before.
	pub hold_rounds: u32,
	/// A price outside the band is adopted after this time at the latest, in milliseconds.
	pub hold_ms: u64,
	/// How far the stable price may move in an hour, as a ratio of its value at the start of that hour.
	pub stable_speed_per_hour: Ratio,
}

/// Why a guard is refused. One variant per field, so that the message says which one to change.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum GuardError {
	/// `max_age_ms` is outside [`MAX_AGE_RANGE`].
	MaxAge,
	/// `min_operators` is outside [`MIN_OPERATORS_RANGE`].
	MinOperators,
	/// `band` is outside [`BAND_RANGE_PPM`].
	Band,
	/// `hold_rounds` is outside [`HOLD_ROUNDS_RANGE`].
	HoldRounds,
	/// `hold_ms` is outside [`HOLD_RANGE`].
	HoldTime,
	/// `stable_speed_per_hour` is outside [`STABLE_SPEED_RANGE_PPM`].
	StableSpeed,
}

impl Guard {
	/// A guard for a volatile asset: a minute of age, two operators, a band of 10 %, held back for three rounds or 30
	/// seconds, a stable price that moves by up to 20 % an hour.
	pub const fn volatile() -> Self {
		Self {
			max_age_ms: 60_000,
			min_operators: 2,
			band: Ratio::from_ppm(100_000),
			hold_rounds: 3,
			hold_ms: 30_000,
			stable_speed_per_hour: Ratio::from_ppm(200_000),
		}
	}

	/// A guard for an asset that is meant to stay at a dollar: as [`Guard::volatile`], with a band of 1 % and a stable
	/// price that moves by up to 2 % an hour.
	pub const fn pegged() -> Self {
		Self {
			band: Ratio::from_ppm(10_000),
			stable_speed_per_hour: Ratio::from_ppm(20_000),
			..Self::volatile()
		}
	}

	/// Checks every field against its allowed range.
	///
	/// # Errors
	/// The first field that is out of range, in the order of the fields.
	pub fn check(&self) -> Result<(), GuardError> {
		let rules = [
			(MAX_AGE_RANGE.contains(&self.max_age_ms), GuardError::MaxAge),
			(
				MIN_OPERATORS_RANGE.contains(&self.min_operators),
				GuardError::MinOperators,
			),
			(within_ppm(self.band, BAND_RANGE_PPM), GuardError::Band),
			(HOLD_ROUNDS_RANGE.contains(&self.hold_rounds), GuardError::HoldRounds),
			(HOLD_RANGE.contains(&self.hold_ms), GuardError::HoldTime),
			(
				within_ppm(self.stable_speed_per_hour, STABLE_SPEED_RANGE_PPM),
				GuardError::StableSpeed,
			),
		];
		rules
			.into_iter()
			.find(|(passes, _)| !passes)
			.map_or(Ok(()), |(_, error)| Err(error))
	}
}

fn within_ppm(ratio: Ratio, range: RangeInclusive<u32>) -> bool {
	(Ratio::from_ppm(*range.start())..=Ratio::from_ppm(*range.end())).contains(&ratio)
}
