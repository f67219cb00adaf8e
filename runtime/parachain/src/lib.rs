//! # The margin chain as a parachain
//!
//! The same margin chain, reachable by XCM: Aura with asynchronous backing, blocks of six seconds, collators by
//! selection. What each pallet is given, what clients may call, which transactions go first and the economy of the presets
//! are as on the appchain ([`wiring`]); this runtime adds who collates (`consensus`), what ties it to the relay chain
//! (`parachain`), how messages of other chains are executed ([`xcm_config`]), the gate between them and the margin system
//! (`gateway`), the risk parameters that it shares with them (`risk_feed`), and how a chain starts ([`genesis_presets`]).

#![cfg_attr(not(feature = "std"), no_std)]
// The macros of a runtime recurse deeply.
#![recursion_limit = "256"]

extern crate alloc;

mod consensus;
mod gateway;
pub mod genesis_presets;
mod own_apis;
pub mod parachain;
mod risk_feed;
#[path = "../../common/wiring/mod.rs"]
pub mod wiring;
pub mod xcm_config;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;

use alloc::{borrow::Cow, vec::Vec};
use sp_runtime::{generic, impl_opaque_keys, traits::BlakeTwo256, Perbill};
use sp_version::RuntimeVersion;

pub use margin_runtime_common::{
	fee_market, units, weights, AccountId, Address, AssetId, Balance, BlockNumber, Hash, Nonce, Signature,
};
pub(crate) use own_apis::implement_apis;
pub use wiring::*;

/// Time between two blocks, in milliseconds.
pub const SLOT_MILLIS: u64 = 6_000;
/// What the relay chain takes of a block and the state that it read, in bytes.
pub const MAX_PROOF_SIZE: u64 = cumulus_primitives_core::relay_chain::MAX_POV_SIZE as u64;
/// Largest share of a block for users' calls.
pub const NORMAL_SHARE: Perbill = units::PARACHAIN_USERS_SHARE;
/// What the relay chain tells, the messages of other chains, and the answers to them. A message's calls meet the pause one
/// by one.
pub const ALSO_NEVER_PAUSED: &[Calls] = &[
	("ParachainSystem", ANY),
	("XcmpQueue", ANY),
	("MessageQueue", ANY),
	("PolkadotXcm", &["claim_assets"]),
	("Gateway", &["report", "claim_abroad", "pause_route"]),
];
/// Code is set when the relay chain gives its go.
pub type SetCode = cumulus_pallet_parachain_system::ParachainSetCode<Runtime>;
/// Margin is asked for by what this chain measures, and by what a publisher of risk parameters tells if that is more.
pub type RiskEngine = pallet_margin::Adopting<Measured, risk_feed::Published>;

/// Header of a block.
pub type Header = generic::Header<BlockNumber, BlakeTwo256>;
/// Body and header.
pub type Block = generic::Block<Header, UncheckedExtrinsic>;
/// A block with its justification.
pub type SignedBlock = generic::SignedBlock<Block>;

/// What surrounds the call in every signed transaction, in the order that clients know. The size of the proof that was
/// not needed is given back too.
pub type TxExtension = cumulus_pallet_weight_reclaim::StorageWeightReclaim<Runtime, transactions::Checks>;

/// A transaction's extension, of its checks.
pub fn surround(checks: transactions::Checks) -> TxExtension {
	TxExtension::from(checks)
}

/// A transaction as it travels.
pub type UncheckedExtrinsic = generic::UncheckedExtrinsic<Address, RuntimeCall, Signature, TxExtension>;
/// What a sender signs.
pub type SignedPayload = generic::SignedPayload<RuntimeCall, TxExtension>;

/// Runs blocks.
pub type Executive =
	frame_executive::Executive<Runtime, Block, frame_system::ChainContext<Runtime>, Runtime, AllPalletsWithSystem>;

/// What a node needs to know of the runtime without decoding a call.
pub mod opaque {
	use super::*;
	use sp_runtime::generic::Block as GenericBlock;
	pub use sp_runtime::OpaqueExtrinsic as UncheckedExtrinsic;

	/// Header of a block.
	pub type Header = super::Header;
	/// A block whose transactions are bytes.
	pub type Block = GenericBlock<Header, UncheckedExtrinsic>;

	impl_opaque_keys! {
		/// What a collator signs with.
		pub struct SessionKeys {
			/// Authors blocks.
			pub aura: Aura,
		}
	}
}

/// Name and versions of this runtime.
#[sp_version::runtime_version]
pub const VERSION: RuntimeVersion = RuntimeVersion {
	spec_name: Cow::Borrowed("margin-parachain"),
	impl_name: Cow::Borrowed("margin-parachain"),
	authoring_version: 1,
	spec_version: 1,
	impl_version: 1,
	apis: apis::RUNTIME_API_VERSIONS,
	transaction_version: 1,
	system_version: 1,
};

/// Pallets in the order of their hooks. What the relay chain tells comes first. Messages of other chains have what a block
/// leaves before anything else idle has: never earlier, since they must meet the block's own time and what the chain makes
/// of a halt. Then as on the appchain: prices are latched before anything else ends a block, what is seized in a block is on
/// offer in it, and the feeder's offchain worker comes after the keeper's. What only builds genesis comes last.
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
	pub struct Runtime;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(50)]
	pub type ParachainSystem = cumulus_pallet_parachain_system;
	#[runtime::pallet_index(1)]
	pub type Timestamp = pallet_timestamp;
	#[runtime::pallet_index(51)]
	pub type ParachainInfo = parachain_info;
	#[runtime::pallet_index(52)]
	pub type WeightReclaim = cumulus_pallet_weight_reclaim;
	#[runtime::pallet_index(4)]
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(5)]
	pub type TransactionPayment = pallet_transaction_payment;
	#[runtime::pallet_index(6)]
	pub type Sudo = pallet_sudo;
	#[runtime::pallet_index(7)]
	pub type SafeMode = pallet_safe_mode;
	#[runtime::pallet_index(8)]
	pub type TxPause = pallet_tx_pause;

	#[runtime::pallet_index(53)]
	pub type Authorship = pallet_authorship;
	#[runtime::pallet_index(54)]
	pub type CollatorSelection = pallet_collator_selection;
	#[runtime::pallet_index(55)]
	pub type Session = pallet_session;
	#[runtime::pallet_index(2)]
	pub type Aura = pallet_aura;
	#[runtime::pallet_index(56)]
	pub type AuraExt = cumulus_pallet_aura_ext;

	#[runtime::pallet_index(60)]
	pub type XcmpQueue = cumulus_pallet_xcmp_queue;
	#[runtime::pallet_index(61)]
	pub type PolkadotXcm = pallet_xcm;
	#[runtime::pallet_index(62)]
	pub type CumulusXcm = cumulus_pallet_xcm;
	#[runtime::pallet_index(63)]
	pub type MessageQueue = pallet_message_queue;

	#[runtime::pallet_index(10)]
	pub type Assets = pallet_assets<Instance1>;
	#[runtime::pallet_index(11)]
	pub type PoolAssets = pallet_assets<Instance2>;
	#[runtime::pallet_index(12)]
	pub type AssetConversion = pallet_asset_conversion;
	#[runtime::pallet_index(13)]
	pub type AssetTxPayment = pallet_asset_conversion_tx_payment;

	#[runtime::pallet_index(15)]
	pub type Utility = pallet_utility;
	#[runtime::pallet_index(16)]
	pub type Multisig = pallet_multisig;
	#[runtime::pallet_index(17)]
	pub type Proxy = pallet_proxy;

	#[runtime::pallet_index(20)]
	pub type OracleMembership = pallet_membership;
	#[runtime::pallet_index(21)]
	pub type Oracle = orml_oracle;

	#[runtime::pallet_index(22)]
	pub type Prices = pallet_prices;
	#[runtime::pallet_index(23)]
	pub type AssetManagers = pallet_membership<Instance1>;
	#[runtime::pallet_index(24)]
	pub type RiskManagers = pallet_membership<Instance2>;
	#[runtime::pallet_index(25)]
	pub type OutflowManagers = pallet_membership<Instance3>;
	#[runtime::pallet_index(26)]
	pub type Reporters = pallet_membership<Instance4>;
	#[runtime::pallet_index(27)]
	pub type Forecast = pallet_forecast;

	#[runtime::pallet_index(30)]
	pub type Margin = pallet_margin;
	#[runtime::pallet_index(31)]
	pub type Auctions = pallet_auctions;
	#[runtime::pallet_index(32)]
	pub type Feeder = pallet_feeder;

	#[runtime::pallet_index(65)]
	pub type Gateway = pallet_gateway;
	#[runtime::pallet_index(66)]
	pub type RiskFeed = pallet_risk_feed;

	#[runtime::pallet_index(40)]
	pub type GenesisPools = pallet_genesis_pools;
}

cumulus_pallet_parachain_system::register_validate_block! {
	Runtime = Runtime,
	BlockExecutor = cumulus_pallet_aura_ext::BlockExecutor::<Runtime, Executive>,
}
