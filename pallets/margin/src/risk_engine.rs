//! Who decides the margin ratios of an asset.

use margin_risk::MarginRatios;

/// Margin ratios in force for an asset. A function of the state alone: the same state gives the same ratios.
pub trait RiskEngine<AssetId> {
	/// The ratios of `asset`, whose record lists `listed`.
	fn margins(asset: AssetId, listed: MarginRatios) -> MarginRatios;
}

/// The ratios that governance wrote into the asset's record.
pub struct FixedRatios;

impl<AssetId> RiskEngine<AssetId> for FixedRatios {
	fn margins(_: AssetId, listed: MarginRatios) -> MarginRatios {
		listed
	}
}
