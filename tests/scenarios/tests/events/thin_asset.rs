//! S3: two accounts of one man trade a thin asset with each other, its price goes through the roof, and the one that
//! gains borrows out what he has on paper.
//!
//! What holds. The stable price hardly moves in 20 minutes, so that the winner takes out less than he put in, and what
//! he owes is covered when the price is back. The loser's short cannot be bought back as fast as the price rises: when
//! his collateral is spent, the rest is lost to the suppliers of the thin asset, in units of it: three fifths of the
//! short if the price comes back at once, four fifths if it stays. That is no more than he borrowed, and all that
//! everybody borrows of it in a day is bounded by its borrow window.

use margin_math::Value;
use margin_runtime::{units::*, *};
use margin_scenarios::{chain::*, stage::*};
use pallet_margin::Direction;

const SIZE: Balance = 1_200_000 * DOT_UNIT;
const COLLATERAL: Balance = 3_000_000 * USDC_UNIT;

/// Bob goes long and Charlie short, in small parts by turns, so that the market stays where it is.
fn trade_with_each_other() {
	fed(&FIRST_PRICES);
	all_done(["//Bob", "//Charlie"].map(|seed| (seed, supply(USDC, COLLATERAL))));
	let part = 20_000 * DOT_UNIT;
	for _ in 0..SIZE / part {
		fed(&FIRST_PRICES);
		all_done([
			("//Bob", open(Direction::Long, DOT, part)),
			("//Charlie", open(Direction::Short, DOT, part)),
		]);
	}
	assert_eq!(amount("//Bob", DOT) / DOT_UNIT as i128, 1_200_000);
	assert_eq!(amount("//Charlie", DOT) / DOT_UNIT as i128, -1_200_000);
}

/// The price of DOT goes from 4 to 96 dollars within 20 minutes, fed honestly, and the market with it. Calls
/// `each_minute` at the end of each.
fn pump(mut each_minute: impl FnMut()) {
	let mut millionths = 4_000_000u128;
	for turn in 1..=120 {
		millionths = millionths * 1_026_839 / 1_000_000;
		let cents = millionths / 10_000;
		begin_after(1);
		feed_all(&FIRST_PRICES.map(|(key, first)| (key, if key == DOT { cents } else { first })));
		keep_market(DOT, cents);
		end();
		idle(4);
		if turn % 6 == 0 {
			each_minute();
		}
	}
	assert_eq!(millionths / 1_000_000, 96);
}

/// The price of DOT stays at so many cents for so many minutes.
fn stays_at(cents: u128, minutes: u32) {
	for _ in 0..6 * minutes {
		begin_after(1);
		feed_all(&FIRST_PRICES.map(|(key, first)| (key, if key == DOT { cents } else { first })));
		keep_market(DOT, cents);
		end();
		idle(4);
	}
}

fn house() -> Vec<AssetId> {
	pallet_margin::House::<Runtime>::get()
		.holdings
		.iter()
		.map(|held| held.asset)
		.collect()
}

/// The deficit of DOT, which is the only one.
fn lost_dot() -> Balance {
	let lost = deficits();
	assert!(lost.iter().all(|(asset, _)| *asset == DOT), "{lost:?}");
	lost.iter().map(|(_, amount)| amount).sum()
}

fn whole_dollars(value: Value) -> i128 {
	value.raw() / 10i128.pow(18)
}

#[test]
fn who_gains_on_paper_should_take_out_less_than_he_put_in_and_leave_no_loss_behind() {
	development(|| {
		trade_with_each_other();
		let mut taken = 0;
		pump(|| {
			let most = largest("//Bob", 1_000_000_000 * USDC_UNIT, |amount| borrow(USDC, amount));
			if most > 0 {
				assert_eq!(dispatched("//Bob", borrow(USDC, most)), Ok(()));
				taken += most;
			}
		});
		assert!(account("//Bob").equity > Value::from_dollars(105_000_000), "on paper");
		for asset in [USDC, BTC, ETH, DOT] {
			assert_eq!(
				largest("//Bob", u128::MAX / 4, |amount| borrow(asset, amount)),
				0,
				"a loan of {asset}"
			);
		}
		assert!(taken < COLLATERAL);

		let before = round("//Bob");
		stays_at(400, 60);
		assert_eq!(round("//Bob"), before, "he is where he was");
		assert!(!account("//Bob").maintenance_health.is_negative());
		assert!(house().is_empty(), "what the house took over is bought back");
		// At the price that is true again, the two are worth less than they were, the loans in their wallet included.
		let worth = ["//Bob", "//Charlie"]
			.map(|seed| whole_dollars(account(seed).equity))
			.iter()
			.sum::<i128>();
		let kept = worth + (taken / USDC_UNIT) as i128;
		assert!(kept < 2 * (COLLATERAL / USDC_UNIT) as i128);
		// What was bought back at the height is lost, and nothing else is.
		assert!(lost_dot() < SIZE * 2 / 3, "{} DOT of {SIZE} were lost", lost_dot());
	});
}

#[test]
fn who_loses_should_cost_the_suppliers_no_more_than_he_borrowed_if_the_price_stays() {
	development(|| {
		trade_with_each_other();
		pump(|| ());
		stays_at(9_600, 30);
		let left = account("//Charlie");
		assert!(left.debts.is_zero() && left.deposits < Value::from_dollars(100));
		assert!(house().is_empty(), "all of his collateral is spent on buying back");
		assert!(lost_dot() < SIZE * 5 / 6);
	});
}

#[test]
fn a_thin_asset_should_not_be_borrowed_beyond_its_window_by_however_many() {
	development(|| {
		fed(&FIRST_PRICES);
		let traders = ["//Bob", "//Charlie", "//Dave"];
		all_done(traders.map(|seed| (seed, supply(USDC, 9_000_000 * USDC_UNIT))));
		begin_after(1);
		feed_all(&FIRST_PRICES);
		let mut borrowed = 0;
		for seed in traders {
			let most = largest(seed, 10_000_000 * DOT_UNIT, |amount| borrow(DOT, amount));
			if most > 0 {
				assert_eq!(dispatched(seed, borrow(DOT, most)), Ok(()));
			}
			borrowed += most;
		}
		// As much as the market has.
		assert_eq!(borrowed, 1_250_000 * DOT_UNIT);
		end();
	});
}
