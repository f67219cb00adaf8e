//! Benchmarks. What the house does is most of the work; its stage is set by [`Seller::set_stage`].

#![allow(
	missing_docs,
	clippy::unwrap_used,
	clippy::expect_used,
	clippy::float_arithmetic,
	clippy::indexing_slicing,
	clippy::arithmetic_side_effects
)]

use super::*;
use crate::offer::Scene;
use frame_benchmarking::v2::*;
use frame_support::{traits::EnsureOrigin, weights::WeightMeter};
use frame_system::RawOrigin;
use margin_math::{Price, Ratio};
use sp_runtime::traits::Saturating;

/// One lot on the stage, with a trader who can pay for it.
struct Stage<T: Config> {
	asset: T::AssetId,
	pay_with: T::AssetId,
	who: T::AccountId,
}

impl<T: Config> Stage<T> {
	fn new() -> Self {
		let who: T::AccountId = whitelisted_caller();
		let (asset, pay_with) = T::Seller::set_stage(0, &who);
		Self { asset, pay_with, who }
	}

	/// Everything for sale has a round that is at half the live price, so that the market pays.
	fn at_half_price(self) -> Self {
		let scene = Scene::<T>::load();
		for good in &scene.goods {
			let round = Round {
				started_at: scene.now.saturating_sub(1),
				ends_at: scene.now,
				reference: scene.live(good).unwrap(),
				top: Ratio::ONE,
				bottom: Ratio::from_percent(50),
				step: 0,
			};
			let auction = Auction {
				rounds: 1,
				round: Some(round),
				lot: good.amount,
				tried: 0,
				seen_at: scene.now,
			};
			Auctions::<T>::insert(good.asset, auction);
		}
		self
	}

	fn finding(&self) -> Finding<T> {
		let at = frame_system::Pallet::<T>::block_number();
		frame_system::Pallet::<T>::set_block_number(at.saturating_add(1u32.into()));
		Finding {
			asset: self.asset,
			round: 1,
			at,
			hash: frame_system::Pallet::<T>::block_hash(at),
		}
	}

	fn on_offer(&self) -> margin_math::Amount {
		Scene::<T>::load()
			.good(self.asset)
			.map_or(Default::default(), |good| good.amount)
	}
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn take() {
		let stage = Stage::<T>::new().at_half_price();
		let before = stage.on_offer();
		let Stage { asset, pay_with, who } = &stage;

		#[extrinsic_call]
		_(
			RawOrigin::Signed(who.clone()),
			*asset,
			u128::MAX,
			Price::MAX,
			*pay_with,
			0,
		);

		assert!(stage.on_offer() < before);
	}

	#[benchmark]
	fn sell_to_market() {
		let stage = Stage::<T>::new().at_half_price();
		let before = stage.on_offer();

		#[extrinsic_call]
		_(RawOrigin::Signed(stage.who.clone()), stage.asset);

		assert!(stage.on_offer() < before);
	}

	#[benchmark]
	fn sell_to_market_unsigned() {
		let stage = Stage::<T>::new().at_half_price();
		let before = stage.on_offer();
		let Finding { asset, round, at, hash } = stage.finding();

		#[extrinsic_call]
		_(RawOrigin::None, asset, round, at, hash);

		assert!(stage.on_offer() < before);
	}

	#[benchmark]
	fn check_market() {
		let finding = Stage::<T>::new().at_half_price().finding();

		#[block]
		{
			assert!(finding.check().is_ok());
		}
	}

	#[benchmark]
	fn set_level() -> Result<(), BenchmarkError> {
		let asset = Stage::<T>::new().asset;
		let origin = T::PauseOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, asset, Level::NoTake);

		assert_eq!(Levels::<T>::get(asset), Level::NoTake);
		Ok(())
	}

	#[benchmark]
	fn set_rules() -> Result<(), BenchmarkError> {
		let origin = T::ManagerOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let rules = Rules {
			duration: 30_000,
			..Rules::default()
		};

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, rules);

		assert_eq!(CurrentRules::<T>::get(), rules);
		Ok(())
	}

	#[benchmark]
	fn poll_idle() {
		let mut meter = WeightMeter::new();

		#[block]
		{
			Pallet::<T>::tend_lots(&mut meter);
		}

		assert_eq!(Auctions::<T>::count(), 0);
	}

	#[benchmark]
	fn poll_base() {
		let stage = Stage::<T>::new().at_half_price();
		Cursor::<T>::put(stage.asset);

		#[block]
		{
			assert!(!Pallet::<T>::lots_behind(Cursor::<T>::get()).1.is_empty());
			Cursor::<T>::kill();
		}
	}

	#[benchmark]
	fn tend_lot() {
		let asset = Stage::<T>::new().asset;
		Levels::<T>::insert(asset, Level::None);
		let scene = Scene::<T>::load();
		let mut meter = WeightMeter::new();

		#[block]
		{
			Pallet::<T>::tend_lot(&mut meter, &scene, asset).unwrap();
		}

		assert_eq!(Auctions::<T>::get(asset).unwrap().rounds, 1);
	}

	#[benchmark]
	fn hand_out() {
		let stage = Stage::<T>::new();

		#[block]
		{
			T::Seller::hand_out(stage.asset).unwrap();
		}

		assert!(stage.on_offer().is_zero());
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::ExtBuilder::default().build(), crate::mock::Test);
}
