use super::*;
use crate::{Accounts, Door, ScanCursor, SearchCursor};
use frame_support::weights::Weight;

fn doors() -> Vec<(AccountId, Door<AccountId>)> {
	events()
		.into_iter()
		.filter_map(|event| match event {
			Event::Liquidated { owner, door, .. } => Some((owner, door)),
			_ => None,
		})
		.collect()
}

#[test]
fn the_chain_liquidates_by_itself_in_the_block_after_the_price() {
	ExtBuilder::default().build_and_execute(|| {
		open_long(ALICE, BTC, 10_000, 7);
		open_long(BOB, BTC, 10_000, 2);
		next_block(2_000);
		assert_eq!(doors(), []);
		move_to(BTC, 720_000);
		next_block(2_000);
		assert_eq!(doors(), [(ALICE, Door::Chain)]);
		assert!(!health(ALICE).is_negative());
	});
}

#[test]
fn switched_off_the_chain_leaves_it_to_the_keepers() {
	ExtBuilder::default().build_and_execute(|| {
		ChainLiquidates::set(&false);
		open_long(ALICE, BTC, 10_000, 7);
		move_to(BTC, 720_000);
		next_block(2_000);
		assert_eq!(doors(), []);
		assert_ok!(liquidate(ALICE));
		assert_eq!(doors(), [(ALICE, Door::Keeper)]);
	});
}

/// Opens the same long for `n` accounts.
fn crowd(n: u64) {
	use frame_support::traits::fungibles::Mutate;
	for who in 100..100 + n {
		assert_ok!(<Assets as Mutate<_>>::mint_into(USDC, &who, 2_000 * unit(USDC)));
		open_long(who, BTC, 1_000, 5);
	}
}

/// Weight for a search and `n` steps.
fn weight_for(n: u64) -> Weight {
	use crate::WeightInfo;
	let one = <() as WeightInfo>::scan_account().saturating_add(Margin::step_weight());
	let search = <() as WeightInfo>::scan_bucket().saturating_mul(2);
	<() as WeightInfo>::scan_base()
		.saturating_add(search)
		.saturating_add(one.saturating_mul(n))
}

#[test]
fn a_walk_that_runs_out_of_weight_reaches_everybody_in_the_end_and_nobody_twice() {
	ExtBuilder::default().build_and_execute(|| {
		crowd(20);
		move_to(BTC, 650_000);
		LiquidationWeight::set(&weight_for(5));
		full_block(2_000);
		assert!((1..=5).contains(&doors().len()));
		assert!(ScanCursor::<Test>::exists() || SearchCursor::<Test>::exists());
		for _ in 0..20 {
			full_block(2_000);
		}
		assert_eq!(doors().len(), 20);
	});
}

#[test]
fn idle_weight_takes_on_what_the_reserved_weight_did_not_reach() {
	ExtBuilder::default().build_and_execute(|| {
		crowd(20);
		move_to(BTC, 650_000);
		LiquidationWeight::set(&weight_for(5));
		next_block(2_000);
		assert_eq!(doors().len(), 20);
	});
}

#[test]
fn no_more_weight_is_used_than_reserved() {
	ExtBuilder::default().build_and_execute(|| {
		use frame_support::{traits::OnPoll, weights::WeightMeter};
		crowd(10);
		move_to(BTC, 650_000);
		let reserved = Weight::from_parts(3_000_000_000, u64::MAX);
		let mut meter = WeightMeter::with_limit(reserved);
		Margin::liquidate_by_chain(&mut meter);
		assert!(meter.consumed().all_lte(reserved));
		assert!(!doors().is_empty() && doors().len() < 10, "{}", doors().len());

		LiquidationWeight::set(&reserved);
		let mut block = WeightMeter::with_limit(Weight::from_parts(3_500_000_000, u64::MAX));
		<Margin as OnPoll<u64>>::on_poll(2, &mut block);
		assert!(block.consumed().all_lte(block.limit()));

		let mut none = WeightMeter::with_limit(Weight::zero());
		<Margin as OnPoll<u64>>::on_poll(3, &mut none);
		assert_eq!(none.consumed(), Weight::zero());
	});
}

#[test]
fn one_account_that_cannot_be_weighed_does_not_stop_the_walk() {
	ExtBuilder::default().build().execute_with(|| {
		crowd(5);
		// An account whose record names an asset that does not exist: storage that no call can make.
		let mut broken = Accounts::<Test>::get(102, SUB).unwrap();
		broken.holdings[0].asset = 0;
		Accounts::<Test>::insert(102, SUB, broken);
		move_to(BTC, 650_000);
		next_block(2_000);
		assert_eq!(doors().len(), 4);
	});
}

#[test]
fn accounts_that_must_wait_for_the_house_do_not_hold_up_one_whose_equity_is_gone() {
	ExtBuilder::default().build_and_execute(|| {
		crowd(20);
		open_long(ALICE, ETH, 1_000, 5);
		House::set(&crate::HouseParams {
			line: margin_math::Value::from_dollars(1),
			..House::get()
		});
		// All are below maintenance; only Alice owes more than she has.
		move_to(BTC, 690_000);
		move_to(ETH, 10_000);
		use crate::WeightInfo;
		let walk = <() as WeightInfo>::scan_account().saturating_mul(30);
		LiquidationWeight::set(
			&weight_for(2)
				.saturating_add(walk)
				.saturating_add(<() as WeightInfo>::liquidate_market()),
		);
		next_block(2_000);
		assert_eq!(doors(), [(ALICE, Door::Chain)]);
	});
}
