//! The price at which a portfolio account can be liquidated.

use super::{
	accounts::{any_verdict, leg, leveraged_account, Account},
	portfolio::{any_pairs, bands},
};
use crate::{assess_portfolio, liquidation_price, portfolio_liquidation_price, Bands, Quote, Side};
use margin_math::Price;
use proptest::prelude::*;

fn below(legs: &Account, bands: &Bands, asset: u32, price: Price) -> bool {
	let mut moved = legs.clone();
	for leg in moved.iter_mut().filter(|leg| leg.asset == asset) {
		leg.quote = Quote::usable(price, 0);
	}
	assess_portfolio(&moved, bands).unwrap().is_liquidatable()
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(500))]

	#[test]
	fn at_the_price_the_account_is_healthy_and_a_unit_past_it_no_more(
		legs in leveraged_account(any_verdict()), pairs in any_pairs(), which in 0usize..8,
	) {
		let bands = bands(legs.len(), &pairs);
		let leg = &legs[which % legs.len()];
		if let Some(price) = portfolio_liquidation_price(&legs, &bands, &leg.asset).unwrap() {
			let past = match leg.side {
				Side::Deposit => price.raw() - 1,
				Side::Debt => price.raw() + 1,
			};
			prop_assert!(!below(&legs, &bands, leg.asset, price));
			prop_assert!(below(&legs, &bands, leg.asset, Price::from_raw(past)));
		}
	}

	#[test]
	fn without_correlations_it_is_that_of_a_cross_account(
		legs in leveraged_account(any_verdict()), which in 0usize..8,
	) {
		let asset = legs[which % legs.len()].asset;
		let together = portfolio_liquidation_price(&legs, &Bands::default(), &asset).unwrap();
		let alone = liquidation_price(&legs, &asset).unwrap();
		if let (Some(together), Some(alone)) = (together, alone) {
			let apart = together.raw().abs_diff(alone.raw());
			prop_assert!(apart <= alone.raw() / 1_000_000_000 + 1_000_000, "{together} is not {alone}");
		}
	}
}

#[test]
fn an_asset_that_is_not_held_has_none_and_neither_has_one_that_nothing_rests_on() {
	let legs = vec![
		leg(0, Side::Deposit, 1, 8, 50_000, 5),
		leg(1, Side::Debt, 30_000, 6, 1, 1),
	];
	assert_eq!(portfolio_liquidation_price(&legs, &Bands::default(), &7).unwrap(), None);
	assert_eq!(
		portfolio_liquidation_price(&legs[..1], &Bands::default(), &0).unwrap(),
		None
	);
	assert!(portfolio_liquidation_price(&legs, &Bands::default(), &0)
		.unwrap()
		.is_some());
}
