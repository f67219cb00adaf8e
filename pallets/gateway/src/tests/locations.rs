//! The map between locations and tokens.

use crate::{mock::*, Error, Event, Tokens};
use frame_support::{assert_noop, assert_ok, traits::ContainsPair};
use margin_math::Amount;
use sp_runtime::{traits::MaybeEquivalence, DispatchError::BadOrigin, DispatchResult};
use xcm::latest::prelude::*;

fn register(asset: u32, location: Location, reserve: Location) -> DispatchResult {
	Gateway::register(
		signed(ASSET_MANAGER),
		asset,
		versioned(location),
		versioned(reserve),
		DOLLAR,
	)
}

fn at(junctions: impl Into<Junctions>) -> Location {
	Location::new(0, junctions)
}

#[test]
fn a_registered_token_is_found_both_ways() {
	ExtBuilder::execute(|| {
		assert_eq!(Gateway::convert(&usdc()), Some(USDC));
		assert_eq!(Gateway::convert_back(&USDC), Some(usdc()));
		assert_eq!(Gateway::convert(&hub_token(1)), None);
		assert_eq!(Gateway::convert_back(&OWN), None);
	});
}

#[test]
fn the_native_token_is_here_without_being_registered() {
	ExtBuilder::execute(|| {
		assert_eq!(Gateway::convert(&Location::here()), Some(NATIVE));
		assert_eq!(Gateway::convert_back(&NATIVE), Some(Location::here()));
		assert_noop!(register(NATIVE, hub_token(1), hub()), Error::<Test>::AlreadyRegistered);
		assert_noop!(register(OWN, Location::here(), hub()), Error::<Test>::NotOursToName);
	});
}

#[test]
fn only_the_asset_manager_registers_and_it_is_told() {
	ExtBuilder::execute(|| {
		for who in [ALICE, RISK_MANAGER, OUTFLOW_MANAGER] {
			let refused = Gateway::register(signed(who), OWN, versioned(hub_token(1)), versioned(hub()), 1);
			assert_noop!(refused, BadOrigin);
		}
		assert_ok!(register(OWN, hub_token(1), hub()));
		let told = Event::Registered {
			asset: OWN,
			location: hub_token(1),
			reserve: hub(),
			cap: Amount(DOLLAR),
		};
		assert_eq!(events(), vec![told]);
	});
}

#[test]
fn no_token_has_two_locations_and_no_location_two_tokens() {
	ExtBuilder::execute(|| {
		assert_noop!(register(USDC, hub_token(1), hub()), Error::<Test>::AlreadyRegistered);
		assert_noop!(register(OWN, usdc(), hub()), Error::<Test>::LocationTaken);
		assert_noop!(register(99, hub_token(1), hub()), Error::<Test>::NoSuchToken);
	});
}

#[test]
fn a_location_that_can_be_written_shorter_is_refused() {
	ExtBuilder::execute(|| {
		let ours_from_outside = Location::new(1, [Parachain(2000), PalletInstance(3), GeneralIndex(7)]);
		let over_the_world = Location::new(2, [GlobalConsensus(NetworkId::Polkadot), Parachain(1000)]);
		for location in [ours_from_outside, over_the_world] {
			assert_noop!(register(OWN, location, hub()), Error::<Test>::LocationNotShortest);
		}
	});
}

#[test]
fn inside_our_own_chain_only_what_a_pallet_keeps_is_a_token() {
	ExtBuilder::execute(|| {
		for location in [on_chain(ALICE), at([PalletInstance(3)]), at([Parachain(1)])] {
			assert_noop!(register(OWN, location, Location::here()), Error::<Test>::NotOursToName);
		}
		let ours = at([PalletInstance(3), GeneralIndex(7)]);
		assert_noop!(register(OWN, ours.clone(), hub()), Error::<Test>::ReserveIsNoChain);
		assert_ok!(register(OWN, ours, Location::here()));
	});
}

#[test]
fn the_reserve_of_a_foreign_token_is_another_chain() {
	ExtBuilder::execute(|| {
		let an_account = Location::new(1, [Parachain(1000), on_chain(ALICE).interior().at(0).copied().unwrap()]);
		let ourselves = Location::new(1, [Parachain(2000)]);
		let far_away = Location::new(2, [GlobalConsensus(NetworkId::Kusama)]);
		for reserve in [an_account, ourselves, far_away, Location::here()] {
			assert_noop!(register(OWN, hub_token(1), reserve), Error::<Test>::ReserveIsNoChain);
		}
		let bridged = Location::new(2, [GlobalConsensus(NetworkId::Ethereum { chain_id: 1 })]);
		assert_ok!(register(OWN, bridged, hub()));
	});
}

#[test]
fn a_foreign_token_is_kept_by_its_own_chain_or_by_one_that_keeps_for_others() {
	ExtBuilder::execute(|| {
		let siblings = Location::new(1, [Parachain(2001), GeneralIndex(7)]);
		let of_the_relay = Location::new(1, [PalletInstance(4)]);
		let bridged = Location::new(2, [GlobalConsensus(NetworkId::Ethereum { chain_id: 1 })]);
		let another = Location::new(1, [Parachain(2002)]);
		for (location, reserve) in [
			(hub_token(1), sibling()),
			(siblings.clone(), another.clone()),
			(siblings.clone(), relay()),
			(of_the_relay, sibling()),
			(bridged, another),
		] {
			assert_noop!(register(OWN, location, reserve), Error::<Test>::NotItsReserve);
		}
		assert_ok!(register(OWN, siblings.clone(), sibling()));
		assert_ok!(Gateway::unregister(signed(ASSET_MANAGER), OWN));
		assert_ok!(register(OWN, siblings, hub()));
	});
}

#[test]
fn a_token_is_taken_from_its_reserve_alone() {
	ExtBuilder::execute(|| {
		let is_reserve = |location: Location, origin: Location| {
			<Gateway as ContainsPair<Asset, Location>>::contains(&(location, 1u128).into(), &origin)
		};
		assert!(is_reserve(usdc(), hub()));
		assert!(!is_reserve(usdc(), relay()));
		assert!(!is_reserve(usdc(), sibling()));
		assert!(!is_reserve(hub_token(1), hub()));
		assert!(is_reserve(relay(), relay()));
		assert!(!is_reserve(relay(), hub()));
	});
}

#[test]
fn nobody_is_believed_to_keep_our_own_tokens() {
	ExtBuilder::execute(|| {
		let ours = at([PalletInstance(3), GeneralIndex(7)]);
		assert_ok!(register(OWN, ours.clone(), Location::here()));
		for token in [Location::here(), ours] {
			for origin in [Location::here(), hub(), relay(), sibling()] {
				let asset = (token.clone(), 1u128).into();
				assert!(!<Gateway as ContainsPair<Asset, Location>>::contains(&asset, &origin));
			}
		}
	});
}

#[test]
fn no_more_tokens_are_registered_than_the_runtime_allows() {
	ExtBuilder::execute(|| {
		MaxTokens::set(2);
		assert_noop!(register(OWN, hub_token(1), hub()), Error::<Test>::TooManyTokens);
	});
}

#[test]
fn the_asset_manager_sets_any_cap_and_the_risk_manager_a_lower_one() {
	ExtBuilder::execute(|| {
		let cap = || Tokens::<Test>::get(USDC).unwrap().cap.0;
		assert_ok!(Gateway::set_cap(signed(RISK_MANAGER), USDC, 5));
		assert_eq!(cap(), 5);
		assert_noop!(
			Gateway::set_cap(signed(RISK_MANAGER), USDC, 6),
			Error::<Test>::OnlyLower
		);
		assert_ok!(Gateway::set_cap(signed(ASSET_MANAGER), USDC, 6));
		assert_eq!(cap(), 6);
		assert_noop!(Gateway::set_cap(signed(ALICE), USDC, 1), BadOrigin);
		assert_noop!(
			Gateway::set_cap(signed(ASSET_MANAGER), OWN, 1),
			Error::<Test>::UnknownToken
		);
	});
}

#[test]
fn a_token_is_unregistered_when_all_that_came_in_has_left() {
	ExtBuilder::execute(|| {
		let unregister = || Gateway::unregister(signed(ASSET_MANAGER), USDC);
		let query_id = flown(10 * DOLLAR);
		assert_noop!(unregister(), Error::<Test>::StillIssued);
		assert_ok!(answer(hub(), query_id, None).ensure_complete());
		assert_ok!(arrive(ALICE, 1).ensure_complete());
		assert_noop!(unregister(), Error::<Test>::StillIssued);
		let back = vec![
			WithdrawAsset((usdc(), 1u128).into()),
			InitiateReserveWithdraw {
				assets: Wild(All),
				reserve: hub(),
				xcm: Xcm(vec![]),
			},
		];
		assert_ok!(run(on_chain(ALICE), back).ensure_complete());
		assert_noop!(Gateway::unregister(signed(RISK_MANAGER), USDC), BadOrigin);
		assert_ok!(unregister());
		assert_eq!(Gateway::convert(&usdc()), None);
		assert_noop!(unregister(), Error::<Test>::UnknownToken);
	});
}
