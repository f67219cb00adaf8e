//! Many subscribers and little weight.

use crate::{mock::*, Cursor, NextDue, Subscriptions};
use frame_support::assert_ok;

/// What a block costs that looks at one subscription and sends one report.
const ONE: u64 = 1 + 1 + 10 + 100;

fn six() -> Vec<u32> {
	let six: Vec<u32> = (0..6).map(|n| SUBSCRIBER + n).collect();
	for para in &six {
		set_balance(*para, 100 * UNIT);
	}
	subscribed(&six);
	six
}

fn sorted(mut paras: Vec<u32>) -> Vec<u32> {
	paras.sort_unstable();
	paras
}

#[test]
fn a_block_with_room_should_serve_everybody() {
	ExtBuilder::default().build_and_execute(|| {
		let six = six();
		assert_eq!(next_block(0), 1 + 7 + 10 + 600);
		assert_eq!(sorted(delivered_to()), six);
	});
}

#[test]
fn a_small_meter_should_serve_everybody_in_turns() {
	ExtBuilder::default().build_and_execute(|| {
		let six = six();
		let mut served = Vec::new();
		for _ in 0..6 {
			assert!(next_block_with(1_000, ONE) <= ONE);
			let now = delivered_to();
			assert_eq!(now.len(), 1);
			served.extend(now);
		}
		assert_eq!(sorted(served), six);
		next_block_with(1_000, ONE);
		assert!(delivered_to().is_empty());
	});
}

#[test]
fn a_meter_too_small_for_all_that_is_due_should_favour_nobody() {
	ExtBuilder::default().build_and_execute(|| {
		let six = six();
		let mut served = Vec::new();
		for _ in 0..60 {
			next_block_with(5 * MINUTE, ONE);
			served.extend(delivered_to());
		}
		for para in six {
			assert_eq!(served.iter().filter(|other| **other == para).count(), 10);
		}
	});
}

#[test]
fn no_weight_should_do_nothing_and_lose_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		subscribed(&[SUBSCRIBER]);
		for left in [0, 1, 2, 11, 12, ONE - 1] {
			assert!(next_block_with(1_000, left) <= left);
			assert!(delivered_to().is_empty());
		}
		next_block_with(1_000, ONE);
		assert_eq!(delivered_to(), [SUBSCRIBER]);
	});
}

#[test]
fn a_block_in_which_nothing_is_due_should_cost_one_look_at_the_time() {
	ExtBuilder::default().build_and_execute(|| {
		six();
		next_block(0);
		assert_eq!(NextDue::<Test>::get(), START_MS + 5 * MINUTE);
		assert_eq!(next_block(5 * MINUTE - 1), 1);
		assert!(next_block(1) > 1);
	});
}

#[test]
fn who_was_last_should_be_forgotten_without_harm() {
	ExtBuilder::default().build_and_execute(|| {
		let six = six();
		next_block_with(0, ONE);
		let first = delivered_to();
		let last = Cursor::<Test>::get().unwrap();
		assert_ok!(RiskFeed::close_subscription(RuntimeOrigin::root(), last));
		next_block(0);
		let served = [first, delivered_to()].concat();
		assert_eq!(sorted(served), six);
	});
}

#[test]
fn a_chain_that_fails_should_not_keep_a_small_meter_busy() {
	ExtBuilder::default().build_and_execute(|| {
		let six = six();
		Closed::set(six[..3].to_vec());
		let mut served = Vec::new();
		for _ in 0..6 {
			next_block_with(1_000, ONE);
			served.extend(delivered_to());
		}
		assert_eq!(sorted(served), six[3..]);
		assert_eq!(Subscriptions::<Test>::count(), 6);
	});
}

#[test]
fn a_chain_without_subscribers_should_do_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(next_block(0), 2);
		assert_eq!(next_block(60 * MINUTE), 1);
		subscribed(&[SUBSCRIBER]);
		next_block(0);
		assert_eq!(delivered_to(), [SUBSCRIBER]);
	});
}
