//! Blocks through the executive.

use margin_risk::{PriceSource, Verdict};
use margin_runtime::{units::*, *};
use margin_scenarios::chain::*;

#[test]
fn empty_blocks_should_leave_every_invariant_in_place() {
	development(|| {
		for _ in 0..5 {
			block(vec![]);
			check_invariants();
		}
		assert_eq!(System::block_number(), 5);
	});
}

#[test]
fn a_price_should_be_usable_in_the_block_after_its_feeds() {
	development(|| {
		block(feeds(&FIRST_PRICES));
		begin();
		let quote = <Prices as PriceSource<u32>>::quote(&BTC).unwrap();
		assert_eq!((quote.live, quote.verdict), (cents(789_466), Verdict::Usable));
		end();
	});
}

#[test]
fn a_price_should_be_stale_after_half_a_minute_without_feeds() {
	development(|| {
		block(feeds(&FIRST_PRICES));
		for _ in 0..16 {
			block(vec![]);
		}
		assert_eq!(
			<Prices as PriceSource<u32>>::quote(&BTC).unwrap().verdict,
			Verdict::Stale
		);
	});
}

#[test]
fn a_feed_should_cost_its_operator_nothing() {
	development(|| {
		let operator = genesis_presets::account("//Feeder1");
		let before = Balances::free_balance(&operator);
		block(feeds(&FIRST_PRICES));
		assert_eq!(Balances::free_balance(&operator), before);
	});
}

#[test]
fn a_feed_of_a_stranger_should_fail_and_cost() {
	development(|| {
		let stranger = genesis_presets::account("//Bob");
		let before = Balances::free_balance(&stranger);
		let result = block_with(signed("//Bob", feed(&FIRST_PRICES)));
		assert_eq!(result, Ok(Err(orml_oracle::Error::<Runtime>::NoPermission.into())));
		assert!(Balances::free_balance(&stranger) < before);
	});
}

#[test]
fn a_leveraged_position_should_open_in_two_transactions() {
	development(|| {
		block(feeds(&FIRST_PRICES));
		block(vec![signed(
			"//Bob",
			pallet_margin::Call::deposit {
				sub: 0,
				asset: USDC,
				amount: 10_000 * USDC_UNIT,
			},
		)]);
		let swap = pallet_margin::Call::swap {
			sub: 0,
			from: USDC,
			to: BTC,
			amount_in: 50_000 * USDC_UNIT,
			min_out: 1,
		};
		block(vec![signed("//Bob", swap)]);
		let account = Margin::account_view(&genesis_presets::account("//Bob"), 0).unwrap();
		assert_eq!(account.balances.len(), 2);
		assert!(!account.initial_health.is_negative());
	});
}
