//! Deposits that have just come: what they count for, and what nobody gains by moving them about.

use super::*;
use crate::{Assets as Listed, Mode, Seasoning, MAX_SEASONING};
use margin_math::{Amount, Shares, Value};
use proptest::prelude::*;
use sp_runtime::DispatchResult;
use std::collections::BTreeMap;

/// Deposits of an asset season so long.
fn season(asset: AssetId, duration: u64) {
	assert_ok!(Margin::set_seasoning(RuntimeOrigin::root(), asset, duration));
}

fn wait(ms: u64) {
	Timestamp::set_timestamp(Timestamp::get() + ms);
}

fn borrow(sub: u16, asset: AssetId, amount: u128) -> DispatchResult {
	Margin::borrow(signed(ALICE), sub, asset, amount)
}

/// What of ALICE's deposit is fresh, in smallest units.
fn fresh(sub: u16, asset: AssetId) -> u128 {
	let view = Margin::account_view(&ALICE, sub).expect("the account exists");
	view.balances
		.iter()
		.find(|b| b.asset == asset)
		.map_or(0, |balance| balance.fresh.0)
}

#[test]
fn a_fresh_deposit_should_secure_no_loan_until_it_is_seasoned() {
	ExtBuilder::default().build_and_execute(|| {
		season(BTC, HOUR);
		deposit(ALICE, BTC, unit(BTC));
		let loan = 1_000 * unit(USDC);
		assert_noop!(borrow(SUB, USDC, loan), Error::NotEnoughCollateral);
		assert_eq!(Margin::max_borrow(&ALICE, SUB, USDC), 0);
		wait(HOUR - 1_000);
		assert_noop!(borrow(SUB, USDC, loan), Error::NotEnoughCollateral);
		wait(1_000);
		assert_ok!(borrow(SUB, USDC, loan));
	});
}

#[test]
fn the_view_should_tell_what_is_fresh_and_until_when() {
	ExtBuilder::default().build_and_execute(|| {
		deposit(ALICE, BTC, unit(BTC));
		season(BTC, HOUR);
		assert_eq!(fresh(SUB, BTC), 0, "it came before");
		deposit(ALICE, BTC, 2 * unit(BTC));
		let start = Timestamp::get();
		wait(10_000);
		deposit(ALICE, BTC, unit(BTC));
		let told = || (view(ALICE).balances[0].fresh, view(ALICE).balances[0].fresh_until);
		assert_eq!(told(), (Amount(3 * unit(BTC)), Some(start + 10_000 + HOUR)));
		assert_eq!(view(ALICE).initial_equity, Value::from_dollars(first_price(BTC) as i64));
		wait(HOUR - 10_000);
		assert_eq!(told(), (Amount(unit(BTC)), Some(start + 10_000 + HOUR)));
		wait(10_000);
		assert_eq!(told(), (Amount::ZERO, None));
		assert_eq!(
			Margin::pool_views().iter().find(|p| p.asset == BTC).unwrap().seasoning,
			HOUR
		);
	});
}

#[test]
fn a_fresh_deposit_should_count_in_full_where_accounts_are_liquidated() {
	ExtBuilder::default().build_and_execute(|| {
		season(BTC, HOUR);
		open_long(ALICE, ETH, 1_000, 7);
		let before = view(ALICE);
		deposit(ALICE, BTC, unit(BTC));
		let after = view(ALICE);
		assert_eq!(after.initial_health, before.initial_health);
		assert!(after.target_health > before.target_health);
		assert!(after.maintenance_health > before.maintenance_health);
		// It saves the account, which its own collateral does not any more.
		move_to(ETH, first_price(ETH) * 85);
		assert!(!health(ALICE).is_negative() && view(ALICE).initial_health.is_negative());
		assert_noop!(liquidate(ALICE), Error::NotLiquidatable);
	});
}

#[test]
fn a_position_should_close_while_its_collateral_is_fresh() {
	ExtBuilder::default().build_and_execute(|| {
		open_long(ALICE, ETH, 1_000, 3);
		season(USDC, HOUR);
		season(ETH, HOUR);
		move_to(ETH, first_price(ETH) * 90);
		deposit(ALICE, ETH, 2 * unit(ETH));
		let all = crate::Part::All;
		assert_ok!(Margin::close(
			signed(ALICE),
			SUB,
			ETH,
			USDC,
			all,
			margin_math::Price::ZERO
		));
		assert_eq!(balance(ALICE, ETH), 0);
		assert!(!view(ALICE).initial_health.is_negative());
	});
}

#[test]
fn what_has_been_here_longest_should_leave_first() {
	ExtBuilder::default().build_and_execute(|| {
		deposit(ALICE, BTC, 3 * unit(BTC));
		season(BTC, HOUR);
		deposit(ALICE, BTC, 2 * unit(BTC));
		assert_ok!(Margin::withdraw(signed(ALICE), SUB, BTC, 2 * unit(BTC)));
		assert_eq!(
			fresh(SUB, BTC),
			2 * unit(BTC),
			"what is left counts no more than before"
		);
		assert_ok!(Margin::swap(signed(ALICE), SUB, BTC, USDC, 2 * unit(BTC), 0));
		assert_eq!((balance(ALICE, BTC), fresh(SUB, BTC)), (unit(BTC) as i128, unit(BTC)));
	});
}

#[test]
fn moving_to_another_sub_account_should_season_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		season(BTC, HOUR);
		assert_ok!(Margin::open_account(signed(ALICE), 1, Mode::Cross));
		deposit(ALICE, BTC, 2 * unit(BTC));
		wait(HOUR / 2);
		assert_ok!(Margin::transfer(signed(ALICE), SUB, 1, BTC, unit(BTC)));
		assert_eq!((fresh(SUB, BTC), fresh(1, BTC)), (unit(BTC), unit(BTC)));
		assert_noop!(borrow(1, USDC, unit(USDC)), Error::NotEnoughCollateral);
		wait(HOUR / 2);
		assert_eq!((fresh(SUB, BTC), fresh(1, BTC)), (0, 0), "it takes its time along");
		assert_ok!(borrow(1, USDC, unit(USDC)));
	});
}

#[test]
fn what_a_liquidator_takes_should_stay_fresh() {
	ExtBuilder::default().build_and_execute(|| {
		open_short(ALICE, ETH, 1_000, 7);
		season(USDC, HOUR);
		move_to(ETH, first_price(ETH) * 112);
		deposit(BOB, BTC, 10 * unit(BTC));
		// All the dollars that ALICE has come anew.
		let account = crate::Accounts::<Test>::mutate(ALICE, SUB, |account| {
			let account = account.as_mut().unwrap();
			let held = account.deposit_of(USDC);
			let now = (Timestamp::get() / 1_000) as u32;
			account.arrive(USDC, vec![(now, held)], 0).unwrap();
			account.clone()
		});
		assert!(health(ALICE).is_negative() && !account.fresh.is_empty());
		let most = Value::from_dollars(1_000_000);
		assert_ok!(Margin::liquidate(signed(BOB), ALICE, SUB, SUB, most));
		let taken = view(BOB).balances.iter().find(|b| b.asset == USDC).unwrap().clone();
		assert_eq!(taken.fresh, taken.amount);
		assert!(!taken.amount.is_zero());
	});
}

#[test]
fn what_the_house_takes_over_should_not_season() {
	ExtBuilder::default().build_and_execute(|| {
		deposit(ALICE, BTC, unit(BTC));
		season(USDC, HOUR);
		deposit(ALICE, USDC, 1_000 * unit(USDC));
		assert_ok!(Margin::swap(signed(ALICE), SUB, ETH, USDC, 10 * unit(ETH), 0));
		assert_eq!(fresh(SUB, USDC), 1_000 * unit(USDC));
		move_to(ETH, first_price(ETH) * 100 * 9);
		assert_ok!(liquidate(ALICE));
		let house = crate::House::<Test>::get();
		assert!(!house.deposit_of(USDC).is_zero());
		assert!(house.fresh.is_empty());
	});
}

#[test]
fn what_pays_a_debt_or_is_bought_should_not_season() {
	ExtBuilder::default().build_and_execute(|| {
		open_long(ALICE, BTC, 10_000, 2);
		season(USDC, HOUR);
		season(BTC, HOUR);
		deposit(ALICE, USDC, 1_000 * unit(USDC));
		assert_eq!(fresh(SUB, USDC), 0);
		assert_ok!(Margin::swap(signed(ALICE), SUB, USDC, BTC, 1_000 * unit(USDC), 0));
		assert_eq!(fresh(SUB, BTC), 0);
		let owed = balance(ALICE, USDC).unsigned_abs();
		deposit(ALICE, USDC, owed + 500 * unit(USDC));
		assert_eq!(fresh(SUB, USDC), 500 * unit(USDC), "what is left over is a deposit");
	});
}

#[test]
fn a_longer_time_should_hold_at_once_and_a_shorter_one_when_others_would() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Margin::set_seasoning(signed(RISK_MANAGER), BTC, HOUR));
		deposit(ALICE, BTC, unit(BTC));
		wait(HOUR - 2_000);
		assert_ok!(Margin::set_seasoning(signed(RISK_MANAGER), BTC, 4 * DAY));
		wait(2_000);
		assert_eq!(fresh(SUB, BTC), unit(BTC), "it was fresh when the time became longer");
		assert_noop!(
			Margin::set_seasoning(signed(RISK_MANAGER), BTC, DAY),
			Error::OnlyTighten
		);
		assert_noop!(
			Margin::set_seasoning(signed(ALICE), BTC, DAY),
			sp_runtime::DispatchError::BadOrigin
		);
		let delay = Pace::get().loosen_delay;
		assert_ok!(Margin::set_seasoning(signed(ASSET_MANAGER), BTC, 0));
		assert!(events().contains(&Event::SeasoningSet {
			asset: BTC,
			duration: 0,
			in_force: Timestamp::get() + delay,
		}));
		wait(delay - 1);
		assert_eq!(fresh(SUB, BTC), unit(BTC));
		wait(1);
		assert_eq!(fresh(SUB, BTC), 0);
	});
}

#[test]
fn who_watches_should_stop_a_shortening_by_setting_the_longer_time_again() {
	ExtBuilder::default().build_and_execute(|| {
		season(BTC, DAY);
		assert_ok!(Margin::set_seasoning(signed(ASSET_MANAGER), BTC, HOUR));
		assert_ok!(Margin::set_seasoning(signed(RISK_MANAGER), BTC, DAY));
		let record = Listed::<Test>::get(BTC).unwrap();
		let lasting = Seasoning {
			duration: DAY,
			..Default::default()
		};
		assert_eq!(record.seasoning, lasting);
		assert_noop!(
			Margin::set_seasoning(signed(RISK_MANAGER), BTC, MAX_SEASONING + 1),
			Error::SeasoningTooLong
		);
	});
}

#[test]
fn tokens_minted_for_nothing_should_lend_nothing_within_the_time() {
	ExtBuilder::default().build_and_execute(|| {
		season(DOT, DAY);
		assert_ok!(Margin::open_account(signed(ALICE), 1, Mode::Portfolio));
		deposit(ALICE, DOT, 1_000_000 * unit(DOT));
		assert_ok!(Margin::transfer(signed(ALICE), SUB, 1, DOT, 500_000 * unit(DOT)));
		for hour in 0..24 {
			for (sub, asset) in [(SUB, USDC), (SUB, BTC), (1, USDC), (1, ETH)] {
				let attempts: [DispatchResult; 3] = [
					borrow(sub, asset, unit(asset)),
					Margin::swap(
						signed(ALICE),
						sub,
						asset,
						if asset == BTC { ETH } else { BTC },
						unit(asset),
						0,
					),
					Margin::deposit_and_open(
						signed(ALICE),
						sub,
						DOT,
						Some(unit(DOT)),
						crate::Direction::Short,
						asset,
						DOT,
						crate::Size::Amount(unit(asset)),
						margin_math::Price::ZERO,
						u128::MAX,
					),
				];
				for attempt in attempts {
					assert_eq!(
						attempt,
						Err(Error::NotEnoughCollateral.into()),
						"{sub}, {asset}, hour {hour}"
					);
				}
			}
			wait(HOUR);
		}
		assert_ok!(borrow(SUB, USDC, unit(USDC)));
	});
}

#[test]
fn a_full_list_should_make_one_of_the_two_nearest_arrivals_with_the_later_time() {
	type Four = crate::Account<AssetId, frame_support::traits::ConstU32<4>>;
	let mut account = Four::new(Mode::Cross, 0, 0);
	for asset in [BTC, ETH] {
		account.set(asset, Some(crate::Balance::Deposit(Shares(100)))).unwrap();
	}
	account.arrive(ETH, vec![(40, Shares(7))], 0).unwrap();
	account
		.arrive(BTC, vec![(10, Shares(1)), (20, Shares(2)), (25, Shares(4))], 0)
		.unwrap();
	account.arrive(BTC, vec![(60, Shares(8))], 0).unwrap();
	let btc: Vec<_> = account.arrivals(BTC).collect();
	assert_eq!(btc, [(10, Shares(1)), (25, Shares(6)), (60, Shares(8))]);
	// What came by then makes room.
	account.arrive(BTC, vec![(70, Shares(1))], 25).unwrap();
	let btc: Vec<_> = account.arrivals(BTC).collect();
	assert_eq!(btc, [(60, Shares(8)), (70, Shares(1))]);
	assert_eq!(account.fresh_after(ETH, 39), (Shares(7), Some(40)));
	assert_eq!(account.fresh_after(ETH, 40), (Shares::ZERO, None));
}

#[test]
fn what_comes_every_hour_should_season_in_twice_the_time_at_most() {
	type Four = crate::Account<AssetId, frame_support::traits::ConstU32<4>>;
	const TIME: u32 = 24;
	let mut account = Four::new(Mode::Cross, 0, 0);
	for hour in 1..=200u32 {
		account
			.set(BTC, Some(crate::Balance::Deposit(Shares(hour.into()))))
			.unwrap();
		let seasoned = hour.saturating_sub(TIME);
		account.arrive(BTC, vec![(hour, Shares(1))], seasoned).unwrap();
		let (fresh, _) = account.fresh_after(BTC, seasoned);
		assert!(fresh.0 >= u128::from(hour.min(TIME)), "{fresh:?} in hour {hour}");
		assert!(fresh.0 <= u128::from(hour.min(2 * TIME)), "{fresh:?} in hour {hour}");
	}
}

/// An action of the random walk.
#[derive(Clone, Debug)]
enum Step {
	Deposit(u16, u128),
	Withdraw(u16, u128),
	Transfer(u16, u128),
	Sell(u16, u128),
	Buy(u16, u128),
	Wait(u64),
	Season(u64),
}

fn step() -> impl Strategy<Value = Step> {
	let (sub, satoshi) = (0..2u16, 100_000u128..300_000_000);
	prop_oneof![
		6 => (sub.clone(), satoshi.clone()).prop_map(|(sub, amount)| Step::Deposit(sub, amount)),
		3 => (sub.clone(), satoshi.clone()).prop_map(|(sub, amount)| Step::Withdraw(sub, amount)),
		3 => (sub.clone(), satoshi.clone()).prop_map(|(sub, amount)| Step::Transfer(sub, amount)),
		1 => (sub.clone(), satoshi.clone()).prop_map(|(sub, amount)| Step::Sell(sub, amount)),
		1 => (sub, satoshi).prop_map(|(sub, amount)| Step::Buy(sub, amount)),
		6 => prop_oneof![0u64..5_000, 0u64..HOUR / 2].prop_map(Step::Wait),
		1 => (0u64..3 * HOUR).prop_map(Step::Season),
	]
}

/// Every parcel of bitcoin shares that an account holds, by when it came: what was always here, or bought, at zero.
#[derive(Default)]
struct Parcels(BTreeMap<u64, u128>);

impl Parcels {
	fn add(&mut self, since: u64, shares: u128) {
		*self.0.entry(since).or_default() += shares;
	}

	fn held(&self) -> u128 {
		self.0.values().sum()
	}

	/// The oldest parcels leave.
	fn take(&mut self, mut shares: u128) -> Vec<(u64, u128)> {
		let mut taken = Vec::new();
		while shares > 0 {
			let Some(mut oldest) = self.0.first_entry() else { break };
			let goes = shares.min(*oldest.get());
			taken.push((*oldest.key(), goes));
			shares -= goes;
			*oldest.get_mut() -= goes;
			if *oldest.get() == 0 {
				oldest.remove();
			}
		}
		taken
	}

	fn fresh(&self, now: u64, seasoning: u64) -> u128 {
		let fresh = self.0.iter().filter(|(since, _)| **since + seasoning > now);
		fresh.map(|(_, shares)| shares).sum()
	}
}

fn shares(sub: u16) -> u128 {
	crate::Accounts::<Test>::get(ALICE, sub).map_or(0, |account| account.deposit_of(BTC).0)
}

/// A step, carried out on the chain and on the parcels.
fn walk(step: &Step, parcels: &mut [Parcels; 2]) {
	let alice = || signed(ALICE);
	let before = [shares(0), shares(1)];
	let done = match *step {
		Step::Deposit(sub, amount) => Margin::deposit(alice(), sub, BTC, amount),
		Step::Withdraw(sub, amount) => Margin::withdraw(alice(), sub, BTC, amount),
		Step::Transfer(from, amount) => Margin::transfer(alice(), from, 1 - from, BTC, amount),
		// What is sold beyond the deposit would be borrowed.
		Step::Sell(sub, amount) if amount <= balance_of(ALICE, sub, BTC).max(0) as u128 => {
			Margin::swap(alice(), sub, BTC, USDC, amount, 0)
		},
		Step::Sell(..) => Ok(()),
		Step::Buy(sub, amount) => {
			let dollars = amount * first_price(BTC) * unit(USDC) / unit(BTC);
			Margin::swap(alice(), sub, USDC, BTC, dollars.min(1_000 * unit(USDC)), 0)
		},
		Step::Wait(ms) => {
			wait(ms);
			Ok(())
		},
		Step::Season(duration) => {
			Listed::<Test>::mutate(BTC, |record| record.as_mut().unwrap().seasoning.duration = duration);
			Ok(())
		},
	};
	if done.is_err() {
		return;
	}
	match *step {
		Step::Transfer(from, _) => {
			let (from, to) = (usize::from(from), usize::from(1 - from));
			let moved = parcels[from].take(before[from] - shares(from as u16));
			moved
				.into_iter()
				.for_each(|(since, shares)| parcels[to].add(since, shares));
		},
		Step::Deposit(sub, _) => {
			// Whole seconds are told apart.
			let now = Timestamp::get().div_ceil(1_000) * 1_000;
			parcels[usize::from(sub)].add(now, shares(sub) - before[usize::from(sub)]);
		},
		Step::Buy(sub, _) => parcels[usize::from(sub)].add(0, shares(sub) - before[usize::from(sub)]),
		_ => {
			for sub in [0, 1] {
				parcels[sub].take(before[sub] - shares(sub as u16));
			}
		},
	}
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

	/// Against every parcel, each with its time. The list may make parcels later, and never earlier; and as long as it has
	/// room, it is exact.
	#[test]
	fn no_deposit_should_count_before_it_is_seasoned(steps in prop::collection::vec(step(), 1..60)) {
		ExtBuilder::default().build_and_execute(|| {
			deposit(SUPPLIER, BTC, unit(BTC));
			for sub in [0, 1] {
				assert_ok!(Margin::deposit(signed(ALICE), sub, USDC, 10_000 * unit(USDC)));
			}
			season(BTC, HOUR);
			let mut parcels = [Parcels::default(), Parcels::default()];
			let (mut lists_were_full, mut longer) = (false, false);
			for step in &steps {
				let before = Listed::<Test>::get(BTC).unwrap().seasoning.duration;
				walk(step, &mut parcels);
				let (now, seasoning) = (Timestamp::get(), Listed::<Test>::get(BTC).unwrap().seasoning.duration);
				longer |= seasoning > before;
				for (sub, parcels) in parcels.iter().enumerate() {
					let account = crate::Accounts::<Test>::get(ALICE, sub as u16).unwrap();
					assert_eq!(account.deposit_of(BTC).0, parcels.held());
					let seasoned = crate::ledger::Ledger::<Test>::new().seasoned(BTC).unwrap();
					let fresh = account.fresh_after(BTC, seasoned).0.0;
					lists_were_full |= account.fresh.len() >= 8;
					// What was seasoned and has been forgotten stays so when the time becomes longer.
					if !longer {
						assert!(fresh >= parcels.fresh(now, seasoning));
					}
					if !lists_were_full && !longer {
						assert_eq!(fresh, parcels.fresh(now, seasoning));
					}
				}
				Margin::do_try_state().unwrap();
			}
		});
	}

	/// Initial health is that of the account without what is fresh, and the other levels are those of the whole account.
	#[test]
	fn what_is_fresh_should_be_missing_initially_and_nowhere_else(
		old in 1u128..1_000_000_000,
		new in 1u128..1_000_000_000,
		loan in 0u128..90,
		portfolio in any::<bool>(),
	) {
		ExtBuilder::default().build_and_execute(|| {
			if portfolio {
				assert_ok!(Margin::open_account(signed(ALICE), SUB, Mode::Portfolio));
			}
			let (old, new) = (old + unit(BTC) / 10_000, new + unit(BTC) / 10_000);
			deposit(ALICE, BTC, old);
			let _ = borrow(SUB, USDC, old * first_price(BTC) * unit(USDC) / unit(BTC) * loan / 100);
			let without = view(ALICE);
			season(BTC, HOUR);
			deposit(ALICE, BTC, new);
			let fresh = view(ALICE);
			wait(HOUR);
			let seasoned = view(ALICE);
			// A smallest unit of bitcoin, and the last digits of a price.
			let near = |a: Value, b: Value| (a.raw() - b.raw()).abs() <= 10i128.pow(15);
			assert!(near(fresh.initial_equity, without.initial_equity));
			assert!(fresh.initial_health <= fresh.target_health);
			if !portfolio {
				assert!(near(fresh.initial_health, without.initial_health));
				assert!(fresh.maintenance_health >= without.maintenance_health);
			}
			if without.debts == Value::ZERO {
				assert_eq!(fresh.maintenance_health, seasoned.maintenance_health);
			}
			assert!(seasoned.initial_health > fresh.initial_health);
		});
	}
}
