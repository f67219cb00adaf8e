//! Collateral and position in one call, on the way in and on the way out: for whoever acts from another chain, where what
//! one call leaves cannot be looked at before the next one is sent.
//!
//! Each is its two parts, one after the other, with the parts' rules, errors and events. A dispatch that fails is rolled
//! back, so either both parts happen or nothing does.

use crate::{
	account::{Mode, SubAccount},
	positions::{CloseOrder, OpenOrder},
	Accounts, Config, Pallet,
};
use frame_support::traits::{
	fungibles::Inspect,
	tokens::{Fortitude, Preservation},
};
use margin_math::Amount;
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	/// The dispatch of `deposit_and_open`: `amount` of `asset` is deposited, or all that the wallet can spare, and the
	/// order's leverage is measured against it.
	pub(crate) fn do_deposit_and_open(
		owner: &T::AccountId,
		sub: SubAccount,
		(asset, amount): (T::AssetId, Option<u128>),
		order: OpenOrder<T>,
	) -> DispatchResult {
		let amount = match amount {
			Some(amount) => amount,
			None => {
				// What is held for the account is not to spare.
				if !Accounts::<T>::contains_key(owner, sub) {
					Self::do_open_account(owner, sub, Mode::Cross)?;
				}
				T::Assets::reducible_balance(asset, owner, Preservation::Expendable, Fortitude::Polite)
			},
		};
		Self::do_deposit(owner, sub, asset, Amount(amount))?;
		Self::open_on(owner, sub, order, Some((asset, amount)))
	}

	/// The dispatch of `close_and_withdraw`: `amount` of `asset` is paid to the wallet, or all that the account holds of it
	/// then.
	pub(crate) fn do_close_and_withdraw(
		owner: &T::AccountId,
		sub: SubAccount,
		order: CloseOrder<T>,
		(asset, amount): (T::AssetId, Option<u128>),
	) -> DispatchResult {
		Self::do_close(owner, sub, order)?;
		Self::do_withdraw(owner, sub, asset, Amount(amount.unwrap_or(u128::MAX))).map(|_| ())
	}
}
