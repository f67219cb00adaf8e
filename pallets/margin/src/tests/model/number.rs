//! Exact numbers of the reference model, and comparisons that know what they cannot tell.

use num_bigint::BigInt;
pub use num_rational::BigRational as Q;
pub use num_traits::{Signed, Zero};

/// A whole number.
pub fn whole(x: impl Into<BigInt>) -> Q {
	Q::from_integer(x.into())
}

/// One divided by ten, so many times.
pub fn tenth_to(power: u32) -> Q {
	Q::new(1.into(), BigInt::from(10).pow(power))
}

/// A number that is stored with 18 decimals.
pub fn fixed(raw: impl Into<BigInt>) -> Q {
	whole(raw) * tenth_to(18)
}

/// The number to 36 decimals, so that fractions do not grow from step to step. What this takes away is no more than a
/// million-millionth part of any dust.
pub fn rounded(x: &Q) -> Q {
	let scale = BigInt::from(10).pow(36);
	Q::new((x * whole(scale.clone())).round().to_integer(), scale)
}

pub fn least(a: Q, b: Q) -> Q {
	if a < b {
		a
	} else {
		b
	}
}

pub fn most(a: Q, b: Q) -> Q {
	if a > b {
		a
	} else {
		b
	}
}

/// Whether something holds, as far as the model can tell.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Sure {
	No,
	Perhaps,
	Yes,
}

impl Sure {
	pub fn not(self) -> Self {
		match self {
			Self::No => Self::Yes,
			Self::Perhaps => Self::Perhaps,
			Self::Yes => Self::No,
		}
	}
}

impl From<bool> for Sure {
	fn from(known: bool) -> Self {
		if known {
			Self::Yes
		} else {
			Self::No
		}
	}
}

/// Whether `a > b`, when they are known to within `dust` of each other.
pub fn above(a: &Q, b: &Q, dust: &Q) -> Sure {
	let gap = a - b;
	if gap.abs() <= *dust {
		Sure::Perhaps
	} else {
		gap.is_positive().into()
	}
}

/// Whether `a < b`, when they are known to within `dust` of each other.
pub fn below(a: &Q, b: &Q, dust: &Q) -> Sure {
	above(b, a, dust)
}
