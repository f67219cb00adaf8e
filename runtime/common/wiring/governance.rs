//! Who may govern what: root always, and the members of a committee for what its name says.

use crate::{AccountId, AssetManagers, OutflowManagers, RiskManagers, Runtime, RuntimeEvent};
use frame_support::{
	instances::{Instance1, Instance2, Instance3, Instance4},
	traits::{ConstU32, EitherOfDiverse},
};
use frame_system::{EnsureRoot, EnsureSignedBy};

/// Most members of a committee.
pub type MaxManagers = ConstU32<16>;

/// Root, or any one member of `Committee`.
pub type RootOr<Committee> = EitherOfDiverse<EnsureRoot<AccountId>, EnsureSignedBy<Committee, AccountId>>;
/// Lists assets and changes their records.
pub type AssetManager = RootOr<AssetManagers>;
/// Tightens: pauses, lowers caps, raises margins.
pub type RiskManager = RootOr<RiskManagers>;
/// Bounds how fast assets may leave.
pub type OutflowManager = RootOr<OutflowManagers>;

/// Each committee is named by root, member by member.
macro_rules! committee {
	($instance:ty) => {
		impl pallet_membership::Config<$instance> for Runtime {
			type RuntimeEvent = RuntimeEvent;
			type AddOrigin = EnsureRoot<AccountId>;
			type RemoveOrigin = EnsureRoot<AccountId>;
			type SwapOrigin = EnsureRoot<AccountId>;
			type ResetOrigin = EnsureRoot<AccountId>;
			type PrimeOrigin = EnsureRoot<AccountId>;
			type MembershipInitialized = ();
			type MembershipChanged = ();
			type MaxMembers = MaxManagers;
			type WeightInfo = pallet_membership::weights::SubstrateWeight<Runtime>;
		}
	};
}

committee!(Instance1);
committee!(Instance2);
committee!(Instance3);
// Those who report what predictive models make of the margins.
committee!(Instance4);
