//! Answers for clients: the same code that decides, read only.

use crate::{
	account::{Mode, SubAccount},
	asset::{Pauses, Status, Tier},
	findings::place,
	ledger::Ledger,
	scan::{candidates, walk, PlaceOf},
	AccountOf, Accounts, Assets, Config, Error, Pallet, Place,
};
use alloc::vec::Vec;
use codec::{Decode, Encode};
use margin_math::{Amount, Price, Ratio, Rounding, Value};
use margin_risk::{
	liquidation_price, portfolio_liquidation_price, Health, Leg, MarginPath, MarginRatios, Side, Verdict,
};
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
	/// Margin ratios at which it counts now: they rise with its own size, and the initial one with the pool's.
	pub margin: MarginRatios,
	/// What of a deposit came so lately that it counts nothing at the initial level yet.
	pub fresh: Amount,
	/// When all of it counts, in milliseconds of unix time. `None`: now.
	pub fresh_until: Option<u64>,
	/// Price of this asset, in dollars, at which the account falls below maintenance, all other prices as they are: from
	/// above for what is held, from below for what is owed. `None`: at no price.
	pub liquidation_price: Option<Price>,
}

/// Everything about an account at the latched prices.
#[derive(Encode, Decode, TypeInfo, Clone, PartialEq, Eq, RuntimeDebug)]
pub struct AccountView<AssetId> {
	/// What secures what.
	pub mode: Mode<AssetId>,
	/// Liquidation steps so far, from the number the account began with.
	pub round: u32,
	/// Native tokens held until it is closed, in smallest units.
	pub deposit: u128,
	/// Its balances.
	pub balances: Vec<BalanceView<AssetId>>,
	/// Health at the initial level: risk may be added while it is not negative.
	pub initial_health: Value,
	/// Health at the target level, to which a liquidation brings the account back.
	pub target_health: Value,
	/// Health at the maintenance level: below zero the account is liquidated.
	pub maintenance_health: Value,
	/// All it holds, in dollars at live prices.
	pub deposits: Value,
	/// All it owes, in dollars at live prices.
	pub debts: Value,
	/// Deposits less debts.
	pub equity: Value,
	/// Equity at the worse of live and stable prices, from which initial health takes off the initial margin.
	pub initial_equity: Value,
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
	/// What one unit supplied at the start is worth.
	pub deposit_index: Ratio,
	/// What one unit borrowed at the start owes.
	pub debt_index: Ratio,
	/// What the insurance fund holds of the pool.
	pub fund: Amount,
	/// What may be done with the asset.
	pub status: Status,
	/// What is paused.
	pub pauses: Pauses,
	/// In which accounts it may be used.
	pub tier: Tier,
	/// Margin ratios in force now, of a small position while the pool is small.
	pub margin: MarginRatios,
	/// Where the maintenance ratio comes from and goes to, until when, and what is asked for in the end. `None`: nothing
	/// beyond the listed ratios.
	pub path: Option<MarginPath>,
	/// The size at which an account's own position doubles these ratios, in force now.
	pub size_scale: Amount,
	/// How long a deposit takes to count at the initial level, in milliseconds.
	pub seasoning: u64,
	/// The most that may be borrowed now, by all together: what state and pauses, liquidity, the borrow cap, the borrow
	/// window and the outflow limit leave.
	pub borrow_room: Amount,
	/// The most that may leave the pool now other than by selling a deposit.
	pub outflow_left: Amount,
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

/// Accounts below maintenance: owner, sub-account, round and maintenance health.
pub type Below<AccountId> = Vec<(AccountId, SubAccount, u32, Value)>;

/// Accounts below maintenance, and the last account looked at.
pub type BelowMaintenance<AccountId> = (Below<AccountId>, Option<(AccountId, SubAccount)>);

/// Accounts at risk, each with its place in the trigger index, its round and its maintenance health; and the last place
/// looked at.
pub type AtRisk<AccountId> = (Vec<(Place<AccountId>, u32, Value)>, Option<Place<AccountId>>);

impl<T: Config> Pallet<T> {
	/// The account's breakdown, or `None` when there is no such account.
	pub fn account_view(owner: &T::AccountId, sub: SubAccount) -> Option<AccountView<T::AssetId>> {
		Self::breakdown(&Accounts::<T>::get(owner, sub)?).ok()
	}

	/// The breakdown of an account.
	pub(crate) fn breakdown(account: &AccountOf<T>) -> Result<AccountView<T::AssetId>, Error<T>> {
		let mut ledger = Ledger::<T>::new();
		let legs = ledger.legs(account)?;
		let health = ledger.assess(account, &legs)?;
		let bands = ledger.bands(account, legs.iter().map(|leg| leg.asset));
		let price = |asset: &T::AssetId| match &bands {
			Some(bands) => portfolio_liquidation_price(&legs, bands, asset),
			None => liquidation_price(&legs, asset),
		};
		let indebted = account.has_debt();
		let fresh = (legs.iter())
			.map(|leg| ledger.fresh(account, leg.asset))
			.collect::<Result<Vec<_>, _>>()?;
		let balance = |(leg, fresh): (&Leg<T::AssetId>, &(Amount, Option<u64>))| BalanceView {
			asset: leg.asset,
			side: leg.side,
			amount: leg.amount,
			value: leg
				.quote
				.live
				.value_of(leg.amount, leg.decimals, Rounding::Down)
				.unwrap_or(Value::ZERO),
			margin: leg.margin,
			fresh: fresh.0,
			fresh_until: fresh.1,
			liquidation_price: indebted.then(|| price(&leg.asset).ok().flatten()).flatten(),
		};
		Ok(AccountView {
			mode: account.mode,
			round: account.round,
			deposit: account.deposit,
			balances: legs.iter().zip(&fresh).map(balance).collect(),
			initial_health: health.initial,
			target_health: health.target,
			maintenance_health: health.maintenance,
			deposits: health.deposits,
			debts: health.debts,
			equity: health.equity,
			initial_equity: health.initial_equity,
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
		let now = ledger.now();
		let record = &ledger.entry(asset)?.asset;
		let (pool, config) = (&record.pool, &record.config);
		let (margin, size_scale) = record.margin_at(now);
		let utilisation = pool.utilisation();
		let outflow_left = record.outflow.left(&record.outflow_limit, now);
		let borrow_room = if record.status == Status::Live && !record.pauses.borrow {
			pool.borrowable(config.unborrowable)
				.min(config.borrow_cap.saturating_sub(pool.debt))
				.min(record.lent.left(&config.borrow_window, now))
				.min(outflow_left)
		} else {
			Amount::ZERO
		};
		Ok(PoolView {
			asset,
			decimals: config.decimals,
			liquidity: pool.liquidity,
			deposits: pool.deposits,
			debt: pool.debt,
			reserves: pool.reserves,
			deficit: pool.deficit,
			utilisation,
			borrow_rate: config.rate.borrow_rate(utilisation),
			supply_rate: pool.supply_rate(&config.rate, config.reserve_factor),
			deposit_index: pool.deposit_index(),
			debt_index: pool.debt_index(),
			fund,
			status: record.status,
			pauses: record.pauses,
			tier: config.tier,
			margin,
			path: record.path,
			size_scale,
			seasoning: record.seasoning.at(now),
			borrow_room,
			outflow_left,
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

	/// The candidates of the trigger index that are below maintenance, among the next `limit` (at most 1,000) in storage
	/// order from behind `after`. With the last place looked at, to go on from; `None` when there are no more.
	pub fn at_risk(after: Option<PlaceOf<T>>, limit: u32) -> AtRisk<T::AccountId> {
		let mut ledger = Ledger::<T>::new();
		let (mut buckets, _) = candidates::<T>(&mut ledger, None, || true);
		buckets.retain(|bucket| after.as_ref().is_none_or(|after| *bucket >= after.bucket));
		buckets.sort();
		let behind = after.filter(|after| buckets.first() == Some(&after.bucket));
		let mut left = limit.clamp(1, 1_000);
		let mut found = Vec::new();
		let stopped = walk::<T>(
			&buckets,
			behind.map(|place| (place.owner, place.sub)),
			|bucket, _, key| {
				if left == 0 {
					return false;
				}
				left = left.saturating_sub(1);
				let account = Accounts::<T>::get(&key.0, key.1);
				let health = account.as_ref().and_then(|account| ledger.health(account).ok());
				if let (Some(account), Some(health)) = (account, health.filter(Health::is_liquidatable)) {
					found.push((place::<T>(bucket, key), account.round, health.maintenance));
				}
				true
			},
		);
		(found, stopped.flatten())
	}

	/// A full scan, for whoever wants to hold the trigger index against it: the accounts below maintenance among the next
	/// `limit` (at most 100,000) of all accounts in storage order from behind `after`, and the last one looked at.
	pub fn scan(after: Option<(T::AccountId, SubAccount)>, limit: u32) -> BelowMaintenance<T::AccountId> {
		let mut ledger = Ledger::<T>::new();
		let accounts = match &after {
			Some((owner, sub)) => Accounts::<T>::iter_from(Accounts::<T>::hashed_key_for(owner, sub)),
			None => Accounts::<T>::iter(),
		};
		let (mut found, mut last) = (Vec::new(), None);
		for (owner, sub, account) in accounts.take(limit.clamp(1, 100_000) as usize) {
			match ledger.health(&account) {
				Ok(health) if health.is_liquidatable() => {
					found.push((owner.clone(), sub, account.round, health.maintenance));
				},
				_ => (),
			}
			last = Some((owner, sub));
		}
		(found, last)
	}

	/// Where an account belongs in the trigger index now: for genesis states made by hand.
	#[cfg(feature = "std")]
	pub fn insert_account(owner: &T::AccountId, sub: SubAccount, mut account: AccountOf<T>) {
		Self::file(&mut Ledger::new(), owner, sub, &mut account);
		Accounts::<T>::insert(owner, sub, account);
	}

	fn listed() -> Vec<T::AssetId> {
		let mut assets: Vec<_> = Assets::<T>::iter_keys().collect();
		assets.sort();
		assets
	}
}
