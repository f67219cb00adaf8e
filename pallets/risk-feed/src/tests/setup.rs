//! What a runtime may ask of the pallet.

use crate::mock::*;
use frame_support::traits::Hooks;

fn checked() {
	<RiskFeed as Hooks<u64>>::integrity_test();
}

#[test]
fn a_usual_runtime_should_be_accepted() {
	ExtBuilder::default().build_and_execute(checked);
}

#[test]
#[should_panic(expected = "reports must not be sent without a pause")]
fn reports_without_a_pause_should_be_refused() {
	ExtBuilder::default().build_and_execute(|| {
		MinInterval::set(0);
		checked();
	});
}
