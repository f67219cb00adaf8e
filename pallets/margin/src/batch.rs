//! Steps on several accounts in one go: what they share is read once, and written once.

use crate::{
	account::SubAccount,
	bucket::Bucket,
	house::Silo,
	ledger::Ledger,
	liquidation::{Outcome, Plan},
	trading::Pair,
	AccountOf, Accounts, Config, Door, Error, Escrow, GenerationsOf, Index, Pallet,
};
use alloc::collections::BTreeSet;
use frame_support::storage::with_storage_layer;
use sp_runtime::DispatchResult;

/// What there is to do about an account of the index.
pub(crate) enum Outlook<T: Config> {
	/// Below maintenance, and this step is worth trying.
	Step(Plan<T>),
	/// Below maintenance, and the house has no room for it: what might be sold, and the debt to sell it for.
	NoRoom(Option<Pair<T>>),
	/// Below maintenance, unless what it was given in kind makes it whole: that has to be booked first.
	Claims,
	/// Below maintenance, and no step is possible now.
	Wait,
	/// Not below maintenance, or not to be weighed.
	Healthy,
}

/// The working set of a batch. Its accounts are written as they are dealt with, the rest by [`Batch::commit`].
pub(crate) struct Batch<T: Config> {
	pub ledger: Ledger<T>,
	silo: Silo<T>,
	escrow: Option<AccountOf<T>>,
	index: GenerationsOf<T>,
	house_full: bool,
	steps: u32,
	tried: u32,
	offered: BTreeSet<Pair<T>>,
}

impl<T: Config> Batch<T> {
	pub fn new(ledger: Ledger<T>) -> Self {
		Self {
			ledger,
			silo: Silo::load(),
			escrow: None,
			index: Index::<T>::get(),
			house_full: false,
			steps: 0,
			tried: 0,
			offered: BTreeSet::new(),
		}
	}

	/// Whether a step on the account is worth trying: below maintenance, with a debt that may be repaid, and, while it has
	/// equity, with collateral that may be taken and room for it in the house.
	pub fn outlook(&mut self, account: &AccountOf<T>) -> Outlook<T> {
		match self.outlook_as_it_stands(account) {
			Outlook::Healthy => Outlook::Healthy,
			_ if self.ledger.has_claims(account).unwrap_or(false) => Outlook::Claims,
			outlook => outlook,
		}
	}

	/// The same, whatever it may claim.
	pub fn outlook_as_it_stands(&mut self, account: &AccountOf<T>) -> Outlook<T> {
		match Plan::<T>::of(&mut self.ledger, account) {
			Ok(plan) if plan.step.takeover || !self.house_full => Outlook::Step(plan),
			Ok(plan) => Outlook::NoRoom(plan.first_pair()),
			Err(Error::NothingToSeize) => Outlook::Wait,
			Err(_) => Outlook::Healthy,
		}
	}

	/// The account with the step that is worth trying on it, if there is one.
	pub fn planned(&mut self, owner: &T::AccountId, sub: SubAccount) -> Option<(AccountOf<T>, Plan<T>)> {
		let account = Accounts::<T>::get(owner, sub)?;
		match self.outlook(&account) {
			Outlook::Step(plan) => Some((account, plan)),
			_ => None,
		}
	}

	/// What the account was given in kind becomes its deposits. What fails changes nothing.
	pub fn book_claims(&mut self, owner: &T::AccountId, sub: SubAccount) -> Result<(), Error<T>> {
		let before = Pallet::<T>::account(owner, sub)?;
		let (mut account, ledger) = (before.clone(), self.ledger.clone());
		let mut escrow = self.escrow.clone().unwrap_or_else(Escrow::<T>::get);
		match Pallet::<T>::claim_all(&mut self.ledger, &mut escrow, (owner, sub), &mut account) {
			Ok(events) => {
				self.steps = self.steps.saturating_add(1);
				self.escrow = Some(escrow);
				Pallet::<T>::store(&mut self.ledger, owner, sub, &before, account);
				events.into_iter().for_each(Pallet::<T>::deposit_event);
				Ok(())
			},
			Err(error) => {
				self.ledger = ledger;
				Err(error)
			},
		}
	}

	/// A step in memory: the ledger and the house are as after it. What fails changes nothing.
	pub fn try_step(
		&mut self,
		owner: &T::AccountId,
		sub: SubAccount,
		account: AccountOf<T>,
		plan: Plan<T>,
		door: Door<T::AccountId>,
	) -> Result<Outcome<T>, Error<T>> {
		self.tried = self.tried.saturating_add(1);
		let (ledger, silo) = (self.ledger.clone(), self.silo.clone());
		let outcome = Pallet::<T>::step(&mut self.ledger, &mut self.silo, owner, sub, account, plan, door);
		match &outcome {
			Ok(_) => self.steps = self.steps.saturating_add(1),
			Err(error) => {
				self.house_full |= matches!(error, Error::HouseFull);
				(self.ledger, self.silo) = (ledger, silo);
			},
		}
		outcome
	}

	/// A step, with the account written and told.
	pub fn step(
		&mut self,
		owner: &T::AccountId,
		sub: SubAccount,
		account: AccountOf<T>,
		plan: Plan<T>,
		door: Door<T::AccountId>,
	) -> Result<(), Error<T>> {
		let outcome = self.try_step(owner, sub, account, plan, door)?;
		Pallet::<T>::store(&mut self.ledger, owner, sub, &outcome.before, outcome.account);
		outcome.events.into_iter().for_each(Pallet::<T>::deposit_event);
		Ok(())
	}

	/// Whether the market may still take what is sold of the pair in this walk. Once it took some, or refused more than
	/// dust, it takes no more: so accounts that cannot be sold do not stand in the way of those that can.
	pub fn may_sell(&self, pair: &Pair<T>) -> bool {
		!self.offered.contains(pair)
	}

	/// A step past the house: some of the account's collateral is sold to the market for its debt. What fails changes
	/// nothing.
	pub fn market_step(&mut self, owner: &T::AccountId, sub: SubAccount, pair: Pair<T>) -> DispatchResult {
		let sold = self.sell_some(owner, sub);
		if sold.is_ok() || sold == Err(Error::<T>::NoMarket.into()) {
			self.offered.insert(pair);
		}
		sold
	}

	fn sell_some(&mut self, owner: &T::AccountId, sub: SubAccount) -> DispatchResult {
		let account = Pallet::<T>::account(owner, sub)?;
		let ledger = self.ledger.clone();
		let outcome = with_storage_layer(|| Pallet::<T>::market_step(&mut self.ledger, owner, sub, account));
		match outcome {
			Ok(outcome) => {
				self.steps = self.steps.saturating_add(1);
				Pallet::<T>::store(&mut self.ledger, owner, sub, &outcome.before, outcome.account);
				outcome.events.into_iter().for_each(Pallet::<T>::deposit_event);
				Ok(())
			},
			Err(error) => {
				self.ledger = ledger;
				Err(error)
			},
		}
	}

	/// Whether an account of the index lies in the bucket where it belongs now.
	pub fn is_filed_right(&mut self, account: Option<&AccountOf<T>>, bucket: Bucket) -> bool {
		account.is_some_and(|account| {
			account.filed == Some(bucket) && self.ledger.filing(account, &self.index.current) == bucket
		})
	}

	/// How many steps were taken.
	pub fn steps(&self) -> u32 {
		self.steps
	}

	/// How many steps were tried, those that failed included.
	pub fn tried(&self) -> u32 {
		self.tried
	}

	/// Writes pools, house, fund and escrow.
	pub fn commit(mut self) {
		if self.steps > 0 {
			self.ledger.commit();
			self.silo.store();
			if let Some(escrow) = self.escrow {
				Escrow::<T>::put(escrow);
			}
		}
	}
}
