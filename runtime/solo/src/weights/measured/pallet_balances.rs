//! Weights of `pallet_balances`, written by `tests/bench`. To change them, change the pallet and run it again.
//!
//! Intel(R) Xeon(R) Processor, 2 cores; 16 steps, 20 repeats; runtime as compiled Wasm, host built with the dev profile.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Measured weights.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> ::pallet_balances::WeightInfo for WeightInfo<T> {
	// At least 63_711_000 ps.
	fn transfer_allow_death() -> Weight {
		Weight::from_parts(66_232_000, 52)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 51_112_000 ps.
	fn transfer_keep_alive() -> Weight {
		Weight::from_parts(52_353_000, 52)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 26_532_000 ps.
	fn force_set_balance_creating() -> Weight {
		Weight::from_parts(27_531_000, 39)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 28_317_000 ps.
	fn force_set_balance_killing() -> Weight {
		Weight::from_parts(29_751_000, 174)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 68_163_000 ps.
	fn force_transfer() -> Weight {
		Weight::from_parts(69_968_000, 192)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// At least 63_377_000 ps.
	fn transfer_all() -> Weight {
		Weight::from_parts(64_930_000, 52)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 22_793_000 ps.
	fn force_unreserve() -> Weight {
		Weight::from_parts(25_451_000, 174)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 22_916_000 ps, `u` from 1 to 1000.
	fn upgrade_accounts(u: u32) -> Weight {
		Weight::from_parts(23_526_000, 140)
			.saturating_add(Weight::from_parts(18_191_816, 136).saturating_mul(u.into()))
			.saturating_add(T::DbWeight::get().reads(1u64.saturating_mul(u.into())))
			.saturating_add(T::DbWeight::get().writes(1u64.saturating_mul(u.into())))
	}
	// At least 7_283_000 ps.
	fn force_adjust_total_issuance() -> Weight {
		Weight::from_parts(7_701_000, 0)
	}
	// At least 38_260_000 ps.
	fn burn_allow_death() -> Weight {
		Weight::from_parts(39_400_000, 0)
	}
	// At least 25_479_000 ps.
	fn burn_keep_alive() -> Weight {
		Weight::from_parts(26_391_000, 0)
	}
}
