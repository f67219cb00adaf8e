//! Weights that `tests/bench` measured on the runtimes. Pallets that are not listed here use the weights that they were
//! published with.
//!
//! A runtime that is built to measure them anew does without: what is there may be from before a change of the pallet,
//! and must not stand in the way of its successor.

#[cfg(not(feature = "rough-weights"))]
mod measured;
#[cfg(not(feature = "rough-weights"))]
pub use measured::*;

#[cfg(feature = "rough-weights")]
mod rough;
#[cfg(feature = "rough-weights")]
pub use rough::*;
