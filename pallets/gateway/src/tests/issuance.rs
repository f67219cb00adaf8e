//! What came in, what left, and what is issued.

use crate::{mock::*, Error, Event, Tokens};
use frame_support::{
	assert_noop, assert_ok,
	traits::fungibles::{Inspect, Mutate},
};
use margin_math::Amount;
use sp_runtime::DispatchError::BadOrigin;
use xcm::latest::prelude::*;

fn counted() -> u128 {
	Tokens::<Test>::get(USDC).unwrap().counted.0
}

fn issued() -> u128 {
	NativeAndAssets::total_issuance(USDC)
}

fn trapped() -> usize {
	let is_trap = |record: &frame_system::EventRecord<RuntimeEvent, _>| {
		matches!(
			record.event,
			RuntimeEvent::PolkadotXcm(pallet_xcm::Event::AssetsTrapped { .. })
		)
	};
	System::events().iter().filter(|record| is_trap(record)).count()
}

fn deposit_to(who: AccountId) -> Instruction<RuntimeCall> {
	DepositAsset {
		assets: Wild(All),
		beneficiary: on_chain(who),
	}
}

/// Somebody mints USDC by another way than the gate.
fn forged(amount: u128) {
	assert_ok!(NativeAndAssets::mint_into(USDC, &ALICE, amount));
}

/// The state's books balance again for the check at the test's end.
fn looked_into() {
	assert_ok!(Gateway::recount(RuntimeOrigin::root(), USDC, issued()));
}

#[test]
fn what_comes_in_and_leaves_is_counted() {
	ExtBuilder::execute(|| {
		assert_ok!(arrive(ALICE, 100 * DOLLAR).ensure_complete());
		assert_eq!((counted(), issued()), (100 * DOLLAR, 100 * DOLLAR));
		deposited(ALICE, 10 * DOLLAR);
		assert_ok!(send_usdc(ALICE, 4 * DOLLAR));
		assert_eq!((counted(), issued()), (106 * DOLLAR, 106 * DOLLAR));
	});
}

#[test]
fn what_was_issued_at_registration_is_where_the_count_starts() {
	ExtBuilder::execute(|| {
		assert_ok!(NativeAndAssets::mint_into(OWN, &ALICE, 500));
		let (location, reserve) = (versioned(hub_token(1)), versioned(hub()));
		assert_ok!(Gateway::register(signed(ASSET_MANAGER), OWN, location, reserve, 1_000));
		let token = Tokens::<Test>::get(OWN).unwrap();
		assert_eq!((token.start, token.counted), (Amount(500), Amount(500)));
		assert!(Gateway::is_backed(OWN));
	});
}

#[test]
fn dust_that_is_burnt_with_a_withdrawal_is_counted() {
	ExtBuilder::execute(|| {
		assert_ok!(LocalTokens::force_asset_status(
			RuntimeOrigin::root(),
			USDC,
			POT,
			POT,
			POT,
			POT,
			10,
			true,
			false
		));
		assert_ok!(arrive(ALICE, 100).ensure_complete());
		let outcome = run(
			on_chain(ALICE),
			vec![WithdrawAsset((usdc(), 95u128).into()), deposit_to(BOB)],
		);
		assert_ok!(outcome.ensure_complete());
		assert_eq!((counted(), issued()), (95, 95));
	});
}

#[test]
fn a_fee_is_taken_and_given_back_once_though_the_cap_was_lowered() {
	ExtBuilder::execute(|| {
		assert_ok!(arrive(ALICE, 10 * DOLLAR).ensure_complete());
		assert_ok!(Gateway::set_cap(signed(RISK_MANAGER), USDC, DOLLAR));
		let program = vec![
			WithdrawAsset((usdc(), 5 * DOLLAR).into()),
			BuyExecution {
				fees: (usdc(), DOLLAR).into(),
				weight_limit: Limited(Weight::from_parts(1_000, 10)),
			},
			RefundSurplus,
			InitiateReserveWithdraw {
				assets: Wild(All),
				reserve: hub(),
				xcm: Xcm(vec![]),
			},
		];
		assert_ok!(run(on_chain(ALICE), program).ensure_complete());
		let kept = NativeAndAssets::balance(USDC, &TREASURY);
		assert!(kept > 0);
		let (_, message) = sent().pop().unwrap();
		let there = Location::new(0, [PalletInstance(50), GeneralIndex(1337)]);
		assert_eq!(message[0], WithdrawAsset((there, 5 * DOLLAR - kept).into()));
		assert_eq!(Tokens::<Test>::get(USDC).unwrap().counted.0, 5 * DOLLAR + kept);
		assert_eq!(NativeAndAssets::total_issuance(USDC), 5 * DOLLAR + kept);
	});
}

#[test]
fn under_a_lowered_cap_what_a_block_took_out_may_come_back_in_it_and_no_more() {
	ExtBuilder::execute(|| {
		assert_ok!(arrive(ALICE, 10 * DOLLAR).ensure_complete());
		assert_ok!(Gateway::set_cap(signed(RISK_MANAGER), USDC, DOLLAR));
		let take = |amount: u128| {
			run(on_chain(ALICE), vec![WithdrawAsset((usdc(), amount).into())])
				.ensure_complete()
				.unwrap();
		};
		let round = |amount: u128| {
			let program = vec![WithdrawAsset((usdc(), amount).into()), deposit_to(ALICE)];
			run(on_chain(ALICE), program).ensure_complete()
		};
		assert_ok!(round(5 * DOLLAR));
		assert_eq!((trapped(), wallet(&ALICE, USDC)), (0, 10 * DOLLAR));
		// Three leave the wallet for the trap, and three come in for another.
		take(3 * DOLLAR);
		assert!(arrive(BOB, 3 * DOLLAR + 1).ensure_complete().is_err());
		assert_ok!(arrive(BOB, 2 * DOLLAR).ensure_complete());
		assert!(arrive(BOB, DOLLAR + 1).ensure_complete().is_err());
		assert_ok!(arrive(BOB, DOLLAR).ensure_complete());
		assert_eq!((counted(), issued()), (10 * DOLLAR, 10 * DOLLAR));
		take(3 * DOLLAR);
		wait(6_000);
		assert!(arrive(BOB, 1).ensure_complete().is_err());
		assert_eq!((counted(), issued()), (7 * DOLLAR, 7 * DOLLAR));
	});
}

#[test]
fn a_deposit_beyond_the_cap_is_trapped_and_claimed_once_there_is_room() {
	ExtBuilder::execute(|| {
		assert_ok!(Gateway::set_cap(signed(RISK_MANAGER), USDC, 99));
		let refused = arrive(ALICE, 100).ensure_complete().unwrap_err();
		assert_eq!(
			refused.error,
			XcmError::FailedToTransactAsset("more of the token would be issued than its cap allows")
		);
		assert_eq!((trapped(), counted(), issued()), (1, 0, 0));

		let claim = || {
			let assets: Assets = (usdc(), 100u128).into();
			let ticket = Location::here();
			run(hub(), vec![ClaimAsset { assets, ticket }, deposit_to(ALICE)]).ensure_complete()
		};
		assert_ok!(Gateway::set_cap(signed(ASSET_MANAGER), USDC, 100));
		assert_ok!(claim());
		assert_eq!((wallet(&ALICE, USDC), counted(), issued()), (100, 100, 100));
		assert_eq!(claim().unwrap_err().error, XcmError::UnknownClaim);
		assert_eq!(issued(), 100);
	});
}

#[test]
fn what_an_account_lost_to_the_trap_is_neither_issued_nor_counted() {
	ExtBuilder::execute(|| {
		assert_ok!(arrive(ALICE, 100).ensure_complete());
		assert_ok!(run(on_chain(ALICE), vec![WithdrawAsset((usdc(), 40u128).into())]).ensure_complete());
		assert_eq!((trapped(), counted(), issued()), (1, 60, 60));
	});
}

#[test]
fn transfers_within_the_chain_change_no_count() {
	ExtBuilder::execute(|| {
		assert_ok!(arrive(ALICE, 100).ensure_complete());
		let transfer = TransferAsset {
			assets: (usdc(), 30u128).into(),
			beneficiary: on_chain(BOB),
		};
		assert_ok!(run(on_chain(ALICE), vec![transfer]).ensure_complete());
		assert_eq!((wallet(&BOB, USDC), counted(), issued()), (30, 100, 100));
	});
}

#[test]
fn fees_that_the_trader_takes_and_gives_back_are_counted() {
	ExtBuilder::execute(|| {
		let paid = vec![
			ReserveAssetDeposited((usdc(), DOLLAR).into()),
			BuyExecution {
				fees: (usdc(), DOLLAR).into(),
				weight_limit: Limited(Weight::from_parts(1, 1)),
			},
			deposit_to(ALICE),
		];
		assert_ok!(run(hub(), paid).ensure_complete());
		assert_eq!(wallet(&TREASURY, USDC), WEIGHT_FEE);
		assert_eq!((counted(), issued()), (DOLLAR, DOLLAR));

		let with_refund = vec![
			ReserveAssetDeposited((usdc(), DOLLAR).into()),
			BuyExecution {
				fees: (usdc(), DOLLAR).into(),
				weight_limit: Limited(Weight::from_parts(1, 1)),
			},
			SetErrorHandler(Xcm(vec![ClearOrigin])),
			SetErrorHandler(Xcm(vec![])),
			RefundSurplus,
			deposit_to(ALICE),
		];
		assert_ok!(run(hub(), with_refund).ensure_complete());
		assert_eq!(wallet(&TREASURY, USDC), WEIGHT_FEE + WEIGHT_FEE / 2);
		assert_eq!((counted(), issued()), (2 * DOLLAR, 2 * DOLLAR));
	});
}

#[test]
fn what_an_exchange_mints_and_burns_is_counted() {
	ExtBuilder::execute(|| {
		let outcome = run(
			hub(),
			vec![
				ReserveAssetDeposited((usdc(), 100u128).into()),
				ExchangeAsset {
					give: Wild(All),
					want: (Location::here(), 100u128).into(),
					maximal: false,
				},
				deposit_to(ALICE),
			],
		);
		assert_ok!(outcome.ensure_complete());
		assert_eq!(wallet(&TREASURY, USDC), 100);
		assert_eq!((counted(), issued()), (100, 100));
	});
}

#[test]
fn while_more_is_issued_than_came_in_nothing_of_it_leaves() {
	ExtBuilder::execute(|| {
		deposited(ALICE, 100 * DOLLAR);
		assert_ok!(arrive(ALICE, DOLLAR).ensure_complete());
		forged(1);
		assert!(!Gateway::is_backed(USDC));
		assert!(Gateway::do_try_state().is_err());
		assert_noop!(send_usdc(ALICE, 10 * DOLLAR), Error::<Test>::IssuanceMismatch);
		let by_a_program = vec![
			WithdrawAsset((usdc(), DOLLAR).into()),
			InitiateReserveWithdraw {
				assets: Wild(All),
				reserve: hub(),
				xcm: Xcm(vec![]),
			},
		];
		assert!(run(on_chain(ALICE), by_a_program).ensure_complete().is_err());
		assert_eq!(sent(), vec![]);
		looked_into();
		assert_ok!(send_usdc(ALICE, 10 * DOLLAR));
	});
}

#[test]
fn other_tokens_leave_while_one_was_forged() {
	ExtBuilder::execute(|| {
		forged(1);
		Deposits::insert((ALICE, 0, NATIVE), MRG);
		assert_ok!(withdraw_to(ALICE, NATIVE, Some(MRG), sibling(), 1));
		looked_into();
	});
}

#[test]
fn what_somebody_burns_of_his_own_stops_nobody() {
	ExtBuilder::execute(|| {
		deposited(ALICE, 100 * DOLLAR);
		assert_ok!(arrive(BOB, DOLLAR).ensure_complete());
		burn(USDC, &BOB, DOLLAR);
		assert!(Gateway::is_backed(USDC));
		assert_ok!(send_usdc(ALICE, 100 * DOLLAR));
	});
}

#[test]
fn a_recount_is_roots_and_of_what_was_looked_at() {
	ExtBuilder::execute(|| {
		forged(7);
		assert_noop!(Gateway::recount(signed(ASSET_MANAGER), USDC, 7), BadOrigin);
		assert_noop!(
			Gateway::recount(RuntimeOrigin::root(), USDC, 6),
			Error::<Test>::IssuanceMismatch
		);
		assert_noop!(
			Gateway::recount(RuntimeOrigin::root(), OWN, 0),
			Error::<Test>::UnknownToken
		);
		events();
		assert_ok!(Gateway::recount(RuntimeOrigin::root(), USDC, 7));
		let told = Event::Recounted {
			asset: USDC,
			from: Amount(0),
			to: Amount(7),
		};
		assert_eq!(events(), vec![told]);
	});
}
