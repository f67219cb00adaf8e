//! Portfolio accounts through 12 and 13 March 2020. Elsewhere a hedge was sold as one of two single positions: the losing
//! leg went first, and what was left was no hedge.
//!
//! Here a portfolio account is liquidated by the same part of every leg, and a hedge that stays one is left alone where its
//! legs in accounts of their own are not.

use margin_runtime::{units::*, *};
use margin_scenarios::{candles::march_2020, chain::*, margins::*, stage::*};
use pallet_margin::{Call as MarginCall, Direction, Mode};

/// The hours before the fall: 12 March 2020, 05:00 UTC.
const DAWN: usize = 29;
/// Half hours in which the chain has come to know how BTC and ETH move together, and how much.
const MONTHS: u32 = 34 * 48;

fn call(set_mode: Mode<AssetId>) -> RuntimeCall {
	MarginCall::set_mode { sub: 0, mode: set_mode }.into()
}

/// A chain that has watched its assets for a month, at the prices of that dawn.
fn at_dawn() -> Cents {
	prices_last(HOUR);
	calm(MONTHS, &[], || ());
	let dawn = march_2020(DAWN, 1, STEPS).next().unwrap();
	prices_last(60_000);
	for _ in 0..5 {
		fed(&dawn);
	}
	keep_market(BTC, dawn[1].1);
	keep_market(ETH, dawn[2].1);
	dawn
}

/// Lets the prices of the day pass, the market with them. Calls `each` after each block.
fn day(mut each: impl FnMut()) {
	for prices in march_2020(DAWN, 18, STEPS) {
		fed_after(SLOTS, &prices);
		keep_market(BTC, prices[1].1);
		keep_market(ETH, prices[2].1);
		each();
	}
}

/// How much of `asset` so many dollars are at these prices.
fn worth(prices: &Cents, asset: AssetId, dollars: u128) -> Balance {
	let (_, cents) = prices.iter().find(|(key, _)| *key == asset).unwrap();
	dollars * 100 * unit(asset) / cents
}

#[test]
fn a_hedge_should_outlive_the_day_that_its_legs_do_not() {
	development(|| {
		let dawn = at_dawn();
		let (btc, eth) = (worth(&dawn, BTC, 50_000), worth(&dawn, ETH, 50_000));
		let deposits = [("//Bob", 8_000), ("//Charlie", 8_000), ("//Dave", 8_000)];
		all_done(deposits.map(|(seed, dollars)| (seed, supply(USDC, dollars * USDC_UNIT))));
		all_done([
			("//Bob", call(Mode::Portfolio)),
			("//Bob", open(Direction::Long, BTC, btc)),
			("//Bob", open(Direction::Short, ETH, eth)),
			("//Charlie", open(Direction::Long, BTC, btc)),
			("//Dave", open(Direction::Short, ETH, eth)),
		]);
		let before = ["//Bob", "//Charlie"].map(round);
		day(|| ());
		assert_eq!(round("//Bob"), before[0], "the hedge");
		assert!(round("//Charlie") > before[1], "the long alone");
		assert!(!account("//Bob").maintenance_health.is_negative());
		assert_eq!(deficits(), []);
	});
}

#[test]
fn a_portfolio_account_should_be_liquidated_by_the_same_part_of_every_leg() {
	development(|| {
		let dawn = at_dawn();
		let (btc, eth) = (worth(&dawn, BTC, 40_000), worth(&dawn, ETH, 20_000));
		all_done([("//Bob", supply(USDC, 8_000 * USDC_UNIT))]);
		all_done([
			("//Bob", call(Mode::Portfolio)),
			("//Bob", open(Direction::Long, BTC, btc)),
			("//Bob", open(Direction::Long, ETH, eth)),
		]);
		let legs = || (amount("//Bob", BTC), amount("//Bob", ETH));
		let (mut last, mut steps) = ((legs(), round("//Bob")), 0);
		day(|| {
			let ((btc, eth), now) = (legs(), round("//Bob"));
			let ((old_btc, old_eth), then) = last;
			if now > then && btc > 0 && eth > 0 {
				// In parts per million of what there was.
				let (btc, eth) = (btc * 1_000_000 / old_btc, eth * 1_000_000 / old_eth);
				assert!(btc.abs_diff(eth) < 1_000, "{btc} and {eth} are left");
				steps += 1;
			}
			last = (legs(), now);
		});
		assert!(steps > 0, "{:?}", account("//Bob"));
		assert_eq!(deficits(), []);
	});
}
