//! How much of a portfolio account goes over in one step of its liquidation.
//!
//! A step takes the same part of every leg, so that it never sells a hedge alone. Let `f` of all debt `D` be repaid, and so
//! much of all deposits `C` be taken as pays for it:
//!
//! ```text
//! debts  (1 - f)        deposits  (1 - f D (1 + p) / C)        equity  E - p f D
//! ```
//!
//! with the penalty
//!
//! ```text
//! p = min( ramp,  R / (2 D),  E / D )
//! ```
//!
//! of which the second bound is what half of the margins of a pair are to an account whose margins are summed.
//!
//! # The least that is enough
//!
//! With all parts `1 - f` of its legs left an account would require `(1 - f) R`. Deposits keep `f (E - p D)` beyond that,
//! which add at most twice their own requirements, since `R` moves by no more than twice of what those of its legs do. With
//! `m` the largest ratio:
//!
//! ```text
//! R_after  <=  (1 - f) R + 2 f (E - p D) m
//! ```
//!
//! `E - p D` is the same after every step with one penalty, and never negative. So with `2 m < 1`, and of `c_T m` in place of
//! `m` at the target, as long as the requirement is above equity it falls by more than equity does, and by more than in
//! proportion to it: **each step makes both health and health over margin better**, and once `f` is large enough to bring
//! health back to zero, so is every larger one. There is one least `f`. It is held between two sides. The chord through
//! them meets zero near it, and so does the line through two safe points; where neither has halved the way between the sides
//! in two turns, because another bound of `R` takes over in between, their middle does. A few evaluations bring the sides
//! within a bite of each other, or a ten-millionth of all if that is more, and the safe one is taken.

use super::{
	assess_portfolio,
	health::{live_exposures, required_of, Sums},
	Bands, Exposure,
};
use crate::{
	health::required,
	liquidation::{plan, LiquidationParams, Slice, Step},
	Health, Leg, RiskError, Side,
};
use alloc::vec::Vec;
use core::cmp::Reverse;
use margin_math::{mul_div, mul_div_signed, Amount, Ratio, Rounding, Value};

/// How often health is evaluated at most to find the size of a step.
const EVALUATIONS: u32 = 12;

/// What is left of a deposit goes along if it is worth no more than this, or a thousandth of a bite: a millionth of a
/// dollar.
const SPLINTER: Value = Value::from_raw(1_000_000_000_000);

/// Plans one step of the liquidation of a portfolio account, as the module describes. Legs whose prices are not usable
/// stay as they are.
///
/// `None` if the account is not liquidatable, or nothing of it can be taken. Without equity as
/// [`plan_step`](crate::plan_step).
///
/// Errors as [`assess_portfolio`], and [`RiskError::InvalidParameters`] if `params` are not valid.
pub fn plan_portfolio_step<Id>(
	legs: &[Leg<Id>],
	bands: &Bands,
	params: &LiquidationParams,
) -> Result<Option<Step>, RiskError> {
	let health = assess_portfolio(legs, bands)?;
	plan(legs, params, health, true, |health| {
		Proportion::new(legs, bands, params, health)?.back_to_target(health.target)
	})
}

/// A usable leg, or what goes over of it.
#[derive(Clone, Copy)]
struct Part {
	index: usize,
	amount: Amount,
	value: Value,
}

impl Part {
	fn reduce(&mut self, amount: Amount, value: Value) {
		self.amount = self.amount.saturating_sub(amount);
		self.value = self.value.checked_sub(value).unwrap_or_default();
	}
}

/// The usable legs of one side: highest maintenance ratio first, then lowest index.
struct Holdings {
	parts: Vec<Part>,
	value: Value,
}

impl Holdings {
	fn of<Id>(legs: &[Leg<Id>], side: Side) -> Result<Self, RiskError> {
		let mut numbered: Vec<_> = (legs.iter().enumerate())
			.filter(|(_, leg)| leg.side == side && leg.is_usable() && !leg.amount.is_zero())
			.collect();
		numbered.sort_by_key(|(index, leg)| (Reverse(leg.margin.maintenance), *index));
		let (mut parts, mut sum) = (Vec::with_capacity(numbered.len()), Value::ZERO);
		for (index, leg) in numbered {
			let value = leg.live_value(leg.amount)?;
			sum = sum.checked_add(value).ok_or(RiskError::Overflow)?;
			parts.push(Part {
				index,
				amount: leg.amount,
				value,
			});
		}
		Ok(Self { parts, value: sum })
	}

	/// As much of every leg as all together are worth `value`: at most all of it.
	fn share(&self, value: Value, rounding: Rounding) -> impl Iterator<Item = Part> + '_ {
		let (part, all) = (value.raw().unsigned_abs(), self.value.raw().unsigned_abs());
		self.parts.iter().map(move |whole| {
			let of = |number| mul_div(number, part, all, rounding).map_or(number, |share| share.min(number));
			let value = i128::try_from(of(whole.value.raw().unsigned_abs()));
			Part {
				index: whole.index,
				amount: Amount(of(whole.amount.0)),
				value: value.map_or(whole.value, Value::from_raw),
			}
		})
	}
}

/// The legs that a step may touch, and the terms it was given.
struct Proportion<'a, Id> {
	legs: &'a [Leg<Id>],
	bands: &'a Bands,
	debts: Holdings,
	deposits: Holdings,
	penalty: Ratio,
	with_penalty: Ratio,
	min_bite: Value,
	/// What the deposits can repay.
	payable: Value,
	/// Of the account as the step begins: its equity, what each leg requires alone, and that at the target level.
	equity: Value,
	exposures: Vec<Exposure>,
	targets: Vec<Value>,
}

impl<'a, Id> Proportion<'a, Id> {
	fn new(
		legs: &'a [Leg<Id>],
		bands: &'a Bands,
		params: &LiquidationParams,
		health: &Health,
	) -> Result<Self, RiskError> {
		let of_debts = |value: Value| value.ratio_to(health.debts, Rounding::Down).unwrap_or(Ratio::ZERO);
		let half = of_debts(health.margin).checked_mul(Ratio::from_percent(50), Rounding::Down);
		let penalty = params
			.ramp(health)
			.min(half.unwrap_or(Ratio::ZERO))
			.min(of_debts(health.equity.max(Value::ZERO)));
		let with_penalty = Ratio::ONE.checked_add(penalty).ok_or(RiskError::Overflow)?;
		let deposits = Holdings::of(legs, Side::Deposit)?;
		let payable = deposits.value.div_ratio(with_penalty, Rounding::Down);
		let target = |leg: &Leg<Id>| required(leg.live_value(leg.amount)?, leg.margin.target);
		Ok(Self {
			legs,
			bands,
			debts: Holdings::of(legs, Side::Debt)?,
			deposits,
			penalty,
			with_penalty,
			payable: payable.ok_or(RiskError::Overflow)?,
			min_bite: params.min_bite,
			equity: health.equity,
			exposures: live_exposures(legs)?,
			targets: legs.iter().map(target).collect::<Result<_, _>>()?,
		})
	}

	/// Slices that bring the health at the target level from `health` back to zero, or all that there is.
	fn back_to_target(&self, health: Value) -> Result<Vec<Slice>, RiskError> {
		let most = self.debts.value.min(self.payable);
		if most <= Value::ZERO {
			return Ok(Vec::new());
		}
		let wanted = self.least(health, most)?.max(self.min_bite).min(most);
		let rest = |whole: Value, part: Value| whole.checked_sub(part).is_none_or(|rest| rest < self.min_bite);
		let indivisible = self
			.debts
			.share(wanted, Rounding::Down)
			.all(|part| part.amount.is_zero());
		let whole = rest(self.debts.value, wanted) || rest(self.deposits.value, self.due(wanted)?) || indivisible;
		self.slices(if whole { most } else { wanted })
	}

	/// What is taken for so much of repaid debt: all deposits for all that they can repay.
	fn due(&self, repaid: Value) -> Result<Value, RiskError> {
		if repaid >= self.payable {
			return Ok(self.deposits.value);
		}
		self.with_penalty(repaid)
	}

	fn with_penalty(&self, repaid: Value) -> Result<Value, RiskError> {
		repaid
			.mul_ratio(self.with_penalty, Rounding::Up)
			.ok_or(RiskError::Overflow)
	}

	/// The health at the target level after so much debt was repaid, with ratios as they are.
	fn at(&self, repaid: Value) -> Result<Point, RiskError> {
		let due = self.due(repaid)?.min(self.deposits.value);
		let kept = |all: Value, gone: Value| (all.checked_sub(gone).unwrap_or_default().raw().unsigned_abs(), all);
		let (debts, deposits) = (kept(self.debts.value, repaid), kept(self.deposits.value, due));
		let (mut exposures, mut sums) = (self.exposures.clone(), Sums::default());
		for (leg, (exposure, target)) in self.legs.iter().zip(exposures.iter_mut().zip(&self.targets)) {
			let (part, all) = match leg.side {
				_ if !leg.is_usable() => (1, Value::from_raw(1)),
				Side::Debt => debts,
				Side::Deposit => deposits,
			};
			let rest = |value: Value| mul_div_signed(value.raw(), part, all.raw().unsigned_abs(), Rounding::Up);
			let (margin, target) = rest(exposure.margin).zip(rest(*target)).ok_or(RiskError::Overflow)?;
			exposure.margin = Value::from_raw(margin);
			sums = sums
				.with(exposure.margin, Value::from_raw(target))
				.ok_or(RiskError::Overflow)?;
		}
		let required = sums.target_of(required_of(self.legs, exposures, self.bands)?);
		let health = self
			.equity
			.checked_add(repaid)
			.and_then(|equity| equity.checked_sub(due)?.checked_sub(required?));
		Ok(Point {
			repaid,
			health: health.ok_or(RiskError::Overflow)?,
		})
	}

	/// The least to repay, within a bite of it, that brings the health at the target level from `health`, which is below
	/// zero, to zero or above. `most` if nothing does.
	fn least(&self, health: Value, most: Value) -> Result<Value, RiskError> {
		let mut low = Point {
			repaid: Value::ZERO,
			health,
		};
		let mut high = self.at(most)?;
		if high.health.is_negative() {
			return Ok(most);
		}
		// At least a ten-millionth of all: there is no hurry to be more exact.
		let near = Value::from_raw(most.raw() / 10_000_000).max(self.min_bite);
		let mut above = None;
		// How far the sides were apart one turn and two turns ago.
		let mut apart = (most, most);
		for turn in 1..EVALUATIONS {
			let Some(gap) = high.repaid.checked_sub(low.repaid).filter(|gap| *gap > near) else {
				break;
			};
			let slow = turn > 2 && gap.raw() > apart.1.raw() / 2;
			apart = (gap, apart.0);
			let crossing = match above {
				_ if slow => None,
				Some(above) if turn % 2 == 0 => {
					let nearly = high.repaid.checked_sub(near);
					high.crossing(&above)
						.zip(nearly)
						.map(|(crossing, nearly)| crossing.min(nearly))
				},
				_ => {
					let nearly = low.repaid.checked_add(near);
					low.crossing(&high)
						.zip(nearly)
						.map(|(crossing, nearly)| crossing.max(nearly))
				},
			};
			let middle = Value::from_raw(low.repaid.raw().saturating_add(gap.raw() / 2));
			let between = |repaid: &Value| *repaid > low.repaid && *repaid < high.repaid;
			let point = self.at(crossing.filter(between).unwrap_or(middle))?;
			if point.health.is_negative() {
				low = point;
			} else {
				above = Some(high);
				high = point;
			}
		}
		Ok(high.repaid)
	}

	/// The step that repays so much, as slices: debts and what is taken for them matched in order, so that each is cut only
	/// where the other side begins anew.
	fn slices(&self, repaid: Value) -> Result<Vec<Slice>, RiskError> {
		let mut debts: Vec<_> = self.debts.share(repaid, Rounding::Down).collect();
		let mut deposits: Vec<_> = self.deposits.share(self.due(repaid)?, Rounding::Up).collect();
		let mut slices: Vec<Slice> = Vec::with_capacity(self.legs.len());
		let (mut owed, mut held) = (0usize, 0usize);
		while let (Some(debt), Some(deposit)) = (debts.get_mut(owed), deposits.get_mut(held)) {
			let due = self.with_penalty(debt.value)?;
			let whole_debt = due <= deposit.value;
			let (repaid, taken) = if whole_debt {
				(debt.amount, part_of(deposit.amount, due, deposit.value, Rounding::Up))
			} else {
				(part_of(debt.amount, deposit.value, due, Rounding::Down), deposit.amount)
			};
			if let Some(slice) = self.slice((debt.index, repaid), (deposit.index, taken))? {
				slices.push(slice);
				let paid = if whole_debt {
					Some(debt.value)
				} else {
					deposit.value.div_ratio(self.with_penalty, Rounding::Down)
				};
				debt.reduce(repaid, paid.ok_or(RiskError::Overflow)?);
				deposit.reduce(taken, due.min(deposit.value));
			}
			if whole_debt {
				owed = owed.saturating_add(1);
			} else {
				held = held.saturating_add(1);
			}
		}
		self.take_splinters_along(&mut slices, &debts, &deposits);
		Ok(slices)
	}

	/// What roundings left over of a debt goes along with its last slice; and so does a splinter of a deposit, where debts
	/// came to less than a unit: nobody would ever be done with it.
	fn take_splinters_along(&self, slices: &mut [Slice], debts: &[Part], deposits: &[Part]) {
		for debt in debts {
			if let Some(last) = slices.iter_mut().rev().find(|slice| slice.debt == debt.index) {
				last.repaid = last.repaid.saturating_add(debt.amount);
			}
		}
		let thousandth = self.min_bite.mul_ratio(Ratio::from_ppm(1_000), Rounding::Down);
		let hair = thousandth.unwrap_or_default().max(SPLINTER);
		for deposit in deposits.iter().filter(|deposit| deposit.value <= hair) {
			if let Some(last) = slices.iter_mut().rev().find(|slice| slice.collateral == deposit.index) {
				last.taken = last.taken.saturating_add(deposit.amount);
			}
		}
	}

	/// `None` if nothing is repaid.
	fn slice(
		&self,
		(debt, repaid): (usize, Amount),
		(collateral, taken): (usize, Amount),
	) -> Result<Option<Slice>, RiskError> {
		let (Some(owed), Some(held)) = (self.legs.get(debt), self.legs.get(collateral)) else {
			return Ok(None);
		};
		let value = |leg: &Leg<Id>, amount, rounding| {
			let value = leg.quote.live.value_of(amount, leg.decimals, rounding);
			value.ok_or(RiskError::Overflow)
		};
		let slice = Slice {
			collateral,
			debt,
			repaid,
			taken,
			penalty: self.penalty,
			repaid_value: value(owed, repaid, Rounding::Down)?,
			taken_value: value(held, taken, Rounding::Up)?,
		};
		Ok((!repaid.is_zero()).then_some(slice))
	}
}

/// `amount * part / whole`, at most all of it.
fn part_of(amount: Amount, part: Value, whole: Value, rounding: Rounding) -> Amount {
	let (part, whole) = (part.raw().unsigned_abs(), whole.raw().unsigned_abs());
	mul_div(amount.0, part, whole, rounding).map_or(amount, |part| Amount(part).min(amount))
}

/// The health at the target level after so much was repaid.
#[derive(Clone, Copy)]
struct Point {
	repaid: Value,
	health: Value,
}

impl Point {
	/// Where the line through two points, of which `other` repays more and is healthier, meets zero. Rounded up.
	fn crossing(&self, other: &Self) -> Option<Value> {
		let rise = other
			.health
			.checked_sub(self.health)
			.filter(|rise| *rise > Value::ZERO)?;
		let way = other.repaid.checked_sub(self.repaid)?;
		let back = mul_div_signed(
			self.health.raw(),
			way.raw().unsigned_abs(),
			rise.raw().unsigned_abs(),
			Rounding::Down,
		)?;
		self.repaid.checked_sub(Value::from_raw(back))
	}
}
