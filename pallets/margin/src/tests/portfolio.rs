//! Portfolio accounts: what they require, how their mode changes, and how they are liquidated.
#![allow(clippy::float_arithmetic)]

use super::*;
use crate::{Correlations, Mode, Renewed, Status, Tier};
use margin_math::{Ratio, Value};
use margin_risk::{volatility::STRETCH, Verdict};
use sp_runtime::DispatchResult;

/// Assets that move alike, and dollars to begin with.
fn alike() {
	correlate(BTC, ETH, 950_000);
	ChainLiquidates::set(&false);
}

/// An account in a mode with so many dollars, 45,000 dollars long in bitcoin and as many short in ether.
fn hedge_in(who: AccountId, mode: Mode<AssetId>, dollars: u128) -> DispatchResult {
	fund(who);
	assert_ok!(Margin::open_account(signed(who), SUB, mode));
	deposit(who, USDC, dollars * unit(USDC));
	Margin::swap(signed(who), SUB, ETH, USDC, 225 * unit(ETH), 0)?;
	Margin::swap(signed(who), SUB, USDC, BTC, 45_000 * unit(USDC), 0)
}

fn hedged(who: AccountId, mode: Mode<AssetId>, dollars: u128) {
	assert_ok!(hedge_in(who, mode, dollars));
}

/// A portfolio account of Alice's, just below its maintenance margin.
fn below_maintenance() {
	alike();
	hedged(ALICE, Mode::Portfolio, 7_000);
	move_to(ETH, 21_900);
	assert!(health(ALICE).is_negative());
	assert!(view(ALICE).equity > Value::ZERO);
}

fn required(who: AccountId) -> i128 {
	view(who).equity.raw() - health(who).raw()
}

fn set_mode(mode: Mode<AssetId>) -> DispatchResult {
	Margin::set_mode(signed(ALICE), SUB, mode)
}

/// Zero, past it by no more than the margin of a bite, and give or take what a unit of bitcoin is worth.
fn is_target(health: Value) -> bool {
	health.raw() > -Value::ONE.raw() / 100 && health < Value::from_dollars(20)
}

/// By which part a balance has become smaller.
fn gone(before: i128, asset: AssetId) -> f64 {
	1.0 - balance(ALICE, asset) as f64 / before as f64
}

#[test]
fn a_hedge_requires_half_as_much_in_a_portfolio_account() {
	ExtBuilder::default().build_and_execute(|| {
		alike();
		hedged(ALICE, Mode::Cross, 20_000);
		let (cross, equity) = (required(ALICE), view(ALICE).equity);
		assert_ok!(set_mode(Mode::Portfolio));
		assert!((required(ALICE) * 2 - cross).abs() < cross / 10_000);
		assert_eq!((view(ALICE).mode, view(ALICE).equity), (Mode::Portfolio, equity));
		assert!(events().contains(&Event::ModeChanged {
			owner: ALICE,
			sub: SUB,
			mode: Mode::Portfolio,
		}));
		assert_ok!(set_mode(Mode::Cross));
		assert_eq!(required(ALICE), cross);
	});
}

#[test]
fn it_opens_what_a_cross_account_of_the_same_money_may_not() {
	ExtBuilder::default().build_and_execute(|| {
		alike();
		hedged(ALICE, Mode::Portfolio, 7_000);
		assert_eq!(
			hedge_in(BOB, Mode::Cross, 7_000),
			Err(Error::NotEnoughCollateral.into())
		);
	});
}

#[test]
fn without_known_correlations_it_requires_what_a_cross_account_does() {
	ExtBuilder::default().build_and_execute(|| {
		hedged(ALICE, Mode::Cross, 20_000);
		let cross = view(ALICE);
		assert_ok!(set_mode(Mode::Portfolio));
		let portfolio = view(ALICE);
		let apart = |a: Value, b: Value| (a.raw() - b.raw()).abs();
		assert!(apart(portfolio.maintenance_health, cross.maintenance_health) < 1_000);
		assert!(apart(portfolio.target_health, cross.target_health) < 1_000_000);
		assert!(apart(portfolio.initial_health, cross.initial_health) < 1_000_000);
	});
}

#[test]
fn the_mode_changes_only_above_initial_margin_in_both() {
	ExtBuilder::default().build_and_execute(|| {
		alike();
		hedged(ALICE, Mode::Portfolio, 7_000);
		assert_noop!(set_mode(Mode::Cross), Error::NotEnoughCollateral);
		assert_noop!(set_mode(Mode::Portfolio), Error::NothingChanges);
		assert_ok!(Margin::deposit(signed(ALICE), SUB, USDC, 10_000 * unit(USDC)));
		set_verdict(ETH, Verdict::Stale);
		assert_noop!(set_mode(Mode::Cross), Error::PriceUnusable);
		set_verdict(ETH, Verdict::Usable);
		assert_ok!(set_mode(Mode::Cross));
	});
}

#[test]
fn an_isolated_account_keeps_its_mode_and_nobody_becomes_one() {
	ExtBuilder::default().build_and_execute(|| {
		let isolated = Mode::Isolated {
			collateral: BTC,
			debt: USDC,
		};
		assert_noop!(set_mode(Mode::Portfolio), Error::UnknownAccount);
		assert_ok!(Margin::open_account(signed(ALICE), 1, isolated));
		assert_noop!(Margin::set_mode(signed(ALICE), 1, Mode::Portfolio), Error::ModeFixed);
		deposit(ALICE, USDC, unit(USDC));
		assert_noop!(set_mode(isolated), Error::ModeFixed);
		assert_ok!(set_mode(Mode::Portfolio));
		assert!(Margin::set_mode(RuntimeOrigin::none(), SUB, Mode::Cross).is_err());
	});
}

#[test]
fn an_asset_for_isolated_accounts_stays_out_of_one_with_debt() {
	ExtBuilder::default().build_and_execute(|| {
		alike();
		hedged(ALICE, Mode::Portfolio, 20_000);
		reconfigure(BTC, |config| config.tier = Tier::IsolatedOnly);
		let buy = Margin::swap(signed(ALICE), SUB, USDC, BTC, 1_000 * unit(USDC), 0);
		assert_eq!(buy, Err(Error::IsolatedOnly.into()));
	});
}

#[test]
fn bands_move_towards_the_estimate_by_a_limited_step_every_five_minutes() {
	ExtBuilder::default().build_and_execute(|| {
		let band = || Correlations::<Test>::get().of(BTC, ETH);
		let edges = || (band().low().ppm(), band().high().ppm());
		assert_eq!(edges(), (-1_000_000, 1_000_000));
		set_correlation(BTC, ETH, Some(500_000));
		next_block(STRETCH);
		let first = edges();
		assert_eq!(first, (-996_000, 996_000));
		next_block(1_000);
		assert_eq!(edges(), first, "five minutes are not over");
		next_block(10 * DAY);
		assert_eq!(edges(), (-992_000, 992_000), "a halt is one step");
		assert_eq!(Renewed::<Test>::get().widened, 0);
		for _ in 0..400 {
			next_block(STRETCH);
		}
		assert_eq!(edges(), (300_000, 700_000));
		set_correlation(BTC, ETH, None);
		next_block(STRETCH);
		assert_eq!(edges(), (296_000, 704_000));
		assert_eq!(Renewed::<Test>::get().widened, 4_000);
		assert_eq!(Correlations::<Test>::get().of(ETH, BTC), band());
	});
}

#[test]
fn an_estimate_that_jumps_hardly_moves_what_is_required() {
	ExtBuilder::default().build_and_execute(|| {
		alike();
		set_correlation(BTC, ETH, Some(550_000));
		hedged(ALICE, Mode::Portfolio, 20_000);
		for _ in 0..100 {
			next_block(STRETCH);
		}
		let before = required(ALICE);
		set_correlation(BTC, ETH, Some(-1_000_000));
		next_block(STRETCH);
		assert!(required(ALICE) >= before && required(ALICE) - before < before / 100);
	});
}

#[test]
fn an_asset_that_is_delisted_loses_its_credit_little_by_little() {
	ExtBuilder::default().build_and_execute(|| {
		correlate(BTC, ETH, 950_000);
		assert_ok!(Margin::delist_asset(signed(ASSET_MANAGER), ETH));
		next_block(STRETCH);
		let band = Correlations::<Test>::get().of(BTC, ETH);
		assert_eq!(band.low().ppm(), 750_000 - 4_000);
	});
}

#[test]
fn a_liquidation_takes_the_same_part_of_every_leg_and_ends_at_the_target() {
	ExtBuilder::default().build_and_execute(|| {
		below_maintenance();
		let before = [USDC, BTC, ETH].map(|asset| balance(ALICE, asset));
		let was = view(ALICE);
		assert_ok!(liquidate(ALICE));
		let [usdc, btc, eth] = [0, 1, 2].map(|leg| gone(before[leg], [USDC, BTC, ETH][leg]));
		assert!(eth > 0.05 && eth < 0.9, "{eth}");
		assert!((btc - usdc).abs() < 1e-6, "{btc} of one deposit, {usdc} of the other");
		assert!(btc < eth && eth - btc < 0.06 * eth, "{btc} of deposits, {eth} of debt");
		let is = view(ALICE);
		assert!(is_target(is.target_health));
		assert!(is.equity < was.equity);
		assert_noop!(liquidate(ALICE), Error::NotLiquidatable);
	});
}

#[test]
fn the_chain_liquidates_it_in_the_next_block() {
	ExtBuilder::default().build_and_execute(|| {
		below_maintenance();
		ChainLiquidates::set(&true);
		next_block(2_000);
		assert!(!health(ALICE).is_negative());
		assert!(is_filed(ALICE, SUB));
	});
}

#[test]
fn a_house_with_little_room_takes_a_part_that_keeps_the_proportion() {
	ExtBuilder::default().build_and_execute(|| {
		below_maintenance();
		House::set(&crate::HouseParams {
			line: Value::from_dollars(2_000),
			..House::get()
		});
		let before = [USDC, BTC, ETH].map(|asset| balance(ALICE, asset));
		assert_ok!(liquidate(ALICE));
		let [usdc, btc, eth] = [0, 1, 2].map(|leg| gone(before[leg], [USDC, BTC, ETH][leg]));
		assert!((btc - usdc).abs() < 1e-6 && btc < eth && eth < 0.05);
		House::set(&crate::HouseParams {
			line: Value::from_dollars(10_000_000),
			asset_cap: Value::from_dollars(5_000),
			..House::get()
		});
		assert_ok!(liquidate(ALICE));
		let [usdc, btc, _] = [0, 1, 2].map(|leg| gone(before[leg], [USDC, BTC, ETH][leg]));
		assert!((btc - usdc).abs() < 1e-6);
	});
}

#[test]
fn a_little_of_an_asset_that_the_house_is_full_of_spares_nobody() {
	ExtBuilder::default().build_and_execute(|| {
		alike();
		open_short(BOB, ETH, 10_000, 6);
		hedged(ALICE, Mode::Portfolio, 8_000);
		assert_ok!(Margin::swap(signed(ALICE), SUB, USDC, BTC, 6_800 * unit(USDC), 0));
		move_to(ETH, 22_500);
		let cap = |dollars| {
			House::set(&crate::HouseParams {
				asset_cap: Value::from_dollars(dollars),
				..House::get()
			})
		};
		cap(5_000);
		assert_ok!(liquidate(BOB));
		cap(4_800);
		assert_noop!(liquidate(BOB), Error::HouseFullOfAsset);
		assert!(health(ALICE).is_negative());
		let before = [BTC, USDC].map(|asset| balance(ALICE, asset));
		assert_ok!(liquidate(ALICE));
		let [btc, usdc] = [0, 1].map(|leg| gone(before[leg], [BTC, USDC][leg]));
		assert!(btc > 0.01 && usdc == 0.0, "{btc} of bitcoin, {usdc} of dollars");
	});
}

#[test]
fn a_trader_takes_the_whole_step_or_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		below_maintenance();
		deposit(BOB, USDC, 100_000 * unit(USDC));
		let take = |most| Margin::liquidate(signed(BOB), ALICE, SUB, SUB, Value::from_dollars(most));
		assert_noop!(take(200), Error::WholeStepOnly);
		let equity = view(BOB).equity;
		assert_ok!(take(1_000_000));
		assert!(view(BOB).equity > equity && is_target(view(ALICE).target_health));
	});
}

#[test]
fn without_equity_the_house_takes_it_over() {
	ExtBuilder::default().build_and_execute(|| {
		alike();
		hedged(ALICE, Mode::Portfolio, 7_000);
		move_to(ETH, 26_000);
		assert!(view(ALICE).equity < Value::ZERO);
		assert_ok!(liquidate(ALICE));
		assert!(view(ALICE).balances.is_empty());
	});
}

#[test]
fn a_price_that_is_held_back_takes_no_hedge_away() {
	ExtBuilder::default().build_and_execute(|| {
		alike();
		hedged(ALICE, Mode::Portfolio, 7_000);
		let before = health(ALICE);
		for verdict in [Verdict::HeldBack, Verdict::Stale, Verdict::TooFewOperators] {
			set_verdict(BTC, verdict);
			assert!(health(ALICE) >= before);
			set_verdict(BTC, Verdict::Usable);
		}
	});
}

#[test]
fn the_liquidation_price_is_where_it_becomes_liquidatable() {
	ExtBuilder::default().build_and_execute(|| {
		alike();
		hedged(ALICE, Mode::Portfolio, 7_000);
		for asset in [BTC, ETH] {
			let balance = view(ALICE).balances.into_iter().find(|balance| balance.asset == asset);
			let price = balance.unwrap().liquidation_price.unwrap().raw() / 10u128.pow(16);
			let (safe, past) = if asset == BTC {
				(price + 2, price - 2)
			} else {
				(price - 2, price + 2)
			};
			set_price(asset, safe);
			assert!(!health(ALICE).is_negative());
			set_price(asset, past);
			assert!(health(ALICE).is_negative());
			set_price(asset, first_price(asset) * 100);
		}
	});
}

#[test]
fn what_may_be_withdrawn_and_borrowed_is_told_exactly() {
	ExtBuilder::default().build_and_execute(|| {
		alike();
		hedged(ALICE, Mode::Portfolio, 20_000);
		let most = Margin::max_withdraw(&ALICE, SUB, USDC);
		assert!(most > 0);
		assert!(Margin::withdraw(signed(ALICE), SUB, USDC, most + 1).is_err());
		assert_ok!(Margin::withdraw(signed(ALICE), SUB, USDC, most));
		assert_ok!(Margin::deposit(signed(ALICE), SUB, USDC, 5_000 * unit(USDC)));
		let most = Margin::max_borrow(&ALICE, SUB, ETH);
		assert!(most > 0);
		assert!(Margin::borrow(signed(ALICE), SUB, ETH, most + most / 1_000).is_err());
		assert_ok!(Margin::borrow(signed(ALICE), SUB, ETH, most));
	});
}

#[test]
fn an_action_that_takes_the_hedge_away_is_refused_and_one_that_closes_both_sides_passes() {
	ExtBuilder::default().build_and_execute(|| {
		alike();
		hedged(ALICE, Mode::Portfolio, 7_000);
		// Below initial margin, above maintenance.
		move_to(ETH, 20_900);
		assert!(view(ALICE).initial_health < Value::ZERO && !health(ALICE).is_negative());
		let all = Margin::swap(signed(ALICE), SUB, BTC, USDC, balance(ALICE, BTC) as u128, 0);
		assert_eq!(all, Err(Error::NotEnoughCollateral.into()));
		assert_ok!(Margin::swap(signed(ALICE), SUB, BTC, ETH, unit(BTC) / 2, 0));
	});
}

#[test]
fn a_holder_of_a_hedge_in_a_delisted_asset_is_moved_out_of_it() {
	ExtBuilder::default().build_and_execute(|| {
		alike();
		hedged(ALICE, Mode::Portfolio, 30_000);
		assert_ok!(Margin::delist_asset(signed(ASSET_MANAGER), ETH));
		for _ in 0..8 * 24 {
			next_block(HOUR);
			for asset in [USDC, BTC, ETH, DOT] {
				set_price(asset, first_price(asset) * 100);
			}
		}
		assert!(matches!(
			crate::Assets::<Test>::get(ETH).unwrap().status,
			Status::Delisting(_)
		));
		assert_ok!(Margin::evict(signed(BOB), ALICE, SUB, ETH));
		assert_eq!(balance(ALICE, ETH), 0);
		assert!(!health(ALICE).is_negative());
	});
}

#[test]
fn it_is_filed_as_a_portfolio_account_and_found_when_it_falls_below() {
	ExtBuilder::default().build_and_execute(|| {
		below_maintenance();
		let filed = crate::Accounts::<Test>::get(ALICE, SUB).unwrap().filed.unwrap();
		assert!(filed.class().is_portfolio());
		let (buckets, _) = crate::scan::candidates::<Test>(&mut crate::ledger::Ledger::new(), None, || true);
		assert!(buckets.contains(&filed));
	});
}

#[test]
fn a_new_generation_begins_when_correlations_have_moved_far() {
	ExtBuilder::default().build_and_execute(|| {
		alike();
		hedged(ALICE, Mode::Portfolio, 20_000);
		next_block(2_000);
		let number = || crate::Index::<Test>::get().current.number;
		let first = number();
		Renewed::<Test>::mutate(|renewed| renewed.widened += 140_001);
		next_block(2_000);
		assert_eq!(number(), first + 1);
		next_block(2_000);
		assert_eq!(number(), first + 1);
	});
}

#[test]
fn more_of_a_large_deposit_is_never_worse() {
	ExtBuilder::default().build_and_execute(|| {
		alike();
		reconfigure(BTC, |config| config.size_scale = margin_math::Amount(10 * unit(BTC)));
		hedged(ALICE, Mode::Portfolio, 20_000);
		let before = health(ALICE);
		assert_ok!(Margin::deposit(signed(ALICE), SUB, BTC, 5 * unit(BTC)));
		assert!(health(ALICE) > before);
		assert!(view(ALICE).initial_health <= view(ALICE).target_health);
		let ratio = view(ALICE)
			.balances
			.iter()
			.map(|balance| balance.margin.maintenance)
			.max();
		assert!(ratio > Some(Ratio::from_percent(5)));
	});
}
