//! The offchain worker on every validator's node that sends an unsigned sale for each auction whose price the market
//! pays. It needs no key and earns nothing; the runtime checks every finding again.
//!
//! The chain does the same by itself in every block. This one helps when a block had no room left for that.

use crate::{market::Finding, Auctions, Call, Config, Pallet, LOG_TARGET};
use frame_support::traits::Get;
use frame_system::offchain::SubmitTransaction;
use sp_runtime::offchain::storage::StorageValueRef;

/// Offchain local storage: true when this node's worker is switched off.
pub const OFF_KEY: &[u8] = b"margin-auctions::off";

impl<T: Config> Pallet<T> {
	/// One pass over the auctions. Answers with how many findings were sent.
	pub(crate) fn run_worker() -> u32 {
		if StorageValueRef::persistent(OFF_KEY).get::<bool>().ok().flatten() == Some(true) {
			return 0;
		}
		// Offchain workers run after a block, whose hash they know.
		let at = frame_system::Pallet::<T>::block_number();
		let hash = frame_system::Pallet::<T>::block_hash(at);
		let bound = usize::try_from(T::MaxLots::get()).unwrap_or(usize::MAX);
		let mut sent = 0u32;
		for (asset, auction) in Auctions::<T>::iter().take(bound) {
			let round = auction.rounds;
			let finding = Finding { asset, round, at, hash };
			if Self::send(finding) {
				sent = sent.saturating_add(1);
			}
		}
		sent
	}

	/// Sends a finding, unless the runtime would refuse it.
	fn send(finding: Finding<T>) -> bool {
		if let Err(error) = finding.check_offer() {
			log::debug!(target: LOG_TARGET, "auctions: nothing to sell of {:?} now: {error:?}", finding.asset);
			return false;
		}
		let Finding { asset, round, at, hash } = finding;
		let call = Call::<T>::sell_to_market_unsigned { asset, round, at, hash };
		let sent = SubmitTransaction::<T, Call<T>>::submit_transaction(T::create_bare(call.into())).is_ok();
		if sent {
			log::info!(target: LOG_TARGET, "auctions: sent a sale of {asset:?} to the market, round {round}");
		} else {
			log::debug!(target: LOG_TARGET, "auctions: a sale of {asset:?} is already in the pool, or refused");
		}
		sent
	}
}
