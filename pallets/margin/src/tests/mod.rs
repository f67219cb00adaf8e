//! Tests by subject. Each goes through [`crate::mock::ExtBuilder`], which checks every invariant at the end.

mod accounts;
mod caps;
mod chain;
mod combined;
mod deficit;
mod delisting;
mod governance;
mod hand_out;
mod history;
mod hostile;
mod house;
mod index;
mod inputs;
mod keeper;
mod lending;
mod limits;
mod liquidation;
mod listing;
mod margins;
mod model;
mod portfolio;
mod positions;
mod preview;
mod prices;
mod property;
mod risk_view;
mod scenarios;
mod seasoning;
mod seller;
mod taking;
mod trading;
mod written_put;

use crate::mock::*;
use frame_support::{assert_noop, assert_ok};

type Error = crate::Error<Test>;
type Event = crate::Event<Test>;

/// The named sub-account of most tests.
const SUB: u16 = 0;

fn signed(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

fn deposit(who: AccountId, asset: AssetId, amount: u128) {
	fund(who);
	assert_ok!(Margin::deposit(signed(who), SUB, asset, amount));
}

/// Deposits `dollars` of USDC and sells `times` as many dollars for `asset`: a long position.
fn open_long(who: AccountId, asset: AssetId, dollars: u128, times: u128) {
	deposit(who, USDC, dollars * unit(USDC));
	assert_ok!(Margin::swap(
		signed(who),
		SUB,
		USDC,
		asset,
		dollars * times * unit(USDC),
		0
	));
}

/// Deposits `dollars` of USDC and sells borrowed `asset` worth `times` as much: a short position.
fn open_short(who: AccountId, asset: AssetId, dollars: u128, times: u128) {
	deposit(who, USDC, dollars * unit(USDC));
	let amount = dollars * times * unit(asset) / first_price(asset);
	assert_ok!(Margin::swap(signed(who), SUB, asset, USDC, amount, 0));
}

fn view(who: AccountId) -> crate::AccountView<AssetId> {
	Margin::account_view(&who, SUB).expect("the account exists")
}

fn health(who: AccountId) -> margin_math::Value {
	view(who).maintenance_health
}

/// Deposit (positive) or debt (negative) of an account, in smallest units.
fn balance(who: AccountId, asset: AssetId) -> i128 {
	balance_of(who, SUB, asset)
}

fn balance_of(who: AccountId, sub: u16, asset: AssetId) -> i128 {
	let Some(view) = Margin::account_view(&who, sub) else {
		return 0;
	};
	view.balances.iter().find(|b| b.asset == asset).map_or(0, |b| {
		let amount = b.amount.0 as i128;
		if b.side == margin_risk::Side::Debt {
			-amount
		} else {
			amount
		}
	})
}

/// The next block, in which transactions leave nothing to `on_idle`.
fn full_block(ms: u64) {
	let now = Timestamp::get() + ms;
	let block = build_on_block();
	Timestamp::set_timestamp(now);
	let mut meter = frame_support::weights::WeightMeter::new();
	<Margin as frame_support::traits::OnPoll<u64>>::on_poll(block, &mut meter);
}

/// Whether the account is in the trigger index.
fn is_filed(who: AccountId, sub: u16) -> bool {
	let account = crate::Accounts::<Test>::get(who, sub);
	account
		.and_then(|account| account.filed)
		.is_some_and(|bucket| crate::Triggers::<Test>::contains_key(bucket, (who, sub)))
}

fn round(who: AccountId) -> u32 {
	crate::Accounts::<Test>::get(who, SUB)
		.expect("the account exists")
		.round
}

fn liquidate(who: AccountId) -> sp_runtime::DispatchResult {
	liquidate_in(who, round(who))
}

/// Liquidates as if found in `round`, after the parent block.
fn liquidate_in(who: AccountId, round: u32) -> sp_runtime::DispatchResult {
	let at = System::block_number() - 1;
	Margin::liquidate_unsigned(RuntimeOrigin::none(), who, SUB, round, at, System::block_hash(at))
}
