//! A genesis with pools has the market that it lists, or does not build.

use crate::{mock::*, InitialPool, InitialPoolOf};
use frame_support::traits::fungibles::Inspect;

fn pool(asset1: u32, asset2: u32, amount1: u128, amount2: u128) -> InitialPoolOf<Test> {
	InitialPool {
		provider: PROVIDER,
		asset1,
		asset2,
		amount1,
		amount2,
	}
}

#[test]
fn genesis_without_pools_has_no_market() {
	build(vec![]).execute_with(|| {
		assert_eq!(pallet_asset_conversion::Pools::<Test>::iter().count(), 0);
	});
}

#[test]
fn genesis_should_create_the_listed_pools_with_their_liquidity() {
	build(vec![pool(0, 1, 40_000, 10_000), pool(2, 1, 3_000, 90_000)]).execute_with(|| {
		assert_eq!(pallet_asset_conversion::Pools::<Test>::iter().count(), 2);
		assert_eq!(AssetConversion::get_reserves(0, 1).ok(), Some((40_000, 10_000)));
		assert_eq!(AssetConversion::get_reserves(2, 1).ok(), Some((3_000, 90_000)));
	});
}

#[test]
fn genesis_price_should_be_the_ratio_of_the_amounts() {
	build(vec![pool(2, 1, 3_000, 90_000)]).execute_with(|| {
		assert_eq!(
			AssetConversion::quote_price_exact_tokens_for_tokens(2, 1, 7, false),
			Some(210)
		);
	});
}

#[test]
fn provider_should_pay_liquidity_and_fee_and_hold_the_liquidity_tokens() {
	build(vec![pool(0, 1, 40_000, 10_000)]).execute_with(|| {
		assert_eq!(Balances::free_balance(PROVIDER), FUNDS - 40_000 - SETUP_FEE);
		assert_eq!(Assets::balance(1, PROVIDER), FUNDS - 10_000);
		// sqrt(40_000 * 10_000) less the 100 that stay in the pool for ever
		assert_eq!(PoolAssets::balance(0, PROVIDER), 19_900);
		assert_eq!(<PoolAssets as Inspect<u64>>::total_issuance(0), 20_000);
	});
}

#[test]
#[should_panic(expected = "genesis: the pool of 1 and 2 cannot be made for 1")]
fn genesis_should_stop_when_the_provider_lacks_funds() {
	build(vec![pool(1, 2, FUNDS * 2, 10_000)]);
}

#[test]
#[should_panic(expected = "genesis: the pool of 2 and 1 cannot be made for 1")]
fn genesis_should_stop_when_a_pair_is_listed_twice() {
	build(vec![pool(1, 2, 10_000, 10_000), pool(2, 1, 10_000, 10_000)]);
}

#[test]
#[should_panic(expected = "genesis: the pool of 1 and 9 cannot be made for 1")]
fn genesis_should_stop_when_an_asset_is_unknown() {
	build(vec![pool(1, 9, 10_000, 10_000)]);
}

#[test]
#[should_panic(expected = "genesis: the pool of 1 and 2 cannot be made for 1")]
fn genesis_should_stop_when_the_liquidity_is_too_small() {
	build(vec![pool(1, 2, 10, 10)]);
}
