//! How much of a leg's value must be covered by equity, at three levels.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use margin_math::{mul_div, Amount, Ratio, Rounding};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// Largest maintenance margin. With no more than this on both sides of a pair, a liquidation step never goes past the
/// target by more than the least bite.
pub const MAX_MAINTENANCE: Ratio = Ratio::from_percent(20);

/// Largest ratio to which [`MarginRatios::for_exposure`] raises the initial one.
pub const MAX_INITIAL: Ratio = Ratio::from_percent(95);

/// Largest ratio to which [`MarginRatios::for_size`] raises any. Up to one half, `size * (1 - ratio)` rises with size
/// while the ratio grows in proportion to it.
const MAX_BY_SIZE: Ratio = Ratio::from_percent(50);

/// Against which requirement health is measured.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub enum Level {
	/// To take on risk, an account must be healthy here.
	Initial,
	/// A liquidation brings an account back to here.
	Target,
	/// Below this an account is liquidated.
	Maintenance,
}

/// The margin ratios of an asset. A deposit counts with `1 - ratio` of its value, a debt with `1 + ratio`.
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
pub struct MarginRatios {
	/// At [`Level::Initial`]: below 1, the highest of the three.
	pub initial: Ratio,
	/// At [`Level::Target`]: between the other two.
	pub target: Ratio,
	/// At [`Level::Maintenance`]: the lowest of the three.
	pub maintenance: Ratio,
}

/// Why margin ratios are refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum RatioError {
	/// They must not fall from maintenance to target to initial.
	NotOrdered,
	/// The initial ratio must be below 1.
	TooHigh,
}

impl MarginRatios {
	/// Checked ratios.
	///
	/// [`RatioError::NotOrdered`] unless `initial >= target >= maintenance`, [`RatioError::TooHigh`] unless
	/// `initial < 1`.
	pub fn new(initial: Ratio, target: Ratio, maintenance: Ratio) -> Result<Self, RatioError> {
		let ratios = Self {
			initial,
			target,
			maintenance,
		};
		ratios.check().map(|()| ratios)
	}

	/// The usual ratios for a maintenance ratio `m`: `1.25 m` as the target, `2 m` initially.
	///
	/// [`RatioError::TooHigh`] if `m` is one half or more.
	///
	/// ```
	/// use margin_math::Ratio;
	/// use margin_risk::MarginRatios;
	/// let ratios = MarginRatios::from_maintenance(Ratio::from_percent(4)).unwrap();
	/// assert_eq!(ratios.target, Ratio::from_percent(5));
	/// assert_eq!(ratios.initial, Ratio::from_percent(8));
	/// ```
	pub fn from_maintenance(maintenance: Ratio) -> Result<Self, RatioError> {
		let scaled = |percent| maintenance.checked_mul(Ratio::from_percent(percent), Rounding::Up);
		let target = scaled(125).ok_or(RatioError::TooHigh)?;
		let initial = scaled(200).ok_or(RatioError::TooHigh)?;
		Self::new(initial, target, maintenance)
	}

	/// The ratio at a level.
	pub const fn at(&self, level: Level) -> Ratio {
		match level {
			Level::Initial => self.initial,
			Level::Target => self.target,
			Level::Maintenance => self.maintenance,
		}
	}

	/// The ratios of a leg as large as `size`, in smallest units: a larger one is harder to sell.
	///
	/// ```text
	/// ratio(size) = ratio * min(1 + size / scale, 20 % / maintenance), at most 50 %, never below ratio
	/// ```
	///
	/// at each level, so that the three keep their proportions up to the bounds ([`MAX_MAINTENANCE`] is the 20 %).
	/// Rounded up. A `scale` of zero or the largest amount turns this off.
	///
	/// The size counts in units and not in dollars, so that health stays linear in prices. No ratio falls with size, nor
	/// does what a deposit counts for, `size * (1 - ratio(size))`, but for the rounding of the ratio: 2 * 10^-18 of
	/// the size. [`MarginRatios::for_exposure`] goes first: the other way round a raised initial ratio could outgrow the
	/// half.
	///
	/// ```
	/// use margin_math::{Amount, Ratio};
	/// use margin_risk::MarginRatios;
	/// let ratios = MarginRatios::from_maintenance(Ratio::from_percent(4)).unwrap();
	/// let half_as_much_again = ratios.for_size(Amount(500), Amount(1_000));
	/// assert_eq!(half_as_much_again, MarginRatios::from_maintenance(Ratio::from_percent(6)).unwrap());
	/// let most = ratios.for_size(Amount(1_000_000), Amount(1_000));
	/// assert_eq!(most, MarginRatios::from_maintenance(Ratio::from_percent(20)).unwrap());
	/// ```
	#[must_use]
	pub fn for_size(&self, size: Amount, scale: Amount) -> Self {
		if size.is_zero() || is_off(scale) {
			return *self;
		}
		let factor = Ratio::of(size.0, scale.0, Rounding::Up)
			.unwrap_or(Ratio::MAX)
			.saturating_add(Ratio::ONE);
		let times = |ratio: Ratio, factor| ratio.checked_mul(factor, Rounding::Up).unwrap_or(Ratio::MAX);
		let maintenance = times(self.maintenance, factor);
		let factor = if maintenance <= MAX_MAINTENANCE {
			factor
		} else {
			let most = MAX_MAINTENANCE.max(self.maintenance);
			most.checked_div(self.maintenance, Rounding::Up).unwrap_or(Ratio::MAX)
		};
		let raised = |ratio| times(ratio, factor).min(MAX_BY_SIZE).max(ratio);
		Self {
			initial: raised(self.initial),
			target: raised(self.target),
			maintenance: maintenance.min(MAX_MAINTENANCE).max(self.maintenance),
		}
	}

	/// The ratios while the whole system's exposure to the asset, its pool's deposits or its debt, is `total`: above
	/// `start` the initial ratio rises in proportion.
	///
	/// ```text
	/// initial * max(1, total / start), at most 95 %, never below initial
	/// ```
	///
	/// Rounded up. The other levels stay: nobody is liquidated for what others do. A `start` of zero or the largest amount
	/// turns this off.
	///
	/// ```
	/// use margin_math::{Amount, Ratio};
	/// use margin_risk::MarginRatios;
	/// let ratios = MarginRatios::from_maintenance(Ratio::from_percent(5)).unwrap();
	/// let crowded = ratios.for_exposure(Amount(3_000), Amount(1_000));
	/// assert_eq!(crowded.initial, Ratio::from_percent(30));
	/// assert_eq!(crowded.maintenance, ratios.maintenance);
	/// ```
	#[must_use]
	pub fn for_exposure(&self, total: Amount, start: Amount) -> Self {
		if total <= start || is_off(start) {
			return *self;
		}
		let scaled = mul_div(self.initial.raw(), total.0, start.0, Rounding::Up).map_or(Ratio::MAX, Ratio::from_raw);
		Self {
			initial: scaled.min(MAX_INITIAL).max(self.initial),
			..*self
		}
	}

	/// Whether [`MarginRatios::new`] would accept them: they may come from storage or JSON.
	pub fn is_valid(&self) -> bool {
		self.check().is_ok()
	}

	fn check(&self) -> Result<(), RatioError> {
		if self.initial < self.target || self.target < self.maintenance {
			return Err(RatioError::NotOrdered);
		}
		if self.initial >= Ratio::ONE {
			return Err(RatioError::TooHigh);
		}
		Ok(())
	}
}

/// Whether a scale means that nothing is scaled.
pub(crate) fn is_off(scale: Amount) -> bool {
	scale.is_zero() || scale.0 == u128::MAX
}
