//! Fixed-point numbers of the margin system.
//!
//! Every quantity that could be mixed up with another has a type of its own: an [`Amount`] is a number of smallest
//! units of an asset, [`Shares`] are shares of a pool, a [`Price`] is in dollars per whole unit, a [`Value`] in signed
//! dollars, a [`Ratio`] is a plain non-negative number, a [`Real`] a plain signed one. The last four carry 18 decimals.
//!
//! Every operation that cannot be exact takes a [`Rounding`], so that the side which profits from a rounding is chosen
//! where the operation is called. Intermediate products are 256 bits wide, and whatever does not fit its result gives
//! `None`: nothing wraps, saturates silently or panics.
//!
//! Functions of real numbers, such as [`sqrt`], [`exp`], [`ln`], [`pow`] and [`normal_distribution`], keep the same
//! promise: the result is on the named side of the exact one, beside it, and monotone where the function is. They take
//! about the same time for every number.
//!
//! ```
//! use margin_math::{Amount, Price, Rounding, Value};
//!
//! // 1.5 BTC (8 decimals) at 40,000 dollars.
//! let price = Price::from_fixed(40_000.into());
//! let value = price.value_of(Amount(150_000_000), 8, Rounding::Down);
//! assert_eq!(value, Some(Value::from_dollars(60_000)));
//! ```
#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(
	test,
	allow(
		clippy::unwrap_used,
		clippy::expect_used,
		clippy::panic,
		clippy::indexing_slicing,
		clippy::arithmetic_side_effects
	)
)]

mod amount;
mod exponential;
mod fixed;
mod logarithm;
mod normal;
mod price;
mod ratio;
mod real;
mod root;
mod rounding;
mod text;
mod value;
mod wide;

#[cfg(test)]
mod tests;

pub use amount::{Amount, Shares};
pub use exponential::{exp, exp2, half_life_decay};
pub use logarithm::{ln, pow};
pub use normal::{normal_density, normal_distribution, normal_loss};
pub use price::Price;
pub use primitive_types::U256;
pub use ratio::Ratio;
pub use real::Real;
pub use root::sqrt;
pub use rounding::Rounding;
pub use value::Value;
pub use wide::{div_wide, mul_div, mul_div_signed, power_of_ten};

/// One in the 18-decimal fixed point that prices, values and ratios share.
pub const UNIT: u128 = 1_000_000_000_000_000_000;
