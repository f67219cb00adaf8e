//! The block: how large, how long, and who may dispatch in it.

use super::pauses::CallFilter;
use crate::{
	AccountId, Balance, Block, Hash, Nonce, PalletInfo, Runtime, RuntimeCall, RuntimeEvent, RuntimeOrigin, RuntimeTask,
	SetCode, MAX_PROOF_SIZE, NORMAL_SHARE, VERSION,
};
use frame_support::{
	derive_impl,
	dispatch::DispatchClass,
	parameter_types,
	traits::{ConstU16, ConstU32},
	weights::{
		constants::{ParityDbWeight, WEIGHT_REF_TIME_PER_SECOND},
		Weight,
	},
};
use frame_system::limits;
use sp_runtime::Perbill;
use sp_version::RuntimeVersion;

/// A block takes at most one second of the time between blocks, and as large a proof as the chain may send.
pub const MAX_BLOCK_WEIGHT: Weight = Weight::from_parts(WEIGHT_REF_TIME_PER_SECOND, MAX_PROOF_SIZE);
/// Largest share of a block for operational calls: what liquidations may take in all
/// ([`super::ALL_LIQUIDATIONS_SHARE`], which holds for the chain's own and the unsigned ones together). A code
/// upgrade, the heaviest of the others, fits as well.
pub const OPERATIONAL_SHARE: Perbill = Perbill::from_percent(60);
/// Part of a block that hooks are expected to take: no single user's call may be so heavy that it leaves less.
pub const HOOKS_SHARE: Perbill = Perbill::from_percent(10);
/// Length of a block in bytes.
pub const MAX_BLOCK_LENGTH: u32 = 5 * 1024 * 1024;

/// A share of a block, of its time and of its proof.
pub(crate) fn share_of_block(share: Perbill) -> Weight {
	Weight::from_parts(
		share.mul_floor(MAX_BLOCK_WEIGHT.ref_time()),
		share.mul_floor(MAX_BLOCK_WEIGHT.proof_size()),
	)
}

/// Limits of a block by class of call.
fn block_weights() -> limits::BlockWeights {
	let mut weights = limits::BlockWeights::builder()
		.for_class(DispatchClass::Normal, |class| {
			class.max_total = Some(share_of_block(NORMAL_SHARE))
		})
		// The builder takes the largest class for the whole block: start with all of it, and cut below.
		.for_class(DispatchClass::Operational, |class| {
			class.max_total = Some(MAX_BLOCK_WEIGHT)
		})
		.avg_block_initialization(HOOKS_SHARE)
		.build_or_panic();
	let operational = weights.per_class.get_mut(DispatchClass::Operational);
	operational.max_total = Some(share_of_block(OPERATIONAL_SHARE));
	operational.max_extrinsic = Some(share_of_block(OPERATIONAL_SHARE).saturating_sub(operational.base_extrinsic));
	weights
}

parameter_types! {
	/// Limits of a block's weight.
	pub RuntimeBlockWeights: limits::BlockWeights = block_weights();
	/// Limits of a block's length.
	pub RuntimeBlockLength: limits::BlockLength =
		limits::BlockLength::max_with_normal_ratio(MAX_BLOCK_LENGTH, NORMAL_SHARE);
	/// The version in force.
	pub const Version: RuntimeVersion = VERSION;
}

#[derive_impl(frame_system::config_preludes::SolochainDefaultConfig)]
impl frame_system::Config for Runtime {
	type BaseCallFilter = CallFilter;
	type Block = Block;
	type BlockWeights = RuntimeBlockWeights;
	type BlockLength = RuntimeBlockLength;
	type DbWeight = ParityDbWeight;
	type AccountId = AccountId;
	type Nonce = Nonce;
	type Hash = Hash;
	type Version = Version;
	type AccountData = pallet_balances::AccountData<Balance>;
	type SystemWeightInfo = frame_system::weights::SubstrateWeight<Runtime>;
	type ExtensionsWeightInfo = frame_system::SubstrateExtensionsWeight<Runtime>;
	type SS58Prefix = ConstU16<42>;
	type MaxConsumers = ConstU32<64>;
	type OnSetCode = SetCode;
}
