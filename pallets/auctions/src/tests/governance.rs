//! The rules of the clock.

use super::*;
use margin_math::Value;

fn root() -> RuntimeOrigin {
	RuntimeOrigin::root()
}

#[test]
fn the_defaults_are_within_their_ranges() {
	assert_eq!(Rules::default().check(), Ok(()));
}

#[test]
fn each_rule_is_held_to_its_range() {
	type Change = fn(&mut Rules);
	let ppm = Ratio::from_ppm;
	let cases: Vec<(Change, Error)> = vec![
		(|r| r.premium = Ratio::from_ppm(200_001), Error::PremiumOutOfRange),
		(|r| r.premium = Ratio::MAX, Error::PremiumOutOfRange),
		(|r| r.discount = Ratio::from_ppm(999), Error::DiscountOutOfRange),
		(|r| r.discount = Ratio::from_ppm(200_001), Error::DiscountOutOfRange),
		(
			|r| r.discount_step = Ratio::from_ppm(999),
			Error::DiscountStepOutOfRange,
		),
		(|r| r.discount_step = Ratio::MAX, Error::DiscountStepOutOfRange),
		(|r| r.least = Ratio::from_ppm(299_999), Error::LeastOutOfRange),
		(|r| r.least = Ratio::from_ppm(975_001), Error::LeastOutOfRange),
		(|r| r.drift = Ratio::from_ppm(4_999), Error::DriftOutOfRange),
		(|r| r.drift = Ratio::from_ppm(500_001), Error::DriftOutOfRange),
		(|r| r.duration = 9_999, Error::DurationOutOfRange),
		(|r| r.duration = 3_600_001, Error::DurationOutOfRange),
		(|r| r.rounds_per_step = 0, Error::RoundsPerStepOutOfRange),
		(|r| r.rounds_per_step = 1_001, Error::RoundsPerStepOutOfRange),
		(|r| r.least_take = Value::from_dollars(0), Error::LeastTakeOutOfRange),
		(|r| r.least_take = Value::from_dollars(-5), Error::LeastTakeOutOfRange),
		(
			|r| r.least_take = Value::from_dollars(100_001),
			Error::LeastTakeOutOfRange,
		),
	];
	with_lot(|| {
		for (change, error) in cases {
			let mut rules = Rules::default();
			change(&mut rules);
			assert_noop!(Auctions::set_rules(root(), rules), error);
		}
		let extreme = Rules {
			premium: Ratio::ZERO,
			discount: ppm(200_000),
			discount_step: ppm(1_000),
			least: ppm(300_000),
			drift: ppm(5_000),
			duration: 10_000,
			rounds_per_step: 1,
			least_take: Value::from_dollars(1),
		};
		assert_ok!(Auctions::set_rules(root(), extreme));
		assert_eq!(events(), [Event::RulesSet { rules: extreme }]);
	});
}

#[test]
fn new_rules_take_hold_with_the_next_round() {
	with_lot(|| {
		let rules = Rules {
			discount: Ratio::from_percent(5),
			duration: 120_000,
			..Rules::default()
		};
		assert_ok!(Auctions::set_rules(root(), rules));
		pass(60_000);
		assert_eq!(price(ETH), Some(cents(19_500)));
		next_block(BLOCK_MS);
		pass(120_000);
		assert_eq!(price(ETH), Some(cents(19_000)));
	});
}

#[test]
fn a_chain_starts_with_the_rules_of_its_genesis() {
	let rules = Rules {
		premium: Ratio::from_percent(2),
		..Rules::default()
	};
	ExtBuilder::default().rules(rules).build_and_execute(|| {
		fill(ETH, unit(ETH), 200);
		next_block(BLOCK_MS);
		assert_eq!(price(ETH), Some(cents(20_400)));
	});
}

#[test]
#[should_panic(expected = "genesis rules are out of their ranges")]
fn a_chain_does_not_start_with_bad_rules() {
	let rules = Rules {
		duration: 0,
		..Rules::default()
	};
	ExtBuilder::default().rules(rules).build();
}
