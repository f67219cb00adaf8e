#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(
	test,
	allow(
		clippy::unwrap_used,
		clippy::expect_used,
		clippy::panic,
		clippy::indexing_slicing,
		clippy::arithmetic_side_effects,
		missing_docs
	)
)]
//! # Auctions
//!
//! Dutch auctions of what a house holds, one rolling auction for each asset. The [`Seller`] keeps the books; this pallet
//! decides when something is sold, and for how much.
//!
//! ## The clock
//!
//! A round lasts a fixed time. In it the price falls evenly from a premium over the live price to a discount:
//!
//! ```text
//! price(t) = live price * (top - (top - bottom) * t / duration)        rounded up
//! floor    = live price when the round began * bottom                  nothing is sold below
//! ```
//!
//! It is a share of the **live** price and not of the one at which the round began. A price that was fixed at the start
//! goes stale while the market moves: when the market rises it is picked off, and when it falls nobody comes until the
//! clock has caught up. So one follows the market in both directions, and the clock finds only what the lot is worth
//! against it. The floor is fixed all the same: a crash within a round sells nothing below it, and the round starts anew
//! at the lower price.
//!
//! ## Every lot ends
//!
//! A round ends when its time is up, or earlier when the live price has moved too far. After some rounds' time without a
//! buyer the floor steps down, to a governed minimum; when that found no buyer either, the lot goes in kind to the
//! suppliers ([`Seller::hand_out`]). The time is counted by the clock and not by rounds, so a price that moves in every
//! block does not hold it up. It begins again when the lot has moved by more than a tenth: sold, because then there are
//! buyers, or grown, because a fresh lot must not be sold at a floor that stepped down for another. Time in which nothing
//! can be bought does not count.
//!
//! ## Buyers
//!
//! Anyone takes any part with [`Pallet::take`], paying with what the house owes. The market is a buyer like any other,
//! for as much at once as the house allows: the chain itself offers it the lot in every block, anyone may do so by
//! [`Pallet::sell_to_market`], and validators' offchain workers do so unsigned. So a lot clears with every keeper off and
//! every block full.
//!
//! ## What it needs
//!
//! A [`Seller`], a clock, and prices that do not change within a block. In the runtime it comes behind the pallet that
//! fills the house, so that what is seized in a block is on offer in it.

extern crate alloc;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod errors;
mod events;
mod invariants;
mod market;
#[cfg(test)]
mod mock;
mod offer;
mod pausing;
mod round;
mod rounds;
pub mod rules;
mod seller;
mod taking;
#[cfg(test)]
mod tests;
mod views;
pub mod weights;
pub mod worker;

pub use pallet::*;
pub use pausing::Level;
pub use round::{Auction, Cause, Round};
pub use rules::{BadRules, Rules};
pub use seller::{Good, Seller, Sold, SubAccount};
pub use views::{AuctionView, PaymentView};
pub use weights::WeightInfo;

use frame_support::pallet_macros::import_section;
use market::Finding;
use taking::Order;

/// Target of the pallet's log lines.
pub const LOG_TARGET: &str = "auctions";

// The macro's own code expects what it has just built, and converts what needs no conversion; ours lives in the modules.
#[allow(clippy::expect_used, clippy::useless_conversion)]
#[import_section(events::events)]
#[import_section(errors::errors)]
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use core::marker::PhantomData;
	use frame_support::{pallet_prelude::*, traits::Time, weights::WeightMeter};
	use frame_system::{offchain::CreateBare, pallet_prelude::*};
	use margin_math::{Amount, Price};

	/// What the pallet needs from its runtime.
	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> + CreateBare<Call<Self>> {
		/// Names an asset.
		type AssetId: Parameter + Member + MaxEncodedLen + Copy + Ord;
		/// The house whose goods are sold.
		type Seller: Seller<Self::AccountId, Self::AssetId>;
		/// The chain's time in milliseconds.
		type Time: Time<Moment = u64>;
		/// May change the rules.
		type ManagerOrigin: EnsureOrigin<Self::RuntimeOrigin>;
		/// May pause an asset's auction, and open it again.
		type PauseOrigin: EnsureOrigin<Self::RuntimeOrigin>;
		/// Most auctions at a time: as many as the house may hold assets.
		#[pallet::constant]
		type MaxLots: Get<u32>;
		/// Priority in the pool of an unsigned sale.
		#[pallet::constant]
		type UnsignedPriority: Get<TransactionPriority>;
		/// Weights of the calls and hooks.
		type WeightInfo: WeightInfo;
	}

	/// The pallet.
	#[pallet::pallet]
	pub struct Pallet<T>(_);

	/// The auctions, one for each asset that the house sells.
	#[pallet::storage]
	pub type Auctions<T: Config> = CountedStorageMap<_, Twox64Concat, T::AssetId, Auction>;

	/// What is paused of an asset's auction. An asset without an entry is not paused.
	#[pallet::storage]
	pub type Levels<T: Config> = StorageMap<_, Twox64Concat, T::AssetId, Level, ValueQuery>;

	/// The rules of the clock.
	#[pallet::storage]
	pub type CurrentRules<T: Config> = StorageValue<_, Rules, ValueQuery>;

	/// The asset at which the walk over the lots had to stop. None: it came to its end.
	#[pallet::storage]
	pub type Cursor<T: Config> = StorageValue<_, T::AssetId>;

	/// The rules that the chain starts with.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// The rules.
		pub rules: Rules,
		/// No more than the runtime's mark.
		#[serde(skip)]
		pub marker: PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			let checked = self.rules.check();
			assert!(checked.is_ok(), "auctions: the genesis rules are out of their ranges");
			CurrentRules::<T>::put(self.rules);
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_poll(_: BlockNumberFor<T>, meter: &mut WeightMeter) {
			Self::tend_lots(meter);
		}

		fn on_idle(_: BlockNumberFor<T>, limit: Weight) -> Weight {
			let mut meter = WeightMeter::with_limit(limit);
			Self::tend_rest(&mut meter);
			meter.consumed()
		}

		fn offchain_worker(_: BlockNumberFor<T>) {
			Self::run_worker();
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}

		fn integrity_test() {
			assert!(T::MaxLots::get() > 0, "auctions: no lot could ever be sold");
			let most = T::BlockWeights::get().max_block;
			assert!(
				most.all_gte(T::WeightInfo::poll_base().saturating_add(Self::lot_weight())),
				"auctions: a block does not fit the turn of one lot"
			);
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Takes `amount` of `asset` at the clock's price, into your margin account `sub`. The largest number takes all
		/// that is on offer. You pay with `pay_with`, which the house must owe and your account must hold: the value at
		/// the clock's price, at the live price of what you pay with, rounded up. If the house owes less of it, you get so
		/// much less.
		///
		/// `max_price` is the most that you pay, in dollars per whole unit with 18 decimals: the price only falls within
		/// a round, but the next round may have begun when your call is included.
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::take())]
		pub fn take(
			origin: OriginFor<T>,
			asset: T::AssetId,
			#[pallet::compact] amount: u128,
			max_price: Price,
			pay_with: T::AssetId,
			sub: SubAccount,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			let order = Order {
				asset,
				amount,
				max_price,
				pay_with,
				sub,
			};
			Self::do_take(&who, order)
		}

		/// Sells some of `asset` to the market, if it pays the clock's price. Anyone may call this, and pays no fee when
		/// something is sold.
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::sell_to_market())]
		pub fn sell_to_market(origin: OriginFor<T>, asset: T::AssetId) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			Self::do_sell_to_market(asset)?;
			Ok(Pays::No.into())
		}

		/// Sells some of `asset` to the market in `round`, as some validator's offchain worker found it after block `at`
		/// with the hash `hash`. Unsigned and free: it is valid only when the market pays. In the pool a refusal is told
		/// by a number: 1 nothing on offer, 2 paused, 3 no usable price, 4 the market pays less, 5 anything else; a wrong
		/// round reads as stale or future, a block that is not one of the last as an ancient birth block.
		#[pallet::call_index(2)]
		#[pallet::weight((
			T::WeightInfo::sell_to_market_unsigned().saturating_add(T::WeightInfo::check_market()),
			DispatchClass::Operational,
		))]
		pub fn sell_to_market_unsigned(
			origin: OriginFor<T>,
			asset: T::AssetId,
			round: u32,
			at: BlockNumberFor<T>,
			hash: T::Hash,
		) -> DispatchResult {
			ensure_none(origin)?;
			Self::do_sell_to_market_unsigned(&Finding { asset, round, at, hash })
		}

		/// Pauses the auction of `asset`, or opens it again. For the pause origin.
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::set_level())]
		pub fn set_level(origin: OriginFor<T>, asset: T::AssetId, level: Level) -> DispatchResult {
			T::PauseOrigin::ensure_origin(origin)?;
			Self::do_set_level(asset, level);
			Ok(())
		}

		/// Changes the rules of the clock. They take hold with each asset's next round. For the manager.
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::set_rules())]
		pub fn set_rules(origin: OriginFor<T>, rules: Rules) -> DispatchResult {
			T::ManagerOrigin::ensure_origin(origin)?;
			rules.check().map_err(Error::<T>::from)?;
			CurrentRules::<T>::put(rules);
			Self::deposit_event(Event::RulesSet { rules });
			Ok(())
		}
	}

	#[pallet::validate_unsigned]
	impl<T: Config> ValidateUnsigned for Pallet<T> {
		type Call = Call<T>;

		fn validate_unsigned(_: TransactionSource, call: &Self::Call) -> TransactionValidity {
			let Call::sell_to_market_unsigned { asset, round, at, hash } = call else {
				return InvalidTransaction::Call.into();
			};
			let finding = Finding::<T> {
				asset: *asset,
				round: *round,
				at: *at,
				hash: *hash,
			};
			finding.check().map_err(|error| match error {
				Error::StaleFinding => InvalidTransaction::AncientBirthBlock,
				Error::WrongRound => match Auctions::<T>::get(asset) {
					Some(auction) if auction.rounds < *round => InvalidTransaction::Future,
					_ => InvalidTransaction::Stale,
				},
				Error::NothingOnOffer => InvalidTransaction::Custom(1),
				Error::Paused => InvalidTransaction::Custom(2),
				Error::PriceUnusable => InvalidTransaction::Custom(3),
				Error::MarketPaysLess => InvalidTransaction::Custom(4),
				_ => InvalidTransaction::Custom(5),
			})?;
			ValidTransaction::with_tag_prefix("MarginAuction")
				.and_provides((asset, round, at))
				.priority(T::UnsignedPriority::get())
				.longevity(market::FINDING_LIFE.into())
				.propagate(true)
				.build()
		}
	}
}
