//! Opening, storing and closing accounts, and moving deposits between those of one owner.

use crate::{
	account::{Balance, Mode, SubAccount},
	house::Silo,
	ledger::Ledger,
	AccountOf, Accounts, Config, Error, Event, HoldReason, Pallet,
};
use alloc::vec::Vec;
use frame_support::{
	ensure,
	traits::{fungible::MutateHold, tokens::Precision, Get},
};
use margin_math::{Amount, Shares};
use sp_runtime::{DispatchError, DispatchResult, SaturatedConversion};

impl<T: Config> Pallet<T> {
	/// The account as it stands.
	pub(crate) fn account(owner: &T::AccountId, sub: SubAccount) -> Result<AccountOf<T>, Error<T>> {
		Accounts::<T>::get(owner, sub).ok_or(Error::<T>::UnknownAccount)
	}

	/// The account, opened as a cross account if it is not there yet.
	pub(crate) fn account_or_open(owner: &T::AccountId, sub: SubAccount) -> Result<AccountOf<T>, DispatchError> {
		match Accounts::<T>::get(owner, sub) {
			Some(account) => Ok(account),
			None => Self::open_new(owner, sub, Mode::Cross),
		}
	}

	/// A new account, which the caller stores. Its rounds count from this block, so that what was found about an
	/// earlier account of the same name does not read as a finding about this one.
	fn open_new(owner: &T::AccountId, sub: SubAccount, mode: Mode<T::AssetId>) -> Result<AccountOf<T>, DispatchError> {
		let deposit = T::AccountDeposit::get();
		T::Currency::hold(&HoldReason::Account.into(), owner, deposit).map_err(|_| Error::<T>::NoNativeTokens)?;
		let round = frame_system::Pallet::<T>::block_number().saturated_into::<u32>();
		Self::deposit_event(Event::AccountOpened {
			owner: owner.clone(),
			sub,
			mode,
			deposit,
		});
		Ok(AccountOf::<T>::new(mode, round, deposit))
	}

	/// Writes the account after something that may have made it worse off: it is filed anew in the trigger index. Tells
	/// which balances are no longer those of `before`.
	pub(crate) fn store(
		ledger: &mut Ledger<T>,
		owner: &T::AccountId,
		sub: SubAccount,
		before: &AccountOf<T>,
		mut account: AccountOf<T>,
	) {
		Self::file(ledger, owner, sub, &mut account);
		Self::write(owner, sub, before, account);
	}

	/// The same after something that can only have made it better off, whatever prices do: more of a deposit, less of a
	/// debt. It may stay where it is filed for as long as it owes something.
	pub(crate) fn store_better(
		owner: &T::AccountId,
		sub: SubAccount,
		before: &AccountOf<T>,
		mut account: AccountOf<T>,
	) {
		Self::unfile_if_clear(owner, sub, &mut account);
		Self::write(owner, sub, before, account);
	}

	fn write(owner: &T::AccountId, sub: SubAccount, before: &AccountOf<T>, account: AccountOf<T>) {
		let gone = before.holdings.iter().filter(|h| account.balance(h.asset).is_none());
		let changed = account
			.holdings
			.iter()
			.filter(|h| before.balance(h.asset) != Some(h.balance));
		let told = gone
			.map(|h| (h.asset, None))
			.chain(changed.map(|h| (h.asset, Some(h.balance))));
		for (asset, balance) in told {
			Self::deposit_event(Event::BalanceChanged {
				owner: owner.clone(),
				sub,
				asset,
				balance,
			});
		}
		Accounts::<T>::insert(owner, sub, account);
	}

	pub(crate) fn do_open_account(owner: &T::AccountId, sub: SubAccount, mode: Mode<T::AssetId>) -> DispatchResult {
		ensure!(!Accounts::<T>::contains_key(owner, sub), Error::<T>::AccountExists);
		if let Mode::Isolated { collateral, debt } = mode {
			ensure!(collateral != debt, Error::<T>::SameAsset);
			let mut ledger = Ledger::<T>::new();
			ledger.entry(collateral)?;
			ledger.entry(debt)?;
		}
		let account = Self::open_new(owner, sub, mode)?;
		Accounts::<T>::insert(owner, sub, account);
		Ok(())
	}

	pub(crate) fn do_close_account(owner: &T::AccountId, sub: SubAccount) -> DispatchResult {
		let before = Self::account(owner, sub)?;
		ensure!(!before.has_debt(), Error::<T>::AccountNotEmpty);
		let mut account = before.clone();
		if !account.is_empty() {
			let dust = Self::sweep_dust(&mut account)?;
			Self::store_better(owner, sub, &before, account.clone());
			Self::deposit_event(Event::DustSwept {
				owner: owner.clone(),
				sub,
				dust,
			});
		}
		ensure!(account.claims.is_empty(), Error::<T>::AccountNotEmpty);
		T::Currency::release(
			&HoldReason::Account.into(),
			owner,
			account.deposit,
			Precision::BestEffort,
		)?;
		Accounts::<T>::remove(owner, sub);
		Self::deposit_event(Event::AccountClosed {
			owner: owner.clone(),
			sub,
		});
		Ok(())
	}

	/// Every deposit of the account goes to the fund, if each is too small to be dealt with.
	fn sweep_dust(account: &mut AccountOf<T>) -> Result<Vec<(T::AssetId, Amount)>, Error<T>> {
		let mut ledger = Ledger::<T>::new();
		let mut silo = Silo::<T>::load();
		let legs = ledger.legs(account)?;
		for leg in &legs {
			ensure!(
				leg.amount < ledger.entry(leg.asset)?.config().min_amount,
				Error::<T>::AccountNotEmpty
			);
			if let Some(Balance::Deposit(shares)) = account.balance(leg.asset) {
				ledger.move_shares(account, &mut silo.fund, leg.asset, shares)?;
			}
		}
		ledger.commit();
		silo.store();
		Ok(legs.into_iter().map(|leg| (leg.asset, leg.amount)).collect())
	}

	/// Which shares of the account's deposit of `asset` are worth `amount`, and what they are worth exactly. The largest
	/// number stands for all of them.
	pub(crate) fn deposited(
		ledger: &mut Ledger<T>,
		account: &AccountOf<T>,
		asset: T::AssetId,
		amount: Amount,
	) -> Result<(Shares, Amount), Error<T>> {
		ensure!(!amount.is_zero(), Error::<T>::AmountZero);
		let pool = *ledger.entry(asset)?.pool();
		let Some(Balance::Deposit(held)) = account.balance(asset) else {
			return Err(Error::<T>::NotEnoughDeposited);
		};
		let worth = pool.deposit_value(held)?;
		if amount == Amount(u128::MAX) || amount == worth {
			return Ok((held, worth));
		}
		ensure!(amount < worth, Error::<T>::NotEnoughDeposited);
		Ok((pool.deposit_shares_for(amount)?, amount))
	}

	pub(crate) fn do_transfer(
		owner: &T::AccountId,
		from: SubAccount,
		to: SubAccount,
		asset: T::AssetId,
		amount: Amount,
	) -> DispatchResult {
		ensure!(from != to, Error::<T>::SameAccount);
		let mut ledger = Ledger::<T>::new();
		let (giver, taker) = (Self::account(owner, from)?, Self::account(owner, to)?);
		ledger.ensure_may_withdraw(asset)?;
		let (shares, amount) = Self::deposited(&mut ledger, &giver, asset, amount)?;
		let (mut gives, mut takes) = (giver.clone(), taker.clone());
		let owed = ledger.entry(asset)?.pool().debt;
		ledger.move_shares(&mut gives, &mut takes, asset, shares)?;
		let repaid = owed.saturating_sub(ledger.entry(asset)?.pool().debt);
		ledger.repaid_within(asset, repaid)?;
		ledger.ensure_fits(&takes, &[asset])?;
		// Like a deposit: what pays a debt is welcome whatever the bounds.
		if !ledger.held(&takes, asset)?.is_zero() {
			ledger.ensure_account_cap(&takes, asset)?;
			ledger.ensure_tier_of(&takes, asset)?;
		}
		ledger.ensure_withdrawal(&gives)?;
		ledger.commit();
		Self::store(&mut ledger, owner, from, &giver, gives);
		Self::store_better(owner, to, &taker, takes);
		Self::deposit_event(Event::Transferred {
			owner: owner.clone(),
			from,
			to,
			asset,
			amount,
		});
		Ok(())
	}
}
