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
//!
//! A step may be taken in bites ([`Step::up_to`]). Each is priced anew, from an account that is better off, so that
//! together they cost the account no more than the step at once would have ([`Step::allows`]). Among equal ratios the
//! order is that of the legs, which no bite changes.

mod bites;
mod planner;

use crate::{assess, Health, Leg, RiskError};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use margin_math::{Amount, Ratio, Rounding, Value};
use planner::Planner;
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
	/// Whether the slices belong together, because the account's legs hedge each other: a part of the step is the same
	/// part of each.
	pub proportional: bool,
}

impl Step {
	/// Slices that go over one after the other.
	pub const fn of(health: Health, slices: Vec<Slice>) -> Self {
		Self {
			health,
			slices,
			takeover: false,
			proportional: false,
		}
	}
}

/// Plans one step of the liquidation of an account.
///
/// `None` if the account is not liquidatable, or nothing of it can be taken: no usable deposit meets a usable debt.
///
/// Without equity the step is a takeover without penalty. One case differs: while legs whose prices are not usable are
/// worth a bite, taking over all debts would set such a deposit free, and taking all collateral would leave such a debt
/// bare. Then the usable collateral repays what it can of the usable debts without penalty, and the rest waits until
/// those legs have a price or count less. Dust holds nothing up.
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
	let back_to_target =
		|health: &Health| -> Result<_, RiskError> { Planner::new(legs, params, health)?.back_to_target(health.target) };
	plan(legs, params, assess(legs)?, false, back_to_target)
}

/// Plans one step of the liquidation of an account with this health, whose slices while it is solvent `slices` gives.
pub(crate) fn plan<Id>(
	legs: &[Leg<Id>],
	params: &LiquidationParams,
	health: Health,
	proportional: bool,
	slices: impl FnOnce(&Health) -> Result<Vec<Slice>, RiskError>,
) -> Result<Option<Step>, RiskError> {
	if !params.is_valid() {
		return Err(RiskError::InvalidParameters);
	}
	if !health.is_liquidatable() {
		return Ok(None);
	}
	let solvent = health.equity > Value::ZERO;
	if !solvent && !is_held_up(legs, params.min_bite)? {
		let takeover = legs.iter().any(|leg| leg.is_usable() && !leg.amount.is_zero());
		return Ok(takeover.then_some(Step {
			takeover,
			..Step::of(health, Vec::new())
		}));
	}
	if !solvent {
		return settlement(legs, params, health);
	}
	let step = Step {
		proportional,
		..Step::of(health, slices(&health)?)
	};
	Ok((!step.slices.is_empty()).then_some(step))
}

/// Plans what the usable collateral of an account can repay of its usable debts without a penalty, and nothing beyond: for
/// an account that has no equity left and holds what no step may take.
///
/// `None` if no usable deposit meets a usable debt. Errors as [`assess`].
pub fn plan_settlement<Id>(legs: &[Leg<Id>], params: &LiquidationParams) -> Result<Option<Step>, RiskError> {
	settlement(legs, params, assess(legs)?)
}

fn settlement<Id>(legs: &[Leg<Id>], params: &LiquidationParams, health: Health) -> Result<Option<Step>, RiskError> {
	let slices = Planner::new(legs, params, &health)?.all_there_is()?;
	Ok((!slices.is_empty()).then(|| Step::of(health, slices)))
}

/// Exchanges one leg of an account for legs of the other side, at live prices and without a penalty: a deposit pays debts,
/// or deposits pay a debt, highest maintenance ratio first, until the leg or the other side is used up. Legs whose prices
/// are not usable take no part. What is repaid is rounded down and what is taken up.
///
/// Empty if `leg` is none of the legs, is not usable, or is worth less than a unit of what it would be exchanged for.
///
/// Errors as [`assess`].
///
/// ```
/// use margin_math::{Amount, Price, Ratio};
/// use margin_risk::{exchange, Leg, MarginRatios, Quote, Side};
///
/// let leg = |asset, side, amount, price: u128| Leg {
///     asset,
///     side,
///     amount: Amount(amount),
///     decimals: 6,
///     quote: Quote::usable(Price::from_fixed(price.into()), 0),
///     margin: MarginRatios::from_maintenance(Ratio::from_percent(5)).unwrap(),
/// };
/// let legs = [leg("ETH", Side::Deposit, 1_000_000, 200), leg("USDC", Side::Debt, 150_000_000, 1)];
/// let slice = exchange(&legs, 0).unwrap()[0];
/// assert_eq!((slice.taken, slice.repaid), (Amount(750_000), Amount(150_000_000)));
/// ```
pub fn exchange<Id>(legs: &[Leg<Id>], leg: usize) -> Result<Vec<Slice>, RiskError> {
	let health = assess(legs)?;
	let mut planner = Planner::new(legs, &LiquidationParams::default(), &health)?;
	planner.only(leg);
	planner.all_there_is()
}

/// Whether the legs without a usable price are worth something, and no less than a bite.
fn is_held_up<Id>(legs: &[Leg<Id>], min_bite: Value) -> Result<bool, RiskError> {
	let mut worth = Value::ZERO;
	for leg in legs.iter().filter(|leg| !leg.is_usable()) {
		worth = worth
			.checked_add(leg.live_value(leg.amount)?)
			.ok_or(RiskError::Overflow)?;
	}
	Ok(worth > Value::ZERO && worth >= min_bite)
}
