//! Trades inside an account: what the account lacks is borrowed, so that one call opens a leveraged position.

use crate::{
	account::SubAccount,
	ledger::{Credited, Debited, Ledger},
	AccountOf, Config, Error, Event, Pallet, Venue,
};
use frame_support::ensure;
use margin_math::Amount;
use sp_runtime::{DispatchError, DispatchResult};

/// One asset for another, with one side fixed.
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

/// What a trade did.
pub(crate) struct Traded {
	pub amount_in: Amount,
	pub amount_out: Amount,
	pub debited: Debited,
	pub credited: Credited,
}

impl<T: Config> Pallet<T> {
	/// Trades `from` for `to` inside the account in memory, at the venue. Everything is checked but the account's
	/// health, which the caller compares. `beyond` is the error for a price beyond the deal's limit.
	pub(crate) fn trade(
		ledger: &mut Ledger<T>,
		account: &mut AccountOf<T>,
		(from, to): (T::AssetId, T::AssetId),
		deal: Deal,
		beyond: Error<T>,
	) -> Result<Traded, DispatchError> {
		ensure!(from != to, Error::<T>::SameAsset);
		ledger.ensure_may_trade(from)?;
		ledger.ensure_may_trade(to)?;
		let venue = Self::account_id();
		let (amount_in, debited, amount_out) = match deal {
			Deal::Sell { amount_in, min_out } => {
				let debited = ledger.debit(account, from, amount_in)?;
				let quoted = T::Venue::quote(from, to, amount_in.0).ok_or(Error::<T>::NoMarket)?;
				ensure!(quoted >= min_out.0, beyond);
				let out = T::Venue::sell(&venue, from, to, amount_in.0, min_out.0)?;
				(amount_in, debited, Amount(out))
			},
			Deal::Buy { amount_out, max_in } => {
				let cost = T::Venue::cost(from, to, amount_out.0).ok_or(Error::<T>::NoMarket)?;
				ensure!(cost <= max_in.0, beyond);
				let debited = ledger.debit(account, from, Amount(cost))?;
				let paid = T::Venue::buy(&venue, from, to, amount_out.0, cost)?;
				ensure!(paid == cost, Error::<T>::NoMarket);
				(Amount(cost), debited, amount_out)
			},
		};
		ensure!(!amount_out.is_zero(), Error::<T>::AmountTooSmall);
		let credited = ledger.credit(account, to, amount_out)?;
		ledger.ensure_may_borrow(from, &debited)?;
		ledger.flow_out(from, debited.borrowed)?;
		ledger.flow_in(to, credited.repaid, credited.repaid)?;
		ledger.ensure_may_buy(account, to, &credited)?;
		ledger.ensure_fits(account, &[from, to])?;
		if !debited.borrowed.is_zero() {
			ledger.ensure_account_cap(account, from)?;
		}
		Ok(Traded {
			amount_in,
			amount_out,
			debited,
			credited,
		})
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
		ensure!(!amount_in.is_zero(), Error::<T>::AmountZero);
		let mut ledger = Ledger::<T>::new();
		ensure!(
			amount_in >= ledger.entry(from)?.config().min_amount,
			Error::<T>::AmountTooSmall
		);
		ledger.entry(to)?;
		let before = Self::account(owner, sub)?;
		let mut account = before.clone();
		let health = ledger.health(&account)?;
		let deal = Deal::Sell { amount_in, min_out };
		let traded = Self::trade(&mut ledger, &mut account, (from, to), deal, Error::<T>::LimitNotMet)?;
		ledger.ensure_initial_or_no_worse(&account, &health)?;
		ledger.commit();
		Self::store(owner, sub, &before, &account);
		Self::swapped(owner, sub, from, to, &traded);
		Ok(())
	}
}
