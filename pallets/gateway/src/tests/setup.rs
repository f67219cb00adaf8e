//! What a runtime may ask of the pallet.

use crate::mock::*;
use frame_support::traits::Hooks;

fn checked() {
	<Gateway as Hooks<u64>>::integrity_test();
}

#[test]
fn the_bounds_of_this_chain_are_accepted() {
	ExtBuilder::execute(checked);
}

#[test]
#[should_panic(expected = "nothing could leave")]
fn a_chain_without_routes_needs_no_gate() {
	ExtBuilder::execute(|| {
		MaxRoutes::set(0);
		checked();
	});
}

#[test]
#[should_panic(expected = "nothing could leave")]
fn a_chain_on_which_no_owner_may_have_a_flight_is_refused() {
	ExtBuilder::execute(|| {
		MaxFlights::set(0);
		checked();
	});
}

#[test]
#[should_panic(expected = "resolved as it leaves")]
fn flights_that_could_be_resolved_at_once_are_refused() {
	ExtBuilder::execute(|| {
		MinAge::set(0);
		checked();
	});
}
