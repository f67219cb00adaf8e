//! Sales to the market: a bounded share of its depth, each market at most once a block.
//!
//! Every sale lowers the price for the next one. So whoever sells for the pallet, and whatever pair, goes to a market
//! only if nobody has done so in this block: what follows finds a price that others have had a block to put right.

use crate::{
	house::value, ledger::Ledger, trading::Pair, AccountOf, Config, Error, MarketsUsed, Pallet, Venue, MAX_MARKETS_USED,
};
use alloc::vec::Vec;
use core::cmp::Reverse;
use frame_support::{ensure, traits::Get};
use margin_math::{Amount, Price, Rounding};
use margin_risk::{Leg, Side};
use sp_runtime::DispatchError;

/// Sizes that are tried for a sale, each a quarter of the one before.
const SALE_SIZES: u32 = 4;

/// What is to be sold to the market, and for how much at least.
pub(crate) struct Sale<T: Config> {
	pub from: T::AssetId,
	pub to: T::AssetId,
	pub amount_in: Amount,
	pub min_out: Amount,
}

impl<T: Config> Sale<T> {
	/// As much of the deposit as the market takes at `worst` dollars for a whole unit or more: no more than `most`, than
	/// pays the debt, than the pool can deliver, or than the market's depth allows at once; less, when only less brings
	/// that price. `None` if it takes nothing, or was used in this block.
	pub fn of(
		ledger: &mut Ledger<T>,
		deposit: &Leg<T::AssetId>,
		debt: &Leg<T::AssetId>,
		most: Amount,
		worst: Price,
	) -> Result<Option<Self>, Error<T>> {
		let (from, to) = (deposit.asset, debt.asset);
		let capacity = T::Venue::capacity(from, to, T::House::get().depth_share).unwrap_or_default();
		// A price at which nothing would ever pay the debt sets no bound to it.
		let enough = worst.amount_for(value::<T>(debt, Rounding::Up)?, deposit.decimals, Rounding::Up);
		let mut amount_in = most
			.min(deposit.amount)
			.min(Amount(capacity))
			.min(enough.unwrap_or(Amount(u128::MAX)))
			.min(ledger.entry(from)?.pool().liquidity);
		for _ in 0..SALE_SIZES {
			let min_out = worst
				.value_of(amount_in, deposit.decimals, Rounding::Up)
				.and_then(|v| debt.quote.live.amount_for(v, debt.decimals, Rounding::Up))
				.ok_or(Error::<T>::Overflow)?;
			if amount_in.is_zero() || min_out.is_zero() {
				return Ok(None);
			}
			if T::Venue::quote(from, to, amount_in.0).is_some_and(|paid| paid >= min_out.0) {
				let sale = Self {
					from,
					to,
					amount_in,
					min_out,
				};
				return Ok(sale.finds_fresh_markets().then_some(sale));
			}
			amount_in = Amount(amount_in.0.checked_div(4).unwrap_or(0));
		}
		Ok(None)
	}

	/// The markets on the way, each named by its assets in order.
	fn markets(&self) -> Vec<Pair<T>> {
		let hops = T::Venue::hops(self.from, self.to, self.amount_in.0).into_iter();
		hops.map(|(a, b)| (a.min(b), a.max(b))).collect()
	}

	fn finds_fresh_markets(&self) -> bool {
		let markets = self.markets();
		let (block, used) = MarketsUsed::<T>::get();
		let used = if block == frame_system::Pallet::<T>::block_number() {
			used.into_inner()
		} else {
			Vec::new()
		};
		let room = (MAX_MARKETS_USED as usize).saturating_sub(used.len());
		markets.len() <= room && !markets.iter().any(|market| used.contains(market))
	}

	/// Sells out of the pallet's account, and remembers the markets on the way for the rest of the block. Answers with
	/// what was paid.
	pub fn carry_out(&self) -> Result<Amount, DispatchError> {
		let markets = self.markets();
		let now = frame_system::Pallet::<T>::block_number();
		MarketsUsed::<T>::try_mutate(|(block, used)| {
			if *block != now {
				*block = now;
				used.truncate(0);
			}
			used.try_extend(markets.into_iter()).map_err(|_| Error::<T>::NoMarket)
		})?;
		let paid = T::Venue::sell(
			&Pallet::<T>::account_id(),
			self.from,
			self.to,
			self.amount_in.0,
			self.min_out.0,
		)?;
		ensure!(paid > 0, Error::<T>::NoMarket);
		Ok(Amount(paid))
	}
}

impl<T: Config> Pallet<T> {
	/// The sale of what `house` holds of `from`, for no less than `worst` dollars a whole unit, against the largest debt
	/// that a market leads to.
	pub(crate) fn next_sale(
		ledger: &mut Ledger<T>,
		house: &AccountOf<T>,
		from: T::AssetId,
		worst: Price,
	) -> Result<Option<Sale<T>>, Error<T>> {
		let mut legs = ledger.legs(house)?;
		legs.retain(|leg| leg.is_usable());
		let deposit = |leg: &&Leg<T::AssetId>| leg.asset == from && leg.side == Side::Deposit;
		let Some(deposit) = legs.iter().find(deposit).copied() else {
			return Ok(None);
		};
		let mut debts = Vec::new();
		for leg in legs.into_iter().filter(|leg| leg.side == Side::Debt) {
			debts.push((value::<T>(&leg, Rounding::Up)?, leg));
		}
		debts.sort_by_key(|(owed, leg)| (Reverse(*owed), leg.asset));
		let share = T::House::get().depth_share;
		let leads = |debt: &Leg<T::AssetId>| T::Venue::capacity(from, debt.asset, share).is_some_and(|most| most > 0);
		match debts.into_iter().find(|(_, debt)| leads(debt)) {
			Some((_, debt)) => Sale::of(ledger, &deposit, &debt, deposit.amount, worst),
			None => Ok(None),
		}
	}
}
