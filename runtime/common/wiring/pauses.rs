//! What can be stopped when something is wrong, and what never can.
//!
//! Safe mode stops every call but those of [`NeverPaused`]; tx-pause stops single calls, none of those. Root starts and
//! ends both, and is never stopped itself.

use crate::{
	AccountId, Balance, Balances, BlockNumber, Runtime, RuntimeCall, RuntimeEvent, RuntimeHoldReason, SafeMode,
	TxPause, ALSO_NEVER_PAUSED, SLOT_MILLIS,
};
use frame_support::{
	parameter_types,
	traits::{CallMetadata, ConstU32, Contains, GetCallMetadata, InsideBoth},
};
use frame_system::{EnsureRoot, EnsureRootWithSuccess};
use pallet_tx_pause::RuntimeCallNameOf;

/// What a signed or unsigned call has to pass.
pub type CallFilter = InsideBoth<SafeMode, TxPause>;

/// A pallet, and the names of calls of it: none for all of them.
pub type Calls = (&'static str, &'static [&'static str]);

/// Calls that no pause may stop, by pallet and name: what lowers risk, and what keeps the chain alive.
///
/// Calls that only dispatch others are here too: what they wrap passes the filter on its own, and an account of a
/// multisig or of a proxy can repay in no other way.
pub const NEVER_PAUSED: &[Calls] = &[
	("System", ANY),
	("Timestamp", ANY),
	("Sudo", ANY),
	("SafeMode", ANY),
	("TxPause", ANY),
	("Oracle", &["feed_values"]),
	("Forecast", &["report"]),
	(
		"Margin",
		&[
			"deposit",
			"repay",
			"liquidate",
			"liquidate_unsigned",
			"liquidate_page",
			"pay_deficit",
			"set_status",
			"set_pauses",
			"cancel_change",
			"set_outflow_limit",
		],
	),
	(
		"Auctions",
		&["sell_to_market", "sell_to_market_unsigned", "set_level", "set_rules"],
	),
	("Utility", ANY),
	("Multisig", ANY),
	(
		"Proxy",
		&[
			"proxy",
			"proxy_announced",
			"reject_announcement",
			"remove_proxy",
			"remove_proxies",
		],
	),
];

/// All calls of a pallet.
pub const ANY: &[&str] = &[];

/// The filter of [`NEVER_PAUSED`] and of what this chain has beside it.
pub struct NeverPaused;

impl NeverPaused {
	fn has(pallet: &[u8], call: &[u8]) -> bool {
		NEVER_PAUSED.iter().chain(ALSO_NEVER_PAUSED).any(|(name, calls)| {
			name.as_bytes() == pallet && (calls.is_empty() || calls.iter().any(|name| name.as_bytes() == call))
		})
	}
}

impl Contains<RuntimeCall> for NeverPaused {
	fn contains(call: &RuntimeCall) -> bool {
		let CallMetadata {
			pallet_name,
			function_name,
		} = call.get_call_metadata();
		Self::has(pallet_name.as_bytes(), function_name.as_bytes())
	}
}

impl Contains<RuntimeCallNameOf<Runtime>> for NeverPaused {
	fn contains((pallet, call): &RuntimeCallNameOf<Runtime>) -> bool {
		Self::has(pallet, call)
	}
}

/// Blocks of a day: so long does safe mode last unless root extends it or ends it.
pub const SAFE_MODE_BLOCKS: BlockNumber = (24 * 60 * 60 * 1_000 / SLOT_MILLIS) as BlockNumber;

parameter_types! {
	/// Nobody can buy safe mode with a deposit.
	pub const NotForSale: Option<Balance> = None;
	/// Without deposits there is nothing to give back.
	pub const NoRelease: Option<BlockNumber> = None;
}

impl pallet_safe_mode::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type WhitelistedCalls = NeverPaused;
	type EnterDuration = ConstU32<SAFE_MODE_BLOCKS>;
	type ExtendDuration = ConstU32<SAFE_MODE_BLOCKS>;
	type EnterDepositAmount = NotForSale;
	type ExtendDepositAmount = NotForSale;
	type ForceEnterOrigin = EnsureRootWithSuccess<AccountId, ConstU32<SAFE_MODE_BLOCKS>>;
	type ForceExtendOrigin = EnsureRootWithSuccess<AccountId, ConstU32<SAFE_MODE_BLOCKS>>;
	type ForceExitOrigin = EnsureRoot<AccountId>;
	type ForceDepositOrigin = EnsureRoot<AccountId>;
	type Notify = ();
	type ReleaseDelay = NoRelease;
	type WeightInfo = pallet_safe_mode::weights::SubstrateWeight<Runtime>;
}

impl pallet_tx_pause::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type PauseOrigin = EnsureRoot<AccountId>;
	type UnpauseOrigin = EnsureRoot<AccountId>;
	type WhitelistedCalls = NeverPaused;
	/// Longer than any name of a pallet or call.
	type MaxNameLen = ConstU32<256>;
	type WeightInfo = pallet_tx_pause::weights::SubstrateWeight<Runtime>;
}
