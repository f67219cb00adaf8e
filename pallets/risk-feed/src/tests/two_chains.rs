//! From one runtime to another, through a real executor.

use crate::{mock::*, Adopted, PublisherTerms};
use xcm::latest::prelude::*;
use xcm_executor::XcmExecutor;

struct Chain {
	para: u32,
	state: sp_io::TestExternalities,
}

impl Chain {
	fn new(para: u32) -> Self {
		Self {
			para,
			state: ExtBuilder::default().on(para).build(),
		}
	}

	fn execute<R>(&mut self, what: impl FnOnce() -> R) -> R {
		This::set(self.para);
		self.state.execute_with(|| {
			let result = what();
			RiskFeed::do_try_state().unwrap();
			result
		})
	}

	/// Executes a message of another parachain.
	fn receive(&mut self, from: Location, message: Xcm<()>) -> Outcome {
		self.execute(|| {
			let mut id = [1; 32];
			let message = Xcm::<RuntimeCall>::from(message);
			XcmExecutor::<XcmConfig>::prepare_and_execute(from, message, &mut id, Weight::MAX, Weight::zero())
		})
	}
}

/// A publisher with a subscriber that listens to it.
fn two_chains() -> (Chain, Chain) {
	let (mut publisher, mut subscriber) = (Chain::new(PUBLISHER), Chain::new(SUBSCRIBER));
	publisher.execute(|| subscribed(&[SUBSCRIBER]));
	subscriber.execute(listen);
	(publisher, subscriber)
}

/// What the publisher sends in its next block.
fn next_message(publisher: &mut Chain) -> Xcm<()> {
	publisher.execute(|| next_block(5 * MINUTE));
	let mut delivered = Delivered::take();
	assert_eq!(delivered.len(), 1);
	delivered.remove(0).1
}

fn is_turned_away(outcome: Outcome) -> bool {
	outcome
		.ensure_complete()
		.is_err_and(|error| error.error == XcmError::Barrier)
}

fn complete(outcome: Outcome) {
	assert!(matches!(outcome, Outcome::Complete { .. }), "{outcome:?}");
}

#[test]
fn a_margin_that_rises_on_one_chain_should_rise_on_the_other() {
	let (mut publisher, mut subscriber) = two_chains();
	let adopted = |chain: &mut Chain, asset| chain.execute(|| RiskFeed::adopted_maintenance(asset));
	let message = next_message(&mut publisher);
	complete(subscriber.receive(sibling(PUBLISHER), message));
	assert_eq!(adopted(&mut subscriber, USDC), Some(percent(2)));
	assert_eq!(adopted(&mut subscriber, THEIRS), Some(percent(10)));
	Book::set(vec![(USDC, risk(9))]);
	let message = next_message(&mut publisher);
	complete(subscriber.receive(sibling(PUBLISHER), message));
	assert_eq!(adopted(&mut subscriber, USDC), Some(percent(9)));
	assert_eq!(adopted(&mut subscriber, THEIRS), None);
	assert_eq!(publisher.execute(|| balance(SUBSCRIBER)), 100 * UNIT - 2 * FEE);
}

#[test]
fn an_adoption_that_fails_should_show_as_a_message_that_failed() {
	let (mut publisher, mut subscriber) = two_chains();
	let message = next_message(&mut publisher);
	complete(subscriber.receive(sibling(PUBLISHER), message.clone()));
	let outcome = subscriber.receive(sibling(PUBLISHER), message);
	let Outcome::Incomplete { error, .. } = outcome else {
		panic!("a replay went through: {outcome:?}");
	};
	assert_eq!((error.index, error.error), (2, XcmError::ExpectationFalse));
}

#[test]
fn a_message_of_somebody_else_should_not_be_executed() {
	let (mut publisher, mut subscriber) = two_chains();
	let message = next_message(&mut publisher);
	assert!(is_turned_away(subscriber.receive(sibling(OTHER), message.clone())));
	let user = AccountIndex64 {
		network: None,
		index: 1,
	};
	let of_a_user = Xcm([vec![DescendOrigin(user.into())], message.0.clone()].concat());
	assert!(is_turned_away(subscriber.receive(sibling(PUBLISHER), of_a_user)));
	let of_nobody = Xcm([vec![ClearOrigin], message.0.clone()].concat());
	assert!(is_turned_away(subscriber.receive(sibling(PUBLISHER), of_nobody)));
	assert_eq!(subscriber.execute(Adopted::<Test>::get), None);
	complete(subscriber.receive(sibling(PUBLISHER), message));
}

#[test]
fn a_publisher_that_was_dismissed_should_be_refused_at_the_door() {
	let (mut publisher, mut subscriber) = two_chains();
	let message = next_message(&mut publisher);
	subscriber.execute(|| RiskFeed::set_publisher(RuntimeOrigin::root(), None).unwrap());
	let outcome = subscriber.receive(sibling(PUBLISHER), message);
	assert!(is_turned_away(outcome));
}

#[test]
fn two_chains_that_listen_to_one_another_should_not_hold_up_each_others_margins() {
	let (mut publisher, mut subscriber) = two_chains();
	let back = PublisherTerms {
		location: sibling(SUBSCRIBER),
		..publisher_terms()
	};
	publisher.execute(|| RiskFeed::set_publisher(RuntimeOrigin::root(), Some(back)).unwrap());
	subscriber.execute(|| {
		RiskFeed::open_subscription(RuntimeOrigin::root(), sibling(PUBLISHER), terms()).unwrap();
		set_balance(PUBLISHER, 100 * UNIT);
	});
	// A storm that only the publisher measures: both chains have nine per cent in force, and it measures two again.
	let in_force = |measured| crate::AssetRisk {
		measured: percent(measured),
		..risk(9)
	};
	Book::set(vec![(USDC, in_force(9))]);
	let there = next_message(&mut publisher);
	complete(subscriber.receive(sibling(PUBLISHER), there));
	Book::set(vec![(USDC, in_force(2))]);
	let back = next_message(&mut subscriber);
	complete(publisher.receive(sibling(SUBSCRIBER), back));
	let there = next_message(&mut publisher);
	complete(subscriber.receive(sibling(PUBLISHER), there));
	for chain in [&mut publisher, &mut subscriber] {
		assert_eq!(chain.execute(|| RiskFeed::adopted_maintenance(USDC)), Some(percent(2)));
	}
}

fn publisher_terms() -> PublisherTerms {
	crate::mock::publisher()
}
