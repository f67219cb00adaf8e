//! The runtime as a whole: native, block by block through the executive.

#![allow(
	clippy::unwrap_used,
	clippy::expect_used,
	clippy::panic,
	clippy::indexing_slicing,
	clippy::arithmetic_side_effects
)]

mod blocks;
mod delegation;
mod fees;
mod forecast;
mod governance;
mod limits;
mod liquidation;
mod open_fee;
mod ordering;
mod pauses;
mod presets;
mod workers;
