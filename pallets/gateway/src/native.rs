//! What the native token counts for on its way out.
//!
//! No oracle knows its price. It has a market on this chain, which anybody with capital can move for a moment, and back
//! again: downwards to get more past a route's limit than it allows, or upwards to fill a route for everybody. So a route
//! counts the native token at a price that follows its market at a bounded speed ([`Stable`]). It looks at the market as each
//! block finds it, before anything of that block can have moved it, and while the market has no price it stays where it is.

use crate::{Config, NativePrice, Pallet};
use frame_support::traits::Get;
use margin_math::Price;
use margin_risk::Stable;

impl<T: Config> Pallet<T> {
	/// Dollars for a whole unit of the native token, as routes count it; nothing before its market first had a price.
	pub fn native_price() -> Option<Price> {
		NativePrice::<T>::get().map(|stable| stable.price)
	}

	/// Lets the price follow the market up to the time of the block before.
	pub(crate) fn follow_native_market() {
		let now = Self::now();
		NativePrice::<T>::mutate(|stable| {
			*stable = match (*stable, T::NativeMarket::get()) {
				(Some(stable), Some(live)) => Some(stable.follow(live, T::NativeSpeed::get(), now)),
				(Some(stable), None) => Some(stable.wait(now)),
				(None, live) => live.map(|live| Stable::starting_at(live, now)),
			};
		});
	}
}
