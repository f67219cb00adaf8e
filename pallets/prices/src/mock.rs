//! A runtime with the real oracle, three operators, and blocks of two seconds.

#![allow(missing_docs)]

use crate::{self as pallet_prices, Guard, MedianOfFresh, OrmlOracle, Verdict};
use frame_support::{
	derive_impl, parameter_types,
	traits::{ConstU32, ConstU64, Hooks, OnInitialize, SortedMembers},
};
use frame_system::EnsureRoot;
use margin_math::{Price, Ratio};
use margin_risk::{PriceSource, Quote};
use sp_runtime::{BuildStorage, DispatchResult, FixedU128};

pub const BTC: u32 = 2;
pub const ETH: u32 = 3;
pub const ALICE: u64 = 1;
pub const BOB: u64 = 2;
pub const CHARLIE: u64 = 3;
pub const STRANGER: u64 = 9;
pub const ROOT_OPERATOR: u64 = 100;
pub const START_MS: u64 = 1_584_000_000_000;
pub const BLOCK_MS: u64 = 2_000;

type Block = frame_system::mocking::MockBlock<Test>;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system,
		Timestamp: pallet_timestamp,
		Oracle: orml_oracle,
		Prices: pallet_prices,
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
	pub static Operators: Vec<u64> = vec![ALICE, BOB, CHARLIE];
	pub const ExpiresIn: u64 = 60_000;
	pub static BucketLength: u64 = margin_risk::volatility::BUCKET_MS;
	pub const RootOperator: u64 = ROOT_OPERATOR;
}

pub struct Members;

impl SortedMembers<u64> for Members {
	fn sorted_members() -> Vec<u64> {
		Operators::get()
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn add(who: &u64) {
		Operators::mutate(|operators| {
			operators.push(*who);
			operators.sort_unstable();
		});
	}
}

impl orml_oracle::Config for Test {
	type OnNewData = ();
	type CombineData = MedianOfFresh<Test, ConstU32<2>, ExpiresIn>;
	type Time = Timestamp;
	type OracleKey = u32;
	type OracleValue = FixedU128;
	type RootOperatorAccountId = RootOperator;
	type Members = Members;
	type WeightInfo = ();
	type MaxHasDispatchedSize = ConstU32<10>;
	type MaxFeedValues = ConstU32<8>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = ();
}

impl pallet_prices::Config for Test {
	type Key = u32;
	type Oracle = OrmlOracle<Test, ExpiresIn>;
	type Time = Timestamp;
	type Bucket = BucketLength;
	type AdminOrigin = EnsureRoot<u64>;
	type MaxKeys = ConstU32<4>;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Stage;
}

#[cfg(feature = "runtime-benchmarks")]
pub struct Stage;

#[cfg(feature = "runtime-benchmarks")]
impl crate::benchmarking::BenchmarkHelper<u32> for Stage {
	fn key(number: u32) -> u32 {
		number
	}

	fn feed(key: &u32, price: Price) {
		crate::benchmarking::OrmlBenchmark::<Test, ConstU32<6>>::feed(key, price);
	}

	fn set_time(now: u64) {
		Timestamp::set_timestamp(now);
	}
}

/// The guard of the tests: a minute of age, two operators, 10 %, three rounds or 30 seconds, 20 % an hour.
pub fn guard() -> Guard {
	Guard::volatile()
}

pub struct ExtBuilder {
	guards: Vec<(u32, Guard)>,
}

impl Default for ExtBuilder {
	fn default() -> Self {
		Self {
			guards: vec![(BTC, guard()), (ETH, guard())],
		}
	}
}

impl ExtBuilder {
	pub fn guards(mut self, guards: Vec<(u32, Guard)>) -> Self {
		self.guards = guards;
		self
	}

	pub fn build(self) -> sp_io::TestExternalities {
		Operators::set(vec![ALICE, BOB, CHARLIE]);
		let genesis = RuntimeGenesisConfig {
			prices: crate::GenesisConfig { guards: self.guards },
			..Default::default()
		};
		let mut ext: sp_io::TestExternalities = genesis.build_storage().unwrap().into();
		ext.execute_with(|| {
			System::set_block_number(1);
			Timestamp::set_timestamp(START_MS);
		});
		ext
	}

	/// Runs the test and then checks every invariant of the pallet.
	pub fn build_and_execute(self, test: impl FnOnce()) {
		self.build().execute_with(|| {
			test();
			Prices::do_try_state().unwrap();
		});
	}
}

pub fn usd(dollars: u32) -> Price {
	Price::from_fixed(FixedU128::from_u32(dollars))
}

pub fn percent(percent: u32) -> Ratio {
	Ratio::from_percent(percent)
}

pub fn now() -> u64 {
	Timestamp::get()
}

/// One operator feeds one price.
pub fn feed(operator: u64, key: u32, price: Price) -> DispatchResult {
	let values = vec![(key, price.to_fixed())].try_into().unwrap();
	Oracle::feed_values(RuntimeOrigin::signed(operator), values)
		.map(|_| ())
		.map_err(|error| error.error)
}

/// All three operators feed the same price of one key.
pub fn feed_all(key: u32, price: Price) {
	for operator in [ALICE, BOB, CHARLIE] {
		feed(operator, key, price).unwrap();
	}
}

/// One block, `ms` after the last: hooks, what is in it, hooks.
pub fn block_after(ms: u64, content: impl FnOnce()) {
	System::set_block_number(System::block_number() + 1);
	Timestamp::set_timestamp(now() + ms);
	<AllPalletsWithSystem as OnInitialize<u64>>::on_initialize(System::block_number());
	content();
	Oracle::on_finalize(System::block_number());
	Prices::on_finalize(System::block_number());
}

/// One block, two seconds after the last.
pub fn block(content: impl FnOnce()) {
	block_after(BLOCK_MS, content);
}

/// A block in which all operators agree on a price of BTC.
pub fn block_at(price: Price) {
	block(|| feed_all(BTC, price));
}

pub fn quote(key: u32) -> Quote {
	Prices::quote(&key).unwrap()
}

pub fn verdict(key: u32) -> Verdict {
	Prices::verdict(&key)
}

/// The pallet's events since the last look.
pub fn events() -> Vec<crate::Event<Test>> {
	let events = System::read_events_for_pallet();
	System::reset_events();
	events
}
