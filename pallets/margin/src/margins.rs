//! Margins in motion: every five minutes the maintenance ratio of each asset takes a step towards what the risk engine
//! asks for.
//!
//! A step begins a stretch of the way that is stored with the asset ([`MarginPath`](margin_risk::MarginPath)), so that
//! whoever reads the asset's record has its ratios, and nothing is computed while an account is weighed. A stretch begins
//! at the ratio in force and ends where its pace allows: a raise by it is told before it can bring anybody below
//! maintenance.

use crate::{AssetOf, Assets, Config, Event, MarginsDue, Pallet, RiskEngine, WeightInfo};
use alloc::vec::Vec;
use frame_support::{
	traits::{Get, Time},
	weights::WeightMeter,
};

impl<T: Config> Pallet<T> {
	/// Begins the next stretch of every asset whose last is over. What the meter has no room for waits for a block in which
	/// it has; until then the ratios stay where the last stretch led.
	pub(crate) fn step_margins(meter: &mut WeightMeter) {
		// When it is due, and how many assets there are.
		if meter.try_consume(T::DbWeight::get().reads(2)).is_err() {
			return;
		}
		let now = T::Time::now();
		if now < MarginsDue::<T>::get() {
			return;
		}
		let weight = T::WeightInfo::step_margins(Assets::<T>::count());
		if meter.try_consume(weight).is_err() {
			return;
		}
		let assets: Vec<_> = Assets::<T>::iter().collect();
		let ends = (assets.into_iter()).filter_map(|(asset, record)| Self::step_margin(asset, record, now));
		MarginsDue::<T>::put(
			ends.min()
				.unwrap_or_else(|| now.saturating_add(T::MarginStretch::get())),
		);
	}

	/// When the asset's stretch ends, if it is on its way.
	fn step_margin(asset: T::AssetId, mut record: AssetOf<T>, now: u64) -> Option<u64> {
		let before = record.path;
		record.step_path(
			T::RiskEngine::required(asset, &record.config),
			now,
			T::MarginStretch::get(),
		);
		if record.path != before {
			Assets::<T>::insert(asset, record);
		}
		let path = record.path?;
		if path.since == now {
			let maintenance = record.margin_at(now).0.maintenance;
			let (to, by, required) = (path.to, path.until, path.required);
			if path.is_rising() {
				Self::deposit_event(Event::MarginRising {
					asset,
					maintenance,
					to,
					by,
					required,
				});
			} else if path.is_falling() {
				Self::deposit_event(Event::MarginFalling {
					asset,
					maintenance,
					to,
					by,
					required,
				});
			}
		}
		Some(path.until)
	}

	/// What the risk engine is asked for has changed: the next block asks it.
	pub(crate) fn ask_engine_soon() {
		MarginsDue::<T>::kill();
	}
}
