//! Reserves and losses.

use super::{plus, Pool, PoolError};
use margin_math::{Amount, Rounding, Shares};

impl Pool {
	/// Turns the reserves into a deposit and gives its shares, rounded down: they are the insurance fund's. Reserves
	/// worth less than a share stay where they are.
	pub fn sweep_reserves(&mut self) -> Result<Shares, PoolError> {
		let mut next = *self;
		let shares = next.to_deposit_shares(next.reserves, Rounding::Down)?;
		if shares.is_zero() {
			return Ok(shares);
		}
		next.deposits = plus(next.deposits, next.reserves)?;
		next.deposit_shares = plus(next.deposit_shares, shares)?;
		next.reserves = Amount::ZERO;
		*self = next;
		Ok(shares)
	}

	/// Books debt that nobody will pay as a deficit, and gives its amount: what the shares owe, rounded down so that the
	/// index of the others does not fall. The last shares clear the debt exactly.
	///
	/// [`PoolError::ExceedsDebt`] if there are fewer shares.
	pub fn write_deficit(&mut self, shares: Shares) -> Result<Amount, PoolError> {
		let mut next = *self;
		let lost = next.drop_debt(shares)?;
		next.deficit = plus(next.deficit, lost)?;
		*self = next;
		Ok(lost)
	}

	/// Lets deposit shares pay for the deficit, and gives how many were burned and what they paid: all of the shares, or as
	/// many as the deficit takes, rounded up. Nobody else's deposit is worth less by it. They are the insurance fund's.
	///
	/// [`PoolError::ExceedsDeposits`] if there are fewer shares.
	///
	/// ```
	/// use margin_math::{Amount, Shares};
	/// use margin_risk::Pool;
	///
	/// let mut pool = Pool::default();
	/// let funds = pool.supply(Amount(300)).unwrap();
	/// let supplied = pool.supply(Amount(1_000)).unwrap();
	/// let owed = pool.borrow(Amount(500)).unwrap();
	/// pool.write_deficit(owed).unwrap();
	/// assert_eq!(pool.cover(funds), Ok((funds, Amount(300))));
	/// assert_eq!(pool.deficit, Amount(200));
	/// assert_eq!(pool.deposit_value(supplied), Ok(Amount(1_000)));
	/// ```
	pub fn cover(&mut self, shares: Shares) -> Result<(Shares, Amount), PoolError> {
		let mut next = *self;
		let worth = next.to_deposit_amount(shares, Rounding::Down)?;
		let (burned, paid) = if worth <= next.deficit {
			(shares, worth)
		} else {
			let burned = next.to_deposit_shares(next.deficit, Rounding::Up)?;
			(burned.min(shares), next.deficit)
		};
		if paid.is_zero() {
			return Ok((Shares::ZERO, Amount::ZERO));
		}
		next.deficit = next.deficit.checked_sub(paid).ok_or(PoolError::ExceedsDeficit)?;
		next.burn_deposit(burned, paid)?;
		*self = next;
		Ok((burned, paid))
	}

	/// Cuts what all deposits are worth by `amount` of the deficit: what nobody has made good the suppliers lose, each by
	/// the same share. The one way in which a deposit index falls.
	///
	/// [`PoolError::ExceedsDeficit`]; [`PoolError::ExceedsDeposits`] if nothing of the deposits would be left.
	///
	/// ```
	/// use margin_math::Amount;
	/// use margin_risk::{Pool, PoolError};
	///
	/// let mut pool = Pool::default();
	/// let supplied = pool.supply(Amount(1_000)).unwrap();
	/// let owed = pool.borrow(Amount(400)).unwrap();
	/// let lost = pool.write_deficit(owed).unwrap();
	/// assert_eq!(pool.write_off(Amount(401)), Err(PoolError::ExceedsDeficit));
	/// pool.write_off(lost).unwrap();
	/// assert_eq!((pool.deficit, pool.deposits), (Amount::ZERO, Amount(600)));
	/// assert!(pool.is_balanced());
	/// ```
	pub fn write_off(&mut self, amount: Amount) -> Result<(), PoolError> {
		let mut next = *self;
		next.deficit = next.deficit.checked_sub(amount).ok_or(PoolError::ExceedsDeficit)?;
		next.deposits = next.deposits.checked_sub(amount).ok_or(PoolError::ExceedsDeposits)?;
		if next.deposits.is_zero() && !amount.is_zero() {
			return Err(PoolError::ExceedsDeposits);
		}
		*self = next;
		Ok(())
	}

	/// Takes `amount` in to make a deficit good.
	///
	/// [`PoolError::ExceedsDeficit`].
	pub fn pay_deficit(&mut self, amount: Amount) -> Result<(), PoolError> {
		let mut next = *self;
		next.deficit = next.deficit.checked_sub(amount).ok_or(PoolError::ExceedsDeficit)?;
		next.liquidity = plus(next.liquidity, amount)?;
		*self = next;
		Ok(())
	}
}
