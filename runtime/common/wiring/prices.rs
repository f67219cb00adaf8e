//! The guarded view of the oracle.

use super::oracle::FeedExpiry;
use crate::{weights, AccountId, AssetId, Runtime, Timestamp};
use frame_support::{parameter_types, traits::ConstU32};
use frame_system::EnsureRoot;
use margin_risk::volatility::BUCKET_MS;
use pallet_prices::OrmlOracle;

/// Most prices that are guarded and latched each block.
pub const MAX_PRICES: u32 = 32;

parameter_types! {
	/// How long a bucket of prices takes, of which volatility is made: five minutes. In storage under
	/// `:VolatilityBucket:`, so that the demonstration can compress time.
	pub storage VolatilityBucket: u64 = BUCKET_MS;
}

impl pallet_prices::Config for Runtime {
	type Key = AssetId;
	type Oracle = OrmlOracle<Runtime, FeedExpiry>;
	type Time = Timestamp;
	type Bucket = VolatilityBucket;
	type AdminOrigin = EnsureRoot<AccountId>;
	type MaxKeys = ConstU32<MAX_PRICES>;
	type WeightInfo = weights::Prices<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = super::benchmarking::Stage;
}
