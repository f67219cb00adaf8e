//! A chain with a native token and two of other chains, a real executor, and a router that keeps what it is given. What
//! other chains do, tests play by hand.

#![allow(missing_docs)]

mod play;

use crate::{self as pallet_gateway, Guarded, MarginAccounts, Metered, MeteredTrader, Reports, SubAccount};
use frame_support::{
	assert_ok, derive_impl, ord_parameter_types, parameter_types, storage_alias,
	traits::{
		fungible::UnionOf,
		fungibles::{Inspect, Mutate},
		tokens::{Fortitude, Precision, Preservation},
		AsEnsureOriginWithArg, ConstU128, ConstU32, ContainsPair, Disabled, Equals, Everything, Nothing, UnixTime,
	},
	weights::Weight,
	Blake2_128Concat,
};
use frame_system::{EnsureRoot, EnsureSigned, EnsureSignedBy};
use margin_math::{Price, Ratio, Value};
use margin_risk::FlowLimit;
pub use play::*;
use sp_runtime::{
	traits::{Convert, IdentityLookup},
	AccountId32 as LocalAccount, DispatchError, Either,
};
use std::time::Duration;
use xcm::latest::prelude::*;
use xcm_builder::{
	AccountId32Aliases, AliasesIntoAccountId32, AllowKnownQueryResponses, AllowUnpaidExecutionFrom,
	ConvertedConcreteId, DescribeAllTerminal, DescribeFamily, EnsureXcmOrigin, FixedWeightBounds,
	FrameTransactionalProcessor, FungiblesAdapter, HashedDescription, NoChecking, ParentIsPreset, SignedToAccountId32,
	TakeWeightCredit,
};
use xcm_executor::{
	traits::{AssetExchange, JustTry, WeightTrader},
	AssetsInHolding, XcmExecutor,
};

pub type AccountId = LocalAccount;
type Block = frame_system::mocking::MockBlock<Test>;

pub const NATIVE: u32 = 0;
pub const USDC: u32 = 1;
pub const DOT: u32 = 4;
/// A token of this chain alone, registered by no genesis.
pub const OWN: u32 = 7;

pub const fn account(number: u8) -> AccountId {
	AccountId::new([number; 32])
}
pub const ALICE: AccountId = account(1);
pub const BOB: AccountId = account(2);
pub const POT: AccountId = account(3);
pub const TREASURY: AccountId = account(4);
pub const ASSET_MANAGER: AccountId = account(20);
pub const RISK_MANAGER: AccountId = account(21);
pub const OUTFLOW_MANAGER: AccountId = account(22);

pub const HOUR: u64 = 3_600_000;
pub const DAY: u64 = 24 * HOUR;
/// One dollar of USDC.
pub const DOLLAR: u128 = 1_000_000;
/// One MRG, at a dollar.
pub const MRG: u128 = 1_000_000_000_000;
/// What a program pays the trader of this chain.
pub const WEIGHT_FEE: u128 = 1_000;
pub const START: u64 = 1_584_000_000_000;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system,
		Balances: pallet_balances,
		LocalTokens: pallet_assets,
		PolkadotXcm: pallet_xcm,
		Gateway: pallet_gateway,
	}
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
	type AccountId = AccountId;
	type Lookup = IdentityLookup<AccountId>;
	type AccountData = pallet_balances::AccountData<u128>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type Balance = u128;
	type ExistentialDeposit = ConstU128<1>;
	type AccountStore = System;
}

impl pallet_assets::Config for Test {
	type RuntimeEvent = RuntimeEvent;
	type Balance = u128;
	type RemoveItemsLimit = ConstU32<1000>;
	type AssetId = u32;
	type AssetIdParameter = u32;
	type Currency = Balances;
	type CreateOrigin = AsEnsureOriginWithArg<EnsureSigned<AccountId>>;
	type ForceOrigin = EnsureRoot<AccountId>;
	type AssetDeposit = ConstU128<1>;
	type AssetAccountDeposit = ConstU128<1>;
	type MetadataDepositBase = ConstU128<1>;
	type MetadataDepositPerByte = ConstU128<1>;
	type ApprovalDeposit = ConstU128<1>;
	type StringLimit = ConstU32<50>;
	type Freezer = ();
	type Holder = ();
	type Extra = ();
	type CallbackHandle = ();
	type WeightInfo = ();
}

pub struct NativeIsZero;
impl Convert<u32, Either<(), u32>> for NativeIsZero {
	fn convert(asset: u32) -> Either<(), u32> {
		match asset {
			NATIVE => Either::Left(()),
			asset => Either::Right(asset),
		}
	}
}
pub type NativeAndAssets = UnionOf<Balances, LocalTokens, NativeIsZero, u32, AccountId>;

parameter_types! {
	pub const Network: Option<NetworkId> = Some(NetworkId::Polkadot);
	pub Universal: InteriorLocation = [GlobalConsensus(NetworkId::Polkadot), Parachain(2000)].into();
	pub const Pot: AccountId = POT;
	pub const UnitWeight: Weight = Weight::from_parts(1_000, 10);
	pub static Clock: u64 = START;
	pub static DeliveryPrice: Assets = Assets::new();
	pub static ChannelOpen: bool = true;
}

pub type LocationToAccount = (
	ParentIsPreset<AccountId>,
	AccountId32Aliases<Network, AccountId>,
	HashedDescription<AccountId, DescribeFamily<DescribeAllTerminal>>,
);

pub type Ledger = FungiblesAdapter<
	NativeAndAssets,
	ConvertedConcreteId<u32, u128, Gateway, JustTry>,
	LocationToAccount,
	AccountId,
	NoChecking,
	Pot,
>;

/// Every message that went out, in the chain's storage, so that what is rolled back was never sent.
#[storage_alias]
pub type Sent = StorageValue<Mock, Vec<(Location, Xcm<()>)>>;

pub struct KeptMessages;
impl SendXcm for KeptMessages {
	type Ticket = (Location, Xcm<()>);
	fn validate(destination: &mut Option<Location>, message: &mut Option<Xcm<()>>) -> SendResult<Self::Ticket> {
		if !ChannelOpen::get() {
			return Err(SendError::Transport("the channel is closed"));
		}
		let ticket = (destination.take().unwrap(), message.take().unwrap());
		Ok((ticket, DeliveryPrice::get()))
	}
	fn deliver(ticket: Self::Ticket) -> Result<XcmHash, SendError> {
		Sent::append(ticket);
		Ok([0; 32])
	}
}

/// Brings a fixed fee in whatever was paid with to the treasury, and gives half of it back.
pub struct Counter(Option<Asset>);
impl WeightTrader for Counter {
	fn new() -> Self {
		Self(None)
	}
	fn buy_weight(&mut self, _: Weight, payment: AssetsInHolding, _: &XcmContext) -> Result<AssetsInHolding, XcmError> {
		let id = payment.fungible.keys().next().cloned().ok_or(XcmError::AssetNotFound)?;
		let fee: Asset = (id.clone(), WEIGHT_FEE).into();
		let unspent = payment.checked_sub(fee.clone()).map_err(|_| XcmError::TooExpensive)?;
		NativeAndAssets::mint_into(token(&id), &TREASURY, WEIGHT_FEE).unwrap();
		self.0 = Some(fee);
		Ok(unspent)
	}
	fn refund_weight(&mut self, _: Weight, _: &XcmContext) -> Option<Asset> {
		let id = self.0.take()?.id;
		burn(token(&id), &TREASURY, WEIGHT_FEE / 2);
		Some((id, WEIGHT_FEE / 2).into())
	}
}

/// Takes what is given and gives as many of what is wanted.
pub struct Market;
impl AssetExchange for Market {
	fn exchange_asset(
		_: Option<&Location>,
		give: AssetsInHolding,
		want: &Assets,
		_: bool,
	) -> Result<AssetsInHolding, AssetsInHolding> {
		for asset in give.clone().into_assets_iter() {
			let Fungible(amount) = asset.fun else { return Err(give) };
			NativeAndAssets::mint_into(token(&asset.id), &TREASURY, amount).unwrap();
		}
		for asset in want.inner() {
			let Fungible(amount) = asset.fun else { return Err(give) };
			burn(token(&asset.id), &TREASURY, amount);
		}
		Ok(want.clone().into())
	}
	fn quote_exchange_price(give: &Assets, _: &Assets, _: bool) -> Option<Assets> {
		Some(give.clone())
	}
}

fn token(id: &AssetId) -> u32 {
	use sp_runtime::traits::MaybeEquivalence;
	Gateway::convert(&id.0).unwrap()
}

pub fn burn(asset: u32, who: &AccountId, amount: u128) {
	NativeAndAssets::burn_from(
		asset,
		who,
		amount,
		Preservation::Expendable,
		Precision::Exact,
		Fortitude::Force,
	)
	.unwrap();
}

/// An executor that would teleport, so that only the guard stops it.
pub struct NativeToAnywhere;
impl ContainsPair<Asset, Location> for NativeToAnywhere {
	fn contains(asset: &Asset, _: &Location) -> bool {
		asset.id.0 == Location::here()
	}
}

pub type Router = Guarded<KeptMessages, Test>;

pub struct XcmConfig;
impl xcm_executor::Config for XcmConfig {
	type RuntimeCall = RuntimeCall;
	type XcmSender = Router;
	type XcmEventEmitter = PolkadotXcm;
	type AssetTransactor = Metered<Ledger, Test>;
	type OriginConverter = ();
	type IsReserve = Gateway;
	type IsTeleporter = NativeToAnywhere;
	type Aliasers = Nothing;
	type UniversalLocation = Universal;
	type Barrier = (
		TakeWeightCredit,
		AllowKnownQueryResponses<PolkadotXcm>,
		AllowUnpaidExecutionFrom<NoResponses>,
	);
	type Weigher = FixedWeightBounds<UnitWeight, RuntimeCall, ConstU32<100>>;
	type Trader = MeteredTrader<Counter, Test>;
	type ResponseHandler = PolkadotXcm;
	type AssetTrap = PolkadotXcm;
	type AssetLocker = ();
	type AssetExchanger = Metered<Market, Test>;
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

parameter_types! {
	/// Whether programs of others are executed without payment; not while answers are delivered, which must be known.
	pub static Unpaid: bool = true;
}
pub struct NoResponses;
impl frame_support::traits::Contains<Location> for NoResponses {
	fn contains(_: &Location) -> bool {
		Unpaid::get()
	}
}

type LocalOrigin = EnsureXcmOrigin<RuntimeOrigin, SignedToAccountId32<RuntimeOrigin, AccountId, Network>>;

impl pallet_xcm::Config for Test {
	type RuntimeEvent = RuntimeEvent;
	type SendXcmOrigin = LocalOrigin;
	type XcmRouter = Router;
	type ExecuteXcmOrigin = LocalOrigin;
	type XcmExecuteFilter = Everything;
	type XcmExecutor = XcmExecutor<XcmConfig>;
	type XcmTeleportFilter = Everything;
	type XcmReserveTransferFilter = Everything;
	type Weigher = FixedWeightBounds<UnitWeight, RuntimeCall, ConstU32<100>>;
	type UniversalLocation = Universal;
	type RuntimeOrigin = RuntimeOrigin;
	type RuntimeCall = RuntimeCall;
	const VERSION_DISCOVERY_QUEUE_SIZE: u32 = 100;
	type AdvertisedXcmVersion = pallet_xcm::CurrentXcmVersion;
	type AdminOrigin = EnsureRoot<AccountId>;
	type TrustedLockers = ();
	type SovereignAccountOf = LocationToAccount;
	type Currency = Balances;
	type CurrencyMatcher = ();
	type MaxLockers = ConstU32<8>;
	type MaxRemoteLockConsumers = ConstU32<0>;
	type RemoteLockConsumerIdentifier = ();
	type WeightInfo = pallet_xcm::TestWeightInfo;
	type AuthorizedAliasConsideration = Disabled;
}

pub struct AwaitedReports;
impl Reports<RuntimeCall> for AwaitedReports {
	fn expect(responder: Location, querier: Location, notify: RuntimeCall) -> QueryId {
		PolkadotXcm::new_notify_query(responder, notify, u64::MAX, querier)
	}
}

/// What an account has in the margin system of this chain. The tokens are in the pot.
#[storage_alias]
pub type Deposits = StorageMap<Mock, Blake2_128Concat, (AccountId, SubAccount, u32), u128>;

/// Dollars with 18 decimals for a smallest unit.
#[storage_alias]
pub type Prices = StorageMap<Mock, Blake2_128Concat, u32, i128>;

pub struct TestMargin;
impl MarginAccounts<AccountId, u32> for TestMargin {
	fn withdraw(owner: &AccountId, sub: SubAccount, asset: u32, amount: Option<u128>) -> Result<u128, DispatchError> {
		let key = (owner, sub, asset);
		let has = Deposits::get(key).unwrap_or_default();
		let amount = amount.unwrap_or(has);
		let left = has
			.checked_sub(amount)
			.ok_or(DispatchError::Other("below initial margin"))?;
		Deposits::insert(key, left);
		NativeAndAssets::transfer(asset, &POT, owner, amount, Preservation::Expendable)
	}

	fn value(asset: u32, amount: u128) -> Option<Value> {
		let price = Prices::get(asset)?;
		price.checked_mul(amount.try_into().ok()?).map(Value::from_raw)
	}
}

pub struct Now;
impl UnixTime for Now {
	fn now() -> Duration {
		Duration::from_millis(Clock::get())
	}
}

ord_parameter_types! {
	pub const AssetManagers: AccountId = ASSET_MANAGER;
	pub const RiskManagers: AccountId = RISK_MANAGER;
	pub const OutflowManagers: AccountId = OUTFLOW_MANAGER;
}

parameter_types! {
	pub const Native: u32 = NATIVE;
	pub static MaxTokens: u32 = 4;
	pub static MaxRoutes: u32 = 4;
	pub static MaxFlights: u32 = 3;
	pub static MinAge: u64 = DAY;
	pub static NativeMarket: Option<Price> = Some(Price::ONE);
	pub const NativeSpeed: Ratio = Ratio::from_percent(25);
	pub static Stopped: bool = false;
	pub Hub: Location = hub();
}

impl pallet_gateway::Config for Test {
	type AssetId = u32;
	type NativeAsset = Native;
	type Fungibles = NativeAndAssets;
	type Margin = TestMargin;
	type NativeMarket = NativeMarket;
	type NativeSpeed = NativeSpeed;
	type Stopped = Stopped;
	type Keepers = Equals<Hub>;
	type UniversalLocation = Universal;
	type AccountLocation = AliasesIntoAccountId32<Network, AccountId>;
	type Executor = XcmExecutor<XcmConfig>;
	type Transactor = Metered<Ledger, Test>;
	type Router = Router;
	type Reports = AwaitedReports;
	type Time = Now;
	type AssetManager = EnsureSignedBy<AssetManagers, AccountId>;
	type RiskManager = EnsureSignedBy<RiskManagers, AccountId>;
	type OutflowManager = EnsureSignedBy<OutflowManagers, AccountId>;
	type ResolveOrigin = EnsureRoot<AccountId>;
	type ResponseOrigin = pallet_xcm::EnsureResponse<Everything>;
	type MaxTokens = MaxTokens;
	type MaxRoutes = MaxRoutes;
	type MaxFlights = MaxFlights;
	type MinAge = MinAge;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Helper;
}

#[cfg(feature = "runtime-benchmarks")]
pub struct Helper;
#[cfg(feature = "runtime-benchmarks")]
impl crate::benchmarking::BenchmarkHelper<AccountId, u32> for Helper {
	fn token() -> (u32, Location, Location) {
		(OWN + 1, hub_token(99), hub())
	}
	fn create(asset: u32) {
		assert_ok!(LocalTokens::force_create(RuntimeOrigin::root(), asset, POT, true, 1));
		Prices::insert(asset, 1_000_000_000_000);
	}
	fn fund(owner: &AccountId, sub: SubAccount, asset: u32, amount: u128) {
		assert_ok!(NativeAndAssets::mint_into(asset, &POT, amount));
		Deposits::insert((owner, sub, asset), amount);
		assert_ok!(NativeAndAssets::mint_into(NATIVE, owner, MRG));
	}
	fn reach(_: &Location) {}
}
