//! What the calls and hooks of this pallet weigh. The runtime brings the measured values; those of `()` serve tests.

use frame_support::weights::{constants::RocksDbWeight, Weight};

/// Weights of this pallet.
pub trait WeightInfo {
	/// Latching `n` keys at the end of a block.
	fn on_finalize(n: u32) -> Weight;
	/// Setting a guard, without the latch that it adds to the block.
	fn set_guard() -> Weight;
	/// Removing a guard.
	fn remove_guard() -> Weight;
}

impl WeightInfo for () {
	fn on_finalize(n: u32) -> Weight {
		RocksDbWeight::get()
			.reads_writes(2, 0)
			.saturating_add(RocksDbWeight::get().reads_writes(8, 1).saturating_mul(n.into()))
	}
	fn set_guard() -> Weight {
		RocksDbWeight::get().reads_writes(2, 2)
	}
	fn remove_guard() -> Weight {
		RocksDbWeight::get().reads_writes(3, 3)
	}
}
