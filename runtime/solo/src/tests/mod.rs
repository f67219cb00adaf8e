//! The runtime as a whole: native, block by block through the executive.

mod blocks;
mod chain;
mod limits;
mod liquidation;
mod ordering;
mod presets;
mod workers;
