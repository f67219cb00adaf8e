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
