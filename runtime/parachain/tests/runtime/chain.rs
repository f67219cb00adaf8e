//! A chain in memory, with what a collator brings of the relay chain. Every function works on the chain that the
//! surrounding [`preset`] has begun.

use codec::{Decode, Encode};
use cumulus_primitives_core::{relay_chain::HeadData, PersistedValidationData};
use cumulus_primitives_parachain_inherent::ParachainInherentData;
use cumulus_test_relay_sproof_builder::RelayStateSproofBuilder;
use margin_parachain_runtime::{genesis_presets::*, order::ChargeInOrder, transactions::checks, *};
use sp_consensus_aura::{Slot, AURA_ENGINE_ID};
use sp_core::{sr25519, Pair};
use sp_runtime::{
	generic::{Digest, DigestItem, Era},
	traits::Header as _,
	BuildStorage, FixedU128, MultiSignature,
};

/// Slot of the first block: 11 March 2020, 00:00 UTC. The relay chain has slots of the same length.
const FIRST_SLOT: u64 = 1_583_884_800_000 / SLOT_MILLIS;
/// Where the chain's storage keeps the header of the best block: the runtime learns its hash only in the next one.
const BEST: &[u8] = b":tests:best:";
/// Prices of the genesis' markets, in cents.
pub const FIRST_PRICES: [(u32, u128); 4] = [(1, 100), (2, 789_466), (3, 20_074), (4, 400)];

/// Runs `test` on the chain of a preset, made from its JSON as a node makes it, and checks the invariants when it is done.
pub fn preset(name: &str, test: impl FnOnce()) {
	let patch = get_preset(&name.into()).expect("there is such a preset");
	let mut config = serde_json::to_value(RuntimeGenesisConfig::default()).unwrap();
	merge(&mut config, serde_json::from_slice(&patch).unwrap());
	let config: RuntimeGenesisConfig = serde_json::from_value(config).expect("a preset decodes");
	let mut state: sp_io::TestExternalities = config.build_storage().expect("a preset builds").into();
	state.execute_with(|| {
		test();
		check_invariants();
	});
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

/// Every invariant of our pallets; with `try-runtime`, those of all the others as well.
pub fn check_invariants() {
	Margin::do_try_state().unwrap();
	Prices::do_try_state().unwrap();
	Auctions::do_try_state().unwrap();
	Forecast::do_try_state().unwrap();
	Gateway::do_try_state().unwrap();
	RiskFeed::do_try_state().unwrap();
	#[cfg(feature = "try-runtime")]
	<AllPalletsWithSystem as frame_support::traits::TryState<_>>::try_state(
		System::block_number(),
		frame_support::traits::TryStateSelect::All,
	)
	.unwrap();
}

fn parent() -> Header {
	sp_io::storage::get(BEST).map_or_else(
		|| {
			Header::new(
				0,
				Default::default(),
				Default::default(),
				Default::default(),
				Default::default(),
			)
		},
		|bytes| Header::decode(&mut &bytes[..]).unwrap(),
	)
}

/// Begins the next block: in the next slot, with its time and what the relay chain tells. The block before is included.
pub fn begin() {
	let parent = parent();
	let number = parent.number + 1;
	let slot = FIRST_SLOT + u64::from(number);
	let digest = Digest {
		logs: vec![DigestItem::PreRuntime(AURA_ENGINE_ID, Slot::from(slot).encode())],
	};
	let parent_hash = if number == 1 {
		System::block_hash(0)
	} else {
		parent.hash()
	};
	Executive::initialize_block(&Header::new(
		number,
		Default::default(),
		Default::default(),
		parent_hash,
		digest,
	));
	let head = HeadData(parent.encode());
	let relay = RelayStateSproofBuilder {
		para_id: PARACHAIN.into(),
		current_slot: slot.into(),
		included_para_head: Some(head.clone()),
		..Default::default()
	};
	let (relay_parent_storage_root, relay_chain_state) = relay.into_state_root_and_proof();
	let data = ParachainInherentData {
		validation_data: PersistedValidationData {
			parent_head: head,
			relay_parent_number: number,
			relay_parent_storage_root,
			max_pov_size: MAX_PROOF_SIZE as u32,
		},
		relay_chain_state,
		downward_messages: vec![],
		horizontal_messages: Default::default(),
		relay_parent_descendants: vec![],
		collator_peer_id: None,
	};
	let tell = cumulus_pallet_parachain_system::Call::set_validation_data { data };
	apply(UncheckedExtrinsic::new_bare(tell.into()));
	let now = slot * SLOT_MILLIS;
	apply(UncheckedExtrinsic::new_bare(pallet_timestamp::Call::set { now }.into()));
}

fn apply(transaction: UncheckedExtrinsic) {
	Executive::apply_extrinsic(transaction).unwrap().unwrap();
}

/// Ends the block, and checks every invariant.
pub fn end() -> Header {
	let header = Executive::finalize_block();
	sp_io::storage::set(BEST, &header.encode());
	check_invariants();
	header
}

/// A whole block with the given transactions, all of which must succeed.
pub fn block(transactions: Vec<UncheckedExtrinsic>) -> Header {
	begin();
	transactions.into_iter().for_each(apply);
	end()
}

/// `call`, signed by a development seed such as `//Alice`.
pub fn signed(seed: &str, call: impl Into<RuntimeCall>) -> UncheckedExtrinsic {
	let pair = sr25519::Pair::from_string(seed, None).unwrap();
	let who = AccountId::from(pair.public());
	let nonce = System::account_nonce(&who);
	let extension = surround(checks(Era::Immortal, nonce, ChargeInOrder::tip(0)));
	let payload = SignedPayload::new(call.into(), extension).unwrap();
	let signature = MultiSignature::from(payload.using_encoded(|bytes| pair.sign(bytes)));
	let (call, extension, _) = payload.deconstruct();
	UncheckedExtrinsic::new_signed(call, who.into(), signature, extension)
}

/// Feeds of all operators: each key with its price in cents.
pub fn feeds(prices: &[(u32, u128)]) -> Vec<UncheckedExtrinsic> {
	let values: Vec<_> = prices
		.iter()
		.map(|(key, cents)| (*key, FixedU128::from_rational(*cents, 100)))
		.collect();
	let call = orml_oracle::Call::<Runtime>::feed_values {
		values: values.try_into().unwrap(),
	};
	OPERATORS.iter().map(|seed| signed(seed, call.clone())).collect()
}
