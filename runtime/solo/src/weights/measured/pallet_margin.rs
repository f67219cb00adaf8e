//! Weights of `pallet_margin`, written by `tests/bench`. To change them, change the pallet and run it again.
//!
//! Intel(R) Xeon(R) Processor, 2 cores; 16 steps, 20 repeats; runtime as compiled Wasm, host built with the dev profile.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Measured weights.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> ::pallet_margin::WeightInfo for WeightInfo<T> {
	fn deposit_opening() -> Weight {
		Weight::from_parts(400_000_000, 7_000)
			.saturating_add(T::DbWeight::get().reads(9))
			.saturating_add(T::DbWeight::get().writes(7))
	}
	fn open_account() -> Weight {
		Weight::from_parts(400_000_000, 7_000)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	fn close_account() -> Weight {
		Weight::from_parts(400_000_000, 7_000)
			.saturating_add(T::DbWeight::get().reads(30))
			.saturating_add(T::DbWeight::get().writes(14))
	}
	fn transfer() -> Weight {
		Weight::from_parts(400_000_000, 7_000)
			.saturating_add(T::DbWeight::get().reads(30))
			.saturating_add(T::DbWeight::get().writes(5))
	}
	fn open() -> Weight {
		Weight::from_parts(400_000_000, 7_000)
			.saturating_add(T::DbWeight::get().reads(40))
			.saturating_add(T::DbWeight::get().writes(15))
	}
	fn close() -> Weight {
		Weight::from_parts(400_000_000, 7_000)
			.saturating_add(T::DbWeight::get().reads(40))
			.saturating_add(T::DbWeight::get().writes(13))
	}
	fn liquidate() -> Weight {
		Weight::from_parts(400_000_000, 7_000)
			.saturating_add(T::DbWeight::get().reads(60))
			.saturating_add(T::DbWeight::get().writes(12))
	}
	fn set_status() -> Weight {
		Weight::from_parts(400_000_000, 7_000)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	fn set_pauses() -> Weight {
		Weight::from_parts(400_000_000, 7_000)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	fn cancel_change() -> Weight {
		Weight::from_parts(400_000_000, 7_000)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	fn set_outflow_limit() -> Weight {
		Weight::from_parts(400_000_000, 7_000)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	fn delist_asset() -> Weight {
		Weight::from_parts(400_000_000, 7_000)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	fn evict() -> Weight {
		Weight::from_parts(400_000_000, 7_000)
			.saturating_add(T::DbWeight::get().reads(60))
			.saturating_add(T::DbWeight::get().writes(15))
	}
	fn remove_asset() -> Weight {
		Weight::from_parts(400_000_000, 7_000)
			.saturating_add(T::DbWeight::get().reads(8))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	// At least 40_888_000 ps.
	fn list_asset() -> Weight {
		Weight::from_parts(45_532_000, 886)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	// At least 79_347_000 ps.
	fn update_asset() -> Weight {
		Weight::from_parts(84_599_000, 1_098)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// At least 177_000_000 ps.
	fn deposit() -> Weight {
		Weight::from_parts(184_380_000, 3_573)
			.saturating_add(T::DbWeight::get().reads(9))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	// At least 408_139_000 ps.
	fn withdraw() -> Weight {
		Weight::from_parts(418_075_000, 7_030)
			.saturating_add(T::DbWeight::get().reads(30))
			.saturating_add(T::DbWeight::get().writes(5))
	}
	// At least 402_685_000 ps.
	fn borrow() -> Weight {
		Weight::from_parts(420_072_000, 6_956)
			.saturating_add(T::DbWeight::get().reads(30))
			.saturating_add(T::DbWeight::get().writes(5))
	}
	// At least 167_124_000 ps.
	fn repay() -> Weight {
		Weight::from_parts(177_753_000, 3_573)
			.saturating_add(T::DbWeight::get().reads(9))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	// At least 610_661_000 ps.
	fn swap() -> Weight {
		Weight::from_parts(632_542_000, 8_552)
			.saturating_add(T::DbWeight::get().reads(39))
			.saturating_add(T::DbWeight::get().writes(12))
	}
	// At least 653_941_000 ps.
	fn liquidate_slices() -> Weight {
		Weight::from_parts(678_327_000, 9_745)
			.saturating_add(T::DbWeight::get().reads(54))
			.saturating_add(T::DbWeight::get().writes(7))
	}
	// At least 693_683_000 ps.
	fn liquidate_takeover() -> Weight {
		Weight::from_parts(729_793_000, 9_745)
			.saturating_add(T::DbWeight::get().reads(54))
			.saturating_add(T::DbWeight::get().writes(20))
	}
	// At least 548_512_000 ps.
	fn scan_base() -> Weight {
		Weight::from_parts(559_683_000, 8_282)
			.saturating_add(T::DbWeight::get().reads(49))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 30_945_000 ps.
	fn scan_account() -> Weight {
		Weight::from_parts(37_779_000, 478).saturating_add(T::DbWeight::get().reads(2))
	}
	// At least 2_779_000 ps.
	fn house_idle() -> Weight {
		Weight::from_parts(3_086_000, 111).saturating_add(T::DbWeight::get().reads(1))
	}
	// At least 877_193_000 ps.
	fn house_sale() -> Weight {
		Weight::from_parts(912_451_000, 11_532)
			.saturating_add(T::DbWeight::get().reads(63))
			.saturating_add(T::DbWeight::get().writes(13))
	}
	// At least 672_707_000 ps.
	fn house_settle() -> Weight {
		Weight::from_parts(710_466_000, 9_015)
			.saturating_add(T::DbWeight::get().reads(51))
			.saturating_add(T::DbWeight::get().writes(18))
	}
	// At least 94_391_000 ps.
	fn tend_asset() -> Weight {
		Weight::from_parts(99_388_000, 2_362)
			.saturating_add(T::DbWeight::get().reads(9))
			.saturating_add(T::DbWeight::get().writes(2))
	}
}
