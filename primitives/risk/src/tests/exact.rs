//! The model of an account in exact rational numbers, written from the formulas and not from the code. Dollars are in
//! units of 10^-18, as in the code, but unrounded.

use crate::{Leg, Level, Side};
use margin_math::{Amount, Price, Ratio, UNIT};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;

pub fn exact<N: Into<BigInt>>(number: N) -> BigRational {
	BigRational::from_integer(number.into())
}

pub fn zero() -> BigRational {
	BigRational::zero()
}

/// A ratio as the number it stands for.
pub fn ratio(ratio: Ratio) -> BigRational {
	exact(ratio.raw()) / exact(UNIT)
}

pub fn worth(amount: Amount, price: Price, decimals: u8) -> BigRational {
	exact(amount.0) * exact(price.raw()) / exact(BigInt::from(10).pow(decimals.into()))
}

/// What the price of a leg is at a level, and what part of it margin takes.
fn terms<Id>(leg: &Leg<Id>, level: Level) -> (BigRational, BigRational) {
	let quote = &leg.quote;
	let at = |price: Price| exact(price.raw());
	let known = [Some(quote.live), quote.candidate];
	let known = || known.iter().flatten().copied().map(at);
	let margin = ratio(leg.margin.at(level));
	let usable = quote.verdict.is_usable() && !quote.live.is_zero();
	match level {
		Level::Initial => {
			let price = match (leg.side, usable) {
				(Side::Deposit, true) => at(quote.live).min(at(quote.stable)),
				(Side::Deposit, false) => zero(),
				(Side::Debt, true) => at(quote.live).max(at(quote.stable)),
				(Side::Debt, false) => known().chain([at(quote.stable)]).max().unwrap(),
			};
			(price, margin)
		},
		_ if usable => (at(quote.live), margin),
		_ => match leg.side {
			Side::Deposit => (known().max().unwrap(), zero()),
			Side::Debt => (known().min().unwrap(), zero()),
		},
	}
}

fn value_and_margin<Id>(leg: &Leg<Id>, level: Level) -> (BigRational, BigRational) {
	let (price, ratio) = terms(leg, level);
	let value = exact(leg.amount.0) * price / exact(BigInt::from(10).pow(leg.decimals.into()));
	let margin = value.clone() * ratio;
	(value, margin)
}

pub fn live_value<Id>(leg: &Leg<Id>) -> BigRational {
	value_and_margin(leg, Level::Maintenance).0
}

pub struct Exact {
	pub initial: BigRational,
	pub target: BigRational,
	pub maintenance: BigRational,
	pub equity: BigRational,
	pub deposits: BigRational,
	pub debts: BigRational,
	pub margin: BigRational,
	pub initial_equity: BigRational,
}

pub fn judge<Id>(legs: &[Leg<Id>]) -> Exact {
	let health = |level| {
		legs.iter().fold(zero(), |sum, leg| {
			let (value, margin) = value_and_margin(leg, level);
			match leg.side {
				Side::Deposit => sum + value - margin,
				Side::Debt => sum - value - margin,
			}
		})
	};
	let sum_of = |side| {
		legs.iter()
			.filter(|leg| leg.side == side)
			.fold(zero(), |sum, leg| sum + live_value(leg))
	};
	let (deposits, debts) = (sum_of(Side::Deposit), sum_of(Side::Debt));
	Exact {
		initial: health(Level::Initial),
		target: health(Level::Target),
		maintenance: health(Level::Maintenance),
		equity: deposits.clone() - debts.clone(),
		margin: legs
			.iter()
			.fold(zero(), |sum, leg| sum + value_and_margin(leg, Level::Maintenance).1),
		initial_equity: legs.iter().fold(zero(), |sum, leg| {
			let value = value_and_margin(leg, Level::Initial).0;
			match leg.side {
				Side::Deposit => sum + value,
				Side::Debt => sum - value,
			}
		}),
		deposits,
		debts,
	}
}

/// The value of one smallest unit of the coarsest leg: no amount can be more exact than this.
pub fn grain<Id>(legs: &[Leg<Id>]) -> BigRational {
	legs.iter()
		.map(|leg| worth(Amount(1), leg.quote.live, leg.decimals))
		.max()
		.unwrap_or_else(zero)
}
