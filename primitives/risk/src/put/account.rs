//! What one account may cost.
//!
//! An account with deposits of `P` dollars and debts of `D` is followed through a move of `X` standard deviations that goes
//! against all of its balances at once, which is the most that any correlation allows. Its deposits are then worth
//! `P - s_P X`, and never less than nothing, its debts `D + s_D X`, where `s_P` and `s_D` are the sums of each side's
//! values times their standard deviations. What the debts exceed the deposits by is the protocol's, and is expected to be
//!
//! ```text
//! s L(E / s) - s_P L(P / s_P)        E = P - D,  s = s_P + s_D,  L(d) the mean excess of X beyond d
//! ```
//!
//! The second term is what the first counts too much where deposits would be worth less than nothing. An account whose
//! equity is below zero has lost that already, `-E + s L(-E / s)`, as returns are symmetrical here.

use super::{fat_tailed_put, gaussian_put};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use margin_math::{mul_div, Ratio, Rounding, Value};
use scale_info::TypeInfo;

/// What an account has of one asset.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Exposure {
	/// Its delta in dollars, what it gains for each 100 % by which the price rises: the value of a deposit, or less the
	/// value of a debt.
	pub delta: Value,
	/// Standard deviation of an hour's return of the asset.
	pub volatility: Ratio,
}

/// What the protocol is expected to lose over a time, in dollars, rounded up.
#[derive(
	Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct ExpectedLoss {
	/// Under normal returns.
	pub gaussian: Value,
	/// Under returns with the Pareto tail.
	pub fat_tailed: Value,
}

impl ExpectedLoss {
	/// The sum; `None` if it does not fit.
	pub fn checked_add(self, other: Self) -> Option<Self> {
		Some(Self {
			gaussian: self.gaussian.checked_add(other.gaussian)?,
			fat_tailed: self.fat_tailed.checked_add(other.fat_tailed)?,
		})
	}

	/// What is left of each; `None` if it does not fit.
	fn checked_sub(self, other: Self) -> Option<Self> {
		Some(Self {
			gaussian: self.gaussian.checked_sub(other.gaussian)?,
			fat_tailed: self.fat_tailed.checked_sub(other.fat_tailed)?,
		})
	}

	/// The same done to both.
	fn try_map(self, map: impl Fn(Value) -> Option<Value>) -> Option<Self> {
		Some(Self {
			gaussian: map(self.gaussian)?,
			fat_tailed: map(self.fat_tailed)?,
		})
	}
}

/// One side of an account: what it comes to, and how far an hour moves it, in dollars.
#[derive(Clone, Copy, Default)]
struct Side {
	value: Value,
	deviation: Value,
}

impl Side {
	fn checked_add(self, other: Self) -> Option<Self> {
		Some(Self {
			value: self.value.checked_add(other.value)?,
			deviation: self.deviation.checked_add(other.deviation)?,
		})
	}
}

impl Exposure {
	/// How far an hour's standard deviation moves it, in dollars, rounded up. `None` if it does not fit.
	pub fn deviation(&self) -> Option<Value> {
		self.size()?.mul_ratio(self.volatility, Rounding::Up)
	}

	fn size(&self) -> Option<Value> {
		self.delta.checked_neg().map(|opposite| opposite.max(self.delta))
	}

	fn side(&self) -> Option<Side> {
		Some(Side {
			value: self.size()?,
			deviation: self.deviation()?,
		})
	}
}

/// What an account is expected to cost if it cannot be closed for `horizon_ms` milliseconds. `None` if a value does not
/// fit.
///
/// It rises with leverage, volatility and time, and is zero for an account that owes nothing. Rounded up, but for 10^-17 of
/// the deposits.
///
/// ```
/// use margin_math::{Ratio, Value};
/// use margin_risk::put::{account_loss, fat_tailed_put, Exposure};
/// // 10,000 dollars of bitcoin, of which 9,500 are owed, at 1 % an hour.
/// let exposure = |dollars, ppm| Exposure {
///     delta: Value::from_dollars(dollars),
///     volatility: Ratio::from_ppm(ppm),
/// };
/// let (held, owed) = (exposure(10_000, 10_000), exposure(-9_500, 0));
/// let loss = account_loss(&[held, owed], 3_600_000).unwrap();
/// // The put on 10,000 dollars at a margin of 5 %, less a thousandth for what lies beyond a fall of 100 %.
/// let put = fat_tailed_put(Ratio::from_percent(5), Ratio::from_percent(1), 3_600_000);
/// let whole = Value::from_dollars(10_000).mul_ratio(put, margin_math::Rounding::Up).unwrap();
/// assert!(loss.fat_tailed < whole && loss.fat_tailed.raw() > whole.raw() / 1_000 * 998);
/// // Without the debt there is nothing to lose.
/// assert_eq!(account_loss(&[held], 3_600_000), Some(Default::default()));
/// ```
pub fn account_loss(exposures: &[Exposure], horizon_ms: u64) -> Option<ExpectedLoss> {
	let (mut deposits, mut debts) = (Side::default(), Side::default());
	for exposure in exposures {
		let side = if exposure.delta.is_negative() {
			&mut debts
		} else {
			&mut deposits
		};
		*side = side.checked_add(exposure.side()?)?;
	}
	if debts.value.is_zero() {
		return Some(ExpectedLoss::default());
	}
	let equity = deposits.value.checked_sub(debts.value)?;
	let both = deposits.checked_add(debts)?;
	if equity.is_negative() {
		let missing = equity.checked_neg()?;
		return excess(&both, missing, horizon_ms, Rounding::Up)?.try_map(|loss| loss.checked_add(missing));
	}
	let put = excess(&both, equity, horizon_ms, Rounding::Up)?;
	let beyond = excess(&deposits, deposits.value, horizon_ms, Rounding::Down)?;
	put.checked_sub(beyond)?.try_map(|loss| Some(loss.max(Value::ZERO)))
}

/// What a move of one side is expected to exceed `cover` by, in dollars.
fn excess(side: &Side, cover: Value, horizon_ms: u64, rounding: Rounding) -> Option<ExpectedLoss> {
	if side.value.is_zero() {
		return Some(ExpectedLoss::default());
	}
	let other = match rounding {
		Rounding::Up => Rounding::Down,
		Rounding::Down => Rounding::Up,
	};
	let volatility = side.deviation.ratio_to(side.value, rounding)?;
	let margin = cover.ratio_to(side.value, other)?;
	let worth = |put: Ratio| {
		let put = match rounding {
			Rounding::Up => put,
			Rounding::Down => put.saturating_sub(ROUNDED),
		};
		side.value.mul_ratio(put, rounding)
	};
	Some(ExpectedLoss {
		gaussian: worth(gaussian_put(margin, volatility, horizon_ms))?,
		fat_tailed: worth(fat_tailed_put(margin, volatility, horizon_ms))?,
	})
}

/// What a put may have been rounded up by.
const ROUNDED: Ratio = Ratio::from_raw(5);

/// Divides an account's expected loss among its balances, in proportion to how far an hour moves each of them; what
/// rounding leaves goes to the largest. The parts add up exactly. `None` if a value does not fit.
pub fn attribute(loss: ExpectedLoss, exposures: &[Exposure]) -> Option<Vec<ExpectedLoss>> {
	let risks = exposures.iter().map(Exposure::deviation).collect::<Option<Vec<_>>>()?;
	let all = risks.iter().try_fold(Value::ZERO, |sum, risk| sum.checked_add(*risk))?;
	let part_of = |risk: &Value| {
		loss.try_map(|loss| {
			let part = mul_div(natural(loss)?, natural(*risk)?, natural(all)?, Rounding::Down).unwrap_or_default();
			i128::try_from(part).ok().map(Value::from_raw)
		})
	};
	let mut parts = risks.iter().map(part_of).collect::<Option<Vec<_>>>()?;
	let given = parts
		.iter()
		.try_fold(ExpectedLoss::default(), |sum, part| sum.checked_add(*part))?;
	let rest = loss.checked_sub(given)?;
	let largest = parts.iter_mut().zip(exposures.iter().zip(&risks));
	if let Some((part, _)) = largest.max_by_key(|(_, (exposure, risk))| (**risk, exposure.size())) {
		*part = part.checked_add(rest)?;
	}
	Some(parts)
}

fn natural(value: Value) -> Option<u128> {
	u128::try_from(value.raw()).ok()
}
