//! The runtime as a whole: native, block by block through the executive.

#![allow(
	clippy::unwrap_used,
	clippy::expect_used,
	clippy::panic,
	clippy::indexing_slicing,
	clippy::arithmetic_side_effects
)]

mod blocks;
mod chain;
mod fees;
mod limits;
mod outflow;
mod presets;
mod reach;
