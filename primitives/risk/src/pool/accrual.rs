//! Interest over time.

use super::{plus, Pool, PoolError};
use crate::{growth, interest::YEAR_MS, RateModel};
use margin_math::{div_wide, mul_div, Amount, Ratio, Rounding, U256, UNIT};

/// The longest time for which one rate is applied: an hour.
pub const CHUNK_MS: u64 = 3_600_000;
/// The most chunks that one call books.
pub const MAX_CHUNKS: u32 = 24;

impl Pool {
	/// Books the interest until `now`, or of the next 24 hours if more time has passed: the rest is left for the next
	/// call. A `now` before the last call does nothing.
	///
	/// Time is cut into chunks of an hour, each at the rate of the utilisation that the pool will have in its middle,
	/// so that the steep part of the model is followed as closely as by accruing every block. A chunk's interest is
	/// `debt * growth(rate, time)`, of which `reserve_factor` goes to the reserves and the rest to the deposits; all of it
	/// to the reserves while nobody has deposits. Both are rounded up, and what that takes too much is set off against
	/// the next chunk, so that all roundings together never exceed one unit, however often interest is booked.
	///
	/// [`PoolError::Overflow`] if the debt would not fit.
	pub fn accrue(&mut self, model: &RateModel, reserve_factor: Ratio, now: u64) -> Result<(), PoolError> {
		let mut next = *self;
		for _ in 0..MAX_CHUNKS {
			if next.debt.is_zero() {
				next.accrued_at = next.accrued_at.max(now);
			}
			let time = now.saturating_sub(next.accrued_at).min(CHUNK_MS);
			if time == 0 {
				break;
			}
			next.charge(growth(next.rate_over(model, time), time), reserve_factor)?;
			next.accrued_at = next.accrued_at.saturating_add(time);
		}
		*self = next;
		Ok(())
	}

	/// The rate half way through a chunk, which the rate at its start is enough to foresee, without compounding: in half
	/// an hour at 1000 % a year that leaves out less than 2 * 10^-7 of the debt.
	fn rate_over(&self, model: &RateModel, time: u64) -> Ratio {
		let at_start = model.borrow_rate(self.utilisation());
		let half = time.div_ceil(2);
		let growth =
			mul_div(at_start.raw(), half.into(), YEAR_MS.into(), Rounding::Up).map_or(Ratio::MAX, Ratio::from_raw);
		let interest = self.debt.mul_ratio(growth, Rounding::Up).unwrap_or_default();
		let halfway = Self {
			debt: self.debt.saturating_add(interest),
			..*self
		};
		model.borrow_rate(halfway.utilisation())
	}

	fn charge(&mut self, growth: Ratio, reserve_factor: Ratio) -> Result<(), PoolError> {
		let interest = round_up_once(self.debt, growth, &mut self.charged_ahead)?;
		let reserve = if self.deposit_shares.is_zero() {
			interest
		} else {
			round_up_once(interest, reserve_factor.min(Ratio::ONE), &mut self.reserved_ahead)?
		};
		self.debt = plus(self.debt, interest)?;
		self.reserves = plus(self.reserves, reserve)?;
		self.deposits = plus(self.deposits, interest.saturating_sub(reserve))?;
		Ok(())
	}
}

/// `amount * ratio` rounded up, less what earlier roundings took `ahead`, which is brought up to date.
fn round_up_once(amount: Amount, ratio: Ratio, ahead: &mut Ratio) -> Result<Amount, PoolError> {
	let (taken, left) = match in_128_bits(amount.0, ratio.raw(), ahead.raw()) {
		Some(narrow) => narrow,
		None => in_256_bits(amount.0, ratio.raw(), ahead.raw())?,
	};
	*ahead = Ratio::from_raw(left);
	Ok(Amount(taken))
}

/// What is taken, and what it takes ahead in 10^-18 units. `None` if an intermediate result does not fit: most do.
fn in_128_bits(amount: u128, ratio: u128, ahead: u128) -> Option<(u128, u128)> {
	let exact = amount.checked_mul(ratio)?;
	let taken = exact.saturating_sub(ahead).div_ceil(UNIT);
	let left = taken.checked_mul(UNIT)?.checked_add(ahead)?.checked_sub(exact)?;
	Some((taken, left))
}

/// The same through 256 bits.
fn in_256_bits(amount: u128, ratio: u128, ahead: u128) -> Result<(u128, u128), PoolError> {
	let unit = U256::from(UNIT);
	// In 10^-18 units; a product of two 128-bit numbers fits.
	let exact = U256::from(amount).saturating_mul(U256::from(ratio));
	let already = U256::from(ahead);
	let taken = div_wide(exact.saturating_sub(already), unit, Rounding::Up).ok_or(PoolError::Overflow)?;
	let left = U256::from(taken)
		.saturating_mul(unit)
		.saturating_add(already)
		.saturating_sub(exact);
	let left = u128::try_from(left).map_err(|_| PoolError::Overflow)?;
	Ok((taken, left))
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	proptest! {
		#[test]
		fn both_widths_take_the_same(amount in 0u128..1 << 80, ratio in 0u128..1 << 60, ahead in 0u128..UNIT) {
			let wide = in_256_bits(amount, ratio, ahead).unwrap();
			if let Some(narrow) = in_128_bits(amount, ratio, ahead) {
				prop_assert_eq!(narrow, wide);
			}
		}
	}
}
