//! How a run begins: parameters that bind often, so that every rule gets its say.

use super::{
	books::{Books, Pool, Who},
	number::*,
	world::World,
};
use crate::{account::Balance, mock::*, AssetConfig, Tier};
use frame_support::storage_alias;
use frame_support::Twox64Concat;
use margin_math::{Amount, Ratio, Shares, Value};
use margin_risk::{FlowLimit, MarginRatios, Quote, VolatilityMargin};
use proptest::prelude::*;

pub const ASSETS: [AssetId; 4] = [USDC, BTC, ETH, DOT];
/// Everybody who holds tokens, apart from the pallet and the market's pools.
pub const OWNERS: [AccountId; 4] = [ALICE, BOB, SUPPLIER, MAKER];

/// Where the tests' prices are kept.
#[storage_alias]
pub type Quotes = StorageMap<Mock, Twox64Concat, AssetId, Quote>;

/// What differs between the assets of one run and another's.
#[derive(Clone, Debug)]
pub struct Setting {
	/// Thousands of dollars, at first prices.
	size_scale: Option<u64>,
	exposure_start: Option<u64>,
	account_cap: Option<u64>,
	/// Above what the supplier brings.
	deposit_cap: Option<u64>,
	borrow_cap: Option<u64>,
	borrow_window: Option<(u64, u64)>,
	outflow: Option<(u64, u64)>,
	min_debt: u64,
	/// Maintenance margin in per mille, reserve factor and unborrowable share in per cent, and what full use adds to the
	/// rate.
	maintenance: u32,
	percent: [u32; 3],
	isolated_only: bool,
	follows_volatility: bool,
}

/// How a margin follows volatility: it is what volatility asks for, as fast as that may come and go.
const FOLLOWS: VolatilityMargin = VolatilityMargin {
	base: Ratio::ZERO,
	multiple: Ratio::ONE,
	usual: None,
	floor: Ratio::from_ppm(5_000),
	cap: Ratio::from_percent(20),
	rise: Ratio::from_percent(100),
	fall: Ratio::from_percent(50),
};

pub fn setting() -> impl Strategy<Value = Vec<Setting>> {
	let some = |from: u64, to: u64| prop::option::weighted(0.2, from..to);
	let flow = || prop::option::weighted(0.2, (500u64..5_000, HOUR / 4..DAY));
	let one = (
		(
			some(100, 10_000),
			some(500, 30_000),
			some(100, 3_000),
			some(100, 5_000),
			some(200, 10_000),
		),
		(flow(), flow()),
		1u64..100,
		(prop_oneof![5u32..15, 15u32..100], [0u32..50, 1..60, 5..100]),
		(prop::bool::weighted(0.1), prop::bool::weighted(0.4)),
	);
	let one = one.prop_map(
		|(
			(size_scale, exposure_start, account_cap, deposit_cap, borrow_cap),
			flows,
			min_debt,
			(maintenance, percent),
			(isolated_only, follows_volatility),
		)| {
			Setting {
				size_scale,
				exposure_start,
				account_cap,
				deposit_cap,
				borrow_cap,
				borrow_window: flows.0,
				outflow: flows.1,
				min_debt,
				maintenance,
				percent,
				isolated_only,
				follows_volatility,
			}
		},
	);
	prop::collection::vec(one, ASSETS.len())
}

/// So many dollars of an asset at its first price.
pub fn dollars(asset: AssetId, dollars: u64) -> Amount {
	Amount(u128::from(dollars) * unit(asset) / first_price(asset))
}

impl Setting {
	fn apply(&self, asset: AssetId, config: &mut AssetConfig<AssetId>) -> FlowLimit {
		let thousands = |x: Option<u64>, more: u64| x.map_or(Amount(u128::MAX), |x| dollars(asset, (x + more) * 1_000));
		let flow = |x: Option<(u64, u64)>| {
			x.map_or(FlowLimit::UNLIMITED, |(most, period)| FlowLimit {
				most: dollars(asset, most * 1_000),
				period,
			})
		};
		config.margin = MarginRatios::from_maintenance(Ratio::from_ppm(1_000 * self.maintenance)).expect("it is low");
		config.volatility = self.follows_volatility.then_some(FOLLOWS);
		config.size_scale = thousands(self.size_scale, 0);
		config.exposure_start = thousands(self.exposure_start, 0);
		config.account_cap = thousands(self.account_cap, 0);
		config.deposit_cap = thousands(self.deposit_cap, 20_000);
		config.borrow_cap = thousands(self.borrow_cap, 0);
		config.borrow_window = flow(self.borrow_window);
		config.min_debt = dollars(asset, self.min_debt).max(config.min_amount);
		config.reserve_factor = Ratio::from_percent(self.percent[0]);
		config.unborrowable = Ratio::from_percent(self.percent[1]);
		config.rate.rate_at_full = Ratio::from_percent(10 + 4 * self.percent[2]);
		if self.isolated_only && asset != USDC {
			config.tier = Tier::IsolatedOnly;
		}
		flow(self.outflow)
	}
}

/// A thousandth of what the supplier brought is the fund's: 20,000 dollars.
fn endow_fund(books: &mut Books, supplier: Who, asset: AssetId) {
	crate::Accounts::<Test>::mutate(SUPPLIER, asset as u16, |account| {
		let account = account.as_mut().expect("the supplier has an account");
		let Some(Balance::Deposit(all)) = account.balance(asset) else {
			return;
		};
		let part = Shares(all.0 / 1_000);
		account.set(asset, Some(Balance::Deposit(Shares(all.0 - part.0))));
		crate::Fund::<Test>::mutate(|fund| fund.set(asset, Some(Balance::Deposit(part))));
	});
	books.shift(supplier, Who::Fund, asset, &whole(dollars(asset, 20_000).0));
}

/// Gives the chain and the model the same start.
pub fn start(settings: &[Setting], (line, halt): (i64, u64)) -> (World, Books) {
	House::set(&crate::HouseParams {
		line: Value::from_dollars(line),
		..House::get()
	});
	Rules::set(&crate::AccountRules { halt, ..Rules::get() });
	let now = Timestamp::get();
	let mut books = Books::new(now);
	let mut world = World {
		quotes: Default::default(),
		configs: Default::default(),
		margins: Default::default(),
		status: Default::default(),
		pauses: Default::default(),
		outflow_limits: Default::default(),
		outflow: Default::default(),
		lent: Default::default(),
		wallets: Default::default(),
		about: None,
		last_block: 0,
		awake_since: 0,
	};
	for (asset, setting) in ASSETS.into_iter().zip(settings) {
		let mut limit = FlowLimit::UNLIMITED;
		reconfigure(asset, |config| limit = setting.apply(asset, config));
		crate::Assets::<Test>::mutate(asset, |record| {
			let record = record.as_mut().expect("the asset is listed");
			record.outflow_limit = limit;
			world.configs.insert(asset, record.config);
			world.status.insert(asset, record.status);
			world.pauses.insert(asset, record.pauses);
			world.outflow_limits.insert(asset, limit);
		});
		world
			.quotes
			.insert(asset, Quotes::get(asset).expect("the asset has a price"));
		books.pools.insert(asset, Pool::new(now));
		for owner in OWNERS {
			world.wallets.insert((owner, asset), wallet(owner, asset));
		}
		// The supplier's deposits of the first block.
		let who = Who::Trader(SUPPLIER, asset as u16);
		books.open(who, crate::Mode::Cross);
		books.credit(who, asset, &whole(dollars(asset, 20_000_000).0));
		endow_fund(&mut books, who, asset);
	}
	let fresh = books.clone();
	books.close(fresh);
	(world, books)
}
