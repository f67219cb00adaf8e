//! What benchmarks are set on: listed assets with pools in motion, and accounts, house and fund that are full.

use super::*;

/// Milliseconds.
pub(super) const DAY: u64 = 86_400_000;
/// One whole unit of every asset in the benchmarks, which is worth a dollar.
pub(super) const UNIT: u128 = 1_000_000_000_000;

/// How margins follow volatility.
pub(super) const VOLATILITY: VolatilityMargin = VolatilityMargin {
	base: Ratio::from_percent(1),
	multiple: Ratio::from_percent(700),
	usual: None,
	floor: Ratio::from_percent(2),
	cap: Ratio::from_percent(20),
	rise: Ratio::from_percent(25),
	fall: Ratio::from_percent(5),
};

pub(super) fn margin() -> MarginRatios {
	MarginRatios::from_maintenance(Ratio::from_percent(5)).unwrap()
}

pub(super) fn record<PriceKey>(price_key: PriceKey) -> AssetConfig<PriceKey> {
	AssetConfig {
		decimals: 12,
		price_key,
		margin: margin(),
		volatility: None,
		rate: RateModel {
			base: Ratio::from_percent(1),
			kink: Ratio::from_percent(80),
			rate_at_kink: Ratio::from_percent(10),
			rate_at_full: Ratio::from_percent(200),
		},
		reserve_factor: Ratio::from_percent(10),
		unborrowable: Ratio::from_percent(5),
		tier: Tier::Cross,
		size_scale: Amount(1_000_000_000 * UNIT),
		exposure_start: Amount(900_000 * UNIT),
		min_amount: Amount(UNIT / 1_000),
		min_debt: Amount(UNIT / 1_000),
		account_cap: Amount(u128::MAX / 2),
		deposit_cap: Amount(u128::MAX / 2),
		borrow_cap: Amount(u128::MAX / 2),
		borrow_window: FlowLimit {
			most: Amount(u128::MAX / 2),
			period: DAY,
		},
	}
}

pub(super) struct Stage<T: Config> {
	pub(super) assets: Vec<T::AssetId>,
	pub(super) keys: Vec<T::PriceKey>,
	pub(super) owner: T::AccountId,
}

impl<T: Config> Stage<T> {
	/// As many listed assets as there may be, each with a supplied pool and a price of one dollar.
	pub(super) fn new() -> Self {
		T::BenchmarkHelper::set_time(DAY * 20_000);
		// Whatever the chain's genesis lists makes room.
		let _ = Assets::<T>::clear(u32::MAX, None);
		let _ = Accounts::<T>::clear(u32::MAX, None);
		let _ = Triggers::<T>::clear(u32::MAX, None);
		Index::<T>::kill();
		Correlations::<T>::kill();
		Renewed::<T>::kill();
		let (mut assets, mut keys) = (Vec::new(), Vec::new());
		let supplier: T::AccountId = account("supplier", 0, 0);
		for i in 0..T::MaxAssets::get() {
			let (asset, key) = T::BenchmarkHelper::asset(i);
			T::BenchmarkHelper::mint(asset, &Pallet::<T>::account_id(), UNIT);
			T::Prices::set_quote(&key, Price::ONE);
			Pallet::<T>::do_list(asset, record(key), 0).unwrap();
			Self::in_motion(asset);
			T::BenchmarkHelper::mint(asset, &supplier, 2_000_000 * UNIT);
			T::BenchmarkHelper::fund(&supplier);
			Pallet::<T>::do_deposit(&supplier, i as SubAccount, asset, Amount(1_000_000 * UNIT)).unwrap();
			assets.push(asset);
			keys.push(key);
		}
		Pallet::<T>::renew_correlations(&mut WeightMeter::new());
		Pallet::<T>::tend_index(&mut Ledger::new());
		Index::<T>::mutate(|index| {
			// The one before was as large.
			index.old = Some(index.current.clone());
			index.current.number = 2;
		});
		// Every pool has lent something, so that every pool has interest to accrue.
		for (i, asset) in assets.iter().enumerate() {
			let collateral = assets[(i + 1) % assets.len()];
			let sub = i as SubAccount;
			let borrower: T::AccountId = account("borrower", 0, 0);
			T::BenchmarkHelper::mint(collateral, &borrower, 20_000 * UNIT);
			T::BenchmarkHelper::fund(&borrower);
			Pallet::<T>::do_deposit(&borrower, sub, collateral, Amount(10_000 * UNIT)).unwrap();
			Pallet::<T>::do_borrow(&borrower, sub, *asset, Amount(1_000 * UNIT)).unwrap();
		}
		let owner = whitelisted_caller();
		T::BenchmarkHelper::fund(&owner);
		Self { assets, keys, owner }
	}

	/// The asset's margin is on a ramp and on its way, and its flows are limited, so that all of it is worked out.
	pub(super) fn in_motion(asset: T::AssetId) {
		Assets::<T>::mutate(asset, |record| {
			let record = record.as_mut().unwrap();
			record.ramp = Some(Ramp {
				margin: MarginRamp {
					from: margin(),
					start: DAY * 19_999,
					end: DAY * 20_010,
				},
				size_scale: Amount(2_000_000_000 * UNIT),
			});
			record.path = Some(MarginPath {
				required: Ratio::from_percent(5),
				from: Ratio::from_percent(3),
				to: Ratio::from_percent(4),
				since: DAY * 19_999,
				until: DAY * 20_010,
			});
			record.outflow_limit = FlowLimit {
				most: Amount(u128::MAX / 2),
				period: DAY,
			};
		});
	}

	/// The assets of the owner's account: as many as an account may hold.
	pub(super) fn held(&self) -> &[T::AssetId] {
		&self.assets[..T::MaxAccountAssets::get() as usize]
	}

	/// The last asset of the owner's account.
	pub(super) fn last(&self) -> T::AssetId {
		*self.held().last().unwrap()
	}

	/// The owner has a portfolio account, which takes longest to judge. It owes `debt` dollars of each of its last `debts` assets, and has deposited 1,000 dollars of
	/// each of the others.
	pub(super) fn with_account(self, debts: usize, debt: u128) -> Self {
		let (deposited, owed) = self.held().split_at(self.held().len() - debts);
		Pallet::<T>::do_open_account(&self.owner, 0, Mode::Portfolio).unwrap();
		for asset in deposited {
			T::BenchmarkHelper::mint(*asset, &self.owner, 2_000 * UNIT);
			Pallet::<T>::do_deposit(&self.owner, 0, *asset, Amount(1_000 * UNIT)).unwrap();
		}
		for asset in owed {
			T::BenchmarkHelper::mint(*asset, &self.owner, 100_000 * UNIT);
			Pallet::<T>::do_borrow(&self.owner, 0, *asset, Amount(debt * UNIT)).unwrap();
		}
		Accounts::<T>::mutate(&self.owner, 0, |account| freshen(account.as_mut().unwrap()));
		self
	}

	/// `n` accounts of others like the owner's, filed in one bucket of the trigger index. Answers with that.
	pub(super) fn crowd(&self, n: u32, debts: usize, debt: u128) -> Bucket {
		let (deposited, owed) = self.held().split_at(self.held().len() - debts);
		let mut ledger = Ledger::<T>::new();
		let mut bucket = None;
		for i in 0..n {
			let who: T::AccountId = account("crowd", i, 0);
			let mut account = AccountOf::<T>::new(Mode::Portfolio, 0, 0);
			for asset in deposited {
				T::BenchmarkHelper::mint(*asset, &Pallet::<T>::account_id(), 1_000 * UNIT);
				ledger.credit(&mut account, *asset, Amount(1_000 * UNIT)).unwrap();
			}
			for asset in owed {
				ledger.debit(&mut account, *asset, Amount(debt * UNIT)).unwrap();
			}
			freshen(&mut account);
			Pallet::<T>::file(&mut ledger, &who, 0, &mut account);
			bucket = account.filed;
			Accounts::<T>::insert(who, 0, account);
		}
		ledger.commit();
		bucket.unwrap()
	}

	/// A batch that walks the first `count` accounts of a bucket.
	pub(super) fn page(&self, bucket: Bucket, count: u32) -> PageFinding<T> {
		let at = frame_system::Pallet::<T>::block_number();
		frame_system::Pallet::<T>::set_block_number(at.saturating_add(1u32.into()));
		let hash = frame_system::Pallet::<T>::block_hash(at);
		PageFinding {
			page: (bucket, None),
			count,
			seen: Seen { at, hash },
		}
	}

	/// An account with so many dollars of every listed asset, or that owes as much of every other one.
	pub(super) fn filled(&self, dollars: u128, every_other_owed: bool) -> AccountOf<T> {
		let donor: T::AccountId = account("donor", 0, 0);
		let mut ledger = Ledger::<T>::new();
		let mut filled = AccountOf::<T>::new(Mode::Cross, 0, 0);
		for (i, asset) in self.assets.iter().enumerate() {
			let amount = Amount(dollars * UNIT);
			if every_other_owed && i % 2 == 1 {
				ledger.debit(&mut filled, *asset, amount).unwrap();
			} else {
				T::BenchmarkHelper::mint(*asset, &donor, 2 * dollars * UNIT);
				T::BenchmarkHelper::mint(*asset, &Pallet::<T>::account_id(), amount.0);
				ledger.credit(&mut filled, *asset, amount).unwrap();
			}
		}
		ledger.commit();
		filled
	}

	/// The fund holds a little of every asset.
	pub(super) fn with_fund(self) -> Self {
		Fund::<T>::put(self.filled(1, false));
		self
	}

	/// The house holds every other asset, and owes the rest.
	pub(super) fn with_house(self, dollars: u128) -> Self {
		House::<T>::put(self.filled(dollars, true));
		self
	}

	/// The prices of what the owner owes, `debts` assets, become so many per cent of a dollar.
	pub(super) fn price_debts(&self, debts: usize, percent: u128) {
		let n = self.held().len();
		for key in &self.keys[n - debts..n] {
			T::Prices::set_quote(key, Price::from_raw(Price::ONE.raw() / 100 * percent));
		}
	}

	/// Time passes, so that every pool has interest to accrue. Deposits of every asset season, and those that were made have.
	pub(super) fn age(&self) {
		T::BenchmarkHelper::set_time(DAY * 20_001);
		for asset in &self.assets {
			Assets::<T>::mutate(asset, |record| {
				if let Some(record) = record {
					record.seasoning = Seasoning {
						duration: 0,
						before: DAY - 1_000,
						until: DAY * 20_002,
					};
				}
			});
		}
	}
}

/// The account's list of what came lately is full, of a share each that came just after its deposits.
pub(super) fn freshen<AssetId, Max>(account: &mut Account<AssetId, Max>)
where
	AssetId: Copy + Ord + core::fmt::Debug,
	Max: Get<u32>,
{
	let deposits = account.holdings.iter().filter(|holding| !holding.balance.is_debt());
	let assets: Vec<_> = deposits.map(|holding| holding.asset).collect();
	let arrivals = Max::get() as usize / assets.len().max(1);
	for asset in assets {
		let times = (0..arrivals).map(|i| (86_400 * 20_000 + 2 * (i as u32 + 1), Shares(1)));
		account.arrive(asset, times.collect(), 0).unwrap();
	}
}

/// The stored pool of an asset.
pub(super) fn pool<T: Config>(asset: T::AssetId) -> margin_risk::Pool {
	Assets::<T>::get(asset).unwrap().pool
}

/// The stage on which the auctions are measured: the house holds every other asset and owes the rest, with a market from
/// the one that is sold to the one that is paid with, and `who` has an account with room for one asset more. Answers with
/// what is sold, the `i`-th that the house holds, and what is paid with.
pub(crate) fn auction_stage<T: Config>(i: u32, who: &T::AccountId) -> (T::AssetId, T::AssetId) {
	let stage = Stage::<T>::new().with_house(1_000);
	let held: Vec<_> = stage.assets.iter().copied().step_by(2).collect();
	let owed: Vec<_> = stage.assets.iter().copied().skip(1).step_by(2).collect();
	let (sold, paid) = (held[i as usize % held.len()], owed[0]);
	T::BenchmarkHelper::market(paid, sold);
	T::BenchmarkHelper::fund(who);
	let room = (T::MaxAccountAssets::get() as usize).saturating_sub(1);
	for asset in owed.into_iter().take(room) {
		T::BenchmarkHelper::mint(asset, who, 20_000 * UNIT);
		Pallet::<T>::do_deposit(who, 0, asset, Amount(10_000 * UNIT)).unwrap();
	}
	stage.age();
	(sold, paid)
}

/// As many deposits as debts.
pub(super) fn legs(n: u32) -> Vec<margin_risk::Leg<u32>> {
	let leg = |asset: u32| margin_risk::Leg {
		asset,
		side: [margin_risk::Side::Deposit, margin_risk::Side::Debt][asset as usize % 2],
		amount: Amount(10u128.pow([8, 6, 18, 10][asset as usize % 4]) * 12_345 / 7),
		decimals: [8, 6, 18, 10][asset as usize % 4] as u8,
		quote: margin_risk::Quote::usable(Price::from_raw(u128::from(asset + 1) * 1_234_567_890_123_456_789), 0),
		margin: margin(),
	};
	(0..n).map(leg).collect()
}

/// The pool of the last asset that the owner holds has lost what somebody borrowed.
pub(super) fn with_deficit<T: Config>(stage: &Stage<T>) -> T::AssetId {
	let (asset, sub) = (stage.last(), (stage.held().len() - 1) as SubAccount);
	let borrower: T::AccountId = account("borrower", 0, 0);
	let mut debtor = Accounts::<T>::get(&borrower, sub).unwrap();
	let Some(Balance::Debt(shares)) = debtor.balance(asset) else {
		panic!("every pool has lent something")
	};
	Assets::<T>::mutate(asset, |record| {
		record.as_mut().unwrap().pool.write_deficit(shares).unwrap();
	});
	debtor.set(asset, None).unwrap();
	Accounts::<T>::insert(&borrower, sub, debtor);
	asset
}

/// Everybody who supplies one of the assets that the owner holds was given some of the others, as often as may be.
pub(super) fn with_grants<T: Config>(stage: &Stage<T>) -> T::AssetId {
	let granted = *stage.assets.last().unwrap();
	let mut ledger = Ledger::<T>::new();
	let (mut escrow, mut donor) = (Escrow::<T>::get(), stage.filled(1_000, false));
	for pool in stage.held().iter().filter(|pool| **pool != granted) {
		for _ in 0..grants::MAX_GRANTS {
			let shares = Shares(UNIT);
			assert!(ledger.grant(*pool, granted, shares).unwrap());
			ledger.move_shares(&mut donor, &mut escrow, granted, shares).unwrap();
		}
	}
	ledger.commit();
	Escrow::<T>::put(escrow);
	granted
}
