//! What the native token counts for on its way out.

use crate::mock::*;
use frame_support::traits::Hooks;
use margin_math::Price;

/// A block begins, so long after the one before.
fn block_after(ms: u64) {
	wait(ms);
	<Gateway as Hooks<u64>>::on_initialize(System::block_number());
}

fn cents(cents: u128) -> Option<Price> {
	Some(Price::from_raw(cents * 10u128.pow(16)))
}

fn trades_at(price: Option<Price>) {
	NativeMarket::set(price);
}

#[test]
fn before_it_ever_had_a_market_it_counts_for_nothing_known() {
	ExtBuilder::execute(|| {
		trades_at(None);
		block_after(6_000);
		assert_eq!(Gateway::native_price(), None);
		trades_at(cents(300));
		block_after(6_000);
		assert_eq!(Gateway::native_price(), cents(300));
	});
}

#[test]
fn a_market_that_is_moved_for_a_block_changes_next_to_nothing() {
	ExtBuilder::execute(|| {
		for moved in [cents(10_000), cents(1)] {
			trades_at(cents(100));
			block_after(DAY);
			trades_at(moved);
			block_after(6_000);
			let after = Gateway::native_price().unwrap();
			assert!(after > cents(99).unwrap() && after < cents(101).unwrap(), "{after}");
		}
	});
}

#[test]
fn a_market_that_stays_is_followed_by_its_speed() {
	ExtBuilder::execute(|| {
		trades_at(cents(100));
		// At the start of an hour, which sets the speed.
		block_after(HOUR - Clock::get() % HOUR);
		trades_at(cents(400));
		block_after(HOUR);
		let after = Gateway::native_price();
		// The speed is a whole number of price units a millisecond.
		assert!(after > Some(Price::from_raw(1_249_999_999 * 10u128.pow(9))) && after <= cents(125));
		block_after(DAY);
		assert_eq!(Gateway::native_price(), cents(400));
	});
}

#[test]
fn without_a_price_of_the_market_it_stays_where_it_is() {
	ExtBuilder::execute(|| {
		trades_at(cents(100));
		block_after(6_000);
		trades_at(None);
		block_after(DAY);
		trades_at(cents(200));
		block_after(6_000);
		assert!(Gateway::native_price() < cents(101));
	});
}
