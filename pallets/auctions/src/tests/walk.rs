//! The hook's walk over the lots: within its meter, fair, and stopped by nobody's error.

use super::*;
use frame_support::{traits::OnIdle, weights::Weight};

/// Three lots, in the order of their assets.
fn with_three_lots(test: impl FnOnce()) {
	ExtBuilder::default().build_and_execute(|| {
		fill(BTC, unit(BTC), 8_000);
		fill(ETH, 10 * unit(ETH), 2_000);
		fill(DOT, 1_000 * unit(DOT), 4_000);
		test();
	});
}

fn seen(asset: AssetId) -> bool {
	crate::Auctions::<Test>::get(asset).is_some_and(|auction| auction.seen_at == Now::get())
}

#[test]
fn a_short_meter_starves_no_lot() {
	with_three_lots(|| {
		next_block(BLOCK_MS);
		for asset in [BTC, ETH, DOT, BTC, ETH, DOT] {
			block_with(BLOCK_MS, room_for(1), Weight::zero());
			let looked_at: Vec<_> = [BTC, ETH, DOT].into_iter().filter(|asset| seen(*asset)).collect();
			assert_eq!(looked_at, [asset]);
		}
	});
}

#[test]
fn on_idle_goes_on_where_the_hook_stopped() {
	with_three_lots(|| {
		next_block(BLOCK_MS);
		block_with(BLOCK_MS, room_for(1), room_for(3));
		assert!([BTC, ETH, DOT].into_iter().all(seen));
		assert_eq!(crate::Cursor::<Test>::get(), None);
	});
}

#[test]
fn on_idle_has_nothing_to_do_when_the_hook_came_to_its_end() {
	with_three_lots(|| {
		next_block(BLOCK_MS);
		Now::set(&(Now::get() + 1));
		<Auctions as OnIdle<u64>>::on_idle(System::block_number(), Weight::MAX);
		assert!(![BTC, ETH, DOT].into_iter().any(seen));
	});
}

#[test]
fn without_weight_nothing_happens() {
	with_three_lots(|| {
		let short = room_for(1) - Weight::from_parts(1, 0);
		for room in [Weight::zero(), room_for(0) - Weight::from_parts(1, 0), short] {
			block_with(BLOCK_MS, room, Weight::zero());
			assert_eq!(events(), []);
		}
		block_with(BLOCK_MS, room_for(1), Weight::zero());
		assert_eq!(rounds_begun(), [(1, Cause::First)]);
	});
}

#[test]
fn one_lot_s_error_stops_no_other_and_changes_nothing() {
	with_three_lots(|| {
		for asset in [BTC, ETH, DOT] {
			set_market(asset, 1_100_000, unit(asset) / 10);
		}
		Refuses::set(&vec![2]);
		next_block(BLOCK_MS);
		assert_eq!(rounds_begun().len(), 3, "the rounds begin although no sale succeeds");
		assert_eq!(held(BTC), unit(BTC), "what a refused sale wrote is taken back");
		// A price that does not fit.
		crate::mock::Quotes::insert(ETH, margin_risk::Quote::usable(Price::MAX, Now::get()));
		Refuses::set(&Vec::new());
		next_block(BLOCK_MS);
		assert!(held(BTC) < unit(BTC) && held(DOT) < 1_000 * unit(DOT));
		assert_eq!(held(ETH), 10 * unit(ETH));
		set_price(ETH, 20_000);
	});
}

#[test]
fn no_more_auctions_run_than_the_runtime_allows() {
	with_three_lots(|| {
		fill(USDC, 500 * unit(USDC), 500);
		next_block(BLOCK_MS);
		assert_eq!(crate::Auctions::<Test>::count(), 3);
		bring(ALICE, 100_000);
		assert_ok!(take(ALICE, ETH, u128::MAX));
		next_block(BLOCK_MS);
		assert!(crate::Auctions::<Test>::contains_key(DOT), "the last one has its turn");
	});
}

#[test]
fn a_house_that_holds_nothing_costs_a_look_and_no_write() {
	ExtBuilder::default().build_and_execute(|| {
		let before = sp_io::storage::root(sp_runtime::StateVersion::V1);
		let mut meter = frame_support::weights::WeightMeter::new();
		Auctions::tend_lots(&mut meter);
		assert_eq!(meter.consumed(), <() as crate::WeightInfo>::poll_idle());
		assert_eq!(sp_io::storage::root(sp_runtime::StateVersion::V1), before);
	});
}
