//! Benchmarks. The latch is measured at its worst: every key guarded, every operator with a fresh value, the price
//! outside the band, so that it is held back and two events are written per key, and an hour at its end, so that every
//! key's volatility is moved on and all of its pairs with it.

#![allow(
	missing_docs,
	clippy::unwrap_used,
	clippy::expect_used,
	clippy::float_arithmetic,
	clippy::indexing_slicing,
	clippy::arithmetic_side_effects
)]

use crate::{Call, Config, Event, Guard, Guards, Latched, Pallet, Verdict, Volatilities};
use alloc::vec::Vec;
use core::marker::PhantomData;
use frame_benchmarking::{account, v2::*};
use frame_support::traits::{EnsureOrigin, Get, Hooks, SortedMembers};
use margin_math::Price;
use margin_risk::volatility::{Pair, BUCKET_MS};
use orml_oracle::{Config as OrmlConfig, RawValues, TimestampedValue, Values};
use sp_runtime::FixedU128;

/// Keys and feeds for the benchmarks, made by the runtime.
pub trait BenchmarkHelper<Key> {
	/// The key with this number. Different numbers give different keys.
	fn key(number: u32) -> Key;
	/// Puts a fresh value of `price` on the oracle, fed by as many operators as the oracle takes.
	fn feed(key: &Key, price: Price);
	/// Sets the chain's clock, in milliseconds.
	fn set_time(now: u64);
}

/// What helps with `orml-oracle`, whose list of members is filled up to `MaxMembers`.
pub struct OrmlBenchmark<T, MaxMembers, I = ()>(PhantomData<(T, MaxMembers, I)>);

impl<T, MaxMembers, I> OrmlBenchmark<T, MaxMembers, I>
where
	T: OrmlConfig<I, OracleValue = FixedU128>,
	MaxMembers: Get<u32>,
	I: 'static,
{
	/// As [`BenchmarkHelper::feed`].
	pub fn feed(key: &T::OracleKey, price: Price) {
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

const HOUR_MS: u64 = 12 * BUCKET_MS;
/// The start of an hour.
const START: u64 = 490_000 * HOUR_MS;

/// A block at the time `now` in which the first `count` keys come to so many dollars.
fn block_at<T: Config>(now: u64, count: u32, price: u128) {
	T::BenchmarkHelper::set_time(now);
	for number in 0..count {
		T::BenchmarkHelper::feed(&T::BenchmarkHelper::key(number), dollars(price));
	}
	Pallet::<T>::on_finalize(1u32.into());
}

/// Brings all keys to the last five minutes of their third hour, with minutes missing before, and each with as many
/// pairs as fit: those that the end of the hour moves on come last.
fn watch_keys<T: Config>(count: u32) {
	for hour in 1..=3 {
		block_at::<T>(START + hour * HOUR_MS - BUCKET_MS, count, 100 + u128::from(hour));
		if hour < 3 {
			block_at::<T>(START + hour * HOUR_MS, count, 101 + u128::from(hour));
		}
	}
	for number in 0..count {
		let strangers = (number + 1..T::MaxKeys::get() + 1).map(|other| 1_000 + other);
		let pairs: Vec<_> = strangers
			.chain(0..number)
			.map(|other| (T::BenchmarkHelper::key(other), Pair::default()))
			.collect();
		Volatilities::<T>::mutate_extant(T::BenchmarkHelper::key(number), |record| {
			record.pairs = pairs.try_into().unwrap();
		});
	}
}

fn guard_keys<T: Config>(count: u32) {
	let _ = Guards::<T>::clear(u32::MAX, None);
	for number in 0..count {
		let key = T::BenchmarkHelper::key(number);
		Guards::<T>::insert(
			key,
			Guard {
				min_operators: 1,
				max_age_ms: HOUR_MS * 24,
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
		watch_keys::<T>(n);
		T::BenchmarkHelper::set_time(START + 3 * HOUR_MS);
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
		for number in 0..n {
			let record = Volatilities::<T>::get(T::BenchmarkHelper::key(number)).unwrap();
			assert_eq!(record.estimator.estimate(START + 3 * HOUR_MS).history, 2 * HOUR_MS);
			let moved = record.pairs.iter().filter(|(_, pair)| *pair != Pair::default());
			assert_eq!(moved.count() as u32, number);
		}
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
		watch_keys::<T>(T::MaxKeys::get());
		let origin = T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let key = T::BenchmarkHelper::key(0);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, key);

		assert_eq!(Latched::<T>::get(key).unwrap().verdict, Verdict::Missing);
		assert!(!Volatilities::<T>::contains_key(key));
		for number in 1..T::MaxKeys::get() {
			let record = Volatilities::<T>::get(T::BenchmarkHelper::key(number)).unwrap();
			assert!(record.pairs.iter().all(|(other, _)| *other != key));
		}
		frame_system::Pallet::<T>::assert_has_event(<T as frame_system::Config>::RuntimeEvent::from(
			Event::<T>::GuardRemoved { key },
		));
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::ExtBuilder::default().build(), crate::mock::Test);
}
