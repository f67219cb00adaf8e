//! S10: old prices after a halt executed what they should not have.

use margin_runtime::{units::*, *};
use margin_scenarios::{chain::*, stage::*};
use pallet_margin::{Call as MarginCall, Direction, Door, Error, Event};

/// Slots that the chain stands still for.
const FIVE_HOURS: u64 = 5 * HOUR / SLOT_MILLIS;
/// Blocks without feeds after which prices are stale, and one more.
const SILENCE: u32 = 17;

/// On the way to [`FALLEN`]: from here it is within the band.
const FALLING: Cents = [(1, 100), (2, 765_782), (3, 19_472), (4, 400)];
const FALLEN: Cents = [(1, 100), (2, 730_256), (3, 17_665), (4, 400)];

/// Bob is ten times long of BTC and Charlie more than eight times of ETH, Dave twice of BTC. Eve and Ferdie owe nothing.
fn traders() {
	fed(&FIRST_PRICES);
	let deposits =
		["//Bob", "//Charlie", "//Dave", "//Eve", "//Ferdie"].map(|seed| (seed, supply(USDC, 10_000 * USDC_UNIT)));
	all_done(deposits);
	all_done([
		("//Bob", swap(USDC, BTC, 100_000 * USDC_UNIT)),
		("//Charlie", swap(USDC, ETH, 87_000 * USDC_UNIT)),
		("//Dave", swap(USDC, BTC, 20_000 * USDC_UNIT)),
		(
			"//Dave",
			MarginCall::open_account {
				sub: 1,
				mode: Default::default(),
			}
			.into(),
		),
	]);
}

/// What takes on risk, takes from an account with debt, or sells.
fn risky() -> Vec<(&'static str, RuntimeCall)> {
	let transfer = MarginCall::transfer {
		from: 0,
		to: 1,
		asset: BTC,
		amount: BTC_UNIT / 1_000,
	};
	vec![
		("//Dave", withdraw(BTC, BTC_UNIT / 1_000)),
		("//Dave", transfer.into()),
		("//Dave", borrow(USDC, 100 * USDC_UNIT)),
		("//Dave", swap(USDC, BTC, 100 * USDC_UNIT)),
		("//Dave", swap(BTC, USDC, BTC_UNIT / 1_000)),
		("//Dave", open(Direction::Long, ETH, ETH_UNIT)),
		("//Eve", borrow(BTC, BTC_UNIT / 100)),
		("//Ferdie", open(Direction::Short, ETH, ETH_UNIT)),
	]
}

/// What must work at any price.
fn harmless() -> Vec<(&'static str, RuntimeCall)> {
	vec![
		("//Dave", repay(USDC, USDC_UNIT)),
		("//Dave", supply(BTC, BTC_UNIT / 1_000)),
		("//Bob", repay(USDC, USDC_UNIT)),
		("//Eve", withdraw(USDC, USDC_UNIT)),
		("//Ferdie", supply(USDC, USDC_UNIT)),
	]
}

fn fall() {
	fed(&FALLING);
	fed(&FALLEN);
}

fn rounds() -> [u32; 3] {
	["//Bob", "//Charlie", "//Dave"].map(round)
}

fn hold_rounds() -> u32 {
	pallet_prices::Guards::<Runtime>::get(BTC).unwrap().hold_rounds
}

/// A block with feeds in which nothing risky works, nobody is liquidated by any door, and the harmless works.
fn a_shut_block_after(slots: u64, prices: &[(u32, u128)]) {
	let before = rounds();
	begin_after(slots);
	if !prices.is_empty() {
		feed_all(prices);
	}
	for (seed, call) in risky() {
		let refused = Err(Error::<Runtime>::PriceUnusable.into());
		assert_eq!(done(seed, call.clone()), refused, "{seed} {call:?}");
	}
	for (seed, call) in harmless() {
		assert_eq!(done(seed, call.clone()), Ok(()), "{seed} {call:?}");
	}
	for owner in ["//Bob", "//Charlie", "//Dave"] {
		let finding = finding(owner, System::block_number() - 1);
		assert!(found(finding).is_err(), "a keeper found {owner}");
		assert!(done("//Ferdie", liquidate(owner)).is_err(), "a trader took {owner}");
	}
	end();
	assert_eq!(rounds(), before, "the chain by itself");
}

/// Everything works.
fn an_open_block(prices: &[(u32, u128)]) {
	begin_after(1);
	feed_all(prices);
	for (seed, call) in harmless().into_iter().chain(risky()) {
		assert_eq!(done(seed, call.clone()), Ok(()), "{seed} {call:?}");
	}
	end();
}

#[test]
fn after_a_halt_nothing_should_move_until_prices_have_come_in_afresh() {
	development(|| {
		traders();
		// The last prices before the halt put Bob and Charlie below maintenance. They are old when the chain goes on.
		fall();
		assert!(account("//Bob").maintenance_health.is_negative());
		assert!(
			account("//Charlie").equity <= margin_math::Value::ZERO,
			"nothing is left of Charlie's"
		);
		let before = rounds();
		a_shut_block_after(FIVE_HOURS, &FIRST_PRICES);
		for _ in 0..hold_rounds() {
			a_shut_block_after(1, &FIRST_PRICES);
		}
		an_open_block(&FIRST_PRICES);
		assert_eq!(rounds(), before, "prices had recovered while the chain stood still");
	});
}

#[test]
fn after_a_halt_without_feeds_nothing_should_move_for_as_long_as_they_are_missing() {
	development(|| {
		traders();
		fall();
		a_shut_block_after(FIVE_HOURS, &[]);
		for _ in 0..5 {
			a_shut_block_after(1, &[]);
		}
	});
}

#[test]
fn after_a_gap_in_feeds_a_true_fall_should_liquidate_once_it_is_confirmed() {
	development(|| {
		traders();
		idle(SILENCE);
		a_shut_block_after(1, &[]);
		for _ in 0..=hold_rounds() {
			a_shut_block_after(1, &FALLEN);
		}
		let before = rounds();
		idle(1);
		assert_eq!(rounds(), [before[0] + 1, before[1] + 1, before[2]], "in the next block");
		let doors: Vec<_> = told()
			.into_iter()
			.filter_map(|event| match event {
				Event::Liquidated { door, .. } => Some(door),
				_ => None,
			})
			.collect();
		assert_eq!(doors, [Door::Chain, Door::Chain]);
		assert!(!account("//Bob").maintenance_health.is_negative());
	});
}

#[test]
fn silence_within_the_grace_should_begin_it_anew() {
	development(|| {
		traders();
		idle(SILENCE);
		for _ in 0..hold_rounds() {
			a_shut_block_after(1, &FIRST_PRICES);
		}
		idle(SILENCE);
		for _ in 0..=hold_rounds() {
			a_shut_block_after(1, &FIRST_PRICES);
		}
		an_open_block(&FIRST_PRICES);
	});
}

#[test]
fn feeds_of_one_operator_should_not_end_a_gap() {
	development(|| {
		traders();
		idle(SILENCE);
		for _ in 0..2 * hold_rounds() {
			begin_after(1);
			assert_eq!(done("//Feeder1", feed(&FALLEN)), Ok(()));
			end();
			a_shut_block_after(1, &[]);
		}
	});
}

#[test]
fn what_a_keeper_found_before_a_halt_should_be_refused_after_it() {
	development(|| {
		traders();
		fall();
		let finding = finding("//Bob", System::block_number());
		let before = rounds();
		// Forty seconds are enough: the finding itself would still be young enough.
		begin_after(20);
		assert!(found(finding).is_err());
		end();
		assert_eq!(rounds(), before);
	});
}

/// The feeds of one asset come back later than those of the rest, so that a debt has a price before its collateral.
fn with_collateral_priced_late(halt: u64) {
	traders();
	let rest: Vec<_> = FIRST_PRICES.into_iter().filter(|(key, _)| *key != BTC).collect();
	let before = (
		round("//Bob"),
		amount("//Bob", BTC),
		amount("//Bob", USDC) / 1_000_000_000,
	);
	fed_after(halt, &rest);
	for _ in 0..2 * hold_rounds() {
		fed(&rest);
	}
	for _ in 0..=hold_rounds() {
		fed(&FIRST_PRICES);
	}
	idle(1);
	let after = (
		round("//Bob"),
		amount("//Bob", BTC),
		amount("//Bob", USDC) / 1_000_000_000,
	);
	assert_eq!(after, before, "Bob's account was sound all the time");
}

#[test]
fn collateral_whose_price_comes_back_after_the_debts_should_be_left_alone_after_a_short_halt() {
	development(|| with_collateral_priced_late(1_000));
}

#[test]
fn collateral_whose_price_comes_back_after_the_debts_should_be_left_alone_after_a_long_halt() {
	development(|| with_collateral_priced_late(8 * HOUR / SLOT_MILLIS));
}

#[test]
fn other_collateral_should_not_be_taken_because_one_price_comes_back_a_little_later() {
	development(|| {
		traders();
		all_done([("//Bob", open(Direction::Long, ETH, 20 * ETH_UNIT))]);
		let before = (round("//Bob"), amount("//Bob", ETH));
		let rest: Vec<_> = FIRST_PRICES.into_iter().filter(|(key, _)| *key != BTC).collect();
		fed_after(8 * HOUR / SLOT_MILLIS, &rest);
		for _ in 0..=hold_rounds() {
			fed(&rest);
		}
		for _ in 0..=hold_rounds() {
			fed(&FIRST_PRICES);
		}
		idle(1);
		assert_eq!(
			(round("//Bob"), amount("//Bob", ETH)),
			before,
			"Bob's account was sound all the time"
		);
	});
}
