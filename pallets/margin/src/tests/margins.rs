//! Margins that follow volatility: how they come, how they go, and who is told.

use super::*;
use crate::{AssetConfig, Assets as Listed, BadConfig, Changes};
use margin_math::Ratio;
use margin_risk::{
	volatility::{BadVolatilityMargin, FULL_HISTORY, STRETCH},
	MarginPath, MarginRatios, Verdict, VolatilityMargin,
};
use sp_runtime::DispatchResult;

fn percent(percent: u32) -> Ratio {
	Ratio::from_percent(percent)
}

/// Five times the volatility, without a usual one.
fn five_times() -> VolatilityMargin {
	VolatilityMargin {
		base: Ratio::ZERO,
		multiple: percent(500),
		usual: None,
		floor: percent(2),
		cap: percent(16),
		rise: percent(25),
		fall: percent(5),
	}
}

/// BTC, listed with 5 %, with margins that follow volatility.
fn btc(change: impl FnOnce(&mut VolatilityMargin)) -> AssetConfig<AssetId> {
	let mut volatility = five_times();
	change(&mut volatility);
	AssetConfig {
		volatility: Some(volatility),
		..config(BTC, 5)
	}
}

fn update(who: AccountId, config: AssetConfig<AssetId>) -> DispatchResult {
	Margin::update_asset(signed(who), BTC, config)
}

fn record() -> crate::AssetOf<Test> {
	Listed::<Test>::get(BTC).unwrap()
}

fn in_force() -> MarginRatios {
	record().margin_at(Timestamp::get()).0
}

fn path() -> MarginPath {
	record().path.unwrap()
}

/// Blocks for so long, one at the end of each stretch.
fn blocks_for(ms: u64) {
	for _ in 0..ms / STRETCH {
		next_block(STRETCH);
	}
}

/// A chain whose BTC asks for `required`, at which it has arrived.
fn settled_at(required: Ratio) {
	let volatility = required.checked_div(percent(500), margin_math::Rounding::Down).unwrap();
	set_volatility(BTC, volatility);
	reconfigure(BTC, |config| *config = btc(|_| ()));
	blocks_for(40 * HOUR);
	assert_eq!(in_force().maintenance, required.max(percent(5)));
	System::reset_events();
}

fn asks_for(required: Ratio) {
	set_volatility(
		BTC,
		required.checked_div(percent(500), margin_math::Rounding::Down).unwrap(),
	);
}

/// Where the told rises of BTC begin and lead to.
fn told_rises() -> Vec<(Ratio, Ratio, u64)> {
	let rise = |event| match event {
		Event::MarginRising {
			asset: BTC,
			maintenance,
			to,
			by,
			..
		} => Some((maintenance, to, by)),
		_ => None,
	};
	events().into_iter().filter_map(rise).collect()
}

fn is_told(falling: bool) -> bool {
	events().iter().any(|event| match event {
		Event::MarginRising { .. } => !falling,
		Event::MarginFalling { .. } => falling,
		_ => false,
	})
}

fn is_liquidated() -> bool {
	events().iter().any(|event| matches!(event, Event::Liquidated { .. }))
}

#[test]
fn without_a_word_on_volatility_the_listed_ratios_hold() {
	ExtBuilder::default().build_and_execute(|| {
		set_volatility(BTC, percent(3));
		blocks_for(2 * HOUR);
		assert_eq!((record().path, in_force()), (None, config(BTC, 5).margin));
	});
}

#[test]
fn what_is_asked_for_comes_by_a_quarter_an_hour_and_initially_at_once() {
	ExtBuilder::default().build_and_execute(|| {
		settled_at(percent(5));
		asks_for(percent(10));
		next_block(STRETCH);
		assert_eq!((in_force().maintenance, in_force().initial), (percent(5), percent(20)));
		blocks_for(HOUR);
		let hour = in_force().maintenance;
		assert!(
			hour > Ratio::from_ppm(62_499) && hour <= Ratio::from_ppm(62_500),
			"{hour}"
		);
		assert_eq!(
			in_force().target,
			hour.checked_mul(percent(125), margin_math::Rounding::Up).unwrap()
		);
		blocks_for(3 * HOUR);
		assert_eq!(in_force(), MarginRatios::from_maintenance(percent(10)).unwrap());
	});
}

#[test]
fn within_a_stretch_the_ratio_moves_with_every_block() {
	ExtBuilder::default().build_and_execute(|| {
		settled_at(percent(5));
		asks_for(percent(10));
		next_block(STRETCH);
		let mut last = in_force().maintenance;
		for _ in 0..100 {
			next_block(2_000);
			assert!(in_force().maintenance > last);
			last = in_force().maintenance;
		}
	});
}

#[test]
fn what_is_no_longer_asked_for_goes_by_a_twentieth_an_hour() {
	ExtBuilder::default().build_and_execute(|| {
		settled_at(percent(10));
		asks_for(percent(6));
		next_block(STRETCH);
		assert_eq!(
			in_force().initial,
			percent(20),
			"as long as maintenance is where it was"
		);
		blocks_for(HOUR);
		let hour = in_force().maintenance;
		assert!(
			hour >= Ratio::from_ppm(95_000) && hour < Ratio::from_ppm(95_001),
			"{hour}"
		);
		assert!(is_told(true) && !is_told(false));
		blocks_for(24 * HOUR);
		assert_eq!(in_force(), MarginRatios::from_maintenance(percent(6)).unwrap());
	});
}

#[test]
fn the_listed_ratios_are_the_least() {
	ExtBuilder::default().build_and_execute(|| {
		settled_at(percent(8));
		asks_for(percent(1));
		blocks_for(24 * HOUR);
		assert_eq!(in_force(), config(BTC, 5).margin);
		assert_eq!(path().required, percent(5));
		// From there it rises at once, and not from what little was asked for before.
		asks_for(percent(10));
		blocks_for(HOUR + STRETCH);
		assert!(in_force().maintenance > percent(6));
	});
}

#[test]
fn nobody_is_liquidated_by_a_rise_before_it_is_told() {
	ExtBuilder::default().build_and_execute(|| {
		settled_at(percent(5));
		open_long(ALICE, BTC, 10_000, 7);
		asks_for(percent(16));
		let mut before = health(ALICE);
		for _ in 0..600 {
			let told = told_rises().last().copied();
			next_block(STRETCH / 10);
			if is_liquidated() {
				let (_, to, by) = told.expect("a rise was told");
				assert!(by >= Timestamp::get() - STRETCH / 10 && to > percent(5));
				assert!(!before.is_negative());
				return;
			}
			before = health(ALICE);
			assert!(!before.is_negative());
		}
		panic!("the account should have been liquidated");
	});
}

#[test]
fn each_rise_is_told_as_it_begins_where_it_leads_and_until_when() {
	ExtBuilder::default().build_and_execute(|| {
		settled_at(percent(5));
		blocks_for(HOUR);
		assert!(!is_told(false) && !is_told(true), "nothing moves");
		asks_for(percent(10));
		blocks_for(HOUR);
		let told = told_rises();
		assert_eq!(told.len(), 12);
		assert_eq!(told[0].0, percent(5));
		for pair in told.windows(2) {
			assert_eq!((pair[0].1, pair[0].2 + STRETCH), (pair[1].0, pair[1].2));
		}
		assert_eq!(told[11].2, Timestamp::get() + STRETCH);
	});
}

#[test]
fn after_a_halt_it_goes_on_where_it_was() {
	ExtBuilder::default().build_and_execute(|| {
		settled_at(percent(5));
		asks_for(percent(16));
		blocks_for(HOUR);
		let before = path();
		next_block(DAY);
		assert_eq!(in_force().maintenance, before.to);
		assert_eq!(
			(path().since, path().until),
			(Timestamp::get(), Timestamp::get() + STRETCH)
		);
		assert!(path().to < before.to.checked_mul(percent(102), margin_math::Rounding::Up).unwrap());
	});
}

#[test]
fn an_asset_without_a_history_comes_to_the_cap_and_stays_there_for_thirty_days() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(update(ASSET_MANAGER, btc(|_| ())));
		next_block(2_000);
		assert_eq!((in_force().maintenance, in_force().initial), (percent(5), percent(32)));
		blocks_for(6 * HOUR);
		assert_eq!(in_force().maintenance, percent(16));
		set_estimate(BTC, percent(1), FULL_HISTORY - 1);
		blocks_for(HOUR);
		assert_eq!(in_force().maintenance, percent(16));
		set_estimate(BTC, percent(1), FULL_HISTORY);
		blocks_for(HOUR);
		assert!(in_force().maintenance < percent(16));
	});
}

#[test]
fn with_a_usual_volatility_an_asset_needs_no_history() {
	ExtBuilder::default().build_and_execute(|| {
		reconfigure(BTC, |config| *config = btc(|v| v.usual = Some(Ratio::from_ppm(12_000))));
		blocks_for(6 * HOUR);
		assert_eq!(in_force().maintenance, percent(6));
	});
}

#[test]
fn while_no_price_comes_margins_stay() {
	ExtBuilder::default().build_and_execute(|| {
		settled_at(percent(8));
		set_verdict(BTC, Verdict::Stale);
		blocks_for(DAY);
		assert_eq!(in_force().maintenance, percent(8));
		assert!(!is_told(false) && !is_told(true));
	});
}

#[test]
fn to_follow_volatility_begins_at_the_listed_ratio_in_the_next_block() {
	ExtBuilder::default().build_and_execute(|| {
		asks_for(percent(9));
		assert_ok!(update(RISK_MANAGER, btc(|_| ())));
		assert_eq!(in_force(), config(BTC, 5).margin);
		next_block(2_000);
		assert_eq!(
			(path().from, path().required, in_force().initial),
			(percent(5), percent(9), percent(18))
		);
	});
}

#[test]
fn it_ends_with_a_delay_and_then_little_by_little() {
	ExtBuilder::default().build_and_execute(|| {
		settled_at(percent(8));
		assert_noop!(update(RISK_MANAGER, config(BTC, 5)), Error::OnlyTighten);
		assert_ok!(update(ASSET_MANAGER, config(BTC, 5)));
		assert!(Changes::<Test>::contains_key(BTC));
		blocks_for(DAY);
		assert_eq!(in_force().maintenance, percent(8));
		blocks_for(HOUR);
		let after = in_force().maintenance;
		assert!(after < percent(8) && after > percent(7), "{after}");
		blocks_for(12 * HOUR);
		assert_eq!((in_force(), record().path), (config(BTC, 5).margin, None));
	});
}

#[test]
fn a_raised_listed_ratio_comes_on_its_ramp_or_as_volatility_asks_if_that_is_more() {
	ExtBuilder::default().build_and_execute(|| {
		settled_at(percent(6));
		let raised = AssetConfig {
			margin: config(BTC, 10).margin,
			..btc(|_| ())
		};
		assert_ok!(update(RISK_MANAGER, raised));
		assert_eq!((in_force().maintenance, in_force().initial), (percent(6), percent(20)));
		blocks_for(4 * HOUR);
		assert_eq!(in_force().maintenance, percent(6), "the ramp has come to 5.83 %");
		blocks_for(8 * HOUR);
		assert_eq!(in_force().maintenance, Ratio::from_ppm(75_000));
		blocks_for(12 * HOUR);
		assert_eq!(in_force(), config(BTC, 10).margin);
	});
}

#[test]
fn a_tighter_listed_ratio_lowers_no_ratio_that_volatility_asks_for() {
	ExtBuilder::default().build_and_execute(|| {
		let strict = |change: fn(&mut MarginRatios)| {
			let mut config = btc(|_| ());
			config.margin.initial = percent(20);
			change(&mut config.margin);
			config
		};
		asks_for(percent(8));
		reconfigure(BTC, |config| *config = strict(|_| ()));
		blocks_for(40 * HOUR);
		assert_eq!((in_force().maintenance, in_force().initial), (percent(8), percent(32)));
		let raised = strict(|margin| (margin.maintenance, margin.target) = (percent(8), percent(10)));
		assert_noop!(update(RISK_MANAGER, raised), Error::OnlyTighten);
		let before = in_force();
		assert_ok!(update(
			RISK_MANAGER,
			strict(|margin| *margin = MarginRatios {
				initial: percent(32),
				target: percent(10),
				maintenance: percent(8),
			})
		));
		assert!(in_force().initial >= before.initial && in_force().target >= before.target);
	});
}

#[test]
fn a_multiplier_from_outside_tightens_by_a_half_at_most_and_never_loosens() {
	ExtBuilder::default().build_and_execute(|| {
		settled_at(percent(6));
		set_multiplier(BTC, percent(120));
		blocks_for(3 * HOUR);
		assert_eq!(in_force().maintenance, Ratio::from_ppm(72_000));
		set_multiplier(BTC, percent(900));
		blocks_for(3 * HOUR);
		assert_eq!(in_force().maintenance, percent(9));
		set_multiplier(BTC, percent(10));
		blocks_for(12 * HOUR);
		assert_eq!(in_force().maintenance, percent(6));
	});
}

#[test]
fn a_multiplier_raises_listed_ratios_too_and_is_forgotten_when_it_is_gone() {
	ExtBuilder::default().build_and_execute(|| {
		set_multiplier(BTC, percent(120));
		blocks_for(2 * HOUR);
		assert_eq!((in_force().maintenance, in_force().initial), (percent(6), percent(12)));
		set_multiplier(BTC, Ratio::ONE);
		blocks_for(HOUR);
		assert!(in_force().maintenance > Ratio::from_ppm(56_999));
		blocks_for(4 * HOUR);
		assert_eq!((in_force(), record().path), (config(BTC, 5).margin, None));
	});
}

#[test]
fn a_block_without_room_leaves_the_ratios_where_they_are() {
	use frame_support::{traits::OnPoll, weights::WeightMeter};
	ExtBuilder::default().build_and_execute(|| {
		settled_at(percent(5));
		asks_for(percent(10));
		let (before, block) = (path(), build_on_block());
		Timestamp::set_timestamp(Timestamp::get() + STRETCH);
		let mut none = WeightMeter::with_limit(Default::default());
		Margin::step_margins(&mut none);
		assert_eq!((path(), none.consumed()), (before, Default::default()));
		let least = <() as crate::WeightInfo>::step_margins(4);
		let mut few = WeightMeter::with_limit(least.saturating_div(2));
		Margin::step_margins(&mut few);
		assert_eq!(path(), before);
		<Margin as OnPoll<u64>>::on_poll(block, &mut WeightMeter::new());
		assert!(path().is_rising());
	});
}

#[test]
fn a_trader_sees_where_the_ratios_go() {
	ExtBuilder::default().build_and_execute(|| {
		settled_at(percent(5));
		asks_for(percent(10));
		next_block(STRETCH);
		next_block(STRETCH / 2);
		let pool = Margin::pool_views().into_iter().find(|pool| pool.asset == BTC).unwrap();
		let path = pool.path.unwrap();
		assert_eq!(
			(path.required, path.until),
			(percent(10), Timestamp::get() + STRETCH / 2)
		);
		assert!(pool.margin.maintenance > path.from && pool.margin.maintenance < path.to);
		assert_eq!(pool.margin.initial, percent(20));
	});
}

#[test]
fn nobody_opens_at_a_margin_that_volatility_has_overtaken() {
	ExtBuilder::default().build_and_execute(|| {
		settled_at(percent(5));
		deposit(ALICE, USDC, 10_000 * unit(USDC));
		asks_for(percent(10));
		next_block(STRETCH);
		let buy = |times: u128| Margin::swap(signed(ALICE), SUB, USDC, BTC, 10_000 * times * unit(USDC), 0);
		assert_noop!(buy(7), Error::NotEnoughCollateral);
		assert_ok!(buy(4));
	});
}

type Change = fn(&mut VolatilityMargin);

#[test]
fn what_is_out_of_range_is_refused_by_name() {
	ExtBuilder::default().build_and_execute(|| {
		let bad: [(Change, BadVolatilityMargin, Error); 7] = [
			(
				|v| v.base = percent(21),
				BadVolatilityMargin::Base,
				Error::VolatilityBaseOutOfRange,
			),
			(
				|v| v.multiple = percent(99),
				BadVolatilityMargin::Multiple,
				Error::VolatilityMultipleOutOfRange,
			),
			(
				|v| v.usual = Some(Ratio::ZERO),
				BadVolatilityMargin::Usual,
				Error::UsualVolatilityOutOfRange,
			),
			(
				|v| v.cap = percent(21),
				BadVolatilityMargin::Bounds,
				Error::VolatilityBoundsOutOfRange,
			),
			(
				|v| v.floor = percent(17),
				BadVolatilityMargin::Bounds,
				Error::VolatilityBoundsOutOfRange,
			),
			(
				|v| v.rise = percent(101),
				BadVolatilityMargin::Speed,
				Error::VolatilitySpeedOutOfRange,
			),
			(
				|v| v.fall = Ratio::ZERO,
				BadVolatilityMargin::Speed,
				Error::VolatilitySpeedOutOfRange,
			),
		];
		for (change, why, error) in bad {
			assert_eq!(btc(change).check(), Err(BadConfig::Volatility(why)));
			assert_noop!(update(ASSET_MANAGER, btc(change)), error);
		}
	});
}

#[test]
fn what_changes_too_fast_is_refused() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			update(ASSET_MANAGER, btc(|v| v.floor = percent(11))),
			Error::StepTooLarge
		);
		assert_noop!(update(RISK_MANAGER, btc(|v| v.rise = percent(30))), Error::OnlyTighten);
		assert_ok!(update(RISK_MANAGER, btc(|_| ())));
		assert_noop!(
			update(ASSET_MANAGER, btc(|v| v.multiple = percent(1_001))),
			Error::StepTooLarge
		);
		assert_noop!(
			update(ASSET_MANAGER, btc(|v| v.fall = percent(11))),
			Error::StepTooLarge
		);
		assert_noop!(
			update(RISK_MANAGER, btc(|v| v.multiple = percent(400))),
			Error::OnlyTighten
		);
		assert_ok!(update(RISK_MANAGER, btc(|v| v.multiple = percent(1_000))));
		// Faster is later known: it waits.
		assert_ok!(update(
			ASSET_MANAGER,
			btc(|v| (v.multiple, v.rise) = (percent(1_000), percent(50)))
		));
		assert!(Changes::<Test>::contains_key(BTC));
		assert_eq!(record().config, btc(|v| v.multiple = percent(1_000)));
	});
}

/// Each doubling is a small step by itself.
#[test]
fn doubled_again_and_again_in_one_block_it_should_ask_for_no_more_than_twice_what_is_in_force() {
	ExtBuilder::default().build_and_execute(|| {
		settled_at(percent(5));
		let times = |multiple| btc(|v| v.multiple = percent(multiple));
		assert_ok!(update(RISK_MANAGER, times(1_000)));
		assert_noop!(update(RISK_MANAGER, times(1_010)), Error::StepTooLarge);
		assert_noop!(update(ASSET_MANAGER, times(2_000)), Error::StepTooLarge);
		next_block(2_000);
		assert_eq!(in_force().initial, percent(20));
		assert_noop!(update(RISK_MANAGER, times(1_010)), Error::StepTooLarge);
		// What asks for no more in these calm days is welcome.
		let floor = btc(|v| (v.multiple, v.floor) = (percent(1_000), percent(4)));
		assert_ok!(update(RISK_MANAGER, floor));
		// When the ratio in force has followed, so may the record.
		blocks_for(4 * HOUR);
		assert_eq!(in_force().maintenance, percent(10));
		let further = |multiple| btc(|v| (v.multiple, v.floor) = (percent(multiple), percent(4)));
		assert_ok!(update(RISK_MANAGER, further(1_500)));
		next_block(2_000);
		assert_eq!(in_force().initial, percent(30));
	});
}

#[test]
fn a_far_rise_begins_a_new_generation_of_the_trigger_index() {
	ExtBuilder::default().build_and_execute(|| {
		settled_at(percent(5));
		open_long(ALICE, BTC, 10_000, 2);
		let number = || crate::Index::<Test>::get().current.number;
		let first = number();
		asks_for(percent(10));
		blocks_for(HOUR / 4);
		assert_eq!(number(), first, "a quarter of an hour's rise is not far");
		blocks_for(4 * HOUR);
		assert!(number() > first);
		assert_eq!(crate::Index::<Test>::get().old, None);
	});
}
