//! The trigger index is worth having: of many accounts, few are candidates that need not be.
#![allow(clippy::float_arithmetic)]

use crate::{
	assess,
	trigger::{file, FiledLeg, Filing, Mark, Moves, Stand},
	Leg, MarginRatios, Quote, Side,
};
use margin_math::{Amount, Price, Ratio, Rounding, UNIT};

const ACCOUNTS: usize = 20_000;
const USDC: usize = 3;
/// Name, dollars, decimals and maintenance percent of the assets, by slot.
const ASSETS: [(&str, u128, u8, u32); 4] = [
	("BTC", 60_000, 8, 3),
	("ETH", 3_000, 18, 3),
	("DOT", 5, 10, 8),
	("USDC", 1, 6, 0),
];
/// Median of the leverage, and the logarithm of how much larger its 99th percentile is, over the normal one.
const LEVERAGE: (f64, f64) = (2.5, 1.386_294 / 2.326_348);

/// A generator of numbers that is always the same.
struct Numbers(u64);

impl Numbers {
	/// Between 0 and 1.
	fn next(&mut self) -> f64 {
		self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
		let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
		let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
		((mixed ^ (mixed >> 31)) >> 11) as f64 / (1u64 << 53) as f64
	}

	fn normal(&mut self) -> f64 {
		let radius = (-2.0 * (1.0 - self.next()).ln()).sqrt();
		radius * (std::f64::consts::TAU * self.next()).cos()
	}
}

type Book = Vec<(usize, Side, Amount)>;

fn price(slot: usize) -> Price {
	Price::from_raw(ASSETS[slot].1 * UNIT)
}

fn maintenance(slot: usize) -> Ratio {
	Ratio::from_percent(ASSETS[slot].3)
}

/// What so many dollars buy.
fn amount(slot: usize, dollars: f64) -> Amount {
	let (_, price, decimals, _) = ASSETS[slot];
	Amount((dollars / price as f64 * 10f64.powi(decimals.into())) as u128)
}

/// An account that is healthy at the reference prices: one or two volatile assets, long or short, against USDC.
fn account(numbers: &mut Numbers) -> Book {
	loop {
		let equity = 1_000.0 * (1.5 * numbers.normal()).exp();
		let size = equity * LEVERAGE.0 * (LEVERAGE.1 * numbers.normal()).exp();
		let is_long = numbers.next() < 0.6;
		let first = (numbers.next() * 3.0) as usize;
		let second = (numbers.next() * 3.0) as usize;
		let share = if numbers.next() < 0.7 || first == second {
			1.0
		} else {
			numbers.next()
		};
		let (side, dollars) = if is_long {
			(Side::Deposit, equity - size)
		} else {
			(Side::Debt, equity + size)
		};
		let mut book = vec![(first, side, amount(first, size * share))];
		if share < 1.0 {
			book.push((second, side, amount(second, size * (1.0 - share))));
		}
		let stable = if dollars < 0.0 { Side::Debt } else { Side::Deposit };
		book.push((USDC, stable, amount(USDC, dollars.abs())));
		if book.iter().any(|leg| leg.1 == Side::Debt) && !is_below(&book, &[100; 4]) {
			return book;
		}
	}
}

fn moved(slot: usize, percentages: &[u32; 4]) -> Price {
	price(slot)
		.scale(Ratio::from_percent(percentages[slot]), Rounding::Down)
		.unwrap()
}

fn is_below(book: &Book, percentages: &[u32; 4]) -> bool {
	let leg = |&(slot, side, amount): &(usize, Side, Amount)| Leg {
		asset: slot,
		side,
		amount,
		decimals: ASSETS[slot].2,
		quote: Quote::usable(moved(slot, percentages), 0),
		margin: MarginRatios::from_maintenance(maintenance(slot)).unwrap(),
	};
	let legs: Vec<_> = book.iter().map(leg).collect();
	assess(&legs).unwrap().is_liquidatable()
}

fn mark(slot: usize) -> Mark {
	Mark {
		price: price(slot),
		debt_index: Ratio::ONE,
		deposit_index: Ratio::ONE,
		maintenance: maintenance(slot),
		size_scale: Amount(u128::MAX),
		highest: maintenance(slot),
		least_scale: Amount(u128::MAX),
		stable: slot == USDC,
	}
}

fn filing(book: &Book) -> Filing {
	let leg = |&(slot, side, amount): &(usize, Side, Amount)| FiledLeg {
		slot: slot as u8,
		side,
		amount,
		decimals: ASSETS[slot].2,
		margin: maintenance(slot),
		mark: mark(slot),
		size_scale: Amount(u128::MAX),
	};
	file(&book.iter().map(leg).collect::<Vec<_>>())
}

fn moves(percentages: &[u32; 4]) -> Moves {
	let mut moves = Moves::default();
	for slot in 0..ASSETS.len() {
		let now = Stand {
			deposit_price: moved(slot, percentages),
			debt_price: moved(slot, percentages),
			debt_index: Ratio::ONE,
			deposit_index: Ratio::ONE,
			maintenance: maintenance(slot),
			size_scale: Amount(u128::MAX),
		};
		moves.note(slot as u8, &mark(slot), &now);
	}
	moves
}

#[test]
fn candidates_are_few() {
	let mut numbers = Numbers(1);
	let books: Vec<Book> = (0..ACCOUNTS).map(|_| account(&mut numbers)).collect();
	let filings: Vec<Filing> = books.iter().map(filing).collect();
	let all_by = |percent| [percent, percent, percent, 100];
	let mut cases = vec![all_by(100), all_by(99), all_by(95), all_by(90), all_by(70), all_by(110)];
	for slot in 0..USDC {
		for percent in [90, 110] {
			let mut alone = [100; 4];
			alone[slot] = percent;
			cases.push(alone);
		}
	}
	println!(
		"{:>26} {:>8} {:>11} {:>6}",
		"prices, % of reference", "below", "candidates", "ratio"
	);
	for percentages in cases {
		let moves = moves(&percentages);
		let (mut below, mut candidates) = (0, 0);
		for (book, filing) in books.iter().zip(&filings) {
			let is_candidate = filing.level <= moves.limit(filing.class);
			let is_below = is_below(book, &percentages);
			assert!(is_candidate || !is_below);
			below += usize::from(is_below);
			candidates += usize::from(is_candidate);
		}
		let ratio = candidates as f64 / below as f64;
		println!(
			"{:>26} {below:>8} {candidates:>11} {ratio:>6.2}",
			format!("{percentages:?}")
		);
		assert!(
			candidates <= 3 * below + ACCOUNTS / 1_000,
			"{percentages:?}: {candidates} candidates, {below} below"
		);
	}
}
