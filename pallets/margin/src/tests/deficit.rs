//! Deficits: paid by anybody, covered by the fund, written off once, and in the way of a run meanwhile.

use super::*;
use crate::{Balance, Fund};
use margin_math::{Amount, Ratio, Value};

/// The pool of dollars has lost some ten thousand of them.
fn loses() -> u128 {
	ChainLiquidates::set(&false);
	open_long(ALICE, BTC, 10_000, 7);
	move_to(BTC, 580_000);
	assert_ok!(liquidate(ALICE));
	let lost = pool(USDC).deficit.0;
	assert!(lost > 8_000 * unit(USDC), "{lost}");
	lost
}

/// Gives the fund so many dollars as a deposit in their pool.
fn endow(dollars: u128) {
	let mut ledger = crate::ledger::Ledger::<Test>::new();
	let mut fund = Fund::<Test>::get();
	let amount = Amount(dollars * unit(USDC));
	assert_ok!(Assets::transfer(signed(MAKER), USDC, Margin::account_id(), amount.0));
	ledger
		.credit(&mut fund, USDC, amount)
		.unwrap_or_else(|_| panic!("it fits"));
	ledger.commit();
	Fund::<Test>::put(fund);
}

/// Idle blocks in which each asset has its turn.
fn turns() {
	use frame_support::traits::Hooks;
	for block in 0..4 {
		Margin::on_idle(block, frame_support::weights::Weight::MAX);
	}
}

#[test]
fn anybody_may_pay_for_a_deficit_and_no_more_than_it_is_taken() {
	ExtBuilder::default().build_and_execute(|| {
		let lost = loses();
		let (before, deposits) = (wallet(BOB, USDC), pool(USDC).deposits);
		assert_ok!(Margin::pay_deficit(signed(BOB), USDC, 1_000));
		assert_eq!(pool(USDC).deficit, Amount(lost - 1_000));
		assert_ok!(Margin::pay_deficit(signed(BOB), USDC, u128::MAX));
		assert_eq!(pool(USDC).deficit, Amount::ZERO);
		assert_eq!(wallet(BOB, USDC), before - lost);
		assert_eq!(pool(USDC).deposits, deposits, "nobody's deposit has changed");
		assert_noop!(Margin::pay_deficit(signed(BOB), USDC, 1), Error::NoDeficit);
		assert!(events().iter().any(|event| matches!(
			event,
			Event::DeficitPaid { asset: USDC, by: BOB, amount } if amount.0 == lost - 1_000
		)));
	});
}

#[test]
fn a_write_off_cuts_every_deposit_by_the_same_share_and_once() {
	ExtBuilder::default().build_and_execute(|| {
		deposit(BOB, USDC, 1_000_000 * unit(USDC));
		let lost = loses();
		let (mine, before) = (balance(BOB, USDC), pool(USDC));
		assert_ok!(Margin::write_off(signed(ASSET_MANAGER), USDC));
		let after = pool(USDC);
		assert_eq!(after.deficit, Amount::ZERO);
		assert_eq!(after.deposits.0, before.deposits.0 - lost);
		assert_eq!(
			(after.liquidity, after.debt, after.deposit_shares),
			(before.liquidity, before.debt, before.deposit_shares)
		);
		let cut = mine * lost as i128 / before.deposits.0 as i128;
		let off = mine - cut - balance(BOB, USDC);
		assert!((0..=2).contains(&off), "{off} units off");
		assert_noop!(Margin::write_off(signed(ASSET_MANAGER), USDC), Error::NoDeficit);
		assert!(events().iter().any(|event| matches!(
			event,
			Event::DeficitWrittenOff { asset: USDC, amount, deposit_index }
				if amount.0 == lost && *deposit_index == after.deposit_index()
		)));
	});
}

#[test]
fn the_fund_pays_a_deficit_as_soon_as_it_has_something_in_that_pool() {
	ExtBuilder::default().build_and_execute(|| {
		let lost = loses();
		endow(3_000);
		let (index, before) = (pool(USDC).deposit_index(), pool(USDC).deficit);
		turns();
		let paid = before.0 - pool(USDC).deficit.0;
		assert!(paid >= 3_000 * unit(USDC) - 1 && paid < lost, "{paid}");
		assert_eq!(Fund::<Test>::get().balance(USDC), None);
		assert!(pool(USDC).deposit_index() >= index, "nobody else pays");
		endow(20_000);
		turns();
		assert_eq!(pool(USDC).deficit, Amount::ZERO);
		assert!(matches!(Fund::<Test>::get().balance(USDC), Some(Balance::Deposit(_))));
		let covered = |event: &&Event| matches!(event, Event::DeficitCovered { asset: USDC, .. });
		assert_eq!(events().iter().filter(covered).count(), 2);
	});
}

#[test]
fn a_write_off_takes_the_fund_first() {
	ExtBuilder::default().build_and_execute(|| {
		let lost = loses();
		endow(3_000);
		let before = pool(USDC).deposits.0;
		assert_ok!(Margin::write_off(signed(ASSET_MANAGER), USDC));
		assert_eq!(before - pool(USDC).deposits.0, lost, "the fund's deposit and the cut");
		assert_eq!(Fund::<Test>::get().balance(USDC), None);
		endow(20_000);
		let deposits = pool(USDC).deposits;
		assert_noop!(Margin::write_off(signed(ASSET_MANAGER), USDC), Error::NoDeficit);
		assert_eq!(pool(USDC).deposits, deposits);
	});
}

#[test]
fn a_pool_with_a_deficit_is_left_slowly() {
	ExtBuilder::default().build_and_execute(|| {
		deposit(BOB, USDC, 4_000_000 * unit(USDC));
		loses();
		let percent = pool(USDC).deposits.0 / 100;
		let withdraw = |amount| Margin::withdraw(signed(BOB), SUB, USDC, amount);
		assert_noop!(withdraw(percent + unit(USDC)), Error::DeficitOutflowReached);
		assert_ok!(withdraw(percent / 2));
		assert_noop!(withdraw(percent * 6 / 10), Error::DeficitOutflowReached);
		assert_ok!(Margin::deposit(signed(MAKER), SUB, BTC, 1_000 * unit(BTC)));
		let borrow = |amount| Margin::borrow(signed(MAKER), SUB, USDC, amount);
		assert_noop!(borrow(percent * 6 / 10), Error::DeficitOutflowReached);
		assert_ok!(withdraw(percent * 4 / 10));
		Timestamp::set_timestamp(Timestamp::get() + DAY);
		set_price(USDC, 100);
		assert_ok!(withdraw(percent * 9 / 10));
		// What comes in may go out again, and other pools are not concerned.
		assert_ok!(Margin::deposit(signed(BOB), SUB, USDC, percent));
		assert_ok!(withdraw(percent));
		assert_ok!(Margin::withdraw(signed(MAKER), SUB, BTC, 900 * unit(BTC)));
		assert_ok!(Margin::pay_deficit(signed(BOB), USDC, u128::MAX));
		assert_ok!(withdraw(percent * 5));
	});
}

#[test]
fn the_fund_tells_every_hour_how_far_it_would_go() {
	ExtBuilder::default().build_and_execute(|| {
		let told = || {
			events()
				.into_iter()
				.filter(|event| matches!(event, Event::FundReported { .. }))
				.count()
		};
		next_block(2_000);
		assert_eq!(told(), 1);
		let empty = Margin::fund_view().unwrap();
		assert_eq!(
			(empty.value, empty.debts, empty.coverage),
			(Value::ZERO, Value::ZERO, None)
		);
		assert_eq!(empty.line, House::get().line);
		loses();
		endow(1_000);
		next_block(2_000);
		assert_eq!(told(), 1, "not before an hour has passed");
		next_block(HOUR);
		assert_eq!(told(), 2);
	});
}

#[test]
fn adequacy_is_what_the_fund_holds_over_what_everybody_owes() {
	ExtBuilder::default().build_and_execute(|| {
		endow(100);
		deposit(BOB, BTC, unit(BTC));
		assert_ok!(Margin::borrow(signed(BOB), SUB, USDC, 1_000 * unit(USDC)));
		let view = Margin::fund_view().unwrap();
		let near = |value: Value, dollars| {
			let off = value.checked_sub(Value::from_dollars(dollars)).unwrap();
			assert!(off.raw().abs() < 10i128.pow(13), "{value}");
		};
		near(view.value, 100);
		near(view.debts, 1_000);
		assert!((Ratio::from_ppm(99_999)..=Ratio::from_percent(10)).contains(&view.coverage.unwrap()));
		assert_eq!((view.house_debts, view.deficits), (Value::ZERO, Value::ZERO));
		loses();
		let view = Margin::fund_view().unwrap();
		assert!(view.deficits > Value::from_dollars(8_000));
		assert!(view.house_debts > Value::from_dollars(40_000) && view.house_inventory > Value::from_dollars(40_000));
	});
}

#[test]
fn what_a_pool_has_lost_secures_no_debt_of_another() {
	ExtBuilder::default().build_and_execute(|| {
		ChainLiquidates::set(&false);
		deposit(BOB, USDC, 1_000_000 * unit(USDC));
		crate::Assets::<Test>::mutate(USDC, |record| {
			let pool = &mut record.as_mut().unwrap().pool;
			pool.deficit = Amount(pool.deposits.0 * 3 / 10);
			pool.liquidity = pool.liquidity.saturating_sub(pool.deficit);
		});
		let before = health(BOB);
		// 848,000 dollars, against a million of which 700,000 are left.
		let borrow = |bitcoin| Margin::borrow(signed(BOB), SUB, BTC, bitcoin * unit(BTC));
		assert_noop!(borrow(106), Error::NotEnoughCollateral);
		assert_eq!(health(BOB), before, "nobody is liquidated for it");
		assert_ok!(borrow(50));
		assert_ok!(Margin::write_off(signed(ASSET_MANAGER), USDC));
		assert!(!health(BOB).is_negative());
	});
}
