//! The house as the auctions see it: what it has to sell, what it takes for it, and the books of a sale.

use crate::{
	account::{Balance, SubAccount},
	house::Silo,
	ledger::{Credited, Ledger},
	Config, Error, Event, House, Pallet,
};
use alloc::vec::Vec;
use frame_support::{ensure, storage::with_storage_layer};
use margin_math::{Amount, Price};
use margin_risk::Side;
use pallet_auctions::{Good, Seller, Sold};
use sp_runtime::{DispatchError, DispatchResult};

impl<T: Config> Seller<T::AccountId, T::AssetId> for Pallet<T> {
	fn for_sale() -> Vec<Good<T::AssetId>> {
		Self::goods(Side::Deposit)
	}

	fn owed() -> Vec<Good<T::AssetId>> {
		Self::goods(Side::Debt)
	}

	fn deliver(
		who: &T::AccountId,
		sub: SubAccount,
		asset: T::AssetId,
		amount: Amount,
		pay_with: T::AssetId,
		payment: Amount,
	) -> DispatchResult {
		with_storage_layer(|| Self::do_deliver(who, sub, (asset, amount), (pay_with, payment)))
	}

	fn sell_to_market(asset: T::AssetId, price: Price) -> Result<Option<Sold<T::AssetId>>, DispatchError> {
		with_storage_layer(|| Self::sell_for_house(asset, price))
	}

	fn market_pays(asset: T::AssetId, price: Price) -> bool {
		let sale = Self::next_sale(&mut Ledger::new(), &House::<T>::get(), asset, price);
		matches!(sale, Ok(Some(_)))
	}

	fn hand_out(asset: T::AssetId) -> DispatchResult {
		with_storage_layer(|| Self::do_hand_out(asset))
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn set_stage(i: u32, who: &T::AccountId) -> (T::AssetId, T::AssetId) {
		crate::benchmarking::auction_stage::<T>(i, who)
	}
}

impl<T: Config> Pallet<T> {
	/// What the house holds, or owes. Nothing of the first while it owes nothing: then it is the fund's.
	fn goods(side: Side) -> Vec<Good<T::AssetId>> {
		let house = House::<T>::get();
		if !house.has_debt() {
			return Vec::new();
		}
		let legs = match Ledger::<T>::new().legs_at_last_prices(&house) {
			Ok(legs) => legs,
			Err(error) => {
				log::warn!(target: crate::LOG_TARGET, "the house cannot be weighed: {error:?}");
				return Vec::new();
			},
		};
		legs.into_iter()
			.filter(|leg| leg.side == side)
			.map(|leg| Good {
				asset: leg.asset,
				amount: leg.amount,
				decimals: leg.decimals,
				quote: leg.quote,
			})
			.collect()
	}

	/// Moves pool shares both ways between the house and a trader's account. For the account it is a trade: it takes on
	/// what it may hold, and ends above its initial margin or no worse than before.
	fn do_deliver(
		who: &T::AccountId,
		sub: SubAccount,
		(asset, amount): (T::AssetId, Amount),
		(pay_with, payment): (T::AssetId, Amount),
	) -> DispatchResult {
		ensure!(!amount.is_zero() && !payment.is_zero(), Error::<T>::AmountZero);
		let mut ledger = Ledger::<T>::new();
		let before = Self::account(who, sub)?;
		let (mut account, mut silo) = (before.clone(), Silo::<T>::load());
		ledger.ensure_may_trade(asset)?;
		ledger.ensure_may_trade(pay_with)?;
		let health = ledger.health(&account)?;

		let (held, owed) = (ledger.held(&silo.house, asset)?, ledger.owed(&silo.house, pay_with)?);
		ensure!(amount <= held && payment <= owed, Error::<T>::NotOnOffer);
		let (paid, _) = Self::deposited(&mut ledger, &account, pay_with, payment)?;
		ledger.move_shares(&mut account, &mut silo.house, pay_with, paid)?;

		let all = match silo.house.balance(asset) {
			Some(Balance::Deposit(shares)) if amount == held => shares,
			_ => (ledger.entry(asset)?.pool().deposit_shares_within(amount)).map_err(Error::<T>::from)?,
		};
		let lent = ledger.entry(asset)?.pool().debt;
		ledger.move_shares(&mut silo.house, &mut account, asset, all)?;
		let repaid = lent.saturating_sub(ledger.entry(asset)?.pool().debt);
		ledger.repaid_within(asset, repaid)?;

		let bought = Credited {
			repaid,
			deposited: ledger.held(&account, asset)?,
		};
		ledger.ensure_may_buy(&account, asset, &bought, true)?;
		ledger.ensure_fits(&account, &[asset, pay_with])?;
		ledger.ensure_initial_or_no_worse(&account, &health)?;
		ledger.commit();
		silo.store();
		Self::store(&mut ledger, who, sub, &before, account);
		Self::deposit_event(Event::HouseDelivered {
			owner: who.clone(),
			sub,
			sold: asset,
			amount,
			bought: pay_with,
			payment,
		});
		Ok(())
	}

	/// Sells some of what the house holds of `from` to the market, at `worst` dollars a whole unit or more.
	fn sell_for_house(from: T::AssetId, worst: Price) -> Result<Option<Sold<T::AssetId>>, DispatchError> {
		let mut ledger = Ledger::<T>::new();
		let mut silo = Silo::<T>::load();
		let Some(sale) = Self::next_sale(&mut ledger, &silo.house, from, worst)? else {
			return Ok(None);
		};
		ledger.debit(&mut silo.house, from, sale.amount_in)?;
		let amount_out = sale.carry_out()?;
		ledger.credit(&mut silo.house, sale.to, amount_out)?;
		ledger.commit();
		silo.store();
		Self::deposit_event(Event::HouseSold {
			sold: from,
			amount_in: sale.amount_in,
			bought: sale.to,
			amount_out,
		});
		Ok(Some(Sold {
			amount_in: sale.amount_in,
			bought: sale.to,
			amount_out,
		}))
	}
}
