//! The oracle: who may feed it, and how feeds become a value.

use crate::{weights, AccountId, AssetId, Oracle, OracleMembership, Runtime, RuntimeEvent, Timestamp};
use frame_support::{
	parameter_types,
	traits::{ConstU32, ConstU64},
	PalletId,
};
use frame_system::EnsureRoot;
use sp_runtime::{traits::AccountIdConversion, FixedU128};

/// Most operators.
pub const MAX_OPERATORS: u32 = 15;
/// A feed older than this many milliseconds does not count.
pub type FeedExpiry = ConstU64<60_000>;
/// Fewer fresh feeds than this leave the value where it was.
pub const LEAST_FEEDS: u32 = 2;

parameter_types! {
	/// Feeds of root are booked on this account. It has no key and is no member.
	pub OracleRootAccount: AccountId = PalletId(*b"mrgn/orc").into_account_truncating();
}

impl pallet_membership::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type AddOrigin = EnsureRoot<AccountId>;
	type RemoveOrigin = EnsureRoot<AccountId>;
	type SwapOrigin = EnsureRoot<AccountId>;
	type ResetOrigin = EnsureRoot<AccountId>;
	type PrimeOrigin = EnsureRoot<AccountId>;
	type MembershipInitialized = ();
	/// What an operator fed goes when it does.
	type MembershipChanged = Oracle;
	type MaxMembers = ConstU32<MAX_OPERATORS>;
	type WeightInfo = pallet_membership::weights::SubstrateWeight<Runtime>;
}

impl orml_oracle::Config for Runtime {
	type OnNewData = ();
	type CombineData = pallet_prices::MedianOfFresh<Runtime, ConstU32<LEAST_FEEDS>, FeedExpiry>;
	type Time = Timestamp;
	/// An asset's price is fed under the asset's number.
	type OracleKey = AssetId;
	/// Dollars per whole unit.
	type OracleValue = FixedU128;
	type RootOperatorAccountId = OracleRootAccount;
	type Members = OracleMembership;
	/// Every operator and root in the same block: a full list would answer that an operator had fed already.
	type MaxHasDispatchedSize = ConstU32<{ MAX_OPERATORS + 1 }>;
	type MaxFeedValues = ConstU32<16>;
	type WeightInfo = pallet_feeder::OracleWeights<weights::Feeder<Runtime>>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = ();
}

impl pallet_feeder::Config for Runtime {
	type AuthorityId = pallet_feeder::crypto::AuthId;
	#[cfg(feature = "runtime-benchmarks")]
	type MaxOperators = ConstU32<MAX_OPERATORS>;
}
