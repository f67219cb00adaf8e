//! What becomes of what is on its way.

use crate::{mock::*, Error, Event, FlightId, Flights, Outcome, Status, Tokens};
use frame_support::{assert_noop, assert_ok, traits::fungibles::Inspect};
use sp_runtime::{DispatchError::BadOrigin, DispatchResult};
use xcm::latest::prelude::*;

const FAILED: Option<(u32, XcmError)> = Some((1, XcmError::FailedToTransactAsset("no such account")));

fn status(query_id: FlightId) -> Option<Status> {
	Flights::<Test>::get(query_id).map(|flight| flight.status)
}

/// Ten dollars of Alice's, which the hub could not pay out.
fn failed() -> FlightId {
	let query_id = flown(10 * DOLLAR);
	assert_ok!(answer(hub(), query_id, FAILED).ensure_complete());
	sent();
	events();
	query_id
}

fn claim(who: AccountId, query_id: FlightId, trapped: u128, fee: u128) -> DispatchResult {
	claim_to(who, query_id, trapped, fee, None)
}

fn claim_to(who: AccountId, query_id: FlightId, trapped: u128, fee: u128, to: Option<Location>) -> DispatchResult {
	let to = to.map(versioned);
	frame_support::storage::with_storage_layer(|| Gateway::claim_abroad(signed(who), query_id, trapped, fee, to))
}

/// A failed flight, claimed, with the number it then has.
fn claiming() -> FlightId {
	assert_ok!(claim(ALICE, failed(), 9 * DOLLAR, DOLLAR));
	last_flight()
}

fn resolve(query_id: FlightId, outcome: Outcome) -> DispatchResult {
	frame_support::storage::with_storage_layer(|| Gateway::resolve(RuntimeOrigin::root(), query_id, outcome))
}

#[test]
fn a_reported_success_ends_a_flight() {
	ExtBuilder::execute(|| {
		let query_id = flown(10 * DOLLAR);
		events();
		assert_ok!(answer(hub(), query_id, None).ensure_complete());
		assert_eq!(status(query_id), None);
		let told = Event::Arrived {
			query_id,
			owner: ALICE,
			asset: USDC,
		};
		assert_eq!(events(), vec![told]);
		assert_eq!(wallet(&ALICE, USDC), 0);
	});
}

#[test]
fn a_reported_failure_leaves_it_to_be_claimed() {
	ExtBuilder::execute(|| {
		let query_id = flown(10 * DOLLAR);
		events();
		assert_ok!(answer(hub(), query_id, FAILED).ensure_complete());
		assert_eq!(status(query_id), Some(Status::Failed));
		assert!(matches!(
			events()[..],
			[Event::PayoutFailed {
				owner: ALICE,
				asset: USDC,
				..
			}]
		));
		assert_eq!(wallet(&ALICE, USDC), 0);
	});
}

#[test]
fn a_flight_settles_once() {
	ExtBuilder::execute(|| {
		let query_id = flown(10 * DOLLAR);
		assert_ok!(answer(hub(), query_id, None).ensure_complete());
		events();
		for result in [None, FAILED] {
			assert!(answer(hub(), query_id, result).ensure_complete().is_err());
		}
		let failed = failed();
		assert!(answer(hub(), failed, None).ensure_complete().is_err());
		assert_eq!((status(failed), events()), (Some(Status::Failed), vec![]));
	});
}

#[test]
fn the_word_of_another_chain_changes_nothing() {
	ExtBuilder::execute(|| {
		let query_id = flown(10 * DOLLAR);
		let a_user_there = Location::new(1, [Parachain(1000), GeneralIndex(1)]);
		for from in [sibling(), relay(), a_user_there, on_chain(ALICE)] {
			assert!(answer(from, query_id, None).ensure_complete().is_err());
		}
		let about_bob = answer_about(hub(), query_id, on_chain(BOB), Response::ExecutionResult(None));
		assert!(about_bob.ensure_complete().is_err());
		assert_eq!(status(query_id), Some(Status::Sent));
	});
}

#[test]
fn a_report_comes_from_the_flights_own_destination() {
	ExtBuilder::execute(|| {
		let query_id = flown(10 * DOLLAR);
		let response = || Response::ExecutionResult(None);
		let from = |chain: Location| pallet_xcm::Origin::Response(chain).into();
		assert_noop!(
			Gateway::report(from(sibling()), query_id, response()),
			Error::<Test>::NotItsDestination
		);
		assert_noop!(
			Gateway::report(from(hub()), 99, response()),
			Error::<Test>::UnknownFlight
		);
		assert_ok!(Gateway::report(from(hub()), query_id, response()));
	});
}

#[test]
fn nobody_else_reports() {
	ExtBuilder::execute(|| {
		let query_id = flown(10 * DOLLAR);
		let as_the_chain = pallet_xcm::Origin::Xcm(hub()).into();
		for origin in [
			signed(ALICE),
			RuntimeOrigin::root(),
			RuntimeOrigin::none(),
			as_the_chain,
		] {
			let response = Response::ExecutionResult(None);
			assert_noop!(Gateway::report(origin, query_id, response), BadOrigin);
		}
	});
}

#[test]
fn an_answer_to_another_question_settles_nothing() {
	ExtBuilder::execute(|| {
		let query_id = flown(10 * DOLLAR);
		let version = answer_about(hub(), query_id, on_chain(ALICE), Response::Version(5));
		assert_ok!(version.ensure_complete());
		assert!(
			answer(hub(), query_id, None).ensure_complete().is_err(),
			"one answer is handed on"
		);
		assert_eq!(status(query_id), Some(Status::Sent));
		wait(DAY);
		assert_ok!(resolve(query_id, Outcome::Delivered));
	});
}

#[test]
fn time_credits_nothing() {
	ExtBuilder::execute(|| {
		let query_id = flown(10 * DOLLAR);
		wait(10_000 * DAY);
		System::set_block_number(u64::MAX - 1);
		assert_eq!((status(query_id), wallet(&ALICE, USDC)), (Some(Status::Sent), 0));
		assert_ok!(answer(hub(), query_id, None).ensure_complete());
	});
}

#[test]
fn a_failed_flight_is_claimed_in_the_owners_name() {
	ExtBuilder::execute(|| {
		let query_id = failed();
		assert_ok!(claim(ALICE, query_id, 9 * DOLLAR, DOLLAR));
		let claim = last_flight();
		assert_eq!((status(query_id), status(claim)), (None, Some(Status::Claiming)));
		let told = Event::ClaimSent {
			query_id,
			claim,
			owner: ALICE,
			amount: 9 * DOLLAR,
		};
		assert_eq!(events(), vec![told]);

		let (destination, message) = sent().pop().unwrap();
		let there = Location::new(0, [PalletInstance(50), GeneralIndex(1337)]);
		let expected = [
			DescendOrigin(on_chain(ALICE).interior().clone()),
			ClaimAsset {
				assets: (there.clone(), 9 * DOLLAR).into(),
				ticket: Location::here(),
			},
			PayFees {
				asset: (there, DOLLAR).into(),
			},
		];
		assert_eq!((destination, &message[..3]), (hub(), &expected[..]));
		assert!(matches!(message[3..], [SetAppendix(_), DepositAsset { .. }]));

		assert_ok!(answer(hub(), claim, None).ensure_complete());
		assert_eq!(status(claim), None);
	});
}

#[test]
fn a_claim_goes_to_another_beneficiary_where_the_first_cannot_be_paid() {
	ExtBuilder::execute(|| {
		let query_id = failed();
		let to = || Some(on_chain(TREASURY));
		assert_noop!(
			claim_to(BOB, query_id, 9 * DOLLAR, DOLLAR, to()),
			Error::<Test>::NotTheOwner
		);
		assert_ok!(claim_to(ALICE, query_id, 9 * DOLLAR, DOLLAR, to()));
		let paid_to = |message: &[Instruction<()>]| match message.last() {
			Some(DepositAsset { beneficiary, .. }) => beneficiary.clone(),
			other => panic!("{other:?}"),
		};
		assert_eq!(paid_to(&sent()[0].1), on_chain(TREASURY));

		let again = last_flight();
		assert_eq!(Flights::<Test>::get(again).unwrap().beneficiary, on_chain(TREASURY));
		assert_ok!(answer(hub(), again, FAILED).ensure_complete());
		assert_ok!(claim(ALICE, again, 9 * DOLLAR, DOLLAR));
		assert_eq!(paid_to(&sent()[0].1), on_chain(TREASURY));
	});
}

#[test]
fn what_was_trapped_unheard_is_claimed_by_its_owner_when_it_is_old() {
	ExtBuilder::execute(|| {
		let begun: [fn() -> FlightId; 2] = [|| flown(10 * DOLLAR), claiming];
		for begin in begun {
			let query_id = begin();
			wait(DAY - 1);
			assert_noop!(
				claim(ALICE, query_id, 9 * DOLLAR, DOLLAR),
				Error::<Test>::NothingToClaim
			);
			wait(1);
			assert_noop!(claim(BOB, query_id, 9 * DOLLAR, DOLLAR), Error::<Test>::NotTheOwner);
			let before = wallet(&ALICE, USDC);
			assert_ok!(claim(ALICE, query_id, 9 * DOLLAR, DOLLAR));
			let again = last_flight();
			assert_eq!((status(query_id), status(again)), (None, Some(Status::Claiming)));
			assert_eq!(wallet(&ALICE, USDC), before);
			assert_noop!(claim(ALICE, again, 9 * DOLLAR, DOLLAR), Error::<Test>::NothingToClaim);
			assert_ok!(answer(hub(), again, None).ensure_complete());
			assert_eq!(status(again), None);
		}
	});
}

#[test]
fn a_claim_of_nothing_leaves_what_was_refused_to_be_paid_back() {
	ExtBuilder::execute(|| {
		let query_id = flown(10 * DOLLAR);
		wait(DAY);
		assert_ok!(claim(ALICE, query_id, 9 * DOLLAR, DOLLAR));
		assert_ok!(answer(hub(), last_flight(), FAILED).ensure_complete());
		assert_noop!(resolve(last_flight(), Outcome::Returned), Error::<Test>::TooEarly);
		wait(DAY);
		assert_ok!(resolve(last_flight(), Outcome::Returned));
		assert_eq!(
			(wallet(&ALICE, USDC), Flights::<Test>::iter().count()),
			(10 * DOLLAR, 0)
		);
	});
}

#[test]
fn a_claim_uses_up_no_limit() {
	ExtBuilder::execute(|| {
		let query_id = failed();
		assert_ok!(Gateway::pause_route(signed(RISK_MANAGER), versioned(hub())));
		assert_ok!(claim(ALICE, query_id, 9 * DOLLAR, DOLLAR));
	});
}

#[test]
fn a_failed_flight_is_claimed_once_at_a_time() {
	ExtBuilder::execute(|| {
		let query_id = failed();
		assert_ok!(claim(ALICE, query_id, 9 * DOLLAR, DOLLAR));
		let sent_claim = last_flight();
		assert_noop!(claim(ALICE, query_id, 9 * DOLLAR, DOLLAR), Error::<Test>::UnknownFlight);
		assert_noop!(
			claim(ALICE, sent_claim, 9 * DOLLAR, DOLLAR),
			Error::<Test>::NothingToClaim
		);
	});
}

#[test]
fn a_claim_that_fails_can_be_tried_again() {
	ExtBuilder::execute(|| {
		let first = claiming();
		assert_ok!(answer(hub(), first, FAILED).ensure_complete());
		assert_eq!(status(first), Some(Status::Failed));
		assert_ok!(claim(ALICE, first, 8 * DOLLAR, DOLLAR));
		assert_ok!(answer(hub(), last_flight(), None).ensure_complete());
		assert_eq!(Flights::<Test>::iter().count(), 0);
	});
}

#[test]
fn only_the_owner_claims_and_no_more_than_was_sent() {
	ExtBuilder::execute(|| {
		let query_id = failed();
		assert_noop!(claim(BOB, query_id, 9 * DOLLAR, DOLLAR), Error::<Test>::NotTheOwner);
		assert_noop!(
			claim(ALICE, query_id, 10 * DOLLAR + 1, DOLLAR),
			Error::<Test>::MoreThanSent
		);
		for fee in [0, 9 * DOLLAR] {
			assert_noop!(claim(ALICE, query_id, 9 * DOLLAR, fee), Error::<Test>::FeeOutOfRange);
		}
		assert_noop!(claim(ALICE, 99, 9 * DOLLAR, DOLLAR), Error::<Test>::UnknownFlight);
	});
}

#[test]
fn a_claim_is_delivered_at_the_owners_cost_or_not_at_all() {
	ExtBuilder::execute(|| {
		let query_id = failed();
		ChannelOpen::set(false);
		assert_noop!(claim(ALICE, query_id, 9 * DOLLAR, DOLLAR), Error::<Test>::Unreachable);
		ChannelOpen::set(true);
		DeliveryPrice::set((Location::here(), 1_001 * MRG).into());
		assert_noop!(
			claim(ALICE, query_id, 9 * DOLLAR, DOLLAR),
			Error::<Test>::DeliveryNotPaid
		);
		DeliveryPrice::set((Location::here(), MRG).into());
		let before = wallet(&ALICE, NATIVE);
		assert_ok!(claim(ALICE, query_id, 9 * DOLLAR, DOLLAR));
		assert_eq!(wallet(&ALICE, NATIVE), before - MRG);
	});
}

#[test]
fn root_alone_resolves_and_not_too_early() {
	ExtBuilder::execute(|| {
		let query_id = flown(10 * DOLLAR);
		wait(DAY - 1);
		assert_noop!(resolve(query_id, Outcome::Returned), Error::<Test>::TooEarly);
		wait(1);
		for who in [ALICE, ASSET_MANAGER, RISK_MANAGER, OUTFLOW_MANAGER] {
			assert_noop!(Gateway::resolve(signed(who), query_id, Outcome::Returned), BadOrigin);
		}
		assert_ok!(resolve(query_id, Outcome::Returned));
	});
}

#[test]
fn what_was_refused_over_there_is_paid_back_once() {
	ExtBuilder::execute(|| {
		let query_id = flown(10 * DOLLAR);
		wait(DAY);
		events();
		assert_ok!(resolve(query_id, Outcome::Returned));
		assert_eq!(wallet(&ALICE, USDC), 10 * DOLLAR);
		assert_eq!(Tokens::<Test>::get(USDC).unwrap().counted.0, 10 * DOLLAR);
		let told = Event::Resolved {
			query_id,
			owner: ALICE,
			asset: USDC,
			amount: 10 * DOLLAR,
			outcome: Outcome::Returned,
		};
		assert_eq!(events(), vec![told]);
		assert_noop!(resolve(query_id, Outcome::Returned), Error::<Test>::UnknownFlight);
		assert_ok!(answer(hub(), query_id, FAILED).ensure_complete());
		assert_eq!((wallet(&ALICE, USDC), status(query_id)), (10 * DOLLAR, None));
	});
}

#[test]
fn our_own_tokens_are_paid_back_out_of_the_other_chains_account() {
	ExtBuilder::execute(|| {
		Deposits::insert((ALICE, 0, NATIVE), 5 * MRG);
		assert_ok!(withdraw_to(ALICE, NATIVE, None, sibling(), MRG));
		let (before, issued) = (wallet(&ALICE, NATIVE), NativeAndAssets::total_issuance(NATIVE));
		wait(DAY);
		assert_ok!(resolve(last_flight(), Outcome::Returned));
		assert_eq!(wallet(&ALICE, NATIVE), before + 5 * MRG);
		assert_eq!(wallet(&sibling_account(), NATIVE), 0);
		assert_eq!(NativeAndAssets::total_issuance(NATIVE), issued);
	});
}

#[test]
fn nothing_is_paid_back_that_the_cap_has_no_room_for() {
	ExtBuilder::execute(|| {
		let query_id = flown(10 * DOLLAR);
		wait(DAY);
		assert_ok!(Gateway::set_cap(signed(RISK_MANAGER), USDC, 10 * DOLLAR - 1));
		assert_noop!(resolve(query_id, Outcome::Returned), Error::<Test>::CannotPayBack);
		assert_ok!(Gateway::set_cap(signed(ASSET_MANAGER), USDC, 10 * DOLLAR));
		assert_ok!(resolve(query_id, Outcome::Returned));
	});
}

#[test]
fn what_the_other_chain_holds_is_never_paid_back_here() {
	ExtBuilder::execute(|| {
		for query_id in [failed(), claiming()] {
			wait(DAY);
			assert_noop!(resolve(query_id, Outcome::Returned), Error::<Test>::NotSuchAnOutcome);
		}
		assert_eq!(wallet(&ALICE, USDC), 0);
	});
}

#[test]
fn what_the_owner_has_already_ends_without_a_payment() {
	ExtBuilder::execute(|| {
		for query_id in [flown(10 * DOLLAR), failed(), claiming()] {
			wait(DAY);
			assert_ok!(resolve(query_id, Outcome::Delivered));
			assert_eq!((status(query_id), wallet(&ALICE, USDC)), (None, 0));
		}
	});
}

#[test]
fn what_was_trapped_without_a_report_can_be_claimed_once_root_says_so() {
	ExtBuilder::execute(|| {
		for query_id in [flown(10 * DOLLAR), claiming()] {
			wait(DAY);
			assert_ok!(resolve(query_id, Outcome::Trapped));
			assert_noop!(resolve(query_id, Outcome::Trapped), Error::<Test>::NotSuchAnOutcome);
			assert_ok!(claim(ALICE, query_id, 9 * DOLLAR, DOLLAR));
		}
	});
}

#[test]
fn a_flight_settles_after_its_route_was_closed() {
	ExtBuilder::execute(|| {
		let query_id = flown(10 * DOLLAR);
		assert_ok!(Gateway::close_route(signed(OUTFLOW_MANAGER), versioned(hub())));
		assert_ok!(answer(hub(), query_id, None).ensure_complete());
		assert_eq!(status(query_id), None);
	});
}
