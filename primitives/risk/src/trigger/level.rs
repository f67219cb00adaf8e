//! Levels: a histogram of distances whose buckets widen with the distance.

use margin_math::{mul_div, Ratio, Rounding, UNIT};

/// The level of accounts that are candidates whatever happens.
pub const ALWAYS: u8 = 0;

/// The highest level, which holds every distance from its lower edge on, a little above 60.
pub const TOP: u8 = u8::MAX;

/// Units of distance in 1: a unit is 2^-13, about a hundredth of a percent.
const UNITS: u128 = 1 << 13;
/// `UNIT / UNITS`, which is a whole number.
const RAW_PER_UNIT: u128 = UNIT >> 13;
/// Levels in one doubling of the distance.
const STEPS: u8 = 16;
/// The first level of the part that doubles: below lie [`ALWAYS`], and one level for each of the first 16 units.
const DOUBLING_FROM: u8 = STEPS + 1;

/// The level of a distance: at least 1, and never falling with it.
///
/// Each of the first 16 units of 2^-13 has a level of its own; after that each doubling has 16, so that a level is at
/// most a sixteenth as wide as its distance from zero.
///
/// ```
/// use margin_math::Ratio;
/// use margin_risk::trigger::{level_of, lower_edge};
/// assert_eq!(level_of(Ratio::ZERO), 1);
/// assert_eq!(level_of(Ratio::ONE), 161);
/// assert_eq!(lower_edge(161), Ratio::ONE);
/// ```
pub fn level_of(distance: Ratio) -> u8 {
	// Never `None`: the quotient is smaller than the distance.
	let units = mul_div(distance.raw(), UNITS, UNIT, Rounding::Down).unwrap_or(u128::MAX);
	let first = u128::from(STEPS);
	if units < first {
		return u8::try_from(units).map_or(TOP, |units| units.saturating_add(1));
	}
	// At least 4, since `units >= 16`.
	let doublings = units.ilog2().saturating_sub(first.ilog2());
	let step = (units >> doublings).saturating_sub(first);
	let level = u128::from(doublings)
		.saturating_mul(first)
		.saturating_add(step)
		.saturating_add(DOUBLING_FROM.into());
	u8::try_from(level).unwrap_or(TOP)
}

/// The least distance at a level, exact: zero at levels 0 and 1.
pub fn lower_edge(level: u8) -> Ratio {
	let units = match level.checked_sub(DOUBLING_FROM) {
		None => u128::from(level.saturating_sub(1)),
		Some(above) => u128::from(STEPS.saturating_add(above % STEPS)) << (above / STEPS),
	};
	Ratio::from_raw(units.saturating_mul(RAW_PER_UNIT))
}
