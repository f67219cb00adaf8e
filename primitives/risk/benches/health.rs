//! How many accounts a second one core judges: `cargo bench -p margin-risk`.
//!
//! Measured on one core at 8 legs: 2.4 to 2.5 million accounts a second, 2.1 to 2.3 million while stable prices follow,
//! so that each leg is valued twice. Scaling the 8 legs by size takes about as long as judging them, so both together reach
//! 1.2 million; exposure, which a block needs once for each asset, takes less than half of that.
//!
//! What it would take to double the figure: by profile, half of the time goes into the three margin requirements of each
//! leg, each a division by 10^18. A variant that summed the products of value and ratio unrounded, in two 128-bit halves,
//! and divided once for each level and account reached 4.1 million at 8 legs, and 2.3 million against 1.2 at 16; at 2
//! legs it gained nothing. In its profile half of the time is the division by `10^decimals` in each leg's value, which is
//! what would have to go next. The variant rounds once where now each leg is rounded, so the planner of liquidations,
//! which counts leg by leg, would have to follow.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

use divan::{black_box, counter::ItemsCount, Bencher};
use margin_math::{Amount, Price, Ratio, Rounding, Value};
use margin_risk::{
	assess, assess_portfolio, plan_portfolio_step, plan_step, Band, Bands, Correlation, Leg, LiquidationParams,
	MarginRatios, Quote, Side,
};

/// Accounts that one pass judges: different numbers, few enough to stay in the cache.
const ACCOUNTS: u128 = 64;

fn main() {
	divan::main();
}

/// An account with as many deposits as debts of 18, 12, 10, 8 and 6 decimals, worth between a thousand and a million
/// dollars each.
fn account(number: u128, legs: u128) -> Vec<Leg<u128>> {
	(0..legs)
		.map(|index| {
			let seed = (number * 31 + index + 1) * 2_654_435_761 % 1_000_003;
			let decimals = [18, 10, 6, 12, 8][(index % 5) as usize];
			let price = Price::from_raw((seed % 97 + 1) * 1_234_567_890_123_456_789);
			Leg {
				asset: index,
				side: if index % 2 == 0 { Side::Deposit } else { Side::Debt },
				amount: Amount((seed + 1_000) * 10u128.pow(decimals) / (seed % 97 + 1)),
				decimals: decimals as u8,
				quote: Quote::usable(price, 0),
				margin: MarginRatios::from_maintenance(Ratio::from_ppm(20_000 + seed as u32 % 80_000)).unwrap(),
			}
		})
		.collect()
}

/// The same, with stable prices that have not caught up, so that each leg is valued twice.
fn moving(mut legs: Vec<Leg<u128>>) -> Vec<Leg<u128>> {
	for leg in &mut legs {
		leg.quote.stable =
			Price::from_raw(leg.quote.live.raw() / 100 * if leg.side == Side::Deposit { 99 } else { 101 });
	}
	legs
}

fn accounts(legs: u128) -> Vec<Vec<Leg<u128>>> {
	(0..ACCOUNTS).map(|number| account(number, legs)).collect()
}

fn judge_all(bencher: Bencher, accounts: Vec<Vec<Leg<u128>>>) {
	assert!(accounts.iter().all(|legs| assess(legs).is_ok()));
	bencher.counter(ItemsCount::new(accounts.len())).bench_local(|| {
		for legs in &accounts {
			let _ = black_box(assess(black_box(legs)));
		}
	});
}

#[divan::bench(args = [2, 8, 16])]
fn judge(bencher: Bencher, legs: u128) {
	judge_all(bencher, accounts(legs));
}

#[divan::bench(args = [2, 8, 16])]
fn judge_while_stable_prices_follow(bencher: Bencher, legs: u128) {
	judge_all(bencher, accounts(legs).into_iter().map(moving).collect());
}

/// Portfolio accounts, whose legs are judged together.
#[divan::bench(args = [2, 4, 8])]
fn judge_together(bencher: Bencher, legs: u128) {
	let accounts = accounts(legs);
	let bands = correlated(legs);
	bencher.counter(ItemsCount::new(accounts.len())).bench_local(|| {
		for legs in &accounts {
			let _ = black_box(assess_portfolio(black_box(legs), &bands));
		}
	});
}

/// A step on accounts a little below maintenance, alone and together.
#[divan::bench(args = [2, 4, 8])]
fn plan(bencher: Bencher, legs: u128) {
	let accounts: Vec<_> = accounts(legs).into_iter().map(|legs| below(legs, None)).collect();
	bencher.counter(ItemsCount::new(accounts.len())).bench_local(|| {
		for legs in &accounts {
			let _ = black_box(plan_step(black_box(legs), &PARAMS));
		}
	});
}

#[divan::bench(args = [2, 4, 8])]
fn plan_together(bencher: Bencher, legs: u128) {
	let bands = correlated(legs);
	let accounts: Vec<_> = accounts(legs)
		.into_iter()
		.map(|legs| below(legs, Some(&bands)))
		.collect();
	bencher.counter(ItemsCount::new(accounts.len())).bench_local(|| {
		for legs in &accounts {
			let _ = black_box(plan_portfolio_step(black_box(legs), &bands, &PARAMS));
		}
	});
}

const PARAMS: LiquidationParams = LiquidationParams {
	penalty_floor: Ratio::from_percent(1),
	penalty_ceiling: Ratio::from_percent(3),
	min_bite: Value::from_dollars(100),
};

fn correlated(legs: u128) -> Bands {
	Bands::of(legs as usize, |above, below| {
		Band::around(Some(Correlation::from_ppm(1_000_000 / (above + below) as i32)))
	})
}

/// The account with its debts scaled until it is just below maintenance, with equity left.
fn below(mut legs: Vec<Leg<u128>>, bands: Option<&Bands>) -> Vec<Leg<u128>> {
	for _ in 0..8 {
		let health = match bands {
			Some(bands) => assess_portfolio(&legs, bands).unwrap(),
			None => assess(&legs).unwrap(),
		};
		let least = health.debts.mul_ratio(Ratio::from_percent(10), Rounding::Up).unwrap();
		let wanted = health.debts.checked_add(health.maintenance).unwrap().max(least);
		let factor = wanted.ratio_to(health.debts, Rounding::Up).unwrap();
		let factor = factor.checked_mul(Ratio::from_ppm(1_001_000), Rounding::Up).unwrap();
		for leg in legs.iter_mut().filter(|leg| leg.side == Side::Debt) {
			leg.amount = leg.amount.mul_ratio(factor, Rounding::Up).unwrap();
		}
	}
	legs
}

/// The scaling of all legs by their own size, which an account needs before it is judged.
#[divan::bench(args = [8])]
fn scale_by_size(bencher: Bencher, legs: u128) {
	let scale = |leg: &Leg<u128>| leg.margin.for_size(leg.amount, Amount(leg.amount.0.saturating_mul(10)));
	scale_all(bencher, legs, scale);
}

/// The scaling of as many assets by the whole system's exposure, which a block needs once for all accounts.
#[divan::bench(args = [8])]
fn scale_by_exposure(bencher: Bencher, legs: u128) {
	let scale = |leg: &Leg<u128>| {
		leg.margin
			.for_exposure(Amount(leg.amount.0.saturating_mul(3) / 2), leg.amount)
	};
	scale_all(bencher, legs, scale);
}

fn scale_all(bencher: Bencher, legs: u128, scale: impl Fn(&Leg<u128>) -> MarginRatios) {
	let accounts = accounts(legs);
	bencher.counter(ItemsCount::new(accounts.len())).bench_local(|| {
		for leg in accounts.iter().flatten() {
			black_box(scale(black_box(leg)));
		}
	});
}
