//! How far each class may have come.

use super::{level_of, Class, Mark, Move, Stand, SLOTS, STABLE_SHARE};
use crate::Side;
use margin_math::{Ratio, Rounding};

/// The least that a portfolio leg's weight is to what it requires alone: `(1 + 2 m) / m` at a ratio of 20 %.
const WEIGHT_OVER_EXPOSURE: u32 = 7;

/// The moves of all assets since a generation began.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Moves {
	/// Of legs that require margin each for itself.
	single: Table,
	/// Of legs that require margin together.
	portfolio: Table,
	/// What correlations add to every move of the latter.
	correlations: Ratio,
	largest: Ratio,
}

/// Moves of one kind.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
struct Table {
	/// Of the volatile assets, by slot.
	volatile: [Option<Move>; SLOTS as usize],
	/// `A_s`.
	stable: Ratio,
	/// `A_s` with legs of any size.
	large_stable: Ratio,
}

impl Moves {
	/// Notes one asset of the generation. Every mark must be noted, before [`Moves::limit`] is asked.
	///
	/// A mark without a reference price limits no class, because no account with such a leg is above level 0. Once its
	/// asset has a price, [`Moves::largest`] is without bound, so that a new generation takes the price up.
	pub fn note(&mut self, slot: u8, mark: &Mark, now: &Stand) {
		if mark.price.is_zero() {
			if !now.deposit_price.is_zero() {
				self.largest = Ratio::MAX;
			}
			return;
		}
		let adverse = mark.adverse(now);
		self.largest = self.largest.max(adverse.deposit).max(adverse.debt);
		self.single.note(slot, mark.stable, adverse);
		self.portfolio.note(slot, mark.stable, mark.adverse_to_portfolios(now));
	}

	/// Notes by how much the band of any pair can have widened since the generation began, in parts per million. Once.
	pub fn note_correlations(&mut self, widened: u64) {
		let parts = u32::try_from(widened).unwrap_or(u32::MAX);
		self.correlations = Ratio::from_ppm(parts.div_ceil(WEIGHT_OVER_EXPOSURE));
	}

	/// The highest level of a class that holds candidates: with all below it, these levels hold every account of the
	/// class that is below its maintenance margin. [`TOP`](super::TOP) if there is no limit.
	pub fn limit(&self, class: Class) -> u8 {
		level_of(self.reach(class))
	}

	/// The distance that an account of the class exceeds if it cannot be below its maintenance margin: rounded up,
	/// [`Ratio::MAX`] if there is no limit.
	pub fn reach(&self, class: Class) -> Ratio {
		let (table, more) = if class.is_portfolio() {
			(&self.portfolio, self.correlations)
		} else {
			(&self.single, Ratio::ZERO)
		};
		let stable = if class.is_large() {
			table.large_stable
		} else {
			table.stable
		};
		let (volatile, stable) = (table.worst_of(class).saturating_add(more), stable.saturating_add(more));
		if class.is_gross() {
			return volatile.max(stable);
		}
		usual_reach(volatile, stable).unwrap_or(Ratio::MAX)
	}

	/// The largest adverse move of any asset, on either side, not counting what only large legs suffer: it tells when a
	/// new generation is due. [`Ratio::MAX`] is without bound.
	pub const fn largest(&self) -> Ratio {
		self.largest
	}
}

impl Table {
	fn note(&mut self, slot: u8, stable: bool, adverse: Move) {
		if stable {
			self.stable = self.stable.max(adverse.deposit).max(adverse.debt);
			self.large_stable = self.large_stable.max(adverse.large_deposit).max(adverse.large_debt);
		} else if let Some(noted) = self.volatile.get_mut(usize::from(slot)) {
			*noted = Some(adverse);
		}
	}

	/// `A_c`: of the legs in the class.
	fn worst_of(&self, class: Class) -> Ratio {
		let mut worst = Ratio::ZERO;
		for (slot, noted) in (0u8..).zip(&self.volatile) {
			let (deposit, debt) = (class.has(slot, Side::Deposit), class.has(slot, Side::Debt));
			if !deposit && !debt {
				continue;
			}
			let Some(adverse) = noted else { return Ratio::MAX };
			let (of_deposit, of_debt) = if class.is_large() {
				(adverse.large_deposit, adverse.large_debt)
			} else {
				(adverse.deposit, adverse.debt)
			};
			if deposit {
				worst = worst.max(of_deposit);
			}
			if debt {
				worst = worst.max(of_debt);
			}
		}
		worst
	}
}

/// `(A_c + A_s c) / (1 - A_s c)`, rounded up. `None` if it is without bound.
fn usual_reach(volatile: Ratio, stable: Ratio) -> Option<Ratio> {
	let stable = stable.checked_mul(STABLE_SHARE, Rounding::Up)?;
	let left = Ratio::ONE.checked_sub(stable)?;
	volatile.checked_add(stable)?.checked_div(left, Rounding::Up)
}
