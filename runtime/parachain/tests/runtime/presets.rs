//! Each preset decodes, builds and holds its own books.

use crate::chain::preset;
use frame_support::traits::fungibles::Inspect;
use margin_parachain_runtime::{genesis_presets, units::*, *};
use pallet_gateway::{Routes, Tokens};
use sp_keyring::Sr25519Keyring;
use sp_runtime::traits::MaybeEquivalence;
use xcm::latest::Location;

#[test]
fn only_the_development_preset_should_have_a_root_key() {
	preset("development", || {
		let alice = Sr25519Keyring::Alice.to_account_id();
		assert_eq!(pallet_sudo::Key::<Runtime>::get(), Some(alice));
	});
	preset("local_testnet", || assert_eq!(pallet_sudo::Key::<Runtime>::get(), None));
}

#[test]
fn an_unknown_preset_should_be_none() {
	assert_eq!(genesis_presets::get_preset(&"production".into()), None);
}

#[test]
fn collators_should_author_from_the_first_block_on() {
	for (name, collators) in [("development", 1), ("local_testnet", 2)] {
		preset(name, || {
			assert_eq!(pallet_aura::Authorities::<Runtime>::get().len(), collators);
			assert_eq!(Session::validators().len(), collators);
		});
	}
}

#[test]
fn every_listed_asset_should_have_a_location_and_every_location_an_asset() {
	preset("development", || {
		for asset in [NATIVE, USDC, BTC, ETH, DOT] {
			let location = Gateway::convert_back(&asset).expect("it has a location");
			assert_eq!(Gateway::convert(&location), Some(asset));
		}
		assert_eq!(Gateway::convert(&Location::here()), Some(NATIVE));
		assert_eq!(Tokens::<Runtime>::count(), 4);
		assert!(Routes::<Runtime>::contains_key(genesis_presets::asset_hub()));
	});
}

#[test]
fn what_is_there_of_a_token_should_leave_room_below_its_cap() {
	preset("development", || {
		for (asset, token) in Tokens::<Runtime>::iter() {
			let issued = NativeAndAssets::total_issuance(asset);
			assert!(
				issued < token.cap.0 && token.cap.0 < 3 * issued,
				"{issued} of {token:?}"
			);
		}
	});
}

#[test]
fn nobody_with_a_key_should_issue_a_token_of_another_chain() {
	use frame_support::traits::fungibles::roles::Inspect;
	preset("development", || {
		for asset in [USDC, BTC, ETH, DOT] {
			assert_eq!(<Assets as Inspect<_>>::issuer(asset), Some(AmmAccount::get()));
		}
	});
}
