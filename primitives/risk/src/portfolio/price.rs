//! At which price of one asset a portfolio account can be liquidated.

use super::{assess_portfolio, Bands};
use crate::{Leg, Quote, RiskError, Side};
use alloc::vec::Vec;
use margin_math::Price;

/// The price of `asset` at which `H_Maintenance` is zero while everything else stays as it is: the lower one if it is held,
/// the upper one if it is owed.
///
/// Equity moves by the whole value of the leg, and the requirement by at most twice the leg's ratio of that, so there is no
/// other price at which health changes sign while the ratio is below a half. The edge is found by halves, in at most 384 steps: at the price that is given the account is not liquidatable, and
/// one unit further it is.
///
/// `None` where no such price exists: the asset is not held, or the account is healthy, or below maintenance, all the way.
/// Legs of this asset count with their margin ratio even while its price is not usable: the answer is about the price
/// that will be.
///
/// Errors as [`assess_portfolio`].
pub fn portfolio_liquidation_price<Id: PartialEq + Copy>(
	legs: &[Leg<Id>],
	bands: &Bands,
	asset: &Id,
) -> Result<Option<Price>, RiskError> {
	assess_portfolio(legs, bands)?;
	let Some(leg) = legs.iter().find(|leg| leg.asset == *asset) else {
		return Ok(None);
	};
	// `None` where a value does not fit.
	let healthy = |price: u128| {
		let moved: Vec<_> = legs.iter().map(|leg| at_price(leg, asset, price)).collect();
		let health = assess_portfolio(&moved, bands).ok()?;
		Some(!health.is_liquidatable())
	};
	let passes = |price: u128| healthy(price) == Some(true);
	let fails = |price: u128| healthy(price) == Some(false);
	let start = leg.quote.live.raw().max(1);
	let found = match leg.side {
		Side::Deposit => {
			let top = first(start, |price| price.checked_mul(2), passes);
			top.filter(|_| fails(0)).map(|top| edge(top, 0, fails))
		},
		Side::Debt => {
			let bottom = first(start, |price| price.checked_div(2).filter(|half| *half > 0), passes);
			let top = |bottom| first(bottom, |price| price.checked_mul(2), fails);
			bottom.and_then(|bottom| Some(edge(bottom, top(bottom)?, fails)))
		},
	};
	Ok(found.map(Price::from_raw))
}

fn at_price<Id: PartialEq + Copy>(leg: &Leg<Id>, asset: &Id, price: u128) -> Leg<Id> {
	if leg.asset != *asset {
		return *leg;
	}
	Leg {
		quote: Quote::usable(Price::from_raw(price), 0),
		..*leg
	}
}

/// The first of a row of prices that passes.
fn first(start: u128, next: impl Fn(u128) -> Option<u128>, passes: impl Fn(u128) -> bool) -> Option<u128> {
	core::iter::successors(Some(start), |price| next(*price)).find(|price| passes(*price))
}

/// The last price on the way from a healthy one to a failing one at which the account is healthy.
fn edge(healthy: u128, failing: u128, fails: impl Fn(u128) -> bool) -> u128 {
	let (mut healthy, mut failing) = (healthy, failing);
	while healthy.abs_diff(failing) > 1 {
		let middle = healthy.midpoint(failing);
		if fails(middle) {
			failing = middle;
		} else {
			healthy = middle;
		}
	}
	healthy
}
