use super::{
	accounts::{any_account, any_verdict, leg, usual_account},
	exact::{exact, judge},
};
use crate::{assess, Health, Leg, MarginRatios, Quote, RiskError, Side, Verdict, MAX_LEGS};
use margin_math::{Amount, Price, Ratio, Value};
use num_bigint::BigInt;
use num_rational::BigRational;
use proptest::prelude::*;

/// Whether `found` is at most the exact number and at least that less `slack`.
fn rounded_down(found: Value, wanted: &BigRational, slack: usize) -> bool {
	let found = exact(found.raw());
	found <= *wanted && found >= wanted.clone() - exact(slack)
}

/// Whether `found` is within `slack` of the exact number.
fn close(found: Value, wanted: &BigRational, slack: usize) -> bool {
	let off = exact(found.raw()) - wanted.clone();
	off <= exact(slack) && off >= -exact(slack)
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(1_000))]

	#[test]
	fn health_is_the_exact_one_rounded_down_or_an_overflow(legs in any_account()) {
		let model = judge(&legs);
		match assess(&legs) {
			Ok(health) => {
				let slack = 3 * legs.len();
				prop_assert!(rounded_down(health.initial, &model.initial, slack));
				prop_assert!(rounded_down(health.target, &model.target, slack));
				prop_assert!(rounded_down(health.maintenance, &model.maintenance, slack));
				prop_assert!(rounded_down(health.equity, &model.equity, slack));
				prop_assert!(rounded_down(health.initial_equity, &model.initial_equity, slack));
				prop_assert!(rounded_down(health.deposits, &model.deposits, slack));
				prop_assert!(health.debts >= Value::ZERO && close(health.debts, &model.debts, slack));
				prop_assert!(exact(health.debts.raw()) >= model.debts);
				prop_assert!(health.margin >= Value::ZERO && close(health.margin, &model.margin, slack));
			},
			Err(error) => {
				prop_assert_eq!(error, RiskError::Overflow);
				// Some partial sum was out of range, so all legs at their highest price and with their margin are.
				let highest = |leg: &Leg<u32>| leg.quote.highest().max(leg.quote.stable);
				let gross = legs.iter().fold(exact(0), |sum, leg| {
					sum + super::exact::worth(leg.amount, highest(leg), leg.decimals)
				});
				prop_assert!(exact(2) * gross >= exact(BigInt::from(i128::MAX) - 100));
			},
		}
	}

	#[test]
	fn a_stricter_level_never_shows_better_health(legs in any_account()) {
		if let Ok(health) = assess(&legs) {
			prop_assert!(health.initial <= health.target);
			prop_assert!(health.target <= health.maintenance);
			prop_assert!(health.maintenance <= health.equity);
			prop_assert!(health.initial <= health.initial_equity && health.initial_equity <= health.equity);
		}
	}

	#[test]
	fn more_collateral_never_lowers_health_and_more_debt_never_raises_it(
		legs in any_account(), index: prop::sample::Index, more: u64,
	) {
		let mut grown = legs.clone();
		let chosen = &mut grown[index.index(legs.len())];
		chosen.amount = chosen.amount.saturating_add(Amount(more.into()));
		let side = chosen.side;
		if let (Ok(before), Ok(after)) = (assess(&legs), assess(&grown)) {
			let (low, high) = match side {
				Side::Deposit => (before, after),
				Side::Debt => (after, before),
			};
			prop_assert!(low.initial <= high.initial);
			prop_assert!(low.target <= high.target);
			prop_assert!(low.maintenance <= high.maintenance);
			prop_assert!(low.equity <= high.equity);
		}
	}

	#[test]
	fn an_unusable_price_never_causes_a_liquidation_nor_gives_room_to_borrow(
		legs in usual_account(Just(Verdict::Usable)), index: prop::sample::Index, verdict in any_verdict(),
	) {
		let usable = assess(&legs).unwrap();
		let mut spoilt = legs;
		let chosen = index.index(spoilt.len());
		spoilt[chosen].quote.verdict = verdict;
		let after = assess(&spoilt).unwrap();
		prop_assert!(after.maintenance >= usable.maintenance);
		prop_assert!(after.target >= usable.target);
		prop_assert!(after.initial <= usable.initial);
	}

	#[test]
	fn no_worse_than_compares_both_health_and_its_ratio_to_margin(
		now in any::<i128>(), margin in 0i128.., then in any::<i128>(), margin_then in 0i128..,
	) {
		let health = |maintenance, margin| Health {
			maintenance: Value::from_raw(maintenance),
			margin: Value::from_raw(margin),
			..Health::default()
		};
		let expected = now >= then
			&& (margin == 0
				|| (margin_then != 0 && exact(now) / exact(margin) >= exact(then) / exact(margin_then)));
		prop_assert_eq!(health(now, margin).no_worse_than(&health(then, margin_then)), expected);
	}

	#[test]
	fn leverage_is_deposits_over_equity(legs in any_account()) {
		if let Ok(health) = assess(&legs) {
			match health.leverage() {
				None => {
					let tiny = health.equity <= Value::ZERO || health.deposits.raw() / health.equity.raw() > 10i128.pow(20);
					prop_assert!(tiny);
				},
				Some(leverage) => {
					let found = exact(leverage.raw()) * exact(health.equity.raw());
					let wanted = exact(health.deposits.raw()) * exact(margin_math::UNIT);
					prop_assert!(found >= wanted && found - wanted < exact(health.equity.raw()));
					prop_assert!(leverage >= Ratio::ONE);
				},
			}
		}
	}
}

#[test]
fn a_leveraged_long_reads_as_on_paper() {
	// 10 ETH at 200 dollars with 10 %, against 1,500 dollars: equity 500, margin 200.
	let legs = [
		leg(3, Side::Deposit, 10, 18, 200, 10),
		leg(1, Side::Debt, 1_500, 6, 1, 0),
	];
	let health = assess(&legs).unwrap();
	assert_eq!(health.equity, Value::from_dollars(500));
	assert_eq!(health.margin, Value::from_dollars(200));
	assert_eq!(health.maintenance, Value::from_dollars(300));
	assert_eq!(health.target, Value::from_dollars(250));
	assert_eq!(health.initial, Value::from_dollars(100));
	assert_eq!(health.leverage(), Some(Ratio::from_percent(400)));
	assert!(!health.is_liquidatable());
}

#[test]
fn initial_health_takes_the_worse_of_live_and_stable_price() {
	let mut legs = [
		leg(2, Side::Deposit, 1, 8, 10_000, 0),
		leg(3, Side::Debt, 1, 18, 5_000, 0),
	];
	legs[0].quote.stable = Price::from_fixed(9_000.into());
	legs[1].quote.stable = Price::from_fixed(6_000.into());
	let health = assess(&legs).unwrap();
	assert_eq!(health.initial, Value::from_dollars(3_000));
	assert_eq!(health.initial_equity, Value::from_dollars(3_000));
	assert_eq!(health.target, Value::from_dollars(5_000));
}

#[test]
fn an_unusable_deposit_counts_nothing_at_first_and_its_better_price_later() {
	let mut legs = [leg(2, Side::Deposit, 1, 8, 10_000, 10)];
	legs[0].quote.verdict = Verdict::HeldBack;
	legs[0].quote.candidate = Some(Price::from_fixed(8_000.into()));
	let health = assess(&legs).unwrap();
	assert_eq!(health.initial, Value::ZERO);
	assert_eq!(health.initial_equity, Value::ZERO);
	assert_eq!(health.maintenance, Value::from_dollars(10_000));
	assert_eq!(health.margin, Value::ZERO);
}

#[test]
fn an_unusable_debt_counts_its_worst_price_at_first_and_its_better_price_later() {
	let mut legs = [leg(2, Side::Debt, 1, 8, 10_000, 10)];
	legs[0].quote.verdict = Verdict::HeldBack;
	legs[0].quote.candidate = Some(Price::from_fixed(8_000.into()));
	legs[0].quote.stable = Price::from_fixed(11_000.into());
	let health = assess(&legs).unwrap();
	assert_eq!(health.initial, Value::from_dollars(-13_200));
	assert_eq!(health.initial_equity, Value::from_dollars(-11_000));
	assert_eq!(health.maintenance, Value::from_dollars(-8_000));
}

#[test]
fn a_price_of_zero_is_not_usable_whatever_its_verdict() {
	assert!(!Quote::usable(Price::ZERO, 0).is_usable());
	assert!(!Quote::missing().is_usable());
	assert!(Quote::usable(Price::from_raw(1), 0).is_usable());
}

#[test]
fn an_empty_account_is_worth_nothing_and_is_healthy() {
	let health = assess::<u32>(&[]).unwrap();
	assert_eq!(health, Health::default());
	assert!(!health.is_liquidatable());
	assert_eq!(health.leverage(), None);
}

#[test]
fn too_many_legs_and_impossible_ratios_are_refused() {
	let one = leg(1, Side::Deposit, 1, 6, 1, 0);
	assert!(assess(&[one; MAX_LEGS]).is_ok());
	assert_eq!(assess(&[one; MAX_LEGS + 1]), Err(RiskError::TooManyLegs));
	let mut wrong = one;
	wrong.margin = MarginRatios {
		initial: Ratio::ONE,
		..wrong.margin
	};
	assert_eq!(assess(&[wrong]), Err(RiskError::InvalidParameters));
}
