//! The risk model of the margin system: health, liquidation, interest and the accounts of a pool.
//!
//! Pure functions over plain data. The crate knows no storage and no runtime, so the runtime, its offchain worker, its
//! API and the tests all judge an account by the same code.
//!
//! - [`price`]: what a guarded price is, and whether it may be relied on.
//! - [`stable`]: a price that follows another at a bounded speed.
//! - [`ratios`]: the margin ratios of an asset at three levels, and how they rise with size and exposure.
//! - [`ramp`]: margin ratios on their way from old to new ones.
//! - [`flow`]: how much of an asset may go out within a time.
//! - [`health`]: what an account is worth after margin, and the price at which it can be liquidated.
//! - [`liquidation`]: how much of an account goes over in one step of its liquidation.
//! - [`portfolio`]: what the legs of an account require together, when some move against each other.
//! - [`trigger`]: which accounts may have fallen below maintenance, without a look at each of them.
//! - [`volatility`]: how much an asset moves, and the margin that follows from it.
//! - [`put`]: what accounts may lose beyond their margins, and what that is worth.
//! - [`interest`]: the rate of a pool as a function of its utilisation.
//! - [`pool`]: deposits, debts, reserves and deficit of one asset, as shares.
//!
//! Rounding favours the protocol everywhere: debts, required margin and penalties up; deposits, payouts and the value
//! of collateral down. Nothing panics, whatever the input: what does not fit is an error, and changes nothing.
//!
//! ```
//! use margin_math::{Amount, Price, Ratio, Value};
//! use margin_risk::{assess, Leg, MarginRatios, Quote, Side};
//!
//! // 2 BTC at 40,000 dollars with a maintenance margin of 5 %, against a debt of 60,000 USDC.
//! let legs = [
//!     Leg {
//!         asset: "BTC",
//!         side: Side::Deposit,
//!         amount: Amount(200_000_000),
//!         decimals: 8,
//!         quote: Quote::usable(Price::from_fixed(40_000.into()), 0),
//!         margin: MarginRatios::from_maintenance(Ratio::from_percent(5)).unwrap(),
//!     },
//!     Leg {
//!         asset: "USDC",
//!         side: Side::Debt,
//!         amount: Amount(60_000_000_000),
//!         decimals: 6,
//!         quote: Quote::usable(Price::ONE, 0),
//!         margin: MarginRatios::from_maintenance(Ratio::ZERO).unwrap(),
//!     },
//! ];
//! let health = assess(&legs).unwrap();
//! assert_eq!(health.equity, Value::from_dollars(20_000));
//! assert_eq!(health.margin, Value::from_dollars(4_000));
//! assert_eq!(health.maintenance, Value::from_dollars(16_000));
//! assert_eq!(health.initial, Value::from_dollars(12_000));
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

extern crate alloc;

pub mod flow;
pub mod health;
pub mod interest;
pub mod liquidation;
pub mod liquidation_price;
pub mod pool;
pub mod portfolio;
pub mod price;
pub mod put;
pub mod ramp;
pub mod ratios;
pub mod stable;
pub mod trigger;
pub mod volatility;

#[cfg(test)]
mod tests;

pub use flow::{Flow, FlowExceeded, FlowLimit};
pub use health::{assess, Health, Leg, RiskError, Side, MAX_LEGS};
pub use interest::{growth, RateModel};
pub use liquidation::{exchange, plan_settlement, plan_step, LiquidationParams, Slice, Step};
pub use liquidation_price::liquidation_price;
pub use pool::{Pool, PoolError};
pub use portfolio::{
	assess_portfolio, plan_portfolio_step, portfolio_liquidation_price, requirement, Band, Bands, Exposure,
};
pub use price::{PriceSource, Quote, Verdict};
pub use ramp::MarginRamp;
pub use ratios::{Level, MarginRatios, RatioError, MAX_INITIAL, MAX_MAINTENANCE};
pub use stable::Stable;
pub use trigger::{Class, FiledLeg, Filing, Mark, Move, Moves, Stand};
pub use volatility::{Correlation, Estimate, Estimator, MarginPath, VolatilityMargin, VolatilitySource};
