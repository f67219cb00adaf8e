//! Weights of `pallet_margin`, written by `tests/bench`. To change them, change the pallet and run it again.
//!
//! Intel(R) Xeon(R) Processor, 2 cores; runtime as compiled Wasm, host built with the dev profile; 16 steps, 20 repeats.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Measured weights.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> ::pallet_margin::WeightInfo for WeightInfo<T> {
	// At least 41_587_000 ps.
	fn list_asset() -> Weight {
		Weight::from_parts(45_339_000, 9_275)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	// At least 137_373_000 ps.
	fn update_asset() -> Weight {
		Weight::from_parts(149_874_000, 13_942)
			.saturating_add(T::DbWeight::get().reads(8))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	// At least 180_440_000 ps.
	fn deposit() -> Weight {
		Weight::from_parts(188_826_000, 19_753)
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	// At least 222_387_000 ps.
	fn deposit_opening() -> Weight {
		Weight::from_parts(237_856_000, 19_856)
			.saturating_add(T::DbWeight::get().reads(8))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	// At least 392_430_000 ps.
	fn withdraw() -> Weight {
		Weight::from_parts(420_598_000, 44_188)
			.saturating_add(T::DbWeight::get().reads(23))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	// At least 377_257_000 ps.
	fn borrow() -> Weight {
		Weight::from_parts(395_390_000, 44_188)
			.saturating_add(T::DbWeight::get().reads(23))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	// At least 168_821_000 ps.
	fn repay() -> Weight {
		Weight::from_parts(180_037_000, 19_753)
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	// At least 608_370_000 ps.
	fn swap() -> Weight {
		Weight::from_parts(627_493_000, 62_228)
			.saturating_add(T::DbWeight::get().reads(32))
			.saturating_add(T::DbWeight::get().writes(13))
	}
	// At least 135_662_000 ps.
	fn open_account() -> Weight {
		Weight::from_parts(141_052_000, 15_469)
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// At least 164_497_000 ps, `n` from 2 to 8.
	fn set_mode(n: u32) -> Weight {
		Weight::from_parts(118_076_703, 17_482)
			.saturating_add(Weight::from_parts(29_679_410, 3_091).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().reads(2u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	// At least 395_330_000 ps.
	fn close_account() -> Weight {
		Weight::from_parts(418_416_000, 37_251)
			.saturating_add(T::DbWeight::get().reads(21))
			.saturating_add(T::DbWeight::get().writes(12))
	}
	// At least 367_504_000 ps.
	fn transfer() -> Weight {
		Weight::from_parts(389_105_000, 43_386)
			.saturating_add(T::DbWeight::get().reads(21))
			.saturating_add(T::DbWeight::get().writes(5))
	}
	// At least 698_303_000 ps.
	fn open() -> Weight {
		Weight::from_parts(749_305_000, 68_706)
			.saturating_add(T::DbWeight::get().reads(35))
			.saturating_add(T::DbWeight::get().writes(17))
	}
	// At least 602_765_000 ps.
	fn close() -> Weight {
		Weight::from_parts(624_511_000, 60_957)
			.saturating_add(T::DbWeight::get().reads(31))
			.saturating_add(T::DbWeight::get().writes(13))
	}
	// At least 700_414_000 ps.
	fn deposit_and_open() -> Weight {
		Weight::from_parts(757_020_000, 68_706)
			.saturating_add(T::DbWeight::get().reads(35))
			.saturating_add(T::DbWeight::get().writes(17))
	}
	// At least 848_563_000 ps.
	fn close_and_withdraw() -> Weight {
		Weight::from_parts(931_611_000, 74_206)
			.saturating_add(T::DbWeight::get().reads(35))
			.saturating_add(T::DbWeight::get().writes(19))
	}
	// At least 473_089_000 ps.
	fn liquidate() -> Weight {
		Weight::from_parts(495_658_000, 39_115)
			.saturating_add(T::DbWeight::get().reads(20))
			.saturating_add(T::DbWeight::get().writes(11))
	}
	// At least 57_212_000 ps.
	fn set_status() -> Weight {
		Weight::from_parts(63_810_000, 3_427)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 53_483_000 ps.
	fn set_pauses() -> Weight {
		Weight::from_parts(58_766_000, 2_919)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 50_158_000 ps.
	fn cancel_change() -> Weight {
		Weight::from_parts(61_077_000, 4_839)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 56_131_000 ps.
	fn set_outflow_limit() -> Weight {
		Weight::from_parts(62_613_000, 3_427)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 54_968_000 ps.
	fn set_seasoning() -> Weight {
		Weight::from_parts(61_832_000, 3_427)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 59_256_000 ps.
	fn delist_asset() -> Weight {
		Weight::from_parts(65_821_000, 3_427)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 605_044_000 ps.
	fn evict() -> Weight {
		Weight::from_parts(631_368_000, 63_403)
			.saturating_add(T::DbWeight::get().reads(37))
			.saturating_add(T::DbWeight::get().writes(7))
	}
	// At least 157_531_000 ps.
	fn remove_asset() -> Weight {
		Weight::from_parts(171_497_000, 21_928)
			.saturating_add(T::DbWeight::get().reads(10))
			.saturating_add(T::DbWeight::get().writes(9))
	}
	// At least 143_826_000 ps.
	fn pay_deficit() -> Weight {
		Weight::from_parts(154_919_000, 12_577)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	// At least 121_085_000 ps.
	fn write_off() -> Weight {
		Weight::from_parts(127_630_000, 12_606)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	// At least 423_532_000 ps.
	fn claim() -> Weight {
		Weight::from_parts(461_740_000, 60_407)
			.saturating_add(T::DbWeight::get().reads(32))
			.saturating_add(T::DbWeight::get().writes(14))
	}
	// At least 80_404_000 ps.
	fn tend_grants() -> Weight {
		Weight::from_parts(89_959_000, 12_554)
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	// At least 699_855_000 ps, `n` from 1 to 32.
	fn liquidate_slices(n: u32) -> Weight {
		Weight::from_parts(676_690_462, 64_058)
			.saturating_add(Weight::from_parts(153_499_270, 8_739).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(39))
			.saturating_add(T::DbWeight::get().reads(2u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(12))
			.saturating_add(T::DbWeight::get().writes(3u64.saturating_mul(n.into())))
	}
	// At least 648_994_000 ps, `n` from 1 to 32.
	fn liquidate_takeovers(n: u32) -> Weight {
		Weight::from_parts(488_964_521, 64_058)
			.saturating_add(Weight::from_parts(119_218_792, 6_239).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(39))
			.saturating_add(T::DbWeight::get().reads(2u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(19))
			.saturating_add(T::DbWeight::get().writes(2u64.saturating_mul(n.into())))
	}
	// At least 739_104_000 ps.
	fn liquidate_market() -> Weight {
		Weight::from_parts(807_176_000, 69_489)
			.saturating_add(T::DbWeight::get().reads(33))
			.saturating_add(T::DbWeight::get().writes(18))
	}
	// At least 805_899_000 ps.
	fn scan_base() -> Weight {
		Weight::from_parts(855_478_000, 71_155)
			.saturating_add(T::DbWeight::get().reads(44))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	// At least 237_266_000 ps.
	fn scan_bucket() -> Weight {
		Weight::from_parts(260_897_000, 8_350).saturating_add(T::DbWeight::get().reads(3))
	}
	// At least 82_979_000 ps.
	fn scan_account() -> Weight {
		Weight::from_parts(87_514_000, 11_829).saturating_add(T::DbWeight::get().reads(4))
	}
	// At least 68_310_000 ps.
	fn refile() -> Weight {
		Weight::from_parts(73_570_000, 15_974)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	// At least 126_186_000 ps, `n` from 1 to 16.
	fn step_margins(n: u32) -> Weight {
		Weight::from_parts(118_580_157, 9_064)
			.saturating_add(Weight::from_parts(35_339_630, 6_389).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(9))
			.saturating_add(T::DbWeight::get().reads(3u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1))
			.saturating_add(T::DbWeight::get().writes(1u64.saturating_mul(n.into())))
	}
	// At least 47_687_000 ps, `n` from 1 to 16.
	fn renew_correlations(n: u32) -> Weight {
		Weight::from_parts(7_748_485, 4_313)
			.saturating_add(Weight::from_parts(22_421_444, 4_466).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().reads(2u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// At least 3_009_000 ps.
	fn house_idle() -> Weight {
		Weight::from_parts(3_326_000, 2_118).saturating_add(T::DbWeight::get().reads(1))
	}
	// At least 541_636_000 ps.
	fn house_settle() -> Weight {
		Weight::from_parts(591_927_000, 54_700)
			.saturating_add(T::DbWeight::get().reads(35))
			.saturating_add(T::DbWeight::get().writes(18))
	}
	// At least 153_908_000 ps.
	fn tend_asset() -> Weight {
		Weight::from_parts(168_387_000, 19_316)
			.saturating_add(T::DbWeight::get().reads(11))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	// At least 905_366_000 ps.
	fn report_fund() -> Weight {
		Weight::from_parts(983_959_000, 98_703)
			.saturating_add(T::DbWeight::get().reads(54))
			.saturating_add(T::DbWeight::get().writes(1))
	}
}
