//! S2 and S7: one source prints what is not so.

use margin_math::Price;
use margin_runtime::{units::*, *};
use margin_scenarios::{chain::*, stage::*};
use pallet_margin::Direction;

/// Bob is ten times long of BTC, Charlie ten times short.
fn traders() {
	fed(&FIRST_PRICES);
	let deposits = ["//Bob", "//Charlie"].map(|seed| (seed, supply(USDC, 10_000 * USDC_UNIT)));
	all_done(deposits);
	let size = 10 * BTC_UNIT;
	all_done([
		("//Bob", open(Direction::Long, BTC, size)),
		("//Charlie", open(Direction::Short, BTC, size)),
	]);
}

/// A block in which the first operator prints `wick`, and the others so many of the true prices.
fn wicked(wick: &Cents, honest: usize) {
	begin_after(1);
	assert_eq!(done("//Feeder1", feed(wick)), Ok(()));
	for operator in genesis_presets::OPERATORS.into_iter().skip(1).take(honest) {
		assert_eq!(done(operator, feed(&FIRST_PRICES)), Ok(()));
	}
	end();
}

fn unmoved(honest: usize, rounds: u32) {
	for wick in [
		moved(BTC, 13, 10),
		moved(BTC, 35, 100),
		moved(USDC, 13, 10),
		moved(USDC, 65, 100),
	] {
		development(|| {
			traders();
			let before = (round("//Bob"), round("//Charlie"));
			for _ in 0..rounds {
				wicked(&wick, honest);
				for price in Margin::price_views() {
					let (_, cents) = FIRST_PRICES.into_iter().find(|(key, _)| *key == price.asset).unwrap();
					assert_eq!((price.live, price.candidate), (self::cents(cents), None::<Price>));
					assert!(price.verdict.is_usable());
				}
			}
			assert_eq!((round("//Bob"), round("//Charlie")), before);
		});
	}
}

#[test]
fn one_operator_of_three_should_change_nothing_however_long_he_prints_a_wick() {
	unmoved(2, 60);
}

#[test]
fn one_operator_of_two_should_change_nothing_while_the_third_is_silent() {
	unmoved(1, 60);
}
