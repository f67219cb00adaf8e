//! A small runtime with a house of its own, prices that tests set by hand, and the builder that every test goes
//! through: it checks the invariants, and that no money came or went, when the test is done.

mod house;

pub use house::*;

use crate::{self as pallet_auctions, Level, Rules, WeightInfo};
use frame_support::{
	derive_impl, ord_parameter_types, parameter_types, storage_alias,
	traits::{ConstU32, ConstU64, OnIdle, OnPoll, Time},
	weights::{Weight, WeightMeter},
	Twox64Concat,
};
use frame_system::{offchain, EnsureRoot, EnsureSignedBy};
use margin_math::Price;
use margin_risk::{Quote, Verdict};
use sp_runtime::{testing::TestXt, BuildStorage, DispatchResult};

pub type AccountId = u64;
pub type AssetId = u32;
type Block = frame_system::mocking::MockBlock<Test>;

pub const USDC: AssetId = 1;
pub const BTC: AssetId = 2;
pub const ETH: AssetId = 3;
pub const DOT: AssetId = 4;
pub const ASSETS: [AssetId; 4] = [USDC, BTC, ETH, DOT];

pub const ALICE: AccountId = 1;
pub const BOB: AccountId = 2;
pub const PAUSER: AccountId = 20;

/// Milliseconds.
pub const BLOCK_MS: u64 = 2_000;
pub const START_MS: u64 = 1_584_000_000_000;

/// One whole unit of an asset.
pub const fn unit(asset: AssetId) -> u128 {
	10u128.pow(decimals(asset) as u32)
}

pub const fn decimals(asset: AssetId) -> u8 {
	match asset {
		USDC => 6,
		BTC => 8,
		ETH => 18,
		_ => 10,
	}
}

/// Cents of a whole unit when a test begins.
pub const fn first_price(asset: AssetId) -> u128 {
	match asset {
		USDC => 100,
		BTC => 800_000,
		ETH => 20_000,
		_ => 400,
	}
}

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeFreezeReason,
		RuntimeHoldReason,
		RuntimeSlashReason,
		RuntimeLockId,
		RuntimeTask,
		RuntimeViewFunction
	)]
	pub struct Test;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Auctions = pallet_auctions;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
}

parameter_types! {
	pub storage Now: u64 = START_MS;
	/// What the house refuses, by the number of its method: 1 `deliver`, 2 `sell_to_market`, 3 `hand_out`.
	pub storage Refuses: Vec<u8> = Vec::new();
}

ord_parameter_types! {
	pub const Pauser: AccountId = PAUSER;
}

pub struct Clock;
impl Time for Clock {
	type Moment = u64;
	fn now() -> u64 {
		Now::get()
	}
}

impl offchain::CreateTransactionBase<pallet_auctions::Call<Test>> for Test {
	type RuntimeCall = RuntimeCall;
	type Extrinsic = TestXt<RuntimeCall, ()>;
}

impl offchain::CreateBare<pallet_auctions::Call<Test>> for Test {
	fn create_bare(call: RuntimeCall) -> Self::Extrinsic {
		TestXt::new_bare(call)
	}
}

impl pallet_auctions::Config for Test {
	type AssetId = AssetId;
	type Seller = House;
	type Time = Clock;
	type ManagerOrigin = EnsureRoot<AccountId>;
	type PauseOrigin = EnsureSignedBy<Pauser, AccountId>;
	type MaxLots = ConstU32<3>;
	type UnsignedPriority = ConstU64<1_000>;
	type WeightInfo = ();
}

#[storage_alias]
pub type Quotes = StorageMap<Mock, Twox64Concat, AssetId, Quote>;

/// A price in cents.
pub fn cents(cents: u128) -> Price {
	Price::from_raw(cents * 10u128.pow(16))
}

/// The live price of `asset` becomes `price`, in cents.
pub fn set_price(asset: AssetId, price: u128) {
	Quotes::insert(asset, Quote::usable(cents(price), Now::get()));
}

pub fn live(asset: AssetId) -> Price {
	Quotes::get(asset).unwrap().live
}

pub fn set_verdict(asset: AssetId, verdict: Verdict) {
	Quotes::mutate(asset, |quote| quote.as_mut().unwrap().verdict = verdict);
}

#[derive(Default)]
pub struct ExtBuilder {
	rules: Rules,
}

impl ExtBuilder {
	pub fn rules(mut self, rules: Rules) -> Self {
		self.rules = rules;
		self
	}

	pub fn build(self) -> sp_io::TestExternalities {
		let genesis = RuntimeGenesisConfig {
			auctions: crate::GenesisConfig {
				rules: self.rules,
				..Default::default()
			},
			..Default::default()
		};
		let mut ext: sp_io::TestExternalities = genesis.build_storage().unwrap().into();
		ext.execute_with(|| {
			build_on_block();
			for asset in ASSETS {
				set_price(asset, first_price(asset));
			}
		});
		ext
	}

	/// Runs the test, then checks every invariant and the books.
	pub fn build_and_execute(self, test: impl FnOnce()) {
		self.build().execute_with(|| {
			test();
			check();
		});
	}
}

pub fn check() {
	Auctions::do_try_state().unwrap();
	check_books();
}

/// The block that follows knows the hash of the one before.
pub fn build_on_block() -> u64 {
	let parent = System::block_number();
	frame_system::BlockHash::<Test>::insert(parent, sp_core::H256::from_low_u64_be(parent + 1));
	System::set_block_number(parent + 1);
	parent + 1
}

/// The next block, `ms` later, with so much weight for `on_poll`; then `on_idle` with so much.
pub fn block_with(ms: u64, poll: Weight, idle: Weight) {
	let block = build_on_block();
	Now::set(&(Now::get() + ms));
	let mut meter = WeightMeter::with_limit(poll);
	<Auctions as OnPoll<u64>>::on_poll(block, &mut meter);
	assert!(meter.consumed().all_lte(poll), "the hook went over its meter");
	assert!(<Auctions as OnIdle<u64>>::on_idle(block, idle).all_lte(idle));
}

/// The next block, `ms` later, with a whole block's weight for the hooks.
pub fn next_block(ms: u64) {
	let block = Weight::from_parts(1_000_000_000_000, u64::MAX);
	block_with(ms, block, block);
}

/// Blocks of two seconds until so much time has passed.
pub fn pass(ms: u64) {
	for _ in 0..ms / BLOCK_MS {
		next_block(BLOCK_MS);
	}
}

/// Weight for a walk over so many lots.
pub fn room_for(lots: u64) -> Weight {
	<() as WeightInfo>::poll_base().saturating_add(Auctions::lot_weight().saturating_mul(lots))
}

pub fn signed(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

pub fn set_level(asset: AssetId, level: Level) {
	Auctions::set_level(signed(PAUSER), asset, level).unwrap();
}

pub fn auction(asset: AssetId) -> crate::Auction {
	crate::Auctions::<Test>::get(asset).expect("the auction runs")
}

pub fn price(asset: AssetId) -> Option<Price> {
	Auctions::auctions().into_iter().find(|view| view.asset == asset)?.price
}

/// Takes with USDC.
pub fn take(who: AccountId, asset: AssetId, amount: u128) -> DispatchResult {
	Auctions::take(signed(who), asset, amount, Price::MAX, USDC, 0)
}

/// The pallet's events since the last look.
pub fn events() -> Vec<crate::Event<Test>> {
	let events = System::read_events_for_pallet();
	System::reset_events();
	events
}
