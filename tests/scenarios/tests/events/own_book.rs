//! S6: a venue that marks positions with its own thin book: somebody trades that book to three times the price, and
//! positions worth 17 to 46 million dollars are liquidated. Here health knows the oracle alone: what is done to the
//! chain's own market liquidates nobody, lends nobody more, and the house does not sell into it.

use margin_math::Price;
use margin_runtime::{units::*, *};
use margin_scenarios::{chain::*, stage::*};
use pallet_margin::{Direction, Error, Event};

/// Bob is long and Charlie short, as far as they may. Dave borrows against what he has.
fn traders() {
	positions(&[
		("//Bob", Direction::Long, BTC, 12 * BTC_UNIT),
		("//Charlie", Direction::Short, BTC, 12 * BTC_UNIT),
	]);
	all_done([("//Dave", supply(BTC, 100 * BTC_UNIT))]);
}

/// What the AMM pays for one BTC, in cents, without its fee.
fn marked() -> u128 {
	let usdc = AssetConversion::quote_price_exact_tokens_for_tokens(BTC, USDC, BTC_UNIT / 100, false).unwrap();
	usdc * 10_000 / USDC_UNIT
}

/// Everything that health says about the traders, apart from the interest of some seconds.
fn weighed() -> Vec<(u32, bool, bool)> {
	let views = ["//Bob", "//Charlie", "//Dave"].map(account);
	let all = views.iter();
	all.map(|view| {
		(
			view.round,
			view.maintenance_health.is_negative(),
			view.initial_health.is_negative(),
		)
	})
	.collect()
}

fn prices() -> Vec<Price> {
	Margin::price_views().into_iter().map(|price| price.live).collect()
}

#[test]
fn a_book_at_three_times_or_a_third_of_the_price_should_liquidate_nobody() {
	for (num, den) in [(3, 1), (1, 3)] {
		development(|| {
			traders();
			let (before, first) = (weighed(), prices());
			keep_market(BTC, 789_466 * num / den);
			assert!(marked().abs_diff(789_466 * num / den) < 3_000 * num);
			for _ in 0..30 {
				fed(&FIRST_PRICES);
				assert!(doors().is_empty());
				assert_eq!((weighed(), prices()), (before.clone(), first.clone()));
			}
		});
	}
}

#[test]
fn a_book_at_three_times_the_price_should_lend_nobody_more() {
	development(|| {
		traders();
		begin();
		feed_all(&FIRST_PRICES);
		let most = || largest("//Dave", 10_000_000 * USDC_UNIT, |amount| borrow(USDC, amount));
		let before = most();
		keep_market(BTC, 3 * 789_466);
		assert_eq!(most(), before);
		end();
	});
}

#[test]
fn who_trades_at_such_a_price_should_bear_it_alone() {
	development(|| {
		traders();
		keep_market(BTC, 3 * 789_466);
		begin();
		feed_all(&FIRST_PRICES);
		// A leveraged purchase at three times the price is worth a third of what it costs.
		let refused = Err(Error::<Runtime>::NotEnoughCollateral.into());
		assert_eq!(done("//Bob", open(Direction::Long, BTC, BTC_UNIT)), refused);
		end();
	});
}

#[test]
fn the_house_should_wait_while_the_book_is_off_and_sell_when_it_is_back() {
	development(|| {
		traders();
		fed(&fallen());
		keep_market(BTC, 789_466 / 3);
		let sold = || told().iter().any(|event| matches!(event, Event::HouseSold { .. }));
		fed(&fallen());
		assert_eq!(doors().len(), 1, "Bob is below maintenance at the oracle's price");
		for _ in 0..20 {
			assert!(!sold());
			fed(&fallen());
		}
		keep_market(BTC, fallen()[1].1);
		fed(&fallen());
		assert!(sold());
		assert_eq!(deficits(), []);
	});
}
