//! # What both runtimes share
//!
//! In this crate is what is generic: the types that chains are made of, units, how a fee is bought with another asset
//! ([`fee_market`]), and the weights that the benchmarks measured ([`weights`]).
//!
//! Beside it, in `wiring`, is what each pallet is given. Those files say `crate::Runtime`, and each runtime compiles them
//! as a module of its own: a trait of another crate can only be implemented for a `Runtime` where that is defined. So there
//! is one text of every configuration, which formatting, lints and documentation see as it is.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

pub mod fee_market;
pub mod units;
pub mod weights;
pub mod xcm;

use sp_runtime::{
	traits::{IdentifyAccount, Verify},
	MultiAddress, MultiSignature,
};

/// Number of a block.
pub type BlockNumber = u32;
/// Signature of a transaction.
pub type Signature = MultiSignature;
/// An account.
pub type AccountId = <<Signature as Verify>::Signer as IdentifyAccount>::AccountId;
/// How transactions name an account.
pub type Address = MultiAddress<AccountId, ()>;
/// Amount of any asset, in its smallest unit.
pub type Balance = u128;
/// Number of an asset: [`units::NATIVE`] is the native token.
pub type AssetId = u32;
/// Counts an account's transactions.
pub type Nonce = u32;
/// Hash of a block or of state.
pub type Hash = <sp_runtime::traits::BlakeTwo256 as sp_runtime::traits::Hash>::Output;
