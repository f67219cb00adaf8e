//! What a pool's shares are worth, and how much of it is in use.

use super::{Pool, PoolError, VIRTUAL_ASSETS, VIRTUAL_SHARES};
use crate::RateModel;
use margin_math::{div_wide, Amount, Ratio, Rounding, Shares, U256, UNIT};

impl Pool {
	/// What deposit shares are worth, rounded down.
	pub fn deposit_value(&self, shares: Shares) -> Result<Amount, PoolError> {
		self.to_deposit_amount(shares, Rounding::Down)
	}

	/// What debt shares owe, rounded up.
	pub fn debt_value(&self, shares: Shares) -> Result<Amount, PoolError> {
		self.to_debt_amount(shares, Rounding::Up)
	}

	/// The deposit shares that taking `amount` out burns, rounded up.
	pub fn deposit_shares_for(&self, amount: Amount) -> Result<Shares, PoolError> {
		self.to_deposit_shares(amount, Rounding::Up)
	}

	/// The deposit shares that are worth `amount` and no more, rounded down: what is handed over for it.
	pub fn deposit_shares_within(&self, amount: Amount) -> Result<Shares, PoolError> {
		self.to_deposit_shares(amount, Rounding::Down)
	}

	/// The debt shares that paying `amount` back burns, rounded down.
	pub fn debt_shares_for(&self, amount: Amount) -> Result<Shares, PoolError> {
		self.to_debt_shares(amount, Rounding::Down)
	}

	/// The borrowed share of the pool, `debt / (liquidity + debt)`, rounded up, at most 1. Zero for an empty pool.
	pub fn utilisation(&self) -> Ratio {
		let all = self.liquidity.saturating_add(self.debt);
		Ratio::of(self.debt.0, all.0, Rounding::Up)
			.unwrap_or(Ratio::ZERO)
			.min(Ratio::ONE)
	}

	/// What may still be borrowed when the share `unborrowable` of the deposits must stay: rounded down, at least zero.
	pub fn borrowable(&self, unborrowable: Ratio) -> Amount {
		let kept = self.deposits.mul_ratio(unborrowable, Rounding::Up);
		kept.map_or(Amount::ZERO, |kept| self.liquidity.saturating_sub(kept))
	}

	/// What suppliers earn per year: what borrowers pay, less the reserve's share, spread over all that is supplied.
	/// Rounded down; zero while nothing is supplied.
	///
	/// ```text
	/// borrow_rate(utilisation) * debt / deposits * (1 - reserve_factor)
	/// ```
	///
	/// ```
	/// use margin_math::{Amount, Ratio};
	/// use margin_risk::{Pool, RateModel};
	/// let model = RateModel {
	///     base: Ratio::ZERO,
	///     kink: Ratio::from_percent(80),
	///     rate_at_kink: Ratio::from_percent(8),
	///     rate_at_full: Ratio::from_percent(108),
	/// };
	/// let mut pool = Pool::default();
	/// pool.supply(Amount(1_000)).unwrap();
	/// pool.borrow(Amount(500)).unwrap();
	/// // Borrowers pay 5 % on one half, and a tenth of it is set aside.
	/// assert_eq!(pool.supply_rate(&model, Ratio::from_percent(10)), Ratio::from_ppm(22_500));
	/// ```
	pub fn supply_rate(&self, model: &RateModel, reserve_factor: Ratio) -> Ratio {
		let kept = Ratio::ONE.saturating_sub(reserve_factor);
		Ratio::of(self.debt.0, self.deposits.0, Rounding::Down)
			.and_then(|lent| lent.checked_mul(model.borrow_rate(self.utilisation()), Rounding::Down))
			.and_then(|paid| paid.checked_mul(kept, Rounding::Down))
			.unwrap_or_default()
	}

	/// What one unit supplied at the start is worth now: 1 at first, rounded down.
	pub fn deposit_index(&self) -> Ratio {
		let assets = U256::from(self.deposits.0).saturating_add(U256::from(VIRTUAL_ASSETS));
		let shares = U256::from(self.deposit_shares.0).saturating_add(U256::from(VIRTUAL_SHARES));
		// The virtual shares begin with 1000 a unit, and so does everybody's first deposit.
		let scale = U256::from(UNIT).saturating_mul(U256::from(VIRTUAL_SHARES));
		div_wide(assets.saturating_mul(scale), shares, Rounding::Down).map_or(Ratio::MAX, Ratio::from_raw)
	}

	/// What one unit borrowed at the start owes now: 1 at first, rounded up.
	pub fn debt_index(&self) -> Ratio {
		if self.debt_shares.is_zero() {
			return Ratio::ONE;
		}
		Ratio::of(self.debt.0, self.debt_shares.0, Rounding::Up).unwrap_or(Ratio::MAX)
	}
}
