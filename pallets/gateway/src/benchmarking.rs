//! Benchmarks. Maps are read by key, so what they hold else does not matter; a withdrawal is measured with the program that
//! is executed for it, and a resolution with the token paid back.

#![allow(
	missing_docs,
	clippy::unwrap_used,
	clippy::expect_used,
	clippy::float_arithmetic,
	clippy::indexing_slicing,
	clippy::arithmetic_side_effects
)]

use crate::{
	Call, Config, Event, Flight, FlightId, Flights, InFlight, NativePrice, Outcome, Pallet, Routes, Status, SubAccount,
	Token, Tokens,
};
use alloc::boxed::Box;
use frame_benchmarking::{account, v2::*};
use frame_support::traits::{EnsureOrigin, Get};
use frame_system::RawOrigin;
use margin_math::{Amount, Price};
use margin_risk::{FlowLimit, Stable};
use xcm::{latest::prelude::*, VersionedLocation};

/// Tokens and funds for the benchmarks, made by the runtime.
pub trait BenchmarkHelper<AccountId, AssetId> {
	/// The number of a token, its location, and the chain that keeps it.
	fn token() -> (AssetId, Location, Location);
	/// Makes that token, with a price to rely on.
	fn create(asset: AssetId);
	/// Puts so much of it in a margin account, and what delivery costs in its owner's wallet.
	fn fund(owner: &AccountId, sub: SubAccount, asset: AssetId, amount: u128);
	/// Makes that messages to a chain can be sent.
	fn reach(destination: &Location);
}

const AMOUNT: u128 = 1_000_000_000_000;
const FEE: u128 = AMOUNT / 10;
const SUB: SubAccount = 0;

fn versioned(location: Location) -> Box<VersionedLocation> {
	Box::new(location.into())
}

fn limit() -> FlowLimit {
	FlowLimit {
		most: Amount(u128::MAX / 2),
		period: 86_400_000,
	}
}

fn has_event<T: Config>(event: Event<T>) {
	frame_system::Pallet::<T>::assert_has_event(<T as frame_system::Config>::RuntimeEvent::from(event));
}

impl<T: Config> Pallet<T> {
	fn beneficiary() -> Location {
		let id = [7; 32];
		AccountId32 { network: None, id }.into()
	}

	/// The token, registered, with the chain that keeps it.
	fn registered() -> (T::AssetId, Location) {
		let (asset, location, reserve) = T::BenchmarkHelper::token();
		T::BenchmarkHelper::create(asset);
		Self::do_register(asset, location, reserve.clone(), Amount(u128::MAX)).unwrap();
		(asset, reserve)
	}

	/// The route to the chain that keeps the token.
	fn opened() -> (T::AssetId, Location) {
		let (asset, reserve) = Self::registered();
		Routes::<T>::remove(&reserve);
		Self::do_open_route(reserve.clone(), limit()).unwrap();
		Self::do_set_least_fee(reserve.clone(), Amount(1)).unwrap();
		T::BenchmarkHelper::reach(&reserve);
		(asset, reserve)
	}

	/// An owner with so much of the token in the margin account. It came in through the gate.
	fn funded(asset: T::AssetId) -> T::AccountId {
		let owner: T::AccountId = account("owner", 0, 0);
		T::BenchmarkHelper::fund(&owner, SUB, asset, AMOUNT);
		Tokens::<T>::mutate(asset, |token: &mut Option<Token>| {
			token.as_mut().unwrap().counted = Self::issuance(asset);
		});
		owner
	}

	/// A withdrawal on its way.
	fn flying() -> (T::AccountId, FlightId, Location) {
		let (asset, reserve) = Self::opened();
		let owner = Self::funded(asset);
		Self::withdraw_to(
			RawOrigin::Signed(owner.clone()).into(),
			SUB,
			asset,
			Some(AMOUNT),
			versioned(reserve.clone()),
			versioned(Self::beneficiary()),
			FEE,
		)
		.unwrap();
		(owner, Flights::<T>::iter_keys().next().unwrap(), reserve)
	}

	/// Lets the flight be as old as a resolution asks for.
	fn aged(query_id: FlightId) {
		Flights::<T>::mutate(query_id, |flight| {
			let flight: &mut Flight<_, _> = flight.as_mut().unwrap();
			flight.at = Self::now().saturating_sub(T::MinAge::get());
		});
	}
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn register() -> Result<(), BenchmarkError> {
		let (asset, location, reserve) = T::BenchmarkHelper::token();
		T::BenchmarkHelper::create(asset);
		let origin = T::AssetManager::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;

		#[extrinsic_call]
		_(
			origin as T::RuntimeOrigin,
			asset,
			versioned(location),
			versioned(reserve),
			AMOUNT,
		);

		assert!(Tokens::<T>::contains_key(asset));
		Ok(())
	}

	#[benchmark]
	fn set_cap() -> Result<(), BenchmarkError> {
		let (asset, _) = Pallet::<T>::registered();
		let origin = T::RiskManager::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, asset, 1);

		assert_eq!(Tokens::<T>::get(asset).unwrap().cap, Amount(1));
		Ok(())
	}

	#[benchmark]
	fn unregister() -> Result<(), BenchmarkError> {
		let (asset, _) = Pallet::<T>::registered();
		let origin = T::AssetManager::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, asset);

		assert!(!Tokens::<T>::contains_key(asset));
		Ok(())
	}

	#[benchmark]
	fn recount() -> Result<(), BenchmarkError> {
		let (asset, _) = Pallet::<T>::registered();
		let owner: T::AccountId = account("owner", 0, 0);
		T::BenchmarkHelper::fund(&owner, SUB, asset, AMOUNT);
		let issuance = Pallet::<T>::issuance(asset);
		let origin = T::ResolveOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, asset, issuance.0);

		assert_eq!(Tokens::<T>::get(asset).unwrap().counted, issuance);
		Ok(())
	}

	#[benchmark]
	fn open_route() -> Result<(), BenchmarkError> {
		let (_, _, chain) = T::BenchmarkHelper::token();
		Routes::<T>::remove(&chain);
		let origin = T::OutflowManager::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, versioned(chain.clone()), limit());

		assert!(Routes::<T>::contains_key(chain));
		Ok(())
	}

	#[benchmark]
	fn set_route_limit() -> Result<(), BenchmarkError> {
		let (_, chain) = Pallet::<T>::opened();
		let origin = T::OutflowManager::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;

		#[extrinsic_call]
		_(
			origin as T::RuntimeOrigin,
			versioned(chain.clone()),
			FlowLimit::UNLIMITED,
		);

		assert_eq!(Routes::<T>::get(chain).unwrap().limit, FlowLimit::UNLIMITED);
		Ok(())
	}

	#[benchmark]
	fn close_route() -> Result<(), BenchmarkError> {
		let (_, chain) = Pallet::<T>::opened();
		let origin = T::OutflowManager::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, versioned(chain.clone()));

		assert!(!Routes::<T>::contains_key(chain));
		Ok(())
	}

	#[benchmark]
	fn pause_route() -> Result<(), BenchmarkError> {
		let (_, chain) = Pallet::<T>::opened();
		let origin = T::OutflowManager::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, versioned(chain.clone()));

		assert!(Routes::<T>::get(chain).unwrap().paused);
		Ok(())
	}

	#[benchmark]
	fn resume_route() -> Result<(), BenchmarkError> {
		let (_, chain) = Pallet::<T>::opened();
		let origin = T::OutflowManager::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		Routes::<T>::mutate(&chain, |route| route.as_mut().unwrap().paused = true);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, versioned(chain.clone()));

		assert!(!Routes::<T>::get(chain).unwrap().paused);
		Ok(())
	}

	#[benchmark]
	fn withdraw_to() {
		let (asset, reserve) = Pallet::<T>::opened();
		let owner = Pallet::<T>::funded(asset);
		let beneficiary = versioned(Pallet::<T>::beneficiary());

		#[extrinsic_call]
		_(
			RawOrigin::Signed(owner.clone()),
			SUB,
			asset,
			Some(AMOUNT),
			versioned(reserve),
			beneficiary,
			FEE,
		);

		assert_eq!(InFlight::<T>::get(owner), 1);
	}

	#[benchmark]
	fn report() {
		let (owner, query_id, destination) = Pallet::<T>::flying();
		let asset = Flights::<T>::get(query_id).unwrap().asset;

		#[block]
		{
			Pallet::<T>::do_report(destination, query_id, Response::ExecutionResult(None)).unwrap();
		}

		has_event::<T>(Event::Arrived { query_id, owner, asset });
	}

	#[benchmark]
	fn claim_abroad() {
		let (owner, query_id, destination) = Pallet::<T>::flying();
		let failed = Response::ExecutionResult(Some((0, XcmError::AssetNotFound)));
		Pallet::<T>::do_report(destination, query_id, failed).unwrap();

		#[extrinsic_call]
		_(
			RawOrigin::Signed(owner),
			query_id,
			AMOUNT,
			FEE,
			Some(versioned(Location::parent())),
		);

		let claim = Flights::<T>::iter_values().next().unwrap();
		assert_eq!(claim.status, Status::Claiming);
	}

	#[benchmark]
	fn resolve() -> Result<(), BenchmarkError> {
		let (owner, query_id, _) = Pallet::<T>::flying();
		Pallet::<T>::aged(query_id);
		let origin = T::ResolveOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, query_id, Outcome::Returned);

		assert_eq!(InFlight::<T>::get(owner), 0);
		Ok(())
	}

	#[benchmark]
	fn set_least_fee() -> Result<(), BenchmarkError> {
		let (_, chain) = Pallet::<T>::opened();
		let origin = T::OutflowManager::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, versioned(chain.clone()), AMOUNT);

		assert_eq!(Routes::<T>::get(chain).unwrap().least_fee, Amount(AMOUNT));
		Ok(())
	}

	#[benchmark]
	fn follow_native_market() {
		let (asset, _, _) = T::BenchmarkHelper::token();
		T::BenchmarkHelper::create(asset);
		NativePrice::<T>::put(Stable::starting_at(Price::from_raw(1), 0));

		#[block]
		{
			Pallet::<T>::follow_native_market();
		}

		assert!(Pallet::<T>::native_price().unwrap() > Price::from_raw(1));
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::ExtBuilder::build(), crate::mock::Test);
}
