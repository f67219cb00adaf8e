//! The operators' price feeder: an offchain worker and nothing else.
//!
//! A validator whose keystore holds an operator's key ([`crypto`]) fetches prices over HTTP and signs them to the
//! oracle, once per block. Several operators on one node are served side by side, each from its own source. Without a
//! key, without settings ([`Settings`]) or without a seat in the oracle, a run does nothing.
//!
//! What comes from a source is not trusted: there is a deadline, a limit on size, a strict reading of the JSON, exact
//! decimals without floats ([`parse_price`]), and one symbol's error never stops the others. Every failure is a
//! [`FeedError`] that tells the operator what to do; it is logged when it begins and when it ends, not at every block.
//!
//! Feeds live for [`MORTALITY`] blocks, so that an old price cannot be put into a block much later. Of one operator no
//! more than one feed waits in the pool: the next one has the same nonce until the first is in a block, and an equal
//! feed is not sent twice.
//!
//! Put this pallet after the one whose keeper liquidates: offchain workers run one after the other in the order of the
//! pallets, and a slow source must not hold a liquidation back.

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

mod answer;
pub mod crypto;
mod decimal;
mod error;
mod fetch;
mod report;
mod settings;
pub mod weights;
mod worker;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;

#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;

pub use answer::read_answer;
pub use decimal::{parse_price, DecimalError};
pub use error::{FeedError, SymbolError};
pub use fetch::{DEADLINE_MS, MAX_ANSWER, RESPONSE_MS};
pub use pallet::*;
pub use report::LOG_TARGET;
pub use settings::{Settings, SETTINGS_KEY};
pub use weights::{OracleWeights, WeightInfo};

/// How long a feed stays valid, in blocks. A power of two, as eras are.
pub const MORTALITY: u64 = 8;

// What the macro generates uses `expect`, on sizes known when it compiles and on metadata.
#[allow(clippy::expect_used)]
#[frame_support::pallet]
pub mod pallet {
	use super::worker;
	use frame_support::pallet_prelude::*;
	use frame_system::{
		offchain::{AppCrypto, CreateSignedTransaction},
		pallet_prelude::*,
	};
	use sp_runtime::FixedU128;

	/// What this pallet needs from its runtime, beside the oracle and a way to sign transactions. The runtime's
	/// [`CreateSignedTransaction`] gives feeds a mortality of [`MORTALITY`](crate::MORTALITY) blocks.
	#[pallet::config]
	pub trait Config:
		frame_system::Config
		+ CreateSignedTransaction<orml_oracle::Call<Self>>
		+ orml_oracle::Config<OracleValue: From<FixedU128>>
	{
		/// The operators' keys: [`crypto::AuthId`](crate::crypto::AuthId).
		type AuthorityId: AppCrypto<Self::Public, Self::Signature>;

		/// How many members the oracle may have, for benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type MaxOperators: Get<u32>;
	}

	/// The pallet.
	#[pallet::pallet]
	pub struct Pallet<T>(_);

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn offchain_worker(block: BlockNumberFor<T>) {
			worker::run::<T>(block);
		}
	}
}
