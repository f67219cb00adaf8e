//! The events are the history of every account: who applies them in order has the accounts as they are stored.

use super::*;
use crate::{
	account::{Balance, Mode},
	asset::Status,
	Accounts, Assets as Listed, Direction, Door, Part, Size,
};
use frame_support::storage::with_storage_layer;
use margin_math::{Amount, Price, Ratio, Value};
use proptest::prelude::*;
use sp_runtime::DispatchResult;
use std::collections::BTreeMap;

/// What can be known of an account from outside.
#[derive(Clone, Debug, PartialEq)]
struct Known {
	mode: Mode<AssetId>,
	deposit: u128,
	holdings: BTreeMap<AssetId, Balance>,
}

type Book = BTreeMap<(AccountId, u16), Known>;

/// The accounts as the events tell them.
fn rebuilt(events: &[Event]) -> Book {
	let mut book = Book::new();
	for event in events {
		match event.clone() {
			Event::AccountOpened {
				owner,
				sub,
				mode,
				deposit,
			} => {
				let holdings = BTreeMap::new();
				let fresh = Known {
					mode,
					deposit,
					holdings,
				};
				assert_eq!(book.insert((owner, sub), fresh), None, "opened twice");
			},
			Event::BalanceChanged {
				owner,
				sub,
				asset,
				balance,
			} => {
				let holdings = &mut book.get_mut(&(owner, sub)).expect("an open account").holdings;
				let before = holdings.remove(&asset);
				assert_ne!(before, balance, "nothing has changed");
				holdings.extend(balance.map(|balance| (asset, balance)));
			},
			Event::AccountClosed { owner, sub } => {
				let last = book.remove(&(owner, sub)).expect("an open account");
				assert!(last.holdings.is_empty(), "closed with {last:?}");
			},
			_ => (),
		}
	}
	book
}

/// The accounts as they are stored.
fn stored() -> Book {
	Accounts::<Test>::iter()
		.map(|(owner, sub, account)| {
			let known = Known {
				mode: account.mode,
				deposit: account.deposit,
				holdings: account.holdings.iter().map(|held| (held.asset, held.balance)).collect(),
			};
			((owner, sub), known)
		})
		.collect()
}

/// Supplies every pool after the chain has begun: a genesis has no events.
fn supply() {
	for asset in [USDC, BTC, ETH, DOT] {
		let worth = 20_000_000 / first_price(asset);
		let sub = asset as u16;
		assert_ok!(Margin::deposit(signed(SUPPLIER), sub, asset, worth * unit(asset)));
	}
}

const ISOLATED: Mode<AssetId> = Mode::Isolated {
	collateral: BTC,
	debt: USDC,
};

#[derive(Clone, Debug)]
enum Step {
	Open(Mode<AssetId>),
	Close,
	Deposit(AssetId, u64),
	Withdraw(AssetId, u64),
	WithdrawAll(AssetId),
	Borrow(AssetId, u64),
	Repay(AssetId, u64),
	Swap(AssetId, AssetId, u64),
	Transfer(u16, AssetId, u64),
	Position(bool, AssetId, u64, u32),
	Unwind(AssetId, bool),
	Liquidate,
	TakeOver(u16),
	/// Oracle and market move to so many per mille of the price.
	Move(AssetId, u64),
	Block(u64),
	ChainLiquidates(bool),
	Delist,
	Evict,
	Remove,
}

/// A step, by whom and in which of his accounts.
type Deed = (AccountId, u16, Step);

fn deed() -> impl Strategy<Value = Deed> {
	let asset = || prop_oneof![3 => Just(USDC), 3 => Just(BTC), 2 => Just(ETH), 1 => Just(DOT)];
	let coin = || prop_oneof![3 => Just(BTC), 2 => Just(ETH), 1 => Just(DOT)];
	let cents = || prop_oneof![1 => 0u64..3, 4 => 1u64..100_000, 8 => 100_000u64..2_000_000];
	let mode = prop_oneof![Just(Mode::Cross), Just(ISOLATED)];
	let step = prop_oneof![
		2 => mode.prop_map(Step::Open),
		3 => Just(Step::Close),
		8 => (asset(), cents()).prop_map(|(a, x)| Step::Deposit(a, x)),
		3 => (asset(), cents()).prop_map(|(a, x)| Step::Withdraw(a, x)),
		3 => asset().prop_map(Step::WithdrawAll),
		3 => (asset(), cents()).prop_map(|(a, x)| Step::Borrow(a, x)),
		3 => (asset(), cents()).prop_map(|(a, x)| Step::Repay(a, x)),
		8 => (asset(), asset(), cents()).prop_map(|(a, b, x)| Step::Swap(a, b, x)),
		5 => (0u16..3, asset(), cents()).prop_map(|(to, a, x)| Step::Transfer(to, a, x)),
		12 => (any::<bool>(), coin(), 10_000u64..500_000, 150u32..800).prop_map(|(d, a, x, l)| Step::Position(d, a, x, l)),
		4 => (coin(), any::<bool>()).prop_map(|(a, all)| Step::Unwind(a, all)),
		6 => Just(Step::Liquidate),
		6 => (0u16..3).prop_map(Step::TakeOver),
		10 => (coin(), 800u64..1_200).prop_map(|(a, x)| Step::Move(a, x)),
		4 => (1u64..20_000_000).prop_map(Step::Block),
		2 => any::<bool>().prop_map(Step::ChainLiquidates),
		1 => prop_oneof![Just(Step::Delist), Just(Step::Remove)],
		2 => Just(Step::Evict),
	];
	(prop_oneof![Just(ALICE), Just(BOB)], 0u16..3, step)
}

/// Cents' worth: an amount of `asset` at its first price.
fn worth(asset: AssetId, cents: u64) -> u128 {
	u128::from(cents) * unit(asset) / first_price(asset) / 100
}

fn cents_of(asset: AssetId) -> u128 {
	let views = Margin::price_views();
	let view = views.into_iter().find(|view| view.asset == asset);
	view.map_or(100, |view| view.live.raw() / 10u128.pow(16))
}

fn apply((who, sub, step): Deed) -> DispatchResult {
	let (other, me) = (if who == ALICE { BOB } else { ALICE }, signed(who));
	let most = Value::from_dollars(1_000_000);
	match step {
		Step::Open(mode) => Margin::open_account(me, sub, mode),
		Step::Close => Margin::close_account(me, sub),
		Step::Deposit(asset, x) => Margin::deposit(me, sub, asset, worth(asset, x)),
		Step::Withdraw(asset, x) => Margin::withdraw(me, sub, asset, worth(asset, x)),
		Step::WithdrawAll(asset) => Margin::withdraw(me, sub, asset, u128::MAX),
		Step::Borrow(asset, x) => Margin::borrow(me, sub, asset, worth(asset, x)),
		Step::Repay(asset, x) => Margin::repay(me, sub, asset, worth(asset, x)),
		Step::Swap(from, to, x) => Margin::swap(me, sub, from, to, worth(from, x), 0),
		Step::Transfer(to, asset, x) => Margin::transfer(me, sub, to, asset, worth(asset, x)),
		Step::Position(long, asset, x, percent) => {
			let collateral = Some((USDC, worth(USDC, x)));
			let size = Size::Leverage(Ratio::from_percent(percent));
			let (direction, limit) = if long {
				(Direction::Long, Price::MAX)
			} else {
				(Direction::Short, Price::ZERO)
			};
			Margin::open(me, sub, collateral, direction, asset, USDC, size, limit, u128::MAX)
		},
		Step::Unwind(asset, all) => {
			let owes = balance_of(who, sub, asset) < 0;
			let limit = if owes { Price::MAX } else { Price::ZERO };
			let part = if all {
				Part::All
			} else {
				Part::Amount(worth(asset, 10_000))
			};
			Margin::close(me, sub, asset, USDC, part, limit)
		},
		Step::Liquidate => {
			let round = Accounts::<Test>::get(who, sub).map_or(0, |account| account.round);
			let at = System::block_number() - 1;
			let hash = System::block_hash(at);
			Margin::liquidate_unsigned(RuntimeOrigin::none(), who, sub, round, at, hash)
		},
		Step::TakeOver(into) => Margin::liquidate(me, other, sub, into, most),
		Step::Move(asset, x) => {
			let price = (cents_of(asset) * u128::from(x) / 1_000).clamp(50, 10_000_000);
			move_to(asset, price);
			Ok(())
		},
		Step::Block(ms) => {
			next_block(ms);
			Ok(())
		},
		Step::ChainLiquidates(does) => {
			ChainLiquidates::set(&does);
			Ok(())
		},
		Step::Delist => Margin::delist_asset(RuntimeOrigin::root(), DOT),
		Step::Evict => {
			let over = Timestamp::get();
			with_storage_layer(|| {
				Listed::<Test>::mutate(DOT, |record| match record {
					Some(record) if record.status != Status::Live => record.status = Status::Delisting(over),
					_ => (),
				});
				Margin::evict(me, other, sub, DOT)
			})
		},
		Step::Remove => Margin::remove_asset(RuntimeOrigin::root(), DOT, SUPPLIER),
	}
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 48, max_shrink_iters: 300, ..ProptestConfig::default() })]

	#[test]
	fn whoever_applies_the_events_has_the_accounts(deeds in prop::collection::vec(deed(), 150..250)) {
		ExtBuilder::default().without_supply().build_and_execute(|| {
			supply();
			for deed in deeds {
				let told = events().len();
				if apply(deed).is_err() {
					assert_eq!(events().len(), told, "a refused call told something");
				}
			}
			assert_eq!(rebuilt(&events()), stored());
		});
	}
}

fn doors() -> Vec<Door<AccountId>> {
	let door = |event| match event {
		Event::Liquidated { door, .. } => Some(door),
		_ => None,
	};
	events().into_iter().filter_map(door).collect()
}

/// Does it, and holds the events against the accounts.
fn step(deed: Deed) {
	let name = format!("{deed:?}");
	assert_eq!(apply(deed), Ok(()), "{name}");
	assert_eq!(rebuilt(&events()), stored(), "after {name}");
}

#[test]
fn every_way_to_change_an_account_leaves_its_trace() {
	ExtBuilder::default().without_supply().build_and_execute(|| {
		supply();
		let alice = |sub, what| step((ALICE, sub, what));
		let bob = |sub, what| step((BOB, sub, what));
		alice(0, Step::Open(Mode::Cross));
		alice(1, Step::Open(ISOLATED));
		bob(0, Step::Deposit(USDC, 100_000_000));
		alice(0, Step::Deposit(USDC, 1_000_000));
		alice(0, Step::Borrow(ETH, 100_000));
		alice(0, Step::Repay(ETH, 30_000));
		alice(0, Step::Swap(USDC, ETH, 200_000));
		alice(0, Step::Transfer(1, USDC, 10_000));
		alice(0, Step::Withdraw(USDC, 10_000));
		alice(2, Step::Position(false, BTC, 100_000, 300));
		alice(2, Step::Unwind(BTC, false));
		alice(2, Step::Unwind(BTC, true));
		alice(2, Step::WithdrawAll(USDC));
		alice(2, Step::Close);
		alice(1, Step::Position(true, BTC, 1_000_000, 700));
		bob(1, Step::Position(false, ETH, 1_000_000, 650));

		ChainLiquidates::set(&false);
		alice(0, Step::Move(BTC, 898));
		alice(1, Step::Liquidate);
		alice(0, Step::Move(BTC, 950));
		bob(1, Step::TakeOver(0));
		alice(0, Step::Move(ETH, 1_100));
		ChainLiquidates::set(&true);
		alice(0, Step::Block(6_000));
		alice(0, Step::Move(ETH, 1_700));
		alice(0, Step::Block(6_000));
		assert!(
			Accounts::<Test>::get(BOB, 1).unwrap().is_empty(),
			"nothing is left of it"
		);
		assert!(events().iter().any(|event| matches!(event, Event::LossBooked { .. })));
		for door in [Door::Keeper, Door::Trader(BOB, 0), Door::Chain] {
			assert!(doors().contains(&door), "{door:?}");
		}

		bob(2, Step::Deposit(DOT, 10_000));
		bob(2, Step::Deposit(USDC, 10_000));
		bob(0, Step::Borrow(DOT, 50_000));
		alice(0, Step::Delist);
		alice(2, Step::Evict);
		alice(0, Step::Evict);
		assert_eq!((balance_of(BOB, 0, DOT), balance_of(BOB, 2, DOT)), (0, 0));

		bob(2, Step::Withdraw(USDC, 9_999));
		reconfigure(USDC, |usdc| {
			usdc.min_amount = Amount(unit(USDC));
			usdc.min_debt = usdc.min_amount;
		});
		bob(2, Step::Close);
		assert!(events().iter().any(|event| matches!(event, Event::DustSwept { .. })));
	});
}
