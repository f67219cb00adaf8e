//! Pairs of debt and collateral, and how much of each.

use super::{LiquidationParams, Slice};
use crate::{Health, Leg, Level, RiskError, Side};
use alloc::vec::Vec;
use core::cmp::Reverse;
use margin_math::{Amount, Ratio, Rounding, Value};

/// A usable leg, with what is left of it while the step is planned.
struct Holding<'a, Id> {
	index: usize,
	leg: &'a Leg<Id>,
	amount: Amount,
}

impl<Id> Holding<'_, Id> {
	fn value(&self) -> Result<Value, RiskError> {
		self.leg.live_value(self.amount)
	}

	fn value_of(&self, amount: Amount, rounding: Rounding) -> Result<Value, RiskError> {
		self.leg
			.quote
			.live
			.value_of(amount, self.leg.decimals, rounding)
			.ok_or(RiskError::Overflow)
	}

	/// How much is worth `value`, at most all of it.
	fn amount_for(&self, value: Value, rounding: Rounding) -> Amount {
		let amount = self.leg.quote.live.amount_for(value, self.leg.decimals, rounding);
		amount.map_or(self.amount, |amount| amount.min(self.amount))
	}

	/// Takes `amount` away and gives the change of the account's health at the target level.
	fn reduce(&mut self, amount: Amount) -> Result<Value, RiskError> {
		let before = self.leg.contribution(self.amount, Level::Target)?;
		self.amount = self.amount.saturating_sub(amount);
		let after = self.leg.contribution(self.amount, Level::Target)?;
		after.checked_sub(before).ok_or(RiskError::Overflow)
	}
}

/// How the value to repay with one pair came about.
struct Bite {
	value: Value,
	whole_debt: bool,
	whole_collateral: bool,
}

/// The legs that a step may touch, and the terms it was given.
pub(super) struct Planner<'a, Id> {
	debts: Vec<Holding<'a, Id>>,
	collaterals: Vec<Holding<'a, Id>>,
	penalty: Ratio,
	min_bite: Value,
}

impl<'a, Id> Planner<'a, Id> {
	pub(super) fn new(legs: &'a [Leg<Id>], params: &LiquidationParams, health: &Health) -> Result<Self, RiskError> {
		// Down, so that the penalties of all debt stay within the equity.
		let affordable = health
			.equity
			.max(Value::ZERO)
			.ratio_to(health.debts, Rounding::Down)
			.unwrap_or(Ratio::ZERO);
		Ok(Self {
			debts: in_order(legs, Side::Debt),
			collaterals: in_order(legs, Side::Deposit),
			penalty: params.ramp(health).min(affordable),
			min_bite: params.min_bite,
		})
	}

	/// Leaves one leg alone on its side. None, if it is not among those that may be touched.
	pub(super) fn only(&mut self, index: usize) {
		if self.debts.iter().any(|debt| debt.index == index) {
			self.debts.retain(|debt| debt.index == index);
		} else {
			self.collaterals.retain(|collateral| collateral.index == index);
		}
	}

	/// Slices until the health at the target level is back at zero, or debts or collaterals are used up.
	pub(super) fn back_to_target(&mut self, health: Value) -> Result<Vec<Slice>, RiskError> {
		let mut slices = self.pair_by_pair(health)?;
		if self.collaterals.iter().all(|collateral| collateral.amount.is_zero()) {
			self.take_splinters_along(&mut slices)?;
		}
		Ok(slices)
	}

	/// When all collateral is used up, what rounding left over of a debt goes with its last slice: alone it would be bad
	/// debt. That is one unit for each slice, of the debt or of what was taken for it, whichever is worth more; and only
	/// if it is less than a thousandth of a bite.
	fn take_splinters_along(&mut self, slices: &mut [Slice]) -> Result<(), RiskError> {
		let hair = self.min_bite.mul_ratio(Ratio::from_ppm(1_000), Rounding::Down);
		let mut grain = Value::ZERO;
		for holding in self.collaterals.iter().chain(&self.debts) {
			grain = grain.max(holding.value_of(Amount(1), Rounding::Up)?);
		}
		for debt in &mut self.debts {
			let own = slices.iter().filter(|slice| slice.debt == debt.index).count();
			let most = grain.raw().checked_mul(own as i128).map(Value::from_raw);
			if debt.value()? > hair.unwrap_or_default().min(most.unwrap_or_default()) {
				continue;
			}
			if let Some(last) = slices.iter_mut().rev().find(|slice| slice.debt == debt.index) {
				last.repaid = last.repaid.saturating_add(debt.amount);
				last.repaid_value = debt.value_of(last.repaid, Rounding::Down)?;
				debt.amount = Amount::ZERO;
			}
		}
		Ok(())
	}

	fn pair_by_pair(&mut self, mut health: Value) -> Result<Vec<Slice>, RiskError> {
		let mut slices = Vec::new();
		for debt in &mut self.debts {
			for collateral in &mut self.collaterals {
				if !health.is_negative() {
					return Ok(slices);
				}
				if debt.amount.is_zero() {
					break;
				}
				let penalty = pair_penalty(self.penalty, collateral.leg, debt.leg);
				let Some(wanted) = wanted_value(health, penalty, collateral.leg, debt.leg)? else {
					continue;
				};
				let bite = bound(wanted, penalty, collateral, debt, self.min_bite)?;
				let Some(slice) = cut(&bite, penalty, collateral, debt)? else {
					continue;
				};
				let change = debt
					.reduce(slice.repaid)?
					.checked_add(collateral.reduce(slice.taken)?)
					.ok_or(RiskError::Overflow)?;
				slices.push(slice);
				if bite.value >= wanted {
					// Rounded amounts may leave a hair to the target: not worth another slice.
					return Ok(slices);
				}
				health = health.checked_add(change).ok_or(RiskError::Overflow)?;
			}
		}
		Ok(slices)
	}

	/// Slices without penalty until debts or collaterals are used up.
	pub(super) fn all_there_is(&mut self) -> Result<Vec<Slice>, RiskError> {
		let mut slices = Vec::new();
		for debt in &mut self.debts {
			for collateral in &mut self.collaterals {
				let bite = bound(debt.value()?, Ratio::ZERO, collateral, debt, self.min_bite)?;
				if let Some(slice) = cut(&bite, Ratio::ZERO, collateral, debt)? {
					debt.reduce(slice.repaid)?;
					collateral.reduce(slice.taken)?;
					slices.push(slice);
				}
			}
		}
		Ok(slices)
	}
}

/// The usable legs of one side: highest maintenance ratio first, then lowest index. Values are no part of the order, since
/// a bite changes them: what follows it is to go on where the whole step would have.
fn in_order<Id>(legs: &[Leg<Id>], side: Side) -> Vec<Holding<'_, Id>> {
	let mut holdings: Vec<_> = (legs.iter().enumerate())
		.filter(|(_, leg)| leg.side == side && leg.is_usable() && !leg.amount.is_zero())
		.map(|(index, leg)| Holding {
			index,
			leg,
			amount: leg.amount,
		})
		.collect();
	holdings.sort_by_key(|holding| (Reverse(holding.leg.margin.maintenance), holding.index));
	holdings
}

/// The step's penalty, bounded by half the maintenance ratios of the pair.
fn pair_penalty<Id>(penalty: Ratio, collateral: &Leg<Id>, debt: &Leg<Id>) -> Ratio {
	let sum = collateral.margin.maintenance.saturating_add(debt.margin.maintenance);
	penalty.min(
		sum.checked_mul(Ratio::from_percent(50), Rounding::Down)
			.unwrap_or(Ratio::ZERO),
	)
}

/// The value to repay that brings the health at the target level from `health` to zero. Rounded up.
///
/// `None` if this pair cannot: neither side requires margin.
fn wanted_value<Id>(
	health: Value,
	penalty: Ratio,
	collateral: &Leg<Id>,
	debt: &Leg<Id>,
) -> Result<Option<Value>, RiskError> {
	let gained = Ratio::ONE.checked_add(debt.margin.target).ok_or(RiskError::Overflow)?;
	let lost = Ratio::ONE
		.checked_sub(collateral.margin.target)
		.and_then(|kept| kept.checked_mul(Ratio::ONE.checked_add(penalty)?, Rounding::Up))
		.ok_or(RiskError::Overflow)?;
	let per_dollar = gained.saturating_sub(lost);
	if per_dollar.is_zero() {
		return Ok(None);
	}
	let missing = health.checked_neg().ok_or(RiskError::Overflow)?;
	// More than any value is more than any debt: the bound of the pair decides.
	Ok(Some(
		missing
			.div_ratio(per_dollar, Rounding::Up)
			.unwrap_or(Value::from_raw(i128::MAX)),
	))
}

/// What is repaid with a pair when `wanted` would be right: no less than the minimum bite, no rest below it, and no more
/// than the debt and the collateral.
fn bound<Id>(
	wanted: Value,
	penalty: Ratio,
	collateral: &Holding<Id>,
	debt: &Holding<Id>,
	min_bite: Value,
) -> Result<Bite, RiskError> {
	let owed = debt.value()?;
	let held = collateral.value()?;
	let with_penalty = Ratio::ONE.checked_add(penalty).ok_or(RiskError::Overflow)?;
	let payable = held
		.div_ratio(with_penalty, Rounding::Down)
		.ok_or(RiskError::Overflow)?;
	let most = owed.min(payable);
	let mut value = wanted.max(min_bite).min(most);
	let rest_of = |whole: Value, part: Value| whole.checked_sub(part).unwrap_or_default();
	let taken = value.mul_ratio(with_penalty, Rounding::Up).ok_or(RiskError::Overflow)?;
	if rest_of(owed, value) < min_bite || rest_of(held, taken) < min_bite {
		value = most;
	}
	Ok(Bite {
		value,
		whole_debt: value >= owed,
		whole_collateral: value >= payable,
	})
}

/// The amounts of a bite. `None` if it is too small to be expressed in units of both assets.
fn cut<Id>(
	bite: &Bite,
	penalty: Ratio,
	collateral: &Holding<Id>,
	debt: &Holding<Id>,
) -> Result<Option<Slice>, RiskError> {
	if collateral.amount.is_zero() || debt.amount.is_zero() {
		return Ok(None);
	}
	let with_penalty = |value: Value| {
		let factor = Ratio::ONE.checked_add(penalty)?;
		value.mul_ratio(factor, Rounding::Up)
	};
	let mut repaid = if bite.whole_debt {
		debt.amount
	} else {
		debt.amount_for(bite.value, Rounding::Down)
	};
	// One unit of the debt may be worth more than the bite. Where the collateral pays for it, one unit it is.
	let indivisible = repaid.is_zero();
	if indivisible {
		repaid = Amount(1);
	}
	let due = with_penalty(debt.value_of(repaid, Rounding::Up)?).ok_or(RiskError::Overflow)?;
	if indivisible && due > collateral.value()? {
		return Ok(None);
	}
	let taken = if bite.whole_collateral {
		collateral.amount
	} else {
		collateral.amount_for(due, Rounding::Up)
	};
	Ok(Some(Slice {
		collateral: collateral.index,
		debt: debt.index,
		repaid,
		taken,
		penalty,
		repaid_value: debt.value_of(repaid, Rounding::Down)?,
		taken_value: collateral.value_of(taken, Rounding::Up)?,
	}))
}
