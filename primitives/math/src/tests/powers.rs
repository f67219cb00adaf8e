use super::{
	oracle::{assert_beside, fixed, times},
	*,
};
use crate::{exp, exp2, half_life_decay, ln, pow, Ratio, Real};

const BOTH: [Rounding; 2] = [Rounding::Up, Rounding::Down];

/// The largest exponent whose power of e fits: the logarithm of the largest ratio.
const LARGEST: i128 = 47_276_307_437_780_177_293;

/// Exponents of every size, at the edges often.
fn any_exponent() -> impl Strategy<Value = i128> {
	prop_oneof![
		6 => -45_000_000_000_000_000_000i128..=LARGEST,
		2 => (any::<i64>(), 0u32..64).prop_map(|(number, shift)| i128::from(number >> shift)),
		1 => (0i128..1_000).prop_map(|below| LARGEST - below),
		1 => -1_000i128..1_000,
	]
}

fn exact_ln(raw: u128) -> BigInt {
	oracle::ln(&fixed(raw))
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(2_000))]

	#[test]
	fn a_power_of_e_is_exact_but_for_its_rounding(raw in any_exponent(), rounding in any_rounding()) {
		let power = exp(Real::from_raw(raw), rounding).unwrap();
		assert_beside(power.raw(), &oracle::exp(&fixed(raw)), rounding, 115);
	}

	#[test]
	fn a_power_of_two_is_exact_but_for_its_rounding(
		raw in -70_000_000_000_000_000_000i128..68_000_000_000_000_000_000, rounding in any_rounding(),
	) {
		let power = exp2(Real::from_raw(raw), rounding).unwrap();
		let exponent = times(&fixed(raw), &exact_ln(2 * crate::UNIT));
		assert_beside(power.raw(), &oracle::exp(&exponent), rounding, 115);
	}

	#[test]
	fn a_logarithm_is_exact_but_for_its_rounding(raw in any_unsigned(), rounding in any_rounding()) {
		prop_assume!(raw != 0);
		let logarithm = ln(Ratio::from_raw(raw), rounding).unwrap();
		assert_beside(logarithm.raw(), &exact_ln(raw), rounding, 104);
	}

	#[test]
	fn a_power_is_exact_but_for_its_rounding(
		base in any_unsigned(), exponent in any_exponent(), shift in 0u32..64, rounding in any_rounding(),
	) {
		prop_assume!(base != 0);
		let exponent = exponent >> shift;
		let product = times(&fixed(exponent), &exact_ln(base));
		prop_assume!(product < fixed(LARGEST - 1) && product > fixed(-60 * Real::ONE.raw()));
		let power = pow(Ratio::from_raw(base), Real::from_raw(exponent), rounding).unwrap();
		assert_beside(power.raw(), &oracle::exp(&product), rounding, 104);
	}

	#[test]
	fn a_power_near_one_keeps_its_digits_under_a_large_exponent(
		step in -1_000_000i128..1_000_000, exponent in any::<i64>(), rounding in any_rounding(),
	) {
		// Compounding in tiny steps: a base of 1 + 10^-12 at most, 10^18 times at most.
		let base = crate::UNIT.checked_add_signed(step).unwrap();
		let exponent = i128::from(exponent) * 1_000_000_000_000;
		let product = times(&fixed(exponent), &exact_ln(base));
		prop_assume!(product < fixed(LARGEST - 1) && product > fixed(-60 * Real::ONE.raw()));
		let power = pow(Ratio::from_raw(base), Real::from_raw(exponent), rounding).unwrap();
		// 2^-110 for each unit of the exponent, of which there are less than 2^44.
		assert_beside(power.raw(), &oracle::exp(&product), rounding, 65);
	}

	#[test]
	fn a_decay_is_exact_but_for_its_rounding(elapsed in any::<u64>(), half_life in 1u64.., shift in 0u32..64) {
		let (elapsed, half_life) = (elapsed >> shift, half_life >> (shift / 2));
		prop_assume!(half_life != 0 && elapsed / half_life < 80);
		let halvings = (fixed(crate::UNIT) * elapsed) / half_life;
		let exponent = -times(&halvings, &exact_ln(2 * crate::UNIT));
		assert_beside(half_life_decay(elapsed, half_life).raw(), &oracle::exp(&exponent), Rounding::Down, 115);
	}

	#[test]
	fn the_power_of_a_logarithm_brackets_its_number(raw in any_unsigned()) {
		prop_assume!(raw != 0 && raw <= u128::MAX >> 1);
		let number = Ratio::from_raw(raw);
		let low = exp(ln(number, Rounding::Down).unwrap(), Rounding::Down).unwrap();
		let high = exp(ln(number, Rounding::Up).unwrap(), Rounding::Up).unwrap();
		prop_assert!(low <= number && number <= high);
		// A unit of the logarithm moves the power by 10^-18 of itself, a rounding by a unit.
		prop_assert!(high.raw() - low.raw() <= 4 + raw / 300_000_000_000_000_000);
	}

	#[test]
	fn a_larger_exponent_gives_no_smaller_power(
		raw in any_exponent(), step in 0u32..66, up in any::<bool>(), rounding in any_rounding(),
	) {
		let other = raw.saturating_add(if up { 1i128 << step } else { 1 });
		let (low, high) = (exp(Real::from_raw(raw), rounding), exp(Real::from_raw(other), rounding));
		prop_assert!(high.is_none() || low <= high);
		let (low, high) = (exp2(Real::from_raw(raw), rounding), exp2(Real::from_raw(other), rounding));
		prop_assert!(high.is_none() || low <= high);
	}

	#[test]
	fn a_larger_number_has_no_smaller_logarithm(raw in any_unsigned(), step in 0u32..127, rounding in any_rounding()) {
		prop_assume!(raw != 0);
		for other in [raw.saturating_add(1), raw.saturating_add(1 << step)] {
			prop_assert!(ln(Ratio::from_raw(raw), rounding) <= ln(Ratio::from_raw(other), rounding));
		}
	}

	#[test]
	fn a_larger_base_gives_no_smaller_power_of_a_positive_exponent(
		raw in any_unsigned(), step in 0u32..127, exponent in any_exponent(), rounding in any_rounding(),
	) {
		let exponent = Real::from_raw(exponent >> (step / 2));
		for other in [raw.saturating_add(1), raw.saturating_add(1 << step)] {
			let low = pow(Ratio::from_raw(raw), exponent, rounding);
			let high = pow(Ratio::from_raw(other), exponent, rounding);
			if exponent.is_negative() {
				prop_assert!(low.is_none() || high <= low);
			} else {
				prop_assert!(high.is_none() || low <= high);
			}
		}
	}

	#[test]
	fn a_larger_exponent_gives_no_smaller_power_of_a_base_above_one(
		raw in any_unsigned(), exponent in any_exponent(), step in 0u32..60, rounding in any_rounding(),
	) {
		prop_assume!(raw != 0);
		let exponent = exponent >> step;
		for other in [exponent + 1, exponent + (1 << step)] {
			let base = Ratio::from_raw(raw);
			let low = pow(base, Real::from_raw(exponent), rounding);
			let high = pow(base, Real::from_raw(other), rounding);
			if base < Ratio::ONE {
				prop_assert!(low.is_none() || high <= low);
			} else {
				prop_assert!(high.is_none() || low <= high);
			}
		}
	}
}

#[test]
fn powers_and_logarithms_beside_their_exact_points_stay_in_order() {
	// Around the numbers whose results are exact, and where one power of two gives way to the next.
	for rounding in BOTH {
		for centre in [0, 1, 2, 47, -1, -41]
			.map(|whole| whole * Real::ONE.raw())
			.into_iter()
			.chain([
				693_147_180_559_945_309,
				1_386_294_361_119_890_619,
				-693_147_180_559_945_310,
			]) {
			let around = (-50..50).map(|step| Real::from_raw(centre + step)).collect::<Vec<_>>();
			assert!(around
				.windows(2)
				.all(|pair| exp(pair[0], rounding) <= exp(pair[1], rounding)));
			assert!(around
				.windows(2)
				.all(|pair| exp2(pair[0], rounding) <= exp2(pair[1], rounding)));
			let powers = |base| {
				around
					.iter()
					.map(|exponent| pow(Ratio::from_raw(base), *exponent, rounding))
					.collect::<Vec<_>>()
			};
			for base in [1, 2, crate::UNIT - 1, crate::UNIT / 2] {
				assert!(
					powers(base)
						.windows(2)
						.all(|pair| pair[0].is_none() || pair[1] <= pair[0]),
					"{base}"
				);
			}
			for base in [crate::UNIT + 1, crate::UNIT + 2, crate::UNIT * 2] {
				assert!(
					powers(base)
						.windows(2)
						.all(|pair| pair[1].is_none() || pair[0] <= pair[1]),
					"{base}"
				);
			}
		}
		for power in 6..128 {
			let around = (-50i128..50).filter_map(|step| (1u128 << power).checked_add_signed(step));
			let logarithms = around.map(|raw| ln(Ratio::from_raw(raw), rounding)).collect::<Vec<_>>();
			assert!(logarithms.windows(2).all(|pair| pair[0] <= pair[1]));
		}
	}
}

#[test]
fn a_power_of_e_is_defined_as_far_as_it_fits() {
	for rounding in BOTH {
		assert_eq!(exp(Real::ZERO, rounding), Some(Ratio::ONE));
		assert!(exp(Real::from_raw(LARGEST), rounding).is_some());
		for above in [
			Real::from_raw(LARGEST + 1),
			Real::from_whole(64),
			Real::from_whole(10_000),
			Real::MAX,
		] {
			assert_eq!(exp(above, rounding), None);
		}
		let least = if rounding == Rounding::Up {
			Ratio::from_raw(1)
		} else {
			Ratio::ZERO
		};
		for below in [
			Real::from_whole(-42),
			Real::from_whole(-64),
			Real::from_whole(-100),
			Real::MIN,
		] {
			assert_eq!(exp(below, rounding), Some(least));
		}
	}
}

#[test]
fn whole_powers_of_two_are_exact() {
	for rounding in BOTH {
		for exponent in -18..=68 {
			let expected = if exponent < 0 {
				crate::UNIT >> -exponent
			} else {
				crate::UNIT.checked_shl(exponent as u32).unwrap()
			};
			assert_eq!(
				exp2(Real::from_whole(exponent), rounding),
				Some(Ratio::from_raw(expected))
			);
		}
		assert_eq!(exp2(Real::from_whole(69), rounding), None);
		assert_eq!(exp2(Real::MAX, rounding), None);
	}
	assert_eq!(exp2(Real::MIN, Rounding::Down), Some(Ratio::ZERO));
	assert_eq!(exp2(Real::MIN, Rounding::Up), Some(Ratio::from_raw(1)));
}

#[test]
fn a_decay_halves_with_every_half_life() {
	for halvings in 0..18u64 {
		assert_eq!(
			half_life_decay(halvings * 3_600_000, 3_600_000).raw(),
			crate::UNIT >> halvings
		);
	}
	assert_eq!(half_life_decay(0, 0), Ratio::ZERO);
	assert_eq!(half_life_decay(u64::MAX, 1), Ratio::ZERO);
	assert_eq!(half_life_decay(0, u64::MAX), Ratio::ONE);
	assert!(half_life_decay(1, u64::MAX) <= Ratio::ONE);
	let decays = (0..10_000).map(|step| half_life_decay(step, 977)).collect::<Vec<_>>();
	assert!(decays.windows(2).all(|pair| pair[1] < pair[0]));
}

#[test]
fn a_logarithm_is_defined_for_all_but_zero() {
	for rounding in BOTH {
		assert_eq!(ln(Ratio::ZERO, rounding), None);
		assert_eq!(ln(Ratio::ONE, rounding), Some(Real::ZERO));
	}
	assert_eq!(
		ln(Ratio::from_raw(1), Rounding::Down),
		Some(Real::from_raw(-41_446_531_673_892_822_313))
	);
	assert_eq!(ln(Ratio::MAX, Rounding::Down), Some(Real::from_raw(LARGEST)));
}

#[test]
fn powers_at_the_edges_of_their_domain_are_what_their_limits_are() {
	let (zero, one) = (Ratio::ZERO, Ratio::ONE);
	for rounding in BOTH {
		assert_eq!(pow(zero, Real::ZERO, rounding), Some(one));
		assert_eq!(pow(zero, Real::ONE, rounding), Some(zero));
		assert_eq!(pow(zero, Real::MINUS_ONE, rounding), None);
		assert_eq!(pow(one, Real::MAX, rounding), Some(one));
		assert_eq!(pow(Ratio::MAX, Real::MAX, rounding), None);
		assert_eq!(pow(Ratio::from_raw(1), Real::MIN, rounding), None);
		assert_eq!(pow(Ratio::MAX, Real::ZERO, rounding), Some(one));
	}
	assert_eq!(pow(Ratio::MAX, Real::MIN, Rounding::Down), Some(zero));
	assert_eq!(
		pow(Ratio::from_raw(1), Real::MAX, Rounding::Up),
		Some(Ratio::from_raw(1))
	);
}
