//! Which calls a `Transact` reaches.

use frame_support::traits::{CallMetadata, Contains, GetCallMetadata};

/// The calls, by pallet and name. A trader's, at the margin pallet and at auctions; transfers of the sender's own tokens;
/// the way home over the gateway; and what a publisher of risk parameters sends. Beside them there is [`ROOT_REACHABLE`], and
/// nothing else: no call that dispatches another, and none of this chain's committees.
pub const REACHABLE: &[(&str, &[&str])] = &[
	(
		"Margin",
		&[
			"deposit",
			"withdraw",
			"borrow",
			"repay",
			"swap",
			"open",
			"close",
			"deposit_and_open",
			"close_and_withdraw",
			"open_account",
			"close_account",
			"transfer",
			"set_mode",
			"claim",
			"liquidate",
			"pay_deficit",
		],
	),
	("Auctions", &["take"]),
	(
		"Balances",
		&["transfer_allow_death", "transfer_keep_alive", "transfer_all"],
	),
	("Assets", &["transfer", "transfer_keep_alive", "transfer_all"]),
	("Gateway", &["withdraw_to", "claim_abroad"]),
	("RiskFeed", &["adopt"]),
];

/// What only root may do, and who means well needs: name committees, collators and a new runtime, put right what nobody else
/// can, stop and resume. Each checks for root itself, which is the relay chain's governance where no key is set.
pub const ROOT_REACHABLE: &[(&str, &[&str])] = &[
	("System", &["authorize_upgrade"]),
	("OracleMembership", COMMITTEE),
	("AssetManagers", COMMITTEE),
	("RiskManagers", COMMITTEE),
	("OutflowManagers", COMMITTEE),
	("Reporters", COMMITTEE),
	(
		"CollatorSelection",
		&["set_invulnerables", "set_desired_candidates", "set_candidacy_bond"],
	),
	("SafeMode", &["force_enter", "force_extend", "force_exit"]),
	("TxPause", &["pause", "unpause"]),
	("XcmpQueue", &["suspend_xcm_execution", "resume_xcm_execution"]),
	(
		"PolkadotXcm",
		&["force_xcm_version", "force_default_xcm_version", "force_suspension"],
	),
	("Assets", &["force_create", "force_set_metadata", "force_asset_status"]),
	("Prices", &["set_guard", "remove_guard"]),
	("Forecast", &["set_shadow"]),
	("Gateway", &["recount", "resolve"]),
	(
		"RiskFeed",
		&[
			"open_subscription",
			"change_subscription",
			"close_subscription",
			"set_publisher",
		],
	),
];

const COMMITTEE: &[&str] = &["add_member", "remove_member"];

/// The filter of [`REACHABLE`] and [`ROOT_REACHABLE`].
pub struct Reachable;

impl<Call: GetCallMetadata> Contains<Call> for Reachable {
	fn contains(call: &Call) -> bool {
		let CallMetadata {
			pallet_name,
			function_name,
		} = call.get_call_metadata();
		REACHABLE
			.iter()
			.chain(ROOT_REACHABLE)
			.any(|(pallet, calls)| *pallet == pallet_name && calls.contains(&function_name))
	}
}
