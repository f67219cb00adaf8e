//! The stable price: bounded speed, no overshoot, no dependence on the cadence of blocks.

use crate::stable::{Stable, WINDOW_MS};
use margin_math::{Price, Ratio};
use proptest::{collection::vec, prelude::*};

const NOON: u64 = 450_000 * WINDOW_MS;

fn usd(dollars: u128) -> Price {
	Price::from_fixed(dollars.into())
}

fn percent(percent: u32) -> Ratio {
	Ratio::from_percent(percent)
}

#[test]
fn in_an_hour_it_moves_by_its_speed_and_in_half_an_hour_by_half() {
	let start = Stable::starting_at(usd(36_000), NOON);
	let (up, down) = (usd(72_000), usd(1));
	assert_eq!(start.follow(up, percent(10), NOON + WINDOW_MS / 2).price, usd(37_800));
	assert_eq!(start.follow(up, percent(10), NOON + WINDOW_MS).price, usd(39_600));
	assert_eq!(start.follow(down, percent(10), NOON + WINDOW_MS).price, usd(32_400));
}

#[test]
fn the_speed_is_taken_anew_from_the_price_at_the_start_of_every_hour() {
	let start = Stable::starting_at(usd(36_000), NOON);
	assert_eq!(
		start.follow(usd(72_000), percent(10), NOON + 2 * WINDOW_MS).price,
		usd(43_560)
	);
}

#[test]
fn it_arrives_and_stays() {
	let start = Stable::starting_at(usd(100), NOON);
	let arrived = start.follow(usd(101), percent(10), NOON + WINDOW_MS);
	assert_eq!(arrived.price, usd(101));
	assert_eq!(
		arrived.follow(usd(101), percent(10), NOON + 9 * WINDOW_MS).price,
		usd(101)
	);
}

#[test]
fn a_pump_of_twenty_four_times_in_twenty_minutes_barely_moves_it() {
	let start = Stable::starting_at(usd(1), NOON);
	let after = start.follow(usd(24), percent(20), NOON + WINDOW_MS / 3).price;
	assert!(after < Price::from_raw(usd(1).raw() * 107 / 100));
}

#[test]
fn a_price_too_small_for_its_speed_still_moves() {
	let start = Stable::starting_at(Price::from_raw(10), NOON);
	assert_eq!(
		start.follow(Price::from_raw(15), percent(10), NOON + 3).price,
		Price::from_raw(13)
	);
	assert_eq!(
		start.follow(Price::from_raw(15), percent(10), NOON + 9).price,
		Price::from_raw(15)
	);
}

#[test]
fn a_clock_that_goes_back_moves_nothing() {
	let start = Stable::starting_at(usd(100), NOON);
	assert_eq!(start.follow(usd(200), percent(10), NOON - 5_000), start);
}

fn prices() -> impl Strategy<Value = Price> {
	prop_oneof![1..1_000u128, 1..10u128.pow(30), any::<u128>()].prop_map(Price::from_raw)
}

fn speeds() -> impl Strategy<Value = Ratio> {
	(1_000..=10_000_000u32).prop_map(Ratio::from_ppm)
}

proptest! {
	#[test]
	fn walked_in_one_step_or_in_many_it_ends_at_the_same_price(
		start in prices(),
		live in prices(),
		speed in speeds(),
		offset in 0..WINDOW_MS,
		steps in vec(1..600_000u64, 1..100),
	) {
		let start = Stable::starting_at(start, NOON + offset);
		let (mut walked, mut now) = (start, NOON + offset);
		for step in steps {
			now += step;
			walked = walked.follow(live, speed, now);
		}
		prop_assert_eq!(walked.price, start.follow(live, speed, now).price);
	}

	#[test]
	fn waiting_in_one_step_or_in_many_is_the_same(
		start in prices(),
		live in prices(),
		speed in speeds(),
		steps in vec((any::<bool>(), 1..3_000_000u64), 1..20),
	) {
		let (mut once, mut split, mut now) = (Stable::starting_at(start, NOON), Stable::starting_at(start, NOON), NOON);
		for (known, step) in steps {
			let (half, end) = (now + step / 2, now + step);
			if known {
				once = once.follow(live, speed, end);
				split = split.follow(live, speed, half).follow(live, speed, end);
			} else {
				once = once.wait(end);
				split = split.wait(half).wait(end);
			}
			now = end;
		}
		prop_assert_eq!(once, split);
	}

	#[test]
	fn it_never_overshoots_and_never_turns_away(
		start in prices(),
		live in prices(),
		speed in any::<u128>().prop_map(Ratio::from_raw),
		elapsed in any::<u64>(),
	) {
		let after = Stable::starting_at(start, NOON).follow(live, speed, NOON.saturating_add(elapsed)).price;
		prop_assert!(after >= start.min(live) && after <= start.max(live));
	}

	#[test]
	fn within_an_hour_of_the_clock_it_moves_by_no_more_than_its_speed(
		start in 1_000_000_000_000u128..10u128.pow(30),
		live in prices(),
		speed in speeds(),
		elapsed in 0..=WINDOW_MS,
	) {
		let price = Price::from_raw(start);
		let after = Stable::starting_at(price, NOON).follow(live, speed, NOON + elapsed).price;
		let limit = speed.raw() / 1_000_000_000_000 * start / 1_000_000 * u128::from(elapsed) / u128::from(WINDOW_MS);
		prop_assert!(after.raw().abs_diff(start) <= limit + 1);
	}
}
