//! Reports grow old.

use crate::{mock::*, Event, Forecasts};
use margin_math::Ratio;

#[test]
fn a_report_counts_until_the_very_millisecond_in_which_its_time_is_over() {
	ExtBuilder::default().build_and_execute(|| {
		reported(&[(ALICE, 120), (BOB, 130), (CHARLIE, 140)]);
		wait(HALF_AN_HOUR - 1);
		assert_eq!(multiplier(), percent(130));
		wait(1);
		assert_eq!(multiplier(), Ratio::ONE);
	});
}

#[test]
fn reporters_who_fall_silent_one_by_one_leave_the_margin_where_the_chain_puts_it() {
	ExtBuilder::default().build_and_execute(|| {
		for (reporter, multiplier) in [(ALICE, 150), (BOB, 140), (CHARLIE, 130), (DAVE, 120)] {
			reported(&[(reporter, multiplier)]);
			wait(MINUTE);
		}
		assert_eq!(multiplier(), percent(130));
		wait(HALF_AN_HOUR - 4 * MINUTE);
		assert_eq!(multiplier(), percent(130));
		wait(MINUTE);
		assert_eq!(multiplier(), Ratio::ONE);
	});
}

#[test]
fn a_reporter_who_goes_on_keeps_only_his_own_word_alive() {
	ExtBuilder::default().build_and_execute(|| {
		reported(&[(ALICE, 150), (BOB, 150), (CHARLIE, 150)]);
		wait(HALF_AN_HOUR / 2);
		reported(&[(ALICE, 150)]);
		wait(HALF_AN_HOUR / 2);
		assert_eq!(multiplier(), Ratio::ONE);
		reported(&[(BOB, 110), (CHARLIE, 120)]);
		assert_eq!(multiplier(), percent(120));
	});
}

#[test]
fn that_too_few_are_left_is_told_with_the_next_report() {
	ExtBuilder::default().build_and_execute(|| {
		reported(&[(ALICE, 150), (BOB, 150), (CHARLIE, 150)]);
		wait(HALF_AN_HOUR);
		events();
		reported(&[(DAVE, 120)]);
		let changed = Event::MultiplierChanged {
			key: BTC,
			from: percent(150),
			to: Ratio::ONE,
		};
		assert!(events().contains(&changed));
		assert_eq!(Forecasts::<Test>::get(BTC).reports.len(), 1);
	});
}

#[test]
fn after_a_halt_of_the_chain_nothing_old_counts() {
	ExtBuilder::default().build_and_execute(|| {
		reported(&[(ALICE, 150), (BOB, 150), (CHARLIE, 150)]);
		wait(24 * 60 * MINUTE);
		assert_eq!(multiplier(), Ratio::ONE);
	});
}
