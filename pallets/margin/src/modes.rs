//! Changing how an account's legs secure each other.

use crate::{
	account::{Mode, SubAccount},
	ledger::Ledger,
	Config, Error, Event, Pallet,
};
use frame_support::ensure;
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	/// The dispatch of `set_mode`.
	pub(crate) fn do_set_mode(owner: &T::AccountId, sub: SubAccount, mode: Mode<T::AssetId>) -> DispatchResult {
		let before = Self::account(owner, sub)?;
		ensure!(!mode.is_isolated() && !before.mode.is_isolated(), Error::<T>::ModeFixed);
		ensure!(mode != before.mode, Error::<T>::NothingChanges);
		let mut account = before.clone();
		account.mode = mode;
		let mut ledger = Ledger::<T>::new();
		for state in [&before, &account] {
			ledger.ensure_initial(state)?;
		}
		Self::store(&mut ledger, owner, sub, &before, account);
		Self::deposit_event(Event::ModeChanged {
			owner: owner.clone(),
			sub,
			mode,
		});
		Ok(())
	}
}
