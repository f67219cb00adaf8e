//! What predictive models make of an asset's margin.
//!
//! A model that runs outside the chain may see a storm before the prices show it. Whoever runs one and is a **reporter**
//! (the runtime says who is) sends a **multiplier** for an asset: 1 to say nothing, up to [`MAX_MULTIPLIER`] to ask for
//! half as much again of the maintenance margin that the asset's own volatility asks for. A model can only tighten.
//!
//! The multiplier **in force** is the [median](Forecast::median) of what at least three reporters say, none of it older
//! than half an hour, and 1 otherwise: models that fall silent, and reporters who are dismissed, leave the margins where
//! the chain's own measure puts them. No hook counts the time: what is in force is worked out when it is asked for, from
//! what is stored, from who is a reporter then, and from the block's own time.
//!
//! Until governance trusts the models, they run in **shadow mode**: reports are taken and their median is told in events
//! and in the runtime API, and the multiplier in force is 1. A chain starts in shadow, as a whole and in each asset.
//!
//! What the multiplier does to a margin, and how fast, is not decided here: see the risk engine and the limits of the
//! margin system.

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

mod forecast;
mod invariants;
mod reporting;
mod views;
pub mod weights;

#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarking;

#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;

pub use forecast::{Forecast, Report, FREE_AFTER, LEAST_REPORTERS, MAX_MULTIPLIER, MAX_VALIDITY};
pub use pallet::*;
pub use views::MultiplierView;
pub use weights::WeightInfo;

// What the macro generates uses `expect`, on sizes known when it compiles and on metadata.
#[allow(clippy::expect_used, clippy::useless_conversion)]
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use frame_support::{
		pallet_prelude::*,
		traits::{ConstBool, Contains, SortedMembers, UnixTime},
	};
	use frame_system::pallet_prelude::*;
	use margin_math::Ratio;

	/// What this pallet needs from its runtime.
	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// What a multiplier is filed under: the asset.
		type Key: Parameter + Member + Copy + MaxEncodedLen;

		/// The keys that may be reported on.
		type Keys: Contains<Self::Key>;

		/// Who reports.
		type Reporters: SortedMembers<Self::AccountId>;

		/// The chain's clock.
		type Time: UnixTime;

		/// Who may switch shadow mode.
		type AdminOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// The least number of reporters whose median counts: at least [`LEAST_REPORTERS`].
		#[pallet::constant]
		type MinReporters: Get<u32>;

		/// Most reporters whose word on a key is kept, which bounds the work of reading a multiplier.
		#[pallet::constant]
		type MaxReporters: Get<u32>;

		/// For how long a report counts, in milliseconds: at most [`MAX_VALIDITY`].
		#[pallet::constant]
		type Validity: Get<u64>;

		/// What calls weigh.
		type WeightInfo: WeightInfo;

		/// Keys for benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: benchmarking::BenchmarkHelper<Self::Key>;
	}

	/// The pallet.
	#[pallet::pallet]
	pub struct Pallet<T>(_);

	/// What was reported on each key.
	#[pallet::storage]
	pub type Forecasts<T: Config> = StorageMap<_, Blake2_128Concat, T::Key, Forecast<T>, ValueQuery>;

	/// Whether every key is in shadow, whatever is said of each.
	#[pallet::storage]
	pub type Shadow<T> = StorageValue<_, bool, ValueQuery, ConstBool<true>>;

	/// What was reported, and what came of it.
	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A reporter reported.
		Reported {
			/// The reporter.
			reporter: T::AccountId,
			/// The asset.
			key: T::Key,
			/// The multiplier that the reporter's model asks for.
			multiplier: Ratio,
			/// What all reports on the asset come to now, also where they are in shadow; nothing while there are too few.
			median: Option<Ratio>,
		},
		/// Another multiplier is in force than was last told: the margin that the asset's volatility asks for is
		/// multiplied by it, and the margin in force follows no faster than its limits let it. That too few reports are
		/// left is told with the next one; `multipliers` of the runtime API knows at once.
		MultiplierChanged {
			/// The asset.
			key: T::Key,
			/// The multiplier last told.
			from: Ratio,
			/// The multiplier now.
			to: Ratio,
		},
		/// Shadow mode was switched. Where the whole or the asset is in shadow, the multiplier in force is 1.
		ShadowSet {
			/// The asset; nothing: all of them.
			key: Option<T::Key>,
			/// Whether reports are looked at only.
			shadow: bool,
		},
	}

	/// Why a call was refused. Nothing has changed then.
	#[pallet::error]
	pub enum Error<T> {
		/// The sender is no reporter: ask governance for a seat, or send from the account that has one.
		NotAReporter,
		/// There is nothing of this number to report on: check it against the listed assets.
		UnknownKey,
		/// The multiplier is out of range: choose 1 to 1.5, as an 18-decimal ratio.
		MultiplierOutOfRange,
		/// As many reporters as the chain keeps have reported on this asset: wait until a report of theirs expires.
		TooManyReporters,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(
				(1..=MAX_VALIDITY).contains(&T::Validity::get()),
				"forecast: reports must count for up to 30 minutes"
			);
			assert!(
				T::MinReporters::get() >= LEAST_REPORTERS,
				"forecast: no fewer than three reporters may move a margin"
			);
			assert!(
				T::MaxReporters::get() >= T::MinReporters::get(),
				"forecast: fewer reporters are kept than it takes"
			);
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_now: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Reports the multiplier that the sender's model asks for on an asset's maintenance margin, in the place of what
		/// the sender reported before. It counts for as long as `Validity` says, for as long as the sender is a reporter,
		/// and no more than any other report. The fee is returned to who has not reported on the asset for a minute.
		///
		/// # Errors
		/// [`Error::NotAReporter`], [`Error::UnknownKey`], [`Error::MultiplierOutOfRange`], and
		/// [`Error::TooManyReporters`] where there are more reporters than the chain keeps.
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::report())]
		pub fn report(origin: OriginFor<T>, key: T::Key, multiplier: Ratio) -> DispatchResultWithPostInfo {
			let reporter = ensure_signed(origin)?;
			Self::take_report(reporter, key, multiplier)
		}

		/// Says whether the reports on an asset, or those on all assets when no `key` is given, are looked at only. They
		/// count where neither the whole nor the asset is in shadow. What expired is forgotten on the way, so that putting
		/// an asset in shadow that is listed no more leaves nothing of it behind.
		///
		/// # Errors
		/// [`Error::UnknownKey`] for a key that cannot be reported on, unless it could once and is put in shadow.
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::set_shadow())]
		pub fn set_shadow(origin: OriginFor<T>, key: Option<T::Key>, shadow: bool) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::switch(key, shadow)
		}
	}
}
