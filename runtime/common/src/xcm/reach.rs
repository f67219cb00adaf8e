//! Which calls a `Transact` reaches.

use frame_support::traits::{CallMetadata, Contains, GetCallMetadata};

/// The calls, by pallet and name. A trader's, at the margin pallet and at auctions; transfers of the sender's own tokens;
/// the way home over the gateway; what a publisher of risk parameters sends; and what only root may do, so that the relay
/// chain's governance can name committees and a new runtime. Nothing else: no call that dispatches another, and none of
/// this chain's governance.
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
	("System", &["authorize_upgrade"]),
	("OracleMembership", &["add_member", "remove_member"]),
	("AssetManagers", &["add_member", "remove_member"]),
	("RiskManagers", &["add_member", "remove_member"]),
	("OutflowManagers", &["add_member", "remove_member"]),
];

/// The filter of [`REACHABLE`].
pub struct Reachable;

impl<Call: GetCallMetadata> Contains<Call> for Reachable {
	fn contains(call: &Call) -> bool {
		let CallMetadata {
			pallet_name,
			function_name,
		} = call.get_call_metadata();
		REACHABLE
			.iter()
			.any(|(pallet, calls)| *pallet == pallet_name && calls.contains(&function_name))
	}
}
