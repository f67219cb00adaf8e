//! Weights of `pallet_balances`, written by `tests/bench`. To change them, change the pallet and run it again.
//!
//! Intel(R) Xeon(R) Processor, 2 cores; runtime as compiled Wasm, host built with the dev profile; 16 steps, 20 repeats.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Measured weights.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> ::pallet_balances::WeightInfo for WeightInfo<T> {
	// At least 61_599_000 ps.
	fn transfer_allow_death() -> Weight {
		Weight::from_parts(62_974_000, 52)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 49_724_000 ps.
	fn transfer_keep_alive() -> Weight {
		Weight::from_parts(50_622_000, 52)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 25_468_000 ps.
	fn force_set_balance_creating() -> Weight {
		Weight::from_parts(26_858_000, 39)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 26_146_000 ps.
	fn force_set_balance_killing() -> Weight {
		Weight::from_parts(26_764_000, 174)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 63_078_000 ps.
	fn force_transfer() -> Weight {
		Weight::from_parts(65_253_000, 192)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// At least 60_817_000 ps.
	fn transfer_all() -> Weight {
		Weight::from_parts(61_967_000, 52)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 20_934_000 ps.
	fn force_unreserve() -> Weight {
		Weight::from_parts(21_792_000, 174)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 20_853_000 ps, `u` from 1 to 1000.
	fn upgrade_accounts(u: u32) -> Weight {
		Weight::from_parts(21_106_000, 140)
			.saturating_add(Weight::from_parts(17_277_714, 136).saturating_mul(u.into()))
			.saturating_add(T::DbWeight::get().reads(1u64.saturating_mul(u.into())))
			.saturating_add(T::DbWeight::get().writes(1u64.saturating_mul(u.into())))
	}
	// At least 7_385_000 ps.
	fn force_adjust_total_issuance() -> Weight {
		Weight::from_parts(7_775_000, 0)
	}
	// At least 37_998_000 ps.
	fn burn_allow_death() -> Weight {
		Weight::from_parts(39_613_000, 0)
	}
	// At least 25_544_000 ps.
	fn burn_keep_alive() -> Weight {
		Weight::from_parts(26_426_000, 0)
	}
}
