//! Weights of `pallet_gateway`, written by `tests/bench`. To change them, change the pallet and run it again.
//!
//! Intel(R) Xeon(R) Processor, 2 cores; runtime as compiled Wasm, host built with the dev profile; 16 steps, 20 repeats.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Measured weights.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> ::pallet_gateway::WeightInfo for WeightInfo<T> {
	// At least 42_037_000 ps.
	fn register() -> Weight {
		Weight::from_parts(47_252_000, 8_612)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	// At least 16_858_000 ps.
	fn set_cap() -> Weight {
		Weight::from_parts(21_823_000, 3_272)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 25_956_000 ps.
	fn unregister() -> Weight {
		Weight::from_parts(28_488_000, 6_812)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	// At least 35_296_000 ps.
	fn recount() -> Weight {
		Weight::from_parts(39_189_000, 4_982)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 23_734_000 ps.
	fn open_route() -> Weight {
		Weight::from_parts(25_973_000, 4_191)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// At least 27_546_000 ps.
	fn set_route_limit() -> Weight {
		Weight::from_parts(30_722_000, 3_191)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 24_402_000 ps.
	fn close_route() -> Weight {
		Weight::from_parts(28_579_000, 3_187)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// At least 23_259_000 ps.
	fn pause_route() -> Weight {
		Weight::from_parts(27_608_000, 2_683)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 22_251_000 ps.
	fn resume_route() -> Weight {
		Weight::from_parts(26_454_000, 2_683)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 678_370_000 ps.
	fn withdraw_to() -> Weight {
		Weight::from_parts(714_015_000, 186_447)
			.saturating_add(T::DbWeight::get().reads(39))
			.saturating_add(T::DbWeight::get().writes(15))
	}
	// At least 35_801_000 ps.
	fn report() -> Weight {
		Weight::from_parts(37_902_000, 9_372)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	// At least 238_629_000 ps.
	fn claim_abroad() -> Weight {
		Weight::from_parts(250_398_000, 138_158)
			.saturating_add(T::DbWeight::get().reads(13))
			.saturating_add(T::DbWeight::get().writes(7))
	}
	// At least 112_778_000 ps.
	fn resolve() -> Weight {
		Weight::from_parts(121_264_000, 19_618)
			.saturating_add(T::DbWeight::get().reads(8))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	// At least 22_251_000 ps.
	fn set_least_fee() -> Weight {
		Weight::from_parts(27_608_000, 2_683)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 60_000_000 ps.
	fn follow_native_market() -> Weight {
		Weight::from_parts(70_000_000, 22_000)
			.saturating_add(T::DbWeight::get().reads(8))
			.saturating_add(T::DbWeight::get().writes(1))
	}
}
