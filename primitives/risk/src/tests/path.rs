//! The way of a maintenance ratio towards what volatility asks for.

use crate::{
	volatility::{MarginPath, Pace, STRETCH, USUAL_FALL, USUAL_RISE},
	MarginRatios, MAX_INITIAL, MAX_MAINTENANCE,
};
use margin_math::{Ratio, Rounding};
use proptest::prelude::*;

const HOUR: u64 = 12 * STRETCH;

fn percent(percent: u32) -> Ratio {
	Ratio::from_percent(percent)
}

fn ppm(ppm: u32) -> Ratio {
	Ratio::from_ppm(ppm)
}

/// Whether two ratios differ by rounding only.
fn same(a: Ratio, b: Ratio) -> bool {
	a.raw().abs_diff(b.raw()) <= 40
}

/// `ratio` and `part` of it more, or less.
fn more(ratio: Ratio, part: Ratio) -> Ratio {
	ratio
		.checked_mul(Ratio::ONE.saturating_add(part), Rounding::Up)
		.unwrap()
}

fn less(ratio: Ratio, part: Ratio) -> Ratio {
	ratio
		.checked_mul(Ratio::ONE.saturating_sub(part), Rounding::Down)
		.unwrap()
}

/// A stretch that has just begun at 4 %.
fn at_four(required: Ratio) -> MarginPath {
	MarginPath::new(percent(4), 0).step(required, Ratio::ZERO, 0, &Pace::usual())
}

#[test]
fn twelve_stretches_make_exactly_the_limit_of_an_hour() {
	for rise in [1, 7, 25, 40, 100] {
		let pace = Pace::hourly(percent(rise), percent(5));
		let path = MarginPath::new(percent(4), 0).step_over(percent(20), Ratio::ZERO, HOUR, &pace);
		assert!(path.to <= more(percent(4), percent(rise)));
		assert!(same(path.to, more(percent(4), percent(rise))), "{rise} %: {}", path.to);
	}
	for fall in [1, 5, 20, 50] {
		let pace = Pace::hourly(percent(25), percent(fall));
		let path = MarginPath::new(percent(4), 0).step_over(ppm(1), Ratio::ZERO, HOUR, &pace);
		assert!(path.to >= less(percent(4), percent(fall)));
		assert!(same(path.to, less(percent(4), percent(fall))), "{fall} %: {}", path.to);
	}
}

#[test]
fn a_step_begins_at_the_ratio_in_force() {
	let path = at_four(percent(20));
	assert_eq!(
		(path.at(0), path.from, path.required),
		(percent(4), percent(4), percent(20))
	);
	assert!(path.is_rising() && path.to < more(percent(4), percent(2)));
	let next = path.step(percent(1), Ratio::ZERO, path.until, &Pace::usual());
	assert_eq!(next.at(path.until), path.to);
	assert!(next.is_falling());
}

#[test]
fn within_reach_it_arrives_and_stays() {
	let near = ppm(40_100);
	let path = at_four(near);
	assert_eq!((path.at(STRETCH), path.at(STRETCH / 2)), (near, ppm(40_050)));
	let next = path.step(near, Ratio::ZERO, path.until, &Pace::usual());
	assert!(!next.is_rising() && !next.is_falling());
	assert_eq!(next.at(u64::MAX), near);
}

#[test]
fn before_the_end_of_a_stretch_only_what_is_required_is_noted() {
	let path = at_four(percent(20));
	let noted = path.step(percent(9), Ratio::ZERO, path.until - 1, &Pace::usual());
	assert_eq!(
		noted,
		MarginPath {
			required: percent(9),
			..path
		}
	);
}

#[test]
fn a_halt_allows_no_larger_step() {
	let path = at_four(percent(20));
	let later = path.step(percent(20), Ratio::ZERO, 100 * HOUR, &Pace::usual());
	let at_once = path.step(percent(20), Ratio::ZERO, path.until, &Pace::usual());
	assert_eq!((later.from, later.to), (at_once.from, at_once.to));
	assert_eq!((later.since, later.until), (100 * HOUR, 100 * HOUR + STRETCH));
}

#[test]
fn it_is_never_below_the_floor_nor_above_the_largest_ratio() {
	let path = at_four(percent(1)).step(percent(1), percent(6), STRETCH, &Pace::usual());
	assert_eq!(
		(path.from, path.to, path.required),
		(percent(6), percent(6), percent(6))
	);
	let path = MarginPath::new(percent(90), 0).step(Ratio::MAX, percent(50), 0, &Pace::usual());
	assert_eq!([path.from, path.to, path.required], [MAX_MAINTENANCE; 3]);
	let path = MarginPath::new(percent(19), 0).step_over(Ratio::MAX, Ratio::ZERO, 10 * HOUR, &Pace::usual());
	assert_eq!(path.to, MAX_MAINTENANCE);
}

#[test]
fn the_initial_ratio_is_there_at_once_and_the_others_keep_their_proportions() {
	let listed = MarginRatios::from_maintenance(percent(4)).unwrap();
	let path = at_four(percent(8));
	let now = path.raise(&listed, &listed, 0);
	assert_eq!(
		(now.maintenance, now.target, now.initial),
		(percent(4), percent(5), percent(16))
	);
	let arrived = MarginPath::new(percent(8), 0).raise(&listed, &listed, 0);
	assert_eq!(arrived, MarginRatios::from_maintenance(percent(8)).unwrap());
	let below = MarginPath::new(percent(2), 0).raise(&listed, &listed, 0);
	assert_eq!(below, listed);
}

#[test]
fn proportions_that_governance_listed_are_kept_up_to_the_largest_initial_ratio() {
	let listed = MarginRatios::new(percent(30), percent(9), percent(5)).unwrap();
	let twice = MarginPath::new(percent(10), 0).raise(&listed, &listed, 0);
	assert_eq!(
		(twice.maintenance, twice.target, twice.initial),
		(percent(10), percent(18), percent(60))
	);
	let most = MarginPath::new(percent(20), 0).raise(&listed, &listed, 0);
	assert_eq!((most.target, most.initial), (percent(36), MAX_INITIAL));
	let listed = MarginRatios::new(percent(99), percent(98), percent(1)).unwrap();
	let most = MarginPath::new(percent(20), 0).raise(&listed, &listed, 0);
	assert_eq!((most.target, most.initial), (percent(98), percent(99)));
	assert!(most.is_valid());
}

#[test]
fn compressed_time_shortens_a_stretch_to_a_second_at_least() {
	let path = at_four(percent(8));
	let ends = |length| path.within(length).until;
	assert_eq!(
		[0, 999, 5_000, STRETCH, u64::MAX].map(ends),
		[1_000, 1_000, 5_000, STRETCH, STRETCH]
	);
	assert_eq!(path.within(5_000).to, path.to);
}

fn ratio() -> impl Strategy<Value = Ratio> {
	prop_oneof![1 => Just(Ratio::ZERO), 8 => (1..200_000u32).prop_map(ppm), 1 => Just(Ratio::MAX)]
}

/// A ratio above the floor of what an asset may be listed with.
fn start() -> impl Strategy<Value = Ratio> {
	(1_000..200_000u32).prop_map(ppm)
}

fn pace() -> impl Strategy<Value = (Ratio, Ratio)> {
	prop_oneof![
		1 => Just((USUAL_RISE, USUAL_FALL)),
		2 => (10_000..1_000_000u32, 1_000..500_000u32).prop_map(|(rise, fall)| (ppm(rise), ppm(fall))),
	]
}

/// What is asked for, and how many milliseconds after the call before: also before a stretch is over, and long after.
fn calls() -> impl Strategy<Value = Vec<(Ratio, u64)>> {
	let pause = prop_oneof![4 => Just(STRETCH), 2 => 0..2 * STRETCH, 1 => 0..3 * HOUR];
	prop::collection::vec((ratio(), pause), 1..60)
}

/// Every stretch of a way, and the time of the last call.
fn walk(start: Ratio, (rise, fall): (Ratio, Ratio), calls: &[(Ratio, u64)]) -> (Vec<MarginPath>, u64) {
	let pace = Pace::hourly(rise, fall);
	let mut now = 1_000;
	let mut ways = vec![MarginPath::new(start, now)];
	for (required, pause) in calls {
		now += pause;
		let next = ways.last().unwrap().step(*required, Ratio::ZERO, now, &pace);
		ways.push(next);
	}
	(ways, now)
}

/// The ratio that was in force at a time.
fn in_force(ways: &[MarginPath], now: u64) -> Ratio {
	let way = ways.iter().rev().find(|way| way.since <= now).unwrap_or(&ways[0]);
	way.at(now)
}

proptest! {
	#[test]
	fn over_any_hour_it_keeps_to_the_limits(
		start in start(), pace in pace(), calls in calls(), at in prop::collection::vec(any::<u64>(), 20),
	) {
		let (ways, end) = walk(start, pace, &calls);
		for at in at {
			let at = at % (end + 1);
			for span in [HOUR, HOUR / 2, 1_000] {
				let (before, after) = (in_force(&ways, at), in_force(&ways, at + span));
				prop_assert!(after.raw() <= more(before, pace.0).raw() + 100, "{before} rose to {after}");
				prop_assert!(after.raw() + 100 >= less(before, pace.1).raw(), "{before} fell to {after}");
			}
		}
	}

	#[test]
	fn it_never_jumps(start in start(), pace in pace(), calls in calls()) {
		let (ways, _) = walk(start, pace, &calls);
		for pair in ways.windows(2) {
			let [before, after] = pair else { unreachable!() };
			prop_assert_eq!(before.at(after.since), after.at(after.since));
			prop_assert!(after.since <= after.until && after.until - after.since <= STRETCH);
			prop_assert!([after.from, after.to, after.required].iter().all(|ratio| *ratio <= MAX_MAINTENANCE));
			prop_assert!(after.least_from(after.since) == after.from.min(after.to));
		}
	}

	#[test]
	fn who_asks_for_more_gets_no_less(
		start in start(), pace in pace(), calls in calls(), extra in prop::collection::vec(0..50_000u32, 60),
	) {
		let asks_for_more: Vec<_> =
			calls.iter().zip(extra).map(|((ratio, pause), extra)| (ratio.saturating_add(ppm(extra)), *pause)).collect();
		let (ways, _) = walk(start, pace, &calls);
		let (higher, _) = walk(start, pace, &asks_for_more);
		for (low, high) in ways.iter().zip(&higher) {
			let middle = low.since + (low.until - low.since) / 2;
			prop_assert!(low.at(middle) <= high.at(middle) && low.to <= high.to);
		}
	}

	#[test]
	fn many_stretches_at_once_are_the_same_as_one_after_the_other(
		start in start(), pace in pace(), required in ratio(), floor in ratio(), elapsed in 0..9 * HOUR,
	) {
		let pace = Pace::hourly(pace.0, pace.1);
		let first = MarginPath::new(start, 5_000);
		let mut single = first;
		for _ in 0..elapsed / STRETCH {
			single = single.step(required, floor, single.until, &pace);
		}
		prop_assert_eq!(first.step_over(required, floor, elapsed, &pace), single);
	}

	#[test]
	fn ratios_in_force_are_ordered_and_no_lower_than_the_listed_ones(
		start in start(), required in ratio(), pace in pace(), at in 0..2 * STRETCH,
		listed in (1..200_000u32, 0..500_000u32, 0..299_000u32), settled in (1..200_000u32, 0..500_000u32, 0..299_000u32),
	) {
		let ratios = |(m, t, i)| MarginRatios::new(ppm(m + t + i), ppm(m + t), ppm(m)).unwrap();
		let (listed, settled) = (ratios(listed), ratios(settled));
		let path = MarginPath::new(start, 0).step(required, Ratio::ZERO, 0, &Pace::hourly(pace.0, pace.1));
		let raised = path.raise(&listed, &settled, at);
		prop_assert!(raised.is_valid(), "{raised:?}");
		prop_assert!(raised.maintenance >= listed.maintenance && raised.maintenance <= MAX_MAINTENANCE);
		prop_assert!(raised.target >= listed.target && raised.initial >= listed.initial);
		let asked = path.required.max(raised.maintenance);
		prop_assert!(raised.initial >= asked.saturating_add(asked).min(MAX_INITIAL));
	}
}
