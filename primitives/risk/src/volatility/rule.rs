//! The rule and its constants: which averages are kept, how they make one volatility, how far a gap widens it.
//!
//! ```text
//! x     = 2 (high - low) / (high + low)             of an hour
//! v     = x^2 / (4 ln 2)                            Parkinson's estimate of the hour's variance
//! E_h   = average of v that forgets half in h hours
//! sigma = sum of weight_h sqrt(E_h)
//! level = average of sqrt(v) that forgets half in 125 days, and begins at what is usual
//! ```
//!
//! Parkinson, "The Extreme Value Method for Estimating the Variance of the Rate of Return", Journal of Business 53
//! (1980). Several half-lives stand for the long memory of volatility: Corsi, "A Simple Approximate Long-Memory Model of
//! Realized Volatility", Journal of Financial Econometrics 7 (2009).

/// One in the fixed point of weights and decays: 12 decimals.
pub(crate) const ONE: u64 = 1_000_000_000_000;

/// One of the averages.
#[derive(Clone, Copy, Debug)]
pub struct Memory {
	/// After this many hours half of it is forgotten.
	pub half_life: u32,
	/// Its share in the volatility, in parts per million. The shares add up to a million.
	pub weight: u32,
	/// What five minutes leave of it, `2^(-1 / (12 half_life))` with 12 decimals.
	pub(crate) decay: u64,
}

/// How many averages there are.
pub const MEMORIES: usize = 4;

/// The averages, in the order in which they are stored.
pub const RULE: [Memory; MEMORIES] = [
	Memory {
		half_life: 1,
		weight: 850_000,
		decay: 943_874_312_682,
	},
	Memory {
		half_life: 24,
		weight: 80_000,
		decay: 997_596_132_884,
	},
	Memory {
		half_life: 120,
		weight: 40_000,
		decay: 999_518_763_623,
	},
	Memory {
		half_life: 720,
		weight: 30_000,
		decay: 999_919_777_850,
	},
];

/// `4 ln 2`, with 12 decimals.
pub(crate) const FOUR_LN_TWO: u64 = 2_772_588_722_240;

/// What five minutes leave of the long-run level: `2^(-1 / (12 * 3000))` with 12 decimals, a half-life of 125 days.
pub(crate) const LEVEL_DECAY: u64 = 999_980_746_097;

/// For how many hours of the asset's own past the usual volatility of its record counts.
pub(crate) const PRIOR_HOURS: u64 = 2_000;

/// Half-life of the long-run level, in hours.
#[cfg(test)]
pub(crate) const LEVEL_HALF_LIFE: u32 = 3_000;

/// One in the fixed point of [`FIVE_MINUTE_FACTOR`]: 6 decimals.
pub(crate) const FACTOR_ONE: u64 = 1_000_000;

/// What the volatility from five-minute updates is multiplied by, with 6 decimals.
///
/// The constants are fitted on whole hourly bars. From five-minute updates the averages take an hour to see what an
/// hourly bar shows them at once, so that the same multiple of the volatility would protect a little less. The level is that of the bars.
pub(crate) const FIVE_MINUTE_FACTOR: u64 = 1_055_000;

/// A gap counts as no longer than this many five-minute steps: a day.
pub(crate) const LONGEST_GAP: u64 = 288;

/// What an hour leaves of the averages behind a correlation: `2^(-1 / 720)` with 12 decimals, a half-life of 30 days.
pub(crate) const CORRELATION_DECAY: u64 = 999_037_758_834;

/// Standardised returns count as no larger than this, in parts per million: three standard deviations.
pub(crate) const CLIP: i64 = 3_000_000;

/// A correlation is known after this many hours in which both prices lived: ten days.
pub const CORRELATION_HOURS: u16 = 240;

/// The volatility that follows from the square roots of the averages, in the order of [`RULE`], rounded up.
pub(super) fn blend(roots: [u64; MEMORIES]) -> u64 {
	let weighted = roots.into_iter().zip(RULE).fold(0u128, |sum, (root, memory)| {
		sum.saturating_add(u128::from(root).saturating_mul(memory.weight.into()))
	});
	u64::try_from(weighted.div_ceil(1_000_000)).unwrap_or(u64::MAX)
}
