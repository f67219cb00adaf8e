//! Who reports, what is refused, what it costs, and what is told.

use crate::{mock::*, Error, Event, Forecasts, MAX_MULTIPLIER};
use frame_support::{assert_noop, assert_ok, dispatch::Pays};
use margin_math::Ratio;
use sp_runtime::DispatchError::BadOrigin;

#[test]
fn every_report_is_told_with_what_all_of_them_come_to() {
	ExtBuilder::default().build_and_execute(|| {
		reported(&[(ALICE, 110), (BOB, 120), (CHARLIE, 130)]);
		let told = |reporter, multiplier, median: Option<u32>| Event::Reported {
			reporter,
			key: BTC,
			multiplier: percent(multiplier),
			median: median.map(percent),
		};
		let changed = Event::MultiplierChanged {
			key: BTC,
			from: Ratio::ONE,
			to: percent(120),
		};
		assert_eq!(
			events(),
			[
				told(ALICE, 110, None),
				told(BOB, 120, None),
				told(CHARLIE, 130, Some(120)),
				changed
			]
		);
	});
}

#[test]
fn a_report_that_changes_nothing_in_force_is_told_alone() {
	ExtBuilder::default().build_and_execute(|| {
		reported(&[(ALICE, 110), (BOB, 120), (CHARLIE, 130)]);
		events();
		reported(&[(CHARLIE, 140)]);
		assert!(matches!(events()[..], [Event::Reported { .. }]));
	});
}

#[test]
fn a_reporter_who_thinks_better_of_it_replaces_what_he_said() {
	ExtBuilder::default().build_and_execute(|| {
		reported(&[(ALICE, 150), (BOB, 150), (CHARLIE, 150)]);
		reported(&[(ALICE, 110), (BOB, 105)]);
		assert_eq!(multiplier(), percent(110));
		assert_eq!(Forecasts::<Test>::get(BTC).reports.len(), 3);
	});
}

#[test]
fn nobody_else_reports() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(report(STRANGER, BTC, percent(120)), Error::<Test>::NotAReporter);
		assert_noop!(Forecast::report(RuntimeOrigin::root(), BTC, percent(120)), BadOrigin);
	});
}

#[test]
fn nothing_is_reported_on_what_is_not_listed() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(report(ALICE, UNLISTED, percent(120)), Error::<Test>::UnknownKey);
	});
}

#[test]
fn a_multiplier_out_of_its_range_is_refused_and_its_ends_are_not() {
	ExtBuilder::default().build_and_execute(|| {
		let below = Ratio::from_raw(Ratio::ONE.raw() - 1);
		let above = Ratio::from_raw(MAX_MULTIPLIER.raw() + 1);
		for refused in [Ratio::ZERO, below, above, Ratio::MAX] {
			assert_noop!(report(ALICE, BTC, refused), Error::<Test>::MultiplierOutOfRange);
		}
		assert_ok!(report(ALICE, BTC, Ratio::ONE));
		assert_ok!(report(BOB, BTC, MAX_MULTIPLIER));
	});
}

#[test]
fn a_dismissed_reporter_stops_counting_at_once() {
	ExtBuilder::default().build_and_execute(|| {
		reported(&[(ALICE, 150), (BOB, 140), (CHARLIE, 130)]);
		Members::set(vec![BOB, CHARLIE, DAVE, EVE]);
		assert_eq!(multiplier(), Ratio::ONE);
		assert_noop!(report(ALICE, BTC, percent(150)), Error::<Test>::NotAReporter);
		reported(&[(DAVE, 110)]);
		assert_eq!(multiplier(), percent(130));
		let kept: Vec<_> = Forecasts::<Test>::get(BTC)
			.reports
			.iter()
			.map(|report| report.reporter)
			.collect();
		assert_eq!(kept, [BOB, CHARLIE, DAVE]);
	});
}

#[test]
fn what_one_asset_is_told_to_do_says_nothing_of_another() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Forecast::set_shadow(RuntimeOrigin::root(), Some(ETH), false));
		reported(&[(ALICE, 150), (BOB, 150), (CHARLIE, 150)]);
		assert_eq!(Forecast::multiplier(ETH), Ratio::ONE);
		assert_eq!(multiplier(), MAX_MULTIPLIER);
	});
}

#[test]
fn more_reporters_than_the_chain_keeps_are_refused_until_one_falls_silent() {
	ExtBuilder::default().build_and_execute(|| {
		Members::set((1..=7).collect());
		for reporter in 1..=6 {
			assert_ok!(report(reporter, BTC, percent(120)));
			wait(MINUTE);
		}
		assert_noop!(report(7, BTC, percent(120)), Error::<Test>::TooManyReporters);
		assert_ok!(report(6, BTC, percent(130)));
		wait(HALF_AN_HOUR - 6 * MINUTE);
		assert_ok!(report(7, BTC, percent(120)));
	});
}

#[test]
fn the_first_report_on_an_asset_in_a_minute_costs_nothing_and_each_further_one_a_fee() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(paid(report(ALICE, BTC, percent(110))), Pays::No);
		assert_eq!(paid(report(ALICE, ETH, percent(110))), Pays::No);
		assert_eq!(paid(report(BOB, BTC, percent(110))), Pays::No);
		assert_eq!(paid(report(ALICE, BTC, percent(120))), Pays::Yes);
		wait(MINUTE - 1);
		assert_eq!(paid(report(ALICE, BTC, percent(130))), Pays::Yes);
		wait(MINUTE);
		assert_eq!(paid(report(ALICE, BTC, percent(140))), Pays::No);
	});
}
