//! Withdrawals to other chains that fail on their way: nothing is lost, nothing is credited twice, and the ledger settles.

use margin_xcm_tests::{
	margin::{self, units::*, RuntimeEvent},
	messages::*,
	network::*,
	sibling::{self, ASSET_HUB, INTEGRATOR},
	stage::*,
};
use pallet_gateway::{Call as GatewayCall, Event as GatewayEvent, Outcome, Status};
use xcm::latest::prelude::*;
use xcm_emulator::TestExt;

type GatewayError = pallet_gateway::Error<margin::Runtime>;

const HALF: u128 = BTC_UNIT / 2;

fn half_home() -> GatewayCall<margin::Runtime> {
	withdraw_to(BTC, Some(HALF), INTEGRATOR, &USER)
}

fn the_flight() -> (u64, Status) {
	let flights = flights();
	assert_eq!(flights.len(), 1, "{flights:?}");
	flights[0]
}

#[test]
fn without_a_channel_nothing_should_leave_the_account() {
	stage(|| {
		with_collateral();
		let left = on_margin(|| {
			close_channel(INTEGRATOR);
			margin::signed(trader(), half_home())
		});
		assert_eq!(left, Err(GatewayError::Unreachable.into()));
		// The same by a message of his chain, which still comes in.
		send(follow_up((Location::here(), 20 * MRG_UNIT), half_home()));
		assert_eq!(last_message(), Err(XcmError::ExpectationFalse));
		assert_eq!(held(BTC), BTC_UNIT as i128);
		assert_eq!(flights(), vec![]);
		// When there is one again, it leaves.
		assert_eq!(as_trader(half_home()), Ok(()));
		settle();
		assert_eq!(flights(), vec![]);
	});
}

#[test]
fn in_a_full_channel_a_withdrawal_should_wait_and_arrive() {
	stage(|| {
		with_collateral();
		let before = at_home();
		let left = on_margin(|| {
			fill_channel(INTEGRATOR);
			margin::signed(trader(), half_home())
		});
		assert_eq!(left, Ok(()));
		assert_eq!(the_flight().1, Status::Sent);
		assert_eq!(at_home(), before);
		assert_eq!(held(BTC), (BTC_UNIT - HALF) as i128);
		settle();
		assert_eq!(flights(), vec![]);
		assert!(at_home() > before);
	});
}

#[test]
fn what_a_chain_turned_away_should_be_paid_back_once_and_by_governance_alone() {
	stage(|| {
		with_collateral();
		let before = at_home();
		shut(true);
		assert_eq!(as_trader(half_home()), Ok(()));
		settle();
		let (flight, status) = the_flight();
		assert_eq!(status, Status::Sent, "a chain that turns a message away says nothing");
		assert_eq!((at_home(), wallet(BTC)), (before, 0));

		// Time alone credits nothing.
		let resolve = |outcome| GatewayCall::resolve {
			query_id: flight,
			outcome,
		};
		let by_root = |outcome| on_margin(|| margin::by_root(resolve(outcome)));
		assert_eq!(by_root(Outcome::Returned), Err(GatewayError::TooEarly.into()));
		margin::wait(7 * DAY);
		on_margin(|| ());
		assert_eq!(the_flight(), (flight, Status::Sent));
		assert_eq!(wallet(BTC), 0);
		assert!(
			as_trader(resolve(Outcome::Returned)).is_err(),
			"not by the owner himself"
		);

		assert_eq!(by_root(Outcome::Returned), Ok(()));
		assert_eq!(wallet(BTC), HALF);
		assert_eq!(by_root(Outcome::Returned), Err(GatewayError::UnknownFlight.into()));
		assert_eq!(wallet(BTC), HALF);
		assert_eq!(flights(), vec![]);
		shut(false);
	});
}

#[test]
fn a_late_report_should_credit_nothing_after_governance_has_paid_back() {
	stage(|| {
		with_collateral();
		// The message waits in the channel while governance believes that it is lost.
		let left = on_margin(|| {
			fill_channel(INTEGRATOR);
			margin::signed(trader(), half_home())
		});
		assert_eq!(left, Ok(()));
		let (flight, _) = the_flight();
		settle();
		assert_eq!(flights(), vec![], "it has arrived");
		let resolve = GatewayCall::resolve {
			query_id: flight,
			outcome: Outcome::Returned,
		};
		margin::wait(7 * DAY);
		assert_eq!(
			on_margin(|| margin::by_root(resolve)),
			Err(GatewayError::UnknownFlight.into())
		);
		assert_eq!(wallet(BTC), 0);
	});
}

pub(crate) fn block_on_hub(blocked: bool) {
	AssetHubPara::execute_with(|| {
		let usdc = Location::new(0, sibling::usdc_junctions());
		let owner = sibling::RuntimeOrigin::signed(sibling::OWNER);
		let done = if blocked {
			sibling::Assets::block(owner, usdc, USER)
		} else {
			sibling::Assets::thaw(owner, usdc, USER)
		};
		assert_eq!(done, Ok(()));
	});
}

#[test]
fn what_could_not_be_paid_out_should_be_claimed_once() {
	stage(|| {
		with_usdc(10_000 * USDC_UNIT);
		block_on_hub(true);
		let before = usdc_on_hub(&USER);
		let amount = 5_000 * USDC_UNIT;
		assert_eq!(as_trader(withdraw_to(USDC, Some(amount), ASSET_HUB, &USER)), Ok(()));
		let trap = trapped_on_hub();
		assert!(units(&trap) <= amount);
		settle();
		let (flight, status) = the_flight();
		assert_eq!(status, Status::Failed);
		assert_told!(RuntimeEvent::Gateway(GatewayEvent::PayoutFailed { query_id, owner, .. })
			if *query_id == flight && *owner == trader());
		assert_eq!(wallet(USDC), 0);

		let claim = |query_id, trapped| GatewayCall::claim_abroad {
			query_id,
			trapped,
			remote_fee: USDC_UNIT,
			beneficiary: None,
		};
		let alice = margin::genesis_presets::account("//Alice");
		assert_eq!(
			on_margin(|| margin::signed(alice, claim(flight, units(&trap)))),
			Err(GatewayError::NotTheOwner.into())
		);

		// While he cannot be paid, a claim fails like the payout.
		assert_eq!(as_trader(claim(flight, units(&trap))), Ok(()));
		let trap = trapped_on_hub();
		settle();
		let (flight, status) = the_flight();
		assert_eq!(status, Status::Failed);

		block_on_hub(false);
		send(follow_up(
			(Location::here(), 20 * MRG_UNIT),
			claim(flight, units(&trap)),
		));
		assert_eq!(last_message(), Ok(()));
		settle();
		assert_eq!(flights(), vec![]);
		let home = usdc_on_hub(&USER) - before;
		assert!(home > amount - 4 * USDC_UNIT && home <= amount, "{home}");
		assert_eq!(
			as_trader(claim(flight, units(&trap))),
			Err(GatewayError::UnknownFlight.into())
		);
	});
}

#[test]
fn an_answer_of_another_chain_should_settle_nothing() {
	stage(|| {
		with_collateral();
		shut(true);
		assert_eq!(as_trader(half_home()), Ok(()));
		settle();
		let (flight, _) = the_flight();
		let querier = Location::new(0, [account(&trader())]);
		for response in [
			Response::ExecutionResult(None),
			Response::ExecutionResult(Some((0, XcmError::Unimplemented))),
		] {
			let answer = Xcm(vec![QueryResponse {
				query_id: flight,
				response,
				max_weight: frame_support::weights::Weight::from_parts(1_000_000_000, 1_000_000),
				querier: Some(querier.clone()),
			}]);
			send_as_stranger(answer.clone());
			assert_eq!(last_message(), Err(XcmError::Barrier));
			// Nor one that a user of the right chain makes up.
			send(answer);
			assert_eq!(last_message(), Err(XcmError::Barrier));
		}
		assert_eq!(the_flight(), (flight, Status::Sent));
		shut(false);
		margin::wait(7 * DAY);
		let resolve = GatewayCall::resolve {
			query_id: flight,
			outcome: Outcome::Returned,
		};
		assert_eq!(on_margin(|| margin::by_root(resolve)), Ok(()));
		assert_eq!(wallet(BTC), HALF);
	});
}

#[test]
fn what_the_other_chain_has_not_should_not_arrive_nor_be_lost() {
	stage(|| {
		with_collateral();
		// The integrator's chain has lost what it kept.
		IntegratorPara::execute_with(|| {
			let taken = sibling::Balances::force_set_balance(sibling::RuntimeOrigin::root(), margins_own(), 0);
			assert_eq!(taken, Ok(()));
		});
		assert_eq!(as_trader(half_home()), Ok(()));
		settle();
		assert_eq!(the_flight().1, Status::Sent);
		let (flight, _) = the_flight();
		margin::wait(7 * DAY);
		let resolve = GatewayCall::resolve {
			query_id: flight,
			outcome: Outcome::Returned,
		};
		assert_eq!(on_margin(|| margin::by_root(resolve)), Ok(()));
		assert_eq!(wallet(BTC), HALF);
		// It makes good.
		IntegratorPara::execute_with(|| {
			let given = sibling::Balances::force_set_balance(sibling::RuntimeOrigin::root(), margins_own(), BTC_UNIT);
			assert_eq!(given, Ok(()));
		});
	});
}
