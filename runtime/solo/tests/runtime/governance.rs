//! Who may govern what.

use frame_support::{
	assert_ok,
	instances::{Instance1, Instance2},
	traits::EnsureOrigin,
};
use margin_math::Amount;
use margin_runtime::{units::*, *};
use margin_scenarios::chain::*;
use sp_runtime::DispatchError;

fn update_usdc() -> pallet_margin::Call<Runtime> {
	let mut config = pallet_margin::Assets::<Runtime>::get(USDC).unwrap().config;
	config.borrow_cap = Amount(config.borrow_cap.0 - 1);
	pallet_margin::Call::update_asset { asset: USDC, config }
}

fn signed_by(seed: &str) -> RuntimeOrigin {
	RuntimeOrigin::signed(genesis_presets::account(seed))
}

#[test]
fn root_alone_should_govern_a_new_chain() {
	development(|| {
		assert_ok!(AssetManager::try_origin(RuntimeOrigin::root()).map(drop).map_err(drop));
		assert!(AssetManagers::members().is_empty());
		assert!(RiskManagers::members().is_empty());
		assert!(OutflowManagers::members().is_empty());
		assert_ok!(block_of_root(update_usdc()));
		let refused = block_with(signed("//Bob", update_usdc()));
		assert_eq!(refused, Ok(Err(DispatchError::BadOrigin)));
	});
}

#[test]
fn a_member_should_govern_what_its_committee_is_named_for_and_nothing_else() {
	development(|| {
		let who = genesis_presets::account("//Bob");
		assert_ok!(block_of_root(
			pallet_membership::Call::<Runtime, Instance1>::add_member { who: who.into() }
		));
		block(vec![signed("//Bob", update_usdc())]);
		assert!(AssetManager::try_origin(signed_by("//Bob")).is_ok());
		assert!(RiskManager::try_origin(signed_by("//Bob")).is_err());
		assert!(OutflowManager::try_origin(signed_by("//Bob")).is_err());
	});
}

#[test]
fn nobody_should_join_a_committee_without_root() {
	development(|| {
		let who = genesis_presets::account("//Bob");
		let call = pallet_membership::Call::<Runtime, Instance2>::add_member { who: who.into() };
		assert_eq!(block_with(signed("//Bob", call)), Ok(Err(DispatchError::BadOrigin)));
	});
}
