//! What calls and hooks of this pallet weigh. The runtime brings the measured values; those of `()` serve tests.

use frame_support::weights::{constants::RocksDbWeight, Weight};

/// Weights of this pallet.
pub trait WeightInfo {
	/// The call `open_subscription`.
	fn open_subscription() -> Weight;
	/// The call `change_subscription`.
	fn change_subscription() -> Weight;
	/// The call `close_subscription`.
	fn close_subscription() -> Weight;
	/// The call `resume`, with a report of all assets.
	fn resume() -> Weight;
	/// The call `set_publisher`, in the place of one whose report is stored.
	fn set_publisher() -> Weight;
	/// The call `adopt`, of a report of `n` assets.
	fn adopt(n: u32) -> Weight;
	/// Of the hook: seeing whether anything is due, and noting where it stopped.
	fn begin_round() -> Weight;
	/// Of the hook: reading one subscription.
	fn look() -> Weight;
	/// Of the hook: reading the risk of all assets.
	fn read_book() -> Weight;
	/// Of the hook: making one report of all assets, charging for it and handing it over.
	fn send() -> Weight;
}

impl WeightInfo for () {
	fn open_subscription() -> Weight {
		RocksDbWeight::get().reads_writes(3, 3)
	}
	fn change_subscription() -> Weight {
		RocksDbWeight::get().reads_writes(2, 2)
	}
	fn close_subscription() -> Weight {
		RocksDbWeight::get().reads_writes(2, 2)
	}
	fn resume() -> Weight {
		RocksDbWeight::get().reads_writes(40, 6)
	}
	fn set_publisher() -> Weight {
		RocksDbWeight::get().reads_writes(2, 2)
	}
	fn adopt(n: u32) -> Weight {
		RocksDbWeight::get().reads_writes(u64::from(n).saturating_add(3), 1)
	}
	fn begin_round() -> Weight {
		RocksDbWeight::get().reads_writes(4, 2)
	}
	fn look() -> Weight {
		RocksDbWeight::get().reads(1)
	}
	fn read_book() -> Weight {
		RocksDbWeight::get().reads(32)
	}
	fn send() -> Weight {
		RocksDbWeight::get().reads_writes(40, 6)
	}
}
