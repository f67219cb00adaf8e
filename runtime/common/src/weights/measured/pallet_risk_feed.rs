//! Weights of `pallet_risk_feed`, written by `tests/bench`. To change them, change the pallet and run it again.
//!
//! Intel(R) Xeon(R) Processor, 2 cores; runtime as compiled Wasm, host built with the dev profile; 16 steps, 20 repeats.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Measured weights.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> ::pallet_risk_feed::WeightInfo for WeightInfo<T> {
	// At least 56_784_000 ps.
	fn open_subscription() -> Weight {
		Weight::from_parts(64_156_000, 5_832)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	// At least 52_464_000 ps.
	fn change_subscription() -> Weight {
		Weight::from_parts(60_684_000, 5_328)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// At least 45_936_000 ps.
	fn close_subscription() -> Weight {
		Weight::from_parts(53_772_000, 4_816)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// At least 851_344_000 ps.
	fn resume() -> Weight {
		Weight::from_parts(892_680_000, 291_453)
			.saturating_add(T::DbWeight::get().reads(95))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	// At least 37_909_000 ps.
	fn set_publisher() -> Weight {
		Weight::from_parts(43_746_000, 2_111)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// At least 44_655_000 ps, `n` from 0 to 32.
	fn adopt(n: u32) -> Weight {
		Weight::from_parts(63_833_957, 6_009)
			.saturating_add(Weight::from_parts(4_564_270, 1_627).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().reads(1u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 13_368_000 ps.
	fn begin_round() -> Weight {
		Weight::from_parts(14_245_000, 3_122)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// At least 22_227_000 ps.
	fn look() -> Weight {
		Weight::from_parts(25_636_000, 7_624).saturating_add(T::DbWeight::get().reads(2))
	}
	// At least 444_406_000 ps.
	fn read_book() -> Weight {
		Weight::from_parts(483_783_000, 127_417).saturating_add(T::DbWeight::get().reads(68))
	}
	// At least 344_603_000 ps.
	fn send() -> Weight {
		Weight::from_parts(365_437_000, 164_028)
			.saturating_add(T::DbWeight::get().reads(26))
			.saturating_add(T::DbWeight::get().writes(5))
	}
}
