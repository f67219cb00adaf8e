//! Grants in kind: so much of an asset for everybody who held a deposit in a pool at a moment.
//!
//! Nobody can be paid then and there, because there may be any number of suppliers. A grant keeps what each share of the
//! deposits is due, and every balance keeps how many of its pool's grants it has had. Before a balance changes, the
//! grants that it has not had are counted out to it ([`Ledger::count_out`]): rounded down, as a claim on what lies in
//! escrow. What rounding leaves when all have had theirs is the fund's.

use crate::{account::Balance, ledger::Ledger, AccountOf, Config, Error, Grants};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use margin_math::{mul_div, Rounding, Shares};
use scale_info::TypeInfo;
use sp_runtime::RuntimeDebug;

/// Most grants of a pool that wait to be counted out.
pub const MAX_GRANTS: u32 = 16;

/// Deposit shares of one asset for all who held deposit shares of another.
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, RuntimeDebug)]
pub struct Grant<AssetId> {
	/// What was given.
	pub asset: AssetId,
	/// How many of its pool's deposit shares.
	pub shares: Shares,
	/// For how many deposit shares of the pool that it was given to.
	pub total: Shares,
	/// What is not counted out yet.
	pub shares_left: Shares,
	/// Deposit shares that it is not counted out to yet.
	pub total_left: Shares,
}

/// The grants of a pool that wait, in order. Those that came before are counted out to everybody.
pub type GrantList<AssetId> = BoundedVec<Grant<AssetId>, ConstU32<MAX_GRANTS>>;

impl<T: Config> Ledger<T> {
	fn grants_of(&mut self, pool: T::AssetId) -> &mut GrantList<T::AssetId> {
		self.grants.entry(pool).or_insert_with(|| Grants::<T>::get(pool))
	}

	/// Counts out to the account what it has not had of the grants to the depositors of `pool`. Comes before every change
	/// of its balance there, and costs nothing while the pool has no grants.
	pub fn count_out(&mut self, account: &mut AccountOf<T>, pool: T::AssetId) -> Result<(), Error<T>> {
		let given = self.entry(pool)?.asset.grants;
		let Some(holding) = account.holdings.iter().find(|h| h.asset == pool).copied() else {
			return Ok(());
		};
		let Balance::Deposit(shares) = holding.balance else {
			return Ok(());
		};
		if holding.seen >= given {
			return Ok(());
		}
		let missing = usize::from(given.saturating_sub(holding.seen));
		let grants = self.grants_of(pool);
		let had = grants.len().saturating_sub(missing);
		for grant in grants.iter_mut().skip(had) {
			let part = mul_div(shares.0, grant.shares.0, grant.total.0, Rounding::Down).ok_or(Error::<T>::Overflow)?;
			let part = Shares(part).min(grant.shares_left);
			grant.shares_left = grant.shares_left.saturating_sub(part);
			grant.total_left = grant.total_left.checked_sub(shares).ok_or(Error::<T>::Overflow)?;
			account.give(grant.asset, part).ok_or(Error::<T>::AccountFull)?;
		}
		account.see(pool, given);
		Ok(())
	}

	/// Counts out the grants of every pool in which the account has a deposit.
	pub fn count_out_all(&mut self, account: &mut AccountOf<T>) -> Result<(), Error<T>> {
		let pools: Vec<_> = account.holdings.iter().map(|holding| holding.asset).collect();
		pools.into_iter().try_for_each(|pool| self.count_out(account, pool))
	}

	/// Gives `shares` of `asset` to everybody who has a deposit in `pool`. Answers whether that was possible: not when
	/// nobody has one, or too many grants wait.
	pub fn grant(&mut self, pool: T::AssetId, asset: T::AssetId, shares: Shares) -> Result<bool, Error<T>> {
		let record = self.entry(pool)?.asset;
		let (total, Some(given)) = (record.pool.deposit_shares, record.grants.checked_add(1)) else {
			return Ok(false);
		};
		if total.is_zero() || shares.is_zero() {
			return Ok(false);
		}
		let grant = Grant {
			asset,
			shares,
			total,
			shares_left: shares,
			total_left: total,
		};
		if self.grants_of(pool).try_push(grant).is_err() {
			return Ok(false);
		}
		self.record(pool)?.grants = given;
		Ok(true)
	}

	/// Forgets the grants of `pool` that everybody has had. Answers with what rounding has left of them.
	pub fn forget_grants(&mut self, pool: T::AssetId) -> Vec<(T::AssetId, Shares)> {
		let grants = self.grants_of(pool);
		let spent = grants.iter().take_while(|grant| grant.total_left.is_zero());
		let left: Vec<_> = spent.map(|grant| (grant.asset, grant.shares_left)).collect();
		grants.drain(..left.len());
		left
	}
}
