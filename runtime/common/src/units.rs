//! Units, ids and durations that the runtimes count in.

use crate::{AssetId, Balance};
use sp_runtime::Perbill;

/// The native token, MRG: pays fees. 12 decimals.
pub const NATIVE: AssetId = 0;
/// US dollar coin: the hub that every asset has a market with. 6 decimals.
pub const USDC: AssetId = 1;
/// Bitcoin. 8 decimals.
pub const BTC: AssetId = 2;
/// Ether. 18 decimals.
pub const ETH: AssetId = 3;
/// DOT. 10 decimals.
pub const DOT: AssetId = 4;

/// One whole MRG.
pub const MRG_UNIT: Balance = 10u128.pow(MRG_DECIMALS as u32);
/// Decimals of the native token.
pub const MRG_DECIMALS: u8 = 12;
/// A thousandth of an MRG.
pub const MILLI_MRG: Balance = 1_000_000_000;
/// A millionth of an MRG.
pub const MICRO_MRG: Balance = 1_000_000;
/// One whole USDC.
pub const USDC_UNIT: Balance = 1_000_000;
/// One whole BTC.
pub const BTC_UNIT: Balance = 100_000_000;
/// One whole ETH.
pub const ETH_UNIT: Balance = 1_000_000_000_000_000_000;
/// One whole DOT.
pub const DOT_UNIT: Balance = 10_000_000_000;

/// What has to be set aside for storage that others keep: a tenth of an MRG an item, a thousandth a byte.
pub const fn deposit(items: u32, bytes: u32) -> Balance {
	let items = (100 * MILLI_MRG).saturating_mul(items as Balance);
	items.saturating_add(MILLI_MRG.saturating_mul(bytes as Balance))
}

/// An hour, in milliseconds.
pub const HOUR: u64 = 3_600_000;
/// A day, in milliseconds.
pub const DAY: u64 = 24 * HOUR;

/// Largest share of a block of the parachain for users' calls. With the chain's own liquidations and the hooks it leaves room
/// for messages, whose senders must not starve when a market falls and blocks are full.
pub const PARACHAIN_USERS_SHARE: Perbill = Perbill::from_percent(35);
