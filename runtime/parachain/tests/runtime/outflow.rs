//! What counts against the limits of the routes.

use crate::chain::*;
use margin_math::Value;
use margin_parachain_runtime::{genesis_presets::account, units::*, *};
use pallet_gateway::MarginAccounts;

/// What a thousand MRG count for on their way out.
fn worth() -> Option<Value> {
	<Runtime as pallet_gateway::Config>::Margin::value(NATIVE, 1_000 * MRG_UNIT)
}

fn trade(give: AssetId, amount_in: Balance, take: AssetId) -> UncheckedExtrinsic {
	let swap = pallet_asset_conversion::Call::swap_exact_tokens_for_tokens {
		path: vec![Box::new(give), Box::new(take)],
		amount_in,
		amount_out_min: 1,
		send_to: account("//Alice"),
		keep_alive: true,
	};
	signed("//Alice", swap)
}

/// What they cost on the market, if none of them moved it.
fn at_market() -> Value {
	let (native, usdc) = AssetConversion::get_reserves(NATIVE, USDC).expect("the preset has a market");
	let dollars = 1_000 * usdc * MRG_UNIT / native / USDC_UNIT;
	Value::from_dollars(dollars.try_into().expect("it fits"))
}

#[test]
fn a_trade_should_change_next_to_nothing_of_what_the_native_token_counts_for() {
	for (give, amount, take) in [(NATIVE, 200_000 * MRG_UNIT, USDC), (USDC, 200_000 * USDC_UNIT, NATIVE)] {
		preset("development", || {
			block(feeds(&FIRST_PRICES));
			begin();
			let before = worth().expect("it has a market");
			let market_before = at_market();
			end();
			block(vec![trade(give, amount, take)]);
			begin();
			let near = |value: i64| Some(Value::from_dollars(value));
			assert!(
				worth() > near(990) && worth() < near(1_010),
				"{:?} after {before:?}",
				worth()
			);
			let moved = at_market().raw().abs_diff(market_before.raw());
			assert!(
				moved > Value::from_dollars(250).raw().unsigned_abs(),
				"the market was moved"
			);
			end();
		});
	}
}

#[test]
fn the_native_token_should_count_for_nothing_known_before_the_hub_asset_has_a_price() {
	preset("development", || {
		block(vec![]);
		assert_eq!(worth(), None);
		block(feeds(&FIRST_PRICES));
		begin();
		assert!(worth() > Some(Value::from_dollars(990)));
		end();
	});
}
