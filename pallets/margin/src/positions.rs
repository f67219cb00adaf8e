//! Leveraged positions in one call: collateral in, trade, and out again.

use crate::{
	account::{Balance, SubAccount},
	ledger::Ledger,
	orders::{Direction, Part, Size},
	trading::{Bounds, Deal, Pair},
	Config, Error, Event, Pallet,
};
use frame_support::ensure;
use margin_math::{Amount, Price, Rounding, Value};
use sp_runtime::DispatchResult;

/// What `open` is told.
pub(crate) struct OpenOrder<T: Config> {
	pub collateral: Option<(T::AssetId, u128)>,
	pub direction: Direction,
	pub asset: T::AssetId,
	pub against: T::AssetId,
	pub size: Size,
	pub limit: Price,
	pub max_borrow: Amount,
}

/// What `close` is told.
pub(crate) struct CloseOrder<T: Config> {
	pub asset: T::AssetId,
	pub against: T::AssetId,
	pub part: Part,
	pub limit: Price,
}

impl<T: Config> Pallet<T> {
	/// The dispatch of `open`.
	pub(crate) fn do_open(owner: &T::AccountId, sub: SubAccount, order: OpenOrder<T>) -> DispatchResult {
		let collateral = order.collateral;
		Self::open_on(owner, sub, order, collateral)
	}

	/// Opens a position whose leverage is measured against `base`: what the order brings in, or what came just before it.
	pub(crate) fn open_on(
		owner: &T::AccountId,
		sub: SubAccount,
		order: OpenOrder<T>,
		base: Option<(T::AssetId, u128)>,
	) -> DispatchResult {
		let OpenOrder {
			direction,
			asset,
			against,
			..
		} = order;
		let mut ledger = Ledger::<T>::new();
		ledger.ensure_may_trade(asset)?;
		ledger.ensure_may_trade(against)?;
		let before = match order.collateral {
			Some((collateral, amount)) => {
				Self::ensure_amount(&mut ledger, collateral, Amount(amount))?;
				Self::account_or_open(owner, sub)?
			},
			None => Self::account(owner, sub)?,
		};
		let mut account = before.clone();
		if let Some((collateral, amount)) = order.collateral {
			Self::bring_in(&mut ledger, &mut account, owner, sub, collateral, Amount(amount))?;
		}
		let health = ledger.health(&account)?;
		let size = Self::size_of(&mut ledger, &order, base)?;
		Self::ensure_amount(&mut ledger, asset, size)?;
		let buys = direction == Direction::Long;
		let ((from, to), deal) = Self::priced(&mut ledger, (asset, against), size, buys, order.limit)?;
		let bounds = Bounds {
			price: Error::<T>::PriceBeyondLimit,
			max_borrow: order.max_borrow,
			borrow: Error::<T>::BorrowBeyondLimit,
			above_cap: false,
		};
		let traded = Self::trade(&mut ledger, &mut account, (from, to), deal, bounds)?;
		ledger.ensure_initial_or_no_worse(&account, &health)?;
		ledger.commit();
		Self::store(&mut ledger, owner, sub, &before, account);
		Self::swapped(owner, sub, from, to, &traded);
		Self::deposit_event(Event::PositionOpened {
			owner: owner.clone(),
			sub,
			direction,
			asset,
			against,
			amount: size,
			quoted: match direction {
				Direction::Long => traded.amount_in,
				Direction::Short => traded.amount_out,
			},
		});
		Ok(())
	}

	/// The dispatch of `close`.
	pub(crate) fn do_close(owner: &T::AccountId, sub: SubAccount, order: CloseOrder<T>) -> DispatchResult {
		let CloseOrder { asset, against, .. } = order;
		let mut ledger = Ledger::<T>::new();
		let pool = *ledger.entry(asset)?.pool();
		ledger.entry(against)?;
		let before = Self::account(owner, sub)?;
		let (direction, whole) = match before.balance(asset) {
			None => return Err(Error::<T>::NoPosition.into()),
			Some(Balance::Deposit(shares)) => (Direction::Long, pool.deposit_value(shares)),
			Some(Balance::Debt(shares)) => (Direction::Short, pool.debt_value(shares)),
		};
		let whole = whole.map_err(Error::<T>::from)?;
		let size = match order.part {
			Part::All => whole,
			Part::Amount(amount) => whole.min(Amount(amount)),
		};
		ensure!(!size.is_zero(), Error::<T>::AmountZero);
		ensure!(
			size == whole || size >= ledger.entry(asset)?.config().min_amount,
			Error::<T>::AmountTooSmall
		);
		let mut account = before.clone();
		let health = ledger.health(&account)?;
		let buys = direction == Direction::Short;
		let ((from, to), deal) = Self::priced(&mut ledger, (asset, against), size, buys, order.limit)?;
		let bounds = Bounds {
			price: Error::<T>::PriceBeyondLimit,
			max_borrow: Amount::ZERO,
			borrow: Error::<T>::NotEnoughDeposited,
			above_cap: true,
		};
		let traded = Self::trade(&mut ledger, &mut account, (from, to), deal, bounds)?;
		ledger.ensure_initial_or_no_worse(&account, &health)?;
		ledger.commit();
		Self::store(&mut ledger, owner, sub, &before, account);
		Self::swapped(owner, sub, from, to, &traded);
		Self::deposit_event(Event::PositionClosed {
			owner: owner.clone(),
			sub,
			direction,
			asset,
			against,
			amount: size,
			quoted: match direction {
				Direction::Long => traded.amount_out,
				Direction::Short => traded.amount_in,
			},
		});
		Ok(())
	}

	/// How much of the asset is bought or sold to open the position.
	fn size_of(
		ledger: &mut Ledger<T>,
		order: &OpenOrder<T>,
		base: Option<(T::AssetId, u128)>,
	) -> Result<Amount, Error<T>> {
		let leverage = match order.size {
			Size::Amount(amount) => return Ok(Amount(amount)),
			Size::Leverage(leverage) => leverage,
		};
		let Some((collateral, amount)) = base else {
			return Err(Error::<T>::LeverageNeedsCollateral);
		};
		ledger.ensure_usable(collateral)?;
		let entry = ledger.entry(collateral)?;
		let brought = entry
			.quote
			.live
			.value_of(Amount(amount), entry.config().decimals, Rounding::Down)
			.ok_or(Error::<T>::Overflow)?;
		// The collateral may itself be the asset: it counts for a long, and is in the way of a short.
		let already = if collateral == order.asset {
			brought
		} else {
			Value::ZERO
		};
		let wanted = brought
			.mul_ratio(leverage, Rounding::Down)
			.and_then(|exposure| match order.direction {
				Direction::Long => exposure.checked_sub(already).map(|rest| rest.max(Value::ZERO)),
				Direction::Short => exposure.checked_add(already),
			})
			.ok_or(Error::<T>::Overflow)?;
		let entry = ledger.entry(order.asset)?;
		entry
			.quote
			.live
			.amount_for(wanted, entry.config().decimals, Rounding::Down)
			.ok_or(Error::<T>::Overflow)
	}

	/// The trade that buys or sells exactly `size` of `asset` for `against`, at `limit` whole units for a whole unit at
	/// worst: what is sold and bought, and on which terms.
	fn priced(
		ledger: &mut Ledger<T>,
		(asset, against): Pair<T>,
		size: Amount,
		buys: bool,
		limit: Price,
	) -> Result<(Pair<T>, Deal), Error<T>> {
		let decimals = ledger.entry(asset)?.config().decimals;
		let others = ledger.entry(against)?.config().decimals;
		let worth = |rounding| {
			let value = limit.value_of(size, decimals, rounding)?;
			Price::ONE.amount_for(value, others, rounding)
		};
		if buys {
			// A limit beyond all numbers is no limit.
			let max_in = worth(Rounding::Down).unwrap_or(Amount(u128::MAX));
			let deal = Deal::Buy {
				amount_out: size,
				max_in,
			};
			Ok(((against, asset), deal))
		} else {
			let min_out = worth(Rounding::Up).ok_or(Error::<T>::PriceBeyondLimit)?;
			let deal = Deal::Sell {
				amount_in: size,
				min_out,
			};
			Ok(((asset, against), deal))
		}
	}
}
