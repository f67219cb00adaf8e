//! Benchmarks on the worst case of each call: accounts, house and fund that hold as many assets as they may, and a
//! sale over the venue's longest route.

mod stage;

pub(crate) use stage::auction_stage;

use super::*;
use crate::{
	batch::{Batch, Outlook},
	findings::{PageFinding, Seen},
	house::Silo,
	ledger::Ledger,
	scan::{candidates, walk},
};
use alloc::vec::Vec;
use frame_benchmarking::v2::*;
use frame_support::{
	traits::{EnsureOrigin, Get},
	weights::WeightMeter,
};
use frame_system::RawOrigin;
use margin_math::{Amount, Price, Ratio, Shares, Value};
use margin_risk::{
	FlowLimit, MarginPath, MarginRamp, MarginRatios, PriceSource, RateModel, VolatilityMargin, VolatilitySource,
};
use sp_runtime::traits::Saturating;
use stage::*;

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
		let stage = Stage::<T>::new().with_account(1, 100);
		stage.age();
		let config = AssetConfig {
			volatility: Some(VOLATILITY),
			..record(stage.keys[stage.held().len() - 1])
		};
		Assets::<T>::mutate(stage.last(), |record| record.as_mut().unwrap().config = config);
		// A change that waits is dropped by one that tightens.
		Changes::<T>::insert(stage.last(), (config, DAY * 30_000));
		let origin = T::AssetManager::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;

		#[extrinsic_call]
		_(
			origin as T::RuntimeOrigin,
			stage.last(),
			AssetConfig {
				borrow_cap: Amount(1_000_000 * UNIT),
				volatility: Some(VolatilityMargin {
					floor: Ratio::from_percent(3),
					..VOLATILITY
				}),
				..config
			},
		);

		assert_eq!(
			Assets::<T>::get(stage.last()).unwrap().config.borrow_cap,
			Amount(1_000_000 * UNIT)
		);
		Ok(())
	}

	#[benchmark]
	fn deposit() {
		let stage = Stage::<T>::new().with_account(1, 100);
		stage.age();

		#[extrinsic_call]
		_(RawOrigin::Signed(stage.owner.clone()), 0, stage.last(), 1_000 * UNIT);

		assert!(!Accounts::<T>::get(&stage.owner, 0).unwrap().has_debt());
	}

	#[benchmark]
	fn deposit_opening() {
		let stage = Stage::<T>::new();
		stage.age();
		T::BenchmarkHelper::mint(stage.last(), &stage.owner, 100_000 * UNIT);

		#[extrinsic_call]
		deposit(RawOrigin::Signed(stage.owner.clone()), 0, stage.last(), 1_000 * UNIT);

		assert!(!Accounts::<T>::get(&stage.owner, 0).unwrap().is_empty());
	}

	#[benchmark]
	fn withdraw() {
		let stage = Stage::<T>::new().with_account(1, 100);
		stage.age();
		let before = Accounts::<T>::get(&stage.owner, 0).unwrap();

		#[extrinsic_call]
		_(RawOrigin::Signed(stage.owner.clone()), 0, stage.assets[0], 10 * UNIT);

		assert_ne!(Accounts::<T>::get(&stage.owner, 0).unwrap(), before);
	}

	#[benchmark]
	fn borrow() {
		let stage = Stage::<T>::new().with_account(1, 100);
		stage.age();
		let before = Accounts::<T>::get(&stage.owner, 0).unwrap();

		#[extrinsic_call]
		_(RawOrigin::Signed(stage.owner.clone()), 0, stage.last(), 10 * UNIT);

		assert_ne!(Accounts::<T>::get(&stage.owner, 0).unwrap(), before);
	}

	#[benchmark]
	fn repay() {
		let stage = Stage::<T>::new().with_account(1, 100);
		stage.age();

		#[extrinsic_call]
		_(RawOrigin::Signed(stage.owner.clone()), 0, stage.last(), u128::MAX / 2);

		assert!(!Accounts::<T>::get(&stage.owner, 0).unwrap().has_debt());
	}

	#[benchmark]
	fn swap() {
		let stage = Stage::<T>::new().with_account(1, 100);
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
	fn open_account() {
		let stage = Stage::<T>::new();
		let mode = Mode::Isolated {
			collateral: stage.assets[0],
			debt: stage.assets[1],
		};

		#[extrinsic_call]
		_(RawOrigin::Signed(stage.owner.clone()), 0, mode);

		assert_eq!(Accounts::<T>::get(&stage.owner, 0).unwrap().mode, mode);
	}

	#[benchmark]
	fn set_mode(n: Linear<2, { T::MaxAccountAssets::get() }>) {
		let stage = Stage::<T>::new();
		let owner = stage.owner.clone();
		let (owed, deposited) = stage.held()[..n as usize].split_last().unwrap();
		for asset in deposited {
			T::BenchmarkHelper::mint(*asset, &owner, 2_000 * UNIT);
			Pallet::<T>::do_deposit(&owner, 0, *asset, Amount(1_000 * UNIT)).unwrap();
		}
		Pallet::<T>::do_borrow(&owner, 0, *owed, Amount(100 * UNIT)).unwrap();
		stage.age();

		#[extrinsic_call]
		_(RawOrigin::Signed(owner.clone()), 0, Mode::Portfolio);

		assert_eq!(Accounts::<T>::get(&owner, 0).unwrap().mode, Mode::Portfolio);
	}

	#[benchmark]
	fn close_account() {
		let stage = Stage::<T>::new().with_fund();
		for asset in stage.held() {
			T::BenchmarkHelper::mint(*asset, &stage.owner, UNIT);
			Pallet::<T>::do_deposit(&stage.owner, 0, *asset, Amount(UNIT / 1_000)).unwrap();
			Assets::<T>::mutate(asset, |record| {
				record.as_mut().unwrap().config.min_amount = Amount(UNIT)
			});
		}
		stage.age();

		#[extrinsic_call]
		_(RawOrigin::Signed(stage.owner.clone()), 0);

		assert!(Accounts::<T>::get(&stage.owner, 0).is_none());
	}

	#[benchmark]
	fn transfer() {
		let stage = Stage::<T>::new().with_account(1, 100);
		let (given, other) = (stage.assets[0], stage.assets[1]);
		T::BenchmarkHelper::mint(other, &stage.owner, 2_000 * UNIT);
		Pallet::<T>::do_deposit(&stage.owner, 1, other, Amount(1_000 * UNIT)).unwrap();
		Pallet::<T>::do_borrow(&stage.owner, 1, given, Amount(100 * UNIT)).unwrap();
		stage.age();

		#[extrinsic_call]
		_(RawOrigin::Signed(stage.owner.clone()), 0, 1, given, 200 * UNIT);

		assert!(!Accounts::<T>::get(&stage.owner, 1).unwrap().has_debt());
	}

	#[benchmark]
	fn open() {
		let stage = Stage::<T>::new().with_account(1, 100);
		T::BenchmarkHelper::market(stage.last(), stage.assets[0]);
		T::BenchmarkHelper::mint(stage.assets[1], &stage.owner, 1_000 * UNIT);
		stage.age();
		let before = Accounts::<T>::get(&stage.owner, 0).unwrap();

		#[extrinsic_call]
		_(
			RawOrigin::Signed(stage.owner.clone()),
			0,
			Some((stage.assets[1], 10 * UNIT)),
			Direction::Short,
			stage.last(),
			stage.assets[0],
			Size::Leverage(Ratio::from_percent(300)),
			Price::from_raw(Price::ONE.raw() / 10 * 9),
			50 * UNIT,
		);

		assert_ne!(Accounts::<T>::get(&stage.owner, 0).unwrap(), before);
	}

	#[benchmark]
	fn close() {
		let stage = Stage::<T>::new().with_account(1, 100);
		T::BenchmarkHelper::market(stage.last(), stage.assets[0]);
		stage.age();

		#[extrinsic_call]
		_(
			RawOrigin::Signed(stage.owner.clone()),
			0,
			stage.last(),
			stage.assets[0],
			Part::All,
			Price::from_raw(Price::ONE.raw() * 2),
		);

		assert!(!Accounts::<T>::get(&stage.owner, 0).unwrap().has_debt());
	}

	#[benchmark]
	fn deposit_and_open() {
		// The first of the last two assets is owed and deposited, the last is traded.
		let stage = Stage::<T>::new().with_account(2, 100);
		T::BenchmarkHelper::market(stage.last(), stage.assets[0]);
		let owed = stage.held()[stage.held().len() - 2];
		stage.age();
		let before = Accounts::<T>::get(&stage.owner, 0).unwrap();

		#[extrinsic_call]
		_(
			RawOrigin::Signed(stage.owner.clone()),
			0,
			owed,
			Some(10 * UNIT),
			Direction::Short,
			stage.last(),
			stage.assets[0],
			Size::Leverage(Ratio::from_percent(300)),
			Price::from_raw(Price::ONE.raw() / 10 * 9),
			50 * UNIT,
		);

		let account = Accounts::<T>::get(&stage.owner, 0).unwrap();
		for asset in [owed, stage.last(), stage.assets[0]] {
			assert_ne!(account.balance(asset), before.balance(asset));
		}
	}

	#[benchmark]
	fn close_and_withdraw() {
		let stage = Stage::<T>::new().with_account(2, 100);
		T::BenchmarkHelper::market(stage.last(), stage.assets[0]);
		// The last of those that are held is neither sold nor bought where the account has room for that.
		let withdrawn = stage.held()[stage.held().len() - 3];
		stage.age();
		let before = Accounts::<T>::get(&stage.owner, 0).unwrap();

		#[extrinsic_call]
		_(
			RawOrigin::Signed(stage.owner.clone()),
			0,
			stage.last(),
			stage.assets[0],
			Part::All,
			Price::from_raw(Price::ONE.raw() * 2),
			withdrawn,
			Some(10 * UNIT),
		);

		let account = Accounts::<T>::get(&stage.owner, 0).unwrap();
		assert!(account.balance(stage.last()).is_none() && account.has_debt());
		assert_ne!(account.balance(withdrawn), before.balance(withdrawn));
	}

	#[benchmark]
	fn liquidate() {
		let debts = T::MaxAccountAssets::get() as usize / 2;
		let deposits = T::MaxAccountAssets::get() as usize - debts;
		let owed = 800 * deposits as u128 / debts as u128;
		let stage = Stage::<T>::new().with_account(debts, owed);
		let keeper: T::AccountId = account("keeper", 0, 0);
		T::BenchmarkHelper::fund(&keeper);
		for asset in stage.held() {
			T::BenchmarkHelper::mint(*asset, &keeper, 100_000 * UNIT);
			Pallet::<T>::do_deposit(&keeper, 0, *asset, Amount(10_000 * UNIT)).unwrap();
		}
		stage.age();
		stage.price_debts(debts, 122);
		let round = Accounts::<T>::get(&stage.owner, 0).unwrap().round;

		#[extrinsic_call]
		_(
			RawOrigin::Signed(keeper),
			stage.owner.clone(),
			0,
			0,
			Value::from_dollars(1_000_000),
		);

		assert!(Accounts::<T>::get(&stage.owner, 0).unwrap().round > round);
	}

	#[benchmark]
	fn set_status() -> Result<(), BenchmarkError> {
		let stage = Stage::<T>::new();
		let origin = T::AssetManager::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, stage.last(), Status::Frozen);

		assert_eq!(Assets::<T>::get(stage.last()).unwrap().status, Status::Frozen);
		Ok(())
	}

	#[benchmark]
	fn set_pauses() -> Result<(), BenchmarkError> {
		let stage = Stage::<T>::new();
		let origin = T::AssetManager::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let pauses = Pauses {
			trade: true,
			..Default::default()
		};

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, stage.last(), pauses);

		assert_eq!(Assets::<T>::get(stage.last()).unwrap().pauses, pauses);
		Ok(())
	}

	#[benchmark]
	fn cancel_change() -> Result<(), BenchmarkError> {
		let stage = Stage::<T>::new();
		Changes::<T>::insert(stage.last(), (record(stage.keys[0]), DAY * 30_000));
		let origin = T::AssetManager::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, stage.last());

		assert!(!Changes::<T>::contains_key(stage.last()));
		Ok(())
	}

	#[benchmark]
	fn set_outflow_limit() -> Result<(), BenchmarkError> {
		let stage = Stage::<T>::new();
		let origin = T::OutflowManager::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let limit = FlowLimit {
			most: Amount(7),
			period: DAY,
		};

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, stage.last(), limit);

		assert_eq!(Assets::<T>::get(stage.last()).unwrap().outflow_limit, limit);
		Ok(())
	}

	#[benchmark]
	fn set_seasoning() -> Result<(), BenchmarkError> {
		let stage = Stage::<T>::new();
		let origin = T::AssetManager::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, stage.last(), DAY);

		assert_eq!(Assets::<T>::get(stage.last()).unwrap().seasoning.duration, DAY);
		Ok(())
	}

	#[benchmark]
	fn delist_asset() -> Result<(), BenchmarkError> {
		let stage = Stage::<T>::new();
		let origin = T::AssetManager::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, stage.last());

		assert_ne!(Assets::<T>::get(stage.last()).unwrap().status, Status::Live);
		Ok(())
	}

	#[benchmark]
	fn evict() {
		let stage = Stage::<T>::new().with_account(1, 1_000).with_house(1_000);
		let asset = stage.last();
		Assets::<T>::mutate(asset, |record| record.as_mut().unwrap().status = Status::Delisting(0));
		stage.age();

		#[extrinsic_call]
		_(RawOrigin::Signed(stage.owner.clone()), stage.owner.clone(), 0, asset);

		assert!(Accounts::<T>::get(&stage.owner, 0).unwrap().balance(asset).is_none());
	}

	#[benchmark]
	fn remove_asset() {
		let stage = Stage::<T>::new();
		let (asset, key) = T::BenchmarkHelper::asset(T::MaxAssets::get());
		let _ = Assets::<T>::take(stage.last());
		T::BenchmarkHelper::mint(asset, &Pallet::<T>::account_id(), 3 * UNIT);
		Pallet::<T>::do_list(asset, record(key), 0).unwrap();
		Assets::<T>::mutate(asset, |record| record.as_mut().unwrap().status = Status::Delisting(0));
		Changes::<T>::insert(asset, (record(key), DAY * 30_000));
		let mut ledger = Ledger::<T>::new();
		let mut fund = Fund::<T>::get();
		ledger.credit(&mut fund, asset, Amount(UNIT)).unwrap();
		ledger.commit();
		Fund::<T>::put(fund);

		#[extrinsic_call]
		_(RawOrigin::Root, asset, stage.owner.clone());

		assert!(!Assets::<T>::contains_key(asset));
	}

	#[benchmark]
	fn pay_deficit() {
		let stage = Stage::<T>::new();
		let asset = with_deficit(&stage);
		T::BenchmarkHelper::mint(asset, &stage.owner, 10_000 * UNIT);
		stage.age();

		#[extrinsic_call]
		_(RawOrigin::Signed(stage.owner.clone()), asset, u128::MAX / 2);

		assert!(pool::<T>(asset).deficit.is_zero());
	}

	#[benchmark]
	fn write_off() -> Result<(), BenchmarkError> {
		let stage = Stage::<T>::new().with_fund();
		let asset = with_deficit(&stage);
		stage.age();
		let origin = T::AssetManager::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, asset);

		assert!(pool::<T>(asset).deficit.is_zero());
		Ok(())
	}

	#[benchmark]
	fn claim() {
		let stage = Stage::<T>::new().with_fund().with_account(0, 0);
		let asset = with_grants(&stage);
		stage.age();

		#[extrinsic_call]
		_(RawOrigin::Signed(stage.owner.clone()), 0, asset);

		assert!(Accounts::<T>::get(&stage.owner, 0).unwrap().claims.is_empty());
	}

	#[benchmark]
	fn tend_grants() {
		let stage = Stage::<T>::new().with_fund();
		let granted = with_grants(&stage);
		stage.age();
		let pool = stage.assets[0];

		#[block]
		{
			Pallet::<T>::tend_grants(pool).unwrap();
		}

		let fund = Fund::<T>::get();
		assert!(fund.claims.iter().any(|(asset, _)| *asset == granted));
	}

	#[benchmark]
	fn liquidate_slices(n: Linear<1, 32>) {
		let debts = T::MaxAccountAssets::get() as usize / 2;
		let deposits = T::MaxAccountAssets::get() as usize - debts;
		let owed = 800 * deposits as u128 / debts as u128;
		let stage = Stage::<T>::new().with_fund().with_house(1_000);
		let bucket = stage.crowd(n, debts, owed);
		stage.age();
		stage.price_debts(debts, 116);
		let finding = stage.page(bucket, n);
		let steps;

		#[block]
		{
			steps = Pallet::<T>::do_liquidate_page(&finding).unwrap();
		}

		assert_eq!(steps, n);
		let who: T::AccountId = account("crowd", 0, 0);
		assert!(Accounts::<T>::get(who, 0).unwrap().has_debt());
	}

	#[benchmark]
	fn liquidate_takeovers(n: Linear<1, 32>) {
		let debts = T::MaxAccountAssets::get() as usize - 1;
		let stage = Stage::<T>::new().with_fund().with_house(100);
		let bucket = stage.crowd(n, debts, 100);
		stage.age();
		stage.price_debts(debts, 1_000);
		T::Prices::set_quote(&stage.keys[0], Price::from_raw(Price::ONE.raw() / 100));
		let finding = stage.page(bucket, n);
		let steps;

		#[block]
		{
			steps = Pallet::<T>::do_liquidate_page(&finding).unwrap();
		}

		assert_eq!(steps, n);
		let who: T::AccountId = account("crowd", 0, 0);
		assert!(Accounts::<T>::get(who, 0).unwrap().is_empty());
		assert!(!pool::<T>(stage.held()[1]).deficit.is_zero());
	}

	#[benchmark]
	fn liquidate_market() {
		let debts = T::MaxAccountAssets::get() as usize / 2;
		let deposits = T::MaxAccountAssets::get() as usize - debts;
		let owed = 800 * deposits as u128 / debts as u128;
		let stage = Stage::<T>::new().with_account(debts, owed);
		// Of equal ratios, the first collateral goes for the first debt.
		let pair = (stage.held()[deposits], stage.assets[0]);
		T::BenchmarkHelper::market(pair.0, pair.1);
		stage.age();
		stage.price_debts(debts, 116);
		let mut batch = Batch::<T>::new(Ledger::new());
		let round = Accounts::<T>::get(&stage.owner, 0).unwrap().round;

		#[block]
		{
			batch.market_step(&stage.owner, 0, pair).unwrap();
			batch.commit();
		}

		assert!(Accounts::<T>::get(&stage.owner, 0).unwrap().round > round);
	}

	#[benchmark]
	fn scan_base() {
		let stage = Stage::<T>::new();
		stage.age();
		stage.price_debts(stage.held().len(), 150);
		Index::<T>::mutate(|index| index.old = None);
		ScanCursor::<T>::put(Place {
			bucket: Bucket::default(),
			owner: stage.owner.clone(),
			sub: 0,
		});
		SearchCursor::<T>::put(Bucket::first(u32::MAX));
		let _ = Triggers::<T>::clear(u32::MAX, None);
		let mut meter = WeightMeter::new();

		#[block]
		{
			Pallet::<T>::liquidate_by_chain(&mut meter);
		}

		assert!(Index::<T>::get().old.is_some() && !ScanCursor::<T>::exists() && !SearchCursor::<T>::exists());
	}

	#[benchmark]
	fn scan_bucket() {
		let stage = Stage::<T>::new();
		let _ = Triggers::<T>::clear(u32::MAX, None);
		stage.crowd(1, 1, 100);
		let mut ledger = Ledger::<T>::new();
		for asset in &stage.assets {
			ledger.entry(*asset).unwrap();
		}
		stage.price_debts(1, 1_000);
		let mut looked = 0u32;

		#[block]
		{
			let _ = candidates::<T>(&mut ledger, None, || {
				looked = looked.saturating_add(1);
				looked <= 1
			});
		}

		assert_eq!(looked, 2);
	}

	#[benchmark]
	fn scan_account() {
		let stage = Stage::<T>::new();
		let bucket = stage.crowd(1, 1, 100);
		let mut ledger = Ledger::<T>::new();
		for asset in &stage.assets {
			ledger.entry(*asset).unwrap();
		}
		let mut batch = Batch::<T>::new(ledger);
		let mut right = false;

		#[block]
		{
			let _ = walk::<T>(&[bucket], None, |bucket, _, (owner, sub)| {
				let account = Accounts::<T>::get(owner, *sub).unwrap();
				right =
					matches!(batch.outlook(&account), Outlook::Healthy) && batch.is_filed_right(Some(&account), bucket);
				true
			});
		}

		assert!(right);
	}

	#[benchmark]
	fn refile() {
		let stage = Stage::<T>::new();
		let bucket = stage.crowd(1, 1, 100);
		let mut ledger = Ledger::<T>::new();
		for asset in &stage.assets {
			ledger.entry(*asset).unwrap();
		}
		// A mark is eased on the way.
		Index::<T>::mutate(|index| {
			index.current.number += 1;
			index.current.marks[0].1.debt_index = Ratio::from_percent(200);
		});
		let who: T::AccountId = account("crowd", 0, 0);

		#[block]
		{
			Pallet::<T>::file_again(&mut ledger, bucket, &(who.clone(), 0));
		}

		assert!(Accounts::<T>::get(who, 0).unwrap().filed.unwrap() > bucket);
	}

	#[benchmark]
	fn step_margins(n: Linear<1, { T::MaxAssets::get() }>) {
		let stage = Stage::<T>::new();
		for asset in stage.assets.iter().skip(n as usize) {
			Assets::<T>::remove(asset);
		}
		for (asset, key) in stage.assets.iter().zip(&stage.keys).take(n as usize) {
			T::Volatility::set_volatility(key, Ratio::from_percent(5));
			Assets::<T>::mutate(asset, |record| {
				let record = record.as_mut().unwrap();
				record.config.volatility = Some(VOLATILITY);
				record.path = record.path.map(|path| MarginPath {
					until: DAY * 20_000,
					..path
				});
			});
		}
		stage.age();
		let mut meter = WeightMeter::new();

		#[block]
		{
			Pallet::<T>::step_margins(&mut meter);
		}

		assert!(MarginsDue::<T>::get() > DAY * 20_001);
		let moves = |asset| Assets::<T>::get(asset).unwrap().path.unwrap().is_rising();
		assert!(stage.assets.into_iter().take(n as usize).all(moves));
	}

	#[benchmark]
	fn renew_correlations(n: Linear<1, { T::MaxAssets::get() }>) {
		let stage = Stage::<T>::new();
		for asset in stage.assets.iter().skip(n as usize) {
			Assets::<T>::remove(asset);
		}
		stage.age();
		let mut meter = WeightMeter::new();

		#[block]
		{
			Pallet::<T>::renew_correlations(&mut meter);
		}

		assert_eq!(Correlations::<T>::get().assets.len(), n as usize);
		assert!(Renewed::<T>::get().due > DAY * 20_001);
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
	fn house_settle() {
		let stage = Stage::<T>::new().with_fund().with_house(10);
		// What it holds has become worth next to nothing, so that all that it owes is a loss.
		for key in stage.keys.iter().step_by(2) {
			T::Prices::set_quote(key, Price::from_raw(Price::ONE.raw() / 1_000));
		}
		stage.age();

		#[block]
		{
			Pallet::<T>::settle_house().unwrap();
		}

		assert!(!pool::<T>(stage.assets[1]).deficit.is_zero());
	}

	#[benchmark]
	fn tend_asset() {
		let stage = Stage::<T>::new().with_fund();
		stage.age();
		let turn = Assets::<T>::iter_keys()
			.position(|asset| asset == stage.last())
			.unwrap() as u32;
		let held = |fund: &AccountOf<T>| match fund.balance(stage.last()) {
			Some(Balance::Deposit(shares)) => shares,
			_ => Default::default(),
		};
		let before = held(&Silo::<T>::load().fund);
		let changed = AssetConfig {
			deposit_cap: Amount(u128::MAX / 4),
			..Assets::<T>::get(stage.last()).unwrap().config
		};
		Changes::<T>::insert(stage.last(), (changed, 0));
		let mut meter = WeightMeter::new();

		#[block]
		{
			Pallet::<T>::tend_asset(&mut meter, turn);
		}

		assert!(held(&Fund::<T>::get()) > before);
		assert!(!Changes::<T>::contains_key(stage.last()));
	}

	#[benchmark]
	fn report_fund() {
		let stage = Stage::<T>::new().with_fund().with_house(1_000);
		for key in &stage.keys {
			T::Volatility::set_volatility(key, Ratio::from_percent(1));
		}
		stage.age();
		let mut meter = WeightMeter::new();

		#[block]
		{
			Pallet::<T>::report_fund(&mut meter);
		}

		assert!(FundReportedAt::<T>::get() > 0);
	}

	/// No weight: the benchmark of scale divides its time by a thousand to tell how many accounts are judged in a second.
	#[benchmark(extra)]
	fn judge_a_thousand(n: Linear<1, 8>) {
		let legs = legs(n);
		let mut judged = 0;

		#[block]
		{
			for _ in 0..1_000 {
				judged += u32::from(margin_risk::assess(core::hint::black_box(&legs)).is_ok());
			}
		}

		assert_eq!(judged, 1_000);
	}

	/// The same of portfolio accounts.
	#[benchmark(extra)]
	fn judge_a_thousand_together(n: Linear<1, 8>) {
		let legs = legs(n);
		let bands = margin_risk::Bands::of(legs.len(), |above, below| {
			let parts = 1_000_000 / (above + below + 1) as i32;
			margin_risk::Band::around(Some(margin_risk::Correlation::from_ppm(parts)))
		});
		let mut judged = 0;

		#[block]
		{
			for _ in 0..1_000 {
				let health = margin_risk::assess_portfolio(core::hint::black_box(&legs), &bands);
				judged += u32::from(health.is_ok());
			}
		}

		assert_eq!(judged, 1_000);
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::ExtBuilder::default().build(), crate::mock::Test);
}
