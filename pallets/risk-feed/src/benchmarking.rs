//! Benchmarks.

#![allow(missing_docs)]

use xcm::v5::Location;

/// Subscribers and assets for the benchmarks, made by the runtime.
pub trait BenchmarkHelper {
	/// The `n`-th of different siblings that can be sent a message now and have an account here.
	fn subscriber(n: u32) -> Location;
	/// Fills the book with as many assets as the runtime may list, all of which have a location.
	fn fill_book();
}
