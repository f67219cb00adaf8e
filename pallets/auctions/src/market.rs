//! The market is a buyer like any other: it gets some when it pays the clock's price.
//!
//! How much at once is the house's to decide, so that its sales do not drive the price that the next one gets.

use crate::{
	offer::{Offer, Scene},
	Auctions, Config, Error, Event, Pallet, Seller,
};
use frame_support::ensure;
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::{traits::Saturating, DispatchError, DispatchResult};

/// Blocks after which a finding is too old to be used.
pub(crate) const FINDING_LIFE: u32 = 5;

/// What an offchain worker has found: that the market pays the clock's price, in a round, after a block of this chain.
pub(crate) struct Finding<T: Config> {
	pub asset: T::AssetId,
	pub round: u32,
	pub at: BlockNumberFor<T>,
	pub hash: T::Hash,
}

impl<T: Config> Finding<T> {
	/// Whether it names one of the last blocks before this one.
	fn is_fresh(&self) -> bool {
		let now = frame_system::Pallet::<T>::block_number();
		self.at < now
			&& now.saturating_sub(self.at) <= FINDING_LIFE.into()
			&& frame_system::Pallet::<T>::block_hash(self.at) == self.hash
	}

	/// The validity of `sell_to_market_unsigned`, and the first half of its dispatch. Cheap checks come first.
	pub fn check(&self) -> Result<(Scene<T>, Offer<T>), Error<T>> {
		ensure!(self.is_fresh(), Error::<T>::StaleFinding);
		self.check_offer()
	}

	/// Whether something can be sold as it says.
	pub fn check_offer(&self) -> Result<(Scene<T>, Offer<T>), Error<T>> {
		let auction = Auctions::<T>::get(self.asset).ok_or(Error::<T>::NothingOnOffer)?;
		ensure!(auction.rounds == self.round, Error::<T>::WrongRound);
		let scene = Scene::<T>::load();
		let offer = scene.offer(self.asset)?;
		ensure!(
			T::Seller::market_pays(self.asset, offer.price),
			Error::<T>::MarketPaysLess
		);
		Ok((scene, offer))
	}
}

impl<T: Config> Pallet<T> {
	/// The dispatch of `sell_to_market`.
	pub(crate) fn do_sell_to_market(asset: T::AssetId) -> DispatchResult {
		let scene = Scene::<T>::load();
		let offer = scene.offer(asset)?;
		Self::sell(&scene, offer)
	}

	/// The dispatch of `sell_to_market_unsigned`.
	pub(crate) fn do_sell_to_market_unsigned(finding: &Finding<T>) -> DispatchResult {
		let (scene, offer) = finding.check()?;
		Self::sell(&scene, offer)
	}

	/// Sells to the market at the clock's price or better.
	///
	/// # Errors
	/// `MarketPaysLess` when nothing could be sold so; what the house refuses.
	pub(crate) fn sell(scene: &Scene<T>, offer: Offer<T>) -> Result<(), DispatchError> {
		let (asset, price) = (offer.good.asset, offer.price);
		let sold = T::Seller::sell_to_market(asset, price)?.ok_or(Error::<T>::MarketPaysLess)?;
		offer.note_sale(sold.amount_in, &scene.rules)?;
		Self::deposit_event(Event::SoldToMarket {
			asset,
			amount: sold.amount_in,
			bought: sold.bought,
			amount_out: sold.amount_out,
			price,
		});
		Ok(())
	}
}
