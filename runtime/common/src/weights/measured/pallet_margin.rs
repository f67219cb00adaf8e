//! Weights of `pallet_margin`, written by `tests/bench`. To change them, change the pallet and run it again.
//!
//! Intel(R) Xeon(R) Processor, 2 cores; runtime as compiled Wasm, host built with the dev profile; 16 steps, 20 repeats.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Measured weights.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> ::pallet_margin::WeightInfo for WeightInfo<T> {
	// At least 40_436_000 ps.
	fn list_asset() -> Weight {
		Weight::from_parts(45_295_000, 9_275)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	// At least 127_945_000 ps.
	fn update_asset() -> Weight {
		Weight::from_parts(136_010_000, 13_942)
			.saturating_add(T::DbWeight::get().reads(8))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	// At least 166_105_000 ps.
	fn deposit() -> Weight {
		Weight::from_parts(176_859_000, 19_753)
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	// At least 207_808_000 ps.
	fn deposit_opening() -> Weight {
		Weight::from_parts(227_244_000, 19_856)
			.saturating_add(T::DbWeight::get().reads(8))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	// At least 378_082_000 ps.
	fn withdraw() -> Weight {
		Weight::from_parts(401_660_000, 44_188)
			.saturating_add(T::DbWeight::get().reads(23))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	// At least 373_211_000 ps.
	fn borrow() -> Weight {
		Weight::from_parts(385_176_000, 44_188)
			.saturating_add(T::DbWeight::get().reads(23))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	// At least 160_050_000 ps.
	fn repay() -> Weight {
		Weight::from_parts(173_258_000, 19_753)
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	// At least 583_999_000 ps.
	fn swap() -> Weight {
		Weight::from_parts(609_274_000, 62_228)
			.saturating_add(T::DbWeight::get().reads(32))
			.saturating_add(T::DbWeight::get().writes(13))
	}
	// At least 132_015_000 ps.
	fn open_account() -> Weight {
		Weight::from_parts(139_728_000, 15_469)
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// At least 157_992_000 ps, `n` from 2 to 8.
	fn set_mode(n: u32) -> Weight {
		Weight::from_parts(113_545_957, 17_482)
			.saturating_add(Weight::from_parts(29_421_500, 3_091).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().reads(2u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	// At least 371_880_000 ps.
	fn close_account() -> Weight {
		Weight::from_parts(392_265_000, 37_251)
			.saturating_add(T::DbWeight::get().reads(21))
			.saturating_add(T::DbWeight::get().writes(12))
	}
	// At least 337_362_000 ps.
	fn transfer() -> Weight {
		Weight::from_parts(359_070_000, 43_386)
			.saturating_add(T::DbWeight::get().reads(21))
			.saturating_add(T::DbWeight::get().writes(5))
	}
	// At least 656_552_000 ps.
	fn open() -> Weight {
		Weight::from_parts(683_521_000, 68_706)
			.saturating_add(T::DbWeight::get().reads(35))
			.saturating_add(T::DbWeight::get().writes(17))
	}
	// At least 552_506_000 ps.
	fn close() -> Weight {
		Weight::from_parts(564_119_000, 60_957)
			.saturating_add(T::DbWeight::get().reads(31))
			.saturating_add(T::DbWeight::get().writes(13))
	}
	// At least 680_503_000 ps.
	fn deposit_and_open() -> Weight {
		Weight::from_parts(716_611_000, 68_706)
			.saturating_add(T::DbWeight::get().reads(35))
			.saturating_add(T::DbWeight::get().writes(17))
	}
	// At least 794_782_000 ps.
	fn close_and_withdraw() -> Weight {
		Weight::from_parts(829_782_000, 74_206)
			.saturating_add(T::DbWeight::get().reads(35))
			.saturating_add(T::DbWeight::get().writes(19))
	}
	// At least 433_175_000 ps.
	fn liquidate() -> Weight {
		Weight::from_parts(446_958_000, 39_115)
			.saturating_add(T::DbWeight::get().reads(20))
			.saturating_add(T::DbWeight::get().writes(11))
	}
	// At least 48_603_000 ps.
	fn set_status() -> Weight {
		Weight::from_parts(55_956_000, 3_427)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 43_686_000 ps.
	fn set_pauses() -> Weight {
		Weight::from_parts(50_649_000, 2_919)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 45_916_000 ps.
	fn cancel_change() -> Weight {
		Weight::from_parts(53_779_000, 4_839)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 50_748_000 ps.
	fn set_outflow_limit() -> Weight {
		Weight::from_parts(54_047_000, 3_427)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 49_192_000 ps.
	fn set_seasoning() -> Weight {
		Weight::from_parts(57_837_000, 3_427)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 49_416_000 ps.
	fn delist_asset() -> Weight {
		Weight::from_parts(58_134_000, 3_427)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 566_520_000 ps.
	fn evict() -> Weight {
		Weight::from_parts(622_997_000, 63_403)
			.saturating_add(T::DbWeight::get().reads(37))
			.saturating_add(T::DbWeight::get().writes(7))
	}
	// At least 149_378_000 ps.
	fn remove_asset() -> Weight {
		Weight::from_parts(166_716_000, 21_928)
			.saturating_add(T::DbWeight::get().reads(10))
			.saturating_add(T::DbWeight::get().writes(9))
	}
	// At least 125_078_000 ps.
	fn pay_deficit() -> Weight {
		Weight::from_parts(138_431_000, 12_577)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	// At least 105_364_000 ps.
	fn write_off() -> Weight {
		Weight::from_parts(111_766_000, 12_606)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	// At least 410_465_000 ps.
	fn claim() -> Weight {
		Weight::from_parts(423_692_000, 60_407)
			.saturating_add(T::DbWeight::get().reads(32))
			.saturating_add(T::DbWeight::get().writes(14))
	}
	// At least 80_750_000 ps.
	fn tend_grants() -> Weight {
		Weight::from_parts(86_595_000, 12_554)
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	// At least 667_765_000 ps, `n` from 1 to 32.
	fn liquidate_slices(n: u32) -> Weight {
		Weight::from_parts(546_607_279, 64_058)
			.saturating_add(Weight::from_parts(159_588_626, 8_739).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(39))
			.saturating_add(T::DbWeight::get().reads(2u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(12))
			.saturating_add(T::DbWeight::get().writes(3u64.saturating_mul(n.into())))
	}
	// At least 651_942_000 ps, `n` from 1 to 32.
	fn liquidate_takeovers(n: u32) -> Weight {
		Weight::from_parts(609_167_439, 64_058)
			.saturating_add(Weight::from_parts(105_797_578, 6_239).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(39))
			.saturating_add(T::DbWeight::get().reads(2u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(19))
			.saturating_add(T::DbWeight::get().writes(2u64.saturating_mul(n.into())))
	}
	// At least 712_317_000 ps.
	fn liquidate_market() -> Weight {
		Weight::from_parts(737_953_000, 69_489)
			.saturating_add(T::DbWeight::get().reads(33))
			.saturating_add(T::DbWeight::get().writes(18))
	}
	// At least 747_103_000 ps.
	fn scan_base() -> Weight {
		Weight::from_parts(763_820_000, 71_155)
			.saturating_add(T::DbWeight::get().reads(44))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	// At least 228_673_000 ps.
	fn scan_bucket() -> Weight {
		Weight::from_parts(244_001_000, 8_350).saturating_add(T::DbWeight::get().reads(3))
	}
	// At least 72_126_000 ps.
	fn scan_account() -> Weight {
		Weight::from_parts(78_355_000, 11_829).saturating_add(T::DbWeight::get().reads(4))
	}
	// At least 63_427_000 ps.
	fn refile() -> Weight {
		Weight::from_parts(70_379_000, 15_974)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	// At least 118_746_000 ps, `n` from 1 to 16.
	fn step_margins(n: u32) -> Weight {
		Weight::from_parts(91_985_607, 9_064)
			.saturating_add(Weight::from_parts(35_941_841, 6_389).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(9))
			.saturating_add(T::DbWeight::get().reads(3u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1))
			.saturating_add(T::DbWeight::get().writes(1u64.saturating_mul(n.into())))
	}
	// At least 46_205_000 ps, `n` from 1 to 16.
	fn renew_correlations(n: u32) -> Weight {
		Weight::from_parts(9_202_550, 4_313)
			.saturating_add(Weight::from_parts(20_872_582, 4_466).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().reads(2u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// At least 2_831_000 ps.
	fn house_idle() -> Weight {
		Weight::from_parts(3_170_000, 2_118).saturating_add(T::DbWeight::get().reads(1))
	}
	// At least 521_938_000 ps.
	fn house_settle() -> Weight {
		Weight::from_parts(552_232_000, 54_700)
			.saturating_add(T::DbWeight::get().reads(35))
			.saturating_add(T::DbWeight::get().writes(18))
	}
	// At least 133_924_000 ps.
	fn tend_asset() -> Weight {
		Weight::from_parts(142_639_000, 19_316)
			.saturating_add(T::DbWeight::get().reads(11))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	// At least 847_247_000 ps.
	fn report_fund() -> Weight {
		Weight::from_parts(891_138_000, 98_703)
			.saturating_add(T::DbWeight::get().reads(54))
			.saturating_add(T::DbWeight::get().writes(1))
	}
}
