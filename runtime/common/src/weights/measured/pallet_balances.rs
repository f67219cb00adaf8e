//! Weights of `pallet_balances`, written by `tests/bench`. To change them, change the pallet and run it again.
//!
//! Intel(R) Xeon(R) Processor, 2 cores; runtime as compiled Wasm, host built with the dev profile; 16 steps, 20 repeats.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Measured weights.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> ::pallet_balances::WeightInfo for WeightInfo<T> {
	// At least 69_750_000 ps.
	fn transfer_allow_death() -> Weight {
		Weight::from_parts(72_722_000, 3_628)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 54_753_000 ps.
	fn transfer_keep_alive() -> Weight {
		Weight::from_parts(56_758_000, 3_628)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 29_457_000 ps.
	fn force_set_balance_creating() -> Weight {
		Weight::from_parts(30_655_000, 3_628)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 29_939_000 ps.
	fn force_set_balance_killing() -> Weight {
		Weight::from_parts(31_248_000, 3_628)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 74_201_000 ps.
	fn force_transfer() -> Weight {
		Weight::from_parts(76_114_000, 6_256)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// At least 69_321_000 ps.
	fn transfer_all() -> Weight {
		Weight::from_parts(71_664_000, 3_628)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 23_803_000 ps.
	fn force_unreserve() -> Weight {
		Weight::from_parts(25_120_000, 3_628)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 24_605_000 ps, `u` from 1 to 1000.
	fn upgrade_accounts(u: u32) -> Weight {
		Weight::from_parts(25_039_000, 177)
			.saturating_add(Weight::from_parts(18_898_883, 2_636).saturating_mul(u.into()))
			.saturating_add(T::DbWeight::get().reads(1u64.saturating_mul(u.into())))
			.saturating_add(T::DbWeight::get().writes(1u64.saturating_mul(u.into())))
	}
	// At least 7_937_000 ps.
	fn force_adjust_total_issuance() -> Weight {
		Weight::from_parts(8_692_000, 500)
	}
	// At least 39_762_000 ps.
	fn burn_allow_death() -> Weight {
		Weight::from_parts(42_180_000, 500)
	}
	// At least 26_465_000 ps.
	fn burn_keep_alive() -> Weight {
		Weight::from_parts(27_275_000, 500)
	}
}
