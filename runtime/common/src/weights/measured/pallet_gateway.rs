//! Weights of `pallet_gateway`, written by `tests/bench`. To change them, change the pallet and run it again.
//!
//! Intel(R) Xeon(R) Processor, 2 cores; runtime as compiled Wasm, host built with the dev profile; 16 steps, 20 repeats.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Measured weights.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> ::pallet_gateway::WeightInfo for WeightInfo<T> {
	// At least 43_055_000 ps.
	fn register() -> Weight {
		Weight::from_parts(48_399_000, 8_612)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	// At least 17_331_000 ps.
	fn set_cap() -> Weight {
		Weight::from_parts(20_602_000, 3_272)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 26_001_000 ps.
	fn unregister() -> Weight {
		Weight::from_parts(28_634_000, 6_812)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	// At least 37_618_000 ps.
	fn recount() -> Weight {
		Weight::from_parts(39_705_000, 4_982)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 23_696_000 ps.
	fn open_route() -> Weight {
		Weight::from_parts(26_411_000, 4_191)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// At least 22_758_000 ps.
	fn set_route_limit() -> Weight {
		Weight::from_parts(25_868_000, 3_191)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 20_401_000 ps.
	fn close_route() -> Weight {
		Weight::from_parts(23_488_000, 3_187)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// At least 18_452_000 ps.
	fn pause_route() -> Weight {
		Weight::from_parts(21_915_000, 2_683)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 18_850_000 ps.
	fn resume_route() -> Weight {
		Weight::from_parts(21_139_000, 2_683)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 539_513_000 ps.
	fn withdraw_to() -> Weight {
		Weight::from_parts(559_808_000, 80_941)
			.saturating_add(T::DbWeight::get().reads(38))
			.saturating_add(T::DbWeight::get().writes(15))
	}
	// At least 32_395_000 ps.
	fn report() -> Weight {
		Weight::from_parts(34_994_000, 9_372)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	// At least 156_616_000 ps.
	fn claim_abroad() -> Weight {
		Weight::from_parts(163_895_000, 138_158)
			.saturating_add(T::DbWeight::get().reads(13))
			.saturating_add(T::DbWeight::get().writes(7))
	}
	// At least 105_534_000 ps.
	fn resolve() -> Weight {
		Weight::from_parts(113_193_000, 19_618)
			.saturating_add(T::DbWeight::get().reads(8))
			.saturating_add(T::DbWeight::get().writes(6))
	}
}
