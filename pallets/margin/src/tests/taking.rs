//! Signed liquidations into the keeper's own account (S18, S19).

use super::*;
use crate::{Balance, Door, Mode, Status, Tier};
use frame_support::storage::with_storage_layer;
use margin_math::{Amount, Value};
use proptest::prelude::*;
use sp_runtime::DispatchResult;

/// As much as there is.
const ALL: i64 = 1_000_000_000;

/// Bob takes the liquidation of Alice's account over, `most` dollars of it.
fn take(most: i64) -> DispatchResult {
	let most = Value::from_dollars(most);
	with_storage_layer(|| Margin::liquidate(signed(BOB), ALICE, SUB, SUB, most))
}

/// Bob has money, and Alice a long just below its maintenance margin.
fn below_maintenance() {
	ChainLiquidates::set(&false);
	deposit(BOB, USDC, 100_000 * unit(USDC));
	open_long(ALICE, BTC, 10_000, 7);
	move_to(BTC, 720_000);
	assert!(health(ALICE).is_negative());
	assert!(view(ALICE).equity > Value::ZERO);
}

fn minus(a: Value, b: Value) -> Value {
	a.checked_sub(b).unwrap()
}

fn plus(a: Value, b: Value) -> Value {
	a.checked_add(b).unwrap()
}

/// A few units of bitcoin.
fn is_nothing(value: Value) -> bool {
	value.raw().abs() < Value::from_dollars(1).raw() / 100
}

/// The door, penalty and repaid dollars of the last liquidation.
fn last() -> (Door<AccountId>, Value, u128) {
	let told = events().into_iter().rev().find_map(|event| match event {
		Event::Liquidated {
			door, penalty, repaid, ..
		} => Some((door, penalty, repaid[0].1 .0 / unit(USDC))),
		_ => None,
	});
	told.expect("there was a liquidation")
}

#[test]
fn a_trader_takes_the_slice_into_his_account_and_the_penalty_is_his() {
	ExtBuilder::default().build_and_execute(|| {
		below_maintenance();
		let (alice, bob, at) = (view(ALICE).equity, view(BOB).equity, round(ALICE));
		assert_ok!(take(ALL));
		let (door, penalty, repaid) = last();
		assert_eq!(door, Door::Trader(BOB, SUB));
		assert!(
			penalty >= Value::from_dollars(repaid as i64 / 100),
			"one percent at least"
		);
		assert_eq!(minus(alice, view(ALICE).equity), penalty);
		assert!(is_nothing(minus(minus(view(BOB).equity, bob), penalty)));
		assert_eq!(round(ALICE), at + 1);
		assert!(view(ALICE).target_health > Value::from_raw(-1_000_000_000_000_000));
		assert!(crate::House::<Test>::get().is_empty());
		assert_eq!(take(ALL), Err(Error::NotLiquidatable.into()));
	});
}

#[test]
fn what_the_taker_has_pays_what_he_takes_over() {
	ExtBuilder::default().build_and_execute(|| {
		below_maintenance();
		let (lent, had) = (pool(USDC).debt, balance(BOB, USDC));
		assert_ok!(take(5_000));
		let repaid = last().2;
		assert_eq!(repaid, 5_000);
		assert!((had - balance(BOB, USDC) - 5_000 * unit(USDC) as i128).abs() <= 1);
		assert!(lent.0 - pool(USDC).debt.0 >= 4_999 * unit(USDC));
	});
}

#[test]
fn both_accounts_are_told_of_and_listed_when_they_owe() {
	ExtBuilder::default().build_and_execute(|| {
		below_maintenance();
		assert_ok!(Margin::withdraw(signed(BOB), SUB, USDC, 100_000 * unit(USDC)));
		deposit(BOB, ETH, 500 * unit(ETH));
		let told = events().len();
		assert_ok!(take(ALL));
		assert!(is_filed(BOB, SUB));
		let changed: Vec<_> = events()[told..]
			.iter()
			.filter_map(|event| match event {
				Event::BalanceChanged {
					owner, asset, balance, ..
				} => Some((*owner, *asset, matches!(balance, Some(Balance::Debt(_))))),
				_ => None,
			})
			.collect();
		assert_eq!(
			changed,
			[
				(ALICE, USDC, true),
				(ALICE, BTC, false),
				(BOB, USDC, true),
				(BOB, BTC, false)
			]
		);
	});
}

#[test]
fn the_taker_stays_above_his_initial_margin() {
	ExtBuilder::default().build_and_execute(|| {
		below_maintenance();
		assert_ok!(Margin::withdraw(signed(BOB), SUB, USDC, 99_900 * unit(USDC)));
		assert_noop!(take(ALL), Error::NotEnoughCollateral);
		assert_ok!(take(500));
		assert!(view(BOB).initial_health >= Value::ZERO);
		set_verdict(USDC, margin_risk::Verdict::Stale);
		assert_noop!(take(500), Error::NothingToSeize);
	});
}

#[test]
fn refusals_are_named_and_change_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		below_maintenance();
		let liquidate = |who, into, most| Margin::liquidate(signed(who), ALICE, SUB, into, most);
		let all = Value::from_dollars(ALL);
		assert_noop!(liquidate(BOB, SUB, Value::ZERO), Error::AmountZero);
		assert_noop!(liquidate(BOB, SUB, Value::from_dollars(-1)), Error::AmountZero);
		assert_noop!(liquidate(ALICE, SUB, all), Error::OwnAccount);
		assert_ok!(Margin::open_account(signed(ALICE), 1, Mode::Cross));
		assert_noop!(liquidate(ALICE, 1, all), Error::OwnAccount);
		assert_noop!(liquidate(BOB, 7, all), Error::UnknownAccount);
		assert_noop!(
			Margin::liquidate(signed(BOB), MAKER, SUB, SUB, all),
			Error::UnknownAccount
		);
		assert_noop!(
			Margin::liquidate(signed(BOB), SUPPLIER, BTC as u16, SUB, all),
			Error::NotLiquidatable
		);
		assert_noop!(take(99), Error::AmountTooSmall);
		set_price(BTC, 600_000);
		assert_noop!(take(ALL), Error::EquityGone);
		set_price(BTC, 800_000);
		assert_noop!(take(ALL), Error::NotLiquidatable);
	});
}

#[test]
fn the_takers_mode_room_caps_and_tier_are_kept() {
	ExtBuilder::default().build_and_execute(|| {
		below_maintenance();
		let isolated = |sub, collateral| {
			let mode = Mode::Isolated { collateral, debt: USDC };
			assert_ok!(Margin::open_account(signed(BOB), sub, mode));
			assert_ok!(Margin::deposit(signed(BOB), sub, USDC, 50_000 * unit(USDC)));
		};
		isolated(1, ETH);
		isolated(2, BTC);
		let most = Value::from_dollars(1_000);
		let into = |sub| Margin::liquidate(signed(BOB), ALICE, SUB, sub, most);
		assert_noop!(into(1), Error::NotInIsolatedAccount);
		deposit(BOB, ETH, unit(ETH));
		deposit(BOB, DOT, unit(DOT));
		assert_noop!(take(1_000), Error::AccountFull);
		reconfigure(BTC, |config| config.account_cap = Amount(unit(BTC) / 100));
		assert_noop!(into(2), Error::AccountCapReached);
		reconfigure(BTC, |config| {
			config.account_cap = Amount(u128::MAX);
			config.tier = Tier::IsolatedOnly;
		});
		assert_ok!(Margin::open_account(signed(MAKER), SUB, Mode::Cross));
		deposit(MAKER, ETH, 100 * unit(ETH));
		assert_noop!(
			Margin::liquidate(signed(MAKER), ALICE, SUB, SUB, most),
			Error::IsolatedOnly
		);
		assert_ok!(into(2));
	});
}

#[test]
fn what_may_no_longer_be_borrowed_may_be_taken_over() {
	ExtBuilder::default().build_and_execute(|| {
		below_maintenance();
		for asset in [USDC, BTC] {
			crate::Assets::<Test>::mutate(asset, |record| record.as_mut().unwrap().status = Status::ReduceOnly);
		}
		assert_ok!(take(1_000));
		crate::Assets::<Test>::mutate(BTC, |record| record.as_mut().unwrap().status = Status::Frozen);
		assert!(take(1_000).is_err(), "a frozen asset is not seized");
	});
}

#[test]
fn a_bite_leaves_no_splinter() {
	ExtBuilder::default().build_and_execute(|| {
		below_maintenance();
		let mut repaid = 0;
		let _ = with_storage_layer(|| {
			assert_ok!(take(ALL));
			repaid = last().2 as i64;
			Err::<(), _>(sp_runtime::DispatchError::Other("only to see"))
		});
		assert_ok!(take(repaid - 20));
		let cut = last().2 as i64;
		assert!((cut - (repaid - 100)).abs() <= 1, "{cut} of {repaid}: a bite stays");
	});
}

/// Alice below maintenance at `price` (cents), with ratios that double at a size of `scale` bitcoins, taken over in bites
/// of so many dollars, and then at once: the penalties of all together, and the number of bites.
fn penalties(price: u128, scale: u128, bites: &[i64]) -> (Value, usize) {
	let mut sum = Value::ZERO;
	let mut taken = 0;
	ExtBuilder::default().build_and_execute(|| {
		ChainLiquidates::set(&false);
		deposit(BOB, USDC, 100_000 * unit(USDC));
		open_long(ALICE, BTC, 10_000, 7);
		if scale > 0 {
			reconfigure(BTC, |config| config.size_scale = Amount(scale * unit(BTC)));
		}
		move_to(BTC, price);
		for most in bites.iter().copied().chain([ALL]) {
			if take(most).is_ok() {
				sum = plus(sum, last().1);
				taken += 1;
			}
		}
	});
	(sum, taken)
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(40))]

	#[test]
	fn many_bites_never_pay_more_than_one(
		price in 708_000u128..728_000, scale in prop_oneof![Just(0u128), 20u128..2_000],
		bites in prop::collection::vec(100i64..20_000, 1..8),
	) {
		let (at_once, one) = penalties(price, scale, &[]);
		let (in_bites, taken) = penalties(price, scale, &bites);
		prop_assert!(one <= 1 && taken >= one);
		let hair = Value::from_raw(Value::from_dollars(1).raw() / 100 * taken as i128);
		prop_assert!(in_bites <= plus(at_once, hair), "{in_bites:?} in {taken} against {at_once:?}");
	}
}

#[test]
fn liquidating_oneself_from_another_wallet_never_pays() {
	ExtBuilder::default().build_and_execute(|| {
		below_maintenance();
		for most in [150, 700, 3_000, ALL] {
			let before = plus(view(ALICE).equity, view(BOB).equity);
			assert_ok!(take(most));
			let gain = minus(plus(view(ALICE).equity, view(BOB).equity), before);
			// What two accounts owe is rounded up twice, what one owes once.
			assert!(gain.raw() <= 2 * 1_000_000_000_000, "{gain:?}");
			if most == ALL {
				assert!(health(ALICE) >= Value::ZERO);
			}
		}
	});
}

#[test]
fn nobody_becomes_liquidatable_by_what_he_does_himself_in_a_block() {
	ExtBuilder::default().build_and_execute(|| {
		deposit(BOB, USDC, 100_000 * unit(USDC));
		// As far as he may go, and on from there.
		open_long(ALICE, BTC, 10_000, 7);
		for _ in 0..5 {
			let _ = with_storage_layer(|| Margin::swap(signed(ALICE), SUB, USDC, BTC, 2_000 * unit(USDC), 0));
			let _ = with_storage_layer(|| Margin::borrow(signed(ALICE), SUB, ETH, unit(ETH)));
			let _ = with_storage_layer(|| Margin::withdraw(signed(ALICE), SUB, BTC, unit(BTC) / 100));
			assert_eq!(take(ALL), Err(Error::NotLiquidatable.into()));
		}
		// Below the initial margin, what he does may not take him below maintenance either.
		move_to(BTC, 775_000);
		assert!(view(ALICE).initial_health.is_negative() && !health(ALICE).is_negative());
		for from in [BTC, USDC] {
			let to = if from == BTC { ETH } else { BTC };
			let _ = with_storage_layer(|| Margin::swap(signed(ALICE), SUB, from, to, unit(from), 0));
			assert_eq!(take(ALL), Err(Error::NotLiquidatable.into()));
		}
	});
}
