//! What an asset was when a generation began, what it is now, and how much of a leg's weight that can cost.

use crate::{ratios::is_off, MAX_MAINTENANCE};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use margin_math::{mul_div, Amount, Price, Ratio, Rounding};
use scale_info::TypeInfo;

/// An asset in a generation: the reference price, and values that are at least as favourable as any account was filed
/// with, so that what is computed from them covers every account of the generation.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Mark {
	/// The reference price. Fixed for the generation.
	pub price: Price,
	/// The lowest index of debts since the generation began.
	pub debt_index: Ratio,
	/// At least the highest index of deposits from which a write-off has cut since the generation began.
	pub deposit_index: Ratio,
	/// The lowest maintenance ratio since the generation began, before the size of an account counts.
	pub maintenance: Ratio,
	/// The largest size scale since the generation began, off being the largest.
	pub size_scale: Amount,
	/// The highest maintenance ratio with which a portfolio account was filed, before its size counts.
	pub highest: Ratio,
	/// The smallest size scale with which a portfolio account was filed, off being the largest.
	pub least_scale: Amount,
	/// Whether the asset counts as stable. Fixed for the generation.
	pub stable: bool,
}

/// An asset now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stand {
	/// The price at which a deposit counts at maintenance.
	pub deposit_price: Price,
	/// The price at which a debt counts at maintenance.
	pub debt_price: Price,
	/// The index of debts.
	pub debt_index: Ratio,
	/// The index of deposits.
	pub deposit_index: Ratio,
	/// The maintenance ratio in force, before the size of an account counts.
	pub maintenance: Ratio,
	/// The size scale in force.
	pub size_scale: Amount,
}

/// The most that a leg can have lost since the generation began, in parts of its weight; zero if it can only have
/// gained. [`Ratio::MAX`] is without bound.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Move {
	/// Of a deposit.
	pub deposit: Ratio,
	/// Of a debt.
	pub debt: Ratio,
	/// Of a deposit that may exceed a quarter of the size scale.
	pub large_deposit: Ratio,
	/// Of a debt that may exceed a quarter of the size scale.
	pub large_debt: Ratio,
}

impl Mark {
	/// Parameters are being loosened: to be called with those at the end of the way, before any account is filed with
	/// less than the mark's ratio or with a larger scale.
	pub fn lower(&mut self, maintenance: Ratio, size_scale: Amount) {
		self.maintenance = self.maintenance.min(maintenance);
		self.size_scale = unless_off(self.size_scale).max(unless_off(size_scale));
	}

	/// To be called with the parameters in force before a portfolio account is filed, whose requirement may rise when the
	/// ratio of a leg falls that hedges others.
	pub fn raise(&mut self, maintenance: Ratio, size_scale: Amount) {
		self.highest = self.highest.max(maintenance);
		self.least_scale = unless_off(self.least_scale).min(unless_off(size_scale));
	}

	/// To be called with the index of deposits just before a write-off cuts it.
	pub fn note_deposit_index(&mut self, index: Ratio) {
		self.deposit_index = self.deposit_index.max(index);
	}

	/// To be called with the index of debts before an account is filed that owes the asset: a pool whose last debt was
	/// repaid begins again at 1.
	pub fn note_debt_index(&mut self, index: Ratio) {
		self.debt_index = self.debt_index.min(index);
	}

	/// What legs in the asset can have lost, as the module derives it. Without a reference price there is no bound.
	///
	/// The maintenance ratio of a leg is `b (1 + q / s)`, at most `top = max(20 %, b)`, with a base `b` and a scale `s`; see
	/// [`MarginRatios::for_size`](crate::MarginRatios::for_size). Let `b0`, `s0` be the mark's, `b`, `s` those of now, and
	/// `t` a leg's part of the scale when it was filed, when its base was at least `b0` and its scale at most `s0`. By now
	/// its part is at most `z t`, with `z = max(1, s0 / s)` times the growth of debts, so its ratio has risen by at most
	///
	/// ```text
	/// e(t) = min(b (1 + z t), top) - min(b0 (1 + t), top)
	/// ```
	///
	/// Up to `t = 1/4` that is at most `b - b0` or `b (1 + z / 4) - b0 (1 + 1 / 4)`, the ends of a straight line. For any
	/// `t` it is largest at zero, or where the new ratio reaches the top, at `t = (top / b - 1) / z`. If only the mark's
	/// scale is off there is no `z`, and `e <= top - b0`.
	pub fn adverse(&self, now: &Stand) -> Move {
		self.moves(
			now,
			|large| self.deposit_loss(now, self.rise(now, Ratio::ONE, large)),
			|growth, large| self.debt_loss(now, growth, self.rise(now, growth, large)),
		)
	}

	/// The same of legs in portfolio accounts, but for correlations.
	///
	/// By how much a leg's ratio may have fallen: it was at most 1.25 of the highest base if the leg was small, and at most
	/// `top` if not. By now the base is a part of the highest one, the scale a multiple of the least, and a deposit a part
	/// of what it was; since a ratio is at most in proportion to each, the part of it that is left is at least the product
	/// of all three, with each at most one.
	pub fn adverse_to_portfolios(&self, now: &Stand) -> Move {
		let spread = |growth, large| self.rise(now, growth, large).max(self.fall(now, large));
		self.moves(
			now,
			|large| self.portfolio_deposit_loss(now, spread(Ratio::ONE, large)),
			|growth, large| self.portfolio_debt_loss(now, growth, spread(growth, large)),
		)
	}

	/// The losses of both sides, small and large. A debt's is asked with the growth of debts.
	fn moves(&self, now: &Stand, deposit: impl Fn(bool) -> Ratio, debt: impl Fn(Ratio, bool) -> Ratio) -> Move {
		let without_bound = Move {
			deposit: Ratio::MAX,
			debt: Ratio::MAX,
			large_deposit: Ratio::MAX,
			large_debt: Ratio::MAX,
		};
		if self.price.is_zero() {
			return without_bound;
		}
		let deposits = Move {
			deposit: deposit(false),
			large_deposit: deposit(true),
			..without_bound
		};
		let Some(growth) = self.debt_growth(now) else {
			return deposits;
		};
		Move {
			debt: debt(growth, false),
			large_debt: debt(growth, true),
			..deposits
		}
	}

	/// `A` of a deposit whose ratio rose by `rise`: rounded up, at most 1.
	fn deposit_loss(&self, now: &Stand, rise: Ratio) -> Ratio {
		let kept = self.kept(now);
		let by_ratio = product([Ratio::from_percent(125), kept, rise]);
		Ratio::ONE.saturating_sub(kept).saturating_add(by_ratio).min(Ratio::ONE)
	}

	/// `A` of a portfolio's deposit whose ratio moved by `spread`: rounded up.
	fn portfolio_deposit_loss(&self, now: &Stand, spread: Ratio) -> Ratio {
		let kept = self.kept(now);
		let by_ratio = product([Ratio::from_percent(200), kept, spread]);
		Ratio::ONE.saturating_sub(kept).saturating_add(by_ratio)
	}

	/// `k`: what is left of a deposit's value by write-offs and a fall of the price. Rounded down.
	fn kept(&self, now: &Stand) -> Ratio {
		let kept_by_index = self.kept_by_index(now);
		let kept_by_price = at_most_one(now.deposit_price.raw(), self.price.raw());
		kept_by_index
			.checked_mul(kept_by_price, Rounding::Down)
			.unwrap_or(Ratio::ZERO)
	}

	/// `v`, rounded down.
	fn kept_by_index(&self, now: &Stand) -> Ratio {
		// An index is rounded down: the mark's was less than 10^-18 higher.
		let highest = self.deposit_index.saturating_add(Ratio::from_raw(1));
		at_most_one(now.deposit_index.raw(), highest.raw())
	}

	/// `A` of a debt that grew by the factor `growth` and whose ratio rose by `rise`: rounded up.
	fn debt_loss(&self, now: &Stand, growth: Ratio, rise: Ratio) -> Ratio {
		match product([self.debt_move(now), growth, Ratio::ONE.saturating_add(rise)]) {
			Ratio::MAX => Ratio::MAX,
			cost => cost.saturating_sub(Ratio::ONE),
		}
	}

	/// `A` of a portfolio's debt that grew by the factor `growth` and whose ratio moved by `spread`: rounded up.
	fn portfolio_debt_loss(&self, now: &Stand, growth: Ratio, spread: Ratio) -> Ratio {
		let times = product([self.debt_move(now), growth, Ratio::ONE]).max(Ratio::ONE);
		let twice = product([Ratio::from_percent(200), spread, Ratio::ONE]);
		match product([times, Ratio::ONE.saturating_add(twice), Ratio::ONE]) {
			Ratio::MAX => Ratio::MAX,
			cost => cost.saturating_sub(Ratio::ONE),
		}
	}

	/// `p / r` of a debt, rounded up.
	fn debt_move(&self, now: &Stand) -> Ratio {
		Ratio::of(now.debt_price.raw(), self.price.raw(), Rounding::Up).unwrap_or(Ratio::MAX)
	}

	/// The factor by which debts have grown, rounded up: at least 1. `None` if it does not fit.
	fn debt_growth(&self, now: &Stand) -> Option<Ratio> {
		// An index is rounded up: the mark's was less than 10^-18 lower.
		let lowest = self.debt_index.saturating_sub(Ratio::from_raw(1));
		let growth = now.debt_index.checked_div(lowest, Rounding::Up)?;
		Some(growth.max(Ratio::ONE))
	}

	/// `e`, rounded up: of a leg of any size, or of one of at most a quarter of the scale.
	fn rise(&self, now: &Stand, growth: Ratio, large: bool) -> Ratio {
		let base = now.maintenance.saturating_sub(self.maintenance);
		if is_off(now.size_scale) || now.maintenance.is_zero() {
			return base;
		}
		let top = MAX_MAINTENANCE.max(now.maintenance);
		let highest = top.saturating_sub(self.maintenance);
		let Some(stretch) = self.stretch(now, growth) else {
			return highest;
		};
		let rise = if large {
			top.saturating_sub(self.ratio_before(top, now.maintenance, stretch))
		} else {
			self.rise_of_a_quarter(now.maintenance, stretch)
		};
		rise.max(base).min(highest)
	}

	/// By how much the ratio of a portfolio's leg can have fallen, rounded up: of any leg, or of one that was at most a
	/// quarter of the scale.
	fn fall(&self, now: &Stand, large: bool) -> Ratio {
		let base = at_most_one(now.maintenance.raw(), self.highest.raw());
		let scale = at_most_one(self.least_scale.0, unless_off(now.size_scale).0);
		let left = base
			.checked_mul(scale, Rounding::Down)
			.and_then(|left| left.checked_mul(self.kept_by_index(now), Rounding::Down))
			.unwrap_or(Ratio::ZERO);
		let top = MAX_MAINTENANCE.max(self.highest);
		let before = if is_off(self.least_scale) {
			self.highest
		} else if large {
			top
		} else {
			product([self.highest, Ratio::from_percent(125), Ratio::ONE]).min(top)
		};
		product([before, Ratio::ONE.saturating_sub(left), Ratio::ONE])
	}

	/// `z`, rounded up. `None` if there is no bound.
	fn stretch(&self, now: &Stand, growth: Ratio) -> Option<Ratio> {
		if is_off(self.size_scale) {
			return None;
		}
		let scale = Ratio::of(self.size_scale.0, now.size_scale.0, Rounding::Up)?;
		scale.max(Ratio::ONE).checked_mul(growth, Rounding::Up)
	}

	/// `b (1 + z / 4) - b0 (1 + 1 / 4)`, rounded up.
	fn rise_of_a_quarter(&self, base: Ratio, stretch: Ratio) -> Ratio {
		let quarter = |ratio: Ratio, rounding| mul_div(ratio.raw(), 1, 4, rounding).map_or(ratio, Ratio::from_raw);
		let before = self
			.maintenance
			.saturating_add(quarter(self.maintenance, Rounding::Down));
		let more = product([base, quarter(stretch, Rounding::Up), Ratio::ONE]);
		base.saturating_add(more).saturating_sub(before)
	}

	/// `b0 (1 + t)` at the `t` whose ratio is now just at the top: rounded down.
	fn ratio_before(&self, top: Ratio, base: Ratio, stretch: Ratio) -> Ratio {
		let more = top
			.checked_div(base, Rounding::Down)
			.map(|times| times.saturating_sub(Ratio::ONE))
			.and_then(|part| part.checked_div(stretch, Rounding::Down))
			.and_then(|part| part.checked_mul(self.maintenance, Rounding::Down));
		self.maintenance.saturating_add(more.unwrap_or(Ratio::ZERO))
	}
}

/// A size scale, the largest where it is off.
fn unless_off(scale: Amount) -> Amount {
	if is_off(scale) {
		Amount(u128::MAX)
	} else {
		scale
	}
}

/// `part / whole`, rounded down, at most 1.
fn at_most_one(part: u128, whole: u128) -> Ratio {
	if part >= whole {
		return Ratio::ONE;
	}
	Ratio::of(part, whole, Rounding::Down).unwrap_or(Ratio::ZERO)
}

/// The product, rounded up; [`Ratio::MAX`] if it does not fit.
fn product(factors: [Ratio; 3]) -> Ratio {
	let [first, second, third] = factors;
	first
		.checked_mul(second, Rounding::Up)
		.and_then(|both| both.checked_mul(third, Rounding::Up))
		.unwrap_or(Ratio::MAX)
}
