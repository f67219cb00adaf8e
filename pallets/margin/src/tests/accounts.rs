//! Sub-accounts: opened, kept apart, moved between, closed.

use super::*;
use crate::{
	account::{Account, Balance, Holding, Mode},
	asset::Tier,
	Accounts, Assets as Listed, Direction, Size,
};
use codec::{Encode, MaxEncodedLen};
use frame_support::traits::{fungible::InspectHold, ConstU32};
use margin_math::{Amount, Price, Ratio, Shares};
use proptest::prelude::*;
use sp_runtime::DispatchResult;

/// Bought with dollars: bitcoin secures what is owed of USDC.
const ISOLATED: Mode<AssetId> = Mode::Isolated {
	collateral: BTC,
	debt: USDC,
};

fn open(sub: u16, mode: Mode<AssetId>) -> DispatchResult {
	Margin::open_account(signed(ALICE), sub, mode)
}

fn put(sub: u16, asset: AssetId, amount: u128) {
	assert_ok!(Margin::deposit(signed(ALICE), sub, asset, amount));
}

fn transfer(from: u16, to: u16, asset: AssetId, amount: u128) -> DispatchResult {
	Margin::transfer(signed(ALICE), from, to, asset, amount)
}

fn held() -> u128 {
	Balances::balance_on_hold(&crate::HoldReason::Account.into(), &ALICE)
}

fn of(sub: u16, asset: AssetId) -> i128 {
	balance_of(ALICE, sub, asset)
}

fn account(sub: u16) -> crate::AccountOf<Test> {
	Accounts::<Test>::get(ALICE, sub).unwrap()
}

#[test]
fn an_account_is_opened_in_the_mode_that_it_keeps() {
	ExtBuilder::default().build_and_execute(|| {
		for (sub, mode) in [(0, Mode::Cross), (u16::MAX, ISOLATED)] {
			assert_ok!(open(sub, mode));
			assert_eq!(account(sub).mode, mode);
			assert!(account(sub).is_empty());
			assert!(events().contains(&Event::AccountOpened {
				owner: ALICE,
				sub,
				mode,
				deposit: AccountDeposit::get(),
			}));
			assert_noop!(open(sub, mode), Error::AccountExists);
			put(sub, USDC, unit(USDC));
			assert_eq!(account(sub).mode, mode);
		}
		put(2, USDC, unit(USDC));
		assert_eq!(account(2).mode, Mode::Cross, "a first deposit opens a cross account");
		assert_noop!(open(2, ISOLATED), Error::AccountExists);
	});
}

#[test]
fn an_isolated_account_names_two_listed_assets() {
	ExtBuilder::default().build_and_execute(|| {
		let isolated = |collateral, debt| open(SUB, Mode::Isolated { collateral, debt });
		assert_noop!(isolated(BTC, BTC), Error::SameAsset);
		assert_noop!(isolated(BTC, 99), Error::UnknownAsset);
		assert_noop!(isolated(99, BTC), Error::UnknownAsset);
		assert!(Margin::open_account(RuntimeOrigin::none(), SUB, Mode::Cross).is_err());
		assert_ok!(isolated(USDC, BTC));
	});
}

#[test]
fn native_tokens_are_held_for_each_open_account_and_free_again_when_it_is_closed() {
	ExtBuilder::default().build_and_execute(|| {
		let each = AccountDeposit::get();
		let free = Balances::free_balance(ALICE);
		assert_ok!(open(0, Mode::Cross));
		put(1, USDC, unit(USDC));
		put(1, USDC, unit(USDC));
		assert_eq!(held(), 2 * each);
		assert_eq!(Balances::free_balance(ALICE), free - 2 * each);
		assert_eq!(Margin::account_view(&ALICE, 1).unwrap().deposit, each);
		assert_ok!(Margin::withdraw(signed(ALICE), 1, USDC, u128::MAX));
		assert_eq!(held(), 2 * each, "an empty account is still open");
		assert_ok!(Margin::close_account(signed(ALICE), 1));
		assert_eq!(held(), each);
		assert_ok!(Margin::close_account(signed(ALICE), 0));
		assert_eq!(held(), 0);
		assert_eq!(Balances::free_balance(ALICE), free);
		assert!(Accounts::<Test>::iter_prefix(ALICE).next().is_none());
		assert!(events().contains(&Event::AccountClosed { owner: ALICE, sub: 1 }));
	});
}

#[test]
fn a_wallet_that_cannot_pay_the_deposit_opens_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		let keeps = AccountDeposit::get() - 1;
		let gives = Balances::free_balance(ALICE) - keeps;
		assert_ok!(Balances::transfer_allow_death(signed(ALICE), BOB, gives));
		let before = wallet(ALICE, USDC);
		assert!(open(SUB, Mode::Cross).is_err());
		assert!(Margin::deposit(signed(ALICE), SUB, USDC, unit(USDC)).is_err());
		let collateral = Some((USDC, 1_000 * unit(USDC)));
		let size = Size::Amount(unit(BTC) / 10);
		let long = Direction::Long;
		assert!(Margin::open(
			signed(ALICE),
			SUB,
			collateral,
			long,
			BTC,
			USDC,
			size,
			Price::MAX,
			u128::MAX
		)
		.is_err());
		assert!(Accounts::<Test>::get(ALICE, SUB).is_none());
		assert_eq!((held(), wallet(ALICE, USDC)), (0, before));
	});
}

#[test]
fn an_isolated_account_refuses_other_assets_and_a_debt_of_its_collateral() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(open(SUB, ISOLATED));
		put(SUB, BTC, unit(BTC));
		put(1, ETH, unit(ETH));
		assert_noop!(
			Margin::deposit(signed(ALICE), SUB, ETH, unit(ETH)),
			Error::NotInIsolatedAccount
		);
		assert_noop!(
			Margin::borrow(signed(ALICE), SUB, ETH, unit(ETH)),
			Error::NotInIsolatedAccount
		);
		assert_noop!(transfer(1, SUB, ETH, unit(ETH)), Error::NotInIsolatedAccount);
		assert_noop!(
			Margin::swap(signed(ALICE), SUB, BTC, ETH, unit(BTC) / 10, 0),
			Error::NotInIsolatedAccount
		);
		assert_noop!(
			Margin::swap(signed(ALICE), SUB, ETH, USDC, unit(ETH), 0),
			Error::NotInIsolatedAccount
		);
		// What it holds may go, and not a unit more.
		put(SUB, USDC, 20_000 * unit(USDC));
		assert_noop!(
			Margin::borrow(signed(ALICE), SUB, BTC, 2 * unit(BTC)),
			Error::NotInIsolatedAccount
		);
		assert_noop!(
			Margin::swap(signed(ALICE), SUB, BTC, USDC, 2 * unit(BTC), 0),
			Error::NotInIsolatedAccount
		);
		assert_ok!(Margin::swap(signed(ALICE), SUB, BTC, USDC, unit(BTC), 0));
		assert_eq!(of(SUB, BTC), 0);
	});
}

#[test]
fn a_balance_in_the_debt_asset_pays_the_isolated_debt() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(open(SUB, ISOLATED));
		put(SUB, BTC, unit(BTC));
		assert_ok!(Margin::borrow(signed(ALICE), SUB, USDC, 5_000 * unit(USDC)));
		put(1, USDC, 6_000 * unit(USDC));
		assert_ok!(transfer(1, SUB, USDC, u128::MAX));
		assert_eq!(of(SUB, USDC), 1_000 * unit(USDC) as i128);
	});
}

#[test]
fn the_loss_of_an_isolated_account_stays_inside() {
	ExtBuilder::default().build_and_execute(|| {
		put(1, USDC, 1_000_000 * unit(USDC));
		assert_ok!(Margin::borrow(signed(ALICE), 1, ETH, unit(ETH)));
		assert_ok!(open(SUB, ISOLATED));
		open_long(ALICE, BTC, 10_000, 7);
		let (free, wealth) = (account(1), wallet(ALICE, USDC));
		move_to(BTC, 600_000);
		assert!(view(ALICE).equity.is_negative());
		assert_ok!(liquidate(ALICE));
		assert!(account(SUB).is_empty(), "the house took all of it over");
		assert_eq!(account(SUB).mode, ISOLATED);
		assert!(events().iter().any(|event| matches!(event, Event::LossBooked { .. })));
		assert_eq!(account(1), free);
		assert_eq!(wallet(ALICE, USDC), wealth);
		assert_ok!(Margin::close_account(signed(ALICE), SUB));
		assert_eq!(account(1), free);
	});
}

#[test]
fn a_transfer_moves_a_deposit_and_changes_no_total() {
	ExtBuilder::default().build_and_execute(|| {
		put(0, USDC, 1_000 * unit(USDC));
		assert_ok!(open(1, Mode::Cross));
		let before = pool(USDC);
		assert_ok!(transfer(0, 1, USDC, 400 * unit(USDC)));
		assert_eq!(
			(of(0, USDC), of(1, USDC)),
			(600 * unit(USDC) as i128, 400 * unit(USDC) as i128)
		);
		assert!(events().contains(&Event::Transferred {
			owner: ALICE,
			from: 0,
			to: 1,
			asset: USDC,
			amount: Amount(400 * unit(USDC)),
		}));
		assert_ok!(transfer(0, 1, USDC, u128::MAX));
		assert_eq!((of(0, USDC), of(1, USDC)), (0, 1_000 * unit(USDC) as i128));
		assert_eq!(pool(USDC), before);
		assert!(account(0).is_empty());
	});
}

#[test]
fn a_transfer_pays_debts_first() {
	ExtBuilder::default().build_and_execute(|| {
		put(0, USDC, 1_000 * unit(USDC));
		put(1, BTC, unit(BTC));
		assert_ok!(Margin::borrow(signed(ALICE), 1, USDC, 300 * unit(USDC)));
		let before = pool(USDC);
		assert_ok!(transfer(0, 1, USDC, 100 * unit(USDC)));
		assert_eq!(of(1, USDC), -(200 * unit(USDC) as i128));
		assert_ok!(transfer(0, 1, USDC, 500 * unit(USDC)));
		assert_eq!(
			(of(0, USDC), of(1, USDC)),
			(400 * unit(USDC) as i128, 300 * unit(USDC) as i128)
		);
		assert!(!is_filed(ALICE, 1));
		let after = pool(USDC);
		assert_eq!(after.liquidity, before.liquidity);
		assert_eq!(after.debt.0, before.debt.0 - 300 * unit(USDC));
		assert_eq!(after.deposits.0, before.deposits.0 - 300 * unit(USDC));
	});
}

#[test]
fn what_a_transfer_pays_makes_room_in_the_borrow_window() {
	ExtBuilder::default().build_and_execute(|| {
		reconfigure(USDC, |usdc| {
			usdc.borrow_window = margin_risk::FlowLimit {
				most: Amount(300 * unit(USDC)),
				period: DAY,
			}
		});
		put(0, USDC, 1_000 * unit(USDC));
		put(1, BTC, unit(BTC));
		assert_ok!(Margin::borrow(signed(ALICE), 1, USDC, 300 * unit(USDC)));
		let again = || Margin::borrow(signed(ALICE), 1, USDC, 300 * unit(USDC));
		assert_noop!(again(), Error::BorrowWindowFull);
		assert_ok!(transfer(0, 1, USDC, 300 * unit(USDC)));
		assert_ok!(again());
	});
}

#[test]
fn for_the_giver_a_transfer_is_a_withdrawal() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(open(1, Mode::Cross));
		put(0, BTC, unit(BTC));
		// 8,000 dollars at a ratio of 10 % carry 7,200 / 1.02; the owner keeps 100 dollars free.
		assert_ok!(Margin::borrow(signed(ALICE), 0, USDC, 6_960 * unit(USDC)));
		let all = transfer(0, 1, BTC, u128::MAX);
		assert_eq!(all, Err(Error::NotEnoughCollateral.into()));
		assert_noop!(transfer(0, 1, BTC, unit(BTC) / 50), Error::NotEnoughCollateral);
		assert_ok!(transfer(0, 1, BTC, unit(BTC) / 100));
	});
	ExtBuilder::default().build_and_execute(|| {
		// Dollars against dollars' worth of ether need little margin: the tenth of the deposits is what counts.
		reconfigure(ETH, |ether| {
			ether.margin = margin_risk::MarginRatios::from_maintenance(Ratio::from_percent(1)).unwrap();
		});
		assert_ok!(open(1, Mode::Cross));
		put(0, USDC, 10_000 * unit(USDC));
		assert_ok!(Margin::borrow(signed(ALICE), 0, ETH, 40 * unit(ETH)));
		// 8,000 owed: a tenth of 8,888.89 is left over.
		assert_noop!(transfer(0, 1, USDC, 1_112 * unit(USDC)), Error::NotEnoughEquityLeft);
		assert_ok!(transfer(0, 1, USDC, 1_111 * unit(USDC)));
	});
}

#[test]
fn transfer_names_what_is_wrong_and_changes_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		put(0, USDC, 1_000 * unit(USDC));
		assert_noop!(transfer(0, 0, USDC, 1), Error::SameAccount);
		assert_noop!(transfer(0, 1, USDC, 1), Error::UnknownAccount);
		assert_noop!(transfer(1, 0, USDC, 1), Error::UnknownAccount);
		assert_ok!(open(1, Mode::Cross));
		assert_noop!(transfer(0, 1, 99, 1), Error::UnknownAsset);
		assert_noop!(transfer(0, 1, USDC, 0), Error::AmountZero);
		assert_noop!(transfer(0, 1, USDC, 1_000 * unit(USDC) + 1), Error::NotEnoughDeposited);
		assert_noop!(transfer(0, 1, BTC, u128::MAX), Error::NotEnoughDeposited);
		assert_noop!(transfer(1, 0, USDC, 1), Error::NotEnoughDeposited);
		// The account of another owner is not one's own to take from.
		deposit(BOB, USDC, unit(USDC));
		assert_noop!(Margin::transfer(signed(BOB), 1, 0, USDC, 1), Error::UnknownAccount);
		for asset in [BTC, ETH, DOT] {
			put(1, asset, unit(asset));
		}
		assert_noop!(transfer(0, 1, USDC, unit(USDC)), Error::AccountFull);
	});
}

#[test]
fn a_transfer_obeys_pauses_caps_and_tiers() {
	ExtBuilder::default().build_and_execute(|| {
		put(0, USDC, 1_000 * unit(USDC));
		put(1, BTC, unit(BTC));
		let set = |change: fn(&mut crate::AssetOf<Test>)| {
			Listed::<Test>::mutate(USDC, |record| change(record.as_mut().unwrap()));
		};
		set(|usdc| usdc.pauses.withdraw = true);
		assert_noop!(transfer(0, 1, USDC, unit(USDC)), Error::ActionPaused);
		set(|usdc| usdc.pauses.withdraw = false);
		set(|usdc| usdc.status = crate::Status::Frozen);
		assert_noop!(transfer(0, 1, USDC, unit(USDC)), Error::AssetFrozen);
		set(|usdc| usdc.status = crate::Status::Live);
		set(|usdc| usdc.config.account_cap = Amount(10 * unit(USDC)));
		assert_noop!(transfer(0, 1, USDC, 11 * unit(USDC)), Error::AccountCapReached);
		set(|usdc| usdc.config.account_cap = Amount(u128::MAX));
		assert_ok!(Margin::borrow(signed(ALICE), 1, ETH, unit(ETH)));
		set(|usdc| usdc.config.tier = Tier::IsolatedOnly);
		assert_noop!(transfer(0, 1, USDC, unit(USDC)), Error::IsolatedOnly);
		// A debt that is larger than the cap by now is paid all the same.
		assert_ok!(Margin::repay(signed(ALICE), 1, ETH, u128::MAX));
		set(|usdc| usdc.config.tier = Tier::Cross);
		assert_ok!(Margin::borrow(signed(ALICE), 1, USDC, 500 * unit(USDC)));
		set(|usdc| usdc.config.account_cap = Amount(unit(USDC)));
		assert_ok!(transfer(0, 1, USDC, 100 * unit(USDC)));
		assert_eq!(of(1, USDC), -(400 * unit(USDC) as i128));
	});
}

#[test]
fn closing_sweeps_dust_to_the_fund_and_refuses_more() {
	ExtBuilder::default().build_and_execute(|| {
		let least = |asset| config(asset, 1).min_amount.0;
		for asset in [USDC, BTC] {
			put(SUB, asset, unit(asset));
		}
		let leave = |asset, rest: u128| {
			let taken = of(SUB, asset) as u128 - rest;
			assert_ok!(Margin::withdraw(signed(ALICE), SUB, asset, taken));
		};
		leave(USDC, least(USDC) - 1);
		leave(BTC, least(BTC));
		assert_noop!(Margin::close_account(signed(ALICE), SUB), Error::AccountNotEmpty);
		leave(BTC, least(BTC) - 1);
		let wealth = wallet(ALICE, BTC);
		assert_ok!(Margin::close_account(signed(ALICE), SUB));
		let dust = vec![(USDC, Amount(least(USDC) - 1)), (BTC, Amount(least(BTC) - 1))];
		assert!(events().contains(&Event::DustSwept {
			owner: ALICE,
			sub: SUB,
			dust: dust.clone(),
		}));
		for (asset, amount) in dust {
			let fund = Margin::pool_views()
				.into_iter()
				.find(|pool| pool.asset == asset)
				.unwrap()
				.fund;
			assert_eq!(fund, amount);
		}
		assert_eq!(wallet(ALICE, BTC), wealth);
		assert_eq!(held(), 0);
	});
}

#[test]
fn an_account_with_a_debt_or_none_at_all_is_not_closed() {
	ExtBuilder::default().build_and_execute(|| {
		let close = || Margin::close_account(signed(ALICE), SUB);
		assert_noop!(close(), Error::UnknownAccount);
		put(SUB, BTC, unit(BTC));
		assert_noop!(close(), Error::AccountNotEmpty);
		// A debt is no dust, however small.
		assert_ok!(Margin::borrow(signed(ALICE), SUB, USDC, config(USDC, 1).min_debt.0));
		assert_noop!(close(), Error::AccountNotEmpty);
		assert_ok!(Margin::repay(signed(ALICE), SUB, USDC, u128::MAX));
		assert_ok!(Margin::withdraw(signed(ALICE), SUB, BTC, u128::MAX));
		assert_ok!(close());
		assert_noop!(close(), Error::UnknownAccount);
		assert!(Margin::close_account(RuntimeOrigin::none(), SUB).is_err());
	});
}

#[test]
fn a_finding_about_a_closed_account_says_nothing_about_the_next_of_its_name() {
	ExtBuilder::default().build_and_execute(|| {
		put(SUB, USDC, unit(USDC));
		let first = account(SUB).round;
		assert_ok!(Margin::withdraw(signed(ALICE), SUB, USDC, u128::MAX));
		assert_ok!(Margin::close_account(signed(ALICE), SUB));
		build_on_block();
		put(SUB, USDC, unit(USDC));
		assert!(account(SUB).round > first);
	});
}

#[test]
fn an_account_with_eight_balances_fits_600_bytes() {
	type Eight = Account<AssetId, ConstU32<8>>;
	let holdings: Vec<_> = (0..8)
		.map(|i| Holding {
			asset: u32::MAX - 8 + i,
			balance: Balance::Debt(Shares(u128::MAX)),
			seen: u16::MAX,
		})
		.collect();
	let claims: Vec<_> = holdings.iter().map(|held| (held.asset, Shares(u128::MAX))).collect();
	let fresh: Vec<_> = (holdings.iter())
		.map(|held| crate::Fresh {
			asset: held.asset,
			since: u32::MAX,
			shares: Shares(u128::MAX),
		})
		.collect();
	let full = Eight {
		mode: ISOLATED,
		round: u32::MAX,
		deposit: u128::MAX,
		filed: Some(Default::default()),
		holdings: holdings.try_into().unwrap(),
		claims: claims.try_into().unwrap(),
		fresh: fresh.try_into().unwrap(),
	};
	assert!(full.encoded_size() <= Eight::max_encoded_len());
	assert!(Eight::max_encoded_len() <= 600, "{}", Eight::max_encoded_len());
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

	#[test]
	fn moving_between_accounts_gains_nothing(amounts in prop::collection::vec((0u16..3, 0u16..3, 1u128..3_000_000), 1..40)) {
		ExtBuilder::default().build_and_execute(|| {
			// A pool in use, whose shares are not worth a round number.
			deposit(BOB, BTC, 1_000 * unit(BTC));
			assert_ok!(Margin::borrow(signed(BOB), SUB, USDC, 1_234_567 * unit(USDC)));
			Timestamp::set_timestamp(Timestamp::get() + HOUR);
			let before = wallet(ALICE, USDC);
			for sub in 0..3 {
				put(sub, USDC, unit(USDC));
			}
			let total = || {
				(0..3).map(|sub| match account(sub).balance(USDC) {
					Some(Balance::Deposit(shares)) => shares.0,
					_ => 0,
				}).sum::<u128>()
			};
			let shares = total();
			for (from, to, amount) in amounts {
				let _ = transfer(from, to, USDC, amount);
				assert_eq!(total(), shares);
			}
			for sub in 0..3 {
				let _ = Margin::withdraw(signed(ALICE), sub, USDC, u128::MAX);
			}
			assert!(wallet(ALICE, USDC) <= before);
		});
	}
}
