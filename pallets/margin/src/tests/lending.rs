use super::*;
use crate::Accounts;
use frame_support::{traits::Hooks, weights::Weight};

#[test]
fn a_first_deposit_opens_the_account_and_the_last_withdrawal_leaves_it_empty() {
	ExtBuilder::default().build_and_execute(|| {
		let before = wallet(ALICE, USDC);
		deposit(ALICE, USDC, 1_000 * unit(USDC));
		assert_eq!(balance(ALICE, USDC), 1_000 * unit(USDC) as i128);
		assert_eq!(wallet(ALICE, USDC), before - 1_000 * unit(USDC));
		assert_ok!(Margin::withdraw(signed(ALICE), SUB, USDC, 1_000 * unit(USDC)));
		assert_eq!(wallet(ALICE, USDC), before);
		assert!(Accounts::<Test>::get(ALICE, SUB).unwrap().is_empty());
	});
}

#[test]
fn deposit_names_what_is_wrong_and_changes_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(Margin::deposit(signed(ALICE), SUB, 99, 1), Error::UnknownAsset);
		assert_noop!(Margin::deposit(signed(ALICE), SUB, USDC, 0), Error::AmountZero);
		assert_noop!(Margin::deposit(signed(ALICE), SUB, USDC, 99), Error::AmountTooSmall);
		let cap = 1_000_000_000 * unit(USDC);
		assert_noop!(Margin::deposit(signed(ALICE), SUB, USDC, cap), Error::DepositCapReached);
		let too_much = wallet(ALICE, USDC) + 1;
		assert!(Margin::deposit(signed(ALICE), SUB, USDC, too_much).is_err());
		assert!(Margin::deposit(RuntimeOrigin::none(), SUB, USDC, unit(USDC)).is_err());
	});
}

#[test]
fn an_account_holds_only_so_many_assets() {
	ExtBuilder::default().build_and_execute(|| {
		for asset in [USDC, BTC, ETH] {
			deposit(ALICE, asset, unit(asset));
		}
		assert_noop!(Margin::deposit(signed(ALICE), SUB, DOT, unit(DOT)), Error::AccountFull);
		assert_noop!(Margin::borrow(signed(ALICE), SUB, DOT, unit(DOT)), Error::AccountFull);
		assert_noop!(
			Margin::swap(signed(ALICE), SUB, USDC, DOT, unit(USDC) / 2, 0),
			Error::AccountFull
		);
	});
}

#[test]
fn sub_accounts_of_one_owner_stand_apart() {
	ExtBuilder::default().build_and_execute(|| {
		deposit(ALICE, USDC, 1_000 * unit(USDC));
		assert_ok!(Margin::deposit(signed(ALICE), 7, BTC, unit(BTC)));
		assert_noop!(Margin::withdraw(signed(ALICE), 7, USDC, 1), Error::NotEnoughDeposited);
		assert_noop!(Margin::withdraw(signed(ALICE), 8, USDC, 1), Error::UnknownAccount);
	});
}

#[test]
fn a_loan_is_paid_to_the_wallet_and_listed_until_it_is_paid_back() {
	ExtBuilder::default().build_and_execute(|| {
		deposit(ALICE, BTC, unit(BTC));
		let before = wallet(ALICE, USDC);
		assert_ok!(Margin::borrow(signed(ALICE), SUB, USDC, 5_000 * unit(USDC)));
		assert_eq!(wallet(ALICE, USDC), before + 5_000 * unit(USDC));
		assert!(is_filed(ALICE, SUB));
		assert_ok!(Margin::repay(signed(ALICE), SUB, USDC, u128::MAX));
		assert_eq!(balance(ALICE, USDC), 0);
		assert!(!is_filed(ALICE, SUB));
	});
}

#[test]
fn borrow_takes_the_deposit_of_the_asset_first() {
	ExtBuilder::default().build_and_execute(|| {
		deposit(ALICE, BTC, unit(BTC));
		deposit(ALICE, USDC, 100 * unit(USDC));
		assert_ok!(Margin::borrow(signed(ALICE), SUB, USDC, 150 * unit(USDC)));
		assert_eq!(balance(ALICE, USDC), -(50 * unit(USDC) as i128));
	});
}

#[test]
fn a_deposit_of_what_is_owed_pays_the_debt_first() {
	ExtBuilder::default().build_and_execute(|| {
		deposit(ALICE, BTC, unit(BTC));
		assert_ok!(Margin::borrow(signed(ALICE), SUB, USDC, 50 * unit(USDC)));
		deposit(ALICE, USDC, 80 * unit(USDC));
		assert_eq!(balance(ALICE, USDC), 30 * unit(USDC) as i128);
	});
}

#[test]
fn paying_a_debt_by_a_deposit_works_above_the_cap() {
	ExtBuilder::default().build_and_execute(|| {
		deposit(ALICE, BTC, unit(BTC));
		assert_ok!(Margin::borrow(signed(ALICE), SUB, USDC, 50 * unit(USDC)));
		reconfigure(USDC, |config| config.deposit_cap = margin_math::Amount(1));
		assert_ok!(Margin::deposit(signed(ALICE), SUB, USDC, 30 * unit(USDC)));
		assert_noop!(
			Margin::deposit(signed(ALICE), SUB, USDC, 30 * unit(USDC)),
			Error::DepositCapReached
		);
	});
}

#[test]
fn borrow_names_what_is_wrong_and_changes_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Margin::borrow(signed(ALICE), SUB, USDC, unit(USDC)),
			Error::UnknownAccount
		);
		deposit(ALICE, BTC, 10_000 * unit(BTC));
		assert_noop!(Margin::borrow(signed(ALICE), SUB, 99, 1), Error::UnknownAsset);
		assert_noop!(Margin::borrow(signed(ALICE), SUB, USDC, 0), Error::AmountZero);
		assert_noop!(Margin::borrow(signed(ALICE), SUB, USDC, 99), Error::AmountTooSmall);
		// 20 million were supplied, and 5 % of that is never lent.
		assert_noop!(
			Margin::borrow(signed(ALICE), SUB, USDC, 19_000_001 * unit(USDC)),
			Error::PoolTooDry
		);
		assert_ok!(Margin::borrow(signed(ALICE), SUB, USDC, 19_000_000 * unit(USDC)));
	});
}

#[test]
fn borrow_stops_at_the_cap() {
	ExtBuilder::default().build_and_execute(|| {
		reconfigure(USDC, |config| config.borrow_cap = margin_math::Amount(100 * unit(USDC)));
		deposit(ALICE, BTC, unit(BTC));
		assert_noop!(
			Margin::borrow(signed(ALICE), SUB, USDC, 101 * unit(USDC)),
			Error::BorrowCapReached
		);
		assert_ok!(Margin::borrow(signed(ALICE), SUB, USDC, 100 * unit(USDC)));
	});
}

#[test]
fn initial_margin_bounds_loans_and_withdrawals() {
	ExtBuilder::default().build_and_execute(|| {
		deposit(ALICE, BTC, unit(BTC));
		// 8,000 at a ratio of 10 % carries 7,200 / 1.02.
		assert_noop!(
			Margin::borrow(signed(ALICE), SUB, USDC, 7_059 * unit(USDC)),
			Error::NotEnoughCollateral
		);
		assert_ok!(Margin::borrow(signed(ALICE), SUB, USDC, 7_058 * unit(USDC)));
		assert_noop!(
			Margin::withdraw(signed(ALICE), SUB, BTC, unit(BTC) / 1_000),
			Error::NotEnoughCollateral
		);
	});
}

#[test]
fn withdraw_names_what_is_wrong_and_changes_nothing() {
	ExtBuilder::default().without_supply().build_and_execute(|| {
		deposit(ALICE, USDC, 1_000 * unit(USDC));
		assert_noop!(Margin::withdraw(signed(ALICE), SUB, USDC, 0), Error::AmountZero);
		assert_noop!(
			Margin::withdraw(signed(ALICE), SUB, USDC, 1_000 * unit(USDC) + 1),
			Error::NotEnoughDeposited
		);
		assert_noop!(Margin::withdraw(signed(ALICE), SUB, BTC, 1), Error::NotEnoughDeposited);
		deposit(BOB, BTC, unit(BTC));
		assert_ok!(Margin::borrow(signed(BOB), SUB, USDC, 900 * unit(USDC)));
		assert_noop!(
			Margin::withdraw(signed(ALICE), SUB, USDC, 500 * unit(USDC)),
			Error::PoolTooDry
		);
		assert_ok!(Margin::withdraw(signed(ALICE), SUB, USDC, 100 * unit(USDC)));
	});
}

#[test]
fn repay_takes_no_more_than_is_owed() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(Margin::repay(signed(ALICE), SUB, USDC, 1), Error::UnknownAccount);
		deposit(ALICE, BTC, unit(BTC));
		assert_noop!(Margin::repay(signed(ALICE), SUB, USDC, 1), Error::NoDebt);
		assert_noop!(Margin::repay(signed(ALICE), SUB, BTC, 1), Error::NoDebt);
		assert_ok!(Margin::borrow(signed(ALICE), SUB, USDC, 1_000 * unit(USDC)));
		assert_noop!(Margin::repay(signed(ALICE), SUB, USDC, 0), Error::AmountZero);
		let before = wallet(ALICE, USDC);
		assert_ok!(Margin::repay(signed(ALICE), SUB, USDC, 5_000 * unit(USDC)));
		assert_eq!(wallet(ALICE, USDC), before - 1_000 * unit(USDC));
	});
}

#[test]
fn suppliers_earn_what_borrowers_pay_less_the_reserve() {
	ExtBuilder::default().build_and_execute(|| {
		deposit(ALICE, BTC, 2_000 * unit(BTC));
		assert_ok!(Margin::borrow(signed(ALICE), SUB, USDC, 10_000_000 * unit(USDC)));
		let year = 365 * 24;
		for _ in 0..year {
			Timestamp::set_timestamp(Timestamp::get() + 3_600_000);
			for turn in 0..4 {
				Margin::on_idle(turn, Weight::MAX);
			}
		}
		// Half of the pool is lent: 1 % + 9 % * 50/80 = 6.625 % a year, and more as interest adds to the utilisation.
		let owed = (-balance(ALICE, USDC)) as u128 / unit(USDC);
		assert!((10_690_000..10_700_000).contains(&owed), "{owed}");
		let paid = owed - 10_000_000;
		let earned = balance_of(SUPPLIER, USDC as u16, USDC) as u128 / unit(USDC) - 20_000_000;
		assert!(earned.abs_diff(paid * 9 / 10) <= paid / 100, "{earned} of {paid}");
		let fund = Margin::pool_views()
			.into_iter()
			.find(|pool| pool.asset == USDC)
			.unwrap();
		assert!(fund.fund.0 / unit(USDC) >= paid * 9 / 100);
	});
}

#[test]
fn tokens_sent_to_the_pallet_unasked_are_nobodys_liquidity() {
	ExtBuilder::default().without_supply().build_and_execute(|| {
		assert_ok!(Assets::transfer(
			signed(BOB),
			USDC,
			Margin::account_id(),
			1_000 * unit(USDC)
		));
		deposit(ALICE, BTC, unit(BTC));
		assert_noop!(Margin::borrow(signed(ALICE), SUB, USDC, unit(USDC)), Error::PoolTooDry);
	});
}
