//! The house behind the auctions: what it offers, what it delivers, and what it sells to the market.

use super::*;
use crate::{Balance, House as HouseAccount, Pauses, Status};
use margin_math::{Amount, Price, Rounding, Value};
use margin_risk::Verdict;
use pallet_auctions::Seller;

/// The house holds bitcoin at 7,150 dollars and owes dollars for it. Bob has dollars.
fn stage() {
	ChainLiquidates::set(&false);
	open_long(ALICE, BTC, 10_000, 7);
	move_to(BTC, 715_000);
	assert_ok!(liquidate(ALICE));
	deposit(BOB, USDC, 20_000 * unit(USDC));
}

fn held() -> u128 {
	Margin::for_sale()
		.into_iter()
		.find(|good| good.asset == BTC)
		.map_or(0, |good| good.amount.0)
}

fn owed() -> u128 {
	Margin::owed()
		.into_iter()
		.find(|good| good.asset == USDC)
		.map_or(0, |good| good.amount.0)
}

fn take(who: AccountId, amount: u128, payment: u128) -> sp_runtime::DispatchResult {
	Margin::deliver(&who, SUB, BTC, Amount(amount), USDC, Amount(payment))
}

#[test]
fn the_house_offers_what_it_holds_for_what_it_owes_and_nothing_while_it_owes_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		assert!(Margin::for_sale().is_empty() && Margin::owed().is_empty());
		stage();
		let (sold, owed) = (Margin::for_sale(), Margin::owed());
		assert_eq!((sold.len(), sold[0].asset, sold[0].decimals), (1, BTC, decimals(BTC)));
		assert_eq!((owed.len(), owed[0].asset), (1, USDC));
		assert_eq!(sold[0].quote.live, cents(715_000));
		let mut house = HouseAccount::<Test>::get();
		let Some(debt) = house.balance(USDC) else {
			panic!("it owes dollars")
		};
		house.set(USDC, None).unwrap();
		HouseAccount::<Test>::put(&house);
		assert!(Margin::for_sale().is_empty(), "what is left is the fund's");
		house.set(USDC, Some(debt)).unwrap();
		HouseAccount::<Test>::put(house);
	});
}

#[test]
fn a_delivery_moves_both_balances_and_no_token() {
	ExtBuilder::default().build_and_execute(|| {
		stage();
		let before = (held(), owed(), wallet(Margin::account_id(), BTC));
		assert_ok!(take(BOB, unit(BTC), 7_000 * unit(USDC)));
		assert_eq!(balance(BOB, BTC), unit(BTC) as i128);
		assert_eq!(balance(BOB, USDC), 13_000 * unit(USDC) as i128);
		assert_eq!(held(), before.0 - unit(BTC));
		assert!(before.1 - owed() >= 7_000 * unit(USDC), "the payment pays the debt");
		assert_eq!(wallet(Margin::account_id(), BTC), before.2);
		assert!(events().iter().any(|event| matches!(
			event,
			Event::HouseDelivered { owner: BOB, amount, .. } if amount.0 == unit(BTC)
		)));
	});
}

#[test]
fn a_delivery_needs_no_liquidity() {
	ExtBuilder::default().build_and_execute(|| {
		stage();
		let liquidity = pool(BTC).liquidity.0 / unit(BTC) * unit(BTC);
		deposit(SUPPLIER, USDC, 60_000_000 * unit(USDC));
		reconfigure(BTC, |config| config.unborrowable = margin_math::Ratio::ZERO);
		assert_ok!(Margin::borrow(signed(SUPPLIER), SUB, BTC, liquidity));
		assert!(pool(BTC).liquidity.0 < unit(BTC));
		assert_ok!(take(BOB, unit(BTC), 7_000 * unit(USDC)));
	});
}

#[test]
fn no_more_is_delivered_than_the_house_holds_or_paid_than_it_owes() {
	ExtBuilder::default().build_and_execute(|| {
		stage();
		deposit(BOB, USDC, 200_000 * unit(USDC));
		let (held, owed) = (held(), owed());
		assert_noop!(take(BOB, held + 1, owed), Error::NotOnOffer);
		assert_noop!(take(BOB, held, owed + 1), Error::NotOnOffer);
		assert_noop!(take(BOB, held, u128::MAX), Error::NotOnOffer);
		assert_noop!(take(BOB, 0, owed), Error::AmountZero);
		assert_noop!(take(BOB, held, 0), Error::AmountZero);
		let wrong = Margin::deliver(&BOB, SUB, USDC, Amount(1), BTC, Amount(1));
		assert_noop!(wrong, Error::NotOnOffer);
		assert_ok!(take(BOB, held, owed));
		assert!(HouseAccount::<Test>::get().is_empty());
	});
}

#[test]
fn a_delivery_is_paid_out_of_a_deposit_and_nothing_is_borrowed_for_it() {
	ExtBuilder::default().build_and_execute(|| {
		stage();
		let (much, some) = (unit(BTC), 20_000 * unit(USDC));
		assert_noop!(take(BOB, much, some + 1), Error::NotEnoughDeposited);
		assert_noop!(take(MAKER, much, some), Error::UnknownAccount);
		assert_ok!(Margin::withdraw(signed(BOB), SUB, USDC, some));
		assert_noop!(take(BOB, much, 1), Error::NotEnoughDeposited);
	});
}

#[test]
fn a_delivery_leaves_the_account_within_its_margin() {
	ExtBuilder::default().build_and_execute(|| {
		stage();
		// All that his dollars secure is owed.
		assert_ok!(Margin::swap(signed(BOB), SUB, DOT, USDC, 8_000 * unit(DOT), 0));
		let spare = balance(BOB, USDC) as u128;
		assert_noop!(take(BOB, unit(BTC), spare / 2), Error::NotEnoughCollateral);
		assert_ok!(take(BOB, unit(BTC), 7_000 * unit(USDC)));
	});
}

#[test]
fn a_delivery_respects_state_and_pauses_as_a_purchase_does() {
	ExtBuilder::default().build_and_execute(|| {
		stage();
		let refused = |asset, change: &dyn Fn(&mut crate::AssetOf<Test>), error: Error| {
			let kept = crate::Assets::<Test>::get(asset);
			crate::Assets::<Test>::mutate(asset, |record| change(record.as_mut().unwrap()));
			assert_noop!(take(BOB, unit(BTC), 7_000 * unit(USDC)), error);
			crate::Assets::<Test>::set(asset, kept);
		};
		let trade = Pauses {
			trade: true,
			..Default::default()
		};
		for asset in [BTC, USDC] {
			refused(asset, &|record| record.pauses = trade, Error::ActionPaused);
			refused(asset, &|record| record.status = Status::Frozen, Error::AssetFrozen);
		}
		refused(
			BTC,
			&|record| record.status = Status::ReduceOnly,
			Error::AssetReduceOnly,
		);
		refused(
			BTC,
			&|record| record.config.account_cap = Amount(1),
			Error::AccountCapReached,
		);
		for asset in [BTC, USDC] {
			set_verdict(asset, Verdict::HeldBack);
			assert_noop!(take(BOB, unit(BTC), 7_000 * unit(USDC)), Error::PriceUnusable);
			set_verdict(asset, Verdict::Usable);
		}
		assert_ok!(take(BOB, unit(BTC), 7_000 * unit(USDC)));
	});
}

#[test]
fn a_delivery_pays_what_the_account_owes_of_it_first() {
	ExtBuilder::default().build_and_execute(|| {
		stage();
		assert_ok!(Margin::swap(signed(BOB), SUB, BTC, USDC, unit(BTC) / 2, 0));
		assert_ok!(take(BOB, unit(BTC), 7_000 * unit(USDC)));
		let left = balance(BOB, BTC);
		let half = unit(BTC) as i128 / 2;
		assert!((half - 1..=half).contains(&left), "{left}");
	});
}

#[test]
fn the_market_pays_the_price_that_is_asked_or_nothing_is_sold() {
	ExtBuilder::default().build_and_execute(|| {
		stage();
		let before = HouseAccount::<Test>::get();
		assert!(!Margin::market_pays(BTC, cents(720_000)));
		assert_eq!(Margin::sell_to_market(BTC, cents(720_000)), Ok(None));
		assert_eq!(HouseAccount::<Test>::get(), before);
		assert!(Margin::market_pays(BTC, cents(700_000)));
		let sold = Margin::sell_to_market(BTC, cents(700_000)).unwrap().unwrap();
		assert_eq!(sold.bought, USDC);
		let least = cents(700_000)
			.value_of(sold.amount_in, decimals(BTC), Rounding::Down)
			.unwrap();
		let paid = Price::ONE
			.value_of(sold.amount_out, decimals(USDC), Rounding::Down)
			.unwrap();
		assert!(paid >= least, "{paid} for {least}");
		assert_eq!(Margin::sell_to_market(ETH, cents(1)), Ok(None), "it holds none");
	});
}

/// The house holds two assets and owes a third: both ways lead through the market of dollars and ether.
fn two_assets_for_ether() {
	ChainLiquidates::set(&false);
	for (who, asset, short) in [(ALICE, BTC, 200), (BOB, DOT, 150)] {
		deposit(who, USDC, 10_000 * unit(USDC));
		assert_ok!(Margin::swap(signed(who), SUB, ETH, asset, short * unit(ETH), 0));
		trade_back();
	}
	move_to(ETH, 23_600);
	for who in [ALICE, BOB] {
		assert_ok!(liquidate(who));
	}
	let house = HouseAccount::<Test>::get();
	assert!(matches!(house.balance(ETH), Some(Balance::Debt(_))), "{house:?}");
}

#[test]
fn a_market_is_sold_to_once_a_block_whatever_the_pair() {
	ExtBuilder::default().build_and_execute(|| {
		two_assets_for_ether();
		let offered: Vec<_> = Margin::for_sale()
			.into_iter()
			.map(|good| good.asset)
			.filter(|asset| *asset != USDC)
			.collect();
		assert_eq!(offered, [BTC, DOT]);
		let sell = |asset| Margin::sell_to_market(asset, cents(1)).unwrap().is_some();
		assert!(sell(BTC));
		assert!(!sell(BTC), "the same pair");
		assert!(!Margin::market_pays(DOT, cents(1)));
		assert!(!sell(DOT), "another pair, through one of the same markets");
		build_on_block();
		assert!(sell(DOT));
		assert!(!sell(BTC));
	});
}

#[test]
fn an_account_without_equity_still_pays_by_auction() {
	ExtBuilder::default().build_and_execute(|| {
		ChainLiquidates::set(&false);
		open_long(ALICE, BTC, 10_000, 7);
		move_to(BTC, 600_000);
		assert_ok!(liquidate(ALICE));
		deposit(BOB, USDC, 100_000 * unit(USDC));
		let held = held();
		assert_ok!(take(BOB, held, 40_000 * unit(USDC)));
		next_block(2_000);
		assert!(HouseAccount::<Test>::get().is_empty(), "the rest is a loss");
		let lost = |event: &Event| matches!(event, Event::LossBooked { loss, .. } if *loss > Value::ZERO);
		assert!(events().iter().any(lost));
	});
}
