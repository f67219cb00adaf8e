//! What borrowing costs.
//!
//! The rate of a pool has two slopes: it rises gently up to the kink, the utilisation that is wanted, and steeply above
//! it, so that borrowers repay and suppliers come before the pool runs dry.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use margin_math::{mul_div, Ratio, Rounding};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// Milliseconds of a year of 365 days, the year that rates are given for.
pub const YEAR_MS: u64 = 31_536_000_000;

/// The highest rate that a model may reach: 1000 % a year.
pub const MAX_RATE: Ratio = Ratio::from_percent(1000);

/// Rates per year as a function of utilisation `u`, the borrowed share of a pool.
///
/// ```text
/// u <= kink    base + (rate_at_kink - base) * u / kink
/// u >  kink    rate_at_kink + (rate_at_full - rate_at_kink) * (u - kink) / (1 - kink)
/// ```
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
pub struct RateModel {
	/// Rate per year of an unused pool.
	pub base: Ratio,
	/// The utilisation where the slope changes.
	pub kink: Ratio,
	/// Rate per year at the kink.
	pub rate_at_kink: Ratio,
	/// Rate per year when all is borrowed.
	pub rate_at_full: Ratio,
}

impl RateModel {
	/// Whether `0 < kink < 1` and `base <= rate_at_kink <= rate_at_full <= 10`.
	pub fn is_valid(&self) -> bool {
		!self.kink.is_zero()
			&& self.kink < Ratio::ONE
			&& self.base <= self.rate_at_kink
			&& self.rate_at_kink <= self.rate_at_full
			&& self.rate_at_full <= MAX_RATE
	}

	/// The rate per year at a utilisation (above 1 counts as 1), rounded up.
	///
	/// ```
	/// use margin_math::Ratio;
	/// use margin_risk::RateModel;
	/// let model = RateModel {
	///     base: Ratio::ZERO,
	///     kink: Ratio::from_percent(80),
	///     rate_at_kink: Ratio::from_percent(8),
	///     rate_at_full: Ratio::from_percent(108),
	/// };
	/// assert_eq!(model.borrow_rate(Ratio::from_percent(40)), Ratio::from_percent(4));
	/// assert_eq!(model.borrow_rate(Ratio::from_percent(90)), Ratio::from_percent(58));
	/// ```
	pub fn borrow_rate(&self, utilisation: Ratio) -> Ratio {
		let utilisation = utilisation.min(Ratio::ONE);
		let (floor, ceiling, part, whole) = if utilisation <= self.kink {
			(self.base, self.rate_at_kink, utilisation, self.kink)
		} else {
			let above = utilisation.saturating_sub(self.kink);
			(
				self.rate_at_kink,
				self.rate_at_full,
				above,
				Ratio::ONE.saturating_sub(self.kink),
			)
		};
		let rise = ceiling.saturating_sub(floor);
		let climbed = mul_div(rise.raw(), part.raw(), whole.raw(), Rounding::Up).map(Ratio::from_raw);
		floor.saturating_add(climbed.unwrap_or(rise))
	}
}

/// By what share a debt grows in `ms` milliseconds at a rate per year: continuous compounding by the first three terms
/// of its series, `e^x - 1 = x + x^2/2 + x^3/6` with `x = rate * ms / year`, each rounded up.
///
/// For the hour and the 1000 % that bound it in use, the terms left out are below 10^-13. A result that does not fit is
/// [`Ratio::MAX`].
///
/// ```
/// use margin_math::Ratio;
/// use margin_risk::interest::{growth, YEAR_MS};
/// // A tenth of a year at 100 %: e^0.1 - 1 is 0.10517.
/// let grown = growth(Ratio::ONE, YEAR_MS / 10);
/// assert!(grown > Ratio::from_ppm(105_166) && grown < Ratio::from_ppm(105_167));
/// ```
pub fn growth(rate: Ratio, ms: u64) -> Ratio {
	series(rate, ms).unwrap_or(Ratio::MAX)
}

fn series(rate: Ratio, ms: u64) -> Option<Ratio> {
	let x = Ratio::from_raw(mul_div(rate.raw(), ms.into(), YEAR_MS.into(), Rounding::Up)?);
	let divided = |term: Ratio, by: u128| mul_div(term.raw(), 1, by, Rounding::Up).map(Ratio::from_raw);
	let square = x.checked_mul(x, Rounding::Up)?;
	let cube = square.checked_mul(x, Rounding::Up)?;
	x.checked_add(divided(square, 2)?)?.checked_add(divided(cube, 6)?)
}
