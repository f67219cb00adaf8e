//! # Pools at genesis
//!
//! `pallet-asset-conversion` has no genesis of its own: a chain that starts with it starts without a market. This
//! pallet has a genesis and nothing else. It creates the listed pools and gives each its first liquidity, by the same
//! calls a provider would sign, so that every check of the AMM applies. The provider pays for the pool and keeps the
//! liquidity tokens.
//!
//! It has to come after the pallets that fund the providers, because genesis is built in the order of the pallets.
//! A pool that cannot be made stops the genesis with a message that names it: a chain must not start half built.

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

#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;

use alloc::boxed::Box;
use codec::{Decode, Encode};
use frame_support::dispatch::DispatchResult;
use frame_system::RawOrigin;
use serde::{Deserialize, Serialize};

pub use pallet::*;

/// A pool to create: the provider puts in `amount1` of `asset1` and `amount2` of `asset2`, so the first price of
/// `asset1` is `amount2 / amount1` of `asset2`.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
pub struct InitialPool<AccountId, AssetKind, Balance> {
	/// Who provides the liquidity, pays the fee for the pool and gets the liquidity tokens.
	pub provider: AccountId,
	/// One asset.
	pub asset1: AssetKind,
	/// The other asset.
	pub asset2: AssetKind,
	/// Liquidity in smallest units of `asset1`.
	pub amount1: Balance,
	/// Liquidity in smallest units of `asset2`.
	pub amount2: Balance,
}

/// An [`InitialPool`] in the types of the runtime.
pub type InitialPoolOf<T> = InitialPool<
	<T as frame_system::Config>::AccountId,
	<T as pallet_asset_conversion::Config>::AssetKind,
	<T as pallet_asset_conversion::Config>::Balance,
>;

#[allow(missing_docs)]
// What the macro generates uses `expect`, on sizes known when it compiles and on metadata.
#[allow(clippy::expect_used)]
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use alloc::vec::Vec;
	use frame_support::pallet_prelude::*;

	/// The pallet.
	#[pallet::pallet]
	pub struct Pallet<T>(_);

	/// Nothing to choose: the pools are those of the AMM.
	#[pallet::config]
	pub trait Config:
		frame_system::Config + pallet_asset_conversion::Config<AssetKind: Serialize + for<'de> Deserialize<'de>>
	{
	}

	/// The pools that exist from the first block on.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// In the order in which they are made. A pair may be listed once.
		pub pools: Vec<InitialPoolOf<T>>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			for pool in &self.pools {
				// A genesis that cannot be built as it was written must not be built at all.
				#[allow(clippy::panic)]
				if let Err(error) = Pallet::<T>::create(pool) {
					panic!(
						"genesis: the pool of {:?} and {:?} cannot be made for {:?}: {error:?}",
						pool.asset1, pool.asset2, pool.provider,
					);
				}
			}
		}
	}
}

impl<T: Config> Pallet<T> {
	/// Creates one pool and provides its liquidity, as the provider would.
	///
	/// Errors are those of the AMM: the pair exists, an amount is too small, the provider has too little.
	fn create(pool: &InitialPoolOf<T>) -> DispatchResult {
		let provider = || RawOrigin::Signed(pool.provider.clone()).into();
		let (asset1, asset2) = (Box::new(pool.asset1.clone()), Box::new(pool.asset2.clone()));
		pallet_asset_conversion::Pallet::<T>::create_pool(provider(), asset1.clone(), asset2.clone())?;
		pallet_asset_conversion::Pallet::<T>::add_liquidity(
			provider(),
			asset1,
			asset2,
			pool.amount1,
			pool.amount2,
			pool.amount1,
			pool.amount2,
			pool.provider.clone(),
		)
	}
}
