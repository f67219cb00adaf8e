//! Weights of `pallet_risk_feed`, written by `tests/bench`. To change them, change the pallet and run it again.
//!
//! Intel(R) Xeon(R) Processor, 2 cores; runtime as compiled Wasm, host built with the dev profile; 16 steps, 20 repeats.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Measured weights.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> ::pallet_risk_feed::WeightInfo for WeightInfo<T> {
	// At least 49_769_000 ps.
	fn open_subscription() -> Weight {
		Weight::from_parts(56_256_000, 5_832)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	// At least 44_813_000 ps.
	fn change_subscription() -> Weight {
		Weight::from_parts(50_489_000, 5_328)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// At least 42_354_000 ps.
	fn close_subscription() -> Weight {
		Weight::from_parts(51_882_000, 4_816)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// At least 798_772_000 ps.
	fn resume() -> Weight {
		Weight::from_parts(862_862_000, 291_069)
			.saturating_add(T::DbWeight::get().reads(95))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	// At least 33_373_000 ps.
	fn set_publisher() -> Weight {
		Weight::from_parts(39_547_000, 2_111)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// At least 40_166_000 ps, `n` from 0 to 32.
	fn adopt(n: u32) -> Weight {
		Weight::from_parts(59_655_995, 6_009)
			.saturating_add(Weight::from_parts(4_382_552, 1_627).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().reads(1u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 12_219_000 ps.
	fn begin_round() -> Weight {
		Weight::from_parts(13_008_000, 3_122)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// At least 24_130_000 ps.
	fn look() -> Weight {
		Weight::from_parts(26_751_000, 7_624).saturating_add(T::DbWeight::get().reads(2))
	}
	// At least 439_555_000 ps.
	fn read_book() -> Weight {
		Weight::from_parts(464_269_000, 127_417).saturating_add(T::DbWeight::get().reads(68))
	}
	// At least 339_895_000 ps.
	fn send() -> Weight {
		Weight::from_parts(369_873_000, 163_644)
			.saturating_add(T::DbWeight::get().reads(26))
			.saturating_add(T::DbWeight::get().writes(5))
	}
}
