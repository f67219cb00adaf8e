//! The trigger index against a full scan.

use super::*;
use crate::{ledger::Ledger, scan::candidates, Accounts, Bucket, Index, Mode, Triggers};
use frame_support::{
	traits::{fungibles::Mutate, Get, OnIdle},
	weights::Weight,
};
use margin_math::Ratio;
use margin_risk::{volatility::STRETCH, MarginRatios, Verdict, VolatilityMargin};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// Buckets of the accounts that a full scan finds below maintenance.
fn below() -> BTreeSet<(AccountId, u16)> {
	let mut ledger = Ledger::<Test>::new();
	Accounts::<Test>::iter()
		.filter(|(_, _, account)| ledger.health(account).unwrap().is_liquidatable())
		.map(|(owner, sub, _)| (owner, sub))
		.collect()
}

/// Accounts in the buckets that the index names.
fn found() -> BTreeSet<(AccountId, u16)> {
	let (buckets, cut) = candidates::<Test>(&mut Ledger::new(), None, || true);
	assert_eq!(cut, None);
	buckets
		.into_iter()
		.flat_map(Triggers::<Test>::iter_key_prefix)
		.collect()
}

/// An account with 2,000 dollars and a position of `times` as much, at most what is allowed.
fn trader(who: AccountId, asset: AssetId, times: u128, long: bool) {
	assert_ok!(<Assets as Mutate<_>>::mint_into(USDC, &who, 10_000 * unit(USDC)));
	if long {
		open_long(who, asset, 2_000, times);
	} else {
		open_short(who, asset, 2_000, times);
	}
}

fn without_the_chain(test: impl FnOnce()) {
	ExtBuilder::default().build_and_execute(|| {
		ChainLiquidates::set(&false);
		test();
	});
}

#[test]
fn at_rest_nobody_needs_to_be_looked_at() {
	without_the_chain(|| {
		for who in 100..150 {
			trader(who, BTC, 2 + u128::from(who) % 3, who % 2 == 0);
		}
		next_block(2_000);
		assert_eq!(found(), BTreeSet::new());
	});
}

#[test]
fn a_fall_of_one_asset_brings_up_those_who_hold_it_and_nobody_else() {
	without_the_chain(|| {
		for (i, asset) in [BTC, ETH, DOT].into_iter().enumerate() {
			let first = 100 * (i as u64 + 1);
			trader(first, asset, 4, true);
			trader(first + 1, asset, 3, false);
			trader(first + 2, asset, 1, true);
		}
		move_to(ETH, first_price(ETH) * 76);
		assert_eq!(below(), [(200, SUB)].into());
		assert_eq!(found(), [(200, SUB)].into());
		move_to(ETH, first_price(ETH) * 100);
		move_to(BTC, first_price(BTC) * 128);
		assert_eq!(below(), [(101, SUB)].into());
		assert_eq!(found(), [(101, SUB)].into());
	});
}

#[test]
fn when_prices_have_moved_far_a_new_generation_begins_and_everybody_is_moved_over() {
	without_the_chain(|| {
		for who in 100..120 {
			trader(who, BTC, 3, true);
		}
		let first = Index::<Test>::get().current.number;
		move_to(BTC, first_price(BTC) * 99);
		next_block(2_000);
		assert_eq!(Index::<Test>::get().current.number, first, "a percent is not far");
		move_to(BTC, first_price(BTC) * 95);
		next_block(2_000);
		let index = Index::<Test>::get();
		assert_eq!((index.current.number, index.old), (first + 1, None));
		assert!((100..120).all(|who| {
			let filed = Accounts::<Test>::get(who, SUB).unwrap().filed;
			filed.is_some_and(|bucket| bucket.generation() == first + 1)
		}));
	});
}

#[test]
fn while_accounts_are_being_moved_over_those_of_both_generations_are_found() {
	without_the_chain(|| {
		for who in 100..140 {
			trader(who, BTC, 4, true);
		}
		// Blocks are too full for anything to be moved over.
		move_to(BTC, first_price(BTC) * 90);
		full_block(2_000);
		assert!(Index::<Test>::get().old.is_some());
		let one = <() as crate::WeightInfo>::refile();
		let few = <() as crate::WeightInfo>::tend_asset()
			.saturating_add(<() as crate::WeightInfo>::scan_base())
			.saturating_add(one.saturating_mul(10));
		<Margin as OnIdle<u64>>::on_idle(System::block_number(), few);
		let current = Index::<Test>::get().current.number;
		let moved = Accounts::<Test>::iter()
			.filter(|(_, _, account)| account.filed.is_some_and(|bucket| bucket.generation() == current))
			.count();
		assert_eq!(moved, 10);
		move_to(BTC, first_price(BTC) * 77);
		full_block(2_000);
		assert_eq!(below().len(), 40);
		assert_eq!(found().len(), 40);
		<Margin as OnIdle<u64>>::on_idle(System::block_number(), Weight::MAX);
		assert_eq!(Index::<Test>::get().old, None);
		assert_eq!(found().len(), 40);
	});
}

#[test]
fn an_account_that_only_got_better_stays_where_it_is_filed_until_it_owes_nothing() {
	without_the_chain(|| {
		trader(ALICE, BTC, 3, true);
		let filed = || Accounts::<Test>::get(ALICE, SUB).unwrap().filed;
		let at_first = filed();
		deposit(ALICE, ETH, 10 * unit(ETH));
		assert_ok!(Margin::repay(signed(ALICE), SUB, USDC, 100 * unit(USDC)));
		assert_eq!(filed(), at_first);
		assert_ok!(Margin::borrow(signed(ALICE), SUB, USDC, 100 * unit(USDC)));
		assert_ne!(filed(), at_first);
		assert_ok!(Margin::repay(signed(ALICE), SUB, USDC, u128::MAX));
		assert_eq!(filed(), None);
		assert_eq!(Triggers::<Test>::iter_keys().count(), 0);
	});
}

#[test]
fn an_asset_without_a_price_at_the_generations_start_is_always_looked_at() {
	without_the_chain(|| {
		Index::<Test>::kill();
		trader(ALICE, BTC, 3, true);
		let bucket = Accounts::<Test>::get(ALICE, SUB).unwrap().filed.unwrap();
		assert_eq!(bucket, Bucket::default());
		assert!(found().contains(&(ALICE, SUB)));
		next_block(2_000);
		assert!(!found().contains(&(ALICE, SUB)));
	});
}

#[derive(Clone, Debug)]
enum Event {
	/// A price moves to so many per mille of what it was first.
	Price(usize, u128),
	Verdict(usize, bool),
	/// Time passes with interest, with or without idle weight.
	Block(u64, bool),
	Margin(usize, u32),
	/// Volatility asks for so many parts per million from now on.
	Asks(usize, u32),
	/// So many steps of the margins, with or without idle weight.
	Steps(u32, bool),
	Scale(usize, u128),
	Open(usize, u128, bool),
	/// A portfolio account goes long in one asset and short in another.
	Hedge(usize, usize, u128),
	/// Two assets begin to move together otherwise.
	Correlate(usize, usize, i32),
	Mode(usize, bool),
	Deposit(usize, usize),
	Repay(usize),
	WriteOff(usize, u32),
}

fn any_event() -> impl Strategy<Value = Event> {
	let asset = 0..3usize;
	prop_oneof![
		6 => (asset.clone(), 400..2_200u128).prop_map(|(a, p)| Event::Price(a, p)),
		2 => (asset.clone(), any::<bool>()).prop_map(|(a, v)| Event::Verdict(a, v)),
		6 => (1..40_000_000u64, any::<bool>()).prop_map(|(ms, idle)| Event::Block(ms, idle)),
		2 => (asset.clone(), 2..14u32).prop_map(|(a, m)| Event::Margin(a, m)),
		4 => (asset.clone(), 10_000..250_000u32).prop_map(|(a, m)| Event::Asks(a, m)),
		4 => (1..30u32, any::<bool>()).prop_map(|(n, idle)| Event::Steps(n, idle)),
		1 => (asset.clone(), 1..100u128).prop_map(|(a, s)| Event::Scale(a, s)),
		4 => (asset.clone(), 1..5u128, any::<bool>()).prop_map(|(a, t, l)| Event::Open(a, t, l)),
		4 => (asset.clone(), asset.clone(), 1..12u128).prop_map(|(l, s, t)| Event::Hedge(l, s, t)),
		3 => (asset.clone(), asset.clone(), -1_000_000..=1_000_000i32).prop_map(|(a, b, c)| Event::Correlate(a, b, c)),
		1 => (0..30usize, any::<bool>()).prop_map(|(w, m)| Event::Mode(w, m)),
		1 => (0..30usize, asset.clone()).prop_map(|(w, a)| Event::Deposit(w, a)),
		1 => (0..30usize).prop_map(Event::Repay),
		1 => (asset, 1..30u32).prop_map(|(a, p)| Event::WriteOff(a, p)),
	]
}

const VOLATILE: [AssetId; 3] = [BTC, ETH, DOT];

fn happen(event: Event, traders: &mut Vec<AccountId>) {
	match event {
		Event::Price(asset, per_mille) => {
			let asset = VOLATILE[asset];
			set_price(asset, first_price(asset) * per_mille / 10);
		},
		Event::Verdict(asset, usable) => {
			set_verdict(VOLATILE[asset], if usable { Verdict::Usable } else { Verdict::Stale })
		},
		Event::Block(ms, idle) => {
			full_block(ms);
			if idle {
				<Margin as OnIdle<u64>>::on_idle(System::block_number(), Weight::from_parts(30_000_000_000, u64::MAX));
			}
		},
		Event::Margin(asset, percent) => reconfigure(VOLATILE[asset], |config| {
			config.margin = MarginRatios::from_maintenance(Ratio::from_percent(percent)).unwrap();
		}),
		Event::Asks(asset, ppm) => set_volatility(VOLATILE[asset], Ratio::from_ppm(ppm)),
		Event::Steps(steps, idle) => (0..steps).for_each(|_| happen(Event::Block(STRETCH, idle), traders)),
		Event::Scale(asset, tenths) => reconfigure(VOLATILE[asset], |config| {
			config.size_scale = margin_math::Amount(tenths * unit(VOLATILE[asset]) / 10);
		}),
		Event::Open(asset, times, long) => {
			let who = 1_000 + traders.len() as u64;
			assert_ok!(<Assets as Mutate<_>>::mint_into(USDC, &who, 10_000 * unit(USDC)));
			deposit(who, USDC, 2_000 * unit(USDC));
			traders.push(who);
			let asset = VOLATILE[asset];
			let amount = 2_000 * times * unit(asset) / first_price(asset);
			let _ = if long {
				Margin::swap(signed(who), SUB, USDC, asset, 2_000 * times * unit(USDC), 0)
			} else {
				Margin::swap(signed(who), SUB, asset, USDC, amount, 0)
			};
		},
		Event::Hedge(long, short, times) => {
			let who = 1_000 + traders.len() as u64;
			assert_ok!(<Assets as Mutate<_>>::mint_into(USDC, &who, 10_000 * unit(USDC)));
			fund(who);
			assert_ok!(Margin::open_account(signed(who), SUB, Mode::Portfolio));
			deposit(who, USDC, 2_000 * unit(USDC));
			traders.push(who);
			let (long, short) = (VOLATILE[long], VOLATILE[short]);
			let amount = 2_000 * times * unit(short) / first_price(short);
			let _ = Margin::swap(signed(who), SUB, short, USDC, amount, 0);
			let _ = Margin::swap(signed(who), SUB, USDC, long, 2_000 * times * unit(USDC), 0);
		},
		Event::Correlate(a, b, parts) => set_correlation(VOLATILE[a], VOLATILE[b], Some(parts)),
		Event::Mode(who, portfolio) => {
			if let Some(who) = traders.get(who) {
				let mode = if portfolio { Mode::Portfolio } else { Mode::Cross };
				let _ = Margin::set_mode(signed(*who), SUB, mode);
			}
		},
		Event::Deposit(who, asset) => {
			if let Some(who) = traders.get(who) {
				assert_ok!(<Assets as Mutate<_>>::mint_into(
					VOLATILE[asset],
					who,
					10 * unit(VOLATILE[asset])
				));
				let _ = Margin::deposit(signed(*who), SUB, VOLATILE[asset], unit(VOLATILE[asset]) / 10);
			}
		},
		Event::Repay(who) => {
			if let Some(who) = traders.get(who) {
				let _ = Margin::repay(signed(*who), SUB, USDC, 100 * unit(USDC));
			}
		},
		// What a write-off does to a pool's index: part of what suppliers have is gone.
		Event::WriteOff(asset, percent) => {
			let asset = VOLATILE[asset];
			Margin::note_write_off(asset, pool(asset).deposit_index());
			crate::Assets::<Test>::mutate(asset, |record| {
				let pool = &mut record.as_mut().unwrap().pool;
				let lost = margin_math::Amount(pool.deposits.0 * u128::from(percent) / 100);
				pool.deposits = pool.deposits.saturating_sub(lost);
				pool.reserves = pool.reserves.checked_add(lost).unwrap();
			});
		},
	}
}

/// The margin of `asset` is its volatility, as fast as it may be.
fn follow_volatility(asset: AssetId) {
	reconfigure(asset, |config| {
		config.volatility = Some(VolatilityMargin {
			base: Ratio::ZERO,
			multiple: Ratio::ONE,
			usual: None,
			floor: Ratio::from_percent(1),
			cap: Ratio::from_percent(20),
			rise: Ratio::from_percent(100),
			fall: Ratio::from_percent(50),
		});
	});
	set_volatility(asset, Ratio::from_percent(5));
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

	/// Whatever happens to prices, verdicts, interest, margins, parameters and indices: whoever a full scan finds, the index names,
	/// and `do_try_state` finds every account with debt in it exactly once.
	#[test]
	fn the_index_misses_nobody(events in prop::collection::vec(any_event(), 1..60)) {
		without_the_chain(|| {
			let mut traders = Vec::new();
			VOLATILE.into_iter().for_each(follow_volatility);
			correlate(BTC, ETH, 900_000);
			correlate(BTC, DOT, 600_000);
			correlate(ETH, DOT, 700_000);
			for event in events {
				let told = format!("{event:?}");
				happen(event, &mut traders);
				let (below, found) = (below(), found());
				assert!(below.is_subset(&found), "after {told}: {:?} are missed", below.difference(&found));
			}
			assert!(Index::<Test>::get().current.marks.len() <= <<Test as crate::Config>::MaxAssets as Get<u32>>::get() as usize);
		});
	}
}

/// Ten accounts of which none needs to be looked at.
fn ten_at_rest() {
	for who in 100..110 {
		trader(who, [BTC, ETH, DOT][who as usize % 3], 2, who % 2 == 0);
	}
	next_block(2_000);
	assert_eq!(found(), BTreeSet::new());
}

#[test]
fn a_stable_asset_that_nobody_holds_yet_brings_up_nobody() {
	without_the_chain(|| {
		ten_at_rest();
		const NEW: AssetId = 5;
		assert_ok!(Assets::force_create(RuntimeOrigin::root(), NEW, MAKER, true, 10));
		assert_ok!(<Assets as Mutate<_>>::mint_into(NEW, &Margin::account_id(), 10));
		assert_ok!(Margin::list_asset(RuntimeOrigin::root(), NEW, config(NEW, 1)));
		set_price(NEW, 100);
		next_block(2_000);
		assert_eq!(
			found(),
			BTreeSet::new(),
			"its deposits count nothing yet, and there are none"
		);
		next_block(2 * DAY);
		set_price(NEW, 100);
		next_block(2_000);
		assert_eq!(found(), BTreeSet::new());
	});
}

#[test]
fn a_stable_asset_whose_price_died_brings_up_only_those_who_hold_it() {
	without_the_chain(|| {
		ten_at_rest();
		set_verdict(USDC, Verdict::Stale);
		for _ in 0..8 {
			next_block(HOUR);
		}
		// Those who are short hold the dollars that they sold for.
		assert!(found().into_iter().all(|(who, _)| who % 2 == 1), "{:?}", found());
		assert!(below().is_subset(&found()) && !below().is_empty());
	});
}
