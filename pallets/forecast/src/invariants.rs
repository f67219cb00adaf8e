//! What must hold for the stored state, checked by `try_state` and at the end of every test.

use crate::{Config, Forecast, Forecasts, Pallet, MAX_MULTIPLIER};
use alloc::collections::BTreeSet;
use frame_support::ensure;
use margin_math::Ratio;
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks every invariant of the pallet's storage.
	///
	/// # Errors
	/// The first invariant that does not hold, in words.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let now = Self::now();
		Forecasts::<T>::iter_values().try_for_each(|forecast| check_forecast(&forecast, now))
	}
}

fn check_forecast<T: Config>(forecast: &Forecast<T>, now: u64) -> Result<(), TryRuntimeError> {
	let is_multiplier = |ratio: Ratio| (Ratio::ONE..=MAX_MULTIPLIER).contains(&ratio);
	ensure!(!forecast.is_blank(), "forecast: a key without reports is stored");
	ensure!(
		is_multiplier(forecast.told),
		"forecast: a multiplier was told that cannot be"
	);
	let mut reporters = BTreeSet::new();
	forecast.reports.iter().try_for_each(|report| {
		ensure!(is_multiplier(report.multiplier), "forecast: a report out of its range");
		ensure!(report.at <= now, "forecast: a report from the future");
		ensure!(
			reporters.insert(&report.reporter),
			"forecast: a reporter with two reports on a key"
		);
		Ok(())
	})
}
