//! S22: a chain drains its own market by its own liquidations: each sale lowers the price for the next, and health that
//! goes by that price liquidates the next account. Here the house sells a bounded share of the market's depth in a block
//! and never far below the oracle's price, which alone decides who is healthy.

use margin_math::Ratio;
use margin_runtime::{units::*, *};
use margin_scenarios::{chain::*, network::Network, stage::*};
use pallet_margin::{Direction, Event};

/// What was sold of `asset` to the market in this block, by whatever way.
fn sold(asset: AssetId) -> Balance {
	let sales = told().into_iter().map(|event| match event {
		Event::HouseSold { sold, amount_in, .. } | Event::SoldToMarket { sold, amount_in, .. } if sold == asset => {
			amount_in.0
		},
		_ => 0,
	});
	sales.sum()
}

/// A block, and what was sold in it of BTC: never more than its share of the depth there was before.
fn bounded(network: &mut Network, prices: &Cents) -> Balance {
	let (depth, _) = reserves(BTC);
	network.make_fed_block(prices);
	let sold = sold(BTC);
	let most = depth * HouseRules::get().depth_share.raw() / Ratio::ONE.raw();
	assert!(sold <= most + 1, "{sold} of {depth}");
	sold
}

/// What the AMM would pay for a BTC, in cents.
fn marked() -> u128 {
	let usdc = AssetConversion::quote_price_exact_tokens_for_tokens(BTC, USDC, BTC_UNIT / 100, false).unwrap();
	usdc * 10_000 / USDC_UNIT
}

#[test]
fn the_house_should_sell_a_bounded_share_of_the_depth_in_a_block() {
	development(|| {
		fed(&FIRST_PRICES);
		many_longs("//Bob", 100);
		let mut network = Network::of(2);
		network.make_fed_block(&fallen());
		keep_market(BTC, fallen()[1].1);
		let mut all = 0;
		for _ in 0..60 {
			all += bounded(&mut network, &fallen());
			keep_market(BTC, fallen()[1].1);
		}
		assert_eq!(below(), 0);
		assert!(all > 20 * BTC_UNIT, "{all}");
	});
}

#[test]
fn its_own_sales_should_neither_run_the_market_down_nor_liquidate_the_next_account() {
	development(|| {
		fed(&FIRST_PRICES);
		many_longs("//Bob", 100);
		// Charlie is just above maintenance at the fallen price.
		all_done([("//Charlie", supply(USDC, 10_000 * USDC_UNIT))]);
		all_done([("//Charlie", open(Direction::Long, BTC, 10 * BTC_UNIT))]);
		keep_market(BTC, FIRST_PRICES[1].1);
		let before = round("//Charlie");
		let mut network = Network::of(2);
		network.make_fed_block(&fallen());
		keep_market(BTC, fallen()[1].1);
		assert_eq!(below(), 100);
		// Nobody keeps the market at the oracle's price.
		let mut lowest = fallen()[1].1;
		for _ in 0..150 {
			bounded(&mut network, &fallen());
			lowest = lowest.min(marked());
		}
		assert!(lowest >= fallen()[1].1 * 96 / 100, "{lowest}");
		assert_eq!(round("//Charlie"), before);
		assert_eq!(below(), 0);
	});
}
