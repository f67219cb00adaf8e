//! Deposit, withdraw, borrow, repay: what moves tokens between a wallet and a margin account.

use crate::{
	ledger::{Debited, Ledger},
	types::{Balance, SubAccount},
	AccountOf, Accounts, Config, Debtors, Error, Event, Pallet,
};
use frame_support::{
	ensure,
	traits::{
		fungibles::{Inspect, Mutate},
		tokens::Preservation,
		Get,
	},
};
use margin_math::Amount;
use sp_runtime::{DispatchError, DispatchResult, SaturatedConversion};

impl<T: Config> Pallet<T> {
	/// The account, or a new one whose rounds count from this block, so that what was found about an earlier account
	/// of the same name does not read as a finding about this one.
	pub(crate) fn account_or_new(owner: &T::AccountId, sub: SubAccount) -> AccountOf<T> {
		Accounts::<T>::get(owner, sub)
			.unwrap_or_else(|| AccountOf::<T>::new(frame_system::Pallet::<T>::block_number().saturated_into::<u32>()))
	}

	/// The account as it stands.
	pub(crate) fn account(owner: &T::AccountId, sub: SubAccount) -> Result<AccountOf<T>, Error<T>> {
		Accounts::<T>::get(owner, sub).ok_or(Error::<T>::UnknownAccount)
	}

	/// Writes the account, and keeps the list of accounts with debt in step. An empty account leaves nothing behind.
	pub(crate) fn store(owner: &T::AccountId, sub: SubAccount, account: AccountOf<T>) {
		let key = (owner.clone(), sub);
		let had_debt = Debtors::<T>::contains_key(&key);
		match (had_debt, account.has_debt()) {
			(false, true) => Debtors::<T>::insert(&key, ()),
			(true, false) => Debtors::<T>::remove(&key),
			_ => (),
		}
		if account.is_empty() {
			Accounts::<T>::remove(owner, sub);
		} else {
			Accounts::<T>::insert(owner, sub, account);
		}
	}

	fn ensure_room(account: &AccountOf<T>) -> Result<(), Error<T>> {
		ensure!(
			account.holdings.len() <= T::MaxAccountAssets::get() as usize,
			Error::<T>::AccountFull
		);
		Ok(())
	}

	/// Takes tokens from a wallet: all of them, or so that what stays keeps the wallet alive. Nothing is left to be
	/// swept away as dust.
	fn pull(who: &T::AccountId, asset: T::AssetId, amount: Amount) -> DispatchResult {
		let preservation = if T::Assets::balance(asset, who) == amount.0 {
			Preservation::Expendable
		} else {
			Preservation::Preserve
		};
		T::Assets::transfer(asset, who, &Self::account_id(), amount.0, preservation).map(|_| ())
	}

	fn push(who: &T::AccountId, asset: T::AssetId, amount: Amount) -> DispatchResult {
		T::Assets::transfer(asset, &Self::account_id(), who, amount.0, Preservation::Preserve).map(|_| ())
	}

	pub(crate) fn do_deposit(
		owner: &T::AccountId,
		sub: SubAccount,
		asset: T::AssetId,
		amount: Amount,
	) -> DispatchResult {
		ensure!(!amount.is_zero(), Error::<T>::AmountZero);
		let mut ledger = Ledger::<T>::new();
		let config = ledger.entry(asset)?.config;
		ensure!(amount >= config.min_amount, Error::<T>::AmountTooSmall);
		let mut account = Self::account_or_new(owner, sub);
		let credited = ledger.credit(&mut account, asset, amount)?;
		Self::ensure_room(&account)?;
		// What only pays a debt is no deposit.
		let within_cap = credited.deposited.is_zero() || ledger.entry(asset)?.pool.deposits <= config.deposit_cap;
		ensure!(within_cap, Error::<T>::DepositCapReached);
		Self::pull(owner, asset, amount)?;
		ledger.commit();
		Self::store(owner, sub, account);
		Self::deposit_event(Event::Deposited {
			owner: owner.clone(),
			sub,
			asset,
			amount,
		});
		Ok(())
	}

	pub(crate) fn do_withdraw(
		owner: &T::AccountId,
		sub: SubAccount,
		asset: T::AssetId,
		amount: Amount,
	) -> DispatchResult {
		ensure!(!amount.is_zero(), Error::<T>::AmountZero);
		let mut ledger = Ledger::<T>::new();
		let mut account = Self::account(owner, sub)?;
		let held = match account.balance(asset) {
			Some(Balance::Deposit(shares)) => ledger
				.entry(asset)?
				.pool
				.deposit_value(shares)
				.map_err(Error::<T>::from)?,
			_ => Amount::ZERO,
		};
		ensure!(amount <= held, Error::<T>::NotEnoughDeposited);
		ledger.debit(&mut account, asset, amount)?;
		ledger.ensure_initial(&account)?;
		ledger.commit();
		Self::store(owner, sub, account);
		Self::push(owner, asset, amount)?;
		Self::deposit_event(Event::Withdrawn {
			owner: owner.clone(),
			sub,
			asset,
			amount,
		});
		Ok(())
	}

	pub(crate) fn do_borrow(
		owner: &T::AccountId,
		sub: SubAccount,
		asset: T::AssetId,
		amount: Amount,
	) -> DispatchResult {
		ensure!(!amount.is_zero(), Error::<T>::AmountZero);
		let mut ledger = Ledger::<T>::new();
		ensure!(
			amount >= ledger.entry(asset)?.config.min_amount,
			Error::<T>::AmountTooSmall
		);
		let mut account = Self::account(owner, sub)?;
		let Debited { withdrawn, borrowed } = ledger.debit(&mut account, asset, amount)?;
		Self::ensure_room(&account)?;
		ledger.ensure_initial(&account)?;
		ledger.commit();
		Self::store(owner, sub, account);
		Self::push(owner, asset, amount)?;
		Self::deposit_event(Event::Borrowed {
			owner: owner.clone(),
			sub,
			asset,
			withdrawn,
			borrowed,
		});
		Ok(())
	}

	pub(crate) fn do_repay(
		owner: &T::AccountId,
		sub: SubAccount,
		asset: T::AssetId,
		amount: Amount,
	) -> Result<Amount, DispatchError> {
		ensure!(!amount.is_zero(), Error::<T>::AmountZero);
		let mut ledger = Ledger::<T>::new();
		let mut account = Self::account(owner, sub)?;
		let Some(Balance::Debt(shares)) = account.balance(asset) else {
			return Err(Error::<T>::NoDebt.into());
		};
		let owed = ledger.entry(asset)?.pool.debt_value(shares).map_err(Error::<T>::from)?;
		let amount = amount.min(owed);
		ledger.credit(&mut account, asset, amount)?;
		Self::pull(owner, asset, amount)?;
		ledger.commit();
		Self::store(owner, sub, account);
		Self::deposit_event(Event::Repaid {
			owner: owner.clone(),
			sub,
			asset,
			amount,
		});
		Ok(amount)
	}
}
