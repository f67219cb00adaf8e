//! How many accounts a second are judged, by their number of balances: natively on one core, and in the Wasm runtime.

use crate::runtime::{Benchmark, BenchmarkRuntime};
use frame_benchmarking::BenchmarkParameter::n;
use margin_math::{Amount, Price, Ratio};
use margin_risk::{assess, Leg, MarginRatios, Quote, Side};
use serde::Serialize;
use std::{
	error::Error,
	hint::black_box,
	time::{Duration, Instant},
};

/// Most balances of an account.
const MOST: u32 = 8;
/// Accounts that one measurement in the runtime judges.
const IN_WASM: f64 = 1_000.0;
/// Measurements of which the fastest counts.
const REPEATS: u32 = 10;
/// Time of a measurement outside of the runtime.
const NATIVE_TIME: Duration = Duration::from_millis(100);

/// Accounts a second.
#[derive(Serialize)]
pub struct Rate {
	/// Balances of each account.
	pub balances: u32,
	/// By the host.
	pub native: f64,
	/// By the runtime.
	pub wasm: f64,
	/// By the runtime, as portfolio accounts.
	pub portfolio: f64,
}

impl Rate {
	/// How long the runtime takes for one portfolio account.
	pub fn portfolio_microseconds(&self) -> f64 {
		1e6 / self.portfolio
	}
}

/// Measures all of them.
///
/// # Errors
/// When the runtime cannot be called.
pub fn measure(runtime: &BenchmarkRuntime) -> Result<Vec<Rate>, Box<dyn Error>> {
	let benchmarks = runtime.benchmarks(true)?;
	let called = |name: &str| {
		let mut benchmarks = benchmarks.iter();
		benchmarks
			.find(|benchmark| benchmark.name == name)
			.ok_or("the runtime does not judge accounts for this")
	};
	let (apart, together) = (called("judge_a_thousand")?, called("judge_a_thousand_together")?);
	(1..=MOST)
		.map(|balances| {
			Ok(Rate {
				balances,
				native: native(balances),
				wasm: wasm(runtime, apart, balances)?,
				portfolio: wasm(runtime, together, balances)?,
			})
		})
		.collect()
}

fn wasm(runtime: &BenchmarkRuntime, benchmark: &Benchmark, balances: u32) -> Result<f64, Box<dyn Error>> {
	let results = runtime.run(benchmark, &[(n, balances)], REPEATS, false)?;
	let fastest = results
		.iter()
		.map(|result| result.extrinsic_time)
		.min()
		.ok_or("nothing was measured")?;
	Ok(IN_WASM * 1e9 / fastest as f64)
}

fn native(balances: u32) -> f64 {
	let legs: Vec<Leg<u32>> = (0..balances).map(leg).collect();
	let mut fastest = f64::MAX;
	for _ in 0..REPEATS {
		let (start, mut judged) = (Instant::now(), 0.0);
		while start.elapsed() < NATIVE_TIME / REPEATS {
			for _ in 0..1_000 {
				let _ = black_box(assess(black_box(&legs)));
			}
			judged += 1_000.0;
		}
		fastest = fastest.min(start.elapsed().as_secs_f64() / judged);
	}
	1.0 / fastest
}

/// Deposits and debts in turn, in units of the assets that there are, with a stable price that lags.
fn leg(asset: u32) -> Leg<u32> {
	let decimals = [8, 6, 18, 10][(asset % 4) as usize];
	let live = Price::from_raw(u128::from(asset + 1) * 1_234_567_890_123_456_789);
	Leg {
		asset,
		side: if asset.is_multiple_of(2) {
			Side::Deposit
		} else {
			Side::Debt
		},
		amount: Amount(10u128.pow(decimals) * 12_345 / 7),
		decimals: decimals as u8,
		quote: Quote::usable(live, 0),
		margin: MarginRatios::from_maintenance(Ratio::from_percent(5)).expect("five percent is in range"),
	}
}
