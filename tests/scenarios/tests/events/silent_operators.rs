//! S27: half of the oracle's operators go silent. The oracle keeps its last value for ever; the chain reads it as stale
//! after its age limit, and goes on when prices come in again.

use margin_risk::Verdict;
use margin_runtime::{units::*, *};
use margin_scenarios::{chain::*, stage::*};
use pallet_margin::{Direction, Error};

/// Operators out of three who still feed.
fn fed_by(operators: usize, prices: &Cents) {
	begin();
	for operator in genesis_presets::OPERATORS.into_iter().take(operators) {
		assert_eq!(done(operator, feed(prices)), Ok(()));
	}
	end();
}

fn verdict() -> Verdict {
	let prices = Margin::price_views();
	prices.iter().find(|price| price.asset == BTC).unwrap().verdict
}

/// Blocks until a price is stale, and one more.
const PATIENCE: u32 = 17;

fn traders() {
	positions(&[
		("//Bob", Direction::Long, BTC, 12 * BTC_UNIT),
		("//Charlie", Direction::Short, BTC, 12 * BTC_UNIT),
	]);
}

#[test]
fn one_silent_operator_of_three_should_change_nothing() {
	development(|| {
		traders();
		for _ in 0..60 {
			fed_by(2, &FIRST_PRICES);
			assert_eq!(verdict(), Verdict::Usable);
		}
		fed_by(2, &fallen());
		let before = round("//Bob");
		fed_by(2, &fallen());
		assert_eq!(round("//Bob"), before + 1, "two are enough for a true fall");
	});
}

#[test]
fn two_silent_operators_should_make_the_price_stale_after_its_limit_however_often_the_third_feeds() {
	development(|| {
		traders();
		for _ in 0..PATIENCE {
			fed_by(1, &fallen());
		}
		assert!(!verdict().is_usable());
		let before = ["//Bob", "//Charlie"].map(round);
		for _ in 0..60 {
			fed_by(1, &fallen());
			assert!(!verdict().is_usable());
		}
		assert_eq!(["//Bob", "//Charlie"].map(round), before);
		begin();
		let unusable = Err(Error::<Runtime>::PriceUnusable.into());
		assert_eq!(done("//Bob", open(Direction::Long, BTC, BTC_UNIT)), unusable);
		assert_eq!(done("//Bob", borrow(BTC, BTC_UNIT)), unusable);
		assert_eq!(done("//Charlie", withdraw(USDC, USDC_UNIT)), unusable);
		assert!(done("//Dave", liquidate("//Bob")).is_err());
		assert_eq!(done("//Bob", repay(USDC, USDC_UNIT)), Ok(()));
		assert_eq!(done("//Bob", supply(USDC, USDC_UNIT)), Ok(()));
		end();
	});
}

#[test]
fn prices_should_count_again_when_the_silent_ones_are_back_for_some_rounds() {
	development(|| {
		traders();
		for _ in 0..PATIENCE {
			fed_by(1, &FIRST_PRICES);
		}
		let hold = pallet_prices::Guards::<Runtime>::get(BTC).unwrap().hold_rounds;
		for _ in 0..hold {
			fed_by(3, &FIRST_PRICES);
			assert!(!verdict().is_usable());
		}
		fed_by(3, &FIRST_PRICES);
		assert_eq!(verdict(), Verdict::Usable);
		all_done([("//Charlie", open(Direction::Short, BTC, BTC_UNIT / 100))]);
	});
}
