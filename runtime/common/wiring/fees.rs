//! What a transaction costs.

use super::{assets::NativeAndAssets, margin::Hub};
use crate::{
	fee_market::CheapestRoute,
	units::{MICRO_MRG, NATIVE},
	AssetId, Balance, Balances, Runtime, RuntimeEvent, MAX_PROOF_SIZE,
};
use frame_support::{
	parameter_types,
	traits::ConstU8,
	weights::{constants::WEIGHT_REF_TIME_PER_SECOND, ConstantMultiplier, Weight, WeightToFee},
};
use pallet_asset_conversion_tx_payment::{weights::SubstrateWeight, SwapAssetAdapter, WeightInfo};
use pallet_transaction_payment::{FungibleAdapter, Multiplier, TargetedFeeAdjustment};
use sp_runtime::{traits::Bounded, FixedPointNumber, Perquintill};

parameter_types! {
	/// Fee for a byte of a transaction.
	pub const ByteFee: Balance = MICRO_MRG;
	/// Fees rise when users fill more than this share of what a block has for them, and fall below it.
	pub const TargetFullness: Perquintill = Perquintill::from_percent(25);
	/// How fast fees follow: at most +-2.5 % in ten minutes of full or empty blocks.
	pub AdjustmentSpeed: Multiplier = Multiplier::saturating_from_rational(75, 1_000_000);
	/// Fees never fall below a tenth.
	pub LeastMultiplier: Multiplier = Multiplier::saturating_from_rational(1, 10);
	/// What fees are counted and burnt in.
	pub const FeeAsset: AssetId = NATIVE;
	/// There is no other bound than the number's own.
	pub MostMultiplier: Multiplier = Multiplier::max_value();
}

/// A picosecond costs a smallest unit of the native token, and a byte of the proof as much as its share of a second: who
/// fills a block's proof pays as who fills its time. The larger of the two counts.
pub struct ScarcerFee;

impl WeightToFee for ScarcerFee {
	type Balance = Balance;

	fn weight_to_fee(weight: &Weight) -> Balance {
		let time = Balance::from(weight.ref_time());
		let proof = Balance::from(weight.proof_size())
			.saturating_mul(WEIGHT_REF_TIME_PER_SECOND.into())
			.div_ceil(MAX_PROOF_SIZE.into());
		time.max(proof)
	}
}

impl pallet_transaction_payment::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	/// Fees are burnt.
	type OnChargeTransaction = FungibleAdapter<Balances, ()>;
	type WeightToFee = ScarcerFee;
	type LengthToFee = ConstantMultiplier<Balance, ByteFee>;
	type FeeMultiplierUpdate =
		TargetedFeeAdjustment<Runtime, TargetFullness, AdjustmentSpeed, LeastMultiplier, MostMultiplier>;
	type OperationalFeeMultiplier = ConstU8<5>;
	type WeightInfo = pallet_transaction_payment::weights::SubstrateWeight<Runtime>;
}

/// A fee in another asset buys the fee in the native token on the AMM first, over the hub where that is cheaper. What
/// cannot buy it is refused.
impl pallet_asset_conversion_tx_payment::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type AssetId = AssetId;
	/// Fees are burnt.
	type OnChargeAssetTransaction = SwapAssetAdapter<FeeAsset, NativeAndAssets, CheapestRoute<Runtime, Hub>, ()>;
	type WeightInfo = TwoHops;
}

/// The published weights count one pool. Two are as many as there can be on the way.
pub struct TwoHops;

impl WeightInfo for TwoHops {
	fn charge_asset_tx_payment_zero() -> Weight {
		SubstrateWeight::<Runtime>::charge_asset_tx_payment_zero()
	}

	fn charge_asset_tx_payment_native() -> Weight {
		SubstrateWeight::<Runtime>::charge_asset_tx_payment_native()
	}

	fn charge_asset_tx_payment_asset() -> Weight {
		SubstrateWeight::<Runtime>::charge_asset_tx_payment_asset().saturating_mul(2)
	}
}
