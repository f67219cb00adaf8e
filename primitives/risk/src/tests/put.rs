use crate::put::{adequacy_hours, fat_tailed_put, fee_rate, gaussian_put, SPLICE, TAIL_EXPONENT};
use margin_math::{normal_distribution, normal_loss, Ratio, Real, Rounding, Value, UNIT};
use proptest::prelude::*;

const HOUR: u64 = 3_600_000;
/// A year and more.
const LONG: u64 = 10_000 * HOUR;
const FORMS: [fn(Ratio, Ratio, u64) -> Ratio; 2] = [gaussian_put, fat_tailed_put];

/// How much an hourly return exceeds so many standard deviations on average, in parts per million of one: BTC and ETH
/// from December 2019 to December 2023, both sides, in units of the volatility of which the margins are made, taken at
/// the close before. 70,637 returns, of which 1,154 are beyond 3 and 73 beyond 7.
const MEASURED: [(u32, u128); 7] = [
	(2, 51_088),
	(3, 22_132),
	(4, 11_475),
	(5, 6_804),
	(6, 4_354),
	(7, 2_977),
	(8, 2_072),
];

fn any_ratio() -> impl Strategy<Value = Ratio> {
	prop_oneof![
		6 => (0..UNIT).prop_map(Ratio::from_raw),
		3 => (any::<u128>(), 0u32..128).prop_map(|(number, shift)| Ratio::from_raw(number >> shift)),
		1 => Just(Ratio::ZERO),
	]
}

fn any_horizon() -> impl Strategy<Value = u64> {
	prop_oneof![
		6 => 0..LONG,
		1 => any::<u64>(),
	]
}

/// Volatilities of an hour between nothing and 10 %.
fn usual_sigma() -> impl Strategy<Value = Ratio> {
	(0..UNIT / 10).prop_map(Ratio::from_raw)
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(2_000))]

	#[test]
	fn a_put_is_never_worth_more_than_the_position(margin in any_ratio(), sigma in any_ratio(), horizon in any_horizon()) {
		for put in FORMS {
			prop_assert!(put(margin, sigma, horizon) <= Ratio::ONE);
		}
	}

	#[test]
	fn a_put_falls_as_the_margin_rises(
		margin in any_ratio(), more in any_ratio(), sigma in usual_sigma(), horizon in any_horizon(),
	) {
		for put in FORMS {
			for higher in [margin.saturating_add(Ratio::from_raw(1)), margin.saturating_add(more)] {
				prop_assert!(put(higher, sigma, horizon) <= put(margin, sigma, horizon));
			}
		}
	}

	#[test]
	fn a_put_rises_with_volatility_and_with_time(
		margin in any_ratio(), sigma in usual_sigma(), more in any_ratio(), horizon in any_horizon(), longer in 0..LONG,
	) {
		for put in FORMS {
			let now = put(margin, sigma, horizon);
			for higher in [sigma.saturating_add(Ratio::from_raw(1)), sigma.saturating_add(more)] {
				prop_assert!(put(margin, higher, horizon) >= now);
			}
			for later in [horizon.saturating_add(1), horizon.saturating_add(longer)] {
				prop_assert!(put(margin, sigma, later) >= now);
			}
		}
	}

	#[test]
	fn a_fat_tail_costs_no_less_than_a_normal_one(margin in any_ratio(), sigma in usual_sigma(), horizon in any_horizon()) {
		prop_assert!(fat_tailed_put(margin, sigma, horizon) >= gaussian_put(margin, sigma, horizon));
	}

	#[test]
	fn the_fees_of_a_horizon_pay_for_the_put_and_its_load(
		put in (0..=UNIT).prop_map(Ratio::from_raw), load in (0..=UNIT * 10).prop_map(Ratio::from_raw), horizon in 1..LONG,
	) {
		let fee = fee_rate(put, horizon, load).unwrap().raw();
		let due = put.checked_mul(Ratio::ONE.saturating_add(load), Rounding::Up).unwrap().raw() * u128::from(HOUR);
		prop_assert!(fee * u128::from(horizon) >= due);
		prop_assert!(due == 0 || (fee - 1) * u128::from(horizon) < due);
	}

	#[test]
	fn a_fund_is_adequate_for_as_many_hours_as_it_pays(fund in 1..=u64::MAX, loss in 1..=u64::MAX) {
		let value = |raw: u64| Value::from_raw(raw.into());
		let hours = adequacy_hours(value(fund), value(loss));
		prop_assert!(u128::from(hours) * u128::from(loss) <= u128::from(fund));
		prop_assert!((u128::from(hours) + 1) * u128::from(loss) > u128::from(fund));
	}
}

#[test]
fn puts_are_what_their_formulas_say_rounded_up() {
	let lines = include_str!("put.csv").lines().filter(|line| !line.starts_with('#'));
	let mut points = 0;
	for line in lines.skip(1) {
		let fields = line
			.split(',')
			.map(|field| field.parse::<u128>().unwrap())
			.collect::<Vec<_>>();
		let horizon = fields[2].try_into().unwrap();
		for (put, expected) in FORMS.into_iter().zip([fields[3], fields[4]]) {
			let found = put(Ratio::from_raw(fields[0]), Ratio::from_raw(fields[1]), horizon).raw();
			// Rounded up at each of a few steps.
			assert!((expected..expected + 5).contains(&found), "{found} for {line}");
			points += 1;
		}
	}
	assert!(points > 250);
}

#[test]
fn the_tail_fits_the_returns_that_were_measured() {
	for (distance, measured) in MEASURED {
		// One standard deviation an hour of 1 %, so that the put is a hundredth of the mean excess; and both sides.
		let (margin, sigma) = (Ratio::from_percent(distance), Ratio::from_percent(1));
		let excess = fat_tailed_put(margin, sigma, HOUR).raw() * 200 / 1_000_000_000_000;
		let off = excess.abs_diff(measured) * 100 / measured;
		assert!(
			off <= if distance == 7 { 2 } else { 12 },
			"{excess} for {measured} beyond {distance}"
		);
		// A normal distribution has a third of it beyond 2, and next to nothing beyond 7.
		let normal = gaussian_put(margin, sigma, HOUR).raw() * 200 / 1_000_000_000_000;
		assert!(normal < measured / 2);
	}
}

#[test]
fn the_constants_of_the_tail_follow_from_its_exponent_and_its_splice() {
	// At the splice itself the put is the tail's mean excess, u N(-u) / (alpha - 1).
	let outside = Real::from_raw(-(SPLICE.raw() as i128));
	let less_one = TAIL_EXPONENT.checked_sub(Real::ONE).unwrap().to_ratio().unwrap();
	let excess = normal_distribution(outside, Rounding::Up)
		.checked_mul(SPLICE, Rounding::Up)
		.and_then(|product| product.checked_div(less_one, Rounding::Up))
		.unwrap();
	let at_splice = fat_tailed_put(SPLICE, Ratio::ONE, HOUR);
	assert!(excess.raw() - at_splice.raw() < 3);
	// And without a margin it is the normal loss, with the tail's excess for the normal one's beyond the splice.
	let whole = normal_loss(Ratio::ZERO, Rounding::Up)
		.saturating_sub(normal_loss(SPLICE, Rounding::Down))
		.saturating_add(at_splice);
	assert_eq!(fat_tailed_put(Ratio::ZERO, Ratio::ONE, HOUR), whole);
}

#[test]
fn the_two_forms_meet_at_the_splice_without_a_step() {
	let puts = (-100i128..100).map(|step| {
		let margin = Ratio::from_raw(SPLICE.raw().checked_add_signed(step).unwrap());
		fat_tailed_put(margin, Ratio::ONE, HOUR).raw()
	});
	let puts = puts.collect::<Vec<_>>();
	assert!(puts.windows(2).all(|pair| pair[1] <= pair[0] && pair[0] - pair[1] <= 1));
}

#[test]
fn a_position_that_cannot_move_costs_nothing() {
	for put in FORMS {
		assert_eq!(put(Ratio::ZERO, Ratio::ZERO, HOUR), Ratio::ZERO);
		assert_eq!(put(Ratio::ZERO, Ratio::from_percent(1), 0), Ratio::ZERO);
	}
}

#[test]
fn a_put_is_defined_for_every_number() {
	for put in FORMS {
		assert_eq!(put(Ratio::ZERO, Ratio::MAX, u64::MAX), Ratio::ONE);
		assert_eq!(put(Ratio::MAX, Ratio::MAX, u64::MAX), Ratio::ONE);
		assert_eq!(put(Ratio::MAX, Ratio::from_raw(1), 1), Ratio::from_raw(1));
	}
}

#[test]
fn a_fee_needs_a_horizon_and_has_to_fit() {
	assert_eq!(fee_rate(Ratio::ONE, 0, Ratio::ZERO), None);
	assert_eq!(fee_rate(Ratio::ONE, HOUR, Ratio::MAX), None);
	assert_eq!(fee_rate(Ratio::ONE, HOUR, Ratio::ZERO), Some(Ratio::ONE));
	assert_eq!(fee_rate(Ratio::ZERO, HOUR, Ratio::ONE), Some(Ratio::ZERO));
}

#[test]
fn an_empty_fund_is_adequate_for_no_time_and_a_book_without_risk_for_all() {
	let dollar = Value::ONE;
	for empty in [Value::ZERO, Value::from_dollars(-5), Value::from_raw(i128::MIN)] {
		assert_eq!(adequacy_hours(empty, dollar), 0);
		assert_eq!(adequacy_hours(empty, Value::ZERO), 0);
	}
	assert_eq!(adequacy_hours(dollar, Value::ZERO), u64::MAX);
	assert_eq!(adequacy_hours(Value::from_raw(i128::MAX), Value::from_raw(1)), u64::MAX);
	assert_eq!(adequacy_hours(dollar, Value::from_dollars(2)), 0);
}
