//! # The economy that presets start with
//!
//! Prices are those of 11 March 2020, 00:00 UTC, where the shipped replay begins. The keys of every account are known to
//! everybody: never start a chain of value from them.
//!
//! | account | has |
//! |---|---|
//! | Alice to Ferdie | plenty of every asset, to trade with |
//! | //Feeder1 to //Feeder3 | a seat in the oracle and one among the reporters of forecasts, and MRG for the fee that a feed gets back |
//! | //Supplier | what it has put into the margin pools |
//! | //Maker | what it has put into the AMM's pools, and enough to keep their price |

// Presets are read when a chain is made, never in a block.
#![allow(clippy::expect_used, clippy::arithmetic_side_effects)]

use crate::{
	units::*, AccountId, AssetId, AssetsConfig, Balance, BalancesConfig, GenesisPoolsConfig, Margin, MarginConfig,
	OracleMembershipConfig, PricesConfig, ReportersConfig, RuntimeGenesisConfig,
};
use alloc::vec::Vec;
use frame_support::build_struct_json_patch;
use margin_math::{Amount, Ratio};
use margin_risk::{FlowLimit, MarginRatios, RateModel, VolatilityMargin};
use pallet_genesis_pools::InitialPool;
use pallet_margin::{AssetConfig, Tier};
use pallet_prices::Guard;
use serde_json::Value as Json;
use sp_core::{sr25519, Pair};
use sp_keyring::Sr25519Keyring;

/// An asset as the presets list it.
struct Listing {
	id: AssetId,
	name: &'static str,
	symbol: &'static str,
	decimals: u8,
	/// One whole, in smallest units.
	unit: Balance,
	/// Least balance of an account, in smallest units: about a cent.
	min_balance: Balance,
	/// Dollars of a whole, in cents.
	cents: Balance,
	/// What the AMM starts with on the asset's side of its market with USDC, in wholes.
	amm: Balance,
	/// What the supplier puts into the margin pool, in wholes.
	supply: Balance,
	/// What each well-known account has, in wholes.
	wallet: Balance,
	/// What the market maker has beside its liquidity, in wholes.
	maker: Balance,
	/// Least maintenance margin, in parts per million. Target is 1.25 times as much, initial twice.
	maintenance_ppm: u32,
	/// Usual standard deviation of an hour's return, in parts per million, as `margin-backtest calibrate` finds it. `None`: the margin does not follow the asset's volatility.
	usual_ppm: Option<u32>,
}

impl Listing {
	/// What the market has of it, in wholes. The stable itself is on the other side of every market.
	fn depth(&self) -> Balance {
		if self.amm == 0 {
			self.supply
		} else {
			self.amm
		}
	}
}

const LISTINGS: [Listing; 4] = [
	Listing {
		id: USDC,
		name: "USD Coin",
		symbol: "USDC",
		decimals: 6,
		unit: USDC_UNIT,
		min_balance: 10_000,
		cents: 100,
		amm: 0,
		supply: 100_000_000,
		wallet: 10_000_000,
		maker: 5_000_000_000,
		maintenance_ppm: 1_000,
		usual_ppm: None,
	},
	Listing {
		id: BTC,
		name: "Bitcoin",
		symbol: "BTC",
		decimals: 8,
		unit: BTC_UNIT,
		min_balance: 100,
		cents: 789_466,
		amm: 2_500,
		supply: 5_000,
		wallet: 1_000,
		maker: 200_000,
		maintenance_ppm: 30_000,
		usual_ppm: Some(5_000),
	},
	Listing {
		id: ETH,
		name: "Ether",
		symbol: "ETH",
		decimals: 18,
		unit: ETH_UNIT,
		min_balance: ETH_UNIT / 20_000,
		cents: 20_074,
		amm: 50_000,
		supply: 100_000,
		wallet: 50_000,
		maker: 5_000_000,
		maintenance_ppm: 30_000,
		usual_ppm: Some(6_300),
	},
	Listing {
		id: DOT,
		name: "Polkadot",
		symbol: "DOT",
		decimals: 10,
		unit: DOT_UNIT,
		min_balance: DOT_UNIT / 400,
		cents: 400,
		amm: 1_250_000,
		supply: 5_000_000,
		wallet: 2_500_000,
		maker: 100_000_000,
		maintenance_ppm: 80_000,
		usual_ppm: Some(8_000),
	},
];

/// MRG of each well-known account.
const WALLET_MRG: Balance = 10_000_000 * MRG_UNIT;
/// MRG of the market maker.
const MAKER_MRG: Balance = 100_000_000 * MRG_UNIT;
/// MRG of an operator: many fees.
const OPERATOR_MRG: Balance = 1_000 * MRG_UNIT;
/// Both sides of the market of MRG with USDC, in wholes. MRG starts at a dollar.
const AMM_MRG: Balance = 1_000_000;

/// The operators' seeds, whose keys a development node holds.
pub const OPERATORS: [&str; 3] = ["//Feeder1", "//Feeder2", "//Feeder3"];
/// Seed of the account that supplies the margin pools.
pub const SUPPLIER: &str = "//Supplier";
/// Seed of the account that makes the market.
pub const MAKER: &str = "//Maker";

/// Account of a development seed such as `//Maker`.
pub fn account(seed: &str) -> AccountId {
	sr25519::Pair::from_string(seed, None)
		.expect("a development seed is well formed")
		.public()
		.0
		.into()
}

fn well_known() -> Vec<AccountId> {
	Sr25519Keyring::invulnerable()
		.map(Sr25519Keyring::to_account_id)
		.collect()
}

fn operators() -> Vec<AccountId> {
	OPERATORS.iter().map(|seed| account(seed)).collect()
}

fn balances() -> Vec<(AccountId, Balance)> {
	let operators = OPERATORS.iter().map(|seed| (account(seed), OPERATOR_MRG));
	well_known()
		.into_iter()
		.map(|who| (who, WALLET_MRG))
		.chain(operators)
		.chain([(account(SUPPLIER), OPERATOR_MRG), (account(MAKER), MAKER_MRG)])
		.collect()
}

fn asset_balances() -> Vec<(AssetId, AccountId, Balance)> {
	LISTINGS
		.iter()
		.flat_map(|asset| {
			let wallets = well_known()
				.into_iter()
				.map(|who| (asset.id, who, asset.wallet * asset.unit));
			wallets.chain([
				// The margin pallet's account must never be reaped.
				(asset.id, Margin::account_id(), asset.min_balance),
				(asset.id, account(SUPPLIER), (asset.supply + asset.wallet) * asset.unit),
				(asset.id, account(MAKER), (asset.amm + asset.maker) * asset.unit),
			])
		})
		.collect()
}

/// The markets: each listed asset and MRG with USDC, at the prices of the first hour.
fn pools() -> Vec<InitialPool<AccountId, AssetId, Balance>> {
	let provider = account(MAKER);
	let native = InitialPool {
		provider: provider.clone(),
		asset1: NATIVE,
		asset2: USDC,
		amount1: AMM_MRG * MRG_UNIT,
		amount2: AMM_MRG * USDC_UNIT,
	};
	let listed = LISTINGS
		.iter()
		.filter(|asset| asset.id != USDC)
		.map(|asset| InitialPool {
			provider: provider.clone(),
			asset1: asset.id,
			asset2: USDC,
			amount1: asset.amm * asset.unit,
			amount2: asset.amm * asset.cents * USDC_UNIT / 100,
		});
	core::iter::once(native).chain(listed).collect()
}

/// A price older than 30 seconds is stale; the rest is as the pallet proposes.
fn guards() -> Vec<(AssetId, Guard)> {
	LISTINGS
		.iter()
		.map(|asset| {
			let kind = if asset.id == USDC {
				Guard::pegged()
			} else {
				Guard::volatile()
			};
			(
				asset.id,
				Guard {
					max_age_ms: 30_000,
					..kind
				},
			)
		})
		.collect()
}

/// The fitted rule: 2.35 times the usual volatility whatever happens, and 5.45 times that of the hour in proportion to what
/// is usual now; between 2 % and 20 %, up by 9.3 % of itself an hour at most, and down by 6 %. The usual volatility is known
/// from the start, so that no asset starts at the cap.
fn volatility(usual_ppm: u32) -> VolatilityMargin {
	VolatilityMargin {
		base: Ratio::from_ppm(usual_ppm * 235 / 100),
		multiple: Ratio::from_ppm(5_450_000),
		usual: Some(Ratio::from_ppm(usual_ppm)),
		floor: Ratio::from_percent(2),
		cap: Ratio::from_percent(20),
		rise: Ratio::from_ppm(93_000),
		fall: Ratio::from_percent(6),
	}
}

/// What the margin pallet lists: interest of 1 % to 10 % a year up to 80 % utilisation and to 200 % beyond, a tenth of
/// it for the insurance fund.
fn margin_assets() -> Vec<(AssetId, AssetConfig<AssetId>)> {
	LISTINGS
		.iter()
		.map(|asset| {
			let margin = MarginRatios::from_maintenance(Ratio::from_ppm(asset.maintenance_ppm)).expect("in range");
			let rate = RateModel {
				base: Ratio::from_ppm(10_000),
				kink: Ratio::from_ppm(800_000),
				rate_at_kink: Ratio::from_ppm(100_000),
				rate_at_full: Ratio::from_ppm(2_000_000),
			};
			let config = AssetConfig {
				decimals: asset.decimals,
				price_key: asset.id,
				tier: Tier::Cross,
				margin,
				volatility: asset.usual_ppm.map(volatility),
				// A position as large as the market that has to take it needs twice the margin.
				size_scale: Amount(asset.depth() * asset.unit),
				exposure_start: Amount(2 * asset.supply * asset.unit),
				rate,
				reserve_factor: Ratio::from_ppm(100_000),
				unborrowable: Ratio::from_ppm(50_000),
				min_amount: Amount(asset.min_balance),
				// About ten dollars.
				min_debt: Amount(10 * asset.unit * 100 / asset.cents),
				account_cap: Amount(5 * asset.supply * asset.unit),
				deposit_cap: Amount(10 * asset.supply * asset.unit),
				borrow_cap: Amount(asset.supply * asset.unit),
				// Half of what was supplied in a day, and no more than the market has.
				borrow_window: FlowLimit {
					most: Amount(asset.depth().min(asset.supply / 2) * asset.unit),
					period: DAY,
				},
			};
			(asset.id, config)
		})
		.collect()
}

/// Half of what the supplier put in may leave a pool in a day, net of what comes in.
fn outflow_limits() -> Vec<(AssetId, FlowLimit)> {
	LISTINGS
		.iter()
		.map(|asset| {
			let most = Amount(asset.supply * asset.unit / 2);
			(asset.id, FlowLimit { most, period: DAY })
		})
		.collect()
}

fn margin_deposits() -> Vec<(AccountId, u16, AssetId, Amount)> {
	LISTINGS
		.iter()
		.map(|asset| (account(SUPPLIER), 0, asset.id, Amount(asset.supply * asset.unit)))
		.collect()
}

/// The economy, and what the runtime has `beside` it: its authorities, and who is root.
pub fn genesis(beside: Json) -> Json {
	let economy = build_struct_json_patch!(RuntimeGenesisConfig {
		balances: BalancesConfig { balances: balances() },
		assets: AssetsConfig {
			assets: LISTINGS
				.iter()
				.map(|asset| (asset.id, crate::genesis_presets::issuer(), true, asset.min_balance))
				.collect(),
			metadata: LISTINGS
				.iter()
				.map(|asset| (asset.id, asset.name.into(), asset.symbol.into(), asset.decimals))
				.collect(),
			accounts: asset_balances(),
		},
		oracle_membership: OracleMembershipConfig {
			members: operators().try_into().expect("three fit"),
		},
		reporters: ReportersConfig {
			members: operators().try_into().expect("three fit"),
		},
		prices: PricesConfig { guards: guards() },
		margin: MarginConfig {
			assets: margin_assets(),
			outflow_limits: outflow_limits(),
			deposits: margin_deposits()
		},
		genesis_pools: GenesisPoolsConfig { pools: pools() },
	});
	match (economy, beside) {
		(Json::Object(mut all), Json::Object(beside)) => {
			all.extend(beside);
			Json::Object(all)
		},
		(economy, _) => economy,
	}
}
