//! Weights of `pallet_auctions`, written by `tests/bench`. To change them, change the pallet and run it again.
//!
//! Intel(R) Xeon(R) Processor, 2 cores; runtime as compiled Wasm, host built with the dev profile; 16 steps, 20 repeats.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Measured weights.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> ::pallet_auctions::WeightInfo for WeightInfo<T> {
	// At least 958_832_000 ps.
	fn take() -> Weight {
		Weight::from_parts(1_003_109_000, 16_313)
			.saturating_add(T::DbWeight::get().reads(40))
			.saturating_add(T::DbWeight::get().writes(7))
	}
	// At least 1_444_440_000 ps.
	fn sell_to_market() -> Weight {
		Weight::from_parts(1_518_826_000, 18_924)
			.saturating_add(T::DbWeight::get().reads(54))
			.saturating_add(T::DbWeight::get().writes(16))
	}
	// At least 1_871_866_000 ps.
	fn sell_to_market_unsigned() -> Weight {
		Weight::from_parts(1_942_904_000, 18_954)
			.saturating_add(T::DbWeight::get().reads(55))
			.saturating_add(T::DbWeight::get().writes(16))
	}
	// At least 1_194_443_000 ps.
	fn check_market() -> Weight {
		Weight::from_parts(1_224_371_000, 18_876).saturating_add(T::DbWeight::get().reads(51))
	}
	// At least 28_262_000 ps.
	fn set_level() -> Weight {
		Weight::from_parts(35_288_000, 0).saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 6_673_000 ps.
	fn set_rules() -> Weight {
		Weight::from_parts(6_873_000, 0).saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 15_702_000 ps.
	fn poll_idle() -> Weight {
		Weight::from_parts(16_187_000, 316).saturating_add(T::DbWeight::get().reads(5))
	}
	// At least 743_070_000 ps.
	fn poll_base() -> Weight {
		Weight::from_parts(780_124_000, 16_136)
			.saturating_add(T::DbWeight::get().reads(45))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 655_639_000 ps.
	fn tend_lot() -> Weight {
		Weight::from_parts(687_582_000, 18_440)
			.saturating_add(T::DbWeight::get().reads(49))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// At least 576_650_000 ps.
	fn hand_out() -> Weight {
		Weight::from_parts(592_445_000, 19_289)
			.saturating_add(T::DbWeight::get().reads(45))
			.saturating_add(T::DbWeight::get().writes(21))
	}
}
