//! Weights of `pallet_forecast`, written by `tests/bench`. To change them, change the pallet and run it again.
//!
//! Intel(R) Xeon(R) Processor, 2 cores; runtime as compiled Wasm, host built with the dev profile; 16 steps, 20 repeats.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Measured weights.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> ::pallet_forecast::WeightInfo for WeightInfo<T> {
	// At least 38_171_000 ps.
	fn report() -> Weight {
		Weight::from_parts(40_500_000, 7_375)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 34_102_000 ps.
	fn set_shadow() -> Weight {
		Weight::from_parts(37_481_000, 7_375)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(1))
	}
}
