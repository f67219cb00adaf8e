//! The insurance fund: pool shares that stand for losses.

use crate::{
	account::Balance,
	house::{value, Silo},
	ledger::Ledger,
	Assets, Config, Error, Event, Fund, FundReportedAt, Pallet, WeightInfo,
};
use codec::{Decode, Encode};
use frame_support::{
	traits::{Get, Time},
	weights::WeightMeter,
};
use margin_math::{Amount, Ratio, Rounding, Value};
use scale_info::TypeInfo;
use sp_runtime::{DispatchResult, RuntimeDebug};

impl<T: Config> Silo<T> {
	/// What the pool of `asset` set aside from interest becomes a deposit of the fund.
	pub fn collect_reserves(&mut self, ledger: &mut Ledger<T>, asset: T::AssetId) -> Result<(), Error<T>> {
		if ledger.entry(asset)?.pool().reserves.is_zero() {
			return Ok(());
		}
		let shares = ledger.pool(asset)?.sweep_reserves()?;
		ledger.add(&mut self.fund, asset, Balance::Deposit(shares))
	}

	/// Answers with what the fund could not pay.
	pub fn draw_on_fund(
		&mut self,
		ledger: &mut Ledger<T>,
		loss: Value,
		debts: &[T::AssetId],
	) -> Result<Value, Error<T>> {
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

	/// The fund's deposit in the pool of `asset` pays what it can of the pool's deficit. Answers with how much it paid.
	pub fn cover_deficit(&mut self, ledger: &mut Ledger<T>, asset: T::AssetId) -> Result<Amount, Error<T>> {
		ledger.count_out(&mut self.fund, asset)?;
		let Some(Balance::Deposit(held)) = self.fund.balance(asset) else {
			return Ok(Amount::ZERO);
		};
		if ledger.entry(asset)?.pool().deficit.is_zero() {
			return Ok(Amount::ZERO);
		}
		let (burned, paid) = ledger.pool(asset)?.cover(held)?;
		let rest = Balance::Deposit(held.saturating_sub(burned));
		self.fund.set(asset, Some(rest)).ok_or(Error::<T>::AccountFull)?;
		Ok(paid)
	}
}

/// What stands for losses, and for how much of them.
#[derive(Encode, Decode, TypeInfo, Clone, PartialEq, Eq, RuntimeDebug)]
pub struct FundView {
	/// What the fund holds, in dollars at live prices.
	pub value: Value,
	/// What everybody owes to the pools, in dollars at live prices.
	pub debts: Value,
	/// What the house owes of that.
	pub house_debts: Value,
	/// What the house holds, in dollars at live prices.
	pub house_inventory: Value,
	/// Most that the house may owe, in dollars.
	pub line: Value,
	/// Most that the house may hold of one asset, in dollars.
	pub asset_cap: Value,
	/// Most that the house may hold of all assets, in dollars.
	pub inventory_cap: Value,
	/// What the pools have lost and nobody has made good, in dollars at live prices.
	pub deficits: Value,
	/// The fund's value over everybody's debts. `None` while nobody owes anything.
	pub coverage: Option<Ratio>,
}

/// How often the fund's adequacy is told, in milliseconds.
const REPORT_EVERY: u64 = 3_600_000;

impl<T: Config> Pallet<T> {
	/// How far the insurance fund would go. `None` when the books cannot be weighed.
	pub fn fund_view() -> Option<FundView> {
		Self::weigh_fund(&mut Ledger::new()).ok()
	}

	fn weigh_fund(ledger: &mut Ledger<T>) -> Result<FundView, Error<T>> {
		let (silo, rules) = (Silo::<T>::load(), T::House::get());
		let house = ledger.health(&silo.house)?;
		let (mut debts, mut deficits) = (Value::ZERO, Value::ZERO);
		for asset in Assets::<T>::iter_keys() {
			let entry = ledger.entry(asset)?;
			let (pool, decimals) = (entry.pool(), entry.config().decimals);
			for (sum, amount) in [(&mut debts, pool.debt), (&mut deficits, pool.deficit)] {
				let worth = entry.quote.live.value_of(amount, decimals, Rounding::Up);
				*sum = worth
					.and_then(|worth| sum.checked_add(worth))
					.ok_or(Error::<T>::Overflow)?;
			}
		}
		let value = ledger.health(&silo.fund)?.deposits;
		Ok(FundView {
			value,
			debts,
			house_debts: house.debts,
			house_inventory: house.deposits,
			line: rules.line,
			asset_cap: rules.asset_cap,
			inventory_cap: rules.inventory_cap,
			deficits,
			coverage: value.ratio_to(debts, Rounding::Down),
		})
	}

	/// Tells how far the fund would go, when an hour has passed.
	pub(crate) fn report_fund(meter: &mut WeightMeter) {
		if meter.try_consume(T::DbWeight::get().reads(1)).is_err() {
			return;
		}
		let now = T::Time::now();
		if now < FundReportedAt::<T>::get().saturating_add(REPORT_EVERY) {
			return;
		}
		if meter.try_consume(T::WeightInfo::report_fund()).is_err() {
			return;
		}
		FundReportedAt::<T>::put(now);
		let mut ledger = Ledger::new();
		match Self::weigh_fund(&mut ledger) {
			Ok(FundView {
				value,
				debts,
				house_debts,
				house_inventory,
				deficits,
				coverage,
				..
			}) => Self::deposit_event(Event::FundReported {
				value,
				debts,
				house_debts,
				house_inventory,
				deficits,
				coverage,
				adequacy: Self::adequacy(&mut ledger, value),
			}),
			Err(error) => log::warn!(target: crate::LOG_TARGET, "the fund cannot be weighed: {error:?}"),
		}
	}

	/// What the pool of `asset` set aside from interest goes to the fund, which pays the pool's deficit with what it has
	/// there.
	pub(crate) fn collect_reserves(asset: T::AssetId) -> DispatchResult {
		let mut ledger = Ledger::<T>::new();
		let mut silo = Silo::<T>::load();
		silo.collect_reserves(&mut ledger, asset)?;
		let paid = silo.cover_deficit(&mut ledger, asset)?;
		ledger.commit();
		Fund::<T>::put(&silo.fund);
		if !paid.is_zero() {
			Self::deposit_event(Event::DeficitCovered { asset, amount: paid });
		}
		Ok(())
	}
}
