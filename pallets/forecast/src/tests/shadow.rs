//! Models that are looked at and not yet followed.

use crate::{mock::*, Error, Event, Forecasts, Shadow};
use frame_support::{assert_noop, assert_ok};
use margin_math::Ratio;
use sp_runtime::{DispatchError::BadOrigin, DispatchResult};

fn set(key: Option<u32>, shadow: bool) -> DispatchResult {
	Forecast::set_shadow(RuntimeOrigin::root(), key, shadow)
}

fn all_ask_for_half_as_much_again() {
	reported(&[(ALICE, 150), (BOB, 150), (CHARLIE, 150)]);
}

#[test]
fn a_chain_starts_in_shadow_and_tells_what_the_reports_come_to() {
	ExtBuilder::default().in_shadow().build_and_execute(|| {
		all_ask_for_half_as_much_again();
		assert_eq!(multiplier(), Ratio::ONE);
		let last = events().pop().unwrap();
		assert!(matches!(last, Event::Reported { median: Some(median), .. } if median == percent(150)));
	});
}

#[test]
fn reports_count_where_neither_the_whole_nor_the_asset_is_in_shadow() {
	ExtBuilder::default().in_shadow().build_and_execute(|| {
		all_ask_for_half_as_much_again();
		assert_ok!(set(Some(BTC), false));
		assert_eq!(multiplier(), Ratio::ONE);
		assert_ok!(set(None, false));
		assert_eq!(multiplier(), percent(150));
		assert_ok!(set(Some(BTC), true));
		assert_eq!(multiplier(), Ratio::ONE);
	});
}

#[test]
fn the_whole_is_put_back_in_shadow_by_one_call() {
	ExtBuilder::default().build_and_execute(|| {
		all_ask_for_half_as_much_again();
		assert_eq!(multiplier(), percent(150));
		assert_ok!(set(None, true));
		assert_eq!(multiplier(), Ratio::ONE);
	});
}

#[test]
fn switching_is_told_with_what_it_changes() {
	ExtBuilder::default().build_and_execute(|| {
		all_ask_for_half_as_much_again();
		events();
		assert_ok!(set(Some(BTC), true));
		let changed = Event::MultiplierChanged {
			key: BTC,
			from: percent(150),
			to: Ratio::ONE,
		};
		let switched = Event::ShadowSet {
			key: Some(BTC),
			shadow: true,
		};
		assert_eq!(events(), [changed, switched]);
		assert_ok!(set(None, true));
		assert_eq!(
			events(),
			[Event::ShadowSet {
				key: None,
				shadow: true
			}]
		);
	});
}

#[test]
fn nobody_but_governance_switches_it() {
	ExtBuilder::default().build_and_execute(|| {
		let alice = || RuntimeOrigin::signed(ALICE);
		assert_noop!(Forecast::set_shadow(alice(), None, false), BadOrigin);
		assert_noop!(Forecast::set_shadow(alice(), Some(BTC), true), BadOrigin);
		assert!(!Shadow::<Test>::get());
	});
}

#[test]
fn what_is_not_listed_is_not_switched() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(set(Some(UNLISTED), false), Error::<Test>::UnknownKey);
		assert_noop!(set(Some(UNLISTED), true), Error::<Test>::UnknownKey);
	});
}

#[test]
fn what_is_listed_no_more_leaves_nothing_behind_when_it_is_put_in_shadow() {
	ExtBuilder::default().build_and_execute(|| {
		all_ask_for_half_as_much_again();
		Listed::set(vec![ETH]);
		wait(HALF_AN_HOUR);
		assert_noop!(set(Some(BTC), false), Error::<Test>::UnknownKey);
		assert_ok!(set(Some(BTC), true));
		assert!(!Forecasts::<Test>::contains_key(BTC));
		assert_noop!(set(Some(BTC), true), Error::<Test>::UnknownKey);
	});
}
