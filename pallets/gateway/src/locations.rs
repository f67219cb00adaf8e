//! Which token is which: the map between locations and the chain's own numbers.

use crate::{records::Returnable, Config, Error, Event, Locations, Pallet, Token, Tokens};
use frame_support::{
	ensure,
	traits::{fungibles::Inspect, Contains, ContainsPair, EnsureOrigin, Get},
};
use margin_math::Amount;
use sp_runtime::{traits::MaybeEquivalence, DispatchResult};
use xcm::latest::prelude::*;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_register(asset: T::AssetId, location: Location, reserve: Location, cap: Amount) -> DispatchResult {
		ensure!(
			asset != T::NativeAsset::get() && !Tokens::<T>::contains_key(asset),
			Error::<T>::AlreadyRegistered
		);
		ensure!(T::Fungibles::asset_exists(asset), Error::<T>::NoSuchToken);
		ensure!(!Locations::<T>::contains_key(&location), Error::<T>::LocationTaken);
		ensure!(Tokens::<T>::count() < T::MaxTokens::get(), Error::<T>::TooManyTokens);
		Self::ensure_nameable(&location, &reserve)?;
		let start = Self::issuance(asset);
		Locations::<T>::insert(&location, asset);
		Tokens::<T>::insert(
			asset,
			Token {
				location: location.clone(),
				reserve: reserve.clone(),
				cap,
				start,
				counted: start,
				returnable: Returnable::default(),
			},
		);
		Self::deposit_event(Event::Registered {
			asset,
			location,
			reserve,
			cap,
		});
		Ok(())
	}

	pub(crate) fn do_set_cap(origin: T::RuntimeOrigin, asset: T::AssetId, cap: Amount) -> DispatchResult {
		let is_manager = T::AssetManager::ensure_origin(origin.clone()).is_ok();
		if !is_manager {
			T::RiskManager::ensure_origin(origin)?;
		}
		Tokens::<T>::try_mutate(asset, |token| {
			let token = token.as_mut().ok_or(Error::<T>::UnknownToken)?;
			ensure!(is_manager || cap <= token.cap, Error::<T>::OnlyLower);
			token.cap = cap;
			Self::deposit_event(Event::CapSet { asset, cap });
			Ok(())
		})
	}

	pub(crate) fn do_unregister(asset: T::AssetId) -> DispatchResult {
		let token = Tokens::<T>::get(asset).ok_or(Error::<T>::UnknownToken)?;
		ensure!(token.counted <= token.start, Error::<T>::StillIssued);
		ensure!(crate::Aloft::<T>::get(asset).is_zero(), Error::<T>::StillIssued);
		Locations::<T>::remove(&token.location);
		Tokens::<T>::remove(asset);
		Self::deposit_event(Event::Unregistered { asset });
		Ok(())
	}

	/// Whether a token may be filed under `location` with this `reserve`.
	///
	/// A location is written in one way only, the shortest, so that no token has two. Inside our own chain there are
	/// accounts and pallets: only what a pallet keeps by number or key is a token, and we keep it ourselves. What is
	/// elsewhere is kept by a chain, named as one: the token's own, or one that keeps it for others.
	fn ensure_nameable(location: &Location, reserve: &Location) -> Result<(), Error<T>> {
		let mut shortest = location.clone();
		shortest.simplify(&T::UniversalLocation::get());
		ensure!(shortest == *location, Error::<T>::LocationNotShortest);
		match location.unpack() {
			(0, [PalletInstance(_), GeneralIndex(_) | GeneralKey { .. }]) => {
				ensure!(*reserve == Location::here(), Error::<T>::ReserveIsNoChain);
			},
			(0, _) => return Err(Error::<T>::NotOursToName),
			_ => {
				ensure!(Self::is_other_chain(reserve), Error::<T>::ReserveIsNoChain);
				let is_its_own = chain_of(location).is_some_and(|chain| chain == *reserve);
				ensure!(is_its_own || T::Keepers::contains(reserve), Error::<T>::NotItsReserve);
			},
		}
		Ok(())
	}

	/// Whether this is a chain that we reach: the relay chain, or another parachain of it.
	pub(crate) fn is_other_chain(location: &Location) -> bool {
		let mut shortest = location.clone();
		shortest.simplify(&T::UniversalLocation::get());
		shortest == *location && matches!(location.unpack(), (1, [] | [Parachain(_)]))
	}

	/// Where the token is, and who keeps it: `Here` for what this chain keeps.
	pub(crate) fn whereabouts(asset: T::AssetId) -> Option<(Location, Location)> {
		if asset == T::NativeAsset::get() {
			return Some((Location::here(), Location::here()));
		}
		Tokens::<T>::get(asset).map(|token| (token.location, token.reserve))
	}
}

/// The chain that a location is on, as far as we reach it: the relay chain, or another parachain of it.
fn chain_of(location: &Location) -> Option<Location> {
	match (location.parents, location.first_interior()) {
		(1, Some(Parachain(id))) => Some(Location::new(1, [Parachain(*id)])),
		(1, _) => Some(Location::parent()),
		_ => None,
	}
}

/// Locations as this chain sees them, to the numbers of its tokens and back.
impl<T: Config> MaybeEquivalence<Location, T::AssetId> for Pallet<T> {
	fn convert(location: &Location) -> Option<T::AssetId> {
		if *location == Location::here() {
			return Some(T::NativeAsset::get());
		}
		Locations::<T>::get(location)
	}

	fn convert_back(asset: &T::AssetId) -> Option<Location> {
		Self::whereabouts(*asset).map(|(location, _)| location)
	}
}

/// Whether a chain is the one that keeps the token. Nobody else is believed, and nobody at all for what we keep ourselves.
impl<T: Config> ContainsPair<Asset, Location> for Pallet<T> {
	fn contains(asset: &Asset, origin: &Location) -> bool {
		let Fungible(_) = asset.fun else { return false };
		let token = Locations::<T>::get(&asset.id.0).and_then(Tokens::<T>::get);
		token.is_some_and(|token| token.is_foreign() && token.reserve == *origin)
	}
}
