//! Weights of `pallet_feeder`, written by `tests/bench`. To change them, change the pallet and run it again.
//!
//! Intel(R) Xeon(R) Processor, 2 cores; runtime as compiled Wasm, host built with the dev profile; 16 steps, 20 repeats.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Measured weights.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> ::pallet_feeder::WeightInfo for WeightInfo<T> {
	// At least 97_797_000 ps, `v` from 1 to 16.
	fn feed_values(v: u32) -> Weight {
		Weight::from_parts(39_778_955, 4_002)
			.saturating_add(Weight::from_parts(59_908_178, 24_676).saturating_mul(v.into()))
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().reads(16u64.saturating_mul(v.into())))
			.saturating_add(T::DbWeight::get().writes(1))
			.saturating_add(T::DbWeight::get().writes(2u64.saturating_mul(v.into())))
	}
	// At least 1_191_000 ps.
	fn on_finalize() -> Weight {
		Weight::from_parts(1_346_000, 1_000).saturating_add(T::DbWeight::get().writes(1))
	}
}
