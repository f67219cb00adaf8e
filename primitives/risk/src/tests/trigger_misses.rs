//! The trigger index misses nobody: random accounts, filed at some time of a generation, against what becomes of them.
//!
//! One debt of each account is made just so large that the account ends barely below maintenance. That leaves the bound
//! no room: an account is missed as soon as a term of the slack is too small.

use super::trigger_story::{Asset, Change, Share, Story, MILLION};
use crate::{
	trigger::{lower_edge, TOP},
	Side, Verdict,
};
use margin_math::{power_of_ten, Amount, Ratio, U256, UNIT};
use proptest::{prelude::*, strategy::ValueTree};
use std::collections::BTreeMap;

/// A number of any size, up to a power of two.
fn up_to(bits: u32) -> impl Strategy<Value = u128> {
	(any::<u128>(), 0..=bits).prop_map(|(number, bits)| (number >> (127 - bits)) / 2 + 1)
}

fn any_maintenance() -> impl Strategy<Value = Ratio> {
	prop_oneof![Just(0), 10_000u32..=80_000, 0u32..=200_000].prop_map(Ratio::from_ppm)
}

/// In units of an asset whose price is a dollar and decimals are 6: from a unit to any whale.
fn any_scale() -> impl Strategy<Value = Amount> {
	prop_oneof![Just(u128::MAX), Just(0), up_to(60), up_to(100)].prop_map(Amount)
}

fn any_asset() -> impl Strategy<Value = Asset> {
	let indices = (prop_oneof![Just(MILLION), 10_000..=3 * MILLION], MILLION..=3 * MILLION);
	(
		0u8..=18,
		up_to(80),
		any::<bool>(),
		any_maintenance(),
		any_scale(),
		indices,
	)
		.prop_map(
			|(decimals, price, stable, maintenance, size_scale, (deposits, debts))| Asset {
				decimals,
				price: price * 1_000,
				stable,
				maintenance,
				size_scale,
				deposit_index: deposits * UNIT + 123_457,
				debt_index: debts * UNIT + 765_433,
				verdict: Verdict::Usable,
				other: MILLION,
			},
		)
}

fn any_price_factor() -> impl Strategy<Value = u128> {
	prop_oneof![
		999_000u128..=1_001_000,
		900_000u128..=1_100_000,
		1_000u128..=1_000_000,
		1_000_000u128..=50_000_000,
	]
}

fn any_change() -> impl Strategy<Value = Change> {
	let verdict = prop_oneof![
		Just(Verdict::Usable),
		Just(Verdict::HeldBack),
		Just(Verdict::Stale),
		Just(Verdict::Missing)
	];
	prop_oneof![
		3 => any_price_factor().prop_map(Change::Price),
		1 => prop_oneof![MILLION..=1_001_000, MILLION..=3 * MILLION].prop_map(Change::DepositsEarn),
		1 => prop_oneof![950_000..=MILLION, 1_000..=MILLION].prop_map(Change::WriteOff),
		1 => prop_oneof![MILLION..=1_001_000, MILLION..=3 * MILLION].prop_map(Change::DebtsGrow),
		2 => any_maintenance().prop_map(Change::Maintenance),
		2 => any_scale().prop_map(Change::SizeScale),
		1 => (verdict, any_price_factor()).prop_map(|(verdict, other)| Change::Verdict(verdict, other)),
	]
}

/// Legs of comparable values, some much smaller or larger: in units of 10^-18 dollars before the price counts.
fn any_leg() -> impl Strategy<Value = (usize, Side, u128)> {
	let side = prop_oneof![Just(Side::Deposit), Just(Side::Debt)];
	let value = prop_oneof![4 => UNIT..=1_000 * UNIT, 1 => up_to(90)];
	(0usize..6, side, value)
}

fn any_story() -> impl Strategy<Value = Story> {
	let changes = |most| prop::collection::vec((0usize..6, any_change()), 0..=most);
	let began_again = prop::collection::vec(0usize..6, 0..=2);
	let legs = prop::collection::vec(any_leg(), 2..=8);
	(
		prop::collection::vec(any_asset(), 1..=6),
		changes(6),
		began_again,
		changes(2),
		legs,
		changes(8),
		0..3,
	)
		.prop_map(|(mut assets, mut before, again, later, legs, mut after, herd)| {
			let many = assets.len();
			before.extend(again.into_iter().map(|asset| (asset, Change::DebtsBeginAgain)));
			before.extend(later);
			for (asset, _) in before.iter_mut().chain(&mut after) {
				*asset %= many;
			}
			// Scales are drawn for a dollar and 6 decimals.
			for asset in assets.iter_mut().filter(|asset| asset.size_scale.0 < 1 << 100) {
				asset.size_scale = Amount(units(asset, asset.size_scale.0.saturating_mul(1_000_000_000_000)));
			}
			// One leg for each asset and side.
			let legs: BTreeMap<_, _> = legs
				.into_iter()
				.map(|(asset, side, value)| ((asset % many, side == Side::Debt), value))
				.collect();
			let legs = legs
				.into_iter()
				.map(|((asset, owed), value)| Share {
					asset,
					side: if owed { Side::Debt } else { Side::Deposit },
					shares: units(&assets[asset], value),
				})
				.collect();
			let story = Story {
				assets,
				before,
				legs,
				after,
				correlations: None,
			};
			match herd {
				0 => story,
				1 => story.in_a_herd(Side::Deposit),
				_ => story.in_a_herd(Side::Debt),
			}
		})
}

/// The same of a portfolio account, whose correlations change now and then.
fn any_portfolio_story() -> impl Strategy<Value = Story> {
	let correlation = || prop_oneof![1 => Just(0), 6 => -1_000_000..=1_000_000i32, 2 => 800_000..=1_000_000i32];
	let nudge = prop_oneof![4 => Just(0), 3 => -20_000..=20_000i32, 1 => -2_000_000..=2_000_000i32];
	let first = prop::collection::vec(correlation(), 28);
	let nudges = prop::collection::vec(prop::collection::vec(nudge, 28), 0..3);
	(any_story(), first, nudges).prop_map(|(mut story, first, nudges)| {
		let mut times: Vec<[i32; 28]> = vec![first.try_into().unwrap()];
		for nudge in nudges {
			let mut next = *times.last().unwrap();
			for (correlation, nudge) in next.iter_mut().zip(nudge) {
				*correlation = (*correlation + nudge).clamp(-1_000_000, 1_000_000);
			}
			times.push(next);
		}
		story.correlations = Some(times);
		story
	})
}

/// The units of an asset that are worth a value in 10^-18 dollars, at least one.
fn units(asset: &Asset, value: u128) -> u128 {
	let units = U256::from(value) * U256::from(power_of_ten(asset.decimals).unwrap()) / U256::from(asset.price);
	units.max(1.into()).min((1u128 << 110).into()).as_u128()
}

proptest! {
	#![proptest_config(ProptestConfig { max_global_rejects: 1_000_000, ..ProptestConfig::with_cases(50_000) })]

	#[test]
	fn nobody_below_maintenance_lies_above_the_limit_of_their_class(mut story in any_story()) {
		is_found(&mut story)?;
	}

	#[test]
	fn nor_does_a_portfolio_account_whatever_its_legs_and_their_correlations_do(mut story in any_portfolio_story()) {
		is_found(&mut story)?;
	}
}

fn is_found(story: &mut Story) -> Result<(), TestCaseError> {
	let Some((legs, moves)) = story.play() else {
		return Err(TestCaseError::reject("never below"));
	};
	let filing = story.filing(&legs);
	prop_assert!(filing.level <= moves.limit(filing.class));
	if let Some((class, Some(distance))) = story.place(&legs) {
		let distance = distance.min(lower_edge(TOP));
		let reach = moves.reach(class);
		prop_assert!(distance <= reach, "{distance} is beyond {reach}, {class:?}");
	}
	Ok(())
}

/// The stories are worth telling: one in a hundred accounts lies close enough to a limit to be missed by a slip.
#[test]
fn stories_have_limits_that_could_miss_somebody() {
	assert!(share_close_to_a_limit(any_story(), 95) >= 100);
}

/// A portfolio's bound counts twice what a leg may cost at most, which few legs do at once.
#[test]
fn so_do_stories_of_portfolio_accounts() {
	assert!(share_close_to_a_limit(any_portfolio_story(), 80) >= 20);
}

/// How many of ten thousand accounts that end below come to so many percent of their limit.
fn share_close_to_a_limit(strategy: impl Strategy<Value = Story>, percent: u128) -> usize {
	let mut runner = proptest::test_runner::TestRunner::deterministic();
	let (mut ended_below, mut close) = (0, 0);
	for _ in 0..5_000 {
		let mut story = strategy.new_tree(&mut runner).unwrap().current();
		let Some((legs, moves)) = story.play() else { continue };
		ended_below += 1;
		let Some((class, Some(distance))) = story.place(&legs) else {
			continue;
		};
		let reach = moves.reach(class).raw();
		close += usize::from(reach < UNIT && distance.raw() >= reach / 100 * percent);
	}
	println!("of {ended_below} accounts that end below, {close} come to {percent} % of their limit");
	close * 10_000 / ended_below
}
