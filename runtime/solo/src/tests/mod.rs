//! The runtime as a whole: native, block by block through the executive.

mod blocks;
mod chain;
mod delegation;
mod events;
mod fees;
mod governance;
mod limits;
mod liquidation;
mod ordering;
mod pauses;
mod presets;
mod workers;
