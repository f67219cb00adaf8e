//! When the chain last stood still: no clock of a price runs while nobody can make a block.

use crate::{Config, Pallet, Pulse};
use codec::{Decode, Encode, MaxEncodedLen};
use frame_support::{
	traits::{Get, Time},
	weights::WeightMeter,
};
use scale_info::TypeInfo;
use sp_runtime::RuntimeDebug;

/// The rhythm of the chain's blocks, in milliseconds of unix time.
#[derive(Encode, Decode, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, RuntimeDebug, Default)]
pub struct Heartbeat {
	/// When the last block was made.
	pub last: u64,
	/// When blocks began to be made without a halt.
	pub awake_since: u64,
}

impl<T: Config> Pallet<T> {
	/// Notes that a block is made, and whether it ends a halt.
	pub(crate) fn note_block(meter: &mut WeightMeter) {
		meter.consume(T::DbWeight::get().reads_writes(1, 1));
		let now = T::Time::now();
		Pulse::<T>::mutate(|pulse| {
			if now.saturating_sub(pulse.last) > T::AccountRules::get().halt {
				pulse.awake_since = now;
			}
			pulse.last = now;
		});
	}
}
