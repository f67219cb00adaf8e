//! The benchmarks of this runtime: which there are. It has every pallet that the appchain has benchmarks of, as the same
//! code, so that all of them are measured here, once for both.

mod programs;
mod stage;

pub use crate::wiring::benchmarking::Stage;

use crate::{AllPalletsWithSystem, Runtime};
use alloc::{string::String, vec::Vec};
use frame_benchmarking::{BenchmarkBatch, BenchmarkConfig, BenchmarkList};
use frame_support::traits::{StorageInfo, StorageInfoTrait, WhitelistedStorageKeys};

/// Programs of other chains.
type Programs = programs::Pallet<Runtime>;

frame_benchmarking::define_benchmarks!(
	[pallet_balances, crate::Balances]
	[pallet_prices, crate::Prices]
	[pallet_feeder, crate::Feeder]
	[pallet_forecast, crate::Forecast]
	[pallet_margin, crate::Margin]
	[pallet_auctions, crate::Auctions]
	[pallet_gateway, crate::Gateway]
	[pallet_risk_feed, crate::RiskFeed]
	[xcm_programs, Programs]
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
