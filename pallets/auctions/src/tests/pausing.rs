//! The four levels of pause.

use super::*;

#[test]
fn no_auction_begins_and_one_that_runs_goes_on() {
	with_lot(|| {
		set_level(ETH, Level::NoStart);
		set_level(BTC, Level::NoStart);
		fill(BTC, unit(BTC), 8_000);
		events();
		pass(62_000);
		assert_eq!(rounds_begun(), [(2, Cause::TimeUp)], "of ether alone");
		assert_noop!(take(ALICE, BTC, u128::MAX), Error::NothingOnOffer);
		assert_ok!(take(ALICE, ETH, unit(ETH)));
		set_level(BTC, Level::None);
		next_block(BLOCK_MS);
		assert_eq!(rounds_begun(), [(1, Cause::First)]);
	});
}

#[test]
fn no_round_follows_the_one_that_runs() {
	with_lot(|| {
		set_level(ETH, Level::NoRestart);
		events();
		pass(40_000);
		assert_ok!(take(ALICE, ETH, unit(ETH)));
		events();
		pass(60_000);
		assert_eq!(events(), [Event::Suspended { asset: ETH, round: 1 }]);
		assert_noop!(take(ALICE, ETH, unit(ETH)), Error::BetweenRounds);
		set_level(ETH, Level::NoStart);
		next_block(BLOCK_MS);
		assert_eq!(rounds_begun(), [(2, Cause::Resumed)]);
	});
}

#[test]
fn nothing_is_sold_to_nobody() {
	with_lot(|| {
		set_market(ETH, 1_100_000, unit(ETH));
		set_level(ETH, Level::NoTake);
		assert_noop!(take(ALICE, ETH, unit(ETH)), Error::Paused);
		assert_noop!(Auctions::sell_to_market(signed(ALICE), ETH), Error::Paused);
		let lot = held(ETH);
		pass(20_000);
		assert_eq!(held(ETH), lot);
		set_level(ETH, Level::None);
		events();
		next_block(BLOCK_MS);
		assert!(rounds_begun().contains(&(2, Cause::Resumed)));
		assert!(held(ETH) < lot);
	});
}

#[test]
fn a_paused_lot_neither_steps_down_nor_goes_in_kind() {
	for level in [Level::NoStart, Level::NoRestart, Level::NoTake] {
		with_lot(|| {
			pass(20_000);
			let tried = auction(ETH).tried;
			set_level(ETH, level);
			pass(2 * STEP_MS);
			assert_eq!(auction(ETH).tried, tried, "{level:?}");
			crate::Auctions::<Test>::mutate(ETH, |auction| auction.as_mut().unwrap().tried = u64::MAX);
			pass(2 * STEP_MS);
			assert!(!handed_out(), "{level:?}");
			set_level(ETH, Level::None);
			pass(120_000);
			assert!(handed_out(), "{level:?}");
		});
	}
}

#[test]
fn a_pause_of_one_asset_stops_no_other() {
	with_lot(|| {
		fill(BTC, unit(BTC), 8_000);
		set_level(ETH, Level::NoTake);
		pass(20_000);
		assert_ok!(take(ALICE, BTC, unit(BTC) / 2));
	});
}

#[test]
fn an_open_asset_leaves_nothing_in_storage() {
	with_lot(|| {
		set_level(ETH, Level::NoTake);
		assert!(crate::Levels::<Test>::contains_key(ETH));
		set_level(ETH, Level::None);
		assert!(!crate::Levels::<Test>::contains_key(ETH));
		assert_eq!(
			events().last(),
			Some(&Event::LevelSet {
				asset: ETH,
				level: Level::None
			})
		);
	});
}
