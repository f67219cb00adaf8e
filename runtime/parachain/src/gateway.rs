//! The gate between the margin system and other chains.

use crate::{
	genesis_presets::asset_hub,
	units::{MRG_DECIMALS, MRG_UNIT, NATIVE},
	weights,
	xcm_config::{Transactor, UniversalLocation, XcmConfig, XcmRouter},
	AccountId, AssetConversion, AssetId, AssetManager, Balance, Gateway, Hub, Margin, NativeAndAssets, OutflowManager,
	PolkadotXcm, RiskManager, Runtime, RuntimeCall, SafeMode, Timestamp,
};
use frame_support::{
	parameter_types,
	traits::{ConstU32, ConstU64, Equals, Everything, Get},
};
use frame_system::EnsureRoot;
use margin_math::{mul_div, Amount, Price, Ratio, Rounding, Value};
use margin_runtime_common::units::HOUR;
use pallet_gateway::{MarginAccounts, Reports};
use pallet_margin::SubAccount;
use pallet_xcm::EnsureResponse;
use sp_runtime::DispatchError;
use xcm::latest::{Location, QueryId};
use xcm_builder::AliasesIntoAccountId32;
use xcm_executor::XcmExecutor;

parameter_types! {
	/// The native token.
	pub const NativeAsset: AssetId = NATIVE;
	/// The network that an account's id belongs to: any.
	pub const AnyNetwork: Option<xcm::latest::NetworkId> = None;
	/// What MRG counts for on its way out moves by a quarter of itself an hour at most.
	pub const NativeSpeed: Ratio = Ratio::from_percent(25);
	/// Asset Hub, which keeps tokens for others.
	pub AssetHub: Location = asset_hub();
}

/// What an MRG costs on its market with the hub asset, at the oracle's price of that.
pub struct NativeMarket;

impl Get<Option<Price>> for NativeMarket {
	fn get() -> Option<Price> {
		let (native, hub) = AssetConversion::get_reserves(NATIVE, Hub::get()).ok()?;
		let in_hub = mul_div(MRG_UNIT, hub, native, Rounding::Up)?;
		let value = Margin::value_of(Hub::get(), Amount(in_hub))?;
		u128::try_from(value.raw()).ok().map(Price::from_raw)
	}
}

/// Whether the chain is in safe mode.
pub struct InSafeMode;

impl Get<bool> for InSafeMode {
	fn get() -> bool {
		SafeMode::is_entered()
	}
}

/// Withdraws from margin accounts, and values what leaves at the oracle's price.
///
/// The native token has no such price and is nobody's collateral. It is valued at the price by which the gateway follows its
/// market with the hub asset. Before that market first had a price there is no value, and nothing of it leaves.
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
		Gateway::native_price()?.value_of(Amount(amount), MRG_DECIMALS, Rounding::Up)
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
	type NativeMarket = NativeMarket;
	type NativeSpeed = NativeSpeed;
	type Stopped = InSafeMode;
	type Keepers = Equals<AssetHub>;
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
