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

/// What the fund holds, in dollars of this moment.
fn fund_worth() -> Value {
	crate::ledger::Ledger::<Test>::new()
		.health(&Fund::<Test>::get())
		.unwrap()
		.equity
}

#[test]
fn an_ordinary_liquidation_costs_neither_fund_nor_suppliers() {
	ExtBuilder::default().build_and_execute(|| {
		ChainLiquidates::set(&false);
		liquidated_long(715_000);
		let Some(Event::Liquidated { penalty, .. }) = events().pop() else {
			panic!("a liquidation comes last")
		};
		assert!(HouseAccount::<Test>::get().has_debt());
		settles();
		assert!(sales() > 1);
		assert!(!events().iter().any(|event| matches!(event, Event::LossBooked { .. })));
		assert!(events().iter().any(|event| matches!(event, Event::HouseSettled { .. })));
		let gained = fund_worth();
		assert!(gained > Value::ZERO && gained <= penalty, "{gained:?} of {penalty:?}");
	});
}

/// A short of one asset against another, taken over by the house: two markets lie between what it holds and owes.
fn two_hops() {
	ChainLiquidates::set(&false);
	deposit(ALICE, USDC, 10_000 * unit(USDC));
	assert_ok!(Margin::swap(signed(ALICE), SUB, ETH, BTC, 100 * unit(ETH), 0));
	trade_back();
	move_to(ETH, 27_500);
	assert_ok!(liquidate(ALICE));
	let house = HouseAccount::<Test>::get();
	assert!(matches!(house.balance(ETH), Some(crate::Balance::Debt(_))), "{house:?}");
	assert!(
		matches!(house.balance(BTC), Some(crate::Balance::Deposit(_))),
		"{house:?}"
	);
}

/// Given time, and others who keep the market's price, the house is done with all that it took.
fn settles() {
	for _ in 0..60 {
		next_block(2_000);
		trade_back();
	}
	assert!(
		HouseAccount::<Test>::get().is_empty(),
		"{:?}",
		HouseAccount::<Test>::get()
	);
}

#[test]
fn a_sale_over_two_markets_pays_for_itself() {
	ExtBuilder::default().build_and_execute(|| {
		two_hops();
		settles();
	});
}

#[test]
fn dust_where_a_pool_would_be_diverts_no_sale() {
	ExtBuilder::default().build_and_execute(|| {
		use pallet_asset_conversion::PoolLocator;
		let nowhere = <Test as pallet_asset_conversion::Config>::PoolLocator::pool_address(&BTC, &ETH).unwrap();
		assert_ok!(Assets::transfer(signed(BOB), BTC, nowhere, 100));
		assert_ok!(Assets::transfer(signed(BOB), ETH, nowhere, 100_000));
		two_hops();
		settles();
	});
}

#[test]
fn a_pool_of_dust_diverts_no_sale() {
	ExtBuilder::default().build_and_execute(|| {
		let bob = || signed(BOB);
		assert_ok!(AssetConversion::create_pool(bob(), Box::new(BTC), Box::new(ETH)));
		let (btc, eth) = (Box::new(BTC), Box::new(ETH));
		assert_ok!(AssetConversion::add_liquidity(
			bob(),
			btc,
			eth,
			1_000,
			1_000_000,
			1,
			1,
			BOB
		));
		two_hops();
		settles();
	});
}

#[test]
fn what_has_no_price_does_not_keep_the_house_from_settling() {
	ExtBuilder::default().build_and_execute(|| {
		ChainLiquidates::set(&false);
		deposit(ALICE, DOT, unit(DOT));
		open_long(ALICE, BTC, 10_000, 7);
		move_to(BTC, 600_000);
		assert_ok!(liquidate(ALICE));
		set_verdict(DOT, margin_risk::Verdict::Missing);
		settles();
	});
}

#[test]
fn a_sale_shrinks_until_it_fits_the_band() {
	ExtBuilder::default().build_and_execute(|| {
		two_hops();
		// The market pays 0.3 % less than the oracle says, on top of its fees.
		set_price(ETH, 27_580);
		next_block(2_000);
		assert_eq!(sales(), 1);
	});
}

#[test]
fn a_short_that_was_taken_over_is_bought_back() {
	ExtBuilder::default().build_and_execute(|| {
		ChainLiquidates::set(&false);
		open_short(ALICE, BTC, 10_000, 6);
		move_to(BTC, 900_000);
		assert_ok!(liquidate(ALICE));
		settles();
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
		assert!(sold <= 1_250 * unit(BTC) / 400, "{sold}");
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
		let deposit = || match HouseAccount::<Test>::get().balance(BTC) {
			Some(crate::Balance::Deposit(shares)) => shares,
			other => panic!("{other:?}"),
		};
		let (held, lent) = (deposit(), pool(BTC).debt);
		move_to(BTC, 1_000_000);
		assert_ok!(liquidate(BOB));
		assert!(deposit() < held, "what the long left pays what the short owed");
		assert!(pool(BTC).debt < lent, "no bitcoin moved, and less is owed");
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
		settles();
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
		settles();
	});
}

#[test]
fn the_house_writes_nothing_off_while_the_price_of_its_inventory_is_dead() {
	ExtBuilder::default().build_and_execute(|| {
		open_long(ALICE, BTC, 10_000, 7);
		set_price(BTC, 720_000);
		// No sale within the band.
		set_market(BTC, 600_000);
		next_block(2_000);
		let held = HouseAccount::<Test>::get().balance(BTC);
		assert!(held.is_some());
		set_verdict(BTC, margin_risk::Verdict::Stale);
		Timestamp::set_timestamp(Timestamp::get() + 8 * HOUR);
		set_price(USDC, 100);
		next_block(2_000);
		assert_eq!(HouseAccount::<Test>::get().balance(BTC), held);
		assert_eq!(pool(USDC).deficit, margin_math::Amount::ZERO);
	});
}
