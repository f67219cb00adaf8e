//! The standard normal distribution.
//!
//! The upper tail is the density times the Mills ratio `R(x) = (1 - N(x)) / n(x)`, which is of the order of one wherever
//! one looks, so that a tail keeps its digits however small it is. As G. Marsaglia, "Evaluating the Normal Distribution",
//! Journal of Statistical Software 11(4), 2004, does, `R` is taken from a table and carried to where it is asked for by
//! its Taylor series: `R' = x R - 1`, hence `R^(k+1) = x R^(k) + k R^(k-1)`. Here the series starts at the table's next
//! higher point, from where all its terms are positive.
//!
//! Before it is rounded, a tail is off by less than 2^-106 of itself, and one that starts 10^-18 further out is smaller by
//! more than that; and no step of the density turns a larger number into a smaller one. So all are monotone.

use crate::{
	exponential::{raised, shifted, Power, SLACK},
	fixed::{mul_high, INVERSE_UNIT},
	wide::widening_mul,
	Ratio, Real, Rounding, UNIT,
};

/// `1 / sqrt(2 pi)` in Q128, rounded down.
const DENSITY_OF_ZERO: u128 = 0x6621_14cf_50d9_4234_3f2c_f140_2eae_38bf;
/// `2^247 / 10^36`, rounded down: half of it in 2^-128 makes Q120 of half a square of a number of 10^-18.
const SQUARES_TO_Q120: u128 = 0xaa24_2499_6973_92d2_dde5_0bd1_d5d0_b9e9;
/// From here on the density is far below what a ratio can tell.
const LAST_DENSITY: u128 = 16 * UNIT;
/// From here on a tail is below 1.2 * 10^-19: the end of the table.
const LAST_TAIL: u128 = 9 * UNIT;
/// A quarter in Q124: how far the points of the table are apart.
const SPACING_BITS: u32 = 122;
/// `2^-106` of a mantissa, which is more than a tail may be off.
const TAIL_PRECISION: u32 = 106;

/// The normal density, `exp(-x^2 / 2) / sqrt(2 pi)`.
///
/// The result is never on the wrong side of the exact one, and off by less than one unit of 10^-18 and 2^-113 of itself;
/// far out it is 0, or one unit rounded up.
///
/// ```
/// use margin_math::{normal_density, Ratio, Real, Rounding};
/// assert_eq!(normal_density(Real::ZERO, Rounding::Down), Ratio::from_raw(398_942_280_401_432_677));
/// ```
pub fn normal_density(x: Real, rounding: Rounding) -> Ratio {
	let raw = Density::of(x.magnitude()).and_then(|density| {
		let mantissa = widening_mul(UNIT, density.mantissa);
		let mantissa = if rounding == Rounding::Up {
			raised(mantissa, SLACK)
		} else {
			mantissa
		};
		shifted(mantissa, density.exponent, rounding)
	});
	raw.map_or_else(|| least(rounding), Ratio::from_raw)
}

/// The normal distribution: how likely a standard normal number is at most `x`.
///
/// The result is never on the wrong side of the exact one, and off by less than one unit of 10^-18 and 2^-105. What is
/// rounded down of `x` and up of `-x` adds to one.
///
/// ```
/// use margin_math::{normal_distribution, Ratio, Real, Rounding};
/// assert_eq!(normal_distribution(Real::ZERO, Rounding::Up), Ratio::from_percent(50));
/// let seven = normal_distribution(Real::from_whole(-7), Rounding::Up);
/// assert_eq!(seven, Ratio::from_raw(1_279_813));
/// ```
pub fn normal_distribution(x: Real, rounding: Rounding) -> Ratio {
	if x.is_zero() {
		return Ratio::from_percent(50);
	}
	let tail = |rounding| tail_of(x.magnitude(), rounding, |mills, _| mills);
	if x.is_negative() {
		tail(rounding)
	} else {
		Ratio::ONE.saturating_sub(tail(rounding.opposite()))
	}
}

/// The unit normal loss, `n(x) - x (1 - N(x))`: by how much a standard normal number exceeds `x` on average, counting
/// nothing where it does not.
///
/// It is the price of an option in units of its standard deviation, `x` standard deviations out of the money (L.
/// Bachelier, Theorie de la speculation, 1900). The result is never on the wrong side of the exact one, and off by less
/// than one unit of 10^-18 and 2^-105.
///
/// ```
/// use margin_math::{normal_loss, Ratio, Rounding};
/// assert_eq!(normal_loss(Ratio::ZERO, Rounding::Down), Ratio::from_raw(398_942_280_401_432_677));
/// assert_eq!(normal_loss(Ratio::from_percent(300), Rounding::Up), Ratio::from_raw(382_154_317_047_724));
/// ```
pub fn normal_loss(x: Ratio, rounding: Rounding) -> Ratio {
	// In units of the density it is 1 - x R(x), from which Q127 is made again.
	tail_of(x, rounding, |mills, x| {
		(ONE_Q123.saturating_sub(mul_high(x, mills))) << 4
	})
}

/// One in Q123.
const ONE_Q123: u128 = 1 << 123;

/// The smallest ratio on the named side of a positive number that is smaller than all ratios.
const fn least(rounding: Rounding) -> Ratio {
	match rounding {
		Rounding::Up => Ratio::from_raw(1),
		Rounding::Down => Ratio::ZERO,
	}
}

/// The density at `x` times a factor in Q127 that is made of the Mills ratio in Q127 and of `x` in Q124.
fn tail_of(x: Ratio, rounding: Rounding, factor: impl Fn(u128, u128) -> u128) -> Ratio {
	let raw = (x.raw() < LAST_TAIL).then(|| {
		let density = Density::of(x)?;
		// In Q124, of which nine is the last that has a point in the table.
		let (high, low) = widening_mul(x.raw(), INVERSE_UNIT);
		let x = (high << 65) | (low >> 63);
		let mantissa = mul_high(density.mantissa, factor(mills_ratio(x), x));
		let error = mantissa >> TAIL_PRECISION;
		let mantissa = match rounding {
			Rounding::Up => mantissa.saturating_add(error),
			Rounding::Down => mantissa.saturating_sub(error),
		};
		// A product in Q127 is one in Q128 of half as much.
		shifted(
			widening_mul(UNIT, mantissa),
			density.exponent.saturating_add(1),
			rounding,
		)
	});
	raw.flatten().map_or_else(|| least(rounding), Ratio::from_raw)
}

/// The normal density as `mantissa * 2^exponent`, the mantissa in Q128 and at most 2^-116 of itself low.
struct Density {
	mantissa: u128,
	exponent: i128,
}

impl Density {
	/// At a number or its opposite; `None` if it is far below what a ratio can tell.
	fn of(x: Ratio) -> Option<Self> {
		if x.raw() >= LAST_DENSITY {
			return None;
		}
		let square = x.raw().checked_mul(x.raw())?;
		let half_square = i128::try_from(mul_high(square, SQUARES_TO_Q120)).ok()?;
		// The constant and the product each cost less than one unit: the negative of them is moved down by as much.
		let power = Power::of_e(half_square.saturating_neg().saturating_sub(2));
		// Between 0.39 and 0.8.
		let mantissa = DENSITY_OF_ZERO.saturating_add(mul_high(DENSITY_OF_ZERO, power.fraction));
		Some(Self {
			mantissa,
			exponent: power.whole,
		})
	}
}

/// The Mills ratio in Q127 at a number in Q124 that is below nine.
pub(crate) fn mills_ratio(x: u128) -> u128 {
	let index = x >> SPACING_BITS;
	let point = index.saturating_add(1) << SPACING_BITS;
	let distance = (point.saturating_sub(x)) << 4;
	let start = usize::try_from(index)
		.ok()
		.and_then(|index| MILLS.get(index))
		.copied()
		.unwrap_or_default();
	// The terms `t_k = |R^(k)| h^k / k!`, of which each follows from two: `(k + 1) t_(k+1) = h (h t_(k-1) - x t_k)`.
	let slope = ONE_Q123.saturating_sub(mul_high(point, start)) << 4;
	let mut terms = (start, mul_high(slope, distance));
	let mut sum = terms.0.saturating_add(terms.1);
	for inverse in INVERSES {
		let bent = mul_high(terms.0, distance).saturating_sub(mul_high(terms.1, point) << 4);
		terms = (terms.1, mul_high(mul_high(bent, distance), inverse));
		sum = sum.saturating_add(terms.1);
	}
	sum
}

/// Terms of the series after its second: the first that is left out is below 2^-118.
const TERMS: usize = 30;
/// `1 / k` in Q128, from `k = 2`.
const INVERSES: [u128; TERMS] = inverses();

const fn inverses() -> [u128; TERMS] {
	let mut table = [0; TERMS];
	let mut rest = table.as_mut_slice();
	let mut number = 1u128;
	while let Some((first, others)) = rest.split_first_mut() {
		number = number.saturating_add(1);
		*first = match u128::MAX.checked_div(number) {
			Some(quotient) => quotient,
			None => 0,
		};
		rest = others;
	}
	table
}

/// The Mills ratio in Q127, rounded down, at every quarter from 1/4 to 9.
const MILLS: [u128; 36] = [
	0x84d7_6f8a_236f_190f_579c_7841_b836_cfc0,
	0x702c_b5e3_ec36_e0f8_1fe4_a2fb_6b56_6449,
	0x6054_409c_fea7_da92_5027_47bd_d5b2_719e,
	0x53ed_4ea7_ac28_70f9_d13f_f8fd_2daf_b772,
	0x4a0a_016d_a4ee_d2f6_ae7e_831d_874d_3567,
	0x4206_3f30_74ac_b2ba_8fa2_5a40_07a9_a570,
	0x3b6e_68cf_9e29_1b76_15b9_39ad_502e_2d64,
	0x35ef_6d49_aa9d_19b8_9e5c_d68d_ea58_44e9,
	0x314c_8a08_8b77_2cd5_b74f_46f1_9ace_d4bc,
	0x2d58_8f25_a33b_d04e_a5fe_3de5_6f74_a67b,
	0x29f1_5cee_9a27_12d9_f507_b0e5_3c68_5852,
	0x26fc_d09d_d1c3_0a2b_3acf_9550_7aaa_0c24,
	0x2466_a259_ecef_3391_ee76_aff7_bbe9_ad6d,
	0x221e_e484_f16f_27d6_6ab4_3694_1d05_da29,
	0x2018_f0aa_6156_2283_3b43_c8fc_0c2e_cb78,
	0x1e4a_a012_912d_de2a_7157_9724_294f_2d24,
	0x1cab_b94b_532c_39e0_862c_61c1_8e4f_6952,
	0x1b35_8345_8b8d_c352_a50d_81a9_8d5d_e021,
	0x19e2_7375_ea45_448c_4437_4987_8bc7_88d0,
	0x18ad_ef9c_13f8_9d36_2d81_16fe_63e3_0f0f,
	0x1794_1dfe_dadc_791e_01cd_034d_0497_162a,
	0x1691_c068_ae0e_e81f_3204_9436_700e_6cd9,
	0x15a4_1737_5d8c_6604_3faf_1753_79d4_5cac,
	0x14c8_ca8b_9396_487b_9a73_d570_9a2e_ec04,
	0x13fd_d827_dc76_3ad9_3064_445b_6ac7_cf1a,
	0x1341_84ed_5d91_479d_8e95_635a_21c8_a749,
	0x1292_5128_a71c_cb40_cc50_9887_f0bc_ae09,
	0x11ee_ef12_fb58_656f_e330_0bb3_5608_dbbb,
	0x1156_3b11_3e80_2c1e_cbc9_772b_515b_04e8,
	0x10c7_3555_2e36_8e24_d21b_51e3_f503_011e,
	0x1040_fc9a_11f0_88c2_fa63_a46a_6137_2cbd,
	0x0fc2_c9c5_a47d_ebf4_1842_0fdd_ec1e_b279,
	0x0f4b_ec41_d0aa_5d2e_0f12_0927_05e9_1771,
	0x0edb_c6ec_f28f_211e_a095_0675_c820_6e72,
	0x0e71_cd85_5507_b623_b464_6dd9_cf4a_1b98,
	0x0e0d_827a_1863_c48a_b296_5c1d_1aa4_3a44,
];
