//! A relay chain with no more than messages need: accounts, a queue for what parachains send up, and XCM.

use codec::{Decode, Encode};
use frame_support::{
	construct_runtime, derive_impl, parameter_types,
	traits::{ConstU32, Disabled, Everything, Nothing, ProcessMessage, ProcessMessageError},
	weights::{Weight, WeightMeter},
};
use frame_system::EnsureRoot;
use polkadot_parachain_primitives::primitives::Id as ParaId;
use polkadot_runtime_parachains::inclusion::{AggregateMessageOrigin, UmpQueueId};
use sp_core::storage::Storage;
use sp_runtime::{traits::IdentityLookup, AccountId32, BuildStorage};
use xcm::{prelude::*, VersionedXcm};
use xcm_builder::{
	AccountId32Aliases, AllowTopLevelPaidExecutionFrom, ChildParachainConvertsVia, EnsureXcmOrigin,
	FixedRateOfFungible, FixedWeightBounds, FrameTransactionalProcessor, FungibleAdapter, IsConcrete,
	SignedAccountId32AsNative, SignedToAccountId32, SovereignSignedViaLocation, TakeWeightCredit,
};
use xcm_emulator::polkadot_primitives::InboundDownwardMessage;
use xcm_executor::XcmExecutor;

/// The network that all chains of these tests belong to.
pub const NETWORK: NetworkId = NetworkId::Polkadot;

type Block = frame_system::mocking::MockBlockU32<Runtime>;
/// Whoever owns something here.
pub type AccountId = AccountId32;
type Balance = u128;

construct_runtime!(
	pub enum Runtime {
		System: frame_system,
		Balances: pallet_balances,
		MessageQueue: pallet_message_queue,
		XcmPallet: pallet_xcm,
	}
);

#[derive_impl(frame_system::config_preludes::RelayChainDefaultConfig)]
impl frame_system::Config for Runtime {
	type Block = Block;
	type AccountId = AccountId;
	type Lookup = IdentityLookup<AccountId>;
	type AccountData = pallet_balances::AccountData<Balance>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Runtime {
	type Balance = Balance;
	type AccountStore = System;
}

parameter_types! {
	pub const TokenLocation: Location = Here.into_location();
	pub const Network: Option<NetworkId> = Some(NETWORK);
	pub UniversalLocation: InteriorLocation = GlobalConsensus(NETWORK).into();
	pub const UnitWeight: Weight = Weight::from_parts(1_000_000, 1_024);
	pub FeeRate: (AssetId, u128, u128) = (AssetId(Here.into()), 1_000_000, 1_000);
	pub ServiceWeight: Option<Weight> = Some(Weight::from_parts(1_000_000_000_000, 10_000_000));
}

type LocationToAccount = (
	ChildParachainConvertsVia<ParaId, AccountId>,
	AccountId32Aliases<Network, AccountId>,
);
/// Whose account here is whose elsewhere.
pub type SovereignAccountOf = LocationToAccount;

/// What the relay chain makes of XCM.
pub struct XcmConfig;

impl xcm_executor::Config for XcmConfig {
	type RuntimeCall = RuntimeCall;
	type XcmSender = Downward;
	type XcmEventEmitter = XcmPallet;
	type AssetTransactor = FungibleAdapter<Balances, IsConcrete<TokenLocation>, LocationToAccount, AccountId, ()>;
	type OriginConverter = (
		SovereignSignedViaLocation<LocationToAccount, RuntimeOrigin>,
		SignedAccountId32AsNative<Network, RuntimeOrigin>,
	);
	type IsReserve = ();
	type IsTeleporter = ();
	type Aliasers = Nothing;
	type UniversalLocation = UniversalLocation;
	type Barrier = (TakeWeightCredit, AllowTopLevelPaidExecutionFrom<Everything>);
	type Weigher = FixedWeightBounds<UnitWeight, RuntimeCall, ConstU32<100>>;
	type Trader = FixedRateOfFungible<FeeRate, ()>;
	type ResponseHandler = XcmPallet;
	type AssetTrap = XcmPallet;
	type AssetLocker = ();
	type AssetExchanger = ();
	type AssetClaims = XcmPallet;
	type SubscriptionService = XcmPallet;
	type PalletInstancesInfo = AllPalletsWithSystem;
	type MaxAssetsIntoHolding = ConstU32<8>;
	type FeeManager = ();
	type MessageExporter = ();
	type UniversalAliases = Nothing;
	type CallDispatcher = RuntimeCall;
	type SafeCallFilter = Everything;
	type TransactionalProcessor = FrameTransactionalProcessor;
	type HrmpNewChannelOpenRequestHandler = ();
	type HrmpChannelAcceptedHandler = ();
	type HrmpChannelClosingHandler = ();
	type XcmRecorder = XcmPallet;
}

type LocalOriginToLocation = SignedToAccountId32<RuntimeOrigin, AccountId, Network>;

impl pallet_xcm::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type SendXcmOrigin = EnsureXcmOrigin<RuntimeOrigin, LocalOriginToLocation>;
	type XcmRouter = Downward;
	type ExecuteXcmOrigin = EnsureXcmOrigin<RuntimeOrigin, LocalOriginToLocation>;
	type XcmExecuteFilter = Everything;
	type XcmExecutor = XcmExecutor<XcmConfig>;
	type XcmTeleportFilter = Nothing;
	type XcmReserveTransferFilter = Everything;
	type Weigher = FixedWeightBounds<UnitWeight, RuntimeCall, ConstU32<100>>;
	type UniversalLocation = UniversalLocation;
	type RuntimeOrigin = RuntimeOrigin;
	type RuntimeCall = RuntimeCall;
	const VERSION_DISCOVERY_QUEUE_SIZE: u32 = 100;
	type AdvertisedXcmVersion = pallet_xcm::CurrentXcmVersion;
	type AdminOrigin = EnsureRoot<AccountId>;
	type TrustedLockers = ();
	type SovereignAccountOf = LocationToAccount;
	type Currency = Balances;
	type CurrencyMatcher = IsConcrete<TokenLocation>;
	type MaxLockers = ConstU32<8>;
	type MaxRemoteLockConsumers = ConstU32<0>;
	type RemoteLockConsumerIdentifier = ();
	type WeightInfo = pallet_xcm::TestWeightInfo;
	type AuthorizedAliasConsideration = Disabled;
}

impl pallet_message_queue::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = ();
	type MessageProcessor = Upward;
	type Size = u32;
	type QueueChangeHandler = ();
	type QueuePausedQuery = ();
	type HeapSize = ConstU32<{ 64 * 1024 }>;
	type MaxStale = ConstU32<8>;
	type ServiceWeight = ServiceWeight;
	type IdleMaxServiceWeight = ();
}

/// What parachains send up.
pub struct Upward;

impl ProcessMessage for Upward {
	type Origin = AggregateMessageOrigin;

	fn process_message(
		message: &[u8],
		origin: AggregateMessageOrigin,
		meter: &mut WeightMeter,
		id: &mut XcmHash,
	) -> Result<bool, ProcessMessageError> {
		let AggregateMessageOrigin::Ump(UmpQueueId::Para(para)) = origin;
		let from = Junction::Parachain(para.into());
		xcm_builder::ProcessXcmMessage::<Junction, XcmExecutor<XcmConfig>, RuntimeCall>::process_message(
			message, from, meter, id,
		)
	}
}

/// What the relay chain sends down: messages wait in its storage for the network to fetch them.
pub struct Downward;

fn waiting(para: ParaId) -> Vec<u8> {
	(b":downward:", para).encode()
}

impl SendXcm for Downward {
	type Ticket = (ParaId, Xcm<()>);

	fn validate(dest: &mut Option<Location>, message: &mut Option<Xcm<()>>) -> SendResult<Self::Ticket> {
		let Some((0, [Parachain(id)])) = dest.as_ref().map(Location::unpack) else {
			return Err(SendError::NotApplicable);
		};
		let ticket = (ParaId::from(*id), message.take().ok_or(SendError::MissingArgument)?);
		Ok((ticket, Assets::new()))
	}

	fn deliver((para, message): Self::Ticket) -> Result<XcmHash, SendError> {
		let message = VersionedXcm::from(message).encode();
		let hash = sp_io::hashing::blake2_256(&message);
		let mut all = Runtime::dmq_contents(para);
		all.push(InboundDownwardMessage {
			sent_at: System::block_number(),
			msg: message,
		});
		sp_io::storage::set(&waiting(para), &all.encode());
		Ok(hash)
	}
}

impl Runtime {
	/// What waits for a parachain: the network asks for it by this name.
	pub fn dmq_contents(
		para: ParaId,
	) -> Vec<InboundDownwardMessage<frame_system::pallet_prelude::BlockNumberFor<Self>>> {
		let stored = sp_io::storage::get(&waiting(para)).unwrap_or_default();
		Decode::decode(&mut &stored[..]).unwrap_or_default()
	}
}

/// A relay chain on which nobody has anything.
pub fn genesis() -> Storage {
	RuntimeGenesisConfig::default()
		.build_storage()
		.expect("a genesis builds")
}
