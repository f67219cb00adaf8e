//! One file for each pallet, written by `tests/bench`.

mod pallet_auctions;
mod pallet_balances;
mod pallet_feeder;
mod pallet_forecast;
mod pallet_gateway;
mod pallet_margin;
mod pallet_prices;
mod pallet_risk_feed;
mod xcm_programs;

/// Weights of `pallet-auctions`.
pub type Auctions<T> = pallet_auctions::WeightInfo<T>;
/// Weights of `pallet-balances`.
pub type Balances<T> = pallet_balances::WeightInfo<T>;
/// Weights of `pallet-feeder`, and through it of the oracle.
pub type Feeder<T> = pallet_feeder::WeightInfo<T>;
/// Weights of `pallet-forecast`.
pub type Forecast<T> = pallet_forecast::WeightInfo<T>;
/// Weights of `pallet-margin`.
pub type Margin<T> = pallet_margin::WeightInfo<T>;
/// Weights of `pallet-prices`.
pub type Prices<T> = pallet_prices::WeightInfo<T>;
/// Weights of `pallet-gateway`.
pub type Gateway<T> = pallet_gateway::WeightInfo<T>;
/// Weights of `pallet-risk-feed`.
pub type RiskFeed<T> = pallet_risk_feed::WeightInfo<T>;
/// What programs of other chains weigh.
pub type XcmPrograms<T> = xcm_programs::WeightInfo<T>;
