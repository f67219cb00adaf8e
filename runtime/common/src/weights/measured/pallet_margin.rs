//! Weights of `pallet_margin`, written by `tests/bench`. To change them, change the pallet and run it again.
//!
//! Intel(R) Xeon(R) Processor, 2 cores; runtime as compiled Wasm, host built with the dev profile; 16 steps, 20 repeats.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Measured weights.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> ::pallet_margin::WeightInfo for WeightInfo<T> {
	// At least 39_289_000 ps.
	fn list_asset() -> Weight {
		Weight::from_parts(42_988_000, 947)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	// At least 86_236_000 ps.
	fn update_asset() -> Weight {
		Weight::from_parts(92_527_000, 1_692)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	// At least 162_830_000 ps.
	fn deposit() -> Weight {
		Weight::from_parts(175_207_000, 3_516)
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	// At least 216_069_000 ps.
	fn deposit_opening() -> Weight {
		Weight::from_parts(232_498_000, 3_316)
			.saturating_add(T::DbWeight::get().reads(8))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	// At least 392_021_000 ps.
	fn withdraw() -> Weight {
		Weight::from_parts(416_885_000, 14_662)
			.saturating_add(T::DbWeight::get().reads(23))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	// At least 389_752_000 ps.
	fn borrow() -> Weight {
		Weight::from_parts(422_195_000, 14_588)
			.saturating_add(T::DbWeight::get().reads(23))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	// At least 162_276_000 ps.
	fn repay() -> Weight {
		Weight::from_parts(176_184_000, 3_516)
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	// At least 599_004_000 ps.
	fn swap() -> Weight {
		Weight::from_parts(615_237_000, 16_184)
			.saturating_add(T::DbWeight::get().reads(32))
			.saturating_add(T::DbWeight::get().writes(13))
	}
	// At least 133_550_000 ps.
	fn open_account() -> Weight {
		Weight::from_parts(145_297_000, 3_032)
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// At least 160_897_000 ps, `n` from 2 to 8.
	fn set_mode(n: u32) -> Weight {
		Weight::from_parts(122_211_564, 6_024)
			.saturating_add(Weight::from_parts(25_716_450, 920).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().reads(2u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	// At least 357_024_000 ps.
	fn close_account() -> Weight {
		Weight::from_parts(369_767_000, 9_154)
			.saturating_add(T::DbWeight::get().reads(21))
			.saturating_add(T::DbWeight::get().writes(12))
	}
	// At least 322_367_000 ps.
	fn transfer() -> Weight {
		Weight::from_parts(339_630_000, 13_453)
			.saturating_add(T::DbWeight::get().reads(21))
			.saturating_add(T::DbWeight::get().writes(5))
	}
	// At least 635_151_000 ps.
	fn open() -> Weight {
		Weight::from_parts(667_334_000, 16_645)
			.saturating_add(T::DbWeight::get().reads(35))
			.saturating_add(T::DbWeight::get().writes(17))
	}
	// At least 526_577_000 ps.
	fn close() -> Weight {
		Weight::from_parts(545_430_000, 12_423)
			.saturating_add(T::DbWeight::get().reads(31))
			.saturating_add(T::DbWeight::get().writes(13))
	}
	// The sum of `deposit` and `open`.
	fn deposit_and_open() -> Weight {
		Weight::from_parts(842_541_000, 20_161)
			.saturating_add(T::DbWeight::get().reads(42))
			.saturating_add(T::DbWeight::get().writes(23))
	}
	// The sum of `close` and `withdraw`.
	fn close_and_withdraw() -> Weight {
		Weight::from_parts(962_315_000, 27_085)
			.saturating_add(T::DbWeight::get().reads(54))
			.saturating_add(T::DbWeight::get().writes(19))
	}
	// At least 453_166_000 ps.
	fn liquidate() -> Weight {
		Weight::from_parts(477_274_000, 13_622)
			.saturating_add(T::DbWeight::get().reads(21))
			.saturating_add(T::DbWeight::get().writes(13))
	}
	// At least 43_941_000 ps.
	fn set_status() -> Weight {
		Weight::from_parts(51_799_000, 1_359)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 42_602_000 ps.
	fn set_pauses() -> Weight {
		Weight::from_parts(49_934_000, 1_285)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 40_502_000 ps.
	fn cancel_change() -> Weight {
		Weight::from_parts(45_592_000, 1_618)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// That of `set_outflow_limit`.
	fn set_seasoning() -> Weight {
		Weight::from_parts(60_000_000, 1_359)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 45_186_000 ps.
	fn set_outflow_limit() -> Weight {
		Weight::from_parts(49_439_000, 1_359)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 45_879_000 ps.
	fn delist_asset() -> Weight {
		Weight::from_parts(51_805_000, 1_359)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 530_430_000 ps.
	fn evict() -> Weight {
		Weight::from_parts(562_617_000, 16_896)
			.saturating_add(T::DbWeight::get().reads(37))
			.saturating_add(T::DbWeight::get().writes(7))
	}
	// At least 137_553_000 ps.
	fn remove_asset() -> Weight {
		Weight::from_parts(155_170_000, 3_122)
			.saturating_add(T::DbWeight::get().reads(10))
			.saturating_add(T::DbWeight::get().writes(9))
	}
	// At least 121_452_000 ps.
	fn pay_deficit() -> Weight {
		Weight::from_parts(134_519_000, 3_174)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	// At least 99_944_000 ps.
	fn write_off() -> Weight {
		Weight::from_parts(105_042_000, 6_113)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	// At least 405_456_000 ps.
	fn claim() -> Weight {
		Weight::from_parts(416_941_000, 19_687)
			.saturating_add(T::DbWeight::get().reads(32))
			.saturating_add(T::DbWeight::get().writes(14))
	}
	// At least 77_092_000 ps.
	fn tend_grants() -> Weight {
		Weight::from_parts(80_289_000, 3_880)
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	// At least 651_410_000 ps, `n` from 1 to 32.
	fn liquidate_slices(n: u32) -> Weight {
		Weight::from_parts(538_090_706, 20_842)
			.saturating_add(Weight::from_parts(151_716_648, 344).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(39))
			.saturating_add(T::DbWeight::get().reads(2u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(12))
			.saturating_add(T::DbWeight::get().writes(3u64.saturating_mul(n.into())))
	}
	// At least 613_315_000 ps, `n` from 1 to 32.
	fn liquidate_takeovers(n: u32) -> Weight {
		Weight::from_parts(597_230_513, 20_842)
			.saturating_add(Weight::from_parts(96_855_206, 344).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(39))
			.saturating_add(T::DbWeight::get().reads(2u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(19))
			.saturating_add(T::DbWeight::get().writes(2u64.saturating_mul(n.into())))
	}
	// At least 712_186_000 ps.
	fn liquidate_market() -> Weight {
		Weight::from_parts(741_530_000, 16_190)
			.saturating_add(T::DbWeight::get().reads(33))
			.saturating_add(T::DbWeight::get().writes(18))
	}
	// At least 746_711_000 ps.
	fn scan_base() -> Weight {
		Weight::from_parts(762_550_000, 17_508)
			.saturating_add(T::DbWeight::get().reads(44))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	// At least 231_208_000 ps.
	fn scan_bucket() -> Weight {
		Weight::from_parts(243_751_000, 4_084).saturating_add(T::DbWeight::get().reads(3))
	}
	// At least 70_754_000 ps.
	fn scan_account() -> Weight {
		Weight::from_parts(78_434_000, 1_715).saturating_add(T::DbWeight::get().reads(4))
	}
	// At least 59_710_000 ps.
	fn refile() -> Weight {
		Weight::from_parts(63_479_000, 5_388)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	// At least 102_032_000 ps, `n` from 1 to 16.
	fn step_margins(n: u32) -> Weight {
		Weight::from_parts(72_124_422, 1_896)
			.saturating_add(Weight::from_parts(37_540_042, 2_336).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(8))
			.saturating_add(T::DbWeight::get().reads(3u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1))
			.saturating_add(T::DbWeight::get().writes(1u64.saturating_mul(n.into())))
	}
	// At least 45_573_000 ps, `n` from 1 to 16.
	fn renew_correlations(n: u32) -> Weight {
		Weight::from_parts(12_963_522, 1_884)
			.saturating_add(Weight::from_parts(20_705_595, 767).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().reads(2u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// At least 3_280_000 ps.
	fn house_idle() -> Weight {
		Weight::from_parts(3_580_000, 136).saturating_add(T::DbWeight::get().reads(1))
	}
	// At least 537_303_000 ps.
	fn house_settle() -> Weight {
		Weight::from_parts(563_180_000, 15_947)
			.saturating_add(T::DbWeight::get().reads(35))
			.saturating_add(T::DbWeight::get().writes(18))
	}
	// At least 141_040_000 ps.
	fn tend_asset() -> Weight {
		Weight::from_parts(151_059_000, 2_714)
			.saturating_add(T::DbWeight::get().reads(11))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	// At least 887_457_000 ps.
	fn report_fund() -> Weight {
		Weight::from_parts(913_693_000, 25_283)
			.saturating_add(T::DbWeight::get().reads(54))
			.saturating_add(T::DbWeight::get().writes(1))
	}
}
