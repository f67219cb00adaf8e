//! What nobody bought goes in kind to the suppliers of what the house owes for it.

use crate::{
	account::Balance,
	house::{value, Silo},
	ledger::Ledger,
	Config, Error, Event, Pallet,
};
use alloc::vec::Vec;
use frame_support::ensure;
use margin_math::{mul_div, Amount, Rounding, Shares, Value};
use margin_risk::{Leg, Side};
use sp_runtime::DispatchResult;

/// The part of a lot that goes for one of the house's debts.
struct Part<AssetId> {
	/// The pool that lent.
	pool: AssetId,
	/// Shares of what is handed out.
	shares: Shares,
	/// Shares of the debt that it is worth at the live price.
	covered: Shares,
}

impl<T: Config> Silo<T> {
	/// Splits what the house holds of `asset` over what it owes, by value: all of it, or as much as all debts are worth.
	fn parts(&self, ledger: &mut Ledger<T>, asset: T::AssetId) -> Result<Vec<Part<T::AssetId>>, Error<T>> {
		let Some(Balance::Deposit(held)) = self.house.balance(asset) else {
			return Err(Error::<T>::NotOnOffer);
		};
		ledger.ensure_usable(asset)?;
		let legs = ledger.legs_at_last_prices(&self.house)?;
		let lot = legs
			.iter()
			.find(|leg| leg.asset == asset)
			.ok_or(Error::<T>::NotOnOffer)?;
		let mut debts = Vec::new();
		let mut owed = Value::ZERO;
		for leg in legs.iter().filter(|leg| leg.side == Side::Debt && leg.is_usable()) {
			let worth = value::<T>(leg, Rounding::Up)?;
			owed = owed.checked_add(worth).ok_or(Error::<T>::Overflow)?;
			debts.push((leg, worth));
		}
		ensure!(!debts.is_empty(), Error::<T>::NotOnOffer);
		let worth = value::<T>(lot, Rounding::Down)?;
		let (shares, all) = if worth > owed {
			(self.worth_of(ledger, lot, owed)?.min(held), owed)
		} else {
			(held, worth)
		};
		let of = |whole: u128, part: Value| {
			let (part, all) = (part.raw().unsigned_abs(), owed.raw().unsigned_abs());
			mul_div(whole, part, all, Rounding::Down).ok_or(Error::<T>::Overflow)
		};
		let mut parts = Vec::with_capacity(debts.len());
		for (leg, worth) in debts {
			let value = i128::try_from(of(all.raw().unsigned_abs(), worth)?).map_err(|_| Error::<T>::Overflow)?;
			let amount = leg
				.quote
				.live
				.amount_for(Value::from_raw(value), leg.decimals, Rounding::Down)
				.ok_or(Error::<T>::Overflow)?;
			parts.push(Part {
				pool: leg.asset,
				shares: Shares(of(shares.0, worth)?),
				covered: ledger.entry(leg.asset)?.pool().debt_shares_for(amount)?,
			});
		}
		Ok(parts)
	}

	/// The deposit shares of a leg that are worth so many dollars, rounded down.
	fn worth_of(&self, ledger: &mut Ledger<T>, leg: &Leg<T::AssetId>, dollars: Value) -> Result<Shares, Error<T>> {
		let amount = leg.quote.live.amount_for(dollars, leg.decimals, Rounding::Down);
		let amount = amount.ok_or(Error::<T>::Overflow)?;
		Ok(ledger.entry(leg.asset)?.pool().deposit_shares_within(amount)?)
	}
}

impl<T: Config> Pallet<T> {
	/// Hands out what the house holds of `asset`: the house owes so much less, and the fund gets the lot.
	pub(crate) fn do_hand_out(asset: T::AssetId) -> DispatchResult {
		let mut ledger = Ledger::<T>::new();
		let mut silo = Silo::<T>::load();
		for part in silo.parts(&mut ledger, asset)? {
			let amount = silo.default_on(&mut ledger, part.pool, part.covered)?;
			ledger.move_shares(&mut silo.house, &mut silo.fund, asset, part.shares)?;
			if amount > Amount::ZERO {
				Self::deposit_event(Event::DeficitBooked {
					asset: part.pool,
					amount,
				});
			}
		}
		ledger.commit();
		silo.store();
		Ok(())
	}
}
