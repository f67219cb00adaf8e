//! What the auctions ask of the house whose goods they sell.

use alloc::vec::Vec;
use margin_math::{Amount, Price};
use margin_risk::Quote;
use sp_runtime::{DispatchError, DispatchResult};

/// Number of a trader's account.
pub type SubAccount = u16;

/// So much of an asset, held or owed, with its price.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Good<AssetId> {
	/// The asset.
	pub asset: AssetId,
	/// How much, in smallest units.
	pub amount: Amount,
	/// Decimals of the asset.
	pub decimals: u8,
	/// Its price in dollars, with its verdict.
	pub quote: Quote,
}

/// What the market gave.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Sold<AssetId> {
	/// What was sold, in smallest units.
	pub amount_in: Amount,
	/// What it was sold for.
	pub bought: AssetId,
	/// How much of that, in smallest units.
	pub amount_out: Amount,
}

/// A house that holds assets and owes others. The auctions decide at which price and when; the house keeps the books.
pub trait Seller<AccountId, AssetId> {
	/// What the house holds and wants to sell, because it owes something. Ascending by asset, a bounded number.
	fn for_sale() -> Vec<Good<AssetId>>;

	/// What the house owes: this it takes as payment. Ascending by asset, a bounded number.
	fn owed() -> Vec<Good<AssetId>>;

	/// The trader's account `who`/`sub` pays `payment` of `pay_with` out of its deposit and gets `amount` of `asset` as a
	/// deposit. No token moves, so a dry pool holds nothing up.
	///
	/// # Errors
	/// When the house does not hold as much or does not owe as much, the account cannot pay, or would end below its
	/// margin. Nothing is changed then.
	fn deliver(
		who: &AccountId,
		sub: SubAccount,
		asset: AssetId,
		amount: Amount,
		pay_with: AssetId,
		payment: Amount,
	) -> DispatchResult;

	/// Sells some of `asset` to the market: as much as its depth allows in a block and at no less than `price` dollars for
	/// a whole unit. `Ok(None)` when the market pays less, is too thin, or was used in this block already.
	///
	/// # Errors
	/// When the books or the market refuse. Nothing is changed then.
	fn sell_to_market(asset: AssetId, price: Price) -> Result<Option<Sold<AssetId>>, DispatchError>;

	/// Whether [`Seller::sell_to_market`] would sell something now.
	fn market_pays(asset: AssetId, price: Price) -> bool;

	/// Nobody bought `asset` in all its rounds: it goes in kind to the suppliers whose asset the house owes for it, who bear
	/// the loss.
	///
	/// # Errors
	/// When the books refuse. Nothing is changed then.
	fn hand_out(asset: AssetId) -> DispatchResult;

	/// Makes the house hold as many assets as it may and owe others, all at usable prices, with a market for the `i`-th that
	/// pays more than half its live price, and gives `who`/0 deposits of what is owed, enough to pay for it. Answers with
	/// that asset and one that is owed.
	#[cfg(feature = "runtime-benchmarks")]
	fn set_stage(i: u32, who: &AccountId) -> (AssetId, AssetId);
}
