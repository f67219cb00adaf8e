//! Guards: who sets them, what is refused, what happens to a price whose guard goes.

use crate::{mock::*, Error, Event, Guard, Guards, Verdict};
use frame_support::{assert_noop, assert_ok};
use margin_math::Ratio;
use sp_runtime::DispatchError::BadOrigin;

fn set(key: u32, guard: Guard) -> sp_runtime::DispatchResult {
	Prices::set_guard(RuntimeOrigin::root(), key, guard)
}

#[test]
fn root_sets_a_guard_and_the_key_is_latched_in_the_same_block() {
	ExtBuilder::default().guards(vec![]).build_and_execute(|| {
		block(|| {
			feed_all(BTC, usd(8_000));
			assert_ok!(set(BTC, guard()));
		});
		assert_eq!(quote(BTC).live, usd(8_000));
		assert!(events().contains(&Event::GuardSet {
			key: BTC,
			guard: guard()
		}));
	});
}

#[test]
fn nobody_else_sets_or_removes_a_guard() {
	ExtBuilder::default().build_and_execute(|| {
		let alice = || RuntimeOrigin::signed(ALICE);
		assert_noop!(Prices::set_guard(alice(), BTC, guard()), BadOrigin);
		assert_noop!(Prices::remove_guard(alice(), BTC), BadOrigin);
	});
}

#[test]
fn every_field_out_of_its_range_is_refused_by_name() {
	ExtBuilder::default().build_and_execute(|| {
		let refused = [
			(
				Guard {
					max_age_ms: 9_999,
					..guard()
				},
				Error::<Test>::MaxAgeOutOfRange,
			),
			(
				Guard {
					max_age_ms: 86_400_001,
					..guard()
				},
				Error::<Test>::MaxAgeOutOfRange,
			),
			(
				Guard {
					min_operators: 0,
					..guard()
				},
				Error::<Test>::MinOperatorsOutOfRange,
			),
			(
				Guard {
					min_operators: 101,
					..guard()
				},
				Error::<Test>::MinOperatorsOutOfRange,
			),
			(
				Guard {
					band: Ratio::from_ppm(999),
					..guard()
				},
				Error::<Test>::BandOutOfRange,
			),
			(
				Guard {
					band: Ratio::from_ppm(500_001),
					..guard()
				},
				Error::<Test>::BandOutOfRange,
			),
			(
				Guard {
					hold_rounds: 0,
					..guard()
				},
				Error::<Test>::HoldRoundsOutOfRange,
			),
			(
				Guard {
					hold_rounds: 21,
					..guard()
				},
				Error::<Test>::HoldRoundsOutOfRange,
			),
			(
				Guard {
					hold_ms: 999,
					..guard()
				},
				Error::<Test>::HoldTimeOutOfRange,
			),
			(
				Guard {
					hold_ms: 600_001,
					..guard()
				},
				Error::<Test>::HoldTimeOutOfRange,
			),
			(
				Guard {
					stable_speed_per_hour: Ratio::ZERO,
					..guard()
				},
				Error::<Test>::StableSpeedOutOfRange,
			),
			(
				Guard {
					stable_speed_per_hour: Ratio::from_ppm(10_000_001),
					..guard()
				},
				Error::<Test>::StableSpeedOutOfRange,
			),
		];
		for (guard, error) in refused {
			assert_noop!(set(BTC, guard), error);
		}
	});
}

#[test]
fn the_ends_of_every_range_are_accepted() {
	ExtBuilder::default().build_and_execute(|| {
		let low = Guard {
			max_age_ms: 10_000,
			min_operators: 1,
			band: Ratio::from_ppm(1_000),
			hold_rounds: 1,
			hold_ms: 1_000,
			stable_speed_per_hour: Ratio::from_ppm(1_000),
		};
		let high = Guard {
			max_age_ms: 86_400_000,
			min_operators: 100,
			band: Ratio::from_ppm(500_000),
			hold_rounds: 20,
			hold_ms: 600_000,
			stable_speed_per_hour: Ratio::from_ppm(10_000_000),
		};
		assert_ok!(set(BTC, low));
		assert_ok!(set(ETH, high));
		assert_eq!(
			(Guards::<Test>::get(BTC), Guards::<Test>::get(ETH)),
			(Some(low), Some(high))
		);
	});
}

#[test]
fn the_shipped_guards_pass_their_own_check() {
	assert_eq!(Guard::volatile().check(), Ok(()));
	assert_eq!(Guard::pegged().check(), Ok(()));
}

#[test]
fn no_more_keys_are_guarded_than_a_block_can_latch() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(set(10, guard()));
		assert_ok!(set(11, guard()));
		assert_noop!(set(12, guard()), Error::<Test>::TooManyKeys);
		assert_ok!(set(
			11,
			Guard {
				min_operators: 1,
				..guard()
			}
		));
		assert_ok!(Prices::remove_guard(RuntimeOrigin::root(), 10));
		assert_ok!(set(12, guard()));
	});
}

#[test]
fn removing_a_guard_that_is_not_there_is_refused() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Prices::remove_guard(RuntimeOrigin::root(), 77),
			Error::<Test>::UnknownKey
		);
	});
}

#[test]
fn a_removed_guard_leaves_a_last_price_that_is_not_usable() {
	ExtBuilder::default().build_and_execute(|| {
		block_at(usd(8_000));
		block(|| {
			assert_ok!(Prices::remove_guard(RuntimeOrigin::root(), BTC));
			assert_eq!(verdict(BTC), Verdict::Missing);
			feed_all(BTC, usd(8_100));
		});
		assert_eq!(quote(BTC).live, usd(8_000));
		assert_eq!(verdict(BTC), Verdict::Missing);
		assert!(events().contains(&Event::GuardRemoved { key: BTC }));
	});
}

#[test]
fn a_guard_that_comes_back_starts_as_after_a_gap() {
	ExtBuilder::default().build_and_execute(|| {
		block_at(usd(8_000));
		block(|| Prices::remove_guard(RuntimeOrigin::root(), BTC).unwrap());
		block(|| {
			assert_ok!(set(BTC, guard()));
			feed_all(BTC, usd(8_000));
		});
		assert_eq!(verdict(BTC), Verdict::HeldBack);
		for _ in 0..3 {
			block_at(usd(8_000));
		}
		assert_eq!(verdict(BTC), Verdict::Usable);
	});
}

#[test]
fn a_stricter_guard_takes_hold_at_the_next_latch() {
	ExtBuilder::default().build_and_execute(|| {
		block_at(usd(8_000));
		block(|| {
			feed_all(BTC, usd(8_300));
			assert_ok!(set(
				BTC,
				Guard {
					band: Ratio::from_percent(1),
					..guard()
				}
			));
			assert_eq!(verdict(BTC), Verdict::Usable);
		});
		assert_eq!(verdict(BTC), Verdict::HeldBack);
		assert_eq!(quote(BTC).live, usd(8_000));
	});
}

#[test]
#[should_panic(expected = "the genesis guard of 2 is out of its ranges")]
fn a_genesis_with_a_bad_guard_is_refused() {
	ExtBuilder::default()
		.guards(vec![(
			BTC,
			Guard {
				hold_rounds: 0,
				..guard()
			},
		)])
		.build();
}

#[test]
#[should_panic(expected = "more genesis guards than MaxKeys")]
fn a_genesis_with_too_many_guards_is_refused() {
	ExtBuilder::default()
		.guards((0..5).map(|key| (key, guard())).collect())
		.build();
}

#[test]
fn a_guard_survives_a_genesis_file() {
	let written = serde_json::to_string(&guard()).unwrap();
	assert_eq!(serde_json::from_str::<Guard>(&written).unwrap(), guard());
	assert!(serde_json::from_str::<Guard>(&written.replace("band", "bend")).is_err());
}
