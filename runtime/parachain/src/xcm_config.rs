//! How messages of other chains are executed.
//!
//! What knows no runtime is in [`margin_runtime_common::xcm`]: who is who, which messages are heard, which calls they
//! reach. Here are this chain's tokens, what pays for a message ([`fees`]), and where messages go.

pub mod fees;

use crate::{
	parachain::RelayDelivery, weights, AccountId, AllPalletsWithSystem, AssetId, Balance, Balances, Gateway,
	NativeAndAssets, ParachainInfo, ParachainSystem, PolkadotXcm, Runtime, RuntimeCall, RuntimeEvent, RuntimeOrigin,
	XcmpQueue,
};
use fees::{DeliveryFees, Exchange, Trader};
use frame_support::{
	parameter_types,
	traits::{ConstU32, Disabled, Everything, Nothing},
};
use frame_system::EnsureRoot;
use margin_runtime_common::xcm as shared;
use pallet_gateway::{Guarded, Metered};
use pallet_risk_feed::AllowReports;
use xcm::latest::prelude::{AssetId as XcmAssetId, GlobalConsensus, InteriorLocation, Location, NetworkId, Parachain};
use xcm_builder::{
	ConvertedConcreteId, EnsureXcmOrigin, FrameTransactionalProcessor, FungiblesAdapter, IsConcrete, NoChecking,
	SignedToAccountId32, WeightInfoBounds, WithUniqueTopic,
};
use xcm_executor::{traits::JustTry, XcmExecutor};

parameter_types! {
	/// The relay chain's consensus. In storage under `:RelayNetwork:`, since one code serves several networks.
	pub storage RelayNetwork: NetworkId = NetworkId::Polkadot;
	/// The network that an account's id belongs to: any.
	pub const AnyNetwork: Option<NetworkId> = None;
	/// This chain, among all.
	pub UniversalLocation: InteriorLocation =
		[GlobalConsensus(RelayNetwork::get()), Parachain(ParachainInfo::parachain_id().into())].into();
	/// The native token, and this chain, seen from itself.
	pub Here: Location = Location::here();
	/// The native token, as messages name it.
	pub NativeToken: XcmAssetId = XcmAssetId(Location::here());
	/// Nothing is teleported, so that no account stands for what is elsewhere.
	pub NoAccount: AccountId = AccountId::from([0u8; 32]);
}

/// The account of a location.
pub type LocationToAccountId = shared::LocationToAccount<AnyNetwork, AccountId>;
/// Who a `Transact` speaks for.
pub type Origins = shared::Origins<LocationToAccountId, AnyNetwork, RuntimeOrigin>;
/// Which messages are executed.
pub type Barrier = shared::Barrier<UniversalLocation, PolkadotXcm, AllowReports<Runtime>>;
/// An account of this chain as a location.
pub type LocalOriginToLocation = SignedToAccountId32<RuntimeOrigin, AccountId, AnyNetwork>;

/// The tokens of this chain, by the locations that the gateway knows them under.
pub type Tokens = ConvertedConcreteId<AssetId, Balance, Gateway, JustTry>;
/// Moves tokens. The gateway counts what comes into being and what ceases to be.
pub type Transactor =
	Metered<FungiblesAdapter<NativeAndAssets, Tokens, LocationToAccountId, AccountId, NoChecking, NoAccount>, Runtime>;

/// What carries messages to the relay chain and to siblings.
pub type Transport = WithUniqueTopic<(
	cumulus_primitives_utility::ParentAsUmp<ParachainSystem, PolkadotXcm, RelayDelivery>,
	XcmpQueue,
)>;
/// Where messages go: past the gateway, which limits what leaves with them.
pub type XcmRouter = Guarded<Transport, Runtime>;

/// Most instructions of a message.
pub type MaxInstructions = ConstU32<40>;
/// What the programs weigh that instructions are made of.
pub type Programs = weights::XcmPrograms<Runtime>;
/// What a message weighs.
pub type Weigher = WeightInfoBounds<shared::Instructions<Programs, shared::MaxHolding>, RuntimeCall, MaxInstructions>;

/// How this chain executes messages.
pub struct XcmConfig;

impl xcm_executor::Config for XcmConfig {
	type RuntimeCall = RuntimeCall;
	type XcmSender = XcmRouter;
	type XcmEventEmitter = PolkadotXcm;
	type AssetTransactor = Transactor;
	type OriginConverter = Origins;
	/// A token comes from the chain that keeps it, and from no other.
	type IsReserve = Gateway;
	/// Nothing is teleported.
	type IsTeleporter = ();
	type Aliasers = shared::Aliasers;
	type UniversalLocation = UniversalLocation;
	type Barrier = Barrier;
	type Weigher = Weigher;
	type Trader = Trader;
	type ResponseHandler = PolkadotXcm;
	type AssetTrap = PolkadotXcm;
	type AssetLocker = ();
	type AssetExchanger = Exchange;
	type AssetClaims = PolkadotXcm;
	type SubscriptionService = PolkadotXcm;
	type PalletInstancesInfo = AllPalletsWithSystem;
	type MaxAssetsIntoHolding = shared::MaxHolding;
	type FeeManager = DeliveryFees;
	type MessageExporter = ();
	type UniversalAliases = Nothing;
	type CallDispatcher = RuntimeCall;
	type SafeCallFilter = shared::Reachable;
	type TransactionalProcessor = FrameTransactionalProcessor;
	type HrmpNewChannelOpenRequestHandler = ();
	type HrmpChannelAcceptedHandler = ();
	type HrmpChannelClosingHandler = ();
	type XcmRecorder = PolkadotXcm;
}

impl pallet_xcm::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type Currency = Balances;
	type CurrencyMatcher = IsConcrete<Here>;
	type AuthorizedAliasConsideration = Disabled;
	/// Anybody may speak to another chain, as himself.
	type SendXcmOrigin = EnsureXcmOrigin<RuntimeOrigin, LocalOriginToLocation>;
	type XcmRouter = XcmRouter;
	type ExecuteXcmOrigin = EnsureXcmOrigin<RuntimeOrigin, LocalOriginToLocation>;
	/// Programs of one's own are for chains that cannot be called otherwise.
	type XcmExecuteFilter = Nothing;
	type XcmExecutor = XcmExecutor<XcmConfig>;
	type XcmTeleportFilter = Nothing;
	type XcmReserveTransferFilter = Everything;
	type Weigher = Weigher;
	type UniversalLocation = UniversalLocation;
	type RuntimeOrigin = RuntimeOrigin;
	type RuntimeCall = RuntimeCall;
	const VERSION_DISCOVERY_QUEUE_SIZE: u32 = 100;
	type AdvertisedXcmVersion = pallet_xcm::CurrentXcmVersion;
	type AdminOrigin = EnsureRoot<AccountId>;
	type TrustedLockers = ();
	type SovereignAccountOf = LocationToAccountId;
	type MaxLockers = ConstU32<0>;
	type MaxRemoteLockConsumers = ConstU32<0>;
	type RemoteLockConsumerIdentifier = ();
	type WeightInfo = shared::Calls<Programs, shared::MaxHolding>;
}
