//! S28: blocks full of other transactions, or an author who orders as he likes. The chain's own step has its reserved
//! weight and comes first; in the pool feeds and then liquidations rank above users, whatever tip they pay.

use margin_runtime::{units::*, *};
use margin_scenarios::{
	chain::*,
	network::{fullness, Author, Made, Network},
	spam,
	stage::*,
};
use pallet_margin::{Direction, Door};

fn traders() {
	positions(&[
		("//Bob", Direction::Long, BTC, 12 * BTC_UNIT),
		("//Charlie", Direction::Long, BTC, 12 * BTC_UNIT),
	]);
	spam::endow();
}

/// A block while spammers wait, with feeds of these prices.
fn spammed(network: &mut Network, prices: &Cents) -> Made {
	spam::send(network);
	network.send_feeds(prices);
	let made = network.make_block();
	assert!(fullness() >= 90, "{} %", fullness());
	made
}

#[test]
fn feeds_should_come_in_however_full_blocks_are() {
	development(|| {
		traders();
		let mut network = Network::of(1);
		for _ in 0..5 {
			let made = spammed(&mut network, &FIRST_PRICES);
			assert_eq!(made.feeds(), 3);
			let first: Vec<_> = made
				.included
				.iter()
				.take(3)
				.map(|(transaction, _)| &transaction.function)
				.collect();
			assert!(first.iter().all(|call| matches!(call, RuntimeCall::Oracle(_))));
		}
	});
}

#[test]
fn the_chain_should_liquidate_in_full_blocks_with_every_keeper_off() {
	development(|| {
		fed(&FIRST_PRICES);
		many_longs("//Bob", 100);
		spam::endow();
		let mut network = Network::without_keepers(1);
		spammed(&mut network, &fallen());
		assert_eq!(below(), 100);
		let mut blocks = 0;
		while below() > 0 {
			spammed(&mut network, &fallen());
			assert!(doors().iter().all(|door| *door == Door::Chain));
			blocks += 1;
			assert!(blocks <= 2, "{} are left", below());
		}
	});
}

#[test]
fn keepers_should_get_in_before_users_however_full_blocks_are() {
	development(|| {
		ChainLiquidates::set(&false);
		traders();
		let mut network = Network::of(2);
		spammed(&mut network, &fallen());
		assert!(network.findings() > 0);
		let made = spammed(&mut network, &fallen());
		assert_eq!(below(), 0);
		let place = |wanted: &dyn Fn(&UncheckedExtrinsic) -> bool| {
			let mut all = made.included.iter().zip(0..);
			all.find(|((transaction, _), _)| wanted(transaction))
				.map(|(_, place)| place)
				.unwrap()
		};
		let feed = place(&|transaction| matches!(transaction.function, RuntimeCall::Oracle(_)));
		let finding = place(&|transaction| !transaction.is_signed());
		let user = place(&|transaction| matches!(transaction.function, RuntimeCall::Utility(_)));
		assert!(feed < finding && finding < user);
	});
}

#[test]
fn an_author_who_leaves_liquidations_out_should_not_keep_the_chain_from_them() {
	for author in [Author::WithoutKeepers, Author::Backwards] {
		development(|| {
			traders();
			let mut network = Network::of(1);
			network.make_fed_block(&fallen());
			assert_eq!(below(), 2);
			network.author = author;
			spammed(&mut network, &fallen());
			assert_eq!(doors(), [Door::Chain, Door::Chain], "{author:?}");
			assert_eq!(below(), 0);
		});
	}
}

#[test]
fn an_author_who_leaves_liquidations_out_should_delay_keepers_until_the_next_author() {
	development(|| {
		ChainLiquidates::set(&false);
		traders();
		let mut network = Network::of(1);
		network.make_fed_block(&fallen());
		network.author = Author::WithoutKeepers;
		for _ in 0..8 {
			network.make_fed_block(&fallen());
			assert_eq!(below(), 2);
		}
		network.author = Author::Honest;
		// Findings are dropped from the pool when they are old, and made anew.
		network.make_fed_block(&fallen());
		network.make_fed_block(&fallen());
		assert_eq!(below(), 0);
	});
}

#[test]
fn an_author_who_leaves_feeds_out_should_make_prices_stale_and_liquidate_nobody_by_it() {
	development(|| {
		traders();
		let mut network = Network::of(1);
		network.author = Author::Backwards;
		let before = ["//Bob", "//Charlie"].map(round);
		// Ten seconds each.
		for _ in 0..4 {
			spam::send(&mut network);
			network.send_feeds(&fallen());
			assert_eq!(network.make_block_after(5).feeds(), 0);
		}
		assert!(Margin::price_views().iter().all(|price| !price.verdict.is_usable()));
		assert_eq!(["//Bob", "//Charlie"].map(round), before);
		// The next one orders as the node does: prices count again after some rounds, and the fall is true.
		network.author = Author::Honest;
		for _ in 0..6 {
			spammed(&mut network, &fallen());
		}
		assert_eq!(["//Bob", "//Charlie"].map(round), [before[0] + 1, before[1] + 1]);
	});
}
