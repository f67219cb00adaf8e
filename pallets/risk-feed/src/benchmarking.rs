//! Benchmarks. Everything at its worst: reports of all assets that there are, each named by the subscription, to a
//! subscriber that pays and is reached.

#![allow(
	missing_docs,
	clippy::unwrap_used,
	clippy::expect_used,
	clippy::panic,
	clippy::float_arithmetic,
	clippy::indexing_slicing,
	clippy::arithmetic_side_effects
)]

use crate::*;
use alloc::{boxed::Box, vec::Vec};
use frame_benchmarking::v2::*;
use frame_support::{
	traits::{fungible::Mutate, EnsureOrigin, Get},
	weights::{Weight, WeightMeter},
};
use frame_system::RawOrigin;
use margin_math::{Price, Ratio};
use margin_risk::{MarginRatios, Verdict};
use sp_runtime::traits::{Bounded, MaybeEquivalence};
use xcm::latest::prelude::*;

/// Subscribers and assets for the benchmarks, made by the runtime.
pub trait BenchmarkHelper {
	/// The `n`-th of different siblings that can be sent a message now and have an account here.
	fn subscriber(n: u32) -> Location;
	/// Fills the book with as many assets as the runtime may list, all of which have a location.
	fn fill_book();
}

fn terms<T: Config>() -> TermsOf<T> {
	let assets: Vec<_> = Pallet::<T>::book().into_iter().map(|(asset, _)| asset).collect();
	Terms {
		call: alloc::vec![0, 0].try_into().unwrap(),
		interval: T::MinInterval::get(),
		assets: Some(assets.try_into().unwrap()),
		weight: Weight::from_parts(1_000_000_000, 100_000),
		max_fee: BalanceOf::<T>::max_value(),
	}
}

/// A subscriber with money, and what it gets.
fn subscribed<T: Config>(state: State) -> (Location, SubscriptionOf<T>) {
	T::BenchmarkHelper::fill_book();
	let subscriber = T::BenchmarkHelper::subscriber(0);
	T::Router::ensure_successful_delivery(Some(subscriber.clone()));
	let payer = Pallet::<T>::payer(&subscriber).unwrap();
	T::Currency::mint_into(&payer, BalanceOf::<T>::max_value() / 4u32.into()).unwrap();
	let subscription = Subscription {
		terms: terms::<T>(),
		state,
		sent_at: None,
		due: 0,
	};
	Subscriptions::<T>::insert(&subscriber, &subscription);
	(subscriber, subscription)
}

fn manager<T: Config>() -> Result<T::RuntimeOrigin, BenchmarkError> {
	T::FeedManager::try_successful_origin().map_err(|_| BenchmarkError::Weightless)
}

/// An origin of the publisher's.
fn publisher<T: Config>() -> Result<T::RuntimeOrigin, BenchmarkError> {
	let origin = T::PublisherOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
	let location = T::PublisherOrigin::try_origin(origin.clone()).map_err(|_| BenchmarkError::Weightless)?;
	Publisher::<T>::put(PublisherTerms {
		location,
		max_age: MAX_AGE,
		shadow: false,
	});
	Ok(origin)
}

fn risk() -> AssetRisk {
	AssetRisk {
		price: Price::ONE,
		priced_at: 1,
		verdict: Verdict::Usable,
		ratios: MarginRatios::from_maintenance(Ratio::from_percent(5)).unwrap(),
		measured: Ratio::from_percent(5),
	}
}

/// A report of `n` assets: those of the book, and from then on unknown ones.
fn report<T: Config>(sequence: u64, n: u32) -> VersionedReport {
	let known = Pallet::<T>::book()
		.into_iter()
		.filter_map(|(asset, _)| T::AssetLocations::convert_back(&asset));
	let unknown = (0..n).map(|index| Location::new(1, [Parachain(65_000), GeneralIndex(index.into())]));
	let assets = known.chain(unknown).take(n as usize);
	let assets: Vec<_> = assets.map(|location| AssetReport { location, risk: risk() }).collect();
	VersionedReport::V1(RiskReport {
		sequence,
		at: Pallet::<T>::now(),
		assets: assets.try_into().unwrap(),
	})
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn open_subscription() -> Result<(), BenchmarkError> {
		T::BenchmarkHelper::fill_book();
		let (origin, subscriber) = (manager::<T>()?, T::BenchmarkHelper::subscriber(0));

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, subscriber.clone(), terms::<T>());

		assert!(Subscriptions::<T>::contains_key(subscriber));
		Ok(())
	}

	#[benchmark]
	fn change_subscription() -> Result<(), BenchmarkError> {
		let (subscriber, _) = subscribed::<T>(State::Running { failures: 0 });
		let origin = manager::<T>()?;
		let mut terms = terms::<T>();
		terms.interval *= 2;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, subscriber.clone(), terms.clone());

		assert_eq!(Subscriptions::<T>::get(subscriber).unwrap().terms, terms);
		Ok(())
	}

	#[benchmark]
	fn close_subscription() -> Result<(), BenchmarkError> {
		let (subscriber, _) = subscribed::<T>(State::Running { failures: 0 });
		let origin = manager::<T>()?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, subscriber.clone());

		assert!(!Subscriptions::<T>::contains_key(subscriber));
		Ok(())
	}

	#[benchmark]
	fn resume() {
		let (subscriber, _) = subscribed::<T>(State::Suspended);

		#[extrinsic_call]
		_(RawOrigin::Signed(whitelisted_caller()), subscriber.clone());

		let subscription = Subscriptions::<T>::get(subscriber).unwrap();
		assert_eq!(subscription.state, State::Running { failures: 0 });
	}

	#[benchmark]
	fn set_publisher() -> Result<(), BenchmarkError> {
		T::BenchmarkHelper::fill_book();
		let by_publisher = publisher::<T>()?;
		let report = Box::new(report::<T>(1, MAX_REPORTED));
		Pallet::<T>::adopt(by_publisher, report).unwrap();
		let origin = manager::<T>()?;
		let terms = PublisherTerms {
			location: T::BenchmarkHelper::subscriber(1),
			max_age: MAX_AGE,
			shadow: true,
		};

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, Some(terms));

		assert!(!Adopted::<T>::exists());
		Ok(())
	}

	#[benchmark]
	fn adopt(n: Linear<0, { MAX_REPORTED }>) -> Result<(), BenchmarkError> {
		T::BenchmarkHelper::fill_book();
		let by_publisher = publisher::<T>()?;
		Pallet::<T>::adopt(by_publisher.clone(), Box::new(report::<T>(1, MAX_REPORTED))).unwrap();
		let report = Box::new(report::<T>(2, n));

		#[extrinsic_call]
		_(by_publisher as T::RuntimeOrigin, report);

		let known = Pallet::<T>::book().len().min(n as usize);
		assert_eq!(Adopted::<T>::get().unwrap().assets.len(), known);
		Ok(())
	}

	#[benchmark]
	fn begin_round() {
		Cursor::<T>::put(T::BenchmarkHelper::subscriber(0));
		let mut meter = WeightMeter::new();

		#[block]
		{
			Pallet::<T>::send_due(&mut meter);
		}

		assert!(!Cursor::<T>::exists());
	}

	#[benchmark]
	fn look() {
		subscribed::<T>(State::Suspended);
		let mut round = Pallet::<T>::round_behind(None);
		let found;

		#[block]
		{
			found = round.next();
		}

		assert!(found.is_some());
	}

	#[benchmark]
	fn read_book() {
		T::BenchmarkHelper::fill_book();
		let book;

		#[block]
		{
			book = Pallet::<T>::book();
		}

		assert!(!book.is_empty());
	}

	#[benchmark]
	fn send() {
		let (subscriber, subscription) = subscribed::<T>(State::Running { failures: 0 });
		let (book, now) = (Pallet::<T>::book(), Pallet::<T>::now());

		#[block]
		{
			Pallet::<T>::serve(&subscriber, subscription, &book, now);
		}

		let subscription = Subscriptions::<T>::get(subscriber).unwrap();
		assert_eq!(subscription.sent_at, Some(now));
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::ExtBuilder::default().build(), crate::mock::Test);
}
