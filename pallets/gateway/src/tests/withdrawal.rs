//! From a margin account to another chain.

use crate::{mock::*, Aloft, Error, Event, Flight, Flights, InFlight, Status};
use frame_support::{assert_noop, assert_ok};
use margin_math::Amount;
use sp_runtime::DispatchError;
use xcm::latest::prelude::*;

fn deposit(who: AccountId, asset: u32) -> u128 {
	Deposits::get((who, 0, asset)).unwrap_or_default()
}

/// What the hub calls USDC.
fn usdc_there() -> Location {
	Location::new(0, [PalletInstance(50), GeneralIndex(1337)])
}

/// Alice's account here, as other parachains see it.
fn alice_there() -> Location {
	let id = ALICE.into();
	let network = Network::get();
	Location::new(1, [Parachain(2000), AccountId32 { network, id }])
}

fn pays_out(query_id: QueryId, max_weight: Weight) -> Vec<Instruction<()>> {
	let deposit = DepositAsset {
		assets: Wild(AllCounted(1)),
		beneficiary: on_chain(BOB),
	};
	let response_info = QueryResponseInfo {
		destination: Location::new(1, [Parachain(2000)]),
		query_id,
		max_weight,
	};
	let appendix = vec![
		ReportError(response_info),
		ExpectError(None),
		RefundSurplus,
		deposit.clone(),
	];
	vec![SetAppendix(Xcm(appendix)), deposit]
}

fn report_weight() -> Weight {
	<() as crate::WeightInfo>::report().saturating_mul(2)
}

/// The message without the topic that the executor puts at its end.
fn the_message() -> (Location, Vec<Instruction<()>>) {
	let (destination, mut message) = sent().pop().unwrap();
	assert!(matches!(message.pop(), Some(SetTopic(_))));
	(destination, message)
}

#[test]
fn tokens_leave_for_the_chain_that_keeps_them_in_the_owners_name() {
	ExtBuilder::execute(|| {
		deposited(ALICE, 100 * DOLLAR);
		assert_ok!(send_usdc(ALICE, 30 * DOLLAR));
		assert_eq!((deposit(ALICE, USDC), wallet(&ALICE, USDC)), (70 * DOLLAR, 0));

		let fee: Asset = (usdc_there(), DOLLAR).into();
		let mut expected = vec![
			WithdrawAsset(fee.clone().into()),
			PayFees { asset: fee },
			WithdrawAsset((usdc_there(), 29 * DOLLAR).into()),
			AliasOrigin(alice_there()),
		];
		expected.extend(pays_out(last_flight(), report_weight()));
		assert_eq!(the_message(), (hub(), expected));
	});
}

#[test]
fn our_own_tokens_leave_into_the_account_of_the_chain_that_gets_them() {
	ExtBuilder::execute(|| {
		Deposits::insert((ALICE, 0, NATIVE), 5 * MRG);
		let before = wallet(&ALICE, NATIVE);
		assert_ok!(withdraw_to(ALICE, NATIVE, None, sibling(), MRG));
		let sovereign = sibling_account();
		assert_eq!((wallet(&sovereign, NATIVE), deposit(ALICE, NATIVE)), (5 * MRG, 0));
		assert_eq!(wallet(&ALICE, NATIVE), before);

		let ours = Location::new(1, [Parachain(2000)]);
		let fee: Asset = (ours.clone(), MRG).into();
		let mut expected = vec![
			ReserveAssetDeposited(fee.clone().into()),
			PayFees { asset: fee },
			ReserveAssetDeposited((ours, 4 * MRG).into()),
			AliasOrigin(alice_there()),
		];
		expected.extend(pays_out(last_flight(), report_weight()));
		assert_eq!(the_message(), (sibling(), expected));
	});
}

#[test]
fn what_left_is_kept_in_the_ledger_and_told() {
	ExtBuilder::execute(|| {
		deposited(ALICE, 100 * DOLLAR);
		events();
		assert_ok!(send_usdc(ALICE, 30 * DOLLAR));
		let query_id = last_flight();
		let flight = Flight {
			owner: ALICE,
			sub: 0,
			asset: USDC,
			amount: Amount(30 * DOLLAR),
			destination: hub(),
			beneficiary: on_chain(BOB),
			at: Clock::get(),
			status: Status::Sent,
			held: false,
		};
		assert_eq!(Flights::<Test>::get(query_id), Some(flight));
		assert_eq!(
			(InFlight::<Test>::get(ALICE), Aloft::<Test>::get(USDC)),
			(1, Amount(30 * DOLLAR))
		);
		let told = Event::Departed {
			query_id,
			owner: ALICE,
			sub: 0,
			asset: USDC,
			amount: 30 * DOLLAR,
			destination: hub(),
			beneficiary: on_chain(BOB),
		};
		assert_eq!(events(), vec![told]);
	});
}

#[test]
fn all_of_it_leaves_where_no_amount_is_given() {
	ExtBuilder::execute(|| {
		deposited(ALICE, 100 * DOLLAR);
		assert_ok!(withdraw_to(ALICE, USDC, None, hub(), DOLLAR));
		assert_eq!(deposit(ALICE, USDC), 0);
		assert_eq!(Gateway::aloft(USDC), Amount(100 * DOLLAR));
	});
}

#[test]
fn the_margin_system_has_its_say_first() {
	ExtBuilder::execute(|| {
		deposited(ALICE, 10 * DOLLAR);
		assert_noop!(
			send_usdc(ALICE, 11 * DOLLAR),
			DispatchError::Other("below initial margin")
		);
		assert_noop!(send_usdc(BOB, 2 * DOLLAR), DispatchError::Other("below initial margin"));
	});
}

#[test]
fn a_token_is_not_sent_past_the_chain_that_keeps_it() {
	ExtBuilder::execute(|| {
		deposited(ALICE, 10 * DOLLAR);
		for elsewhere in [sibling(), relay()] {
			assert_noop!(
				withdraw_to(ALICE, USDC, None, elsewhere, DOLLAR),
				Error::<Test>::NotTheReserve
			);
		}
		assert_noop!(
			withdraw_to(ALICE, OWN, None, hub(), DOLLAR),
			Error::<Test>::UnknownToken
		);
	});
}

#[test]
fn the_fee_over_there_is_a_part_of_the_amount() {
	ExtBuilder::execute(|| {
		deposited(ALICE, 10 * DOLLAR);
		for fee in [0, 10 * DOLLAR, 11 * DOLLAR] {
			assert_noop!(withdraw_to(ALICE, USDC, None, hub(), fee), Error::<Test>::FeeOutOfRange);
		}
		assert_ok!(withdraw_to(ALICE, USDC, None, hub(), 10 * DOLLAR - 1));
	});
}

#[test]
fn an_owner_has_so_many_flights_and_another_owner_his_own() {
	ExtBuilder::execute(|| {
		deposited(ALICE, 10 * DOLLAR);
		deposited(BOB, 10 * DOLLAR);
		for _ in 0..3 {
			assert_ok!(send_usdc(ALICE, 2 * DOLLAR));
		}
		assert_noop!(send_usdc(ALICE, 2 * DOLLAR), Error::<Test>::TooManyInFlight);
		assert_ok!(send_usdc(BOB, 2 * DOLLAR));
		assert_ok!(answer(hub(), 0, None).ensure_complete());
		assert_ok!(send_usdc(ALICE, 2 * DOLLAR));
	});
}

#[test]
fn the_wallet_pays_for_delivery() {
	ExtBuilder::execute(|| {
		deposited(ALICE, 10 * DOLLAR);
		DeliveryPrice::set((Location::here(), MRG).into());
		let before = wallet(&ALICE, NATIVE);
		assert_ok!(send_usdc(ALICE, 10 * DOLLAR));
		assert_eq!(wallet(&ALICE, NATIVE), before - MRG);
	});
}

#[test]
fn who_cannot_pay_for_delivery_keeps_everything() {
	ExtBuilder::execute(|| {
		deposited(ALICE, 10 * DOLLAR);
		DeliveryPrice::set((Location::here(), 1_001 * MRG).into());
		assert_noop!(send_usdc(ALICE, 10 * DOLLAR), Error::<Test>::DeliveryNotPaid);
	});
}

#[test]
fn what_cannot_be_sent_stays_in_the_margin_account() {
	ExtBuilder::execute(|| {
		deposited(ALICE, 10 * DOLLAR);
		ChannelOpen::set(false);
		assert_noop!(send_usdc(ALICE, 10 * DOLLAR), Error::<Test>::Unreachable);
		ChannelOpen::set(true);
		assert_eq!((deposit(ALICE, USDC), sent()), (10 * DOLLAR, vec![]));
	});
}

#[test]
fn a_fee_below_what_the_route_asks_for_is_refused_on_the_way_out_and_on_a_claim() {
	ExtBuilder::execute(|| {
		let set = |who, cents: u128| Gateway::set_least_fee(signed(who), versioned(hub()), cents * 10u128.pow(16));
		assert_noop!(set(RISK_MANAGER, 1), DispatchError::BadOrigin);
		deposited(ALICE, 100 * DOLLAR);
		assert_ok!(set(OUTFLOW_MANAGER, 101));
		assert_noop!(send_usdc(ALICE, 10 * DOLLAR), Error::<Test>::FeeTooSmall);
		assert_ok!(set(OUTFLOW_MANAGER, 100));
		assert_ok!(send_usdc(ALICE, 10 * DOLLAR));

		let flight = last_flight();
		answer(hub(), flight, Some((0, XcmError::AssetNotFound)));
		let claim = |fee| Gateway::claim_abroad(signed(ALICE), flight, 9 * DOLLAR, fee, None);
		assert_noop!(claim(DOLLAR - 1), Error::<Test>::FeeTooSmall);
		// What cannot be valued is not judged: it is not here any more.
		Prices::remove(USDC);
		assert_ok!(claim(DOLLAR - 1));
	});
}
