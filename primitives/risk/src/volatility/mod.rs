//! How much an asset moves, and the margin that follows from it.
//!
//! - [`estimate`]: what is known of an asset's volatility, and who knows it.
//! - [`margin`]: the maintenance ratio that an estimate asks for, by the asset's record.
//! - [`path`]: the limited way of the ratio in force to it.

pub mod estimate;
pub mod margin;
pub mod path;

pub use estimate::{Correlation, Estimate, VolatilitySource};
pub use margin::{BadVolatilityMargin, VolatilityMargin, FULL_HISTORY};
pub use path::{MarginPath, Pace, STRETCH, USUAL_FALL, USUAL_RISE};
