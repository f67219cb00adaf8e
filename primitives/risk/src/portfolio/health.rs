//! What a portfolio account is worth after margin.

use super::{requirement, Bands, Exposure};
use crate::{assess, health::required, Health, Leg, Level, RiskError};
use alloc::vec::Vec;
use margin_math::{mul_div_signed, Price, Ratio, Rounding, Value};

/// Judges a portfolio account: as [`assess`], with the margin that its legs require together, as the module describes.
/// The bands are in the order of the legs.
///
/// Errors as [`assess`].
///
/// ```
/// use margin_math::{Amount, Price, Ratio, Value};
/// use margin_risk::{portfolio::{assess_portfolio, Band, Bands}, Correlation, Leg, MarginRatios, Quote, Side};
///
/// let leg = |asset, side, amount, price: u128| Leg {
///     asset,
///     side,
///     amount: Amount(amount),
///     decimals: 6,
///     quote: Quote::usable(Price::from_fixed(price.into()), 0),
///     margin: MarginRatios::from_maintenance(Ratio::from_percent(5)).unwrap(),
/// };
/// // 10,000 dollars long and 9,000 dollars short in assets that move much alike.
/// let legs = [leg("BTC", Side::Deposit, 1_000_000, 10_000), leg("ETH", Side::Debt, 3_000_000, 3_000)];
/// let bands = Bands::of(2, |_, _| Band::around(Some(Correlation::from_ppm(900_000))));
/// let health = assess_portfolio(&legs, &bands).unwrap();
/// // One by one they would require 950 dollars.
/// assert_eq!(health.margin, Value::from_dollars(500));
/// assert_eq!(health.maintenance, Value::from_dollars(500));
/// assert_eq!(health.initial, Value::from_dollars(0));
/// ```
pub fn assess_portfolio<Id>(legs: &[Leg<Id>], bands: &Bands) -> Result<Health, RiskError> {
	let mut health = assess(legs)?;
	let margin = required_at_live_prices(legs, bands)?;
	let at_initial = if legs.iter().all(initial_as_live) {
		margin
	} else {
		let exposures = exposures(legs, |leg| leg.terms(Level::Initial).0)?;
		requirement(&exposures, bands).ok_or(RiskError::Overflow)?.max(margin)
	};
	let sums = Sums::of(legs)?;
	let initial = multiples(legs).min().unwrap_or(Ratio::ONE).max(sums.multiple());

	health.margin = margin;
	health.maintenance = less(health.equity, margin)?;
	health.target = less(health.equity, sums.target_of(margin).ok_or(RiskError::Overflow)?)?;
	health.initial = less(health.initial_equity, at_initial_level(legs, initial, at_initial)?)?;
	Ok(health)
}

/// What the legs require one by one at live prices, usable or not.
#[derive(Clone, Copy, Default)]
pub(super) struct Sums {
	/// At [`Level::Maintenance`].
	pub maintenance: Value,
	/// At [`Level::Target`].
	pub target: Value,
}

impl Sums {
	fn of<Id>(legs: &[Leg<Id>]) -> Result<Self, RiskError> {
		let mut sums = Self::default();
		for leg in legs {
			let value = leg.live_value(leg.amount)?;
			sums = sums
				.with(
					required(value, leg.margin.maintenance)?,
					required(value, leg.margin.target)?,
				)
				.ok_or(RiskError::Overflow)?;
		}
		Ok(sums)
	}

	pub fn with(&self, maintenance: Value, target: Value) -> Option<Self> {
		Some(Self {
			maintenance: self.maintenance.checked_add(maintenance)?,
			target: self.target.checked_add(target)?,
		})
	}

	/// `c_T`, rounded up.
	fn multiple(&self) -> Ratio {
		let multiple = self.target.ratio_to(self.maintenance, Rounding::Up);
		multiple.unwrap_or(Ratio::ONE)
	}

	/// `c_T` times the requirement of all legs together, rounded up. Without any maintenance ratio what the target asks of
	/// them one by one.
	pub fn target_of(&self, together: Value) -> Option<Value> {
		if self.maintenance.is_zero() {
			return Some(self.target);
		}
		let (target, all) = (self.target.raw().unsigned_abs(), self.maintenance.raw().unsigned_abs());
		mul_div_signed(together.raw(), target, all, Rounding::Up).map(Value::from_raw)
	}
}

/// What each leg requires alone at the prices of maintenance.
pub(super) fn live_exposures<Id>(legs: &[Leg<Id>]) -> Result<Vec<Exposure>, RiskError> {
	exposures(legs, |leg| leg.terms(Level::Maintenance).0)
}

/// `R` at the prices of maintenance: the smaller one of those with and without the legs whose prices are not usable.
fn required_at_live_prices<Id>(legs: &[Leg<Id>], bands: &Bands) -> Result<Value, RiskError> {
	required_of(legs, live_exposures(legs)?, bands)
}

/// The same of other exposures of these legs.
pub(super) fn required_of<Id>(
	legs: &[Leg<Id>],
	mut exposures: Vec<Exposure>,
	bands: &Bands,
) -> Result<Value, RiskError> {
	let with_all = requirement(&exposures, bands).ok_or(RiskError::Overflow)?;
	if legs.iter().all(Leg::is_usable) {
		return Ok(with_all);
	}
	for (exposure, _) in exposures.iter_mut().zip(legs).filter(|(_, leg)| !leg.is_usable()) {
		exposure.margin = Value::ZERO;
	}
	let usable = requirement(&exposures, bands).ok_or(RiskError::Overflow)?;
	Ok(usable.min(with_all))
}

/// What each leg requires alone at a price.
fn exposures<Id>(legs: &[Leg<Id>], price: impl Fn(&Leg<Id>) -> Price) -> Result<Vec<Exposure>, RiskError> {
	let exposure = |leg: &Leg<Id>| {
		Ok(Exposure {
			side: leg.side,
			margin: required(leg.value_at(price(leg), leg.amount)?, leg.margin.maintenance)?,
		})
	};
	legs.iter().map(exposure).collect()
}

/// Whether a leg counts at the same price at every level.
fn initial_as_live<Id>(leg: &Leg<Id>) -> bool {
	leg.is_usable() && leg.terms(Level::Initial).0 == leg.quote.live
}

/// How many times its maintenance ratio a leg's initial ratio is, rounded down, for each leg that has one.
fn multiples<Id>(legs: &[Leg<Id>]) -> impl Iterator<Item = Ratio> + '_ {
	legs.iter()
		.filter(|leg| !leg.margin.maintenance.is_zero() && !leg.amount.is_zero())
		.map(|leg| {
			let multiple = leg.margin.initial.checked_div(leg.margin.maintenance, Rounding::Down);
			multiple.unwrap_or(Ratio::MAX)
		})
}

/// What is required at the initial level: `multiple * margin`, and in full what a leg's ratio is beyond that multiple.
fn at_initial_level<Id>(legs: &[Leg<Id>], multiple: Ratio, margin: Value) -> Result<Value, RiskError> {
	let mut sum = required(margin, multiple)?;
	for leg in legs {
		let (price, ratio) = leg.terms(Level::Initial);
		let netted = leg.margin.maintenance.checked_mul(multiple, Rounding::Down);
		let rest = netted.map_or(Ratio::ZERO, |netted| ratio.saturating_sub(netted));
		if !rest.is_zero() {
			sum = sum
				.checked_add(required(leg.value_at(price, leg.amount)?, rest)?)
				.ok_or(RiskError::Overflow)?;
		}
	}
	Ok(sum)
}

fn less(equity: Value, required: Value) -> Result<Value, RiskError> {
	equity.checked_sub(required).ok_or(RiskError::Overflow)
}
