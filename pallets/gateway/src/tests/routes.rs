//! Routes, and how much leaves over them.

use crate::{mock::*, Error, Event, Routes};
use frame_support::{assert_noop, assert_ok};
use margin_math::{Amount, Value};
use margin_risk::FlowLimit;
use proptest::prelude::*;
use sp_runtime::DispatchError::BadOrigin;
use xcm::latest::prelude::*;

fn level() -> u128 {
	let route = Routes::<Test>::get(hub()).unwrap();
	route.flow.level(&route.limit, Clock::get()).0 / Value::from_dollars(1).raw() as u128
}

/// A thousand dollars a day to the hub, and Alice has more than enough.
fn thousand_a_day() {
	deposited(ALICE, 1_000_000 * DOLLAR);
	MaxFlights::set(100);
	let hub = versioned(hub());
	assert_ok!(Gateway::set_route_limit(signed(OUTFLOW_MANAGER), hub, dollars(1_000)));
}

#[test]
fn only_the_outflow_manager_opens_limits_closes_and_resumes() {
	ExtBuilder::execute(|| {
		let chain = || versioned(Location::new(1, [Parachain(3000)]));
		for who in [ALICE, ASSET_MANAGER, RISK_MANAGER] {
			let who = || signed(who.clone());
			assert_noop!(Gateway::open_route(who(), chain(), dollars(1)), BadOrigin);
			assert_noop!(Gateway::set_route_limit(who(), versioned(hub()), dollars(1)), BadOrigin);
			assert_noop!(Gateway::close_route(who(), versioned(hub())), BadOrigin);
			assert_noop!(Gateway::resume_route(who(), versioned(hub())), BadOrigin);
		}
		let manager = || signed(OUTFLOW_MANAGER);
		assert_ok!(Gateway::open_route(manager(), chain(), dollars(1)));
		assert_noop!(
			Gateway::open_route(manager(), chain(), dollars(1)),
			Error::<Test>::RouteExists
		);
		assert_ok!(Gateway::close_route(manager(), chain()));
		assert_noop!(Gateway::close_route(manager(), chain()), Error::<Test>::NoRoute);
	});
}

#[test]
fn the_managers_of_risk_and_outflow_pause() {
	ExtBuilder::execute(|| {
		assert_noop!(Gateway::pause_route(signed(ALICE), versioned(hub())), BadOrigin);
		for who in [RISK_MANAGER, OUTFLOW_MANAGER] {
			assert_ok!(Gateway::pause_route(signed(who), versioned(hub())));
			assert!(Routes::<Test>::get(hub()).unwrap().paused);
			assert_ok!(Gateway::resume_route(signed(OUTFLOW_MANAGER), versioned(hub())));
			assert!(!Routes::<Test>::get(hub()).unwrap().paused);
		}
		let (paused, resumed) = (
			Event::RoutePaused { destination: hub() },
			Event::RouteResumed { destination: hub() },
		);
		assert_eq!(events(), vec![paused.clone(), resumed.clone(), paused, resumed]);
	});
}

#[test]
fn a_route_leads_to_another_chain_and_has_a_limit_over_time() {
	ExtBuilder::execute(|| {
		let open = |destination, limit| Gateway::open_route(signed(OUTFLOW_MANAGER), versioned(destination), limit);
		let ourselves = Location::new(1, [Parachain(2000)]);
		for destination in [Location::here(), ourselves, usdc(), on_chain(ALICE)] {
			assert_noop!(open(destination, dollars(1)), Error::<Test>::NotAChain);
		}
		let timeless = FlowLimit {
			most: Amount(1),
			period: 0,
		};
		let chain = || Location::new(1, [Parachain(3000)]);
		assert_noop!(open(chain(), timeless), Error::<Test>::LimitOutOfRange);
		assert_noop!(
			Gateway::set_route_limit(signed(OUTFLOW_MANAGER), versioned(hub()), timeless),
			Error::<Test>::LimitOutOfRange
		);
		MaxRoutes::set(3);
		assert_noop!(open(chain(), dollars(1)), Error::<Test>::TooManyRoutes);
	});
}

#[test]
fn nothing_leaves_without_a_route() {
	ExtBuilder::execute(|| {
		deposited(ALICE, 10 * DOLLAR);
		assert_ok!(Gateway::close_route(signed(OUTFLOW_MANAGER), versioned(hub())));
		assert_noop!(send_usdc(ALICE, 10 * DOLLAR), Error::<Test>::NoRoute);
	});
}

#[test]
fn nothing_leaves_over_a_paused_route() {
	ExtBuilder::execute(|| {
		deposited(ALICE, 10 * DOLLAR);
		assert_ok!(Gateway::pause_route(signed(RISK_MANAGER), versioned(hub())));
		assert_noop!(send_usdc(ALICE, 10 * DOLLAR), Error::<Test>::RoutePaused);
		assert_ok!(Gateway::resume_route(signed(OUTFLOW_MANAGER), versioned(hub())));
		assert_ok!(send_usdc(ALICE, 10 * DOLLAR));
	});
}

#[test]
fn nothing_leaves_that_has_no_price() {
	ExtBuilder::execute(|| {
		deposited(ALICE, 10 * DOLLAR);
		Prices::remove(USDC);
		assert_noop!(send_usdc(ALICE, 10 * DOLLAR), Error::<Test>::NoUsablePrice);
	});
}

#[test]
fn the_limit_holds_however_a_sum_is_split() {
	ExtBuilder::execute(|| {
		thousand_a_day();
		for _ in 0..9 {
			assert_ok!(send_usdc(ALICE, 100 * DOLLAR));
		}
		assert_noop!(send_usdc(ALICE, 100 * DOLLAR + 1), Error::<Test>::RouteLimitReached);
		assert_ok!(send_usdc(ALICE, 100 * DOLLAR));
		assert_noop!(send_usdc(ALICE, 2 * DOLLAR), Error::<Test>::RouteLimitReached);
		assert_eq!(level(), 1_000);
	});
}

#[test]
fn the_limit_is_that_of_all_senders_and_all_ways_of_sending() {
	ExtBuilder::execute(|| {
		thousand_a_day();
		deposited(BOB, 1_000 * DOLLAR);
		assert_ok!(arrive(BOB, 1_000 * DOLLAR).ensure_complete());
		assert_ok!(send_usdc(ALICE, 600 * DOLLAR));
		assert_noop!(send_usdc(BOB, 500 * DOLLAR), Error::<Test>::RouteLimitReached);
		let transfer = |amount: u128| {
			let assets: Assets = (usdc(), amount).into();
			PolkadotXcm::limited_reserve_transfer_assets(
				signed(BOB),
				versioned(hub()),
				versioned(on_chain(BOB)),
				Box::new(assets.into()),
				0,
				Unlimited,
			)
		};
		assert!(frame_support::storage::with_storage_layer(|| transfer(500 * DOLLAR)).is_err());
		assert_ok!(transfer(400 * DOLLAR));
		assert_eq!(level(), 1_000);
	});
}

#[test]
fn what_left_is_forgotten_steadily_over_the_period() {
	ExtBuilder::execute(|| {
		thousand_a_day();
		assert_ok!(send_usdc(ALICE, 1_000 * DOLLAR));
		wait(6 * HOUR);
		assert_eq!(level(), 750);
		assert_noop!(send_usdc(ALICE, 250 * DOLLAR + 1), Error::<Test>::RouteLimitReached);
		assert_ok!(send_usdc(ALICE, 250 * DOLLAR));
		wait(DAY);
		assert_eq!(level(), 0);
		assert_noop!(send_usdc(ALICE, 1_000 * DOLLAR + 1), Error::<Test>::RouteLimitReached);
		assert_ok!(send_usdc(ALICE, 1_000 * DOLLAR));
	});
}

#[test]
fn what_comes_in_frees_nothing() {
	ExtBuilder::execute(|| {
		thousand_a_day();
		assert_ok!(send_usdc(ALICE, 1_000 * DOLLAR));
		assert_ok!(arrive(BOB, 1_000 * DOLLAR).ensure_complete());
		assert_eq!(level(), 1_000);
	});
}

#[test]
fn what_left_counts_on_under_another_limit() {
	ExtBuilder::execute(|| {
		thousand_a_day();
		assert_ok!(send_usdc(ALICE, 1_000 * DOLLAR));
		let limited = |limit| Gateway::set_route_limit(signed(OUTFLOW_MANAGER), versioned(hub()), dollars(limit));
		assert_ok!(limited(1_500));
		assert_noop!(send_usdc(ALICE, 500 * DOLLAR + 1), Error::<Test>::RouteLimitReached);
		assert_ok!(send_usdc(ALICE, 500 * DOLLAR));
		assert_ok!(limited(100));
		wait(DAY);
		assert_eq!(level(), 1_400);
		assert_noop!(send_usdc(ALICE, 2 * DOLLAR), Error::<Test>::RouteLimitReached);
	});
}

#[test]
fn what_leaked_until_another_limit_leaked_by_the_old_one() {
	ExtBuilder::execute(|| {
		thousand_a_day();
		assert_ok!(send_usdc(ALICE, 1_000 * DOLLAR));
		wait(DAY / 2);
		let (manager, hub) = (signed(OUTFLOW_MANAGER), versioned(hub()));
		assert_ok!(Gateway::set_route_limit(manager, hub, dollars(100)));
		assert_eq!(level(), 500);
	});
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(50))]

	#[test]
	fn no_order_of_sendings_gets_past_the_limit(steps in prop::collection::vec((0..600u64, 2..1_200u128), 1..40)) {
		ExtBuilder::execute(|| {
			thousand_a_day();
			let (mut left, mut elapsed) = (0, 0);
			for (minutes, amount) in steps {
				wait(minutes * 60_000);
				elapsed += minutes * 60_000;
				let most = 1_000 + 1_000 * u128::from(elapsed) / u128::from(DAY);
				let has_room = level() + amount < 1_000;
				let may = send_usdc(ALICE, amount * DOLLAR).is_ok();
				left += if may { amount } else { 0 };
				assert!(left <= most, "{left} dollars left where {most} may");
				assert!(may || !has_room, "{amount} dollars were refused though there was room");
			}
		});
	}
}

#[test]
fn a_failed_sending_uses_nothing_up() {
	ExtBuilder::execute(|| {
		thousand_a_day();
		ChannelOpen::set(false);
		assert_noop!(send_usdc(ALICE, 1_000 * DOLLAR), Error::<Test>::Unreachable);
		assert_eq!(level(), 0);
		ChannelOpen::set(true);
		assert_ok!(send_usdc(ALICE, 1_000 * DOLLAR));
	});
}

#[test]
fn nothing_leaves_while_everything_is_stopped() {
	ExtBuilder::execute(|| {
		deposited(ALICE, 100 * DOLLAR);
		assert_ok!(arrive(ALICE, 50 * DOLLAR).ensure_complete());
		let home = || {
			let program = vec![
				WithdrawAsset((usdc(), 10 * DOLLAR).into()),
				InitiateReserveWithdraw {
					assets: Wild(All),
					reserve: hub(),
					xcm: Xcm(vec![]),
				},
			];
			run(on_chain(ALICE), program).ensure_complete()
		};
		Stopped::set(true);
		assert_noop!(send_usdc(ALICE, 10 * DOLLAR), Error::<Test>::NothingLeaves);
		assert!(home().is_err());
		assert_eq!(sent(), vec![]);
		// What comes in still does.
		assert_ok!(arrive(ALICE, 50 * DOLLAR).ensure_complete());
		Stopped::set(false);
		assert_ok!(home());
		assert_ok!(send_usdc(ALICE, 10 * DOLLAR));
	});
}
