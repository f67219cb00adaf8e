//! Weights of `pallet_balances`, written by `tests/bench`. To change them, change the pallet and run it again.
//!
//! Intel(R) Xeon(R) Processor, 2 cores; runtime as compiled Wasm, host built with the dev profile; 16 steps, 20 repeats.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Measured weights.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> ::pallet_balances::WeightInfo for WeightInfo<T> {
	// At least 68_683_000 ps.
	fn transfer_allow_death() -> Weight {
		Weight::from_parts(71_807_000, 52)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 53_692_000 ps.
	fn transfer_keep_alive() -> Weight {
		Weight::from_parts(55_980_000, 52)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 29_353_000 ps.
	fn force_set_balance_creating() -> Weight {
		Weight::from_parts(30_490_000, 39)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 30_494_000 ps.
	fn force_set_balance_killing() -> Weight {
		Weight::from_parts(31_735_000, 174)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 73_507_000 ps.
	fn force_transfer() -> Weight {
		Weight::from_parts(77_028_000, 192)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// At least 71_254_000 ps.
	fn transfer_all() -> Weight {
		Weight::from_parts(73_765_000, 52)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 24_403_000 ps.
	fn force_unreserve() -> Weight {
		Weight::from_parts(25_665_000, 174)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 24_692_000 ps, `u` from 1 to 1000.
	fn upgrade_accounts(u: u32) -> Weight {
		Weight::from_parts(25_337_000, 140)
			.saturating_add(Weight::from_parts(28_387_096, 136).saturating_mul(u.into()))
			.saturating_add(T::DbWeight::get().reads(1u64.saturating_mul(u.into())))
			.saturating_add(T::DbWeight::get().writes(1u64.saturating_mul(u.into())))
	}
	// At least 7_972_000 ps.
	fn force_adjust_total_issuance() -> Weight {
		Weight::from_parts(8_519_000, 0)
	}
	// At least 39_172_000 ps.
	fn burn_allow_death() -> Weight {
		Weight::from_parts(41_774_000, 0)
	}
	// At least 26_538_000 ps.
	fn burn_keep_alive() -> Weight {
		Weight::from_parts(27_972_000, 0)
	}
}
