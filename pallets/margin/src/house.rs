//! The house takes over what is liquidated and sells it; the insurance fund stands behind it.
//!
//! Two accounts of the pallet, apart from each other and from every trader's. The house lives on credit from the
//! pools, up to its line, and holds no more than its caps; what it took is auctioned (`seller`) for what it owes, and
//! what is left when nothing is owed any more goes to the fund (`fund`). A loss is booked once: out of the fund, and
//! what the fund cannot pay becomes a deficit of the pool that lent (`deficit`).

use crate::{account::Balance, ledger::Ledger, AccountOf, Config, Error, Event, Fund, House, Pallet, WeightInfo};
use alloc::vec::Vec;
use frame_support::{storage::with_storage_layer, traits::Get, weights::WeightMeter, CloneNoBound};
use margin_math::{Rounding, Value};
use margin_risk::{Leg, Side};
use sp_runtime::DispatchError;

/// The pallet's two own accounts, in memory.
#[derive(CloneNoBound)]
pub(crate) struct Silo<T: Config> {
	pub house: AccountOf<T>,
	pub fund: AccountOf<T>,
}

impl<T: Config> Silo<T> {
	pub fn load() -> Self {
		Self {
			house: House::<T>::get(),
			fund: Fund::<T>::get(),
		}
	}

	/// Writes both. They take on no risk with what they hold, so it need not season.
	pub fn store(&mut self) {
		for account in [&mut self.house, &mut self.fund] {
			account.fresh.truncate(0);
		}
		House::<T>::put(&self.house);
		Fund::<T>::put(&self.fund);
	}
}

/// Dollars of a leg at the live price.
pub(crate) fn value<T: Config>(leg: &Leg<T::AssetId>, rounding: Rounding) -> Result<Value, Error<T>> {
	leg.quote
		.live
		.value_of(leg.amount, leg.decimals, rounding)
		.ok_or(Error::<T>::Overflow)
}

/// Dollars of the legs at the live prices, rounded up.
fn total<T: Config>(legs: &[Leg<T::AssetId>]) -> Result<Value, Error<T>> {
	legs.iter().try_fold(Value::ZERO, |sum, leg| {
		sum.checked_add(value::<T>(leg, Rounding::Up)?)
			.ok_or(Error::<T>::Overflow)
	})
}

/// The most that the legs may be worth: a price that is held back counts when it is the higher one.
pub(crate) fn at_most<T: Config>(legs: &[Leg<T::AssetId>]) -> Result<Value, Error<T>> {
	legs.iter().try_fold(Value::ZERO, |sum, leg| {
		let worth = leg.quote.highest().value_of(leg.amount, leg.decimals, Rounding::Up);
		worth
			.and_then(|worth| sum.checked_add(worth))
			.ok_or(Error::<T>::Overflow)
	})
}

impl<T: Config> Pallet<T> {
	/// The house's share of a block: its settlement. What it sells is auctioned. What fails is tried again in the next
	/// block.
	pub(crate) fn work_house(meter: &mut WeightMeter) {
		if meter.try_consume(T::WeightInfo::house_idle()).is_err() || House::<T>::get().is_empty() {
			return;
		}
		if meter.try_consume(T::WeightInfo::house_settle()).is_ok() {
			if let Err(error) = with_storage_layer(Self::settle_house) {
				log::warn!(target: crate::LOG_TARGET, "the house could not be settled: {error:?}");
			}
		}
	}

	/// With nothing owed, what is left is the fund's. With nothing left to sell, what is owed is a loss; a rest below
	/// the least bite is not worth a sale, and the fund takes it with the loss.
	pub(crate) fn settle_house() -> Result<(), DispatchError> {
		let mut ledger = Ledger::<T>::new();
		let mut silo = Silo::<T>::load();
		// An inventory whose price died waits for the next one: it must not be written off first.
		let legs = ledger.legs_at_last_prices(&silo.house)?;
		let (debts, deposits): (Vec<_>, Vec<_>) = legs.into_iter().partition(|leg| leg.side == Side::Debt);
		let priced = debts.iter().all(|leg| leg.is_usable());
		let sold = priced && at_most::<T>(&deposits)? < T::House::get().liquidation.min_bite;
		if !debts.is_empty() && !sold {
			return Ok(());
		}
		let mut events = Vec::new();
		for leg in &deposits {
			if let Some(Balance::Deposit(shares)) = silo.house.balance(leg.asset) {
				ledger.move_shares(&mut silo.house, &mut silo.fund, leg.asset, shares)?;
			}
		}
		if !deposits.is_empty() {
			let proceeds = deposits.iter().map(|leg| (leg.asset, leg.amount)).collect();
			events.push(Event::HouseSettled { proceeds });
		}
		if !debts.is_empty() {
			let assets: Vec<_> = debts.iter().map(|leg| leg.asset).collect();
			events.extend(silo.book_loss(&mut ledger, total::<T>(&debts)?, &assets)?);
		}
		ledger.commit();
		silo.store();
		events.into_iter().for_each(Self::deposit_event);
		Ok(())
	}
}
