//! Benchmarks. The latch is measured at its worst: every key guarded, every operator with a fresh value, and the
//! price outside the band, so that it is held back and two events are written per key.

#![allow(
	missing_docs,
	clippy::unwrap_used,
	clippy::expect_used,
	clippy::float_arithmetic,
	clippy::indexing_slicing,
	clippy::arithmetic_side_effects
)]

use crate::{Call, Config, Event, Guard, Guards, Latched, Pallet, Verdict};
use core::marker::PhantomData;
use frame_benchmarking::{account, v2::*};
use frame_support::traits::{EnsureOrigin, Get, Hooks, SortedMembers};
use margin_math::Price;
use orml_oracle::{Config as OrmlConfig, RawValues, TimestampedValue, Values};
use sp_runtime::FixedU128;

/// Keys and feeds for the benchmarks, made by the runtime.
pub trait BenchmarkHelper<Key> {
	/// The key with this number. Different numbers give different keys.
	fn key(number: u32) -> Key;
	/// Puts a fresh value of `price` on the oracle, fed by as many operators as the oracle takes.
	fn feed(key: &Key, price: Price);
}

/// The helper for `orml-oracle`, whose list of members is filled up to `MaxMembers`.
pub struct OrmlBenchmark<T, MaxMembers, I = ()>(PhantomData<(T, MaxMembers, I)>);

impl<T, MaxMembers, I> BenchmarkHelper<T::OracleKey> for OrmlBenchmark<T, MaxMembers, I>
where
	T: OrmlConfig<I, OracleValue = FixedU128>,
	T::OracleKey: From<u32>,
	MaxMembers: Get<u32>,
	I: 'static,
{
	fn key(number: u32) -> T::OracleKey {
		number.into()
	}

	fn feed(key: &T::OracleKey, price: Price) {
		use frame_support::traits::Time;
		let missing = MaxMembers::get().saturating_sub(T::Members::sorted_members().len() as u32);
		for number in 0..missing {
			T::Members::add(&account("operator", number, 0));
		}
		let value = TimestampedValue {
			value: price.to_fixed(),
			timestamp: T::Time::now(),
		};
		for member in T::Members::sorted_members() {
			RawValues::<T, I>::insert(member, key, value);
		}
		Values::<T, I>::insert(key, value);
	}
}

fn dollars(amount: u128) -> Price {
	Price::from_raw(amount * 1_000_000_000_000_000_000)
}

fn guard_keys<T: Config>(count: u32) {
	let _ = Guards::<T>::clear(u32::MAX, None);
	for number in 0..count {
		let key = T::BenchmarkHelper::key(number);
		Guards::<T>::insert(
			key,
			Guard {
				min_operators: 1,
				..Guard::volatile()
			},
		);
		T::BenchmarkHelper::feed(&key, dollars(100));
	}
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn on_finalize(n: Linear<0, { T::MaxKeys::get() }>) {
		guard_keys::<T>(n);
		Pallet::<T>::on_finalize(1u32.into());
		for number in 0..n {
			T::BenchmarkHelper::feed(&T::BenchmarkHelper::key(number), dollars(200));
		}

		#[block]
		{
			Pallet::<T>::on_finalize(2u32.into());
		}

		let held = (0..n)
			.filter(|number| Latched::<T>::get(T::BenchmarkHelper::key(*number)).unwrap().verdict == Verdict::HeldBack);
		assert_eq!(held.count() as u32, n);
	}

	#[benchmark]
	fn set_guard() -> Result<(), BenchmarkError> {
		guard_keys::<T>(T::MaxKeys::get() - 1);
		let origin = T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let (key, guard) = (T::BenchmarkHelper::key(T::MaxKeys::get()), Guard::volatile());

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, key, guard);

		assert_eq!(Guards::<T>::get(key), Some(guard));
		Ok(())
	}

	#[benchmark]
	fn remove_guard() -> Result<(), BenchmarkError> {
		guard_keys::<T>(T::MaxKeys::get());
		Pallet::<T>::on_finalize(1u32.into());
		let origin = T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let key = T::BenchmarkHelper::key(0);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, key);

		assert_eq!(Latched::<T>::get(key).unwrap().verdict, Verdict::Missing);
		frame_system::Pallet::<T>::assert_has_event(<T as frame_system::Config>::RuntimeEvent::from(
			Event::<T>::GuardRemoved { key },
		));
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::ExtBuilder::default().build(), crate::mock::Test);
}
