//! S5: a backstop shared its collateral with the treasury, so that the treasury paid on and deleveraging never started.
//!
//! Here the house is a silo: an account apart from the fund, with a line of credit and caps on what it holds. Past them
//! collateral goes to the market and the fund is not touched; when an account's equity is gone the house takes it over
//! whatever it holds, and the loss goes the defined way: the fund, then a deficit of the pool that lent, booked once.

use margin_math::Value;
use margin_runtime::{units::*, *};
use margin_scenarios::{chain::*, stage::*};
use pallet_auctions::{Good, Seller};
use pallet_margin::{Call as MarginCall, Error, Event};

const TRADERS: [&str; 4] = ["//Bob", "//Charlie", "//Dave", "//Eve"];

type House = Margin;

/// Dollars of goods at their live prices, rounded down to whole ones.
fn worth(goods: &[Good<AssetId>]) -> i128 {
	let value = |good: &Good<AssetId>| {
		let value = good
			.quote
			.live
			.value_of(good.amount, good.decimals, margin_math::Rounding::Down);
		value.unwrap().raw() / 10i128.pow(18)
	};
	goods.iter().map(value).sum()
}

fn held() -> i128 {
	worth(&<House as Seller<AccountId, AssetId>>::for_sale())
}

fn owed() -> i128 {
	worth(&<House as Seller<AccountId, AssetId>>::owed())
}

fn fund() -> Vec<(AssetId, Balance)> {
	Margin::pool_views()
		.into_iter()
		.map(|pool| (pool.asset, pool.fund.0))
		.collect()
}

/// Each trader has a thousand BTC in his account and has borrowed what he may against them: 7 of 7.9 million dollars.
fn four_large_accounts() {
	fed(&FIRST_PRICES);
	all_done(TRADERS.map(|seed| (seed, supply(BTC, 1_000 * BTC_UNIT))));
	begin();
	feed_all(&FIRST_PRICES);
	for seed in TRADERS {
		let most = largest(seed, 10_000_000 * USDC_UNIT, |amount| borrow(USDC, amount));
		assert!(most > 6_500_000 * USDC_UNIT, "{seed} {most}");
		assert_eq!(done(seed, borrow(USDC, most)), Ok(()));
	}
	end();
}

fn line() -> i128 {
	HouseRules::get().line.raw() / 10i128.pow(18)
}

fn asset_cap() -> i128 {
	HouseRules::get().asset_cap.raw() / 10i128.pow(18)
}

/// BTC falls to `percent` of its first price, in steps inside the band; the market goes along.
fn btc_falls_to(percent: u128, mut each: impl FnMut()) {
	let now = Margin::price_views()
		.iter()
		.find(|price| price.asset == BTC)
		.unwrap()
		.live
		.raw() * 100
		/ cents(FIRST_PRICES[1].1).raw();
	for step in (percent..now).rev().step_by(3).chain([percent]) {
		fed(&moved(BTC, step, 100));
		keep_market(BTC, FIRST_PRICES[1].1 * step / 100);
		each();
	}
}

#[test]
fn the_house_should_stop_at_its_caps_and_send_the_rest_to_the_market_without_the_fund() {
	development(|| {
		four_large_accounts();
		let before = fund();
		let mut to_market = 0;
		let mut within = || {
			assert!(held() <= asset_cap() * 101 / 100, "holds {}", held());
			assert!(owed() <= line(), "owes {}", owed());
			to_market += told()
				.iter()
				.filter(|event| matches!(event, Event::SoldToMarket { .. }))
				.count();
		};
		btc_falls_to(89, &mut within);
		let most = held();
		for _ in 0..20 {
			fed(&moved(BTC, 89, 100));
			keep_market(BTC, FIRST_PRICES[1].1 * 89 / 100);
			within();
		}
		assert!(most > asset_cap() / 2, "the house took what it could: {most}");
		assert!(to_market > 0, "and what it could not went to the market");
		for ((asset, now), (_, then)) in fund().into_iter().zip(before) {
			assert!(now >= then, "the fund paid in asset {asset}");
		}
		assert_eq!(deficits(), []);
	});
}

#[test]
fn past_the_caps_losses_should_go_to_the_fund_and_then_to_the_pool_that_lent_and_once() {
	development(|| {
		four_large_accounts();
		let (mut loss, mut by_fund, mut booked, mut covered) = (Value::ZERO, Value::ZERO, 0, 0);
		let mut listen = || {
			for event in told() {
				match event {
					Event::LossBooked {
						loss: all,
						by_fund: part,
					} => {
						loss = loss.checked_add(all).unwrap();
						by_fund = by_fund.checked_add(part).unwrap();
					},
					Event::DeficitBooked { asset, amount } => {
						assert_eq!(asset, USDC);
						booked += amount.0;
					},
					// What the fund earns later pays for it.
					Event::DeficitCovered { amount, .. } => covered += amount.0,
					_ => (),
				}
			}
		};
		btc_falls_to(70, &mut listen);
		for _ in 0..20 {
			fed(&moved(BTC, 70, 100));
			keep_market(BTC, FIRST_PRICES[1].1 * 70 / 100);
			listen();
		}
		assert!(loss > Value::ZERO && by_fund <= loss);
		assert!(
			TRADERS.iter().all(|seed| account(seed).debts.is_zero()),
			"all are taken over"
		);
		let by_pool = u128::try_from(loss.checked_sub(by_fund).unwrap().raw() / 10i128.pow(12)).unwrap();
		assert!(
			booked.abs_diff(by_pool) <= by_pool / 1_000 + 100,
			"{booked} for {by_pool}"
		);
		assert!(booked > 0);
		assert_eq!(deficits(), [(USDC, booked - covered)]);
	});
}

#[test]
fn a_deficit_should_limit_withdrawals_until_somebody_pays_it() {
	development(|| {
		four_large_accounts();
		btc_falls_to(70, || ());
		for _ in 0..10 {
			fed(&moved(BTC, 70, 100));
		}
		let [(asset, deficit)] = deficits()[..] else {
			panic!("one pool has a deficit: {:?}", deficits())
		};
		assert_eq!(asset, USDC);
		let supplier = genesis_presets::SUPPLIER;
		begin();
		feed_all(&moved(BTC, 70, 100));
		let most = || largest(supplier, 100_000_000 * USDC_UNIT, |amount| withdraw(USDC, amount));
		let limited = most();
		assert_eq!(
			done(supplier, withdraw(USDC, 20_000_000 * USDC_UNIT)),
			Err(Error::<Runtime>::DeficitOutflowReached.into())
		);
		let pay = MarginCall::pay_deficit { asset, amount: deficit };
		assert_eq!(dispatched(genesis_presets::MAKER, pay), Ok(()));
		assert_eq!(deficits(), []);
		assert!(most() > limited, "{} after {limited}", most());
		end();
	});
}
