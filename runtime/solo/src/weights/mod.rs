//! Weights that `tests/bench` measured on this runtime. Pallets that are not listed here use the weights that they were
//! published with.
//!
//! A runtime that is built to be measured does without: what is there may be from before a change of the pallet, and
//! must not stand in the way of its successor.

#[cfg(not(feature = "runtime-benchmarks"))]
mod measured;
#[cfg(not(feature = "runtime-benchmarks"))]
pub use measured::*;

#[cfg(feature = "runtime-benchmarks")]
mod rough;
#[cfg(feature = "runtime-benchmarks")]
pub use rough::*;
