//! Events that broke margin systems elsewhere, against this runtime: operators feed through the oracle, traders sign,
//! the chain liquidates by itself.

mod dust;
mod gains;
mod gaps;
mod one_price;
mod open_fee;
mod operators;
mod stage;
mod thin_asset;
