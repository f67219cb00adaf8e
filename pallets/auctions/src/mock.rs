//! A house with books of its own, prices and markets that tests set by hand, and the builder that every test goes
//! through: it checks the invariants, and that no money came or went, when the test is done.

use crate::{self as pallet_auctions, Good, Level, Rules, Seller, Sold, SubAccount, WeightInfo};
use codec::{Decode, Encode};
use frame_support::{
	derive_impl, ord_parameter_types, parameter_types, storage_alias,
	traits::{ConstU32, ConstU64, OnIdle, OnPoll, Time},
	weights::{Weight, WeightMeter},
	Twox64Concat,
};
use frame_system::{offchain, EnsureRoot, EnsureSignedBy};
use margin_math::{Amount, Price, Rounding};
use margin_risk::{Quote, Verdict};
use sp_runtime::{testing::TestXt, BuildStorage, DispatchError, DispatchResult};
use std::collections::BTreeMap;

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

/// Everybody's books, in smallest units.
#[derive(Encode, Decode, Default, Clone, PartialEq, Eq, Debug)]
pub struct Books {
	/// What the house holds.
	pub held: BTreeMap<AssetId, u128>,
	/// What it owes.
	pub owed: BTreeMap<AssetId, u128>,
	/// What traders have.
	pub wallets: BTreeMap<(AccountId, AssetId), u128>,
	/// What went out in kind.
	pub in_kind: BTreeMap<AssetId, u128>,
	/// What suppliers lost with it.
	pub lost: BTreeMap<AssetId, u128>,
}

/// A market for an asset.
#[derive(Encode, Decode, Clone, Copy)]
pub struct Market {
	/// What it pays, as parts per million of the live price.
	pub pays: u32,
	/// Most that it takes in a block.
	pub depth: u128,
	/// The block in which it was used last.
	pub used_at: u64,
	/// What it bought so far.
	pub bought: u128,
}

#[storage_alias]
pub type BooksOf = StorageValue<Mock, Books, frame_support::pallet_prelude::ValueQuery>;
#[storage_alias]
pub type Quotes = StorageMap<Mock, Twox64Concat, AssetId, Quote>;
#[storage_alias]
pub type Markets = StorageMap<Mock, Twox64Concat, AssetId, Market>;
/// What markets paid out, by asset.
#[storage_alias]
pub type Paid = StorageMap<Mock, Twox64Concat, AssetId, u128, frame_support::pallet_prelude::ValueQuery>;
/// What came in from outside, by asset: holdings, less debts, with what traders brought.
#[storage_alias]
pub type Brought = StorageMap<Mock, Twox64Concat, AssetId, i128, frame_support::pallet_prelude::ValueQuery>;

pub struct House;

impl House {
	fn refuses(method: u8) -> DispatchResult {
		match Refuses::get().contains(&method) {
			true => Err(DispatchError::Other("the house refuses")),
			false => Ok(()),
		}
	}

	fn good(asset: AssetId, amount: u128) -> Good<AssetId> {
		Good {
			asset,
			amount: Amount(amount),
			decimals: decimals(asset),
			quote: Quotes::get(asset).unwrap_or(Quote::missing()),
		}
	}

	/// What the market would do: how much it takes, of what it pays with, and how much.
	fn bid(asset: AssetId, price: Price) -> Option<Sold<AssetId>> {
		let market = Markets::get(asset).filter(|market| market.used_at != System::block_number())?;
		let held = *BooksOf::get().held.get(&asset)?;
		let pays = Quotes::get(asset)?
			.live
			.scale(margin_math::Ratio::from_ppm(market.pays), Rounding::Down)?;
		let debt = Self::owed().into_iter().find(|debt| debt.quote.is_usable())?;
		let in_dollars = |amount| pays.value_of(Amount(amount), decimals(asset), Rounding::Down);
		let owed = debt.quote.live.value_of(debt.amount, debt.decimals, Rounding::Down)?;
		let needed = pays.amount_for(owed, decimals(asset), Rounding::Down)?.0;
		let amount_in = held.min(market.depth).min(needed);
		let amount_out = debt
			.quote
			.live
			.amount_for(in_dollars(amount_in)?, debt.decimals, Rounding::Down)?;
		(pays >= price && amount_in > 0 && !amount_out.is_zero()).then_some(Sold {
			amount_in: Amount(amount_in),
			bought: debt.asset,
			amount_out,
		})
	}
}

fn less(map: &mut BTreeMap<AssetId, u128>, asset: AssetId, amount: u128) -> DispatchResult {
	let held = map.get(&asset).copied().unwrap_or(0);
	let left = held.checked_sub(amount).ok_or(DispatchError::Other("not as much"))?;
	map.insert(asset, left);
	map.retain(|_, amount| *amount > 0);
	Ok(())
}

impl Seller<AccountId, AssetId> for House {
	fn for_sale() -> Vec<Good<AssetId>> {
		let books = BooksOf::get();
		let held = books.held.iter().filter(|_| !books.owed.is_empty());
		held.map(|(asset, amount)| Self::good(*asset, *amount)).collect()
	}

	fn owed() -> Vec<Good<AssetId>> {
		let owed = BooksOf::get().owed;
		owed.into_iter()
			.map(|(asset, amount)| Self::good(asset, amount))
			.collect()
	}

	fn deliver(
		who: &AccountId,
		_: SubAccount,
		asset: AssetId,
		amount: Amount,
		pay_with: AssetId,
		payment: Amount,
	) -> DispatchResult {
		Self::refuses(1)?;
		let mut books = BooksOf::get();
		less(&mut books.held, asset, amount.0)?;
		less(&mut books.owed, pay_with, payment.0)?;
		let wallet = books.wallets.entry((*who, pay_with)).or_default();
		*wallet = wallet
			.checked_sub(payment.0)
			.ok_or(DispatchError::Other("cannot pay"))?;
		*books.wallets.entry((*who, asset)).or_default() += amount.0;
		BooksOf::put(books);
		Ok(())
	}

	fn sell_to_market(asset: AssetId, price: Price) -> Result<Option<Sold<AssetId>>, DispatchError> {
		let Some(sold) = Self::bid(asset, price) else {
			return Ok(None);
		};
		let mut books = BooksOf::get();
		less(&mut books.held, asset, sold.amount_in.0)?;
		less(&mut books.owed, sold.bought, sold.amount_out.0)?;
		BooksOf::put(books);
		Markets::mutate(asset, |market| {
			let market = market.as_mut().unwrap();
			market.used_at = System::block_number();
			market.bought += sold.amount_in.0;
		});
		Paid::mutate(sold.bought, |paid| *paid += sold.amount_out.0);
		// Refuses after it has written, so that a test sees whether that is taken back.
		Self::refuses(2)?;
		Ok(Some(sold))
	}

	fn market_pays(asset: AssetId, price: Price) -> bool {
		Self::bid(asset, price).is_some()
	}

	fn hand_out(asset: AssetId) -> DispatchResult {
		let mut books = BooksOf::get();
		let lot = books.held.remove(&asset).ok_or(DispatchError::Other("nothing held"))?;
		*books.in_kind.entry(asset).or_default() += lot;
		if books.held.is_empty() {
			for (asset, owed) in std::mem::take(&mut books.owed) {
				*books.lost.entry(asset).or_default() += owed;
			}
		}
		BooksOf::put(books);
		Self::refuses(3)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn set_stage(i: u32, who: &AccountId) -> (AssetId, AssetId) {
		let asset = [BTC, ETH][i as usize];
		fill(asset, 10 * unit(asset), 100_000);
		bring(*who, 1_000_000);
		set_market(asset, 1_000_000, unit(asset));
		(asset, USDC)
	}
}

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

/// A market takes `depth` of `asset` in a block, and pays so many parts per million of the live price.
pub fn set_market(asset: AssetId, pays: u32, depth: u128) {
	let bought = Markets::get(asset).map_or(0, |market| market.bought);
	Markets::insert(
		asset,
		Market {
			pays,
			depth,
			used_at: 0,
			bought,
		},
	);
}

/// The house takes `amount` of `asset` over, with a debt of so many dollars.
pub fn fill(asset: AssetId, amount: u128, dollars: u128) {
	BooksOf::mutate(|books| {
		*books.held.entry(asset).or_default() += amount;
		*books.owed.entry(USDC).or_default() += dollars * unit(USDC);
	});
	Brought::mutate(asset, |brought| *brought += amount as i128);
	Brought::mutate(USDC, |brought| *brought -= (dollars * unit(USDC)) as i128);
}

/// A trader comes with so many dollars.
pub fn bring(who: AccountId, dollars: u128) {
	let amount = dollars * unit(USDC);
	BooksOf::mutate(|books| *books.wallets.entry((who, USDC)).or_default() += amount);
	Brought::mutate(USDC, |brought| *brought += amount as i128);
}

pub fn held(asset: AssetId) -> u128 {
	BooksOf::get().held.get(&asset).copied().unwrap_or(0)
}

pub fn owed(asset: AssetId) -> u128 {
	BooksOf::get().owed.get(&asset).copied().unwrap_or(0)
}

pub fn wallet(who: AccountId, asset: AssetId) -> u128 {
	BooksOf::get().wallets.get(&(who, asset)).copied().unwrap_or(0)
}

/// Nothing comes from nowhere: what all have, less what is owed, is what was brought.
pub fn check_books() {
	let books = BooksOf::get();
	for asset in ASSETS {
		let of = |map: &BTreeMap<AssetId, u128>| map.get(&asset).copied().unwrap_or(0) as i128;
		let wallets: u128 = books
			.wallets
			.iter()
			.filter(|((_, a), _)| *a == asset)
			.map(|(_, n)| n)
			.sum();
		let market = Markets::get(asset).map_or(0, |market| market.bought) as i128 - Paid::get(asset) as i128;
		let sum = of(&books.held) + of(&books.in_kind) - of(&books.owed) - of(&books.lost) + wallets as i128 + market;
		assert_eq!(sum, Brought::get(asset), "the books of {asset}");
	}
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
