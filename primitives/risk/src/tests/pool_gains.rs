//! Nobody gains by how he cuts up what he does.

use crate::Pool;
use margin_math::{Amount, Shares};
use proptest::prelude::*;

/// A pool that others use, whose shares are worth odd amounts.
fn busy_pool(deposits: u128, debt: u128, interest: u128) -> Pool {
	let mut pool = Pool::default();
	pool.supply(Amount(deposits)).unwrap();
	pool.borrow(Amount(debt)).unwrap();
	pool.debt = Amount(pool.debt.0 + interest);
	pool.deposits = Amount(pool.deposits.0 + interest);
	assert!(pool.is_balanced());
	pool
}

const OPERATIONS: u128 = 10_000;

#[test]
fn ten_thousand_deposits_of_one_unit_are_worth_no_more_than_they_cost() {
	for interest in [0, 1, 333_333, 999_999] {
		let mut pool = busy_pool(3_000_000, 2_000_000, interest);
		let shares = (0..OPERATIONS).fold(Shares::ZERO, |sum, _| {
			sum.saturating_add(pool.supply(Amount(1)).unwrap())
		});
		assert!(pool.deposit_value(shares).unwrap() <= Amount(OPERATIONS));
		assert!(pool.withdraw_all(shares).unwrap() <= Amount(OPERATIONS));
	}
}

#[test]
fn ten_thousand_withdrawals_of_one_unit_take_no_more_than_was_deposited() {
	for interest in [0, 1, 333_333, 999_999] {
		let mut pool = busy_pool(3_000_000, 2_000_000, interest);
		let mut shares = pool.supply(Amount(OPERATIONS)).unwrap();
		let mut withdrawn = 0;
		while let Some(left) = shares.checked_sub(pool.deposit_shares_for(Amount(1)).unwrap()) {
			let burned = pool.withdraw(Amount(1)).unwrap();
			assert_eq!(burned, shares.checked_sub(left).unwrap());
			shares = left;
			withdrawn += 1;
		}
		assert!(withdrawn <= OPERATIONS);
	}
}

#[test]
fn ten_thousand_loans_of_one_unit_owe_no_less_than_was_borrowed() {
	for interest in [0, 1, 333_333, 999_999] {
		let mut pool = busy_pool(3_000_000, 2_000_000, interest);
		let shares = (0..OPERATIONS).fold(Shares::ZERO, |sum, _| {
			sum.saturating_add(pool.borrow(Amount(1)).unwrap())
		});
		assert!(pool.repay_all(shares).unwrap() >= Amount(OPERATIONS));
		assert!(pool.is_balanced());
	}
}

#[test]
fn ten_thousand_repayments_of_one_unit_pay_off_no_more_than_they_cost() {
	for interest in [0, 1] {
		let mut pool = busy_pool(3_000_000, 2_000_000, interest);
		let mut shares = pool.borrow(Amount(2 * OPERATIONS)).unwrap();
		let mut paid = 0;
		for _ in 0..OPERATIONS {
			// With interest in it, a share owes more than one unit, and one unit pays off nothing.
			if let Ok(burned) = pool.repay(Amount(1)) {
				shares = shares.checked_sub(burned).unwrap();
				paid += 1;
			}
		}
		assert_eq!(paid, if interest == 0 { OPERATIONS } else { 0 });
		let rest = pool.repay_all(shares).unwrap();
		assert!(paid + rest.0 >= 2 * OPERATIONS);
	}
}

#[test]
fn ten_thousand_round_trips_of_one_unit_gain_nothing() {
	for interest in [0, 1, 333_333, 999_999] {
		let mut pool = busy_pool(3_000_000, 2_000_000, interest);
		let (mut paid_in, mut paid_out) = (0u128, 0u128);
		for _ in 0..OPERATIONS {
			let shares = pool.supply(Amount(1)).unwrap();
			paid_in += 1;
			paid_out += pool.withdraw_all(shares).unwrap().0;
			let shares = pool.borrow(Amount(1)).unwrap();
			paid_out += 1;
			paid_in += pool.repay_all(shares).unwrap().0;
		}
		assert!(paid_out <= paid_in);
		assert!(pool.is_balanced());
	}
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(2_000))]

	#[test]
	fn a_deposit_and_a_loan_taken_back_at_once_gain_nothing(
		deposits in 1_000u128..1 << 80, share in 1u128..1_000, interest in 0u128..1 << 70, amount in 1u128..1 << 80,
	) {
		let mut pool = busy_pool(deposits, deposits * share / 1_000 + 1, interest);
		if let Ok(shares) = pool.supply(Amount(amount)) {
			prop_assert!(pool.deposit_value(shares).unwrap() <= Amount(amount));
		}
		if let Ok(shares) = pool.borrow(Amount(amount)) {
			prop_assert!(pool.debt_value(shares).unwrap() >= Amount(amount));
		}
		prop_assert!(pool.is_balanced());
	}

	#[test]
	fn the_first_depositor_cannot_rob_the_second(
		stake in 1u128..1_000_000, gift_size in 0u32..90, gift in 1u128..64, loot_size in 0u32..90, loot in 1u128..64,
	) {
		// The robber makes the first deposit and then raises the price of a share with a gift to the pool.
		let (gift, loot) = (gift << gift_size, loot << loot_size);
		let mut pool = Pool::default();
		let robber = pool.supply(Amount(stake)).unwrap();
		pool.liquidity = Amount(pool.liquidity.0 + gift);
		pool.deposits = Amount(pool.deposits.0 + gift);
		let before = pool;
		if let Ok(victim) = pool.supply(Amount(loot)) {
			let robbed = loot - pool.deposit_value(victim).unwrap().0;
			let got = pool.withdraw_all(robber).unwrap().0;
			prop_assert!(got <= stake + gift, "the robbery pays {got} for {stake} and {gift}");
			// What the victim loses to rounding is a share's price at most, and a robber pays more for that.
			prop_assert!(robbed <= 1 + (stake + gift) / (500 * stake));
		} else {
			prop_assert_eq!(pool, before);
			prop_assert!(pool.withdraw_all(robber).unwrap().0 <= stake + gift);
		}
	}
}
