//! Weights of `pallet_balances`, written by `tests/bench`. To change them, change the pallet and run it again.
//!
//! Intel(R) Xeon(R) Processor, 2 cores; runtime as compiled Wasm, host built with the dev profile; 16 steps, 20 repeats.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Measured weights.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> ::pallet_balances::WeightInfo for WeightInfo<T> {
	// At least 62_323_000 ps.
	fn transfer_allow_death() -> Weight {
		Weight::from_parts(67_973_000, 3_628)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 49_451_000 ps.
	fn transfer_keep_alive() -> Weight {
		Weight::from_parts(50_436_000, 3_628)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 26_915_000 ps.
	fn force_set_balance_creating() -> Weight {
		Weight::from_parts(27_758_000, 3_628)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 26_779_000 ps.
	fn force_set_balance_killing() -> Weight {
		Weight::from_parts(27_599_000, 3_628)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 65_198_000 ps.
	fn force_transfer() -> Weight {
		Weight::from_parts(66_716_000, 6_256)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// At least 61_250_000 ps.
	fn transfer_all() -> Weight {
		Weight::from_parts(63_126_000, 3_628)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 22_024_000 ps.
	fn force_unreserve() -> Weight {
		Weight::from_parts(22_693_000, 3_628)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 21_063_000 ps, `u` from 1 to 1000.
	fn upgrade_accounts(u: u32) -> Weight {
		Weight::from_parts(21_816_000, 177)
			.saturating_add(Weight::from_parts(16_993_518, 2_636).saturating_mul(u.into()))
			.saturating_add(T::DbWeight::get().reads(1u64.saturating_mul(u.into())))
			.saturating_add(T::DbWeight::get().writes(1u64.saturating_mul(u.into())))
	}
	// At least 7_708_000 ps.
	fn force_adjust_total_issuance() -> Weight {
		Weight::from_parts(8_281_000, 500)
	}
	// At least 38_235_000 ps.
	fn burn_allow_death() -> Weight {
		Weight::from_parts(39_519_000, 500)
	}
	// At least 26_057_000 ps.
	fn burn_keep_alive() -> Weight {
		Weight::from_parts(27_120_000, 500)
	}
}
