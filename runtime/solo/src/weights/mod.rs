//! Weights that `tests/bench` measured on this runtime. Pallets that are not listed here use the weights that they were
//! published with.

pub mod pallet_balances;
pub mod pallet_feeder;
pub mod pallet_margin;
pub mod pallet_prices;
