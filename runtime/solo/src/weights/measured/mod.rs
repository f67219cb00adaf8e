//! One file for each pallet, written by `tests/bench`.

mod pallet_auctions;
mod pallet_balances;
mod pallet_feeder;
mod pallet_forecast;
mod pallet_margin;
mod pallet_prices;

use crate::Runtime;

/// Weights of `pallet-auctions`.
pub type Auctions = pallet_auctions::WeightInfo<Runtime>;
/// Weights of `pallet-balances`.
pub type Balances = pallet_balances::WeightInfo<Runtime>;
/// Weights of `pallet-feeder`, and through it of the oracle.
pub type Feeder = pallet_feeder::WeightInfo<Runtime>;
/// Weights of `pallet-forecast`.
pub type Forecast = pallet_forecast::WeightInfo<Runtime>;
/// Weights of `pallet-margin`.
pub type Margin = pallet_margin::WeightInfo<Runtime>;
/// Weights of `pallet-prices`.
pub type Prices = pallet_prices::WeightInfo<Runtime>;
