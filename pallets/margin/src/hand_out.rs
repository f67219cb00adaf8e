//! What nobody bought goes in kind to the suppliers of what the house owes for it.

use crate::{
	account::Balance,
	house::{value, Silo},
	ledger::Ledger,
	Config, Error, Escrow, Event, Pallet,
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
		let enough = worth >= owed;
		let (shares, all) = if enough {
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
			let covered = ledger.entry(leg.asset)?.pool().debt_shares_for(amount)?;
			parts.push(Part {
				pool: leg.asset,
				shares: Shares(of(shares.0, worth)?),
				// No last unit is left owed.
				covered: if enough { Shares(u128::MAX) } else { covered },
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
	/// Hands out what the house holds of `asset`. The house owes so much less; the suppliers who lent for it lose as much of
	/// their deposits, and have a claim on their part of the lot instead.
	pub(crate) fn do_hand_out(asset: T::AssetId) -> DispatchResult {
		let mut ledger = Ledger::<T>::new();
		let mut silo = Silo::<T>::load();
		let mut escrow = Escrow::<T>::get();
		let mut events = Vec::new();
		for part in silo.parts(&mut ledger, asset)? {
			// So that the fund bears its share of what its pools have set aside.
			silo.collect_reserves(&mut ledger, part.pool)?;
			let lost = silo.default_on(&mut ledger, part.pool, part.covered)?;
			let amount = ledger
				.entry(asset)?
				.pool()
				.deposit_value(part.shares)
				.map_err(Error::<T>::from)?;
			// Something stays of every deposit.
			let most = ledger.entry(part.pool)?.pool().deposits.saturating_sub(Amount(1));
			let written_off = lost.min(most);
			let booked = if ledger.grant(part.pool, asset, part.shares)? {
				ledger.move_shares(&mut silo.house, &mut escrow, asset, part.shares)?;
				Self::note_write_off(part.pool, ledger.entry(part.pool)?.pool().deposit_index());
				ledger
					.pool(part.pool)?
					.write_off(written_off)
					.map_err(Error::<T>::from)?;
				events.push(Event::HandedOut {
					asset,
					amount,
					pool: part.pool,
					written_off,
				});
				lost.saturating_sub(written_off)
			} else {
				// Nobody is there to take it, or too many wait for what they were given before: the fund takes it.
				ledger.move_shares(&mut silo.house, &mut silo.fund, asset, part.shares)?;
				lost
			};
			if !booked.is_zero() {
				events.push(Event::DeficitBooked {
					asset: part.pool,
					amount: booked,
				});
			}
		}
		ledger.commit();
		silo.store();
		Escrow::<T>::put(escrow);
		events.into_iter().for_each(Self::deposit_event);
		Ok(())
	}
}
