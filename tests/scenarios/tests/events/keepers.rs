//! Validators' keepers at work: what one finds, all of them include, and what several find costs one liquidation.

use margin_runtime::{units::*, *};
use margin_scenarios::{chain::*, network::Network, stage::*};
use pallet_margin::{keeper::REPORT_KEY, Direction, Door};

const LONG: Direction = Direction::Long;

/// Bob is deep in debt and the chain leaves him to the keepers.
fn bob_falls(test: impl FnOnce()) {
	development(|| {
		ChainLiquidates::set(&false);
		positions(&[
			("//Bob", LONG, BTC, 12 * BTC_UNIT),
			("//Charlie", LONG, BTC, 5 * BTC_UNIT),
		]);
		test();
	});
}

#[test]
fn two_keepers_should_cost_one_liquidation() {
	bob_falls(|| {
		let mut network = Network::of(2);
		let before = (round("//Bob"), round("//Charlie"));
		network.make_fed_block(&fallen());
		assert_eq!(network.findings(), 1, "both found Bob, and sent the same");
		let made = network.make_fed_block(&fallen());
		assert_eq!((made.keepers(), doors()), (vec![Ok(())], vec![Door::Keeper]));
		for _ in 0..5 {
			assert!(network.make_fed_block(&fallen()).keepers().is_empty());
		}
		assert_eq!((round("//Bob"), round("//Charlie")), (before.0 + 1, before.1));
	});
}

#[test]
fn a_node_without_a_keeper_should_still_relay_and_include_what_others_find() {
	bob_falls(|| {
		let mut network = Network::of(2);
		network.switch_keeper(0, false);
		network.make_fed_block(&fallen());
		assert_eq!(network.stored(0, REPORT_KEY), None, "it looked at nobody");
		assert!(network.stored(1, REPORT_KEY).is_some());
		let found: Vec<_> = network
			.pool
			.waiting()
			.filter(|waiting| waiting.valid.propagate)
			.collect();
		assert_eq!(found.len(), 1, "what the other one found is passed on");
		assert_eq!(network.make_block().keepers(), [Ok(())]);
		assert_eq!(below(), 0);
	});
}

#[test]
fn a_keeper_that_comes_back_should_find_what_the_others_missed() {
	bob_falls(|| {
		let mut network = Network::without_keepers(2);
		for _ in 0..3 {
			network.make_fed_block(&fallen());
		}
		assert_eq!((below(), network.findings()), (1, 0));
		network.switch_keeper(1, true);
		network.make_fed_block(&fallen());
		assert_eq!(network.make_fed_block(&fallen()).keepers(), [Ok(())]);
		assert_eq!(below(), 0);
	});
}

#[test]
fn a_keeper_should_liquidate_within_two_blocks_of_the_price() {
	bob_falls(|| {
		let mut network = Network::of(4);
		network.send_feeds(&fallen());
		network.make_block();
		let latched = System::block_number();
		while below() > 0 {
			network.make_block();
		}
		assert!(System::block_number() <= latched + 2);
	});
}

#[test]
fn what_the_chain_has_done_should_not_be_done_again_by_a_keeper() {
	development(|| {
		positions(&[("//Bob", LONG, BTC, 12 * BTC_UNIT)]);
		let mut network = Network::of(2);
		let before = round("//Bob");
		network.make_fed_block(&fallen());
		assert_eq!(network.findings(), 1);
		let made = network.make_block();
		assert_eq!(doors(), [Door::Chain], "it comes before any transaction");
		assert!(made.keepers().iter().all(Result::is_err) && round("//Bob") == before + 1);
		assert_eq!(network.findings(), 0);
	});
}
