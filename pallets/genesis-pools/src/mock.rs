//! A small chain with an AMM: native token 0, two assets, one provider.

use crate as pallet_genesis_pools;
use frame_support::{
	derive_impl, parameter_types,
	traits::{tokens::fungible::UnionOf, AsEnsureOriginWithArg, ConstU128, ConstU32},
	PalletId,
};
use frame_system::{EnsureRoot, EnsureSigned};
use pallet_asset_conversion::{AccountIdConverter, Ascending};
use sp_runtime::{
	traits::{AccountIdConversion, Convert, IdentityLookup},
	BuildStorage, Either, Permill,
};

type Block = frame_system::mocking::MockBlock<Test>;

#[allow(missing_docs)]
#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeTask,
		RuntimeHoldReason,
		RuntimeFreezeReason
	)]
	pub struct Test;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(2)]
	pub type Assets = pallet_assets<Instance1>;
	#[runtime::pallet_index(3)]
	pub type PoolAssets = pallet_assets<Instance2>;
	#[runtime::pallet_index(4)]
	pub type AssetConversion = pallet_asset_conversion;
	#[runtime::pallet_index(5)]
	pub type GenesisPools = pallet_genesis_pools;
}

/// The account that provides every pool of the tests.
pub const PROVIDER: u64 = 1;
/// What the provider has of each asset, native token included.
pub const FUNDS: u128 = 1_000_000_000;
/// The fee for a pool, in native units.
pub const SETUP_FEE: u128 = 500;

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type AccountId = u64;
	type Lookup = IdentityLookup<u64>;
	type Block = Block;
	type AccountData = pallet_balances::AccountData<u128>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type Balance = u128;
	type ExistentialDeposit = ConstU128<10>;
	type AccountStore = System;
}

parameter_types! {
	pub const AmmId: PalletId = PalletId(*b"test/amm");
	pub const Native: u32 = 0;
	pub AmmAccount: u64 = AmmId::get().into_account_truncating();
	pub const NoFee: Permill = Permill::from_percent(0);
}

#[derive_impl(pallet_assets::config_preludes::TestDefaultConfig)]
impl pallet_assets::Config<frame_support::instances::Instance1> for Test {
	type Balance = u128;
	type Currency = Balances;
	type CreateOrigin = AsEnsureOriginWithArg<EnsureSigned<u64>>;
	type ForceOrigin = EnsureRoot<u64>;
	type Holder = ();
	type Freezer = ();
}

#[derive_impl(pallet_assets::config_preludes::TestDefaultConfig)]
impl pallet_assets::Config<frame_support::instances::Instance2> for Test {
	type Balance = u128;
	type Currency = Balances;
	type CreateOrigin = AsEnsureOriginWithArg<EnsureSigned<u64>>;
	type ForceOrigin = EnsureRoot<u64>;
	type Holder = ();
	type Freezer = ();
	type AssetAccountDeposit = ConstU128<0>;
}

/// Asset 0 is the native token.
pub struct NativeIsZero;
impl Convert<u32, Either<(), u32>> for NativeIsZero {
	fn convert(asset: u32) -> Either<(), u32> {
		match asset {
			0 => Either::Left(()),
			other => Either::Right(other),
		}
	}
}

impl pallet_asset_conversion::Config for Test {
	type RuntimeEvent = RuntimeEvent;
	type Balance = u128;
	type HigherPrecisionBalance = sp_core::U256;
	type AssetKind = u32;
	type Assets = UnionOf<Balances, Assets, NativeIsZero, u32, u64>;
	type PoolId = (u32, u32);
	type PoolLocator = Ascending<u64, u32, AccountIdConverter<AmmId, (u32, u32)>>;
	type PoolAssetId = u32;
	type PoolAssets = PoolAssets;
	type LPFee = ConstU32<3>;
	type PoolSetupFee = ConstU128<SETUP_FEE>;
	type PoolSetupFeeAsset = Native;
	type PoolSetupFeeTarget = ();
	type LiquidityWithdrawalFee = NoFee;
	type MintMinLiquidity = ConstU128<100>;
	type MaxSwapPathLength = ConstU32<3>;
	type PalletId = AmmId;
	type WeightInfo = ();
}

impl pallet_genesis_pools::Config for Test {}

/// The genesis of a chain with the given pools, built.
pub fn build(pools: Vec<crate::InitialPoolOf<Test>>) -> sp_io::TestExternalities {
	RuntimeGenesisConfig {
		balances: pallet_balances::GenesisConfig {
			balances: vec![(PROVIDER, FUNDS)],
			..Default::default()
		},
		assets: pallet_assets::GenesisConfig {
			assets: vec![(1, PROVIDER, true, 1), (2, PROVIDER, true, 1)],
			accounts: vec![(1, PROVIDER, FUNDS), (2, PROVIDER, FUNDS)],
			..Default::default()
		},
		genesis_pools: crate::GenesisConfig { pools },
		..Default::default()
	}
	.build_storage()
	.expect("the storage of a genesis that did not panic can be built")
	.into()
}
