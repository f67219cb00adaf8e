//! Constants that a runtime chooses: how the house, accounts and changes of parameters behave.

use codec::{Decode, Encode};
use margin_math::{Ratio, Value};
use margin_risk::LiquidationParams;
use scale_info::TypeInfo;
use sp_runtime::RuntimeDebug;

/// How liquidations and the house behave.
#[derive(Encode, Decode, TypeInfo, Clone, Copy, PartialEq, Eq, RuntimeDebug)]
pub struct HouseParams {
	/// Penalty ramp and least bite of a liquidation.
	pub liquidation: LiquidationParams,
	/// The house's line of credit: most that it may owe, in dollars, unless an account's equity is gone.
	pub line: Value,
	/// Most that the house holds of one asset, in dollars, unless an account's equity is gone.
	pub asset_cap: Value,
	/// Most that the house holds of all assets, in dollars, unless an account's equity is gone.
	pub inventory_cap: Value,
	/// How far from the live price collateral may be sold to the market that the house has no room for, at worst.
	pub band: Ratio,
	/// Most of the venue's depth that one sale may use.
	pub depth_share: Ratio,
	/// Most that leaves a pool with a deficit in a day, as a share of its deposits.
	pub deficit_outflow: Ratio,
}

impl HouseParams {
	pub(crate) fn is_valid(&self) -> bool {
		self.liquidation.is_valid()
			&& self.band < Ratio::ONE
			&& self.depth_share < Ratio::ONE
			&& self.deficit_outflow <= Ratio::ONE
			&& self.line >= self.liquidation.min_bite
			&& self.asset_cap >= self.liquidation.min_bite
			&& self.inventory_cap >= self.asset_cap
	}
}

/// How accounts are judged beyond their margin ratios.
#[derive(Encode, Decode, TypeInfo, Clone, Copy, PartialEq, Eq, RuntimeDebug)]
pub struct AccountRules {
	/// What leaves an account with debt must leave so much of the value of its deposits as equity, or the initial
	/// margin if that is more: what a winner takes home cannot be what keeps his position from going under.
	pub withdrawal_margin: Ratio,
	/// How long a deposit counts in full after its price was last usable, in milliseconds.
	pub unusable_grace: u64,
	/// How long it then takes until it counts nothing, in milliseconds.
	pub unusable_decay: u64,
	/// How long no block must be made for it to be a halt, after which these times begin anew, in milliseconds.
	pub halt: u64,
}

impl AccountRules {
	pub(crate) fn is_valid(&self) -> bool {
		self.withdrawal_margin < Ratio::ONE
	}
}

/// How fast parameters may change, in milliseconds.
#[derive(Encode, Decode, TypeInfo, Clone, Copy, PartialEq, Eq, RuntimeDebug)]
pub struct ChangeRules {
	/// How long a newly listed asset takes from counting nothing as collateral to its initial margin. It goes on
	/// counting nothing for the time that a loosening waits, which must be shorter.
	pub warm_up: u64,
	/// How long a raised maintenance margin takes to its new value.
	pub tighten_over: u64,
	/// How long a change that loosens anything waits before it is made.
	pub loosen_delay: u64,
	/// How long holders of an asset that is delisted have before they are moved out of it.
	pub delist_notice: u64,
}

impl ChangeRules {
	pub(crate) fn is_valid(&self) -> bool {
		self.warm_up > self.loosen_delay && self.tighten_over > 0 && self.loosen_delay > 0 && self.delist_notice > 0
	}
}
