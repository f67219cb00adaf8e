//! Governance's hand on what is listed: parameters, state, pauses, limits.

use crate::{
	asset::{Pauses, Status},
	AssetConfigOf, Config, Error, Pallet,
};
use frame_support::traits::EnsureOrigin;
use margin_risk::FlowLimit;
use sp_runtime::{DispatchError, DispatchResult};

/// Who changes something.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manager {
	/// May change anything within the rules.
	Asset,
	/// May only tighten.
	Risk,
}

impl<T: Config> Pallet<T> {
	/// The origin as asset manager, or else as risk manager.
	pub(crate) fn ensure_manager(origin: T::RuntimeOrigin) -> Result<Manager, DispatchError> {
		match T::AssetManager::try_origin(origin) {
			Ok(_) => Ok(Manager::Asset),
			Err(origin) => T::RiskManager::ensure_origin(origin)
				.map(|_| Manager::Risk)
				.map_err(Into::into),
		}
	}

	pub(crate) fn do_update(_: Manager, _: T::AssetId, _: AssetConfigOf<T>) -> DispatchResult {
		Err(Error::<T>::Overflow.into())
	}

	pub(crate) fn do_set_status(_: Manager, _: T::AssetId, _: Status) -> DispatchResult {
		Err(Error::<T>::Overflow.into())
	}

	pub(crate) fn do_set_pauses(_: Manager, _: T::AssetId, _: Pauses) -> DispatchResult {
		Err(Error::<T>::Overflow.into())
	}

	pub(crate) fn do_cancel_change(_: T::AssetId) -> DispatchResult {
		Err(Error::<T>::Overflow.into())
	}

	pub(crate) fn do_set_outflow_limit(_: T::AssetId, _: FlowLimit) -> DispatchResult {
		Err(Error::<T>::Overflow.into())
	}
}
