#![cfg_attr(not(feature = "std"), no_std)]
//! What clients may ask of the margin system, at any block. Polkadot.js finds it as `api.call.marginApi`.

extern crate alloc;

use alloc::vec::Vec;
use codec::Codec;
pub use pallet_margin::{AccountView, BalanceView, BelowMaintenance, PoolView, PriceView, SubAccount};

/// An account: its owner and its number.
pub type AccountKey<AccountId> = (AccountId, SubAccount);

sp_api::decl_runtime_apis! {
	/// Accounts, pools and prices of the margin system, weighed by the code that decides on them.
	pub trait MarginApi<AccountId, AssetId>
	where
		AccountId: Codec,
		AssetId: Codec,
	{
		/// An account's balances, health at each level, equity, leverage, and for each asset the price at which it
		/// falls below maintenance. `None` when there is no such account.
		fn account(owner: AccountId, sub: SubAccount) -> Option<AccountView<AssetId>>;

		/// Every pool with its rates, interest included up to this block.
		fn pools() -> Vec<PoolView<AssetId>>;

		/// Every listed asset's price with its verdict.
		fn prices() -> Vec<PriceView<AssetId>>;

		/// Accounts below maintenance among the next `limit` (at most 1,000) accounts with debt behind `after`: the
		/// account, its round and its maintenance health; and the last account looked at, from which to go on. There
		/// are no more when that is `None`.
		fn below_maintenance(
			after: Option<AccountKey<AccountId>>,
			limit: u32,
		) -> BelowMaintenance<AccountId>;
	}
}
