//! What ties the chain to the relay chain, and carries messages to and from other chains.

use super::{
	consensus::ConsensusHook,
	xcm_config::{NativeToken, Origins, XcmConfig},
};
use crate::{
	share_of_block,
	units::{MICRO_MRG, MILLI_MRG},
	AccountId, Balance, MessageQueue, ParachainSystem, PolkadotXcm, Runtime, RuntimeCall, RuntimeEvent, XcmpQueue,
};
use core::marker::PhantomData;
use cumulus_pallet_parachain_system::{DefaultCoreSelector, RelayNumberMonotonicallyIncreases};
use cumulus_primitives_core::{AggregateMessageOrigin, ParaId};
use frame_support::{
	parameter_types,
	traits::{ConstU32, EnqueueWithOrigin, QueueFootprint, QueuePausedQuery, TransformOrigin},
	weights::Weight,
};
use frame_system::EnsureRoot;
use pallet_message_queue::OnQueueChanged;
use polkadot_runtime_common::xcm_sender::ExponentialPrice;
use sp_runtime::{traits::Convert, Perbill};
use xcm_builder::ProcessXcmMessage;
use xcm_executor::XcmExecutor;

/// Largest share of a block that taking messages of the relay chain, and those of siblings, into their queue may have.
const ENQUEUING_SHARE: Perbill = Perbill::from_percent(10);
/// Largest share of a block for executing messages, and so the heaviest of them: as much as full blocks leave while the chain
/// liquidates, so that no message at the head of a queue holds up those behind it.
pub const MESSAGES_SHARE: Perbill = Perbill::from_percent(15);

parameter_types! {
	/// For taking in what the relay chain sends.
	pub EnqueuingWeight: Weight = share_of_block(ENQUEUING_SHARE);
	/// Messages are executed with what a block leaves, at the end of it.
	pub MessagesWeight: Option<Weight> = Some(share_of_block(MESSAGES_SHARE));
	/// Never at a block's start: that is before its time is known, and before what the chain makes of a halt.
	pub const NoMessages: Option<Weight> = None;
	/// Where messages of the relay chain are queued.
	pub const RelayOrigin: AggregateMessageOrigin = AggregateMessageOrigin::Parent;
	/// For the delivery of a message while queues are short. It rises as they fill.
	pub const DeliveryFee: Balance = 10 * MILLI_MRG;
	/// For each byte of a message.
	pub const DeliveryByteFee: Balance = MICRO_MRG;
}

impl cumulus_pallet_parachain_system::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type OnSystemEvent = ();
	type SelfParaId = parachain_info::Pallet<Runtime>;
	type OutboundXcmpMessageSource = XcmpQueue;
	type DmpQueue = EnqueueWithOrigin<MessageQueue, RelayOrigin>;
	type ReservedDmpWeight = EnqueuingWeight;
	type XcmpMessageHandler = XcmpQueue;
	type ReservedXcmpWeight = EnqueuingWeight;
	type CheckAssociatedRelayNumber = RelayNumberMonotonicallyIncreases;
	type ConsensusHook = ConsensusHook;
	type SelectCore = DefaultCoreSelector<Runtime>;
	type RelayParentOffset = ConstU32<0>;
	type WeightInfo = cumulus_pallet_parachain_system::weights::SubstrateWeight<Runtime>;
}

impl parachain_info::Config for Runtime {}

impl cumulus_pallet_weight_reclaim::Config for Runtime {
	type WeightInfo = ();
}

/// What a message to a sibling costs.
pub type SiblingDelivery = ExponentialPrice<NativeToken, DeliveryFee, DeliveryByteFee, XcmpQueue>;
/// What a message to the relay chain costs.
pub type RelayDelivery = ExponentialPrice<NativeToken, DeliveryFee, DeliveryByteFee, ParachainSystem>;

impl cumulus_pallet_xcmp_queue::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type ChannelInfo = ParachainSystem;
	type VersionWrapper = PolkadotXcm;
	type XcmpQueue = TransformOrigin<MessageQueue, AggregateMessageOrigin, ParaId, OfSibling>;
	type MaxInboundSuspended = ConstU32<1_000>;
	type MaxActiveOutboundChannels = ConstU32<128>;
	/// Most bytes of a page of messages: what the relay chain's channels take.
	type MaxPageSize = ConstU32<{ 103 * 1024 }>;
	type ControllerOrigin = EnsureRoot<AccountId>;
	type ControllerOriginConverter = Origins;
	type PriceForSiblingDelivery = SiblingDelivery;
	type WeightInfo = cumulus_pallet_xcmp_queue::weights::SubstrateWeight<Runtime>;
}

impl cumulus_pallet_xcm::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type XcmExecutor = XcmExecutor<XcmConfig>;
}

/// The queue of a sibling's messages.
pub struct OfSibling;

impl Convert<ParaId, AggregateMessageOrigin> for OfSibling {
	fn convert(sibling: ParaId) -> AggregateMessageOrigin {
		AggregateMessageOrigin::Sibling(sibling)
	}
}

/// What `Queue` wants to know of siblings' queues. The relay chain's is none of its business.
pub struct OnlySiblings<Queue>(PhantomData<Queue>);

impl<Queue: QueuePausedQuery<ParaId>> QueuePausedQuery<AggregateMessageOrigin> for OnlySiblings<Queue> {
	fn is_paused(origin: &AggregateMessageOrigin) -> bool {
		matches!(origin, AggregateMessageOrigin::Sibling(sibling) if Queue::is_paused(sibling))
	}
}

impl<Queue: OnQueueChanged<ParaId>> OnQueueChanged<AggregateMessageOrigin> for OnlySiblings<Queue> {
	fn on_queue_changed(origin: AggregateMessageOrigin, footprint: QueueFootprint) {
		if let AggregateMessageOrigin::Sibling(sibling) = origin {
			Queue::on_queue_changed(sibling, footprint);
		}
	}
}

impl pallet_message_queue::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type MessageProcessor = ProcessXcmMessage<AggregateMessageOrigin, XcmExecutor<XcmConfig>, RuntimeCall>;
	type Size = u32;
	type QueueChangeHandler = OnlySiblings<XcmpQueue>;
	type QueuePausedQuery = OnlySiblings<XcmpQueue>;
	type HeapSize = ConstU32<{ 103 * 1024 }>;
	type MaxStale = ConstU32<8>;
	type ServiceWeight = NoMessages;
	type IdleMaxServiceWeight = MessagesWeight;
	type WeightInfo = pallet_message_queue::weights::SubstrateWeight<Runtime>;
}
