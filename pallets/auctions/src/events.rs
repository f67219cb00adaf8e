//! What the pallet tells.

use frame_support::pallet_macros::pallet_section;

/// The pallet's events.
#[pallet_section]
mod events {
	/// What the pallet tells. Amounts are in an asset's smallest unit, prices in dollars per whole unit, times in
	/// milliseconds of unix time.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A round of an auction began: the price falls from a premium over the live price to the floor.
		RoundBegan {
			/// The asset on offer.
			asset: T::AssetId,
			/// Number of the round.
			round: u32,
			/// Why it began.
			cause: Cause,
			/// The live price now.
			reference: Price,
			/// Nothing is sold below this in the round.
			floor: Price,
			/// How often the floor has stepped down for want of a buyer.
			step: u32,
			/// When the price is at its lowest.
			ends_at: u64,
		},
		/// A round ended and none follows for now: the asset has no usable price, or is paused.
		Suspended {
			/// The asset.
			asset: T::AssetId,
			/// Number of the round that ended.
			round: u32,
		},
		/// A trader took some of what was on offer. It is a deposit of his margin account now.
		Taken {
			/// Owner of the account.
			who: T::AccountId,
			/// Number of the sub-account.
			sub: SubAccount,
			/// The asset he took.
			asset: T::AssetId,
			/// How much of it.
			amount: Amount,
			/// The asset he paid with.
			pay_with: T::AssetId,
			/// How much of that.
			payment: Amount,
			/// The clock's price.
			price: Price,
		},
		/// The market bought some of what was on offer, at the clock's price or a better one.
		SoldToMarket {
			/// The asset sold.
			asset: T::AssetId,
			/// How much was sold.
			amount: Amount,
			/// The asset bought.
			bought: T::AssetId,
			/// How much was bought.
			amount_out: Amount,
			/// The clock's price.
			price: Price,
		},
		/// Nobody bought, not even at the minimum price: the lot went in kind to the suppliers whose asset was owed for it.
		HandedOut {
			/// The asset.
			asset: T::AssetId,
			/// How much of it.
			amount: Amount,
			/// How many rounds it was on offer.
			rounds: u32,
		},
		/// An auction ended: everything is sold, or nothing is owed any more.
		Closed {
			/// The asset.
			asset: T::AssetId,
			/// How many rounds it had.
			rounds: u32,
		},
		/// What is paused of an asset's auction has changed.
		LevelSet {
			/// The asset.
			asset: T::AssetId,
			/// What is paused now.
			level: Level,
		},
		/// The rules have changed. They take hold with each asset's next round.
		RulesSet {
			/// The rules.
			rules: Rules,
		},
	}
}
