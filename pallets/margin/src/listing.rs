//! Governance's hand: which assets are listed, and with which parameters.

use crate::{
	asset::{Asset, BadConfig, WarmUp},
	AssetConfigOf, Assets, Config, Error, Event, Pallet,
};
use frame_support::{
	ensure,
	traits::{fungibles::Inspect, Get, Time},
};
use margin_risk::volatility::BadVolatilityMargin;
use sp_runtime::DispatchResult;

impl<T> From<BadConfig> for Error<T> {
	fn from(bad: BadConfig) -> Self {
		match bad {
			BadConfig::Decimals => Error::DecimalsOutOfRange,
			BadConfig::Margin => Error::MarginOutOfRange,
			BadConfig::Volatility(BadVolatilityMargin::Base) => Error::VolatilityBaseOutOfRange,
			BadConfig::Volatility(BadVolatilityMargin::Multiple) => Error::VolatilityMultipleOutOfRange,
			BadConfig::Volatility(BadVolatilityMargin::Usual) => Error::UsualVolatilityOutOfRange,
			BadConfig::Volatility(BadVolatilityMargin::Bounds) => Error::VolatilityBoundsOutOfRange,
			BadConfig::Volatility(BadVolatilityMargin::Speed) => Error::VolatilitySpeedOutOfRange,
			BadConfig::Scale => Error::ScaleOutOfRange,
			BadConfig::Rate => Error::RateOutOfRange,
			BadConfig::Share => Error::ShareOutOfRange,
			BadConfig::MinAmount => Error::MinAmountOutOfRange,
			BadConfig::Window => Error::WindowOutOfRange,
		}
	}
}

impl<T: Config> Pallet<T> {
	/// Lists an asset that counts in full as collateral `warm_up` milliseconds from now; at once if that is zero, for
	/// the assets that a chain begins with. Decimals are not held against the token's own metadata, because a union of
	/// the native token with others tells none.
	pub(crate) fn do_list(asset: T::AssetId, config: AssetConfigOf<T>, warm_up: u64) -> DispatchResult {
		config.check().map_err(Error::<T>::from)?;
		ensure!(!Assets::<T>::contains_key(asset), Error::<T>::AlreadyListed);
		ensure!(Assets::<T>::count() < T::MaxAssets::get(), Error::<T>::TooManyAssets);
		let endowment = T::Assets::balance(asset, &Self::account_id());
		ensure!(
			T::Assets::asset_exists(asset) && endowment >= T::Assets::minimum_balance(asset),
			Error::<T>::EndowmentMissing
		);
		let now = T::Time::now();
		let loosen_delay = T::ChangeRules::get().loosen_delay;
		let record = Asset {
			warm_up: (warm_up > 0).then(|| WarmUp::from_now(now, warm_up, loosen_delay, true)),
			..Asset::new(config, now)
		};
		Assets::<T>::insert(asset, record);
		Self::ask_engine_soon();
		Self::deposit_event(Event::AssetListed {
			asset,
			warm_until: now.saturating_add(warm_up),
		});
		Ok(())
	}
}
