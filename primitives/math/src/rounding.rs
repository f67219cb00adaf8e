//! Where a result goes that lies between two numbers.

/// The direction of a rounding. It is about the number line, not about magnitude: for a negative value, `Up` is
/// towards zero.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rounding {
	/// Towards plus infinity: debts, required margin, penalties.
	Up,
	/// Towards minus infinity: credits, payouts, the value of collateral.
	Down,
}

impl Rounding {
	/// The other direction: what a subtrahend or a divisor must take so that the whole is rounded as named.
	///
	/// ```
	/// use margin_math::Rounding;
	/// assert_eq!(Rounding::Up.opposite(), Rounding::Down);
	/// ```
	pub const fn opposite(self) -> Self {
		match self {
			Self::Up => Self::Down,
			Self::Down => Self::Up,
		}
	}
}
