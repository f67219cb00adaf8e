//! How much of a leg's value must be covered by equity, at three levels.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use margin_math::{Ratio, Rounding};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

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
