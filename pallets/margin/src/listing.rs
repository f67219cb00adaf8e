//! Governance's hand: which assets are listed, and with which parameters.

use crate::{types::BadConfig, AssetConfigOf, Assets, Config, Error, Event, Pallet, Pools};
use frame_support::{
	ensure,
	traits::{fungibles::Inspect, Get, Time},
};
use margin_risk::Pool;
use sp_runtime::DispatchResult;

impl<T> From<BadConfig> for Error<T> {
	fn from(bad: BadConfig) -> Self {
		match bad {
			BadConfig::Decimals => Error::DecimalsOutOfRange,
			BadConfig::Margin => Error::MarginOutOfRange,
			BadConfig::Rate => Error::RateOutOfRange,
			BadConfig::Share => Error::ShareOutOfRange,
			BadConfig::MinAmount => Error::MinAmountOutOfRange,
		}
	}
}

impl<T: Config> Pallet<T> {
	pub(crate) fn do_list(asset: T::AssetId, config: AssetConfigOf<T>) -> DispatchResult {
		config.check().map_err(Error::<T>::from)?;
		ensure!(!Assets::<T>::contains_key(asset), Error::<T>::AlreadyListed);
		ensure!(Assets::<T>::count() < T::MaxAssets::get(), Error::<T>::TooManyAssets);
		let endowment = T::Assets::balance(asset, &Self::account_id());
		ensure!(
			T::Assets::asset_exists(asset) && endowment >= T::Assets::minimum_balance(asset),
			Error::<T>::EndowmentMissing
		);
		let now = T::Time::now();
		Assets::<T>::insert(asset, config);
		Pools::<T>::insert(
			asset,
			Pool {
				accrued_at: now,
				..Default::default()
			},
		);
		Self::deposit_event(Event::AssetListed { asset });
		Ok(())
	}

	/// Interest up to now is paid by the old rate, as far as one accrual goes: a day, which is longer than a pool is
	/// ever left alone by a chain that runs.
	pub(crate) fn do_update(asset: T::AssetId, config: AssetConfigOf<T>) -> DispatchResult {
		config.check().map_err(Error::<T>::from)?;
		let old = Assets::<T>::get(asset).ok_or(Error::<T>::UnknownAsset)?;
		ensure!(
			old.decimals == config.decimals && old.price_key == config.price_key,
			Error::<T>::FixedWhenListed
		);
		let now = T::Time::now();
		Pools::<T>::try_mutate(asset, |pool| pool.accrue(&old.rate, old.reserve_factor, now))
			.map_err(Error::<T>::from)?;
		Assets::<T>::insert(asset, config);
		Self::deposit_event(Event::AssetUpdated { asset });
		Ok(())
	}
}
