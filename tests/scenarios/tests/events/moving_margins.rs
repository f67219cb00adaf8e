//! Margins that follow volatility. Elsewhere they were raised overnight by decree, and positions that had been sound the
//! evening before were sold at the open; or they stayed where they were while the market fell by half.
//!
//! Here they rise by themselves, no faster than their limit and never before it was told, so that nobody is liquidated by
//! a raise that he could not have seen coming.

use margin_math::{Ratio, Rounding};
use margin_runtime::{units::*, *};
use margin_scenarios::{candles::march_2020, chain::*, margins::*, sales::*, stage::*};
use pallet_margin::{Direction, Event};

/// Prices may be a minute old, which is longer than there is between two feeds.
const LASTING: u64 = 60_000;
/// Some hours before the first fall: 12 March 2020, 05:00 UTC.
const DAWN: usize = 29;

/// How often an account was liquidated in the last block.
fn liquidations() -> usize {
	let liquidated = |event: &Event<Runtime>| matches!(event, Event::Liquidated { .. });
	told().iter().filter(|event| liquidated(event)).count()
}

/// A price of BTC that goes up by `percent` and comes back, every few minutes, and ends where it was.
fn swings(percent: u128) -> [Cents; 4] {
	[100 + percent / 2, 100 + percent, 100 + percent / 2, 100].map(|to| moved(BTC, to, 100))
}

/// A block with a feed of `prices`, 50 seconds after the last one.
fn next(prices: &Cents, watch: &mut Watch) {
	fed_after(SLOTS, prices);
	watch.look();
}

#[test]
fn through_the_day_in_which_btc_lost_half_every_raise_should_be_told_before_it_comes_and_keep_to_its_limit() {
	development(|| {
		let mut prices = march_2020(DAWN, 18, STEPS);
		let dawn = prices.next().unwrap();
		prices_last(LASTING);
		fed(&dawn);
		keep_market(BTC, dawn[1].1);
		keep_market(ETH, dawn[2].1);
		let traders = [
			("//Bob", Direction::Long, BTC, 4 * BTC_UNIT),
			("//Charlie", Direction::Long, ETH, 200 * ETH_UNIT),
			("//Dave", Direction::Short, BTC, 4 * BTC_UNIT),
			("//Eve", Direction::Long, BTC, 9 * BTC_UNIT),
		];
		all_done(traders.map(|(seed, ..)| (seed, supply(USDC, 10_000 * USDC_UNIT))));
		all_done(traders.map(|(seed, direction, asset, size)| (seed, open(direction, asset, size))));
		let (mut watch, calm) = (Watch::of(&[BTC, ETH]), ratios(BTC).maintenance);
		let before = round("//Dave");
		let (mut liquidated, mut highest, mut sold) = (0, calm, 0);
		for prices in prices {
			next(&prices, &mut watch);
			liquidated += liquidations();
			sold += brought();
			keep_market(BTC, prices[1].1);
			keep_market(ETH, prices[2].1);
			highest = highest.max(ratios(BTC).maintenance);
		}
		assert!(liquidated > 0, "the longs were");
		assert_eq!(round("//Dave"), before, "the short was not");
		let twice = calm.saturating_add(calm);
		assert!(highest > twice, "from {calm:?} to {highest:?} at most");
		assert!(!watch.warnings(ETH).is_empty());
		// Blocks come 25 times as rarely as they do, and so does what the market buys of the house while the price falls.
		assert!(lost() < sold / 5, "{} of {sold} dollars", lost());
	});
}

#[test]
fn a_raise_alone_should_liquidate_nobody_who_was_not_told_of_it_hours_before() {
	development(|| {
		prices_last(LASTING);
		fed(&FIRST_PRICES);
		// Bob's position is about as large as initial margin allows, Charlie's is half of that. Both can only gain.
		all_done(["//Bob", "//Charlie"].map(|seed| (seed, supply(USDC, 10_000 * USDC_UNIT))));
		all_done([
			("//Bob", open(Direction::Long, BTC, 14 * BTC_UNIT)),
			("//Charlie", open(Direction::Long, BTC, 7 * BTC_UNIT)),
		]);
		let mut watch = Watch::of(&[BTC, ETH]);
		let before = [round("//Bob"), round("//Charlie")];
		let mut hours = 0;
		while round("//Bob") == before[0] {
			for _ in 0..STEPS / 4 {
				for prices in swings(6) {
					next(&prices, &mut watch);
				}
			}
			hours += 1;
			assert!(hours < 16, "at {:?} of {:?}", ratios(BTC), account("//Bob"));
		}
		let warnings = watch.warnings(BTC);
		let told = warnings.len();
		assert!(hours >= 6 && told > 60, "told {told} times in {hours} hours");
		// One raise followed the other, each from where the last had led.
		for pair in warnings.windows(2) {
			assert!(pair[0].by <= pair[1].at && pair[0].to <= pair[1].from);
		}
		assert_eq!(round("//Charlie"), before[1]);
		assert!(!account("//Bob").maintenance_health.is_negative(), "a part was enough");
	});
}

#[test]
fn a_jump_to_the_edge_of_the_band_and_back_should_raise_initial_margin_at_once_and_maintenance_by_its_limit() {
	development(|| {
		prices_last(LASTING);
		fed(&FIRST_PRICES);
		let mut watch = Watch::of(&[BTC]);
		for _ in 0..STEPS {
			next(&FIRST_PRICES, &mut watch);
		}
		let (calm, initial) = (required(BTC), ratios(BTC).initial);
		next(&moved(BTC, 109, 100), &mut watch);
		next(&FIRST_PRICES, &mut watch);
		let jumped = Timestamp::get();
		let maintenance = ratios(BTC).maintenance;
		while Timestamp::get() < jumped + HOUR / 6 {
			next(&FIRST_PRICES, &mut watch);
		}
		assert!(required(BTC) > calm && ratios(BTC).initial > initial);
		let of_an_hour = maintenance
			.checked_mul(Ratio::from_ppm(1_093_000), Rounding::Up)
			.unwrap();
		assert!(ratios(BTC).maintenance < of_an_hour);
		// When the jump is half a day past, so is what it asked for.
		while Timestamp::get() < jumped + 12 * HOUR {
			next(&FIRST_PRICES, &mut watch);
		}
		assert_eq!(liquidations(), 0);
		let raised = required(BTC).saturating_sub(calm);
		assert!(raised < Ratio::from_percent(1), "{raised:?} above {calm:?}");
	});
}

#[test]
fn a_wick_that_is_held_back_should_raise_no_margin() {
	let after = |wick: &[Cents]| {
		let mut asked = Ratio::ZERO;
		development(|| {
			prices_last(LASTING);
			fed(&FIRST_PRICES);
			for _ in 0..STEPS {
				fed_after(SLOTS, &FIRST_PRICES);
			}
			wick.iter().for_each(|prices| fed(prices));
			for _ in 0..STEPS / 2 {
				fed_after(SLOTS, &FIRST_PRICES);
			}
			asked = required(BTC);
		});
		asked
	};
	let wick = [moved(BTC, 130, 100), moved(BTC, 70, 100)];
	assert_eq!(after(&wick), after(&[FIRST_PRICES; 2]));
}

#[test]
fn a_day_without_feeds_should_calm_no_margin_and_liquidate_nobody() {
	development(|| {
		prices_last(LASTING);
		fed(&FIRST_PRICES);
		all_done([("//Bob", supply(USDC, 10_000 * USDC_UNIT))]);
		all_done([("//Bob", open(Direction::Long, BTC, 12 * BTC_UNIT))]);
		let mut watch = Watch::of(&[BTC]);
		for _ in 0..STEPS / 4 {
			for prices in swings(2) {
				next(&prices, &mut watch);
			}
		}
		// What it asked for in its first hour was a little much.
		let asked = required(BTC)
			.checked_mul(Ratio::from_percent(95), Rounding::Up)
			.unwrap();
		let before = round("//Bob");
		for _ in 0..24 * 12 {
			begin_after(5 * 60_000 / SLOT_MILLIS);
			end();
			watch.look();
			assert!(required(BTC) >= asked, "at {}: {:?}", Timestamp::get(), required(BTC));
			assert_eq!(round("//Bob"), before, "nobody is liquidated without a price");
		}
		// The price comes back where it was, and with it a calm that has to be seen first.
		for _ in 0..STEPS / 4 {
			next(&FIRST_PRICES, &mut watch);
		}
		assert!(required(BTC) >= asked);
	});
}

#[test]
fn a_halt_of_a_day_should_move_no_margin_by_more_than_one_step() {
	development(|| {
		prices_last(LASTING);
		fed(&FIRST_PRICES);
		let mut watch = Watch::of(&[BTC]);
		for _ in 0..STEPS / 4 {
			for prices in swings(6) {
				next(&prices, &mut watch);
			}
		}
		let before = ratios(BTC).maintenance;
		assert!(required(BTC) > before, "it is on its way");
		fed_after(DAY / SLOT_MILLIS, &FIRST_PRICES);
		watch.look();
		let step = watch.warnings(BTC).last().unwrap().to;
		assert!(ratios(BTC).maintenance <= step);
		// A twelfth of an hour.
		let factor = Ratio::from_ppm(1_007_500);
		assert!(step <= ratios(BTC).maintenance.checked_mul(factor, Rounding::Up).unwrap());
	});
}
