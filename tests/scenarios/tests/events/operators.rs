//! S2 and S7: one source prints what is not so. A lender liquidated 85 to 103 million dollars because one venue printed
//! 1.30 for a stablecoin; an exchange priced collateral from its own book, where it fell to 0.65 and by 88 %.
//!
//! What holds. One operator's wick changes nothing, however long it lasts. One that all of them print for a moment is
//! held back, for debts as for collateral, and closer for stables than for others. A true fall liquidates.

use margin_math::Price;
use margin_risk::Verdict;
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
	unmoved(2, 30);
}

#[test]
fn one_operator_of_two_should_change_nothing_while_the_third_is_silent() {
	unmoved(1, 30);
}

#[test]
fn a_wick_of_one_source_for_ninety_minutes_should_liquidate_nobody_and_a_true_fall_should() {
	development(|| {
		traders();
		let before = (round("//Bob"), round("//Charlie"));
		// A block in twenty seconds: validators miss slots.
		for _ in 0..90 * 3 {
			begin_after(10);
			assert_eq!(done("//Feeder1", feed(&moved(BTC, 65, 100))), Ok(()));
			for operator in &genesis_presets::OPERATORS[1..] {
				assert_eq!(done(operator, feed(&FIRST_PRICES)), Ok(()));
			}
			end();
		}
		assert_eq!((round("//Bob"), round("//Charlie")), before);
		fed(&moved(BTC, 905, 1_000));
		assert_eq!(below(), 1);
		idle(1);
		assert_eq!((round("//Bob"), round("//Charlie")), (before.0 + 1, before.1));
	});
}

#[test]
fn a_moments_wick_of_all_operators_should_be_held_back_for_debts_as_for_collateral() {
	for wick in [
		moved(BTC, 13, 10),
		moved(BTC, 65, 100),
		moved(USDC, 13, 10),
		moved(USDC, 65, 100),
	] {
		development(|| {
			traders();
			let before = (round("//Bob"), round("//Charlie"));
			for _ in 0..2 {
				fed(&wick);
				assert!(doors().is_empty());
			}
			for _ in 0..5 {
				fed(&FIRST_PRICES);
				assert!(doors().is_empty());
			}
			assert_eq!((round("//Bob"), round("//Charlie")), before);
		});
	}
}

#[test]
fn a_stable_should_have_a_tighter_band_than_the_others() {
	development(|| {
		traders();
		let moved = FIRST_PRICES.map(|(key, cents)| (key, cents * 102 / 100));
		fed(&moved);
		for price in Margin::price_views() {
			let held = price.verdict == Verdict::HeldBack;
			assert_eq!(held, price.asset == USDC, "asset {}", price.asset);
		}
	});
}
