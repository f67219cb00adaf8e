//! Actions that make sense together: few random ones in a row bring a position into trouble, or an asset off the list.

use super::actions::*;
use crate::{mock::*, Direction};
use margin_risk::volatility::STRETCH;
use proptest::prelude::*;

/// A position with leverage, a price that goes against it, and whoever deals with that.
fn trouble() -> impl Strategy<Value = Vec<Action>> {
	let direction = prop_oneof![Just(Direction::Long), Just(Direction::Short)];
	let little = (100_000u64..50_000_000).prop_map(Much::Cents);
	let name = (
		prop_oneof![Just(ALICE), Just(BOB)],
		prop_oneof![5 => Just(0u16), 1 => Just(1)],
	);
	(
		name,
		volatile(),
		little,
		direction,
		20u32..95,
		700u64..985,
		prop::collection::vec(one_of_many(), 1..4),
	)
		.prop_map(|(name, asset, much, direction, tenths, permille, mut after)| {
			let open = Action::Open {
				name,
				collateral: Some((USDC, much)),
				combined: tenths % 2 == 0,
				direction,
				asset,
				against: USDC,
				size: Large::Leverage(tenths),
				limit: Strict::Not,
				max_borrow: Much::Units(u128::MAX),
			};
			let against = if direction == Direction::Long {
				permille
			} else {
				1_000_000 / permille
			};
			for action in &mut after {
				match action {
					Action::Find(who, ..) => *who = name,
					Action::Liquidate(taker, who, _) => {
						*taker = (if name.0 == ALICE { BOB } else { ALICE }, taker.1);
						*who = name;
					},
					_ => (),
				}
			}
			[vec![open, Action::Feed(asset, Feed::Move(against))], after].concat()
		})
}

fn one_of_many() -> impl Strategy<Value = Action> {
	prop_oneof![3 => finding(), 5 => taking(), 2 => (1u64..10_000).prop_map(Action::Block), 2 => one()]
}

/// An asset is delisted, and everybody moved out of it.
fn way_out() -> impl Strategy<Value = Vec<Action>> {
	(volatile(), prop::collection::vec(one(), 0..4), 0..4usize).prop_map(|(asset, between, blocks)| {
		let manage = |rule| Action::Govern(Voice::AssetManager, asset, rule);
		let holders = [(ALICE, 0), (ALICE, 1), (BOB, 0), (BOB, 1), (SUPPLIER, asset as u16)];
		let evictions = holders.into_iter().map(|name| manage(Rule::Evict(name)));
		let mut actions = vec![manage(Rule::Delist)];
		actions.extend(between);
		// Too early.
		actions.extend(evictions.clone().take(blocks));
		actions.push(Action::Block(7 * DAY));
		actions.push(Action::Feed(asset, Feed::Renew));
		actions.push(Action::Feed(USDC, Feed::Renew));
		actions.extend(evictions.clone());
		actions.extend(vec![Action::Block(6_000); blocks]);
		actions.extend(evictions);
		actions.push(Action::Govern(Voice::Root, asset, Rule::Remove));
		actions
	})
}

/// A change of a parameter that has the time to come into force.
fn change() -> impl Strategy<Value = Vec<Action>> {
	(voice(), listed(), rule(), 1u64..2 * DAY, 0..5usize).prop_map(|(voice, asset, rule, ms, blocks)| {
		let mut actions = vec![Action::Govern(voice, asset, rule)];
		actions.extend(vec![Action::Block(ms); blocks]);
		actions
	})
}

/// Volatility comes and stays for so many steps of the margin.
fn unrest() -> impl Strategy<Value = Vec<Action>> {
	(listed(), 100u32..250, 1..20usize).prop_map(|(asset, permille, steps)| {
		let mut actions = vec![Action::Feed(asset, Feed::Volatility(permille))];
		actions.extend(vec![Action::Block(STRETCH); steps]);
		actions
	})
}

/// About as much is taken out as equity allows, by a loan and by a withdrawal.
fn payout() -> impl Strategy<Value = Vec<Action>> {
	let name = prop_oneof![Just((ALICE, 0)), Just((BOB, 0))];
	(name, volatile(), 60u16..100, 1u8..60).prop_map(|(name, asset, equity, percent)| {
		vec![
			Action::Borrow(name, asset, Much::Equity(equity)),
			Action::Withdraw(name, USDC, Much::Percent(percent)),
		]
	})
}

/// What happens in one go.
pub fn scene() -> impl Strategy<Value = Vec<Action>> {
	prop_oneof![
		60 => one().prop_map(|action| vec![action]),
		20 => trouble(),
		6 => payout(),
		1 => way_out(),
		3 => change(),
		3 => unrest(),
	]
}
