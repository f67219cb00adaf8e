//! Weights of `pallet_prices`, written by `tests/bench`. To change them, change the pallet and run it again.
//!
//! Intel(R) Xeon(R) Processor, 2 cores; 16 steps, 20 repeats; runtime as compiled Wasm, host built with the dev profile.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Measured weights.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> ::pallet_prices::WeightInfo for WeightInfo<T> {
	// At least 10_493_000 ps, `n` from 0 to 32.
	fn on_finalize(n: u32) -> Weight {
		Weight::from_parts(66_041_664, 2_237)
			.saturating_add(Weight::from_parts(121_423_289, 1_527).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().reads(34u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1u64.saturating_mul(n.into())))
	}
	// At least 38_164_000 ps.
	fn set_guard() -> Weight {
		Weight::from_parts(44_061_000, 559)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// At least 58_841_000 ps.
	fn remove_guard() -> Weight {
		Weight::from_parts(64_646_000, 1_281)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(3))
	}
}
