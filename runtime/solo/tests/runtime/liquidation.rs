//! The chain liquidates by itself, in the block after the price was latched.

use margin_runtime::{units::*, *};
use margin_scenarios::chain::*;

/// Bob holds BTC with ten times leverage, and the price falls by 7.5 %, which is inside the band.
fn crash() {
	block(feeds(&FIRST_PRICES));
	let deposit = pallet_margin::Call::deposit {
		sub: 0,
		asset: USDC,
		amount: 10_000 * USDC_UNIT,
	};
	let swap = pallet_margin::Call::swap {
		sub: 0,
		from: USDC,
		to: BTC,
		amount_in: 100_000 * USDC_UNIT,
		min_out: 1,
	};
	block(vec![signed("//Bob", deposit)]);
	block(vec![signed("//Bob", swap)]);
	let fallen = FIRST_PRICES.map(|(asset, cents)| (asset, if asset == BTC { cents * 925 / 1_000 } else { cents }));
	block(feeds(&fallen));
}

fn bob() -> pallet_margin::AccountView<u32> {
	Margin::account_view(&genesis_presets::account("//Bob"), 0).unwrap()
}

#[test]
fn an_account_below_maintenance_should_be_liquidated_in_the_next_block() {
	development(|| {
		crash();
		let before = bob();
		block(vec![]);
		assert_eq!(bob().round, before.round + 1);
		assert!(!bob().maintenance_health.is_negative());
	});
}

#[test]
fn the_chain_should_leave_it_to_keepers_when_it_is_switched_off() {
	development(|| {
		ChainLiquidates::set(&false);
		crash();
		let before = bob();
		block(vec![]);
		assert_eq!(bob().round, before.round);
		let call = pallet_margin::Call::liquidate_unsigned {
			owner: genesis_presets::account("//Bob"),
			sub: 0,
			round: before.round,
			at: System::block_number(),
			hash: best(),
		};
		block(vec![UncheckedExtrinsic::new_bare(call.into())]);
		assert_eq!(bob().round, before.round + 1);
	});
}

#[test]
fn the_switch_should_lie_where_tests_expect_it() {
	development(|| {
		assert_eq!(ChainLiquidates::key(), sp_io::hashing::twox_128(b":ChainLiquidates:"));
	});
}
