//! What a subscriber gets, and where the publisher stands with it.

use crate::MAX_REPORTED;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use sp_runtime::RuntimeDebug;
use xcm::v5::{Location, Weight};

/// Most bytes of a call before its argument: the index of the pallet and that of the call are two.
pub const MAX_PREFIX: u32 = 4;
/// After so many failures in a row to hand a report over, a subscription is suspended.
pub const MAX_FAILURES: u8 = 3;
/// The longest time for which an adopted ratio may count, in milliseconds: 30 minutes.
pub const MAX_AGE: u64 = 30 * 60_000;
/// By how much a publisher's clock may be ahead, in milliseconds: as much as a block's time may be ahead of the time at
/// which it is made.
pub const MAX_CLOCK_SKEW: u64 = 30_000;

/// What a subscription is for.
#[derive(Clone, PartialEq, Eq, RuntimeDebug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Terms<AssetId, Balance> {
	/// The call on the subscriber's chain that takes a [`VersionedReport`](crate::VersionedReport): its bytes before the
	/// argument, which are the index of the pallet and that of the call.
	pub call: BoundedVec<u8, ConstU32<MAX_PREFIX>>,
	/// The least time between two reports, in milliseconds.
	pub interval: u64,
	/// The assets to report on; nothing: all of them.
	pub assets: Option<BoundedVec<AssetId, ConstU32<MAX_REPORTED>>>,
	/// What the call weighs at most, for a subscriber whose XCM is of a version that must be told.
	pub weight: Weight,
	/// The most that the subscriber pays for one report, in the native token.
	pub max_fee: Balance,
}

impl<AssetId: PartialEq, Balance> Terms<AssetId, Balance> {
	/// Whether reports are to be about `asset`.
	pub fn wants(&self, asset: &AssetId) -> bool {
		self.assets.as_ref().is_none_or(|assets| assets.contains(asset))
	}
}

/// Whether reports are sent.
#[derive(Clone, Copy, PartialEq, Eq, RuntimeDebug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub enum State {
	/// They are; the last so many could not be handed over.
	Running {
		/// Failures in a row, below [`MAX_FAILURES`].
		failures: u8,
	},
	/// They are not, until somebody calls `resume`.
	Suspended,
}

/// A subscription.
#[derive(Clone, PartialEq, Eq, RuntimeDebug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Subscription<AssetId, Balance> {
	/// What was agreed.
	pub terms: Terms<AssetId, Balance>,
	/// Whether reports are sent.
	pub state: State,
	/// When the last report was sent, in milliseconds of chain time.
	pub sent_at: Option<u64>,
	/// When the next one is tried, in milliseconds of chain time.
	pub due: u64,
}

impl<AssetId, Balance> Subscription<AssetId, Balance> {
	/// When something is to be done; never while it is suspended.
	pub fn due_at(&self) -> u64 {
		match self.state {
			State::Running { .. } => self.due,
			State::Suspended => u64::MAX,
		}
	}

	/// The earliest time for the next report by the terms.
	pub fn allowed_at(&self) -> u64 {
		self.sent_at
			.map_or(0, |sent_at| sent_at.saturating_add(self.terms.interval))
	}
}

/// The publisher that this chain listens to, and how far.
#[derive(Clone, PartialEq, Eq, RuntimeDebug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct PublisherTerms {
	/// The chain.
	pub location: Location,
	/// For how long a report counts from when it was made, in milliseconds: at most [`MAX_AGE`].
	pub max_age: u64,
	/// Whether its reports are shown only.
	pub shadow: bool,
}
