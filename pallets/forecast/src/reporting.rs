//! The calls, and the multiplier in force.

use crate::{forecast::FREE_AFTER, Config, Error, Event, Forecast, Forecasts, Pallet, Report, Shadow, MAX_MULTIPLIER};
use alloc::vec::Vec;
use frame_support::{
	dispatch::{DispatchResultWithPostInfo, Pays},
	ensure,
	traits::{Contains, SortedMembers, UnixTime},
};
use margin_math::Ratio;
use sp_runtime::{DispatchError, DispatchResult, SaturatedConversion};

impl<T: Config> Pallet<T> {
	/// The multiplier in force for `key`: from 1, which is none, to [`MAX_MULTIPLIER`].
	pub fn multiplier(key: T::Key) -> Ratio {
		if Shadow::<T>::get() {
			return Ratio::ONE;
		}
		let Ok(forecast) = Forecasts::<T>::try_get(key) else {
			return Ratio::ONE;
		};
		in_force(&forecast, &Self::members(), Self::now(), false)
	}

	/// The reporters, sorted.
	pub(crate) fn members() -> Vec<T::AccountId> {
		T::Reporters::sorted_members()
	}

	/// The time of this block, in milliseconds of unix time.
	pub(crate) fn now() -> u64 {
		T::Time::now().as_millis().saturated_into()
	}

	pub(crate) fn take_report(reporter: T::AccountId, key: T::Key, multiplier: Ratio) -> DispatchResultWithPostInfo {
		let members = Self::members();
		ensure!(members.binary_search(&reporter).is_ok(), Error::<T>::NotAReporter);
		ensure!(T::Keys::contains(&key), Error::<T>::UnknownKey);
		ensure!(
			(Ratio::ONE..=MAX_MULTIPLIER).contains(&multiplier),
			Error::<T>::MultiplierOutOfRange
		);
		let now = Self::now();
		let mut forecast = Forecasts::<T>::get(key);
		let report = Report {
			reporter: reporter.clone(),
			multiplier,
			at: now,
		};
		let earlier = forecast
			.take(report, &members)
			.map_err(|_| Error::<T>::TooManyReporters)?;
		Self::deposit_event(Event::Reported {
			reporter,
			key,
			multiplier,
			median: forecast.median(&members, now),
		});
		Self::tell_and_store(key, forecast, &members, now, Shadow::<T>::get());
		let is_due = earlier.is_none_or(|earlier| earlier.saturating_add(FREE_AFTER) <= now);
		Ok(if is_due { Pays::No } else { Pays::Yes }.into())
	}

	pub(crate) fn switch(key: Option<T::Key>, shadow: bool) -> DispatchResult {
		match key {
			None => Shadow::<T>::put(shadow),
			Some(key) => Self::switch_key(key, shadow)?,
		}
		Self::deposit_event(Event::ShadowSet { key, shadow });
		Ok(())
	}

	fn switch_key(key: T::Key, shadow: bool) -> Result<(), DispatchError> {
		let is_known = T::Keys::contains(&key) || (shadow && Forecasts::<T>::contains_key(key));
		ensure!(is_known, Error::<T>::UnknownKey);
		let (members, now) = (Self::members(), Self::now());
		let mut forecast = Forecasts::<T>::get(key);
		forecast.shadow = shadow;
		forecast.forget_spent(&members, now);
		Self::tell_and_store(key, forecast, &members, now, Shadow::<T>::get());
		Ok(())
	}

	/// Tells of a change of the multiplier in force since it was last told, and stores the key's state.
	fn tell_and_store(key: T::Key, mut forecast: Forecast<T>, members: &[T::AccountId], now: u64, shadow: bool) {
		let (from, to) = (forecast.told, in_force(&forecast, members, now, shadow));
		if from != to {
			forecast.told = to;
			Self::deposit_event(Event::MultiplierChanged { key, from, to });
		}
		if forecast.is_blank() {
			Forecasts::<T>::remove(key);
		} else {
			Forecasts::<T>::insert(key, forecast);
		}
	}
}

/// What a key's reports weigh at `now`, where the whole pallet is in `shadow` or not.
pub(crate) fn in_force<T: Config>(forecast: &Forecast<T>, members: &[T::AccountId], now: u64, shadow: bool) -> Ratio {
	if shadow || forecast.shadow {
		return Ratio::ONE;
	}
	forecast.median(members, now).unwrap_or(Ratio::ONE)
}
