//! A trader takes some of what is on offer.

use crate::{
	offer::{usable, Offer, Scene},
	Config, Error, Event, Good, Pallet, Seller, SubAccount,
};
use frame_support::ensure;
use margin_math::{Amount, Price, Rounding, Value};
use sp_runtime::DispatchResult;

/// What a trader asks for.
pub(crate) struct Order<AssetId> {
	pub asset: AssetId,
	pub amount: u128,
	pub max_price: Price,
	pub pay_with: AssetId,
	pub sub: SubAccount,
}

/// What he gets, and what he pays for it.
struct Bargain {
	amount: Amount,
	payment: Amount,
	/// Whether it is all that can be paid for with this asset, because no more of it is owed.
	pays_all: bool,
}

impl<T: Config> Pallet<T> {
	pub(crate) fn do_take(who: &T::AccountId, order: Order<T::AssetId>) -> DispatchResult {
		let Order {
			asset, pay_with, sub, ..
		} = order;
		ensure!(order.amount > 0, Error::<T>::AmountZero);
		let scene = Scene::<T>::load();
		let offer = scene.offer(asset)?;
		let price = offer.price;
		ensure!(price <= order.max_price, Error::<T>::PriceAboveMax);
		let lot = offer.good.amount;
		let all = order.amount == u128::MAX;
		let wanted = if all { lot } else { Amount(order.amount) };
		ensure!(wanted <= lot, Error::<T>::AboveOffer);
		let debt = scene.debt(pay_with).ok_or(Error::<T>::NotOwed)?;
		let bargain = strike(&offer, wanted, debt)?;
		ensure_worthwhile(&offer, &bargain, scene.rules.least_take)?;
		let Bargain { amount, payment, .. } = bargain;
		T::Seller::deliver(who, sub, asset, amount, pay_with, payment)?;
		offer.note_sale(amount, &scene.rules)?;
		Self::deposit_event(Event::Taken {
			who: who.clone(),
			sub,
			asset,
			amount,
			pay_with,
			payment,
			price,
		});
		Ok(())
	}
}

/// What `wanted` costs in the asset of `debt`, rounded up:
///
/// ```text
/// payment = wanted * price / live price of the asset it is paid with
/// ```
///
/// If that is more than is owed, so much less is taken, rounded down, that it is not.
fn strike<T: Config>(offer: &Offer<T>, wanted: Amount, debt: &Good<T::AssetId>) -> Result<Bargain, Error<T>> {
	let live = usable(debt).ok_or(Error::<T>::PriceUnusable)?;
	let payment_for = |amount| {
		live.amount_for(offer.cost(amount, Rounding::Up)?, debt.decimals, Rounding::Up)
			.ok_or(Error::<T>::Overflow)
	};
	let payment = payment_for(wanted)?;
	if payment <= debt.amount {
		return Ok(Bargain {
			amount: wanted,
			payment,
			pays_all: payment == debt.amount,
		});
	}
	let amount = live
		.value_of(debt.amount, debt.decimals, Rounding::Down)
		.and_then(|owed| offer.price.amount_for(owed, offer.good.decimals, Rounding::Down))
		.ok_or(Error::<T>::Overflow)?
		.min(wanted);
	Ok(Bargain {
		amount,
		payment: payment_for(amount)?.min(debt.amount),
		pays_all: true,
	})
}

/// Neither what is taken nor what is left may be too small to be worth a transaction. What pays all that is owed is
/// always worth one: the rest, if it is still for sale then, is paid for with something else.
fn ensure_worthwhile<T: Config>(offer: &Offer<T>, bargain: &Bargain, least: Value) -> Result<(), Error<T>> {
	ensure!(!bargain.amount.is_zero(), Error::<T>::TooSmall);
	let left = offer.good.amount.saturating_sub(bargain.amount);
	if left.is_zero() || bargain.pays_all {
		return Ok(());
	}
	ensure!(
		offer.cost(bargain.amount, Rounding::Down)? >= least,
		Error::<T>::TooSmall
	);
	ensure!(offer.cost(left, Rounding::Down)? >= least, Error::<T>::RestTooSmall);
	Ok(())
}
