#![cfg_attr(not(feature = "std"), no_std)]
//! Dutch auctions of what a house holds, one rolling auction for each asset.

extern crate alloc;

mod seller;

pub use seller::{Good, Seller, Sold};
