//! A chain in memory: blocks with slot, time and transactions, as a validator would make them. Every function works on
//! the chain that the surrounding [`development`] or [`genesis`] has begun.

use codec::Encode;
use margin_math::Price;
use margin_runtime::{
	genesis_presets, order::ChargeInOrder, surround, transactions::checks, AccountId, Auctions, Executive, Forecast,
	Hash, Header, Margin, Nonce, Prices, Runtime, RuntimeCall, RuntimeEvent, RuntimeGenesisConfig, SignedPayload,
	System, UncheckedExtrinsic, SLOT_MILLIS,
};
use sp_consensus_aura::{Slot, AURA_ENGINE_ID};
use sp_core::{sr25519, Pair};
use sp_runtime::{
	generic::{Digest, DigestItem, Era},
	traits::Header as _,
	ApplyExtrinsicResult, BuildStorage, DispatchResult, FixedU128, MultiSignature,
};

/// Slot of the first block: 11 March 2020, 00:00 UTC.
const FIRST_SLOT: u64 = 1_583_884_800_000 / SLOT_MILLIS;
/// Where the chain's storage keeps the hash of the best block: the runtime learns it only in the next one.
const BEST: &[u8] = b":scenarios:best:";

/// The genesis of a preset, from its JSON, as the node builds it.
pub fn genesis(preset: &str) -> sp_io::TestExternalities {
	let patch = genesis_presets::get_preset(&preset.into()).expect("there is such a preset");
	let mut config = serde_json::to_value(RuntimeGenesisConfig::default()).unwrap();
	merge(&mut config, serde_json::from_slice(&patch).unwrap());
	let config: RuntimeGenesisConfig = serde_json::from_value(config).expect("a preset decodes");
	config.build_storage().expect("a preset builds").into()
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

/// Runs `test` on the development preset, and checks the invariants when it is done.
pub fn development(test: impl FnOnce()) {
	genesis("development").execute_with(|| {
		test();
		check_invariants();
	});
}

/// Every invariant of our pallets; with `try-runtime`, those of all the others as well.
pub fn check_invariants() {
	check_books();
	#[cfg(feature = "try-runtime")]
	<margin_runtime::AllPalletsWithSystem as frame_support::traits::TryState<_>>::try_state(
		System::block_number(),
		frame_support::traits::TryStateSelect::All,
	)
	.unwrap();
}

/// The slot of the best block.
pub fn slot() -> u64 {
	if System::block_number() == 0 {
		return FIRST_SLOT;
	}
	*pallet_aura::CurrentSlot::<Runtime>::get()
}

/// The hash of the best block.
pub fn best() -> Hash {
	sp_io::storage::get(BEST).map_or(System::parent_hash(), |bytes| Hash::from_slice(&bytes))
}

/// Begins the next block, in the next slot and with its time.
pub fn begin() {
	begin_after(1);
}

/// Begins the next block so many slots after the last one. More than one: the chain stood still.
pub fn begin_after(slots: u64) {
	let slot = Slot::from(slot() + slots);
	let digest = Digest {
		logs: vec![DigestItem::PreRuntime(AURA_ENGINE_ID, slot.encode())],
	};
	let number = System::block_number() + 1;
	let header = Header::new(number, Default::default(), Default::default(), best(), digest);
	Executive::initialize_block(&header);
	let now = *slot * SLOT_MILLIS;
	let set = UncheckedExtrinsic::new_bare(pallet_timestamp::Call::set { now }.into());
	Executive::apply_extrinsic(set).unwrap().unwrap();
}

/// Ends the block, and checks every invariant.
pub fn end() -> Header {
	let header = Executive::finalize_block();
	sp_io::storage::set(BEST, header.hash().as_bytes());
	check_books();
	header
}

/// Every invariant of our pallets.
fn check_books() {
	Margin::do_try_state().unwrap();
	Prices::do_try_state().unwrap();
	Auctions::do_try_state().unwrap();
	Forecast::do_try_state().unwrap();
}

/// A whole block with the given transactions, all of which must succeed.
pub fn block(transactions: Vec<UncheckedExtrinsic>) {
	begin();
	for transaction in transactions {
		Executive::apply_extrinsic(transaction).unwrap().unwrap();
	}
	end();
}

/// A block with one transaction, and what became of it.
pub fn block_with(transaction: UncheckedExtrinsic) -> ApplyExtrinsicResult {
	begin();
	let result = Executive::apply_extrinsic(transaction);
	end();
	result
}

/// `call`, signed by a development seed such as `//Alice`.
pub fn signed(seed: &str, call: impl Into<RuntimeCall>) -> UncheckedExtrinsic {
	signed_paying(seed, call, ChargeInOrder::tip(0))
}

/// The same, with a fee that is paid as `fee` says.
pub fn signed_paying(seed: &str, call: impl Into<RuntimeCall>, fee: ChargeInOrder) -> UncheckedExtrinsic {
	let nonce = System::account_nonce(genesis_presets::account(seed));
	signed_for(seed, nonce, call, fee)
}

/// The same, as the sender's transaction number `nonce`.
pub fn signed_for(seed: &str, nonce: Nonce, call: impl Into<RuntimeCall>, fee: ChargeInOrder) -> UncheckedExtrinsic {
	let pair = sr25519::Pair::from_string(seed, None).unwrap();
	let who = AccountId::from(pair.public());
	let extension = surround(checks(Era::Immortal, nonce, fee));
	let payload = SignedPayload::new(call.into(), extension).unwrap();
	let signature = MultiSignature::from(payload.using_encoded(|bytes| pair.sign(bytes)));
	let (call, extension, _) = payload.deconstruct();
	UncheckedExtrinsic::new_signed(call, who.into(), signature, extension)
}

/// `call`, sent by root.
pub fn root(call: impl Into<RuntimeCall>) -> UncheckedExtrinsic {
	let call = Box::new(call.into());
	signed("//Alice", pallet_sudo::Call::sudo { call })
}

/// Whether root's call went through, in a block of its own.
pub fn block_of_root(call: impl Into<RuntimeCall>) -> DispatchResult {
	block(vec![root(call)]);
	System::events()
		.into_iter()
		.find_map(|record| match record.event {
			RuntimeEvent::Sudo(pallet_sudo::Event::Sudid { sudo_result }) => Some(sudo_result),
			_ => None,
		})
		.expect("root's call was dispatched")
}

/// Feeds of all operators: each key with its price in cents.
pub fn feeds(prices: &[(u32, u128)]) -> Vec<UncheckedExtrinsic> {
	genesis_presets::OPERATORS
		.iter()
		.map(|seed| signed(seed, feed(prices)))
		.collect()
}

/// The call that feeds prices in cents.
pub fn feed(prices: &[(u32, u128)]) -> orml_oracle::Call<Runtime> {
	let values: Vec<_> = prices
		.iter()
		.map(|(key, cents)| (*key, FixedU128::from_rational(*cents, 100)))
		.collect();
	orml_oracle::Call::feed_values {
		values: values.try_into().unwrap(),
	}
}

/// A price in cents.
pub fn cents(cents: u128) -> Price {
	Price::from_raw(cents * 10u128.pow(16))
}

/// Prices of the genesis' markets, in cents.
pub const FIRST_PRICES: [(u32, u128); 4] = [(1, 100), (2, 789_466), (3, 20_074), (4, 400)];
