//! The records that were fitted: how an asset's margin follows its volatility where governance has no better idea.
//!
//! One fit for all assets, on hourly candles of BTC and ETH from 2017 to 2023, with the [`rule`](super::rule) of the
//! averages. `R` is nine tenths of an asset's hourly volatility over the years, which sets the average of its margin, and
//! `L` the level of its own past:
//!
//! ```text
//! m = clamp(2.35 R + 5.45 R volatility / L, 2 %, 20 %)      up by 9.3 % and down by 6 % of itself an hour at most
//! ```
//!
//! `margin-backtest` tells what they are worth on other candles.

use super::VolatilityMargin;
use margin_math::{Ratio, Rounding};

/// The base in usual volatilities, in parts per million: 0.9 times 2.35.
const BASE: u32 = 2_115_000;

/// The multiple, in parts per million: 0.9 times 5.45.
const MULTIPLE: u32 = 4_905_000;

/// What all records have in common.
const COMMON: VolatilityMargin = VolatilityMargin {
	base: Ratio::ZERO,
	multiple: Ratio::from_ppm(BASE.saturating_add(MULTIPLE)),
	usual: None,
	floor: Ratio::from_percent(2),
	cap: Ratio::from_percent(20),
	rise: Ratio::from_ppm(93_000),
	fall: Ratio::from_percent(6),
};

impl VolatilityMargin {
	/// BTC, with `R` of 0.50 %. A chain that begins to watch it takes 0.47 % for the level of its past, as it was in 2022 and
	/// 2023; base and multiple are in parts of that.
	pub const BTC: Self = Self {
		base: Ratio::from_ppm(11_750),
		multiple: Ratio::from_ppm(5_798_000),
		usual: Some(Ratio::from_ppm(4_700)),
		..COMMON
	};

	/// ETH, with `R` of 0.63 %, and 0.58 % for the level of its past, as [`Self::BTC`].
	pub const ETH: Self = Self {
		base: Ratio::from_ppm(14_805),
		multiple: Ratio::from_ppm(5_920_000),
		usual: Some(Ratio::from_ppm(5_800)),
		..COMMON
	};

	/// An asset of which nothing is known. Its margin is the cap until it has been watched for long enough, and then as many
	/// standard deviations as that of any asset while it is as volatile as usual.
	pub const UNKNOWN: Self = COMMON;

	/// An asset whose hourly returns have had this standard deviation in the past.
	pub fn of_usual(usual: Ratio) -> Self {
		Self {
			base: usual
				.checked_mul(Ratio::from_ppm(BASE), Rounding::Up)
				.unwrap_or(Ratio::MAX),
			multiple: Ratio::from_ppm(MULTIPLE),
			usual: Some(usual),
			..COMMON
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::volatility::Estimate;

	/// The usual volatilities of which nine tenths make the records' `R`, rounded up.
	const RECORDS: [(VolatilityMargin, u32); 2] = [(VolatilityMargin::BTC, 5_556), (VolatilityMargin::ETH, 7_000)];

	#[test]
	fn every_record_is_in_range() {
		for record in [VolatilityMargin::BTC, VolatilityMargin::ETH, VolatilityMargin::UNKNOWN] {
			assert_eq!(record.check(), Ok(()));
		}
		for usual in [1_000, 5_500, 20_000] {
			assert_eq!(VolatilityMargin::of_usual(Ratio::from_ppm(usual)).check(), Ok(()));
		}
	}

	#[test]
	fn bitcoin_and_ether_follow_the_common_fit() {
		for (record, level) in RECORDS {
			let common = VolatilityMargin::of_usual(Ratio::from_ppm(level));
			let near = |a: u128, b: u128| assert!(a.abs_diff(b) * 1_000 <= b, "{a} is not {b}");
			near(record.base.raw(), common.base.raw());
			let slope = |record: &VolatilityMargin| {
				record
					.usual
					.and_then(|usual| usual.checked_mul(record.multiple, Rounding::Up))
					.unwrap()
					.raw()
			};
			near(slope(&record), slope(&common));
		}
	}

	#[test]
	fn a_known_asset_asks_for_the_same_by_both_forms() {
		for (record, level) in RECORDS {
			let common = VolatilityMargin::of_usual(Ratio::from_ppm(level));
			let estimate = Estimate {
				volatility: Ratio::from_ppm(9_000),
				own_level: Ratio::from_ppm(5_000),
				known: Ratio::ONE,
				history: u64::MAX,
			};
			let (one, other) = (
				record.required(Some(&estimate)).raw(),
				common.required(Some(&estimate)).raw(),
			);
			assert!(one.abs_diff(other) * 1_000 <= other, "{one} is not {other}");
		}
	}

	#[test]
	fn an_unknown_asset_starts_at_the_cap() {
		assert_eq!(VolatilityMargin::UNKNOWN.required(None), Ratio::from_percent(20));
	}
}
