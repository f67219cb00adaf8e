//! Where assets are exchanged for one another.

use alloc::vec::Vec;
use margin_math::Ratio;
use sp_runtime::DispatchError;

/// A place to sell one asset for another, at whatever price it makes.
///
/// The pallet never reads a price for health from it: only what a sale would bring.
pub trait Venue<AccountId, AssetId> {
	/// What selling `amount_in` of `from` would bring now, in smallest units of `to`.
	/// `None` when there is no market or too little depth.
	fn quote(from: AssetId, to: AssetId, amount_in: u128) -> Option<u128>;

	/// What buying `amount_out` of `to` would cost now, in smallest units of `from`.
	/// `None` when there is no market or too little depth.
	fn cost(from: AssetId, to: AssetId, amount_out: u128) -> Option<u128>;

	/// Sells `amount_in` of `from` out of `who`'s balance and pays `to` to `who`. Answers with what was paid.
	///
	/// # Errors
	/// When there is no market, or it brings less than `min_out`. Nothing is changed then.
	fn sell(who: &AccountId, from: AssetId, to: AssetId, amount_in: u128, min_out: u128)
		-> Result<u128, DispatchError>;

	/// Buys `amount_out` of `to` for `who`, and pays for it with `from` out of `who`'s balance. Answers with what was
	/// paid.
	///
	/// # Errors
	/// When there is no market, or it costs more than `max_in`. Nothing is changed then.
	fn buy(who: &AccountId, from: AssetId, to: AssetId, amount_out: u128, max_in: u128) -> Result<u128, DispatchError>;

	/// The markets through which a sale of `amount_in` would go now, each named by its two assets. Empty when there is no
	/// market.
	fn hops(from: AssetId, to: AssetId, amount_in: u128) -> Vec<(AssetId, AssetId)>;

	/// How much of `from` may be sold at once if no market on the way is to give more than `share` of its depth.
	fn capacity(from: AssetId, to: AssetId, share: Ratio) -> Option<u128>;
}

/// What the benchmarks need from the runtime: real assets and a real market.
#[cfg(feature = "runtime-benchmarks")]
pub trait BenchmarkHelper<AccountId, AssetId, PriceKey> {
	/// The `i`-th asset of the benchmark, created if it is not there, and the key of its price. None is the hub.
	fn asset(i: u32) -> (AssetId, PriceKey);
	/// Sets the chain's time, in milliseconds of unix time.
	fn set_time(now: u64);
	/// Gives `who` native tokens for the deposits of many accounts.
	fn fund(who: &AccountId);
	/// Gives `who` so much of `asset`.
	fn mint(asset: AssetId, who: &AccountId, amount: u128);
	/// Makes a deep market between the assets, one unit of one for one unit of the other, by the longest route that
	/// the venue knows.
	fn market(a: AssetId, b: AssetId);
}
