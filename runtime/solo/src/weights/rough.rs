//! The pallets' own rough weights, for a runtime that is built to be measured.

/// Weights of `pallet-auctions`.
pub type Auctions = ();
/// Weights of `pallet-balances`.
pub type Balances = ();
/// Weights of `pallet-feeder`, and through it of the oracle.
pub type Feeder = ();
/// Weights of `pallet-forecast`.
pub type Forecast = ();
/// Weights of `pallet-margin`.
pub type Margin = ();
/// Weights of `pallet-prices`.
pub type Prices = ();
