//! Where an account is filed.

use super::{level_of, Class, Mark, ALWAYS, SLOTS, STABLE_SHARE};
use crate::{
	portfolio::{requirement, Bands, Exposure},
	ratios::is_off,
	Side, MAX_LEGS, MAX_MAINTENANCE,
};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use margin_math::{mul_div, Amount, Ratio, Rounding, Value};
use scale_info::TypeInfo;

/// Taken off health for the roundings of values, now and later.
const HEALTH_SLACK: Value = Value::from_raw(64);
/// The same of a portfolio account, whose requirement moves by up to twice what those of its legs do.
const PORTFOLIO_SLACK: Value = Value::from_raw(256);
/// Taken off the distance for the roundings of ratios: 10^-9.
const DISTANCE_SLACK: Ratio = Ratio::from_raw(1_000_000_000);

/// One leg of an account that is to be filed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FiledLeg {
	/// The slot of the asset's mark in the generation, below [`SLOTS`].
	pub slot: u8,
	/// Owned or owed.
	pub side: Side,
	/// How much, in smallest units.
	pub amount: Amount,
	/// Decimals of the asset.
	pub decimals: u8,
	/// The maintenance ratio in force, the size of the leg counted in: also while the asset's price may not be acted on.
	pub margin: Ratio,
	/// The asset in the generation.
	pub mark: Mark,
	/// The size scale in force.
	pub size_scale: Amount,
}

/// Where an account lies in the index.
#[derive(
	Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Filing {
	/// What the account is exposed to.
	pub class: Class,
	/// How far it is from trouble: a candidate while not above the limit of the class.
	pub level: u8,
}

impl Filing {
	/// For an account that cannot be measured: a candidate whatever happens.
	pub const ALWAYS: Self = Self {
		class: Class::from_raw(0),
		level: ALWAYS,
	};
}

/// Files an account by its legs, at most [`MAX_LEGS`], as the module describes.
///
/// [`Filing::ALWAYS`] if it cannot be measured: a leg has no reference price, no slot or a margin above
/// [`MAX_MAINTENANCE`], a value does not fit, or there is nothing to measure against.
pub fn file(legs: &[FiledLeg]) -> Filing {
	let Some((class, distance)) = place(legs) else {
		return Filing::ALWAYS;
	};
	let level = distance.map_or(ALWAYS, level_of);
	Filing { class, level }
}

/// Files a portfolio account by its legs, whose bands are in their order, as [`file()`] does others.
pub fn file_portfolio(legs: &[FiledLeg], bands: &Bands) -> Filing {
	let Some((class, distance)) = place_portfolio(legs, bands) else {
		return Filing::ALWAYS;
	};
	let level = distance.map_or(ALWAYS, level_of);
	Filing { class, level }
}

/// As [`place`], of a portfolio account.
pub(crate) fn place_portfolio(legs: &[FiledLeg], bands: &Bands) -> Option<(Class, Option<Ratio>)> {
	Measures::of_portfolio(legs, bands)?.place()
}

/// The class of an account and its distance `d`, rounded down: no distance if `H(r) < 0`. `None` if the account cannot
/// be measured.
pub(crate) fn place(legs: &[FiledLeg]) -> Option<(Class, Option<Ratio>)> {
	Measures::of(legs)?.place()
}

/// What an account is at the reference prices.
#[derive(Default)]
struct Measures {
	class: Class,
	/// `H(r)`.
	health: Value,
	/// `G`.
	volatile: Value,
	/// `S`.
	stable: Value,
}

impl Measures {
	/// `None` if the account cannot be measured.
	fn of(legs: &[FiledLeg]) -> Option<Self> {
		if legs.len() > MAX_LEGS {
			return None;
		}
		let mut measures = Self::default();
		for leg in legs {
			measures.add(leg)?;
		}
		measures.health = measures.health.checked_sub(HEALTH_SLACK)?;
		Some(measures)
	}

	/// The same of a portfolio account.
	fn of_portfolio(legs: &[FiledLeg], bands: &Bands) -> Option<Self> {
		if legs.len() > MAX_LEGS {
			return None;
		}
		let mut measures = Self::default();
		for leg in legs {
			measures.add_leg(leg, leg.in_portfolio()?)?;
		}
		let exposures: Option<Vec<_>> = legs.iter().map(FiledLeg::exposure).collect();
		let required = requirement(&exposures?, bands)?.checked_add(PORTFOLIO_SLACK)?;
		measures.health = measures.health.checked_sub(required)?;
		measures.class = measures.class.portfolio();
		Some(measures)
	}

	fn add(&mut self, leg: &FiledLeg) -> Option<()> {
		let measured = match leg.side {
			Side::Deposit => leg.as_deposit()?,
			Side::Debt => leg.as_debt()?,
		};
		self.add_leg(leg, measured)
	}

	/// Adds a leg with what it adds to health or takes from it, and its weight.
	fn add_leg(&mut self, leg: &FiledLeg, (health, weight): (Value, Value)) -> Option<()> {
		if leg.slot >= SLOTS || leg.mark.price.is_zero() || leg.margin > MAX_MAINTENANCE {
			return None;
		}
		self.health = self.health.checked_add(health)?;
		if leg.mark.stable {
			self.stable = self.stable.checked_add(weight)?;
		} else {
			self.volatile = self.volatile.checked_add(weight)?;
			self.class = self.class.with(leg.slot, leg.side);
		}
		if leg.is_large() {
			self.class = self.class.large();
		}
		Some(())
	}

	fn place(&self) -> Option<(Class, Option<Ratio>)> {
		if self.health.is_negative() {
			return Some((self.class, None));
		}
		if !self.volatile.is_zero() && self.stable <= self.covered()? {
			return Some((self.class, Some(distance(self.health, self.volatile))));
		}
		let all = self.volatile.checked_add(self.stable)?;
		if all.is_zero() {
			return None;
		}
		Some((self.class.gross(), Some(distance(self.health, all))))
	}

	/// `c (1 + d) G`, rounded down: as much of stable legs as the usual class covers. `d G` is `H(r)`.
	fn covered(&self) -> Option<Value> {
		self.volatile
			.checked_add(self.health)?
			.mul_ratio(STABLE_SHARE, Rounding::Down)
	}
}

/// `health / weight`, rounded down, less the slack: the largest ratio if it is beyond. The weight is not zero.
fn distance(health: Value, weight: Value) -> Ratio {
	health
		.ratio_to(weight, Rounding::Down)
		.unwrap_or(Ratio::MAX)
		.saturating_sub(DISTANCE_SLACK)
}

impl FiledLeg {
	/// What the deposit adds to health, with a unit less, and its weight.
	fn as_deposit(&self) -> Option<(Value, Value)> {
		let less = self.amount.saturating_sub(Amount(1));
		let value = self.mark.price.value_of(less, self.decimals, Rounding::Down)?;
		let health = value.checked_sub(value.mul_ratio(self.margin, Rounding::Up)?)?;
		let value = self.mark.price.value_of(self.amount, self.decimals, Rounding::Up)?;
		let weight = value.checked_sub(value.mul_ratio(self.margin, Rounding::Down)?)?;
		Some((health, weight))
	}

	/// What the debt takes from health, with a unit more, and its weight.
	fn as_debt(&self) -> Option<(Value, Value)> {
		let owed = self.owed()?;
		// A ratio that grows with size grows at most in proportion to it.
		let margin = mul_div(self.margin.raw(), owed.0, self.amount.0, Rounding::Up)
			.map_or(MAX_MAINTENANCE, Ratio::from_raw)
			.min(MAX_MAINTENANCE);
		let value = self.mark.price.value_of(owed, self.decimals, Rounding::Up)?;
		let weight = value.checked_add(value.mul_ratio(margin, Rounding::Up)?)?;
		Some((weight.checked_neg()?, weight))
	}

	/// What the leg adds to equity, with two units less of a deposit and two more of a debt, and its weight in a portfolio.
	fn in_portfolio(&self) -> Option<(Value, Value)> {
		let price = self.mark.price;
		let units = Amount(2);
		let (equity, most) = match self.side {
			Side::Deposit => {
				let less = price.value_of(self.amount.saturating_sub(units), self.decimals, Rounding::Down)?;
				(less, price.value_of(self.amount, self.decimals, Rounding::Up)?)
			},
			Side::Debt => {
				let more = price.value_of(self.amount.checked_add(units)?, self.decimals, Rounding::Up)?;
				(more.checked_neg()?, more)
			},
		};
		let margin = most.mul_ratio(self.margin, Rounding::Up)?;
		Some((equity, most.checked_add(margin)?.checked_add(margin)?))
	}

	/// What the leg requires alone at the reference price.
	fn exposure(&self) -> Option<Exposure> {
		let value = self.mark.price.value_of(self.amount, self.decimals, Rounding::Up)?;
		Some(Exposure {
			side: self.side,
			margin: value.mul_ratio(self.margin, Rounding::Up)?,
		})
	}

	/// One unit more than the amount: what rounding may add.
	fn owed(&self) -> Option<Amount> {
		self.amount.checked_add(Amount(1))
	}

	/// Whether the leg exceeds a quarter of the size scale.
	fn is_large(&self) -> bool {
		let amount = match self.side {
			Side::Deposit => self.amount,
			Side::Debt => self.amount.saturating_add(Amount(1)),
		};
		!is_off(self.size_scale) && amount.0 > self.size_scale.0 / 4
	}
}
