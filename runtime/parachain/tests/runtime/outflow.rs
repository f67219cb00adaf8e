//! What counts against the limits of the routes.

use crate::chain::*;
use codec::Encode;
use margin_math::Value;
use margin_parachain_runtime::{genesis_presets::account, units::*, *};
use pallet_gateway::MarginAccounts;
use sp_io::hashing::twox_128;

fn worth(mrg: Balance) -> Option<Value> {
	<Runtime as pallet_gateway::Config>::Margin::value(NATIVE, mrg * MRG_UNIT)
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

#[test]
fn no_sale_should_let_more_of_the_native_token_leave() {
	preset("development", || {
		block(feeds(&FIRST_PRICES));
		begin();
		assert!(worth(1_000) >= Some(Value::from_dollars(1_000)));
		end();
		block(vec![trade(NATIVE, 10_000 * MRG_UNIT, USDC)]);
		begin();
		assert_eq!(worth(1_000), Some(Value::from_dollars(1_000)));
		sp_io::storage::set(
			&twox_128(b":LeastNativePrice:"),
			&2_000_000_000_000_000_000u128.encode(),
		);
		assert_eq!(worth(1_000), Some(Value::from_dollars(2_000)));
		end();
	});
}

#[test]
fn the_native_token_should_count_for_what_it_sells_for_where_that_is_more() {
	preset("development", || {
		block(feeds(&FIRST_PRICES));
		block(vec![trade(USDC, 10_000 * USDC_UNIT, NATIVE)]);
		begin();
		assert!(worth(1_000) > Some(Value::from_dollars(1_000)));
		end();
	});
}

#[test]
fn the_native_token_should_count_for_nothing_known_without_a_price_of_the_hub_asset() {
	preset("development", || {
		block(vec![]);
		assert_eq!(worth(1), None);
	});
}
