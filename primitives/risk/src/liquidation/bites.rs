//! Part of a step.

use super::{Slice, Step};
use alloc::vec::Vec;
use margin_math::{mul_div, Amount, Ratio, Rounding, Value};

impl Step {
	/// The first slices, worth at most `most` of repaid debt. The one that is too large is cut, so that what goes and what
	/// stays of it are both worth a bite; otherwise it stays whole. Empty if that leaves nothing.
	///
	/// So no leg is left with a splinter that the whole step would have taken along.
	///
	/// Of a proportional step it is the same part of every slice, with what stays worth a bite all together.
	///
	/// ```
	/// use margin_math::{Amount, Ratio, Value};
	/// use margin_risk::{Slice, Step};
	/// let dollars = Value::from_dollars;
	/// let slice = Slice {
	///     collateral: 0,
	///     debt: 1,
	///     repaid: Amount(1_000),
	///     taken: Amount(2_020),
	///     penalty: Ratio::from_percent(1),
	///     repaid_value: dollars(1_000),
	///     taken_value: dollars(1_010),
	/// };
	/// let step = Step::of(Default::default(), vec![slice]);
	/// let repaid = |most| step.up_to(dollars(most), dollars(100)).first().map(|slice| slice.repaid.0);
	/// assert_eq!(repaid(1_000), Some(1_000));
	/// assert_eq!(repaid(950), Some(900));
	/// assert_eq!(repaid(150), Some(150));
	/// assert_eq!(repaid(99), None);
	/// ```
	pub fn up_to(&self, most: Value, min_bite: Value) -> Vec<Slice> {
		if self.proportional {
			return self.in_proportion(most, min_bite);
		}
		let mut left = most;
		let mut slices = Vec::with_capacity(self.slices.len());
		for slice in &self.slices {
			match left.checked_sub(slice.repaid_value) {
				Some(rest) if !rest.is_negative() => {
					slices.push(*slice);
					left = rest;
				},
				_ => {
					let part = part_of(slice, left, min_bite);
					if part.is_none() {
						drop_splinter(&mut slices, &self.slices, min_bite);
					}
					slices.extend(part);
					break;
				},
			}
		}
		slices
	}

	/// Value of all that is repaid; the largest there is, if it does not fit.
	pub fn repaid(&self) -> Value {
		let sum = self
			.slices
			.iter()
			.try_fold(Value::ZERO, |sum, slice| sum.checked_add(slice.repaid_value));
		sum.unwrap_or(Value::from_raw(i128::MAX))
	}

	fn in_proportion(&self, most: Value, min_bite: Value) -> Vec<Slice> {
		let all = self.repaid();
		if most >= all {
			return self.slices.clone();
		}
		let part = all.checked_sub(min_bite).map_or(Value::ZERO, |rest| rest.min(most));
		if part < min_bite || part <= Value::ZERO {
			return Vec::new();
		}
		self.slices
			.iter()
			.filter_map(|slice| share_of(slice, part, all))
			.collect()
	}

	/// Whether `bite`, the first part of this step, and the step `next` that is due after it cost the account together no
	/// more than this step at once; give or take a ten-thousandth of a bite, for amounts that are rounded to units. If each
	/// bite is held to that, so is any number of them.
	///
	/// With ratios that do not depend on an account's size it always holds: after a bite the penalty is no higher, the
	/// order of the legs is the same, and no more is missing to the target than the slices that were left, which are worth
	/// a bite, so that nothing rounds them up. Ratios that fall with the size may change the order, and then some leg's
	/// rest may be rounded up that would not have been touched.
	pub fn allows(&self, bite: &[Slice], next: Option<&Self>, min_bite: Value) -> bool {
		let together = || {
			let next = next.map_or(Some(Value::ZERO), |step| cost(&step.slices))?;
			cost(bite)?.checked_add(next)
		};
		let at_once = || {
			let hair = min_bite.mul_ratio(Ratio::from_ppm(100), Rounding::Up)?;
			cost(&self.slices)?.checked_add(hair)
		};
		matches!((together(), at_once()), (Some(together), Some(at_once)) if together <= at_once)
	}
}

/// What slices cost the account beyond what they repay, had amounts no units.
fn cost(slices: &[Slice]) -> Option<Value> {
	slices.iter().try_fold(Value::ZERO, |sum, slice| {
		sum.checked_add(slice.repaid_value.mul_ratio(slice.penalty, Rounding::Up)?)
	})
}

/// Takes back what would leave less than a bite of a leg that the rest of the step goes on with.
fn drop_splinter(slices: &mut Vec<Slice>, step: &[Slice], min_bite: Value) {
	while let Some(last) = slices.pop() {
		let rest = step.get(slices.len().saturating_add(1)..).unwrap_or_default();
		let goes_on = |same: fn(&Slice) -> usize| {
			let mut parts = rest.iter().filter(|slice| same(slice) == same(&last)).peekable();
			parts.peek().is_none()
				|| parts
					.try_fold(Value::ZERO, |sum, slice| sum.checked_add(slice.repaid_value))
					.is_none_or(|sum| sum >= min_bite)
		};
		if goes_on(|slice| slice.debt) && goes_on(|slice| slice.collateral) {
			slices.push(last);
			break;
		}
		if let Some(part) = part_of(&last, last.repaid_value, min_bite) {
			slices.push(part);
			break;
		}
	}
}

/// So much of a slice as is worth `most`, less where a rest would be too small.
fn part_of(slice: &Slice, most: Value, min_bite: Value) -> Option<Slice> {
	let part = most.min(slice.repaid_value.checked_sub(min_bite)?);
	if part < min_bite || part <= Value::ZERO {
		return None;
	}
	share_of(slice, part, slice.repaid_value).map(|slice| Slice {
		repaid_value: part,
		..slice
	})
}

/// `part / all` of a slice. `None` if that repays nothing.
fn share_of(slice: &Slice, part: Value, all: Value) -> Option<Slice> {
	let (part, all) = (part.raw().unsigned_abs(), all.raw().unsigned_abs());
	let of = |whole: u128, rounding| mul_div(whole, part, all, rounding);
	let value = |whole: Value, rounding| {
		let raw = of(whole.raw().unsigned_abs(), rounding)?;
		i128::try_from(raw).ok().map(Value::from_raw)
	};
	let repaid = Amount(of(slice.repaid.0, Rounding::Down)?);
	(!repaid.is_zero()).then_some(Slice {
		repaid,
		taken: Amount(of(slice.taken.0, Rounding::Up)?),
		repaid_value: value(slice.repaid_value, Rounding::Down)?,
		taken_value: value(slice.taken_value, Rounding::Up)?,
		..*slice
	})
}
