//! Weights of `pallet_margin`, written by `tests/bench`. To change them, change the pallet and run it again.
//!
//! Intel(R) Xeon(R) Processor, 2 cores; 16 steps, 20 repeats; runtime as compiled Wasm, host built with the dev profile.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Measured weights.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> ::pallet_margin::WeightInfo for WeightInfo<T> {
	// At least 42_978_000 ps.
	fn list_asset() -> Weight {
		Weight::from_parts(45_351_000, 886)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	// At least 59_829_000 ps.
	fn update_asset() -> Weight {
		Weight::from_parts(62_994_000, 1_032)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// At least 145_516_000 ps.
	fn deposit() -> Weight {
		Weight::from_parts(149_804_000, 2_808)
			.saturating_add(T::DbWeight::get().reads(9))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	// At least 234_570_000 ps.
	fn withdraw() -> Weight {
		Weight::from_parts(241_242_000, 5_981)
			.saturating_add(T::DbWeight::get().reads(30))
			.saturating_add(T::DbWeight::get().writes(5))
	}
	// At least 232_606_000 ps.
	fn borrow() -> Weight {
		Weight::from_parts(239_687_000, 5_907)
			.saturating_add(T::DbWeight::get().reads(30))
			.saturating_add(T::DbWeight::get().writes(5))
	}
	// At least 143_837_000 ps.
	fn repay() -> Weight {
		Weight::from_parts(150_656_000, 2_808)
			.saturating_add(T::DbWeight::get().reads(9))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	// At least 438_593_000 ps.
	fn swap() -> Weight {
		Weight::from_parts(451_178_000, 7_229)
			.saturating_add(T::DbWeight::get().reads(38))
			.saturating_add(T::DbWeight::get().writes(12))
	}
	// At least 207_820_000 ps.
	fn liquidate_slices() -> Weight {
		Weight::from_parts(214_838_000, 5_095)
			.saturating_add(T::DbWeight::get().reads(29))
			.saturating_add(T::DbWeight::get().writes(12))
	}
	// At least 207_820_000 ps.
	fn liquidate_takeover() -> Weight {
		Weight::from_parts(214_838_000, 5_095)
			.saturating_add(T::DbWeight::get().reads(29))
			.saturating_add(T::DbWeight::get().writes(12))
	}
	// At least 121_089_000 ps.
	fn scan_base() -> Weight {
		Weight::from_parts(123_709_000, 4_533)
			.saturating_add(T::DbWeight::get().reads(25))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 23_569_000 ps.
	fn scan_account() -> Weight {
		Weight::from_parts(24_884_000, 478).saturating_add(T::DbWeight::get().reads(2))
	}
	// At least 2_748_000 ps.
	fn house_idle() -> Weight {
		Weight::from_parts(3_005_000, 111).saturating_add(T::DbWeight::get().reads(1))
	}
	// At least 410_383_000 ps.
	fn house_sale() -> Weight {
		Weight::from_parts(422_815_000, 7_060)
			.saturating_add(T::DbWeight::get().reads(38))
			.saturating_add(T::DbWeight::get().writes(13))
	}
	// At least 151_463_000 ps.
	fn house_settle() -> Weight {
		Weight::from_parts(159_037_000, 4_926)
			.saturating_add(T::DbWeight::get().reads(27))
			.saturating_add(T::DbWeight::get().writes(10))
	}
	// At least 77_994_000 ps.
	fn collect_reserves() -> Weight {
		Weight::from_parts(82_646_000, 1_702)
			.saturating_add(T::DbWeight::get().reads(8))
			.saturating_add(T::DbWeight::get().writes(2))
	}
}
