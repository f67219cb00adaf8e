//! Weights of `pallet_margin`, written by `tests/bench`. To change them, change the pallet and run it again.
//!
//! Intel(R) Xeon(R) Processor, 2 cores; 16 steps, 20 repeats; runtime as compiled Wasm, host built with the dev profile.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Measured weights.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> ::pallet_margin::WeightInfo for WeightInfo<T> {
	// At least 43_096_000 ps.
	fn list_asset() -> Weight {
		Weight::from_parts(46_443_000, 947)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// At least 87_510_000 ps.
	fn update_asset() -> Weight {
		Weight::from_parts(94_704_000, 1_484)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// At least 163_273_000 ps.
	fn deposit() -> Weight {
		Weight::from_parts(169_648_000, 3_237)
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	// At least 209_796_000 ps.
	fn deposit_opening() -> Weight {
		Weight::from_parts(218_975_000, 3_068)
			.saturating_add(T::DbWeight::get().reads(8))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	// At least 383_779_000 ps.
	fn withdraw() -> Weight {
		Weight::from_parts(409_761_000, 8_562)
			.saturating_add(T::DbWeight::get().reads(21))
			.saturating_add(T::DbWeight::get().writes(5))
	}
	// At least 384_258_000 ps.
	fn borrow() -> Weight {
		Weight::from_parts(408_213_000, 8_488)
			.saturating_add(T::DbWeight::get().reads(21))
			.saturating_add(T::DbWeight::get().writes(5))
	}
	// At least 169_520_000 ps.
	fn repay() -> Weight {
		Weight::from_parts(178_051_000, 3_237)
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	// At least 617_075_000 ps.
	fn swap() -> Weight {
		Weight::from_parts(645_526_000, 10_084)
			.saturating_add(T::DbWeight::get().reads(30))
			.saturating_add(T::DbWeight::get().writes(12))
	}
	// At least 133_004_000 ps.
	fn open_account() -> Weight {
		Weight::from_parts(140_509_000, 2_635)
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// At least 430_683_000 ps.
	fn close_account() -> Weight {
		Weight::from_parts(466_131_000, 8_143)
			.saturating_add(T::DbWeight::get().reads(21))
			.saturating_add(T::DbWeight::get().writes(12))
	}
	// At least 359_704_000 ps.
	fn transfer() -> Weight {
		Weight::from_parts(390_460_000, 7_334)
			.saturating_add(T::DbWeight::get().reads(19))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	// At least 686_009_000 ps.
	fn open() -> Weight {
		Weight::from_parts(741_429_000, 10_545)
			.saturating_add(T::DbWeight::get().reads(33))
			.saturating_add(T::DbWeight::get().writes(16))
	}
	// At least 598_028_000 ps.
	fn close() -> Weight {
		Weight::from_parts(634_010_000, 10_084)
			.saturating_add(T::DbWeight::get().reads(30))
			.saturating_add(T::DbWeight::get().writes(13))
	}
	// At least 441_370_000 ps.
	fn liquidate() -> Weight {
		Weight::from_parts(488_933_000, 7_504)
			.saturating_add(T::DbWeight::get().reads(19))
			.saturating_add(T::DbWeight::get().writes(10))
	}
	// At least 48_122_000 ps.
	fn set_status() -> Weight {
		Weight::from_parts(52_444_000, 1_152)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 44_307_000 ps.
	fn set_pauses() -> Weight {
		Weight::from_parts(49_265_000, 1_078)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 43_239_000 ps.
	fn cancel_change() -> Weight {
		Weight::from_parts(47_916_000, 1_410)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 46_797_000 ps.
	fn set_outflow_limit() -> Weight {
		Weight::from_parts(51_009_000, 1_152)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 49_687_000 ps.
	fn delist_asset() -> Weight {
		Weight::from_parts(55_020_000, 1_152)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 640_117_000 ps.
	fn evict() -> Weight {
		Weight::from_parts(708_726_000, 13_331)
			.saturating_add(T::DbWeight::get().reads(36))
			.saturating_add(T::DbWeight::get().writes(7))
	}
	// At least 137_133_000 ps.
	fn remove_asset() -> Weight {
		Weight::from_parts(147_300_000, 2_975)
			.saturating_add(T::DbWeight::get().reads(9))
			.saturating_add(T::DbWeight::get().writes(8))
	}
	fn liquidate_slices(n: u32) -> Weight {
		Weight::from_parts(600_000_000, 13_736)
			.saturating_add(Weight::from_parts(250_000_000, 519).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(37))
			.saturating_add(T::DbWeight::get().writes(7))
			.saturating_add(T::DbWeight::get().reads(2u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(3u64.saturating_mul(n.into())))
	}
	fn liquidate_takeovers(n: u32) -> Weight {
		Self::liquidate_slices(n)
	}
	fn scan_bucket() -> Weight {
		Weight::from_parts(20_000_000, 519).saturating_add(T::DbWeight::get().reads(1))
	}
	fn refile() -> Weight {
		Weight::from_parts(60_000_000, 519)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	// At least 509_817_000 ps.
	fn scan_base() -> Weight {
		Weight::from_parts(541_333_000, 12_627)
			.saturating_add(T::DbWeight::get().reads(33))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 36_209_000 ps.
	fn scan_account() -> Weight {
		Weight::from_parts(39_471_000, 519).saturating_add(T::DbWeight::get().reads(2))
	}
	// At least 4_001_000 ps.
	fn house_idle() -> Weight {
		Weight::from_parts(4_660_000, 136).saturating_add(T::DbWeight::get().reads(1))
	}
	// At least 674_902_000 ps.
	fn house_settle() -> Weight {
		Weight::from_parts(716_424_000, 13_396)
			.saturating_add(T::DbWeight::get().reads(35))
			.saturating_add(T::DbWeight::get().writes(18))
	}
	// At least 143_944_000 ps.
	fn tend_asset() -> Weight {
		Weight::from_parts(157_132_000, 2_764)
			.saturating_add(T::DbWeight::get().reads(9))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	fn pay_deficit() -> Weight {
		<() as ::pallet_margin::WeightInfo>::pay_deficit()
	}
	fn write_off() -> Weight {
		<() as ::pallet_margin::WeightInfo>::write_off()
	}
	fn claim() -> Weight {
		<() as ::pallet_margin::WeightInfo>::claim()
	}
	fn liquidate_market() -> Weight {
		<() as ::pallet_margin::WeightInfo>::liquidate_market()
	}
	fn tend_grants() -> Weight {
		<() as ::pallet_margin::WeightInfo>::tend_grants()
	}
	fn report_fund() -> Weight {
		<() as ::pallet_margin::WeightInfo>::report_fund()
	}
}
