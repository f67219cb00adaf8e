//! Risk parameters across chains: one chain tells others how much margin it asks for, and who listens can only tighten.
//!
//! # Publisher
//! Governance [opens a subscription](Pallet::open_subscription) for another parachain, and from then on the hook sends
//! it a [report](RiskReport) of the assets it wants at most once an interval, in weight that nobody else needs. A report
//! is one message: `UnpaidExecution`, a `Transact` of the call that the subscriber named with the report as its argument,
//! and `ExpectTransactStatus`, so that an adoption that fails shows as a message that failed. So a subscriber may run any
//! runtime that has such a call.
//!
//! The subscriber pays here, from the account that `SovereignAccountOf` names for it: what the router asks for, and
//! [`MessageFee`](Config::MessageFee). Who cannot pay is suspended at once, who cannot be reached after three failures in
//! a row; [`resume`](Pallet::resume), which anybody may call, sends a report and takes the subscription up again. No
//! subscriber's failure is in the way of another. In blocks that are full nothing is sent, and what subscribers adopted
//! runs out.
//!
//! # Subscriber
//! Governance [names one publisher](Pallet::set_publisher), and for how long a report counts. [`adopt`](Pallet::adopt)
//! takes its reports in, and [`adopted_maintenance`](Pallet::adopted_maintenance) is what the risk engine asks for: the
//! maintenance ratio that the publisher's own measure asks for.
//!
//! - **It can only tighten**: the engine takes the larger of its own ratio and the adopted one.
//! - **Within bounds**: the engine takes no more than 1.5 times its own ratio, and never more than 20 %. So a publisher
//!   that lies takes half of a margin more, and it comes into force no faster than the engine's pace allows.
//! - **It runs out**: a report counts from when it was made for as long as governance says, at most 30 minutes. A
//!   publisher that falls silent, and one that is dismissed, leaves the margins to the chain's own measure. What is in
//!   force then falls no faster than the engine's pace, so that one lost report changes little.
//! - **It is not passed on**: a report tells what the publisher measured itself, see [`AssetRisk::measured`].
//! - The ratio counts whatever the verdict on the price is: a storm in which oracles fall silent is when it is needed
//!   most, and it can only tighten. The price is shown and compared, and never acted upon.
//!
//! A report is refused that is older than the last one, too old, or from the future. An asset is skipped that is not
//! known here or whose ratios are out of range. A publisher starts in **shadow** if governance says so: its reports are
//! stored and shown, and nothing is adopted.
//!
//! # In a runtime
//! The barrier needs [`AllowReports`], so that reports are executed unpaid and nothing else of the publisher's is; the
//! call filter needs `adopt`; the origin converter needs `XcmPassthrough`. [`RiskBook`] and the asset locations are glued
//! to the margin system and the gateway, and `adopted_maintenance` to the risk engine.

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

mod adoption;
mod barrier;
mod book;
mod errors;
mod events;
mod invariants;
mod message;
mod publisher;
mod report;
mod subscriptions;
mod terms;
pub mod weights;

#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarking;

#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;

pub use adoption::{Adoption, Skip};
pub use barrier::AllowReports;
pub use book::{AssetRisk, RiskBook};
pub use pallet::*;
pub use report::{AssetReport, RiskReport, VersionedReport, MAX_REPORTED};
pub use terms::{PublisherTerms, State, Subscription, Terms, MAX_AGE, MAX_CLOCK_SKEW, MAX_FAILURES, MAX_PREFIX};
pub use weights::WeightInfo;

use alloc::boxed::Box;
use frame_support::{pallet_macros::import_section, traits::fungible};
use frame_system::Config as SystemConfig;
use xcm::latest::prelude::*;

/// A number of the smallest units of the native token.
pub type BalanceOf<T> = <<T as Config>::Currency as fungible::Inspect<<T as SystemConfig>::AccountId>>::Balance;

/// Terms of a subscription.
pub type TermsOf<T> = Terms<<T as Config>::AssetId, BalanceOf<T>>;

/// A subscription.
pub type SubscriptionOf<T> = Subscription<<T as Config>::AssetId, BalanceOf<T>>;

// What the macro generates uses `expect`, on sizes known when it compiles and on metadata.
#[allow(clippy::expect_used, clippy::useless_conversion)]
#[import_section(errors::errors)]
#[import_section(events::events)]
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use frame_support::{
		pallet_prelude::*,
		traits::{OnUnbalanced, UnixTime},
		weights::WeightMeter,
	};
	use frame_system::pallet_prelude::*;
	use sp_runtime::traits::MaybeEquivalence;
	use xcm_executor::traits::ConvertLocation;

	/// What this pallet needs from its runtime.
	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// An asset.
		type AssetId: Parameter + Member + Copy + Ord + MaxEncodedLen;

		/// Where assets are, as this chain sees it: both ways.
		type AssetLocations: MaybeEquivalence<Location, Self::AssetId>;

		/// The risk of this chain's assets.
		type Book: RiskBook<Self::AssetId>;

		/// The chain's clock.
		type Time: UnixTime;

		/// Who opens subscriptions and names the publisher.
		type FeedManager: EnsureOrigin<Self::RuntimeOrigin>;

		/// Chains that call by XCM with their own origin. Which of them is the publisher, governance says.
		type PublisherOrigin: EnsureOrigin<Self::RuntimeOrigin, Success = Location>;

		/// What hands messages over to other chains.
		type Router: SendXcm;

		/// Where this chain is in the world.
		type UniversalLocation: Get<InteriorLocation>;

		/// The native token, in which reports are paid.
		type Currency: fungible::Balanced<Self::AccountId> + fungible::Mutate<Self::AccountId>;

		/// The native token's location, as the router prices its messages.
		type NativeLocation: Get<Location>;

		/// Whose money pays for a subscriber's reports. A chain's sovereign account holds what backs the native token on
		/// that chain: who does not want fees to come out of it names an account apart.
		type SovereignAccountOf: ConvertLocation<Self::AccountId>;

		/// What a report costs beside its delivery, for this chain's work.
		#[pallet::constant]
		type MessageFee: Get<BalanceOf<Self>>;

		/// Where fees go. `()` burns them.
		type OnFees: OnUnbalanced<fungible::Credit<Self::AccountId, Self::Currency>>;

		/// The least time between two reports to a subscriber that may be agreed, in milliseconds.
		#[pallet::constant]
		type MinInterval: Get<u64>;

		/// Most subscriptions.
		#[pallet::constant]
		type MaxSubscriptions: Get<u32>;

		/// What calls and the hook weigh.
		type WeightInfo: WeightInfo;

		/// Subscribers and assets for benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: benchmarking::BenchmarkHelper;
	}

	/// The pallet.
	#[pallet::pallet]
	pub struct Pallet<T>(_);

	/// Who gets reports.
	#[pallet::storage]
	pub type Subscriptions<T: Config> = CountedStorageMap<_, Blake2_128Concat, Location, SubscriptionOf<T>>;

	/// Behind which subscriber the hook goes on.
	#[pallet::storage]
	pub type Cursor<T> = StorageValue<_, Location>;

	/// Before this time no report is due, in milliseconds of chain time.
	#[pallet::storage]
	pub type NextDue<T> = StorageValue<_, u64, ValueQuery>;

	/// Number of the last report that was sent, to whomever.
	#[pallet::storage]
	pub type Sequence<T> = StorageValue<_, u64, ValueQuery>;

	/// The publisher that this chain listens to.
	#[pallet::storage]
	pub type Publisher<T> = StorageValue<_, PublisherTerms>;

	/// What it reported last.
	#[pallet::storage]
	pub type Adopted<T: Config> = StorageValue<_, Adoption<T::AssetId>>;

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_idle(_now: BlockNumberFor<T>, limit: Weight) -> Weight {
			let mut meter = WeightMeter::with_limit(limit);
			Self::send_due(&mut meter);
			meter.consumed()
		}

		fn integrity_test() {
			assert!(
				T::MinInterval::get() > 0,
				"risk feed: reports must not be sent without a pause"
			);
			assert!(T::MaxSubscriptions::get() > 0, "risk feed: nobody may subscribe");
			let least = [
				T::WeightInfo::begin_round(),
				T::WeightInfo::look(),
				T::WeightInfo::read_book(),
				T::WeightInfo::send(),
			];
			let least = least.into_iter().fold(Weight::zero(), Weight::saturating_add);
			assert!(
				least.all_lte(T::BlockWeights::get().max_block.saturating_div(4)),
				"risk feed: a quarter of a block must be enough for a report"
			);
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_now: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Lets `subscriber` have reports, the first one at once. It pays for each from its account here.
		///
		/// # Errors
		/// [`Error::NotASibling`], [`Error::AlreadySubscribed`], [`Error::TooManySubscriptions`], [`Error::NoAccount`],
		/// [`Error::NoCall`], [`Error::IntervalTooShort`], [`Error::NothingToReport`] for an empty list of assets.
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::open_subscription())]
		pub fn open_subscription(origin: OriginFor<T>, subscriber: Location, terms: TermsOf<T>) -> DispatchResult {
			T::FeedManager::ensure_origin(origin)?;
			Self::open(subscriber, terms)
		}

		/// Gives a subscription other terms. The interval counts from the last report that was sent; a suspended
		/// subscription stays suspended.
		///
		/// # Errors
		/// [`Error::NotSubscribed`], [`Error::NoCall`], [`Error::IntervalTooShort`], [`Error::NothingToReport`] for an empty
		/// list of assets.
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::change_subscription())]
		pub fn change_subscription(origin: OriginFor<T>, subscriber: Location, terms: TermsOf<T>) -> DispatchResult {
			T::FeedManager::ensure_origin(origin)?;
			Self::change(subscriber, terms)
		}

		/// Ends a subscription.
		///
		/// # Errors
		/// [`Error::NotSubscribed`].
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::close_subscription())]
		pub fn close_subscription(origin: OriginFor<T>, subscriber: Location) -> DispatchResult {
			T::FeedManager::ensure_origin(origin)?;
			Self::close(subscriber)
		}

		/// Takes up a suspended subscription by sending a report at once, which the subscriber pays. Anybody may call it
		/// when the subscriber has money again and can be reached.
		///
		/// # Errors
		/// [`Error::NotSubscribed`], [`Error::NotSuspended`], [`Error::TooSoon`], and what is in the way of a report:
		/// [`Error::CannotPay`], [`Error::TooDear`], [`Error::FeeInOtherAsset`], [`Error::NotDelivered`],
		/// [`Error::NothingToReport`].
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::resume())]
		pub fn resume(origin: OriginFor<T>, subscriber: Location) -> DispatchResult {
			ensure_signed(origin)?;
			Self::take_up_again(subscriber)
		}

		/// Names the publisher whose reports are adopted, or nobody. With another one, what was adopted is forgotten.
		///
		/// # Errors
		/// [`Error::NotASibling`], [`Error::AgeOutOfRange`].
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::set_publisher())]
		pub fn set_publisher(origin: OriginFor<T>, publisher: Option<PublisherTerms>) -> DispatchResult {
			T::FeedManager::ensure_origin(origin)?;
			Self::name_publisher(publisher)
		}

		/// Takes a report in. The publisher calls it by XCM.
		///
		/// # Errors
		/// [`Error::NotThePublisher`], [`Error::NotNewer`], [`Error::TooOld`], [`Error::FromTheFuture`].
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::adopt(report.assets()))]
		pub fn adopt(origin: OriginFor<T>, report: Box<VersionedReport>) -> DispatchResult {
			let publisher = T::PublisherOrigin::ensure_origin(origin)?;
			Self::take_report(publisher, *report)
		}
	}
}
