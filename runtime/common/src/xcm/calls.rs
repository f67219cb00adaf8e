//! What the calls of the XCM pallet weigh: about what the programs do that they build.

use super::weights::{Instructions, Programs};
use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};
use xcm::latest::MAX_ITEMS_IN_ASSETS;

/// Bytes of the largest message that leaves: as much as a page of a channel takes.
const LARGEST_MESSAGE: usize = 103 * 1024;
/// Most assets of a transfer: those that are sent, and one that pays.
const TRANSFERRED: u32 = 2;

/// Weights of the XCM pallet, from what programs weigh.
///
/// What only touches a few values, such as a version or a subscription, counts as the answer to a query does, which reads,
/// writes and dispatches more.
pub struct Calls<P, MaxHolding>(PhantomData<(P, MaxHolding)>);

impl<P: Programs, MaxHolding: Get<u32>> Calls<P, MaxHolding> {
	/// A message of any length.
	fn message() -> Weight {
		P::registers(0).saturating_add(Instructions::<P, MaxHolding>::message(LARGEST_MESSAGE))
	}

	/// Takes assets from an account and sends them to another chain, with a program of any length.
	fn transfer() -> Weight {
		P::withdraw(TRANSFERRED)
			.saturating_add(Instructions::<P, MaxHolding>::leave(TRANSFERRED, LARGEST_MESSAGE))
			.saturating_add(Self::message())
	}

	/// Tells another chain of a version, and notes it.
	fn notice() -> Weight {
		P::subscribe().saturating_add(P::answer())
	}
}

impl<P: Programs, MaxHolding: Get<u32>> pallet_xcm::WeightInfo for Calls<P, MaxHolding> {
	fn send() -> Weight {
		Self::message()
	}
	fn teleport_assets() -> Weight {
		Self::transfer()
	}
	fn reserve_transfer_assets() -> Weight {
		Self::transfer()
	}
	fn transfer_assets() -> Weight {
		Self::transfer()
	}
	fn execute() -> Weight {
		P::registers(0)
	}
	fn claim_assets() -> Weight {
		let most = u32::try_from(MAX_ITEMS_IN_ASSETS).unwrap_or(u32::MAX);
		P::claim(most).saturating_add(Instructions::<P, MaxHolding>::deposit(most))
	}
	fn new_query() -> Weight {
		P::answer()
	}
	fn take_response() -> Weight {
		P::answer()
	}
	fn force_xcm_version() -> Weight {
		P::answer()
	}
	fn force_default_xcm_version() -> Weight {
		P::answer()
	}
	fn force_suspension() -> Weight {
		P::answer()
	}
	fn force_subscribe_version_notify() -> Weight {
		Self::notice()
	}
	fn force_unsubscribe_version_notify() -> Weight {
		Self::notice()
	}
	fn migrate_supported_version() -> Weight {
		P::answer()
	}
	fn migrate_version_notifiers() -> Weight {
		P::answer()
	}
	fn already_notified_target() -> Weight {
		P::answer()
	}
	fn notify_current_targets() -> Weight {
		Self::notice()
	}
	fn notify_target_migration_fail() -> Weight {
		P::answer()
	}
	fn migrate_version_notify_targets() -> Weight {
		P::answer()
	}
	fn migrate_and_notify_old_targets() -> Weight {
		Self::notice()
	}
	fn add_authorized_alias() -> Weight {
		P::answer()
	}
	fn remove_authorized_alias() -> Weight {
		P::answer()
	}
}
