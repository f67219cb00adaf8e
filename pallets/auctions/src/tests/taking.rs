//! The call `take`.

use super::*;
use crate::Auctions as Stored;
use margin_math::Amount;

#[test]
fn a_part_is_taken_at_the_price_of_the_clock() {
	with_lot(|| {
		pass(20_000);
		let price = cents(19_900);
		assert_ok!(Auctions::take(signed(ALICE), ETH, 3 * unit(ETH), price, USDC, 7));
		let payment = 597 * unit(USDC);
		assert_eq!(
			events(),
			[Event::Taken {
				who: ALICE,
				sub: 7,
				asset: ETH,
				amount: Amount(3 * unit(ETH)),
				pay_with: USDC,
				payment: Amount(payment),
				price,
			}]
		);
		assert_eq!(wallet(ALICE, ETH), 3 * unit(ETH));
		assert_eq!(owed(USDC), 2_000 * unit(USDC) - payment);
	});
}

#[test]
fn the_payment_is_rounded_up() {
	with_lot(|| {
		pass(20_000);
		let before = wallet(ALICE, USDC);
		assert_ok!(take(ALICE, ETH, unit(ETH) + 1));
		assert_eq!(before - wallet(ALICE, USDC), 199 * unit(USDC) + 1);
	});
}

#[test]
fn the_payment_counts_at_the_live_price_of_what_is_paid_with() {
	with_lot(|| {
		set_price(USDC, 80);
		assert_ok!(take(ALICE, ETH, unit(ETH)));
		assert_eq!(1_000_000 * unit(USDC) - wallet(ALICE, USDC), 251_250_000, "201 / 0.8");
	});
}

#[test]
fn the_largest_number_takes_all_and_closes_the_auction() {
	ExtBuilder::default().build_and_execute(|| {
		fill(ETH, 10 * unit(ETH), 3_000);
		bring(ALICE, 10_000);
		next_block(BLOCK_MS);
		assert_ok!(take(ALICE, ETH, u128::MAX));
		assert_eq!((held(ETH), wallet(ALICE, ETH)), (0, 10 * unit(ETH)));
		assert!(Stored::<Test>::get(ETH).is_none());
		assert!(events().contains(&Event::Closed { asset: ETH, rounds: 1 }));
		assert_noop!(take(ALICE, ETH, u128::MAX), Error::NothingOnOffer);
	});
}

#[test]
fn no_more_is_paid_than_is_owed() {
	with_lot(|| {
		let spent = || 1_000_000 * unit(USDC) - wallet(ALICE, USDC);
		assert_ok!(take(ALICE, ETH, u128::MAX));
		// 2,000 dollars buy 9.95 ether at 201.
		assert_eq!(wallet(ALICE, ETH), 2_000 * unit(ETH) / 201);
		assert_eq!((spent(), owed(USDC)), (2_000 * unit(USDC), 0));
		next_block(BLOCK_MS);
		assert!(Stored::<Test>::get(ETH).is_none(), "nothing is owed for the rest");
	});
}

#[test]
fn a_coarse_asset_is_not_paid_above_the_price() {
	ExtBuilder::default().build_and_execute(|| {
		// One smallest unit of the asset is worth 40 dollars.
		set_price(BTC, 400_000_000_000);
		fill(BTC, 100, 1_010);
		bring(ALICE, 10_000);
		next_block(BLOCK_MS);
		assert_ok!(take(ALICE, BTC, u128::MAX));
		assert_eq!(wallet(ALICE, BTC), 25);
		assert_eq!(
			10_000 * unit(USDC) - wallet(ALICE, USDC),
			1_005 * unit(USDC),
			"25 at 40.20"
		);
	});
}

#[test]
fn what_is_taken_and_what_is_left_is_worth_a_take() {
	with_lot(|| {
		let (enough, too_little) = (unit(ETH) / 2, unit(ETH) * 497 / 1_000);
		assert_noop!(take(ALICE, ETH, too_little), Error::TooSmall);
		assert_noop!(take(ALICE, ETH, held(ETH) - too_little), Error::RestTooSmall);
		assert_ok!(take(ALICE, ETH, enough));
		let left = held(ETH);
		assert_ok!(take(ALICE, ETH, left - enough));
		assert_noop!(take(ALICE, ETH, enough / 2), Error::TooSmall);
	});
}

#[test]
fn a_lot_below_the_least_is_taken_whole() {
	ExtBuilder::default().build_and_execute(|| {
		fill(ETH, unit(ETH) / 10, 2_000);
		bring(ALICE, 1_000);
		next_block(BLOCK_MS);
		assert_noop!(take(ALICE, ETH, unit(ETH) / 20), Error::TooSmall);
		assert_ok!(take(ALICE, ETH, unit(ETH) / 10));
	});
}

#[test]
fn a_small_debt_can_be_paid_off_whole() {
	ExtBuilder::default().build_and_execute(|| {
		fill(ETH, 10 * unit(ETH), 20);
		bring(ALICE, 1_000);
		next_block(BLOCK_MS);
		assert_ok!(take(ALICE, ETH, u128::MAX));
		assert_eq!(owed(USDC), 0);
		assert!(held(ETH) > 9 * unit(ETH));
	});
}

#[test]
fn what_the_house_refuses_changes_nothing() {
	with_lot(|| {
		assert_noop!(
			take(BOB, ETH, unit(ETH)),
			sp_runtime::DispatchError::Other("cannot pay")
		);
		Refuses::set(&vec![1]);
		assert_noop!(
			take(ALICE, ETH, unit(ETH)),
			sp_runtime::DispatchError::Other("the house refuses")
		);
	});
}

#[test]
fn two_buyers_share_a_round() {
	with_lot(|| {
		bring(BOB, 1_000);
		pass(40_000);
		assert_ok!(take(ALICE, ETH, unit(ETH)));
		next_block(BLOCK_MS);
		assert_ok!(take(BOB, ETH, unit(ETH)));
		let prices: Vec<_> = events()
			.into_iter()
			.filter_map(|event| match event {
				Event::Taken { price, .. } => Some(price),
				_ => None,
			})
			.collect();
		assert_eq!(prices, [cents(19_700), cents(19_680)], "a take does not stop the clock");
	});
}

#[test]
fn the_views_tell_what_a_take_finds() {
	with_lot(|| {
		pass(20_000);
		let view = Auctions::auctions().pop().unwrap();
		assert_eq!(
			(view.asset, view.round, view.on_offer),
			(ETH, 1, Amount(10 * unit(ETH)))
		);
		assert_eq!((view.price, view.floor), (Some(cents(19_900)), Some(cents(19_500))));
		assert_eq!(view.ends_at.unwrap() - view.started_at.unwrap(), 60_000);
		let payment = Auctions::payments().pop().unwrap();
		assert_eq!((payment.asset, payment.most), (USDC, Amount(2_000 * unit(USDC))));
		assert_noop!(
			Auctions::take(signed(ALICE), ETH, unit(ETH), cents(19_899), USDC, 0),
			Error::PriceAboveMax
		);
		assert_ok!(Auctions::take(signed(ALICE), ETH, unit(ETH), cents(19_900), USDC, 0));
		fill(DOT, unit(DOT), 4);
		set_level(DOT, Level::NoStart);
		next_block(BLOCK_MS);
		let waits = Auctions::auctions().pop().unwrap();
		assert_eq!((waits.asset, waits.round, waits.price), (DOT, 0, None));
	});
}
