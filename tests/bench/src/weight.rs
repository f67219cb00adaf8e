//! From measurements to a weight: a line through them.

use crate::runtime::Component;
use frame_benchmarking::{Analysis, BenchmarkResult, BenchmarkSelector};
use std::error::Error;

/// A part of a weight: constant, and per unit of each component.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
	/// At components of zero.
	pub base: u64,
	/// For a unit of each component.
	pub slopes: Vec<u64>,
}

impl Line {
	fn fit(results: &Vec<BenchmarkResult>, components: usize, what: BenchmarkSelector) -> Option<Self> {
		let fitted = Analysis::min_squares_iqr(results, what)?;
		let slopes = if fitted.slopes.is_empty() {
			vec![0; components]
		} else {
			fitted.slopes
		};
		Some(Self {
			base: fitted.base.try_into().ok()?,
			slopes: slopes.into_iter().map(u64::try_from).collect::<Result<_, _>>().ok()?,
		})
	}

	/// Its value at `at`.
	pub fn at(&self, at: &[u32]) -> u64 {
		self.slopes
			.iter()
			.zip(at)
			.fold(self.base, |sum, (slope, value)| sum + slope * u64::from(*value))
	}
}

/// A benchmark's weight.
#[derive(Debug, Clone)]
pub struct Measured {
	/// Function of the pallet's `WeightInfo`.
	pub name: String,
	/// Components with their ranges.
	pub components: Vec<(String, u32, u32)>,
	/// Picoseconds of computation.
	pub time: Line,
	/// Bytes of state that a proof would carry.
	pub proof: Line,
	/// Distinct keys read from the database.
	pub reads: Line,
	/// Distinct keys written to the database.
	pub writes: Line,
	/// Shortest computation that was measured, in picoseconds.
	pub minimum: u64,
}

impl Measured {
	/// Fits the lines.
	///
	/// # Errors
	/// When there is nothing to fit.
	pub fn fit(
		name: &str,
		components: &[Component],
		times: Vec<BenchmarkResult>,
		storage: Vec<BenchmarkResult>,
	) -> Result<Self, Box<dyn Error>> {
		let fit = |results, what| {
			Line::fit(results, components.len(), what).ok_or(format!("{name}: there is no line through the results"))
		};
		let minimum = times
			.iter()
			.map(|result| result.extrinsic_time)
			.min()
			.unwrap_or_default();
		Ok(Self {
			name: name.into(),
			components: components
				.iter()
				.map(|(name, low, high)| (name.to_string(), *low, *high))
				.collect(),
			time: fit(&times, BenchmarkSelector::ExtrinsicTime)?,
			proof: fit(&storage, BenchmarkSelector::ProofSize)?,
			reads: fit(&storage, BenchmarkSelector::Reads)?,
			writes: fit(&storage, BenchmarkSelector::Writes)?,
			minimum: u64::try_from(minimum)?.saturating_mul(1_000),
		})
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use frame_benchmarking::BenchmarkParameter::n;

	fn result(components: Vec<u32>, nanoseconds: u128, reads: u32) -> BenchmarkResult {
		BenchmarkResult {
			components: components.into_iter().map(|value| (n, value)).collect(),
			extrinsic_time: nanoseconds,
			reads,
			writes: 1,
			..Default::default()
		}
	}

	#[test]
	fn a_line_should_go_through_what_was_measured() {
		let results: Vec<_> = (1..=5)
			.map(|at| result(vec![at], u128::from(1_000 + 10 * at), 2 + 3 * at))
			.collect();
		let weight = Measured::fit("x", &[(n, 1, 5)], results.clone(), results).unwrap();
		assert_eq!(
			weight.time,
			Line {
				base: 1_000_000,
				slopes: vec![10_000]
			}
		);
		assert_eq!(
			weight.reads,
			Line {
				base: 2,
				slopes: vec![3]
			}
		);
		assert_eq!(weight.minimum, 1_010_000);
	}

	#[test]
	fn a_weight_without_components_should_have_no_slopes() {
		let results = vec![result(vec![], 700, 4), result(vec![], 700, 4), result(vec![], 700, 4)];
		let weight = Measured::fit("x", &[], results.clone(), results).unwrap();
		assert_eq!((weight.time.base, weight.time.slopes.len()), (700_000, 0));
		assert_eq!((weight.reads.at(&[]), weight.writes.at(&[])), (4, 1));
	}
}
