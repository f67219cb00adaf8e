//! Deposit, withdraw, borrow, repay: what moves tokens between a wallet and a margin account.

use crate::{
	account::{Balance, SubAccount},
	ledger::{Debited, Ledger},
	AccountOf, Config, Error, Event, Pallet,
};
use frame_support::{
	ensure,
	traits::{
		fungibles::{Inspect, Mutate},
		tokens::Preservation,
	},
};
use margin_math::Amount;
use sp_runtime::{DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	/// Takes tokens from a wallet: all of them, or so that what stays keeps the wallet alive. Nothing is left to be
	/// swept away as dust.
	pub(crate) fn pull(who: &T::AccountId, asset: T::AssetId, amount: Amount) -> DispatchResult {
		let preservation = if T::Assets::balance(asset, who) == amount.0 {
			Preservation::Expendable
		} else {
			Preservation::Preserve
		};
		T::Assets::transfer(asset, who, &Self::account_id(), amount.0, preservation).map(|_| ())
	}

	/// Pays tokens to a wallet.
	pub(crate) fn push(who: &T::AccountId, asset: T::AssetId, amount: Amount) -> DispatchResult {
		T::Assets::transfer(asset, &Self::account_id(), who, amount.0, Preservation::Preserve).map(|_| ())
	}

	/// The least that is asked of an amount of `asset`.
	pub(crate) fn ensure_amount(ledger: &mut Ledger<T>, asset: T::AssetId, amount: Amount) -> Result<(), Error<T>> {
		ensure!(!amount.is_zero(), Error::<T>::AmountZero);
		ensure!(
			amount >= ledger.entry(asset)?.config().min_amount,
			Error::<T>::AmountTooSmall
		);
		Ok(())
	}

	/// Brings tokens from the owner's wallet into the account in memory.
	pub(crate) fn bring_in(
		ledger: &mut Ledger<T>,
		account: &mut AccountOf<T>,
		owner: &T::AccountId,
		sub: SubAccount,
		asset: T::AssetId,
		amount: Amount,
	) -> DispatchResult {
		let held = account.deposit_of(asset);
		let credited = ledger.credit(account, asset, amount)?;
		let minted = account.deposit_of(asset).saturating_sub(held);
		ledger.arrived(account, asset, minted)?;
		ledger.flow_in(asset, amount, credited.repaid)?;
		ledger.ensure_may_supply(account, asset, &credited)?;
		ledger.ensure_fits(account, &[asset])?;
		Self::pull(owner, asset, amount)?;
		Self::deposit_event(Event::Deposited {
			owner: owner.clone(),
			sub,
			asset,
			amount,
		});
		Ok(())
	}

	pub(crate) fn do_deposit(
		owner: &T::AccountId,
		sub: SubAccount,
		asset: T::AssetId,
		amount: Amount,
	) -> DispatchResult {
		let mut ledger = Ledger::<T>::new();
		Self::ensure_amount(&mut ledger, asset, amount)?;
		let before = Self::account_or_open(owner, sub)?;
		let mut account = before.clone();
		Self::bring_in(&mut ledger, &mut account, owner, sub, asset, amount)?;
		ledger.commit();
		Self::store_better(owner, sub, &before, account);
		Ok(())
	}

	/// What the call `withdraw` does, for another pallet that sends the tokens on: to the owner's wallet, with initial
	/// margin checked first. `None` stands for all that the account holds of `asset`. Answers with what arrived, in
	/// smallest units.
	///
	/// # Errors
	/// Those of the call. Nothing has changed then only if the caller rolls back, as a dispatch does.
	pub fn withdraw_for(
		owner: &T::AccountId,
		sub: SubAccount,
		asset: T::AssetId,
		amount: Option<Amount>,
	) -> Result<Amount, DispatchError> {
		Self::do_withdraw(owner, sub, asset, amount.unwrap_or(Amount(u128::MAX)))
	}

	pub(crate) fn do_withdraw(
		owner: &T::AccountId,
		sub: SubAccount,
		asset: T::AssetId,
		amount: Amount,
	) -> Result<Amount, DispatchError> {
		let mut ledger = Ledger::<T>::new();
		let before = Self::account(owner, sub)?;
		ledger.ensure_may_withdraw(asset)?;
		let (_, amount) = Self::deposited(&mut ledger, &before, asset, amount)?;
		let mut account = before.clone();
		ledger.debit(&mut account, asset, amount)?;
		ledger.flow_out(asset, amount)?;
		ledger.ensure_withdrawal(&account)?;
		ledger.commit();
		Self::store(&mut ledger, owner, sub, &before, account);
		Self::push(owner, asset, amount)?;
		Self::deposit_event(Event::Withdrawn {
			owner: owner.clone(),
			sub,
			asset,
			amount,
		});
		Ok(amount)
	}

	pub(crate) fn do_borrow(
		owner: &T::AccountId,
		sub: SubAccount,
		asset: T::AssetId,
		amount: Amount,
	) -> DispatchResult {
		let mut ledger = Ledger::<T>::new();
		Self::ensure_amount(&mut ledger, asset, amount)?;
		let before = Self::account(owner, sub)?;
		ledger.ensure_may_withdraw(asset)?;
		let mut account = before.clone();
		let debited = ledger.debit(&mut account, asset, amount)?;
		ledger.ensure_may_borrow(asset, &debited)?;
		ledger.flow_out(asset, amount)?;
		ledger.ensure_fits(&account, &[asset])?;
		if !debited.borrowed.is_zero() {
			ledger.ensure_account_cap(&account, asset)?;
		}
		ledger.ensure_withdrawal(&account)?;
		ledger.commit();
		Self::store(&mut ledger, owner, sub, &before, account);
		Self::push(owner, asset, amount)?;
		let Debited { withdrawn, borrowed } = debited;
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
		let pool = *ledger.entry(asset)?.pool();
		let before = Self::account(owner, sub)?;
		let Some(Balance::Debt(shares)) = before.balance(asset) else {
			return Err(Error::<T>::NoDebt.into());
		};
		let amount = amount.min(pool.debt_value(shares).map_err(Error::<T>::from)?);
		let mut account = before.clone();
		let credited = ledger.credit(&mut account, asset, amount)?;
		ledger.flow_in(asset, amount, credited.repaid)?;
		ledger.ensure_fits(&account, &[asset])?;
		Self::pull(owner, asset, amount)?;
		ledger.commit();
		Self::store_better(owner, sub, &before, account);
		Self::deposit_event(Event::Repaid {
			owner: owner.clone(),
			sub,
			asset,
			amount,
		});
		Ok(amount)
	}
}
