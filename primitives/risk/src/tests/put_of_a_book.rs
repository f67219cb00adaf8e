use crate::put::{securing, Totals};
use margin_math::{Ratio, Rounding, Value};
use proptest::prelude::*;

/// What roundings may come to, in 10^-18 dollars.
const DUST: i128 = 1_000;

fn totals(deposits: i64, debts: i64, percent: u32, cost_ppm: u32) -> Totals {
	Totals {
		deposits: Value::from_dollars(deposits),
		debts: Value::from_dollars(debts),
		margin: Ratio::from_percent(percent),
		cost: Ratio::from_ppm(cost_ppm),
	}
}

fn books() -> impl Strategy<Value = Vec<Totals>> {
	let one = (0i64..1_000_000, 0i64..1_000_000, 1u32..20, 0u32..10_000)
		.prop_map(|(deposits, debts, percent, cost)| totals(deposits, debts, percent, cost));
	proptest::collection::vec(one, 1..5)
}

fn counted(value: Value, margin: Ratio) -> i128 {
	let counts = Ratio::ONE.saturating_sub(margin);
	value.mul_ratio(counts, Rounding::Down).unwrap().raw()
}

fn claim(asset: &Totals) -> i128 {
	let claim = Ratio::ONE.saturating_add(asset.margin);
	asset.debts.mul_ratio(claim, Rounding::Up).unwrap().raw()
}

fn cost(book: &[Totals], held: &[Value]) -> i128 {
	let costs = book
		.iter()
		.zip(held)
		.map(|(asset, held)| held.mul_ratio(asset.cost, Rounding::Up).unwrap().raw());
	costs.sum()
}

/// Deposits that secure the debts if each asset in turn gives what it can.
fn in_turn(book: &[Totals], order: impl Iterator<Item = usize>) -> Vec<Value> {
	let all: i128 = book.iter().map(claim).sum();
	let (mut left, mut held) = (all, vec![Value::ZERO; book.len()]);
	for place in order {
		let asset = &book[place];
		let wanted = left.min(all - claim(asset)).min(counted(asset.deposits, asset.margin));
		let counts = Ratio::ONE.saturating_sub(asset.margin);
		held[place] = Value::from_raw(wanted).div_ratio(counts, Rounding::Down).unwrap();
		left -= wanted;
	}
	held
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(500))]

	#[test]
	fn no_other_deposits_would_cost_more(book in books(), turn in any::<u64>()) {
		let most = cost(&book, &securing(&book).unwrap());
		let mut order: Vec<usize> = (0..book.len()).collect();
		order.sort_by_key(|place| turn.rotate_left(13 * *place as u32) ^ 0x5bd1_e995);
		prop_assert!(cost(&book, &in_turn(&book, order.into_iter())) <= most + DUST);
	}

	#[test]
	fn deposits_secure_no_more_than_is_held_and_owed_by_others(book in books()) {
		let held = securing(&book).unwrap();
		let all: i128 = book.iter().map(claim).sum();
		let secured: i128 = book.iter().zip(&held).map(|(asset, held)| counted(*held, asset.margin)).sum();
		prop_assert!(secured <= all + DUST);
		for (asset, held) in book.iter().zip(&held) {
			prop_assert!(!held.is_negative() && *held <= asset.deposits);
			prop_assert!(counted(*held, asset.margin) <= all - claim(asset) + DUST);
		}
	}
}

#[test]
fn nothing_secures_what_nobody_owes() {
	let book = [totals(1_000, 0, 5, 10), totals(1_000, 0, 1, 0)];
	assert_eq!(securing(&book), Some(vec![Value::ZERO; 2]));
	assert_eq!(securing(&[]), Some(vec![]));
}

#[test]
fn nobody_secures_a_debt_with_the_asset_that_is_owed() {
	let book = [totals(1_000_000, 1_000, 5, 10), totals(1_000_000, 0, 1, 0)];
	let held = securing(&book).unwrap();
	assert_eq!(held[0], Value::ZERO);
	// 1,050 dollars with the margin, of which 99 % of a stable deposit counts.
	assert!(held[1] > Value::from_dollars(1_060) && held[1] < Value::from_dollars(1_061));
}

#[test]
fn totals_that_do_not_fit_and_margins_of_one_are_refused() {
	let most = Value::from_raw(i128::MAX);
	let book = |deposits, debts, margin| Totals {
		deposits,
		debts,
		margin,
		cost: Ratio::ONE,
	};
	let usual = Ratio::from_percent(5);
	assert_eq!(securing(&[book(most, most, usual)]), None);
	assert_eq!(securing(&[book(Value::ONE, Value::ONE, Ratio::ONE)]), None);
	assert_eq!(securing(&[book(Value::ONE, Value::ONE, Ratio::MAX)]), None);
	assert_eq!(securing(&[book(most, Value::ZERO, usual)]), Some(vec![Value::ZERO]));
}
