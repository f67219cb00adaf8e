//! Supplying and borrowing.

use super::{plus, Pool, PoolError};
use margin_math::{Amount, Rounding, Shares};

impl Pool {
	/// Takes `amount` in and gives the deposit shares that it buys, rounded down.
	///
	/// [`PoolError::TooSmall`] if that is no share for more than nothing.
	pub fn supply(&mut self, amount: Amount) -> Result<Shares, PoolError> {
		let mut next = *self;
		let shares = next.to_deposit_shares(amount, Rounding::Down)?;
		if shares.is_zero() && !amount.is_zero() {
			return Err(PoolError::TooSmall);
		}
		next.liquidity = plus(next.liquidity, amount)?;
		next.deposits = plus(next.deposits, amount)?;
		next.deposit_shares = plus(next.deposit_shares, shares)?;
		*self = next;
		Ok(shares)
	}

	/// Pays `amount` out and gives the deposit shares that it burns, rounded up.
	///
	/// [`PoolError::ExceedsDeposits`], or [`PoolError::NotEnoughLiquidity`] if too much is lent out.
	pub fn withdraw(&mut self, amount: Amount) -> Result<Shares, PoolError> {
		let mut next = *self;
		let shares = next.to_deposit_shares(amount, Rounding::Up)?;
		next.burn_deposit(shares, amount)?;
		next.pay_out(amount)?;
		*self = next;
		Ok(shares)
	}

	/// Burns exactly these deposit shares and pays out what they are worth, rounded down.
	///
	/// Errors as [`Pool::withdraw`].
	pub fn withdraw_all(&mut self, shares: Shares) -> Result<Amount, PoolError> {
		let mut next = *self;
		let amount = next.to_deposit_amount(shares, Rounding::Down)?;
		next.burn_deposit(shares, amount)?;
		next.pay_out(amount)?;
		*self = next;
		Ok(amount)
	}

	/// Lends `amount` out and gives the debt shares that it costs, rounded up. What the shares owe above `amount` goes
	/// to the reserves.
	///
	/// [`PoolError::NotEnoughLiquidity`]. What must stay unborrowable is the caller's business: see
	/// [`Pool::borrowable`].
	pub fn borrow(&mut self, amount: Amount) -> Result<Shares, PoolError> {
		let mut next = *self;
		let shares = next.to_debt_shares(amount, Rounding::Up)?;
		let owed = next.to_debt_amount(shares, Rounding::Up)?;
		next.pay_out(amount)?;
		next.debt = plus(next.debt, owed)?;
		next.debt_shares = plus(next.debt_shares, shares)?;
		next.reserves = plus(next.reserves, owed.saturating_sub(amount))?;
		*self = next;
		Ok(shares)
	}

	/// Takes `amount` in against a debt and gives the debt shares that it burns, rounded down. What it pays above what
	/// those shares owe goes to the reserves.
	///
	/// [`PoolError::TooSmall`] if that is no share for more than nothing, [`PoolError::ExceedsDebt`] if it is more than
	/// all that is owed. The caller sees to it that `amount` is at most [`Pool::debt_value`] of the payer's shares:
	/// then the shares burned are at most the payer's.
	pub fn repay(&mut self, amount: Amount) -> Result<Shares, PoolError> {
		let mut next = *self;
		let shares = next.pay_off(amount)?;
		next.liquidity = plus(next.liquidity, amount)?;
		*self = next;
		Ok(shares)
	}

	/// Burns exactly these debt shares and takes in what they owe, rounded up.
	///
	/// [`PoolError::ExceedsDebt`] if there are fewer.
	pub fn repay_all(&mut self, shares: Shares) -> Result<Amount, PoolError> {
		let mut next = *self;
		let amount = next.to_debt_amount(shares, Rounding::Up)?;
		next.burn_debt(shares, amount)?;
		next.liquidity = plus(next.liquidity, amount)?;
		*self = next;
		Ok(amount)
	}

	/// Lets deposit shares and debt shares of one holder pay each other, which needs no liquidity. Gives the deposit
	/// shares and the debt shares burned: all of one side, and of the other no more than there were.
	///
	/// [`PoolError::ExceedsDeposits`] or [`PoolError::ExceedsDebt`] if the pool has fewer of either.
	pub fn net(&mut self, deposit: Shares, debt: Shares) -> Result<(Shares, Shares), PoolError> {
		let mut next = *self;
		let held = next.to_deposit_amount(deposit, Rounding::Down)?;
		let owed = next.to_debt_amount(debt, Rounding::Up)?;
		let (amount, deposit_burned, debt_burned) = if held >= owed {
			(owed, next.to_deposit_shares(owed, Rounding::Up)?.min(deposit), debt)
		} else {
			(held, deposit, next.to_debt_shares(held, Rounding::Down)?.min(debt))
		};
		next.burn_debt(debt_burned, amount)?;
		next.burn_deposit(deposit_burned, amount)?;
		*self = next;
		Ok((deposit_burned, debt_burned))
	}

	fn pay_out(&mut self, amount: Amount) -> Result<(), PoolError> {
		self.liquidity = self
			.liquidity
			.checked_sub(amount)
			.ok_or(PoolError::NotEnoughLiquidity)?;
		Ok(())
	}

	/// Takes a deposit out of the books. What is left when the last share goes is nobody's: it goes to the reserves.
	pub(super) fn burn_deposit(&mut self, shares: Shares, amount: Amount) -> Result<(), PoolError> {
		self.deposit_shares = self
			.deposit_shares
			.checked_sub(shares)
			.ok_or(PoolError::ExceedsDeposits)?;
		self.deposits = self.deposits.checked_sub(amount).ok_or(PoolError::ExceedsDeposits)?;
		if self.deposit_shares.is_zero() {
			self.reserves = plus(self.reserves, self.deposits)?;
			self.deposits = Amount::ZERO;
		}
		Ok(())
	}

	fn pay_off(&mut self, amount: Amount) -> Result<Shares, PoolError> {
		let shares = self.to_debt_shares(amount, Rounding::Down)?;
		if shares.is_zero() && !amount.is_zero() {
			return Err(PoolError::TooSmall);
		}
		self.burn_debt(shares, amount)?;
		Ok(shares)
	}

	/// Takes debt shares out of the books for `paid`: the debt falls by what they owe, rounded down, so that the index of
	/// the others does not; the rest of `paid` goes to the reserves.
	fn burn_debt(&mut self, shares: Shares, paid: Amount) -> Result<(), PoolError> {
		let forgiven = self.drop_debt(shares)?;
		let extra = paid.checked_sub(forgiven).ok_or(PoolError::Overflow)?;
		self.reserves = plus(self.reserves, extra)?;
		Ok(())
	}

	/// Removes debt shares and what they owe, rounded down, from the debt, and gives that amount.
	pub(super) fn drop_debt(&mut self, shares: Shares) -> Result<Amount, PoolError> {
		let left = self.debt_shares.checked_sub(shares).ok_or(PoolError::ExceedsDebt)?;
		let dropped = self.to_debt_amount(shares, Rounding::Down)?;
		self.debt = self.debt.checked_sub(dropped).ok_or(PoolError::ExceedsDebt)?;
		self.debt_shares = left;
		Ok(dropped)
	}
}
