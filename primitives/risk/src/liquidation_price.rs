//! At which price of one asset an account can be liquidated.

use crate::{health::check_legs, Leg, Level, RiskError, Side};
use margin_math::{div_wide, power_of_ten, Price, Ratio, Rounding, Value, U256, UNIT};

/// The price of `asset` at which `H_Maintenance` is zero while everything else stays as it is.
///
/// Health is linear in one price: with `K` the health of the other legs and, over the legs of this asset,
///
/// ```text
/// s = sum over deposits of amount / 10^decimals * (1 - m)  -  sum over debts of amount / 10^decimals * (1 + m)
/// ```
///
/// it is `K + s p`, which is zero at `p = -K / s`. The result is rounded to the side that warns early: up where a fall
/// of the price is the danger (`s > 0`), down where a rise is (`s < 0`). At that price and at better ones
/// [`assess`](crate::assess) finds the account not liquidatable; it is liquidatable past that price by more than rounding (a few
/// 10^-18 dollars of health).
///
/// `None` where no price of this asset alone makes the difference: it is not held, or the other legs are healthy (or
/// bad) enough for every price. Legs of this asset count with their margin ratio even while its price is not usable:
/// the answer is about the price that will be.
///
/// Errors as [`assess`](crate::assess).
///
/// ```
/// use margin_math::{Amount, Price, Ratio};
/// use margin_risk::{liquidation_price, Leg, MarginRatios, Quote, Side};
///
/// let leg = |asset, side, amount, decimals, price: u128, percent| Leg {
///     asset,
///     side,
///     amount: Amount(amount),
///     decimals,
///     quote: Quote::usable(Price::from_fixed(price.into()), 0),
///     margin: MarginRatios::from_maintenance(Ratio::from_percent(percent)).unwrap(),
/// };
/// // 1 BTC bought with 38,000 borrowed dollars and a maintenance margin of 5 %: 38,000 / 0.95.
/// let legs = [
///     leg("BTC", Side::Deposit, 100_000_000, 8, 50_000, 5),
///     leg("USDC", Side::Debt, 38_000_000_000, 6, 1, 0),
/// ];
/// let price = liquidation_price(&legs, &"BTC").unwrap().unwrap();
/// let exact = Price::from_fixed(40_000.into());
/// assert!(price >= exact && price.raw() - exact.raw() < 10);
/// ```
pub fn liquidation_price<Id: PartialEq>(legs: &[Leg<Id>], asset: &Id) -> Result<Option<Price>, RiskError> {
	check_legs(legs)?;
	let (mut others, mut own) = (Value::ZERO, 0u128);
	for leg in legs {
		if leg.asset == *asset {
			own = own.saturating_add(1);
		} else {
			let contribution = leg.contribution(leg.amount, Level::Maintenance)?;
			others = others.checked_add(contribution).ok_or(RiskError::Overflow)?;
		}
	}
	let slope = Slope::of(legs, asset)?;
	// `assess` loses less than 3 raw units on each leg of this asset: answered as if they were lost already.
	let slack = own.saturating_mul(3);
	let health = others.raw().unsigned_abs();
	let (distance, rounding) = match (slope.rises, others.is_negative()) {
		(true, true) => (health.checked_add(slack).ok_or(RiskError::Overflow)?, Rounding::Up),
		(false, false) => (health.saturating_sub(slack), Rounding::Down),
		(true, false) | (false, true) => return Ok(None),
	};
	// A quotient that leaves the range of prices, or no slope at all, is a price that is never met.
	let scaled = U256::from(distance)
		.checked_mul(slope.scale)
		.ok_or(RiskError::Overflow)?;
	Ok(div_wide(scaled, slope.magnitude, rounding).map(Price::from_raw))
}

/// How health moves with the price of one asset: by `magnitude / scale` for each raw unit of price, up if it `rises`.
struct Slope {
	magnitude: U256,
	scale: U256,
	rises: bool,
}

impl Slope {
	fn of<Id: PartialEq>(legs: &[Leg<Id>], asset: &Id) -> Result<Self, RiskError> {
		let own = || legs.iter().filter(|leg| leg.asset == *asset);
		// Legs of one asset have the same decimals; if they were given otherwise, the finest is common to all.
		let decimals = own().map(|leg| leg.decimals).max().unwrap_or_default();
		let (mut up, mut down) = (U256::zero(), U256::zero());
		for leg in own() {
			let margin = leg.margin.at(Level::Maintenance);
			let (sum, factor) = match leg.side {
				Side::Deposit => (&mut up, Ratio::ONE.checked_sub(margin)),
				Side::Debt => (&mut down, Ratio::ONE.checked_add(margin)),
			};
			let finer = power_of_ten(decimals.saturating_sub(leg.decimals));
			let term = factor
				.and_then(|factor| U256::from(leg.amount.0).checked_mul(U256::from(factor.raw())))
				.and_then(|term| term.checked_mul(U256::from(finer?)));
			*sum = term.and_then(|term| sum.checked_add(term)).ok_or(RiskError::Overflow)?;
		}
		let scale = power_of_ten(decimals)
			.and_then(|units| U256::from(units).checked_mul(U256::from(UNIT)))
			.ok_or(RiskError::Overflow)?;
		Ok(Self {
			magnitude: up.abs_diff(down),
			scale,
			rises: up >= down,
		})
	}
}
