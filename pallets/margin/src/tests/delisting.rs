//! The way out of an asset.

use super::*;
use crate::{Balance, Fund, House as HouseAccount, Mode, Status};
use frame_support::storage::with_storage_layer;
use margin_math::{Amount, Value};
use margin_risk::{FlowLimit, Verdict};
use sp_runtime::DispatchResult;

fn delist(asset: AssetId) -> DispatchResult {
	Margin::delist_asset(signed(ASSET_MANAGER), asset)
}

/// Anybody may do it.
fn evict(owner: AccountId, sub: u16, asset: AssetId) -> DispatchResult {
	with_storage_layer(|| Margin::evict(signed(33), owner, sub, asset))
}

fn remove(asset: AssetId, beneficiary: AccountId) -> DispatchResult {
	with_storage_layer(|| Margin::remove_asset(RuntimeOrigin::root(), asset, beneficiary))
}

/// DOT is delisted, and the notice is over.
fn dot_is_on_its_way_out() {
	assert_ok!(delist(DOT));
	Timestamp::set_timestamp(Timestamp::get() + 7 * DAY);
}

/// Interest is booked a day at a time: all of it, up to now.
fn interest_is_booked() {
	for _ in 0..8 {
		let mut ledger = crate::ledger::Ledger::<Test>::new();
		for asset in [USDC, BTC, ETH, DOT] {
			let _ = ledger.pool(asset).unwrap();
		}
		ledger.commit();
	}
}

/// What the last eviction paid, and what the house took over.
fn evicted() -> (u128, u128) {
	let told = events().into_iter().rev().find_map(|event| match event {
		Event::Evicted { paid, taken_over, .. } => Some((paid.0, taken_over.0)),
		_ => None,
	});
	told.expect("somebody was evicted")
}

fn equity(who: AccountId, sub: u16) -> Value {
	Margin::account_view(&who, sub).map_or(Value::ZERO, |view| view.equity)
}

/// Dollars of DOT at four dollars.
fn dollars(dot: u128) -> Value {
	Value::from_raw((dot * 4 * 10u128.pow(8)) as i128)
}

/// Whether two values differ by no more than a few smallest units of the assets.
fn about(a: Value, b: Value) -> bool {
	(a.raw() - b.raw()).abs() <= Value::from_dollars(1).raw() / 1_000
}

fn plus(a: Value, b: Value) -> Value {
	a.checked_add(b).unwrap()
}

fn house_holds(asset: AssetId) -> Option<Balance> {
	HouseAccount::<Test>::get().balance(asset)
}

#[test]
fn delisting_gives_notice_and_happens_once() {
	ExtBuilder::default().build_and_execute(|| {
		deposit(ALICE, DOT, unit(DOT));
		assert_noop!(evict(ALICE, SUB, DOT), Error::NotDelisting);
		assert_noop!(remove(DOT, MAKER), Error::NotDelisting);
		assert_noop!(delist(99), Error::UnknownAsset);
		assert!(Margin::delist_asset(signed(ALICE), DOT).is_err());
		let over = Timestamp::get() + 7 * DAY;
		assert_ok!(delist(DOT));
		assert!(events().contains(&Event::StatusChanged {
			asset: DOT,
			status: Status::Delisting(over)
		}));
		assert_noop!(delist(DOT), Error::AlreadyDelisting);
		assert_noop!(
			Margin::deposit(signed(BOB), SUB, DOT, unit(DOT)),
			Error::AssetReduceOnly
		);
		assert_ok!(Margin::withdraw(signed(ALICE), SUB, DOT, unit(DOT) / 2));
		Timestamp::set_timestamp(over - 1);
		assert_noop!(evict(ALICE, SUB, DOT), Error::NoticeNotOver);
		assert_noop!(remove(DOT, MAKER), Error::NoticeNotOver);
		Timestamp::set_timestamp(over);
		assert_noop!(evict(BOB, SUB, DOT), Error::UnknownAccount);
		assert_noop!(evict(SUPPLIER, BTC as u16, DOT), Error::NoPosition);
		assert_noop!(remove(DOT, MAKER), Error::AssetInUse);
		assert_ok!(evict(ALICE, SUB, DOT));
		assert_noop!(evict(ALICE, SUB, DOT), Error::NoPosition);
	});
}

#[test]
fn a_deposit_that_the_account_can_spare_is_paid_to_its_owner() {
	ExtBuilder::default().build_and_execute(|| {
		deposit(ALICE, DOT, 1_000 * unit(DOT));
		deposit(ALICE, USDC, 1_000 * unit(USDC));
		assert_ok!(Margin::borrow(signed(ALICE), SUB, BTC, unit(BTC) / 20));
		dot_is_on_its_way_out();
		let (had, held) = (wallet(ALICE, DOT), balance(ALICE, DOT) as u128);
		assert_ok!(evict(ALICE, SUB, DOT));
		assert_eq!(evicted(), (held, 0));
		assert_eq!(wallet(ALICE, DOT), had + held);
		assert_eq!(balance(ALICE, DOT), 0);
		assert!(balance(ALICE, BTC) < 0, "the debt stays, with enough to secure it");
	});
}

#[test]
fn a_deposit_that_is_needed_goes_to_the_house_for_as_much_debt_and_the_rest_to_the_owner() {
	ExtBuilder::default().build_and_execute(|| {
		deposit(ALICE, DOT, 1_000 * unit(DOT));
		assert_ok!(Margin::borrow(signed(ALICE), SUB, USDC, 1_000 * unit(USDC)));
		dot_is_on_its_way_out();
		let (before, had) = (equity(ALICE, SUB), wallet(ALICE, DOT));
		assert_ok!(evict(ALICE, SUB, DOT));
		let (paid, taken_over) = evicted();
		assert!(paid > 740 * unit(DOT) && taken_over > 250 * unit(DOT));
		assert_eq!(wallet(ALICE, DOT), had + paid);
		assert_eq!((balance(ALICE, DOT), balance(ALICE, USDC)), (0, 0));
		assert!(about(dollars(paid), before), "at the live price and without a penalty");
		assert!(matches!(house_holds(USDC), Some(Balance::Debt(_))));
		assert!(!is_filed(ALICE, SUB));
	});
}

#[test]
fn a_debt_goes_to_the_house_with_as_much_collateral() {
	ExtBuilder::default().build_and_execute(|| {
		open_short(ALICE, DOT, 1_000, 2);
		dot_is_on_its_way_out();
		let before = view(ALICE);
		let owed = balance(ALICE, DOT).unsigned_abs();
		assert_ok!(evict(ALICE, SUB, DOT));
		assert_eq!(evicted(), (0, owed));
		assert_eq!(balance(ALICE, DOT), 0);
		assert!(about(view(ALICE).equity, before.equity));
		assert!(view(ALICE).maintenance_health > before.maintenance_health);
		assert!(matches!(house_holds(DOT), Some(Balance::Debt(_))));
	});
}

#[test]
fn whoever_is_below_maintenance_is_liquidated_and_not_moved_out() {
	ExtBuilder::default().build_and_execute(|| {
		ChainLiquidates::set(&false);
		open_long(ALICE, DOT, 1_000, 3);
		deposit(BOB, USDC, 1_000 * unit(USDC));
		assert_ok!(Margin::swap(signed(BOB), SUB, DOT, USDC, 700 * unit(DOT), 0));
		dot_is_on_its_way_out();
		move_to(DOT, 280);
		assert_noop!(evict(ALICE, SUB, DOT), Error::NotEnoughCollateral);
		assert_ok!(liquidate(ALICE));
		assert_ok!(evict(ALICE, SUB, DOT));
		move_to(DOT, 530);
		assert_noop!(evict(BOB, SUB, DOT), Error::NotEnoughCollateral);
		assert_ok!(liquidate(BOB));
	});
}

#[test]
fn nothing_is_moved_at_an_unusable_price_before_it_counts_nothing_and_then_with_the_debt() {
	ExtBuilder::default().build_and_execute(|| {
		deposit(ALICE, DOT, 1_000 * unit(DOT));
		deposit(ALICE, ETH, unit(ETH));
		assert_ok!(Margin::borrow(signed(ALICE), SUB, USDC, 1_000 * unit(USDC)));
		open_short(BOB, DOT, 1_000, 2);
		dot_is_on_its_way_out();
		set_price(DOT, 400);
		set_verdict(DOT, Verdict::Stale);
		assert_noop!(evict(ALICE, SUB, DOT), Error::PriceUnusable);
		assert_noop!(evict(BOB, SUB, DOT), Error::PriceUnusable);
		set_verdict(DOT, Verdict::Usable);
		set_verdict(USDC, Verdict::Stale);
		assert_noop!(evict(ALICE, SUB, DOT), Error::PriceUnusable);
		assert_noop!(evict(BOB, SUB, DOT), Error::PriceUnusable);
		set_verdict(USDC, Verdict::Usable);
		set_verdict(DOT, Verdict::Stale);
		Timestamp::set_timestamp(Timestamp::get() + 7 * HOUR);
		assert_noop!(evict(ALICE, SUB, DOT), Error::PriceUnusable);
		set_price(USDC, 100);
		set_price(ETH, 200 * 100);
		next_block(2_000);
		assert_eq!(
			(balance(ALICE, DOT), balance(ALICE, USDC)),
			(0, 0),
			"what counts nothing goes with the debt"
		);
	});
}

#[test]
fn the_house_takes_over_no_more_than_its_line() {
	ExtBuilder::default().build_and_execute(|| {
		deposit(ALICE, DOT, 10_000 * unit(DOT));
		assert_ok!(Margin::borrow(signed(ALICE), SUB, USDC, 10_000 * unit(USDC)));
		dot_is_on_its_way_out();
		let mut params = House::get();
		params.line = Value::from_dollars(4_000);
		House::set(&params);
		assert_ok!(evict(ALICE, SUB, DOT));
		let (paid, taken_over) = evicted();
		assert!(paid == 0 && taken_over >= 999 * unit(DOT) && taken_over <= 1_000 * unit(DOT) + 1);
		assert_noop!(evict(ALICE, SUB, DOT), Error::HouseFull);
		params.line = Value::from_dollars(10_000_000);
		House::set(&params);
		assert_ok!(evict(ALICE, SUB, DOT));
		assert_eq!((balance(ALICE, DOT), balance(ALICE, USDC)), (0, 0));
	});
}

#[test]
fn what_may_leave_in_a_time_leaves_and_the_rest_follows() {
	ExtBuilder::default().build_and_execute(|| {
		deposit(ALICE, DOT, 1_000 * unit(DOT));
		dot_is_on_its_way_out();
		let limit = FlowLimit {
			most: Amount(600 * unit(DOT)),
			period: HOUR,
		};
		crate::Assets::<Test>::mutate(DOT, |record| record.as_mut().unwrap().outflow_limit = limit);
		assert_ok!(evict(ALICE, SUB, DOT));
		assert_eq!(evicted().0, 600 * unit(DOT));
		assert_noop!(evict(ALICE, SUB, DOT), Error::OutflowLimitReached);
		Timestamp::set_timestamp(Timestamp::get() + HOUR);
		assert_ok!(evict(ALICE, SUB, DOT));
		assert_eq!(balance(ALICE, DOT), 0);
	});
}

#[test]
fn dust_that_the_wallet_cannot_hold_goes_to_the_fund_and_more_does_not() {
	ExtBuilder::default().build_and_execute(|| {
		deposit(ALICE, DOT, unit(DOT));
		deposit(BOB, DOT, unit(DOT));
		let dust = unit(DOT) / 10_000 - 1;
		assert_ok!(Margin::withdraw(signed(ALICE), SUB, DOT, unit(DOT) - dust));
		dot_is_on_its_way_out();
		for who in [ALICE, BOB] {
			assert_ok!(Assets::block(signed(MAKER), DOT, who));
		}
		assert_ok!(evict(ALICE, SUB, DOT));
		assert_eq!(evicted(), (0, 0));
		assert!(events().iter().any(|event| matches!(
			event,
			Event::DustSwept { owner: ALICE, dust, .. } if dust[0].0 == DOT
		)));
		assert!(matches!(Fund::<Test>::get().balance(DOT), Some(Balance::Deposit(_))));
		assert!(evict(BOB, SUB, DOT).is_err(), "nobody's deposit is taken away");
		assert!(balance(BOB, DOT) > 0);
	});
}

/// Every kind of position in DOT: a supplier beside the big one, a long, a short, an isolated account, what the house took
/// over, and a fund.
fn everybody_is_in_dot() {
	ChainLiquidates::set(&false);
	open_long(BOB, DOT, 10_000, 3);
	trade_back();
	move_to(DOT, 300);
	assert_ok!(liquidate(BOB));
	assert!(matches!(house_holds(DOT), Some(Balance::Deposit(_))));
	move_to(DOT, 400);
	open_long(ALICE, DOT, 10_000, 2);
	assert_ok!(Margin::deposit(signed(ALICE), 1, USDC, 100_000 * unit(USDC)));
	assert_ok!(Margin::swap(signed(ALICE), 1, DOT, USDC, 30_000 * unit(DOT), 0));
	let isolated = Mode::Isolated {
		collateral: DOT,
		debt: USDC,
	};
	assert_ok!(Margin::open_account(signed(ALICE), 2, isolated));
	assert_ok!(Margin::deposit(signed(ALICE), 2, DOT, 5_000 * unit(DOT)));
	assert_ok!(Margin::borrow(signed(ALICE), 2, USDC, 8_000 * unit(USDC)));
	deposit(MAKER, DOT, 100 * unit(DOT));
	Fund::<Test>::put(crate::Accounts::<Test>::take(MAKER, SUB).unwrap());
	trade_back();
}

#[test]
fn a_delisting_ends_with_nobody_in_the_asset_and_nobody_robbed() {
	ExtBuilder::default().build_and_execute(|| {
		everybody_is_in_dot();
		Margin::do_try_state().unwrap();
		let issued = Assets::total_supply(DOT);
		assert_ok!(delist(DOT));
		let accounts = [(SUPPLIER, DOT as u16), (BOB, SUB), (ALICE, SUB), (ALICE, 1), (ALICE, 2)];
		Timestamp::set_timestamp(Timestamp::get() + 7 * DAY);
		interest_is_booked();
		trade_back();
		assert_eq!(
			evict(SUPPLIER, DOT as u16, DOT),
			Err(Error::PoolTooDry.into()),
			"the borrowers go first"
		);
		for (owner, sub) in accounts.into_iter().rev() {
			// The house buys back what the short owed, for the supplier to be paid.
			for _ in 0..200 {
				if owner != SUPPLIER || pool(DOT).debt.is_zero() {
					break;
				}
				next_block(2_000);
				trade_back();
				Margin::do_try_state().unwrap();
			}
			let had = plus(equity(owner, sub), dollars(wallet(owner, DOT)));
			assert_ok!(evict(owner, sub, DOT));
			let has = plus(equity(owner, sub), dollars(wallet(owner, DOT)));
			assert!(about(had, has), "{owner}/{sub}: {had:?} became {has:?}");
			assert_eq!(balance_of(owner, sub, DOT), 0);
			Margin::do_try_state().unwrap();
		}
		for _ in 0..200 {
			next_block(2_000);
			trade_back();
		}
		assert_eq!(house_holds(DOT), None);
		Margin::do_try_state().unwrap();

		let (holder, had) = (Margin::account_id(), wallet(MAKER, DOT));
		let (left, funds) = (wallet(holder, DOT), Fund::<Test>::get());
		assert!(left > 100 * unit(DOT), "the fund's and the endowment");
		assert_ok!(remove(DOT, MAKER));
		assert!(events().contains(&Event::AssetRemoved {
			asset: DOT,
			beneficiary: MAKER,
			amount: Amount(left)
		}));
		assert_eq!((wallet(MAKER, DOT), wallet(holder, DOT)), (had + left, 0));
		assert!(!crate::Assets::<Test>::contains_key(DOT));
		assert_eq!(Fund::<Test>::get().balance(DOT), None);
		assert_eq!(Fund::<Test>::get().balance(USDC), funds.balance(USDC));
		assert_eq!(Assets::total_supply(DOT), issued, "no token came or went");
		for _ in 0..3 {
			next_block(2_000);
		}
	});
}

#[test]
fn nobody_comes_back_to_an_asset_whose_notice_is_over_and_its_debts_can_be_paid() {
	ExtBuilder::default().build_and_execute(|| {
		deposit(ALICE, BTC, unit(BTC));
		assert_ok!(Margin::borrow(signed(ALICE), SUB, USDC, 100 * unit(USDC)));
		open_short(BOB, DOT, 1_000, 2);
		dot_is_on_its_way_out();
		assert_noop!(
			Margin::deposit(signed(ALICE), SUB, DOT, unit(DOT)),
			Error::AssetReduceOnly
		);
		assert_ok!(Margin::deposit(signed(BOB), SUB, DOT, unit(DOT)));
	});
}

#[test]
fn a_debt_of_dust_is_not_evicted_for_a_whole_unit_of_something_dear() {
	use frame_support::traits::fungibles::Mutate;
	ExtBuilder::default().build_and_execute(|| {
		const DEAR: AssetId = 7;
		assert_ok!(Assets::force_create(RuntimeOrigin::root(), DEAR, MAKER, true, 1));
		for who in [Margin::account_id(), ALICE] {
			assert_ok!(<Assets as Mutate<_>>::mint_into(DEAR, &who, 10));
		}
		let dear = crate::AssetConfig {
			decimals: 0,
			price_key: BTC,
			min_amount: Amount(1),
			min_debt: Amount(1),
			..config(DEAR, 10)
		};
		assert_ok!(Margin::do_list(DEAR, dear, 0));
		deposit(ALICE, DEAR, 10);
		assert_ok!(Margin::borrow(signed(ALICE), SUB, DOT, unit(DOT) / 1_000));
		reconfigure(DOT, |config| {
			config.min_amount = Amount(unit(DOT));
			config.min_debt = Amount(unit(DOT));
		});
		dot_is_on_its_way_out();
		assert_noop!(evict(ALICE, SUB, DOT), Error::NotEnoughCollateral);
		deposit(ALICE, USDC, unit(USDC));
		assert_ok!(Margin::repay(signed(ALICE), SUB, DOT, u128::MAX));
	});
}
