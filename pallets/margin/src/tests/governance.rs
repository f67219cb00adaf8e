//! Changes of parameters: steps, delays, ramps, origins (S12, S13, S14).

use super::*;
use crate::{AssetConfig, Assets as Listed, Changes, Pauses, Status, Tier};
use margin_math::{Amount, Ratio, Value};
use margin_risk::{FlowLimit, MarginRatios};
use sp_runtime::{DispatchError::BadOrigin, DispatchResult};

const NEW: AssetId = 5;

fn endow() {
	use frame_support::traits::fungibles::Mutate;
	assert_ok!(Assets::force_create(RuntimeOrigin::root(), NEW, MAKER, true, 1));
	assert_ok!(<Assets as Mutate<_>>::mint_into(NEW, &Margin::account_id(), 1));
}

/// BTC with another maintenance ratio, in percent.
fn btc(maintenance: u32) -> AssetConfig<AssetId> {
	config(BTC, maintenance)
}

type Change = fn(&mut AssetConfig<AssetId>);

/// BTC with one change.
fn with(change: impl FnOnce(&mut AssetConfig<AssetId>)) -> AssetConfig<AssetId> {
	let mut config = btc(5);
	change(&mut config);
	config
}

fn update(who: AccountId, config: AssetConfig<AssetId>) -> DispatchResult {
	Margin::update_asset(signed(who), BTC, config)
}

fn in_force() -> (MarginRatios, Amount) {
	Listed::<Test>::get(BTC).unwrap().margin_at(Timestamp::get())
}

fn stored() -> AssetConfig<AssetId> {
	Listed::<Test>::get(BTC).unwrap().config
}

/// As many blocks as there are assets, so that each has its turn, within `ms`.
fn round_of_turns(ms: u64) {
	let assets = Listed::<Test>::count().into();
	for _ in 0..assets {
		next_block(ms / assets);
	}
}

fn told(event: &Event) -> bool {
	events().contains(event)
}

fn liquidations() -> usize {
	events()
		.iter()
		.filter(|event| matches!(event, Event::Liquidated { .. }))
		.count()
}

#[test]
fn a_listing_counts_nothing_for_the_delay_and_then_more_and_more_until_it_is_warm() {
	ExtBuilder::default().build_and_execute(|| {
		endow();
		assert_ok!(Assets::mint(signed(MAKER), NEW, ALICE, 1_000 * unit(NEW)));
		set_price(NEW, 400);
		assert_ok!(Margin::list_asset(signed(ASSET_MANAGER), NEW, config(NEW, 10)));
		deposit(ALICE, NEW, 1_000 * unit(NEW));
		let start = Timestamp::get();
		let counts = |ms: u64| {
			Timestamp::set_timestamp(start + ms);
			view(ALICE).initial_health
		};
		// 4,000 dollars at an initial ratio of 20 %: 3,200 when warm, in six days after the first.
		assert_eq!(counts(0), Value::ZERO);
		assert_noop!(
			Margin::borrow(signed(ALICE), SUB, USDC, unit(USDC)),
			Error::NotEnoughCollateral
		);
		assert_eq!(counts(DAY), Value::ZERO);
		assert!(counts(DAY + 1) > Value::ZERO);
		let near = |worth: Value, dollars| {
			let expected = Value::from_dollars(dollars);
			let off = worth.checked_sub(expected).unwrap().raw().unsigned_abs();
			assert!(off < 1_000_000, "{worth:?} for {dollars}");
		};
		near(counts(5 * DAY / 2), 800);
		near(counts(4 * DAY), 1_600);
		near(counts(7 * DAY), 3_200);
		near(counts(30 * DAY), 3_200);
		// For a liquidation it counts in full from the start.
		assert_eq!(view(ALICE).maintenance_health, Value::from_dollars(3_600));
		round_of_turns(8_000);
		assert_eq!(Listed::<Test>::get(NEW).unwrap().warm_up, None);
	});
}

#[test]
fn strangers_change_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		let limit = FlowLimit::UNLIMITED;
		for who in [ALICE, OUTFLOW_MANAGER] {
			assert_noop!(update(who, btc(6)), BadOrigin);
			assert_noop!(Margin::set_status(signed(who), BTC, Status::Frozen), BadOrigin);
			assert_noop!(Margin::set_pauses(signed(who), BTC, Pauses::default()), BadOrigin);
			assert_noop!(Margin::cancel_change(signed(who), BTC), BadOrigin);
			assert_noop!(Margin::delist_asset(signed(who), BTC), BadOrigin);
		}
		for who in [ALICE, OUTFLOW_MANAGER, RISK_MANAGER] {
			assert_noop!(Margin::list_asset(signed(who), NEW, config(NEW, 5)), BadOrigin);
		}
		for who in [ALICE, ASSET_MANAGER, RISK_MANAGER] {
			assert_noop!(Margin::set_outflow_limit(signed(who), BTC, limit), BadOrigin);
		}
		assert_noop!(Margin::delist_asset(signed(RISK_MANAGER), BTC), BadOrigin);
		assert_ok!(Margin::set_outflow_limit(signed(OUTFLOW_MANAGER), BTC, limit));
	});
}

#[test]
fn the_risk_manager_tightens_each_parameter_and_loosens_none() {
	ExtBuilder::default().build_and_execute(|| {
		let loosens: [Change; 8] = [
			|c| c.margin.initial = Ratio::from_percent(9),
			|c| c.margin.maintenance = Ratio::from_percent(4),
			|c| c.unborrowable = Ratio::from_percent(4),
			|c| c.deposit_cap = Amount(c.deposit_cap.0 + 1),
			|c| c.rate.base = Ratio::ZERO,
			|c| c.reserve_factor = Ratio::from_percent(11),
			|c| c.min_amount = Amount(c.min_amount.0 - 1),
			|c| c.min_debt = Amount(c.min_debt.0 + 1),
		];
		for change in loosens {
			assert_noop!(update(RISK_MANAGER, with(change)), Error::OnlyTighten);
		}
		let both = with(|c| {
			c.margin.initial = Ratio::from_percent(20);
			c.borrow_cap = Amount(c.borrow_cap.0 + 1);
		});
		assert_noop!(update(RISK_MANAGER, both), Error::OnlyTighten);
		let tighter = with(|c| {
			c.margin = MarginRatios::from_maintenance(Ratio::from_percent(6)).unwrap();
			c.size_scale = Amount(1_000 * unit(BTC));
			c.exposure_start = Amount(1_000 * unit(BTC));
			c.tier = Tier::IsolatedOnly;
			c.unborrowable = Ratio::from_percent(25);
			c.account_cap = Amount(10 * unit(BTC));
			c.deposit_cap = Amount(1);
			c.borrow_cap = Amount(0);
			c.borrow_window = FlowLimit {
				most: Amount(unit(BTC)),
				period: DAY,
			};
		});
		assert_ok!(update(RISK_MANAGER, tighter));
		assert_eq!(stored(), tighter);
		assert!(told(&Event::AssetUpdated {
			asset: BTC,
			in_force: Timestamp::get() + DAY
		}));
	});
}

#[test]
fn the_risk_manager_pauses_and_only_the_asset_manager_ends_it() {
	ExtBuilder::default().build_and_execute(|| {
		let pause = |who, pauses| Margin::set_pauses(signed(who), BTC, pauses);
		let trade = Pauses {
			trade: true,
			..Default::default()
		};
		let borrow = Pauses {
			borrow: true,
			..Default::default()
		};
		let both = Pauses { trade: true, ..borrow };
		assert_noop!(pause(RISK_MANAGER, Pauses::default()), Error::NothingChanges);
		assert_ok!(pause(RISK_MANAGER, trade));
		assert_noop!(pause(RISK_MANAGER, borrow), Error::OnlyTighten);
		assert_noop!(pause(RISK_MANAGER, Pauses::default()), Error::OnlyTighten);
		assert_ok!(pause(RISK_MANAGER, both));
		assert_ok!(pause(ASSET_MANAGER, borrow));
		assert!(told(&Event::PausesChanged {
			asset: BTC,
			pauses: both
		}));
		assert_noop!(Margin::set_pauses(signed(ASSET_MANAGER), 99, both), Error::UnknownAsset);
	});
}

#[test]
fn the_risk_manager_takes_an_asset_down_step_by_step_and_only_the_asset_manager_brings_it_back() {
	ExtBuilder::default().build_and_execute(|| {
		let set = |who, status| Margin::set_status(signed(who), BTC, status);
		assert_noop!(set(RISK_MANAGER, Status::Live), Error::NothingChanges);
		assert_ok!(set(RISK_MANAGER, Status::ReduceOnly));
		assert_noop!(set(RISK_MANAGER, Status::Live), Error::OnlyTighten);
		assert_ok!(set(RISK_MANAGER, Status::Frozen));
		assert_noop!(set(RISK_MANAGER, Status::ReduceOnly), Error::OnlyTighten);
		assert_noop!(set(RISK_MANAGER, Status::Live), Error::OnlyTighten);
		for who in [RISK_MANAGER, ASSET_MANAGER] {
			assert_noop!(set(who, Status::Delisting(0)), Error::UseDelistAsset);
			assert_noop!(Margin::set_status(signed(who), 99, Status::Frozen), Error::UnknownAsset);
		}
		assert_ok!(set(ASSET_MANAGER, Status::ReduceOnly));
		assert!(told(&Event::StatusChanged {
			asset: BTC,
			status: Status::ReduceOnly
		}));
	});
}

#[test]
fn what_is_no_longer_frozen_or_live_again_warms_up_like_a_new_listing() {
	ExtBuilder::default().build_and_execute(|| {
		deposit(ALICE, BTC, unit(BTC));
		let set = |status| {
			assert_ok!(Margin::set_status(signed(ASSET_MANAGER), BTC, status));
		};
		let full = view(ALICE).initial_health;
		set(Status::ReduceOnly);
		assert_eq!(view(ALICE).initial_health, full);
		set(Status::Live);
		assert_eq!(view(ALICE).initial_health, Value::ZERO);
		next_block(7 * DAY);
		assert_eq!(view(ALICE).initial_health, full);
		set(Status::Frozen);
		set(Status::ReduceOnly);
		assert_eq!(view(ALICE).initial_health, Value::ZERO);
		assert_noop!(
			Margin::borrow(signed(ALICE), SUB, USDC, unit(USDC)),
			Error::NotEnoughCollateral
		);
	});
}

#[test]
fn a_delisting_is_ended_by_the_asset_manager_or_a_freeze_and_only_within_its_notice() {
	ExtBuilder::default().build_and_execute(|| {
		let set = |who, status| Margin::set_status(signed(who), BTC, status);
		let until = Timestamp::get() + DAY;
		let delist = || {
			Listed::<Test>::mutate(BTC, |record| record.as_mut().unwrap().status = Status::Delisting(until));
		};
		delist();
		assert_noop!(set(RISK_MANAGER, Status::ReduceOnly), Error::OnlyTighten);
		assert_noop!(
			set(ASSET_MANAGER, Status::Delisting(until + DAY)),
			Error::UseDelistAsset
		);
		assert_ok!(set(ASSET_MANAGER, Status::ReduceOnly));
		delist();
		assert_ok!(set(ASSET_MANAGER, Status::Live));
		delist();
		assert_ok!(set(RISK_MANAGER, Status::Frozen));
		delist();
		next_block(DAY);
		assert_noop!(set(ASSET_MANAGER, Status::Live), Error::BeingDelisted);
		assert_noop!(set(RISK_MANAGER, Status::Frozen), Error::BeingDelisted);
	});
}

#[test]
fn a_raised_maintenance_margin_liquidates_nobody_by_a_jump_and_ends_where_it_should() {
	ExtBuilder::default().build_and_execute(|| {
		open_long(ALICE, BTC, 10_000, 7);
		assert_ok!(update(RISK_MANAGER, btc(10)));
		assert_eq!(in_force().0.initial, Ratio::from_percent(20), "initially at once");
		let mut last = health(ALICE);
		for hour in 1..=24 {
			next_block(HOUR);
			let now = health(ALICE);
			let fall = last.checked_sub(now).unwrap();
			// 70,000 dollars of BTC, 5 % in a day.
			assert!(
				fall > Value::ZERO && fall < Value::from_dollars(3_500 / 24 + 2),
				"{fall:?} in hour {hour}"
			);
			last = now;
		}
		assert_eq!(in_force().0, btc(10).margin);
		// To 20 %: what the account has is passed when a quarter of the way is gone.
		assert_ok!(update(RISK_MANAGER, btc(20)));
		for _ in 0..5 {
			next_block(HOUR);
			assert_eq!(liquidations(), 0);
		}
		next_block(HOUR);
		next_block(HOUR);
		assert!(liquidations() > 0);
		next_block(17 * HOUR);
		assert_eq!(in_force().0, btc(20).margin);
	});
}

#[test]
fn a_size_scale_that_is_switched_on_comes_little_by_little() {
	ExtBuilder::default().build_and_execute(|| {
		open_long(ALICE, BTC, 10_000, 5);
		let start = health(ALICE);
		// About 6.2 BTC: with a scale of 5, a ratio of 5 % becomes about 11 %.
		assert_ok!(update(RISK_MANAGER, with(|c| c.size_scale = Amount(5 * unit(BTC)))));
		assert_eq!(health(ALICE), start);
		let falls: Vec<_> = (0..24)
			.map(|_| {
				let before = health(ALICE);
				next_block(HOUR);
				before.checked_sub(health(ALICE)).unwrap().raw()
			})
			.collect();
		let (least, most) = (falls.iter().min().unwrap(), falls.iter().max().unwrap());
		assert!(*least > 0 && *most < *least * 101 / 100, "{falls:?}");
		assert_eq!(in_force().1, Amount(5 * unit(BTC)));
		next_block(HOUR);
		assert!(health(ALICE) < start.checked_sub(Value::from_dollars(3_000)).unwrap());
	});
}

#[test]
fn a_change_of_something_else_leaves_a_ramp_alone() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(update(RISK_MANAGER, btc(10)));
		next_block(12 * HOUR);
		let halfway = in_force();
		assert_eq!(halfway.0.maintenance, Ratio::from_ppm(75_000));
		let config = AssetConfig {
			deposit_cap: Amount(1),
			..btc(10)
		};
		assert_ok!(update(RISK_MANAGER, config));
		assert_eq!(in_force(), halfway);
		next_block(12 * HOUR);
		assert_eq!(in_force().0, btc(10).margin);
	});
}

#[test]
fn two_doublings_in_one_block_are_one_step_too_many() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(update(RISK_MANAGER, btc(10)));
		assert_noop!(update(RISK_MANAGER, btc(20)), Error::StepTooLarge);
		next_block(12 * HOUR);
		assert_noop!(update(RISK_MANAGER, btc(16)), Error::StepTooLarge);
		assert_ok!(update(RISK_MANAGER, btc(15)));
	});
}

#[test]
fn a_loosening_waits_and_then_happens_by_itself() {
	ExtBuilder::default().build_and_execute(|| {
		deposit(ALICE, BTC, unit(BTC));
		assert_ok!(update(ASSET_MANAGER, btc(4)));
		let due = Timestamp::get() + DAY;
		assert!(told(&Event::ChangeScheduled { asset: BTC, due }));
		round_of_turns(DAY - 8_000);
		assert_eq!((stored(), in_force().0), (btc(5), btc(5).margin));
		next_block(8_000);
		round_of_turns(8_000);
		assert_eq!((stored(), in_force().0), (btc(4), btc(4).margin));
		assert!(!Changes::<Test>::contains_key(BTC));
		assert_eq!(view(ALICE).initial_health, Value::from_dollars(8_000 * 92 / 100));
	});
}

#[test]
fn a_change_that_waits_is_cancelled_or_replaced() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(Margin::cancel_change(signed(RISK_MANAGER), 99), Error::UnknownAsset);
		assert_noop!(Margin::cancel_change(signed(RISK_MANAGER), BTC), Error::NoChangeWaits);
		assert_ok!(update(ASSET_MANAGER, btc(4)));
		assert_ok!(Margin::cancel_change(signed(RISK_MANAGER), BTC));
		assert!(told(&Event::ChangeCancelled { asset: BTC }));
		assert_ok!(update(ASSET_MANAGER, btc(4)));
		next_block(DAY / 2);
		assert_ok!(update(ASSET_MANAGER, btc(3)));
		round_of_turns(DAY / 2);
		assert_eq!(stored(), btc(5), "the second waits as long as the first");
		round_of_turns(DAY / 2);
		round_of_turns(8_000);
		assert_eq!(stored(), btc(3));
	});
}

#[test]
fn a_tightening_drops_the_change_that_waits() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(update(ASSET_MANAGER, btc(4)));
		assert_ok!(update(RISK_MANAGER, btc(6)));
		assert!(told(&Event::ChangeCancelled { asset: BTC }));
		round_of_turns(2 * DAY);
		assert_eq!(stored(), btc(6));
	});
}

#[test]
fn what_rises_in_a_mixed_change_is_ramped_when_its_time_has_come() {
	ExtBuilder::default().build_and_execute(|| {
		let mixed = with(|c| {
			c.margin.maintenance = Ratio::from_percent(6);
			c.margin.initial = Ratio::from_percent(8);
		});
		assert_ok!(update(ASSET_MANAGER, mixed));
		next_block(DAY);
		round_of_turns(8_000);
		let (margin, _) = in_force();
		assert_eq!(margin.initial, Ratio::from_percent(8), "what falls does so at once");
		let nearly = Ratio::from_ppm(50_010);
		assert!(
			margin.maintenance >= Ratio::from_percent(5) && margin.maintenance < nearly,
			"{margin:?}"
		);
		next_block(DAY);
		assert_eq!(in_force().0, mixed.margin);
	});
}

#[test]
fn the_old_rate_is_paid_until_the_new_one_is_in_force() {
	ExtBuilder::default().build_and_execute(|| {
		deposit(ALICE, USDC, 1_000_000 * unit(USDC));
		assert_ok!(Margin::borrow(signed(ALICE), SUB, BTC, 50 * unit(BTC)));
		let new = with(|c| c.rate.base = Ratio::from_percent(10));
		assert_ok!(update(ASSET_MANAGER, new));
		round_of_turns(DAY - 8_000);
		let mut by_the_old = pool(BTC);
		next_block(8_000);
		round_of_turns(8_000);
		assert_eq!(stored(), new);
		let old = btc(5);
		let until = pool(BTC).accrued_at;
		assert_ok!(by_the_old.accrue(&old.rate, old.reserve_factor, until));
		assert_eq!(pool(BTC).debt, by_the_old.debt);
		let before = by_the_old.debt;
		next_block(DAY);
		round_of_turns(8_000);
		assert_ok!(by_the_old.accrue(&old.rate, old.reserve_factor, Timestamp::get()));
		let (paid, old) = (pool(BTC).debt.0 - before.0, by_the_old.debt.0 - before.0);
		assert!(paid > 5 * old, "{paid} in a day and not {old}");
	});
}

#[test]
fn inconsistent_or_distant_parameters_are_refused() {
	ExtBuilder::default().build_and_execute(|| {
		let try_with = |change: Change| update(ASSET_MANAGER, with(change));
		let refused: [(Change, Error); 14] = [
			(|_| (), Error::NothingChanges),
			(|c| c.decimals = 9, Error::FixedWhenListed),
			(|c| c.price_key = ETH, Error::FixedWhenListed),
			(|c| c.margin.initial = Ratio::from_percent(6), Error::MarginOutOfRange),
			(|c| c.margin.maintenance = Ratio::ZERO, Error::MarginOutOfRange),
			(|c| c.size_scale = Amount(0), Error::ScaleOutOfRange),
			(|c| c.rate.rate_at_kink = Ratio::ZERO, Error::RateOutOfRange),
			(|c| c.unborrowable = Ratio::ONE, Error::ShareOutOfRange),
			(|c| c.min_debt = Amount(c.min_amount.0 - 1), Error::MinAmountOutOfRange),
			(|c| c.borrow_window.period = 0, Error::WindowOutOfRange),
			(|c| c.margin.initial = Ratio::from_percent(21), Error::StepTooLarge),
			(|c| c.unborrowable = Ratio::from_percent(26), Error::StepTooLarge),
			(|c| c.deposit_cap = Amount(2 * c.deposit_cap.0 + 1), Error::StepTooLarge),
			(|c| c.rate.rate_at_full = Ratio::from_percent(411), Error::StepTooLarge),
		];
		for (change, error) in refused {
			assert_noop!(try_with(change), error);
		}
		assert_noop!(
			Margin::update_asset(signed(ASSET_MANAGER), 99, btc(5)),
			Error::UnknownAsset
		);
		let limit = |asset, period| {
			let most = Amount(1);
			Margin::set_outflow_limit(signed(OUTFLOW_MANAGER), asset, FlowLimit { most, period })
		};
		assert_noop!(limit(BTC, 0), Error::WindowOutOfRange);
		assert_noop!(limit(99, 1), Error::UnknownAsset);
	});
}

#[test]
fn every_pools_rates_are_told_once_an_hour() {
	ExtBuilder::default().build_and_execute(|| {
		let reports = || {
			let told = events();
			told.iter()
				.filter(|event| matches!(event, Event::PoolReported { asset: BTC, .. }))
				.count()
		};
		round_of_turns(8_000);
		let first = reports();
		round_of_turns(HOUR / 2);
		assert_eq!(reports(), first);
		next_block(HOUR / 2);
		round_of_turns(8_000);
		assert_eq!(reports(), first + 1);
		let supplied = Amount(20_000_000 / 8_000 * unit(BTC));
		assert!(events().iter().any(|event| matches!(
			event,
			Event::PoolReported { asset: BTC, deposits, debt: Amount(0), deposit_index: Ratio::ONE, .. }
				if *deposits == supplied
		)));
	});
}
