//! What a chain knows of its assets' risk.

use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use margin_math::{Price, Ratio};
use margin_risk::{MarginRatios, Verdict, MAX_MAINTENANCE};
use scale_info::TypeInfo;
use sp_runtime::RuntimeDebug;

/// The risk of an asset, as one chain sees it at one time.
#[derive(Clone, Copy, PartialEq, Eq, RuntimeDebug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct AssetRisk {
	/// Dollars per whole unit, zero where there was never a price.
	pub price: Price,
	/// When the price was fed, in milliseconds of the chain's time.
	pub priced_at: u64,
	/// Whether the chain acts on the price.
	pub verdict: Verdict,
	/// The margin ratios in force.
	pub ratios: MarginRatios,
	/// The maintenance ratio that the chain's own measure asks for, which the ratio in force follows. What the chain
	/// adopted from others is **not** in it: two chains that listen to one another would otherwise hold up each other's
	/// margins for good, long after the storm that raised them.
	pub measured: Ratio,
}

impl AssetRisk {
	/// Whether the ratios are ordered, and none of them larger than a margin may be.
	pub fn is_in_range(&self) -> bool {
		let MarginRatios {
			initial,
			target,
			maintenance,
		} = self.ratios;
		MarginRatios::new(initial, target, maintenance).is_ok()
			&& maintenance <= MAX_MAINTENANCE
			&& self.measured <= MAX_MAINTENANCE
	}
}

/// The assets whose risk is told to other chains. The runtime glues it to its margin system.
pub trait RiskBook<AssetId> {
	/// Every asset with its risk now, at most [`MAX_REPORTED`](crate::MAX_REPORTED) of them; more are left out.
	fn assets() -> Vec<(AssetId, AssetRisk)>;
}
