//! S19: a liquidation is split into many small bites, because each of them pays anew. Here the discount of a step depends
//! on what it does and not on the path to it: many bites bring a liquidator no more than one, cost the owner no more,
//! and there is a least bite.

use frame_support::storage::with_transaction;
use margin_math::Value;
use margin_runtime::{units::*, *};
use margin_scenarios::{chain::*, stage::*};
use pallet_margin::{Call as MarginCall, Direction, Error};
use sp_runtime::{DispatchError, DispatchResult, TransactionOutcome};

/// Bob is below maintenance and Dave may take him over; the chain leaves it to him.
fn bob_is_below(prices: &Cents) {
	ChainLiquidates::set(&false);
	positions(&[("//Bob", Direction::Long, BTC, 12 * BTC_UNIT)]);
	all_done([("//Dave", supply(USDC, 1_000_000 * USDC_UNIT))]);
	fed(prices);
	assert_eq!(below(), 1);
}

fn bite(dollars: i64) -> DispatchResult {
	let call = MarginCall::liquidate {
		owner: genesis_presets::account("//Bob"),
		sub: 0,
		into: 0,
		most: Value::from_dollars(dollars),
	};
	dispatched("//Dave", call)
}

/// What Dave has gained and Bob lost when Dave bites so many dollars at a time until he no longer can.
fn after_bites_of(dollars: i64) -> (i128, i128, u32) {
	let equity = || ["//Dave", "//Bob"].map(|seed| account(seed).equity.raw());
	let mut result = None;
	let tried = with_transaction(|| {
		begin();
		let before = equity();
		let mut bites = 0;
		while bite(dollars).is_ok() {
			bites += 1;
			assert!(bites < 10_000);
		}
		let after = equity();
		result = Some((after[0] - before[0], before[1] - after[1], bites));
		TransactionOutcome::Rollback(Ok::<_, DispatchError>(()))
	});
	tried.unwrap();
	result.unwrap()
}

#[test]
fn many_bites_should_pay_no_more_than_one() {
	// Smallest units of both assets for each bite, in dollars of 18 decimals.
	let rounding = 10i128.pow(15);
	for (num, den) in [(92, 100), (915, 1_000), (91, 100)] {
		development(|| {
			bob_is_below(&moved(BTC, num, den));
			let (gained, lost, bites) = after_bites_of(1_000_000);
			assert_eq!(bites, 1);
			assert!(
				gained > 0 && (gained - lost).abs() < rounding,
				"the discount is the owner's loss"
			);
			let mut most = 0;
			for dollars in [500, 2_500, 7_000, 30_000] {
				let (gained_in_parts, lost_in_parts, bites) = after_bites_of(dollars);
				let slack = rounding * i128::from(bites + 1);
				assert!(gained_in_parts <= gained + slack, "{bites} bites of {dollars} dollars");
				assert!(lost_in_parts <= lost + slack, "{bites} bites of {dollars} dollars");
				most = most.max(bites);
			}
			assert!(most > 1, "it can be split at all");
		});
	}
}

#[test]
fn a_bite_below_the_least_should_be_refused() {
	development(|| {
		bob_is_below(&fallen());
		begin();
		for dollars in [1, 99] {
			assert_eq!(bite(dollars), Err(Error::<Runtime>::AmountTooSmall.into()));
		}
		assert_eq!(bite(0), Err(Error::<Runtime>::AmountZero.into()));
		assert_eq!(bite(100), Ok(()));
		end();
	});
}
