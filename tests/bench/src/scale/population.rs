//! Who trades: leverage lognormal with a median of 2.5 and a 99th percentile of 10, long and short in BTC, ETH and DOT
//! against USDC, three in ten with two or three of them at once. What each has is worked out in dollars.

use super::{market::Market, random::Random};
use margin_runtime::{
	units::{BTC, DOT, ETH, USDC},
	AssetId,
};

/// Median of the leverage: all that an account holds over its equity.
const MEDIAN_LEVERAGE: f64 = 2.5;
/// Standard deviation of its logarithm, which puts the 99th percentile at 10.
const LEVERAGE_SPREAD: f64 = 0.595_9;
/// Least leverage: who holds an account open owes something.
const LEAST_LEVERAGE: f64 = 1.1;
/// Median of an account's equity, in dollars, and the standard deviation of its logarithm.
const MEDIAN_EQUITY: f64 = 1_000.0;
const EQUITY_SPREAD: f64 = 1.0;
/// Least equity, in dollars: a position is worth liquidating.
const LEAST_EQUITY: f64 = 250.0;
/// Share of the accounts with more than one volatile asset, and of those with a long one.
const MIXED: f64 = 0.3;
const LONG: f64 = 0.6;
/// Most of an account's equity that its maintenance margin takes when the book is made. Nobody is below at rest.
const MOST_MARGIN: f64 = 0.9;

/// What an account has of an asset, in dollars: owed if negative.
pub type Position = (AssetId, f64);

/// An account of the book.
pub struct Trader {
	/// Its balances, ascending by asset, no two of one asset.
	pub positions: Vec<Position>,
	/// Deposits over equity.
	pub leverage: f64,
}

impl Trader {
	/// The trader with this number: always the same one.
	pub fn new(number: u32, market: &Market) -> Self {
		let mut random = Random::new(number.into());
		loop {
			let trader = Self::draw(&mut random);
			if trader.margin(market) <= MOST_MARGIN * trader.equity() {
				return trader;
			}
		}
	}

	fn draw(random: &mut Random) -> Self {
		let equity = random.lognormal(MEDIAN_EQUITY, EQUITY_SPREAD).max(LEAST_EQUITY);
		let leverage = random.lognormal(MEDIAN_LEVERAGE, LEVERAGE_SPREAD).max(LEAST_LEVERAGE);
		let shares = shares(random);
		let long: f64 = shares.iter().map(|(_, share)| share.max(0.0)).sum();
		let short = 1.0 - long;
		// USDC is what is left: held by those who are short, owed by those who are long.
		let owes_stable = long > 0.0 && leverage * (long - short) > long;
		let gross = if owes_stable {
			equity * leverage / long
		} else {
			equity * (leverage - 1.0) / short
		};
		let stable = equity - gross * (long - short);
		let mut positions = vec![(USDC, stable)];
		positions.extend(shares.into_iter().map(|(asset, share)| (asset, share * gross)));
		Self { positions, leverage }
	}

	/// Deposits less debts, in dollars.
	pub fn equity(&self) -> f64 {
		self.positions.iter().map(|(_, value)| value).sum()
	}

	/// Maintenance margin, in dollars.
	fn margin(&self, market: &Market) -> f64 {
		let required = |(asset, value): &Position| value.abs() * market.listed(*asset).maintenance;
		self.positions.iter().map(required).sum()
	}
}

/// Which volatile assets, and how much of the whole position each is: negative for a short. Without their signs they
/// add up to 1.
fn shares(random: &mut Random) -> Vec<Position> {
	let mut assets = if random.happens(MIXED) {
		let mut assets = vec![BTC, ETH, DOT];
		if random.happens(0.5) {
			assets.remove((random.even() * 2.99) as usize);
		}
		assets
	} else if random.happens(0.45) {
		vec![BTC]
	} else if random.happens(0.64) {
		vec![ETH]
	} else {
		vec![DOT]
	};
	assets.sort_unstable();
	let sizes: Vec<f64> = assets.iter().map(|_| 0.2 + random.even()).collect();
	let whole: f64 = sizes.iter().sum();
	assets
		.into_iter()
		.zip(sizes)
		.map(|(asset, size)| {
			let sign = if random.happens(LONG) { 1.0 } else { -1.0 };
			(asset, sign * size / whole)
		})
		.collect()
}

/// Median and 99th percentile of the leverage of so many traders.
pub fn leverage(accounts: u32) -> (f64, f64) {
	let market = Market::first();
	let mut leverage: Vec<f64> = (0..accounts)
		.map(|number| Trader::new(number, &market).leverage)
		.collect();
	leverage.sort_by(f64::total_cmp);
	let at = |percent: usize| {
		leverage
			.get(leverage.len() * percent / 100)
			.copied()
			.unwrap_or_default()
	};
	(at(50), at(99))
}

#[cfg(test)]
mod tests {
	use super::*;

	fn traders() -> Vec<Trader> {
		(0..20_000)
			.map(|number| Trader::new(number, &Market::first()))
			.collect()
	}

	#[test]
	fn leverage_should_be_spread_as_the_figures_ask_for() {
		let (median, high) = leverage(20_000);
		assert!((median - 2.5).abs() < 0.1);
		assert!((high - 10.0).abs() < 1.0);
	}

	#[test]
	fn everybody_should_owe_something_and_have_the_leverage_that_was_drawn() {
		for trader in traders() {
			assert!(trader.positions.iter().any(|(_, value)| *value < 0.0));
			let held: f64 = trader.positions.iter().map(|(_, value)| value.max(0.0)).sum();
			assert!((held / trader.equity() - trader.leverage).abs() < 1e-6);
		}
	}

	#[test]
	fn there_should_be_longs_and_shorts_of_every_asset_and_mixed_accounts() {
		let traders = traders();
		for asset in [BTC, ETH, DOT] {
			for sign in [1.0, -1.0] {
				let some = |(held, value): &Position| *held == asset && value * sign > 0.0;
				let count = traders
					.iter()
					.filter(|trader| trader.positions.iter().any(some))
					.count();
				assert!(count > 1_000, "{asset} {sign}: {count}");
			}
		}
		assert!(traders.iter().filter(|trader| trader.positions.len() > 2).count() > 5_000);
	}
}
