//! What the calls of this pallet weigh. The runtime brings the measured values; those of `()` serve tests.

use frame_support::weights::{constants::RocksDbWeight, Weight};

/// Weights of this pallet.
pub trait WeightInfo {
	/// Registering a token.
	fn register() -> Weight;
	/// Setting the cap of a token.
	fn set_cap() -> Weight;
	/// Taking a token's location away.
	fn unregister() -> Weight;
	/// Taking what is issued for what must be.
	fn recount() -> Weight;
	/// Opening a route.
	fn open_route() -> Weight;
	/// Setting the limit of a route.
	fn set_route_limit() -> Weight;
	/// Closing a route.
	fn close_route() -> Weight;
	/// Pausing a route.
	fn pause_route() -> Weight;
	/// Resuming a route.
	fn resume_route() -> Weight;
	/// A withdrawal to another chain, with the program that is executed here.
	fn withdraw_to() -> Weight;
	/// An answer of another chain.
	fn report() -> Weight;
	/// A claim of what another chain holds.
	fn claim_abroad() -> Weight;
	/// Resolving a flight by paying it back.
	fn resolve() -> Weight;
	/// Setting the least fee of a route.
	fn set_least_fee() -> Weight;
	/// A look at the market of the native token, after a day without one.
	fn follow_native_market() -> Weight;
}

impl WeightInfo for () {
	fn register() -> Weight {
		RocksDbWeight::get().reads_writes(4, 3)
	}
	fn set_cap() -> Weight {
		RocksDbWeight::get().reads_writes(1, 1)
	}
	fn unregister() -> Weight {
		RocksDbWeight::get().reads_writes(2, 3)
	}
	fn recount() -> Weight {
		RocksDbWeight::get().reads_writes(2, 1)
	}
	fn open_route() -> Weight {
		RocksDbWeight::get().reads_writes(2, 2)
	}
	fn set_route_limit() -> Weight {
		RocksDbWeight::get().reads_writes(1, 1)
	}
	fn close_route() -> Weight {
		RocksDbWeight::get().reads_writes(1, 2)
	}
	fn pause_route() -> Weight {
		RocksDbWeight::get().reads_writes(1, 1)
	}
	fn resume_route() -> Weight {
		RocksDbWeight::get().reads_writes(1, 1)
	}
	fn withdraw_to() -> Weight {
		RocksDbWeight::get().reads_writes(30, 15)
	}
	fn report() -> Weight {
		RocksDbWeight::get().reads_writes(3, 3)
	}
	fn claim_abroad() -> Weight {
		RocksDbWeight::get().reads_writes(10, 6)
	}
	fn resolve() -> Weight {
		RocksDbWeight::get().reads_writes(10, 6)
	}
	fn set_least_fee() -> Weight {
		RocksDbWeight::get().reads_writes(1, 1)
	}
	fn follow_native_market() -> Weight {
		RocksDbWeight::get().reads_writes(8, 1)
	}
}
