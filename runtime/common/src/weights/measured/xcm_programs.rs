//! Weights of `xcm_programs`, written by `tests/bench`. To change them, change the pallet and run it again.
//!
//! Intel(R) Xeon(R) Processor, 2 cores; runtime as compiled Wasm, host built with the dev profile; 16 steps, 20 repeats.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Measured weights.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> crate::xcm::Programs for WeightInfo<T> {
	// At least 4_169_000 ps.
	fn unpaid() -> Weight {
		Weight::from_parts(4_439_000, 1_000).saturating_add(T::DbWeight::get().reads(1))
	}
	// At least 4_173_000 ps, `n` from 1 to 40.
	fn registers(n: u32) -> Weight {
		Weight::from_parts(4_134_329, 1_000)
			.saturating_add(Weight::from_parts(501_747, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(1))
	}
	// At least 104_636_000 ps, `n` from 1 to 8.
	fn withdraw(n: u32) -> Weight {
		Weight::from_parts(75_049_346, 6_508)
			.saturating_add(Weight::from_parts(51_508_186, 7_762).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().reads(4u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1))
			.saturating_add(T::DbWeight::get().writes(3u64.saturating_mul(n.into())))
	}
	// At least 38_145_000 ps, `n` from 1 to 8.
	fn receive(n: u32) -> Weight {
		Weight::from_parts(35_838_128, 5_000)
			.saturating_add(Weight::from_parts(10_335_288, 3_918).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().reads(2u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 28_167_000 ps, `n` from 1 to 8.
	fn receive_and_burn(n: u32) -> Weight {
		Weight::from_parts(24_785_064, 2_000)
			.saturating_add(Weight::from_parts(9_918_860, 3_918).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().reads(2u64.saturating_mul(n.into())))
	}
	// At least 100_250_000 ps, `n` from 1 to 8.
	fn receive_and_deposit(n: u32) -> Weight {
		Weight::from_parts(66_047_967, 6_636)
			.saturating_add(Weight::from_parts(50_231_432, 7_762).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().reads(4u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1))
			.saturating_add(T::DbWeight::get().writes(3u64.saturating_mul(n.into())))
	}
	// At least 446_993_000 ps.
	fn receive_and_pay() -> Weight {
		Weight::from_parts(463_156_000, 36_142)
			.saturating_add(T::DbWeight::get().reads(18))
			.saturating_add(T::DbWeight::get().writes(8))
	}
	// At least 750_565_000 ps.
	fn receive_pay_and_report() -> Weight {
		Weight::from_parts(768_836_000, 156_608)
			.saturating_add(T::DbWeight::get().reads(26))
			.saturating_add(T::DbWeight::get().writes(10))
	}
	// At least 886_533_000 ps, `n` from 2 to 8, `b` from 0 to 10000.
	fn receive_pay_and_return(n: u32, b: u32) -> Weight {
		Weight::from_parts(824_075_630, 151_092)
			.saturating_add(Weight::from_parts(51_612_918, 8_219).saturating_mul(n.into()))
			.saturating_add(Weight::from_parts(3_776, 0).saturating_mul(b.into()))
			.saturating_add(T::DbWeight::get().reads(23))
			.saturating_add(T::DbWeight::get().reads(5u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(11))
	}
	// At least 30_640_000 ps, `n` from 1 to 8.
	fn claim(n: u32) -> Weight {
		Weight::from_parts(33_366_039, 4_000)
			.saturating_add(Weight::from_parts(1_525_369, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 87_552_000 ps, `n` from 1 to 8.
	fn transfer(n: u32) -> Weight {
		Weight::from_parts(51_367_889, 5_628)
			.saturating_add(Weight::from_parts(48_286_669, 8_100).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().reads(4u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1))
			.saturating_add(T::DbWeight::get().writes(3u64.saturating_mul(n.into())))
	}
	// At least 10_559_000 ps.
	fn transact() -> Weight {
		Weight::from_parts(10_993_000, 1_504).saturating_add(T::DbWeight::get().reads(2))
	}
	// At least 24_745_000 ps.
	fn answer() -> Weight {
		Weight::from_parts(25_995_000, 8_788)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 122_808_000 ps.
	fn subscribe() -> Weight {
		Weight::from_parts(135_634_000, 122_844)
			.saturating_add(T::DbWeight::get().reads(9))
			.saturating_add(T::DbWeight::get().writes(3))
	}
}
