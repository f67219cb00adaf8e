//! # Gateway
//!
//! The gate between the margin system and other chains: which tokens are which, over which routes they leave, and what is
//! in flight.
//!
//! - [`locations`]: a governed map between XCM locations and the chain's own numbers, with the chain that keeps each token.
//!   [`Pallet`] is the runtime's `IsReserve` and the converter of its asset ids.
//! - [`issuance`]: [`Metered`] and [`MeteredTrader`] count what programs mint and burn of tokens that other chains keep.
//!   More than a token's cap does not come in, and while more is issued than came in, none of it leaves.
//! - [`routes`]: limits in dollars on what leaves for each chain, with decay, and a pause for each.
//! - [`native`]: what the native token counts for there.
//! - [`guard`]: [`Guarded`] stands around the router and holds everything that leaves to them, whoever sends it.
//! - [`withdrawal`], [`programs`]: from a margin account to an account on another chain in one call.
//! - [`flight`]: the ledger of what left and of which no success was reported.
//!
//! ## In a runtime
//!
//! ```ignore
//! type Fungibles = FungiblesAdapter<NativeAndAssets, ConvertedConcreteId<AssetId, Balance, Gateway, JustTry>, ..>;
//! impl xcm_executor::Config for XcmConfig {
//!     type AssetTransactor = Metered<Fungibles, Runtime>;
//!     type IsReserve = Gateway;
//!     type IsTeleporter = ();
//!     type Trader = MeteredTrader<(..), Runtime>;      // whatever else issues or rescinds tokens must be counted
//!     type AssetExchanger = Metered<.., Runtime>;      // or ()
//!     type XcmSender = Guarded<(ParentAsUmp<..>, XcmpQueue), Runtime>;
//!     type TransactionalProcessor = FrameTransactionalProcessor;
//!     ..
//! }
//! impl pallet_gateway::Config for Runtime {
//!     type AccountLocation = AliasesIntoAccountId32<RelayNetwork, AccountId>;
//!     type Executor = XcmExecutor<XcmConfig>;
//!     type Transactor = <XcmConfig as xcm_executor::Config>::AssetTransactor;
//!     type Router = <XcmConfig as xcm_executor::Config>::XcmSender;
//!     type ResponseOrigin = pallet_xcm::EnsureResponse<Everything>;
//!     ..
//! }
//! impl Reports<RuntimeCall> for AwaitedReports {
//!     fn expect(responder: Location, querier: Location, notify: RuntimeCall) -> QueryId {
//!         PolkadotXcm::new_notify_query(responder, notify, BlockNumber::MAX, querier)
//!     }
//! }
//! ```
//!
//! The executor must be transactional and its router must be the guarded one, also that of `pallet-xcm`.

#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(
	test,
	allow(
		clippy::unwrap_used,
		clippy::expect_used,
		clippy::panic,
		clippy::indexing_slicing,
		clippy::arithmetic_side_effects
	)
)]

extern crate alloc;

mod errors;
mod events;
pub mod flight;
pub mod guard;
mod invariants;
pub mod issuance;
pub mod locations;
pub mod native;
pub mod programs;
mod records;
pub mod routes;
mod traits;
pub mod weights;
pub mod withdrawal;

#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarking;

#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;

pub use guard::{Guarded, Leaving};
pub use issuance::{Metered, MeteredTrader};
pub use pallet::*;
pub use records::{Flight, FlightId, Outcome, Route, Status, SubAccount, Token};
pub use traits::{MarginAccounts, Reports};
pub use weights::WeightInfo;

use frame_support::pallet_macros::import_section;

/// Target of the pallet's log lines.
pub const LOG_TARGET: &str = "gateway";

// What the macro generates uses `expect`, on sizes known when it compiles and on metadata, and a call has as many
// arguments as it has.
#[allow(clippy::expect_used, clippy::too_many_arguments, clippy::useless_conversion)]
#[import_section(events::events)]
#[import_section(errors::errors)]
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use crate::withdrawal::{latest, Order};
	use alloc::{boxed::Box, vec::Vec};
	use frame_support::{
		pallet_prelude::*,
		traits::{fungibles::Inspect, Contains, UnixTime},
	};
	use frame_system::pallet_prelude::*;
	use margin_math::{Amount, Price, Ratio};
	use margin_risk::{FlowLimit, Stable};
	use sp_runtime::traits::TryConvert;
	use xcm::{
		latest::{Error as XcmError, ExecuteXcm, InteriorLocation, Location, Response, SendXcm},
		VersionedLocation,
	};
	use xcm_executor::traits::TransactAsset;

	/// What this pallet needs from its runtime.
	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>, RuntimeCall: From<Call<Self>>> {
		/// The chain's own number of a token.
		type AssetId: Parameter + Member + Copy + Ord + MaxEncodedLen + MaybeSerializeDeserialize;

		/// The number of the native token. Its location is `Here`.
		type NativeAsset: Get<Self::AssetId>;

		/// The chain's tokens, of which the issuance is looked at.
		type Fungibles: Inspect<Self::AccountId, AssetId = Self::AssetId, Balance = u128>;

		/// The margin accounts, and the prices that it goes by.
		type Margin: MarginAccounts<Self::AccountId, Self::AssetId>;

		/// The price at which the native token trades now, in dollars for a whole unit; nothing where it has none.
		type NativeMarket: Get<Option<Price>>;

		/// How fast what the native token counts for follows its market, as a ratio of itself an hour.
		type NativeSpeed: Get<Ratio>;

		/// Whether nothing may leave at all, as while the chain is in safe mode.
		type Stopped: Get<bool>;

		/// Chains that keep tokens for others, like the Asset Hub. Any other chain keeps only what is its own.
		type Keepers: Contains<Location>;

		/// Where this chain is, as the world sees it.
		type UniversalLocation: Get<InteriorLocation>;

		/// The location of an account of this chain, which its executor takes for that account.
		type AccountLocation: for<'a> TryConvert<&'a Self::AccountId, Location>;

		/// What executes a program here. It must be transactional, and send by [`Config::Router`].
		type Executor: ExecuteXcm<<Self as frame_system::Config>::RuntimeCall>;

		/// The executor's transactor, [`Metered`].
		type Transactor: TransactAsset;

		/// The executor's router, [`Guarded`].
		type Router: SendXcm;

		/// Where answers of other chains are awaited.
		type Reports: Reports<<Self as frame_system::Config>::RuntimeCall>;

		/// The chain's clock.
		type Time: UnixTime;

		/// Who registers tokens and raises caps.
		type AssetManager: EnsureOrigin<Self::RuntimeOrigin>;

		/// Who may lower caps and pause routes.
		type RiskManager: EnsureOrigin<Self::RuntimeOrigin>;

		/// Who opens, limits, closes and resumes routes.
		type OutflowManager: EnsureOrigin<Self::RuntimeOrigin>;

		/// Who resolves flights and recounts tokens: root.
		type ResolveOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// The origin of an answer, with the chain that gave it.
		type ResponseOrigin: EnsureOrigin<Self::RuntimeOrigin, Success = Location>;

		/// Most tokens that have a location.
		#[pallet::constant]
		type MaxTokens: Get<u32>;

		/// Most routes.
		#[pallet::constant]
		type MaxRoutes: Get<u32>;

		/// Most flights of an owner that are not settled.
		#[pallet::constant]
		type MaxFlights: Get<u32>;

		/// How old a flight's last message must be before it is resolved without a report, in milliseconds.
		#[pallet::constant]
		type MinAge: Get<u64>;

		/// What calls weigh.
		type WeightInfo: WeightInfo;

		/// Tokens and funds for benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: benchmarking::BenchmarkHelper<Self::AccountId, Self::AssetId>;
	}

	/// The pallet.
	#[pallet::pallet]
	pub struct Pallet<T>(_);

	/// The tokens that have a location.
	#[pallet::storage]
	pub type Tokens<T: Config> = CountedStorageMap<_, Blake2_128Concat, T::AssetId, Token>;

	/// Which token is at a location.
	#[pallet::storage]
	pub type Locations<T: Config> = StorageMap<_, Blake2_128Concat, Location, T::AssetId>;

	/// The ways to other chains.
	#[pallet::storage]
	pub type Routes<T: Config> = CountedStorageMap<_, Blake2_128Concat, Location, Route>;

	/// What left and of which no success was reported, by the number of the query that is awaited.
	#[pallet::storage]
	pub type Flights<T: Config> = StorageMap<_, Twox64Concat, FlightId, Flight<T::AccountId, T::AssetId>>;

	/// How many flights of an owner are on the ledger.
	#[pallet::storage]
	pub type InFlight<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, u32, ValueQuery>;

	/// How much of a token is on the ledger.
	#[pallet::storage]
	pub type Aloft<T: Config> = StorageMap<_, Blake2_128Concat, T::AssetId, Amount, ValueQuery>;

	/// What the native token counts for on its way out.
	#[pallet::storage]
	pub type NativePrice<T: Config> = StorageValue<_, Stable>;

	/// Tokens and routes to start with.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// Token, location, reserve, cap: as [`Pallet::register`] takes them.
		pub tokens: Vec<(T::AssetId, Location, Location, u128)>,
		/// Chain, limit, and the least fee in dollars with 18 decimals: as [`Pallet::open_route`] and
		/// [`Pallet::set_least_fee`] take them.
		pub routes: Vec<(Location, FlowLimit, u128)>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			for (asset, location, reserve, cap) in self.tokens.clone() {
				let registered = Pallet::<T>::do_register(asset, location, reserve, Amount(cap));
				assert!(registered.is_ok(), "gateway: a token of the genesis: {registered:?}");
			}
			for (destination, limit, least_fee) in self.routes.clone() {
				let opened = Pallet::<T>::do_open_route(destination.clone(), limit)
					.and_then(|()| Pallet::<T>::do_set_least_fee(destination, Amount(least_fee)));
				assert!(opened.is_ok(), "gateway: a route of the genesis: {opened:?}");
			}
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(
				T::UniversalLocation::get().global_consensus().is_ok(),
				"gateway: a universal location begins with a consensus"
			);
			assert!(
				T::MaxFlights::get() > 0 && T::MaxRoutes::get() > 0,
				"gateway: nothing could leave"
			);
			assert!(T::MinAge::get() > 0, "gateway: a flight would be resolved as it leaves");
		}

		fn on_initialize(_now: BlockNumberFor<T>) -> Weight {
			Self::follow_native_market();
			T::WeightInfo::follow_native_market()
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_now: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Gives a token of this chain the location by which other chains know it. It is taken from its `reserve` alone, which
		/// is the token's own chain or one that keeps tokens for others, and at most `cap` of it is ever issued, in smallest
		/// units. By the asset manager.
		///
		/// # Errors
		/// [`Error::AlreadyRegistered`], [`Error::NoSuchToken`], [`Error::LocationTaken`], [`Error::TooManyTokens`],
		/// [`Error::LocationNotShortest`], [`Error::NotOursToName`], [`Error::ReserveIsNoChain`],
		/// [`Error::NotItsReserve`], [`Error::BadVersion`].
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::register())]
		pub fn register(
			origin: OriginFor<T>,
			asset: T::AssetId,
			location: Box<VersionedLocation>,
			reserve: Box<VersionedLocation>,
			#[pallet::compact] cap: u128,
		) -> DispatchResult {
			T::AssetManager::ensure_origin(origin)?;
			Self::do_register(asset, latest::<T>(*location)?, latest::<T>(*reserve)?, Amount(cap))
		}

		/// Sets how much of a token may be issued at most. Below what is issued, nothing more comes in, and what is here
		/// stays. The asset manager may set any, the risk manager a lower one.
		///
		/// # Errors
		/// [`Error::UnknownToken`], and [`Error::OnlyLower`] for the risk manager.
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::set_cap())]
		pub fn set_cap(origin: OriginFor<T>, asset: T::AssetId, #[pallet::compact] cap: u128) -> DispatchResult {
			Self::do_set_cap(origin, asset, Amount(cap))
		}

		/// Takes a token's location away, when all of it that came in has left again. By the asset manager. What of it is in
		/// this chain's own trap is not counted, and cannot be claimed until the token is registered again.
		///
		/// # Errors
		/// [`Error::UnknownToken`], [`Error::StillIssued`].
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::unregister())]
		pub fn unregister(origin: OriginFor<T>, asset: T::AssetId) -> DispatchResult {
			T::AssetManager::ensure_origin(origin)?;
			Self::do_unregister(asset)
		}

		/// Takes what is issued of a token for what must be, after a mint by another way was looked into: it can leave again.
		/// The `issuance` is the one that was looked at, so that nothing changes in between. By root.
		///
		/// # Errors
		/// [`Error::UnknownToken`], [`Error::IssuanceMismatch`].
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::recount())]
		pub fn recount(origin: OriginFor<T>, asset: T::AssetId, #[pallet::compact] issuance: u128) -> DispatchResult {
			T::ResolveOrigin::ensure_origin(origin)?;
			Self::do_recount(asset, Amount(issuance))
		}

		/// Lets tokens leave for a chain, `limit` at once and as much again in each period: dollars with 18 decimals, and
		/// milliseconds. By the outflow manager.
		///
		/// # Errors
		/// [`Error::NotAChain`], [`Error::RouteExists`], [`Error::TooManyRoutes`], [`Error::LimitOutOfRange`].
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::open_route())]
		pub fn open_route(
			origin: OriginFor<T>,
			destination: Box<VersionedLocation>,
			limit: FlowLimit,
		) -> DispatchResult {
			T::OutflowManager::ensure_origin(origin)?;
			Self::do_open_route(latest::<T>(*destination)?, limit)
		}

		/// Sets how much may leave for a chain. What left lately counts on. By the outflow manager.
		///
		/// # Errors
		/// [`Error::NoRoute`], [`Error::LimitOutOfRange`].
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::set_route_limit())]
		pub fn set_route_limit(
			origin: OriginFor<T>,
			destination: Box<VersionedLocation>,
			limit: FlowLimit,
		) -> DispatchResult {
			T::OutflowManager::ensure_origin(origin)?;
			Self::do_set_route_limit(latest::<T>(*destination)?, limit)
		}

		/// Lets nothing leave for a chain any more. What is on its way still settles. By the outflow manager.
		///
		/// # Errors
		/// [`Error::NoRoute`].
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::close_route())]
		pub fn close_route(origin: OriginFor<T>, destination: Box<VersionedLocation>) -> DispatchResult {
			T::OutflowManager::ensure_origin(origin)?;
			Self::do_close_route(latest::<T>(*destination)?)
		}

		/// Lets nothing leave for a chain until the route is resumed. By the risk manager or the outflow manager.
		///
		/// # Errors
		/// [`Error::NoRoute`].
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::pause_route())]
		pub fn pause_route(origin: OriginFor<T>, destination: Box<VersionedLocation>) -> DispatchResult {
			Self::do_pause_route(origin, latest::<T>(*destination)?)
		}

		/// Ends a pause. By the outflow manager.
		///
		/// # Errors
		/// [`Error::NoRoute`].
		#[pallet::call_index(8)]
		#[pallet::weight(T::WeightInfo::resume_route())]
		pub fn resume_route(origin: OriginFor<T>, destination: Box<VersionedLocation>) -> DispatchResult {
			T::OutflowManager::ensure_origin(origin)?;
			Self::do_resume_route(latest::<T>(*destination)?)
		}

		/// Sends tokens out of the sender's margin account to `beneficiary` on another chain, as that chain sees it:
		/// `amount` of them in smallest units, or all that the account has. The destination is the chain that keeps the
		/// token, or any with a route for tokens of this one. `remote_fee` of the amount is set aside for fees over there, and
		/// what is left of it goes to the beneficiary. The wallet pays for delivery.
		///
		/// Set aside plenty, and at least what the route asks for: a fee that does not pay for the execution over there stops
		/// it before anything is paid out, and before anything could be reported. The flight then stays as it is until
		/// governance resolves it. A fee that pays for the execution but not for the report leaves you to look there yourself:
		/// what you find in the trap you may claim when the flight is `gateway.minAge` old.
		///
		/// Margin, limits and pauses are those of any withdrawal, and those of the route on top. What left counts for
		/// nothing here, and `gateway.flights` holds it until the other chain reports: [`Event::Arrived`], or
		/// [`Event::PayoutFailed`], after which [`Pallet::claim_abroad`] gets it out of that chain's trap.
		///
		/// # Errors
		/// Those of a withdrawal; [`Error::UnknownToken`], [`Error::NotTheReserve`], [`Error::FeeOutOfRange`],
		/// [`Error::FeeTooSmall`], [`Error::TooManyInFlight`]; those of the route: [`Error::NothingLeaves`], [`Error::NoRoute`],
		/// [`Error::RoutePaused`], [`Error::IssuanceMismatch`], [`Error::NoUsablePrice`], [`Error::RouteLimitReached`]; and
		/// [`Error::DeliveryNotPaid`], [`Error::Unreachable`], [`Error::NotSent`], [`Error::BadVersion`].
		#[pallet::call_index(9)]
		#[pallet::weight(T::WeightInfo::withdraw_to())]
		pub fn withdraw_to(
			origin: OriginFor<T>,
			sub: SubAccount,
			asset: T::AssetId,
			amount: Option<u128>,
			destination: Box<VersionedLocation>,
			beneficiary: Box<VersionedLocation>,
			#[pallet::compact] remote_fee: u128,
		) -> DispatchResult {
			let owner = ensure_signed(origin)?;
			let order = Order {
				sub,
				amount: amount.map(Amount),
				destination,
				beneficiary,
				remote_fee: Amount(remote_fee),
			};
			Self::do_withdraw_to(owner, asset, order)
		}

		/// What another chain answered about tokens that were sent to it. Called by the chain's own XCM pallet alone, which
		/// hands on one answer: after one of another kind, the outcome is not heard any more. Only a program of the owner's
		/// own over there can bring that about.
		///
		/// # Errors
		/// [`Error::UnknownFlight`], [`Error::NotItsDestination`], [`Error::NothingAwaited`].
		#[pallet::call_index(10)]
		#[pallet::weight(T::WeightInfo::report())]
		pub fn report(origin: OriginFor<T>, query_id: FlightId, response: Response) -> DispatchResult {
			let responder = T::ResponseOrigin::ensure_origin(origin)?;
			Self::do_report(responder, query_id, response)
		}

		/// Gets tokens of a failed flight out of the other chain's trap. `trapped` is how much that chain holds, as its event
		/// `AssetsTrapped` tells, to the unit; `remote_fee` of it pays for the execution there. They go to the `beneficiary`
		/// that is given, as that chain sees it, and where none is given to the one before: name another if that one cannot
		/// be paid. The flight goes on under a new number. A claim that fails can be tried again.
		///
		/// Without a report of a failure the owner may claim when the flight's last message is `gateway.minAge` old. It
		/// gets out what is in the trap, and nothing else: if the tokens have arrived, it fails over there. A report on the
		/// message before is not heard any more. By the owner alone.
		///
		/// # Errors
		/// [`Error::UnknownFlight`], [`Error::NotTheOwner`], [`Error::NothingToClaim`], [`Error::MoreThanSent`],
		/// [`Error::FeeOutOfRange`], [`Error::FeeTooSmall`], [`Error::DeliveryNotPaid`], [`Error::Unreachable`],
		/// [`Error::BadVersion`].
		#[pallet::call_index(11)]
		#[pallet::weight(T::WeightInfo::claim_abroad())]
		pub fn claim_abroad(
			origin: OriginFor<T>,
			query_id: FlightId,
			#[pallet::compact] trapped: u128,
			#[pallet::compact] remote_fee: u128,
			beneficiary: Option<Box<VersionedLocation>>,
		) -> DispatchResult {
			let owner = ensure_signed(origin)?;
			Self::do_claim_abroad(owner, query_id, Amount(trapped), Amount(remote_fee), beneficiary)
		}

		/// Settles a flight of which no report came, by what was found on the other chain: pays it back to the owner's
		/// wallet if the message was refused there as a whole, ends it if the owner has the tokens, or lets the owner claim
		/// them. By root, and not before the flight has reached its age.
		///
		/// Before `Returned`, see that the message is neither in the trap nor in a queue of either chain: one that is only
		/// late would pay a second time. Where a fee was too small for the execution, the other chain holds it in its trap for
		/// this chain, not for the owner: the owner gets the whole amount back here, and governance the fee there. Paying
		/// back needs room under the token's cap: raise a cap that was lowered since.
		///
		/// # Errors
		/// [`Error::UnknownFlight`], [`Error::TooEarly`], [`Error::NotSuchAnOutcome`], [`Error::CannotPayBack`].
		#[pallet::call_index(12)]
		#[pallet::weight(T::WeightInfo::resolve())]
		pub fn resolve(origin: OriginFor<T>, query_id: FlightId, outcome: Outcome) -> DispatchResult {
			T::ResolveOrigin::ensure_origin(origin)?;
			Self::do_resolve(query_id, outcome)
		}

		/// Sets the least that a withdrawal to a chain sets aside for its execution there, in dollars with 18 decimals, so
		/// that nobody's tokens get stuck for want of a fee. By the outflow manager.
		///
		/// # Errors
		/// [`Error::NoRoute`].
		#[pallet::call_index(13)]
		#[pallet::weight(T::WeightInfo::set_least_fee())]
		pub fn set_least_fee(
			origin: OriginFor<T>,
			destination: Box<VersionedLocation>,
			#[pallet::compact] least_fee: u128,
		) -> DispatchResult {
			T::OutflowManager::ensure_origin(origin)?;
			Self::do_set_least_fee(latest::<T>(*destination)?, Amount(least_fee))
		}
	}
}
