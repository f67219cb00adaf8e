//! No more of a foreign token than came in through the gate.
//!
//! What is issued here of a token that another chain keeps is a claim on that chain's books. [`Metered`] stands around the
//! chain's transactor and [`MeteredTrader`] around its fee trader, the two places where a program mints and burns, and
//! count by how much the issuance truly changed, dust and fees included. So for each such token
//!
//! ```text
//! total issuance <= counted = what there was at its registration + what came in - what left
//! ```
//!
//! It would be equal, but for what is burnt otherwise, which takes nothing from anybody else. When it is larger, somebody
//! minted the token by another way, and what leaves could be what others are owed: nothing of the token leaves then, over
//! any route, until governance has looked and [recounted](crate::Call::recount).
//!
//! The cap stops what programs deposit and exchange. A fee is counted and never refused for it: a trader that has taken one
//! keeps it in hand, and would give back what a refusal had undone. A cap below what is issued stops what comes in, and not
//! what goes round: as much as programs took out in a block may come back in the same block, so that a program which takes
//! tokens out of a wallet here can put the rest of them back.
//!
//! Tokens in the trap are neither issued nor counted: they were burnt on the way there or not yet minted, and are minted
//! and counted when they are claimed.

use crate::{Config, Error, Event, Locations, Pallet, Tokens};
use alloc::vec::Vec;
use core::marker::PhantomData;
use frame_support::{ensure, traits::fungibles::Inspect, weights::Weight};
use margin_math::Amount;
use sp_runtime::DispatchResult;
use xcm::latest::{prelude::*, Error as XcmError, Result as XcmResult};
use xcm_executor::{
	traits::{AssetExchange, TransactAsset, WeightTrader},
	AssetsInHolding,
};

const OVER_CAP: &str = "more of the token would be issued than its cap allows";
const MISCOUNT: &str = "the issuance changed by another amount than was asked for";

impl<T: Config> Pallet<T> {
	/// What is issued of the token.
	pub(crate) fn issuance(asset: T::AssetId) -> Amount {
		Amount(T::Fungibles::total_issuance(asset))
	}

	/// What the guard and the call `withdraw_to` ask of a token before it leaves.
	pub(crate) fn ensure_backed(asset: T::AssetId) -> Result<(), Error<T>> {
		ensure!(Self::is_backed(asset), Error::<T>::IssuanceMismatch);
		Ok(())
	}

	/// Whether no more of the token is issued than came in through the gate. True for tokens that we keep ourselves.
	pub fn is_backed(asset: T::AssetId) -> bool {
		Tokens::<T>::get(asset).is_none_or(|token| !token.is_foreign() || Self::issuance(asset) <= token.counted)
	}

	pub(crate) fn do_recount(asset: T::AssetId, issuance: Amount) -> DispatchResult {
		Tokens::<T>::try_mutate(asset, |token| {
			let token = token.as_mut().ok_or(Error::<T>::UnknownToken)?;
			ensure!(Self::issuance(asset) == issuance, Error::<T>::IssuanceMismatch);
			let from = token.counted;
			token.counted = issuance;
			Self::deposit_event(Event::Recounted {
				asset,
				from,
				to: issuance,
			});
			Ok(())
		})
	}

	/// The foreign token that a program means by `id`.
	fn foreign(id: &AssetId) -> Option<T::AssetId> {
		let asset = Locations::<T>::get(&id.0)?;
		Tokens::<T>::get(asset).filter(|token| token.is_foreign())?;
		Some(asset)
	}

	/// Books by how much the issuance of a token differs from `before`, and answers with what was minted and burnt.
	fn count(asset: T::AssetId, before: Amount) -> Result<(Amount, Amount), XcmError> {
		let after = Self::issuance(asset);
		let (minted, burnt) = (after.saturating_sub(before), before.saturating_sub(after));
		if minted.is_zero() && burnt.is_zero() {
			return Ok((minted, burnt));
		}
		Tokens::<T>::try_mutate(asset, |token| {
			let token = token.as_mut().ok_or(XcmError::AssetNotFound)?;
			let counted = token.count(minted, burnt, Self::now());
			counted.ok_or(XcmError::FailedToTransactAsset(MISCOUNT))?;
			Ok((minted, burnt))
		})
	}

	/// Lets a program mint. More than the cap is refused before anything happened.
	fn mint<R>(what: &Asset, act: impl FnOnce() -> Result<R, XcmError>) -> Result<R, XcmError> {
		let (Some(asset), Fungible(amount)) = (Self::foreign(&what.id), &what.fun) else {
			return act();
		};
		let token = Tokens::<T>::get(asset).ok_or(XcmError::AssetNotFound)?;
		ensure!(
			token.has_room(Amount(*amount), Self::now()),
			XcmError::FailedToTransactAsset(OVER_CAP)
		);
		let before = Self::issuance(asset);
		let answer = act()?;
		let (minted, _) = Self::count(asset, before)?;
		ensure!(minted.0 <= *amount, XcmError::FailedToTransactAsset(MISCOUNT));
		Ok(answer)
	}

	/// Lets a program burn. It may burn more than it asked for: the dust that would be left.
	fn burn<R>(what: &Asset, act: impl FnOnce() -> Result<R, XcmError>) -> Result<R, XcmError> {
		let (Some(asset), Fungible(amount)) = (Self::foreign(&what.id), &what.fun) else {
			return act();
		};
		let before = Self::issuance(asset);
		let answer = act()?;
		let (_, burnt) = Self::count(asset, before)?;
		ensure!(burnt.0 >= *amount, XcmError::FailedToTransactAsset(MISCOUNT));
		Ok(answer)
	}

	/// The issuance of the foreign ones among these tokens.
	fn issuances<'a>(ids: impl Iterator<Item = &'a AssetId>) -> Vec<(T::AssetId, Amount)> {
		ids.filter_map(Self::foreign)
			.map(|asset| (asset, Self::issuance(asset)))
			.collect()
	}

	/// Counts what was exchanged, if none of it was minted beyond its cap.
	fn count_exchanged(before: Vec<(T::AssetId, Amount)>) -> XcmResult {
		let now = Self::now();
		before.into_iter().try_for_each(|(asset, before)| {
			let minted = Self::issuance(asset).saturating_sub(before);
			let fits = Tokens::<T>::get(asset).is_none_or(|token| token.has_room(minted, now));
			ensure!(minted.is_zero() || fits, XcmError::FailedToTransactAsset(OVER_CAP));
			Self::count(asset, before).map(|_| ())
		})
	}

	/// Counts what a fee, or what is given back of one, minted and burnt. What could not be counted does not leave.
	fn count_fee(before: Vec<(T::AssetId, Amount)>) {
		for (asset, before) in before {
			if let Err(error) = Self::count(asset, before) {
				log::error!(target: crate::LOG_TARGET, "a fee in {asset:?} could not be counted: {error:?}");
			}
		}
	}
}

/// The chain's transactor or exchange `Inner`, with what it mints and burns of foreign tokens counted. Teleports are none
/// of its business and fail.
pub struct Metered<Inner, T>(PhantomData<(Inner, T)>);

impl<Inner: TransactAsset, T: Config> TransactAsset for Metered<Inner, T> {
	fn deposit_asset(what: &Asset, who: &Location, context: Option<&XcmContext>) -> XcmResult {
		Pallet::<T>::mint(what, || Inner::deposit_asset(what, who, context))
	}

	fn deposit_asset_with_surplus(
		what: &Asset,
		who: &Location,
		context: Option<&XcmContext>,
	) -> Result<Weight, XcmError> {
		Pallet::<T>::mint(what, || Inner::deposit_asset_with_surplus(what, who, context))
	}

	fn withdraw_asset(what: &Asset, who: &Location, context: Option<&XcmContext>) -> Result<AssetsInHolding, XcmError> {
		Pallet::<T>::burn(what, || Inner::withdraw_asset(what, who, context))
	}

	fn withdraw_asset_with_surplus(
		what: &Asset,
		who: &Location,
		context: Option<&XcmContext>,
	) -> Result<(AssetsInHolding, Weight), XcmError> {
		Pallet::<T>::burn(what, || Inner::withdraw_asset_with_surplus(what, who, context))
	}

	fn internal_transfer_asset(
		what: &Asset,
		from: &Location,
		to: &Location,
		context: &XcmContext,
	) -> Result<AssetsInHolding, XcmError> {
		Inner::internal_transfer_asset(what, from, to, context)
	}

	fn internal_transfer_asset_with_surplus(
		what: &Asset,
		from: &Location,
		to: &Location,
		context: &XcmContext,
	) -> Result<(AssetsInHolding, Weight), XcmError> {
		Inner::internal_transfer_asset_with_surplus(what, from, to, context)
	}
}

impl<Inner: AssetExchange, T: Config> AssetExchange for Metered<Inner, T> {
	fn exchange_asset(
		origin: Option<&Location>,
		give: AssetsInHolding,
		want: &Assets,
		maximal: bool,
	) -> Result<AssetsInHolding, AssetsInHolding> {
		let wanted = want.inner().iter().map(|asset| &asset.id);
		let mut ids: Vec<_> = give.fungible.keys().chain(wanted).collect();
		ids.sort();
		ids.dedup();
		let before = Pallet::<T>::issuances(ids.into_iter());
		let given = give.clone();
		let answer = Inner::exchange_asset(origin, give, want, maximal)?;
		Pallet::<T>::count_exchanged(before).map_err(|_| given)?;
		Ok(answer)
	}

	fn quote_exchange_price(give: &Assets, want: &Assets, maximal: bool) -> Option<Assets> {
		Inner::quote_exchange_price(give, want, maximal)
	}
}

/// The chain's fee trader `Inner`, with what it mints and burns of foreign tokens counted: it takes a fee out of the air of
/// the holding and brings it to a market, and the other way round when it gives some back. Once `Inner` has taken a fee,
/// nothing refuses it: storage would be rolled back, and `Inner` with the fee in its hands would not.
pub struct MeteredTrader<Inner, T> {
	inner: Inner,
	paid_in: Vec<AssetId>,
	runtime: PhantomData<T>,
}

impl<Inner: WeightTrader, T: Config> WeightTrader for MeteredTrader<Inner, T> {
	fn new() -> Self {
		Self {
			inner: Inner::new(),
			paid_in: Vec::new(),
			runtime: PhantomData,
		}
	}

	fn buy_weight(
		&mut self,
		weight: Weight,
		payment: AssetsInHolding,
		context: &XcmContext,
	) -> Result<AssetsInHolding, XcmError> {
		let before = Pallet::<T>::issuances(payment.fungible.keys());
		let paid_in = payment.fungible.keys().cloned().collect();
		let unspent = self.inner.buy_weight(weight, payment, context)?;
		Pallet::<T>::count_fee(before);
		self.paid_in = paid_in;
		Ok(unspent)
	}

	fn refund_weight(&mut self, weight: Weight, context: &XcmContext) -> Option<Asset> {
		let before = Pallet::<T>::issuances(self.paid_in.iter());
		let refund = self.inner.refund_weight(weight, context)?;
		Pallet::<T>::count_fee(before);
		Some(refund)
	}
}
