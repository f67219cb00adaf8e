//! Who gets reports, and on which terms.

use crate::{mock::*, Error, Event, State, Subscriptions};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError::BadOrigin;
use xcm::latest::prelude::*;

#[test]
fn governance_should_open_change_and_close_a_subscription() {
	ExtBuilder::default().build_and_execute(|| {
		let subscriber = sibling(SUBSCRIBER);
		assert_ok!(RiskFeed::open_subscription(
			RuntimeOrigin::root(),
			subscriber.clone(),
			terms()
		));
		let mut other = terms();
		other.interval = 10 * MINUTE;
		assert_ok!(RiskFeed::change_subscription(
			RuntimeOrigin::root(),
			subscriber.clone(),
			other.clone()
		));
		assert_eq!(Subscriptions::<Test>::get(&subscriber).unwrap().terms, other);
		assert_ok!(RiskFeed::close_subscription(RuntimeOrigin::root(), subscriber.clone()));
		assert_eq!(Subscriptions::<Test>::count(), 0);
		assert_eq!(
			events(),
			[
				Event::SubscriptionOpened {
					subscriber: subscriber.clone(),
					terms: terms()
				},
				Event::SubscriptionChanged {
					subscriber: subscriber.clone(),
					terms: other
				},
				Event::SubscriptionClosed { subscriber }
			]
		);
	});
}

#[test]
fn nobody_else_should_do_so() {
	ExtBuilder::default().build_and_execute(|| {
		subscribed(&[SUBSCRIBER]);
		let (alice, subscriber) = (|| RuntimeOrigin::signed(1), sibling(SUBSCRIBER));
		let as_chain = || RuntimeOrigin::from(pallet_xcm::Origin::Xcm(sibling(SUBSCRIBER)));
		assert_noop!(RiskFeed::open_subscription(alice(), sibling(OTHER), terms()), BadOrigin);
		assert_noop!(
			RiskFeed::change_subscription(as_chain(), subscriber.clone(), terms()),
			BadOrigin
		);
		assert_noop!(RiskFeed::close_subscription(alice(), subscriber), BadOrigin);
	});
}

#[test]
fn only_another_parachain_with_an_account_here_should_subscribe() {
	ExtBuilder::default().build_and_execute(|| {
		let user = Location::new(
			1,
			[
				Parachain(SUBSCRIBER),
				AccountIndex64 {
					network: None,
					index: 1,
				},
			],
		);
		for location in [
			Location::here(),
			Location::parent(),
			user,
			Location::new(2, [GlobalConsensus(Kusama)]),
		] {
			assert_noop!(
				RiskFeed::open_subscription(RuntimeOrigin::root(), location, terms()),
				Error::<Test>::NotASibling
			);
		}
		assert_noop!(
			RiskFeed::open_subscription(RuntimeOrigin::root(), sibling(HOMELESS), terms()),
			Error::<Test>::NoAccount
		);
	});
}

#[test]
fn a_second_subscription_of_a_chain_should_be_refused() {
	ExtBuilder::default().build_and_execute(|| {
		subscribed(&[SUBSCRIBER]);
		assert_noop!(
			RiskFeed::open_subscription(RuntimeOrigin::root(), sibling(SUBSCRIBER), terms()),
			Error::<Test>::AlreadySubscribed
		);
	});
}

#[test]
fn what_is_not_there_should_neither_change_nor_close_nor_resume() {
	ExtBuilder::default().build_and_execute(|| {
		let nobody = sibling(OTHER);
		let error = Error::<Test>::NotSubscribed;
		assert_noop!(
			RiskFeed::change_subscription(RuntimeOrigin::root(), nobody.clone(), terms()),
			error
		);
		let error = Error::<Test>::NotSubscribed;
		assert_noop!(
			RiskFeed::close_subscription(RuntimeOrigin::root(), nobody.clone()),
			error
		);
		assert_noop!(
			RiskFeed::resume(RuntimeOrigin::signed(1), nobody),
			Error::<Test>::NotSubscribed
		);
	});
}

#[test]
fn there_should_be_no_more_subscriptions_than_may_be() {
	ExtBuilder::default().build_and_execute(|| {
		let most: Vec<u32> = (0..MaxSubscriptions::get()).map(|n| SUBSCRIBER + n).collect();
		subscribed(&most);
		let one_more = sibling(SUBSCRIBER + MaxSubscriptions::get());
		assert_noop!(
			RiskFeed::open_subscription(RuntimeOrigin::root(), one_more, terms()),
			Error::<Test>::TooManySubscriptions
		);
	});
}

#[test]
fn terms_that_cannot_be_kept_should_be_refused() {
	ExtBuilder::default().build_and_execute(|| {
		subscribed(&[SUBSCRIBER]);
		let (mut hasty, mut mute, mut empty) = (terms(), terms(), terms());
		hasty.interval = MINUTE - 1;
		mute.call = Default::default();
		empty.assets = Some(Default::default());
		for (terms, error) in [
			(hasty, Error::<Test>::IntervalTooShort),
			(mute, Error::<Test>::NoCall),
			(empty, Error::<Test>::NothingToReport),
		] {
			let error: sp_runtime::DispatchError = error.into();
			let root = RuntimeOrigin::root;
			assert_noop!(
				RiskFeed::open_subscription(root(), sibling(OTHER), terms.clone()),
				error
			);
			assert_noop!(RiskFeed::change_subscription(root(), sibling(SUBSCRIBER), terms), error);
		}
		let mut shortest = terms();
		shortest.interval = MINUTE;
		assert_ok!(RiskFeed::change_subscription(
			RuntimeOrigin::root(),
			sibling(SUBSCRIBER),
			shortest
		));
	});
}

#[test]
fn changed_terms_should_count_from_the_last_report() {
	ExtBuilder::default().build_and_execute(|| {
		subscribed(&[SUBSCRIBER]);
		next_block(0);
		let mut sooner = terms();
		sooner.interval = 2 * MINUTE;
		assert_ok!(RiskFeed::change_subscription(
			RuntimeOrigin::root(),
			sibling(SUBSCRIBER),
			sooner
		));
		delivered_to();
		next_block(2 * MINUTE - 1);
		assert!(delivered_to().is_empty());
		next_block(1);
		assert_eq!(delivered_to(), [SUBSCRIBER]);
	});
}

#[test]
fn a_changed_subscription_should_stay_suspended() {
	ExtBuilder::default().build_and_execute(|| {
		set_balance(SUBSCRIBER, 0);
		subscribed(&[SUBSCRIBER]);
		next_block(0);
		assert_ok!(RiskFeed::change_subscription(
			RuntimeOrigin::root(),
			sibling(SUBSCRIBER),
			terms()
		));
		let subscription = Subscriptions::<Test>::get(sibling(SUBSCRIBER)).unwrap();
		assert_eq!(subscription.state, State::Suspended);
	});
}

#[test]
fn a_closed_subscription_should_cost_nothing_more() {
	ExtBuilder::default().build_and_execute(|| {
		subscribed(&[SUBSCRIBER]);
		next_block(0);
		assert_ok!(RiskFeed::close_subscription(RuntimeOrigin::root(), sibling(SUBSCRIBER)));
		let before = balance(SUBSCRIBER);
		next_block(60 * MINUTE);
		assert_eq!(balance(SUBSCRIBER), before);
		assert_eq!(delivered_to(), [SUBSCRIBER]);
	});
}
