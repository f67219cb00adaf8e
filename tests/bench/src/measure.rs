//! Which values of the components are tried, and what comes out.

use crate::{
	runtime::{Benchmark, BenchmarkRuntime, Component},
	weight::Measured,
};
use frame_benchmarking::BenchmarkParameter;
use std::error::Error;

/// Measures one benchmark.
pub fn measure(
	runtime: &BenchmarkRuntime,
	benchmark: &Benchmark,
	steps: u32,
	repeat: u32,
) -> Result<Measured, Box<dyn Error>> {
	let (mut times, mut storage) = (Vec::new(), Vec::new());
	for at in points(&benchmark.components, steps) {
		let touched = runtime.run(benchmark, &at, 1, true)?;
		storage.extend(
			touched
				.into_iter()
				.map(|result| runtime.layout.in_a_large_state(result)),
		);
		times.extend(runtime.run(benchmark, &at, repeat, false)?);
	}
	Measured::fit(&benchmark.name, &benchmark.components, times, storage)
}

/// Each component in turn goes from its least to its largest value while the others stay at their largest. Without
/// components there is one point.
fn points(components: &[Component], steps: u32) -> Vec<Vec<(BenchmarkParameter, u32)>> {
	let top = || {
		components
			.iter()
			.map(|(name, _, high)| (*name, *high))
			.collect::<Vec<_>>()
	};
	if components.is_empty() {
		return vec![top()];
	}
	let mut points = Vec::new();
	for (index, (name, low, high)) in components.iter().enumerate() {
		for value in values(*low, *high, steps) {
			let mut point = top();
			point[index] = (*name, value);
			points.push(point);
		}
	}
	points
}

/// `steps` values from `low` to `high`, both included, fewer when there are not as many.
fn values(low: u32, high: u32, steps: u32) -> Vec<u32> {
	let gaps = steps.max(2) - 1;
	let mut values: Vec<u32> = (0..=gaps)
		.map(|step| low + (u64::from(high - low) * u64::from(step) / u64::from(gaps)) as u32)
		.collect();
	values.dedup();
	values
}

#[cfg(test)]
mod tests {
	use super::*;
	use BenchmarkParameter::{a, b};

	#[test]
	fn values_should_reach_from_end_to_end() {
		assert_eq!(values(0, 100, 3), [0, 50, 100]);
		assert_eq!(values(1, 16, 4), [1, 6, 11, 16]);
	}

	#[test]
	fn values_should_not_repeat_when_the_range_is_small() {
		assert_eq!(values(1, 3, 16), [1, 2, 3]);
		assert_eq!(values(5, 5, 16), [5]);
	}

	#[test]
	fn points_should_vary_one_component_at_a_time() {
		assert_eq!(points(&[], 3), [vec![]]);
		assert_eq!(
			points(&[(a, 0, 2), (b, 4, 4)], 3),
			[
				vec![(a, 0), (b, 4)],
				vec![(a, 1), (b, 4)],
				vec![(a, 2), (b, 4)],
				vec![(a, 2), (b, 4)]
			]
		);
	}
}
