//! The rule and its constants: which averages are kept, how they make one volatility, how far a gap widens it.
//!
//! ```text
//! x     = 2 (high - low) / (high + low)             of an hour
//! v     = x^2 / (4 ln 2)                            Parkinson's estimate of the hour's variance
//! E_h   = average of v that forgets half in h hours
//! sigma = sum of weight_h sqrt(E_h)
//! level = average of sqrt(v) that forgets half in 18 months, and begins at what is usual
//! ```
//!
//! It is the same rule whether the hour is a bar or the last twelve buckets of a feed: measured on paths simulated inside
//! real hourly bars, margins from five-minute steps are a hundredth larger than those from bars, since the volatility
//! and the level that it is measured against are blind to the same moves.
//!
//! Parkinson, "The Extreme Value Method for Estimating the Variance of the Rate of Return", Journal of Business 53
//! (1980). Several half-lives stand for the long memory of volatility: Corsi, "A Simple Approximate Long-Memory Model of
//! Realized Volatility", Journal of Financial Econometrics 7 (2009).

/// One in the fixed point of weights and decays: 12 decimals.
pub(crate) const ONE: u64 = 1_000_000_000_000;

/// One of the averages.
#[derive(Clone, Copy, Debug)]
pub struct Memory {
	/// After this many minutes half of it is forgotten.
	pub half_life: u32,
	/// Its share in the volatility, in parts per million. The shares add up to a million.
	pub weight: u32,
	/// What five minutes leave of it, `2^(-5 / half_life)` with 12 decimals.
	pub(crate) decay: u64,
}

/// How many averages there are.
pub const MEMORIES: usize = 4;

/// The averages, in the order in which they are stored.
pub const RULE: [Memory; MEMORIES] = [
	Memory {
		half_life: 48,
		weight: 870_000,
		decay: 930_342_174_152,
	},
	Memory {
		half_life: 24 * 60,
		weight: 70_000,
		decay: 997_596_132_884,
	},
	Memory {
		half_life: 120 * 60,
		weight: 30_000,
		decay: 999_518_763_623,
	},
	Memory {
		half_life: 720 * 60,
		weight: 30_000,
		decay: 999_919_777_850,
	},
];

/// `4 ln 2`, with 12 decimals.
pub(crate) const FOUR_LN_TWO: u64 = 2_772_588_722_240;

/// What five minutes leave of the long-run level: `2^(-1 / (12 * 13140))` with 12 decimals, a half-life of 18 months.
pub(crate) const LEVEL_DECAY: u64 = 999_995_604_099;

/// For how many hours of the asset's own past the usual volatility of its record counts.
pub(crate) const PRIOR_HOURS: u64 = 1_500;

/// Half-life of the long-run level, in hours.
#[cfg(test)]
pub(crate) const LEVEL_HALF_LIFE: u32 = 13_140;

/// A gap counts as no longer than this many five-minute steps: a day.
pub(crate) const LONGEST_GAP: u64 = 288;

/// What an hour leaves of the averages behind a correlation: `2^(-1 / 336)` with 12 decimals, a half-life of two weeks.
pub(crate) const CORRELATION_DECAY: u64 = 997_939_188_357;

/// Standardised returns count as no larger than this, in parts per million: three standard deviations.
pub(crate) const CLIP: i64 = 3_000_000;

/// A correlation is known after this many hours in which both prices lived: 30 days.
pub const CORRELATION_HOURS: u16 = 720;

/// The volatility that follows from the square roots of the averages, in the order of [`RULE`], rounded up.
pub(super) fn blend(roots: [u64; MEMORIES]) -> u64 {
	let weighted = roots.into_iter().zip(RULE).fold(0u128, |sum, (root, memory)| {
		sum.saturating_add(u128::from(root).saturating_mul(memory.weight.into()))
	});
	u64::try_from(weighted.div_ceil(1_000_000)).unwrap_or(u64::MAX)
}
