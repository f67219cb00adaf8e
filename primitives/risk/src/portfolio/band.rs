//! What the correlation of two assets is taken to be.

use crate::Correlation;
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// By how much a correlation is moved against the holder, in parts per million.
const MARGIN_OF_ERROR: i32 = 200_000;

/// Between which values the correlation of two assets is taken to lie, in parts per million. An account's requirement
/// goes by the edge that is worse for it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Band {
	/// The least: for a deposit and a debt.
	low: i32,
	/// The most: for two deposits, or two debts.
	high: i32,
}

impl Default for Band {
	fn default() -> Self {
		Self::UNKNOWN
	}
}

impl Band {
	/// Nothing is known of the two: any correlation is possible.
	pub const UNKNOWN: Self = Self {
		low: -1_000_000,
		high: 1_000_000,
	};

	/// The correlation moved by 0.2 both ways.
	///
	/// ```
	/// use margin_risk::{portfolio::Band, Correlation};
	/// let band = Band::around(Some(Correlation::from_ppm(700_000)));
	/// assert_eq!((band.low().ppm(), band.high().ppm()), (500_000, 900_000));
	/// assert_eq!(Band::around(Some(Correlation::ONE)).high(), Correlation::ONE);
	/// assert_eq!(Band::around(None), Band::UNKNOWN);
	/// ```
	pub fn around(correlation: Option<Correlation>) -> Self {
		correlation.map_or(Self::UNKNOWN, |correlation| Self {
			low: Correlation::from_ppm(correlation.ppm().saturating_sub(MARGIN_OF_ERROR)).ppm(),
			high: Correlation::from_ppm(correlation.ppm().saturating_add(MARGIN_OF_ERROR)).ppm(),
		})
	}

	/// The least that the correlation may be.
	pub fn low(&self) -> Correlation {
		Correlation::from_ppm(self.low)
	}

	/// The most that the correlation may be.
	pub fn high(&self) -> Correlation {
		Correlation::from_ppm(self.high)
	}

	/// The band on its way to another: each edge moved by at most `step` parts per million.
	///
	/// ```
	/// use margin_risk::{portfolio::Band, Correlation};
	/// let known = Band::around(Some(Correlation::ONE));
	/// let moved = Band::UNKNOWN.towards(known, 100_000);
	/// assert_eq!((moved.low().ppm(), moved.high().ppm()), (-900_000, 1_000_000));
	/// ```
	#[must_use]
	pub fn towards(&self, to: Self, step: u32) -> Self {
		let step = i32::try_from(step).unwrap_or(i32::MAX);
		let moved = |from: i32, to: i32| to.clamp(from.saturating_sub(step), from.saturating_add(step));
		Self {
			low: moved(self.low, to.low),
			high: moved(self.high, to.high),
		}
	}

	/// By how much the band reaches further than another, at the edge where that is more: parts per million.
	pub fn beyond(&self, other: &Self) -> u32 {
		let up = self.high.saturating_sub(other.high);
		let down = other.low.saturating_sub(self.low);
		u32::try_from(up.max(down)).unwrap_or(0)
	}
}

/// The bands of every pair of an account's legs.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Bands(Vec<Band>);

impl Bands {
	/// Those of so many legs: `band` is asked for each pair of different places once, the higher place first.
	pub fn of(legs: usize, mut band: impl FnMut(usize, usize) -> Band) -> Self {
		let pairs = (0..legs).flat_map(|above| (0..above).map(move |below| (above, below)));
		Self(pairs.map(|(above, below)| band(above, below)).collect())
	}

	/// The bands below a place: with each of the legs before it.
	pub(crate) fn row(&self, place: usize) -> impl Iterator<Item = Band> + '_ {
		let start = place.saturating_mul(place.saturating_sub(1)) / 2;
		let row = self.0.get(start..).unwrap_or_default().iter().copied();
		row.chain(core::iter::repeat(Band::UNKNOWN)).take(place)
	}
}
