//! What clients are told.

use crate::{mock::*, MultiplierView};
use frame_support::assert_ok;
use margin_math::Ratio;

fn view() -> MultiplierView<u32> {
	let [view] = Forecast::multipliers().try_into().unwrap();
	view
}

#[test]
fn the_view_tells_what_is_in_force_how_many_stand_behind_it_and_until_when() {
	ExtBuilder::default().build_and_execute(|| {
		let start = now();
		for (reporter, multiplier) in [(ALICE, 150), (BOB, 140), (CHARLIE, 130), (DAVE, 120)] {
			reported(&[(reporter, multiplier)]);
			wait(MINUTE);
		}
		let expected = MultiplierView {
			key: BTC,
			multiplier: percent(130),
			median: Some(percent(130)),
			reports: 4,
			until: Some(start + MINUTE + HALF_AN_HOUR),
			shadow: false,
		};
		assert_eq!(view(), expected);
		wait(expected.until.unwrap() - now() - 1);
		assert_eq!(view().multiplier, percent(130));
		wait(1);
		assert_eq!((view().multiplier, view().reports), (Ratio::ONE, 2));
		assert_eq!((view().median, view().until), (None, None));
	});
}

#[test]
fn the_view_tells_the_median_of_what_is_in_shadow() {
	ExtBuilder::default().build_and_execute(|| {
		reported(&[(ALICE, 150), (BOB, 140), (CHARLIE, 130)]);
		assert_ok!(Forecast::set_shadow(RuntimeOrigin::root(), None, true));
		assert_eq!((view().multiplier, view().median), (Ratio::ONE, Some(percent(140))));
		assert!(view().shadow);
	});
}

#[test]
fn a_chain_on_which_nobody_reported_has_nothing_to_show() {
	ExtBuilder::default().in_shadow().build_and_execute(|| {
		assert!(Forecast::multipliers().is_empty());
		assert_eq!(multiplier(), Ratio::ONE);
	});
}
