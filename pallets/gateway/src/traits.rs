//! What the gateway asks of the rest of its chain.

use crate::SubAccount;
use margin_math::Value;
use sp_runtime::DispatchError;
use xcm::latest::{Location, QueryId};

/// The margin system, as the gateway needs it.
pub trait MarginAccounts<AccountId, AssetId> {
	/// Takes so much out of a margin account into its owner's wallet, or all of it where no amount is given, and answers
	/// with what arrived there. Margin, limits and pauses as for any withdrawal.
	///
	/// # Errors
	/// Those of the margin system's own withdrawal.
	fn withdraw(
		owner: &AccountId,
		sub: SubAccount,
		asset: AssetId,
		amount: Option<u128>,
	) -> Result<u128, DispatchError>;

	/// Dollars at the live price, rounded up. Nothing where there is no price to rely on.
	fn value(asset: AssetId, amount: u128) -> Option<Value>;
}

/// Where answers of other chains are awaited, by the number that they come with: `pallet-xcm`, which the runtime puts
/// behind this trait with a line of `new_notify_query`.
pub trait Reports<Call> {
	/// Awaits an answer from `responder`, about what it executed for `querier`, which is a location of this chain. When
	/// it comes, `notify` is called with the number and the answer in the place of its own two arguments, by the origin of a
	/// response.
	fn expect(responder: Location, querier: Location, notify: Call) -> QueryId;
}
