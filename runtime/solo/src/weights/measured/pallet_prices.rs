//! Weights of `pallet_prices`, written by `tests/bench`. To change them, change the pallet and run it again.
//!
//! Intel(R) Xeon(R) Processor, 2 cores; 16 steps, 20 repeats; runtime as compiled Wasm, host built with the dev profile.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Measured weights.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> ::pallet_prices::WeightInfo for WeightInfo<T> {
	// At least 10_462_000 ps, `n` from 0 to 32.
	fn on_finalize(n: u32) -> Weight {
		Weight::from_parts(37_690_621, 1_337)
			.saturating_add(Weight::from_parts(72_712_028, 859).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().reads(18u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1u64.saturating_mul(n.into())))
	}
	// At least 29_942_000 ps.
	fn set_guard() -> Weight {
		Weight::from_parts(39_771_000, 559)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// At least 50_261_000 ps.
	fn remove_guard() -> Weight {
		Weight::from_parts(55_326_000, 1_281)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(3))
	}
}
