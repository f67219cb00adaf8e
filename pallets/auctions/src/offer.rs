//! What is on offer now, and for how much.

use crate::{
	round::{Auction, NoPrice, Sight},
	Auctions, Config, CurrentRules, Error, Good, Level, Levels, Pallet, Rules, Seller,
};
use alloc::vec::Vec;
use frame_support::{ensure, traits::Time};
use margin_math::{Amount, Price, Rounding, Value};

/// What the house holds and owes, and by which rules it is sold: read once for whatever is done with it.
pub(crate) struct Scene<T: Config> {
	pub goods: Vec<Good<T::AssetId>>,
	pub owed: Vec<Good<T::AssetId>>,
	pub rules: Rules,
	pub now: u64,
}

impl<T: Config> Scene<T> {
	pub fn load() -> Self {
		let (mut goods, mut owed) = (T::Seller::for_sale(), T::Seller::owed());
		goods.retain(|good| !good.amount.is_zero());
		owed.retain(|good| !good.amount.is_zero());
		Self {
			goods,
			owed,
			rules: CurrentRules::<T>::get(),
			now: T::Time::now(),
		}
	}

	/// What of `asset` is for sale.
	pub fn good(&self, asset: T::AssetId) -> Option<&Good<T::AssetId>> {
		self.goods.iter().find(|good| good.asset == asset)
	}

	/// What of `asset` is owed.
	pub fn debt(&self, asset: T::AssetId) -> Option<&Good<T::AssetId>> {
		self.owed.iter().find(|good| good.asset == asset)
	}

	/// The price at which `good` can be sold. None while it has none that may be acted on, or nothing may be had for it.
	pub fn live(&self, good: &Good<T::AssetId>) -> Option<Price> {
		let payable = self.owed.iter().any(|debt| usable(debt).is_some());
		usable(good).filter(|_| payable)
	}

	/// What the clock of the auction of `good` goes by.
	pub fn sight(&self, good: &Good<T::AssetId>, level: Level) -> Sight {
		let live = self.live(good);
		let worth = live.and_then(|live| live.value_of(good.amount, good.decimals, Rounding::Down));
		Sight {
			now: self.now,
			live,
			lot: good.amount,
			worthwhile: worth.is_some_and(|worth| worth >= self.rules.least_take),
			level,
		}
	}

	/// What is on offer of `asset` at the clock's price.
	///
	/// # Errors
	/// `NothingOnOffer`, `Paused`, `PriceUnusable`, `BetweenRounds`, `BelowFloor`: why it cannot be had now.
	pub fn offer(&self, asset: T::AssetId) -> Result<Offer<T>, Error<T>> {
		ensure!(Levels::<T>::get(asset) < Level::NoTake, Error::<T>::Paused);
		let auction = Auctions::<T>::get(asset).ok_or(Error::<T>::NothingOnOffer)?;
		let good = *self.good(asset).ok_or(Error::<T>::NothingOnOffer)?;
		let live = self.live(&good).ok_or(Error::<T>::PriceUnusable)?;
		let price = auction.price(self.now, live)?;
		Ok(Offer { good, auction, price })
	}
}

/// The live price of what is held or owed, if it may be acted on.
pub(crate) fn usable<AssetId>(good: &Good<AssetId>) -> Option<Price> {
	let live = good.quote.live;
	(good.quote.is_usable() && !live.is_zero()).then_some(live)
}

/// Something on offer.
pub(crate) struct Offer<T: Config> {
	pub good: Good<T::AssetId>,
	pub auction: Auction,
	/// Dollars per whole unit.
	pub price: Price,
}

impl<T: Config> Offer<T> {
	/// Dollars that `amount` of it costs, before rounding to the asset it is paid with.
	pub fn cost(&self, amount: Amount, rounding: Rounding) -> Result<Value, Error<T>> {
		self.price
			.value_of(amount, self.good.decimals, rounding)
			.ok_or(Error::<T>::Overflow)
	}

	/// Notes that `amount` of it was sold. An auction that has sold out is closed.
	pub fn note_sale(mut self, amount: Amount, rules: &Rules) -> Result<(), Error<T>> {
		let asset = self.good.asset;
		let left = self.good.amount.saturating_sub(amount);
		if left.is_zero() {
			Pallet::<T>::close(asset, &self.auction);
			return Ok(());
		}
		let worthwhile = self.cost(left, Rounding::Down)? >= rules.least_take;
		self.auction.note_lot(left, worthwhile);
		Auctions::<T>::insert(asset, self.auction);
		Ok(())
	}
}

impl<T> From<NoPrice> for Error<T> {
	fn from(error: NoPrice) -> Self {
		match error {
			NoPrice::BetweenRounds => Self::BetweenRounds,
			NoPrice::BelowFloor => Self::BelowFloor,
			NoPrice::Overflow => Self::Overflow,
		}
	}
}
