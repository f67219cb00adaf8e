//! Predictive models that are wrong, silent, bought, or of two minds. A model's word can only tighten a margin, by a half
//! at most, and only while at least three reporters are heard.

use frame_support::instances::Instance4;
use margin_math::{Ratio, Rounding};
use margin_runtime::{units::*, *};
use margin_scenarios::{chain::*, margins::*, stage::*};
use pallet_forecast::{Call, MAX_VALIDITY};
use pallet_margin::Direction;

const MINUTE: u64 = 60_000;
const REPORTERS: [&str; 5] = ["//Dave", "//Eve", "//Feeder1", "//Feeder2", "//Feeder3"];

/// Two more reporters than the preset has, and no shadow on BTC.
fn reporters() {
	prices_last(MINUTE);
	fed(&FIRST_PRICES);
	for seed in ["//Dave", "//Eve"] {
		let who = genesis_presets::account(seed).into();
		let add = pallet_membership::Call::<Runtime, Instance4>::add_member { who };
		assert_eq!(block_of_root(add), Ok(()));
	}
	for key in [None, Some(BTC)] {
		assert_eq!(block_of_root(Call::set_shadow { key, shadow: false }), Ok(()));
	}
}

fn report(percent: u32) -> RuntimeCall {
	Call::report {
		key: BTC,
		multiplier: Ratio::from_percent(percent),
	}
	.into()
}

/// A block in which the first of the reporters report these multipliers, in per cent.
fn reported(percents: &[u32]) {
	all_done(
		REPORTERS
			.into_iter()
			.zip(percents.iter().map(|percent| report(*percent))),
	);
}

/// Prices stay where they are for so many minutes.
fn stays(minutes: u64, watch: &mut Watch) {
	for _ in 0..minutes * MINUTE / (SLOTS * SLOT_MILLIS) {
		fed_after(SLOTS, &FIRST_PRICES);
		watch.look();
	}
}

fn times(ratio: Ratio, percent: u32) -> Ratio {
	ratio.checked_mul(Ratio::from_percent(percent), Rounding::Up).unwrap()
}

/// What is asked for of BTC is so many per cent of `calm`, but for what its own volatility has changed since.
fn assert_asked(calm: Ratio, percent: u32) {
	let (asked, expected) = (required(BTC), times(calm, percent));
	let off = asked.raw().abs_diff(expected.raw());
	assert!(off <= expected.raw() / 1_000, "{asked:?} and not {expected:?}");
}

#[test]
fn reporters_who_agree_should_raise_initial_margin_soon_and_maintenance_by_its_limit() {
	development(|| {
		reporters();
		let mut watch = Watch::of(&[BTC, ETH]);
		stays(60, &mut watch);
		let (calm, ether) = (required(BTC), required(ETH));
		reported(&[150, 140, 150]);
		stays(6, &mut watch);
		assert_asked(calm, 150);
		let initial = times(calm, 300);
		assert!(ratios(BTC).initial >= times(initial, 99), "{:?}", ratios(BTC));
		assert!(ratios(BTC).maintenance < times(calm, 105));
		assert_eq!(required(ETH), ether, "nobody spoke of it");
	});
}

#[test]
fn reporters_who_disagree_should_come_to_their_middle_and_two_of_five_to_nothing() {
	development(|| {
		reporters();
		let mut watch = Watch::of(&[BTC]);
		stays(60, &mut watch);
		let calm = required(BTC);
		reported(&[150, 100, 120, 110, 140]);
		stays(6, &mut watch);
		assert_asked(calm, 120);
		reported(&[150, 150, 100, 100, 100]);
		stays(6, &mut watch);
		assert_asked(calm, 100);
	});
}

#[test]
fn reporters_who_fall_silent_should_leave_the_margin_to_the_chain_within_half_an_hour() {
	development(|| {
		reporters();
		let mut watch = Watch::of(&[BTC]);
		stays(200, &mut watch);
		let calm = required(BTC);
		assert_eq!(ratios(BTC).maintenance, calm);
		reported(&[150, 150, 150, 150]);
		stays(20, &mut watch);
		assert_asked(calm, 150);
		let raised = ratios(BTC).maintenance;
		assert!(raised > times(calm, 102));
		stays(MAX_VALIDITY / MINUTE - 20 + 6, &mut watch);
		assert_asked(calm, 100);
		// Maintenance falls no faster than after a storm that has passed.
		stays(10, &mut watch);
		assert!(ratios(BTC).maintenance > times(calm, 101));
		stays(3 * 60, &mut watch);
		assert_eq!(ratios(BTC).maintenance, required(BTC));
	});
}

#[test]
fn reports_in_shadow_should_change_nothing_and_be_there_to_look_at() {
	development(|| {
		prices_last(MINUTE);
		fed(&FIRST_PRICES);
		let mut watch = Watch::of(&[BTC]);
		stays(60, &mut watch);
		let calm = required(BTC);
		all_done(["//Feeder1", "//Feeder2", "//Feeder3"].map(|seed| (seed, report(150))));
		stays(10, &mut watch);
		assert_eq!(required(BTC), calm);
		let views = Forecast::multipliers();
		assert_eq!((views.len(), views[0].key), (1, BTC));
		assert_eq!(views[0].median, Some(Ratio::from_percent(150)));
		assert_eq!((views[0].multiplier, views[0].shadow), (Ratio::ONE, true));
	});
}

#[test]
fn all_reporters_together_should_liquidate_nobody_whom_half_as_much_again_leaves_sound() {
	development(|| {
		reporters();
		all_done(["//Bob", "//Charlie"].map(|seed| (seed, supply(USDC, 10_000 * USDC_UNIT))));
		all_done([
			("//Bob", open(Direction::Long, BTC, 12 * BTC_UNIT)),
			("//Charlie", open(Direction::Short, BTC, 12 * BTC_UNIT)),
		]);
		let before = ["//Bob", "//Charlie"].map(round);
		let mut watch = Watch::of(&[BTC]);
		for _ in 0..12 {
			reported(&[150; 5]);
			stays(20, &mut watch);
		}
		assert!(ratios(BTC).maintenance >= Ratio::from_ppm(42_000));
		assert_eq!(["//Bob", "//Charlie"].map(round), before);
	});
}
