//! What is done for one asset after the other, one a block, in weight that nobody else needs.

use crate::{AssetOf, Assets, Config, Error, Escrow, Event, Pallet, WeightInfo};
use frame_support::{
	storage::with_storage_layer,
	traits::{Get, Time},
	weights::WeightMeter,
};
use sp_runtime::DispatchResult;

/// How often a pool's rates are told, in milliseconds.
const REPORT_EVERY: u64 = 3_600_000;

impl<T: Config> Pallet<T> {
	/// The turn of one asset: a change of its parameters that is due is made, its pool's rates are told, and what the
	/// pool set aside from interest goes to the fund. One thing's error does not stop the others; what fails is tried
	/// again in the asset's next turn.
	pub(crate) fn tend_asset(meter: &mut WeightMeter, turn: u32) {
		if meter.try_consume(T::WeightInfo::tend_asset()).is_err() {
			return;
		}
		let listed = Assets::<T>::count();
		let Some(at) = turn.checked_rem(listed) else { return };
		let Some(asset) = Assets::<T>::iter_keys().nth(at as usize) else {
			return;
		};
		let done = [
			with_storage_layer(|| Self::enact_due(asset)),
			with_storage_layer(|| Self::keep_record(asset)),
			with_storage_layer(|| Self::collect_reserves(asset)),
		];
		let grants = Self::tend_grants_within(meter, asset);
		for error in done.into_iter().chain([grants]).filter_map(Result::err) {
			log::warn!(target: crate::LOG_TARGET, "the turn of {asset:?} was cut short: {error:?}");
		}
	}

	/// What was given in kind, if anything was.
	fn tend_grants_within(meter: &mut WeightMeter, asset: T::AssetId) -> DispatchResult {
		let look = T::DbWeight::get().reads(2);
		if meter.try_consume(look).is_err() || !(Escrow::<T>::exists() || Self::has_grants(asset)) {
			return Ok(());
		}
		match meter.try_consume(T::WeightInfo::tend_grants()) {
			Ok(()) => with_storage_layer(|| Self::tend_grants(asset)),
			Err(()) => Ok(()),
		}
	}

	/// Tells the rates of the pool when an hour has passed, and forgets what has arrived.
	fn keep_record(asset: T::AssetId) -> DispatchResult {
		let now = T::Time::now();
		let mut record = Assets::<T>::get(asset).ok_or(Error::<T>::UnknownAsset)?;
		let due = record.reported_at.saturating_add(REPORT_EVERY) <= now;
		if !due && !record.has_arrived(now) {
			return Ok(());
		}
		record.forget_arrived(now);
		if due {
			Self::report(asset, &mut record, now)?;
		}
		Assets::<T>::insert(asset, record);
		Ok(())
	}

	fn report(asset: T::AssetId, record: &mut AssetOf<T>, now: u64) -> Result<(), Error<T>> {
		let config = &record.config;
		let pool = &mut record.pool;
		pool.accrue(&config.rate, config.reserve_factor, now)?;
		record.reported_at = now;
		let utilisation = pool.utilisation();
		Self::deposit_event(Event::PoolReported {
			asset,
			deposits: pool.deposits,
			debt: pool.debt,
			utilisation,
			borrow_rate: config.rate.borrow_rate(utilisation),
			supply_rate: pool.supply_rate(&config.rate, config.reserve_factor),
			deposit_index: pool.deposit_index(),
			debt_index: pool.debt_index(),
		});
		Ok(())
	}
}
