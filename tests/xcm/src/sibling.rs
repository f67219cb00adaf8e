//! A small parachain beside the margin chain. It has a token of its own, keeps what came from elsewhere by the location
//! of its chain of origin, and lets its users run programs of XCM. With another genesis it is an Asset Hub.

use cumulus_pallet_parachain_system::{consensus_hook::ExpectParentIncluded, RelayNumberMonotonicallyIncreases};
use cumulus_primitives_core::{AggregateMessageOrigin, ParaId};
use frame_support::{
	construct_runtime, derive_impl, parameter_types,
	traits::{
		AsEnsureOriginWithArg, ConstU128, ConstU32, ConstU64, Contains, ContainsPair, Disabled, EnqueueWithOrigin,
		Everything, EverythingBut, Nothing, ProcessMessageError, TransformOrigin,
	},
	weights::Weight,
};
use frame_system::{EnsureRoot, EnsureSigned};
use polkadot_runtime_common::xcm_sender::NoPriceForMessageDelivery;
use sp_core::storage::Storage;
use sp_runtime::{
	traits::{Convert, Identity, IdentityLookup, TryConvertInto},
	AccountId32, BuildStorage,
};
use xcm::prelude::*;
use xcm_builder::{
	AccountId32Aliases, AliasChildLocation, AllowKnownQueryResponses, AllowTopLevelPaidExecutionFrom,
	DescribeAllTerminal, DescribeFamily, EnsureXcmOrigin, FixedRateOfFungible, FixedWeightBounds,
	FrameTransactionalProcessor, FungibleAdapter, FungiblesAdapter, HashedDescription, IsConcrete,
	MatchedConvertedConcreteId, NoChecking, ProcessXcmMessage, SiblingParachainConvertsVia, SignedAccountId32AsNative,
	SignedToAccountId32, SovereignSignedViaLocation, TakeWeightCredit, TrailingSetTopicAsId, WithComputedOrigin,
	WithUniqueTopic,
};
use xcm_executor::{
	traits::{Properties, ShouldExecute},
	XcmExecutor,
};

pub use crate::relay::NETWORK;

type Block = frame_system::mocking::MockBlockU32<Runtime>;
/// Whoever owns something here.
pub type AccountId = AccountId32;
/// In the smallest unit.
pub type Balance = u128;

/// One whole of the chain's own token, which stands for a Bitcoin.
pub const UNIT: Balance = 100_000_000;

construct_runtime!(
	pub enum Runtime {
		System: frame_system,
		Timestamp: pallet_timestamp,
		ParachainSystem: cumulus_pallet_parachain_system,
		ParachainInfo: parachain_info,
		Balances: pallet_balances,
		Assets: pallet_assets,
		XcmpQueue: cumulus_pallet_xcmp_queue,
		MessageQueue: pallet_message_queue,
		PolkadotXcm: pallet_xcm,
	}
);

#[derive_impl(frame_system::config_preludes::ParaChainDefaultConfig)]
impl frame_system::Config for Runtime {
	type Block = Block;
	type AccountId = AccountId;
	type Lookup = IdentityLookup<AccountId>;
	type AccountData = pallet_balances::AccountData<Balance>;
	type OnSetCode = cumulus_pallet_parachain_system::ParachainSetCode<Self>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Runtime {
	type Balance = Balance;
	type ExistentialDeposit = ConstU128<100>;
	type AccountStore = System;
}

#[derive_impl(pallet_timestamp::config_preludes::TestDefaultConfig)]
impl pallet_timestamp::Config for Runtime {
	type MinimumPeriod = ConstU64<1>;
}

impl parachain_info::Config for Runtime {}

/// What others keep as an asset, by its location as this chain sees it.
#[derive_impl(pallet_assets::config_preludes::TestDefaultConfig)]
impl pallet_assets::Config for Runtime {
	type Balance = Balance;
	type AssetId = Location;
	type AssetIdParameter = Location;
	type Currency = Balances;
	type CreateOrigin = AsEnsureOriginWithArg<EnsureSigned<AccountId>>;
	type ForceOrigin = EnsureRoot<AccountId>;
	type Holder = ();
	type Freezer = ();
}

parameter_types! {
	pub const ReservedDmpWeight: Weight = Weight::from_parts(250_000_000_000, 1_000_000);
	pub const ReservedXcmpWeight: Weight = Weight::from_parts(250_000_000_000, 1_000_000);
	pub const RelayOrigin: AggregateMessageOrigin = AggregateMessageOrigin::Parent;
	pub ServiceWeight: Option<Weight> = Some(Weight::from_parts(1_000_000_000_000, 10_000_000));
}

impl cumulus_pallet_parachain_system::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type OnSystemEvent = ();
	type SelfParaId = parachain_info::Pallet<Runtime>;
	type OutboundXcmpMessageSource = XcmpQueue;
	type DmpQueue = EnqueueWithOrigin<MessageQueue, RelayOrigin>;
	type ReservedDmpWeight = ReservedDmpWeight;
	type XcmpMessageHandler = XcmpQueue;
	type ReservedXcmpWeight = ReservedXcmpWeight;
	type CheckAssociatedRelayNumber = RelayNumberMonotonicallyIncreases;
	type WeightInfo = ();
	type ConsensusHook = ExpectParentIncluded;
	type SelectCore = cumulus_pallet_parachain_system::DefaultCoreSelector<Runtime>;
	type RelayParentOffset = ConstU32<0>;
}

/// Messages of a sibling wait under its id.
pub struct OfSibling;

impl Convert<ParaId, AggregateMessageOrigin> for OfSibling {
	fn convert(id: ParaId) -> AggregateMessageOrigin {
		AggregateMessageOrigin::Sibling(id)
	}
}

impl cumulus_pallet_xcmp_queue::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type ChannelInfo = ParachainSystem;
	type VersionWrapper = PolkadotXcm;
	type XcmpQueue = TransformOrigin<MessageQueue, AggregateMessageOrigin, ParaId, OfSibling>;
	type MaxInboundSuspended = ConstU32<1_000>;
	type MaxActiveOutboundChannels = ConstU32<128>;
	type MaxPageSize = ConstU32<{ 103 * 1024 }>;
	type ControllerOrigin = EnsureRoot<AccountId>;
	type ControllerOriginConverter = ();
	type PriceForSiblingDelivery = NoPriceForMessageDelivery<ParaId>;
	type WeightInfo = ();
}

impl pallet_message_queue::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = ();
	type MessageProcessor = ProcessXcmMessage<AggregateMessageOrigin, XcmExecutor<XcmConfig>, RuntimeCall>;
	type Size = u32;
	type QueueChangeHandler = ();
	type QueuePausedQuery = ();
	type HeapSize = ConstU32<{ 103 * 1024 }>;
	type MaxStale = ConstU32<8>;
	type ServiceWeight = ServiceWeight;
	type IdleMaxServiceWeight = ();
}

/// Para id of the Asset Hub.
pub const ASSET_HUB: u32 = 1_000;
/// Para id of the chain whose users trade on the margin chain.
pub const INTEGRATOR: u32 = 2_000;
/// Para id of a chain that means no good.
pub const STRANGER: u32 = 2_001;
/// Para id of the margin chain.
pub const MARGIN: u32 = 2_100;
/// Para id of a second chain with the margin chain's runtime.
pub const SUBSCRIBER: u32 = 2_200;

/// USDC as the Asset Hub names it.
pub fn usdc_junctions() -> [Junction; 2] {
	[PalletInstance(50), GeneralIndex(1_337)]
}

/// USDC as another parachain names it.
pub fn usdc_abroad() -> Location {
	Location::new(1, [Parachain(ASSET_HUB), PalletInstance(50), GeneralIndex(1_337)])
}

/// The margin chain's token as another parachain names it.
pub fn mrg_abroad() -> Location {
	Location::new(1, [Parachain(MARGIN)])
}

parameter_types! {
	pub const TokenLocation: Location = Here.into_location();
	pub const Network: Option<NetworkId> = Some(NETWORK);
	pub UniversalLocation: InteriorLocation =
		[GlobalConsensus(NETWORK), Parachain(parachain_info::Pallet::<Runtime>::parachain_id().into())].into();
	pub const UnitWeight: Weight = Weight::from_parts(100_000_000, 1_024);
	pub CheckingAccount: AccountId = AccountId::new([9; 32]);
	// Of each token so much a second of weight, of which an instruction takes a ten thousandth, and nothing for its proof.
	pub OwnRate: (AssetId, u128, u128) = (AssetId(Here.into()), UNIT / 100, 0);
	pub MrgRate: (AssetId, u128, u128) = (AssetId(mrg_abroad()), 1_000_000_000_000, 0);
	pub UsdcRate: (AssetId, u128, u128) = (AssetId(Location::new(0, usdc_junctions())), 1_000_000, 0);
	pub UsdcAbroadRate: (AssetId, u128, u128) = (AssetId(usdc_abroad()), 1_000_000, 0);
	/// Whether messages from other chains are turned away unread.
	pub storage Shut: bool = false;
}

/// Whose account here is whose elsewhere.
pub type LocationToAccount = (
	SiblingParachainConvertsVia<ParaId, AccountId>,
	AccountId32Aliases<Network, AccountId>,
	HashedDescription<AccountId, DescribeFamily<DescribeAllTerminal>>,
);

/// Tokens of other chains are accepted from the chain that issues them alone.
pub struct FromItsOwnChain;

impl ContainsPair<Asset, Location> for FromItsOwnChain {
	fn contains(asset: &Asset, origin: &Location) -> bool {
		matches!((asset.id.0.unpack(), origin.unpack()), ((1, [Parachain(a), ..]), (1, [Parachain(b)])) if a == b)
	}
}

/// Turns every message away while [`Shut`] says so.
pub struct WhileOpen<Inner>(core::marker::PhantomData<Inner>);

impl<Inner: ShouldExecute> ShouldExecute for WhileOpen<Inner> {
	fn should_execute<Call>(
		origin: &Location,
		instructions: &mut [Instruction<Call>],
		max_weight: Weight,
		properties: &mut Properties,
	) -> Result<(), ProcessMessageError> {
		if Shut::get() {
			return Err(ProcessMessageError::Unsupported);
		}
		Inner::should_execute(origin, instructions, max_weight, properties)
	}
}

/// Whoever pays may run a program, and whoever was asked may answer.
pub type Barrier = TrailingSetTopicAsId<(
	TakeWeightCredit,
	WhileOpen<(
		AllowKnownQueryResponses<PolkadotXcm>,
		WithComputedOrigin<AllowTopLevelPaidExecutionFrom<Everything>, UniversalLocation, ConstU32<8>>,
	)>,
)>;

type OtherTokens = MatchedConvertedConcreteId<Location, Balance, EverythingBut<OwnToken>, Identity, TryConvertInto>;

/// The chain's own token.
pub struct OwnToken;

impl Contains<Location> for OwnToken {
	fn contains(location: &Location) -> bool {
		location == &Here.into_location()
	}
}

type Transactors = (
	FungibleAdapter<Balances, IsConcrete<TokenLocation>, LocationToAccount, AccountId, ()>,
	FungiblesAdapter<Assets, OtherTokens, LocationToAccount, AccountId, NoChecking, CheckingAccount>,
);

/// What this chain makes of XCM.
pub struct XcmConfig;

impl xcm_executor::Config for XcmConfig {
	type RuntimeCall = RuntimeCall;
	type XcmSender = WithUniqueTopic<XcmpQueue>;
	type XcmEventEmitter = PolkadotXcm;
	type AssetTransactor = Transactors;
	type OriginConverter = (
		SovereignSignedViaLocation<LocationToAccount, RuntimeOrigin>,
		SignedAccountId32AsNative<Network, RuntimeOrigin>,
	);
	type IsReserve = FromItsOwnChain;
	type IsTeleporter = ();
	type Aliasers = AliasChildLocation;
	type UniversalLocation = UniversalLocation;
	type Barrier = Barrier;
	type Weigher = FixedWeightBounds<UnitWeight, RuntimeCall, ConstU32<100>>;
	type Trader = (
		FixedRateOfFungible<OwnRate, ()>,
		FixedRateOfFungible<MrgRate, ()>,
		FixedRateOfFungible<UsdcRate, ()>,
		FixedRateOfFungible<UsdcAbroadRate, ()>,
	);
	type ResponseHandler = PolkadotXcm;
	type AssetTrap = PolkadotXcm;
	type AssetLocker = ();
	type AssetExchanger = ();
	type AssetClaims = PolkadotXcm;
	type SubscriptionService = PolkadotXcm;
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
	type XcmRecorder = PolkadotXcm;
}

type LocalOriginToLocation = SignedToAccountId32<RuntimeOrigin, AccountId, Network>;

impl pallet_xcm::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type SendXcmOrigin = EnsureXcmOrigin<RuntimeOrigin, LocalOriginToLocation>;
	type XcmRouter = WithUniqueTopic<XcmpQueue>;
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

/// Who administers the assets of others.
pub const OWNER: AccountId = AccountId::new([8; 32]);

/// A chain with this id, whose accounts have what they are given: of its own token, and of others.
pub fn genesis(
	para: u32,
	own: Vec<(AccountId, Balance)>,
	assets: Vec<Location>,
	others: Vec<(Location, AccountId, Balance)>,
) -> Storage {
	let config = RuntimeGenesisConfig {
		balances: BalancesConfig {
			balances: own,
			..Default::default()
		},
		parachain_info: ParachainInfoConfig {
			parachain_id: para.into(),
			..Default::default()
		},
		polkadot_xcm: PolkadotXcmConfig {
			safe_xcm_version: Some(xcm::latest::VERSION),
			..Default::default()
		},
		assets: AssetsConfig {
			assets: assets.into_iter().map(|id| (id, OWNER, true, 1_000)).collect(),
			accounts: others,
			..Default::default()
		},
		..Default::default()
	};
	config.build_storage().expect("a genesis builds")
}
