//! Benchmarks. Everything at its worst: as many reporters as the chain keeps, all of whom have reported, so that the last
//! report changes the multiplier in force.

#![allow(
	missing_docs,
	clippy::unwrap_used,
	clippy::expect_used,
	clippy::float_arithmetic,
	clippy::indexing_slicing,
	clippy::arithmetic_side_effects
)]

use crate::{Call, Config, Event, Forecasts, Pallet, Report, Shadow, LEAST_REPORTERS, MAX_MULTIPLIER};
use alloc::vec::Vec;
use frame_benchmarking::{account, v2::*};
use frame_support::traits::{EnsureOrigin, Get, SortedMembers};
use frame_system::RawOrigin;
use margin_math::Ratio;

/// Keys for the benchmarks, made by the runtime.
pub trait BenchmarkHelper<Key> {
	/// A key that may be reported on.
	fn key() -> Key;
}

impl<T: Config> Pallet<T> {
	/// As many reporters as the chain keeps, all of whom have just asked for the largest multiplier of `key`, which is in
	/// force: the dearest state to read.
	pub fn fill(key: T::Key) -> Vec<T::AccountId> {
		let missing = T::MaxReporters::get().saturating_sub(T::Reporters::count() as u32);
		for number in 0..missing {
			T::Reporters::add(&account("reporter", number, 0));
		}
		let (reporters, at) = (Self::members(), Self::now());
		Shadow::<T>::put(false);
		Forecasts::<T>::mutate(key, |forecast| {
			let report = |reporter: &T::AccountId| Report {
				reporter: reporter.clone(),
				multiplier: MAX_MULTIPLIER,
				at,
			};
			let reports: Vec<_> = reporters.iter().map(report).collect();
			forecast.reports = reports.try_into().expect("as many as are kept");
			forecast.shadow = false;
			forecast.told = MAX_MULTIPLIER;
		});
		assert_eq!(Self::multiplier(key), MAX_MULTIPLIER);
		reporters
	}
}

fn has_event<T: Config>(event: Event<T>) {
	frame_system::Pallet::<T>::assert_has_event(<T as frame_system::Config>::RuntimeEvent::from(event));
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn report() {
		let key = T::BenchmarkHelper::key();
		let reporters = Pallet::<T>::fill(key);
		Forecasts::<T>::mutate(key, |forecast| forecast.told = Ratio::ONE);
		let reporter = reporters.last().unwrap().clone();

		#[extrinsic_call]
		_(RawOrigin::Signed(reporter), key, MAX_MULTIPLIER);

		assert!(Forecasts::<T>::get(key).reports.len() as u32 >= LEAST_REPORTERS);
		has_event::<T>(Event::MultiplierChanged {
			key,
			from: Ratio::ONE,
			to: MAX_MULTIPLIER,
		});
	}

	#[benchmark]
	fn set_shadow() -> Result<(), BenchmarkError> {
		let key = T::BenchmarkHelper::key();
		Pallet::<T>::fill(key);
		let origin = T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, Some(key), true);

		assert_eq!(Pallet::<T>::multiplier(key), Ratio::ONE);
		has_event::<T>(Event::ShadowSet {
			key: Some(key),
			shadow: true,
		});
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::ExtBuilder::default().build(), crate::mock::Test);
}
