//! Weights of `xcm_programs`, written by `tests/bench`. To change them, change the pallet and run it again.
//!
//! Intel(R) Xeon(R) Processor, 2 cores; runtime as compiled Wasm, host built with the dev profile; 16 steps, 20 repeats.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Measured weights.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> crate::xcm::Programs for WeightInfo<T> {
	// At least 4_112_000 ps.
	fn unpaid() -> Weight {
		Weight::from_parts(4_381_000, 1_000).saturating_add(T::DbWeight::get().reads(1))
	}
	// At least 4_191_000 ps, `n` from 1 to 40.
	fn registers(n: u32) -> Weight {
		Weight::from_parts(4_126_385, 1_000)
			.saturating_add(Weight::from_parts(487_077, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(1))
	}
	// At least 87_581_000 ps, `n` from 1 to 8.
	fn withdraw(n: u32) -> Weight {
		Weight::from_parts(48_512_425, 6_000)
			.saturating_add(Weight::from_parts(52_289_441, 7_738).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().reads(4u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1))
			.saturating_add(T::DbWeight::get().writes(3u64.saturating_mul(n.into())))
	}
	// At least 32_454_000 ps, `n` from 1 to 8.
	fn receive(n: u32) -> Weight {
		Weight::from_parts(29_751_460, 5_000)
			.saturating_add(Weight::from_parts(11_336_789, 3_894).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().reads(2u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 23_082_000 ps, `n` from 1 to 8.
	fn receive_and_burn(n: u32) -> Weight {
		Weight::from_parts(19_928_471, 2_000)
			.saturating_add(Weight::from_parts(10_417_445, 3_894).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().reads(2u64.saturating_mul(n.into())))
	}
	// At least 83_013_000 ps, `n` from 1 to 8.
	fn receive_and_deposit(n: u32) -> Weight {
		Weight::from_parts(45_757_564, 6_128)
			.saturating_add(Weight::from_parts(50_564_710, 7_738).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().reads(4u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1))
			.saturating_add(T::DbWeight::get().writes(3u64.saturating_mul(n.into())))
	}
	// At least 437_050_000 ps.
	fn receive_and_pay() -> Weight {
		Weight::from_parts(444_581_000, 36_118)
			.saturating_add(T::DbWeight::get().reads(18))
			.saturating_add(T::DbWeight::get().writes(8))
	}
	// At least 631_158_000 ps.
	fn receive_pay_and_report() -> Weight {
		Weight::from_parts(656_091_000, 51_078)
			.saturating_add(T::DbWeight::get().reads(25))
			.saturating_add(T::DbWeight::get().writes(10))
	}
	// At least 771_444_000 ps, `n` from 2 to 8, `b` from 0 to 10000.
	fn receive_pay_and_return(n: u32, b: u32) -> Weight {
		Weight::from_parts(681_913_255, 45_066)
			.saturating_add(Weight::from_parts(55_740_186, 8_195).saturating_mul(n.into()))
			.saturating_add(Weight::from_parts(782, 0).saturating_mul(b.into()))
			.saturating_add(T::DbWeight::get().reads(21))
			.saturating_add(T::DbWeight::get().reads(5u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(11))
	}
	// At least 24_954_000 ps, `n` from 1 to 8.
	fn claim(n: u32) -> Weight {
		Weight::from_parts(29_288_053, 4_000)
			.saturating_add(Weight::from_parts(1_448_963, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 77_822_000 ps, `n` from 1 to 8.
	fn transfer(n: u32) -> Weight {
		Weight::from_parts(37_109_832, 5_628)
			.saturating_add(Weight::from_parts(49_072_184, 8_100).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().reads(4u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1))
			.saturating_add(T::DbWeight::get().writes(3u64.saturating_mul(n.into())))
	}
	// At least 10_506_000 ps.
	fn transact() -> Weight {
		Weight::from_parts(10_945_000, 1_504).saturating_add(T::DbWeight::get().reads(2))
	}
	// At least 25_496_000 ps.
	fn answer() -> Weight {
		Weight::from_parts(26_853_000, 8_788)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// At least 46_266_000 ps.
	fn subscribe() -> Weight {
		Weight::from_parts(47_990_000, 17_338)
			.saturating_add(T::DbWeight::get().reads(8))
			.saturating_add(T::DbWeight::get().writes(3))
	}
}
