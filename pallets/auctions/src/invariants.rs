//! What must hold for the stored state, checked by `try_state` and at the end of every test.

use crate::{
	round::{Auction, Round},
	rules::LEAST_RANGE_PPM,
	Auctions, Config, CurrentRules, Pallet,
};
use frame_support::{
	ensure,
	traits::{Get, Time},
};
use margin_math::Ratio;
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks every invariant of the pallet's storage.
	///
	/// # Errors
	/// The first invariant that does not hold, in words.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let auctions = u32::try_from(Auctions::<T>::iter().count()).unwrap_or(u32::MAX);
		ensure!(auctions <= T::MaxLots::get(), "auctions: more than MaxLots");
		ensure!(auctions == Auctions::<T>::count(), "auctions: the count is wrong");
		ensure!(
			CurrentRules::<T>::get().check().is_ok(),
			"auctions: rules out of their ranges"
		);
		let now = T::Time::now();
		Auctions::<T>::iter_values().try_for_each(|auction| check_auction(&auction, now))
	}
}

fn check_auction(auction: &Auction, now: u64) -> Result<(), TryRuntimeError> {
	ensure!(auction.rounds > 0, "auctions: one that never began");
	ensure!(!auction.lot.is_zero(), "auctions: one of nothing");
	ensure!(auction.seen_at <= now, "auctions: one seen in the future");
	auction
		.round
		.map_or(Ok(()), |round| check_round(&round, auction.seen_at))
}

fn check_round(round: &Round, seen_at: u64) -> Result<(), TryRuntimeError> {
	ensure!(
		round.started_at <= seen_at && round.started_at < round.ends_at,
		"auctions: a round that does not go forward"
	);
	ensure!(!round.reference.is_zero(), "auctions: a round at no price");
	let least = Ratio::from_ppm(*LEAST_RANGE_PPM.start());
	ensure!(round.bottom >= least, "auctions: a floor below the least");
	ensure!(round.bottom < round.top, "auctions: a price that does not fall");
	ensure!(round.floor().is_some(), "auctions: a floor that does not fit");
	Ok(())
}
