//! Weights of `pallet_auctions`, written by `tests/bench`. To change them, change the pallet and run it again.
//!
//! Intel(R) Xeon(R) Processor, 2 cores; runtime as compiled Wasm, host built with the dev profile; 16 steps, 20 repeats.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Measured weights.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> ::pallet_auctions::WeightInfo for WeightInfo<T> {
	// At least 1_056_876_000 ps.
	fn take() -> Weight {
		Weight::from_parts(1_099_768_000, 14_536)
			.saturating_add(T::DbWeight::get().reads(40))
			.saturating_add(T::DbWeight::get().writes(7))
	}
	// At least 1_593_802_000 ps.
	fn sell_to_market() -> Weight {
		Weight::from_parts(1_717_823_000, 17_144)
			.saturating_add(T::DbWeight::get().reads(54))
			.saturating_add(T::DbWeight::get().writes(16))
	}
	// At least 2_022_122_000 ps.
	fn sell_to_market_unsigned() -> Weight {
		Weight::from_parts(2_161_122_000, 17_174)
			.saturating_add(T::DbWeight::get().reads(55))
			.saturating_add(T::DbWeight::get().writes(16))
	}
	// At least 1_295_347_000 ps.
	fn check_market() -> Weight {
		Weight::from_parts(1_362_351_000, 17_096).saturating_add(T::DbWeight::get().reads(51))
	}
	// At least 31_177_000 ps.
	fn set_level() -> Weight {
		Weight::from_parts(37_050_000, 0).saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 7_255_000 ps.
	fn set_rules() -> Weight {
		Weight::from_parts(7_634_000, 0).saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 16_975_000 ps.
	fn poll_idle() -> Weight {
		Weight::from_parts(18_079_000, 317).saturating_add(T::DbWeight::get().reads(5))
	}
	// At least 849_523_000 ps.
	fn poll_base() -> Weight {
		Weight::from_parts(866_457_000, 14_359)
			.saturating_add(T::DbWeight::get().reads(45))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 712_909_000 ps.
	fn tend_lot() -> Weight {
		Weight::from_parts(743_211_000, 16_663)
			.saturating_add(T::DbWeight::get().reads(49))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// At least 636_551_000 ps.
	fn hand_out() -> Weight {
		Weight::from_parts(685_314_000, 16_471)
			.saturating_add(T::DbWeight::get().reads(45))
			.saturating_add(T::DbWeight::get().writes(21))
	}
}
