//! The keeper: an offchain worker on every validator's node that looks for accounts below maintenance and sends an
//! unsigned liquidation for each. It needs no key and earns nothing; the runtime checks every finding again.
//!
//! The node's operator can switch it off; the chain then still liquidates by itself, and the node still relays and
//! includes what others find.

use crate::{
	account::SubAccount,
	scan::{debtors_around, Below},
	Call, Config, Pallet, LOG_TARGET,
};
use core::time::Duration;
use frame_system::offchain::SubmitTransaction;
use sp_io::offchain;
use sp_runtime::offchain::{
	storage::StorageValueRef,
	storage_lock::{StorageLock, Time},
};

/// Offchain local storage: present when this node's keeper is switched off.
pub const OFF_KEY: &[u8] = b"margin-keeper::off";
/// Offchain local storage: the account with debt that the last pass looked at last.
pub const CURSOR_KEY: &[u8] = b"margin-keeper::cursor";
/// Offchain local storage: held while a pass runs.
pub const LOCK_KEY: &[u8] = b"margin-keeper::lock";

/// Time a pass may take; what it did not reach comes first in the next.
pub const TIME_BUDGET: Duration = Duration::from_millis(500);
/// Accounts a pass looks at.
pub const PASS_LIMIT: usize = 10_000;

impl<T: Config> Pallet<T> {
	/// One pass. Answers with how many findings were sent.
	pub(crate) fn run_keeper() -> u32 {
		if StorageValueRef::persistent(OFF_KEY).get::<bool>().ok().flatten() == Some(true) {
			return 0;
		}
		let lifetime = sp_runtime::offchain::Duration::from_millis(TIME_BUDGET.as_millis().saturating_mul(4) as u64);
		let mut lock = StorageLock::<Time>::with_deadline(LOCK_KEY, lifetime);
		let Ok(_guard) = lock.try_lock() else {
			log::debug!(target: LOG_TARGET, "keeper: the last pass is still running");
			return 0;
		};
		let cursor = StorageValueRef::persistent(CURSOR_KEY);
		let after = cursor.get::<(T::AccountId, SubAccount)>().ok().flatten();
		let start = offchain::timestamp();
		let within_budget = || {
			let spent = offchain::timestamp().diff(&start).millis();
			u128::from(spent) < TIME_BUDGET.as_millis()
		};
		let keys = debtors_around::<T>(after).take(PASS_LIMIT);
		let (found, last) = Self::find_below(keys, within_budget);
		if let Some(last) = last {
			cursor.set(&last);
		}
		let mut sent = 0u32;
		for below in found {
			if Self::send(below) {
				sent = sent.saturating_add(1);
			}
		}
		sent
	}

	/// Sends what was found, unless the runtime would refuse it: an account that is below maintenance may still be one
	/// on which no step is possible.
	fn send(below: Below<T>) -> bool {
		let Below {
			owner,
			sub,
			round,
			maintenance,
		} = below;
		let name = alloc::format!("{owner:?}/{sub}");
		// Offchain workers run after a block, whose hash they know.
		let at = frame_system::Pallet::<T>::block_number();
		let hash = frame_system::Pallet::<T>::block_hash(at);
		if let Err(error) = Self::try_step(&owner, sub) {
			log::debug!(target: LOG_TARGET, "keeper: {name} is below maintenance, and no step is possible: {error:?}");
			return false;
		}
		let call = Call::<T>::liquidate_unsigned {
			owner,
			sub,
			round,
			at,
			hash,
		};
		let sent = SubmitTransaction::<T, Call<T>>::submit_transaction(T::create_bare(call.into())).is_ok();
		if sent {
			log::info!(target: LOG_TARGET, "keeper: sent liquidation of {name}, round {round}, {maintenance:?} below");
		} else {
			log::debug!(target: LOG_TARGET, "keeper: {name}, round {round} is already in the pool, or refused");
		}
		sent
	}
}
