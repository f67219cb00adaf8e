//! How the runtime sends and executes messages.

use super::*;
use crate::AllowReports;
use frame_support::traits::{ConstU32, Disabled, Nothing};
use xcm_builder::{EnsureXcmOrigin, FixedWeightBounds, FrameTransactionalProcessor, WithComputedOrigin};
use xcm_executor::XcmExecutor;

/// Keeps what is sent, and refuses what it is told to.
pub struct Postbox;

impl SendXcm for Postbox {
	type Ticket = (Location, Xcm<()>);

	fn validate(destination: &mut Option<Location>, message: &mut Option<Xcm<()>>) -> SendResult<Self::Ticket> {
		let destination = destination.take().unwrap();
		if Unreachable::get().iter().any(|para| sibling(*para) == destination) {
			return Err(SendError::Unroutable);
		}
		Ok(((destination, message.take().unwrap()), DeliveryFees::get()))
	}

	fn deliver((destination, message): Self::Ticket) -> Result<XcmHash, SendError> {
		if Closed::get().iter().any(|para| sibling(*para) == destination) {
			return Err(SendError::Transport("NoChannel"));
		}
		Delivered::mutate(|delivered| delivered.push((destination, message)));
		Ok([0; 32])
	}
}

pub struct XcmConfig;

impl xcm_executor::Config for XcmConfig {
	type RuntimeCall = RuntimeCall;
	type XcmSender = Postbox;
	type XcmEventEmitter = XcmPallet;
	type AssetTransactor = ();
	type OriginConverter = pallet_xcm::XcmPassthrough<RuntimeOrigin>;
	type IsReserve = ();
	type IsTeleporter = ();
	type Aliasers = Nothing;
	type UniversalLocation = UniversalLocation;
	type Barrier = WithComputedOrigin<AllowReports<Test>, UniversalLocation, ConstU32<8>>;
	type Weigher = FixedWeightBounds<UnitWeight, RuntimeCall, ConstU32<100>>;
	type Trader = ();
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
	type XcmRecorder = ();
}

impl pallet_xcm::Config for Test {
	type RuntimeEvent = RuntimeEvent;
	type Currency = Balances;
	type CurrencyMatcher = ();
	type AuthorizedAliasConsideration = Disabled;
	type SendXcmOrigin = EnsureXcmOrigin<RuntimeOrigin, ()>;
	type XcmRouter = Postbox;
	type ExecuteXcmOrigin = EnsureXcmOrigin<RuntimeOrigin, ()>;
	type XcmExecuteFilter = Nothing;
	type XcmExecutor = XcmExecutor<XcmConfig>;
	type XcmTeleportFilter = Nothing;
	type XcmReserveTransferFilter = Nothing;
	type Weigher = FixedWeightBounds<UnitWeight, RuntimeCall, ConstU32<100>>;
	type UniversalLocation = UniversalLocation;
	type RuntimeOrigin = RuntimeOrigin;
	type RuntimeCall = RuntimeCall;
	const VERSION_DISCOVERY_QUEUE_SIZE: u32 = 100;
	type AdvertisedXcmVersion = pallet_xcm::CurrentXcmVersion;
	type AdminOrigin = EnsureRoot<u64>;
	type TrustedLockers = ();
	type SovereignAccountOf = Sovereign;
	type MaxLockers = ConstU32<0>;
	type MaxRemoteLockConsumers = ConstU32<0>;
	type RemoteLockConsumerIdentifier = ();
	type WeightInfo = pallet_xcm::TestWeightInfo;
}
