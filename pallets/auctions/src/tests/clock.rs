//! The clock alone.

use super::*;
use crate::round::{Auction, Next, NoPrice, Sight};
use margin_math::{Amount, Rounding};
use proptest::prelude::*;

fn sight(now: u64, live: u128) -> Sight {
	Sight {
		now,
		live: Some(cents(live)),
		lot: Amount(1_000),
		worthwhile: true,
		level: Level::None,
	}
}

/// An auction whose first round began at time zero, at 100 dollars.
fn begun() -> Auction {
	let mut auction = Auction::new(&sight(0, 10_000));
	auction.begin(0, cents(10_000), &Rules::default()).unwrap();
	auction
}

#[test]
fn the_price_falls_evenly_from_the_premium_to_the_discount() {
	let auction = begun();
	assert_eq!(auction.price(0, cents(10_000)), Ok(cents(10_050)));
	assert_eq!(auction.price(20_000, cents(10_000)), Ok(cents(9_950)));
	assert_eq!(auction.price(30_000, cents(10_000)), Ok(cents(9_900)));
	assert_eq!(auction.price(60_000, cents(10_000)), Ok(cents(9_750)));
}

#[test]
fn the_price_follows_the_live_one() {
	let auction = begun();
	assert_eq!(auction.price(20_000, cents(10_400)), Ok(cents(10_348)));
	assert_eq!(
		auction.price(20_000, cents(9_900)).unwrap(),
		Price::from_raw(98_505 * 10u128.pow(15))
	);
}

#[test]
fn nothing_has_a_price_below_the_floor_of_the_round() {
	let auction = begun();
	assert_eq!(auction.round.unwrap().floor(), Some(cents(9_750)));
	assert!(auction.price(60_000, cents(10_000)).is_ok());
	assert_eq!(auction.price(60_000, cents(9_999)), Err(NoPrice::BelowFloor));
	assert_eq!(auction.price(0, cents(9_700)), Err(NoPrice::BelowFloor));
}

#[test]
fn the_price_and_the_floor_are_rounded_up() {
	let mut auction = Auction::new(&sight(0, 1));
	let live = Price::from_raw(101);
	auction.begin(0, live, &Rules::default()).unwrap();
	assert_eq!(auction.round.unwrap().floor(), Some(Price::from_raw(99)), "98.475");
	assert_eq!(auction.price(60_000, live), Ok(Price::from_raw(99)));
	assert_eq!(auction.price(0, live), Ok(Price::from_raw(102)), "101.505");
}

#[test]
fn the_share_of_the_live_price_is_rounded_up() {
	let rules = Rules {
		duration: 70_000,
		..Rules::default()
	};
	let mut auction = Auction::new(&sight(0, 1));
	let round = auction.begin(0, cents(10_000), &rules).unwrap();
	let above = 30_000_000_000_000_000u128 * 69_999 / 70_000;
	assert_eq!(
		round.fraction(1),
		Some(Ratio::from_raw(rules.bottom(0).raw() + above + 1))
	);
}

#[test]
fn a_round_reaches_its_floor_however_far_blocks_are_apart() {
	let (mut auction, rules) = (begun(), Rules::default());
	assert_eq!(auction.look(&sight(300_000, 10_000), &rules), Next::GoOn);
	assert_eq!(auction.price(300_000, cents(10_000)), Ok(cents(9_750)));
	assert_eq!(auction.price(300_001, cents(10_000)), Err(NoPrice::BetweenRounds));
	assert_eq!(
		auction.look(&sight(300_001, 10_000), &rules),
		Next::Begin(Cause::TimeUp)
	);
}

#[test]
fn a_halt_of_the_chain_counts_as_one_round() {
	let (mut auction, rules) = (begun(), Rules::default());
	auction.look(&sight(100 * 3_600_000, 10_000), &rules);
	assert_eq!(auction.tried, rules.duration);
}

#[test]
fn the_floor_steps_down_to_the_minimum_price_and_no_further() {
	let rules = Rules::default();
	let bottoms: Vec<_> = [0, 599_999, 600_000, 6_600_000, u64::MAX]
		.into_iter()
		.map(|tried| rules.bottom(rules.step_after(tried)))
		.collect();
	assert_eq!(
		bottoms,
		[975, 975, 950, 700, 700].map(|share| Ratio::from_ppm(share * 1_000))
	);
	assert_eq!(rules.last_step(), 11);
}

#[test]
fn steps_that_do_not_meet_the_minimum_price_end_at_it() {
	let rules = Rules {
		discount_step: Ratio::from_percent(20),
		..Rules::default()
	};
	assert_eq!((rules.last_step(), rules.bottom(1)), (2, Ratio::from_ppm(775_000)));
	assert_eq!(rules.bottom(2), Ratio::from_percent(70));
}

#[test]
fn a_lot_that_moved_by_more_than_a_tenth_is_a_lot_of_its_own() {
	let cases = [
		(1_000, false, true),
		(1_100, false, true),
		(1_101, true, false),
		(900, false, true),
		(899, false, false),
		(0, false, false),
	];
	for (lot, grew, time_goes_on) in cases {
		let mut auction = Auction { tried: 5, ..begun() };
		assert_eq!(auction.note_lot(Amount(lot), true), grew, "{lot}");
		assert_eq!(auction.tried > 0, time_goes_on, "{lot}");
	}
}

#[test]
fn a_rest_that_is_not_worth_a_take_gets_no_more_time() {
	for lot in [1, 5_000] {
		let mut auction = Auction { tried: 5, ..begun() };
		assert!(!auction.note_lot(Amount(lot), false));
		assert_eq!((auction.tried, auction.lot), (5, Amount(lot)));
	}
}

proptest! {
	#[test]
	fn within_a_round_the_price_only_falls_and_stays_between_its_ends(
		live in 1u128..10u128.pow(30), premium in 0u32..200_000, discount in 1_000u32..200_000, step in 0u32..20,
		early in 0u64..70_000, later in 0u64..70_000,
	) {
		let rules = Rules {
			premium: Ratio::from_ppm(premium),
			discount: Ratio::from_ppm(discount),
			..Rules::default()
		};
		let live = Price::from_raw(live);
		let mut auction = Auction { tried: u64::from(step) * 600_000, ..Auction::new(&sight(0, 1)) };
		let round = auction.begin(0, live, &rules).unwrap();
		let (early, late) = (early, early + later);
		let (first, second) = (auction.price(early, live), auction.price(late, live));
		if let (Ok(first), Ok(second)) = (first, second) {
			prop_assert!(first >= second);
			prop_assert!(second >= round.floor().unwrap());
			prop_assert!(first <= live.scale(rules.top(), Rounding::Up).unwrap());
		} else {
			prop_assert!(false, "at an unchanged price there is always one");
		}
	}
}
