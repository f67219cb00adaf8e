//! Who collates, and what time it is.

use crate::{
	opaque::SessionKeys, AccountId, Aura, Balances, BlockNumber, CollatorSelection, Runtime, RuntimeEvent, Session,
	SLOT_MILLIS,
};
use frame_support::{
	parameter_types,
	traits::{ConstBool, ConstU32, ConstU64},
	PalletId,
};
use frame_system::EnsureRoot;
use pallet_session::disabling::UpToLimitDisablingStrategy;
use sp_consensus_aura::sr25519::AuthorityId as AuraId;

/// Blocks of an hour.
const HOUR_BLOCKS: BlockNumber = (60 * 60 * 1_000 / SLOT_MILLIS) as BlockNumber;
/// Blocks that may wait for the relay chain to include them.
const UNINCLUDED_BLOCKS: u32 = 2;
/// Blocks that may be built on one block of the relay chain.
const BLOCKS_PER_RELAY_BLOCK: u32 = 1;
/// Time between two blocks of the relay chain, in milliseconds.
const RELAY_SLOT_MILLIS: u32 = 6_000;

/// Holds to what the relay chain takes: so many blocks on one of its own, so many that wait.
pub type ConsensusHook = cumulus_pallet_aura_ext::FixedVelocityConsensusHook<
	Runtime,
	RELAY_SLOT_MILLIS,
	BLOCKS_PER_RELAY_BLOCK,
	UNINCLUDED_BLOCKS,
>;

parameter_types! {
	/// Where collators' rewards would gather. Fees are burnt.
	pub const CollatorPot: PalletId = PalletId(*b"mrgn/col");
	/// How long a set of collators stays.
	pub const SessionBlocks: BlockNumber = 6 * HOUR_BLOCKS;
	/// The first session begins with the chain.
	pub const FirstSession: BlockNumber = 0;
}

impl pallet_timestamp::Config for Runtime {
	type Moment = u64;
	type OnTimestampSet = Aura;
	/// With asynchronous backing the slots alone say when a block may come.
	type MinimumPeriod = ConstU64<0>;
	type WeightInfo = pallet_timestamp::weights::SubstrateWeight<Runtime>;
}

impl pallet_aura::Config for Runtime {
	type AuthorityId = AuraId;
	type DisabledValidators = ();
	type MaxAuthorities = ConstU32<100>;
	type AllowMultipleBlocksPerSlot = ConstBool<true>;
	type SlotDuration = ConstU64<SLOT_MILLIS>;
}

impl cumulus_pallet_aura_ext::Config for Runtime {}

impl pallet_authorship::Config for Runtime {
	type FindAuthor = pallet_session::FindAccountFromAuthorIndex<Self, Aura>;
	type EventHandler = CollatorSelection;
}

impl pallet_session::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type ValidatorId = AccountId;
	type ValidatorIdOf = pallet_collator_selection::IdentityCollator;
	type ShouldEndSession = pallet_session::PeriodicSessions<SessionBlocks, FirstSession>;
	type NextSessionRotation = pallet_session::PeriodicSessions<SessionBlocks, FirstSession>;
	type SessionManager = CollatorSelection;
	type SessionHandler = <SessionKeys as sp_runtime::traits::OpaqueKeys>::KeyTypeIdProviders;
	type Keys = SessionKeys;
	type DisablingStrategy = UpToLimitDisablingStrategy;
	type WeightInfo = pallet_session::weights::SubstrateWeight<Runtime>;
}

impl pallet_collator_selection::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type Currency = Balances;
	type UpdateOrigin = EnsureRoot<AccountId>;
	type PotId = CollatorPot;
	type MaxCandidates = ConstU32<50>;
	type MinEligibleCollators = ConstU32<1>;
	type MaxInvulnerables = ConstU32<20>;
	/// Who makes no block for a session is no candidate any more.
	type KickThreshold = SessionBlocks;
	type ValidatorId = AccountId;
	type ValidatorIdOf = pallet_collator_selection::IdentityCollator;
	type ValidatorRegistration = Session;
	type WeightInfo = pallet_collator_selection::weights::SubstrateWeight<Runtime>;
}
