//! Random actions, prices and time: whatever comes, the books balance, refusals change nothing, and nobody who is
//! healthy is touched.

use super::*;
use crate::Mode;
use frame_support::storage::with_storage_layer;
use proptest::prelude::*;
use sp_runtime::DispatchResult;

#[derive(Clone, Debug)]
enum Action {
	Deposit(AccountId, AssetId, u64),
	Withdraw(AccountId, AssetId, u64),
	Borrow(AccountId, AssetId, u64),
	Repay(AccountId, AssetId, u64),
	Swap(AccountId, AssetId, AssetId, u64),
	/// Oracle and market move to so many per mille of the price.
	Move(AssetId, u64),
	Liquidate(AccountId),
	Block(u64),
	/// The account becomes a portfolio account, or a cross account.
	Mode(AccountId, bool),
	/// Bitcoin and ether begin to move together otherwise.
	Correlate(i32),
}

/// Cents' worth: an amount of `asset` at its first price.
fn worth(asset: AssetId, cents: u64) -> u128 {
	u128::from(cents) * unit(asset) / first_price(asset) / 100
}

fn action() -> impl Strategy<Value = Action> {
	let who = prop_oneof![Just(ALICE), Just(BOB)];
	let asset = prop_oneof![Just(USDC), Just(BTC), Just(ETH)];
	let cents = prop_oneof![1 => 0u64..3, 4 => 1u64..100_000, 8 => 100_000u64..5_000_000];
	prop_oneof![
		3 => (who.clone(), asset.clone(), cents.clone()).prop_map(|(w, a, x)| Action::Deposit(w, a, x)),
		2 => (who.clone(), asset.clone(), cents.clone()).prop_map(|(w, a, x)| Action::Withdraw(w, a, x)),
		2 => (who.clone(), asset.clone(), cents.clone()).prop_map(|(w, a, x)| Action::Borrow(w, a, x)),
		2 => (who.clone(), asset.clone(), cents.clone()).prop_map(|(w, a, x)| Action::Repay(w, a, x)),
		5 => (who.clone(), asset.clone(), asset.clone(), cents).prop_map(|(w, a, b, x)| Action::Swap(w, a, b, x)),
		3 => (asset, 850u64..1_150).prop_map(|(a, x)| Action::Move(a, x)),
		3 => who.prop_map(Action::Liquidate),
		2 => (1u64..20_000_000).prop_map(Action::Block),
		1 => (prop_oneof![Just(ALICE), Just(BOB)], any::<bool>()).prop_map(|(w, p)| Action::Mode(w, p)),
		1 => (-1_000_000..=1_000_000i32).prop_map(Action::Correlate),
	]
}

fn root() -> Vec<u8> {
	sp_io::storage::root(sp_runtime::StateVersion::V1)
}

fn cents_of(asset: AssetId) -> u128 {
	Margin::price_views()
		.into_iter()
		.find(|p| p.asset == asset)
		.unwrap()
		.live
		.raw() / 10u128.pow(16)
}

/// Makes a call as a block would: what fails is rolled back.
fn call(call: impl FnOnce() -> DispatchResult) -> DispatchResult {
	let before = root();
	let result = with_storage_layer(call);
	if result.is_err() {
		assert_eq!(root(), before, "{result:?} changed something");
	}
	result
}

/// Carries an action out, and holds it against what it may do.
fn apply(action: &Action) {
	match *action {
		Action::Deposit(who, asset, x) => trade(who, || Margin::deposit(signed(who), SUB, asset, worth(asset, x))),
		Action::Withdraw(who, asset, x) => trade(who, || Margin::withdraw(signed(who), SUB, asset, worth(asset, x))),
		Action::Borrow(who, asset, x) => trade(who, || Margin::borrow(signed(who), SUB, asset, worth(asset, x))),
		Action::Repay(who, asset, x) => trade(who, || Margin::repay(signed(who), SUB, asset, worth(asset, x))),
		Action::Swap(who, a, b, x) => trade(who, || Margin::swap(signed(who), SUB, a, b, worth(a, x), 0)),
		Action::Move(USDC, x) => set_price(USDC, (98 + x / 500).into()),
		Action::Move(asset, x) => move_to(asset, (cents_of(asset) * u128::from(x) / 1_000).clamp(50, 10_000_000)),
		Action::Block(ms) => next_block(ms),
		Action::Liquidate(who) => step(who),
		Action::Mode(who, true) => trade(who, || Margin::set_mode(signed(who), SUB, Mode::Portfolio)),
		Action::Mode(who, false) => trade(who, || Margin::set_mode(signed(who), SUB, Mode::Cross)),
		Action::Correlate(parts) => set_correlation(BTC, ETH, Some(parts)),
	}
}

/// An owner's own action ends with initial margin or no worse, and moves nobody else's equity.
fn trade(who: AccountId, action: impl FnOnce() -> DispatchResult) {
	let other = if who == ALICE { BOB } else { ALICE };
	let equity = |who| Margin::account_view(&who, SUB).map_or(0, |view| view.equity.raw());
	let (before, others) = (Margin::account_view(&who, SUB), equity(other));
	if call(action).is_ok() {
		let moved = equity(other) - others;
		// A smallest unit of an asset may change hands by rounding: at most a tenth of a cent here.
		assert!(
			moved.abs() <= 10i128.pow(15),
			"another account's equity moved by {moved}"
		);
		if let (Some(before), Some(after)) = (before, Margin::account_view(&who, SUB)) {
			let no_worse = after.maintenance_health >= before.maintenance_health;
			assert!(
				no_worse || !after.initial_health.is_negative(),
				"{before:?} became {after:?}"
			);
		}
	}
}

/// A step is taken just when the account is below maintenance, and makes it better.
fn step(who: AccountId) {
	let Some(before) = Margin::account_view(&who, SUB) else {
		return;
	};
	let result = call(|| liquidate(who));
	assert_eq!(
		result.is_ok(),
		before.maintenance_health.is_negative(),
		"{result:?} on {before:?}"
	);
	if let (Ok(()), Some(after)) = (result, Margin::account_view(&who, SUB)) {
		assert!(
			after.maintenance_health > before.maintenance_health,
			"{before:?} became {after:?}"
		);
		assert!(
			!after.equity.is_negative(),
			"a penalty made bad debt: {before:?} became {after:?}"
		);
	}
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 96, max_shrink_iters: 200, ..ProptestConfig::default() })]

	#[test]
	fn the_books_balance_whatever_comes(actions in prop::collection::vec(action(), 1..60)) {
		ExtBuilder::default().build_and_execute(|| {
			for who in [ALICE, BOB] {
				deposit(who, USDC, 10_000 * unit(USDC));
			}
			correlate(BTC, ETH, 900_000);
			assert_ok!(Margin::set_mode(signed(BOB), SUB, Mode::Portfolio));
			for action in &actions {
				apply(action);
				Margin::do_try_state().unwrap();
			}
		});
	}

	#[test]
	fn nobody_gains_by_going_in_and_out(amounts in prop::collection::vec(100u128..10_000_000, 1..40)) {
		ExtBuilder::default().build_and_execute(|| {
			deposit(BOB, BTC, 1_000 * unit(BTC));
			assert_ok!(Margin::borrow(signed(BOB), SUB, USDC, 1_234_567 * unit(USDC)));
			Timestamp::set_timestamp(Timestamp::get() + 3_600_000);
			let before = wallet(ALICE, USDC);
			for amount in amounts {
				deposit(ALICE, USDC, amount);
				let held = balance(ALICE, USDC) as u128;
				assert!(held <= amount);
				if held > 0 {
					assert_ok!(Margin::withdraw(signed(ALICE), SUB, USDC, held));
				}
			}
			assert!(wallet(ALICE, USDC) <= before);
		});
	}
}
