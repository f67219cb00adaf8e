//! Weights of `pallet_risk_feed`, written by `tests/bench`. To change them, change the pallet and run it again.
//!
//! Intel(R) Xeon(R) Processor, 2 cores; runtime as compiled Wasm, host built with the dev profile; 16 steps, 20 repeats.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Measured weights.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> ::pallet_risk_feed::WeightInfo for WeightInfo<T> {
	// At least 53_105_000 ps.
	fn open_subscription() -> Weight {
		Weight::from_parts(61_233_000, 5_832)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	// At least 47_755_000 ps.
	fn change_subscription() -> Weight {
		Weight::from_parts(52_640_000, 5_328)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// At least 41_231_000 ps.
	fn close_subscription() -> Weight {
		Weight::from_parts(45_221_000, 4_816)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// At least 696_662_000 ps.
	fn resume() -> Weight {
		Weight::from_parts(730_532_000, 185_563)
			.saturating_add(T::DbWeight::get().reads(94))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	// At least 28_227_000 ps.
	fn set_publisher() -> Weight {
		Weight::from_parts(34_190_000, 2_111)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// At least 47_094_000 ps, `n` from 0 to 32.
	fn adopt(n: u32) -> Weight {
		Weight::from_parts(59_721_318, 6_009)
			.saturating_add(Weight::from_parts(4_493_874, 1_627).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().reads(1u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 11_567_000 ps.
	fn begin_round() -> Weight {
		Weight::from_parts(11_957_000, 3_122)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// At least 21_886_000 ps.
	fn look() -> Weight {
		Weight::from_parts(24_926_000, 7_624).saturating_add(T::DbWeight::get().reads(2))
	}
	// At least 450_160_000 ps.
	fn read_book() -> Weight {
		Weight::from_parts(467_553_000, 127_417).saturating_add(T::DbWeight::get().reads(68))
	}
	// At least 264_928_000 ps.
	fn send() -> Weight {
		Weight::from_parts(285_328_000, 58_138)
			.saturating_add(T::DbWeight::get().reads(25))
			.saturating_add(T::DbWeight::get().writes(5))
	}
}
