//! The margin system.

use super::{
	assets::NativeAndAssets,
	forecast::Forecasts,
	governance::{AssetManager, OutflowManager, RiskManager},
	order,
	system::share_of_block,
};
use crate::{
	units::{deposit, DAY, HOUR, USDC},
	weights, AssetId, Balance, Balances, Prices, RiskEngine, Runtime, RuntimeHoldReason, Timestamp,
};
use frame_support::{
	parameter_types,
	traits::{ConstU32, ConstU64},
	weights::Weight,
	PalletId,
};
use margin_math::{Ratio, Value};
use margin_risk::{volatility::STRETCH, LiquidationParams};
use pallet_margin::{AccountRules, AmmVenue, ChangeRules, HouseParams, Tightened, VolatilityEngine};
use sp_runtime::Perbill;

/// Largest share of a block for liquidations, by the chain itself and by unsigned calls together.
pub const ALL_LIQUIDATIONS_SHARE: Perbill = Perbill::from_percent(60);
/// Largest share of a block that the chain takes for its own liquidations, ahead of all transactions.
pub const LIQUIDATION_SHARE: Perbill = Perbill::from_percent(40);

parameter_types! {
	/// The account that holds the pools' tokens is derived from this.
	pub const MarginPalletId: PalletId = PalletId(*b"mrgn/mgn");
	/// Assets without a market of their own are exchanged through USDC.
	pub const Hub: AssetId = USDC;
	/// Whether the chain liquidates by itself. In storage under `:ChainLiquidates:`, so that tests can switch it off
	/// and see the keepers alone at work.
	pub storage ChainLiquidates: bool = true;
	/// How long a stretch of a margin ratio's way takes: five minutes. In storage under `:MarginStretch:`, so that the
	/// demonstration can compress time.
	pub storage MarginStretch: u64 = STRETCH;
	/// [`LIQUIDATION_SHARE`] of a block.
	pub LiquidationWeight: Weight = share_of_block(LIQUIDATION_SHARE);
	/// [`ALL_LIQUIDATIONS_SHARE`] of a block.
	pub MaxLiquidationWeight: Weight = share_of_block(ALL_LIQUIDATIONS_SHARE);
	/// For one item of at most 600 bytes, and its entry among the accounts with debt.
	pub const AccountDeposit: Balance = deposit(2, 650);
	/// What leaves an account with debt must leave a tenth of its deposits as equity. A deposit whose price has died
	/// counts in full for an hour, and nothing six hours later; a minute without a block is a halt, after which that time
	/// begins anew.
	pub const Rules: AccountRules = AccountRules {
		withdrawal_margin: Ratio::from_percent(10),
		unusable_grace: HOUR,
		unusable_decay: 6 * HOUR,
		halt: 60_000,
	};
	/// A new asset warms up for a week, what tightens is in force within a day, what loosens waits two days, and who
	/// holds an asset that is delisted has two weeks to leave.
	pub const Pace: ChangeRules = ChangeRules {
		warm_up: 7 * DAY,
		tighten_over: DAY,
		loosen_delay: 2 * DAY,
		delist_notice: 14 * DAY,
	};
	/// The penalty rises from 1 % to 2.5 % with the depth below maintenance. No step is smaller than 100 dollars. The
	/// house may owe 20 million dollars, and hold 10 million of one asset and 25 million of all; past that, collateral goes
	/// to the market within 1.25 % of the live price. A sale takes a quarter of a percent of a market's depth: fee and
	/// impact of it stay below the penalty that pays for it, also where two markets lie on the way, so that an ordinary
	/// liquidation costs neither fund nor suppliers. Of a pool with a deficit a hundredth may leave in a day.
	pub const HouseRules: HouseParams = HouseParams {
		liquidation: LiquidationParams {
			penalty_floor: Ratio::from_ppm(10_000),
			penalty_ceiling: Ratio::from_ppm(25_000),
			min_bite: Value::from_dollars(100),
		},
		line: Value::from_dollars(20_000_000),
		asset_cap: Value::from_dollars(10_000_000),
		inventory_cap: Value::from_dollars(25_000_000),
		band: Ratio::from_ppm(12_500),
		depth_share: Ratio::from_ppm(2_500),
		deficit_outflow: Ratio::from_percent(1),
	};
}

/// What the asset's volatility asks for, and more if predictive models see it coming.
pub type Measured = Tightened<VolatilityEngine<Prices>, Forecasts>;

impl pallet_margin::Config for Runtime {
	type AssetId = AssetId;
	type Assets = NativeAndAssets;
	/// An asset's price is filed under the asset's number.
	type PriceKey = AssetId;
	type Prices = Prices;
	type RiskEngine = RiskEngine;
	type Volatility = Prices;
	type MarginStretch = MarginStretch;
	type Venue = AmmVenue<Runtime, Hub>;
	type Time = Timestamp;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Currency = Balances;
	type AssetManager = AssetManager;
	type RiskManager = RiskManager;
	type OutflowManager = OutflowManager;
	type AccountDeposit = AccountDeposit;
	type AccountRules = Rules;
	type ChangeRules = Pace;
	type PalletId = MarginPalletId;
	type MaxAssets = ConstU32<16>;
	type MaxAccountAssets = ConstU32<8>;
	type House = HouseRules;
	type ChainLiquidates = ChainLiquidates;
	type LiquidationWeight = LiquidationWeight;
	type MaxLiquidationWeight = MaxLiquidationWeight;
	type UnsignedPriority = ConstU64<{ order::LIQUIDATIONS }>;
	type WeightInfo = weights::Margin<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = super::benchmarking::Stage;
}
