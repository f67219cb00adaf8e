//! Swaps inside an account: what the account lacks is borrowed, so that one call opens a leveraged position.

use crate::{ledger::Ledger, types::SubAccount, Config, Error, Event, Pallet, Venue};
use frame_support::{ensure, traits::Get};
use margin_math::Amount;
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_swap(
		owner: &T::AccountId,
		sub: SubAccount,
		from: T::AssetId,
		to: T::AssetId,
		amount_in: Amount,
		min_out: Amount,
	) -> DispatchResult {
		ensure!(from != to, Error::<T>::SameAsset);
		ensure!(!amount_in.is_zero(), Error::<T>::AmountZero);
		let mut ledger = Ledger::<T>::new();
		ensure!(
			amount_in >= ledger.entry(from)?.config.min_amount,
			Error::<T>::AmountTooSmall
		);
		let deposit_cap = ledger.entry(to)?.config.deposit_cap;
		let mut account = Self::account(owner, sub)?;
		ledger.ensure_usable(from)?;
		ledger.ensure_usable(to)?;
		let before = ledger.health(&account)?;

		let debited = ledger.debit(&mut account, from, amount_in)?;
		let quoted = T::Venue::quote(from, to, amount_in.0).ok_or(Error::<T>::NoMarket)?;
		ensure!(quoted >= min_out.0, Error::<T>::LimitNotMet);
		let amount_out = Amount(T::Venue::sell(&Self::account_id(), from, to, amount_in.0, min_out.0)?);
		ensure!(!amount_out.is_zero(), Error::<T>::AmountTooSmall);
		let credited = ledger.credit(&mut account, to, amount_out)?;

		ensure!(
			account.holdings.len() <= T::MaxAccountAssets::get() as usize,
			Error::<T>::AccountFull
		);
		ensure!(
			credited.deposited.is_zero() || ledger.entry(to)?.pool.deposits <= deposit_cap,
			Error::<T>::DepositCapReached
		);
		ledger.ensure_initial_or_no_worse(&account, &before)?;
		ledger.commit();
		Self::store(owner, sub, account);
		Self::deposit_event(Event::Swapped {
			owner: owner.clone(),
			sub,
			from,
			to,
			amount_in,
			amount_out,
			borrowed: debited.borrowed,
			repaid: credited.repaid,
		});
		Ok(())
	}
}
