//! Tests, one file for each thing they are about.

mod answers;
mod decimals;
mod errors;
mod pending;
mod runs;
mod sources;
