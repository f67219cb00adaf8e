//! What a runtime may ask of the pallet.

use crate::mock::*;
use frame_support::traits::Hooks;

fn checked() {
	<Forecast as Hooks<u64>>::integrity_test();
}

#[test]
fn the_bounds_themselves_are_accepted() {
	ExtBuilder::default().build_and_execute(|| {
		checked();
		MaxReporters::set(3);
		Validity::set(1);
		checked();
	});
}

#[test]
#[should_panic(expected = "reports must count for up to 30 minutes")]
fn reports_that_count_for_longer_than_half_an_hour_are_refused() {
	ExtBuilder::default().build_and_execute(|| {
		Validity::set(HALF_AN_HOUR + 1);
		checked();
	});
}

#[test]
#[should_panic(expected = "reports must count for up to 30 minutes")]
fn reports_that_never_count_are_refused() {
	ExtBuilder::default().build_and_execute(|| {
		Validity::set(0);
		checked();
	});
}

#[test]
#[should_panic(expected = "no fewer than three reporters may move a margin")]
fn two_reporters_are_refused() {
	ExtBuilder::default().build_and_execute(|| {
		MinReporters::set(2);
		checked();
	});
}

#[test]
#[should_panic(expected = "fewer reporters are kept than it takes")]
fn less_room_than_it_takes_reporters_is_refused() {
	ExtBuilder::default().build_and_execute(|| {
		MaxReporters::set(2);
		checked();
	});
}
