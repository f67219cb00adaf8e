//! # How other chains reach the margin chain
//!
//! The parts of an XCM configuration that know no runtime, so that test chains can have the very same.
//!
//! | who | is here |
//! |---|---|
//! | the relay chain | an account of its own, and root where it says so (`OriginKind::Superuser`) |
//! | a sibling chain | its sovereign account, which is nobody's user account |
//! | a user of a sibling chain, or of the relay chain | a **remote account**: the hash of a description of where he is. It is the same for ever, and only messages that his chain sends in his name act for it |
//! | an account of this chain | itself |

mod barrier;
mod calls;
mod reach;
mod weights;

pub use barrier::Barrier;
pub use calls::Calls;
pub use reach::{Reachable, REACHABLE, ROOT_REACHABLE};
pub use weights::{Instructions, MaxHolding, Programs};

use pallet_xcm::XcmPassthrough;
use polkadot_parachain_primitives::primitives::Sibling;
use xcm_builder::{
	AccountId32Aliases, AliasChildLocation, DescribeAllTerminal, DescribeFamily, HashedDescription, ParentAsSuperuser,
	ParentIsPreset, SiblingParachainConvertsVia, SignedAccountId32AsNative, SovereignSignedViaLocation,
};

/// The account of a location.
pub type LocationToAccount<Network, AccountId> = (
	ParentIsPreset<AccountId>,
	SiblingParachainConvertsVia<Sibling, AccountId>,
	AccountId32Aliases<Network, AccountId>,
	HashedDescription<AccountId, DescribeFamily<DescribeAllTerminal>>,
);

/// Who a `Transact` speaks for: the account of its origin (`OriginKind::SovereignAccount`), root if the relay chain says
/// so, an account of this chain, or the location itself (`OriginKind::Xcm`).
pub type Origins<Locations, Network, RuntimeOrigin> = (
	SovereignSignedViaLocation<Locations, RuntimeOrigin>,
	ParentAsSuperuser<RuntimeOrigin>,
	SignedAccountId32AsNative<Network, RuntimeOrigin>,
	XcmPassthrough<RuntimeOrigin>,
);

/// Who may speak as whom: a chain as anybody of its own, and nobody else.
pub type Aliasers = AliasChildLocation;
