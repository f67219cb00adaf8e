//! The integers against floats, on real hours of BTC and ETH in a calm week and in the crash of March 2020.

use super::*;
use crate::volatility::rule::RULE;

/// Most that the integers may differ from the floats: the figure asked for is 0.5 %, and a thousandth of that is kept.
const TOLERANCE: f64 = 5e-6;

struct Bar {
	time: u64,
	path: [f64; 4],
}

impl Bar {
	fn high(&self) -> f64 {
		self.path.into_iter().fold(f64::MIN, f64::max)
	}

	fn low(&self) -> f64 {
		self.path.into_iter().fold(f64::MAX, f64::min)
	}

	fn close(&self) -> f64 {
		self.path[3]
	}
}

fn files() -> [Vec<Bar>; 4] {
	macro_rules! candles {
		($file:literal) => {
			include_str!(concat!("../../../../../tests/price-source/data/", $file))
		};
	}
	[
		candles!("calm/BTC.csv"),
		candles!("calm/ETH.csv"),
		candles!("crash/BTC.csv"),
		candles!("crash/ETH.csv"),
	]
	.map(|text| {
		let bar = |line: &str| {
			let fields: Vec<f64> = line.split(',').map(|field| field.parse().unwrap()).collect();
			let (open, high, low, close) = (fields[1], fields[2], fields[3], fields[4]);
			let path = if close >= open {
				[open, low, high, close]
			} else {
				[open, high, low, close]
			};
			Bar {
				time: fields[0] as u64 * 1_000,
				path,
			}
		};
		text.lines().skip(1).map(bar).collect()
	})
}

/// The rule in floats.
struct Floats {
	means: [f64; RULE.len()],
	watched: f64,
}

impl Floats {
	fn new() -> Self {
		Self {
			means: [0.0; RULE.len()],
			watched: 0.0,
		}
	}

	fn advance(&mut self, high: f64, low: f64, hours: f64) {
		let x = 2.0 * (high - low) / (high + low);
		let seen = x * x / (4.0 * 2f64.ln());
		self.watched += hours;
		for (mean, memory) in self.means.iter_mut().zip(RULE) {
			let new = 1.0 - 0.5f64.powf(60.0 * hours / f64::from(memory.half_life));
			*mean += (seen - *mean) * new.max(hours / self.watched);
		}
	}

	fn volatility(&self) -> f64 {
		let parts = self.means.iter().zip(RULE);
		parts
			.map(|(mean, memory)| f64::from(memory.weight) / 1e6 * mean.sqrt())
			.sum()
	}
}

fn assert_close(estimator: &Estimator, floats: f64, now: u64) {
	let integer = estimator.estimate(now).volatility.raw() as f64 / 1e18;
	assert!((integer / floats - 1.0).abs() < TOLERANCE, "{integer} and {floats}");
}

#[test]
fn hourly_bars_give_what_floats_give() {
	for bars in files() {
		let (mut estimator, mut floats) = (Estimator::default(), Floats::new());
		for bar in &bars {
			estimator.observe_bar(
				price(bar.high()),
				price(bar.low()),
				price(bar.close()),
				bar.time,
				HOUR_MS,
			);
			floats.advance(bar.high(), bar.low(), 1.0);
			assert_close(&estimator, floats.volatility(), bar.time + HOUR_MS);
		}
		assert!(bars.len() >= 72);
	}
}

#[test]
fn five_minute_updates_give_what_floats_give() {
	for bars in files() {
		// Every two and a half minutes, straight from one point of the bar to the next.
		let ticks: Vec<(u64, f64)> = bars
			.iter()
			.flat_map(|bar| {
				(0..24u64).map(move |tick| {
					let (leg, part) = ((tick / 8) as usize, (tick % 8) as f64 / 7.0);
					let at = bar.path[leg] + (bar.path[leg + 1] - bar.path[leg]) * part;
					(bar.time + tick * BUCKET_MS / 2, (at * 1e6).round() / 1e6)
				})
			})
			.collect();
		let (mut feed, mut floats) = (Feed::default(), Floats::new());
		for (n, (time, at)) in ticks.iter().enumerate() {
			feed.observe(price(*at), *time);
			let next = n + 1;
			if next % 2 == 0 && next >= 24 {
				let hour = &ticks[next - 24..next];
				let high = hour.iter().map(|tick| tick.1).fold(f64::MIN, f64::max);
				let low = hour.iter().map(|tick| tick.1).fold(f64::MAX, f64::min);
				floats.advance(high, low, if next == 24 { 1.0 } else { 1.0 / 12.0 });
				let now = time + BUCKET_MS / 2;
				feed.tick(now);
				assert_close(&feed.estimator, floats.volatility(), now);
			}
		}
	}
}
