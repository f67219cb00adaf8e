//! Subscribers that cannot pay or cannot be reached.

use crate::{mock::*, Error, Event, Sequence, State, Subscriptions};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;
use xcm::latest::prelude::*;

fn state(para: u32) -> State {
	Subscriptions::<Test>::get(sibling(para)).unwrap().state
}

fn resume(para: u32) -> sp_runtime::DispatchResult {
	RiskFeed::resume(RuntimeOrigin::signed(1), sibling(para))
}

fn suspended(para: u32, why: Error<Test>) -> Event<Test> {
	Event::Suspended {
		subscriber: sibling(para),
		why: why.into(),
	}
}

#[test]
fn who_cannot_pay_should_be_suspended_at_once_and_be_in_nobodys_way() {
	ExtBuilder::default().build_and_execute(|| {
		set_balance(SUBSCRIBER, FEE);
		subscribed(&[SUBSCRIBER, OTHER]);
		next_block(0);
		assert_eq!(delivered_to(), [OTHER]);
		assert_eq!(state(SUBSCRIBER), State::Suspended);
		assert_eq!(balance(SUBSCRIBER), FEE);
		assert!(events().contains(&suspended(SUBSCRIBER, Error::CannotPay)));
		next_block(60 * MINUTE);
		assert_eq!(delivered_to(), [OTHER]);
	});
}

#[test]
fn paying_should_never_take_an_account_away() {
	ExtBuilder::default().build_and_execute(|| {
		set_balance(SUBSCRIBER, FEE + ExistentialDeposit::get());
		subscribed(&[SUBSCRIBER]);
		next_block(0);
		assert_eq!(balance(SUBSCRIBER), ExistentialDeposit::get());
	});
}

#[test]
fn anybody_should_resume_a_subscription_once_it_can_pay() {
	ExtBuilder::default().build_and_execute(|| {
		set_balance(SUBSCRIBER, 0);
		subscribed(&[SUBSCRIBER]);
		next_block(0);
		assert_noop!(resume(SUBSCRIBER), Error::<Test>::CannotPay);
		set_balance(SUBSCRIBER, UNIT);
		events();
		assert_ok!(resume(SUBSCRIBER));
		assert_eq!(delivered_to(), [SUBSCRIBER]);
		assert_eq!(balance(SUBSCRIBER), UNIT - FEE);
		let resumed = Event::Resumed {
			subscriber: sibling(SUBSCRIBER),
		};
		assert!(matches!(&events()[..], [Event::Sent { .. }, last] if *last == resumed));
		next_block(5 * MINUTE);
		assert_eq!(delivered_to(), [SUBSCRIBER]);
	});
}

#[test]
fn resuming_should_need_a_suspension_and_a_signature() {
	ExtBuilder::default().build_and_execute(|| {
		subscribed(&[SUBSCRIBER]);
		next_block(0);
		assert_noop!(resume(SUBSCRIBER), Error::<Test>::NotSuspended);
		assert_noop!(
			RiskFeed::resume(RuntimeOrigin::none(), sibling(SUBSCRIBER)),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn resuming_should_not_get_round_the_interval() {
	ExtBuilder::default().build_and_execute(|| {
		subscribed(&[SUBSCRIBER]);
		next_block(0);
		set_balance(SUBSCRIBER, 0);
		next_block(5 * MINUTE);
		assert_eq!(state(SUBSCRIBER), State::Suspended);
		let mut later = terms();
		later.interval = 10 * MINUTE;
		assert_ok!(RiskFeed::change_subscription(
			RuntimeOrigin::root(),
			sibling(SUBSCRIBER),
			later
		));
		set_balance(SUBSCRIBER, UNIT);
		assert_noop!(resume(SUBSCRIBER), Error::<Test>::TooSoon);
		next_block(5 * MINUTE);
		assert_ok!(resume(SUBSCRIBER));
	});
}

#[test]
fn a_closed_channel_should_cost_nothing_and_be_in_nobodys_way() {
	ExtBuilder::default().build_and_execute(|| {
		Closed::set(vec![SUBSCRIBER]);
		subscribed(&[SUBSCRIBER, OTHER]);
		next_block(0);
		assert_eq!(delivered_to(), [OTHER]);
		assert_eq!(balance(SUBSCRIBER), 100 * UNIT);
		assert_eq!(Sequence::<Test>::get(), 1);
		assert_eq!(state(SUBSCRIBER), State::Running { failures: 1 });
		let not_sent = Event::NotSent {
			subscriber: sibling(SUBSCRIBER),
			why: Error::<Test>::NotDelivered.into(),
		};
		assert!(events().contains(&not_sent));
	});
}

#[test]
fn a_channel_that_opens_again_should_be_used_again() {
	ExtBuilder::default().build_and_execute(|| {
		Closed::set(vec![SUBSCRIBER]);
		subscribed(&[SUBSCRIBER]);
		next_block(0);
		next_block(5 * MINUTE);
		assert_eq!(state(SUBSCRIBER), State::Running { failures: 2 });
		Closed::set(vec![]);
		next_block(5 * MINUTE - 1);
		assert!(delivered_to().is_empty());
		next_block(1);
		assert_eq!(delivered_to(), [SUBSCRIBER]);
		assert_eq!(state(SUBSCRIBER), State::Running { failures: 0 });
	});
}

#[test]
fn a_chain_should_be_suspended_after_three_failures_in_a_row() {
	for way in [Closed::set, Unreachable::set] {
		ExtBuilder::default().build_and_execute(|| {
			way(vec![SUBSCRIBER]);
			subscribed(&[SUBSCRIBER]);
			for _ in 0..2 {
				next_block(5 * MINUTE);
				assert_ne!(state(SUBSCRIBER), State::Suspended);
			}
			next_block(5 * MINUTE);
			assert_eq!(state(SUBSCRIBER), State::Suspended);
			assert!(events().contains(&suspended(SUBSCRIBER, Error::NotDelivered)));
			assert_noop!(resume(SUBSCRIBER), Error::<Test>::NotDelivered);
			assert_eq!(next_block(60 * MINUTE), 1);
			way(vec![]);
			assert_ok!(resume(SUBSCRIBER));
			assert_eq!(balance(SUBSCRIBER), 100 * UNIT - FEE);
		});
	}
}

#[test]
fn a_delivery_that_is_too_dear_should_wait_for_a_cheaper_one() {
	ExtBuilder::default().build_and_execute(|| {
		DeliveryFees::set((Here, 2 * UNIT).into());
		subscribed(&[SUBSCRIBER]);
		next_block(0);
		assert_eq!(state(SUBSCRIBER), State::Running { failures: 1 });
		assert_eq!(balance(SUBSCRIBER), 100 * UNIT);
		DeliveryFees::set((Here, UNIT - MESSAGE_FEE).into());
		next_block(5 * MINUTE);
		assert_eq!(balance(SUBSCRIBER), 99 * UNIT);
	});
}

#[test]
fn a_fee_in_another_asset_should_not_be_paid() {
	ExtBuilder::default().build_and_execute(|| {
		DeliveryFees::set(vec![(Here, 1u128).into(), (Parent, 1u128).into()].into());
		subscribed(&[SUBSCRIBER]);
		next_block(0);
		let not_sent = Event::NotSent {
			subscriber: sibling(SUBSCRIBER),
			why: Error::<Test>::FeeInOtherAsset.into(),
		};
		assert!(events().contains(&not_sent));
		assert_eq!(Collected::get(), 0);
	});
}

#[test]
fn nothing_should_be_sent_where_there_is_nothing_to_tell() {
	ExtBuilder::default().build_and_execute(|| {
		Book::set(vec![(NOWHERE, risk(5))]);
		subscribed(&[SUBSCRIBER]);
		next_block(0);
		assert!(delivered_to().is_empty());
		assert_eq!(Collected::get(), 0);
		let not_sent = Event::NotSent {
			subscriber: sibling(SUBSCRIBER),
			why: Error::<Test>::NothingToReport.into(),
		};
		assert!(events().contains(&not_sent));
	});
}
