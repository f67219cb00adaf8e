//! The gate between the margin system and other chains.

use crate::{
	units::{MRG_UNIT, NATIVE},
	weights,
	xcm_config::{Transactor, UniversalLocation, XcmConfig, XcmRouter},
	AccountId, AssetConversion, AssetId, AssetManager, Balance, Hub, Margin, NativeAndAssets, OutflowManager,
	PolkadotXcm, RiskManager, Runtime, RuntimeCall, Timestamp,
};
use frame_support::{
	parameter_types,
	traits::{ConstU32, ConstU64, Everything},
};
use frame_system::EnsureRoot;
use margin_math::{Amount, Value};
use margin_runtime_common::units::HOUR;
use pallet_gateway::{MarginAccounts, Reports};
use pallet_margin::SubAccount;
use pallet_xcm::EnsureResponse;
use sp_runtime::{helpers_128bit::multiply_by_rational_with_rounding, DispatchError, Rounding};
use xcm::latest::{Location, QueryId};
use xcm_builder::AliasesIntoAccountId32;
use xcm_executor::XcmExecutor;

parameter_types! {
	/// The native token.
	pub const NativeAsset: AssetId = NATIVE;
	/// The network that an account's id belongs to: any.
	pub const AnyNetwork: Option<xcm::latest::NetworkId> = None;
	/// The least that an MRG counts for on its way out, in dollars with 18 decimals: a dollar, which is what it starts at.
	/// In storage under `:LeastNativePrice:`, so that root can move it.
	pub storage LeastNativePrice: u128 = 1_000_000_000_000_000_000;
}

/// Withdraws from margin accounts, and values what leaves at the oracle's price.
///
/// The native token, which has no such price and is nobody's collateral, is valued at its market with the hub asset, but
/// never below [`LeastNativePrice`]. Whoever pushes that market down makes nothing leave that would not leave anyway, and
/// whoever pushes it up lets less leave. Without a market, or a price of the hub asset, there is no value, and nothing of
/// it leaves.
pub struct Accounts;

impl MarginAccounts<AccountId, AssetId> for Accounts {
	fn withdraw(
		owner: &AccountId,
		sub: SubAccount,
		asset: AssetId,
		amount: Option<Balance>,
	) -> Result<Balance, DispatchError> {
		Margin::withdraw_for(owner, sub, asset, amount.map(Amount)).map(|Amount(amount)| amount)
	}

	fn value(asset: AssetId, amount: Balance) -> Option<Value> {
		if asset != NATIVE {
			return Margin::value_of(asset, Amount(amount));
		}
		let (native, hub) = AssetConversion::get_reserves(NATIVE, Hub::get()).ok()?;
		let in_hub = multiply_by_rational_with_rounding(amount, hub, native, Rounding::Up)?;
		let at_market = Margin::value_of(Hub::get(), Amount(in_hub))?;
		let at_least = multiply_by_rational_with_rounding(amount, LeastNativePrice::get(), MRG_UNIT, Rounding::Up)?;
		Some(at_market.max(Value::from_raw(at_least.try_into().ok()?)))
	}
}

/// Answers are awaited by the XCM pallet, for as long as it takes: a time that runs out would settle nothing.
pub struct Answers;

impl Reports<RuntimeCall> for Answers {
	fn expect(responder: Location, querier: Location, notify: RuntimeCall) -> QueryId {
		PolkadotXcm::new_notify_query(responder, notify, crate::BlockNumber::MAX, querier)
	}
}

impl pallet_gateway::Config for Runtime {
	type AssetId = AssetId;
	type NativeAsset = NativeAsset;
	type Fungibles = NativeAndAssets;
	type Margin = Accounts;
	type UniversalLocation = UniversalLocation;
	type AccountLocation = AliasesIntoAccountId32<AnyNetwork, AccountId>;
	type Executor = XcmExecutor<XcmConfig>;
	type Transactor = Transactor;
	type Router = XcmRouter;
	type Reports = Answers;
	type Time = Timestamp;
	type AssetManager = AssetManager;
	type RiskManager = RiskManager;
	type OutflowManager = OutflowManager;
	type ResolveOrigin = EnsureRoot<AccountId>;
	type ResponseOrigin = EnsureResponse<Everything>;
	/// As many as there may be assets.
	type MaxTokens = ConstU32<16>;
	type MaxRoutes = ConstU32<32>;
	type MaxFlights = ConstU32<16>;
	type MinAge = ConstU64<{ 24 * HOUR }>;
	type WeightInfo = weights::Gateway<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarking::Stage;
}
