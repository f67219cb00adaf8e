//! Answers for clients: the same code that decides, read only.

use crate::{
	account::{Mode, SubAccount},
	ledger::Ledger,
	scan::debtors_behind,
	Accounts, Assets, Config, Error, Pallet,
};
use alloc::vec::Vec;
use codec::{Decode, Encode};
use margin_math::{Amount, Price, Ratio, Rounding, Value};
use margin_risk::{assess, liquidation_price, Side, Verdict};
use scale_info::TypeInfo;
use sp_runtime::RuntimeDebug;

/// One balance of an account.
#[derive(Encode, Decode, TypeInfo, Clone, PartialEq, Eq, RuntimeDebug)]
pub struct BalanceView<AssetId> {
	/// The asset.
	pub asset: AssetId,
	/// Deposit or debt.
	pub side: Side,
	/// Smallest units, interest included.
	pub amount: Amount,
	/// Dollars at the live price, positive on either side. Zero when it never had a price.
	pub value: Value,
	/// Price of this asset at which the account falls below maintenance, all else equal. `None`: at no price.
	pub liquidation_price: Option<Price>,
}

/// Everything about an account at the latched prices.
#[derive(Encode, Decode, TypeInfo, Clone, PartialEq, Eq, RuntimeDebug)]
pub struct AccountView<AssetId> {
	/// What secures what.
	pub mode: Mode<AssetId>,
	/// Liquidation steps so far, from the number the account began with.
	pub round: u32,
	/// Its balances.
	pub balances: Vec<BalanceView<AssetId>>,
	/// Health at the initial level: risk may be added while it is not negative.
	pub initial_health: Value,
	/// Health at the target level, to which a liquidation brings the account back.
	pub target_health: Value,
	/// Health at the maintenance level: below zero the account is liquidated.
	pub maintenance_health: Value,
	/// Deposits less debts.
	pub equity: Value,
	/// All deposits over equity. `None` when nothing is left.
	pub leverage: Option<Ratio>,
}

/// A pool with its rates, interest included up to now.
#[derive(Encode, Decode, TypeInfo, Clone, PartialEq, Eq, RuntimeDebug)]
pub struct PoolView<AssetId> {
	/// The asset.
	pub asset: AssetId,
	/// Decimals of its smallest unit.
	pub decimals: u8,
	/// In the pool, not lent.
	pub liquidity: Amount,
	/// Owed to suppliers.
	pub deposits: Amount,
	/// Owed by borrowers.
	pub debt: Amount,
	/// Set aside for the insurance fund.
	pub reserves: Amount,
	/// Lost and not made good.
	pub deficit: Amount,
	/// Debt over what could be lent.
	pub utilisation: Ratio,
	/// What borrowers pay, a year.
	pub borrow_rate: Ratio,
	/// What suppliers earn, a year.
	pub supply_rate: Ratio,
	/// What the insurance fund holds of the pool.
	pub fund: Amount,
}

/// An asset's price as the pallet sees it in this block.
#[derive(Encode, Decode, TypeInfo, Clone, PartialEq, Eq, RuntimeDebug)]
pub struct PriceView<AssetId> {
	/// The asset.
	pub asset: AssetId,
	/// Dollars for a whole unit, latched.
	pub live: Price,
	/// Follows the live price at a bounded speed.
	pub stable: Price,
	/// A reading that is held back.
	pub candidate: Option<Price>,
	/// Whether it may be acted upon.
	pub verdict: Verdict,
	/// When it was fed, in milliseconds of unix time.
	pub updated_at: u64,
}

/// Accounts below maintenance, each with its round and maintenance health; and the last account looked at.
pub type BelowMaintenance<AccountId> = (
	Vec<(AccountId, SubAccount, u32, Value)>,
	Option<(AccountId, SubAccount)>,
);

impl<T: Config> Pallet<T> {
	/// The account's breakdown, or `None` when there is no such account.
	pub fn account_view(owner: &T::AccountId, sub: SubAccount) -> Option<AccountView<T::AssetId>> {
		let account = Accounts::<T>::get(owner, sub)?;
		let mut ledger = Ledger::<T>::new();
		let legs = ledger.legs(&account).ok()?;
		let health = assess(&legs).ok()?;
		let balances = legs
			.iter()
			.map(|leg| BalanceView {
				asset: leg.asset,
				side: leg.side,
				amount: leg.amount,
				value: leg
					.quote
					.live
					.value_of(leg.amount, leg.decimals, Rounding::Down)
					.unwrap_or(Value::ZERO),
				liquidation_price: account
					.has_debt()
					.then(|| liquidation_price(&legs, &leg.asset).ok().flatten())
					.flatten(),
			})
			.collect();
		Some(AccountView {
			mode: account.mode,
			round: account.round,
			balances,
			initial_health: health.initial,
			target_health: health.target,
			maintenance_health: health.maintenance,
			equity: health.equity,
			leverage: health.leverage(),
		})
	}

	/// Every pool, in the order of the asset ids.
	pub fn pool_views() -> Vec<PoolView<T::AssetId>> {
		let mut ledger = Ledger::<T>::new();
		Self::listed()
			.into_iter()
			.filter_map(|asset| Self::pool_view(&mut ledger, asset).ok())
			.collect()
	}

	fn pool_view(ledger: &mut Ledger<T>, asset: T::AssetId) -> Result<PoolView<T::AssetId>, Error<T>> {
		let fund = match crate::Fund::<T>::get().balance(asset) {
			Some(crate::account::Balance::Deposit(shares)) => ledger.entry(asset)?.pool().deposit_value(shares)?,
			_ => Amount::ZERO,
		};
		let entry = ledger.entry(asset)?;
		let (pool, config) = (entry.pool(), entry.config());
		let utilisation = pool.utilisation();
		let borrow_rate = config.rate.borrow_rate(utilisation);
		let supply_rate = pool.supply_rate(&config.rate, config.reserve_factor);
		Ok(PoolView {
			asset,
			decimals: config.decimals,
			liquidity: pool.liquidity,
			deposits: pool.deposits,
			debt: pool.debt,
			reserves: pool.reserves,
			deficit: pool.deficit,
			utilisation,
			borrow_rate,
			supply_rate,
			fund,
		})
	}

	/// Every listed asset's price, in the order of the asset ids.
	pub fn price_views() -> Vec<PriceView<T::AssetId>> {
		let mut ledger = Ledger::<T>::new();
		let mut view = |asset| {
			let quote = ledger.entry(asset).ok()?.quote;
			Some(PriceView {
				asset,
				live: quote.live,
				stable: quote.stable,
				candidate: quote.candidate,
				verdict: quote.verdict,
				updated_at: quote.updated_at,
			})
		};
		Self::listed().into_iter().filter_map(&mut view).collect()
	}

	/// Accounts below maintenance among the next `limit` (at most 1,000) accounts with debt behind `after`: owner,
	/// sub-account, round and maintenance health. With the last account looked at, to go on from; `None` when there
	/// are no more.
	pub fn below_maintenance(after: Option<(T::AccountId, SubAccount)>, limit: u32) -> BelowMaintenance<T::AccountId> {
		let limit = limit.clamp(1, 1_000) as usize;
		let (found, last) = Self::find_below(debtors_behind::<T>(after.as_ref()).take(limit), || true);
		let rows = found
			.into_iter()
			.map(|f| (f.owner, f.sub, f.round, f.maintenance))
			.collect();
		(rows, last)
	}

	fn listed() -> Vec<T::AssetId> {
		let mut assets: Vec<_> = Assets::<T>::iter_keys().collect();
		assets.sort();
		assets
	}
}
