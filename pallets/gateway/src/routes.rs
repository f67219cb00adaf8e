//! The ways to other chains, and how much may leave over each.
//!
//! A route is the way to one chain, whichever token goes there and whoever sends it. Its limit is in dollars at the
//! oracle's prices, the native token at its [own](crate::native), rounded up. It is a leaky bucket ([`margin_risk::flow`]):
//! what leaves fills it, and it leaks the whole limit in one period, steadily. With a limit `L` a period `P`, the level `V`
//! after a sending of value `x` at time `t`, and the time `s` of the sending before,
//!
//! ```text
//! V(t) = max(0, V(s) - L (t - s) / P) + x        refused if V(t) > L
//! ```
//!
//! So at most `L` leaves at once, however it is split; at most `2 L` within any one period; and `L` a period in the long
//! run. A route that was used up is free again by half after half a period. What comes in frees nothing: the limit is a
//! brake on what a thief or a fault could carry off, and arrivals must not loosen it.

use crate::{Config, Error, Event, Pallet, Route, Routes};
use frame_support::{
	ensure,
	traits::{EnsureOrigin, Get, UnixTime},
};
use margin_math::Amount;
use margin_risk::{Flow, FlowLimit};
use sp_runtime::{DispatchResult, SaturatedConversion};
use xcm::latest::Location;

use crate::MarginAccounts;

impl<T: Config> Pallet<T> {
	/// The time of this block, in milliseconds of unix time.
	pub(crate) fn now() -> u64 {
		T::Time::now().as_millis().saturated_into()
	}

	pub(crate) fn do_open_route(destination: Location, limit: FlowLimit) -> DispatchResult {
		ensure!(Self::is_other_chain(&destination), Error::<T>::NotAChain);
		ensure!(!Routes::<T>::contains_key(&destination), Error::<T>::RouteExists);
		ensure!(Routes::<T>::count() < T::MaxRoutes::get(), Error::<T>::TooManyRoutes);
		ensure!(limit.is_valid(), Error::<T>::LimitOutOfRange);
		let route = Route {
			limit,
			flow: Flow::default(),
			paused: false,
			least_fee: Amount::ZERO,
		};
		Routes::<T>::insert(&destination, route);
		Self::deposit_event(Event::RouteOpened { destination, limit });
		Ok(())
	}

	pub(crate) fn do_set_route_limit(destination: Location, limit: FlowLimit) -> DispatchResult {
		ensure!(limit.is_valid(), Error::<T>::LimitOutOfRange);
		Self::change_route(&destination, |route| {
			// The new limit counts from here on.
			route.flow.give_back(&route.limit, Amount::ZERO, Self::now());
			route.limit = limit;
		})?;
		Self::deposit_event(Event::RouteLimitSet { destination, limit });
		Ok(())
	}

	pub(crate) fn do_set_least_fee(destination: Location, least_fee: Amount) -> DispatchResult {
		Self::change_route(&destination, |route| route.least_fee = least_fee)?;
		Self::deposit_event(Event::LeastFeeSet { destination, least_fee });
		Ok(())
	}

	/// Whether a fee for the other chain is as high as the route there asks for. One that cannot be valued is not judged.
	pub(crate) fn ensure_fee_suffices(
		destination: &Location,
		asset: T::AssetId,
		remote_fee: Amount,
	) -> Result<(), Error<T>> {
		let least = Routes::<T>::get(destination).map_or(Amount::ZERO, |route| route.least_fee);
		if least.is_zero() {
			return Ok(());
		}
		let value = T::Margin::value(asset, remote_fee.0).map(|value| Amount(value.raw().max(0).unsigned_abs()));
		ensure!(value.is_none_or(|value| value >= least), Error::<T>::FeeTooSmall);
		Ok(())
	}

	pub(crate) fn do_close_route(destination: Location) -> DispatchResult {
		ensure!(Routes::<T>::take(&destination).is_some(), Error::<T>::NoRoute);
		Self::deposit_event(Event::RouteClosed { destination });
		Ok(())
	}

	pub(crate) fn do_pause_route(origin: T::RuntimeOrigin, destination: Location) -> DispatchResult {
		if T::RiskManager::ensure_origin(origin.clone()).is_err() {
			T::OutflowManager::ensure_origin(origin)?;
		}
		Self::change_route(&destination, |route| route.paused = true)?;
		Self::deposit_event(Event::RoutePaused { destination });
		Ok(())
	}

	pub(crate) fn do_resume_route(destination: Location) -> DispatchResult {
		Self::change_route(&destination, |route| route.paused = false)?;
		Self::deposit_event(Event::RouteResumed { destination });
		Ok(())
	}

	fn change_route(destination: &Location, change: impl FnOnce(&mut Route)) -> Result<(), Error<T>> {
		Routes::<T>::try_mutate(destination, |route| {
			change(route.as_mut().ok_or(Error::<T>::NoRoute)?);
			Ok(())
		})
	}

	/// What `tokens` are worth on their way out, if they may leave for `destination` now.
	///
	/// # Errors
	/// [`Error::NothingLeaves`], [`Error::NoRoute`], [`Error::RoutePaused`], [`Error::IssuanceMismatch`],
	/// [`Error::NoUsablePrice`], and [`Error::RouteLimitReached`].
	pub(crate) fn ensure_may_leave(
		destination: &Location,
		tokens: &[(T::AssetId, Amount)],
	) -> Result<Amount, Error<T>> {
		ensure!(!T::Stopped::get(), Error::<T>::NothingLeaves);
		let route = Routes::<T>::get(destination).ok_or(Error::<T>::NoRoute)?;
		ensure!(!route.paused, Error::<T>::RoutePaused);
		let mut worth = Amount::ZERO;
		for (asset, amount) in tokens {
			Self::ensure_backed(*asset)?;
			let value = T::Margin::value(*asset, amount.0).ok_or(Error::<T>::NoUsablePrice)?;
			let sum = worth.checked_add(Amount(value.raw().max(0).unsigned_abs()));
			worth = sum.ok_or(Error::<T>::RouteLimitReached)?;
		}
		ensure!(
			worth <= route.flow.left(&route.limit, Self::now()),
			Error::<T>::RouteLimitReached
		);
		Ok(worth)
	}

	/// Books what leaves.
	pub(crate) fn book_leaving(destination: &Location, worth: Amount) -> Result<(), Error<T>> {
		Routes::<T>::try_mutate(destination, |route| {
			let route = route.as_mut().ok_or(Error::<T>::NoRoute)?;
			let taken = route.flow.take(&route.limit, worth, Self::now());
			taken.map_err(|_| Error::<T>::RouteLimitReached)
		})
	}
}
