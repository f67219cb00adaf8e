//! What leaves, seen from the router.

use crate::{mock::*, Routes};
use frame_support::assert_ok;
use xcm::latest::{prelude::*, AssetTransferFilter, SendError::Transport};

fn level(chain: Location) -> u128 {
	let route = Routes::<Test>::get(chain).unwrap();
	route.flow.level(&route.limit, Clock::get()).0 / 10u128.pow(18)
}

fn send(destination: Location, message: Vec<Instruction<()>>) -> Result<XcmHash, SendError> {
	send_xcm::<Router>(destination, Xcm(message)).map(|(hash, _)| hash)
}

/// What the hub calls USDC.
fn usdc_there(amount: u128) -> Assets {
	(Location::new(0, [PalletInstance(50), GeneralIndex(1337)]), amount).into()
}

/// What other parachains call our native token.
fn mrg_there(amount: u128) -> Assets {
	(Location::new(1, [Parachain(2000)]), amount).into()
}

/// An account of this chain, as other chains see it.
fn alice_there() -> Location {
	let id = ALICE.into();
	let network = Network::get();
	Location::new(1, [Parachain(2000), AccountId32 { network, id }])
}

#[test]
fn a_withdrawal_from_what_we_hold_there_counts() {
	ExtBuilder::execute(|| {
		assert_ok!(send(hub(), vec![WithdrawAsset(usdc_there(5 * DOLLAR)), ClearOrigin]));
		assert_eq!((level(hub()), level(relay())), (5, 0));
	});
}

#[test]
fn a_deposit_that_we_keep_for_another_chain_counts() {
	ExtBuilder::execute(|| {
		assert_ok!(send(
			sibling(),
			vec![ReserveAssetDeposited(mrg_there(5 * MRG)), ClearOrigin]
		));
		assert_eq!(level(sibling()), 5);
		let as_the_relay_sees_it: Assets = (Location::new(0, [Parachain(2000)]), 2 * MRG).into();
		assert_ok!(send(relay(), vec![ReserveAssetDeposited(as_the_relay_sees_it)]));
		assert_eq!(level(relay()), 2);
	});
}

#[test]
fn the_fees_and_the_rest_of_one_message_both_count() {
	ExtBuilder::execute(|| {
		let message = vec![
			WithdrawAsset(usdc_there(DOLLAR)),
			PayFees {
				asset: usdc_there(DOLLAR).inner()[0].clone(),
			},
			WithdrawAsset(usdc_there(8 * DOLLAR)),
			AliasOrigin(alice_there()),
			WithdrawAsset(usdc_there(900 * DOLLAR)),
		];
		assert_ok!(send(hub(), message));
		assert_eq!(level(hub()), 9);
	});
}

#[test]
fn a_message_that_speaks_for_a_user_counts_for_nothing() {
	ExtBuilder::execute(|| {
		let descend = DescendOrigin([on_chain(ALICE).interior().first().copied().unwrap()].into());
		let as_a_user = vec![descend, WithdrawAsset(usdc_there(900 * DOLLAR))];
		assert_ok!(send(hub(), as_a_user.clone()));
		assert_ok!(PolkadotXcm::send(
			signed(ALICE),
			versioned(hub()),
			Box::new(xcm::VersionedXcm::from(Xcm(as_a_user))),
		));
		assert_eq!(level(hub()), 0);
	});
}

#[test]
fn a_message_that_only_pretends_to_step_down_counts() {
	ExtBuilder::execute(|| {
		let nowhere = vec![DescendOrigin(Here), WithdrawAsset(usdc_there(5 * DOLLAR))];
		assert_ok!(send(hub(), nowhere));
		assert_eq!(level(hub()), 5);
		let itself = AliasOrigin(Location::new(1, [Parachain(2000)]));
		assert_ok!(send(hub(), vec![itself, WithdrawAsset(usdc_there(5 * DOLLAR))]));
		assert_eq!(level(hub()), 10);
	});
}

#[test]
fn programs_within_programs_are_looked_through() {
	ExtBuilder::execute(|| {
		let inner = Xcm(vec![WithdrawAsset(usdc_there(5 * DOLLAR))]);
		let transfer = TransferAsset {
			assets: usdc_there(DOLLAR),
			beneficiary: on_chain(BOB),
		};
		assert_ok!(send(
			hub(),
			vec![SetAppendix(inner.clone()), SetErrorHandler(inner.clone()), transfer]
		));
		assert_eq!(level(hub()), 11);

		let too_deep = (0..9).fold(inner, |inner, _| Xcm(vec![SetAppendix(inner)]));
		assert!(matches!(send(hub(), too_deep.0), Err(Transport(_))));
		assert_eq!(level(hub()), 11);
	});
}

#[test]
fn no_token_is_teleported() {
	ExtBuilder::execute(|| {
		for message in [
			vec![ReceiveTeleportedAsset(mrg_there(1))],
			vec![SetAppendix(Xcm(vec![ReceiveTeleportedAsset(mrg_there(1))]))],
			vec![ClearOrigin, ReceiveTeleportedAsset(mrg_there(1))],
		] {
			let refused = send(sibling(), message);
			assert_eq!(refused, Err(Transport("no token is teleported from here")));
		}
		let teleport = vec![
			WithdrawAsset((Location::here(), MRG).into()),
			InitiateTeleport {
				assets: Wild(All),
				dest: sibling(),
				xcm: Xcm(vec![]),
			},
		];
		assert!(run(on_chain(ALICE), teleport).ensure_complete().is_err());
		assert_eq!(sent(), vec![]);
	});
}

#[test]
fn what_cannot_be_counted_does_not_leave_in_our_own_name() {
	ExtBuilder::execute(|| {
		let onwards = TransferReserveAsset {
			assets: usdc_there(1),
			dest: sibling(),
			xcm: Xcm(vec![]),
		};
		let by_a_call = Transact {
			origin_kind: OriginKind::SovereignAccount,
			fallback_max_weight: None,
			call: vec![1u8].into(),
		};
		let locked = LockAsset {
			asset: usdc_there(1).inner()[0].clone(),
			unlocker: sibling(),
		};
		let within = ExecuteWithOrigin {
			descendant_origin: None,
			xcm: Xcm(vec![]),
		};
		let exported = ExportMessage {
			network: NetworkId::Kusama,
			destination: Here,
			xcm: Xcm(vec![]),
		};
		for instruction in [onwards, by_a_call, locked, within, exported] {
			assert!(matches!(send(hub(), vec![instruction]), Err(Transport(_))));
		}
		assert_eq!(sent(), vec![]);
	});
}

#[test]
fn messages_without_assets_need_no_route() {
	ExtBuilder::execute(|| {
		let nowhere = Location::new(1, [Parachain(3000)]);
		let by_a_plain_call = Transact {
			origin_kind: OriginKind::Xcm,
			fallback_max_weight: None,
			call: vec![1u8].into(),
		};
		assert_ok!(send(nowhere.clone(), vec![by_a_plain_call, ClearOrigin]));
		assert!(matches!(
			send(nowhere, vec![ReserveAssetDeposited(mrg_there(1))]),
			Err(Transport("NoRoute"))
		));
	});
}

#[test]
fn tokens_that_are_not_registered_do_not_leave() {
	ExtBuilder::execute(|| {
		let unknown: Assets = (Location::new(0, [PalletInstance(50), GeneralIndex(1)]), 1u128).into();
		let collectible = Asset {
			id: usdc_there(1).inner()[0].id.clone(),
			fun: NonFungible(AssetInstance::Index(1)),
		};
		for assets in [unknown, collectible.into()] {
			assert!(matches!(send(hub(), vec![WithdrawAsset(assets)]), Err(Transport(_))));
		}
	});
}

#[test]
fn a_token_leaves_for_the_chain_that_keeps_it_and_no_other() {
	ExtBuilder::execute(|| {
		let usdc_elsewhere: Assets = (usdc(), DOLLAR).into();
		let wrong = [
			(sibling(), ReserveAssetDeposited(usdc_elsewhere.clone())),
			(sibling(), WithdrawAsset(usdc_elsewhere)),
			(hub(), ReserveAssetDeposited(usdc_there(DOLLAR))),
			(hub(), WithdrawAsset((relay(), DOLLAR).into())),
			(sibling(), WithdrawAsset(mrg_there(MRG))),
		];
		for (chain, instruction) in wrong {
			assert_eq!(send(chain, vec![instruction]), Err(Transport("NotTheReserve")));
		}
		assert_eq!((level(sibling()), level(hub()), sent()), (0, 0, vec![]));
	});
}

#[test]
fn no_program_puts_a_foreign_token_into_the_account_of_a_third_chain() {
	ExtBuilder::execute(|| {
		assert_ok!(arrive(ALICE, 10 * DOLLAR).ensure_complete());
		let program = vec![TransferReserveAsset {
			assets: (usdc(), DOLLAR).into(),
			dest: sibling(),
			xcm: Xcm(vec![]),
		}];
		assert!(run(on_chain(ALICE), program).ensure_complete().is_err());
		assert_eq!(
			(wallet(&ALICE, USDC), wallet(&sibling_account(), USDC)),
			(10 * DOLLAR, 0)
		);
		assert_eq!(sent(), vec![]);
	});
}

#[test]
fn a_ticket_is_checked_again_when_it_is_delivered() {
	ExtBuilder::execute(|| {
		let message = || Xcm(vec![WithdrawAsset(usdc_there(600_000 * DOLLAR))]);
		let (first, _) = validate_send::<Router>(hub(), message()).unwrap();
		let (second, _) = validate_send::<Router>(hub(), message()).unwrap();
		assert_eq!(level(hub()), 0);
		assert_ok!(Router::deliver(first));
		assert!(matches!(Router::deliver(second), Err(Transport("RouteLimitReached"))));
		assert_eq!((level(hub()), sent().len()), (600_000, 1));
	});
}

#[test]
fn every_way_of_the_executor_to_send_tokens_is_counted() {
	ExtBuilder::execute(|| {
		assert_ok!(arrive(ALICE, 100 * DOLLAR).ensure_complete());
		let withdraw = || WithdrawAsset((usdc(), DOLLAR).into());
		let native = || WithdrawAsset((Location::here(), MRG).into());
		let xcm = || Xcm(vec![]);
		let everything = || Wild(All);
		let ways = [
			vec![
				withdraw(),
				InitiateReserveWithdraw {
					assets: everything(),
					reserve: hub(),
					xcm: xcm(),
				},
			],
			vec![
				native(),
				DepositReserveAsset {
					assets: everything(),
					dest: hub(),
					xcm: xcm(),
				},
			],
			vec![TransferReserveAsset {
				assets: (Location::here(), MRG).into(),
				dest: hub(),
				xcm: xcm(),
			}],
			vec![
				withdraw(),
				native(),
				InitiateTransfer {
					destination: hub(),
					remote_fees: Some(AssetTransferFilter::ReserveWithdraw(Definite((usdc(), DOLLAR).into()))),
					preserve_origin: true,
					assets: vec![AssetTransferFilter::ReserveDeposit(Wild(All))].try_into().unwrap(),
					remote_xcm: Xcm(vec![WithdrawAsset(usdc_there(900 * DOLLAR))]),
				},
			],
		];
		let mut expected = 0;
		for (way, dollars) in ways.into_iter().zip([1, 1, 1, 2]) {
			assert_ok!(run(on_chain(ALICE), way).ensure_complete());
			expected += dollars;
			assert_eq!(level(hub()), expected);
		}
	});
}
