//! S11: a stable's wick inside a band of 50 % liquidated loops. Here every asset in the health sum passes its own band,
//! a stable's is 1 %, and it holds for what is owed as for what is held.
//!
//! And a stable that truly falls: USDC on 11 March 2023, when 3.3 of the 40 billion dollars behind it lay in a bank that
//! had closed. It traded down to 87 to 88 cents and was back at its peg two days later. Prices below are that record, by
//! the hour and in cents, of public charts.

use margin_runtime::units::*;
use margin_scenarios::{chain::*, stage::*};
use pallet_margin::{Direction, Event};

/// From 11 March 2023, 00:00 UTC, a price an hour for the first 15 hours; then one for every fourth hour until the peg
/// was back.
const DEPEG: [u128; 22] = [
	99, 98, 95, 93, 91, 90, 88, 88, 89, 91, 92, 93, 94, 95, 95, 96, 95, 96, 97, 98, 99, 100,
];

/// Bob's collateral is in USDC and his debt in BTC; Charlie's the other way around; Dave holds three assets.
fn loops() {
	positions(&[
		("//Bob", Direction::Short, BTC, 12 * BTC_UNIT),
		("//Charlie", Direction::Long, BTC, 12 * BTC_UNIT),
		("//Dave", Direction::Long, BTC, 6 * BTC_UNIT),
	]);
	all_done([("//Dave", open(Direction::Short, ETH, 200 * ETH_UNIT))]);
}

fn rounds() -> [u32; 3] {
	["//Bob", "//Charlie", "//Dave"].map(round)
}

#[test]
fn a_wick_of_any_one_leg_should_liquidate_no_loop() {
	for asset in [USDC, BTC, ETH] {
		for (num, den) in [(14, 10), (6, 10), (85, 100), (115, 100)] {
			development(|| {
				loops();
				let before = rounds();
				for _ in 0..3 {
					fed(&moved(asset, num, den));
				}
				for _ in 0..3 {
					fed(&FIRST_PRICES);
				}
				assert_eq!(rounds(), before, "asset {asset} times {num}/{den}");
			});
		}
	}
}

/// The depeg, a price for two minutes instead of an hour. Answers with how often `each` said yes.
fn depeg(mut each: impl FnMut() -> usize) -> usize {
	let mut count = 0;
	for cents in DEPEG {
		for _ in 0..12 {
			begin_after(5);
			feed_all(&moved(USDC, cents, 100));
			end();
			count += each();
		}
	}
	count
}

#[test]
fn a_true_depeg_should_liquidate_who_holds_the_stable_and_nobody_who_owes_it() {
	development(|| {
		loops();
		let before = rounds();
		depeg(|| 0);
		let after = rounds();
		assert!(after[0] > before[0], "Bob holds USDC against BTC and is liquidated");
		assert_eq!(after[1], before[1], "Charlie owes USDC and is the better for it");
	});
}

#[test]
fn a_depeg_should_leave_no_loss_behind() {
	development(|| {
		loops();
		let losses = depeg(|| {
			let told = told();
			told.iter()
				.filter(|event| matches!(event, Event::LossBooked { .. }))
				.count()
		});
		assert_eq!((losses, deficits()), (0, vec![]));
		assert!(!account("//Bob").maintenance_health.is_negative());
	});
}
