//! The guarded view of the oracle.

use super::oracle::FeedExpiry;
use crate::{weights, AccountId, AssetId, Runtime, Timestamp};
use frame_support::traits::ConstU32;
use frame_system::EnsureRoot;
use pallet_prices::OrmlOracle;

/// Most prices that are guarded and latched each block.
pub const MAX_PRICES: u32 = 32;

impl pallet_prices::Config for Runtime {
	type Key = AssetId;
	type Oracle = OrmlOracle<Runtime, FeedExpiry>;
	type Time = Timestamp;
	type AdminOrigin = EnsureRoot<AccountId>;
	type MaxKeys = ConstU32<MAX_PRICES>;
	type WeightInfo = weights::Prices;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarking::Stage;
}
