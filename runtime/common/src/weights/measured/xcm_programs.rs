//! Weights of `xcm_programs`, written by `tests/bench`. To change them, change the pallet and run it again.
//!
//! Intel(R) Xeon(R) Processor, 2 cores; runtime as compiled Wasm, host built with the dev profile; 16 steps, 20 repeats.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Measured weights.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> crate::xcm::Programs for WeightInfo<T> {
	// At least 4_022_000 ps.
	fn unpaid() -> Weight {
		Weight::from_parts(4_292_000, 1_000).saturating_add(T::DbWeight::get().reads(1))
	}
	// At least 4_179_000 ps, `n` from 1 to 40.
	fn registers(n: u32) -> Weight {
		Weight::from_parts(4_095_587, 1_000)
			.saturating_add(Weight::from_parts(474_882, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(1))
	}
	// At least 99_319_000 ps, `n` from 1 to 8.
	fn withdraw(n: u32) -> Weight {
		Weight::from_parts(54_648_457, 6_000)
			.saturating_add(Weight::from_parts(58_614_084, 7_738).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().reads(4u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1))
			.saturating_add(T::DbWeight::get().writes(3u64.saturating_mul(n.into())))
	}
	// At least 41_806_000 ps, `n` from 1 to 8.
	fn receive(n: u32) -> Weight {
		Weight::from_parts(47_584_660, 5_000)
			.saturating_add(Weight::from_parts(13_182_864, 3_894).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().reads(2u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 38_023_000 ps, `n` from 1 to 8.
	fn receive_and_burn(n: u32) -> Weight {
		Weight::from_parts(40_949_321, 2_000)
			.saturating_add(Weight::from_parts(10_950_245, 3_894).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().reads(2u64.saturating_mul(n.into())))
	}
	// At least 98_423_000 ps, `n` from 1 to 8.
	fn receive_and_deposit(n: u32) -> Weight {
		Weight::from_parts(58_981_760, 6_128)
			.saturating_add(Weight::from_parts(54_499_580, 7_738).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().reads(4u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1))
			.saturating_add(T::DbWeight::get().writes(3u64.saturating_mul(n.into())))
	}
	// At least 498_331_000 ps.
	fn receive_and_pay() -> Weight {
		Weight::from_parts(520_899_000, 36_118)
			.saturating_add(T::DbWeight::get().reads(18))
			.saturating_add(T::DbWeight::get().writes(8))
	}
	// At least 774_115_000 ps.
	fn receive_pay_and_report() -> Weight {
		Weight::from_parts(833_261_000, 156_584)
			.saturating_add(T::DbWeight::get().reads(26))
			.saturating_add(T::DbWeight::get().writes(10))
	}
	// At least 920_296_000 ps, `n` from 2 to 8, `b` from 0 to 10000.
	fn receive_pay_and_return(n: u32, b: u32) -> Weight {
		Weight::from_parts(799_107_759, 150_572)
			.saturating_add(Weight::from_parts(62_413_943, 8_195).saturating_mul(n.into()))
			.saturating_add(Weight::from_parts(6_612, 0).saturating_mul(b.into()))
			.saturating_add(T::DbWeight::get().reads(22))
			.saturating_add(T::DbWeight::get().reads(5u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(11))
	}
	// At least 30_135_000 ps, `n` from 1 to 8.
	fn claim(n: u32) -> Weight {
		Weight::from_parts(32_062_021, 4_000)
			.saturating_add(Weight::from_parts(1_976_911, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 88_443_000 ps, `n` from 1 to 8.
	fn transfer(n: u32) -> Weight {
		Weight::from_parts(50_354_271, 5_628)
			.saturating_add(Weight::from_parts(49_587_278, 8_100).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().reads(4u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1))
			.saturating_add(T::DbWeight::get().writes(3u64.saturating_mul(n.into())))
	}
	// At least 10_728_000 ps.
	fn transact() -> Weight {
		Weight::from_parts(11_302_000, 1_504).saturating_add(T::DbWeight::get().reads(2))
	}
	// At least 26_763_000 ps.
	fn answer() -> Weight {
		Weight::from_parts(27_620_000, 8_788)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 125_573_000 ps.
	fn subscribe() -> Weight {
		Weight::from_parts(136_129_000, 122_844)
			.saturating_add(T::DbWeight::get().reads(9))
			.saturating_add(T::DbWeight::get().writes(3))
	}
}
