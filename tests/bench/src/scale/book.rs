//! The state of a chain on which all these accounts are open: the development preset's genesis with the accounts, pools
//! that add up to them, prices and a clock.

use super::{
	market::{Market, NOW},
	population::Trader,
};
use frame_support::{
	traits::{
		fungibles::{Inspect, Mutate},
		Hooks,
	},
	weights::{Weight, WeightMeter},
};
use margin_math::{Amount, Shares};
use margin_risk::Pool;
use margin_runtime::{genesis_presets, AccountId, AssetId, Assets, Margin, Runtime, RuntimeGenesisConfig, System};
use pallet_margin::{AccountOf, Balance, Mode};
use pallet_prices::Latched;
use sp_runtime::BuildStorage;
use sp_state_machine::BasicExternalities;
use sp_storage::Storage;
use std::{collections::BTreeMap, error::Error};

/// Number of the block after which the accounts are open.
pub const BLOCK: u32 = 1;
/// Share of each pool's deposits that is lent.
const UTILISATION: f64 = 0.6;

/// An account of the book as it is stored.
type Entry = (AccountId, AccountOf<Runtime>);

/// The development preset's genesis.
///
/// # Errors
/// When it cannot be built.
pub fn genesis() -> Result<Storage, Box<dyn Error>> {
	let patch = genesis_presets::get_preset(&sp_genesis_builder::DEV_RUNTIME_PRESET.into()).ok_or("no such preset")?;
	let mut config = serde_json::to_value(RuntimeGenesisConfig::default())?;
	sc_chain_spec::json_merge(&mut config, serde_json::from_slice(&patch)?);
	Ok(serde_json::from_value::<RuntimeGenesisConfig>(config)?.build_storage()?)
}

/// The state with so many accounts.
///
/// # Errors
/// When the genesis cannot be built, or a pool refuses what it is given.
pub fn state(accounts: u32) -> Result<Storage, Box<dyn Error>> {
	let mut chain = BasicExternalities::new(genesis()?);
	chain
		.execute_with(|| fill(accounts))
		.map_err(|error| format!("the book cannot be made: {error:?}"))?;
	Ok(chain.into_storages())
}

/// Opens the accounts on the state at hand.
pub fn fill(accounts: u32) -> Result<(), margin_risk::PoolError> {
	let market = Market::first();
	System::set_block_number(BLOCK);
	pallet_timestamp::Now::<Runtime>::put(NOW);
	for listed in market.assets() {
		Latched::<Runtime>::insert(listed.asset, listed.latch());
	}
	let mut pools = supply(accounts, &market)?;
	let entries = open(accounts, &market, &mut pools)?;
	for (asset, pool) in pools {
		store_pool(asset, pool);
	}
	// A generation of the trigger index begins at the prices that there are now, and the one before it is forgotten.
	Margin::on_poll(BLOCK, &mut WeightMeter::new());
	Margin::on_idle(BLOCK, Weight::MAX);
	for (owner, account) in entries {
		Margin::insert_account(&owner, 0, account);
	}
	Ok(())
}

/// Every pool, with as much from the genesis' supplier that what the accounts will owe is [`UTILISATION`] of it.
fn supply(accounts: u32, market: &Market) -> Result<BTreeMap<AssetId, Pool>, margin_risk::PoolError> {
	let mut owed = BTreeMap::<AssetId, u128>::new();
	for number in 0..accounts {
		for (asset, value) in Trader::new(number, market).positions {
			*owed.entry(asset).or_default() += market.listed(asset).amount(-value);
		}
	}
	let supplier = genesis_presets::account(genesis_presets::SUPPLIER);
	let mut account = pallet_margin::Accounts::<Runtime>::get(&supplier, 0).unwrap_or_else(empty);
	let mut pools = BTreeMap::new();
	for listed in market.assets() {
		let Some(record) = pallet_margin::Assets::<Runtime>::get(listed.asset) else {
			continue;
		};
		let mut pool = record.pool;
		pool.accrue(&record.config.rate, record.config.reserve_factor, NOW)?;
		let wanted = (owed.get(&listed.asset).copied().unwrap_or_default() as f64 / UTILISATION) as u128;
		let more = pool.supply(Amount(wanted))?;
		let before = match account.balance(listed.asset) {
			Some(Balance::Deposit(shares)) => shares,
			_ => Shares::ZERO,
		};
		let held = Balance::Deposit(before.saturating_add(more));
		account
			.set(listed.asset, Some(held))
			.expect("an account has room for four assets");
		pools.insert(listed.asset, pool);
	}
	Margin::insert_account(&supplier, 0, account);
	Ok(pools)
}

/// The traders' accounts. Everything goes through the pools.
fn open(
	accounts: u32,
	market: &Market,
	pools: &mut BTreeMap<AssetId, Pool>,
) -> Result<Vec<Entry>, margin_risk::PoolError> {
	let mut entries = Vec::with_capacity(accounts as usize);
	for number in 0..accounts {
		let mut account = empty();
		for (asset, value) in Trader::new(number, market).positions {
			let amount = Amount(market.listed(asset).amount(value.abs()));
			let pool = pools.entry(asset).or_default();
			let balance = if value > 0.0 {
				Balance::Deposit(pool.supply(amount)?)
			} else {
				Balance::Debt(pool.borrow(amount)?)
			};
			account
				.set(asset, Some(balance))
				.expect("an account has room for four assets");
		}
		entries.push((owner(number), account));
	}
	Ok(entries)
}

fn empty() -> AccountOf<Runtime> {
	AccountOf::<Runtime>::new(Mode::Cross, 0, 0)
}

/// Everybody trades for himself.
fn owner(number: u32) -> AccountId {
	sp_core::blake2_256(&number.to_le_bytes()).into()
}

/// Writes the pool, and gives the pallet the tokens that lie in it.
fn store_pool(asset: AssetId, pool: Pool) {
	pallet_margin::Assets::<Runtime>::mutate(asset, |record| {
		if let Some(record) = record {
			record.pool = pool;
		}
	});
	let vault = Margin::account_id();
	let missing = (pool.liquidity.0 + Assets::minimum_balance(asset)).saturating_sub(Assets::balance(asset, &vault));
	Assets::mint_into(asset, &vault, missing).expect("the asset exists");
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_book_should_keep_every_invariant() {
		let mut chain = BasicExternalities::new(genesis().unwrap());
		chain.execute_with(|| {
			fill(500).unwrap();
			Margin::do_try_state().unwrap();
			assert_eq!(
				pallet_margin::Accounts::<Runtime>::iter_values()
					.filter(|account| account.has_debt())
					.count(),
				500
			);
		});
	}

	#[test]
	fn nobody_should_be_below_maintenance_when_the_book_is_made() {
		let mut chain = BasicExternalities::new(genesis().unwrap());
		chain.execute_with(|| {
			fill(500).unwrap();
			assert_eq!(Margin::scan(None, 1_000).0, []);
		});
	}
}
