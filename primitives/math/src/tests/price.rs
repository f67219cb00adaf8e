use super::*;
use crate::{Amount, Price, Ratio, Value};
use sp_arithmetic::FixedU128;

proptest! {
	#![proptest_config(ProptestConfig::with_cases(2_000))]

	#[test]
	fn a_value_is_amount_times_price_over_the_units_of_a_whole(
		amount in any_unsigned(), price in any_unsigned(), decimals in any_decimals(), rounding in any_rounding(),
	) {
		let expected = rounded(exact(amount) * exact(price) / units_per_whole(decimals), rounding);
		let value = Price::from_raw(price).value_of(Amount(amount), decimals, rounding);
		prop_assert_eq!(value.map(Value::raw), as_i128(expected));
	}

	#[test]
	fn an_amount_is_value_times_the_units_of_a_whole_over_price(
		value in any_signed(), price in any_unsigned(), decimals in any_decimals(), rounding in any_rounding(),
	) {
		let expected = if value < 0 || price == 0 {
			None
		} else {
			as_u128(rounded(exact(value) * units_per_whole(decimals) / exact(price), rounding))
		};
		let amount = Price::from_raw(price).amount_for(Value::from_raw(value), decimals, rounding);
		prop_assert_eq!(amount.map(|amount| amount.0), expected);
	}

	#[test]
	fn selling_what_a_value_buys_never_gains(
		value in 0i128.., price in any_unsigned(), decimals in any_decimals(),
	) {
		let (price, value) = (Price::from_raw(price), Value::from_raw(value));
		if let Some(bought) = price.amount_for(value, decimals, Rounding::Down) {
			let back = price.value_of(bought, decimals, Rounding::Down).unwrap();
			prop_assert!(back <= value);
		}
		if let Some(due) = price.amount_for(value, decimals, Rounding::Up) {
			// None: rounding the amount up has left the range, above any value.
			let paid = price.value_of(due, decimals, Rounding::Up);
			prop_assert!(paid.is_none_or(|paid| paid >= value));
		}
	}

	#[test]
	fn a_price_is_scaled_exactly(price in any_unsigned(), ratio in any_unsigned(), rounding in any_rounding()) {
		let expected = as_u128(rounded(exact(price) * exact(ratio) / unit(), rounding));
		let scaled = Price::from_raw(price).scale(Ratio::from_raw(ratio), rounding);
		prop_assert_eq!(scaled.map(Price::raw), expected);
	}

	#[test]
	fn a_distance_is_relative_to_the_reference_and_rounded_up(price in any_unsigned(), reference in any_unsigned()) {
		let expected = if reference == 0 {
			None
		} else {
			let relative = exact(price) / exact(reference) - exact(1);
			let magnitude = if relative < exact(0) { -relative } else { relative };
			as_u128(rounded(magnitude * unit(), Rounding::Up))
		};
		let distance = Price::from_raw(price).distance(Price::from_raw(reference));
		prop_assert_eq!(distance.map(Ratio::raw), expected);
	}

	#[test]
	fn a_price_is_the_same_number_as_its_fixed_point(raw in any::<u128>()) {
		let fixed = FixedU128::from_inner(raw);
		prop_assert_eq!(Price::from_fixed(fixed).raw(), raw);
		prop_assert_eq!(Price::from_fixed(fixed).to_fixed(), fixed);
	}

	#[test]
	fn no_decimals_make_a_conversion_panic(
		amount in any_unsigned(), value in any_signed(), price in any_unsigned(), decimals in any::<u8>(),
		rounding in any_rounding(),
	) {
		let price = Price::from_raw(price);
		let worth = price.value_of(Amount(amount), decimals, rounding);
		let bought = price.amount_for(Value::from_raw(value), decimals, rounding);
		if decimals > 38 {
			prop_assert_eq!((worth, bought), (None, None));
		}
	}
}

#[test]
fn a_dollar_of_every_asset_is_worth_a_dollar() {
	for decimals in 6..=18 {
		let whole = Amount(10u128.pow(decimals.into()));
		let value = Price::ONE.value_of(whole, decimals, Rounding::Down);
		assert_eq!(value, Some(Value::ONE));
		assert_eq!(Price::ONE.amount_for(Value::ONE, decimals, Rounding::Up), Some(whole));
	}
}

#[test]
fn an_asset_without_price_is_worth_nothing_and_buys_nothing() {
	assert_eq!(
		Price::ZERO.value_of(Amount(u128::MAX), 6, Rounding::Up),
		Some(Value::ZERO)
	);
	assert_eq!(Price::ZERO.amount_for(Value::ONE, 6, Rounding::Up), None);
	assert_eq!(Price::ONE.distance(Price::ZERO), None);
}

#[test]
fn prices_add_and_subtract_within_their_range() {
	let two = Price::from_fixed(2.into());
	assert_eq!(Price::ONE.checked_add(Price::ONE), Some(two));
	assert_eq!(two.checked_sub(Price::ONE), Some(Price::ONE));
	assert_eq!(Price::ONE.checked_sub(two), None);
	assert_eq!(Price::MAX.checked_add(Price::from_raw(1)), None);
	assert!(Price::ZERO.is_zero() && !Price::ONE.is_zero());
}
