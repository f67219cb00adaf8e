//! Answers for clients: the same code that decides, read only.

use crate::{
	offer::{usable, Scene},
	Auctions, Config, Good, Level, Levels, Pallet,
};
use alloc::vec::Vec;
use codec::{Decode, Encode};
use margin_math::{Amount, Price};
use margin_risk::Verdict;
use scale_info::TypeInfo;
use sp_runtime::RuntimeDebug;

/// What is for sale of an asset, and how its auction stands.
#[derive(Encode, Decode, TypeInfo, Clone, PartialEq, Eq, RuntimeDebug)]
pub struct AuctionView<AssetId> {
	/// The asset.
	pub asset: AssetId,
	/// Number of the round that runs, or ran last. 0: the auction has not begun.
	pub round: u32,
	/// What is on offer, in smallest units.
	pub on_offer: Amount,
	/// The clock's price in this block, in dollars per whole unit. `None` while nothing can be had.
	pub price: Option<Price>,
	/// Nothing is sold below this in the round that runs, in dollars per whole unit.
	pub floor: Option<Price>,
	/// When the round that runs began, in milliseconds of unix time.
	pub started_at: Option<u64>,
	/// When it comes to its lowest price, in milliseconds of unix time.
	pub ends_at: Option<u64>,
	/// How often its floor has stepped down for want of a buyer.
	pub step: u32,
	/// What is paused.
	pub level: Level,
	/// The live price, in dollars per whole unit.
	pub live: Price,
	/// Whether it may be acted on.
	pub verdict: Verdict,
}

/// What may be paid with.
#[derive(Encode, Decode, TypeInfo, Clone, PartialEq, Eq, RuntimeDebug)]
pub struct PaymentView<AssetId> {
	/// The asset.
	pub asset: AssetId,
	/// How much of it is taken, in smallest units: what the house owes.
	pub most: Amount,
	/// The price at which it counts, in dollars per whole unit. `None` while it has none that may be acted on.
	pub price: Option<Price>,
}

impl<T: Config> Pallet<T> {
	/// Everything for sale, ascending by asset.
	pub fn auctions() -> Vec<AuctionView<T::AssetId>> {
		let scene = Scene::<T>::load();
		let view = |good: &Good<T::AssetId>| {
			let asset = good.asset;
			let auction = Auctions::<T>::get(asset);
			let round = auction.and_then(|auction| auction.round);
			AuctionView {
				asset,
				round: auction.map_or(0, |auction| auction.rounds),
				on_offer: good.amount,
				price: scene.offer(asset).ok().map(|offer| offer.price),
				floor: round.and_then(|round| round.floor()),
				started_at: round.map(|round| round.started_at),
				ends_at: round.map(|round| round.ends_at),
				step: round.map_or(0, |round| round.step),
				level: Levels::<T>::get(asset),
				live: good.quote.live,
				verdict: good.quote.verdict,
			}
		};
		scene.goods.iter().map(view).collect()
	}

	/// What may be paid with, ascending by asset.
	pub fn payments() -> Vec<PaymentView<T::AssetId>> {
		let view = |debt: &Good<T::AssetId>| PaymentView {
			asset: debt.asset,
			most: debt.amount,
			price: usable(debt),
		};
		Scene::<T>::load().owed.iter().map(view).collect()
	}
}
