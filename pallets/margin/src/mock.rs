//! A small runtime with real tokens and a real market, and the builder that every test goes through: it checks the
//! pallet's invariants when the test is done.

use crate::{
	self as pallet_margin, AccountRules, AmmVenue, AssetConfig, ChangeRules, HouseParams, Pallet, Tier,
	TightenMultiplier, Tightened, VolatilityEngine,
};
use frame_support::{
	derive_impl, ord_parameter_types, parameter_types, storage_alias,
	traits::{fungibles::Mutate, AsEnsureOriginWithArg, ConstU128, ConstU32, ConstU64, EitherOfDiverse, Hooks, OnPoll},
	weights::{Weight, WeightMeter},
	PalletId, Twox64Concat,
};
use frame_system::{offchain, EnsureRoot, EnsureSigned, EnsureSignedBy};
use margin_math::{mul_div, Amount, Price, Ratio, Rounding, Value};
use margin_risk::{
	Band, Correlation, Estimate, FlowLimit, LiquidationParams, MarginRatios, PriceSource, Quote, RateModel, Verdict,
	VolatilitySource,
};
use pallet_asset_conversion::{AccountIdConverter, Ascending};
use pallet_auctions::Seller;
use sp_runtime::{testing::TestXt, traits::AccountIdConversion, BuildStorage, Permill};

pub type AccountId = u64;
pub type AssetId = u32;
type Block = frame_system::mocking::MockBlock<Test>;

pub const USDC: AssetId = 1;
pub const BTC: AssetId = 2;
pub const ETH: AssetId = 3;
pub const DOT: AssetId = 4;

pub const ALICE: AccountId = 1;
pub const BOB: AccountId = 2;
pub const SUPPLIER: AccountId = 10;
pub const MAKER: AccountId = 11;

/// Milliseconds.
pub const HOUR: u64 = 3_600_000;
pub const DAY: u64 = 24 * HOUR;

/// The origins of governance, beside root.
pub const ASSET_MANAGER: AccountId = 20;
pub const RISK_MANAGER: AccountId = 21;
pub const OUTFLOW_MANAGER: AccountId = 22;

/// One whole unit of an asset.
pub const fn unit(asset: AssetId) -> u128 {
	10u128.pow(decimals(asset) as u32)
}

pub const fn decimals(asset: AssetId) -> u8 {
	match asset {
		USDC => 6,
		BTC => 8,
		ETH => 18,
		_ => 10,
	}
}

/// Dollars of a whole unit when a test begins.
pub const fn first_price(asset: AssetId) -> u128 {
	match asset {
		USDC => 1,
		BTC => 8_000,
		ETH => 200,
		_ => 4,
	}
}

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeFreezeReason,
		RuntimeHoldReason,
		RuntimeSlashReason,
		RuntimeLockId,
		RuntimeTask,
		RuntimeViewFunction
	)]
	pub struct Test;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Timestamp = pallet_timestamp;
	#[runtime::pallet_index(2)]
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(3)]
	pub type Assets = pallet_assets<Instance1>;
	#[runtime::pallet_index(4)]
	pub type PoolAssets = pallet_assets<Instance2>;
	#[runtime::pallet_index(5)]
	pub type AssetConversion = pallet_asset_conversion;
	#[runtime::pallet_index(6)]
	pub type Margin = pallet_margin;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
	type AccountData = pallet_balances::AccountData<u128>;
}

#[derive_impl(pallet_timestamp::config_preludes::TestDefaultConfig)]
impl pallet_timestamp::Config for Test {
	type MinimumPeriod = ConstU64<1>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type Balance = u128;
	type ExistentialDeposit = ConstU128<1>;
	type AccountStore = System;
	type RuntimeHoldReason = RuntimeHoldReason;
}

/// Traded tokens, and shares of the market's pools.
macro_rules! tokens {
	($instance:ty, $deposit:ty) => {
		impl pallet_assets::Config<$instance> for Test {
			type RuntimeEvent = RuntimeEvent;
			type Balance = u128;
			type RemoveItemsLimit = ConstU32<1000>;
			type AssetId = AssetId;
			type AssetIdParameter = AssetId;
			type Currency = Balances;
			type CreateOrigin = AsEnsureOriginWithArg<EnsureSigned<AccountId>>;
			type ForceOrigin = EnsureRoot<AccountId>;
			type AssetDeposit = $deposit;
			type AssetAccountDeposit = $deposit;
			type MetadataDepositBase = $deposit;
			type MetadataDepositPerByte = $deposit;
			type ApprovalDeposit = $deposit;
			type StringLimit = ConstU32<50>;
			type Freezer = ();
			type Holder = ();
			type Extra = ();
			type CallbackHandle = ();
			type WeightInfo = ();
		}
	};
}
tokens!(pallet_assets::Instance1, ConstU128<1>);
tokens!(pallet_assets::Instance2, ConstU128<0>);

parameter_types! {
	pub const AmmId: PalletId = PalletId(*b"py/ascon");
	pub AmmAccount: AccountId = AmmId::get().into_account_truncating();
	pub const MarginId: PalletId = PalletId(*b"margin/p");
	pub const Hub: AssetId = USDC;
	pub const NoFee: Permill = Permill::zero();
	pub storage ChainLiquidates: bool = true;
	pub storage LiquidationWeight: Weight = Weight::from_parts(600_000_000_000, u64::MAX);
	pub storage MaxLiquidationWeight: Weight = Weight::from_parts(1_200_000_000_000, u64::MAX);
	pub const AccountDeposit: u128 = 1_000;
	pub storage Rules: AccountRules = AccountRules {
		withdrawal_margin: Ratio::from_percent(10),
		unusable_grace: HOUR,
		unusable_decay: 6 * HOUR,
		halt: u64::MAX,
	};
	pub storage Pace: ChangeRules = ChangeRules {
		warm_up: 7 * DAY,
		tighten_over: DAY,
		loosen_delay: DAY,
		delist_notice: 7 * DAY,
	};
	pub storage House: HouseParams = HouseParams {
		liquidation: LiquidationParams {
			penalty_floor: Ratio::from_percent(1),
			penalty_ceiling: Ratio::from_percent(3),
			min_bite: Value::from_dollars(100),
		},
		line: Value::from_dollars(10_000_000),
		asset_cap: Value::from_dollars(20_000_000),
		inventory_cap: Value::from_dollars(40_000_000),
		band: Ratio::from_ppm(12_500),
		depth_share: Ratio::from_ppm(2_500),
		deficit_outflow: Ratio::from_percent(1),
	};
}

impl pallet_asset_conversion::Config for Test {
	type RuntimeEvent = RuntimeEvent;
	type Balance = u128;
	type HigherPrecisionBalance = sp_core::U256;
	type AssetKind = AssetId;
	type Assets = Assets;
	type PoolId = (AssetId, AssetId);
	type PoolLocator = Ascending<AccountId, AssetId, AccountIdConverter<AmmId, (AssetId, AssetId)>>;
	type PoolAssetId = u32;
	type PoolAssets = PoolAssets;
	type PoolSetupFee = ConstU128<0>;
	type PoolSetupFeeAsset = Hub;
	type PoolSetupFeeTarget = ();
	type PalletId = AmmId;
	type WeightInfo = ();
	type LPFee = ConstU32<3>;
	type LiquidityWithdrawalFee = NoFee;
	type MaxSwapPathLength = ConstU32<4>;
	type MintMinLiquidity = ConstU128<100>;
}

impl offchain::CreateTransactionBase<pallet_margin::Call<Test>> for Test {
	type RuntimeCall = RuntimeCall;
	type Extrinsic = TestXt<RuntimeCall, ()>;
}

impl offchain::CreateBare<pallet_margin::Call<Test>> for Test {
	fn create_bare(call: RuntimeCall) -> Self::Extrinsic {
		TestXt::new_bare(call)
	}
}

#[storage_alias]
type Quotes = StorageMap<Mock, Twox64Concat, AssetId, Quote>;

/// Prices that tests set by hand.
pub struct TestPrices;
impl PriceSource<AssetId> for TestPrices {
	fn quote(key: &AssetId) -> Option<Quote> {
		Quotes::get(key)
	}
	#[cfg(feature = "runtime-benchmarks")]
	fn set_quote(key: &AssetId, price: Price) {
		Quotes::insert(key, quote_at(price));
	}
}

#[storage_alias]
type Estimates = StorageMap<Mock, Twox64Concat, AssetId, Estimate>;

/// Volatilities that tests set by hand.
pub struct TestVolatility;
impl VolatilitySource<AssetId> for TestVolatility {
	fn estimate(key: &AssetId) -> Option<Estimate> {
		Estimates::get(key)
	}
	fn correlation(a: &AssetId, b: &AssetId) -> Option<Correlation> {
		TestCorrelations::get((*a.min(b), *a.max(b)))
	}
	#[cfg(feature = "runtime-benchmarks")]
	fn set_volatility(key: &AssetId, volatility: Ratio) {
		set_volatility(*key, volatility);
	}
}

#[storage_alias]
type TestCorrelations = StorageMap<Mock, Twox64Concat, (AssetId, AssetId), Correlation>;

/// What the source knows of the correlation of two assets, in parts per million. Accounts go by it little by little.
pub fn set_correlation(a: AssetId, b: AssetId, parts: Option<i32>) {
	let pair = (a.min(b), a.max(b));
	match parts {
		Some(parts) => TestCorrelations::insert(pair, Correlation::from_ppm(parts)),
		None => TestCorrelations::remove(pair),
	}
}

/// The same, and accounts go by it at once.
pub fn correlate(a: AssetId, b: AssetId, parts: i32) {
	set_correlation(a, b, Some(parts));
	let mut assets: Vec<_> = pallet_margin::Assets::<Test>::iter_keys().collect();
	assets.sort();
	let before = pallet_margin::Correlations::<Test>::get();
	let pairs = assets
		.iter()
		.enumerate()
		.flat_map(|(place, above)| assets.iter().take(place).map(move |below| (*above, *below)));
	let bands = pairs.map(|pair| match pair {
		(above, below) if (below, above) == (a.min(b), a.max(b)) => Band::around(Some(Correlation::from_ppm(parts))),
		(above, below) => before.of(above, below),
	});
	pallet_margin::Correlations::<Test>::put(pallet_margin::CorrelationBandsOf::<Test> {
		bands: bands.collect::<Vec<_>>().try_into().unwrap(),
		assets: assets.clone().try_into().unwrap(),
	});
}

/// An hour's volatility of `asset`, watched for long enough.
pub fn set_volatility(asset: AssetId, volatility: Ratio) {
	set_estimate(asset, volatility, margin_risk::volatility::FULL_HISTORY);
}

/// An hour's volatility of `asset`, watched for so many milliseconds.
pub fn set_estimate(asset: AssetId, volatility: Ratio, history: u64) {
	Estimates::insert(
		asset,
		Estimate {
			volatility,
			own_level: Ratio::ZERO,
			known: Ratio::ZERO,
			history,
		},
	);
}

#[storage_alias]
type Multipliers = StorageMap<Mock, Twox64Concat, AssetId, Ratio>;

/// Multipliers from outside that tests set by hand.
pub struct TestMultipliers;
impl TightenMultiplier<AssetId> for TestMultipliers {
	fn multiplier(asset: AssetId) -> Ratio {
		Multipliers::get(asset).unwrap_or(Ratio::ONE)
	}
}

pub fn set_multiplier(asset: AssetId, multiplier: Ratio) {
	Multipliers::insert(asset, multiplier);
}

ord_parameter_types! {
	pub const AssetManagers: AccountId = ASSET_MANAGER;
	pub const RiskManagers: AccountId = RISK_MANAGER;
	pub const OutflowManagers: AccountId = OUTFLOW_MANAGER;
}
type RootOr<Who> = EitherOfDiverse<EnsureRoot<AccountId>, EnsureSignedBy<Who, AccountId>>;

impl pallet_margin::Config for Test {
	type AssetId = AssetId;
	type Assets = Assets;
	type PriceKey = AssetId;
	type Prices = TestPrices;
	type MarginStretch = ConstU64<{ margin_risk::volatility::STRETCH }>;
	type RiskEngine = Tightened<VolatilityEngine<TestVolatility>, TestMultipliers>;
	type Volatility = TestVolatility;
	type Venue = AmmVenue<Test, Hub>;
	type Time = Timestamp;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Currency = Balances;
	type AssetManager = RootOr<AssetManagers>;
	type RiskManager = RootOr<RiskManagers>;
	type OutflowManager = RootOr<OutflowManagers>;
	type AccountDeposit = AccountDeposit;
	type AccountRules = Rules;
	type ChangeRules = Pace;
	type PalletId = MarginId;
	type MaxAssets = ConstU32<8>;
	type MaxAccountAssets = ConstU32<3>;
	type House = House;
	type ChainLiquidates = ChainLiquidates;
	type LiquidationWeight = LiquidationWeight;
	type MaxLiquidationWeight = MaxLiquidationWeight;
	type UnsignedPriority = ConstU64<1_000_000>;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Helper;
}

fn quote_at(price: Price) -> Quote {
	Quote {
		live: price,
		candidate: None,
		stable: price,
		verdict: Verdict::Usable,
		updated_at: Timestamp::get(),
	}
}

/// A price in cents.
pub fn cents(cents: u128) -> Price {
	Price::from_raw(cents * 10u128.pow(16))
}

/// The latched price of `asset` becomes `price`, in cents; so does its stable price.
pub fn set_price(asset: AssetId, price: u128) {
	Quotes::insert(asset, quote_at(cents(price)));
}

/// The price of `asset` gets another verdict, at the same value.
pub fn set_verdict(asset: AssetId, verdict: Verdict) {
	Quotes::mutate(asset, |quote| quote.as_mut().unwrap().verdict = verdict);
}

/// The stable price of `asset` becomes `price`, in cents, and the live one stays.
pub fn set_stable(asset: AssetId, price: u128) {
	Quotes::mutate(asset, |quote| quote.as_mut().unwrap().stable = cents(price));
}

/// Moves the market of `asset` with USDC to `price`, in cents, by giving the pool other reserves.
pub fn set_market(asset: AssetId, price: u128) {
	let pool = AssetConversion::pool_account(asset);
	let reserve = Assets::balance(asset, pool);
	let wanted = mul_div(reserve, price * unit(USDC), 100 * unit(asset), Rounding::Down).unwrap();
	let held = Assets::balance(USDC, pool);
	if wanted > held {
		Assets::mint_into(USDC, &pool, wanted - held).unwrap();
	} else {
		use frame_support::traits::tokens::{Fortitude, Precision, Preservation};
		Assets::burn_from(
			USDC,
			&pool,
			held - wanted,
			Preservation::Preserve,
			Precision::Exact,
			Fortitude::Force,
		)
		.unwrap();
	}
}

/// Traders bring the markets back to the oracle's prices.
pub fn trade_back() {
	for asset in [BTC, ETH, DOT] {
		set_market(asset, Quotes::get(asset).unwrap().live.raw() / 10u128.pow(16));
	}
}

/// Oracle and market move together.
pub fn move_to(asset: AssetId, price: u128) {
	set_price(asset, price);
	set_market(asset, price);
}

trait PoolAccount {
	fn pool_account(asset: AssetId) -> AccountId;
}
impl PoolAccount for AssetConversion {
	fn pool_account(asset: AssetId) -> AccountId {
		use pallet_asset_conversion::PoolLocator;
		<Test as pallet_asset_conversion::Config>::PoolLocator::pool_address(&USDC, &asset).unwrap()
	}
}

/// A parameter record like those of the real chain: `maintenance` in percent.
pub fn config(asset: AssetId, maintenance: u32) -> AssetConfig<AssetId> {
	AssetConfig {
		decimals: decimals(asset),
		price_key: asset,
		margin: MarginRatios::from_maintenance(Ratio::from_percent(maintenance)).unwrap(),
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
		size_scale: Amount(u128::MAX),
		exposure_start: Amount(u128::MAX),
		min_amount: Amount(unit(asset) / 10_000),
		min_debt: Amount(unit(asset) / 10_000),
		account_cap: Amount(u128::MAX),
		borrow_window: FlowLimit::UNLIMITED,
		deposit_cap: Amount(1_000_000_000 * unit(asset)),
		borrow_cap: Amount(500_000_000 * unit(asset)),
	}
}

/// Sets the stage, runs a test, checks every invariant.
pub struct ExtBuilder {
	supplied: bool,
}

impl Default for ExtBuilder {
	fn default() -> Self {
		Self { supplied: true }
	}
}

impl ExtBuilder {
	/// Leaves the pools without a supplier.
	pub fn without_supply(mut self) -> Self {
		self.supplied = false;
		self
	}

	pub fn build(self) -> sp_io::TestExternalities {
		let assets = [USDC, BTC, ETH, DOT];
		let wallets = [ALICE, BOB, SUPPLIER, MAKER];
		let mut storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
		pallet_balances::GenesisConfig::<Test> {
			balances: wallets
				.iter()
				.map(|who| (*who, 1_000_000_000))
				.chain([(AmmAccount::get(), 1_000)])
				.collect(),
			..Default::default()
		}
		.assimilate_storage(&mut storage)
		.unwrap();
		let pallet = Pallet::<Test>::account_id();
		pallet_assets::GenesisConfig::<Test, pallet_assets::Instance1> {
			assets: assets.iter().map(|asset| (*asset, MAKER, true, 1)).collect(),
			accounts: assets
				.iter()
				.flat_map(|asset| {
					wallets
						.iter()
						.map(|who| (*asset, *who, 100_000_000 * unit(*asset)))
						.chain([(*asset, pallet, 1)])
				})
				.collect(),
			..Default::default()
		}
		.assimilate_storage(&mut storage)
		.unwrap();
		pallet_margin::GenesisConfig::<Test> {
			outflow_limits: vec![],
			assets: vec![
				(USDC, config(USDC, 1)),
				(BTC, config(BTC, 5)),
				(ETH, config(ETH, 5)),
				(DOT, config(DOT, 10)),
			],
			deposits: assets
				.iter()
				.filter(|_| self.supplied)
				.map(|asset| {
					let worth = 20_000_000 / first_price(*asset);
					(SUPPLIER, *asset as u16, *asset, Amount(worth * unit(*asset)))
				})
				.collect(),
		}
		.assimilate_storage(&mut storage)
		.unwrap();
		let mut ext = sp_io::TestExternalities::new(storage);
		ext.execute_with(|| {
			build_on_block();
			Timestamp::set_timestamp(1_600_000_000_000);
			for asset in assets {
				set_price(asset, first_price(asset) * 100);
			}
			Margin::tend_index(&mut crate::ledger::Ledger::new());
			Margin::move_over(&mut WeightMeter::new());
			for asset in [BTC, ETH, DOT] {
				let worth = 10_000_000;
				let origin = RuntimeOrigin::signed(MAKER);
				AssetConversion::create_pool(origin.clone(), Box::new(USDC), Box::new(asset)).unwrap();
				AssetConversion::add_liquidity(
					origin,
					Box::new(USDC),
					Box::new(asset),
					worth * unit(USDC),
					worth / first_price(asset) * unit(asset),
					1,
					1,
					MAKER,
				)
				.unwrap();
			}
		});
		ext
	}

	pub fn build_and_execute(self, test: impl FnOnce()) {
		self.build().execute_with(|| {
			test();
			Margin::do_try_state().unwrap();
		})
	}
}

/// The block that follows knows the hash of the one before.
pub fn build_on_block() -> u64 {
	let parent = System::block_number();
	frame_system::BlockHash::<Test>::insert(parent, sp_core::H256::from_low_u64_be(parent + 1));
	System::set_block_number(parent + 1);
	parent + 1
}

/// The next block, `ms` later: inherents, then `on_poll` with a whole block's weight, then `on_idle`.
pub fn next_block(ms: u64) {
	let now = Timestamp::get() + ms;
	let block = build_on_block();
	Timestamp::set_timestamp(now);
	let mut meter = WeightMeter::with_limit(Weight::from_parts(1_000_000_000_000, u64::MAX));
	<Margin as OnPoll<u64>>::on_poll(block, &mut meter);
	sell_for_house();
	Margin::on_idle(block, meter.remaining());
}

/// In place of the auctions: the market takes of each asset that the house wants to sell what it pays for within the
/// house's band.
pub fn sell_for_house() {
	let worst = Ratio::ONE.saturating_sub(House::get().band);
	for good in Margin::for_sale() {
		let price = good.quote.live.scale(worst, Rounding::Up).unwrap();
		let _ = Margin::sell_to_market(good.asset, price);
	}
}

/// Events of the pallet since the test began.
pub fn events() -> Vec<pallet_margin::Event<Test>> {
	System::read_events_for_pallet::<pallet_margin::Event<Test>>()
}

/// Gives `who` native tokens for the deposits of a few accounts, if it has none.
pub fn fund(who: AccountId) {
	use frame_support::traits::fungible::{Inspect, Mutate};
	if <Balances as Inspect<AccountId>>::balance(&who) == 0 {
		<Balances as Mutate<AccountId>>::mint_into(&who, 100 * AccountDeposit::get()).unwrap();
	}
}

/// The pool of `asset`, as it is stored.
pub fn pool(asset: AssetId) -> margin_risk::Pool {
	pallet_margin::Assets::<Test>::get(asset).unwrap().pool
}

/// Parameters of `asset` as if they had been listed like this.
pub fn reconfigure(asset: AssetId, change: impl FnOnce(&mut AssetConfig<AssetId>)) {
	pallet_margin::Assets::<Test>::mutate(asset, |record| change(&mut record.as_mut().unwrap().config));
}

/// What a wallet holds.
pub fn wallet(who: AccountId, asset: AssetId) -> u128 {
	Assets::balance(asset, who)
}

#[cfg(feature = "runtime-benchmarks")]
pub struct Helper;

/// Assets of the benchmarks have ids of their own, and their prices the same.
#[cfg(feature = "runtime-benchmarks")]
impl crate::BenchmarkHelper<AccountId, AssetId, AssetId> for Helper {
	fn asset(i: u32) -> (AssetId, AssetId) {
		use frame_support::traits::fungibles::Inspect;
		let asset = 100 + i;
		if !Assets::asset_exists(asset) {
			Assets::force_create(RuntimeOrigin::root(), asset, MAKER, true, 1).unwrap();
		}
		(asset, asset)
	}

	fn set_time(now: u64) {
		Timestamp::set_timestamp(now);
	}

	fn fund(who: &AccountId) {
		fund(*who);
	}

	fn mint(asset: AssetId, who: &AccountId, amount: u128) {
		Assets::mint_into(asset, who, amount).unwrap();
	}

	fn market(a: AssetId, b: AssetId) {
		for asset in [a, b] {
			Assets::mint_into(asset, &MAKER, 2 * 10u128.pow(18)).unwrap();
			let origin = RuntimeOrigin::signed(MAKER);
			if AssetConversion::create_pool(origin.clone(), Box::new(USDC), Box::new(asset)).is_err() {
				continue;
			}
			let (x, y) = (10u128.pow(13), 10u128.pow(18));
			AssetConversion::add_liquidity(origin, Box::new(USDC), Box::new(asset), x, y, 1, 1, MAKER).unwrap();
		}
	}
}
