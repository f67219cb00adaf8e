use super::*;
use margin_risk::Verdict;

const UNUSABLE: [Verdict; 5] = [
	Verdict::HeldBack,
	Verdict::Stale,
	Verdict::TooFewOperators,
	Verdict::Frozen,
	Verdict::Missing,
];

#[test]
fn no_risk_is_taken_on_at_an_unusable_price_and_repaying_works() {
	for verdict in UNUSABLE {
		ExtBuilder::default().build_and_execute(|| {
			open_long(ALICE, BTC, 1_000, 3);
			set_verdict(BTC, verdict);
			assert_noop!(
				Margin::swap(signed(ALICE), SUB, USDC, BTC, unit(USDC), 0),
				Error::PriceUnusable
			);
			assert_noop!(
				Margin::swap(signed(ALICE), SUB, BTC, USDC, unit(BTC) / 10, 0),
				Error::PriceUnusable
			);
			// The deposit counts for nothing: what is owed is not covered any more.
			assert_noop!(
				Margin::borrow(signed(ALICE), SUB, USDC, unit(USDC)),
				Error::NotEnoughCollateral
			);
			assert_ok!(Margin::repay(signed(ALICE), SUB, USDC, 100 * unit(USDC)));
			deposit(ALICE, USDC, 100 * unit(USDC));
			deposit(ALICE, BTC, unit(BTC) / 100);
		});
	}
}

#[test]
fn an_account_that_owes_an_asset_without_a_price_takes_on_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		open_short(ALICE, BTC, 10_000, 1);
		set_verdict(BTC, Verdict::Stale);
		assert_noop!(Margin::borrow(signed(ALICE), SUB, ETH, unit(ETH)), Error::PriceUnusable);
		assert_noop!(
			Margin::withdraw(signed(ALICE), SUB, USDC, unit(USDC)),
			Error::PriceUnusable
		);
		assert_ok!(Margin::repay(signed(ALICE), SUB, BTC, unit(BTC)));
	});
}

#[test]
fn without_debt_one_may_withdraw_at_any_verdict() {
	for verdict in UNUSABLE {
		ExtBuilder::default().build_and_execute(|| {
			deposit(ALICE, BTC, unit(BTC));
			set_verdict(BTC, verdict);
			assert_ok!(Margin::withdraw(signed(ALICE), SUB, BTC, unit(BTC)));
		});
	}
}

#[test]
fn an_account_is_not_liquidated_on_an_unusable_price() {
	for verdict in UNUSABLE {
		ExtBuilder::default().build_and_execute(|| {
			open_long(ALICE, BTC, 1_000, 7);
			let opened_in = round(ALICE);
			move_to(BTC, 700_000);
			set_verdict(BTC, verdict);
			assert!(liquidate(ALICE).is_err());
			next_block(2_000);
			assert_eq!(round(ALICE), opened_in);
		});
	}
}

#[test]
fn a_bad_asset_does_not_shield_the_rest_of_the_account() {
	ExtBuilder::default().build_and_execute(|| {
		deposit(ALICE, DOT, 25 * unit(DOT));
		open_long(ALICE, BTC, 1_000, 7);
		set_verdict(DOT, Verdict::Stale);
		move_to(BTC, 680_000);
		let dot = balance(ALICE, DOT);
		assert!(health(ALICE).is_negative());
		assert_ok!(liquidate(ALICE));
		assert_eq!(balance(ALICE, DOT), dot);
	});
}

#[test]
fn equity_gone_with_a_deposit_that_cannot_be_priced_leaves_that_deposit_secured() {
	ExtBuilder::default().build_and_execute(|| {
		deposit(ALICE, DOT, 250 * unit(DOT));
		open_long(ALICE, BTC, 1_000, 7);
		set_verdict(DOT, Verdict::Stale);
		// The book is 2,000 dollars under water without the stale deposit, and 1,000 with it.
		move_to(BTC, 430_000);
		assert_ok!(liquidate(ALICE));
		assert!(balance(ALICE, DOT) > 0);
		assert!(
			balance(ALICE, USDC) < 0,
			"what the seized collateral did not pay is still owed"
		);
	});
}
