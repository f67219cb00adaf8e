//! Each preset decodes, builds and holds its own books.

use frame_support::traits::{
	fungibles::{metadata::Inspect as Metadata, Inspect},
	SortedMembers,
};
use margin_runtime::{units::*, *};
use margin_scenarios::chain::{check_invariants, genesis, FIRST_PRICES};
use sp_keyring::Sr25519Keyring;

#[test]
fn every_preset_should_build_with_its_invariants() {
	for name in genesis_presets::preset_names() {
		genesis(name.as_ref()).execute_with(check_invariants);
	}
}

#[test]
fn an_unknown_preset_should_be_none() {
	assert_eq!(genesis_presets::get_preset(&"production".into()), None);
}

#[test]
fn development_should_have_one_validator_and_the_local_testnet_four() {
	for (preset, validators) in [("development", 1), ("local_testnet", 4)] {
		genesis(preset).execute_with(|| {
			assert_eq!(pallet_aura::Authorities::<Runtime>::get().len(), validators);
			assert_eq!(Grandpa::grandpa_authorities().len(), validators);
		});
	}
}

#[test]
fn only_a_preset_should_set_the_root_key() {
	genesis("development").execute_with(|| {
		assert_eq!(
			pallet_sudo::Key::<Runtime>::get(),
			Some(Sr25519Keyring::Alice.to_account_id())
		);
	});
	assert_eq!(SudoConfig::default().key, None);
}

#[test]
fn operators_should_be_members_and_afford_a_feed() {
	genesis("development").execute_with(|| {
		for seed in genesis_presets::OPERATORS {
			let operator = genesis_presets::account(seed);
			assert!(<OracleMembership as SortedMembers<_>>::contains(&operator));
			assert!(Balances::free_balance(&operator) > MRG_UNIT);
		}
		assert!(!<OracleMembership as SortedMembers<_>>::contains(
			&OracleRootAccount::get()
		));
	});
}

#[test]
fn every_market_should_start_at_the_price_of_the_first_hour() {
	genesis("development").execute_with(|| {
		for (asset, cents) in FIRST_PRICES {
			if asset == USDC {
				continue;
			}
			let one = 10u128.pow(<Assets as Metadata<AccountId>>::decimals(asset).into());
			let price = AssetConversion::quote_price_exact_tokens_for_tokens(asset, USDC, one, false);
			assert_eq!(price, Some(cents * USDC_UNIT / 100), "price of asset {asset}");
		}
		assert_eq!(
			AssetConversion::quote_price_exact_tokens_for_tokens(NATIVE, USDC, MRG_UNIT, false),
			Some(USDC_UNIT)
		);
	});
}

#[test]
fn every_listed_asset_should_have_liquidity_to_lend_and_a_guarded_price() {
	genesis("development").execute_with(|| {
		let pools = Margin::pool_views();
		assert_eq!(pools.len(), FIRST_PRICES.len());
		for pool in pools {
			assert!(!pool.liquidity.is_zero());
			assert!(pallet_prices::Guards::<Runtime>::contains_key(pool.asset));
		}
	});
}

#[test]
fn the_margin_account_should_hold_more_than_its_pools_so_that_it_is_never_reaped() {
	genesis("development").execute_with(|| {
		for pool in Margin::pool_views() {
			let held = NativeAndAssets::balance(pool.asset, &Margin::account_id());
			assert_eq!(held, pool.liquidity.0 + NativeAndAssets::minimum_balance(pool.asset));
		}
	});
}

#[test]
fn the_margins_of_volatile_assets_should_follow_their_volatility_and_none_should_start_at_the_cap() {
	genesis("development").execute_with(|| {
		for asset in [BTC, ETH, DOT] {
			let config = pallet_margin::Assets::<Runtime>::get(asset).unwrap().config;
			let volatility = config.volatility.unwrap();
			let asked = volatility.required(None);
			assert!(
				asked > volatility.floor && asked < volatility.cap,
				"asset {asset}: {asked:?}"
			);
		}
		assert!(pallet_margin::Assets::<Runtime>::get(USDC)
			.unwrap()
			.config
			.volatility
			.is_none());
	});
}
