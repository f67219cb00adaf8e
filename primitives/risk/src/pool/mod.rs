//! The books of one asset's pool.
//!
//! Suppliers hold shares of the deposits, borrowers shares of the debt, so that interest reaches all of them by one
//! change of the totals. After every operation, exactly,
//!
//! ```text
//! liquidity + debt + deficit == deposits + reserves
//! ```
//!
//! An operation returns an error and changes nothing, or succeeds and keeps the identity. Roundings go against whoever
//! acts: fewer shares for what is supplied, more for what is withdrawn, more debt for what is borrowed, less paid off
//! for what is repaid. What rounding leaves over on the debt's side goes to the reserves, and neither index falls by any
//! of it.
//!
//! **Virtual shares.** The price of a deposit share is `(deposits + 1) / (deposit_shares + 1000)`, as if one unit with
//! a thousand shares lay in the pool from the start. Whoever makes the first deposit and then inflates the price of a
//! share, to round the next depositor's shares down to none, gives most of what that costs to the virtual shares.
//!
//! ```
//! use margin_math::{Amount, Ratio};
//! use margin_risk::{Pool, PoolError, RateModel};
//!
//! let mut pool = Pool::default();
//! let supplied = pool.supply(Amount(1_000_000)).unwrap();
//! let owed = pool.borrow(Amount(800_000)).unwrap();
//! assert_eq!(pool.withdraw(Amount(500_000)), Err(PoolError::NotEnoughLiquidity));
//!
//! // A day at 10 % a year, of which a tenth goes to the reserves.
//! let rate = Ratio::from_percent(10);
//! let model = RateModel { base: rate, kink: Ratio::from_percent(80), rate_at_kink: rate, rate_at_full: rate };
//! pool.accrue(&model, Ratio::from_percent(10), 86_400_000).unwrap();
//! assert_eq!(pool.repay_all(owed), Ok(Amount(800_220)));
//! assert_eq!(pool.reserves, Amount(22));
//! assert_eq!(pool.withdraw_all(supplied), Ok(Amount(1_000_197)));
//! ```

mod accrual;
mod lending;
mod losses;
mod views;

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use margin_math::{mul_div, Amount, Ratio, Rounding, Shares};
use scale_info::TypeInfo;

pub use accrual::{CHUNK_MS, MAX_CHUNKS};

/// Shares that nobody holds, which count in the price of a deposit share.
pub const VIRTUAL_SHARES: u128 = 1_000;
/// Units that nobody supplied, which count in the price of a deposit share.
pub const VIRTUAL_ASSETS: u128 = 1;

/// Deposits, debts, reserves and losses of one asset.
#[derive(
	Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Pool {
	/// What lies in the pool and can be paid out.
	pub liquidity: Amount,
	/// What the deposit shares have a claim on.
	pub deposits: Amount,
	/// What the debt shares owe.
	pub debt: Amount,
	/// What the pool has earned for the insurance fund.
	pub reserves: Amount,
	/// What was owed and will never be paid, and that nobody has made good yet.
	pub deficit: Amount,
	/// Shares of the deposits.
	pub deposit_shares: Shares,
	/// Shares of the debt.
	pub debt_shares: Shares,
	/// Until when interest is booked, in milliseconds of chain time.
	pub accrued_at: u64,
	/// The fraction of one unit that borrowers were charged ahead by rounding interest up, set off against the next.
	pub charged_ahead: Ratio,
	/// The fraction of one unit that the reserves got ahead by rounding their part up, set off against the next.
	pub reserved_ahead: Ratio,
}

/// Why an operation on a pool is refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum PoolError {
	/// The amount is worth less than one share.
	TooSmall,
	/// The pool has less liquidity than would be paid out.
	NotEnoughLiquidity,
	/// More than all deposits, or more shares than there are, would be taken out.
	ExceedsDeposits,
	/// More than all debt, or more shares than there are, would be paid back.
	ExceedsDebt,
	/// More than the deficit would be made good.
	ExceedsDeficit,
	/// A total would not fit.
	Overflow,
}

impl Pool {
	/// Whether `liquidity + debt + deficit == deposits + reserves`, and there are debt shares exactly if there is debt.
	pub fn is_balanced(&self) -> bool {
		let sum = |parts: &[Amount]| {
			parts
				.iter()
				.try_fold(Amount::ZERO, |total, part| total.checked_add(*part))
		};
		let assets = sum(&[self.liquidity, self.debt, self.deficit]);
		assets.is_some()
			&& assets == sum(&[self.deposits, self.reserves])
			&& self.debt.is_zero() == self.debt_shares.is_zero()
	}

	/// The deposit shares of `amount`.
	fn to_deposit_shares(self, amount: Amount, rounding: Rounding) -> Result<Shares, PoolError> {
		let shares = plus(Shares(VIRTUAL_SHARES), self.deposit_shares)?;
		let assets = plus(Amount(VIRTUAL_ASSETS), self.deposits)?;
		mul_div(amount.0, shares.0, assets.0, rounding)
			.map(Shares)
			.ok_or(PoolError::Overflow)
	}

	/// What deposit shares are worth.
	fn to_deposit_amount(self, shares: Shares, rounding: Rounding) -> Result<Amount, PoolError> {
		let all = plus(Shares(VIRTUAL_SHARES), self.deposit_shares)?;
		let assets = plus(Amount(VIRTUAL_ASSETS), self.deposits)?;
		mul_div(shares.0, assets.0, all.0, rounding)
			.map(Amount)
			.ok_or(PoolError::Overflow)
	}

	/// The debt shares of `amount`: one each as long as there is no debt.
	fn to_debt_shares(self, amount: Amount, rounding: Rounding) -> Result<Shares, PoolError> {
		if self.debt_shares.is_zero() || self.debt.is_zero() {
			return Ok(Shares(amount.0));
		}
		mul_div(amount.0, self.debt_shares.0, self.debt.0, rounding)
			.map(Shares)
			.ok_or(PoolError::Overflow)
	}

	/// What debt shares owe: one unit each as long as there is no debt.
	fn to_debt_amount(self, shares: Shares, rounding: Rounding) -> Result<Amount, PoolError> {
		if self.debt_shares.is_zero() {
			return Ok(Amount(shares.0));
		}
		mul_div(shares.0, self.debt.0, self.debt_shares.0, rounding)
			.map(Amount)
			.ok_or(PoolError::Overflow)
	}
}

/// Totals are sums of two of one kind, and nothing is added without a check.
trait Total: Sized {
	fn sum(self, other: Self) -> Option<Self>;
}

impl Total for Amount {
	fn sum(self, other: Self) -> Option<Self> {
		self.checked_add(other)
	}
}

impl Total for Shares {
	fn sum(self, other: Self) -> Option<Self> {
		self.checked_add(other)
	}
}

fn plus<T: Total>(total: T, part: T) -> Result<T, PoolError> {
	total.sum(part).ok_or(PoolError::Overflow)
}
