//! Which messages are executed at all.

use frame_support::traits::{ConstU32, Equals, Everything};
use xcm::latest::Location;
use xcm_builder::{
	AllowExplicitUnpaidExecutionFrom, AllowKnownQueryResponses, AllowSubscriptionsFrom, AllowTopLevelPaidExecutionFrom,
	DenyReserveTransferToRelayChain, DenyThenTry, TakeWeightCredit, TrailingSetTopicAsId, WithComputedOrigin,
};

frame_support::parameter_types! {
	/// The relay chain.
	pub RelayLocation: Location = Location::parent();
}

/// Most instructions at the head of a message that say who speaks.
type MaxPrefixes = ConstU32<8>;

/// Who pays is heard. Who does not is heard when it answers what this chain asked (`Responses` knows), when it is the relay
/// chain's governance, or when `Unpaid` lets it in. Nothing is reserved on the relay chain.
pub type Barrier<Universal, Responses, Unpaid> = TrailingSetTopicAsId<
	DenyThenTry<
		DenyReserveTransferToRelayChain,
		(
			TakeWeightCredit,
			AllowKnownQueryResponses<Responses>,
			WithComputedOrigin<
				(
					AllowTopLevelPaidExecutionFrom<Everything>,
					AllowExplicitUnpaidExecutionFrom<Equals<RelayLocation>>,
					Unpaid,
					AllowSubscriptionsFrom<Everything>,
				),
				Universal,
				MaxPrefixes,
			>,
		),
	>,
>;
