//! Of one operator no more than one feed waits in the pool.

use crate::{mock::*, MORTALITY};

const OTHER: &str = r#"{"prices":{"BTC":"7912","ETH":"194.5"}}"#;

fn include_feed(node: &Node) {
	frame_system::Pallet::<Test>::inc_account_nonce(&node.accounts[0]);
}

#[test]
fn a_block_gets_one_feed_however_often_the_worker_runs_on_it() {
	ExtBuilder::default().answer(SOURCE, GOOD).build_and_execute(|node| {
		run();
		node.set_answer(SOURCE, OTHER);
		run();
		assert_eq!(node.feeds().len(), 1);
		assert_eq!(node.asked().len(), 1);
	});
}

#[test]
fn a_feed_that_was_included_is_followed_by_the_next_one() {
	ExtBuilder::default().answer(SOURCE, GOOD).build_and_execute(|node| {
		for nonce in 0..3 {
			run_next_block();
			let feeds = node.feeds();
			assert_eq!((feeds.len(), feeds[0].1), (1, nonce));
			include_feed(&node);
		}
	});
}

#[test]
fn an_equal_feed_that_still_waits_is_not_sent_again() {
	ExtBuilder::default().answer(SOURCE, GOOD).build_and_execute(|node| {
		run();
		assert_eq!(node.feeds().len(), 1);
		for _ in 1..MORTALITY {
			run_next_block();
			assert!(node.feeds().is_empty());
		}
		run_next_block();
		assert_eq!(node.feeds().len(), 1);
		assert!(logged().is_empty());
	});
}

#[test]
fn a_newer_price_is_offered_while_another_waits_and_a_refusal_is_no_error() {
	ExtBuilder::default().answer(SOURCE, GOOD).build_and_execute(|node| {
		run();
		assert_eq!(node.feeds().len(), 1);
		node.set_answer(SOURCE, OTHER);
		node.pool.write().refuses = true;
		run_next_block();
		assert!(node.feeds().is_empty());
		assert!(logged().is_empty());
		node.pool.write().refuses = false;
		run_next_block();
		assert_eq!(node.feeds().len(), 1);
	});
}

#[test]
fn a_pool_that_refuses_a_first_feed_is_named() {
	ExtBuilder::default().answer(SOURCE, GOOD).build_and_execute(|node| {
		node.pool.write().refuses = true;
		run();
		assert!(node.only_error().starts_with("the transaction pool refused the feed"));
		node.pool.write().refuses = false;
		run();
		assert_eq!(node.feeds().len(), 1);
	});
}

#[test]
fn a_refusal_after_the_earlier_feed_has_expired_is_named() {
	ExtBuilder::default().answer(SOURCE, GOOD).build_and_execute(|node| {
		run();
		node.feeds();
		node.pool.write().refuses = true;
		at_block(10 + MORTALITY);
		run();
		assert!(node.only_error().starts_with("the transaction pool refused the feed"));
	});
}

#[test]
fn a_feed_of_a_chain_that_is_no_more_does_not_hold_the_next_one_back() {
	ExtBuilder::default().answer(SOURCE, GOOD).build_and_execute(|node| {
		at_block(1_000);
		run();
		assert_eq!(node.feeds().len(), 1);
		at_block(2);
		run();
		assert_eq!(node.feeds().len(), 1);
	});
}
