use super::{
	accounts::{leg, leveraged_account, usual_account, Account},
	exact::{exact, judge, ratio, zero},
};
use crate::{assess, liquidation_price, Leg, RiskError, Side, Verdict, MAX_LEGS};
use margin_math::{Price, Ratio};
use num_rational::BigRational;
use proptest::prelude::*;

/// How many raw units of health one raw unit of an asset's price is worth.
fn slope(legs: &Account, asset: u32) -> BigRational {
	legs.iter().filter(|leg| leg.asset == asset).fold(zero(), |sum, leg| {
		let whole = exact(leg.amount.0) / exact(10u128.pow(leg.decimals.into()));
		match leg.side {
			Side::Deposit => sum + whole * (exact(1) - ratio(leg.margin.maintenance)),
			Side::Debt => sum - whole * (exact(1) + ratio(leg.margin.maintenance)),
		}
	})
}

fn at(legs: &Account, asset: u32, raw: u128) -> Account {
	let mut moved = legs.clone();
	for leg in moved.iter_mut().filter(|leg| leg.asset == asset) {
		leg.quote.live = Price::from_raw(raw);
	}
	moved
}

fn is_healthy(legs: &Account) -> bool {
	!assess(legs).unwrap().is_liquidatable()
}

/// Checks the answer for one asset of an account whose prices are all usable.
fn check(legs: &Account, asset: u32) -> Result<(), TestCaseError> {
	let slope = slope(legs, asset);
	match liquidation_price(legs, &asset).unwrap() {
		Some(price) => check_price(legs, asset, price.raw(), &slope),
		None => {
			let slack = exact(3 * legs.len());
			let sign = if is_healthy(legs) { exact(1) } else { exact(-1) };
			let live = legs.iter().find(|leg| leg.asset == asset).unwrap().quote.live.raw();
			for raw in [1, live / 1_000, live / 2, live * 2, live * 1_000] {
				let health = judge(&at(legs, asset, raw.max(1))).maintenance;
				prop_assert!(
					health * sign.clone() >= -slack.clone(),
					"no price of it makes a difference"
				);
			}
			Ok(())
		},
	}
}

fn check_price(legs: &Account, asset: u32, raw: u128, slope: &BigRational) -> Result<(), TestCaseError> {
	// A tick is 10^-18 dollars of price; rounding may take a few 10^-18 dollars of health, so that a small holding needs
	// more than one tick to show the difference.
	let slack = exact(3 * (legs.len() + 1));
	let size = if *slope < zero() { -slope.clone() } else { slope.clone() };
	let tick = exact(1).max(slack.clone() / size.clone()).ceil().to_integer();
	let tick = u128::try_from(tick).unwrap() + 1;
	let (better, worse) = if *slope > zero() {
		(raw.saturating_add(tick), raw.checked_sub(tick))
	} else {
		(raw.saturating_sub(tick), raw.checked_add(tick))
	};
	if raw > 0 {
		// A price of zero would count as no price.
		prop_assert!(is_healthy(&at(legs, asset, raw)));
		let exactly = judge(&at(legs, asset, raw)).maintenance;
		prop_assert!(
			exactly >= zero() && exactly <= slack * exact(2) + size,
			"health is nothing at that price"
		);
	}
	if better > 0 {
		prop_assert!(is_healthy(&at(legs, asset, better)));
	}
	if let Some(worse) = worse.filter(|worse| *worse > 0) {
		prop_assert!(!is_healthy(&at(legs, asset, worse)));
	}
	Ok(())
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(1_000))]

	#[test]
	fn health_turns_at_the_liquidation_price(legs in leveraged_account(Just(Verdict::Usable))) {
		for asset in 0..legs.len() as u32 {
			check(&legs, asset)?;
		}
	}

	#[test]
	fn health_turns_at_the_liquidation_price_of_any_account(legs in usual_account(Just(Verdict::Usable))) {
		for asset in 0..legs.len() as u32 {
			check(&legs, asset)?;
		}
	}

	#[test]
	fn an_asset_on_both_sides_counts_with_the_difference(legs in leveraged_account(Just(Verdict::Usable))) {
		let mut legs = legs;
		// The first deposit and the last debt are one asset, with one price and one set of ratios.
		let last = legs.len() - 1;
		let (quote, decimals, margin) = (legs[0].quote, legs[0].decimals, legs[0].margin);
		legs[last] = Leg { asset: 0, quote, decimals, margin, ..legs[last] };
		prop_assume!(slope(&legs, 0) != zero() && assess(&legs).is_ok());
		check(&legs, 0)?;
	}
}

#[test]
fn a_long_and_a_short_read_as_on_paper() {
	let near = |found: Option<Price>, wanted: u128| {
		let wanted = wanted * margin_math::UNIT;
		found.unwrap().raw().abs_diff(wanted) < 100
	};
	// 1 BTC with 10 % against 36,000: 36,000 / 0.9. Rounded up, so that the warning comes early.
	let long = [
		leg(2, Side::Deposit, 1, 8, 50_000, 10),
		leg(1, Side::Debt, 36_000, 6, 1, 0),
	];
	let price = liquidation_price(&long, &2).unwrap();
	assert!(near(price, 40_000) && price.unwrap() >= Price::from_fixed(40_000.into()));
	// 10 ETH owed with 20 % against 12,000: 12,000 / 12. Rounded down.
	let short = [
		leg(1, Side::Deposit, 12_000, 6, 1, 0),
		leg(3, Side::Debt, 10, 18, 900, 20),
	];
	let price = liquidation_price(&short, &3).unwrap();
	assert!(near(price, 1_000) && price.unwrap() <= Price::from_fixed(1_000.into()));
}

#[test]
fn an_account_without_debt_has_no_liquidation_price() {
	let legs = [
		leg(2, Side::Deposit, 1, 8, 50_000, 10),
		leg(1, Side::Deposit, 5, 6, 1, 0),
	];
	assert_eq!(liquidation_price(&legs, &2), Ok(None));
	assert_eq!(
		liquidation_price(&legs, &99),
		Ok(None),
		"nor has an asset that is not held"
	);
}

#[test]
fn the_price_is_that_of_the_day_the_asset_is_usable_again() {
	let mut legs = [
		leg(2, Side::Deposit, 1, 8, 50_000, 10),
		leg(1, Side::Debt, 36_000, 6, 1, 0),
	];
	let usable = liquidation_price(&legs, &2);
	legs[0].quote.verdict = Verdict::Stale;
	assert_eq!(liquidation_price(&legs, &2), usable);
}

#[test]
fn bad_legs_are_refused() {
	let one = leg(1, Side::Deposit, 1, 6, 1, 0);
	assert_eq!(liquidation_price(&[one; MAX_LEGS + 1], &1), Err(RiskError::TooManyLegs));
	let mut wrong = one;
	wrong.margin.maintenance = Ratio::ONE;
	assert_eq!(liquidation_price(&[wrong], &1), Err(RiskError::InvalidParameters));
}
