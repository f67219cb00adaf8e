use super::*;
use crate::{Fund, House as HouseAccount};
use margin_math::Value;

fn liquidated_long(price: u128) {
	open_long(ALICE, BTC, 10_000, 7);
	move_to(BTC, price);
	assert_ok!(liquidate(ALICE));
}

fn sales() -> usize {
	events()
		.iter()
		.filter(|event| matches!(event, Event::HouseSold { .. }))
		.count()
}

#[test]
fn the_house_sells_what_it_took_and_the_gain_goes_to_the_fund() {
	ExtBuilder::default().build_and_execute(|| {
		ChainLiquidates::set(&false);
		liquidated_long(710_000);
		assert!(HouseAccount::<Test>::get().has_debt());
		for _ in 0..20 {
			next_block(2_000);
		}
		assert!(sales() > 0);
		assert!(
			HouseAccount::<Test>::get().is_empty(),
			"{:?}",
			HouseAccount::<Test>::get()
		);
		assert!(!Fund::<Test>::get().is_empty());
	});
}

#[test]
fn a_short_that_was_taken_over_is_bought_back() {
	ExtBuilder::default().build_and_execute(|| {
		ChainLiquidates::set(&false);
		open_short(ALICE, BTC, 10_000, 6);
		move_to(BTC, 900_000);
		assert_ok!(liquidate(ALICE));
		for _ in 0..20 {
			next_block(2_000);
		}
		assert!(
			HouseAccount::<Test>::get().is_empty(),
			"{:?}",
			HouseAccount::<Test>::get()
		);
	});
}

#[test]
fn the_house_waits_while_the_market_is_out_of_its_band() {
	ExtBuilder::default().build_and_execute(|| {
		ChainLiquidates::set(&false);
		liquidated_long(710_000);
		set_market(BTC, 650_000);
		next_block(2_000);
		assert_eq!(sales(), 0);
		set_market(BTC, 705_000);
		next_block(2_000);
		assert_eq!(sales(), 1);
	});
}

#[test]
fn the_house_sells_nothing_at_an_unusable_price() {
	ExtBuilder::default().build_and_execute(|| {
		ChainLiquidates::set(&false);
		liquidated_long(710_000);
		set_verdict(BTC, margin_risk::Verdict::Stale);
		next_block(2_000);
		set_verdict(BTC, margin_risk::Verdict::Usable);
		set_verdict(USDC, margin_risk::Verdict::HeldBack);
		next_block(2_000);
		assert_eq!(sales(), 0);
	});
}

#[test]
fn one_sale_uses_a_small_share_of_the_markets_depth() {
	ExtBuilder::default().build_and_execute(|| {
		ChainLiquidates::set(&false);
		open_long(ALICE, BTC, 50_000, 6);
		move_to(BTC, 690_000);
		assert_ok!(liquidate(ALICE));
		next_block(2_000);
		let sold = events()
			.into_iter()
			.find_map(|event| match event {
				Event::HouseSold { amount_in, .. } => Some(amount_in.0),
				_ => None,
			})
			.unwrap();
		// The pool began with 1,250 BTC.
		assert!(sold <= 1_250 * unit(BTC) / 100, "{sold}");
		assert!(HouseAccount::<Test>::get().has_debt(), "the rest comes in later blocks");
	});
}

#[test]
fn a_long_and_a_short_taken_over_pay_each_other() {
	ExtBuilder::default().build_and_execute(|| {
		ChainLiquidates::set(&false);
		open_long(ALICE, BTC, 10_000, 7);
		open_short(BOB, BTC, 10_000, 6);
		move_to(BTC, 600_000);
		assert_ok!(liquidate(ALICE));
		let held = HouseAccount::<Test>::get().balance(BTC);
		assert!(matches!(held, Some(crate::Balance::Deposit(_))));
		move_to(BTC, 1_000_000);
		assert_ok!(liquidate(BOB));
		// What was long is now owed, and the other way round: one side is left of each asset.
		assert!(HouseAccount::<Test>::get().holdings.len() <= 2);
	});
}

#[test]
fn a_loss_on_the_sale_falls_to_the_fund_and_then_to_the_pool() {
	ExtBuilder::default().build_and_execute(|| {
		ChainLiquidates::set(&false);
		open_long(ALICE, BTC, 10_000, 7);
		move_to(BTC, 720_000);
		assert_ok!(liquidate(ALICE));
		// Between the step and the sale the price falls by another tenth.
		move_to(BTC, 640_000);
		for _ in 0..20 {
			next_block(2_000);
		}
		assert!(
			HouseAccount::<Test>::get().is_empty(),
			"{:?}",
			HouseAccount::<Test>::get()
		);
		let lost = events()
			.into_iter()
			.any(|event| matches!(event, Event::LossBooked { loss, .. } if loss > Value::ZERO));
		assert!(lost);
	});
}

#[test]
fn a_rest_that_no_market_takes_does_not_keep_a_loss_off_the_books() {
	ExtBuilder::default().build_and_execute(|| {
		ChainLiquidates::set(&false);
		open_long(ALICE, BTC, 10_000, 7);
		move_to(BTC, 600_000);
		assert_ok!(liquidate(ALICE));
		// All but one smallest unit of what is left to sell vanishes from the market's reach.
		let mut house = HouseAccount::<Test>::get();
		let Some(crate::Balance::Deposit(shares)) = house.balance(BTC) else {
			panic!("the house holds BTC")
		};
		let rest = margin_math::Shares(1_000);
		let rich = crate::Balance::Deposit(shares.checked_sub(rest).unwrap());
		house.set(BTC, Some(crate::Balance::Deposit(rest))).unwrap();
		let mut fund = Fund::<Test>::get();
		fund.set(BTC, Some(rich)).unwrap();
		HouseAccount::<Test>::put(house);
		Fund::<Test>::put(fund);
		for _ in 0..3 {
			next_block(2_000);
		}
		assert!(
			HouseAccount::<Test>::get().is_empty(),
			"{:?}",
			HouseAccount::<Test>::get()
		);
	});
}
