//! Benchmarks on the worst case of each call: accounts, house and fund that hold as many assets as they may, and a
//! sale over the venue's longest route.

use super::*;
use crate::{house::Silo, ledger::Ledger, types::Balance};
use alloc::vec::Vec;
use frame_benchmarking::v2::*;
use frame_support::{
	traits::{EnsureOrigin, Get},
	weights::WeightMeter,
};
use frame_system::RawOrigin;
use margin_math::{Amount, Price, Ratio};
use margin_risk::{MarginRatios, PriceSource, RateModel};

/// Milliseconds.
const DAY: u64 = 86_400_000;
/// One whole unit of every asset in the benchmarks, which is worth a dollar.
const UNIT: u128 = 1_000_000_000_000;

fn record<PriceKey>(price_key: PriceKey) -> AssetConfig<PriceKey> {
	AssetConfig {
		decimals: 12,
		price_key,
		margin: MarginRatios::from_maintenance(Ratio::from_percent(5)).unwrap(),
		rate: RateModel {
			base: Ratio::from_percent(1),
			kink: Ratio::from_percent(80),
			rate_at_kink: Ratio::from_percent(10),
			rate_at_full: Ratio::from_percent(200),
		},
		reserve_factor: Ratio::from_percent(10),
		unborrowable: Ratio::from_percent(5),
		min_amount: Amount(1),
		deposit_cap: Amount(u128::MAX / 2),
		borrow_cap: Amount(u128::MAX / 2),
	}
}

struct Stage<T: Config> {
	assets: Vec<T::AssetId>,
	keys: Vec<T::PriceKey>,
	owner: T::AccountId,
}

impl<T: Config> Stage<T> {
	/// As many listed assets as an account may hold, each with a supplied pool and a price of one dollar.
	fn new() -> Self {
		T::BenchmarkHelper::set_time(DAY * 20_000);
		let n = T::MaxAccountAssets::get();
		let (mut assets, mut keys) = (Vec::new(), Vec::new());
		let supplier: T::AccountId = account("supplier", 0, 0);
		for i in 0..n {
			let (asset, key) = T::BenchmarkHelper::asset(i);
			T::BenchmarkHelper::mint(asset, &Pallet::<T>::account_id(), UNIT);
			T::Prices::set_quote(&key, Price::ONE);
			Pallet::<T>::do_list(asset, record(key)).unwrap();
			T::BenchmarkHelper::mint(asset, &supplier, 2_000_000 * UNIT);
			Pallet::<T>::do_deposit(&supplier, 0, asset, Amount(1_000_000 * UNIT)).unwrap();
			assets.push(asset);
			keys.push(key);
		}
		Self {
			assets,
			keys,
			owner: whitelisted_caller(),
		}
	}

	fn last(&self) -> T::AssetId {
		*self.assets.last().unwrap()
	}

	/// The owner's account deposits 1,000 dollars of every asset but the last, and owes `debt` dollars of that.
	fn with_account(self, debt: u128) -> Self {
		let (last, rest) = self.assets.split_last().unwrap();
		for asset in rest {
			T::BenchmarkHelper::mint(*asset, &self.owner, 2_000 * UNIT);
			Pallet::<T>::do_deposit(&self.owner, 0, *asset, Amount(1_000 * UNIT)).unwrap();
		}
		T::BenchmarkHelper::mint(*last, &self.owner, 100_000 * UNIT);
		Pallet::<T>::do_borrow(&self.owner, 0, *last, Amount(debt * UNIT)).unwrap();
		self
	}

	/// The fund holds a little of every asset.
	fn with_fund(self) -> Self {
		let donor: T::AccountId = account("donor", 0, 0);
		for asset in &self.assets {
			T::BenchmarkHelper::mint(*asset, &donor, 10 * UNIT);
			Pallet::<T>::do_deposit(&donor, 0, *asset, Amount(UNIT)).unwrap();
		}
		let account = Accounts::<T>::take(&donor, 0).unwrap();
		Fund::<T>::put(account);
		self
	}

	/// The owner's account becomes the house's.
	fn with_house(self) -> Self {
		let account = Accounts::<T>::take(&self.owner, 0).unwrap();
		Debtors::<T>::remove((&self.owner, 0u16));
		House::<T>::put(account);
		self
	}

	/// What is owed costs ten times as much: the account's equity is gone.
	fn crash(&self) {
		let price = Price::from_raw(Price::ONE.raw() * 10);
		T::Prices::set_quote(self.keys.last().unwrap(), price);
	}

	/// Time passes, so that every pool has interest to accrue.
	fn age(&self) {
		T::BenchmarkHelper::set_time(DAY * 20_001);
	}
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn list_asset() -> Result<(), BenchmarkError> {
		let (asset, key) = T::BenchmarkHelper::asset(0);
		T::BenchmarkHelper::mint(asset, &Pallet::<T>::account_id(), UNIT);
		let origin = T::AssetManager::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, asset, record(key));

		assert!(Assets::<T>::contains_key(asset));
		Ok(())
	}

	#[benchmark]
	fn update_asset() -> Result<(), BenchmarkError> {
		let stage = Stage::<T>::new().with_account(100);
		stage.age();
		let config = record(*stage.keys.last().unwrap());
		let origin = T::AssetManager::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;

		#[extrinsic_call]
		_(
			origin as T::RuntimeOrigin,
			stage.last(),
			AssetConfig {
				min_amount: Amount(7),
				..config
			},
		);

		assert_eq!(Assets::<T>::get(stage.last()).unwrap().min_amount, Amount(7));
		Ok(())
	}

	#[benchmark]
	fn deposit() {
		let stage = Stage::<T>::new().with_account(100);
		stage.age();

		#[extrinsic_call]
		_(RawOrigin::Signed(stage.owner.clone()), 0, stage.last(), 1_000 * UNIT);

		assert!(!Accounts::<T>::get(&stage.owner, 0).unwrap().has_debt());
	}

	#[benchmark]
	fn withdraw() {
		let stage = Stage::<T>::new().with_account(100);
		stage.age();
		let before = Accounts::<T>::get(&stage.owner, 0).unwrap();

		#[extrinsic_call]
		_(RawOrigin::Signed(stage.owner.clone()), 0, stage.assets[0], 10 * UNIT);

		assert_ne!(Accounts::<T>::get(&stage.owner, 0).unwrap(), before);
	}

	#[benchmark]
	fn borrow() {
		let stage = Stage::<T>::new().with_account(100);
		stage.age();
		let before = Accounts::<T>::get(&stage.owner, 0).unwrap();

		#[extrinsic_call]
		_(RawOrigin::Signed(stage.owner.clone()), 0, stage.last(), 10 * UNIT);

		assert_ne!(Accounts::<T>::get(&stage.owner, 0).unwrap(), before);
	}

	#[benchmark]
	fn repay() {
		let stage = Stage::<T>::new().with_account(100);
		stage.age();

		#[extrinsic_call]
		_(RawOrigin::Signed(stage.owner.clone()), 0, stage.last(), u128::MAX / 2);

		assert!(!Accounts::<T>::get(&stage.owner, 0).unwrap().has_debt());
	}

	#[benchmark]
	fn swap() {
		let stage = Stage::<T>::new().with_account(100);
		T::BenchmarkHelper::market(stage.last(), stage.assets[0]);
		stage.age();
		let before = Accounts::<T>::get(&stage.owner, 0).unwrap();

		#[extrinsic_call]
		_(
			RawOrigin::Signed(stage.owner.clone()),
			0,
			stage.last(),
			stage.assets[0],
			10 * UNIT,
			9 * UNIT,
		);

		assert_ne!(Accounts::<T>::get(&stage.owner, 0).unwrap(), before);
	}

	#[benchmark]
	fn liquidate() {
		let stage = Stage::<T>::new().with_account(1_000).with_fund();
		stage.age();
		stage.crash();
		let round = Accounts::<T>::get(&stage.owner, 0).unwrap().round;

		#[block]
		{
			Pallet::<T>::do_liquidate_unsigned(&stage.owner, 0, round).unwrap();
		}

		assert!(Accounts::<T>::get(&stage.owner, 0).is_none());
		assert!(!Pools::<T>::get(stage.last()).deficit.is_zero());
	}

	#[benchmark]
	fn scan_base() {
		let stage = Stage::<T>::new();
		let mut ledger = Ledger::<T>::new();

		#[block]
		{
			ScanCursor::<T>::set(Some((stage.owner.clone(), 0)));
			for asset in &stage.assets {
				ledger.entry(*asset).unwrap();
			}
		}
	}

	#[benchmark]
	fn scan_account() {
		let stage = Stage::<T>::new().with_account(100);
		let mut ledger = Ledger::<T>::new();
		for asset in &stage.assets {
			ledger.entry(*asset).unwrap();
		}
		let below;

		#[block]
		{
			let (owner, sub) = Debtors::<T>::iter_keys().next().unwrap();
			let account = Accounts::<T>::get(owner, sub).unwrap();
			below = ledger.health(&account).unwrap().is_liquidatable();
		}

		assert!(!below);
	}

	#[benchmark]
	fn house_idle() {
		let mut meter = WeightMeter::new();

		#[block]
		{
			Pallet::<T>::work_house(&mut meter);
		}
	}

	#[benchmark]
	fn house_sale() {
		let stage = Stage::<T>::new().with_account(1_000).with_house();
		T::BenchmarkHelper::market(stage.last(), stage.assets[0]);
		stage.age();
		let before = House::<T>::get();

		#[block]
		{
			Pallet::<T>::sell_for_house(stage.assets[0]).unwrap();
		}

		assert_ne!(House::<T>::get(), before);
	}

	#[benchmark]
	fn house_settle() {
		let stage = Stage::<T>::new().with_account(1).with_fund();
		Pallet::<T>::do_deposit(&stage.owner, 0, stage.last(), Amount(10 * UNIT)).unwrap();
		let stage = stage.with_house();
		stage.age();

		#[block]
		{
			Pallet::<T>::settle_house().unwrap();
		}

		assert!(House::<T>::get().is_empty());
	}

	#[benchmark]
	fn collect_reserves() {
		let stage = Stage::<T>::new().with_account(1_000).with_fund();
		stage.age();
		let turn = Assets::<T>::iter_keys()
			.position(|asset| asset == stage.last())
			.unwrap() as u32;
		let held = |fund: &AccountOf<T>| match fund.balance(stage.last()) {
			Some(Balance::Deposit(shares)) => shares,
			_ => Default::default(),
		};
		let before = held(&Silo::<T>::load().fund);
		let mut meter = WeightMeter::new();

		#[block]
		{
			Pallet::<T>::collect_reserves(&mut meter, turn);
		}

		assert!(held(&Fund::<T>::get()) > before);
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::ExtBuilder::default().build(), crate::mock::Test);
}
