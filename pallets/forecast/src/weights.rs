//! What the calls of this pallet weigh. The runtime brings the measured values; those of `()` serve tests.

use frame_support::weights::{constants::RocksDbWeight, Weight};

/// Weights of this pallet.
pub trait WeightInfo {
	/// A report on a key that every other reporter has reported.
	fn report() -> Weight;
	/// Switching shadow mode.
	fn set_shadow() -> Weight;
}

impl WeightInfo for () {
	fn report() -> Weight {
		RocksDbWeight::get().reads_writes(5, 1)
	}
	fn set_shadow() -> Weight {
		RocksDbWeight::get().reads_writes(5, 2)
	}
}
