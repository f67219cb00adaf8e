//! What holds for the estimate on any prices and any clock.

use super::*;
use crate::volatility::{Estimate, Pair, Range};
use margin_math::Ratio;
use proptest::{collection::vec, prelude::*};

fn any_price() -> impl Strategy<Value = Price> {
	prop_oneof![
		any::<u128>(),
		0..3u128,
		(u128::MAX - 3)..=u128::MAX,
		(1..100_000u128).prop_map(|dollars| dollars * 1_000_000_000_000_000_000)
	]
	.prop_map(Price::from_raw)
}

fn any_time() -> impl Strategy<Value = u64> {
	prop_oneof![any::<u64>(), 0..1_000u64, START..START + 100 * DAY_MS]
}

#[derive(Clone, Copy, Debug)]
struct Bar {
	after: u64,
	high: u128,
	low: u128,
	close: u128,
	duration: u64,
}

/// Bars of sound prices in order, with gaps.
fn bars() -> impl Strategy<Value = Vec<Bar>> {
	let bar = (
		prop_oneof![4 => Just(0u64), 1 => 0..40u64, 1 => 0..1_000u64],
		500_000..1_500_000u128,
		0..200_000u128,
		0..=100u128,
		prop::sample::select(vec![1u64, 3, 12, 12, 12, 24]),
	)
		.prop_map(|(after, low, spread, part, duration)| Bar {
			after,
			high: low + spread,
			low,
			close: low + spread * part / 100,
			duration,
		});
	vec(bar, 1..60)
}

/// The volatility after each bar; see [`estimates`].
fn replay(bars: &[Bar], scale: u128, raised: Option<(usize, u128)>) -> Vec<Ratio> {
	let after = estimates(bars, scale, raised).into_iter();
	after.map(|estimate| estimate.volatility).collect()
}

/// Feeds bars whose prices are scaled, with one bar's high raised; the estimate after each.
fn estimates(bars: &[Bar], scale: u128, raised: Option<(usize, u128)>) -> Vec<Estimate> {
	let mut estimator = Estimator::default();
	let mut now = START;
	let feed = bars.iter().enumerate().map(|(n, bar)| {
		let up = raised.filter(|raised| raised.0 == n).map_or(0, |raised| raised.1);
		let scaled = |price: u128| Price::from_raw(price * scale);
		now += bar.after * BUCKET_MS;
		let duration = bar.duration * BUCKET_MS;
		estimator.observe_bar(scaled(bar.high + up), scaled(bar.low), scaled(bar.close), now, duration);
		now += duration;
		estimator.check().unwrap();
		estimator.estimate(now)
	});
	feed.collect()
}

proptest! {
	#[test]
	fn nothing_makes_it_panic_and_every_state_passes_the_check(
		steps in vec((any_price(), any_price(), any_price(), any_time(), any_time(), any::<bool>()), 1..40),
	) {
		let mut estimator = Estimator::default();
		let mut pair = Pair::default();
		for (high, low, close, time, duration, is_bar) in steps {
			let folded = if is_bar {
				estimator.observe_bar(high, low, close, time, duration)
			} else {
				estimator.fold(Bucket { number: time, range: Range { high, low } }, close)
			};
			prop_assert_eq!(estimator.check(), Ok(()));
			let estimate = estimator.estimate(duration);
			// One hundred percent an hour, over a day.
			prop_assert!(estimate.volatility <= Ratio::from_percent(490));
			if let Some(hour) = folded.hour {
				pair.observe(hour, hour);
				prop_assert_eq!(pair.check(), Ok(()));
			}
		}
	}

	#[test]
	fn a_wider_bar_never_lowers_the_estimate_then_or_later(
		bars in bars(),
		which in any::<prop::sample::Index>(),
		up in 0..500_000u128,
	) {
		let before = replay(&bars, 1_000_000, None);
		let after = replay(&bars, 1_000_000, Some((which.index(bars.len()), up)));
		for (before, after) in before.into_iter().zip(after) {
			prop_assert!(after >= before);
		}
	}

	#[test]
	fn the_level_does_not_know_the_bar_that_is_measured_against_it(
		bars in bars(),
		which in any::<prop::sample::Index>(),
		up in 0..500_000u128,
		usual in 1..100_000u32,
	) {
		let which = which.index(bars.len());
		let level = |raised| {
			let estimates = estimates(&bars[..=which], 1_000_000, raised);
			estimates[which].level(Some(Ratio::from_ppm(usual)))
		};
		prop_assert_eq!(level(None), level(Some((which, up))));
	}

	#[test]
	fn prices_in_another_unit_give_the_same(bars in bars()) {
		prop_assert_eq!(replay(&bars, 1_000_000, None), replay(&bars, 1_000_000_000, None));
	}

	#[test]
	fn it_lies_between_the_calmest_and_the_wildest_hour(bars in bars()) {
		let hourly: Vec<Bar> = bars.iter().map(|bar| Bar { after: 0, duration: 12, ..*bar }).collect();
		let single = |bar: &Bar| replay(&[*bar], 1_000_000, None)[0];
		let (least, most) = (hourly.iter().map(single).min().unwrap(), hourly.iter().map(single).max().unwrap());
		for estimate in replay(&hourly, 1_000_000, None) {
			// A unit of the last place for each average.
			let margin = Ratio::from_raw(5_000_000);
			prop_assert!(estimate >= least.saturating_sub(margin) && estimate <= most.saturating_add(margin));
		}
	}

	#[test]
	fn a_longer_gap_never_gives_a_smaller_estimate(bars in bars(), wait in 0..400u64, longer in 0..400u64) {
		let mut estimator = Estimator::default();
		let mut now = START;
		for bar in &bars {
			estimator.observe_bar(
				Price::from_raw(bar.high),
				Price::from_raw(bar.low),
				Price::from_raw(bar.close),
				now,
				HOUR_MS,
			);
			now += HOUR_MS;
		}
		let at = |steps: u64| estimator.estimate(now + steps * BUCKET_MS).volatility;
		prop_assert!(at(wait + longer) >= at(wait));
	}
}
