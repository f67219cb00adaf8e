//! How much an asset moves, and the margin that follows from it.
//!
//! - [`estimate`]: what is known of an asset's volatility, and who knows it.
//! - [`rule`]: the rule and its constants.
//! - [`bucket`], [`window`], [`averages`]: five minutes of prices, the rolling hour, the averages that remember it.
//! - [`estimator`]: what is kept of an asset, and how each five minutes move it on.
//! - [`correlation`]: how two assets move together.
//! - [`margin`]: the maintenance ratio that an estimate asks for, by the asset's record.
//! - [`fitted`]: the records that were fitted.
//! - [`path`]: the limited way of the ratio in force to it.

pub mod averages;
pub mod bucket;
pub mod correlation;
pub mod estimate;
pub mod estimator;
pub mod fitted;
pub mod margin;
pub mod path;
pub mod rule;
pub mod window;

pub use bucket::{bucket_at, Bucket, Range, BUCKET_MS};
pub use correlation::{HourReturn, Pair};
pub use estimate::{Correlation, Estimate, VolatilitySource};
pub use estimator::{Estimator, Folded};
pub use margin::{BadVolatilityMargin, VolatilityMargin, FULL_HISTORY};
pub use path::{MarginPath, Pace, SHORTEST, STRETCH, USUAL_FALL, USUAL_RISE};
