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

/// Maintenance ratios from outside that may be adopted: those in force on another chain, for example.
pub trait AdoptedRatio<AssetId> {
	/// The maintenance ratio on offer for `asset` now. `None`: none, or none that is fresh enough to count.
	fn maintenance(asset: &AssetId) -> Option<Ratio>;
}

/// What `Engine` asks for, or else the listed ratio; or, if it is more, the ratio that `Source` offers, up to
/// [`MAX_MULTIPLIER`] times that. It can only tighten, whatever the source says.
pub struct Adopting<Engine, Source>(PhantomData<(Engine, Source)>);

impl<AssetId, PriceKey, Engine, Source> RiskEngine<AssetId, PriceKey> for Adopting<Engine, Source>
where
	AssetId: Copy,
	Engine: RiskEngine<AssetId, PriceKey>,
	Source: AdoptedRatio<AssetId>,
{
	fn required(asset: AssetId, config: &AssetConfig<PriceKey>) -> Option<Ratio> {
		let required = Engine::required(asset, config);
		let own = required.unwrap_or(config.margin.maintenance);
		let Some(adopted) = Source::maintenance(&asset).filter(|adopted| *adopted > own) else {
			return required;
		};
		let most = own
			.checked_mul(MAX_MULTIPLIER, Rounding::Down)
			.unwrap_or(MAX_MAINTENANCE);
		Some(adopted.min(most).min(MAX_MAINTENANCE).max(own))
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::mock::{config, BTC};
	use proptest::prelude::*;
	use std::cell::Cell;

	thread_local! {
		static OWN: Cell<Option<Ratio>> = const { Cell::new(None) };
		static OFFERED: Cell<Option<Ratio>> = const { Cell::new(None) };
	}

	struct Own;
	impl RiskEngine<u32, u32> for Own {
		fn required(_: u32, _: &AssetConfig<u32>) -> Option<Ratio> {
			OWN.get()
		}
	}

	struct Offered;
	impl AdoptedRatio<u32> for Offered {
		fn maintenance(_: &u32) -> Option<Ratio> {
			OFFERED.get()
		}
	}

	fn adopting(own: Option<Ratio>, offered: Option<Ratio>) -> Option<Ratio> {
		OWN.set(own);
		OFFERED.set(offered);
		Adopting::<Own, Offered>::required(BTC, &config(BTC, 5))
	}

	fn percent(percent: u32) -> Ratio {
		Ratio::from_percent(percent)
	}

	#[test]
	fn a_larger_ratio_should_be_adopted_up_to_one_and_a_half_times_the_own() {
		assert_eq!(adopting(Some(percent(10)), Some(percent(12))), Some(percent(12)));
		assert_eq!(adopting(Some(percent(10)), Some(percent(15))), Some(percent(15)));
		assert_eq!(adopting(Some(percent(10)), Some(percent(99))), Some(percent(15)));
		assert_eq!(adopting(Some(percent(10)), Some(percent(9))), Some(percent(10)));
	}

	#[test]
	fn without_an_own_one_the_listed_ratio_should_be_the_measure() {
		assert_eq!(adopting(None, Some(percent(7))), Some(percent(7)));
		assert_eq!(adopting(None, Some(percent(50))), Some(Ratio::from_ppm(75_000)));
		assert_eq!(adopting(None, Some(percent(5))), None);
	}

	proptest! {
		#[test]
		fn what_is_adopted_should_only_tighten_and_within_bounds(
			own in proptest::option::of(1u32..=200_000),
			offered in proptest::option::of(any::<u128>()),
			near in proptest::option::of(0u32..=400_000),
		) {
			let own = own.map(Ratio::from_ppm);
			let offered = near.map(Ratio::from_ppm).or(offered.map(Ratio::from_raw));
			let required = adopting(own, offered);
			let base = own.unwrap_or(percent(5));
			prop_assert_eq!(adopting(own, None), own);
			prop_assert!(required.unwrap_or(base) >= base);
			prop_assert!(required.unwrap_or(base).raw() * 2 <= base.raw() * 3);
			prop_assert!(required.unwrap_or(base) <= MAX_MAINTENANCE.max(base));
			if offered.is_none_or(|offered| offered <= base) {
				prop_assert_eq!(required, own);
			}
		}
	}
}
