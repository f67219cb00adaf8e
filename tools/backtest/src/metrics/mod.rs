//! How good margins were: what governance weighs before it proposes a parameter.
//!
//! The margin after bar `t` is judged on what comes after it, for longs and shorts of every asset alike.
//!
//! - [`shortfall`]: by how much the next bar went beyond the margin.
//! - [`positions`]: what positions opened every hour cost the protocol, and how many of them it liquidated.
//! - [`cyclicality`]: how much and how fast margins moved.

pub mod cyclicality;
pub mod positions;
pub mod shortfall;
pub mod track;

pub use cyclicality::Cyclicality;
pub use positions::Positions;
pub use shortfall::Shortfall;
pub use track::Track;

/// What closing a position costs, as a fraction of its value.
pub const COST: f64 = 0.005;

#[cfg(test)]
#[path = "../tests/metrics.rs"]
mod tests;
