//! Who feeds what, and who does not.

use crate::{crypto::KEY_TYPE, mock::*, Settings, SETTINGS_KEY};
use codec::Encode;
use frame_support::{assert_ok, traits::SortedMembers};
use sp_core::offchain::{Duration, StorageKind};
use sp_runtime::{offchain::storage_lock::StorageLock, FixedU128};

fn btc_and_eth(btc: u32, eth: u32) -> Vec<(u32, FixedU128)> {
	vec![(BTC, FixedU128::from_u32(btc)), (ETH, FixedU128::from_u32(eth))]
}

#[test]
fn an_operator_signs_what_its_source_says() {
	ExtBuilder::default().answer(SOURCE, GOOD).build_and_execute(|node| {
		run();
		let expected = vec![
			(BTC, FixedU128::from_rational(791_125, 100)),
			(ETH, FixedU128::from_rational(1_945, 10)),
		];
		assert_eq!(node.feeds(), vec![(node.accounts[0].clone(), 0, expected)]);
		assert_eq!(node.asked(), vec![SOURCE]);
		assert!(logged().is_empty());
	});
}

#[test]
fn the_oracle_takes_the_feed() {
	ExtBuilder::default().answer(SOURCE, GOOD).build_and_execute(|node| {
		run();
		let bytes = node.pool.read().taken[0].clone();
		let extrinsic: Extrinsic = codec::Decode::decode(&mut &*bytes).unwrap();
		let RuntimeCall::Oracle(orml_oracle::Call::feed_values { values }) = extrinsic.function else {
			panic!()
		};
		assert_ok!(Oracle::feed_values(
			RuntimeOrigin::signed(node.accounts[0].clone()),
			values
		));
		assert_eq!(Oracle::get(&BTC).unwrap().value, FixedU128::from_rational(791_125, 100));
	});
}

#[test]
fn operators_of_one_node_take_the_sources_in_turn() {
	let other = r#"{"prices":{"BTC":"7900","ETH":"190"}}"#;
	ExtBuilder::default()
		.keys(3)
		.settings(settings(&[SOURCE, SECOND_SOURCE]))
		.answer(SOURCE, r#"{"prices":{"BTC":"8000","ETH":"200"}}"#)
		.answer(SECOND_SOURCE, other)
		.build_and_execute(|node| {
			run();
			let [first, second, third] = [0, 1, 2].map(|n| node.accounts[n].clone());
			assert_eq!(
				node.feeds(),
				vec![
					(first, 0, btc_and_eth(8_000, 200)),
					(second, 0, btc_and_eth(7_900, 190)),
					(third, 0, btc_and_eth(8_000, 200)),
				]
			);
			assert_eq!(node.asked(), vec![SOURCE, SECOND_SOURCE]);
		});
}

#[test]
fn a_node_without_a_key_does_nothing() {
	ExtBuilder::default()
		.keys(0)
		.answer(SOURCE, GOOD)
		.build_and_execute(|node| {
			run();
			assert!(node.feeds().is_empty());
			assert!(node.asked().is_empty());
			assert!(logged().is_empty());
		});
}

#[test]
fn a_key_that_is_no_operator_feeds_nothing_and_is_told_once() {
	ExtBuilder::default()
		.without_members()
		.answer(SOURCE, GOOD)
		.build_and_execute(|node| {
			run();
			assert!(node
				.only_error()
				.starts_with("no key of type 'feed' in this keystore is an operator"));
			run_next_block();
			assert!(node.feeds().is_empty());
			assert!(node.asked().is_empty());
			assert!(logged().is_empty());
		});
}

#[test]
fn only_the_operators_among_the_keys_feed() {
	ExtBuilder::default()
		.keys(3)
		.answer(SOURCE, GOOD)
		.build_and_execute(|node| {
			Operators::set(vec![node.accounts[1].clone()]);
			assert!(!Members::contains(&node.accounts[0]));
			run();
			let feeds = node.feeds();
			assert_eq!(feeds.len(), 1);
			assert_eq!(feeds[0].0, node.accounts[1]);
		});
}

#[test]
fn without_settings_nothing_happens() {
	ExtBuilder::default()
		.raw_settings(None)
		.answer(SOURCE, GOOD)
		.build_and_execute(|node| {
			run();
			assert!(node.feeds().is_empty());
			assert!(node.asked().is_empty());
			assert!(logged().is_empty());
		});
}

#[test]
fn settings_that_cannot_be_used_are_named() {
	let symbols = settings(&[]).symbols;
	let many = (0..=MAX_VALUES).map(|key| (key, vec![b'A'])).collect();
	let sources = settings(&[SOURCE]).sources;
	let cases: Vec<(Vec<u8>, &str)> = vec![
		(vec![255, 255, 255], "the feeder's settings cannot be read"),
		(
			Settings {
				sources: vec![],
				symbols,
			}
			.encode(),
			"no price source is set",
		),
		(
			Settings::<u32> {
				sources: sources.clone(),
				symbols: vec![],
			}
			.encode(),
			"no symbol is set",
		),
		(
			Settings::<u32> { sources, symbols: many }.encode(),
			"more symbols are set than one feed takes",
		),
	];
	for (settings, message) in cases {
		ExtBuilder::default()
			.raw_settings(Some(settings))
			.answer(SOURCE, GOOD)
			.build_and_execute(|node| {
				run();
				assert!(node.only_error().starts_with(message), "{message}");
				assert!(node.asked().is_empty());
			});
	}
}

#[test]
fn as_many_symbols_as_a_feed_takes_are_fed() {
	let symbols = (0..MAX_VALUES).map(|key| (key, b"BTC".to_vec())).collect();
	let settings = Settings {
		symbols,
		..settings(&[SOURCE])
	};
	ExtBuilder::default()
		.settings(settings)
		.answer(SOURCE, GOOD)
		.build_and_execute(|node| {
			run();
			assert_eq!(node.feeds()[0].2.len(), MAX_VALUES as usize);
		});
}

#[test]
fn a_run_gives_way_to_one_that_still_goes_on() {
	ExtBuilder::default().answer(SOURCE, GOOD).build_and_execute(|node| {
		let mut lock = StorageLock::with_deadline(b"margin-feeder::lock", Duration::from_millis(6_000));
		lock.try_lock().unwrap().forget();
		run();
		assert!(node.feeds().is_empty());
		node.web.write().clock += 6_001;
		run();
		assert_eq!(node.feeds().len(), 1);
	});
}

#[test]
fn a_run_leaves_the_lock_open_whatever_came_of_it() {
	ExtBuilder::default()
		.answer(SOURCE, Answer::Never)
		.build_and_execute(|node| {
			run();
			node.set_answer(SOURCE, GOOD);
			run();
			assert_eq!(node.feeds().len(), 1);
		});
}

#[test]
fn new_settings_hold_from_the_next_run_on() {
	ExtBuilder::default()
		.answer(SOURCE, GOOD)
		.answer(SECOND_SOURCE, GOOD)
		.build_and_execute(|node| {
			run();
			let other = settings(&[SECOND_SOURCE]).encode();
			sp_io::offchain::local_storage_set(StorageKind::PERSISTENT, SETTINGS_KEY, &other);
			run_next_block();
			assert_eq!(node.asked(), vec![SOURCE, SECOND_SOURCE]);
		});
}

#[test]
fn the_key_type_is_the_one_that_nodes_are_told() {
	assert_eq!(KEY_TYPE.0, *b"feed");
}
