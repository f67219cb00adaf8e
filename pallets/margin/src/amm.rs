//! The default venue: the pools of `pallet-asset-conversion`, directly or through a hub asset.

use crate::Venue;
use alloc::{vec, vec::Vec};
use core::marker::PhantomData;
use frame_support::traits::Get;
use margin_math::{mul_div, Ratio, Rounding};
use pallet_asset_conversion::{Config, Pallet, PoolLocator, Pools, Swap};
use sp_runtime::DispatchError;

/// Sells through the pool of the two assets or through their pools with `Hub`, whichever pays more.
///
/// Anybody may create a pool, or send dust to where one would be, so that a pool exists says nothing about what it is
/// worth: routes are compared by what they pay for the amount at hand.
pub struct AmmVenue<T, Hub>(PhantomData<(T, Hub)>);

type Route<T> = Vec<<T as Config>::AssetKind>;

impl<T, Hub> AmmVenue<T, Hub>
where
	T: Config<Balance = u128, AssetKind: Copy + Ord>,
	Hub: Get<T::AssetKind>,
{
	/// The ways from one asset to the other along pools that were created as such.
	fn routes(from: T::AssetKind, to: T::AssetKind) -> impl Iterator<Item = Route<T>> {
		let hub = Hub::get();
		let around = (from != hub && to != hub).then(|| vec![from, hub, to]);
		core::iter::once(vec![from, to])
			.chain(around)
			.filter(|route| Self::pairs(route).all(|(a, b)| Self::is_pool(a, b)))
	}

	fn is_pool(a: T::AssetKind, b: T::AssetKind) -> bool {
		T::PoolLocator::pool_id(&a, &b).is_ok_and(Pools::<T>::contains_key)
	}

	/// Pairs of neighbours along a route.
	fn pairs(route: &[T::AssetKind]) -> impl Iterator<Item = (T::AssetKind, T::AssetKind)> + '_ {
		route.iter().copied().zip(route.iter().copied().skip(1))
	}

	/// What a route pays for `amount_in`.
	fn along(route: &[T::AssetKind], amount_in: u128) -> Option<u128> {
		let mut amount = amount_in;
		for (a, b) in Self::pairs(route) {
			amount = Pallet::<T>::quote_price_exact_tokens_for_tokens(a, b, amount, true)?;
		}
		Some(amount)
	}

	/// The route that pays most for `amount_in`, and what it pays.
	fn best(from: T::AssetKind, to: T::AssetKind, amount_in: u128) -> Option<(u128, Route<T>)> {
		Self::routes(from, to)
			.filter_map(|route| Some((Self::along(&route, amount_in)?, route)))
			.max_by_key(|(paid, _)| *paid)
	}

	/// What `amount_out` at the end of a route costs at its start.
	fn back_along(route: &[T::AssetKind], amount_out: u128) -> Option<u128> {
		let hops: Vec<_> = Self::pairs(route).collect();
		let mut amount = amount_out;
		for (a, b) in hops.into_iter().rev() {
			amount = Pallet::<T>::quote_price_tokens_for_exact_tokens(a, b, amount, true)?;
		}
		Some(amount)
	}

	/// The route on which `amount_out` costs least, and what it costs.
	fn cheapest(from: T::AssetKind, to: T::AssetKind, amount_out: u128) -> Option<(u128, Route<T>)> {
		Self::routes(from, to)
			.filter_map(|route| Some((Self::back_along(&route, amount_out)?, route)))
			.min_by_key(|(cost, _)| *cost)
	}

	/// How much of its first asset a route takes if no pool on it is to give more than `share` of its depth.
	fn depth(route: &[T::AssetKind], share: Ratio) -> Option<u128> {
		let part = |reserve: u128| mul_div(reserve, share.raw(), Ratio::ONE.raw(), Rounding::Down);
		let mut depth = u128::MAX;
		// Amounts of a later hop, back in units of the first asset: times `den`, over `num`.
		let (mut num, mut den) = (1u128, 1u128);
		for (a, b) in Self::pairs(route) {
			let (reserve_a, reserve_b) = Pallet::<T>::get_reserves(a, b).ok()?;
			depth = depth.min(mul_div(part(reserve_a)?, den, num, Rounding::Down)?);
			num = reserve_b.max(1);
			den = reserve_a.max(1);
		}
		Some(depth)
	}
}

impl<T, Hub> Venue<T::AccountId, T::AssetKind> for AmmVenue<T, Hub>
where
	T: Config<Balance = u128, AssetKind: Copy + Ord>,
	Hub: Get<T::AssetKind>,
{
	fn quote(from: T::AssetKind, to: T::AssetKind, amount_in: u128) -> Option<u128> {
		Self::best(from, to, amount_in).map(|(paid, _)| paid)
	}

	fn sell(
		who: &T::AccountId,
		from: T::AssetKind,
		to: T::AssetKind,
		amount_in: u128,
		min_out: u128,
	) -> Result<u128, DispatchError> {
		let (_, route) = Self::best(from, to, amount_in).ok_or(DispatchError::Unavailable)?;
		<Pallet<T> as Swap<T::AccountId>>::swap_exact_tokens_for_tokens(
			who.clone(),
			route,
			amount_in,
			Some(min_out.max(1)),
			who.clone(),
			true,
		)
	}

	fn cost(from: T::AssetKind, to: T::AssetKind, amount_out: u128) -> Option<u128> {
		Self::cheapest(from, to, amount_out).map(|(cost, _)| cost)
	}

	fn buy(
		who: &T::AccountId,
		from: T::AssetKind,
		to: T::AssetKind,
		amount_out: u128,
		max_in: u128,
	) -> Result<u128, DispatchError> {
		let (_, route) = Self::cheapest(from, to, amount_out).ok_or(DispatchError::Unavailable)?;
		<Pallet<T> as Swap<T::AccountId>>::swap_tokens_for_exact_tokens(
			who.clone(),
			route,
			amount_out,
			Some(max_in.max(1)),
			who.clone(),
			true,
		)
	}

	fn hops(from: T::AssetKind, to: T::AssetKind, amount_in: u128) -> Vec<(T::AssetKind, T::AssetKind)> {
		Self::best(from, to, amount_in).map_or(Vec::new(), |(_, route)| Self::pairs(&route).collect())
	}

	fn capacity(from: T::AssetKind, to: T::AssetKind, share: Ratio) -> Option<u128> {
		Self::routes(from, to)
			.filter_map(|route| Self::depth(&route, share))
			.max()
	}
}
