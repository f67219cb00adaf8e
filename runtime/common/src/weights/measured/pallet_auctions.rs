//! Weights of `pallet_auctions`, written by `tests/bench`. To change them, change the pallet and run it again.
//!
//! Intel(R) Xeon(R) Processor, 2 cores; runtime as compiled Wasm, host built with the dev profile; 16 steps, 20 repeats.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Measured weights.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> ::pallet_auctions::WeightInfo for WeightInfo<T> {
	// At least 932_590_000 ps.
	fn take() -> Weight {
		Weight::from_parts(965_231_000, 63_118)
			.saturating_add(T::DbWeight::get().reads(40))
			.saturating_add(T::DbWeight::get().writes(7))
	}
	// At least 1_396_343_000 ps.
	fn sell_to_market() -> Weight {
		Weight::from_parts(1_441_920_000, 88_277)
			.saturating_add(T::DbWeight::get().reads(54))
			.saturating_add(T::DbWeight::get().writes(16))
	}
	// At least 1_785_192_000 ps.
	fn sell_to_market_unsigned() -> Weight {
		Weight::from_parts(1_863_938_000, 90_321)
			.saturating_add(T::DbWeight::get().reads(55))
			.saturating_add(T::DbWeight::get().writes(16))
	}
	// At least 1_150_244_000 ps.
	fn check_market() -> Weight {
		Weight::from_parts(1_192_013_000, 82_931).saturating_add(T::DbWeight::get().reads(51))
	}
	// At least 27_379_000 ps.
	fn set_level() -> Weight {
		Weight::from_parts(33_906_000, 2_000).saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 6_807_000 ps.
	fn set_rules() -> Weight {
		Weight::from_parts(7_140_000, 1_000).saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 17_011_000 ps.
	fn poll_idle() -> Weight {
		Weight::from_parts(17_886_000, 5_355).saturating_add(T::DbWeight::get().reads(5))
	}
	// At least 735_249_000 ps.
	fn poll_base() -> Weight {
		Weight::from_parts(759_654_000, 64_747)
			.saturating_add(T::DbWeight::get().reads(45))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 639_396_000 ps.
	fn tend_lot() -> Weight {
		Weight::from_parts(651_006_000, 80_022)
			.saturating_add(T::DbWeight::get().reads(49))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// At least 567_422_000 ps.
	fn hand_out() -> Weight {
		Weight::from_parts(598_440_000, 77_897)
			.saturating_add(T::DbWeight::get().reads(45))
			.saturating_add(T::DbWeight::get().writes(21))
	}
}
