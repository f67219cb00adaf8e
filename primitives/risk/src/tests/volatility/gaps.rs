//! Time without prices: it never makes an asset look calm.

use super::*;

const NOW: u64 = START + 40 * DAY_MS;

/// An asset of one percent an hour, watched for forty days.
fn watched() -> Feed {
	let mut feed = Feed::default();
	feed.swing(0.005, START, NOW);
	feed
}

#[test]
fn missing_minutes_carry_the_last_price_on() {
	let (mut silent, mut standing) = (watched(), watched());
	let back = NOW + 50 * 60_000;
	standing.stand(99.5, NOW, back);
	silent.observe(price(99.5), back);
	standing.observe(price(99.5), back);
	silent.tick(back + BUCKET_MS);
	standing.tick(back + BUCKET_MS);
	let (silent, standing) = (silent.estimator.estimate(back), standing.estimator.estimate(back));
	assert_eq!(silent.history, standing.history);
	let apart = silent.volatility.raw() as f64 / standing.volatility.raw() as f64;
	assert!((1.0..1.02).contains(&apart), "{apart}");
}

#[test]
fn silence_never_looks_calmer_than_a_price_that_stands() {
	for calm_minutes in [0, 10, 30, 55] {
		for silent_minutes in [6, 20, 50, 59] {
			let wild = || {
				let mut feed = watched();
				feed.swing(0.03, NOW, NOW + HOUR_MS);
				let calm = NOW + HOUR_MS + calm_minutes * 60_000;
				feed.stand(100.0, NOW + HOUR_MS, calm);
				(feed, calm)
			};
			let ((mut silent, from), (mut standing, _)) = (wild(), wild());
			let back = from + silent_minutes * 60_000;
			standing.stand(100.0, from, back);
			for feed in [&mut silent, &mut standing] {
				feed.observe(price(100.0), back);
				feed.tick(back + BUCKET_MS);
			}
			assert!(
				silent.percent(back) >= standing.percent(back),
				"{calm_minutes} calm and {silent_minutes} silent minutes"
			);
		}
	}
}

#[test]
fn an_hour_of_silence_changes_nothing_and_each_hour_more_widens_up_to_a_day() {
	let feed = watched();
	let calm = feed.percent(NOW);
	assert_eq!(feed.percent(NOW + HOUR_MS), calm);
	for hours in [4u64, 9, 16, 24] {
		let widened = feed.percent(NOW + hours * HOUR_MS);
		assert!((widened / calm / (hours as f64).sqrt() - 1.0).abs() < 1e-9);
	}
	assert_eq!(feed.percent(NOW + 900 * HOUR_MS), feed.percent(NOW + 24 * HOUR_MS));
	assert_eq!(feed.percent(u64::MAX), feed.percent(NOW + 24 * HOUR_MS));
}

#[test]
fn after_a_gap_of_a_day_the_estimate_stays_wide_until_an_hour_has_been_seen() {
	let mut feed = watched();
	let calm = feed.percent(NOW);
	let back = NOW + DAY_MS;
	feed.observe(price(99.5), back);
	let folded = feed.tick(back + BUCKET_MS);
	assert_eq!(folded.gap, Some(DAY_MS));
	for step in 1..12 {
		let now = back + step * BUCKET_MS;
		assert!(
			feed.percent(now) >= calm * 24f64.sqrt() * 0.999_999,
			"after {step} steps"
		);
		feed.stand(99.5, now, now + BUCKET_MS);
		feed.estimator.check().unwrap();
	}
	let seen = feed.percent(back + HOUR_MS);
	assert!((0.9..=1.000_001).contains(&(seen / calm)), "{seen} of {calm}");
}

#[test]
fn the_history_does_not_grow_over_a_gap() {
	let mut feed = watched();
	feed.stand(99.5, NOW + 3 * DAY_MS, NOW + 3 * DAY_MS + HOUR_MS);
	assert_eq!(feed.estimator.estimate(NOW).history, 40 * DAY_MS + HOUR_MS);
}

#[test]
fn the_move_across_a_gap_counts_for_an_hour_as_any_move_does() {
	let (mut gap, mut seen) = (watched(), watched());
	let back = NOW + DAY_MS;
	gap.stand(130.0, back, back + 2 * HOUR_MS);
	seen.stand(130.0, NOW, NOW + 2 * HOUR_MS);
	let (gap, seen) = (gap.percent(back + 2 * HOUR_MS), seen.percent(NOW + 2 * HOUR_MS));
	assert!(seen > 5.0);
	// A move between two buckets counts for the eleven steps in which both are there, that over a gap for twelve.
	assert!((1.0..1.08).contains(&(gap / seen)), "{gap} and {seen}");
}

#[test]
fn two_gaps_in_a_row_count_as_the_longer_one() {
	let mut feed = watched();
	let calm = feed.percent(NOW);
	let first = NOW + 16 * HOUR_MS;
	feed.stand(99.5, first, first + 6 * BUCKET_MS);
	let second = first + 5 * HOUR_MS;
	feed.stand(99.5, second, second + 6 * BUCKET_MS);
	assert!(feed.percent(second + 6 * BUCKET_MS) >= calm * 4.0 * 0.999);
	feed.estimator.check().unwrap();
}

#[test]
fn a_gap_in_the_first_hour_starts_it_again() {
	let mut feed = Feed::default();
	feed.swing(0.005, START, START + 5 * BUCKET_MS);
	let back = START + 10 * HOUR_MS;
	feed.swing(0.005, back, back + HOUR_MS);
	let estimate = feed.estimator.estimate(back + HOUR_MS);
	assert_eq!(estimate.history, HOUR_MS);
	let mut other = Feed::default();
	other.swing(0.005, START, START + HOUR_MS);
	assert_eq!(
		estimate.volatility,
		other.estimator.estimate(START + HOUR_MS).volatility
	);
}

#[test]
fn a_missing_bar_is_a_gap_and_the_move_across_it_is_the_next_bar_s() {
	let bars = |feed: &mut Estimator, from: u64, to: u64, level: f64| {
		for hour in from..to {
			let open = START + hour * HOUR_MS;
			feed.observe_bar(price(level + 0.5), price(level - 0.5), price(level), open, HOUR_MS);
		}
	};
	let mut estimator = Estimator::default();
	bars(&mut estimator, 0, 100, 100.0);
	let calm = estimator.estimate(START + 100 * HOUR_MS);
	let folded = estimator.observe_bar(price(110.5), price(109.5), price(110.0), START + 106 * HOUR_MS, HOUR_MS);
	assert_eq!(folded.gap, Some(6 * HOUR_MS));
	assert_eq!(folded.hour, None);
	let after = estimator.estimate(START + 107 * HOUR_MS);
	assert_eq!(after.history, 101 * HOUR_MS);
	assert!(after.volatility.raw() > 4 * calm.volatility.raw());
	estimator.check().unwrap();
}
