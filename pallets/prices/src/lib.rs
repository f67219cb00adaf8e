//! The guarded view of the oracle.
//!
//! An oracle says what operators report. Whether money may move on it is another question, and this pallet answers it,
//! once for everybody: **one price per key and block**. `on_finalize` of block `n` latches every guarded key, and the
//! pool, the keeper and every call of block `n + 1` read what was latched. Within a block nobody can choose between an
//! old price and a new one.
//!
//! A latched price comes as a [`Quote`](margin_risk::Quote): the live price, the stable price that follows it at a
//! bounded speed ([`margin_risk::stable`]), what is held back, and a [`Verdict`]. Only a usable price may carry new risk or a
//! liquidation. The rule is a pure function with its own tests ([`mod@latch`]); what governance can ask of a key is its
//! [`Guard`]; the oracle stands behind [`OracleReader`], with [`OrmlOracle`] for `orml-oracle` and [`MedianOfFresh`] as
//! its way of combining the operators' values.
//!
//! The age of a price is judged when it is read, against the block's own time: after a gap it is stale in the very
//! first block, before any latch has run.
//!
//! From the prices that it takes over the pallet also tells how volatile a key is and how two keys move together: it is
//! the [`VolatilitySource`](margin_risk::VolatilitySource) of the margins ([`volatility`]).
//!
//! A guard may delay a price, but never marks anything below or above what was reported: what is latched is always a
//! price that the oracle gave.

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

mod combine;
mod guard;
mod invariants;
pub mod latch;
mod latching;
mod oracle;
pub mod volatility;
pub mod weights;

#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarking;

#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;

pub use combine::MedianOfFresh;
pub use guard::{
	Guard, GuardError, BAND_RANGE_PPM, HOLD_RANGE, HOLD_ROUNDS_RANGE, MAX_AGE_RANGE, MIN_OPERATORS_RANGE,
	STABLE_SPEED_RANGE_PPM,
};
pub use latch::{Held, Latch};
pub use margin_risk::Verdict;
pub use oracle::{OracleReader, OrmlOracle, Reading};
pub use pallet::*;
pub use volatility::Record;
pub use weights::WeightInfo;

// What the macro generates uses `expect`, on sizes known when it compiles and on metadata.
#[allow(clippy::expect_used)]
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use alloc::vec::Vec;
	use frame_support::{pallet_prelude::*, traits::UnixTime};
	use frame_system::pallet_prelude::*;
	use margin_math::Price;

	/// What this pallet needs from its runtime.
	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// What a price is filed under: the oracle's key.
		type Key: Parameter + Member + Copy + Ord + MaxEncodedLen + MaybeSerializeDeserialize;

		/// Where the readings come from.
		type Oracle: OracleReader<Self::Key>;

		/// The chain's clock.
		type Time: UnixTime;

		/// How long a bucket of prices takes, of which volatility is made, in milliseconds: five minutes, as the constants
		/// of the estimate are fitted for. Less compresses their time, which is for demonstrations.
		type Bucket: Get<u64>;

		/// Who may set and remove guards.
		type AdminOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// How many keys may be guarded, which bounds the work at the end of a block.
		#[pallet::constant]
		type MaxKeys: Get<u32>;

		/// What calls and hooks weigh.
		type WeightInfo: WeightInfo;

		/// Keys and feeds for benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: benchmarking::BenchmarkHelper<Self::Key>;
	}

	/// The pallet.
	#[pallet::pallet]
	pub struct Pallet<T>(_);

	/// What is asked of each key's price. A key without a guard is not latched.
	#[pallet::storage]
	pub type Guards<T: Config> = CountedStorageMap<_, Blake2_128Concat, T::Key, Guard>;

	/// What was latched for each key. One read gives a quote.
	#[pallet::storage]
	pub type Latched<T: Config> = StorageMap<_, Blake2_128Concat, T::Key, Latch>;

	/// How volatile each guarded key is, and how it moves together with smaller keys. Written once in five minutes. It
	/// goes with the guard: a key that is guarded again is one without a history.
	#[pallet::storage]
	pub type Volatilities<T: Config> = StorageMap<_, Blake2_128Concat, T::Key, Record<T>>;

	/// The guards that the chain starts with.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// Keys and their guards.
		pub guards: Vec<(T::Key, Guard)>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			for (key, guard) in &self.guards {
				assert!(
					guard.check().is_ok(),
					"prices: the genesis guard of {key:?} is out of its ranges"
				);
				Guards::<T>::insert(key, guard);
			}
			assert!(
				Guards::<T>::count() <= T::MaxKeys::get(),
				"prices: more genesis guards than MaxKeys"
			);
		}
	}

	/// What happened to a price.
	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A key's guard was set.
		GuardSet {
			/// The key.
			key: T::Key,
			/// Its guard from now on.
			guard: Guard,
		},
		/// A key's guard was removed. Its last price stays readable and is not usable, and its volatility is forgotten.
		GuardRemoved {
			/// The key.
			key: T::Key,
		},
		/// A key's price became usable or ceased to be.
		VerdictChanged {
			/// The key.
			key: T::Key,
			/// The verdict of the latch before.
			from: Verdict,
			/// The verdict now.
			to: Verdict,
		},
		/// A reading was outside the band, or the first one after a gap, and waits.
		HeldBack {
			/// The key.
			key: T::Key,
			/// The price that stays in force, dollars per whole unit.
			live: Price,
			/// The price that waits, dollars per whole unit.
			candidate: Price,
		},
		/// A price that was held back is in force now.
		Adopted {
			/// The key.
			key: T::Key,
			/// The price before, dollars per whole unit.
			from: Price,
			/// The price now, dollars per whole unit.
			to: Price,
		},
		/// For an hour or longer no price of the key was taken over. What it did meanwhile is unknown: until a whole hour
		/// has been seen again its volatility counts as larger, by the root of the hours that are missing, and margins
		/// that follow it with it.
		VolatilityWidened {
			/// The key.
			key: T::Key,
			/// How long, in milliseconds.
			gap: u64,
		},
	}

	/// Why a call was refused. Nothing has changed then.
	#[pallet::error]
	pub enum Error<T> {
		/// The maximum age is out of range: choose ten seconds to a day, in milliseconds.
		MaxAgeOutOfRange,
		/// The minimum number of operators is out of range: choose 1 to 100.
		MinOperatorsOutOfRange,
		/// The band is out of range: choose 0.1 % to 50 %, as an 18-decimal ratio.
		BandOutOfRange,
		/// The number of rounds is out of range: choose 1 to 20.
		HoldRoundsOutOfRange,
		/// The time for which a price is held back is out of range: choose one second to ten minutes, in milliseconds.
		HoldTimeOutOfRange,
		/// The speed of the stable price is out of range: choose 0.1 % to 1000 % an hour, as an 18-decimal ratio.
		StableSpeedOutOfRange,
		/// The chain guards as many keys as it can: remove a guard that is no longer needed first.
		TooManyKeys,
		/// The key has no guard: check its number against the `guards` of this pallet.
		UnknownKey,
	}

	impl<T> From<GuardError> for Error<T> {
		fn from(error: GuardError) -> Self {
			match error {
				GuardError::MaxAge => Self::MaxAgeOutOfRange,
				GuardError::MinOperators => Self::MinOperatorsOutOfRange,
				GuardError::Band => Self::BandOutOfRange,
				GuardError::HoldRounds => Self::HoldRoundsOutOfRange,
				GuardError::HoldTime => Self::HoldTimeOutOfRange,
				GuardError::StableSpeed => Self::StableSpeedOutOfRange,
			}
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_initialize(_now: BlockNumberFor<T>) -> Weight {
			T::WeightInfo::on_finalize(Guards::<T>::count())
		}

		fn on_finalize(_now: BlockNumberFor<T>) {
			Self::latch_all();
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_now: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Sets the guard of `key`, new or not. It takes hold with the latch at the end of this block.
		///
		/// # Errors
		/// [`Error::TooManyKeys`] for a new key when there is no room, and one error for each field out of its range.
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::set_guard().saturating_add(T::WeightInfo::on_finalize(1)))]
		pub fn set_guard(origin: OriginFor<T>, key: T::Key, guard: Guard) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			guard.check().map_err(Error::<T>::from)?;
			let has_room = Guards::<T>::contains_key(key) || Guards::<T>::count() < T::MaxKeys::get();
			ensure!(has_room, Error::<T>::TooManyKeys);
			Guards::<T>::insert(key, guard);
			Self::deposit_event(Event::GuardSet { key, guard });
			Ok(())
		}

		/// Removes the guard of `key`. Its last price stays readable, so that what is held of the asset can still be
		/// valued, but is not usable from this moment on. What is known of its volatility is forgotten: guarded again, the
		/// key starts without a history, and margins that follow it are at their cap until it has one.
		///
		/// # Errors
		/// [`Error::UnknownKey`] when the key has no guard.
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::remove_guard())]
		pub fn remove_guard(origin: OriginFor<T>, key: T::Key) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			ensure!(Guards::<T>::contains_key(key), Error::<T>::UnknownKey);
			Guards::<T>::remove(key);
			Self::retire(key);
			Self::forget_volatility(key);
			Self::deposit_event(Event::GuardRemoved { key });
			Ok(())
		}
	}
}
