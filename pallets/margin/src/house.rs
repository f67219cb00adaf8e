//! The house takes over what is liquidated and sells it; the insurance fund stands behind it.
//!
//! Two accounts of the pallet, apart from each other and from every trader's. The house lives on credit from the
//! pools, up to its line; it sells collateral for what it owes, within a band around the live price and in small
//! parts of the market's depth; what is left when nothing is owed any more goes to the fund. A loss is booked once:
//! out of the fund, and what the fund cannot pay becomes a deficit of the pool that lent.

use crate::{
	account::Balance, ledger::Ledger, AccountOf, Config, Error, Event, Fund, House, Pallet, Venue, WeightInfo,
};
use alloc::vec::Vec;
use frame_support::{storage::with_storage_layer, traits::Get, weights::WeightMeter, CloneNoBound};
use margin_math::{Amount, Ratio, Rounding, Value};
use margin_risk::{Leg, Side};
use sp_runtime::{DispatchError, DispatchResult};

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

	pub fn store(&self) {
		House::<T>::put(&self.house);
		Fund::<T>::put(&self.fund);
	}

	/// What the house may still owe, in dollars.
	pub fn headroom(&self, ledger: &mut Ledger<T>, line: Value) -> Result<Value, Error<T>> {
		let owed = ledger.health(&self.house)?.debts;
		Ok(line.checked_sub(owed).ok_or(Error::<T>::Overflow)?.max(Value::ZERO))
	}

	/// Makes the house good for a loss of `loss` dollars: with the fund's shares at live prices, those of the assets
	/// owed first; then by turning what the house owes into a deficit of the pool that lent it, `debts` first.
	pub fn book_loss(
		&mut self,
		ledger: &mut Ledger<T>,
		loss: Value,
		debts: &[T::AssetId],
	) -> Result<Vec<Event<T>>, Error<T>> {
		for asset in debts {
			self.collect_reserves(ledger, *asset)?;
		}
		let left = self.draw_on_fund(ledger, loss, debts)?;
		let by_fund = loss.checked_sub(left).ok_or(Error::<T>::Overflow)?;
		let mut events = Vec::new();
		events.push(Event::LossBooked { loss, by_fund });
		if left > Value::ZERO {
			self.write_deficits(ledger, left, debts, &mut events)?;
		}
		Ok(events)
	}

	/// What the pool of `asset` set aside from interest becomes a deposit of the fund.
	fn collect_reserves(&mut self, ledger: &mut Ledger<T>, asset: T::AssetId) -> Result<(), Error<T>> {
		if ledger.entry(asset)?.pool().reserves.is_zero() {
			return Ok(());
		}
		let shares = ledger.pool(asset)?.sweep_reserves()?;
		ledger.add(&mut self.fund, asset, Balance::Deposit(shares))
	}

	/// Answers with what the fund could not pay.
	fn draw_on_fund(&mut self, ledger: &mut Ledger<T>, loss: Value, debts: &[T::AssetId]) -> Result<Value, Error<T>> {
		let mut left = loss;
		let mut legs = ledger.legs(&self.fund)?;
		legs.retain(|leg| leg.is_usable());
		legs.sort_by_key(|leg| (!debts.contains(&leg.asset), leg.asset));
		for leg in legs {
			if left <= Value::ZERO {
				break;
			}
			let worth = value(&leg, Rounding::Down)?;
			let Some(Balance::Deposit(held)) = self.fund.balance(leg.asset) else {
				continue;
			};
			let (shares, paid) = if worth <= left {
				(held, worth)
			} else {
				let part = leg
					.quote
					.live
					.amount_for(left, leg.decimals, Rounding::Up)
					.ok_or(Error::<T>::Overflow)?;
				(ledger.entry(leg.asset)?.pool().deposit_shares_for(part)?, left)
			};
			ledger.move_shares(&mut self.fund, &mut self.house, leg.asset, shares)?;
			left = left.checked_sub(paid).ok_or(Error::<T>::Overflow)?;
		}
		Ok(left)
	}

	fn write_deficits(
		&mut self,
		ledger: &mut Ledger<T>,
		loss: Value,
		debts: &[T::AssetId],
		events: &mut Vec<Event<T>>,
	) -> Result<(), Error<T>> {
		let mut left = loss;
		let mut legs = ledger.legs(&self.house)?;
		legs.retain(|leg| leg.side == Side::Debt && leg.is_usable());
		legs.sort_by_key(|leg| (!debts.contains(&leg.asset), leg.asset));
		for leg in legs {
			if left <= Value::ZERO {
				break;
			}
			let Some(Balance::Debt(held)) = self.house.balance(leg.asset) else {
				continue;
			};
			let worth = value(&leg, Rounding::Up)?;
			let shares = if worth <= left {
				held
			} else {
				let part = leg
					.quote
					.live
					.amount_for(left, leg.decimals, Rounding::Down)
					.ok_or(Error::<T>::Overflow)?;
				ledger.entry(leg.asset)?.pool().debt_shares_for(part)?.min(held)
			};
			let amount = ledger.pool(leg.asset)?.write_deficit(shares)?;
			let rest = Balance::Debt(held.saturating_sub(shares));
			self.house.set(leg.asset, Some(rest)).ok_or(Error::<T>::AccountFull)?;
			left = left.checked_sub(worth.min(left)).ok_or(Error::<T>::Overflow)?;
			if !amount.is_zero() {
				events.push(Event::DeficitBooked {
					asset: leg.asset,
					amount,
				});
			}
		}
		Ok(())
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
fn at_most<T: Config>(legs: &[Leg<T::AssetId>]) -> Result<Value, Error<T>> {
	legs.iter().try_fold(Value::ZERO, |sum, leg| {
		let worth = leg.quote.highest().value_of(leg.amount, leg.decimals, Rounding::Up);
		worth
			.and_then(|worth| sum.checked_add(worth))
			.ok_or(Error::<T>::Overflow)
	})
}

/// Sizes that are tried for a sale, each a quarter of the one before.
const SALE_SIZES: u32 = 4;

/// What the house decides to sell, and for how much at least.
struct Sale<T: Config> {
	from: T::AssetId,
	to: T::AssetId,
	amount_in: Amount,
	min_out: Amount,
}

impl<T: Config> Pallet<T> {
	/// The house's share of a block: one sale for each asset that it holds, then the settlement. Stops when the
	/// meter runs out; what fails is tried again in the next block.
	pub(crate) fn work_house(meter: &mut WeightMeter) {
		if meter.try_consume(T::WeightInfo::house_idle()).is_err() {
			return;
		}
		let assets: Vec<_> = House::<T>::get().holdings.iter().map(|h| h.asset).collect();
		if assets.is_empty() {
			return;
		}
		for asset in assets {
			if meter.try_consume(T::WeightInfo::house_sale()).is_err() {
				return;
			}
			// A market that is thin, far from the live price or closed is no error: the house waits.
			let _ = with_storage_layer(|| Self::sell_for_house(asset));
		}
		if meter.try_consume(T::WeightInfo::house_settle()).is_ok() {
			if let Err(error) = with_storage_layer(Self::settle_house) {
				log::warn!(target: crate::LOG_TARGET, "the house could not be settled: {error:?}");
			}
		}
	}

	pub(crate) fn sell_for_house(from: T::AssetId) -> Result<(), DispatchError> {
		let mut ledger = Ledger::<T>::new();
		let mut silo = Silo::<T>::load();
		let Some(sale) = Self::next_sale(&mut ledger, &silo.house, from)? else {
			return Ok(());
		};
		let Sale {
			from,
			to,
			amount_in,
			min_out,
		} = sale;
		ledger.debit(&mut silo.house, from, amount_in)?;
		let amount_out = T::Venue::sell(&Self::account_id(), from, to, amount_in.0, min_out.0)?;
		ledger.credit(&mut silo.house, to, Amount(amount_out))?;
		ledger.commit();
		silo.store();
		Self::deposit_event(Event::HouseSold {
			sold: from,
			amount_in,
			bought: to,
			amount_out: Amount(amount_out),
		});
		Ok(())
	}

	/// Sells a deposit of `from` for the largest debt that has a market: no more than pays it, than the pool can
	/// deliver, or than the market's depth allows at once; less, when only less can be sold within the band.
	fn next_sale(ledger: &mut Ledger<T>, house: &AccountOf<T>, from: T::AssetId) -> Result<Option<Sale<T>>, Error<T>> {
		let params = T::House::get();
		let mut legs = ledger.legs(house)?;
		legs.retain(|leg| leg.is_usable());
		let Some(deposit) = legs
			.iter()
			.find(|leg| leg.asset == from && leg.side == Side::Deposit)
			.copied()
		else {
			return Ok(None);
		};
		let mut debts = Vec::new();
		for leg in legs.into_iter().filter(|leg| leg.side == Side::Debt) {
			debts.push((value::<T>(&leg, Rounding::Up)?, leg));
		}
		debts.sort_by_key(|(owed, leg)| (core::cmp::Reverse(*owed), leg.asset));
		let market = debts.into_iter().find_map(|(owed, leg)| {
			let capacity = T::Venue::capacity(from, leg.asset, params.depth_share).filter(|capacity| *capacity > 0)?;
			Some((owed, leg, Amount(capacity)))
		});
		let Some((owed, debt, capacity)) = market else {
			return Ok(None);
		};

		let worst = Ratio::ONE.checked_sub(params.band).ok_or(Error::<T>::Overflow)?;
		let enough = owed
			.div_ratio(worst, Rounding::Up)
			.and_then(|v| deposit.quote.live.amount_for(v, deposit.decimals, Rounding::Up))
			.ok_or(Error::<T>::Overflow)?;
		let mut amount_in = deposit
			.amount
			.min(enough)
			.min(capacity)
			.min(ledger.entry(from)?.pool().liquidity);
		for _ in 0..SALE_SIZES {
			let min_out = deposit
				.quote
				.live
				.value_of(amount_in, deposit.decimals, Rounding::Up)
				.and_then(|v| v.mul_ratio(worst, Rounding::Up))
				.and_then(|v| debt.quote.live.amount_for(v, debt.decimals, Rounding::Up))
				.ok_or(Error::<T>::Overflow)?;
			if amount_in.is_zero() || min_out.is_zero() {
				return Ok(None);
			}
			if T::Venue::quote(from, debt.asset, amount_in.0).is_some_and(|paid| paid >= min_out.0) {
				return Ok(Some(Sale {
					from,
					to: debt.asset,
					amount_in,
					min_out,
				}));
			}
			amount_in = Amount(amount_in.0.checked_div(4).unwrap_or(0));
		}
		Ok(None)
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

	/// What the pool of `asset` set aside from interest, moved to the fund.
	pub(crate) fn collect_reserves(asset: T::AssetId) -> DispatchResult {
		let mut ledger = Ledger::<T>::new();
		let mut silo = Silo::<T>::load();
		silo.collect_reserves(&mut ledger, asset)?;
		ledger.commit();
		Fund::<T>::put(&silo.fund);
		Ok(())
	}
}
