//! What is stored of an account: its mode and its signed balances.

use crate::{bucket::Bucket, seasoning::Fresh};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::Get, BoundedVec, CloneNoBound, DebugNoBound, EqNoBound, PartialEqNoBound};
use margin_math::Shares;
use scale_info::TypeInfo;
use sp_runtime::RuntimeDebug;

/// Number of a sub-account: its owner picks it, and each is weighed on its own.
pub type SubAccount = u16;

/// What secures what inside an account. An isolated account keeps its mode, the others may be changed into each other.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, RuntimeDebug, Default,
)]
pub enum Mode<AssetId> {
	/// Every balance secures every debt, and each requires margin for itself.
	#[default]
	Cross,
	/// The account holds these two assets alone, and owes only the second. What it loses stays inside.
	Isolated {
		/// May be held.
		collateral: AssetId,
		/// May be held and owed.
		debt: AssetId,
	},
	/// Every balance secures every debt, and balances that move against each other require less margin together. A
	/// liquidation takes the same part of all of them.
	Portfolio,
}

impl<AssetId> Mode<AssetId> {
	/// Whether what the account loses stays inside two assets.
	pub fn is_isolated(&self) -> bool {
		matches!(self, Self::Isolated { .. })
	}
}

/// One signed balance, in shares of the asset's pool. Never both sides at once, and never zero.
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, RuntimeDebug)]
pub enum Balance {
	/// What the pool owes to the account: earns what borrowers pay.
	Deposit(Shares),
	/// What the account owes to the pool: grows with the borrow rate.
	Debt(Shares),
}

impl Balance {
	/// Whether it is owed to the pool.
	pub fn is_debt(&self) -> bool {
		matches!(self, Self::Debt(_))
	}
}

/// An asset of an account with its signed balance.
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, RuntimeDebug)]
pub struct Holding<AssetId> {
	/// The asset.
	pub asset: AssetId,
	/// Its signed balance.
	pub balance: Balance,
	/// How many of the pool's grants in kind came before this balance, or have been counted out to it.
	pub seen: u16,
}

/// A margin account: one storage item, so that one read tells its health.
#[derive(
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	CloneNoBound,
	PartialEqNoBound,
	EqNoBound,
	DebugNoBound,
)]
#[scale_info(skip_type_params(Max))]
pub struct Account<AssetId, Max>
where
	AssetId: Clone + PartialEq + Eq + core::fmt::Debug,
	Max: Get<u32>,
{
	/// What secures what.
	pub mode: Mode<AssetId>,
	/// Counts liquidation steps. A finding names the round that it was made in, so that it cannot be used twice.
	pub round: u32,
	/// What is held of the owner's native tokens for as long as the account is open, in smallest units.
	pub deposit: u128,
	/// Where it is filed in the trigger index while it owes something.
	pub filed: Option<Bucket>,
	/// Signed balances, ascending by asset.
	pub holdings: BoundedVec<Holding<AssetId>, Max>,
	/// What it was given in kind and has not claimed yet, ascending by asset: deposit shares that lie in escrow. They
	/// secure nothing.
	pub claims: BoundedVec<(AssetId, Shares), Max>,
	/// What came of its deposits lately, ascending by asset and time. Of assets that season it counts nothing initially for
	/// a while.
	pub fresh: BoundedVec<Fresh<AssetId>, Max>,
}

impl<AssetId, Max> Account<AssetId, Max>
where
	AssetId: Copy + Ord + core::fmt::Debug,
	Max: Get<u32>,
{
	/// An empty account whose rounds count from `round`.
	pub fn new(mode: Mode<AssetId>, round: u32, deposit: u128) -> Self {
		Self {
			mode,
			round,
			deposit,
			filed: None,
			holdings: BoundedVec::new(),
			claims: BoundedVec::new(),
			fresh: BoundedVec::new(),
		}
	}

	/// Nothing held, nothing owed.
	pub fn is_empty(&self) -> bool {
		self.holdings.is_empty()
	}

	/// Whether it owes anything.
	pub fn has_debt(&self) -> bool {
		self.holdings.iter().any(|h| h.balance.is_debt())
	}

	/// Assets that it owes.
	pub(crate) fn debts(&self) -> impl Iterator<Item = AssetId> + '_ {
		self.holdings.iter().filter(|h| h.balance.is_debt()).map(|h| h.asset)
	}

	/// Whether the mode allows every balance.
	pub(crate) fn keeps_to_its_mode(&self) -> bool {
		match self.mode {
			Mode::Cross | Mode::Portfolio => true,
			Mode::Isolated { collateral, debt } => self
				.holdings
				.iter()
				.all(|h| h.asset == debt || (h.asset == collateral && !h.balance.is_debt())),
		}
	}

	/// The signed balance of `asset`, if it has one.
	pub fn balance(&self, asset: AssetId) -> Option<Balance> {
		self.holdings.iter().find(|h| h.asset == asset).map(|h| h.balance)
	}

	/// The shares of its deposit of `asset`.
	pub(crate) fn deposit_of(&self, asset: AssetId) -> Shares {
		match self.balance(asset) {
			Some(Balance::Deposit(shares)) => shares,
			_ => Shares::ZERO,
		}
	}

	/// Sets or clears the balance of `asset`. Of a smaller deposit, what came last is left. `None` when the account has no
	/// room for another asset.
	pub fn set(&mut self, asset: AssetId, balance: Option<Balance>) -> Option<()> {
		self.set_balance(asset, balance)?;
		if !self.fresh.is_empty() {
			let held = self.deposit_of(asset);
			self.keep_latest(asset, held);
		}
		Some(())
	}

	fn set_balance(&mut self, asset: AssetId, balance: Option<Balance>) -> Option<()> {
		let zero = matches!(balance, Some(Balance::Deposit(s) | Balance::Debt(s)) if s.is_zero());
		match (
			self.holdings.binary_search_by_key(&asset, |h| h.asset),
			balance.filter(|_| !zero),
		) {
			(Ok(at), Some(balance)) => self.holdings.get_mut(at).map(|h| h.balance = balance),
			(Ok(at), None) => {
				self.holdings.remove(at);
				Some(())
			},
			(Err(at), Some(balance)) => self
				.holdings
				.try_insert(
					at,
					Holding {
						asset,
						balance,
						seen: 0,
					},
				)
				.ok(),
			(Err(_), None) => Some(()),
		}
	}

	/// Marks the balance of `asset` as one that has had so many of the pool's grants.
	pub(crate) fn see(&mut self, asset: AssetId, grants: u16) {
		if let Some(holding) = self.holdings.iter_mut().find(|h| h.asset == asset) {
			holding.seen = grants;
		}
	}

	/// Adds to what may be claimed of `asset`. `None` when that does not fit.
	pub(crate) fn give(&mut self, asset: AssetId, shares: Shares) -> Option<()> {
		if shares.is_zero() {
			return Some(());
		}
		match self.claims.binary_search_by_key(&asset, |(asset, _)| *asset) {
			Ok(at) => {
				let (_, claim) = self.claims.get_mut(at)?;
				*claim = claim.checked_add(shares)?;
				Some(())
			},
			Err(at) => self.claims.try_insert(at, (asset, shares)).ok(),
		}
	}

	/// Takes out what may be claimed of `asset`.
	pub(crate) fn take_claim(&mut self, asset: AssetId) -> Option<Shares> {
		let at = self.claims.iter().position(|(claimed, _)| *claimed == asset)?;
		Some(self.claims.remove(at).1)
	}
}
