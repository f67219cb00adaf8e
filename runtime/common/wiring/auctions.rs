//! The auctions of what the house holds.

use super::{
	governance::{AssetManager, RiskManager},
	order,
};
use crate::{weights, AssetId, Margin, Runtime, Timestamp};
use frame_support::traits::{ConstU32, ConstU64};

impl pallet_auctions::Config for Runtime {
	type AssetId = AssetId;
	type Seller = Margin;
	type Time = Timestamp;
	type ManagerOrigin = AssetManager;
	type PauseOrigin = RiskManager;
	/// As many as there may be assets.
	type MaxLots = ConstU32<16>;
	/// Behind what takes something over.
	type UnsignedPriority = ConstU64<{ order::SALES }>;
	type WeightInfo = weights::Auctions<Runtime>;
}
