//! What must be so after every step: the chain has what the model has, and nobody has paid for another's action.

use super::{
	actions::Name,
	books::Who,
	driver::Run,
	health::health,
	number::*,
	setting::{Quotes, ASSETS, OWNERS},
};
use crate::{account::Balance, mock::*, AccountOf};
use margin_math::Value;
use margin_risk::Pool;
use num_bigint::BigInt;
use std::collections::BTreeMap;

/// Accounts as they are stored, apart from some.
pub fn others(touched: &[Name]) -> BTreeMap<Name, AccountOf<Test>> {
	let all = crate::Accounts::<Test>::iter().map(|(owner, sub, account)| ((owner, sub), account));
	all.filter(|(name, _)| !touched.contains(name)).collect()
}

fn accrued() -> BTreeMap<AssetId, Pool> {
	let pools = crate::Assets::<Test>::iter().map(|(asset, record)| {
		let mut pool = record.pool;
		let config = record.config;
		pool.accrue(&config.rate, config.reserve_factor, Timestamp::get())
			.expect("interest fits");
		(asset, pool)
	});
	pools.collect()
}

/// What a share of each pool is worth: units and shares of the deposits, and of the debt.
pub fn share_prices() -> BTreeMap<AssetId, [[u128; 2]; 2]> {
	let price = |pool: Pool| {
		[
			[pool.deposits.0 + 1, pool.deposit_shares.0 + 1_000],
			[pool.debt.0, pool.debt_shares.0],
		]
	};
	accrued()
		.into_iter()
		.map(|(asset, pool)| (asset, price(pool)))
		.collect()
}

/// No action makes a share of the deposits worth less, or a share of the debt owe less: what is rounded away is never
/// taken from those who did nothing.
pub fn nobody_pays(before: &BTreeMap<AssetId, [[u128; 2]; 2]>, touched: &[Name]) {
	let after = share_prices();
	let mut bystanders: Vec<_> = others(touched).into_values().collect();
	bystanders.extend([crate::House::<Test>::get(), crate::Fund::<Test>::get()]);
	for (asset, sides) in before {
		let Some(now) = after.get(asset) else { continue };
		for (owed, ([units, shares], [units_now, shares_now])) in [false, true].into_iter().zip(sides.iter().zip(now)) {
			// Where nobody else has a share, who pays all back and borrows again starts anew.
			let mut held = bystanders.iter().filter_map(|account| account.balance(*asset));
			let none = !held.any(|balance| balance.is_debt() == owed);
			let (was, is) = (
				BigInt::from(*units) * BigInt::from(*shares_now),
				BigInt::from(*units_now) * BigInt::from(*shares),
			);
			assert!(
				none || is >= was,
				"a share of asset {asset} was {units}/{shares} and is {units_now}/{shares_now}"
			);
		}
	}
}

fn value(value: Value) -> Q {
	fixed(value.raw())
}

/// A balance as the pallet stores it, to the fraction.
fn exact(pool: &Pool, balance: Option<Balance>) -> Q {
	match balance {
		None => Q::zero(),
		Some(Balance::Deposit(shares)) => {
			whole(shares.0) * whole(pool.deposits.0 + 1) / whole(pool.deposit_shares.0 + 1_000)
		},
		Some(Balance::Debt(shares)) => -whole(shares.0) * whole(pool.debt.0) / whole(pool.debt_shares.0),
	}
}

/// So much of an asset, of a balance as it is stored now.
pub fn amount_of(asset: AssetId, balance: Option<Balance>) -> Q {
	let record = crate::Assets::<Test>::get(asset).expect("it is listed");
	exact(&record.pool, balance)
}

impl Run {
	/// Everything, after each step.
	pub fn check(&mut self) {
		Margin::do_try_state().expect("the pallet's own invariants hold");
		self.check_pools();
		self.check_accounts();
		self.check_tokens();
		self.check_health();
	}

	fn check_pools(&mut self) {
		for (asset, record) in crate::Assets::<Test>::iter() {
			let pool = record.pool;
			let ours = &self.books.pools[&asset];
			if !pool.debt.is_zero() {
				assert_eq!(
					pool.accrued_at, ours.accrued_at,
					"asset {asset}: interest is booked until then"
				);
			}
			let parts = [
				("liquidity", pool.liquidity, ours.liquidity.clone()),
				("deposits", pool.deposits, ours.deposits()),
				("debt", pool.debt, ours.debt()),
				("reserves", pool.reserves, ours.reserves.clone()),
				("deficit", pool.deficit, ours.deficit.clone()),
			];
			for (name, theirs, ours_now) in parts {
				let off = whole(theirs.0) - &ours_now;
				assert!(
					off.abs() <= ours.dust,
					"asset {asset}: {name} {} where the model has {}, within {}",
					theirs.0,
					ours_now.round(),
					ours.dust.round()
				);
			}
		}
	}

	fn check_accounts(&mut self) {
		let mut theirs: BTreeMap<Who, AccountOf<Test>> = crate::Accounts::<Test>::iter()
			.map(|(owner, sub, account)| (Who::Trader(owner, sub), account))
			.collect();
		theirs.insert(Who::House, crate::House::<Test>::get());
		theirs.insert(Who::Fund, crate::Fund::<Test>::get());
		assert!(
			theirs.keys().eq(self.books.holders.keys()),
			"the same accounts are open"
		);
		for (who, account) in theirs {
			assert_eq!(account.mode, self.books.holders[&who].mode);
			for asset in ASSETS {
				let Some(pool) = crate::Assets::<Test>::get(asset).map(|record| record.pool) else {
					continue;
				};
				let (actual, ours) = (exact(&pool, account.balance(asset)), self.books.amount(who, asset));
				let dust = &self.books.pools[&asset].dust;
				assert!(
					(&actual - &ours).abs() <= *dust,
					"{who:?} has {} of asset {asset} where the model has {}, within {}",
					actual.round(),
					ours.round(),
					dust.round()
				);
				if actual.signum() != ours.signum() {
					self.books.adopt(who, asset, &actual);
				}
			}
		}
	}

	fn check_tokens(&mut self) {
		let about = self.world.about.take();
		for asset in ASSETS {
			let mut sum = 0;
			for owner in OWNERS {
				let actual = wallet(owner, asset);
				let ours = self.world.wallets.insert((owner, asset), actual).unwrap_or_default();
				let off = if about == Some((owner, asset)) {
					self.books.pools[&asset].dust.clone()
				} else {
					Q::zero()
				};
				assert!(
					whole(actual.abs_diff(ours)) <= off,
					"{owner} has {actual} of {asset} and not {ours}"
				);
				sum += actual;
			}
			let markets: u128 = pallet_asset_conversion::Pools::<Test>::iter_keys()
				.map(|(a, b)| {
					use pallet_asset_conversion::PoolLocator;
					let at = <Test as pallet_asset_conversion::Config>::PoolLocator::pool_address(&a, &b);
					wallet(at.expect("the market exists"), asset)
				})
				.sum();
			let all = sum + markets + wallet(Margin::account_id(), asset);
			use frame_support::traits::fungibles::Inspect;
			assert_eq!(
				all,
				Assets::total_issuance(asset),
				"no token of {asset} is lost or made"
			);
			if let Some(record) = crate::Assets::<Test>::get(asset) {
				assert_eq!(wallet(Margin::account_id(), asset), record.pool.liquidity.0 + 1);
			}
		}
		for owner in OWNERS {
			let open = self
				.books
				.holders
				.keys()
				.filter(|who| matches!(who, Who::Trader(o, _) if *o == owner));
			let held = open.count() as u128 * AccountDeposit::get();
			assert_eq!(
				Balances::reserved_balance(owner),
				held,
				"what is held is for open accounts"
			);
		}
	}

	/// Everybody's health is what the formulas say.
	fn check_health(&mut self) {
		let books = self.books.opened(&self.world.configs);
		for who in books.holders.keys() {
			let Who::Trader(owner, sub) = *who else { continue };
			let Some(view) = Margin::account_view(&owner, sub) else {
				continue;
			};
			let ours = health(&self.world, &books, *who);
			let levels = [
				("initial", view.initial_health, &ours.initial),
				("target", view.target_health, &ours.target),
				("maintenance", view.maintenance_health, &ours.maintenance),
				("equity", view.equity, &ours.equity),
			];
			for (name, theirs, ours_now) in levels {
				assert!(
					(value(theirs) - ours_now).abs() <= ours.doubt,
					"{who:?}: {name} is {theirs:?} and not {} within {}",
					ours_now,
					ours.doubt
				);
			}
			assert!(ours.initial <= &ours.target + &ours.doubt && ours.target <= &ours.maintenance + &ours.doubt);
		}
		for (asset, quote) in &self.world.quotes {
			assert_eq!(Quotes::get(asset).as_ref(), Some(quote));
		}
	}
}
