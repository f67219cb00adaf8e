//! Claiming what was given in kind.

use crate::{
	account::{Mode, SubAccount},
	asset::Tier,
	house::Silo,
	ledger::Ledger,
	AccountOf, Config, Error, Escrow, Event, Grants, Pallet,
};
use alloc::vec::Vec;
use frame_support::{
	ensure,
	traits::{
		fungibles::Inspect,
		tokens::{DepositConsequence, Provenance},
		Get,
	},
};
use margin_math::{Amount, Shares};
use sp_runtime::{DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	/// The dispatch of `claim`. For an asset that is given up anybody may do it, through `evict`.
	pub(crate) fn do_claim(owner: &T::AccountId, sub: SubAccount, asset: T::AssetId) -> DispatchResult {
		let mut ledger = Ledger::<T>::new();
		let before = Self::account(owner, sub)?;
		let (mut account, mut escrow) = (before.clone(), Escrow::<T>::get());
		ledger.count_out_all(&mut account)?;
		let shares = account.take_claim(asset).ok_or(Error::<T>::NothingToClaim)?;
		let amount = ledger
			.entry(asset)?
			.pool()
			.deposit_value(shares)
			.map_err(Error::<T>::from)?;
		let to_wallet = !ledger.has_room_for(&account, asset)?;
		if to_wallet {
			Self::pay_claim(&mut ledger, &mut escrow, owner, asset, (shares, amount))?;
		} else {
			ledger.book_claim(&mut escrow, &mut account, asset, shares)?;
		}
		ledger.commit();
		Escrow::<T>::put(escrow);
		Self::store(&mut ledger, owner, sub, &before, account);
		Self::deposit_event(Event::Claimed {
			owner: owner.clone(),
			sub,
			asset,
			amount,
			to_wallet,
		});
		Ok(())
	}

	/// What the account was given in kind becomes its deposits, as far as it has room for them. So an account that is whole
	/// but for what it has not claimed is not liquidated, and one that is not takes nothing home past its debts.
	pub(crate) fn claim_all(
		ledger: &mut Ledger<T>,
		escrow: &mut AccountOf<T>,
		(owner, sub): (&T::AccountId, SubAccount),
		account: &mut AccountOf<T>,
	) -> Result<Vec<Event<T>>, Error<T>> {
		ledger.count_out_all(account)?;
		let mut events = Vec::new();
		for (asset, shares) in account.claims.clone() {
			if !ledger.has_room_for(account, asset)? {
				continue;
			}
			account.take_claim(asset);
			let amount = ledger.entry(asset)?.pool().deposit_value(shares)?;
			ledger.book_claim(escrow, account, asset, shares)?;
			events.push(Event::Claimed {
				owner: owner.clone(),
				sub,
				asset,
				amount,
				to_wallet: false,
			});
		}
		Ok(events)
	}

	/// Counts out to an account that has nothing to claim what was too little for it: else whoever has dust would keep on
	/// the list for ever what was given to all.
	pub(crate) fn count_out_nothing(owner: &T::AccountId, sub: SubAccount) -> DispatchResult {
		let mut ledger = Ledger::<T>::new();
		let before = Self::account(owner, sub)?;
		let mut account = before.clone();
		ledger.count_out_all(&mut account)?;
		ensure!(account != before, Error::<T>::NoPosition);
		ledger.commit();
		Self::store(&mut ledger, owner, sub, &before, account);
		Ok(())
	}

	/// Pays a claim to the owner's wallet. What a wallet cannot hold of an asset that is given up goes to the fund, so that
	/// dust does not keep it on the list.
	fn pay_claim(
		ledger: &mut Ledger<T>,
		escrow: &mut AccountOf<T>,
		owner: &T::AccountId,
		asset: T::AssetId,
		(shares, amount): (Shares, Amount),
	) -> Result<(), DispatchError> {
		let taken_in = T::Assets::can_deposit(asset, owner, amount.0, Provenance::Extant);
		if ledger.is_given_up(asset)? && (amount.is_zero() || taken_in != DepositConsequence::Success) {
			let mut silo = Silo::<T>::load();
			ledger.move_shares(escrow, &mut silo.fund, asset, shares)?;
			silo.store();
			return Ok(());
		}
		ensure!(!amount.is_zero(), Error::<T>::AmountTooSmall);
		ledger.ensure_may_withdraw(asset)?;
		let mut claim = AccountOf::<T>::new(Mode::Cross, 0, 0);
		ledger.move_shares(escrow, &mut claim, asset, shares)?;
		ledger.debit(&mut claim, asset, amount)?;
		ledger.flow_out(asset, amount)?;
		Self::push(owner, asset, amount)
	}

	/// What the fund and what lies in escrow were given as depositors of `asset`, and what rounding has left of its grants,
	/// is counted out to the fund; what the fund has to claim of it becomes its deposit.
	pub(crate) fn tend_grants(asset: T::AssetId) -> DispatchResult {
		let mut ledger = Ledger::<T>::new();
		let (mut silo, mut escrow) = (Silo::<T>::load(), Escrow::<T>::get());
		ledger.count_out(&mut silo.fund, asset)?;
		ledger.count_out(&mut escrow, asset)?;
		for (given, shares) in ledger.forget_grants(asset) {
			silo.fund.give(given, shares).ok_or(Error::<T>::AccountFull)?;
		}
		for claim in [silo.fund.take_claim(asset), escrow.take_claim(asset)] {
			let shares = claim.unwrap_or_default();
			ledger.move_shares(&mut escrow, &mut silo.fund, asset, shares)?;
		}
		ledger.commit();
		silo.store();
		if escrow.is_empty() && escrow.claims.is_empty() {
			Escrow::<T>::kill();
		} else {
			Escrow::<T>::put(escrow);
		}
		Ok(())
	}

	/// Whether something given to the depositors of `asset` is not counted out yet.
	pub(crate) fn has_grants(asset: T::AssetId) -> bool {
		Grants::<T>::contains_key(asset)
	}
}

impl<T: Config> Ledger<T> {
	/// Whether the account was given something in kind that could be its deposit and is not yet.
	pub fn has_claims(&mut self, account: &AccountOf<T>) -> Result<bool, Error<T>> {
		for holding in &account.holdings {
			if !holding.balance.is_debt() && holding.seen < self.entry(holding.asset)?.asset.grants {
				return Ok(true);
			}
		}
		for (asset, _) in &account.claims {
			if self.has_room_for(account, *asset)? {
				return Ok(true);
			}
		}
		Ok(false)
	}

	/// A claim becomes a deposit, or pays a debt.
	fn book_claim(
		&mut self,
		escrow: &mut AccountOf<T>,
		account: &mut AccountOf<T>,
		asset: T::AssetId,
		shares: Shares,
	) -> Result<(), Error<T>> {
		let owed = self.entry(asset)?.pool().debt;
		self.move_shares(escrow, account, asset, shares)?;
		let repaid = owed.saturating_sub(self.entry(asset)?.pool().debt);
		self.repaid_within(asset, repaid)
	}

	/// Whether a deposit of `asset` may be added to the account without a look at its health.
	fn has_room_for(&mut self, account: &AccountOf<T>, asset: T::AssetId) -> Result<bool, Error<T>> {
		if self.is_given_up(asset)? {
			return Ok(false);
		}
		if account.balance(asset).is_some() {
			return Ok(true);
		}
		let fits = match account.mode {
			Mode::Cross | Mode::Portfolio => !account.has_debt() || self.entry(asset)?.config().tier == Tier::Cross,
			Mode::Isolated { collateral, debt } => asset == collateral || asset == debt,
		};
		Ok(fits && account.holdings.len() < T::MaxAccountAssets::get() as usize)
	}
}
