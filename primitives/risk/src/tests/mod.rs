//! The risk model against exact arithmetic, and its promises under random accounts and pools.

mod accounts;
mod accrual;
mod bites;
mod exact;
mod flow;
mod health;
mod interest;
mod liquidation;
mod liquidation_cases;
mod liquidation_price;
mod margin_law;
mod panics;
mod path;
mod pool;
mod pool_gains;
mod price;
mod put;
mod ramp;
mod ratios;
mod scaling;
mod trigger;
mod trigger_misses;
mod trigger_population;
mod trigger_story;
mod volatility;
