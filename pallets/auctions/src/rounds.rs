//! What the chain does for the auctions in every block, whoever else is awake: rounds begin and end, floors step down,
//! the market gets what it pays for, and what nobody wants goes in kind.

use crate::{
	offer::Scene,
	round::{Auction, Cause, Next, Round, Sight},
	Auctions, Config, Cursor, Error, Event, Level, Levels, Pallet, Seller, WeightInfo, LOG_TARGET,
};
use alloc::vec::Vec;
use frame_support::{
	storage::with_storage_layer,
	traits::Get,
	weights::{Weight, WeightMeter},
};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	/// Looks after every lot, beginning behind the one where the last walk had to stop. One lot's error never stops
	/// the others.
	pub(crate) fn tend_lots(meter: &mut WeightMeter) {
		if !meter.can_consume(T::WeightInfo::poll_base().max(T::WeightInfo::poll_idle())) {
			return;
		}
		let stopped_at = Cursor::<T>::get();
		let (scene, lots) = Self::lots_behind(stopped_at);
		let idle = lots.is_empty() && scene.owed.is_empty();
		meter.consume(if idle {
			T::WeightInfo::poll_idle()
		} else {
			T::WeightInfo::poll_base()
		});
		let mut last = lots.last().copied();
		for asset in lots {
			if !meter.can_consume(Self::lot_weight()) {
				Cursor::<T>::set(last);
				return;
			}
			if let Err(error) = with_storage_layer(|| Self::tend_lot(meter, &scene, asset)) {
				log::warn!(target: LOG_TARGET, "the auction of {asset:?} stands still: {error:?}");
			}
			last = Some(asset);
		}
		if stopped_at.is_some() {
			Cursor::<T>::kill();
		}
	}

	/// Goes on where the walk of this block had to stop.
	pub(crate) fn tend_rest(meter: &mut WeightMeter) {
		if meter.try_consume(T::DbWeight::get().reads(1)).is_ok() && Cursor::<T>::exists() {
			Self::tend_lots(meter);
		}
	}

	/// Most that one lot may cost.
	pub(crate) fn lot_weight() -> Weight {
		T::WeightInfo::tend_lot()
			.saturating_add(T::WeightInfo::hand_out())
			.saturating_add(T::WeightInfo::check_market())
			.saturating_add(T::WeightInfo::sell_to_market())
	}

	/// Everything that is for sale or has an auction, once each: those behind `after`, then the others.
	pub(crate) fn lots_behind(after: Option<T::AssetId>) -> (Scene<T>, Vec<T::AssetId>) {
		let scene = Scene::<T>::load();
		let bound = usize::try_from(T::MaxLots::get()).unwrap_or(usize::MAX);
		let mut lots: Vec<_> = scene.goods.iter().map(|good| good.asset).collect();
		lots.extend(Auctions::<T>::iter_keys().take(bound));
		lots.sort_unstable();
		lots.dedup();
		let before = lots.partition_point(|asset| after.is_some_and(|after| *asset <= after));
		lots.rotate_left(before);
		(scene, lots)
	}

	/// The turn of one lot.
	pub(crate) fn tend_lot(meter: &mut WeightMeter, scene: &Scene<T>, asset: T::AssetId) -> DispatchResult {
		meter.consume(T::WeightInfo::tend_lot());
		let stored = Auctions::<T>::get(asset);
		let Some(good) = scene.good(asset) else {
			stored.iter().for_each(|auction| Self::close(asset, auction));
			return Ok(());
		};
		let sight = scene.sight(good, Levels::<T>::get(asset));
		let Some(mut auction) = stored.or_else(|| Self::first_auction(&sight)) else {
			return Ok(());
		};
		match auction.look(&sight, &scene.rules) {
			Next::GoOn => (),
			Next::Suspended => Self::deposit_event(Event::Suspended {
				asset,
				round: auction.rounds,
			}),
			Next::Begin(cause) => {
				if Self::hand_out(meter, scene, &sight, asset, &auction) {
					return Ok(());
				}
				let round = sight.live.and_then(|live| auction.begin(scene.now, live, &scene.rules));
				Self::tell_round(asset, &auction, &round.ok_or(Error::<T>::Overflow)?, cause)?;
			},
		}
		Auctions::<T>::insert(asset, auction);
		Self::offer_to_market(meter, scene, asset);
		Ok(())
	}

	/// An auction for what has none yet, if one may begin.
	fn first_auction(sight: &Sight) -> Option<Auction> {
		let may_begin = sight.level == Level::None && sight.live.is_some();
		(may_begin && Auctions::<T>::count() < T::MaxLots::get()).then(|| Auction::new(sight))
	}

	/// Hands the lot out in kind when even the minimum price found no buyer for long enough. Where the house refuses, the
	/// rounds go on, and it is asked again after each.
	fn hand_out(
		meter: &mut WeightMeter,
		scene: &Scene<T>,
		sight: &Sight,
		asset: T::AssetId,
		auction: &Auction,
	) -> bool {
		if sight.level != Level::None || !auction.is_spent(&scene.rules) {
			return false;
		}
		meter.consume(T::WeightInfo::hand_out());
		if let Err(error) = with_storage_layer(|| T::Seller::hand_out(asset)) {
			log::warn!(target: LOG_TARGET, "{asset:?} could not be handed out: {error:?}");
			return false;
		}
		Auctions::<T>::remove(asset);
		Self::deposit_event(Event::HandedOut {
			asset,
			amount: sight.lot,
			rounds: auction.rounds,
		});
		true
	}

	/// Sells to the market what it pays for. A market that refuses in the end changes nothing.
	fn offer_to_market(meter: &mut WeightMeter, scene: &Scene<T>, asset: T::AssetId) {
		let Ok(offer) = scene.offer(asset) else { return };
		meter.consume(T::WeightInfo::check_market());
		if !T::Seller::market_pays(asset, offer.price) {
			return;
		}
		meter.consume(T::WeightInfo::sell_to_market());
		if let Err(error) = with_storage_layer(|| Self::sell(scene, offer)) {
			log::warn!(target: LOG_TARGET, "{asset:?} could not be sold to the market: {error:?}");
		}
	}

	fn tell_round(asset: T::AssetId, auction: &Auction, round: &Round, cause: Cause) -> Result<(), Error<T>> {
		let floor = round.floor().ok_or(Error::<T>::Overflow)?;
		Self::deposit_event(Event::RoundBegan {
			asset,
			round: auction.rounds,
			cause,
			reference: round.reference,
			floor,
			step: round.step,
			ends_at: round.ends_at,
		});
		Ok(())
	}

	/// Ends an auction of which nothing is left.
	pub(crate) fn close(asset: T::AssetId, auction: &Auction) {
		Auctions::<T>::remove(asset);
		Self::deposit_event(Event::Closed {
			asset,
			rounds: auction.rounds,
		});
	}
}
