//! A runtime with five reporters, two assets, and blocks of two seconds.

#![allow(missing_docs)]

use crate::{self as pallet_forecast, Shadow};
use frame_support::{
	derive_impl,
	dispatch::{DispatchResultWithPostInfo, Pays},
	parameter_types,
	traits::{ConstU64, Contains, SortedMembers},
};
use frame_system::EnsureRoot;
use margin_math::Ratio;
use sp_runtime::BuildStorage;

pub const BTC: u32 = 2;
pub const ETH: u32 = 3;
pub const UNLISTED: u32 = 9;
pub const ALICE: u64 = 1;
pub const BOB: u64 = 2;
pub const CHARLIE: u64 = 3;
pub const DAVE: u64 = 4;
pub const EVE: u64 = 5;
pub const STRANGER: u64 = 9;
pub const EVERYBODY: [u64; 5] = [ALICE, BOB, CHARLIE, DAVE, EVE];
pub const MINUTE: u64 = 60_000;
pub const HALF_AN_HOUR: u64 = 30 * MINUTE;
const START_MS: u64 = 1_584_000_000_000;

type Block = frame_system::mocking::MockBlock<Test>;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system,
		Timestamp: pallet_timestamp,
		Forecast: pallet_forecast,
	}
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
}

impl pallet_timestamp::Config for Test {
	type Moment = u64;
	type OnTimestampSet = ();
	type MinimumPeriod = ConstU64<1>;
	type WeightInfo = ();
}

parameter_types! {
	pub static Members: Vec<u64> = EVERYBODY.to_vec();
	pub static Listed: Vec<u32> = vec![BTC, ETH];
	pub static MinReporters: u32 = 3;
	pub static MaxReporters: u32 = 6;
	pub static Validity: u64 = HALF_AN_HOUR;
}

pub struct Reporters;

impl SortedMembers<u64> for Reporters {
	fn sorted_members() -> Vec<u64> {
		Members::get()
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn add(who: &u64) {
		Members::mutate(|members| {
			members.push(*who);
			members.sort_unstable();
		});
	}
}

pub struct Keys;

impl Contains<u32> for Keys {
	fn contains(key: &u32) -> bool {
		Listed::get().contains(key)
	}
}

#[cfg(feature = "runtime-benchmarks")]
pub struct Helper;

#[cfg(feature = "runtime-benchmarks")]
impl crate::benchmarking::BenchmarkHelper<u32> for Helper {
	fn key() -> u32 {
		BTC
	}
}

impl pallet_forecast::Config for Test {
	type Key = u32;
	type Keys = Keys;
	type Reporters = Reporters;
	type Time = Timestamp;
	type AdminOrigin = EnsureRoot<u64>;
	type MinReporters = MinReporters;
	type MaxReporters = MaxReporters;
	type Validity = Validity;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Helper;
}

/// Out of shadow, as a whole and in BTC, unless the test wants a chain as it starts.
pub struct ExtBuilder {
	live: bool,
}

impl Default for ExtBuilder {
	fn default() -> Self {
		Self { live: true }
	}
}

impl ExtBuilder {
	pub fn in_shadow(mut self) -> Self {
		self.live = false;
		self
	}

	pub fn build(self) -> sp_io::TestExternalities {
		Members::set(EVERYBODY.to_vec());
		Listed::set(vec![BTC, ETH]);
		MinReporters::set(3);
		MaxReporters::set(6);
		Validity::set(HALF_AN_HOUR);
		let mut ext: sp_io::TestExternalities = RuntimeGenesisConfig::default().build_storage().unwrap().into();
		ext.execute_with(|| {
			System::set_block_number(1);
			Timestamp::set_timestamp(START_MS);
			if self.live {
				Shadow::<Test>::put(false);
				Forecast::set_shadow(RuntimeOrigin::root(), Some(BTC), false).unwrap();
				events();
			}
		});
		ext
	}

	/// Runs the test and then checks every invariant of the pallet.
	pub fn build_and_execute(self, test: impl FnOnce()) {
		self.build().execute_with(|| {
			test();
			Forecast::do_try_state().unwrap();
		});
	}
}

pub fn now() -> u64 {
	Timestamp::get()
}

/// Lets so many milliseconds pass.
pub fn wait(ms: u64) {
	System::set_block_number(System::block_number() + 1);
	Timestamp::set_timestamp(now() + ms);
}

pub fn percent(percent: u32) -> Ratio {
	Ratio::from_percent(percent)
}

pub fn report(reporter: u64, key: u32, multiplier: Ratio) -> DispatchResultWithPostInfo {
	Forecast::report(RuntimeOrigin::signed(reporter), key, multiplier)
}

/// These reporters report these multipliers of BTC, in per cent.
pub fn reported(multipliers: &[(u64, u32)]) {
	for (reporter, multiplier) in multipliers {
		report(*reporter, BTC, percent(*multiplier)).unwrap();
	}
}

/// What the report cost.
pub fn paid(result: DispatchResultWithPostInfo) -> Pays {
	result.unwrap().pays_fee
}

pub fn multiplier() -> Ratio {
	Forecast::multiplier(BTC)
}

/// The pallet's events since the last look.
pub fn events() -> Vec<crate::Event<Test>> {
	let events = System::read_events_for_pallet();
	System::reset_events();
	events
}
