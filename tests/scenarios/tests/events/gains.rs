//! S4: a trader takes his gains home and leaves a position that sinks when it is closed.
//!
//! What holds. After the largest withdrawal a position of up to a fifteenth of its market survives what its own close at
//! once would do to the price, were the oracle to follow. A larger one does not; but nobody closes it at once: the chain
//! takes what it has to, and the house sells that in parts.

use margin_math::Price;
use margin_runtime::{units::*, *};
use margin_scenarios::{chain::*, stage::*};
use pallet_margin::{Call as MarginCall, Direction, Event, Part};
use pallet_prices::Guard;

/// Bob is long of `size` of `asset`, bought with half of its value in USDC. The price rises by a half, the stable price
/// follows, and the market is where the price is. Answers with the price in cents.
fn winner(asset: AssetId, size: Balance) -> u128 {
	let guard = Guard {
		stable_speed_per_hour: margin_math::Ratio::from_percent(1_000),
		..pallet_prices::Guards::<Runtime>::get(asset).unwrap()
	};
	fed(&FIRST_PRICES);
	block(vec![root(pallet_prices::Call::set_guard { key: asset, guard })]);
	let (_, first) = FIRST_PRICES.into_iter().find(|(key, _)| *key == asset).unwrap();
	let half = dollars(asset, size, first) / 2;
	all_done([("//Bob", supply(USDC, half * USDC_UNIT))]);
	all_done([("//Bob", open(Direction::Long, asset, size))]);
	for percent in (105..=150).step_by(5) {
		fed(&moved(asset, percent, 100));
	}
	for _ in 0..12 {
		fed_after(12, &moved(asset, 150, 100));
	}
	let cents = first * 150 / 100;
	keep_market(asset, cents);
	cents
}

/// Bob takes out all that he can, as a loan and as a withdrawal.
fn takes_all(asset: AssetId) {
	let prices = prices_now();
	begin_after(1);
	feed_all(&prices);
	let most = largest("//Bob", 100_000_000 * USDC_UNIT, |amount| borrow(USDC, amount));
	assert!(most > 0);
	assert_eq!(dispatched("//Bob", borrow(USDC, most)), Ok(()));
	let rest = largest("//Bob", amount("//Bob", asset) as u128, |amount| {
		withdraw(asset, amount)
	});
	assert_eq!(dollars(asset, rest, 10_000_000), 0, "{rest} are left to take");
	end();
}

/// The prices in force, in cents.
fn prices_now() -> Cents {
	FIRST_PRICES.map(|(key, _)| {
		let price = Margin::price_views()
			.into_iter()
			.find(|price| price.asset == key)
			.unwrap();
		(key, price.live.raw() / 10u128.pow(16))
	})
}

#[test]
fn what_is_left_after_the_largest_withdrawal_should_survive_the_move_of_its_own_close() {
	for (asset, size) in [(BTC, 136 * BTC_UNIT), (ETH, 2_720 * ETH_UNIT), (DOT, 68_000 * DOT_UNIT)] {
		development(|| {
			let cents = winner(asset, size);
			takes_all(asset);
			// Selling a fifteenth of the market at once moves it by more than six percent on average.
			let (has, _) = reserves(asset);
			assert_eq!(has / size, 15);
			let brings = AssetConversion::quote_price_exact_tokens_for_tokens(asset, USDC, size, true).unwrap();
			let worth = dollars(asset, size, cents) * USDC_UNIT;
			assert!(brings < worth * 94 / 100);
			let before = round("//Bob");
			fed(&prices_now().map(|(key, now)| (key, if key == asset { now * brings / worth } else { now })));
			assert!(!account("//Bob").maintenance_health.is_negative());
			idle(2);
			assert_eq!(round("//Bob"), before);

			let close = MarginCall::close {
				sub: 0,
				asset,
				against: USDC,
				part: Part::All,
				limit: Price::ZERO,
			};
			assert_eq!(dispatched("//Bob", close), Ok(()));
			assert_eq!(amount("//Bob", asset), 0);
			assert!(amount("//Bob", USDC) > 0, "and closing it leaves no debt");
		});
	}
}

#[test]
fn a_position_that_the_market_could_not_take_at_once_should_be_sold_in_parts_without_a_loss() {
	development(|| {
		let size = 950 * BTC_UNIT;
		fed(&FIRST_PRICES);
		all_done([("//Bob", supply(BTC, size))]);
		takes_all(BTC);
		let fund = |asset| {
			Margin::pool_views()
				.into_iter()
				.find(|pool| pool.asset == asset)
				.unwrap()
				.fund
				.0
		};
		let funds = [USDC, BTC].map(fund);
		let fallen = moved(BTC, 92, 100);
		keep_market(BTC, fallen[1].1);
		let mut losses = 0;
		for _ in 0..60 {
			fed(&fallen);
			for _ in 0..5 {
				idle(1);
				losses += told()
					.iter()
					.filter(|event| matches!(event, Event::LossBooked { .. }))
					.count();
				keep_market(BTC, fallen[1].1);
			}
		}
		assert!(!account("//Bob").maintenance_health.is_negative());
		assert_eq!((losses, deficits()), (0, vec![]));
		for (before, after) in funds.into_iter().zip([USDC, BTC].map(fund)) {
			assert!(after >= before);
		}
	});
}
