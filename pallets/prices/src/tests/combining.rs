//! The median of fresh values, through the real oracle.

use crate::mock::*;
use frame_support::assert_ok;
use margin_math::Price;
use orml_oracle::Values;

fn combined() -> (Price, u64) {
	let value = Values::<Test>::get(BTC).unwrap();
	(Price::from_fixed(value.value), value.timestamp)
}

fn feeds(prices: &[(u64, u32)]) {
	for (operator, price) in prices {
		assert_ok!(feed(*operator, BTC, usd(*price)));
	}
}

#[test]
fn of_three_values_the_middle_one_is_taken() {
	ExtBuilder::default().build_and_execute(|| {
		block(|| feeds(&[(ALICE, 300), (BOB, 100), (CHARLIE, 200)]));
		assert_eq!(combined(), (usd(200), now()));
	});
}

#[test]
fn of_two_values_the_one_nearer_to_the_price_before_is_taken() {
	ExtBuilder::default().build_and_execute(|| {
		block(|| feeds(&[(ALICE, 200), (BOB, 200), (CHARLIE, 200)]));
		block_after(60_000, || feeds(&[(ALICE, 210), (BOB, 300)]));
		assert_eq!(combined().0, usd(210));
		block(|| feeds(&[(ALICE, 100), (BOB, 205)]));
		assert_eq!(combined().0, usd(205));
		block(|| feeds(&[(ALICE, 100), (BOB, 120)]));
		assert_eq!(combined().0, usd(120));
	});
}

#[test]
fn two_first_values_give_the_lower_one() {
	ExtBuilder::default().build_and_execute(|| {
		block(|| feeds(&[(ALICE, 210), (BOB, 200)]));
		assert_eq!(combined().0, usd(200));
	});
}

#[test]
fn of_four_values_the_middle_pair_counts() {
	ExtBuilder::default().build_and_execute(|| {
		Operators::set(vec![ALICE, BOB, CHARLIE, 4]);
		block(|| feeds(&[(ALICE, 1), (BOB, 200), (CHARLIE, 210), (4, 900)]));
		assert_eq!(combined().0, usd(200));
		block(|| feeds(&[(4, 220), (CHARLIE, 202), (BOB, 201), (ALICE, 2)]));
		assert_eq!(combined().0, usd(201));
	});
}

#[test]
fn of_two_values_equally_near_the_lower_one_is_taken() {
	ExtBuilder::default().build_and_execute(|| {
		block(|| feeds(&[(ALICE, 205), (BOB, 205), (CHARLIE, 205)]));
		block_after(60_000, || feeds(&[(ALICE, 200), (BOB, 210)]));
		assert_eq!(combined().0, usd(200));
	});
}

#[test]
fn of_two_operators_both_must_report_before_the_time_moves_on() {
	ExtBuilder::default().build_and_execute(|| {
		Operators::set(vec![ALICE, BOB]);
		block(|| feeds(&[(ALICE, 100), (BOB, 100)]));
		let first = now();
		block(|| feeds(&[(ALICE, 101)]));
		assert_eq!(combined().1, first);
		block(|| feeds(&[(BOB, 101)]));
		assert_eq!(combined().1, first + BLOCK_MS);
	});
}

#[test]
fn a_value_alone_is_not_enough_and_the_one_before_grows_old() {
	ExtBuilder::default().build_and_execute(|| {
		block(|| feeds(&[(ALICE, 100)]));
		assert_eq!(Values::<Test>::get(BTC), None);
		block(|| feeds(&[(BOB, 100)]));
		let before = combined();
		block_after(60_001, || feeds(&[(ALICE, 150)]));
		assert_eq!(combined(), before);
	});
}

#[test]
fn the_time_moves_on_only_when_a_majority_has_reported_again() {
	ExtBuilder::default().build_and_execute(|| {
		block(|| feeds(&[(ALICE, 100), (BOB, 100), (CHARLIE, 100)]));
		let first = now();
		block(|| feeds(&[(ALICE, 101)]));
		block(|| feeds(&[(ALICE, 102)]));
		assert_eq!(combined().1, first);
		block(|| feeds(&[(BOB, 101)]));
		assert_eq!(combined().1, first + 2 * BLOCK_MS);
		block(|| feeds(&[(ALICE, 103)]));
		assert_eq!(combined().1, first + 3 * BLOCK_MS);
	});
}

#[test]
fn the_time_never_goes_back_while_values_overtake_one_another() {
	ExtBuilder::default().build_and_execute(|| {
		block(|| feeds(&[(ALICE, 100), (BOB, 110), (CHARLIE, 120)]));
		let mut last = combined().1;
		for round in 0..60u32 {
			let (operator, price) = (u64::from(round % 3) + 1, 100 + (round * 37) % 50);
			block(|| feeds(&[(operator, price)]));
			assert!(combined().1 >= last);
			last = combined().1;
		}
	});
}
