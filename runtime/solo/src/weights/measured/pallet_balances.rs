//! Weights of `pallet_balances`, written by `tests/bench`. To change them, change the pallet and run it again.
//!
//! Intel(R) Xeon(R) Processor, 2 cores; 16 steps, 20 repeats; runtime as compiled Wasm, host built with the dev profile.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Measured weights.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> ::pallet_balances::WeightInfo for WeightInfo<T> {
	// At least 64_800_000 ps.
	fn transfer_allow_death() -> Weight {
		Weight::from_parts(66_158_000, 52)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 54_211_000 ps.
	fn transfer_keep_alive() -> Weight {
		Weight::from_parts(55_823_000, 52)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 28_699_000 ps.
	fn force_set_balance_creating() -> Weight {
		Weight::from_parts(30_225_000, 39)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 29_900_000 ps.
	fn force_set_balance_killing() -> Weight {
		Weight::from_parts(30_731_000, 174)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 71_993_000 ps.
	fn force_transfer() -> Weight {
		Weight::from_parts(74_413_000, 192)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// At least 67_454_000 ps.
	fn transfer_all() -> Weight {
		Weight::from_parts(69_179_000, 52)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 24_057_000 ps.
	fn force_unreserve() -> Weight {
		Weight::from_parts(25_107_000, 174)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 23_460_000 ps, `u` from 1 to 1000.
	fn upgrade_accounts(u: u32) -> Weight {
		Weight::from_parts(23_931_000, 140)
			.saturating_add(Weight::from_parts(18_365_056, 136).saturating_mul(u.into()))
			.saturating_add(T::DbWeight::get().reads(1u64.saturating_mul(u.into())))
			.saturating_add(T::DbWeight::get().writes(1u64.saturating_mul(u.into())))
	}
	// At least 7_707_000 ps.
	fn force_adjust_total_issuance() -> Weight {
		Weight::from_parts(8_015_000, 0)
	}
	// At least 38_798_000 ps.
	fn burn_allow_death() -> Weight {
		Weight::from_parts(39_611_000, 0)
	}
	// At least 26_354_000 ps.
	fn burn_keep_alive() -> Weight {
		Weight::from_parts(27_189_000, 0)
	}
}
