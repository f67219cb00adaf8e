//! The stage that the benchmarks need.

// Runs on a machine that measures, never in a block.
#![allow(
	clippy::unwrap_used,
	clippy::expect_used,
	clippy::arithmetic_side_effects,
	clippy::panic
)]

use super::{assets::NativeAndAssets, economy, oracle::MAX_OPERATORS};
use crate::{
	units::{MRG_UNIT, NATIVE, USDC},
	AccountId, AssetConversion, AssetId, Assets, Balance, Forecast, Runtime, RuntimeOrigin,
};
use alloc::boxed::Box;
use frame_benchmarking::account;
use frame_support::traits::{
	fungibles::{Inspect, Mutate},
	ConstU32,
};
use margin_math::Price;
use pallet_prices::benchmarking::{BenchmarkHelper as PricesHelper, OrmlBenchmark};
use sp_runtime::traits::StaticLookup;

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
			let owner = <Runtime as frame_system::Config>::Lookup::unlookup(economy::account(economy::MAKER));
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
