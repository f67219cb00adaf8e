//! Weights of `pallet_margin`, written by `tests/bench`. To change them, change the pallet and run it again.
//!
//! Intel(R) Xeon(R) Processor, 2 cores; runtime as compiled Wasm, host built with the dev profile; 16 steps, 20 repeats.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Measured weights.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> ::pallet_margin::WeightInfo for WeightInfo<T> {
	// At least 41_744_000 ps.
	fn list_asset() -> Weight {
		Weight::from_parts(45_676_000, 947)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// At least 94_957_000 ps.
	fn update_asset() -> Weight {
		Weight::from_parts(104_310_000, 1_559)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// At least 169_171_000 ps.
	fn deposit() -> Weight {
		Weight::from_parts(184_129_000, 3_343)
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	// At least 209_874_000 ps.
	fn deposit_opening() -> Weight {
		Weight::from_parts(229_352_000, 3_143)
			.saturating_add(T::DbWeight::get().reads(8))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	// At least 355_495_000 ps.
	fn withdraw() -> Weight {
		Weight::from_parts(392_518_000, 11_683)
			.saturating_add(T::DbWeight::get().reads(22))
			.saturating_add(T::DbWeight::get().writes(5))
	}
	// At least 358_017_000 ps.
	fn borrow() -> Weight {
		Weight::from_parts(396_449_000, 11_609)
			.saturating_add(T::DbWeight::get().reads(22))
			.saturating_add(T::DbWeight::get().writes(7))
	}
	// At least 160_050_000 ps.
	fn repay() -> Weight {
		Weight::from_parts(187_160_000, 3_343)
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	// At least 573_775_000 ps.
	fn swap() -> Weight {
		Weight::from_parts(625_122_000, 13_205)
			.saturating_add(T::DbWeight::get().reads(31))
			.saturating_add(T::DbWeight::get().writes(14))
	}
	// At least 137_879_000 ps.
	fn open_account() -> Weight {
		Weight::from_parts(156_452_000, 2_752)
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// At least 411_847_000 ps.
	fn close_account() -> Weight {
		Weight::from_parts(433_172_000, 8_232)
			.saturating_add(T::DbWeight::get().reads(21))
			.saturating_add(T::DbWeight::get().writes(12))
	}
	// At least 350_256_000 ps.
	fn transfer() -> Weight {
		Weight::from_parts(371_052_000, 10_474)
			.saturating_add(T::DbWeight::get().reads(20))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	// At least 651_995_000 ps.
	fn open() -> Weight {
		Weight::from_parts(735_830_000, 13_666)
			.saturating_add(T::DbWeight::get().reads(34))
			.saturating_add(T::DbWeight::get().writes(18))
	}
	// At least 559_436_000 ps.
	fn close() -> Weight {
		Weight::from_parts(611_891_000, 10_484)
			.saturating_add(T::DbWeight::get().reads(30))
			.saturating_add(T::DbWeight::get().writes(13))
	}
	// At least 439_525_000 ps.
	fn liquidate() -> Weight {
		Weight::from_parts(460_680_000, 10_643)
			.saturating_add(T::DbWeight::get().reads(20))
			.saturating_add(T::DbWeight::get().writes(12))
	}
	// At least 58_566_000 ps.
	fn set_status() -> Weight {
		Weight::from_parts(64_977_000, 1_227)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 48_649_000 ps.
	fn set_pauses() -> Weight {
		Weight::from_parts(57_347_000, 1_153)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 47_090_000 ps.
	fn cancel_change() -> Weight {
		Weight::from_parts(57_212_000, 1_485)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 53_298_000 ps.
	fn set_outflow_limit() -> Weight {
		Weight::from_parts(58_808_000, 1_227)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 51_630_000 ps.
	fn delist_asset() -> Weight {
		Weight::from_parts(58_520_000, 1_227)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 576_689_000 ps.
	fn evict() -> Weight {
		Weight::from_parts(599_663_000, 14_101)
			.saturating_add(T::DbWeight::get().reads(36))
			.saturating_add(T::DbWeight::get().writes(7))
	}
	// At least 145_155_000 ps.
	fn remove_asset() -> Weight {
		Weight::from_parts(154_762_000, 3_054)
			.saturating_add(T::DbWeight::get().reads(10))
			.saturating_add(T::DbWeight::get().writes(9))
	}
	// At least 137_433_000 ps.
	fn pay_deficit() -> Weight {
		Weight::from_parts(143_342_000, 3_001)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	// At least 105_768_000 ps.
	fn write_off() -> Weight {
		Weight::from_parts(121_717_000, 4_900)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	// At least 435_846_000 ps.
	fn claim() -> Weight {
		Weight::from_parts(461_836_000, 18_658)
			.saturating_add(T::DbWeight::get().reads(32))
			.saturating_add(T::DbWeight::get().writes(14))
	}
	// At least 85_594_000 ps.
	fn tend_grants() -> Weight {
		Weight::from_parts(91_319_000, 3_707)
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	// At least 600_827_000 ps, `n` from 1 to 32.
	fn liquidate_slices(n: u32) -> Weight {
		Weight::from_parts(544_348_192, 17_393)
			.saturating_add(Weight::from_parts(102_299_647, 344).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(38))
			.saturating_add(T::DbWeight::get().reads(2u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(7))
			.saturating_add(T::DbWeight::get().writes(3u64.saturating_mul(n.into())))
	}
	// At least 712_181_000 ps, `n` from 1 to 32.
	fn liquidate_takeovers(n: u32) -> Weight {
		Weight::from_parts(503_921_352, 17_393)
			.saturating_add(Weight::from_parts(129_920_946, 344).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(38))
			.saturating_add(T::DbWeight::get().reads(2u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(19))
			.saturating_add(T::DbWeight::get().writes(2u64.saturating_mul(n.into())))
	}
	// At least 730_987_000 ps.
	fn liquidate_market() -> Weight {
		Weight::from_parts(823_746_000, 13_208)
			.saturating_add(T::DbWeight::get().reads(32))
			.saturating_add(T::DbWeight::get().writes(17))
	}
	// At least 699_055_000 ps.
	fn scan_base() -> Weight {
		Weight::from_parts(738_178_000, 15_207)
			.saturating_add(T::DbWeight::get().reads(43))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	// At least 122_118_000 ps.
	fn scan_bucket() -> Weight {
		Weight::from_parts(130_585_000, 2_975).saturating_add(T::DbWeight::get().reads(2))
	}
	// At least 57_837_000 ps.
	fn scan_account() -> Weight {
		Weight::from_parts(67_752_000, 1_043).saturating_add(T::DbWeight::get().reads(3))
	}
	// At least 40_977_000 ps.
	fn refile() -> Weight {
		Weight::from_parts(44_862_000, 3_265)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	// At least 40_000_000 ps.
	fn step_margins(n: u32) -> Weight {
		Weight::from_parts(10_000_000, 400)
			.saturating_add(Weight::from_parts(80_000_000, 1_600).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().reads(3).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().writes(1))
			.saturating_add(T::DbWeight::get().writes(1).saturating_mul(n.into()))
	}
	// At least 40_000_000 ps.
	fn renew_correlations(n: u32) -> Weight {
		let pairs = n.saturating_mul(n) / 2;
		Weight::from_parts(20_000_000, 2_400)
			.saturating_add(Weight::from_parts(20_000_000, 1_600).saturating_mul(n.into()))
			.saturating_add(Weight::from_parts(20_000_000, 0).saturating_mul(pairs.into()))
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().reads(2).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// At least 200_000_000 ps.
	fn set_mode(n: u32) -> Weight {
		Weight::from_parts(200_000_000, 4_000)
			.saturating_add(Weight::from_parts(100_000_000, 3_000).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(8))
			.saturating_add(T::DbWeight::get().reads(2).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	// At least 3_564_000 ps.
	fn house_idle() -> Weight {
		Weight::from_parts(3_840_000, 136).saturating_add(T::DbWeight::get().reads(1))
	}
	// At least 585_373_000 ps.
	fn house_settle() -> Weight {
		Weight::from_parts(615_663_000, 14_169)
			.saturating_add(T::DbWeight::get().reads(35))
			.saturating_add(T::DbWeight::get().writes(18))
	}
	// At least 148_757_000 ps.
	fn tend_asset() -> Weight {
		Weight::from_parts(163_338_000, 2_540)
			.saturating_add(T::DbWeight::get().reads(11))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	// At least 539_785_000 ps.
	fn report_fund() -> Weight {
		Weight::from_parts(578_494_000, 14_620)
			.saturating_add(T::DbWeight::get().reads(37))
			.saturating_add(T::DbWeight::get().writes(1))
	}
}
