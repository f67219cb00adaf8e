//! Governance's hand on what is listed: parameters, state, pauses, limits.
//!
//! What only tightens is made at once, and reaches the ratios by which accounts are liquidated on a ramp. What loosens
//! anything waits in [`Changes`], where anybody can see it and the risk manager can cancel it, and is made in an idle
//! block when it is due.

use crate::{
	asset::{Pauses, Status, WarmUp},
	AssetConfigOf, AssetOf, Assets, Changes, Config, Error, Event, Pallet, RiskEngine,
};
use frame_support::{
	ensure,
	traits::{EnsureOrigin, Get, Time},
};
use margin_math::Amount;
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

	pub(crate) fn do_update(manager: Manager, asset: T::AssetId, config: AssetConfigOf<T>) -> DispatchResult {
		config.check().map_err(Error::<T>::from)?;
		let record = Self::record(asset)?;
		ensure!(record.config.is_same_asset(&config), Error::<T>::FixedWhenListed);
		ensure!(record.config != config, Error::<T>::NothingChanges);
		let tightens = record.config.only_tightens(&config);
		ensure!(manager == Manager::Asset || tightens, Error::<T>::OnlyTighten);
		let now = T::Time::now();
		// Also from where a ramp has come so far: two doublings in one block are no small step.
		let (margin, size_scale) = record.ramped_at(now);
		let in_force = AssetConfigOf::<T> {
			margin,
			size_scale,
			..record.config
		};
		ensure!(
			record.config.is_small_step(&config) && in_force.is_small_step(&config),
			Error::<T>::StepTooLarge
		);
		if tightens {
			Self::ensure_asks_in_steps(asset, &record, &config, now)?;
			if Changes::<T>::take(asset).is_some() {
				Self::deposit_event(Event::ChangeCancelled { asset });
			}
			return Self::put_in_force(asset, record, config);
		}
		let due = now.saturating_add(T::ChangeRules::get().loosen_delay);
		Changes::<T>::insert(asset, (config, due));
		Self::deposit_event(Event::ChangeScheduled { asset, due });
		Ok(())
	}

	/// The initial ratio follows what volatility asks for at once. However often its record is tightened, that is no more
	/// than twice the maintenance ratio in force, unless as much was asked for before. Where it begins to be followed, the
	/// bounds of a first record hold.
	fn ensure_asks_in_steps(
		asset: T::AssetId,
		record: &AssetOf<T>,
		config: &AssetConfigOf<T>,
		now: u64,
	) -> Result<(), Error<T>> {
		let old = &record.config;
		if old.volatility.is_none() || config.volatility == old.volatility {
			return Ok(());
		}
		let asked = |config| T::RiskEngine::required(asset, config).unwrap_or_default();
		let in_force = record.margin_at(now).0.maintenance;
		let most = asked(old).max(in_force.saturating_add(in_force));
		ensure!(asked(config) <= most, Error::<T>::StepTooLarge);
		Ok(())
	}

	/// Makes the change of `asset` that waits, if it is due.
	pub(crate) fn enact_due(asset: T::AssetId) -> DispatchResult {
		let Some((config, due)) = Changes::<T>::get(asset) else {
			return Ok(());
		};
		if T::Time::now() < due {
			return Ok(());
		}
		Changes::<T>::remove(asset);
		Self::put_in_force(asset, Self::record(asset)?, config)
	}

	fn put_in_force(asset: T::AssetId, mut record: AssetOf<T>, config: AssetConfigOf<T>) -> DispatchResult {
		let now = T::Time::now();
		record
			.adopt(config, now, T::ChangeRules::get().tighten_over)
			.map_err(Error::<T>::from)?;
		Assets::<T>::insert(asset, record);
		Self::ask_engine_soon();
		Self::deposit_event(Event::AssetUpdated {
			asset,
			in_force: record.settled_at(now),
		});
		Ok(())
	}

	/// An asset that can be added to again, or that has a price again, warms up like a new one: it is as if it were
	/// listed anew.
	pub(crate) fn do_set_status(manager: Manager, asset: T::AssetId, status: Status) -> DispatchResult {
		let mut record = Self::record(asset)?;
		ensure!(record.status != status, Error::<T>::NothingChanges);
		ensure!(!matches!(status, Status::Delisting(_)), Error::<T>::UseDelistAsset);
		let now = T::Time::now();
		match record.status {
			Status::Delisting(end) => {
				// A hostile asset manager must not keep an asset from being frozen by delisting it.
				ensure!(
					manager == Manager::Asset || status == Status::Frozen,
					Error::<T>::OnlyTighten
				);
				ensure!(now < end, Error::<T>::BeingDelisted);
			},
			before => ensure!(manager == Manager::Asset || status > before, Error::<T>::OnlyTighten),
		}
		if status == Status::Live || record.status == Status::Frozen {
			let rules = T::ChangeRules::get();
			let unproven = record.is_unproven(now);
			record.warm_up = Some(WarmUp::from_now(now, rules.warm_up, rules.loosen_delay, unproven));
		}
		record.become_status(status, now);
		Assets::<T>::insert(asset, record);
		Self::deposit_event(Event::StatusChanged { asset, status });
		Ok(())
	}

	pub(crate) fn do_set_pauses(manager: Manager, asset: T::AssetId, pauses: Pauses) -> DispatchResult {
		let mut record = Self::record(asset)?;
		ensure!(record.pauses != pauses, Error::<T>::NothingChanges);
		ensure!(
			manager == Manager::Asset || pauses.covers(&record.pauses),
			Error::<T>::OnlyTighten
		);
		record.pauses = pauses;
		Assets::<T>::insert(asset, record);
		Self::deposit_event(Event::PausesChanged { asset, pauses });
		Ok(())
	}

	pub(crate) fn do_cancel_change(asset: T::AssetId) -> DispatchResult {
		Self::record(asset)?;
		ensure!(Changes::<T>::take(asset).is_some(), Error::<T>::NoChangeWaits);
		Self::deposit_event(Event::ChangeCancelled { asset });
		Ok(())
	}

	pub(crate) fn do_set_outflow_limit(asset: T::AssetId, limit: FlowLimit) -> DispatchResult {
		ensure!(limit.is_valid(), Error::<T>::WindowOutOfRange);
		let mut record = Self::record(asset)?;
		// What has leaked by the old limit is booked before the new one counts.
		record
			.outflow
			.give_back(&record.outflow_limit, Amount::ZERO, T::Time::now());
		record.outflow_limit = limit;
		Assets::<T>::insert(asset, record);
		Self::deposit_event(Event::OutflowLimitSet { asset, limit });
		Ok(())
	}

	pub(crate) fn record(asset: T::AssetId) -> Result<AssetOf<T>, Error<T>> {
		Assets::<T>::get(asset).ok_or(Error::<T>::UnknownAsset)
	}
}
