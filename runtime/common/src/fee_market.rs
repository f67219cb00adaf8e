//! # Fees in another asset
//!
//! Who pays a fee in another asset sells as much of it as buys the fee in the native token, in the same transaction. The
//! fee pallet would sell only through a pool of just these two assets; [`CheapestRoute`] finds the way over the hub as
//! well, since every asset has its market there.

use alloc::{vec, vec::Vec};
use core::marker::PhantomData;
use frame_support::traits::Get;
use pallet_asset_conversion::{Config, CreditOf, Pallet, PoolLocator, Pools, QuotePrice, SwapCredit};
use sp_runtime::{traits::One, DispatchError};

/// The AMM, with the two ends of a path alone: sells through the pool of the two or through their pools with `Hub`,
/// whichever is better for who sells.
///
/// Quotes and sales look for the way with the same numbers, so that a sale right after its quote keeps to it.
pub struct CheapestRoute<T, Hub>(PhantomData<(T, Hub)>);

type Route<T> = Vec<<T as Config>::AssetKind>;

impl<T: Config, Hub: Get<T::AssetKind>> CheapestRoute<T, Hub> {
	/// The ways from one asset to the other along pools that were created as such. Anybody may send dust to where a pool
	/// would be; that makes no market.
	fn routes(from: &T::AssetKind, to: &T::AssetKind) -> impl Iterator<Item = Route<T>> {
		let hub = Hub::get();
		let around = (*from != hub && *to != hub).then(|| vec![from.clone(), hub, to.clone()]);
		core::iter::once(vec![from.clone(), to.clone()])
			.chain(around)
			.filter(|route| {
				route.windows(2).all(|hop| match hop {
					[a, b] => T::PoolLocator::pool_id(a, b).is_ok_and(Pools::<T>::contains_key),
					_ => false,
				})
			})
	}

	/// The way that takes least of `from` for `amount` of `to`, and what it takes.
	fn to_buy(
		from: &T::AssetKind,
		to: &T::AssetKind,
		amount: T::Balance,
		include_fee: bool,
	) -> Option<(T::Balance, Route<T>)> {
		let cost = |route: &Route<T>| {
			route.windows(2).rev().try_fold(amount, |out, hop| match hop {
				[a, b] => Pallet::<T>::quote_price_tokens_for_exact_tokens(a.clone(), b.clone(), out, include_fee),
				_ => None,
			})
		};
		Self::routes(from, to)
			.filter_map(|route| Some((cost(&route)?, route)))
			.min_by_key(|(cost, _)| *cost)
	}

	/// The way that brings most of `to` for `amount` of `from`, and what it brings.
	fn to_sell(
		from: &T::AssetKind,
		to: &T::AssetKind,
		amount: T::Balance,
		include_fee: bool,
	) -> Option<(T::Balance, Route<T>)> {
		let proceeds = |route: &Route<T>| {
			route.windows(2).try_fold(amount, |brought, hop| match hop {
				[a, b] => Pallet::<T>::quote_price_exact_tokens_for_tokens(a.clone(), b.clone(), brought, include_fee),
				_ => None,
			})
		};
		Self::routes(from, to)
			.filter_map(|route| Some((proceeds(&route)?, route)))
			.max_by_key(|(proceeds, _)| *proceeds)
	}
}

impl<T: Config, Hub: Get<T::AssetKind>> QuotePrice for CheapestRoute<T, Hub> {
	type Balance = T::Balance;
	type AssetKind = T::AssetKind;

	fn quote_price_tokens_for_exact_tokens(
		asset1: T::AssetKind,
		asset2: T::AssetKind,
		amount: T::Balance,
		include_fee: bool,
	) -> Option<T::Balance> {
		Self::to_buy(&asset1, &asset2, amount, include_fee).map(|(cost, _)| cost)
	}

	fn quote_price_exact_tokens_for_tokens(
		asset1: T::AssetKind,
		asset2: T::AssetKind,
		amount: T::Balance,
		include_fee: bool,
	) -> Option<T::Balance> {
		Self::to_sell(&asset1, &asset2, amount, include_fee).map(|(proceeds, _)| proceeds)
	}
}

impl<T: Config, Hub: Get<T::AssetKind>> SwapCredit<T::AccountId> for CheapestRoute<T, Hub> {
	type Balance = T::Balance;
	type AssetKind = T::AssetKind;
	type Credit = CreditOf<T>;

	fn max_path_len() -> u32 {
		<Pallet<T> as SwapCredit<T::AccountId>>::max_path_len()
	}

	/// Sells nothing for nothing: what would bring less than a unit is handed back. A surplus of a message's fee is often
	/// so little of an asset with few decimals, and a token of amount zero is none.
	fn swap_exact_tokens_for_tokens(
		path: Vec<T::AssetKind>,
		credit_in: CreditOf<T>,
		amount_out_min: Option<T::Balance>,
	) -> Result<CreditOf<T>, (CreditOf<T>, DispatchError)> {
		let route = match path.as_slice() {
			[from, to] => Self::to_sell(from, to, credit_in.peek(), true).map(|(_, route)| route),
			_ => None,
		};
		// Without a way it is left to the AMM to say why.
		let route = route.unwrap_or(path);
		let least = amount_out_min.unwrap_or_else(One::one);
		<Pallet<T> as SwapCredit<T::AccountId>>::swap_exact_tokens_for_tokens(route, credit_in, Some(least))
	}

	fn swap_tokens_for_exact_tokens(
		path: Vec<T::AssetKind>,
		credit_in: CreditOf<T>,
		amount_out: T::Balance,
	) -> Result<(CreditOf<T>, CreditOf<T>), (CreditOf<T>, DispatchError)> {
		let route = match path.as_slice() {
			[from, to] => Self::to_buy(from, to, amount_out, true).map(|(_, route)| route),
			_ => None,
		};
		let route = route.unwrap_or(path);
		<Pallet<T> as SwapCredit<T::AccountId>>::swap_tokens_for_exact_tokens(route, credit_in, amount_out)
	}
}
