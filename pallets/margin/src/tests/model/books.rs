//! The reference model's books: who has how much of what, in exact numbers, and what interest makes of it.
//!
//! A balance is one signed number, positive for a deposit and negative for a debt, and the pool's totals are sums over
//! the balances. Interest multiplies all deposits, or all debts, of an asset by one factor, which is kept in an index.
//!
//! **Dust.** The pallet works in whole units and shares and rounds each against whoever acts, the model does not round.
//! [`Pool::dust`] bounds, for each asset, by how many smallest units the two may have grown apart. Every operation on
//! a pool adds [`DUST`] units; every chunk of interest adds one, and the 18th decimal of the debt a few times.

use super::number::*;
use crate::{mock::*, AssetConfig, Mode};
use std::{
	cell::RefCell,
	collections::{BTreeMap, BTreeSet},
};

/// Units by which an operation may move the pallet's books away from the model's: a share of either side is worth no
/// more than two units in these tests, and an amount is rounded to a unit.
pub const DUST: u32 = 3;

/// Whose balance it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Who {
	Trader(AccountId, u16),
	House,
	Fund,
}

/// One asset's pool, apart from the balances in it.
#[derive(Clone, PartialEq, Debug)]
pub struct Pool {
	pub liquidity: Q,
	pub reserves: Q,
	pub deficit: Q,
	/// What a deposit, or a debt, of one unit has become since the start.
	pub index: [Q; 2],
	/// Deposits and debts of everybody, each at an index of one.
	pub total: [Q; 2],
	/// Until when interest is booked.
	pub accrued_at: u64,
	/// How far the pallet's amounts may be from these, in smallest units.
	pub dust: Q,
}

const DEPOSITS: usize = 0;
const DEBTS: usize = 1;

impl Pool {
	pub fn new(now: u64) -> Self {
		Self {
			liquidity: Q::zero(),
			reserves: Q::zero(),
			deficit: Q::zero(),
			index: [whole(1), whole(1)],
			total: [Q::zero(), Q::zero()],
			accrued_at: now,
			dust: whole(2),
		}
	}

	pub fn deposits(&self) -> Q {
		&self.total[DEPOSITS] * &self.index[DEPOSITS]
	}

	pub fn debt(&self) -> Q {
		&self.total[DEBTS] * &self.index[DEBTS]
	}

	/// Borrowers pay, for each year of 365 days, a rate that is looked up at a utilisation.
	fn rate(config: &AssetConfig<AssetId>, used: &Q) -> Q {
		let [base, kink, high, full] = {
			let r = &config.rate;
			[r.base, r.kink, r.rate_at_kink, r.rate_at_full].map(|x| fixed(x.raw()))
		};
		if *used <= kink {
			&base + (&high - &base) * used / kink
		} else {
			&high + (full - &high) * (used - &kink) / (whole(1) - kink)
		}
	}

	/// `e^x - 1` to the third power of `x`, the rate times the time.
	fn growth(rate: &Q, ms: u64) -> Q {
		let x = rounded(&(rate * whole(ms) / whole(365 * DAY)));
		let square = &x * &x;
		let cube = &square * &x;
		rounded(&(x + square / whole(2) + cube / whole(6)))
	}

	fn utilisation(&self, debt: &Q) -> Q {
		rounded(&(debt / (&self.liquidity + debt)))
	}

	/// Interest until `now`: hour by hour, at most 24 of them, each at the rate that the utilisation half way through it
	/// gives. The reserve's part of it earns nothing, the rest is the suppliers'.
	pub fn accrue(&mut self, config: &AssetConfig<AssetId>, now: u64) {
		for _ in 0..24 {
			let debt = self.debt();
			if debt.is_zero() {
				self.accrued_at = self.accrued_at.max(now);
			}
			let ms = now.saturating_sub(self.accrued_at).min(HOUR);
			if ms == 0 {
				return;
			}
			let start = Self::rate(config, &self.utilisation(&debt));
			let halfway = &debt * (whole(1) + rounded(&(start * whole(ms.div_ceil(2)) / whole(365 * DAY))));
			let growth = Self::growth(&Self::rate(config, &self.utilisation(&halfway)), ms);
			let interest = &debt * &growth;
			let deposits = self.deposits();
			let reserve = if deposits.is_zero() {
				interest.clone()
			} else {
				&interest * fixed(config.reserve_factor.raw())
			};
			if !deposits.is_zero() {
				let earned = whole(1) + (&interest - &reserve) / deposits;
				self.index[DEPOSITS] = rounded(&(&self.index[DEPOSITS] * earned));
			}
			self.index[DEBTS] = rounded(&(&self.index[DEBTS] * (whole(1) + growth)));
			self.reserves += reserve;
			self.accrued_at += ms;
			// What is off already earns interest too, and moves the rate, by at most 50 times itself.
			let more = &self.dust * whole(50 * ms) / whole(365 * DAY);
			self.dust = rounded(&(&self.dust + more + whole(1) + debt * fixed(5)));
		}
	}
}

/// An account of the model.
#[derive(Clone, Debug)]
pub struct Holder {
	pub mode: Mode<AssetId>,
	/// Signed balances at an index of one. None is zero.
	balances: BTreeMap<AssetId, Q>,
}

/// All pools and all accounts.
#[derive(Clone, Debug)]
pub struct Books {
	pub now: u64,
	pub pools: BTreeMap<AssetId, Pool>,
	pub holders: BTreeMap<Who, Holder>,
	/// Pools that were written to since [`Books::opened`].
	dirty: BTreeSet<AssetId>,
	/// What interest was worked out lately: from this pool, with these parameters, until then, to that pool.
	known: RefCell<BTreeMap<AssetId, Accrual>>,
}

type Accrual = (Pool, AssetConfig<AssetId>, u64, Pool);

/// What a change of a balance did on its two sides.
pub struct Change {
	pub deposit: Q,
	pub debt: Q,
}

impl Books {
	pub fn new(now: u64) -> Self {
		let empty = || Holder {
			mode: Mode::Cross,
			balances: BTreeMap::new(),
		};
		Self {
			now,
			pools: BTreeMap::new(),
			holders: [(Who::House, empty()), (Who::Fund, empty())].into(),
			dirty: BTreeSet::new(),
			known: RefCell::default(),
		}
	}

	pub fn open(&mut self, who: Who, mode: Mode<AssetId>) {
		let balances = BTreeMap::new();
		self.holders.insert(who, Holder { mode, balances });
	}

	/// The books as a call finds them: interest until now, nothing written yet.
	pub fn opened(&self, configs: &BTreeMap<AssetId, AssetConfig<AssetId>>) -> Self {
		let mut books = self.clone();
		for (asset, pool) in &mut books.pools {
			*pool = self.accrued(*asset, pool, &configs[asset]);
		}
		books.dirty.clear();
		books
	}

	fn accrued(&self, asset: AssetId, pool: &Pool, config: &AssetConfig<AssetId>) -> Pool {
		let mut known = self.known.borrow_mut();
		if let Some((from, with, until, to)) = known.get(&asset) {
			if (from, with, *until) == (pool, config, self.now) {
				return to.clone();
			}
		}
		let mut to = pool.clone();
		to.accrue(config, self.now);
		known.insert(asset, (pool.clone(), *config, self.now, to.clone()));
		to
	}

	/// Takes over what a call has written, and leaves the interest of pools that it only read unbooked.
	pub fn close(&mut self, mut call: Self) {
		for (asset, pool) in &self.pools {
			if !call.dirty.contains(asset) {
				call.pools.insert(*asset, pool.clone());
			}
		}
		call.dirty.clear();
		call.known = std::mem::take(&mut self.known);
		*self = call;
	}

	/// Marks a pool as written to.
	pub fn touch(&mut self, asset: AssetId) -> &mut Pool {
		self.dirty.insert(asset);
		self.pools.get_mut(&asset).expect("the asset is listed")
	}

	pub fn amount(&self, who: Who, asset: AssetId) -> Q {
		let scaled = self.holders.get(&who).and_then(|holder| holder.balances.get(&asset));
		scaled.map_or_else(Q::zero, |scaled| {
			scaled * &self.pools[&asset].index[usize::from(scaled.is_negative())]
		})
	}

	/// Assets of an account with their signed amounts, ascending.
	pub fn balances(&self, who: Who) -> Vec<(AssetId, Q)> {
		let holder = self.holders.get(&who);
		let assets = holder.into_iter().flat_map(|holder| holder.balances.keys());
		assets.map(|asset| (*asset, self.amount(who, *asset))).collect()
	}

	/// Makes the balance this much, and says how deposit and debt changed.
	pub fn set(&mut self, who: Who, asset: AssetId, amount: &Q) -> Change {
		let before = self.amount(who, asset);
		let pool = self.touch(asset);
		let side = usize::from(amount.is_negative());
		let scaled = rounded(&(amount / &pool.index[side]));
		let holder = self.holders.get_mut(&who).expect("the account exists");
		let old = holder.balances.remove(&asset).unwrap_or_else(Q::zero);
		let pool = self.pools.get_mut(&asset).expect("the asset is listed");
		pool.total[usize::from(old.is_negative())] -= old.abs();
		pool.total[side] += scaled.abs();
		for side in [DEPOSITS, DEBTS] {
			if pool.total[side].is_zero() {
				pool.index[side] = whole(1);
			}
		}
		if !scaled.is_zero() {
			holder.balances.insert(asset, scaled);
		}
		let part = |x: &Q, negative: bool| {
			if x.is_negative() == negative {
				x.abs()
			} else {
				Q::zero()
			}
		};
		Change {
			deposit: part(amount, false) - part(&before, false),
			debt: part(amount, true) - part(&before, true),
		}
	}

	/// Adds to a balance what comes from another account, or takes what goes there.
	pub fn shift(&mut self, from: Who, to: Who, asset: AssetId, amount: &Q) {
		let (gives, takes) = (self.amount(from, asset), self.amount(to, asset));
		self.set(from, asset, &(gives - amount));
		self.set(to, asset, &(takes + amount));
		self.soil(asset);
	}

	/// Brings tokens into the pool, to the credit of an account.
	pub fn credit(&mut self, who: Who, asset: AssetId, amount: &Q) -> Change {
		self.touch(asset).liquidity += amount;
		self.soil(asset);
		let held = self.amount(who, asset);
		self.set(who, asset, &(held + amount))
	}

	/// Takes tokens out of the pool, at the cost of an account.
	pub fn debit(&mut self, who: Who, asset: AssetId, amount: &Q) -> Change {
		self.credit(who, asset, &-amount)
	}

	/// The reserves of an asset become a deposit of the fund.
	pub fn collect_reserves(&mut self, asset: AssetId) {
		let pool = self.touch(asset);
		let reserves = std::mem::replace(&mut pool.reserves, Q::zero());
		let held = self.amount(Who::Fund, asset);
		self.set(Who::Fund, asset, &(held + reserves));
		self.soil(asset);
	}

	/// The fund pays what it can of a pool's deficit with its deposit there.
	pub fn cover_deficit(&mut self, asset: AssetId) {
		let held = self.amount(Who::Fund, asset);
		let paid = least(held.clone(), self.pools[&asset].deficit.clone());
		if paid.is_positive() {
			self.set(Who::Fund, asset, &(held - &paid));
			self.touch(asset).deficit -= paid;
			self.soil(asset);
		}
	}

	/// What the house owes becomes a deficit of the pool.
	pub fn write_deficit(&mut self, asset: AssetId, amount: &Q) {
		let owed = self.amount(Who::House, asset);
		self.set(Who::House, asset, &(owed + amount));
		self.touch(asset).deficit += amount;
		self.soil(asset);
	}

	/// Allows for the rounding of one operation.
	pub fn soil(&mut self, asset: AssetId) {
		self.touch(asset).dust += whole(DUST);
	}

	/// The asset is no longer listed.
	pub fn forget(&mut self, asset: AssetId) {
		self.pools.remove(&asset);
		for holder in self.holders.values_mut() {
			holder.balances.remove(&asset);
		}
	}

	/// A balance that is dust on one side only becomes the other side's. What is left over is the pool's.
	pub fn adopt(&mut self, who: Who, asset: AssetId, actual: &Q) {
		let change = self.set(who, asset, actual);
		// liquidity + debt + deficit == deposits + reserves stays true.
		let pool = self.touch(asset);
		pool.reserves += change.debt - change.deposit;
	}
}
