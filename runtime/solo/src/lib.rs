//! # The margin chain as an appchain
//!
//! Plugs the margin system together with a ledger, a market and an oracle: Aura and GRANDPA, blocks of two seconds.
//! What each pallet is given, what clients may call, which transactions go first and the economy of the presets are as on
//! the parachain ([`wiring`]); this runtime adds who authors and finalises blocks (`consensus`), and how a chain
//! starts ([`genesis_presets`]).

#![cfg_attr(not(feature = "std"), no_std)]
// The macros of a runtime recurse deeply.
#![recursion_limit = "256"]

extern crate alloc;

mod consensus;
pub mod genesis_presets;
mod own_apis;
#[path = "../../common/wiring/mod.rs"]
pub mod wiring;

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
pub const SLOT_MILLIS: u64 = 2_000;
/// The size of proofs does not bind a chain that sends none.
pub const MAX_PROOF_SIZE: u64 = u64::MAX;
/// Largest share of a block for users' calls.
pub const NORMAL_SHARE: Perbill = Perbill::from_percent(75);
/// All that keeps this chain alive is on every chain.
pub const ALSO_NEVER_PAUSED: &[Calls] = &[];
/// Code is set at once.
pub type SetCode = ();
/// Margin is asked for by what this chain measures.
pub type RiskEngine = Measured;

/// Header of a block.
pub type Header = generic::Header<BlockNumber, BlakeTwo256>;
/// Body and header.
pub type Block = generic::Block<Header, UncheckedExtrinsic>;
/// A block with its justification.
pub type SignedBlock = generic::SignedBlock<Block>;

/// What surrounds the call in every signed transaction, in the order that clients know.
pub type TxExtension = (transactions::Checks, frame_system::WeightReclaim<Runtime>);

/// A transaction's extension, of its checks.
pub fn surround(checks: transactions::Checks) -> TxExtension {
	(checks, frame_system::WeightReclaim::new())
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
	use sp_runtime::generic::{Block as GenericBlock, SignedBlock as GenericSignedBlock};
	pub use sp_runtime::OpaqueExtrinsic as UncheckedExtrinsic;

	/// Header of a block.
	pub type Header = super::Header;
	/// A block whose transactions are bytes.
	pub type Block = GenericBlock<Header, UncheckedExtrinsic>;
	/// Such a block with its justification.
	pub type SignedBlock = GenericSignedBlock<Block>;

	impl_opaque_keys! {
		/// What a validator signs with.
		pub struct SessionKeys {
			/// Authors blocks.
			pub aura: Aura,
			/// Votes for their finality.
			pub grandpa: Grandpa,
		}
	}
}

/// Name and versions of this runtime.
#[sp_version::runtime_version]
pub const VERSION: RuntimeVersion = RuntimeVersion {
	spec_name: Cow::Borrowed("margin-chain"),
	impl_name: Cow::Borrowed("margin-chain"),
	authoring_version: 1,
	spec_version: 1,
	impl_version: 1,
	apis: apis::RUNTIME_API_VERSIONS,
	transaction_version: 1,
	system_version: 1,
};

/// The same for a native build.
#[cfg(feature = "std")]
pub fn native_version() -> sp_version::NativeVersion {
	sp_version::NativeVersion {
		runtime_version: VERSION,
		can_author_with: Default::default(),
	}
}

/// Pallets in the order of their hooks: prices are latched before anything else ends a block, what is seized in a block is
/// on offer in it, and the feeder's offchain worker comes after the keeper's, so that a slow HTTP answer holds back no
/// liquidation. What only builds
/// genesis comes last, when all that it needs has been built.
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
	#[runtime::pallet_index(1)]
	pub type Timestamp = pallet_timestamp;
	#[runtime::pallet_index(2)]
	pub type Aura = pallet_aura;
	#[runtime::pallet_index(3)]
	pub type Grandpa = pallet_grandpa;
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

	#[runtime::pallet_index(40)]
	pub type GenesisPools = pallet_genesis_pools;
}
