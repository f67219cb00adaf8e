//! What the pallet stores: accounts with their signed balances, and the record of an asset.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::Get, BoundedVec, CloneNoBound, DebugNoBound, EqNoBound, PartialEqNoBound};
use margin_math::{Amount, Ratio, Shares, Value};
use margin_risk::{LiquidationParams, MarginRatios, RateModel};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_runtime::RuntimeDebug;

/// Number of a sub-account: its owner picks it, and each is weighed on its own.
pub type SubAccount = u16;

/// What secures what inside an account.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, RuntimeDebug, Default,
)]
pub enum Mode {
	/// Every balance secures every debt.
	#[default]
	Cross,
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
	pub mode: Mode,
	/// Counts liquidation steps. A finding names the round that it was made in, so that it cannot be used twice.
	pub round: u32,
	/// Signed balances, ascending by asset.
	pub holdings: BoundedVec<Holding<AssetId>, Max>,
}

impl<AssetId, Max> Account<AssetId, Max>
where
	AssetId: Copy + Ord + core::fmt::Debug,
	Max: Get<u32>,
{
	/// An empty cross account whose rounds count from `round`.
	pub fn new(round: u32) -> Self {
		Self {
			mode: Mode::Cross,
			round,
			holdings: BoundedVec::new(),
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

	/// The signed balance of `asset`, if it has one.
	pub fn balance(&self, asset: AssetId) -> Option<Balance> {
		self.holdings.iter().find(|h| h.asset == asset).map(|h| h.balance)
	}

	/// Sets or clears the balance of `asset`. `None` when the account has no room for another asset.
	pub fn set(&mut self, asset: AssetId, balance: Option<Balance>) -> Option<()> {
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
			(Err(at), Some(balance)) => self.holdings.try_insert(at, Holding { asset, balance }).ok(),
			(Err(_), None) => Some(()),
		}
	}
}

/// The record of a listed asset. Governance writes it; [`AssetConfig::check`] says what may be written.
#[derive(
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Clone,
	Copy,
	PartialEq,
	Eq,
	RuntimeDebug,
	Serialize,
	Deserialize,
)]
#[serde(rename_all = "camelCase")]
pub struct AssetConfig<PriceKey> {
	/// Decimals of the smallest unit: 6 means that a million units are one whole. Fixed when listed.
	pub decimals: u8,
	/// Where its price is found. Fixed when listed.
	pub price_key: PriceKey,
	/// Margin ratios for engines that take them from here.
	pub margin: MarginRatios,
	/// Interest borrowers pay, by utilisation.
	pub rate: RateModel,
	/// Share of the interest that goes to the insurance fund.
	pub reserve_factor: Ratio,
	/// Share of the deposits that is never lent, so that what the house sells can be delivered.
	pub unborrowable: Ratio,
	/// Least amount that may be deposited, borrowed or sold at once, in smallest units.
	pub min_amount: Amount,
	/// Most that the pool takes in, in smallest units.
	pub deposit_cap: Amount,
	/// Most that the pool lends, in smallest units.
	pub borrow_cap: Amount,
}

/// Largest maintenance margin. With no more than this on both sides of a pair, a liquidation step never goes past the
/// target by more than the least bite.
pub const MAX_MAINTENANCE: Ratio = Ratio::from_percent(20);

/// Why a record of an asset is refused.
#[derive(Clone, Copy, PartialEq, Eq, RuntimeDebug)]
pub enum BadConfig {
	/// More than 18 decimals.
	Decimals,
	/// Ratios out of order, an initial one of 1 and more, or a maintenance ratio of zero or above [`MAX_MAINTENANCE`].
	Margin,
	/// A rate that falls with utilisation, a kink at 0 or 1, or a rate beyond 1000 % a year.
	Rate,
	/// A reserve factor or an unborrowable share of 1 and more.
	Share,
	/// A least amount of zero.
	MinAmount,
}

impl<PriceKey> AssetConfig<PriceKey> {
	/// Whether every field lies in its range.
	pub fn check(&self) -> Result<(), BadConfig> {
		let ensure = |ok: bool, error| if ok { Ok(()) } else { Err(error) };
		ensure(self.decimals <= 18, BadConfig::Decimals)?;
		let allowed = Ratio::from_ppm(1)..=MAX_MAINTENANCE;
		ensure(
			self.margin.is_valid() && allowed.contains(&self.margin.maintenance),
			BadConfig::Margin,
		)?;
		ensure(self.rate.is_valid(), BadConfig::Rate)?;
		ensure(
			self.reserve_factor < Ratio::ONE && self.unborrowable < Ratio::ONE,
			BadConfig::Share,
		)?;
		ensure(!self.min_amount.is_zero(), BadConfig::MinAmount)
	}
}

/// By which door a liquidation came.
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, RuntimeDebug)]
pub enum Door {
	/// An unsigned extrinsic that some validator's offchain worker sent.
	Keeper,
	/// The chain's own step, ahead of the block's transactions.
	Chain,
}

/// How liquidations and the house behave: constants of the runtime.
#[derive(Encode, Decode, TypeInfo, Clone, Copy, PartialEq, Eq, RuntimeDebug)]
pub struct HouseParams {
	/// Penalty ramp and least bite of a liquidation.
	pub liquidation: LiquidationParams,
	/// The house's line of credit: most that it may owe, in dollars, unless an account's equity is gone.
	pub line: Value,
	/// How far from the live price the house may trade, at worst.
	pub band: Ratio,
	/// Most of the venue's depth that one sale may use.
	pub depth_share: Ratio,
}
