#![cfg_attr(not(feature = "std"), no_std)]
//! What clients may ask of the margin system, at any block. Polkadot.js finds it as `api.call.marginApi`.

extern crate alloc;

use alloc::vec::Vec;
use codec::Codec;
pub use pallet_auctions::{AuctionView, PaymentView};
pub use pallet_forecast::MultiplierView;
pub use pallet_margin::{
	AccountPut, AccountView, Action, AssetDelta, AssetPut, AtRisk, BalanceView, BelowMaintenance, BookDelta, BookPut,
	FundView, Place, PlanError, PoolView, PriceView, SubAccount, WrittenPut,
};

/// An account: its owner and its number.
pub type AccountKey<AccountId> = (AccountId, SubAccount);

sp_api::decl_runtime_apis! {
	/// Accounts, pools and prices of the margin system, weighed by the code that decides on them.
	///
	/// What would happen is found by making the calls on the state of the block and taking them back. Only what the
	/// margin system itself allows is looked at: fees, proxies and the chain's own switches are not.
	pub trait MarginApi<AccountId, AssetId>
	where
		AccountId: Codec,
		AssetId: Codec,
	{
		/// An account's balances, health at each level, equity, leverage, and for each asset the price at which it
		/// falls below maintenance. `None` when there is no such account.
		fn account(owner: AccountId, sub: SubAccount) -> Option<AccountView<AssetId>>;

		/// The account as it would be after these actions, each the call of its name, made one after the other in this
		/// block; the wallet pays and is paid as it would be. Without actions, the account as it is. Or which action is
		/// refused, counted from zero, and with which error. At most 32 actions: more are refused at 32. When there is no
		/// account in the end, the error counts one past the last action.
		fn preview(
			owner: AccountId,
			sub: SubAccount,
			actions: Vec<Action<AssetId>>,
		) -> Result<AccountView<AssetId>, PlanError>;

		/// The largest amount of `asset` that `withdraw` accepts now, in smallest units. Zero when it accepts none.
		fn max_withdraw(owner: AccountId, sub: SubAccount, asset: AssetId) -> u128;

		/// The largest amount of `asset` that `borrow` accepts now, in smallest units: the account's own deposit of it
		/// and what can be owed. Zero when it accepts none.
		fn max_borrow(owner: AccountId, sub: SubAccount, asset: AssetId) -> u128;

		/// The largest amount of `from` that `swap` sells for `to` now, and what that buys, in smallest units of each:
		/// the account's own deposit of `from` and what can be owed, to within what a few smallest units on the way cost.
		/// Zero when it accepts none.
		fn max_buy(owner: AccountId, sub: SubAccount, from: AssetId, to: AssetId) -> (u128, u128);

		/// Every pool with its rates, state and limits, interest included up to this block.
		fn pools() -> Vec<PoolView<AssetId>>;

		/// Every listed asset's price with its verdict.
		fn prices() -> Vec<PriceView<AssetId>>;

		/// The accounts below maintenance among the next `limit` (at most 1,000) candidates of the trigger index behind
		/// `after`: each with its place there, its round and its maintenance health; and the last place looked at, from
		/// which to go on. There are no more when that is `None`. Whoever is below maintenance is among the candidates.
		fn at_risk(after: Option<Place<AccountId>>, limit: u32) -> AtRisk<AccountId>;

		/// A full scan, to hold the trigger index against: the accounts below maintenance among the next `limit` (at most
		/// 100,000) of all accounts behind `after`: the account, its round and its maintenance health; and the last
		/// account looked at. There are no more when that is `None`.
		fn scan(
			after: Option<AccountKey<AccountId>>,
			limit: u32,
		) -> BelowMaintenance<AccountId>;

		/// What the house sells, and how each auction stands in this block.
		fn auctions() -> Vec<AuctionView<AssetId>>;

		/// What may be paid with at the auctions: what the house owes.
		fn payments() -> Vec<PaymentView<AssetId>>;

		/// The insurance fund, the house, and what they stand for. `None` when that is too large to be told.
		fn fund() -> Option<FundView>;

		/// The put that the protocol has written on an account: its net delta in each asset, and what the protocol is
		/// expected to lose on it in an hour in which it cannot be closed, in dollars, under normal returns and under
		/// returns with fat tails. `None` when there is no such account, or that is too large to be told.
		fn account_put(owner: AccountId, sub: SubAccount) -> Option<AccountPut<AssetId>>;

		/// The same summed over the next `limit` (at most 2,000) accounts that owe something, behind `after`, with the last
		/// place looked at. There are no more when that is `None`. Ask for all pages at one block, and add them up: each
		/// account is in one of them.
		fn book_put(after: Option<Place<AccountId>>, limit: u32) -> BookPut<AssetId, AccountId>;

		/// The same for the whole book if every account stood at its maintenance margin, which is the most that it costs at
		/// the margins in force: by asset and in all; the insurance fee that would pay for it, beside what the fund's share
		/// of the interest brings in now; and for how many hours the fund would pay. `None` when that is too large to be
		/// told.
		fn written_put() -> Option<WrittenPut<AssetId>>;

		/// What predictive models make of the assets' margins: for each asset that was ever reported on, the multiplier
		/// in force, and what the reports come to where they are looked at only.
		fn multipliers() -> Vec<MultiplierView<AssetId>>;
	}
}
