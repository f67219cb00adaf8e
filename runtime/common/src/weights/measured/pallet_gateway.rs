//! Weights of `pallet_gateway`, written by `tests/bench`. To change them, change the pallet and run it again.
//!
//! Intel(R) Xeon(R) Processor, 2 cores; runtime as compiled Wasm, host built with the dev profile; 16 steps, 20 repeats.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Measured weights.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> ::pallet_gateway::WeightInfo for WeightInfo<T> {
	// At least 48_317_000 ps.
	fn register() -> Weight {
		Weight::from_parts(52_305_000, 8_636)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	// At least 20_048_000 ps.
	fn set_cap() -> Weight {
		Weight::from_parts(21_491_000, 3_296)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 29_245_000 ps.
	fn unregister() -> Weight {
		Weight::from_parts(31_353_000, 6_836)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	// At least 40_907_000 ps.
	fn recount() -> Weight {
		Weight::from_parts(44_476_000, 5_006)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 26_927_000 ps.
	fn open_route() -> Weight {
		Weight::from_parts(30_493_000, 4_207)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// At least 29_840_000 ps.
	fn set_route_limit() -> Weight {
		Weight::from_parts(34_167_000, 3_207)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 28_098_000 ps.
	fn close_route() -> Weight {
		Weight::from_parts(31_356_000, 3_203)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// At least 25_374_000 ps.
	fn pause_route() -> Weight {
		Weight::from_parts(30_193_000, 2_699)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 24_852_000 ps.
	fn resume_route() -> Weight {
		Weight::from_parts(28_219_000, 2_699)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 713_257_000 ps.
	fn withdraw_to() -> Weight {
		Weight::from_parts(755_161_000, 186_991)
			.saturating_add(T::DbWeight::get().reads(40))
			.saturating_add(T::DbWeight::get().writes(15))
	}
	// At least 37_538_000 ps.
	fn report() -> Weight {
		Weight::from_parts(44_091_000, 9_372)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	// At least 283_329_000 ps.
	fn claim_abroad() -> Weight {
		Weight::from_parts(310_799_000, 144_472)
			.saturating_add(T::DbWeight::get().reads(16))
			.saturating_add(T::DbWeight::get().writes(7))
	}
	// At least 113_555_000 ps.
	fn resolve() -> Weight {
		Weight::from_parts(123_861_000, 19_642)
			.saturating_add(T::DbWeight::get().reads(8))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	// At least 25_038_000 ps.
	fn set_least_fee() -> Weight {
		Weight::from_parts(29_143_000, 2_699)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 55_565_000 ps.
	fn follow_native_market() -> Weight {
		Weight::from_parts(57_645_000, 13_611)
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(1))
	}
}
