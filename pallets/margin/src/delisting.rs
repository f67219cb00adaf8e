//! The way out of an asset.
//!
//! A notice first, in which everybody may leave as he likes. Then anybody may move those who are left: a deposit goes to
//! its owner's wallet, and what an account cannot spare, or owes, the house takes over against the same value, which it
//! then sells or buys back as it does after a liquidation. When nobody but the fund has anything in the asset any more,
//! it can be removed.

use crate::{
	account::{Balance, SubAccount},
	asset::{Status, WarmUp},
	house::Silo,
	ledger::Ledger,
	liquidation::diff,
	AccountOf, Assets, Changes, Config, Error, Event, Fund, Grants, Pallet,
};
use alloc::vec;
use frame_support::{
	ensure,
	traits::{
		fungibles::{Inspect, Mutate},
		tokens::{DepositConsequence, Preservation, Provenance},
		Get, Time,
	},
};
use margin_math::{Amount, Shares, Value};
use margin_risk::{exchange, Step};
use sp_runtime::{DispatchError, DispatchResult};

/// What became of a balance.
#[derive(Default)]
struct Eviction {
	/// Owed to the owner's wallet.
	paid: Amount,
	/// The house's now.
	taken_over: Amount,
	/// The fund's, because no wallet takes so little.
	swept: Amount,
}

impl<T: Config> Pallet<T> {
	pub(crate) fn do_delist(asset: T::AssetId) -> DispatchResult {
		let mut record = Assets::<T>::get(asset).ok_or(Error::<T>::UnknownAsset)?;
		ensure!(
			!matches!(record.status, Status::Delisting(_)),
			Error::<T>::AlreadyDelisting
		);
		let (now, rules) = (T::Time::now(), T::ChangeRules::get());
		if record.status == Status::Frozen {
			// It has a price again.
			let unproven = record.is_unproven(now);
			record.warm_up = Some(WarmUp::from_now(now, rules.warm_up, rules.loosen_delay, unproven));
		}
		record.status = Status::Delisting(now.saturating_add(rules.delist_notice));
		Assets::<T>::insert(asset, record);
		Self::deposit_event(Event::StatusChanged {
			asset,
			status: record.status,
		});
		Ok(())
	}

	pub(crate) fn do_evict(owner: &T::AccountId, sub: SubAccount, asset: T::AssetId) -> DispatchResult {
		let mut ledger = Ledger::<T>::new();
		ledger.ensure_notice_over(asset)?;
		let before = Self::account(owner, sub)?;
		let mut account = before.clone();
		let mut silo = Silo::<T>::load();
		let Some(balance) = before.balance(asset) else {
			// What it was given in kind and has not claimed is a position as well.
			return match Self::do_claim(owner, sub, asset) {
				Err(error) if error == Error::<T>::NothingToClaim.into() => Self::count_out_nothing(owner, sub),
				claimed => claimed,
			};
		};
		let eviction = match balance {
			Balance::Deposit(_) => Self::evict_deposit(&mut ledger, &mut silo, &mut account, owner, asset)?,
			Balance::Debt(_) => Eviction {
				taken_over: Self::hand_over(&mut ledger, &mut silo, &mut account, asset)?,
				..Default::default()
			},
		};
		let Eviction {
			paid,
			taken_over,
			swept,
		} = eviction;
		ledger.commit();
		silo.store();
		Self::store(&mut ledger, owner, sub, &before, account);
		if !paid.is_zero() {
			Self::push(owner, asset, paid)?;
		}
		if !swept.is_zero() {
			Self::deposit_event(Event::DustSwept {
				owner: owner.clone(),
				sub,
				dust: vec![(asset, swept)],
			});
		}
		Self::deposit_event(Event::Evicted {
			owner: owner.clone(),
			sub,
			asset,
			paid,
			taken_over,
		});
		Ok(())
	}

	/// What the account can spare of its deposit is paid in kind; otherwise as much of it as there are debts to pay is
	/// handed over for them first.
	fn evict_deposit(
		ledger: &mut Ledger<T>,
		silo: &mut Silo<T>,
		account: &mut AccountOf<T>,
		owner: &T::AccountId,
		asset: T::AssetId,
	) -> Result<Eviction, DispatchError> {
		let mut taken_over = Amount::ZERO;
		if !ledger.can_spare(account, asset)? {
			taken_over = Self::hand_over(ledger, silo, account, asset)?;
			// Nothing can be handed over of what is worth less than a unit of every debt: then it secures nothing either.
			let needed = account.balance(asset).is_none() || !ledger.can_spare(account, asset)?;
			if !taken_over.is_zero() && needed {
				return Ok(Eviction {
					taken_over,
					..Default::default()
				});
			}
		}
		let paid = Self::pay_in_kind(ledger, silo, account, owner, asset)?;
		Ok(Eviction { taken_over, ..paid })
	}

	/// Takes the deposit of `asset` out of the account: all of it, or as much as may leave the pallet now. What is less
	/// than the wallet can hold goes to the fund, so that dust does not keep the asset on the list for ever.
	fn pay_in_kind(
		ledger: &mut Ledger<T>,
		silo: &mut Silo<T>,
		account: &mut AccountOf<T>,
		owner: &T::AccountId,
		asset: T::AssetId,
	) -> Result<Eviction, DispatchError> {
		let record = ledger.entry(asset)?.asset;
		let Some(Balance::Deposit(shares)) = account.balance(asset) else {
			return Err(Error::<T>::NoPosition.into());
		};
		let worth = record.pool.deposit_value(shares).map_err(Error::<T>::from)?;
		let taken_in = T::Assets::can_deposit(asset, owner, worth.0, Provenance::Extant);
		let dust = worth < record.config.min_amount || taken_in == DepositConsequence::BelowMinimum;
		if worth.is_zero() || (dust && taken_in != DepositConsequence::Success) {
			ledger.move_shares(account, &mut silo.fund, asset, shares)?;
			return Ok(Eviction {
				swept: worth,
				..Default::default()
			});
		}
		let paid = worth.min(ledger.most_out(asset)?);
		ledger.debit(account, asset, paid)?;
		ledger.flow_out(asset, paid)?;
		Ok(Eviction {
			paid,
			..Default::default()
		})
	}

	/// The house takes the account's balance of `asset` over against the same value of its balances on the other side, at
	/// live prices and as far as the house's line goes. Answers with how much of it.
	///
	/// Not for an account below maintenance: what a liquidation takes is not without a penalty.
	fn hand_over(
		ledger: &mut Ledger<T>,
		silo: &mut Silo<T>,
		account: &mut AccountOf<T>,
		asset: T::AssetId,
	) -> Result<Amount, Error<T>> {
		let params = T::House::get();
		ledger.ensure_usable(asset)?;
		let legs = ledger.legs(account)?;
		let Some((at, leg)) = legs.iter().enumerate().find(|(_, leg)| leg.asset == asset) else {
			return Err(Error::<T>::NoPosition);
		};
		ensure!(
			legs.iter().any(|other| other.side != leg.side && other.is_usable()),
			Error::<T>::PriceUnusable
		);
		let before = ledger.assess(account, &legs)?;
		ensure!(
			!before.is_liquidatable() && before.equity > Value::ZERO,
			Error::<T>::NotEnoughCollateral
		);
		let whole = Step::of(before, exchange(&legs, at)?);
		if whole.slices.is_empty() {
			return Ok(Amount::ZERO);
		}
		let slices = silo.slices_within(ledger, &legs, &whole)?;
		let (repaid, taken) = Self::take_slices(ledger, account, &mut silo.house, &legs, &slices)?;
		// Of dust, the rounding to a unit may be more than the margin that it needed; but a unit may be worth a fortune.
		let after = ledger.health(account)?;
		let dust = leg.amount < ledger.entry(asset)?.config().min_amount;
		let costs = diff::<T>(before.equity, after.equity)?;
		ensure!(
			(dust && costs < params.liquidation.min_bite) || after.no_worse_than(&before),
			Error::<T>::NotEnoughCollateral
		);
		let moved = repaid.iter().chain(taken.iter()).find(|(a, _)| *a == asset);
		Ok(moved.map_or(Amount::ZERO, |(_, amount)| *amount))
	}

	pub(crate) fn do_remove(asset: T::AssetId, beneficiary: &T::AccountId) -> DispatchResult {
		let mut ledger = Ledger::<T>::new();
		ledger.ensure_notice_over(asset)?;
		let pool = *ledger.entry(asset)?.pool();
		let mut fund = Fund::<T>::get();
		let funds = match fund.balance(asset) {
			Some(Balance::Deposit(shares)) => shares,
			_ => Shares::ZERO,
		};
		ensure!(
			pool.deposit_shares == funds && pool.debt_shares.is_zero() && pool.deficit.is_zero(),
			Error::<T>::AssetInUse
		);
		// Whoever left has had what was given in kind; the fund's part of it is counted out in the asset's turn.
		ensure!(!Self::has_grants(asset), Error::<T>::AssetInUse);
		fund.set(asset, None).ok_or(Error::<T>::AccountFull)?;
		Fund::<T>::put(fund);
		Assets::<T>::remove(asset);
		Changes::<T>::remove(asset);
		Grants::<T>::remove(asset);
		let pallet = Self::account_id();
		let left = T::Assets::balance(asset, &pallet);
		T::Assets::transfer(asset, &pallet, beneficiary, left, Preservation::Expendable)?;
		Self::deposit_event(Event::AssetRemoved {
			asset,
			beneficiary: beneficiary.clone(),
			amount: Amount(left),
		});
		Ok(())
	}
}

impl<T: Config> Ledger<T> {
	/// `asset` is delisted, and who is still in it has had the time to leave.
	fn ensure_notice_over(&mut self, asset: T::AssetId) -> Result<(), Error<T>> {
		let now = self.now();
		match self.entry(asset)?.asset.status {
			Status::Delisting(over) if now >= over => Ok(()),
			Status::Delisting(_) => Err(Error::<T>::NoticeNotOver),
			_ => Err(Error::<T>::NotDelisting),
		}
	}

	/// Whether `asset` is delisted and the time to leave is over.
	pub fn is_given_up(&mut self, asset: T::AssetId) -> Result<bool, Error<T>> {
		let now = self.now();
		Ok(matches!(self.entry(asset)?.asset.status, Status::Delisting(over) if now >= over))
	}

	/// Whether the account may end without its deposit of `asset`: as after a withdrawal, or because it never counted. A
	/// price that died is no reason: whoever owes something must not take home what secured it.
	fn can_spare(&mut self, account: &AccountOf<T>, asset: T::AssetId) -> Result<bool, Error<T>> {
		let mut without = account.clone();
		without.set(asset, None).ok_or(Error::<T>::AccountFull)?;
		if self.ensure_withdrawal(&without).is_ok() {
			return Ok(true);
		}
		let (held, rest) = (self.legs_at_last_prices(account)?, self.legs_at_last_prices(&without)?);
		let before = self.assess(account, &held)?;
		Ok(self.assess(&without, &rest)?.no_worse_than(&before))
	}
}
