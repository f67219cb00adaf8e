//! Weights of `pallet_auctions`, written by `tests/bench`. To change them, change the pallet and run it again.
//!
//! Intel(R) Xeon(R) Processor, 2 cores; runtime as compiled Wasm, host built with the dev profile; 16 steps, 20 repeats.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Measured weights.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> ::pallet_auctions::WeightInfo for WeightInfo<T> {
	// At least 966_895_000 ps.
	fn take() -> Weight {
		Weight::from_parts(1_032_435_000, 63_118)
			.saturating_add(T::DbWeight::get().reads(40))
			.saturating_add(T::DbWeight::get().writes(7))
	}
	// At least 1_416_038_000 ps.
	fn sell_to_market() -> Weight {
		Weight::from_parts(1_552_229_000, 88_277)
			.saturating_add(T::DbWeight::get().reads(54))
			.saturating_add(T::DbWeight::get().writes(16))
	}
	// At least 1_937_878_000 ps.
	fn sell_to_market_unsigned() -> Weight {
		Weight::from_parts(2_035_400_000, 90_321)
			.saturating_add(T::DbWeight::get().reads(55))
			.saturating_add(T::DbWeight::get().writes(16))
	}
	// At least 1_176_550_000 ps.
	fn check_market() -> Weight {
		Weight::from_parts(1_324_834_000, 82_931).saturating_add(T::DbWeight::get().reads(51))
	}
	// At least 26_664_000 ps.
	fn set_level() -> Weight {
		Weight::from_parts(36_215_000, 2_000).saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 7_025_000 ps.
	fn set_rules() -> Weight {
		Weight::from_parts(7_516_000, 1_000).saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 17_267_000 ps.
	fn poll_idle() -> Weight {
		Weight::from_parts(18_140_000, 5_355).saturating_add(T::DbWeight::get().reads(5))
	}
	// At least 755_258_000 ps.
	fn poll_base() -> Weight {
		Weight::from_parts(814_726_000, 64_747)
			.saturating_add(T::DbWeight::get().reads(45))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 694_382_000 ps.
	fn tend_lot() -> Weight {
		Weight::from_parts(715_650_000, 80_022)
			.saturating_add(T::DbWeight::get().reads(49))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// At least 584_949_000 ps.
	fn hand_out() -> Weight {
		Weight::from_parts(635_853_000, 77_897)
			.saturating_add(T::DbWeight::get().reads(45))
			.saturating_add(T::DbWeight::get().writes(21))
	}
}
