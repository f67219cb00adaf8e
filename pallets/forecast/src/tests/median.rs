//! What several reports come to.

use crate::{forecast::median, mock::*, MAX_MULTIPLIER};
use margin_math::Ratio;
use proptest::prelude::*;

fn of(percents: &[u32]) -> Option<Ratio> {
	median(percents.iter().map(|value| percent(*value)).collect(), 3)
}

#[test]
fn the_middle_of_three_counts() {
	ExtBuilder::default().build_and_execute(|| {
		reported(&[(ALICE, 150), (BOB, 100), (CHARLIE, 120)]);
		assert_eq!(multiplier(), percent(120));
	});
}

#[test]
fn two_reports_count_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		reported(&[(ALICE, 150), (BOB, 150)]);
		assert_eq!(multiplier(), Ratio::ONE);
	});
}

#[test]
fn one_reporter_who_reports_three_times_is_one() {
	ExtBuilder::default().build_and_execute(|| {
		for _ in 0..3 {
			reported(&[(ALICE, 150)]);
			wait(2_000);
		}
		assert_eq!(multiplier(), Ratio::ONE);
	});
}

#[test]
fn two_of_five_who_collude_move_it_no_further_than_the_next_honest_report() {
	ExtBuilder::default().build_and_execute(|| {
		reported(&[(ALICE, 150), (BOB, 150), (CHARLIE, 104), (DAVE, 102), (EVE, 100)]);
		assert_eq!(multiplier(), percent(104));
		reported(&[(ALICE, 100), (BOB, 100), (CHARLIE, 120), (DAVE, 130), (EVE, 125)]);
		assert_eq!(multiplier(), percent(120));
	});
}

#[test]
fn half_of_the_reporters_cannot_raise_a_margin_alone() {
	ExtBuilder::default().build_and_execute(|| {
		reported(&[(ALICE, 150), (BOB, 150), (CHARLIE, 100), (DAVE, 110)]);
		assert_eq!(multiplier(), percent(110));
		reported(&[(DAVE, 100)]);
		assert_eq!(multiplier(), Ratio::ONE);
	});
}

#[test]
fn reporters_who_disagree_about_everything_come_to_their_middle() {
	ExtBuilder::default().build_and_execute(|| {
		reported(&[(ALICE, 100), (BOB, 150), (CHARLIE, 110), (DAVE, 140), (EVE, 125)]);
		assert_eq!(multiplier(), percent(125));
	});
}

#[test]
fn a_chain_may_ask_for_more_reporters_than_three_but_not_for_fewer() {
	ExtBuilder::default().build_and_execute(|| {
		MinReporters::set(4);
		reported(&[(ALICE, 150), (BOB, 150), (CHARLIE, 150)]);
		assert_eq!(multiplier(), Ratio::ONE);
		reported(&[(DAVE, 150)]);
		assert_eq!(multiplier(), MAX_MULTIPLIER);
	});
	assert_eq!(median(vec![percent(150); 2], 1), None);
}

#[test]
fn what_is_stored_beyond_the_range_is_cut_to_it() {
	assert_eq!(of(&[900, 800, 700]), Some(MAX_MULTIPLIER));
	assert_eq!(of(&[10, 20, 90]), Some(Ratio::ONE));
}

proptest! {
	#[test]
	fn it_takes_more_than_half_to_raise_it_and_the_order_of_reports_is_all_one(
		honest in prop::collection::vec(100u32..=150, 2..8),
		raised in prop::collection::vec(100u32..=150, 0..8),
		turn in 0usize..16,
	) {
		prop_assume!(raised.len() <= honest.len() && honest.len() + raised.len() >= 3);
		let mut all = [honest.clone(), raised].concat();
		let result = of(&all).unwrap();
		let highest = percent(*honest.iter().max().unwrap());
		prop_assert!(result <= highest);
		let places = turn % all.len();
		all.rotate_left(places);
		prop_assert_eq!(of(&all), Some(result));
	}

	#[test]
	fn a_higher_report_never_lowers_it(reports in prop::collection::vec(100u32..=150, 3..12), who in 0usize..12, by in 0u32..50) {
		let before = of(&reports).unwrap();
		let mut after = reports.clone();
		let who = who % reports.len();
		after[who] = (after[who] + by).min(150);
		prop_assert!(of(&after).unwrap() >= before);
	}
}
