//! What the calls and hooks of this pallet weigh. The runtime brings the measured values; those of `()` serve tests.

use frame_support::weights::{constants::RocksDbWeight, Weight};

/// Weights of this pallet.
pub trait WeightInfo {
	/// Latching `n` keys at the end of a block in which an hour has ended for all of them.
	fn on_finalize(n: u32) -> Weight;
	/// Setting a guard, without the latch that it adds to the block.
	fn set_guard() -> Weight;
	/// Removing a guard, with the pairs of its key from the records of all others.
	fn remove_guard() -> Weight;
}

impl WeightInfo for () {
	fn on_finalize(n: u32) -> Weight {
		RocksDbWeight::get()
			.reads_writes(2, 0)
			.saturating_add(RocksDbWeight::get().reads_writes(9, 2).saturating_mul(n.into()))
	}
	fn set_guard() -> Weight {
		RocksDbWeight::get().reads_writes(2, 2)
	}
	fn remove_guard() -> Weight {
		RocksDbWeight::get().reads_writes(70, 40)
	}
}
