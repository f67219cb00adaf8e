//! Weights of `pallet_prices`, written by `tests/bench`. To change them, change the pallet and run it again.
//!
//! Intel(R) Xeon(R) Processor, 2 cores; runtime as compiled Wasm, host built with the dev profile; 16 steps, 20 repeats.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Measured weights.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> ::pallet_prices::WeightInfo for WeightInfo<T> {
	// At least 11_523_000 ps, `n` from 0 to 32.
	fn on_finalize(n: u32) -> Weight {
		Weight::from_parts(15_876_722, 5_294)
			.saturating_add(Weight::from_parts(92_126_605, 29_496).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().reads(19u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(2u64.saturating_mul(n.into())))
	}
	// At least 32_288_000 ps.
	fn set_guard() -> Weight {
		Weight::from_parts(43_769_000, 2_580)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// At least 419_894_000 ps.
	fn remove_guard() -> Weight {
		Weight::from_parts(477_652_000, 118_800)
			.saturating_add(T::DbWeight::get().reads(66))
			.saturating_add(T::DbWeight::get().writes(35))
	}
}
