//! Answers for clients.

use crate::{reporting::in_force, Config, Forecasts, Pallet, Shadow};
use alloc::vec::Vec;
use codec::{Decode, Encode};
use margin_math::Ratio;
use scale_info::TypeInfo;
use sp_runtime::{RuntimeDebug, SaturatedConversion};

/// What predictive models make of an asset's margin.
#[derive(Encode, Decode, TypeInfo, Clone, PartialEq, Eq, RuntimeDebug)]
pub struct MultiplierView<Key> {
	/// What the multiplier is of.
	pub key: Key,
	/// The multiplier in force, from 1 to 1.5: by so much the asset's maintenance margin is larger than its volatility
	/// alone asks for.
	pub multiplier: Ratio,
	/// What the reports come to, also where they are in shadow. `None` while there are too few of them.
	pub median: Option<Ratio>,
	/// How many reports count: not older than their time, and by those who are reporters now.
	pub reports: u32,
	/// When too few of them will be left if nobody reports anew, in milliseconds of unix time. `None` while there are too
	/// few of them.
	pub until: Option<u64>,
	/// Whether the reports are looked at only, and the multiplier in force is 1.
	pub shadow: bool,
}

impl<T: Config> Pallet<T> {
	/// Everything that was ever reported on, in no particular order.
	pub fn multipliers() -> Vec<MultiplierView<T::Key>> {
		let (members, now, shadow) = (Self::members(), Self::now(), Shadow::<T>::get());
		Forecasts::<T>::iter()
			.map(|(key, forecast)| MultiplierView {
				key,
				multiplier: in_force(&forecast, &members, now, shadow),
				median: forecast.median(&members, now),
				reports: forecast.standing(&members, now).count().saturated_into(),
				until: forecast.until(&members, now),
				shadow: shadow || forecast.shadow,
			})
			.collect()
	}
}
