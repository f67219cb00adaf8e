//! The four levels of pause, for when something is wrong with an asset's auction.

use crate::{Config, Event, Levels, Pallet};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_runtime::RuntimeDebug;

/// What of an asset's auction is paused. Each level stops what the one before stops, and more.
///
/// At any level but the first, the floor does not step down and the lot does not go in kind.
#[derive(
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Default,
	RuntimeDebug,
)]
pub enum Level {
	/// Nothing is paused.
	#[default]
	None,
	/// No auction begins. One that runs goes on, round after round.
	NoStart,
	/// Nor does a round follow the one that runs.
	NoRestart,
	/// Nothing is sold at all, to nobody, the market included. When this ends, a new round begins.
	NoTake,
}

impl<T: Config> Pallet<T> {
	pub(crate) fn do_set_level(asset: T::AssetId, level: Level) {
		match level {
			Level::None => Levels::<T>::remove(asset),
			_ => Levels::<T>::insert(asset, level),
		}
		Self::deposit_event(Event::LevelSet { asset, level });
	}
}
