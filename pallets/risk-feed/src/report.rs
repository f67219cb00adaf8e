//! What one chain tells another: the argument of [`Pallet::adopt`](crate::Pallet::adopt), encoded as SCALE has it.

use crate::AssetRisk;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use sp_runtime::RuntimeDebug;
use xcm::v5::Location;

/// Most assets in a report.
pub const MAX_REPORTED: u32 = 32;

/// A report in the version that its publisher speaks. A version never changes; what must change gets the next one.
#[derive(Clone, PartialEq, Eq, RuntimeDebug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub enum VersionedReport {
	/// The first version.
	#[codec(index = 1)]
	V1(RiskReport),
}

impl VersionedReport {
	/// How many assets it is about.
	pub fn assets(&self) -> u32 {
		let Self::V1(report) = self;
		u32::try_from(report.assets.len()).unwrap_or(MAX_REPORTED)
	}
}

/// The risk of a chain's assets at one time.
#[derive(Clone, PartialEq, Eq, RuntimeDebug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct RiskReport {
	/// Rises with every report that the chain sends to anybody, so that a subscriber never takes an older one for new.
	pub sequence: u64,
	/// When it was made, in milliseconds of the publisher's time.
	pub at: u64,
	/// The assets.
	pub assets: BoundedVec<AssetReport, ConstU32<MAX_REPORTED>>,
}

/// The risk of one asset.
#[derive(Clone, PartialEq, Eq, RuntimeDebug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct AssetReport {
	/// The asset, as the subscriber's chain sees it.
	pub location: Location,
	/// Its risk on the publisher's chain.
	pub risk: AssetRisk,
}
