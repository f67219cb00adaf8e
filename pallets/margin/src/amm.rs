//! The default venue: the pools of `pallet-asset-conversion`, directly or through a hub asset.

use crate::Venue;
use alloc::{vec, vec::Vec};
use core::marker::PhantomData;
use frame_support::traits::Get;
use margin_math::{mul_div, Ratio, Rounding};
use pallet_asset_conversion::{Config, Pallet, Swap};
use sp_runtime::DispatchError;

/// Sells through the pool of the two assets, or, where there is none, through their pools with `Hub`.
pub struct AmmVenue<T, Hub>(PhantomData<(T, Hub)>);

impl<T, Hub> AmmVenue<T, Hub>
where
	T: Config<Balance = u128, AssetKind: Copy + Ord>,
	Hub: Get<T::AssetKind>,
{
	fn has_pool(a: T::AssetKind, b: T::AssetKind) -> bool {
		a != b && Pallet::<T>::get_reserves(a, b).is_ok()
	}

	/// The assets a sale passes through, both ends included.
	fn route(from: T::AssetKind, to: T::AssetKind) -> Option<Vec<T::AssetKind>> {
		let hub = Hub::get();
		if Self::has_pool(from, to) {
			Some(vec![from, to])
		} else if Self::has_pool(from, hub) && Self::has_pool(hub, to) {
			Some(vec![from, hub, to])
		} else {
			None
		}
	}

	/// Pairs of neighbours along a route.
	fn hops(route: &[T::AssetKind]) -> impl Iterator<Item = (T::AssetKind, T::AssetKind)> + '_ {
		route.iter().copied().zip(route.iter().copied().skip(1))
	}
}

impl<T, Hub> Venue<T::AccountId, T::AssetKind> for AmmVenue<T, Hub>
where
	T: Config<Balance = u128, AssetKind: Copy + Ord>,
	Hub: Get<T::AssetKind>,
{
	fn quote(from: T::AssetKind, to: T::AssetKind, amount_in: u128) -> Option<u128> {
		let route = Self::route(from, to)?;
		let mut amount = amount_in;
		for (a, b) in Self::hops(&route) {
			amount = Pallet::<T>::quote_price_exact_tokens_for_tokens(a, b, amount, true)?;
		}
		Some(amount)
	}

	fn sell(
		who: &T::AccountId,
		from: T::AssetKind,
		to: T::AssetKind,
		amount_in: u128,
		min_out: u128,
	) -> Result<u128, DispatchError> {
		let route = Self::route(from, to).ok_or(DispatchError::Unavailable)?;
		<Pallet<T> as Swap<T::AccountId>>::swap_exact_tokens_for_tokens(
			who.clone(),
			route,
			amount_in,
			Some(min_out.max(1)),
			who.clone(),
			true,
		)
	}

	fn capacity(from: T::AssetKind, to: T::AssetKind, share: Ratio) -> Option<u128> {
		let route = Self::route(from, to)?;
		let part = |reserve: u128| mul_div(reserve, share.raw(), Ratio::ONE.raw(), Rounding::Down);
		let mut capacity = u128::MAX;
		// What one unit of `from` has become so far, as a fraction: amounts of a later hop back in units of the first.
		let (mut num, mut den) = (1u128, 1u128);
		for (a, b) in Self::hops(&route) {
			let (reserve_a, reserve_b) = Pallet::<T>::get_reserves(a, b).ok()?;
			let here = mul_div(part(reserve_a)?, den, num, Rounding::Down)?;
			capacity = capacity.min(here);
			num = reserve_b.max(1);
			den = reserve_a.max(1);
		}
		Some(capacity)
	}
}
