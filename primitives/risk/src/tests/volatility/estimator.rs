//! What the estimate says of prices that stand, swing and jump.

use super::*;
use crate::volatility::{
	averages::power,
	rule::{LEVEL_DECAY, LEVEL_HALF_LIFE, ONE, PRIOR_HOURS, RULE},
};
use margin_math::Ratio;

/// Volatility of an hour with this range, as a ratio of its middle, in percent.
fn of_range(range: f64) -> f64 {
	100.0 * range / (4.0 * 2f64.ln()).sqrt()
}

#[test]
fn five_minutes_leave_of_an_average_what_its_half_life_says() {
	let memories = RULE.map(|memory| (memory.half_life, memory.decay));
	for (half_life, decay) in memories.into_iter().chain([(LEVEL_HALF_LIFE * 60, LEVEL_DECAY)]) {
		let exact = 0.5f64.powf(5.0 / f64::from(half_life));
		assert!((decay as f64 / ONE as f64 - exact).abs() < 1e-12);
		let after_five = power(decay, u64::from(half_life));
		assert!(after_five.abs_diff(ONE / 32) < ONE / 1_000_000, "{after_five}");
	}
	assert_eq!(RULE.iter().map(|memory| memory.weight).sum::<u32>(), 1_000_000);
}

#[test]
fn an_asset_that_nobody_watched_has_no_history_and_one_watched_for_an_hour_has_one() {
	let mut feed = Feed::default();
	assert_eq!(feed.estimator.estimate(START).history, 0);
	feed.swing(0.005, START, START + HOUR_MS);
	assert_eq!(feed.estimator.estimate(START + HOUR_MS).history, HOUR_MS);
	feed.swing(0.005, START + HOUR_MS, START + DAY_MS);
	assert_eq!(feed.estimator.estimate(START + DAY_MS).history, DAY_MS);
}

#[test]
fn swings_of_one_percent_an_hour_are_a_volatility_of_six_tenths_from_the_first_hour_on() {
	let mut feed = Feed::default();
	let expected = of_range(0.01);
	for hours in [1, 2, 30, 1_000] {
		feed.swing(0.005, START, START + hours * HOUR_MS);
		assert!((feed.percent(START + hours * HOUR_MS) / expected - 1.0).abs() < 1e-6);
		feed = Feed::default();
	}
}

#[test]
fn of_a_part_of_the_first_hour_the_rest_is_guessed_to_be_like_it() {
	let mut feed = Feed::default();
	feed.swing(0.005, START, START + 3 * BUCKET_MS);
	let expected = of_range(0.01) * 2.0;
	assert!((feed.percent(START + 3 * BUCKET_MS) / expected - 1.0).abs() < 1e-6);
}

#[test]
fn a_bar_of_an_hour_counts_by_its_range_and_one_of_two_hours_by_its_range_over_the_root_of_two() {
	for hours in [1, 2] {
		let mut estimator = Estimator::default();
		for n in 0..100 {
			let duration = hours * HOUR_MS;
			estimator.observe_bar(price(101.0), price(99.0), price(100.0), START + n * duration, duration);
		}
		let sigma = estimator.estimate(START + 100 * hours * HOUR_MS);
		let expected = of_range(0.02) / (hours as f64).sqrt();
		assert!((sigma.volatility.raw() as f64 / 1e16 / expected - 1.0).abs() < 1e-6);
		assert_eq!(sigma.history, 100 * hours * HOUR_MS);
	}
}

#[test]
fn bars_of_five_and_fifteen_minutes_count_as_the_buckets_that_they_are() {
	let run = |length: u64| {
		let mut estimator = Estimator::default();
		for n in 0..(48 * 12 / length) {
			let open = START + n * length * BUCKET_MS;
			let middle = if n % 2 == 1 { 102.0 } else { 100.0 };
			estimator.observe_bar(
				price(middle + 0.3),
				price(middle - 0.3),
				price(middle),
				open,
				length * BUCKET_MS,
			);
		}
		estimator.estimate(START + 2 * DAY_MS)
	};
	for length in [1, 3] {
		let sigma = run(length);
		assert_eq!(sigma.history, 2 * DAY_MS);
		let range = 2.6 / 101.0;
		let expected = of_range(range);
		let measured = sigma.volatility.raw() as f64 / 1e16;
		assert!((0.9..1.01).contains(&(measured / expected)), "{measured} of {expected}");
	}
}

#[test]
fn a_jump_shows_within_five_minutes_and_fades_over_days() {
	let mut feed = Feed::default();
	feed.stand(100.0, START, START + 40 * DAY_MS);
	let mut now = START + 40 * DAY_MS;
	assert_eq!(feed.percent(now), 0.0);
	feed.stand(110.0, now, now + BUCKET_MS);
	now += BUCKET_MS;
	let at_once = feed.percent(now);
	assert!(at_once > 0.5, "{at_once}");
	feed.stand(110.0, now, now + HOUR_MS);
	now += HOUR_MS;
	let after_an_hour = feed.percent(now);
	assert!(after_an_hour > at_once);
	feed.stand(110.0, now, now + 10 * DAY_MS);
	let after_days = feed.percent(now + 10 * DAY_MS);
	assert!(
		after_days < after_an_hour / 2.0 && after_days > 0.0,
		"{after_days} of {after_an_hour}"
	);
}

#[test]
fn a_clock_that_stands_or_runs_back_moves_nothing_but_the_range() {
	let mut feed = Feed::default();
	feed.swing(0.005, START, START + DAY_MS);
	let now = START + DAY_MS;
	feed.observe(price(100.0), now);
	let before = feed.estimator;
	for time in [now, now, now - HOUR_MS, 0] {
		feed.observe(price(103.0), time);
		assert_eq!(feed.estimator, before);
	}
	feed.tick(now + BUCKET_MS);
	assert_eq!(feed.estimator.estimate(now).history, DAY_MS + BUCKET_MS);
	assert!(feed.percent(now) > before.estimate(now).volatility.raw() as f64 / 1e16);

	let history = feed.estimator.estimate(now).history;
	feed.observe(price(50.0), now - DAY_MS);
	feed.tick(now + 2 * BUCKET_MS);
	assert_eq!(
		feed.estimator.estimate(now).history,
		history,
		"old buckets are no new time"
	);
	feed.stand(100.0, now + 2 * BUCKET_MS, now + 3 * BUCKET_MS);
	assert!(feed.percent(now) > 5.0, "but what they show counts");
	feed.estimator.check().unwrap();
}

#[test]
fn what_cannot_be_a_price_changes_nothing() {
	let mut feed = Feed::default();
	feed.swing(0.005, START, START + DAY_MS);
	let before = feed.estimator;
	let now = START + DAY_MS;
	let zero = Price::ZERO;
	let bad = [
		(zero, zero, price(1.0)),
		(price(2.0), zero, price(1.0)),
		(price(1.0), price(2.0), price(1.5)),
		(price(2.0), price(1.0), zero),
	];
	for (high, low, close) in bad {
		feed.estimator.observe_bar(high, low, close, now, HOUR_MS);
		feed.estimator.fold(
			Bucket {
				number: bucket_at(now),
				range: crate::volatility::Range { high, low },
			},
			close,
		);
	}
	feed.estimator
		.observe_bar(price(2.0), price(1.0), price(1.0), now - HOUR_MS, HOUR_MS);
	assert_eq!(feed.estimator, before);
}

#[test]
fn a_settled_estimator_says_what_it_was_settled_at() {
	let sigma = Ratio::from_ppm(7_500);
	let settled = Estimator::settled(sigma, price(100.0), START);
	settled.check().unwrap();
	assert_eq!(settled.estimate(START).volatility, sigma);
	assert!(settled.estimate(START).history >= crate::volatility::FULL_HISTORY);
}

#[test]
fn the_level_is_the_mean_of_the_hours_and_moves_slowly() {
	let mut estimator = Estimator::default();
	let bar = |estimator: &mut Estimator, hour: u64, range: f64| {
		let open = START + hour * HOUR_MS;
		estimator.observe_bar(
			price(100.0 + range / 2.0),
			price(100.0 - range / 2.0),
			price(100.0),
			open,
			HOUR_MS,
		);
		estimator.estimate(open + HOUR_MS).level(None).raw() as f64 / 1e16
	};
	let calm = (0..1_000)
		.map(|hour| bar(&mut estimator, hour, 1.0 + (hour % 2) as f64))
		.last()
		.unwrap();
	assert!((calm / of_range(0.015) - 1.0).abs() < 1e-3, "{calm}");
	let not_yet = bar(&mut estimator, 1_000, 20.0);
	assert!((not_yet / calm - 1.0).abs() < 1e-3, "it does not know the last hour");
	let wild = bar(&mut estimator, 1_001, 20.0);
	assert!((1.0..1.02).contains(&(wild / calm)), "{wild} after {calm}");
}

#[test]
fn a_level_of_which_little_is_known_is_mostly_the_usual_one() {
	let usual = Ratio::from_ppm(10_000);
	let mut estimator = Estimator::default();
	assert_eq!(estimator.estimate(START).level(Some(usual)), usual);
	let (mut level, mut age) = (0.01, PRIOR_HOURS as f64);
	for hour in 0..6_000 {
		let open = START + hour * HOUR_MS;
		estimator.observe_bar(price(101.0), price(99.0), price(100.0), open, HOUR_MS);
		let integer = estimator.estimate(open + HOUR_MS).level(Some(usual)).raw() as f64 / 1e18;
		assert!(
			(integer / level - 1.0).abs() < 1e-6,
			"{integer} and {level} after {hour} hours"
		);
		age += 1.0;
		let new = (1.0 - 0.5f64.powf(1.0 / f64::from(LEVEL_HALF_LIFE))).max(1.0 / age);
		level += new * (of_range(0.02) / 100.0 - level);
	}
}
