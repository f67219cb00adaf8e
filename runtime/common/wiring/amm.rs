//! The automated market maker, and the pools that a chain starts with.

use super::assets::NativeAndAssets;
use crate::{
	units::{MRG_UNIT, NATIVE},
	AccountId, AssetId, Balance, PoolAssets, Runtime, RuntimeEvent,
};
use alloc::vec;
use frame_support::{
	ord_parameter_types, parameter_types,
	traits::{ConstU128, ConstU32},
	PalletId,
};
use pallet_asset_conversion::{AccountIdConverter, Ascending};
use sp_runtime::{traits::AccountIdConversion, Permill};

parameter_types! {
	/// Where the AMM's accounts are derived from.
	pub const AmmPalletId: PalletId = PalletId(*b"mrgn/amm");
	/// What the fee for a new pool is paid in.
	pub const PoolSetupFeeAsset: AssetId = NATIVE;
	/// Taking liquidity out is free.
	pub const LiquidityWithdrawalFee: Permill = Permill::from_percent(0);
}

ord_parameter_types! {
	/// The AMM's own account.
	pub const AmmAccount: AccountId = AccountIdConversion::<AccountId>::into_account_truncating(&AmmPalletId::get());
}

/// A pair of assets, the smaller number first.
pub type PoolId = (AssetId, AssetId);

impl pallet_asset_conversion::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type Balance = Balance;
	type HigherPrecisionBalance = sp_core::U256;
	type AssetKind = AssetId;
	type Assets = NativeAndAssets;
	type PoolId = PoolId;
	type PoolLocator = Ascending<AccountId, AssetId, AccountIdConverter<AmmPalletId, PoolId>>;
	type PoolAssetId = AssetId;
	type PoolAssets = PoolAssets;
	/// Tenths of a percent: 0.3 %.
	type LPFee = ConstU32<3>;
	type PoolSetupFee = ConstU128<{ 100 * MRG_UNIT }>;
	type PoolSetupFeeAsset = PoolSetupFeeAsset;
	/// The fee is burnt.
	type PoolSetupFeeTarget = ();
	type LiquidityWithdrawalFee = LiquidityWithdrawalFee;
	type MintMinLiquidity = ConstU128<100>;
	/// Directly, or through one hub.
	type MaxSwapPathLength = ConstU32<3>;
	type PalletId = AmmPalletId;
	type WeightInfo = pallet_asset_conversion::weights::SubstrateWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = ();
}

impl pallet_genesis_pools::Config for Runtime {}
