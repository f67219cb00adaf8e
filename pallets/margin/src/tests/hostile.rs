//! A hostile asset manager, and a mistaken one (S13, S14): what they cannot take, and what they cannot make.

use super::*;
use crate::{AssetConfig, Assets as Listed, Pauses, Status, Tier};
use frame_support::{
	storage::{with_transaction, TransactionOutcome},
	traits::fungibles::{Inspect, Mutate},
};
use margin_math::{Amount, Price, Ratio};
use margin_risk::{FlowLimit, MarginRatios};
use sp_runtime::DispatchResult;

/// A token without worth, which its issuer lists under the price of BTC.
const WORTHLESS: AssetId = 6;
const ISSUER: AccountId = ASSET_MANAGER;
const GOOD: [AssetId; 4] = [USDC, BTC, ETH, DOT];

/// The loosest parameters that can be listed.
fn loosest() -> AssetConfig<AssetId> {
	let most = Amount(u128::MAX);
	AssetConfig {
		decimals: 0,
		price_key: BTC,
		margin: MarginRatios::from_maintenance(Ratio::from_ppm(1)).unwrap(),
		unborrowable: Ratio::ZERO,
		min_amount: Amount(1),
		min_debt: Amount(1),
		deposit_cap: most,
		borrow_cap: most,
		..config(BTC, 5)
	}
}

/// The issuer owns a BTC in a margin account that owes all the dollars that it carries, and a market that gives a fortune of the
/// worthless token for anything.
fn prepare() {
	fund(ISSUER);
	assert_ok!(Assets::force_create(RuntimeOrigin::root(), WORTHLESS, ISSUER, true, 1));
	assert_ok!(<Assets as Mutate<_>>::mint_into(WORTHLESS, &Margin::account_id(), 1));
	assert_ok!(<Assets as Mutate<_>>::mint_into(WORTHLESS, &ISSUER, 10u128.pow(20)));
	for asset in [USDC, BTC] {
		assert_ok!(<Assets as Mutate<_>>::mint_into(asset, &ISSUER, 2 * unit(asset)));
	}
	assert_ok!(Margin::deposit(signed(ISSUER), 1, BTC, unit(BTC)));
	assert_ok!(Margin::borrow(signed(ISSUER), 1, USDC, 7_058_823_500));
	let (dollar, worthless) = (Box::new(USDC), Box::new(WORTHLESS));
	assert_ok!(AssetConversion::create_pool(
		signed(ISSUER),
		dollar.clone(),
		worthless.clone()
	));
	assert_ok!(AssetConversion::add_liquidity(
		signed(ISSUER),
		dollar,
		worthless,
		unit(USDC),
		10u128.pow(9),
		1,
		1,
		ISSUER
	));
}

/// What the pools of the good assets have, not lent.
fn liquidity() -> [u128; 4] {
	GOOD.map(|asset| pool(asset).liquidity.0)
}

/// What the issuer could take with each of his calls as a trader, in the order tried; as if he tried each alone.
fn attempts() -> Vec<DispatchResult> {
	let me = || signed(ISSUER);
	let open = |direction, asset, against, amount| {
		let limit = match direction {
			crate::Direction::Long => Price::from_raw(u128::MAX),
			crate::Direction::Short => Price::from_raw(1),
		};
		let size = crate::Size::Amount(amount);
		let collateral = Some((WORTHLESS, 10u128.pow(6)));
		Margin::open(me(), 0, collateral, direction, asset, against, size, limit, u128::MAX)
	};
	let mut calls: Vec<Box<dyn Fn() -> DispatchResult>> = vec![
		Box::new(|| Margin::swap(me(), 1, BTC, WORTHLESS, unit(BTC), 0)),
		Box::new(|| Margin::swap(me(), 1, BTC, WORTHLESS, unit(BTC) / 100, 0)),
		Box::new(|| Margin::withdraw(me(), 1, BTC, unit(BTC) / 2)),
		Box::new(|| Margin::transfer(me(), 1, 0, BTC, unit(BTC) / 2)),
		Box::new(move || open(crate::Direction::Long, BTC, USDC, unit(BTC))),
		Box::new(move || open(crate::Direction::Short, BTC, USDC, unit(BTC))),
		Box::new(move || open(crate::Direction::Short, USDC, WORTHLESS, unit(USDC))),
		Box::new(|| {
			let (brings, size) = (Some(10u128.pow(6)), crate::Size::Amount(unit(BTC)));
			let (long, any) = (crate::Direction::Long, Price::from_raw(u128::MAX));
			Margin::deposit_and_open(me(), 0, WORTHLESS, brings, long, BTC, USDC, size, any, u128::MAX)
		}),
		Box::new(|| {
			let (all, any) = (crate::Part::All, Price::from_raw(1));
			Margin::close_and_withdraw(me(), 1, BTC, WORTHLESS, all, any, WORTHLESS, None)
		}),
		Box::new(|| {
			let (part, any) = (crate::Part::Amount(unit(BTC) / 10), Price::from_raw(1));
			Margin::close_and_withdraw(me(), 1, BTC, USDC, part, any, BTC, None)
		}),
	];
	for asset in GOOD {
		for sub in [0, 1] {
			calls.push(Box::new(move || Margin::borrow(me(), sub, asset, 1_000 * unit(asset))));
			calls.push(Box::new(move || {
				Margin::swap(me(), sub, asset, WORTHLESS, unit(asset) / 1_000, 0)
			}));
		}
		calls.push(Box::new(move || Margin::borrow(me(), 0, asset, unit(asset) / 1_000)));
	}
	calls
		.into_iter()
		.map(|call| {
			with_transaction(|| TransactionOutcome::Rollback(Ok::<_, sp_runtime::DispatchError>(call()))).unwrap()
		})
		.collect()
}

/// Every call that an asset manager has, to make the worthless token count.
fn pull_every_lever() {
	let me = || signed(ISSUER);
	let better = AssetConfig {
		margin: MarginRatios {
			initial: Ratio::from_ppm(2),
			target: Ratio::from_ppm(2),
			maintenance: Ratio::from_ppm(1),
		},
		..loosest()
	};
	let tighter = AssetConfig {
		tier: Tier::Cross,
		borrow_cap: Amount(u128::MAX / 2),
		..loosest()
	};
	let _ = Margin::update_asset(me(), WORTHLESS, tighter);
	let _ = Margin::update_asset(me(), WORTHLESS, better);
	for status in [Status::ReduceOnly, Status::Frozen, Status::ReduceOnly, Status::Live] {
		assert_ok!(Margin::set_status(me(), WORTHLESS, status));
	}
	for supply in [true, false] {
		let pauses = Pauses {
			supply,
			..Default::default()
		};
		assert_ok!(Margin::set_pauses(me(), WORTHLESS, pauses));
	}
	for asset in GOOD {
		let config = AssetConfig {
			unborrowable: Ratio::ZERO,
			..config(asset, 1)
		};
		let _ = Margin::update_asset(me(), asset, config);
		assert!(Margin::set_outflow_limit(me(), asset, FlowLimit::UNLIMITED).is_err());
	}
}

#[test]
fn within_the_delay_a_hostile_asset_manager_takes_nothing_out_of_other_pools() {
	ExtBuilder::default().build_and_execute(|| {
		prepare();
		let before = liquidity();
		assert_ok!(Margin::list_asset(signed(ISSUER), WORTHLESS, loosest()));
		let start = Timestamp::get();
		// More than all the dollars there are.
		assert_ok!(Margin::deposit(signed(ISSUER), 0, WORTHLESS, 10u128.pow(16)));
		assert_ok!(Margin::deposit(signed(ISSUER), 1, WORTHLESS, 10u128.pow(6)));
		for hour in 0..=24 {
			Timestamp::set_timestamp(start + hour * HOUR);
			if hour == 12 {
				pull_every_lever();
			}
			for (i, attempt) in attempts().into_iter().enumerate() {
				assert!(attempt.is_err(), "attempt {i} in hour {hour}");
			}
			next_block(0);
		}
		assert_eq!(liquidity(), before);
	});
}

#[test]
fn his_last_lever_starts_the_waiting_anew() {
	ExtBuilder::default().build_and_execute(|| {
		prepare();
		assert_ok!(Margin::list_asset(signed(ISSUER), WORTHLESS, loosest()));
		assert_ok!(Margin::deposit(signed(ISSUER), 0, WORTHLESS, 10u128.pow(16)));
		next_block(10 * DAY);
		assert!(attempts().iter().any(|attempt| attempt.is_ok()), "it has warmed up");
		assert_ok!(Margin::set_status(signed(RISK_MANAGER), WORTHLESS, Status::Frozen));
		assert!(
			attempts().iter().all(|attempt| attempt.is_err()),
			"who watches freezes it"
		);
		pull_every_lever_back();
		next_block(DAY);
		for (i, attempt) in attempts().into_iter().enumerate() {
			assert!(attempt.is_err(), "attempt {i}");
		}
	});
}

fn pull_every_lever_back() {
	for status in [Status::ReduceOnly, Status::Live] {
		assert_ok!(Margin::set_status(signed(ISSUER), WORTHLESS, status));
	}
}

#[test]
fn after_the_warm_up_he_takes_no_more_than_the_outflow_limits_allow() {
	ExtBuilder::default().build_and_execute(|| {
		prepare();
		let most = |asset| 100_000 / first_price(asset) * unit(asset);
		for asset in GOOD {
			let limit = FlowLimit {
				most: Amount(most(asset)),
				period: DAY,
			};
			assert_ok!(Margin::set_outflow_limit(signed(OUTFLOW_MANAGER), asset, limit));
		}
		assert_ok!(Margin::list_asset(signed(ISSUER), WORTHLESS, loosest()));
		assert_ok!(Margin::deposit(signed(ISSUER), 0, WORTHLESS, 10u128.pow(9)));
		next_block(8 * DAY);
		let before = liquidity();
		for _ in 0..24 {
			for asset in [USDC, BTC] {
				let mut amount = most(asset);
				while amount > unit(asset) / 1_000 {
					if Margin::borrow(signed(ISSUER), 0, asset, amount).is_err()
						&& Margin::swap(signed(ISSUER), 0, asset, WORTHLESS, amount, 0).is_err()
					{
						amount /= 2;
					}
				}
			}
			next_block(HOUR);
		}
		for (i, asset) in GOOD.into_iter().enumerate() {
			let taken = before[i].saturating_sub(liquidity()[i]);
			assert!(taken <= 2 * most(asset), "{taken} of {asset}");
			assert!(
				![USDC, BTC].contains(&asset) || taken > most(asset),
				"{taken} of {asset}"
			);
		}
	});
}

#[test]
fn an_account_below_its_initial_margin_cannot_trade_its_collateral_for_what_does_not_count() {
	ExtBuilder::default().build_and_execute(|| {
		prepare();
		assert_ok!(Margin::list_asset(signed(ISSUER), WORTHLESS, loosest()));
		move_to(BTC, 780_000);
		let account = Margin::account_view(&ISSUER, 1).unwrap();
		assert!(account.initial_health < margin_math::Value::ZERO);
		assert!(account.maintenance_health > margin_math::Value::ZERO);
		assert_noop!(
			Margin::swap(signed(ISSUER), 1, BTC, WORTHLESS, unit(BTC) / 100, 0),
			Error::NotEnoughCollateral
		);
		assert_ok!(Margin::swap(signed(ISSUER), 1, BTC, USDC, unit(BTC) / 100, 0));
	});
}

#[test]
fn a_mistyped_rate_is_refused_wherever_it_is_typed() {
	ExtBuilder::default().build_and_execute(|| {
		let mistyped = |rate| {
			let mut config = config(BTC, 5);
			config.rate.rate_at_full = rate;
			config
		};
		let update = |rate| Margin::update_asset(signed(ASSET_MANAGER), BTC, mistyped(rate));
		// A number of percent where a share is asked for; a zero too many.
		assert_noop!(update(Ratio::from_percent(20_000)), Error::RateOutOfRange);
		assert_noop!(update(Ratio::from_raw(u128::MAX)), Error::RateOutOfRange);
		assert_noop!(update(Ratio::from_percent(1_000)), Error::StepTooLarge);
		assert!(mistyped(Ratio::from_percent(20_000)).check().is_err(), "nor listed");
	});
}

#[test]
fn no_call_makes_or_destroys_a_token() {
	ExtBuilder::default().build_and_execute(|| {
		let issued = || (GOOD.map(Assets::total_issuance), Balances::total_issuance());
		fund(ALICE);
		fund(BOB);
		let before = issued();
		open_long(ALICE, BTC, 10_000, 7);
		open_short(BOB, ETH, 10_000, 5);
		assert_eq!(issued(), before);
		let steep = |asset| {
			let mut config = config(asset, 5);
			config.margin = Listed::<Test>::get(asset).unwrap().config.margin;
			config.rate.rate_at_full = Ratio::from_percent(400);
			config
		};
		for asset in GOOD {
			assert_ok!(Margin::update_asset(signed(ASSET_MANAGER), asset, steep(asset)));
		}
		for _ in 0..40 {
			next_block(DAY);
		}
		assert_eq!(issued(), before);
		// Prices that tests set, at a market that does not move: liquidated, sold, and a loss booked.
		set_price(BTC, 715_000);
		set_price(ETH, 30_000);
		for _ in 0..20 {
			next_block(2_000);
		}
		assert!(events().iter().any(|event| matches!(event, Event::Liquidated { .. })));
		for (who, asset) in [(ALICE, BTC), (BOB, ETH)] {
			let _ = Margin::repay(signed(who), SUB, USDC, u128::MAX);
			let _ = Margin::repay(signed(who), SUB, asset, u128::MAX);
			let _ = Margin::withdraw(signed(who), SUB, USDC, u128::MAX);
			let _ = Margin::close_account(signed(who), SUB);
		}
		assert_eq!(issued(), before);
	});
}

#[test]
fn delisting_a_frozen_asset_gives_it_no_weight_back() {
	ExtBuilder::default().build_and_execute(|| {
		deposit(ALICE, DOT, 100_000 * unit(DOT));
		assert_ok!(Margin::set_status(signed(RISK_MANAGER), DOT, Status::Frozen));
		assert_ok!(Margin::delist_asset(signed(ASSET_MANAGER), DOT));
		let borrow = || Margin::borrow(signed(ALICE), SUB, USDC, 1_000 * unit(USDC));
		assert_noop!(borrow(), Error::NotEnoughCollateral);
		assert_ok!(Margin::set_status(signed(ASSET_MANAGER), DOT, Status::ReduceOnly));
		assert_noop!(borrow(), Error::NotEnoughCollateral);
	});
}

#[test]
fn a_worthless_new_asset_neither_shields_an_account_nor_is_taken_for_its_debts() {
	ExtBuilder::default().build_and_execute(|| {
		prepare();
		assert_ok!(Margin::list_asset(signed(ISSUER), WORTHLESS, loosest()));
		let start = Timestamp::get();
		fund(ISSUER);
		assert_ok!(Assets::transfer(signed(MAKER), USDC, ISSUER, 10_000 * unit(USDC)));
		assert_ok!(Margin::deposit(signed(ISSUER), 7, USDC, 10_000 * unit(USDC)));
		assert_ok!(Margin::swap(signed(ISSUER), 7, USDC, BTC, 70_000 * unit(USDC), 0));
		assert_ok!(Margin::deposit(signed(ISSUER), 7, WORTHLESS, 10u128.pow(12)));
		let liquidated = || crate::Accounts::<Test>::get(ISSUER, 7).unwrap().round;
		let first = liquidated();
		move_to(BTC, 720_000);
		next_block(2_000);
		assert!(liquidated() > first);
		assert_eq!(balance_of(ISSUER, 7, WORTHLESS), 10i128.pow(12));
		// Whoever watches freezes it before it counts: then it goes on counting nothing.
		assert_ok!(Margin::set_status(signed(RISK_MANAGER), WORTHLESS, Status::Frozen));
		for days in [2, 8, 30] {
			Timestamp::set_timestamp(start + days * DAY);
			next_block(0);
			let shield = Margin::account_view(&ISSUER, 7).unwrap();
			let worthless = shield.balances.iter().find(|b| b.asset == WORTHLESS).unwrap();
			assert!(worthless.value.is_zero(), "on day {days}");
		}
	});
}

#[test]
fn freezing_what_counts_already_makes_nobody_unhealthy() {
	ExtBuilder::default().build_and_execute(|| {
		prepare();
		assert_ok!(Margin::list_asset(signed(ISSUER), WORTHLESS, loosest()));
		assert_ok!(Margin::deposit(signed(ISSUER), 1, WORTHLESS, 10u128.pow(12)));
		Timestamp::set_timestamp(Timestamp::get() + DAY + HOUR);
		set_price(BTC, 800_000);
		let before = Margin::account_view(&ISSUER, 1).unwrap().maintenance_health;
		assert_ok!(Margin::set_status(signed(RISK_MANAGER), WORTHLESS, Status::Frozen));
		assert!(Margin::account_view(&ISSUER, 1).unwrap().maintenance_health >= before);
	});
}

#[test]
fn who_delists_what_he_has_just_listed_does_not_keep_it_from_being_frozen() {
	ExtBuilder::default().build_and_execute(|| {
		prepare();
		assert_ok!(Margin::list_asset(signed(ISSUER), WORTHLESS, loosest()));
		assert_ok!(Margin::delist_asset(signed(ISSUER), WORTHLESS));
		assert_ok!(Margin::deposit(signed(ISSUER), 1, WORTHLESS, 10u128.pow(12)));
		assert_ok!(Margin::set_status(signed(RISK_MANAGER), WORTHLESS, Status::Frozen));
		next_block(6 * DAY);
		set_price(USDC, 100);
		for (i, attempt) in attempts().into_iter().enumerate() {
			assert!(attempt.is_err(), "attempt {i}");
		}
		let account = Margin::account_view(&ISSUER, 1).unwrap();
		let worthless = account.balances.iter().find(|b| b.asset == WORTHLESS).unwrap();
		assert!(worthless.value.is_zero());
	});
}
