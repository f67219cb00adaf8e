//! What must hold for the stored state, checked by `try_state` and at the end of every test.

use crate::{Aloft, Config, Flights, InFlight, Locations, Pallet, Routes, Status, Token, Tokens};
use alloc::collections::BTreeMap;
use frame_support::{ensure, traits::Get};
use margin_math::Amount;
use sp_runtime::TryRuntimeError;
use xcm::latest::Location;

impl<T: Config> Pallet<T> {
	/// Checks every invariant of the pallet's storage.
	///
	/// # Errors
	/// The first invariant that does not hold, in words.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::check_locations()?;
		Self::check_routes()?;
		Self::check_flights()
	}

	/// The map goes both ways, one to one, and no more of a foreign token is issued than came in.
	fn check_locations() -> Result<(), TryRuntimeError> {
		ensure!(
			Tokens::<T>::count() <= T::MaxTokens::get(),
			"gateway: more tokens than allowed"
		);
		ensure!(
			Locations::<T>::iter().count() == Tokens::<T>::iter().count(),
			"gateway: tokens and locations do not pair off"
		);
		Tokens::<T>::iter().try_for_each(|(asset, token)| Self::check_token(asset, &token))
	}

	fn check_token(asset: T::AssetId, token: &Token) -> Result<(), TryRuntimeError> {
		ensure!(
			Locations::<T>::get(&token.location) == Some(asset),
			"gateway: a token's location leads to another token"
		);
		ensure!(
			asset != T::NativeAsset::get() && token.location != Location::here(),
			"gateway: the native token is registered"
		);
		ensure!(
			Self::is_backed(asset),
			"gateway: more of a token is issued than came in through the gate"
		);
		Ok(())
	}

	fn check_routes() -> Result<(), TryRuntimeError> {
		ensure!(
			Routes::<T>::count() <= T::MaxRoutes::get(),
			"gateway: more routes than allowed"
		);
		Routes::<T>::iter().try_for_each(|(destination, route)| {
			ensure!(Self::is_other_chain(&destination), "gateway: a route to no chain");
			ensure!(route.limit.is_valid(), "gateway: a route with a limit over no time");
			Ok(())
		})
	}

	/// The counts of owners and the sums of tokens are those of the ledger.
	fn check_flights() -> Result<(), TryRuntimeError> {
		let (mut counts, mut sums) = (BTreeMap::new(), BTreeMap::new());
		for flight in Flights::<T>::iter_values() {
			ensure!(!flight.amount.is_zero(), "gateway: a flight of nothing");
			ensure!(flight.at <= Self::now(), "gateway: a flight from the future");
			ensure!(
				!(flight.held && flight.status == Status::Sent),
				"gateway: a flight of which nothing was heard, and yet it was"
			);
			let count: &mut u32 = counts.entry(flight.owner).or_default();
			*count = count.saturating_add(1);
			let sum: &mut Amount = sums.entry(flight.asset).or_default();
			*sum = sum.saturating_add(flight.amount);
		}
		ensure!(
			counts.values().all(|count| *count <= T::MaxFlights::get()),
			"gateway: an owner with more flights than allowed"
		);
		ensure!(
			counts == InFlight::<T>::iter().collect(),
			"gateway: the counts of flights are not those of the ledger"
		);
		ensure!(
			sums == Aloft::<T>::iter().collect(),
			"gateway: the sums in flight are not those of the ledger"
		);
		Ok(())
	}
}
