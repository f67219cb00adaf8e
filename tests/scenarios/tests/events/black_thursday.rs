//! S1: 12 and 13 March 2020. A lender sold collateral in auctions that took bids; blocks were full, hardly anybody bid, and
//! 8.3 million dollars of ether went for nothing.
//!
//! Here the clock sets the price and nothing goes below its floor. On the candles of those hours, with every block full of
//! users who tip well, every keeper off and no bidder at all, the market buys what it takes at the clock's price; where
//! that stays away as well, rounds begin anew, the floor steps down to its minimum, and then the lot goes in kind to the
//! suppliers.

use margin_math::{Price, Ratio};
use margin_runtime::{units::*, *};
use margin_scenarios::{
	candles::march_2020,
	chain::*,
	network::{fullness, Network},
	sales::*,
	spam,
	stage::*,
};
use pallet_auctions::Event;
use pallet_margin::{Call as MarginCall, Direction, Event as MarginEvent};

/// Accounts on each side of each market.
const ACCOUNTS: u16 = 8;
/// The hour before the first fall: 12 March 2020, 09:00 UTC.
const EVE: usize = 33;

/// Nothing was sold in this block below the floor of its round, which is no less than the minimum of the rules, and what
/// was sold brought what the clock asked. Answers with the dollars that it brought.
fn sold_above_the_floor() -> u128 {
	let least = pallet_auctions::CurrentRules::<Runtime>::get().least;
	for event in auctioned() {
		let Event::SoldToMarket {
			asset,
			amount,
			bought,
			amount_out,
			price,
		} = event
		else {
			assert!(!matches!(event, Event::Taken { .. }), "there is no bidder");
			continue;
		};
		let round = pallet_auctions::Auctions::<Runtime>::get(asset).and_then(|auction| auction.round);
		if let Some(floor) = round.and_then(|round| round.floor()) {
			assert!(price >= floor, "asset {asset} at {price:?}");
		}
		assert!(price >= scaled(live(asset), least));
		let (asked, paid) = (worth(asset, amount.0, price), worth(bought, amount_out.0, live(bought)));
		assert!(paid + 10_000 >= asked, "{paid} for {asked}");
	}
	brought()
}

fn scaled(price: Price, share: Ratio) -> Price {
	price.scale(share, margin_math::Rounding::Down).unwrap()
}

fn house_is_empty() -> bool {
	pallet_margin::House::<Runtime>::get().holdings.is_empty()
}

/// Longs and shorts of BTC and ETH at these prices, with leverage from four to eight.
fn traders(eve: &Cents) {
	fed(eve);
	keep_market(BTC, eve[1].1);
	keep_market(ETH, eve[2].1);
	let sides = [
		("//Bob", Direction::Long, BTC, eve[1].1),
		("//Charlie", Direction::Long, ETH, eve[2].1),
		("//Dave", Direction::Short, BTC, eve[1].1),
		("//Eve", Direction::Short, ETH, eve[2].1),
	];
	for (seed, direction, asset, cents) in sides {
		fed(eve);
		for sub in 0..ACCOUNTS {
			let deposit = MarginCall::deposit {
				sub,
				asset: USDC,
				amount: 10_000 * USDC_UNIT,
			};
			assert_eq!(dispatched(seed, deposit), Ok(()));
			let value = 10_000 * (4 + u128::from(sub % 5));
			let size = value * 100 * unit(asset) / cents;
			let (from, to, amount_in) = match direction {
				Direction::Long => (USDC, asset, value * USDC_UNIT),
				Direction::Short => (asset, USDC, size),
			};
			let swap = MarginCall::swap {
				sub,
				from,
				to,
				amount_in,
				min_out: 1,
			};
			assert_eq!(dispatched(seed, swap), Ok(()));
			keep_market(asset, cents);
		}
	}
	fed(eve);
}

/// A block that is full, twenty seconds after the last one: most slots are missed.
fn full_block(network: &mut Network, prices: &Cents) {
	spam::send(network);
	network.send_feeds(prices);
	let made = network.make_block_after(10);
	assert_eq!(made.feeds(), 3);
	assert!(fullness() >= 90, "{} %", fullness());
}

/// Arbitrage keeps the markets at these prices. It does not bid.
fn keep_markets(prices: &Cents) {
	keep_market(BTC, prices[1].1);
	keep_market(ETH, prices[2].1);
}

/// Two thirds of an hour of those days, up to the far end of its move, and then as long as the house takes to sell.
fn the_market_clears_every_auction_of(hour: usize) {
	development(|| {
		spam::endow();
		let mut prices = march_2020(hour, 1, 180);
		traders(&prices.next().unwrap());
		let mut network = Network::without_keepers(4);
		let (mut brought, mut rounds, mut last) = (0, 0, FIRST_PRICES);
		for prices in prices.take(120) {
			full_block(&mut network, &prices);
			brought += sold_above_the_floor();
			let begins = |event: &Event<Runtime>| matches!(event, Event::RoundBegan { .. });
			rounds += auctioned().iter().filter(|event| begins(event)).count();
			keep_markets(&prices);
			last = prices;
		}
		let mut blocks = 0;
		while below() > 0 || !house_is_empty() {
			full_block(&mut network, &last);
			brought += sold_above_the_floor();
			keep_markets(&last);
			blocks += 1;
			assert!(blocks < 100, "{:?}", pallet_margin::House::<Runtime>::get());
		}
		assert!(
			rounds > 2 && brought > 500_000,
			"{rounds} rounds brought {brought} dollars"
		);
		// What the price moved on while the house still sold is all that anybody loses.
		assert!(lost() < brought / 10, "{} of {brought} dollars", lost());
	});
}

#[test]
fn with_blocks_full_and_nobody_bidding_the_market_should_clear_the_hour_in_which_btc_fell_by_a_fifth() {
	the_market_clears_every_auction_of(34);
}

#[test]
fn with_blocks_full_and_nobody_bidding_the_market_should_clear_the_hour_in_which_btc_rose_by_a_third() {
	the_market_clears_every_auction_of(50);
}

#[test]
fn a_lot_that_nobody_buys_should_start_anew_step_down_and_go_in_kind_and_never_below_its_minimum() {
	development(|| {
		spam::endow();
		positions(&[("//Bob", Direction::Long, BTC, 12 * BTC_UNIT)]);
		let mut network = Network::without_keepers(1);
		// The market pays half of the price, and nobody comes.
		keep_market(BTC, FIRST_PRICES[1].1 / 2);
		full_block(&mut network, &fallen());
		full_block(&mut network, &fallen());
		assert!(!house_is_empty());
		let least = scaled(
			cents(fallen()[1].1),
			pallet_auctions::CurrentRules::<Runtime>::get().least,
		);
		let (mut began, mut lowest, mut handed_out, mut blocks) = (0, least, false, 0);
		while !handed_out {
			network.send_feeds(&fallen());
			network.make_block_after(10);
			assert_eq!(sold_above_the_floor(), 0);
			for event in auctioned() {
				match event {
					Event::RoundBegan { floor, .. } => {
						began += 1;
						lowest = lowest.min(floor);
					},
					Event::HandedOut { asset, .. } => handed_out = asset == BTC,
					_ => (),
				}
			}
			blocks += 1;
			assert!(blocks < 2_000, "{began} rounds");
		}
		assert!(began > 10);
		assert!(lowest >= least);
		network.send_feeds(&fallen());
		network.make_block();
		assert!(house_is_empty(), "{:?}", pallet_margin::House::<Runtime>::get());
	});
}

#[test]
fn the_loss_of_those_hours_should_be_booked_once_if_there_is_any() {
	development(|| {
		let mut hours = march_2020(EVE, 1, 1);
		traders(&hours.next().unwrap());
		let mut network = Network::of(2);
		let (mut losses, mut by_fund) = (0, 0);
		// No arbitrage and few blocks: an hour in two minutes.
		for prices in march_2020(34, 3, 12).chain(march_2020(47, 5, 12)) {
			network.send_feeds(&prices);
			network.make_block_after(5);
			for event in told() {
				if let MarginEvent::LossBooked { loss, by_fund: part } = event {
					losses += loss.raw();
					by_fund += part.raw();
				}
			}
		}
		assert!(by_fund <= losses);
		assert_eq!(deficits().is_empty(), losses == by_fund);
	});
}
