//! What is on its way, and what becomes of it.
//!
//! Sending gives no receipt, so what left is kept in a ledger until the other chain says that it arrived. Nothing in it is
//! worth anything here, it is a record of where to look:
//!
//! ```text
//! withdraw_to --> Sent --success--> (gone: arrived)
//!                  |  \--failure--> Failed --claim_abroad--> Claiming --success--> (gone: arrived)
//!                  |                  ^-----------failure-------'
//!                  '--resolve: Returned--> (gone: paid back here)
//! ```
//!
//! Some failures are never told: a fee that does not pay for the execution leaves nobody to report, and one that pays for
//! no more than that leaves no report delivered. So the owner may claim what he sees in the other chain's trap also from
//! `Sent`, and once more from `Claiming`, when the last message is as old as a resolution asks for. Nothing is credited for
//! a claim, and that chain's trap pays once. A report on the message before the claim is not heard any more.
//!
//! Only a response of the very chain that the tokens went to moves an entry, and time never does: a report that does not
//! come says nothing about the tokens. Where a chain refused a message as a whole it cannot answer, and governance, once
//! it has seen on the other chain what became of the tokens, resolves the flight: it pays back what never left the chain's
//! hands over there, and nothing else.
//!
//! An owner who has programs of his own executed over there can make that chain report on his own flights what he likes.
//! He gains nothing by it: a success that was none takes the record of his own claim away, and a failure that was none
//! leads to a claim that finds nothing. Nobody else can, since an answer names the account that it is about.

use crate::{Aloft, Config, Error, Event, Flight, FlightId, Flights, InFlight, Outcome, Pallet, Status};
use frame_support::{ensure, traits::Get};
use margin_math::Amount;
use sp_runtime::DispatchResult;
use xcm::latest::prelude::*;
use xcm_executor::traits::TransactAsset;

pub(crate) type FlightOf<T> = Flight<<T as frame_system::Config>::AccountId, <T as Config>::AssetId>;

/// How an entry of the ledger comes about.
pub(crate) enum Opened {
	/// Tokens have left.
	Anew,
	/// A claim for those of an earlier entry.
	InPlaceOf(FlightId),
}

impl<T: Config> Pallet<T> {
	/// Files a flight, or moves it to the number of its claim.
	pub(crate) fn open_flight(query_id: FlightId, mut flight: FlightOf<T>, opened: Opened) -> DispatchResult {
		match opened {
			Opened::Anew => {
				InFlight::<T>::try_mutate(&flight.owner, |count| {
					ensure!(*count < T::MaxFlights::get(), Error::<T>::TooManyInFlight);
					*count = count.saturating_add(1);
					Ok::<_, Error<T>>(())
				})?;
				Aloft::<T>::mutate(flight.asset, |sum| *sum = sum.saturating_add(flight.amount));
				Self::deposit_event(Event::Departed {
					query_id,
					owner: flight.owner.clone(),
					sub: flight.sub,
					asset: flight.asset,
					amount: flight.amount.0,
					destination: flight.destination.clone(),
					beneficiary: flight.beneficiary.clone(),
				});
			},
			Opened::InPlaceOf(earlier) => {
				Flights::<T>::remove(earlier);
				flight.status = Status::Claiming;
				flight.at = Self::now();
			},
		}
		Flights::<T>::insert(query_id, flight);
		Ok(())
	}

	/// Takes a flight off the ledger.
	fn end_flight(query_id: FlightId, flight: &FlightOf<T>) {
		Flights::<T>::remove(query_id);
		InFlight::<T>::mutate_exists(&flight.owner, |count| {
			*count = count.and_then(|count| count.checked_sub(1)).filter(|count| *count > 0);
		});
		Aloft::<T>::mutate_exists(flight.asset, |sum| {
			*sum = sum
				.and_then(|sum| sum.checked_sub(flight.amount))
				.filter(|sum| !sum.is_zero());
		});
	}

	pub(crate) fn do_report(responder: Location, query_id: FlightId, response: Response) -> DispatchResult {
		let mut flight = Flights::<T>::get(query_id).ok_or(Error::<T>::UnknownFlight)?;
		ensure!(responder == flight.destination, Error::<T>::NotItsDestination);
		ensure!(flight.status != Status::Failed, Error::<T>::NothingAwaited);
		let Response::ExecutionResult(result) = response else {
			return Err(Error::<T>::NothingAwaited.into());
		};
		let (owner, asset) = (flight.owner.clone(), flight.asset);
		match result {
			None => {
				Self::end_flight(query_id, &flight);
				Self::deposit_event(Event::Arrived { query_id, owner, asset });
			},
			Some((_, error)) => {
				// A claim also fails where there is nothing to claim, and tells nothing of the tokens then.
				flight.held |= flight.status == Status::Sent;
				flight.status = Status::Failed;
				Flights::<T>::insert(query_id, flight);
				Self::deposit_event(Event::PayoutFailed {
					query_id,
					owner,
					asset,
					error,
				});
			},
		}
		Ok(())
	}

	/// Whether the flight's last message is so old that what became of it can be looked up on the other chain.
	pub(crate) fn is_old(flight: &FlightOf<T>) -> bool {
		Self::now().saturating_sub(flight.at) >= T::MinAge::get()
	}

	pub(crate) fn do_resolve(query_id: FlightId, outcome: Outcome) -> DispatchResult {
		let mut flight = Flights::<T>::get(query_id).ok_or(Error::<T>::UnknownFlight)?;
		ensure!(Self::is_old(&flight), Error::<T>::TooEarly);
		match (outcome, flight.status) {
			(Outcome::Returned, _) if !flight.held => {
				Self::end_flight(query_id, &flight);
				Self::pay_back(&flight)?;
			},
			(Outcome::Delivered, _) => Self::end_flight(query_id, &flight),
			(Outcome::Trapped, _) if !flight.held || flight.status == Status::Claiming => {
				flight.status = Status::Failed;
				flight.held = true;
				Flights::<T>::insert(query_id, &flight);
			},
			_ => return Err(Error::<T>::NotSuchAnOutcome.into()),
		}
		Self::deposit_event(Event::Resolved {
			query_id,
			owner: flight.owner,
			asset: flight.asset,
			amount: flight.amount.0,
			outcome,
		});
		Ok(())
	}

	/// Pays back to the owner's wallet what the other chain never touched: what it keeps is issued anew here, and ours comes
	/// out of that chain's own account, where it was put.
	fn pay_back(flight: &FlightOf<T>) -> DispatchResult {
		let (token, reserve) = Self::whereabouts(flight.asset).ok_or(Error::<T>::UnknownToken)?;
		let what: Asset = (token, flight.amount.0).into();
		let owner = Self::location_of(&flight.owner)?;
		let failed = |_| Error::<T>::CannotPayBack;
		if reserve == Location::here() {
			T::Transactor::withdraw_asset(&what, &flight.destination, None).map_err(failed)?;
		}
		T::Transactor::deposit_asset(&what, &owner, None).map_err(failed)?;
		Ok(())
	}

	/// How much of a token is on its way to other chains, or in their traps.
	pub fn aloft(asset: T::AssetId) -> Amount {
		Aloft::<T>::get(asset)
	}
}
