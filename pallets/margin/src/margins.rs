//! Margins in motion: every five minutes the maintenance ratio of each asset takes a step towards what the risk engine
//! asks for.
//!
//! A step begins a stretch of the way that is stored with the asset ([`MarginPath`](margin_risk::MarginPath)), so that
//! whoever reads the asset's record has its ratios, and nothing is computed while an account is weighed. A stretch begins
//! at the ratio in force and ends where its pace allows: a raise by it is told before it can bring anybody below
//! maintenance.

use crate::{Asset, AssetOf, Assets, Config, Event, MarginsDue, Pallet, RiskEngine, WeightInfo};
use alloc::vec::Vec;
use frame_support::{
	traits::{Get, Time},
	weights::WeightMeter,
};
use margin_math::Ratio;
use margin_risk::{volatility::Pace, MarginPath};

impl<PriceKey> Asset<PriceKey> {
	/// The least maintenance ratio from `now` on, before an account's size counts, until a next stretch of its way begins
	/// or the parameters change.
	pub(crate) fn least_maintenance_from(&self, now: u64) -> Ratio {
		let listed = self.ramped_at(now).0.maintenance;
		self.path.map_or(listed, |path| path.least_from(now).max(listed))
	}

	/// Takes a step towards the maintenance ratio that is asked for, at the pace of the parameters. Without any asked for,
	/// or less than is listed, that is towards the listed one, where a way ends that nothing is asked for on.
	/// A new stretch takes `length` milliseconds, at most [`STRETCH`](margin_risk::volatility::STRETCH).
	pub(crate) fn step_path(&mut self, asked: Option<Ratio>, now: u64, length: u64) {
		let listed = self.ramped_at(now).0.maintenance;
		if self.path.is_none() && asked.is_none() {
			return;
		}
		let volatility = &self.config.volatility;
		let pace = volatility.map_or(Pace::usual(), |volatility| volatility.pace());
		let path = self.path.unwrap_or(MarginPath::new(listed, now));
		let next = path.step(asked.unwrap_or(listed), listed, now, &pace);
		let next = if path.is_over(now) { next.within(length) } else { next };
		self.path = Some(next).filter(|next| asked.is_some() || next.from > listed);
	}
}

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
		let end = ends.min();
		MarginsDue::<T>::put(end.unwrap_or_else(|| now.saturating_add(T::MarginStretch::get())));
	}

	/// When the asset's stretch ends, if it is on its way.
	fn step_margin(asset: T::AssetId, mut record: AssetOf<T>, now: u64) -> Option<u64> {
		let before = record.path;
		let asked = T::RiskEngine::required(asset, &record.config);
		record.step_path(asked, now, T::MarginStretch::get());
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
