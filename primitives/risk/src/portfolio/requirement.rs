//! The requirement of legs together.

use super::Bands;
use crate::Side;
use margin_math::Value;

/// Parts of one in a correlation.
const PARTS: i128 = 1_000_000;
/// Bits that are kept of an exposure in the quadratic form: so the form, with correlations in parts per million, of
/// exposures whose sum has so many bits fits 125 bits.
const KEPT_BITS: u32 = 52;

/// How many tenths of its ratio every asset moves when all of them move together.
const JOINT_TENTHS: i128 = 13;

/// What a leg requires alone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Exposure {
	/// Owned or owed.
	pub side: Side,
	/// Value times maintenance ratio, not negative.
	pub margin: Value,
}

/// `R` of the module, of exposures in the order of the bands: at most the sum of all. Rounded up, by less than 10^-13 of
/// the sum.
///
/// `None` if a value is negative or the sum does not fit.
///
/// ```
/// use margin_math::Value;
/// use margin_risk::{portfolio::{requirement, Band, Bands, Exposure}, Correlation, Side};
///
/// let alone = |side, dollars| Exposure { side, margin: Value::from_dollars(dollars) };
/// let bands = Bands::of(2, |_, _| Band::around(Some(Correlation::from_ppm(900_000))));
/// let of = |legs: &[Exposure]| requirement(legs, &bands).unwrap();
/// // Two longs that move alike: nearly both together. 900,000 + 200,000 parts are cut to one.
/// assert_eq!(of(&[alone(Side::Deposit, 60), alone(Side::Deposit, 40)]), Value::from_dollars(100));
/// // A long that a short of nearly the same hedges: half of both.
/// assert_eq!(of(&[alone(Side::Deposit, 50), alone(Side::Debt, 50)]), Value::from_dollars(50));
/// // No more than the larger one is needed either way: sqrt(100^2 + 40^2 - 2 * 0.7 * 100 * 40) is below 100.
/// assert_eq!(of(&[alone(Side::Deposit, 100), alone(Side::Debt, 40)]), Value::from_dollars(100));
/// // What is left open, 90, takes a move of 1.3 ratios.
/// assert_eq!(of(&[alone(Side::Deposit, 100), alone(Side::Debt, 10)]), Value::from_dollars(110));
/// assert_eq!(of(&[alone(Side::Deposit, 105), alone(Side::Debt, 20)]), Value::from_raw(110_500_000_000_000_000_000));
/// ```
pub fn requirement(exposures: &[Exposure], bands: &Bands) -> Option<Value> {
	let (mut sum, mut net, mut largest) = (0i128, 0i128, 0i128);
	for exposure in exposures {
		let margin = exposure.margin.raw();
		if margin < 0 {
			return None;
		}
		sum = sum.checked_add(margin)?;
		largest = largest.max(margin);
		// The magnitude is never above the sum.
		net = match exposure.side {
			Side::Deposit => net.checked_add(margin)?,
			Side::Debt => net.checked_sub(margin)?,
		};
	}
	let half = (sum / 2).checked_add(sum % 2)?;
	let joint = joint(net.checked_abs()?);
	let root = root_of_form(exposures, bands, sum);
	let together = half.max(joint).max(largest).max(root).min(sum);
	Some(Value::from_raw(together))
}

/// What a joint move of all assets costs, by what it costs at one ratio. Rounded up.
fn joint(net: i128) -> i128 {
	let (tens, rest) = (net / 10, net % 10);
	let rest = rest.saturating_mul(JOINT_TENTHS).saturating_add(9) / 10;
	tens.saturating_mul(JOINT_TENTHS).saturating_add(rest)
}

/// `sqrt(x' rho x)`, rounded up, or more than the sum.
///
/// Of each exposure the highest bits are kept, rounded down. Where the root matters it moves by at most two for one that
/// an exposure does, so what two units for each leg add to it is more than what they lost.
fn root_of_form(exposures: &[Exposure], bands: &Bands, sum: i128) -> i128 {
	let bits = u128::BITS.saturating_sub(sum.leading_zeros());
	let shift = bits.saturating_sub(KEPT_BITS);
	let kept = |exposure: &Exposure| exposure.margin.raw() >> shift;
	// Nothing wraps: what is kept of all legs together is below 2^52, and a correlation below 2^20.
	let mut form = 0i128;
	for (place, exposure) in exposures.iter().enumerate() {
		let own = kept(exposure);
		let mut weighted = own.wrapping_mul(PARTS);
		for (other, band) in exposures.iter().zip(bands.row(place)) {
			let correlation = if other.side == exposure.side {
				band.high().ppm()
			} else {
				band.low().ppm().saturating_neg()
			};
			let both = i128::from(correlation).wrapping_mul(2);
			weighted = weighted.wrapping_add(kept(other).wrapping_mul(both));
		}
		form = form.wrapping_add(own.wrapping_mul(weighted));
	}
	let square = u128::try_from(form / PARTS).unwrap_or(0);
	let lost = (exposures.len() as u128).saturating_mul(2).saturating_add(1);
	let root = square.isqrt().saturating_add(lost);
	i128::try_from(root)
		.ok()
		.and_then(|root| root.checked_mul(1i128.checked_shl(shift)?))
		.unwrap_or(sum)
}
