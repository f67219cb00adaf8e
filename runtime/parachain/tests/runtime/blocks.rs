//! Blocks through the executive.

use crate::chain::*;
use margin_math::Value;
use margin_parachain_runtime::{genesis_presets::account, units::*, *};
use margin_risk::{PriceSource, Verdict};

#[test]
fn every_preset_should_make_blocks_that_leave_every_invariant_in_place() {
	for name in genesis_presets::preset_names() {
		preset(name.as_ref(), || {
			for number in 1..=5 {
				assert_eq!(block(vec![]).number, number);
			}
		});
	}
}

#[test]
fn a_price_should_be_usable_in_the_block_after_its_feeds() {
	preset("development", || {
		block(feeds(&FIRST_PRICES));
		begin();
		let quote = <Prices as PriceSource<u32>>::quote(&BTC).unwrap();
		assert_eq!(quote.verdict, Verdict::Usable);
		end();
	});
}

#[test]
fn the_chain_should_liquidate_by_itself_when_a_price_calls_for_it() {
	preset("development", || {
		block(feeds(&FIRST_PRICES));
		block(feeds(&FIRST_PRICES));
		let deposit = pallet_margin::Call::deposit {
			sub: 0,
			asset: ETH,
			amount: 100 * ETH_UNIT,
		};
		let borrow = pallet_margin::Call::borrow {
			sub: 0,
			asset: USDC,
			amount: 17_000 * USDC_UNIT,
		};
		block(vec![signed("//Bob", deposit)]);
		block(vec![signed("//Bob", borrow)]);
		let round = Margin::account_view(&account("//Bob"), 0).unwrap().round;
		let fallen: Vec<_> = FIRST_PRICES
			.iter()
			.map(|(key, cents)| (*key, if *key == ETH { cents * 86 / 100 } else { *cents }))
			.collect();
		for _ in 0..5 {
			block(feeds(&fallen));
		}
		let view = Margin::account_view(&account("//Bob"), 0).unwrap();
		assert!(view.round > round && view.maintenance_health >= Value::ZERO, "{view:?}");
	});
}
