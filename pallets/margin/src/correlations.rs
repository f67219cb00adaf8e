//! What correlations the margin of portfolio accounts goes by.
//!
//! They lie in one storage item, so that judging an account reads one thing more, whatever it holds. Every five minutes
//! each [`Band`] moves towards the one around the estimate, at a limited pace: nobody's requirement rises by a jump because
//! an estimate did. A pair of which nothing is known, or whose one asset is being delisted, is on its way to the widest
//! band, which gives no credit.

use crate::{
	account::Mode, asset::Status, ledger::Ledger, AccountOf, Assets, Config, Correlations, Event, Pallet, Renewed,
	WeightInfo,
};
use alloc::{rc::Rc, vec::Vec};
use codec::{Decode, Encode, MaxEncodedLen};
use core::marker::PhantomData;
use frame_support::{
	traits::{Get, Time},
	weights::WeightMeter,
	BoundedVec, CloneNoBound, DebugNoBound, DefaultNoBound, EqNoBound, PartialEqNoBound,
};
use margin_math::Ratio;
use margin_risk::{
	assess, assess_portfolio, plan_portfolio_step, plan_step, Band, Bands, Correlation, Health, Leg, LiquidationParams,
	RiskError, Step, VolatilitySource,
};
use scale_info::TypeInfo;
use sp_runtime::RuntimeDebug;

/// How far an edge of a band moves at most each time, in parts per million: 0.048 an hour. That raises the requirement of
/// an account by less than a hundredth of itself.
const STEP: u32 = 4_000;

/// How many pairs so many assets have.
#[derive(CloneNoBound, PartialEqNoBound, EqNoBound, DebugNoBound)]
pub struct Pairs<Max>(PhantomData<Max>);

impl<Max: Get<u32>> Get<u32> for Pairs<Max> {
	fn get() -> u32 {
		let most = Max::get();
		most.saturating_mul(most.saturating_sub(1)) / 2
	}
}

/// The bands of all pairs of listed assets.
#[derive(
	Encode, Decode, MaxEncodedLen, TypeInfo, CloneNoBound, PartialEqNoBound, EqNoBound, DebugNoBound, DefaultNoBound,
)]
#[scale_info(skip_type_params(Max))]
pub struct CorrelationBands<AssetId, Max>
where
	AssetId: Clone + PartialEq + Eq + core::fmt::Debug,
	Max: Get<u32>,
{
	/// The assets, ascending.
	pub assets: BoundedVec<AssetId, Max>,
	/// Of each asset those with the assets before it, in their order; one asset after the other.
	pub bands: BoundedVec<Band, Pairs<Max>>,
}

/// The bands of this runtime.
pub type CorrelationBandsOf<T> = CorrelationBands<<T as Config>::AssetId, <T as Config>::MaxAssets>;

/// When bands were renewed, and how far they have moved against accounts.
#[derive(Encode, Decode, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, RuntimeDebug, Default)]
pub struct Renewal {
	/// When they are renewed next, in milliseconds of unix time.
	pub due: u64,
	/// The sum of the largest widenings of any band, one for each time, in parts per million.
	pub widened: u64,
}

impl<AssetId, Max> CorrelationBands<AssetId, Max>
where
	AssetId: Copy + Ord + core::fmt::Debug,
	Max: Get<u32>,
{
	/// The band of two assets: the widest if they are not in the list.
	pub fn of(&self, a: AssetId, b: AssetId) -> Band {
		self.between(self.place(a), self.place(b))
	}

	/// The bands of legs in their order.
	pub(crate) fn of_legs(&self, assets: impl Iterator<Item = AssetId>) -> Bands {
		let places: Vec<_> = assets.map(|asset| self.place(asset)).collect();
		let place = |leg: usize| places.get(leg).copied().flatten();
		Bands::of(places.len(), |above, below| self.between(place(above), place(below)))
	}

	fn place(&self, asset: AssetId) -> Option<usize> {
		self.assets.binary_search(&asset).ok()
	}

	fn between(&self, a: Option<usize>, b: Option<usize>) -> Band {
		let (Some(a), Some(b)) = (a, b) else {
			return Band::UNKNOWN;
		};
		let (above, below) = (a.max(b), a.min(b));
		if above == below {
			return Band::around(Some(Correlation::ONE));
		}
		let row = above.saturating_mul(above.saturating_sub(1)) / 2;
		self.bands.get(row.saturating_add(below)).copied().unwrap_or_default()
	}
}

impl<T: Config> Ledger<T> {
	/// The bands by which an account with these assets is judged, in their order. `None` for an account whose legs require
	/// margin each for itself.
	pub fn bands(&mut self, account: &AccountOf<T>, assets: impl Iterator<Item = T::AssetId>) -> Option<Bands> {
		if account.mode != Mode::Portfolio {
			return None;
		}
		let bands = self
			.correlations
			.get_or_insert_with(|| Rc::new(Correlations::<T>::get()));
		Some(bands.of_legs(assets))
	}

	/// Judges the account by these legs, as its mode says.
	pub fn assess(&mut self, account: &AccountOf<T>, legs: &[Leg<T::AssetId>]) -> Result<Health, RiskError> {
		match self.bands(account, legs.iter().map(|leg| leg.asset)) {
			Some(bands) => assess_portfolio(legs, &bands),
			None => assess(legs),
		}
	}

	/// Plans a step of the account's liquidation by these legs, as its mode says.
	pub fn plan_step(
		&mut self,
		account: &AccountOf<T>,
		legs: &[Leg<T::AssetId>],
		params: &LiquidationParams,
	) -> Result<Option<Step>, RiskError> {
		match self.bands(account, legs.iter().map(|leg| leg.asset)) {
			Some(bands) => plan_portfolio_step(legs, &bands, params),
			None => plan_step(legs, params),
		}
	}
}

impl<T: Config> Pallet<T> {
	/// Moves every band towards the estimate when five minutes have passed. What the meter has no room for waits for a
	/// block in which it has. It comes after the chain's own liquidations: what widens is told a block before they go by it.
	pub(crate) fn renew_correlations(meter: &mut WeightMeter) {
		if meter.try_consume(T::DbWeight::get().reads(2)).is_err() {
			return;
		}
		let (now, renewed) = (T::Time::now(), Renewed::<T>::get());
		let weight = T::WeightInfo::renew_correlations(Assets::<T>::count());
		if now < renewed.due || meter.try_consume(weight).is_err() {
			return;
		}
		let mut listed: Vec<_> = Assets::<T>::iter()
			.map(|(asset, record)| {
				let leaves = matches!(record.status, Status::Delisting(_));
				(asset, Some(record.config.price_key).filter(|_| !leaves))
			})
			.collect();
		listed.sort_by_key(|(asset, _)| *asset);
		let before = Correlations::<T>::get();
		let (mut bands, mut widened) = (Vec::new(), 0);
		for (above, (asset, key)) in listed.iter().enumerate() {
			for (other, other_key) in listed.iter().take(above) {
				let estimate = key
					.as_ref()
					.zip(other_key.as_ref())
					.and_then(|(a, b)| correlation::<T>(a, b));
				let was = before.of(*asset, *other);
				let band = was.towards(Band::around(estimate), STEP);
				widened = widened.max(band.beyond(&was));
				bands.push(band);
			}
		}
		Correlations::<T>::put(CorrelationBandsOf::<T> {
			assets: BoundedVec::truncate_from(listed.into_iter().map(|(asset, _)| asset).collect()),
			bands: BoundedVec::truncate_from(bands),
		});
		if widened > 0 {
			Self::deposit_event(Event::CorrelationsWidened {
				by: Ratio::from_ppm(widened),
			});
		}
		Renewed::<T>::put(Renewal {
			due: now.saturating_add(T::MarginStretch::get()),
			widened: renewed.widened.saturating_add(widened.into()),
		});
	}
}

/// The estimate of a pair. Two assets may go by one price.
fn correlation<T: Config>(a: &T::PriceKey, b: &T::PriceKey) -> Option<Correlation> {
	if a == b {
		return Some(Correlation::ONE);
	}
	T::Volatility::correlation(a, b)
}
