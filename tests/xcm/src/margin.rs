//! The production runtime as the emulator drives it.
//!
//! The emulator makes blocks from the hooks of all pallets and its own inherents, stamps every block with the time zero,
//! and has no call of `on_poll`. So this module stands between the two: it is the runtime, with hooks that also keep its
//! events, and [`begin`] does first in a block what the executive does after the inherents, at a time that passes.

pub use margin_parachain_runtime::{xcm_config::LocationToAccountId as LocationToAccount, *};

use crate::sibling::{Balance as Units, SUBSCRIBER};
use frame_support::{
	traits::{OnFinalize, OnInitialize, OnPoll},
	weights::{Weight, WeightMeter},
};
use margin_parachain_runtime as runtime;
use sp_core::{storage::Storage, U256};
use sp_runtime::{traits::Dispatchable, BuildStorage, DispatchResult, FixedU128};
use std::{
	cell::{Cell, RefCell},
	sync::OnceLock,
};

/// Time of the first block: 11 March 2020, 00:00 UTC.
const FIRST_TIME: u64 = 1_583_884_800_000;
/// Time between two blocks, in milliseconds.
pub const BLOCK: u64 = 6_000;
/// The prices that the genesis' markets have, in cents a whole.
pub const FIRST_PRICES: [(u32, u128); 4] = [(1, 100), (2, 789_466), (3, 20_074), (4, 400)];

thread_local! {
	static TIME: Cell<u64> = const { Cell::new(FIRST_TIME) };
	static PRICES: RefCell<Vec<(u32, u128)>> = RefCell::new(FIRST_PRICES.to_vec());
	static TOLD: RefCell<Vec<(u32, RuntimeEvent)>> = const { RefCell::new(Vec::new()) };
}

/// The hooks of all pallets, around which the emulator makes a block.
pub struct AllPalletsWithoutSystem;

impl AllPalletsWithoutSystem {
	/// What all pallets do first. Then the emulator's own time may be set.
	pub fn on_initialize(number: BlockNumber) -> Weight {
		let weight = <runtime::AllPalletsWithoutSystem as OnInitialize<_>>::on_initialize(number);
		pallet_timestamp::Now::<Runtime>::put(0);
		weight
	}

	/// What all pallets do last. Then the events are put aside: the emulator drops them.
	pub fn on_finalize(number: BlockNumber) {
		<runtime::AllPalletsWithoutSystem as OnFinalize<_>>::on_finalize(number);
		TOLD.with_borrow_mut(|told| told.extend(new_events()));
	}
}

fn new_events() -> Vec<(u32, RuntimeEvent)> {
	let chain: u32 = ParachainInfo::parachain_id().into();
	System::events()
		.into_iter()
		.map(|record| (chain, record.event))
		.collect()
}

/// Everything that this chain has told since the test began.
pub fn told() -> Vec<RuntimeEvent> {
	let chain: u32 = ParachainInfo::parachain_id().into();
	let before = TOLD.with_borrow(|told| told.clone());
	before
		.into_iter()
		.filter(|(of, _)| *of == chain)
		.chain(new_events())
		.map(|(_, event)| event)
		.collect()
}

/// Forgets what an earlier test of this thread has set and heard.
pub fn forget() {
	TIME.set(FIRST_TIME);
	PRICES.set(FIRST_PRICES.to_vec());
	TOLD.take();
}

/// From now on the margin chain's operators feed this price of an asset, in cents a whole.
pub fn set_price(asset: u32, cents: u128) {
	PRICES.with_borrow_mut(|prices| {
		let price = prices
			.iter_mut()
			.find(|(key, _)| *key == asset)
			.expect("a listed asset");
		price.1 = cents;
	});
}

/// So much time passes before the next block, in milliseconds.
pub fn wait(millis: u64) {
	TIME.set(TIME.get() + millis);
}

/// The beginning of a block: its time, what the chain does by itself after the inherents, and the operators' feeds. Those
/// of the chain that adopts risk parameters see a market that stands still.
pub fn begin() {
	begin_in_a_full_block();
	let max_block = <Runtime as frame_system::Config>::BlockWeights::get().max_block;
	let mut meter = WeightMeter::with_limit(max_block);
	<AllPalletsWithSystem as OnPoll<_>>::on_poll(System::block_number(), &mut meter);
}

/// The same in a block that has no room for what the chain does by itself.
pub fn begin_in_a_full_block() {
	wait(BLOCK);
	pallet_timestamp::Now::<Runtime>::put(TIME.get());
	let prices = if u32::from(ParachainInfo::parachain_id()) == SUBSCRIBER {
		FIRST_PRICES.to_vec()
	} else {
		PRICES.with_borrow(Clone::clone)
	};
	for operator in genesis_presets::OPERATORS {
		let values: Vec<_> = prices
			.iter()
			.map(|(key, cents)| (*key, FixedU128::from_rational(*cents, 100)))
			.collect();
		let feed = orml_oracle::Call::feed_values {
			values: values.try_into().expect("as many as there are assets"),
		};
		assert_eq!(signed(genesis_presets::account(operator), feed), Ok(()));
	}
}

/// The market maker brings the market of an asset with USDC to `cents` a whole, as arbitrage would.
pub fn keep_market(asset: AssetId, whole: Units, cents: u128) {
	let (has, usdc) = AssetConversion::get_reserves(asset, units::USDC).expect("there is a market");
	let square = U256::from(has) * U256::from(usdc) * U256::from(whole) * U256::from(100);
	let wanted = (square / U256::from(cents * units::USDC_UNIT)).integer_sqrt().as_u128();
	let sell = pallet_asset_conversion::Call::swap_exact_tokens_for_tokens {
		path: vec![Box::new(asset), Box::new(units::USDC)],
		amount_in: wanted.checked_sub(has).expect("the price has fallen"),
		amount_out_min: 1,
		send_to: genesis_presets::account(genesis_presets::MAKER),
		keep_alive: true,
	};
	assert_eq!(signed(genesis_presets::account(genesis_presets::MAKER), sell), Ok(()));
}

/// What becomes of a call of `who`.
pub fn signed(who: AccountId, call: impl Into<RuntimeCall>) -> DispatchResult {
	dispatched(RuntimeOrigin::signed(who), call)
}

/// What becomes of a call that nobody signed.
pub fn unsigned(call: impl Into<RuntimeCall>) -> DispatchResult {
	dispatched(RuntimeOrigin::none(), call)
}

/// What becomes of root's call.
pub fn by_root(call: impl Into<RuntimeCall>) -> DispatchResult {
	dispatched(RuntimeOrigin::root(), call)
}

/// Root's call, which must pass.
pub fn root(call: impl Into<RuntimeCall>) {
	let call = call.into();
	assert_eq!(by_root(call.clone()), Ok(()), "{call:?}");
}

/// The call by which root makes a new asset.
pub fn new_asset(id: AssetId) -> impl Into<RuntimeCall> {
	pallet_assets::Call::<Runtime, pallet_assets::Instance1>::force_create {
		id: id.into(),
		owner: genesis_presets::account("//Alice").into(),
		is_sufficient: true,
		min_balance: 1,
	}
}

/// The issuer of the assets, for whom nobody has a key, mints some past the gate.
pub fn mint(id: AssetId, to: &AccountId, amount: Units) -> DispatchResult {
	let mint = pallet_assets::Call::<Runtime, pallet_assets::Instance1>::mint {
		id: id.into(),
		beneficiary: to.clone().into(),
		amount,
	};
	signed(genesis_presets::issuer(), mint)
}

fn dispatched(origin: RuntimeOrigin, call: impl Into<RuntimeCall>) -> DispatchResult {
	let call = call.into();
	frame_support::storage::with_storage_layer(|| call.dispatch(origin).map(|_| ()).map_err(|e| e.error))
}

/// What an account has outside of the margin pallet.
pub fn wallet(asset: AssetId, who: &AccountId) -> Units {
	<NativeAndAssets as frame_support::traits::fungibles::Inspect<AccountId>>::balance(asset, who)
}

/// How much of an asset a margin account holds, or owes if it is negative.
pub fn held(asset: AssetId, who: &AccountId) -> i128 {
	let Some(account) = Margin::account_view(who, 0) else {
		return 0;
	};
	let balance = account.balances.iter().find(|balance| balance.asset == asset);
	balance.map_or(0, |balance| {
		let amount = i128::try_from(balance.amount.0).expect("no test has so much");
		match balance.side {
			margin_risk::Side::Deposit => amount,
			margin_risk::Side::Debt => -amount,
		}
	})
}

/// How much of an asset there is.
pub fn issued(asset: AssetId) -> Units {
	<NativeAndAssets as frame_support::traits::fungibles::Inspect<AccountId>>::total_issuance(asset)
}

/// The genesis of the development preset, for the parachain with this id.
pub fn genesis(para: u32) -> Storage {
	static PRESET: OnceLock<serde_json::Value> = OnceLock::new();
	let mut config = PRESET.get_or_init(preset).clone();
	config["parachainInfo"]["parachainId"] = para.into();
	let config: RuntimeGenesisConfig = serde_json::from_value(config).expect("a preset decodes");
	config.build_storage().expect("a preset builds")
}

fn preset() -> serde_json::Value {
	let patch = genesis_presets::get_preset(&"development".into()).expect("there is such a preset");
	let mut config = serde_json::to_value(RuntimeGenesisConfig::default()).expect("a genesis is plain JSON");
	merge(&mut config, serde_json::from_slice(&patch).expect("a preset is JSON"));
	config
}

fn merge(into: &mut serde_json::Value, patch: serde_json::Value) {
	match (into, patch) {
		(serde_json::Value::Object(into), serde_json::Value::Object(patch)) => {
			for (key, value) in patch {
				merge(into.entry(key).or_insert(serde_json::Value::Null), value);
			}
		},
		(into, patch) => *into = patch,
	}
}

/// Every invariant of our pallets.
pub fn check_invariants() {
	assert_eq!(Margin::do_try_state(), Ok(()));
	assert_eq!(Prices::do_try_state(), Ok(()));
	assert_eq!(Auctions::do_try_state(), Ok(()));
	assert_eq!(Forecast::do_try_state(), Ok(()));
	assert_eq!(Gateway::do_try_state(), Ok(()));
	assert_eq!(RiskFeed::do_try_state(), Ok(()));
}
