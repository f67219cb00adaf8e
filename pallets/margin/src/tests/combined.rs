//! Collateral and position in one call.

use super::*;
use crate::{Accounts, Direction, Part, Size};
use frame_support::storage::{with_transaction, TransactionOutcome};
use margin_math::{Price, Ratio};
use proptest::prelude::*;
use sp_runtime::{DispatchError, DispatchResult};

/// A long of `percent` leverage in BTC against USDC, on so much of the collateral.
fn deposit_and_open(collateral: AssetId, amount: Option<u128>, percent: u32) -> DispatchResult {
	let size = Size::Leverage(Ratio::from_percent(percent));
	let (alice, long, max) = (signed(ALICE), Direction::Long, Price::MAX);
	Margin::deposit_and_open(alice, SUB, collateral, amount, long, BTC, USDC, size, max, u128::MAX)
}

/// Sells all BTC for USDC, and takes so much of an asset out.
fn close_and_withdraw(asset: AssetId, amount: Option<u128>) -> DispatchResult {
	let (all, any) = (Part::All, Price::ZERO);
	Margin::close_and_withdraw(signed(ALICE), SUB, BTC, USDC, all, any, asset, amount)
}

/// Everything that is stored after some calls of ALICE's, as a block would make them, or why one was refused.
fn after(calls: impl FnOnce() -> DispatchResult) -> Result<Vec<u8>, DispatchError> {
	with_transaction(|| {
		System::reset_events();
		let result = calls().map(|()| sp_io::storage::root(sp_runtime::StateVersion::V1));
		TransactionOutcome::Rollback(Ok::<_, DispatchError>(result))
	})
	.unwrap()
}

/// The same with what was told of balances: what lies between is told by the parts alone.
fn told_after(calls: impl FnOnce() -> DispatchResult) -> Result<Vec<Event>, DispatchError> {
	with_transaction(|| {
		System::reset_events();
		let result = calls().map(|()| events());
		TransactionOutcome::Rollback(Ok::<_, DispatchError>(result))
	})
	.unwrap()
}

#[test]
fn deposit_and_open_should_open_the_account_and_a_position_on_what_it_brings() {
	ExtBuilder::default().build_and_execute(|| {
		let before = wallet(ALICE, USDC);
		assert_ok!(deposit_and_open(USDC, Some(1_000 * unit(USDC)), 300));
		assert_eq!(wallet(ALICE, USDC), before - 1_000 * unit(USDC));
		assert_eq!(
			balance(ALICE, BTC),
			(3_000 * unit(BTC) / first_price(BTC)) as i128,
			"three times what was brought"
		);
	});
}

#[test]
fn deposit_and_open_should_leave_what_open_leaves_with_that_collateral() {
	ExtBuilder::default().build_and_execute(|| {
		let amount = 1_000 * unit(USDC);
		let left = |calls: &dyn Fn() -> DispatchResult| {
			let outcome = with_transaction(|| {
				let result = calls().map(|()| (view(ALICE), wallet(ALICE, USDC), pool(USDC), pool(BTC)));
				TransactionOutcome::Rollback(Ok::<_, DispatchError>(result))
			});
			outcome.unwrap().unwrap()
		};
		let both = left(&|| deposit_and_open(USDC, Some(amount), 300));
		let open = left(&|| {
			let size = Size::Leverage(Ratio::from_percent(300));
			let (alice, long, max) = (signed(ALICE), Direction::Long, Price::MAX);
			Margin::open(alice, SUB, Some((USDC, amount)), long, BTC, USDC, size, max, u128::MAX)
		});
		assert_eq!(both, open);
	});
}

#[test]
fn without_an_amount_deposit_and_open_should_bring_all_that_the_wallet_can_spare() {
	ExtBuilder::default().build_and_execute(|| {
		let rest = wallet(ALICE, USDC) - 1_234 * unit(USDC);
		assert_ok!(Assets::transfer(signed(ALICE), USDC, BOB, rest));
		assert_ok!(deposit_and_open(USDC, None, 200));
		assert_eq!(wallet(ALICE, USDC), 0);
		assert_eq!(balance(ALICE, BTC), (2 * 1_234 * unit(BTC) / first_price(BTC)) as i128);
		// There is nothing left to bring.
		assert_noop!(deposit_and_open(USDC, None, 200), Error::AmountZero);
	});
}

#[test]
fn what_opens_no_position_should_leave_no_deposit_and_no_account() {
	ExtBuilder::default().build_and_execute(|| {
		let refused = [
			(Some(1_000 * unit(USDC)), Error::NotEnoughCollateral),
			(None, Error::NoMarket),
		];
		for (amount, error) in refused {
			assert_noop!(deposit_and_open(USDC, amount, 100_000), error);
			assert!(Accounts::<Test>::get(ALICE, SUB).is_none());
		}
	});
}

#[test]
fn close_and_withdraw_should_bring_all_home_that_the_position_gave_back() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit_and_open(USDC, Some(1_000 * unit(USDC)), 300));
		let before = wallet(ALICE, USDC);
		move_to(BTC, first_price(BTC) * 101);
		assert_ok!(close_and_withdraw(USDC, None));
		let home = wallet(ALICE, USDC) - before;
		assert!(
			(1_000 * unit(USDC)..1_040 * unit(USDC)).contains(&home),
			"one per cent of three times the collateral, less what trading costs: {home}"
		);
		assert!(Accounts::<Test>::get(ALICE, SUB).unwrap().is_empty());
	});
}

#[test]
fn what_may_not_leave_should_leave_the_position_open() {
	ExtBuilder::default().build_and_execute(|| {
		deposit(ALICE, ETH, 10 * unit(ETH));
		assert_ok!(deposit_and_open(USDC, Some(1_000 * unit(USDC)), 300));
		let all_eth = 10 * unit(ETH);
		assert_noop!(close_and_withdraw(ETH, Some(all_eth + 1)), Error::NotEnoughDeposited);
		assert_noop!(close_and_withdraw(DOT, None), Error::NotEnoughDeposited);
		let pauses = crate::Pauses {
			withdraw: true,
			..Default::default()
		};
		assert_ok!(Margin::set_pauses(RuntimeOrigin::root(), USDC, pauses));
		assert_noop!(close_and_withdraw(USDC, None), Error::ActionPaused);
		assert!(balance(ALICE, BTC) > 0);
		// The other half of what it was meant to do still works.
		assert_ok!(Margin::close(signed(ALICE), SUB, BTC, USDC, Part::All, Price::ZERO));
	});
}

#[test]
fn both_calls_should_tell_what_their_parts_tell() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit_and_open(USDC, Some(1_000 * unit(USDC)), 300));
		assert_ok!(close_and_withdraw(USDC, None));
		let told = |name: fn(&Event) -> bool| events().iter().filter(|event| name(event)).count();
		assert_eq!(told(|event| matches!(event, Event::AccountOpened { .. })), 1);
		assert_eq!(told(|event| matches!(event, Event::Deposited { .. })), 1);
		assert_eq!(told(|event| matches!(event, Event::PositionOpened { .. })), 1);
		assert_eq!(told(|event| matches!(event, Event::PositionClosed { .. })), 1);
		assert_eq!(told(|event| matches!(event, Event::Withdrawn { .. })), 1);
	});
}

/// One step of a random book: what came before the call under test.
#[derive(Clone, Debug)]
struct Before {
	deposits: Vec<(AssetId, u128)>,
	trades: Vec<(AssetId, AssetId, u128)>,
	moves: Vec<(AssetId, u128)>,
	hours: u64,
}

fn asset() -> impl Strategy<Value = AssetId> {
	prop_oneof![Just(USDC), Just(BTC), Just(ETH), Just(DOT)]
}

fn before() -> impl Strategy<Value = Before> {
	let cents = 1u128..2_000_000;
	(
		prop::collection::vec((asset(), cents.clone()), 0..3),
		prop::collection::vec((asset(), asset(), cents), 0..3),
		prop::collection::vec((prop_oneof![Just(BTC), Just(ETH)], 85u128..115), 0..2),
		0u64..2_000,
	)
		.prop_map(|(deposits, trades, moves, hours)| Before {
			deposits,
			trades,
			moves,
			hours,
		})
}

/// Cents' worth of an asset at its first price.
fn worth(asset: AssetId, cents: u128) -> u128 {
	cents * unit(asset) / first_price(asset) / 100
}

impl Before {
	fn arrange(&self) {
		fund(ALICE);
		assert_ok!(Margin::deposit(signed(BOB), SUB, BTC, 2_000 * unit(BTC)));
		assert_ok!(Margin::borrow(signed(BOB), SUB, USDC, 1_000_000 * unit(USDC) + 7));
		for (asset, cents) in &self.deposits {
			let _ = Margin::deposit(signed(ALICE), SUB, *asset, worth(*asset, *cents));
		}
		for (from, to, cents) in &self.trades {
			let _ = Margin::swap(signed(ALICE), SUB, *from, *to, worth(*from, *cents), 0);
		}
		for (asset, percent) in &self.moves {
			move_to(*asset, first_price(*asset) * percent);
		}
		Timestamp::set_timestamp(Timestamp::get() + self.hours * HOUR);
	}
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

	#[test]
	fn deposit_and_open_should_be_deposit_and_then_open(
		before in before(),
		(given, brought) in (asset(), 0u128..3_000_000),
		(asset, against) in (asset(), asset()),
		cents in 0u128..10_000_000,
		long in any::<bool>(),
		lent in prop_oneof![Just(u128::MAX), 0u128..10u128.pow(10)],
	) {
		ExtBuilder::default().build_and_execute(|| {
			before.arrange();
			let (direction, limit) = if long { (Direction::Long, Price::MAX) } else { (Direction::Short, Price::ZERO) };
			let (amount, size) = (worth(given, brought), Size::Amount(worth(asset, cents)));
			let alice = || signed(ALICE);
			let both = || {
				let amount = Some(amount);
				Margin::deposit_and_open(alice(), SUB, given, amount, direction, asset, against, size, limit, lent)
			};
			let parts = || {
				Margin::deposit(alice(), SUB, given, amount)?;
				Margin::open(alice(), SUB, None, direction, asset, against, size, limit, lent)
			};
			assert_eq!(after(both), after(parts));
			assert_eq!(told_after(both), told_after(parts));
			if after(both).is_ok() {
				assert_ok!(both());
			}
		});
	}

	#[test]
	fn close_and_withdraw_should_be_close_and_then_withdraw(
		before in before(),
		(asset, against, taken) in (asset(), asset(), asset()),
		part in prop::option::of(0u128..3_000_000),
		cents in prop::option::of(0u128..3_000_000),
		any_price in any::<bool>(),
	) {
		ExtBuilder::default().build_and_execute(|| {
			before.arrange();
			let part = part.map_or(Part::All, |cents| Part::Amount(worth(asset, cents)));
			let limit = if (balance(ALICE, asset) < 0) == any_price { Price::MAX } else { Price::ZERO };
			let amount = cents.map(|cents| worth(taken, cents));
			let both = || Margin::close_and_withdraw(signed(ALICE), SUB, asset, against, part, limit, taken, amount);
			let parts = || {
				Margin::close(signed(ALICE), SUB, asset, against, part, limit)?;
				Margin::withdraw(signed(ALICE), SUB, taken, amount.unwrap_or(u128::MAX))
			};
			assert_eq!(after(both), after(parts));
			assert_eq!(told_after(both), told_after(parts));
			if after(both).is_ok() {
				assert_ok!(both());
			}
		});
	}
}
