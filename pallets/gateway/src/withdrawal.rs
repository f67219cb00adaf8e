//! Out of a margin account to another chain, and out of that chain's trap.
//!
//! A token goes to the chain that keeps it, and our own to any chain with a route, in one message whose outcome that chain
//! reports. A third chain would be two messages away: the one in between could report only that it passed the tokens on,
//! and a ledger that took this for an arrival would lie. Who wants them there sends them onwards from the account that
//! they arrived in.

use crate::{
	flight::Opened,
	programs::Journey,
	traits::{MarginAccounts, Reports},
	Config, Error, Event, Flight, FlightId, Flights, Pallet, Status, SubAccount, LOG_TARGET,
};
use alloc::boxed::Box;
use codec::Encode;
use frame_support::{ensure, Blake2_256, StorageHasher};
use margin_math::Amount;
use sp_runtime::{DispatchError, DispatchResult};
use xcm::{
	latest::{prelude::*, Error as XcmError},
	VersionedLocation,
};

/// What the owner asks to be sent.
pub(crate) struct Order {
	pub sub: SubAccount,
	/// In smallest units; nothing: all that the margin account has.
	pub amount: Option<Amount>,
	pub destination: Box<VersionedLocation>,
	pub beneficiary: Box<VersionedLocation>,
	pub remote_fee: Amount,
}

impl<T: Config> Pallet<T> {
	pub(crate) fn do_withdraw_to(owner: T::AccountId, asset: T::AssetId, order: Order) -> DispatchResult {
		let destination = latest::<T>(*order.destination)?;
		let beneficiary = latest::<T>(*order.beneficiary)?;
		let (token, reserve) = Self::whereabouts(asset).ok_or(Error::<T>::UnknownToken)?;
		ensure!(
			reserve == Location::here() || reserve == destination,
			Error::<T>::NotTheReserve
		);
		// Before anything is taken out of the account, so that the trader learns the reason.
		Self::ensure_may_leave(&destination, &[(asset, order.amount.unwrap_or_default())])?;
		let taken = T::Margin::withdraw(&owner, order.sub, asset, order.amount.map(|amount| amount.0))?;
		let amount = Amount(taken);
		ensure!(
			!order.remote_fee.is_zero() && order.remote_fee < amount,
			Error::<T>::FeeOutOfRange
		);
		Self::ensure_fee_suffices(&destination, asset, order.remote_fee)?;
		Self::ensure_may_leave(&destination, &[(asset, amount)])?;

		let sender = Self::location_of(&owner)?;
		let query_id = Self::expect_report(&destination, &sender);
		let flight = Flight {
			owner,
			sub: order.sub,
			asset,
			amount,
			destination: destination.clone(),
			beneficiary: beneficiary.clone(),
			at: Self::now(),
			status: Status::Sent,
			held: false,
		};
		Self::open_flight(query_id, flight, Opened::Anew)?;
		let journey = Journey {
			destination,
			beneficiary,
			query_id,
		};
		let program = Self::withdrawal_program(token, &reserve, amount, order.remote_fee, journey)?;
		Self::execute(sender, program)
	}

	/// Asks the other chain for the tokens of a failed flight, in the owner's name.
	pub(crate) fn do_claim_abroad(
		owner: T::AccountId,
		query_id: FlightId,
		trapped: Amount,
		remote_fee: Amount,
		beneficiary: Option<Box<VersionedLocation>>,
	) -> DispatchResult {
		let mut flight = Flights::<T>::get(query_id).ok_or(Error::<T>::UnknownFlight)?;
		ensure!(flight.owner == owner, Error::<T>::NotTheOwner);
		ensure!(
			flight.status == Status::Failed || Self::is_old(&flight),
			Error::<T>::NothingToClaim
		);
		if let Some(beneficiary) = beneficiary {
			flight.beneficiary = latest::<T>(*beneficiary)?;
		}
		ensure!(trapped <= flight.amount, Error::<T>::MoreThanSent);
		ensure!(!remote_fee.is_zero() && remote_fee < trapped, Error::<T>::FeeOutOfRange);
		Self::ensure_fee_suffices(&flight.destination, flight.asset, remote_fee)?;
		let (token, _) = Self::whereabouts(flight.asset).ok_or(Error::<T>::UnknownToken)?;
		let claimant = Self::location_of(&owner)?;
		let claim = Self::expect_report(&flight.destination, &claimant);
		let journey = Journey {
			destination: flight.destination.clone(),
			beneficiary: flight.beneficiary.clone(),
			query_id: claim,
		};
		let program = Self::claim_program(token, trapped, remote_fee, claimant.clone(), journey)?;
		Self::send(claimant, flight.destination.clone(), program)?;
		Self::open_flight(claim, flight, Opened::InPlaceOf(query_id))?;
		Self::deposit_event(Event::ClaimSent {
			query_id,
			claim,
			owner,
			amount: trapped.0,
		});
		Ok(())
	}

	/// The number of a query that only `responder` can answer, about what it executed for `querier`.
	fn expect_report(responder: &Location, querier: &Location) -> QueryId {
		T::Reports::expect(responder.clone(), querier.clone(), Self::report_call().into())
	}

	/// Executes a program for an account of this chain, who has paid for its weight with the call's.
	fn execute(origin: Location, program: Xcm<<T as frame_system::Config>::RuntimeCall>) -> DispatchResult {
		let mut id = Blake2_256::hash(&program.encode());
		let prepared = T::Executor::prepare(program, Weight::MAX).map_err(|error| not_sent::<T>(error.error))?;
		let credit = prepared.weight_of();
		let outcome = T::Executor::execute(origin, prepared, &mut id, credit);
		outcome.ensure_complete().map_err(|error| not_sent::<T>(error.error))
	}

	/// Sends a program, at the sender's cost.
	fn send(sender: Location, destination: Location, program: Xcm<()>) -> DispatchResult {
		let failed = |error: SendError| not_sent::<T>(error.into());
		let (ticket, price) = validate_send::<T::Router>(destination, program).map_err(failed)?;
		T::Executor::charge_fees(sender, price).map_err(not_sent::<T>)?;
		T::Router::deliver(ticket).map_err(failed)?;
		Ok(())
	}
}

pub(crate) fn latest<T: Config>(location: VersionedLocation) -> Result<Location, Error<T>> {
	location.try_into().map_err(|()| Error::<T>::BadVersion)
}

/// Why nothing was sent, as the trader can act on it.
fn not_sent<T: Config>(error: XcmError) -> DispatchError {
	log::debug!(target: LOG_TARGET, "nothing was sent: {error:?}");
	let why = match error {
		XcmError::NotHoldingFees | XcmError::FeesNotMet | XcmError::FailedToTransactAsset(_) => {
			Error::<T>::DeliveryNotPaid
		},
		XcmError::Transport(_) | XcmError::Unroutable | XcmError::DestinationUnsupported => Error::<T>::Unreachable,
		_ => Error::<T>::NotSent,
	};
	why.into()
}
