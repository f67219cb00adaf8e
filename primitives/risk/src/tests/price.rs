use super::{
	accounts::{any_quote, leg},
	exact::exact,
};
use crate::{assess, Quote, Side, Verdict};
use margin_math::{Price, Value};
use proptest::prelude::*;

const HOUR: u64 = 3_600_000;

proptest! {
	#![proptest_config(ProptestConfig::with_cases(1_000))]

	#[test]
	fn a_quote_with_no_fresh_reading_fades_on_a_straight_line_rounded_down(
		quote in any_quote(), grace in 0u64..=HOUR, decay in 1u64..=HOUR, age in 0u64..=3 * HOUR,
	) {
		let quote = Quote { updated_at: quote.updated_at / 2, ..quote };
		let faded = quote.decayed(quote.updated_at + age, 0, grace, decay);
		let overdue = age.saturating_sub(grace).min(decay);
		let wanted = |price: Price| exact(price.raw()) * exact(decay - overdue) / exact(decay);
		let floor = |found: Price, price: Price| {
			let off = wanted(price) - exact(found.raw());
			off >= exact(0) && off < exact(1)
		};
		if quote.is_usable() || quote.verdict == Verdict::HeldBack {
			prop_assert_eq!(faded, quote);
		} else {
			prop_assert!(floor(faded.live, quote.live) && floor(faded.stable, quote.stable));
			prop_assert_eq!(faded.candidate.is_some(), quote.candidate.is_some());
			prop_assert!(faded.candidate.zip(quote.candidate).is_none_or(|(found, price)| floor(found, price)));
			prop_assert_eq!((faded.verdict, faded.updated_at), (quote.verdict, quote.updated_at));
		}
	}
}

#[test]
fn a_dead_price_shields_an_account_for_a_bounded_time() {
	let mut dead = leg(2, Side::Deposit, 1, 8, 10_000, 10);
	dead.quote.verdict = Verdict::Stale;
	let debt = leg(1, Side::Debt, 4_000, 6, 1, 0);
	let health_at = |now| {
		let quote = dead.quote.decayed(now, 0, HOUR, 10 * HOUR);
		assess(&[crate::Leg { quote, ..dead }, debt]).unwrap().maintenance
	};
	assert_eq!(health_at(HOUR), Value::from_dollars(6_000));
	assert_eq!(health_at(6 * HOUR), Value::from_dollars(1_000));
	assert_eq!(health_at(11 * HOUR), Value::from_dollars(-4_000));
	assert_eq!(health_at(u64::MAX), Value::from_dollars(-4_000));
}

#[test]
fn without_a_time_to_fade_the_price_is_gone_after_the_grace() {
	let quote = Quote {
		verdict: Verdict::Frozen,
		..Quote::usable(Price::ONE, 100)
	};
	assert_eq!(quote.decayed(150, 0, 50, 0), quote);
	assert_eq!(quote.decayed(151, 0, 50, 0).highest(), Price::ZERO);
}

#[test]
fn a_frozen_asset_has_no_usable_price() {
	assert!(!Verdict::Frozen.is_usable());
}
