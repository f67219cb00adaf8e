//! Weights of `pallet_prices`, written by `tests/bench`. To change them, change the pallet and run it again.
//!
//! Intel(R) Xeon(R) Processor, 2 cores; runtime as compiled Wasm, host built with the dev profile; 16 steps, 20 repeats.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Measured weights.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> ::pallet_prices::WeightInfo for WeightInfo<T> {
	// At least 9_496_000 ps, `n` from 0 to 32.
	fn on_finalize(n: u32) -> Weight {
		Weight::from_parts(9_753_000, 1_337)
			.saturating_add(Weight::from_parts(88_491_792, 859).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().reads(18u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1u64.saturating_mul(n.into())))
	}
	// At least 31_006_000 ps.
	fn set_guard() -> Weight {
		Weight::from_parts(45_911_000, 559)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// At least 56_917_000 ps.
	fn remove_guard() -> Weight {
		Weight::from_parts(69_634_000, 1_281)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(3))
	}
}
