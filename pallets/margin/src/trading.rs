//! Trades inside an account: what the account lacks is borrowed, so that one call opens a leveraged position.

use crate::{
	account::{Balance, SubAccount},
	asset::Tier,
	ledger::{Credited, Debited, Ledger},
	AccountOf, Config, Error, Event, Pallet, Venue,
};
use frame_support::ensure;
use margin_math::Amount;
use sp_runtime::{DispatchError, DispatchResult};

/// The asset sold and the asset bought.
pub(crate) type Pair<T> = (<T as Config>::AssetId, <T as Config>::AssetId);

/// One asset for another, with one side fixed.
#[derive(Clone, Copy)]
pub(crate) enum Deal {
	/// Sells exactly so much, for no less than the other.
	Sell {
		/// How much is sold.
		amount_in: Amount,
		/// What it must bring.
		min_out: Amount,
	},
	/// Buys exactly so much, for no more than the other.
	Buy {
		/// How much is bought.
		amount_out: Amount,
		/// What it may cost.
		max_in: Amount,
	},
}

/// What a trader bounds beside the deal, and the errors that name the bounds.
pub(crate) struct Bounds<T> {
	/// The price is worse than the deal allows.
	pub price: Error<T>,
	/// Most that may be borrowed of what is sold.
	pub max_borrow: Amount,
	/// More than that is lacking.
	pub borrow: Error<T>,
	/// Whether what is bought may go into a pool that takes no more: nobody is kept in a position.
	pub above_cap: bool,
}

impl<T> Bounds<T> {
	/// The price alone: whatever is lacking is borrowed.
	pub fn price(error: Error<T>) -> Self {
		Self {
			price: error,
			max_borrow: Amount(u128::MAX),
			borrow: Error::<T>::BorrowBeyondLimit,
			above_cap: false,
		}
	}
}

/// What a trade did.
pub(crate) struct Traded {
	pub amount_in: Amount,
	pub amount_out: Amount,
	pub debited: Debited,
	pub credited: Credited,
}

impl<T: Config> Ledger<T> {
	/// What the account has of `asset`: zero when it owes it.
	pub fn held(&mut self, account: &AccountOf<T>, asset: T::AssetId) -> Result<Amount, Error<T>> {
		match account.balance(asset) {
			Some(Balance::Deposit(shares)) => Ok(self.entry(asset)?.pool().deposit_value(shares)?),
			_ => Ok(Amount::ZERO),
		}
	}

	/// What the account owes of `asset`: zero when it holds it.
	pub fn owed(&mut self, account: &AccountOf<T>, asset: T::AssetId) -> Result<Amount, Error<T>> {
		match account.balance(asset) {
			Some(Balance::Debt(shares)) => Ok(self.entry(asset)?.pool().debt_value(shares)?),
			_ => Ok(Amount::ZERO),
		}
	}

	/// `asset` may be owed, or be held beside a debt, in an account of this mode.
	pub fn ensure_tier_of(&mut self, account: &AccountOf<T>, asset: T::AssetId) -> Result<(), Error<T>> {
		let tier = self.entry(asset)?.config().tier;
		ensure!(
			tier == Tier::Cross || account.mode.is_isolated() || !account.has_debt(),
			Error::<T>::IsolatedOnly
		);
		Ok(())
	}
}

impl<T: Config> Pallet<T> {
	/// Trades `from` for `to` inside the account in memory, at the venue. Everything is checked but the account's
	/// health, which the caller compares.
	pub(crate) fn trade(
		ledger: &mut Ledger<T>,
		account: &mut AccountOf<T>,
		(from, to): Pair<T>,
		deal: Deal,
		bounds: Bounds<T>,
	) -> Result<Traded, DispatchError> {
		ensure!(from != to, Error::<T>::SameAsset);
		ledger.ensure_may_trade(from)?;
		ledger.ensure_may_trade(to)?;
		let (amount_in, quoted) = match deal {
			Deal::Sell { amount_in, min_out } => {
				let paid = T::Venue::quote(from, to, amount_in.0).ok_or(Error::<T>::NoMarket)?;
				ensure!(paid >= min_out.0, bounds.price);
				(amount_in, Amount(paid))
			},
			Deal::Buy { amount_out, max_in } => {
				let cost = T::Venue::cost(from, to, amount_out.0).ok_or(Error::<T>::NoMarket)?;
				ensure!(cost <= max_in.0, bounds.price);
				(Amount(cost), amount_out)
			},
		};
		let lacking = amount_in.saturating_sub(ledger.held(account, from)?);
		ensure!(lacking <= bounds.max_borrow, bounds.borrow);
		let debited = ledger.debit(account, from, amount_in)?;
		let amount_out = Self::exchange((from, to), deal, amount_in, quoted)?;
		ensure!(!amount_out.is_zero(), Error::<T>::AmountTooSmall);
		let credited = ledger.credit(account, to, amount_out)?;
		ledger.ensure_may_borrow(from, &debited)?;
		ledger.flow_out(from, debited.borrowed)?;
		ledger.flow_in(to, credited.repaid, credited.repaid)?;
		ledger.ensure_may_buy(account, to, &credited, bounds.above_cap)?;
		ledger.ensure_fits(account, &[from, to])?;
		if !debited.borrowed.is_zero() {
			ledger.ensure_account_cap(account, from)?;
			ledger.ensure_tier_of(account, from)?;
		}
		Ok(Traded {
			amount_in,
			amount_out,
			debited,
			credited,
		})
	}

	/// Carries a deal out at the venue as it was quoted. Answers with what was bought.
	fn exchange((from, to): Pair<T>, deal: Deal, amount_in: Amount, quoted: Amount) -> Result<Amount, DispatchError> {
		let who = Self::account_id();
		match deal {
			Deal::Sell { min_out, .. } => T::Venue::sell(&who, from, to, amount_in.0, min_out.0).map(Amount),
			Deal::Buy { amount_out, .. } => {
				let paid = T::Venue::buy(&who, from, to, amount_out.0, amount_in.0)?;
				ensure!(paid == amount_in.0, Error::<T>::NoMarket);
				Ok(quoted)
			},
		}
	}

	/// Tells of a trade.
	pub(crate) fn swapped(owner: &T::AccountId, sub: SubAccount, from: T::AssetId, to: T::AssetId, traded: &Traded) {
		Self::deposit_event(Event::Swapped {
			owner: owner.clone(),
			sub,
			from,
			to,
			amount_in: traded.amount_in,
			amount_out: traded.amount_out,
			borrowed: traded.debited.borrowed,
			repaid: traded.credited.repaid,
		});
	}

	pub(crate) fn do_swap(
		owner: &T::AccountId,
		sub: SubAccount,
		from: T::AssetId,
		to: T::AssetId,
		amount_in: Amount,
		min_out: Amount,
	) -> DispatchResult {
		let mut ledger = Ledger::<T>::new();
		Self::ensure_amount(&mut ledger, from, amount_in)?;
		ledger.entry(to)?;
		let before = Self::account(owner, sub)?;
		let mut account = before.clone();
		let health = ledger.health(&account)?;
		let deal = Deal::Sell { amount_in, min_out };
		let bounds = Bounds::price(Error::<T>::LimitNotMet);
		let traded = Self::trade(&mut ledger, &mut account, (from, to), deal, bounds)?;
		ledger.ensure_initial_or_no_worse(&account, &health)?;
		ledger.commit();
		Self::store(&mut ledger, owner, sub, &before, account);
		Self::swapped(owner, sub, from, to, &traded);
		Ok(())
	}
}
