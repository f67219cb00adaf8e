//! Who asks for more margin than is listed, and for how much.

use crate::AssetConfig;
use core::marker::PhantomData;
use margin_math::{Ratio, Rounding};
use margin_risk::{VolatilitySource, MAX_MAINTENANCE};

/// Asks for maintenance margin beyond the listed one. It is called in a hook, once in five minutes an asset, and never
/// while an account is weighed: what it asks for comes into force little by little
/// ([`MarginPath`](margin_risk::MarginPath)).
pub trait RiskEngine<AssetId, PriceKey> {
	/// The maintenance ratio asked for now of `asset`, whose parameters are `config`; at most [`MAX_MAINTENANCE`] of it
	/// counts. `None`: nothing beyond the listed one.
	fn required(asset: AssetId, config: &AssetConfig<PriceKey>) -> Option<Ratio>;
}

/// The ratios that governance wrote into the asset's record, and nothing beyond them.
pub struct FixedRatios;

impl<AssetId, PriceKey> RiskEngine<AssetId, PriceKey> for FixedRatios {
	fn required(_: AssetId, _: &AssetConfig<PriceKey>) -> Option<Ratio> {
		None
	}
}

/// The ratio that follows from the asset's volatility, if its record says how.
pub struct VolatilityEngine<Source>(PhantomData<Source>);

impl<AssetId, PriceKey, Source: VolatilitySource<PriceKey>> RiskEngine<AssetId, PriceKey> for VolatilityEngine<Source> {
	fn required(_: AssetId, config: &AssetConfig<PriceKey>) -> Option<Ratio> {
		let margin = config.volatility?;
		Some(margin.required(Source::estimate(&config.price_key).as_ref()))
	}
}

/// A factor from outside that can only tighten: a model's forecast, for example.
pub trait TightenMultiplier<AssetId> {
	/// By how much the maintenance ratio of `asset` is to be multiplied now. Below 1 it counts as 1, above
	/// [`MAX_MULTIPLIER`] as that.
	fn multiplier(asset: AssetId) -> Ratio;
}

/// The largest factor by which anything from outside may raise a maintenance ratio.
pub const MAX_MULTIPLIER: Ratio = Ratio::from_percent(150);

/// What `Engine` asks for, or else the listed ratio, times a factor from 1 to [`MAX_MULTIPLIER`].
pub struct Tightened<Engine, Multiplier>(PhantomData<(Engine, Multiplier)>);

impl<AssetId, PriceKey, Engine, Multiplier> RiskEngine<AssetId, PriceKey> for Tightened<Engine, Multiplier>
where
	AssetId: Copy,
	Engine: RiskEngine<AssetId, PriceKey>,
	Multiplier: TightenMultiplier<AssetId>,
{
	fn required(asset: AssetId, config: &AssetConfig<PriceKey>) -> Option<Ratio> {
		let required = Engine::required(asset, config);
		let factor = Multiplier::multiplier(asset).clamp(Ratio::ONE, MAX_MULTIPLIER);
		if factor == Ratio::ONE {
			return required;
		}
		let base = required.unwrap_or(config.margin.maintenance);
		let raised = base.checked_mul(factor, Rounding::Up).unwrap_or(MAX_MAINTENANCE);
		Some(raised.min(MAX_MAINTENANCE))
	}
}
