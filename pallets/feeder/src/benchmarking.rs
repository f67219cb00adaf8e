//! Benchmarks of the oracle under this pallet's feeds: every member has a value for every key, so that each value fed
//! makes the oracle combine as many as there can be.

#![allow(
	missing_docs,
	clippy::unwrap_used,
	clippy::float_arithmetic,
	clippy::indexing_slicing,
	clippy::arithmetic_side_effects
)]

use crate::{Config, Pallet};
use alloc::vec::Vec;
use frame_benchmarking::{account, v2::*};
use frame_support::{
	traits::{Get, Hooks, SortedMembers, Time},
	BoundedVec,
};
use frame_system::RawOrigin;
use orml_oracle::{Pallet as Oracle, RawValues, TimestampedValue, Values};
use sp_runtime::FixedU128;

type FeedOf<T> = BoundedVec<
	(
		<T as orml_oracle::Config>::OracleKey,
		<T as orml_oracle::Config>::OracleValue,
	),
	<T as orml_oracle::Config>::MaxFeedValues,
>;

fn fill_members<T: Config>() {
	let present = <T as orml_oracle::Config>::Members::sorted_members().len() as u32;
	for number in present..T::MaxOperators::get() {
		<T as orml_oracle::Config>::Members::add(&account("operator", number, 0));
	}
}

fn feed<T: Config>(count: u32, price: u32) -> FeedOf<T>
where
	T::OracleKey: From<u32>,
{
	let values: Vec<_> = (0..count)
		.map(|key| (key.into(), FixedU128::from_u32(price).into()))
		.collect();
	values.try_into().unwrap()
}

/// Every member has fed every key before.
fn report_all<T: Config>(values: &FeedOf<T>) {
	for member in <T as orml_oracle::Config>::Members::sorted_members() {
		for (key, value) in values {
			let value = TimestampedValue {
				value: value.clone(),
				timestamp: <T as orml_oracle::Config>::Time::now(),
			};
			RawValues::<T>::insert(&member, key, value);
		}
	}
}

#[benchmarks(where T::OracleKey: From<u32>)]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn feed_values(v: Linear<1, { <T as orml_oracle::Config>::MaxFeedValues::get() }>) {
		fill_members::<T>();
		report_all::<T>(&feed::<T>(v, 100));
		let operator = <T as orml_oracle::Config>::Members::sorted_members().pop().unwrap();
		let values = feed::<T>(v, 101);

		#[block]
		{
			Oracle::<T>::feed_values(RawOrigin::Signed(operator.clone()).into(), values).unwrap();
		}

		let key = <T as orml_oracle::Config>::OracleKey::from(v - 1);
		assert_eq!(
			RawValues::<T>::get(operator, &key).unwrap().value,
			FixedU128::from_u32(101).into()
		);
		assert!(Values::<T>::contains_key(key));
	}

	#[benchmark]
	fn on_finalize() {
		fill_members::<T>();
		for member in <T as orml_oracle::Config>::Members::sorted_members() {
			Oracle::<T>::feed_values(RawOrigin::Signed(member).into(), feed::<T>(1, 100)).unwrap();
		}
		let operator = <T as orml_oracle::Config>::Members::sorted_members().pop().unwrap();

		#[block]
		{
			Oracle::<T>::on_finalize(1u32.into());
		}

		assert!(Oracle::<T>::feed_values(RawOrigin::Signed(operator).into(), feed::<T>(1, 101)).is_ok());
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::ExtBuilder::default().build(), crate::mock::Test);
}
