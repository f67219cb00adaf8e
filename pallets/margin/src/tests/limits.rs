//! Status, pauses, caps, tiers, size, windows and outflow.

use super::*;
use crate::{AssetOf, Assets as Listed, Mode, Pauses, Status, Tier};
use frame_support::storage::{with_transaction, TransactionOutcome};
use margin_math::{Amount, Ratio, Value};
use margin_risk::FlowLimit;
use sp_runtime::{DispatchError, DispatchResult};

/// The state of ETH, as if governance had brought it there.
fn state(change: impl FnOnce(&mut AssetOf<Test>)) {
	Listed::<Test>::mutate(ETH, |record| change(record.as_mut().unwrap()));
}

/// What a call answers, and nothing stays of it.
fn tried(call: impl FnOnce() -> DispatchResult) -> DispatchResult {
	with_transaction(|| TransactionOutcome::Rollback(Ok::<_, DispatchError>(call()))).unwrap()
}

fn limit(most: u128) -> FlowLimit {
	FlowLimit {
		most: Amount(most),
		period: DAY,
	}
}

/// Everything that can be done with an ETH.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Deed {
	Repay,
	RepayByDeposit,
	AddCollateral,
	Supply,
	Withdraw,
	WithdrawBesideDebt,
	Transfer,
	TransferToPayDebt,
	Borrow,
	Buy,
	BuyBack,
	Sell,
	SellShort,
}
use Deed::*;

const DEEDS: [Deed; 13] = [
	Repay,
	RepayByDeposit,
	AddCollateral,
	Supply,
	Withdraw,
	WithdrawBesideDebt,
	Transfer,
	TransferToPayDebt,
	Borrow,
	Buy,
	BuyBack,
	Sell,
	SellShort,
];

/// Sub-account 0 owes nothing, 1 owes ETH, 2 owes dollars against BTC and ETH.
fn prepare() {
	let put = |sub, asset, amount| {
		assert_ok!(Margin::deposit(signed(ALICE), sub, asset, amount * unit(asset)));
	};
	put(0, ETH, 10);
	put(0, USDC, 10_000);
	put(1, USDC, 10_000);
	put(2, ETH, 10);
	put(2, BTC, 1);
	assert_ok!(Margin::borrow(signed(ALICE), 1, ETH, 10 * unit(ETH)));
	assert_ok!(Margin::borrow(signed(ALICE), 2, USDC, 1_000 * unit(USDC)));
	// As if it had been long ago.
	state(|eth| {
		eth.outflow = Default::default();
		eth.lent = Default::default();
	});
}

fn try_to(deed: Deed) -> DispatchResult {
	let (me, one) = (signed(ALICE), unit(ETH));
	let dollars = 100 * unit(USDC);
	tried(|| match deed {
		Repay => Margin::repay(me, 1, ETH, one),
		RepayByDeposit => Margin::deposit(me, 1, ETH, one),
		AddCollateral => Margin::deposit(me, 2, ETH, one),
		Supply => Margin::deposit(me, 0, ETH, one),
		Withdraw => Margin::withdraw(me, 0, ETH, one),
		WithdrawBesideDebt => Margin::withdraw(me, 2, ETH, one),
		Transfer => Margin::transfer(me, 0, 2, ETH, one),
		TransferToPayDebt => Margin::transfer(me, 0, 1, ETH, one),
		Borrow => Margin::borrow(me, 1, ETH, one),
		Buy => Margin::swap(me, 0, USDC, ETH, dollars, 0),
		BuyBack => Margin::swap(me, 1, USDC, ETH, dollars, 0),
		Sell => Margin::swap(me, 0, ETH, USDC, one, 0),
		SellShort => Margin::swap(me, 1, ETH, USDC, one, 0),
	})
}

/// These deeds end in `error`, and each other works.
fn only_these_are_refused(refused: &[Deed], error: Error) {
	let error = DispatchError::from(error);
	for deed in DEEDS {
		let expected = if refused.contains(&deed) { Err(error) } else { Ok(()) };
		assert_eq!(try_to(deed), expected, "{deed:?}");
	}
}

#[test]
fn each_status_allows_what_it_says() {
	ExtBuilder::default().build_and_execute(|| {
		prepare();
		only_these_are_refused(&[], Error::AssetFrozen);
		let reduced = [Supply, Borrow, Buy, SellShort];
		for status in [Status::ReduceOnly, Status::Delisting(u64::MAX)] {
			state(|eth| eth.status = status);
			only_these_are_refused(&reduced, Error::AssetReduceOnly);
		}
		state(|eth| eth.status = Status::Delisting(0));
		only_these_are_refused(&[AddCollateral, Supply, Borrow, Buy, SellShort], Error::AssetReduceOnly);
		state(|eth| eth.status = Status::Frozen);
		let frozen = [
			Supply,
			Withdraw,
			WithdrawBesideDebt,
			Transfer,
			TransferToPayDebt,
			Borrow,
			Buy,
			BuyBack,
			Sell,
			SellShort,
		];
		only_these_are_refused(&frozen, Error::AssetFrozen);
	});
}

#[test]
fn each_pause_stops_its_kind_and_no_pause_stops_repaying_or_adding_collateral() {
	ExtBuilder::default().build_and_execute(|| {
		prepare();
		let open = Pauses::default();
		let leaving = [Withdraw, WithdrawBesideDebt, Transfer, TransferToPayDebt, Borrow];
		let trades = [Buy, BuyBack, Sell, SellShort];
		let all = Pauses {
			supply: true,
			withdraw: true,
			borrow: true,
			trade: true,
		};
		let cases = [
			(Pauses { supply: true, ..open }, vec![Supply]),
			(Pauses { withdraw: true, ..open }, leaving.to_vec()),
			(Pauses { borrow: true, ..open }, vec![Borrow, SellShort]),
			(Pauses { trade: true, ..open }, trades.to_vec()),
			(all, [&leaving[..], &trades[..], &[Supply]].concat()),
		];
		for (pauses, stopped) in cases {
			state(|eth| eth.pauses = pauses);
			only_these_are_refused(&stopped, Error::ActionPaused);
		}
		assert!(all.covers(&open) && !open.covers(&all));
	});
}

#[test]
fn the_worst_of_all_states_still_lets_a_debt_be_repaid_and_collateral_be_added() {
	ExtBuilder::default().build_and_execute(|| {
		prepare();
		state(|eth| {
			eth.status = Status::Frozen;
			eth.pauses = Pauses {
				supply: true,
				withdraw: true,
				borrow: true,
				trade: true,
			};
			eth.config.borrow_cap = Amount(0);
			eth.config.borrow_window = limit(0);
			eth.outflow_limit = limit(0);
		});
		set_verdict(ETH, margin_risk::Verdict::Missing);
		for deed in [Repay, RepayByDeposit, AddCollateral] {
			assert_ok!(try_to(deed));
		}
	});
}

#[test]
fn the_pools_caps_hold() {
	ExtBuilder::default().build_and_execute(|| {
		prepare();
		reconfigure(ETH, |eth| {
			eth.deposit_cap = Amount(pool(ETH).deposits.0 + unit(ETH) / 2)
		});
		for deed in [Supply, AddCollateral, Buy] {
			let expected = match deed {
				// A hundred dollars buy less than half an ETH.
				Buy => Ok(()),
				_ => Err(Error::DepositCapReached.into()),
			};
			assert_eq!(try_to(deed), expected, "{deed:?}");
		}
		assert_ok!(try_to(RepayByDeposit));
		reconfigure(ETH, |eth| eth.deposit_cap = Amount(0));
		assert_eq!(try_to(Buy), Err(Error::DepositCapReached.into()));
		assert_ok!(try_to(BuyBack));
		reconfigure(ETH, |eth| eth.borrow_cap = Amount(pool(ETH).debt.0 + unit(ETH) - 1));
		for deed in [Borrow, SellShort] {
			assert_eq!(try_to(deed), Err(Error::BorrowCapReached.into()), "{deed:?}");
		}
		reconfigure(ETH, |eth| eth.borrow_cap = Amount(pool(ETH).debt.0 + unit(ETH)));
		assert_ok!(try_to(Borrow));
	});
}

#[test]
fn one_account_holds_and_owes_no_more_than_its_cap() {
	ExtBuilder::default().build_and_execute(|| {
		prepare();
		reconfigure(ETH, |eth| eth.account_cap = Amount(10 * unit(ETH) + unit(ETH) / 100));
		for deed in [Supply, AddCollateral, Transfer, Borrow, Buy, SellShort] {
			assert_eq!(try_to(deed), Err(Error::AccountCapReached.into()), "{deed:?}");
		}
		reconfigure(ETH, |eth| eth.account_cap = Amount(unit(ETH)));
		for deed in [
			Repay,
			RepayByDeposit,
			Withdraw,
			WithdrawBesideDebt,
			BuyBack,
			Sell,
			TransferToPayDebt,
		] {
			assert_eq!(try_to(deed), Ok(()), "{deed:?}");
		}
	});
}

#[test]
fn no_action_leaves_a_debt_too_small_to_be_liquidated() {
	ExtBuilder::default().build_and_execute(|| {
		prepare();
		reconfigure(ETH, |eth| eth.min_debt = Amount(unit(ETH) * 2));
		let repay = |amount| tried(|| Margin::repay(signed(ALICE), 1, ETH, amount));
		assert_eq!(repay(9 * unit(ETH)), Err(Error::DebtTooSmall.into()));
		assert_ok!(repay(8 * unit(ETH)));
		assert_ok!(repay(u128::MAX));
		let borrow = |amount| tried(|| Margin::borrow(signed(ALICE), 2, ETH, amount));
		assert_eq!(borrow(11 * unit(ETH)), Err(Error::DebtTooSmall.into()));
		assert_ok!(borrow(12 * unit(ETH)));
	});
}

#[test]
fn an_asset_for_isolated_accounts_is_neither_owed_nor_held_beside_a_debt_in_a_cross_account() {
	ExtBuilder::default().build_and_execute(|| {
		prepare();
		reconfigure(ETH, |eth| eth.tier = Tier::IsolatedOnly);
		for deed in [AddCollateral, WithdrawBesideDebt, Transfer, Borrow] {
			assert_eq!(try_to(deed), Err(Error::IsolatedOnly.into()), "{deed:?}");
		}
		for deed in [
			Repay,
			RepayByDeposit,
			Supply,
			Withdraw,
			Buy,
			BuyBack,
			Sell,
			TransferToPayDebt,
		] {
			assert_eq!(try_to(deed), Ok(()), "{deed:?}");
		}
		for (sub, collateral, debt) in [(5, ETH, USDC), (6, USDC, ETH)] {
			let mode = Mode::Isolated { collateral, debt };
			assert_ok!(Margin::open_account(signed(ALICE), sub, mode));
			let worth = |dollars, asset| dollars * unit(asset) / first_price(asset);
			assert_ok!(Margin::deposit(
				signed(ALICE),
				sub,
				collateral,
				worth(10_000, collateral)
			));
			assert_ok!(Margin::borrow(signed(ALICE), sub, debt, worth(5_000, debt)));
		}
	});
}

#[test]
fn a_borrow_window_fills_and_time_empties_it() {
	ExtBuilder::default().build_and_execute(|| {
		deposit(ALICE, USDC, 100_000 * unit(USDC));
		reconfigure(ETH, |eth| eth.borrow_window = limit(24 * unit(ETH)));
		let borrow = |amount| Margin::borrow(signed(ALICE), SUB, ETH, amount * unit(ETH));
		assert_ok!(borrow(20));
		assert_noop!(borrow(5), Error::BorrowWindowFull);
		assert_noop!(
			Margin::swap(signed(ALICE), SUB, ETH, USDC, 5 * unit(ETH), 0),
			Error::BorrowWindowFull
		);
		assert_ok!(borrow(4));
		Timestamp::set_timestamp(Timestamp::get() + HOUR);
		assert_noop!(borrow(2), Error::BorrowWindowFull);
		assert_ok!(borrow(1));
		Timestamp::set_timestamp(Timestamp::get() + 2 * DAY);
		assert_noop!(borrow(25), Error::BorrowWindowFull);
		assert_ok!(borrow(24));
	});
}

#[test]
fn what_is_repaid_can_be_lent_again_at_once() {
	ExtBuilder::default().build_and_execute(|| {
		prepare();
		deposit(BOB, USDC, 10_000 * unit(USDC));
		reconfigure(ETH, |eth| eth.borrow_window = limit(3 * unit(ETH)));
		let borrow = |amount| Margin::borrow(signed(BOB), SUB, ETH, amount * unit(ETH));
		let full = || assert_eq!(tried(|| borrow(1)), Err(Error::BorrowWindowFull.into()));
		assert_ok!(borrow(3));
		full();
		// By repaying, by a deposit, by a trade, and by another account.
		assert_ok!(Margin::repay(signed(BOB), SUB, ETH, unit(ETH)));
		assert_ok!(borrow(1));
		assert_ok!(Margin::deposit(signed(BOB), SUB, ETH, unit(ETH)));
		assert_ok!(borrow(1));
		assert_ok!(Margin::repay(signed(ALICE), 1, ETH, unit(ETH)));
		assert_ok!(borrow(1));
		full();
		assert_ok!(Margin::swap(signed(BOB), SUB, USDC, ETH, 300 * unit(USDC), 0));
		assert_ok!(borrow(1));
		full();
	});
}

#[test]
fn an_outflow_limit_bounds_what_leaves_in_a_time_and_nothing_that_stays() {
	ExtBuilder::default().build_and_execute(|| {
		prepare();
		let (most, one) = (limit(24 * unit(ETH)), unit(ETH));
		assert_ok!(Margin::set_outflow_limit(signed(OUTFLOW_MANAGER), ETH, most));
		let withdraw = |amount| Margin::withdraw(signed(SUPPLIER), ETH as u16, ETH, amount);
		assert_ok!(withdraw(20 * one));
		assert_noop!(withdraw(5 * one), Error::OutflowLimitReached);
		assert_ok!(withdraw(4 * one));
		for deed in [Withdraw, WithdrawBesideDebt, Borrow, SellShort] {
			assert_eq!(try_to(deed), Err(Error::OutflowLimitReached.into()), "{deed:?}");
		}
		for deed in [
			Repay,
			RepayByDeposit,
			AddCollateral,
			Supply,
			Transfer,
			TransferToPayDebt,
			Buy,
			BuyBack,
			Sell,
		] {
			assert_eq!(try_to(deed), Ok(()), "{deed:?}");
		}
		// What comes in makes room: by a repayment as by a deposit.
		assert_ok!(Margin::repay(signed(ALICE), 1, ETH, one));
		assert_ok!(try_to(Withdraw));
		assert_ok!(withdraw(one));
		Timestamp::set_timestamp(Timestamp::get() + HOUR);
		assert_noop!(withdraw(one * 101 / 100), Error::OutflowLimitReached);
		assert_ok!(withdraw(one));
	});
}

#[test]
fn who_deposits_and_withdraws_in_a_loop_locks_nobody_out() {
	ExtBuilder::default().build_and_execute(|| {
		prepare();
		let most = limit(10 * unit(ETH));
		assert_ok!(Margin::set_outflow_limit(signed(OUTFLOW_MANAGER), ETH, most));
		let amount = 1_000 * unit(ETH);
		for _ in 0..5 {
			deposit(BOB, ETH, amount);
			assert_ok!(Margin::withdraw(signed(BOB), SUB, ETH, amount));
		}
		assert_ok!(tried(|| Margin::withdraw(
			signed(SUPPLIER),
			ETH as u16,
			ETH,
			10 * unit(ETH)
		)));
		// In other blocks it costs him what his tokens would have let out in the meantime.
		deposit(BOB, ETH, amount);
		next_block(2_000);
		assert_ok!(Margin::withdraw(signed(BOB), SUB, ETH, amount));
		assert_ok!(Margin::withdraw(signed(SUPPLIER), ETH as u16, ETH, 9 * unit(ETH)));
	});
}

#[test]
fn an_outflow_limit_that_changes_counts_what_has_left_already() {
	ExtBuilder::default().build_and_execute(|| {
		prepare();
		let set = |most| {
			assert_ok!(Margin::set_outflow_limit(
				signed(OUTFLOW_MANAGER),
				ETH,
				limit(most * unit(ETH))
			));
		};
		let withdraw = |amount| Margin::withdraw(signed(SUPPLIER), ETH as u16, ETH, amount * unit(ETH));
		set(24);
		assert_ok!(withdraw(24));
		Timestamp::set_timestamp(Timestamp::get() + DAY / 2);
		// Twelve have leaked by the old limit.
		set(13);
		assert_noop!(withdraw(2), Error::OutflowLimitReached);
		assert_ok!(withdraw(1));
		assert_eq!(
			events()
				.iter()
				.filter(|event| matches!(event, Event::OutflowLimitSet { .. }))
				.count(),
			2
		);
	});
}

#[test]
fn a_larger_account_needs_more_margin_for_each_unit() {
	ExtBuilder::default().build_and_execute(|| {
		reconfigure(BTC, |btc| btc.size_scale = Amount(100 * unit(BTC)));
		let needed = |sub, size: u128| {
			assert_ok!(Margin::deposit(signed(ALICE), sub, BTC, size * unit(BTC)));
			let view = Margin::account_view(&ALICE, sub).unwrap();
			let needed = |health| view.equity.checked_sub(health).unwrap();
			(needed(view.maintenance_health), needed(view.initial_health))
		};
		// 5 % * (1 + 50/100) of 400,000 dollars; 5 % * (1 + 100/100) of 800,000.
		assert_eq!(
			needed(1, 50),
			(Value::from_dollars(30_000), Value::from_dollars(60_000))
		);
		assert_eq!(
			needed(2, 100),
			(Value::from_dollars(80_000), Value::from_dollars(160_000))
		);
	});
}

#[test]
fn a_crowded_pool_asks_for_more_initial_margin_and_liquidates_nobody() {
	ExtBuilder::default().build_and_execute(|| {
		open_long(ALICE, BTC, 10_000, 5);
		let before = view(ALICE);
		reconfigure(BTC, |btc| btc.exposure_start = pool(BTC).deposits);
		assert_eq!(view(ALICE), before);
		// As much again is supplied: the initial ratio doubles.
		assert_ok!(Margin::deposit(signed(BOB), SUB, BTC, pool(BTC).deposits.0));
		let after = view(ALICE);
		assert_eq!(
			(after.maintenance_health, after.target_health),
			(before.maintenance_health, before.target_health)
		);
		let worth = after.balances.iter().find(|b| b.asset == BTC).unwrap().value;
		let more = before.initial_health.checked_sub(after.initial_health).unwrap();
		let tenth = worth
			.mul_ratio(Ratio::from_percent(10), margin_math::Rounding::Up)
			.unwrap();
		assert!(
			more.checked_sub(tenth).unwrap().raw().unsigned_abs() < 1_000_000,
			"{more:?} for {tenth:?}"
		);
		assert_noop!(liquidate(ALICE), Error::NotLiquidatable);
	});
}

#[test]
fn what_leaves_an_account_leaves_a_tenth_of_its_deposits_behind() {
	ExtBuilder::default().build_and_execute(|| {
		// 2 % initial margin on one side and 4 % on the other: less than the tenth.
		reconfigure(BTC, |btc| btc.margin = config(USDC, 2).margin);
		deposit(ALICE, BTC, unit(BTC));
		// 8,000 of BTC carry a debt of 7,200: the margin alone would allow 7,529.
		let borrow = |amount| Margin::borrow(signed(ALICE), SUB, USDC, amount);
		assert_noop!(borrow(7_500 * unit(USDC)), Error::NotEnoughEquityLeft);
		assert_noop!(borrow(7_200 * unit(USDC) + 1), Error::NotEnoughEquityLeft);
		assert_ok!(borrow(7_200 * unit(USDC)));
		let least = unit(BTC) / 10_000;
		assert_noop!(
			Margin::withdraw(signed(ALICE), SUB, BTC, least),
			Error::NotEnoughEquityLeft
		);
		assert_ok!(Margin::open_account(signed(ALICE), 1, Mode::Cross));
		assert_noop!(
			Margin::transfer(signed(ALICE), SUB, 1, BTC, least),
			Error::NotEnoughEquityLeft
		);
		// A trade takes nothing out, and needs the initial margin only.
		assert_ok!(Margin::swap(signed(ALICE), SUB, USDC, BTC, 100 * unit(USDC), 0));
		// A gain is taken home down to the tenth.
		move_to(BTC, 1_000_000);
		assert_ok!(borrow(1_000 * unit(USDC)));
		assert_noop!(borrow(900 * unit(USDC)), Error::NotEnoughEquityLeft);
	});
}
