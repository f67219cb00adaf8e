//! Assets other than the native token, and one view over them all.

use super::amm::AmmAccount;
use crate::{
	units::{MILLI_MRG, MRG_UNIT, NATIVE},
	AccountId, AssetId, Assets as AssetsPallet, Balance, Balances, Runtime, RuntimeEvent,
};
use frame_support::{
	instances::{Instance1, Instance2},
	traits::{tokens::fungible::UnionOf, AsEnsureOriginWithArg, ConstU128, ConstU32},
};
use frame_system::{EnsureNever, EnsureRoot, EnsureSignedBy};
use sp_runtime::{traits::Convert, Either};

/// Every asset by its number, the native token among them.
pub type NativeAndAssets = UnionOf<Balances, AssetsPallet, NativeIsZero, AssetId, AccountId>;

/// Asset [`NATIVE`] is the native token, every other number one of the asset pallet's.
pub struct NativeIsZero;
impl Convert<AssetId, Either<(), AssetId>> for NativeIsZero {
	fn convert(asset: AssetId) -> Either<(), AssetId> {
		if asset == NATIVE {
			Either::Left(())
		} else {
			Either::Right(asset)
		}
	}
}

/// What traders hold. Root creates assets; nobody else may.
impl pallet_assets::Config<Instance1> for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type Balance = Balance;
	type RemoveItemsLimit = ConstU32<1000>;
	type AssetId = AssetId;
	type AssetIdParameter = codec::Compact<AssetId>;
	type Currency = Balances;
	type CreateOrigin = AsEnsureOriginWithArg<EnsureNever<AccountId>>;
	type ForceOrigin = EnsureRoot<AccountId>;
	type AssetDeposit = ConstU128<{ 100 * MRG_UNIT }>;
	type AssetAccountDeposit = ConstU128<MILLI_MRG>;
	type MetadataDepositBase = ConstU128<MRG_UNIT>;
	type MetadataDepositPerByte = ConstU128<{ 10 * MILLI_MRG }>;
	type ApprovalDeposit = ConstU128<MILLI_MRG>;
	type StringLimit = ConstU32<50>;
	type Holder = ();
	type Freezer = ();
	type Extra = ();
	type CallbackHandle = ();
	type WeightInfo = pallet_assets::weights::SubstrateWeight<Runtime>;
}

/// The liquidity tokens of the AMM, which alone creates them.
impl pallet_assets::Config<Instance2> for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type Balance = Balance;
	type RemoveItemsLimit = ConstU32<1000>;
	type AssetId = AssetId;
	type AssetIdParameter = codec::Compact<AssetId>;
	type Currency = Balances;
	type CreateOrigin = AsEnsureOriginWithArg<EnsureSignedBy<AmmAccount, AccountId>>;
	type ForceOrigin = EnsureRoot<AccountId>;
	type AssetDeposit = ConstU128<0>;
	type AssetAccountDeposit = ConstU128<0>;
	type MetadataDepositBase = ConstU128<0>;
	type MetadataDepositPerByte = ConstU128<0>;
	type ApprovalDeposit = ConstU128<MILLI_MRG>;
	type StringLimit = ConstU32<50>;
	type Holder = ();
	type Freezer = ();
	type Extra = ();
	type CallbackHandle = ();
	type WeightInfo = pallet_assets::weights::SubstrateWeight<Runtime>;
}
