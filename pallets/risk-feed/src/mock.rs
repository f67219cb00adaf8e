//! A runtime that both publishes and subscribes, as parachain 2000 or 3000, with a real XCM executor and a router that
//! keeps what is sent.

#![allow(missing_docs)]

mod executor;
mod steps;

pub use executor::{Postbox, XcmConfig};
pub use steps::*;

use crate::{self as pallet_risk_feed, AssetRisk, RiskBook};
use core::time::Duration;
use frame_support::{
	derive_impl, parameter_types,
	traits::{fungible, Everything, Imbalance, OnUnbalanced, UnixTime},
	weights::Weight,
};
use frame_system::EnsureRoot;
use sp_runtime::{
	traits::{IdentityLookup, MaybeEquivalence},
	BuildStorage,
};
use xcm::latest::prelude::*;
use xcm_executor::traits::ConvertLocation;

pub const PUBLISHER: u32 = 2000;
pub const SUBSCRIBER: u32 = 3000;
pub const OTHER: u32 = 3001;
/// A sibling that has no account.
pub const HOMELESS: u32 = 4000;

pub const NATIVE: u32 = 0;
pub const USDC: u32 = 1;
pub const BTC: u32 = 2;
/// What is at home on the publisher's chain, as the subscriber's chain knows it.
pub const THEIRS: u32 = 7;
/// An asset without a location.
pub const NOWHERE: u32 = 9;

pub const MINUTE: u64 = 60_000;
pub const START_MS: u64 = 1_584_000_000_000;
pub const UNIT: u128 = 1_000_000_000_000;
pub const MESSAGE_FEE: u128 = UNIT / 10;
pub const DELIVERY_FEE: u128 = UNIT / 5;
pub const FEE: u128 = MESSAGE_FEE + DELIVERY_FEE;

type Block = frame_system::mocking::MockBlock<Test>;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system = 0,
		Balances: pallet_balances = 1,
		XcmPallet: pallet_xcm = 2,
		RiskFeed: pallet_risk_feed = 3,
	}
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
	type AccountId = u64;
	type Lookup = IdentityLookup<u64>;
	type AccountData = pallet_balances::AccountData<u128>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type AccountStore = System;
	type Balance = u128;
	type ExistentialDeposit = ExistentialDeposit;
}

parameter_types! {
	pub const ExistentialDeposit: u128 = UNIT / 100;
	pub const MessageFee: u128 = MESSAGE_FEE;
	pub const UnitWeight: Weight = Weight::from_parts(1, 0);
	pub const NativeLocation: Location = Location::here();
	pub const MaxSubscriptions: u32 = 8;
	pub UniversalLocation: InteriorLocation = [GlobalConsensus(Polkadot), Parachain(This::get())].into();
	/// Which parachain this is.
	pub static This: u32 = PUBLISHER;
	pub static Now: u64 = START_MS;
	pub static Book: Vec<(u32, AssetRisk)> = Vec::new();
	/// What was handed over for delivery.
	pub static Delivered: Vec<(Location, Xcm<()>)> = Vec::new();
	/// Parachains whose channel is closed, which shows on delivery.
	pub static Closed: Vec<u32> = Vec::new();
	/// Parachains that no way leads to.
	pub static Unreachable: Vec<u32> = Vec::new();
	/// What a delivery costs.
	pub static DeliveryFees: Assets = Assets::new();
	/// Fees that arrived where they go.
	pub static Collected: u128 = 0;
	pub static MinInterval: u64 = MINUTE;
}

pub struct Clock;

impl UnixTime for Clock {
	fn now() -> Duration {
		Duration::from_millis(Now::get())
	}
}

pub fn sibling(para: u32) -> Location {
	Location::new(1, [Parachain(para)])
}

fn on_asset_hub(index: u128) -> Location {
	Location::new(1, [Parachain(1000), PalletInstance(50), GeneralIndex(index)])
}

/// Where assets are. Bitcoin is not known to the subscriber's chain.
pub struct Locations;

impl MaybeEquivalence<Location, u32> for Locations {
	fn convert(location: &Location) -> Option<u32> {
		[NATIVE, USDC, BTC, THEIRS]
			.into_iter()
			.find(|asset| Self::convert_back(asset).as_ref() == Some(location))
	}

	fn convert_back(asset: &u32) -> Option<Location> {
		match (*asset, This::get()) {
			(NATIVE, _) => Some(Location::here()),
			(USDC, _) => Some(on_asset_hub(1337)),
			(BTC, PUBLISHER) => Some(on_asset_hub(21)),
			(THEIRS, SUBSCRIBER) => Some(sibling(PUBLISHER)),
			_ => None,
		}
	}
}

pub struct StaticBook;

impl RiskBook<u32> for StaticBook {
	fn assets() -> Vec<(u32, AssetRisk)> {
		Book::get()
	}
}

/// A parachain's account has its number.
pub struct Sovereign;

impl ConvertLocation<u64> for Sovereign {
	fn convert_location(location: &Location) -> Option<u64> {
		match location.unpack() {
			(1, [Parachain(para)]) if *para != HOMELESS => Some((*para).into()),
			_ => None,
		}
	}
}

pub struct Collector;

impl OnUnbalanced<fungible::Credit<u64, Balances>> for Collector {
	fn on_nonzero_unbalanced(fee: fungible::Credit<u64, Balances>) {
		Collected::mutate(|collected| *collected += fee.peek());
	}
}

/// What is easily added up: 1 to begin, 1 to look, 10 for the book, 100 for a report.
pub struct RoundWeights;

impl crate::WeightInfo for RoundWeights {
	fn open_subscription() -> Weight {
		Weight::from_parts(1, 0)
	}
	fn change_subscription() -> Weight {
		Weight::from_parts(1, 0)
	}
	fn close_subscription() -> Weight {
		Weight::from_parts(1, 0)
	}
	fn resume() -> Weight {
		Weight::from_parts(1, 0)
	}
	fn set_publisher() -> Weight {
		Weight::from_parts(1, 0)
	}
	fn adopt(n: u32) -> Weight {
		Weight::from_parts(1_000 + u64::from(n), 0)
	}
	fn begin_round() -> Weight {
		Weight::from_parts(1, 0)
	}
	fn look() -> Weight {
		Weight::from_parts(1, 0)
	}
	fn read_book() -> Weight {
		Weight::from_parts(10, 0)
	}
	fn send() -> Weight {
		Weight::from_parts(100, 0)
	}
}

impl pallet_risk_feed::Config for Test {
	type AssetId = u32;
	type AssetLocations = Locations;
	type Book = StaticBook;
	type Time = Clock;
	type FeedManager = EnsureRoot<u64>;
	type PublisherOrigin = pallet_xcm::EnsureXcm<Everything>;
	type Router = Postbox;
	type UniversalLocation = UniversalLocation;
	type Currency = Balances;
	type NativeLocation = NativeLocation;
	type SovereignAccountOf = Sovereign;
	type MessageFee = MessageFee;
	type OnFees = Collector;
	type MinInterval = MinInterval;
	type MaxSubscriptions = MaxSubscriptions;
	type WeightInfo = RoundWeights;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Helper;
}

#[cfg(feature = "runtime-benchmarks")]
pub struct Helper;

#[cfg(feature = "runtime-benchmarks")]
impl crate::benchmarking::BenchmarkHelper for Helper {
	fn subscriber(n: u32) -> Location {
		sibling(SUBSCRIBER + n)
	}

	fn fill_book() {
		Book::set(vec![(USDC, risk(5)), (BTC, risk(6)), (NATIVE, risk(10))]);
	}
}

/// Parachain 2000, with a book of three assets, on which two siblings have a hundred tokens each.
#[derive(Default)]
pub struct ExtBuilder {
	this: Option<u32>,
}

impl ExtBuilder {
	/// Another parachain than the publisher.
	pub fn on(mut self, para: u32) -> Self {
		self.this = Some(para);
		self
	}

	pub fn build(self) -> sp_io::TestExternalities {
		This::set(self.this.unwrap_or(PUBLISHER));
		Now::set(START_MS);
		Book::set(vec![
			(NATIVE, risk(10)),
			(USDC, risk(2)),
			(BTC, risk(5)),
			(NOWHERE, risk(5)),
		]);
		Delivered::set(Vec::new());
		Closed::set(Vec::new());
		Unreachable::set(Vec::new());
		DeliveryFees::set((Here, DELIVERY_FEE).into());
		Collected::set(0);
		MinInterval::set(MINUTE);
		let balances = [SUBSCRIBER, OTHER].map(|para| (para.into(), 100 * UNIT)).to_vec();
		let genesis = RuntimeGenesisConfig {
			balances: pallet_balances::GenesisConfig {
				balances,
				..Default::default()
			},
			..Default::default()
		};
		let mut ext: sp_io::TestExternalities = genesis.build_storage().unwrap().into();
		ext.execute_with(|| System::set_block_number(1));
		ext
	}

	/// Runs the test and then checks every invariant of the pallet.
	pub fn build_and_execute(self, test: impl FnOnce()) {
		self.build().execute_with(|| {
			test();
			RiskFeed::do_try_state().unwrap();
		});
	}
}
