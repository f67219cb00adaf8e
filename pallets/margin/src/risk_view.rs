//! What other pallets may ask about risk: what an amount is worth, and what each asset's margin is.

use crate::{ledger::Ledger, Assets, Config, Pallet};
use alloc::vec::Vec;
use codec::{Decode, Encode};
use margin_math::{Amount, Price, Rounding, Value};
use margin_risk::{MarginRatios, Verdict};
use scale_info::TypeInfo;
use sp_runtime::RuntimeDebug;

/// An asset's margin and price as they are in this block.
#[derive(Encode, Decode, TypeInfo, Clone, Copy, PartialEq, Eq, RuntimeDebug)]
pub struct RiskView<AssetId> {
	/// The asset.
	pub asset: AssetId,
	/// Margin ratios in force, of a small position while the pool is small.
	pub margin: MarginRatios,
	/// Dollars for a whole unit, latched. Zero when it never had a price.
	pub price: Price,
	/// When the price was fed, in milliseconds of unix time.
	pub updated_at: u64,
	/// Whether the price may be acted upon.
	pub verdict: Verdict,
}

impl<T: Config> Pallet<T> {
	/// What `amount` of `asset`, in smallest units, is worth at the live price, in dollars, rounded up. `None` when the
	/// asset is not listed or its price may not be acted upon.
	pub fn value_of(asset: T::AssetId, amount: Amount) -> Option<Value> {
		let mut ledger = Ledger::<T>::new();
		ledger.ensure_usable(asset).ok()?;
		let entry = ledger.entry(asset).ok()?;
		entry.quote.live.value_of(amount, entry.config().decimals, Rounding::Up)
	}

	/// Margin and price of every listed asset, at most `MaxAssets`, in the order of the asset ids.
	pub fn risk_view() -> Vec<RiskView<T::AssetId>> {
		let mut ledger = Ledger::<T>::new();
		let mut view = |asset| {
			let now = ledger.now();
			let entry = ledger.entry(asset).ok()?;
			Some(RiskView {
				asset,
				margin: entry.asset.margin_at(now).0,
				price: entry.quote.live,
				updated_at: entry.quote.updated_at,
				verdict: entry.quote.verdict,
			})
		};
		let mut assets: Vec<_> = Assets::<T>::iter_keys().collect();
		assets.sort();
		assets.into_iter().filter_map(&mut view).collect()
	}
}
