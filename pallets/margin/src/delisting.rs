//! The way out of an asset.

use crate::{account::SubAccount, Config, Error, Pallet};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_delist(_: T::AssetId) -> DispatchResult {
		Err(Error::<T>::Overflow.into())
	}

	pub(crate) fn do_evict(_: &T::AccountId, _: SubAccount, _: T::AssetId) -> DispatchResult {
		Err(Error::<T>::Overflow.into())
	}

	pub(crate) fn do_remove(_: T::AssetId, _: &T::AccountId) -> DispatchResult {
		Err(Error::<T>::Overflow.into())
	}
}
