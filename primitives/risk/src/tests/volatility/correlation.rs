//! How two assets move together.

use super::*;
use crate::volatility::{rule::CORRELATION_HOURS, Correlation, HourReturn, Pair};
use margin_math::Ratio;

/// Hourly returns of an asset of one percent an hour.
fn returns(moves: impl IntoIterator<Item = f64>) -> Vec<HourReturn> {
	let mut estimator = Estimator::settled(Ratio::from_percent(1), price(100.0), START);
	let mut close = 100.0;
	let hours = moves.into_iter().enumerate().filter_map(|(hour, change)| {
		let before = close;
		close *= 1.0 + change;
		let (high, low) = (close.max(before), close.min(before));
		let open = START + hour as u64 * HOUR_MS;
		estimator
			.observe_bar(price(high), price(low), price(close), open, HOUR_MS)
			.hour
	});
	hours.collect()
}

/// Pseudo-random numbers from -1 to 1.
fn noise(seed: u64, count: usize) -> Vec<f64> {
	let mut state = seed;
	let mut next = || {
		state = state
			.wrapping_mul(6_364_136_223_846_793_005)
			.wrapping_add(1_442_695_040_888_963_407);
		((state >> 33) as f64 / (1u64 << 31) as f64) * 2.0 - 1.0
	};
	(0..count).map(|_| next()).collect()
}

fn pair_of(a: &[HourReturn], b: &[HourReturn]) -> Pair {
	let mut pair = Pair::default();
	for (a, b) in a.iter().zip(b) {
		pair.observe(*a, *b);
		pair.check().unwrap();
	}
	pair
}

#[test]
fn an_hour_s_return_is_told_in_standard_deviations_as_they_were_when_it_began() {
	let mut estimator = Estimator::settled(Ratio::from_percent(1), price(100.0), START);
	let flat = |estimator: &mut Estimator, hour: u64| {
		estimator.observe_bar(price(100.2), price(99.8), price(100.0), START + hour * HOUR_MS, HOUR_MS)
	};
	assert_eq!(
		flat(&mut estimator, 0).hour,
		None,
		"nobody saw how the first hour began"
	);
	let before = estimator.estimate(START + HOUR_MS).volatility.raw() as f64 / 1e18;
	let folded = estimator.observe_bar(price(101.0), price(99.5), price(101.0), START + HOUR_MS, HOUR_MS);
	let expected = 2.0 / 201.0 / before * 1e6;
	let hour = folded.hour.unwrap();
	assert_eq!(hour.hour, START / HOUR_MS + 1);
	assert!(
		(hour.standardised() as f64 - expected).abs() <= 2.0,
		"{hour:?} and {expected}"
	);
	let fall = estimator.observe_bar(price(101.0), price(50.0), price(60.0), START + 2 * HOUR_MS, HOUR_MS);
	assert_eq!(fall.hour.unwrap().standardised(), -3_000_000, "cut to three of them");
}

#[test]
fn an_hour_whose_beginning_or_end_nobody_saw_has_no_return() {
	let mut feed = Feed::default();
	feed.stand(100.0, START, START + 2 * HOUR_MS - BUCKET_MS);
	let end = feed.observe(price(101.0), START + 2 * HOUR_MS);
	assert_eq!(end.hour, None, "the price was silent as the hour ended");
	feed.stand(101.0, START + 2 * HOUR_MS, START + 3 * HOUR_MS - BUCKET_MS);
	let start = feed.observe(price(101.0), START + 3 * HOUR_MS - BUCKET_MS).hour;
	assert_eq!(start, None);
	assert_eq!(
		feed.tick(START + 3 * HOUR_MS).hour,
		None,
		"the price was silent as the hour began"
	);
	feed.stand(101.0, START + 3 * HOUR_MS, START + 4 * HOUR_MS - 1);
	feed.observe(price(102.0), START + 4 * HOUR_MS - 1);
	assert!(feed.tick(START + 4 * HOUR_MS).hour.is_some());
}

#[test]
fn a_correlation_is_unknown_until_enough_hours_were_seen() {
	let hours = usize::from(CORRELATION_HOURS);
	let a = returns(noise(1, hours + 1).iter().map(|z| z * 0.01));
	assert_eq!(pair_of(&a[..hours - 1], &a[..hours - 1]).correlation(), None);
	assert_eq!(pair_of(&a, &a).correlation(), Some(Correlation::ONE));
}

#[test]
fn assets_that_move_alike_oppositely_or_apart_have_correlations_of_one_minus_one_and_about_zero() {
	let (first, second) = (noise(1, 3_000), noise(2, 3_000));
	let scaled = |z: &[f64], by: f64| returns(z.iter().map(|z| z * by).collect::<Vec<_>>());
	let (a, twice, opposite) = (scaled(&first, 0.01), scaled(&first, 0.005), scaled(&first, -0.01));
	let correlation = |b: &[HourReturn]| pair_of(&a, b).correlation().unwrap().ppm();
	assert!(correlation(&twice) > 990_000);
	assert!(correlation(&opposite) < -990_000);
	assert!(correlation(&scaled(&second, 0.01)).abs() < 100_000);
}

#[test]
fn the_integers_agree_with_floats_on_assets_that_share_a_half_of_what_moves_them() {
	let (common, own) = (noise(3, 2_000), noise(4, 2_000));
	let a = returns(common.iter().map(|z| z * 0.012));
	let b = returns(common.iter().zip(&own).map(|(z, own)| (z + own) * 0.01));
	let pair = pair_of(&a, &b);
	let (mut product, mut first, mut second) = (0.0, 0.0, 0.0);
	for (n, (a, b)) in a.iter().zip(&b).enumerate() {
		let (a, b) = (a.standardised() as f64 / 1e6, b.standardised() as f64 / 1e6);
		let new = (1.0 - 0.5f64.powf(1.0 / 336.0)).max(1.0 / (n as f64 + 1.0));
		product += new * (a * b - product);
		first += new * (a * a - first);
		second += new * (b * b - second);
	}
	let float: f64 = product / (first * second).sqrt();
	assert!((0.6..0.8).contains(&float), "{float}");
	assert!((f64::from(pair.correlation().unwrap().ppm()) / 1e6 - float).abs() < 1e-5);
}

#[test]
fn hours_that_are_not_the_same_tell_nothing() {
	let a = returns(noise(5, 10).iter().map(|z| z * 0.01));
	let mut pair = Pair::default();
	pair.observe(a[1], a[2]);
	assert_eq!(pair, Pair::default());
}

#[test]
fn an_asset_that_never_moved_has_no_correlation() {
	let a = returns(noise(6, 1_000).iter().map(|z| z * 0.01));
	let still = returns(vec![0.0; 1_000]);
	assert_eq!(pair_of(&a, &still).correlation(), None);
}

#[test]
fn a_settled_pair_says_what_it_was_settled_at() {
	for ppm in [-1_000_000, -200_000, 0, 654_321, 1_000_000] {
		let pair = Pair::settled(Correlation::from_ppm(ppm));
		pair.check().unwrap();
		assert_eq!(pair.correlation(), Some(Correlation::from_ppm(ppm)));
	}
}
