//! Predictive models: who reports, and what their multiplier does.

use super::governance::MaxManagers;
use crate::{weights, AccountId, AssetId, Forecast, Reporters, Runtime, Timestamp};
use frame_support::traits::{ConstU32, ConstU64, Contains};
use frame_system::EnsureRoot;
use margin_math::Ratio;
use pallet_forecast::{LEAST_REPORTERS, MAX_VALIDITY};
use pallet_margin::TightenMultiplier;

/// What the margin pallet lists.
pub struct ListedAssets;

impl Contains<AssetId> for ListedAssets {
	fn contains(asset: &AssetId) -> bool {
		pallet_margin::Assets::<Runtime>::contains_key(asset)
	}
}

/// The reporters' multiplier, as the margin pallet asks for it.
pub struct Forecasts;

impl TightenMultiplier<AssetId> for Forecasts {
	fn multiplier(asset: AssetId) -> Ratio {
		Forecast::multiplier(asset)
	}
}

impl pallet_forecast::Config for Runtime {
	type Key = AssetId;
	type Keys = ListedAssets;
	type Reporters = Reporters;
	type Time = Timestamp;
	type AdminOrigin = EnsureRoot<AccountId>;
	type MinReporters = ConstU32<LEAST_REPORTERS>;
	/// All members of the committee.
	type MaxReporters = MaxManagers;
	type Validity = ConstU64<MAX_VALIDITY>;
	type WeightInfo = weights::Forecast<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = super::benchmarking::Stage;
}
