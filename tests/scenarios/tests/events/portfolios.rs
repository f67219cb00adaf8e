//! Portfolio accounts through 12 and 13 March 2020. Elsewhere a hedge was sold as one of two single positions: the losing
//! leg went first, and what was left was no hedge.
//!
//! Here a portfolio account is liquidated by the same part of every leg, and a hedge that stays one is left alone where its
//! legs in accounts of their own are not.

use margin_runtime::{units::*, *};
use margin_scenarios::{
	candles::march_2020,
	chain::*,
	margins::*,
	sales::{brought, lost},
	stage::*,
};
use pallet_margin::{Call as MarginCall, Direction, Mode};

/// The hours before the fall: 12 March 2020, 05:00 UTC.
const DAWN: usize = 29;
/// Half hours in which the chain comes to know how BTC and ETH move, and how much alike.
const FORTY_DAYS: u32 = 40 * 48;

fn turn(mode: Mode<AssetId>) -> RuntimeCall {
	MarginCall::set_mode { sub: 0, mode }.into()
}

/// A chain that has watched its assets for a month and more, at the prices of that dawn.
fn at_dawn() -> Cents {
	let dawn = march_2020(DAWN, 1, STEPS).next().unwrap();
	prices_last(HOUR);
	calm(FORTY_DAYS, &dawn, || ());
	keep_market(BTC, dawn[1].1);
	keep_market(ETH, dawn[2].1);
	prices_last(60_000);
	dawn
}

/// How much of `asset` so many dollars are at these prices.
fn worth(prices: &Cents, asset: AssetId, dollars: u128) -> Balance {
	let (_, cents) = prices.iter().find(|(key, _)| *key == asset).unwrap();
	dollars * 100 * unit(asset) / cents
}

/// What an account holds of BTC and ETH, and how often it was liquidated.
fn legs(seed: &str) -> (i128, i128, u32) {
	(amount(seed, BTC), amount(seed, ETH), round(seed))
}

/// Whether as large a part of either is left as of the other.
fn in_proportion(before: (i128, i128, u32), after: (i128, i128, u32)) -> bool {
	let left = |before: i128, after: i128| after * 1_000_000 / before;
	left(before.0, after.0).abs_diff(left(before.1, after.1)) < 1_000
}

#[test]
fn a_hedge_should_outlive_the_day_that_its_leg_does_not_and_a_book_be_sold_by_the_same_part_of_every_leg() {
	development(|| {
		let dawn = at_dawn();
		let size = |asset, dollars| worth(&dawn, asset, dollars);
		let traders = ["//Bob", "//Charlie", "//Eve"];
		all_done(traders.map(|seed| (seed, supply(USDC, 8_000 * USDC_UNIT))));
		all_done([
			("//Bob", turn(Mode::Portfolio)),
			("//Bob", open(Direction::Long, BTC, size(BTC, 50_000))),
			("//Bob", open(Direction::Short, ETH, size(ETH, 50_000))),
			("//Charlie", open(Direction::Long, BTC, size(BTC, 50_000))),
			("//Eve", turn(Mode::Portfolio)),
			("//Eve", open(Direction::Long, BTC, size(BTC, 40_000))),
			("//Eve", open(Direction::Long, ETH, size(ETH, 20_000))),
		]);
		let before = ["//Bob", "//Charlie"].map(round);
		let (mut book, mut steps, mut sold) = (legs("//Eve"), 0, 0);
		for prices in march_2020(DAWN, 18, STEPS) {
			fed_after(SLOTS, &prices);
			sold += brought();
			keep_market(BTC, prices[1].1);
			keep_market(ETH, prices[2].1);
			let now = legs("//Eve");
			if now.2 > book.2 && now.0 > 0 && now.1 > 0 {
				assert!(in_proportion(book, now), "{book:?} became {now:?}");
				steps += 1;
			}
			book = now;
		}
		assert!(steps > 0, "{:?}", account("//Eve"));
		assert!(round("//Charlie") > before[1], "the long alone");
		assert_eq!(round("//Bob"), before[0], "the hedge");
		assert!(!account("//Bob").maintenance_health.is_negative());
		// Blocks come 25 times as rarely as they do, and so does what the market buys of the house while the price falls.
		assert!(lost() < sold / 5, "{} of {sold} dollars", lost());
	});
}
