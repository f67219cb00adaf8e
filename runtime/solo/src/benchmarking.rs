//! The benchmarks of this runtime: which there are, and the stage that they need.

// Runs on a machine that measures, never in a block.
#![allow(
	clippy::unwrap_used,
	clippy::expect_used,
	clippy::arithmetic_side_effects,
	clippy::panic
)]

use crate::{
	configs::{NativeAndAssets, MAX_OPERATORS},
	genesis_presets,
	units::{MRG_UNIT, NATIVE, USDC},
	AccountId, AllPalletsWithSystem, AssetConversion, AssetId, Assets, Balance, Forecast, Runtime, RuntimeOrigin,
};
use alloc::{boxed::Box, string::String, vec::Vec};
use frame_benchmarking::{account, BenchmarkBatch, BenchmarkConfig, BenchmarkList};
use frame_support::traits::{
	fungibles::{Inspect, Mutate},
	ConstU32, StorageInfo, StorageInfoTrait, WhitelistedStorageKeys,
};
use margin_math::Price;
use pallet_prices::benchmarking::{BenchmarkHelper as PricesHelper, OrmlBenchmark};
use sp_runtime::traits::StaticLookup;

frame_benchmarking::define_benchmarks!(
	[pallet_balances, crate::Balances]
	[pallet_prices, crate::Prices]
	[pallet_feeder, crate::Feeder]
	[pallet_forecast, crate::Forecast]
	[pallet_margin, crate::Margin]
	[pallet_auctions, crate::Auctions]
);

/// The benchmarks that there are, and what storage holds.
pub fn metadata(extra: bool) -> (Vec<BenchmarkList>, Vec<StorageInfo>) {
	let mut list = Vec::new();
	list_benchmarks!(list, extra);
	(list, AllPalletsWithSystem::storage_info())
}

/// Runs the benchmark that `config` names.
pub fn dispatch(config: BenchmarkConfig) -> Result<Vec<BenchmarkBatch>, String> {
	let whitelist = AllPalletsWithSystem::whitelisted_storage_keys();
	let mut batches = Vec::new();
	let params = (&config, &whitelist);
	add_benchmarks!(params, batches);
	Ok(batches)
}

/// Assets, markets and prices for the pallets' benchmarks.
pub struct Stage;

/// Assets of the benchmarks are numbered from here.
const FIRST_ASSET: AssetId = 1_000;
/// Both sides of every market of the benchmarks, in smallest units.
const DEPTH: Balance = 1_000_000_000_000_000_000_000;

impl PricesHelper<AssetId> for Stage {
	fn key(number: u32) -> AssetId {
		number
	}

	fn feed(key: &AssetId, price: Price) {
		OrmlBenchmark::<Runtime, ConstU32<MAX_OPERATORS>>::feed(key, price);
	}

	fn set_time(now: u64) {
		pallet_timestamp::Now::<Runtime>::put(now);
	}
}

impl pallet_forecast::benchmarking::BenchmarkHelper<AssetId> for Stage {
	fn key() -> AssetId {
		USDC
	}
}

impl pallet_margin::BenchmarkHelper<AccountId, AssetId, AssetId> for Stage {
	fn asset(i: u32) -> (AssetId, AssetId) {
		let asset = FIRST_ASSET + i;
		if !<NativeAndAssets as Inspect<AccountId>>::asset_exists(asset) {
			let owner = <Runtime as frame_system::Config>::Lookup::unlookup(genesis_presets::account("//Maker"));
			Assets::force_create(RuntimeOrigin::root(), asset.into(), owner, true, 1).expect("the number is free");
			// Every hook that asks for its margin reads as many reports as there may be. They are old by the time it does.
			Forecast::fill(asset);
		}
		(asset, asset)
	}

	fn set_time(now: u64) {
		pallet_timestamp::Now::<Runtime>::put(now);
	}

	fn fund(who: &AccountId) {
		Self::mint(NATIVE, who, 1_000 * MRG_UNIT);
	}

	fn mint(asset: AssetId, who: &AccountId, amount: Balance) {
		NativeAndAssets::mint_into(asset, who, amount).expect("the asset exists");
	}

	fn market(a: AssetId, b: AssetId) {
		let maker: AccountId = account("market", 0, 0);
		Self::mint(NATIVE, &maker, 1_000_000 * MRG_UNIT);
		for asset in [a, b] {
			if AssetConversion::get_reserves(asset, USDC).is_ok() {
				continue;
			}
			Self::mint(asset, &maker, 2 * DEPTH);
			Self::mint(USDC, &maker, 2 * DEPTH);
			let origin = || RuntimeOrigin::signed(maker.clone());
			let pair = || (Box::new(asset), Box::new(USDC));
			AssetConversion::create_pool(origin(), pair().0, pair().1).expect("there is no such pool yet");
			AssetConversion::add_liquidity(origin(), pair().0, pair().1, DEPTH, DEPTH, 1, 1, maker.clone())
				.expect("the maker has enough");
		}
	}
}
