//! What pays for messages.

use crate::chain::*;
use frame_support::weights::{Weight, WeightToFee};
use margin_parachain_runtime::{
	genesis_presets::account,
	units::*,
	xcm_config::fees::{accepted, quote},
	*,
};
use xcm::{latest::AssetId as XcmAssetId, VersionedAssetId};

fn cost(asset: u32) -> Option<Balance> {
	use sp_runtime::traits::MaybeEquivalence;
	let location = Gateway::convert_back(&asset).unwrap();
	quote(
		Weight::from_parts(10_000_000_000, 100_000),
		VersionedAssetId::V5(XcmAssetId(location)),
	)
	.ok()
}

#[test]
fn a_fee_should_be_what_is_scarcer_of_time_and_proof() {
	let fee = |time, proof| ScarcerFee::weight_to_fee(&Weight::from_parts(time, proof));
	assert_eq!(fee(1_000, 0), 1_000);
	assert_eq!(fee(0, MAX_PROOF_SIZE), fee(1_000_000_000_000, 0));
	assert_eq!(fee(10, 1), 1_000_000_000_000u128.div_ceil(MAX_PROOF_SIZE.into()));
	assert_eq!(fee(0, 0), 0);
}

#[test]
fn a_fee_should_be_payable_in_every_asset_whose_market_agrees_with_the_oracle() {
	preset("development", || {
		block(feeds(&FIRST_PRICES));
		begin();
		assert_eq!(accepted().len(), 5);
		let (native, stable) = (cost(NATIVE).unwrap(), cost(USDC).unwrap());
		// MRG starts at a dollar, and the market takes 0.3 %.
		let dollars = native * USDC_UNIT / MRG_UNIT;
		assert!(
			stable > dollars && stable < dollars * 102 / 100 + 2,
			"{stable} for {dollars}"
		);
		end();
	});
}

#[test]
fn no_fee_should_be_bought_on_a_market_that_is_away_from_the_oracle() {
	preset("development", || {
		block(feeds(&FIRST_PRICES));
		assert!(cost(ETH).is_some());
		let sell = pallet_asset_conversion::Call::swap_exact_tokens_for_tokens {
			path: vec![Box::new(ETH), Box::new(USDC)],
			amount_in: 5_000 * ETH_UNIT,
			amount_out_min: 1,
			send_to: account("//Alice"),
			keep_alive: true,
		};
		block(vec![signed("//Alice", sell)]);
		begin();
		assert_eq!(cost(ETH), None);
		assert_eq!(accepted().len(), 4);
		end();
	});
}

#[test]
fn without_a_usable_price_only_the_native_token_and_the_hub_asset_should_pay() {
	preset("development", || {
		block(vec![]);
		assert_eq!((cost(ETH), cost(BTC)), (None, None));
		assert!(cost(NATIVE).is_some() && cost(USDC).is_some());
	});
}
