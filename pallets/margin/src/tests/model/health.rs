//! Health by the formulas of the documentation, in exact numbers.
//!
//! ```text
//! H = sum of deposits * price * (1 - m)  -  sum of debts * price * (1 + m)
//! ```

use super::{
	books::{Books, Who},
	number::*,
	world::World,
};
use crate::{mock::*, Status};
use margin_risk::{Level, Quote};

/// An account judged at all levels, in dollars.
#[derive(Clone, Debug)]
pub struct Health {
	pub initial: Q,
	pub target: Q,
	pub maintenance: Q,
	/// What the maintenance level asks for.
	pub margin: Q,
	pub equity: Q,
	pub deposits: Q,
	pub debts: Q,
	/// Equity at the prices of the initial level.
	pub initial_equity: Q,
	/// By how much any of these may be off, because amounts are known to within dust and values to 18 decimals.
	pub doubt: Q,
}

impl Health {
	fn none() -> Self {
		let [initial, target, maintenance, margin, equity, deposits, debts, initial_equity] =
			std::array::from_fn(|_| Q::zero());
		let doubt = tenth_to(15);
		Self {
			initial,
			target,
			maintenance,
			margin,
			equity,
			deposits,
			debts,
			initial_equity,
			doubt,
		}
	}

	/// Whether the account may be liquidated.
	pub fn is_below(&self) -> Sure {
		below(&self.maintenance, &Q::zero(), &self.doubt)
	}

	/// Whether initial health has not fallen.
	pub fn initial_kept(&self, before: &Self) -> Sure {
		below(&self.initial, &before.initial, &(&self.doubt + &before.doubt)).not()
	}

	/// Whether neither maintenance health nor its ratio to the margin is worse than before.
	pub fn no_worse_than(&self, before: &Self) -> Sure {
		let doubt = &self.doubt + &before.doubt;
		let health = below(&self.maintenance, &before.maintenance, &doubt).not();
		let ratio = if self.margin <= self.doubt || before.margin <= before.doubt {
			if self.margin > doubt {
				Sure::No
			} else {
				Sure::Perhaps
			}
		} else {
			let (ours, theirs) = (&self.maintenance * &before.margin, &before.maintenance * &self.margin);
			let scale = &before.margin + &self.margin + self.maintenance.abs() + before.maintenance.abs();
			below(&ours, &theirs, &(scale * doubt)).not()
		};
		health.min(ratio)
	}
}

fn is_usable(quote: &Quote) -> bool {
	quote.verdict.is_usable() && !quote.live.is_zero()
}

/// Whether the price of an asset may be acted on. That of a frozen one may not.
pub fn has_price(world: &World, asset: AssetId) -> bool {
	world.status[&asset] != Status::Frozen && is_usable(&world.quotes[&asset])
}

/// `m` at a level for so much of an asset on one side.
fn ratio(world: &World, books: &Books, asset: AssetId, amount: &Q, level: Level) -> Q {
	let (ratios, scale) = &world.margins[&asset];
	let listed = |level| match level {
		Level::Initial => ratios[0].clone(),
		Level::Target => ratios[1].clone(),
		Level::Maintenance => ratios[2].clone(),
	};
	let mut m = listed(level);
	let pool = &books.pools[&asset];
	let total = if amount.is_negative() {
		pool.debt()
	} else {
		pool.deposits()
	};
	let start = world.configs[&asset].exposure_start.0;
	// All that everybody has raises the initial margin.
	if level == Level::Initial && start != u128::MAX && total > whole(start) {
		let raised = least(&m * total / whole(start), Q::new(95.into(), 100.into()));
		m = most(m, raised);
	}
	// What this account has raises all of them, in proportion, until maintenance is at a fifth.
	if *scale != whole(u128::MAX) {
		let maintenance = listed(Level::Maintenance);
		let fifth = Q::new(1.into(), 5.into());
		let factor = least(
			whole(1) + amount.abs() / scale,
			most(fifth.clone(), maintenance.clone()) / maintenance,
		);
		let bound = if level == Level::Maintenance {
			fifth
		} else {
			Q::new(1.into(), 2.into())
		};
		let raised = least(&m * factor, bound);
		m = most(m, raised);
	}
	m
}

/// The price at which a leg counts, and whether its margin counts.
fn price(world: &World, asset: AssetId, now: u64, owed: bool, initial: bool) -> (Q, bool) {
	let quote = &world.quotes[&asset];
	let [live, stable] = [quote.live, quote.stable].map(|p| fixed(p.raw()));
	let other = quote.candidate.map_or_else(|| live.clone(), |p| fixed(p.raw()));
	let (high, low) = (most(live.clone(), other.clone()), least(live.clone(), other));
	// What was listed just now counts nothing as collateral at first.
	let cold = world.margins[&asset].0[0] == whole(1) - tenth_to(18);
	match (has_price(world, asset), owed, initial) {
		(true, false, true) if cold => (Q::zero(), true),
		(true, false, true) => (least(live, stable), true),
		(true, true, true) => (most(live, stable), true),
		(true, _, false) => (live, true),
		(false, false, true) => (Q::zero(), true),
		(false, true, true) => (most(high, stable), true),
		(false, false, false) => (high * world.faded(asset, now), false),
		(false, true, false) => (low, false),
	}
}

/// What a write-off of the pool's deficit would leave of a deposit.
fn after_deficit(books: &Books, asset: AssetId) -> Q {
	let pool = &books.pools[&asset];
	if !pool.deficit.is_positive() {
		return whole(1);
	}
	let deposits = pool.deposits();
	most(&deposits - &pool.deficit, Q::zero()) / most(deposits, whole(1))
}

/// Judges an account.
pub fn health(world: &World, books: &Books, who: Who) -> Health {
	let mut h = Health::none();
	for (asset, amount) in books.balances(who) {
		let owed = amount.is_negative();
		let units = whole(10u128.pow(world.configs[&asset].decimals.into()));
		let (price_now, counts) = price(world, asset, books.now, owed, false);
		let (price_initial, _) = price(world, asset, books.now, owed, true);
		let value = &amount / &units * &price_now;
		let left = if owed { whole(1) } else { after_deficit(books, asset) };
		let initial = &amount / &units * &price_initial * left;
		let ratio = |level| ratio(world, books, asset, &amount, level);
		let maintenance = if counts { ratio(Level::Maintenance) } else { Q::zero() };
		let target = if counts { ratio(Level::Target) } else { Q::zero() };
		h.margin += value.abs() * &maintenance;
		h.target += &value - value.abs() * target;
		h.initial += &initial - initial.abs() * ratio(Level::Initial);
		h.initial_equity += &initial;
		if owed {
			h.debts -= &value;
		} else {
			h.deposits += &value;
		}
		// Amounts are off by dust, the ratios by the dust of amount and total, and so is what a deficit leaves; six covers
		// them at any ratio below one.
		let high = most(price_now, price_initial);
		h.doubt += &books.pools[&asset].dust / &units * &high * whole(6) + amount.abs() / units * high * tenth_to(16);
	}
	h.equity = &h.deposits - &h.debts;
	h.maintenance = &h.equity - &h.margin;
	h
}

/// Dollars of so much of an asset at its live price.
pub fn worth(world: &World, asset: AssetId, amount: &Q) -> Q {
	let units = whole(10u128.pow(world.configs[&asset].decimals.into()));
	amount / units * fixed(world.quotes[&asset].live.raw())
}
