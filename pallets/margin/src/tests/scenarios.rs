//! Bad assets, dust, idle time and roundings: scenarios S20, S21, S23 and S24.

use super::*;
use crate::ledger::Ledger;
use frame_support::storage::with_storage_layer;
use margin_math::Amount;
use margin_risk::Verdict;

/// Alice owes 1,500 dollars of BTC on 1,000 dollars of USDC and 1,000 of DOT.
fn alice_holds_dot() {
	deposit(ALICE, USDC, 1_000 * unit(USDC));
	deposit(ALICE, DOT, 250 * unit(DOT));
	assert_ok!(Margin::borrow(signed(ALICE), SUB, BTC, 1_500 * unit(BTC) / 8_000));
}

fn wait(ms: u64) {
	Timestamp::set_timestamp(Timestamp::get() + ms);
}

#[test]
fn an_asset_whose_price_dies_takes_on_no_risk_and_bricks_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		alice_holds_dot();
		set_verdict(DOT, Verdict::Stale);
		assert_noop!(
			Margin::borrow(signed(ALICE), SUB, BTC, unit(BTC) / 1_000),
			Error::NotEnoughCollateral
		);
		assert_noop!(
			Margin::swap(signed(ALICE), SUB, DOT, USDC, unit(DOT), 0),
			Error::PriceUnusable
		);
		assert_ok!(Margin::swap(signed(ALICE), SUB, USDC, BTC, 100 * unit(USDC), 0));
		assert_ok!(Margin::repay(signed(ALICE), SUB, BTC, unit(BTC) / 1_000));
		deposit(ALICE, DOT, unit(DOT));
		deposit(ALICE, USDC, unit(USDC));
		deposit(BOB, BTC, unit(BTC));
		assert_ok!(Margin::borrow(signed(BOB), SUB, USDC, 1_000 * unit(USDC)));
	});
}

#[test]
fn a_dead_asset_counts_in_its_holders_favour_for_a_bounded_time_and_shields_nobody_after_it() {
	ExtBuilder::default().build_and_execute(|| {
		alice_holds_dot();
		set_verdict(DOT, Verdict::Stale);
		wait(HOUR);
		assert_eq!(
			liquidate(ALICE),
			Err(Error::NotLiquidatable.into()),
			"in full for an hour"
		);
		wait(2 * HOUR);
		let fading = health(ALICE);
		wait(HOUR);
		assert!(health(ALICE) < fading, "and less with every hour after it");
		assert_ok!(liquidate(ALICE));
		assert_eq!(balance(ALICE, DOT), 250 * unit(DOT) as i128, "it is not seized itself");
		assert!(balance(ALICE, USDC) < 1_000 * unit(USDC) as i128);
		wait(3 * HOUR);
		let worth = view(ALICE).balances.iter().find(|b| b.asset == DOT).unwrap().value;
		assert!(worth.is_zero(), "and nothing after six");
	});
}

#[test]
fn a_dead_asset_that_comes_back_counts_again() {
	ExtBuilder::default().build_and_execute(|| {
		alice_holds_dot();
		let before = health(ALICE);
		set_verdict(DOT, Verdict::TooFewOperators);
		wait(7 * HOUR);
		assert!(health(ALICE).is_negative());
		set_price(DOT, first_price(DOT) * 100);
		let after = health(ALICE);
		let interest = margin_math::Value::from_dollars(1);
		assert!(after > before.checked_sub(interest).unwrap(), "{before} became {after}");
	});
}

#[test]
fn a_debt_that_is_not_worth_a_liquidation_is_refused_whichever_way_it_would_come() {
	ExtBuilder::default().build_and_execute(|| {
		reconfigure(USDC, |config| config.min_debt = Amount(10 * unit(USDC)));
		deposit(ALICE, BTC, unit(BTC));
		let borrow = |dollars| Margin::borrow(signed(ALICE), SUB, USDC, dollars * unit(USDC));
		assert_noop!(borrow(9), Error::DebtTooSmall);
		assert_noop!(
			Margin::swap(signed(ALICE), SUB, USDC, BTC, 9 * unit(USDC), 0),
			Error::DebtTooSmall
		);
		assert_ok!(borrow(15));
		assert_noop!(
			Margin::repay(signed(ALICE), SUB, USDC, 6 * unit(USDC)),
			Error::DebtTooSmall
		);
		assert_noop!(
			with_storage_layer(|| Margin::deposit(signed(ALICE), SUB, USDC, 6 * unit(USDC))),
			Error::DebtTooSmall
		);
		assert_ok!(Margin::repay(signed(ALICE), SUB, USDC, 5 * unit(USDC)));
		assert_ok!(Margin::repay(signed(ALICE), SUB, USDC, u128::MAX));
		assert!(!is_filed(ALICE, SUB));
	});
}

#[test]
fn a_year_without_a_call_is_caught_up_with_in_bounded_steps_exactly() {
	ExtBuilder::default().build_and_execute(|| {
		deposit(ALICE, BTC, 1_000 * unit(BTC));
		assert_ok!(Margin::borrow(signed(ALICE), SUB, USDC, 5_000_000 * unit(USDC)));
		let start = Timestamp::get();
		let config = crate::Assets::<Test>::get(USDC).unwrap().config;
		let mut fine = pool(USDC);
		for hour in 1..=365 * 24 {
			fine.accrue(&config.rate, config.reserve_factor, start + hour * HOUR)
				.unwrap();
		}
		wait(365 * DAY);
		let touch = || {
			let mut ledger = Ledger::<Test>::new();
			ledger.pool(USDC).unwrap();
			ledger.commit();
		};
		touch();
		assert_eq!(pool(USDC).accrued_at, start + DAY, "a call catches up with a day");
		Margin::do_try_state().unwrap();
		(1..365).for_each(|_| touch());
		assert_eq!(pool(USDC), fine);
		assert_ok!(Margin::repay(signed(ALICE), SUB, USDC, u128::MAX));
	});
}

#[test]
fn ten_thousand_operations_with_single_units_gain_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		for asset in [USDC, BTC] {
			reconfigure(asset, |config| {
				config.min_amount = Amount(1);
				config.min_debt = Amount(1);
			});
		}
		// Uneven prices of the shares, so that every operation rounds.
		deposit(BOB, BTC, 1_000 * unit(BTC));
		assert_ok!(Margin::borrow(signed(BOB), SUB, USDC, 1_234_567 * unit(USDC)));
		deposit(BOB, USDC, unit(USDC));
		wait(DAY - 1);
		deposit(ALICE, BTC, unit(BTC));
		assert_ok!(Margin::deposit(signed(ALICE), 1, BTC, unit(BTC)));
		let worth = |asset| {
			let held: i128 = [0, 1].iter().map(|sub| balance_of(ALICE, *sub, asset)).sum();
			wallet(ALICE, asset) as i128 + held
		};
		let before = [USDC, BTC].map(worth);
		// A linear congruential generator: any sequence does, and this one is always the same.
		let mut state = 7u64;
		let mut draw = |below: u64| {
			state = state
				.wrapping_mul(6_364_136_223_846_793_005)
				.wrapping_add(1_442_695_040_888_963_407);
			(state >> 33) % below
		};
		let mut done = 0;
		for _ in 0..10_000 {
			let (asset, sub, amount) = ([USDC, BTC][draw(2) as usize], draw(2) as u16, u128::from(1 + draw(3)));
			let made = with_storage_layer(|| match draw(5) {
				0 => Margin::deposit(signed(ALICE), sub, asset, amount),
				1 => Margin::withdraw(signed(ALICE), sub, asset, amount),
				2 => Margin::borrow(signed(ALICE), sub, asset, amount),
				3 => Margin::repay(signed(ALICE), sub, asset, amount),
				_ => Margin::transfer(signed(ALICE), sub, 1 - sub, asset, amount),
			});
			done += u32::from(made.is_ok());
		}
		assert!(done > 5_000, "only {done} were made");
		let after = [USDC, BTC].map(worth);
		assert!(
			after[0] <= before[0] && after[1] <= before[1],
			"{before:?} became {after:?}"
		);
	});
}

#[test]
fn dead_collateral_sets_nobody_free_of_his_debts() {
	ExtBuilder::default().build_and_execute(|| {
		deposit(ALICE, BTC, 10 * unit(BTC));
		assert_ok!(Margin::borrow(signed(ALICE), SUB, USDC, 40_000 * unit(USDC)));
		set_verdict(BTC, Verdict::Stale);
		wait(8 * HOUR);
		set_price(USDC, 100);
		next_block(2_000);
		assert!(health(ALICE).is_negative(), "it shields nobody");
		assert_eq!(liquidate(ALICE), Err(Error::NothingToSeize.into()));
		assert!(balance(ALICE, USDC) < -40_000 * unit(USDC) as i128);
		assert_eq!(pool(USDC).deficit, Amount::ZERO);
	});
}

#[test]
fn what_is_not_dead_pays_for_the_debts_that_dead_collateral_leaves_bare() {
	ExtBuilder::default().build_and_execute(|| {
		alice_holds_dot();
		set_verdict(DOT, Verdict::Stale);
		wait(8 * HOUR);
		set_price(USDC, 100);
		set_price(BTC, first_price(BTC) * 100);
		assert_ok!(liquidate(ALICE));
		assert_eq!(balance(ALICE, USDC), 0);
		assert_eq!(balance(ALICE, DOT), 250 * unit(DOT) as i128);
		let owed = -balance(ALICE, BTC) as u128 * 8_000 / unit(BTC);
		assert!((495..=505).contains(&owed), "{owed} dollars");
		assert_eq!(liquidate(ALICE), Err(Error::NothingToSeize.into()));
	});
}

#[test]
fn a_price_that_is_held_back_after_a_long_gap_liquidates_nobody() {
	ExtBuilder::default().build_and_execute(|| {
		deposit(ALICE, BTC, unit(BTC));
		deposit(ALICE, ETH, 10 * unit(ETH));
		assert_ok!(Margin::borrow(signed(ALICE), SUB, USDC, 7_000 * unit(USDC)));
		// The other prices have been adopted a block before.
		set_verdict(BTC, Verdict::HeldBack);
		wait(8 * HOUR);
		set_price(USDC, 100);
		set_price(ETH, first_price(ETH) * 100);
		next_block(2_000);
		assert_eq!(balance(ALICE, ETH), 10 * unit(ETH) as i128);
		assert!(balance(ALICE, USDC) < 0);
	});
}
