//! A second network, of small chains that have the production types for who is who, which messages are heard, which calls
//! they reach, and which tokens come from where. Its messages are executed at once, by the simulator's own queue, which
//! tells the very error that one ended with.

use crate::relay;
use frame_support::{
	construct_runtime, derive_impl, parameter_types,
	traits::{AsEnsureOriginWithArg, ConstBool, ConstU32, ConstU64, Disabled, Everything, Nothing},
	weights::Weight,
};
use frame_system::{EnsureRoot, EnsureSigned};
use margin_math::{Ratio, Value};
use margin_runtime_common::xcm as shared;
use pallet_gateway::{Guarded, MarginAccounts, Metered, Reports};
use sp_runtime::{traits::IdentityLookup, AccountId32, BuildStorage, DispatchError};
use xcm::prelude::*;
use xcm_builder::{
	AliasesIntoAccountId32, ConvertedConcreteId, EnsureXcmOrigin, FixedRateOfFungible, FixedWeightBounds,
	FrameTransactionalProcessor, FungibleAdapter, FungiblesAdapter, IsConcrete, NoChecking, SignedToAccountId32,
};
use xcm_executor::{traits::JustTry, XcmExecutor};
use xcm_simulator::{decl_test_network, decl_test_parachain, decl_test_relay_chain, mock_message_queue, TestExt as _};

pub use crate::sibling::{INTEGRATOR, MARGIN, STRANGER};
pub use mock_message_queue::Event as Queue;

type Block = frame_system::mocking::MockBlockU32<Runtime>;
/// Whoever owns something here.
pub type AccountId = AccountId32;
type Balance = u128;

construct_runtime!(
	pub enum Runtime {
		System: frame_system,
		Timestamp: pallet_timestamp,
		Balances: pallet_balances,
		Assets: pallet_assets,
		Messages: mock_message_queue,
		PolkadotXcm: pallet_xcm,
		Gateway: pallet_gateway,
	}
);

#[derive_impl(frame_system::config_preludes::ParaChainDefaultConfig)]
impl frame_system::Config for Runtime {
	type Block = Block;
	type AccountId = AccountId;
	type Lookup = IdentityLookup<AccountId>;
	type AccountData = pallet_balances::AccountData<Balance>;
}

#[derive_impl(pallet_timestamp::config_preludes::TestDefaultConfig)]
impl pallet_timestamp::Config for Runtime {}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Runtime {
	type Balance = Balance;
	type AccountStore = System;
}

#[derive_impl(pallet_assets::config_preludes::TestDefaultConfig)]
impl pallet_assets::Config for Runtime {
	type Balance = Balance;
	type Currency = Balances;
	type CreateOrigin = AsEnsureOriginWithArg<EnsureSigned<AccountId>>;
	type ForceOrigin = EnsureRoot<AccountId>;
	type Holder = ();
	type Freezer = ();
}

impl mock_message_queue::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type XcmExecutor = XcmExecutor<XcmConfig>;
}

parameter_types! {
	pub const TokenLocation: Location = Here.into_location();
	pub const AnyNetwork: Option<NetworkId> = None;
	pub UniversalLocation: InteriorLocation =
		[GlobalConsensus(relay::NETWORK), Parachain(mock_message_queue::ParachainId::<Runtime>::get().into())].into();
	pub const UnitWeight: Weight = Weight::from_parts(100_000_000, 1_024);
	pub const NativeAsset: u32 = 0;
	pub const NativeSpeed: Ratio = Ratio::ZERO;
	pub NoAccount: AccountId = AccountId::new([0; 32]);
	pub Rate: (AssetId, u128, u128) = (AssetId(Here.into()), 1_000_000, 0);
}

type LocationToAccount = shared::LocationToAccount<AnyNetwork, AccountId>;
type Router = Guarded<ParachainXcmRouter<Messages>, Runtime>;
type ForeignTokens = Metered<
	FungiblesAdapter<
		Assets,
		ConvertedConcreteId<u32, Balance, Gateway, JustTry>,
		LocationToAccount,
		AccountId,
		NoChecking,
		NoAccount,
	>,
	Runtime,
>;

/// The production types, as far as they know no runtime.
pub struct XcmConfig;

impl xcm_executor::Config for XcmConfig {
	type RuntimeCall = RuntimeCall;
	type XcmSender = Router;
	type XcmEventEmitter = PolkadotXcm;
	type AssetTransactor = (
		FungibleAdapter<Balances, IsConcrete<TokenLocation>, LocationToAccount, AccountId, ()>,
		ForeignTokens,
	);
	type OriginConverter = shared::Origins<LocationToAccount, AnyNetwork, RuntimeOrigin>;
	type IsReserve = Gateway;
	type IsTeleporter = ();
	type Aliasers = shared::Aliasers;
	type UniversalLocation = UniversalLocation;
	type Barrier = shared::Barrier<UniversalLocation, PolkadotXcm, ()>;
	type Weigher = FixedWeightBounds<UnitWeight, RuntimeCall, ConstU32<100>>;
	type Trader = FixedRateOfFungible<Rate, ()>;
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
	type SafeCallFilter = shared::Reachable;
	type TransactionalProcessor = FrameTransactionalProcessor;
	type HrmpNewChannelOpenRequestHandler = ();
	type HrmpChannelAcceptedHandler = ();
	type HrmpChannelClosingHandler = ();
	type XcmRecorder = PolkadotXcm;
}

type LocalOriginToLocation = SignedToAccountId32<RuntimeOrigin, AccountId, AnyNetwork>;

impl pallet_xcm::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type SendXcmOrigin = EnsureXcmOrigin<RuntimeOrigin, LocalOriginToLocation>;
	/// Whoever means no good has no guard around his router.
	type XcmRouter = ParachainXcmRouter<Messages>;
	type ExecuteXcmOrigin = EnsureXcmOrigin<RuntimeOrigin, LocalOriginToLocation>;
	type XcmExecuteFilter = Nothing;
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
	type MaxLockers = ConstU32<0>;
	type MaxRemoteLockConsumers = ConstU32<0>;
	type RemoteLockConsumerIdentifier = ();
	type WeightInfo = pallet_xcm::TestWeightInfo;
	type AuthorizedAliasConsideration = Disabled;
}

/// These chains have no margin accounts, and everything is worth a dollar.
pub struct NoMargin;

impl MarginAccounts<AccountId, u32> for NoMargin {
	fn withdraw(_: &AccountId, _: u16, _: u32, _: Option<u128>) -> Result<u128, DispatchError> {
		Err(DispatchError::Unavailable)
	}

	fn value(_: u32, _: u128) -> Option<Value> {
		Some(Value::from_dollars(1))
	}
}

/// Answers are awaited by the XCM pallet.
pub struct Answers;

impl Reports<RuntimeCall> for Answers {
	fn expect(responder: Location, querier: Location, notify: RuntimeCall) -> QueryId {
		PolkadotXcm::new_notify_query(responder, notify, u32::MAX, querier)
	}
}

impl pallet_gateway::Config for Runtime {
	type AssetId = u32;
	type NativeAsset = NativeAsset;
	type Fungibles = Assets;
	type Margin = NoMargin;
	type NativeMarket = ();
	type NativeSpeed = NativeSpeed;
	type Stopped = ConstBool<false>;
	type Keepers = Nothing;
	type UniversalLocation = UniversalLocation;
	type AccountLocation = AliasesIntoAccountId32<AnyNetwork, AccountId>;
	type Executor = XcmExecutor<XcmConfig>;
	type Transactor = ForeignTokens;
	type Router = Router;
	type Reports = Answers;
	type Time = Timestamp;
	type AssetManager = EnsureRoot<AccountId>;
	type RiskManager = EnsureRoot<AccountId>;
	type OutflowManager = EnsureRoot<AccountId>;
	type ResolveOrigin = EnsureRoot<AccountId>;
	type ResponseOrigin = pallet_xcm::EnsureResponse<Everything>;
	type MaxTokens = ConstU32<4>;
	type MaxRoutes = ConstU32<4>;
	type MaxFlights = ConstU32<4>;
	type MinAge = ConstU64<1>;
	type WeightInfo = ();
}

decl_test_parachain! {
	pub struct Integrator {
		Runtime = Runtime,
		XcmpMessageHandler = Messages,
		DmpMessageHandler = Messages,
		new_ext = chain(INTEGRATOR),
	}
}

decl_test_parachain! {
	pub struct Stranger {
		Runtime = Runtime,
		XcmpMessageHandler = Messages,
		DmpMessageHandler = Messages,
		new_ext = chain(STRANGER),
	}
}

decl_test_parachain! {
	pub struct Margin {
		Runtime = Runtime,
		XcmpMessageHandler = Messages,
		DmpMessageHandler = Messages,
		new_ext = chain(MARGIN),
	}
}

decl_test_relay_chain! {
	pub struct Relay {
		Runtime = relay::Runtime,
		RuntimeCall = relay::RuntimeCall,
		RuntimeEvent = relay::RuntimeEvent,
		XcmConfig = relay::XcmConfig,
		MessageQueue = relay::MessageQueue,
		System = relay::System,
		new_ext = relay::genesis().into(),
	}
}

decl_test_network! {
	pub struct Network {
		relay_chain = Relay,
		parachains = vec![
			(INTEGRATOR, Integrator),
			(STRANGER, Stranger),
			(MARGIN, Margin),
		],
	}
}

/// The account of a location.
pub fn account_of(location: &Location) -> AccountId {
	use xcm_executor::traits::ConvertLocation;
	LocationToAccount::convert_location(location).expect("it has an account")
}

/// What an account begins with that has something on these chains.
pub const PURSE: Balance = 1_000_000_000;

/// A chain with this id. It knows the integrator's token, as asset 1, and everybody who sends messages in the tests has
/// some native tokens there.
fn chain(para: u32) -> sp_io::TestExternalities {
	use crate::messages::{para as other, user_of};
	let purses = [
		other(INTEGRATOR),
		other(STRANGER),
		user_of(INTEGRATOR),
		user_of(STRANGER),
	];
	let config = RuntimeGenesisConfig {
		balances: BalancesConfig {
			balances: purses.iter().map(|who| (account_of(who), PURSE)).collect(),
			..Default::default()
		},
		assets: AssetsConfig {
			assets: vec![(1, AccountId::new([8; 32]), true, 1)],
			..Default::default()
		},
		gateway: GatewayConfig {
			tokens: vec![(1, other(INTEGRATOR), other(INTEGRATOR), PURSE)],
			..Default::default()
		},
		..Default::default()
	};
	let mut chain = sp_io::TestExternalities::from(config.build_storage().expect("a genesis builds"));
	chain.execute_with(|| {
		System::set_block_number(1);
		Messages::set_para_id(para.into());
	});
	chain
}

/// What came of a message that the margin chain gets: the error that it ended with, if it did.
pub fn outcome_of(send: impl FnOnce()) -> Option<XcmError> {
	Margin::execute_with(System::reset_events);
	send();
	Margin::execute_with(|| {
		Gateway::do_try_state().expect("the gate's books are in order");
		let told = System::events().into_iter().filter_map(|record| match record.event {
			RuntimeEvent::Messages(Queue::Success { .. }) => Some(None),
			RuntimeEvent::Messages(Queue::Fail { error, .. }) => Some(Some(error)),
			_ => None,
		});
		told.last().expect("a message has come")
	})
}

/// A chain sends a program to the margin chain, in its own name or in that of somebody inside it.
pub fn sent_by(interior: impl Into<InteriorLocation>, program: Xcm<()>) -> impl FnOnce() {
	let interior = interior.into();
	move || {
		let sent = PolkadotXcm::send_xcm(interior, Location::new(1, [Parachain(MARGIN)]), program);
		assert!(sent.is_ok(), "{sent:?}");
	}
}

/// How much of the integrator's token there is on the margin chain.
pub fn issued() -> Balance {
	Margin::execute_with(|| Assets::total_supply(1))
}
