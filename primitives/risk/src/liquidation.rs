//! How much of an account goes over in one step of its liquidation.
//!
//! A step repays debt with the account's collateral, at a penalty, until the account is back at its target, and no
//! further. For a collateral `j`, a debt `k` and a penalty `p`, repaying the value `x` takes collateral worth
//! `x (1 + p)` and changes the health at the target level by
//!
//! ```text
//! x (1 + m_k)  -  x (1 + p) (1 - m_j)         m: margin ratios at the target level
//! ```
//!
//! so the account reaches `H_Target = 0` with
//!
//! ```text
//! x = min( -H_Target / ((1 + m_k) - (1 + p) (1 - m_j)),  debt_k,  collateral_j / (1 + p) )
//! ```
//!
//! and goes on with the next pair if the debt or the collateral was too small. The penalty is
//!
//! ```text
//! p = min( ramp,  (m_j^M + m_k^M) / 2,  E / D )          ramp = floor + (ceiling - floor) * depth
//! depth = -H_Maintenance / margin, between 0 and 1
//! ```
//!
//! with equity `E` and debt `D` of the whole account. The second bound keeps the divisor above positive and lets health
//! rise with every slice. The third makes the penalties of all debt together no more than the equity, so that a penalty
//! never makes bad debt. Ramp and `E / D` are those of the moment the step begins.
//!
//! Pairs go from the highest maintenance ratio to the lowest. So whatever is left has ratios no higher than the pair
//! just used, and each slice lowers the required margin by a larger share than the equity: health over margin rises.

use crate::{assess, Health, Leg, Level, RiskError, Side};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::cmp::Reverse;
use margin_math::{Amount, Ratio, Rounding, Value};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// What governs the size of a step and its penalty.
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
pub struct LiquidationParams {
	/// The penalty of an account just below its maintenance margin.
	pub penalty_floor: Ratio,
	/// The penalty of an account without equity.
	pub penalty_ceiling: Ratio,
	/// No slice repays less than this, and no leg is left with less than this, where the account allows it. In dollars.
	pub min_bite: Value,
}

impl LiquidationParams {
	/// Whether `penalty_floor <= penalty_ceiling < 1` and the minimum bite is not negative.
	pub fn is_valid(&self) -> bool {
		self.penalty_floor <= self.penalty_ceiling && self.penalty_ceiling < Ratio::ONE && !self.min_bite.is_negative()
	}

	/// The penalty of an account as deep under water as `health`, before the bounds of pair and equity. Rounded up.
	pub fn ramp(&self, health: &Health) -> Ratio {
		let shortfall = health.maintenance.checked_neg().unwrap_or_default().max(Value::ZERO);
		let depth = shortfall
			.ratio_to(health.margin, Rounding::Up)
			.unwrap_or(Ratio::ONE)
			.min(Ratio::ONE);
		let rise = self.penalty_ceiling.saturating_sub(self.penalty_floor);
		self.penalty_floor
			.saturating_add(rise.checked_mul(depth, Rounding::Up).unwrap_or(rise))
	}
}

/// Part of a debt repaid with part of a collateral.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Slice {
	/// Index of the leg that is taken from.
	pub collateral: usize,
	/// Index of the leg that is repaid.
	pub debt: usize,
	/// How much of the debt is repaid: rounded down.
	pub repaid: Amount,
	/// How much of the collateral is taken: rounded up, never above what there is.
	pub taken: Amount,
	/// The penalty of this pair.
	pub penalty: Ratio,
	/// Value of what is repaid, at the live price, rounded down.
	pub repaid_value: Value,
	/// Value of what is taken, at the live price, rounded up.
	pub taken_value: Value,
}

/// One step of a liquidation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Step {
	/// The account before the step.
	pub health: Health,
	/// What goes over, in order. Empty in a takeover.
	pub slices: Vec<Slice>,
	/// Whether the account has no equity left, so that every leg with a usable price goes over as it is.
	pub takeover: bool,
}

/// Plans one step of the liquidation of an account.
///
/// `None` if the account is not liquidatable, or nothing of it can be taken: no usable deposit meets a usable debt.
///
/// Without equity the step is a takeover without penalty. One case differs: while a deposit whose price is not usable
/// still counts for something, taking over all debts would set that deposit free. Then the usable collateral repays what
/// it can without penalty, and the debts that are left stay with that deposit until it has a price or counts nothing.
///
/// Errors as [`assess`], and [`RiskError::InvalidParameters`] if `params` are not valid.
///
/// ```
/// use margin_math::{Amount, Price, Ratio, Value};
/// use margin_risk::{plan_step, Leg, LiquidationParams, MarginRatios, Quote, Side};
///
/// let leg = |asset, side, amount, decimals, price: u128, percent| Leg {
///     asset,
///     side,
///     amount: Amount(amount),
///     decimals,
///     quote: Quote::usable(Price::from_fixed(price.into()), 0),
///     margin: MarginRatios::from_maintenance(Ratio::from_percent(percent)).unwrap(),
/// };
/// // 1 BTC at 40,000 dollars with a maintenance margin of 10 %, and a debt of 37,000 dollars.
/// let legs = [
///     leg("BTC", Side::Deposit, 100_000_000, 8, 40_000, 10),
///     leg("USDC", Side::Debt, 37_000_000_000, 6, 1, 0),
/// ];
/// let params = LiquidationParams {
///     penalty_floor: Ratio::from_percent(1),
///     penalty_ceiling: Ratio::from_percent(1),
///     min_bite: Value::from_dollars(10),
/// };
/// let step = plan_step(&legs, &params).unwrap().unwrap();
/// // H_Target = 40,000 * 0.875 - 37,000 = -2,000, so x = 2,000 / (1 - 1.01 * 0.875).
/// let slice = step.slices[0];
/// assert_eq!((slice.collateral, slice.debt), (0, 1));
/// assert_eq!(slice.repaid, Amount(17_204_301_075));
/// // Without the debt there is nothing to do.
/// assert!(plan_step(&legs[..1], &params).unwrap().is_none());
/// ```
pub fn plan_step<Id>(legs: &[Leg<Id>], params: &LiquidationParams) -> Result<Option<Step>, RiskError> {
	if !params.is_valid() {
		return Err(RiskError::InvalidParameters);
	}
	let health = assess(legs)?;
	if !health.is_liquidatable() {
		return Ok(None);
	}
	let solvent = health.equity > Value::ZERO;
	if !solvent && !holds_unusable_deposit(legs)? {
		let takeover = legs.iter().any(|leg| leg.is_usable() && !leg.amount.is_zero());
		return Ok(takeover.then_some(Step {
			health,
			slices: Vec::new(),
			takeover,
		}));
	}
	let mut planner = Planner::new(legs, params, &health)?;
	let slices = if solvent {
		planner.back_to_target(health.target)?
	} else {
		planner.all_there_is()?
	};
	Ok((!slices.is_empty()).then_some(Step {
		health,
		slices,
		takeover: false,
	}))
}

fn holds_unusable_deposit<Id>(legs: &[Leg<Id>]) -> Result<bool, RiskError> {
	for leg in legs.iter().filter(|leg| leg.side == Side::Deposit && !leg.is_usable()) {
		if !leg.value_and_margin(leg.amount, Level::Maintenance)?.0.is_zero() {
			return Ok(true);
		}
	}
	Ok(false)
}

/// A usable leg, with what is left of it while the step is planned.
struct Holding<'a, Id> {
	index: usize,
	leg: &'a Leg<Id>,
	amount: Amount,
}

impl<Id> Holding<'_, Id> {
	fn value(&self) -> Result<Value, RiskError> {
		Ok(self.leg.value_and_margin(self.amount, Level::Maintenance)?.0)
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

struct Planner<'a, Id> {
	debts: Vec<Holding<'a, Id>>,
	collaterals: Vec<Holding<'a, Id>>,
	penalty: Ratio,
	min_bite: Value,
}

impl<'a, Id> Planner<'a, Id> {
	fn new(legs: &'a [Leg<Id>], params: &LiquidationParams, health: &Health) -> Result<Self, RiskError> {
		// Down, so that the penalties of all debt stay within the equity.
		let affordable = health
			.equity
			.max(Value::ZERO)
			.ratio_to(health.debts, Rounding::Down)
			.unwrap_or(Ratio::ZERO);
		Ok(Self {
			debts: in_order(legs, Side::Debt)?,
			collaterals: in_order(legs, Side::Deposit)?,
			penalty: params.ramp(health).min(affordable),
			min_bite: params.min_bite,
		})
	}

	/// Slices until the health at the target level is back at zero, or debts or collaterals are used up.
	fn back_to_target(&mut self, mut health: Value) -> Result<Vec<Slice>, RiskError> {
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
	fn all_there_is(&mut self) -> Result<Vec<Slice>, RiskError> {
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

/// The usable legs of one side: highest maintenance ratio first, then highest value, then lowest index.
fn in_order<Id>(legs: &[Leg<Id>], side: Side) -> Result<Vec<Holding<'_, Id>>, RiskError> {
	let mut keyed = Vec::new();
	for (index, leg) in legs.iter().enumerate() {
		if leg.side == side && leg.is_usable() && !leg.amount.is_zero() {
			let holding = Holding {
				index,
				leg,
				amount: leg.amount,
			};
			keyed.push((Reverse(leg.margin.maintenance), Reverse(holding.value()?), holding));
		}
	}
	keyed.sort_by_key(|(ratio, value, holding)| (*ratio, *value, holding.index));
	Ok(keyed.into_iter().map(|(_, _, holding)| holding).collect())
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
	if repaid.is_zero() {
		// One unit of the debt is worth more than the bite. Where the collateral pays for it, one unit it is.
		repaid = Amount(1);
		let due = with_penalty(debt.value_of(repaid, Rounding::Up)?).ok_or(RiskError::Overflow)?;
		if due > collateral.value()? {
			return Ok(None);
		}
	}
	let due = with_penalty(debt.value_of(repaid, Rounding::Up)?).ok_or(RiskError::Overflow)?;
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
