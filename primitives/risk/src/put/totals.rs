//! What a whole book may cost, from its totals alone.
//!
//! An account that stands exactly at its maintenance margin has an equity of `sum value_i m_i`, and what it may cost is at
//! most the sum of the puts on each of its balances at that balance's own margin, `sum value_i put(m_i, sigma_i)`: the
//! mean excess, `s L(E / s)`, is convex in deviation and equity together, and grows in proportion to both. One with more
//! equity costs less. So a book of accounts at or above maintenance costs at most what its balances do one by one, whoever
//! has them. Portfolio accounts whose balances offset each other stand at less margin and are left out of this.
//!
//! What is owed is known by asset. What is held for it is not, since nobody knows of a pool's deposits which of them secure
//! a debt. At maintenance,
//!
//! ```text
//! sum over deposits of value_i (1 - m_i)  =  sum over debts of value_k (1 + m_k)
//! ```
//!
//! so the debts are taken to be secured by the deposits that cost most for what they secure, as far as the pools hold them
//! and others owe.

use super::{fat_tailed_put, gaussian_put, ExpectedLoss};
use alloc::vec::Vec;
use margin_math::{Ratio, Rounding, Value};

/// What all accounts have of one asset, in dollars.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Totals {
	/// What they hold, whether or not they owe anything.
	pub deposits: Value,
	/// What they owe.
	pub debts: Value,
	/// Maintenance margin, below one.
	pub margin: Ratio,
	/// What the put on a dollar of the asset costs.
	pub cost: Ratio,
}

impl Totals {
	/// The share of a deposit that secures debts.
	fn counts(&self) -> Option<Ratio> {
		Ratio::ONE.checked_sub(self.margin)
	}

	/// What its debts ask for in deposits.
	fn claim(&self) -> Option<Value> {
		self.debts.mul_ratio(Ratio::ONE.checked_add(self.margin)?, Rounding::Up)
	}
}

/// What positions of so many dollars cost that stand exactly at their margin. `None` if it does not fit.
///
/// ```
/// use margin_math::{Ratio, Value};
/// use margin_risk::put::position_loss;
/// // A million dollars at a margin of 5 %, with 1 % an hour: five standard deviations.
/// let loss = position_loss(Value::from_dollars(1_000_000), Ratio::from_percent(5), Ratio::from_percent(1), 3_600_000);
/// let loss = loss.unwrap();
/// assert!(loss.gaussian < Value::from_raw(600_000_000_000_000));
/// assert!(loss.fat_tailed > Value::from_dollars(31) && loss.fat_tailed < Value::from_dollars(32));
/// ```
pub fn position_loss(value: Value, margin: Ratio, volatility: Ratio, horizon_ms: u64) -> Option<ExpectedLoss> {
	let worth = |put: Ratio| value.mul_ratio(put, Rounding::Up);
	Some(ExpectedLoss {
		gaussian: worth(gaussian_put(margin, volatility, horizon_ms))?,
		fat_tailed: worth(fat_tailed_put(margin, volatility, horizon_ms))?,
	})
}

/// The deposits, of each asset in the order of `totals`, that would cost most if they secured the debts. `None` if a value
/// does not fit or a margin is one and more.
///
/// ```
/// use margin_math::{Ratio, Value};
/// use margin_risk::put::{securing, Totals};
/// let totals = |deposits, debts, margin, cost| Totals {
///     deposits: Value::from_dollars(deposits),
///     debts: Value::from_dollars(debts),
///     margin: Ratio::from_percent(margin),
///     cost: Ratio::from_ppm(cost),
/// };
/// // 950 dollars of debt are secured by 1,000 in the asset that costs something, and not by dollars.
/// let book = [totals(5_000, 950, 0, 0), totals(2_000, 0, 5, 10)];
/// assert_eq!(securing(&book), Some(vec![Value::ZERO, Value::from_dollars(1_000)]));
/// ```
pub fn securing(totals: &[Totals]) -> Option<Vec<Value>> {
	let claims = totals.iter().map(Totals::claim).collect::<Option<Vec<_>>>()?;
	let all = claims
		.iter()
		.try_fold(Value::ZERO, |sum, claim| sum.checked_add(*claim))?;
	let mut order = Vec::with_capacity(totals.len());
	for (place, (asset, claim)) in totals.iter().zip(&claims).enumerate() {
		let cost = asset.cost.checked_div(asset.counts()?, Rounding::Up)?;
		// Nobody holds and owes the same asset.
		order.push((core::cmp::Reverse(cost), place, asset, all.checked_sub(*claim)?));
	}
	order.sort_by_key(|(cost, place, ..)| (*cost, *place));

	let mut secure = totals.iter().map(|_| Value::ZERO).collect::<Vec<_>>();
	let mut left = all;
	for (_, place, asset, of_others) in order {
		let counts = asset.counts()?;
		let wanted = left.min(of_others).div_ratio(counts, Rounding::Up)?;
		let held = wanted.min(asset.deposits).max(Value::ZERO);
		left = left
			.checked_sub(held.mul_ratio(counts, Rounding::Down)?)?
			.max(Value::ZERO);
		if let Some(slot) = secure.get_mut(place) {
			*slot = held;
		}
	}
	Some(secure)
}
