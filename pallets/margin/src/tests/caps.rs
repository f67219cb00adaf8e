//! What the house has no room for: scenario S5, the backstop as a silo with a cap, and the way to the market past it.

use super::*;
use crate::{House as HouseAccount, HouseParams};
use margin_math::{Amount, Value};
use margin_risk::Side;

fn cap(asset_cap: u32, inventory_cap: u32) {
	House::set(&HouseParams {
		asset_cap: Value::from_dollars(asset_cap.into()),
		inventory_cap: Value::from_dollars(inventory_cap.into()),
		..House::get()
	});
}

/// What the house holds, in dollars.
fn inventory() -> Value {
	let legs = crate::ledger::Ledger::<Test>::new()
		.legs(&HouseAccount::<Test>::get())
		.unwrap();
	legs.iter()
		.filter(|leg| leg.side == Side::Deposit)
		.fold(Value::ZERO, |sum, leg| {
			sum.checked_add(crate::house::value::<Test>(leg, margin_math::Rounding::Down).unwrap())
				.unwrap()
		})
}

/// The chain's next block, without the house's sales.
fn poll() {
	use frame_support::traits::OnPoll;
	let block = build_on_block();
	let mut meter = frame_support::weights::WeightMeter::with_limit(LiquidationWeight::get());
	<Margin as OnPoll<u64>>::on_poll(block, &mut meter);
}

fn sold() -> Vec<(Amount, Amount)> {
	events()
		.into_iter()
		.filter_map(|event| match event {
			Event::SoldToMarket {
				amount_in, amount_out, ..
			} => Some((amount_in, amount_out)),
			_ => None,
		})
		.collect()
}

/// Alice is long 70,000 dollars of bitcoin on 10,000 of her own, and below maintenance.
fn alice_sinks() {
	ChainLiquidates::set(&false);
	open_long(ALICE, BTC, 10_000, 7);
	move_to(BTC, 715_000);
}

#[test]
fn the_house_holds_no_more_of_an_asset_than_its_cap() {
	ExtBuilder::default().build_and_execute(|| {
		alice_sinks();
		cap(5_000, 1_000_000);
		assert_ok!(liquidate(ALICE));
		let held = inventory();
		let (most, least) = (Value::from_dollars(5_000), Value::from_dollars(4_999));
		assert!(
			held <= most.checked_add(Value::from_raw(10i128.pow(14))).unwrap() && held > least,
			"{held}"
		);
		assert_noop!(liquidate(ALICE), Error::HouseFullOfAsset);
	});
}

#[test]
fn the_house_holds_no_more_of_all_assets_than_its_cap() {
	ExtBuilder::default().build_and_execute(|| {
		ChainLiquidates::set(&false);
		open_long(ALICE, BTC, 10_000, 7);
		open_long(BOB, DOT, 10_000, 4);
		move_to(BTC, 715_000);
		move_to(DOT, 330);
		cap(8_000, 12_000);
		assert_ok!(liquidate(ALICE));
		assert_ok!(liquidate(BOB));
		let held = inventory();
		assert!(
			held <= Value::from_dollars(12_001) && held > Value::from_dollars(11_998),
			"{held}"
		);
		assert_noop!(liquidate(ALICE), Error::HouseFull);
		assert_noop!(liquidate(BOB), Error::HouseFull);
	});
}

#[test]
fn what_pays_the_houses_own_debt_takes_up_no_room() {
	ExtBuilder::default().build_and_execute(|| {
		alice_sinks();
		open_short(BOB, ETH, 10_000, 6);
		move_to(ETH, 22_400);
		assert_ok!(liquidate(ALICE));
		// Full of bitcoin, and owing dollars for it: the short's dollars pay those.
		cap(1_000, 1_000);
		move_to(BTC, 700_000);
		assert_noop!(liquidate(ALICE), Error::HouseFull);
		let held = inventory();
		assert_ok!(liquidate(BOB));
		assert_eq!(inventory(), held);
	});
}

#[test]
fn past_the_caps_collateral_goes_to_the_market_a_little_each_block() {
	ExtBuilder::default().build_and_execute(|| {
		alice_sinks();
		cap(100, 100);
		ChainLiquidates::set(&true);
		let (mut before, first) = (health(ALICE), round(ALICE));
		let mut blocks = 0;
		while health(ALICE).is_negative() {
			blocks += 1;
			poll();
			assert!(health(ALICE) > before, "each sale leaves her better off");
			before = health(ALICE);
			trade_back();
			assert!(blocks < 60, "it ends");
		}
		let sales = sold();
		assert!(sales.len() > 1, "the market's depth bounds each sale");
		assert_eq!(round(ALICE), first + sales.len() as u32);
		assert!(
			view(ALICE).target_health <= Value::from_dollars(1),
			"and it ends at the target at most"
		);
		for (amount_in, amount_out) in sales {
			let worth = cents(715_000)
				.value_of(amount_in, 8, margin_math::Rounding::Down)
				.unwrap();
			let worst = worth
				.mul_ratio(margin_math::Ratio::from_ppm(987_500), margin_math::Rounding::Down)
				.unwrap();
			let paid = cents(100).value_of(amount_out, 6, margin_math::Rounding::Down).unwrap();
			assert!(paid >= worst, "{paid} for {worth}");
		}
		assert!(HouseAccount::<Test>::get().is_empty(), "the house took nothing");
		assert_eq!(pool(USDC).deficit, Amount::ZERO);
	});
}

#[test]
fn the_market_gets_nothing_outside_the_band_or_twice_in_a_block() {
	ExtBuilder::default().build_and_execute(|| {
		alice_sinks();
		cap(100, 100);
		let step = || {
			let mut batch = crate::batch::Batch::<Test>::new(crate::ledger::Ledger::new());
			batch.market_step(&ALICE, SUB, (BTC, USDC)).map(|()| batch.commit())
		};
		set_market(BTC, 700_000);
		assert_noop!(step(), Error::NoMarket);
		set_market(BTC, 715_000);
		assert_ok!(step());
		assert_noop!(step(), Error::NoMarket);
		build_on_block();
		trade_back();
		assert_ok!(step());
		move_to(BTC, 800_000);
		assert_noop!(step(), Error::NotLiquidatable);
		move_to(BTC, 600_000);
		assert_noop!(step(), Error::EquityGone);
		set_verdict(BTC, margin_risk::Verdict::Stale);
		assert!(step().is_err());
	});
}

#[test]
fn without_equity_the_house_takes_an_account_past_its_caps_and_the_loss_goes_the_defined_way() {
	ExtBuilder::default().build_and_execute(|| {
		ChainLiquidates::set(&false);
		open_long(ALICE, BTC, 10_000, 7);
		cap(100, 100);
		let suppliers = pool(USDC).deposit_index();
		move_to(BTC, 600_000);
		ChainLiquidates::set(&true);
		poll();
		assert!(view(ALICE).balances.is_empty());
		assert!(inventory() > Value::from_dollars(50_000));
		let by_fund = events().into_iter().find_map(|event| match event {
			Event::LossBooked { loss, by_fund } if loss > Value::ZERO => Some(by_fund),
			_ => None,
		});
		assert!(
			by_fund.is_some_and(|paid| paid < Value::from_dollars(100)),
			"the fund is all but empty"
		);
		assert!(
			pool(USDC).deficit > Amount(2_000 * unit(USDC)),
			"the rest is a deficit, booked once"
		);
		assert!(
			pool(USDC).deposit_index() >= suppliers,
			"and nobody's deposit is cut by it"
		);
	});
}

#[test]
fn those_whom_the_market_refuses_do_not_keep_the_others_from_it() {
	ExtBuilder::default().build_and_execute(|| {
		ChainLiquidates::set(&false);
		for who in 100..110 {
			assert_ok!(Assets::transfer(signed(MAKER), USDC, who, 10_000 * unit(USDC)));
			open_long(who, BTC, 1_000, 7);
		}
		open_long(BOB, DOT, 10_000, 4);
		trade_back();
		cap(100, 100);
		// The market of bitcoin is far below the price, that of DOT is not.
		move_to(BTC, 708_000);
		set_market(BTC, 650_000);
		move_to(DOT, 330);
		let before = health(BOB);
		assert!(before.is_negative() && (100..110).all(|who| health(who).is_negative()));
		ChainLiquidates::set(&true);
		poll();
		assert!(health(BOB) > before);
		assert_eq!(sold().len(), 1);
	});
}
