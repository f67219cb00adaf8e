//! Weights of `pallet_balances`, written by `tests/bench`. To change them, change the pallet and run it again.
//!
//! Intel(R) Xeon(R) Processor, 2 cores; 16 steps, 20 repeats; runtime as compiled Wasm, host built with the dev profile.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Measured weights.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> ::pallet_balances::WeightInfo for WeightInfo<T> {
	// At least 62_707_000 ps.
	fn transfer_allow_death() -> Weight {
		Weight::from_parts(63_475_000, 52)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 49_517_000 ps.
	fn transfer_keep_alive() -> Weight {
		Weight::from_parts(50_572_000, 52)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 26_066_000 ps.
	fn force_set_balance_creating() -> Weight {
		Weight::from_parts(26_954_000, 39)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 27_709_000 ps.
	fn force_set_balance_killing() -> Weight {
		Weight::from_parts(28_649_000, 174)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 66_338_000 ps.
	fn force_transfer() -> Weight {
		Weight::from_parts(67_452_000, 192)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// At least 61_585_000 ps.
	fn transfer_all() -> Weight {
		Weight::from_parts(63_089_000, 52)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 22_894_000 ps.
	fn force_unreserve() -> Weight {
		Weight::from_parts(23_795_000, 174)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 22_366_000 ps, `u` from 1 to 1000.
	fn upgrade_accounts(u: u32) -> Weight {
		Weight::from_parts(23_235_000, 140)
			.saturating_add(Weight::from_parts(18_203_742, 136).saturating_mul(u.into()))
			.saturating_add(T::DbWeight::get().reads(1u64.saturating_mul(u.into())))
			.saturating_add(T::DbWeight::get().writes(1u64.saturating_mul(u.into())))
	}
	// At least 7_366_000 ps.
	fn force_adjust_total_issuance() -> Weight {
		Weight::from_parts(7_685_000, 0)
	}
	// At least 37_794_000 ps.
	fn burn_allow_death() -> Weight {
		Weight::from_parts(38_789_000, 0)
	}
	// At least 25_958_000 ps.
	fn burn_keep_alive() -> Weight {
		Weight::from_parts(26_992_000, 0)
	}
}
