//! What the events share: blocks after a halt, what traders call and what becomes of it, and a market that follows.

use crate::chain::{self, feeds, signed, FIRST_PRICES};
use frame_support::{storage::with_transaction, traits::fungibles::Inspect};
use margin_math::{Price, Value};
use margin_runtime::{units::*, *};
use pallet_margin::{Call as MarginCall, Direction, Door, Event as MarginEvent, Size, SubAccount};
use sp_core::U256;
use sp_runtime::{traits::Dispatchable, ApplyExtrinsicResult, DispatchError, DispatchResult, TransactionOutcome};

/// Prices of all assets in cents.
pub type Cents = [(u32, u128); 4];

/// The first prices, with that of `asset` times `num / den`.
pub fn moved(asset: AssetId, num: u128, den: u128) -> Cents {
	FIRST_PRICES.map(|(key, cents)| (key, if key == asset { cents * num / den } else { cents }))
}

pub use chain::begin_after;

/// BTC has fallen by 8 %: inside the band, and below maintenance for who is twelve BTC long with 10,000 USDC.
pub fn fallen() -> Cents {
	moved(BTC, 92, 100)
}

/// Blocks in which the first prices come in and traders open positions, each with 10,000 USDC.
pub fn positions(traders: &[(&'static str, Direction, AssetId, Balance)]) {
	fed(&FIRST_PRICES);
	let deposits = traders
		.iter()
		.map(|(seed, ..)| (*seed, supply(USDC, 10_000 * USDC_UNIT)));
	all_done(deposits);
	let opened = traders
		.iter()
		.map(|(seed, direction, asset, size)| (*seed, open(*direction, *asset, *size)));
	all_done(opened);
}

/// A block in which `seed` opens so many sub-accounts, each 1.2 BTC long with 1,000 USDC. The market stays where it is.
pub fn many_longs(seed: &str, count: SubAccount) {
	begin_after(1);
	feed_all(&FIRST_PRICES);
	for sub in 0..count {
		let deposit = MarginCall::deposit {
			sub,
			asset: USDC,
			amount: 1_000 * USDC_UNIT,
		};
		assert_eq!(dispatched(seed, deposit), Ok(()));
		let swap = MarginCall::swap {
			sub,
			from: USDC,
			to: BTC,
			amount_in: 9_500 * USDC_UNIT,
			min_out: 1,
		};
		assert_eq!(dispatched(seed, swap), Ok(()), "account {sub}");
		keep_market(BTC, FIRST_PRICES[1].1);
	}
	chain::end();
}

/// How many accounts are below maintenance.
pub fn below() -> usize {
	Margin::at_risk(None, 1_000).0.len()
}

fn apply(transaction: UncheckedExtrinsic) {
	Executive::apply_extrinsic(transaction).unwrap().unwrap();
}

/// A block so many slots after the last one, in which all operators feed `prices`.
pub fn fed_after(slots: u64, prices: &[(u32, u128)]) {
	begin_after(slots);
	feed_all(prices);
	chain::end();
}

/// A block in which all operators feed `prices`.
pub fn fed(prices: &[(u32, u128)]) {
	fed_after(1, prices);
}

/// Feeds of all operators in this block.
pub fn feed_all(prices: &[(u32, u128)]) {
	feeds(prices).into_iter().for_each(apply);
}

/// So many blocks without transactions.
pub fn idle(blocks: u32) {
	for _ in 0..blocks {
		begin_after(1);
		chain::end();
	}
}

/// What became of `call` of `seed` in this block.
pub fn done(seed: &str, call: impl Into<RuntimeCall>) -> DispatchResult {
	Executive::apply_extrinsic(signed(seed, call)).expect("it may be included")
}

/// A block of its own for calls that succeed.
pub fn all_done(calls: impl IntoIterator<Item = (&'static str, RuntimeCall)>) {
	begin_after(1);
	for (seed, call) in calls {
		assert_eq!(done(seed, call.clone()), Ok(()), "{call:?}");
	}
	chain::end();
}

/// The same without a signature, a fee and a place in a block: for stages with many calls.
pub fn dispatched(seed: &str, call: impl Into<RuntimeCall>) -> DispatchResult {
	let origin = RuntimeOrigin::signed(genesis_presets::account(seed));
	let call = call.into();
	frame_support::storage::with_storage_layer(|| call.dispatch(origin).map(|_| ()).map_err(|e| e.error))
}

/// The largest amount up to `most` with which `call` of `seed` would pass now; zero if none does.
pub fn largest(seed: &str, most: u128, call: impl Fn(u128) -> RuntimeCall) -> u128 {
	let passes = |amount| {
		let tried =
			with_transaction(|| TransactionOutcome::Rollback(Ok::<_, DispatchError>(dispatched(seed, call(amount)))));
		tried.unwrap().is_ok()
	};
	let (mut passing, mut failing) = (0, most + 1);
	while failing - passing > 1 {
		let middle = passing + (failing - passing) / 2;
		if passes(middle) {
			passing = middle;
		} else {
			failing = middle;
		}
	}
	passing
}

/// Brings so much into the account.
pub fn supply(asset: AssetId, amount: Balance) -> RuntimeCall {
	MarginCall::deposit { sub: 0, asset, amount }.into()
}

/// Takes so much out of the account.
pub fn withdraw(asset: AssetId, amount: Balance) -> RuntimeCall {
	MarginCall::withdraw { sub: 0, asset, amount }.into()
}

/// Borrows so much into the wallet.
pub fn borrow(asset: AssetId, amount: Balance) -> RuntimeCall {
	MarginCall::borrow { sub: 0, asset, amount }.into()
}

/// Pays so much of a debt back.
pub fn repay(asset: AssetId, amount: Balance) -> RuntimeCall {
	MarginCall::repay { sub: 0, asset, amount }.into()
}

/// Sells so much inside the account, at any price.
pub fn swap(from: AssetId, to: AssetId, amount_in: Balance) -> RuntimeCall {
	MarginCall::swap {
		sub: 0,
		from,
		to,
		amount_in,
		min_out: 1,
	}
	.into()
}

/// Opens a position against USDC, without new collateral and at any price.
pub fn open(direction: Direction, asset: AssetId, amount: Balance) -> RuntimeCall {
	MarginCall::open {
		sub: 0,
		collateral: None,
		direction,
		asset,
		against: USDC,
		size: Size::Amount(amount),
		limit: match direction {
			Direction::Long => Price::from_raw(u128::MAX),
			Direction::Short => Price::ZERO,
		},
		max_borrow: u128::MAX,
	}
	.into()
}

/// A trader takes over what he can of `owner`'s account into his own.
pub fn liquidate(owner: &str) -> RuntimeCall {
	MarginCall::liquidate {
		owner: genesis_presets::account(owner),
		sub: 0,
		into: 0,
		most: Value::from_dollars(1_000_000_000),
	}
	.into()
}

/// The hash of a block of this chain, the best one included.
pub fn hash_of(block: BlockNumber) -> Hash {
	if block == System::block_number() {
		chain::best()
	} else {
		System::block_hash(block)
	}
}

/// What a keeper calls that has found `owner`'s account below maintenance after block `at`.
pub fn finding(owner: &str, at: BlockNumber) -> RuntimeCall {
	let owner = genesis_presets::account(owner);
	let round = Margin::account_view(&owner, 0).unwrap().round;
	let hash = hash_of(at);
	MarginCall::liquidate_unsigned {
		owner,
		sub: 0,
		round,
		at,
		hash,
	}
	.into()
}

/// What becomes of such a finding in this block.
pub fn found(call: RuntimeCall) -> ApplyExtrinsicResult {
	Executive::apply_extrinsic(UncheckedExtrinsic::new_bare(call))
}

/// The account of `seed`, as clients see it.
pub fn account(seed: &str) -> pallet_margin::AccountView<AssetId> {
	Margin::account_view(&genesis_presets::account(seed), 0).unwrap()
}

/// Steps of `seed`'s liquidation so far.
pub fn round(seed: &str) -> u32 {
	account(seed).round
}

/// What `seed` has outside of the margin pallet.
pub fn wallet(seed: &str, asset: AssetId) -> Balance {
	<NativeAndAssets as Inspect<AccountId>>::balance(asset, &genesis_presets::account(seed))
}

/// How much of `asset` the account holds, or owes if it is negative.
pub fn amount(seed: &str, asset: AssetId) -> i128 {
	let balances = account(seed).balances;
	balances
		.iter()
		.find(|balance| balance.asset == asset)
		.map_or(0, |balance| {
			let amount = balance.amount.0 as i128;
			match balance.side {
				margin_risk::Side::Deposit => amount,
				margin_risk::Side::Debt => -amount,
			}
		})
}

/// What this block's events of the margin pallet say.
pub fn told() -> Vec<MarginEvent<Runtime>> {
	System::events()
		.into_iter()
		.filter_map(|record| match record.event {
			RuntimeEvent::Margin(event) => Some(event),
			_ => None,
		})
		.collect()
}

/// By which doors the liquidations of this block came.
pub fn doors() -> Vec<Door<AccountId>> {
	let doors = told().into_iter().filter_map(|event| match event {
		MarginEvent::Liquidated { door, .. } => Some(door),
		_ => None,
	});
	doors.collect()
}

/// Whole dollars of `amount` at `cents` a whole, rounded down.
pub fn dollars(asset: AssetId, amount: Balance, cents: u128) -> u128 {
	amount / unit(asset) * cents / 100 + amount % unit(asset) * cents / 100 / unit(asset)
}

/// One whole.
pub fn unit(asset: AssetId) -> Balance {
	match asset {
		USDC => USDC_UNIT,
		BTC => BTC_UNIT,
		ETH => ETH_UNIT,
		_ => DOT_UNIT,
	}
}

/// What the market of `asset` with USDC has of either.
pub fn reserves(asset: AssetId) -> (Balance, Balance) {
	AssetConversion::get_reserves(asset, USDC).unwrap()
}

/// The market maker brings the AMM to `cents` dollars of `asset`, as arbitrage would.
pub fn keep_market(asset: AssetId, cents: u128) {
	let (has, usdc) = reserves(asset);
	let square = U256::from(has) * U256::from(usdc) * U256::from(unit(asset)) * U256::from(100u32);
	let wanted = (square / U256::from(cents * USDC_UNIT)).integer_sqrt().as_u128();
	if wanted.abs_diff(has) < has / 100_000 {
		return;
	}
	let maker = genesis_presets::account(genesis_presets::MAKER);
	let (to, from) = (Box::new(USDC), Box::new(asset));
	let call = if wanted > has {
		pallet_asset_conversion::Call::<Runtime>::swap_exact_tokens_for_tokens {
			path: vec![from, to],
			amount_in: wanted - has,
			amount_out_min: 1,
			send_to: maker,
			keep_alive: true,
		}
	} else {
		pallet_asset_conversion::Call::swap_tokens_for_exact_tokens {
			path: vec![to, from],
			amount_out: has - wanted,
			amount_in_max: u128::MAX,
			send_to: maker,
			keep_alive: true,
		}
	};
	assert_eq!(dispatched(genesis_presets::MAKER, call), Ok(()));
}

/// What all pools have lost and not made good, by asset.
pub fn deficits() -> Vec<(AssetId, Balance)> {
	let pools = Margin::pool_views();
	pools
		.into_iter()
		.filter(|pool| !pool.deficit.is_zero())
		.map(|pool| (pool.asset, pool.deficit.0))
		.collect()
}
