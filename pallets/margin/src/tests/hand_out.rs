//! What nobody buys: given in kind to the suppliers who lent for it.

use super::*;
use crate::{Balance, Escrow, Fund, Grants, House as HouseAccount, Status};
use margin_math::{Amount, Shares, Value};
use pallet_auctions::Seller;
use proptest::prelude::*;

const RICH: AccountId = 30;
const POOR: AccountId = 31;

/// The house holds bitcoin and owes dollars for it. Of the dollars supplied, one in 21 is the rich one's, and the poor one
/// has a few.
fn stage() {
	ChainLiquidates::set(&false);
	for (who, dollars) in [(RICH, 1_000_000), (POOR, 3)] {
		assert_ok!(Assets::transfer(signed(MAKER), USDC, who, dollars * unit(USDC)));
		deposit(who, USDC, dollars * unit(USDC));
	}
	sink(ALICE, 715_000);
	move_to(BTC, 690_000);
}

fn sink(who: AccountId, price: u128) {
	open_long(who, BTC, 10_000, 7);
	move_to(BTC, price);
	assert_ok!(liquidate(who));
}

fn lot() -> u128 {
	Margin::for_sale().first().map_or(0, |good| good.amount.0)
}

fn turns() {
	use frame_support::traits::Hooks;
	for block in 0..8 {
		Margin::on_idle(block, frame_support::weights::Weight::MAX);
	}
}

fn claim(who: AccountId) -> sp_runtime::DispatchResult {
	Margin::claim(signed(who), SUB, BTC)
}

/// Dollars of some of an asset at its live price.
fn worth(asset: AssetId, amount: u128) -> Value {
	let price = crate::ledger::Ledger::<Test>::new()
		.entry(asset)
		.map(|entry| entry.quote.live);
	price
		.unwrap_or_else(|_| panic!("it is listed"))
		.value_of(Amount(amount), decimals(asset), margin_math::Rounding::Down)
		.unwrap()
}

fn near(a: i128, b: i128, off: i128) {
	assert!((a - b).abs() <= off, "{a} and not {b}");
}

#[test]
fn suppliers_lose_what_the_lot_is_worth_and_get_the_lot() {
	ExtBuilder::default().build_and_execute(|| {
		stage();
		let (all, mine, supplied) = (lot(), balance(RICH, USDC), pool(USDC).deposits.0);
		let owed = Margin::owed()[0].amount.0;
		assert_ok!(Margin::hand_out(BTC));
		assert_eq!(lot(), 0);
		let written_off = events()
			.into_iter()
			.find_map(|event| match event {
				Event::HandedOut {
					asset: BTC,
					pool: USDC,
					amount,
					written_off,
				} => {
					near(amount.0 as i128, all as i128, 1);
					Some(written_off.0)
				},
				_ => None,
			})
			.unwrap();
		let value = worth(BTC, all).raw() / 10i128.pow(12);
		near(written_off as i128, value.min(owed as i128), 2);
		assert_eq!(pool(USDC).deficit, Amount::ZERO, "it is written off at once");
		let lost = mine - balance(RICH, USDC);
		near(lost, (written_off * mine as u128 / supplied) as i128, 2);
		assert_ok!(claim(RICH));
		let got = balance(RICH, BTC);
		near(got, (all * mine as u128 / supplied) as i128, 2);
		assert!(worth(BTC, got as u128) <= worth(USDC, lost as u128 + 2));
		assert_noop!(claim(RICH), Error::NothingToClaim);
	});
}

#[test]
fn who_comes_later_or_owed_before_gets_nothing_of_it() {
	ExtBuilder::default().build_and_execute(|| {
		stage();
		deposit(BOB, BTC, 10 * unit(BTC));
		assert_ok!(Margin::borrow(signed(BOB), SUB, USDC, 1_000 * unit(USDC)));
		assert_ok!(Margin::hand_out(BTC));
		assert_ok!(Margin::deposit(signed(BOB), SUB, USDC, 50_000 * unit(USDC)));
		assert!(balance(BOB, USDC) > 0);
		assert_noop!(claim(BOB), Error::NothingToClaim);
		deposit(MAKER, USDC, 50_000 * unit(USDC));
		assert_noop!(claim(MAKER), Error::NothingToClaim);
	});
}

#[test]
fn who_leaves_the_pool_keeps_what_was_given() {
	ExtBuilder::default().build_and_execute(|| {
		stage();
		let all = lot();
		let part = all * balance(RICH, USDC) as u128 / pool(USDC).deposits.0;
		assert_ok!(Margin::hand_out(BTC));
		assert_ok!(Margin::withdraw(signed(RICH), SUB, USDC, u128::MAX));
		assert_eq!(balance(RICH, USDC), 0);
		assert_noop!(Margin::close_account(signed(RICH), SUB), Error::AccountNotEmpty);
		assert_ok!(claim(RICH));
		near(balance(RICH, BTC), part as i128, 2);
		assert_ok!(Margin::withdraw(signed(RICH), SUB, BTC, u128::MAX));
		assert_ok!(Margin::close_account(signed(RICH), SUB));
	});
}

#[test]
fn a_transfer_moves_the_deposit_and_not_what_was_given_for_it() {
	ExtBuilder::default().build_and_execute(|| {
		stage();
		assert_ok!(Margin::open_account(signed(RICH), 1, crate::Mode::Cross));
		assert_ok!(Margin::hand_out(BTC));
		assert_ok!(Margin::transfer(signed(RICH), SUB, 1, USDC, 400_000 * unit(USDC)));
		assert_noop!(Margin::claim(signed(RICH), 1, BTC), Error::NothingToClaim);
		assert_ok!(claim(RICH));
		// A second lot goes by the deposits of its own moment.
		sink(BOB, 615_000);
		assert_ok!(Margin::hand_out(BTC));
		assert_ok!(Margin::claim(signed(RICH), 1, BTC));
		assert_ok!(claim(RICH));
		assert!(balance_of(RICH, 1, BTC) > 0);
	});
}

#[test]
fn never_more_than_the_lot_is_given_and_the_rest_is_the_funds() {
	ExtBuilder::default().build_and_execute(|| {
		stage();
		let Some(Balance::Deposit(all)) = HouseAccount::<Test>::get().balance(BTC) else {
			panic!("it holds bitcoin")
		};
		assert_ok!(Margin::hand_out(BTC));
		turns();
		let held = |who: AccountId, sub| match crate::Accounts::<Test>::get(who, sub).unwrap().balance(BTC) {
			Some(Balance::Deposit(shares)) => shares.0,
			_ => 0,
		};
		let mut given = 0;
		for (who, sub) in [(RICH, SUB), (POOR, SUB), (SUPPLIER, USDC as u16)] {
			let before = held(who, sub);
			assert_ok!(Margin::claim(signed(who), sub, BTC));
			given += held(who, sub) - before;
		}
		assert!(given <= all.0);
		// What others hold in the pool of dollars is counted out when they touch it; here nobody else does.
		turns();
		let fund = match Fund::<Test>::get().balance(BTC) {
			Some(Balance::Deposit(shares)) => shares.0,
			_ => 0,
		};
		let waiting: u128 = Grants::<Test>::get(USDC).iter().map(|grant| grant.shares_left.0).sum();
		assert_eq!(given + fund + waiting, all.0);
		assert_eq!(waiting, 0, "all have had theirs");
		assert!(!Escrow::<Test>::exists() && Grants::<Test>::iter().next().is_none());
	});
}

#[test]
fn a_lot_worth_more_than_is_owed_goes_only_in_part() {
	ExtBuilder::default().build_and_execute(|| {
		stage();
		// The price rises before anybody bought.
		move_to(BTC, 1_000_000);
		let (all, owed) = (lot(), Margin::owed()[0].amount.0);
		assert_ok!(Margin::hand_out(BTC));
		assert!(!HouseAccount::<Test>::get().has_debt());
		let Some(Balance::Deposit(rest)) = HouseAccount::<Test>::get().balance(BTC) else {
			panic!("the rest stays")
		};
		let rest = pool(BTC).deposit_value(rest).unwrap().0;
		let given = worth(BTC, all - rest).raw() / 10i128.pow(12);
		near(given, owed as i128, 100);
		next_block(2_000);
		assert!(HouseAccount::<Test>::get().is_empty(), "and is the fund's");
	});
}

#[test]
fn what_is_owed_beyond_the_lot_is_a_loss_like_any_other() {
	ExtBuilder::default().build_and_execute(|| {
		stage();
		move_to(BTC, 500_000);
		assert_ok!(Margin::hand_out(BTC));
		assert!(HouseAccount::<Test>::get().has_debt());
		for _ in 0..3 {
			next_block(2_000);
		}
		let house = HouseAccount::<Test>::get();
		assert!(house.is_empty(), "{house:?}");
		let lost = |event: &Event| matches!(event, Event::LossBooked { loss, .. } if *loss > Value::ZERO);
		assert!(events().iter().any(lost));
		assert!(pool(USDC).deficit > Amount::ZERO);
	});
}

#[test]
fn nothing_is_handed_out_without_a_price_or_a_debt() {
	ExtBuilder::default().build_and_execute(|| {
		stage();
		assert_noop!(Margin::hand_out(ETH), Error::NotOnOffer);
		assert_noop!(Margin::hand_out(USDC), Error::NotOnOffer);
		set_verdict(BTC, margin_risk::Verdict::HeldBack);
		assert_noop!(Margin::hand_out(BTC), Error::PriceUnusable);
		set_verdict(BTC, margin_risk::Verdict::Usable);
		set_verdict(USDC, margin_risk::Verdict::Stale);
		assert_noop!(Margin::hand_out(BTC), Error::NotOnOffer);
	});
}

#[test]
fn an_account_without_room_is_paid_to_the_wallet() {
	ExtBuilder::default().build_and_execute(|| {
		stage();
		for asset in [ETH, DOT] {
			assert_ok!(Assets::transfer(signed(MAKER), asset, RICH, 10 * unit(asset)));
			deposit(RICH, asset, unit(asset));
		}
		assert_ok!(Margin::hand_out(BTC));
		assert_eq!(wallet(RICH, BTC), 0);
		assert_ok!(claim(RICH));
		assert_eq!(balance(RICH, BTC), 0);
		assert!(wallet(RICH, BTC) > 0);
		let paid = |event: &Event| {
			matches!(
				event,
				Event::Claimed {
					owner: RICH,
					to_wallet: true,
					..
				}
			)
		};
		assert!(events().iter().any(paid));
	});
}

#[test]
fn more_grants_than_wait_at_once_go_to_the_fund() {
	ExtBuilder::default().build_and_execute(|| {
		stage();
		for _ in 0..crate::grants::MAX_GRANTS {
			give_the_house(BTC, unit(BTC) / 10, USDC);
			assert_ok!(Margin::hand_out(BTC));
		}
		assert_eq!(Grants::<Test>::get(USDC).len() as u32, crate::grants::MAX_GRANTS);
		let index = pool(USDC).deposit_index();
		give_the_house(BTC, unit(BTC) / 10, USDC);
		assert_ok!(Margin::hand_out(BTC));
		assert!(matches!(Fund::<Test>::get().balance(BTC), Some(Balance::Deposit(_))));
		assert!(pool(USDC).deficit > Amount::ZERO && pool(USDC).deposit_index() == index);
		assert_ok!(claim(RICH));
		assert!(balance(RICH, BTC) > 0);
	});
}

/// The house holds so much of an asset, out of a supplier's deposit, and owes at least as much of another.
fn give_the_house(asset: AssetId, amount: u128, owed: AssetId) {
	let mut ledger = crate::ledger::Ledger::<Test>::new();
	let (mut house, before) = (
		HouseAccount::<Test>::get(),
		crate::Accounts::<Test>::get(SUPPLIER, asset as u16).unwrap(),
	);
	let mut supplier = before.clone();
	let pool = *ledger.entry(asset).unwrap_or_else(|_| panic!("it is listed")).pool();
	let shares = pool.deposit_shares_for(Amount(amount)).unwrap();
	let fits = "it fits";
	ledger
		.move_shares(&mut supplier, &mut house, asset, shares)
		.unwrap_or_else(|_| panic!("{fits}"));
	let price = ledger
		.entry(owed)
		.map(|entry| entry.quote.live)
		.unwrap_or_else(|_| panic!("{fits}"));
	let debt = price
		.amount_for(worth(asset, amount * 2), decimals(owed), margin_math::Rounding::Up)
		.unwrap();
	ledger
		.debit(&mut house, owed, debt)
		.unwrap_or_else(|_| panic!("{fits}"));
	// What was borrowed goes to somebody's wallet.
	assert_ok!(Assets::transfer(signed(Margin::account_id()), owed, MAKER, debt.0));
	ledger.commit();
	HouseAccount::<Test>::put(house);
	crate::Accounts::<Test>::insert(SUPPLIER, asset as u16, supplier);
}

#[test]
fn what_lies_in_escrow_bears_its_part_of_a_loss_and_what_it_is_given_is_the_funds() {
	ExtBuilder::default().build_and_execute(|| {
		stage();
		assert_ok!(Margin::hand_out(BTC));
		give_the_house(ETH, 10 * unit(ETH), BTC);
		let Some(Balance::Deposit(lies)) = Escrow::<Test>::get().balance(BTC) else {
			panic!("bitcoin lies in escrow")
		};
		let all = pool(BTC).deposit_shares.0;
		assert_ok!(Margin::hand_out(ETH));
		let given = events().into_iter().find_map(|event| match event {
			Event::HandedOut { pool: BTC, amount, .. } => Some(amount.0),
			_ => None,
		});
		let part = given.unwrap() / 10u128.pow(6) * lies.0 / (all / 10u128.pow(6));
		turns();
		assert!(Grants::<Test>::contains_key(BTC) && Grants::<Test>::contains_key(USDC));
		let Some(Balance::Deposit(got)) = Fund::<Test>::get().balance(ETH) else {
			panic!("the fund has what was given for what lies in escrow")
		};
		near(
			pool(ETH).deposit_value(got).unwrap().0 as i128,
			part as i128,
			10i128.pow(12),
		);
		assert_ok!(claim(RICH));
	});
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

	/// Whatever suppliers do before, between and after: what was given is there, to the share, and goes to those who held
	/// deposits then.
	#[test]
	fn escrow_holds_what_was_given_whatever_suppliers_do(
		acts in prop::collection::vec((0u8..8, 0u16..3, 1u128..2_000), 1..40)
	) {
		ExtBuilder::default().build_and_execute(|| {
			stage();
			for sub in 1..3 {
				assert_ok!(Margin::open_account(signed(RICH), sub, crate::Mode::Cross));
			}
			for (act, sub, much) in acts {
				let amount = much * unit(USDC) + much;
				let _ = frame_support::storage::with_storage_layer(|| match act {
					0 => Margin::deposit(signed(RICH), sub, USDC, amount),
					1 => Margin::withdraw(signed(RICH), sub, USDC, amount),
					2 => Margin::transfer(signed(RICH), sub, (sub + 1) % 3, USDC, amount),
					3 => Margin::claim(signed(RICH), sub, BTC),
					4 => Margin::borrow(signed(RICH), sub, USDC, amount),
					5 => Margin::withdraw(signed(RICH), sub, BTC, u128::MAX),
					6 => {
						turns();
						Ok(())
					},
					_ => {
						give_the_house(BTC, much * unit(BTC) / 2_000, USDC);
						Margin::hand_out(BTC)
					},
				});
				Margin::do_try_state().unwrap();
			}
		});
	}
}

#[test]
fn what_was_given_of_a_delisted_asset_is_paid_to_the_wallet_by_anybody() {
	ExtBuilder::default().build_and_execute(|| {
		stage();
		assert_ok!(Margin::hand_out(BTC));
		crate::Assets::<Test>::mutate(BTC, |record| {
			record.as_mut().unwrap().status = Status::Delisting(Timestamp::get())
		});
		assert_noop!(
			Margin::remove_asset(RuntimeOrigin::root(), BTC, MAKER),
			Error::AssetInUse
		);
		assert_ok!(Margin::evict(signed(BOB), RICH, SUB, BTC));
		assert!(wallet(RICH, BTC) > 0);
		assert_noop!(Margin::evict(signed(BOB), RICH, SUB, BTC), Error::NoPosition);
		assert_ok!(Margin::evict(signed(BOB), POOR, SUB, BTC));
	});
}

#[test]
fn the_fund_has_its_part_of_a_lot_as_a_supplier_has() {
	ExtBuilder::default().build_and_execute(|| {
		stage();
		let mut supplier = crate::Accounts::<Test>::get(SUPPLIER, USDC as u16).unwrap();
		let Some(Balance::Deposit(shares)) = supplier.balance(USDC) else {
			panic!()
		};
		let half = Shares(shares.0 / 2);
		supplier
			.set(USDC, Some(Balance::Deposit(Shares(shares.0 - half.0))))
			.unwrap();
		crate::Accounts::<Test>::insert(SUPPLIER, USDC as u16, supplier);
		let mut fund = Fund::<Test>::get();
		fund.set(USDC, Some(Balance::Deposit(half))).unwrap();
		Fund::<Test>::put(fund);
		let part = lot() * (half.0 / 1_000) / (pool(USDC).deposit_shares.0 / 1_000);
		assert_ok!(Margin::hand_out(BTC));
		turns();
		let Some(Balance::Deposit(got)) = Fund::<Test>::get().balance(BTC) else {
			panic!("the fund has its part")
		};
		near(pool(BTC).deposit_value(got).unwrap().0 as i128, part as i128, 3);
	});
}

#[test]
fn who_is_whole_but_for_what_he_has_not_claimed_is_not_liquidated_and_takes_nothing_home_past_his_debts() {
	ExtBuilder::default().build_and_execute(|| {
		ChainLiquidates::set(&false);
		assert_ok!(Margin::withdraw(
			signed(SUPPLIER),
			USDC as u16,
			USDC,
			19_000_000 * unit(USDC)
		));
		for who in [RICH, 40, 41] {
			assert_ok!(Assets::transfer(signed(MAKER), USDC, who, 200_000 * unit(USDC)));
			open_long(who, BTC, 100_000, 4);
			trade_back();
		}
		deposit(BOB, USDC, 1_000_000 * unit(USDC));
		assert_ok!(Margin::borrow(signed(BOB), SUB, ETH, 3_800 * unit(ETH)));
		move_to(BTC, 590_000);
		for who in [RICH, 40, 41] {
			assert_ok!(liquidate(who));
		}
		assert!(!health(BOB).is_negative());
		let before = view(BOB).equity;
		assert_ok!(Margin::hand_out(BTC));
		assert!(view(BOB).equity < Value::ZERO, "what he has to claim does not count");
		assert_noop!(liquidate(BOB), Error::ClaimsFirst);
		ChainLiquidates::set(&true);
		let lost = |events: Vec<Event>| {
			events
				.into_iter()
				.filter(|e| matches!(e, Event::LossBooked { .. }))
				.count()
		};
		let losses = lost(events());
		next_block(2_000);
		assert_eq!(lost(events()), losses, "nobody bears a loss for him");
		let after = view(BOB).equity;
		near(after.raw() / 10i128.pow(18), before.raw() / 10i128.pow(18), 20_000);
		assert_noop!(claim(BOB), Error::NothingToClaim);
	});
}

#[test]
fn dust_that_is_due_nothing_does_not_keep_what_was_given_on_the_list() {
	ExtBuilder::default().build_and_execute(|| {
		stage();
		deposit(BOB, USDC, 100);
		assert_ok!(Margin::withdraw(signed(BOB), SUB, USDC, 90));
		assert_ok!(Margin::hand_out(BTC));
		assert_ok!(Margin::delist_asset(signed(ASSET_MANAGER), BTC));
		Timestamp::set_timestamp(Timestamp::get() + 8 * DAY);
		let waiting = || Grants::<Test>::get(USDC)[0].total_left;
		let before = waiting();
		assert_ok!(Margin::evict(signed(ALICE), BOB, SUB, BTC));
		assert!(waiting() < before);
		assert_noop!(Margin::evict(signed(ALICE), BOB, SUB, BTC), Error::NoPosition);
	});
}
