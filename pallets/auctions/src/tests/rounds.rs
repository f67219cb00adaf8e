//! How rounds follow each other, and how every lot ends.

use super::*;
use margin_risk::Verdict;

/// Blocks of two seconds in which a lot must have ended that nobody buys: all steps, and a round to its end.
fn bound() -> u64 {
	let rules = Rules::default();
	(rules.patience() + rules.duration) / BLOCK_MS + 3
}

#[test]
fn an_auction_begins_when_the_house_has_something_to_sell() {
	ExtBuilder::default().build_and_execute(|| {
		next_block(BLOCK_MS);
		assert_eq!(events(), []);
		fill(ETH, 10 * unit(ETH), 2_000);
		next_block(BLOCK_MS);
		assert_eq!(
			events(),
			[Event::RoundBegan {
				asset: ETH,
				round: 1,
				cause: Cause::First,
				reference: cents(20_000),
				floor: cents(19_500),
				step: 0,
				ends_at: Now::get() + 60_000,
			}]
		);
		assert_eq!(price(ETH), Some(cents(20_100)));
	});
}

#[test]
fn a_round_follows_when_the_time_is_up() {
	with_lot(|| {
		pass(60_000);
		assert_eq!(price(ETH), Some(cents(19_500)), "the last block offers the floor");
		assert_eq!(rounds_begun(), []);
		next_block(BLOCK_MS);
		assert_eq!(rounds_begun(), [(2, Cause::TimeUp)]);
		assert_eq!(price(ETH), Some(cents(20_100)));
	});
}

#[test]
fn a_round_begins_anew_when_the_price_has_drifted() {
	with_lot(|| {
		next_block(BLOCK_MS);
		set_price(ETH, 22_000);
		next_block(BLOCK_MS);
		assert_eq!(rounds_begun(), [], "a tenth is within the drift");
		set_price(ETH, 22_001);
		next_block(BLOCK_MS);
		assert_eq!(rounds_begun(), [(2, Cause::PriceMoved)]);
		assert_eq!(auction(ETH).round.unwrap().reference, cents(22_001));
	});
}

#[test]
fn a_fall_below_the_floor_sells_nothing_and_begins_a_round_at_the_lower_price() {
	with_lot(|| {
		set_price(ETH, 19_400);
		assert_eq!(price(ETH), None);
		assert_noop!(take(ALICE, ETH, unit(ETH)), Error::BelowFloor);
		next_block(BLOCK_MS);
		assert_eq!(rounds_begun(), [(2, Cause::PriceMoved)]);
		assert_ok!(take(ALICE, ETH, unit(ETH)));
	});
}

#[test]
fn the_floor_steps_down_after_ten_rounds_without_a_buyer() {
	with_lot(|| {
		pass(STEP_MS - BLOCK_MS);
		assert_eq!(auction(ETH).round.unwrap().step, 0);
		pass(60_000 + 2 * BLOCK_MS);
		let round = auction(ETH).round.unwrap();
		assert_eq!((round.step, round.floor()), (1, Some(cents(19_000))));
	});
}

#[test]
fn a_lot_that_nobody_wants_goes_in_kind() {
	with_lot(|| {
		let mut blocks = 0;
		let mut lowest = Price::MAX;
		while !handed_out() {
			next_block(BLOCK_MS);
			lowest = price(ETH).map_or(lowest, |price| price.min(lowest));
			blocks += 1;
			assert!(blocks <= bound(), "still on offer after {blocks} blocks");
		}
		assert_eq!(lowest, cents(14_000), "the minimum price was tried");
		assert!(
			blocks >= Rules::default().patience() / BLOCK_MS,
			"after {blocks} blocks"
		);
		let told = events().into_iter().find_map(|event| match event {
			Event::HandedOut { asset, amount, rounds } => Some((asset, amount.0, rounds)),
			_ => None,
		});
		let (asset, amount, rounds) = told.unwrap();
		assert_eq!((asset, amount), (ETH, 10 * unit(ETH)));
		assert!((100..=120).contains(&rounds), "{rounds}");
		assert!(crate::Auctions::<Test>::get(ETH).is_none());
	});
}

#[test]
fn a_lot_ends_although_the_price_drifts_in_every_block() {
	with_lot(|| {
		let mut blocks = 0;
		while !handed_out() {
			set_price(ETH, if blocks % 2 == 0 { 25_000 } else { 20_000 });
			next_block(BLOCK_MS);
			blocks += 1;
			assert!(blocks <= bound(), "still on offer after {blocks} blocks");
		}
	});
}

#[test]
fn a_house_that_refuses_is_asked_again_after_each_round() {
	with_lot(|| {
		Refuses::set(&vec![3]);
		pass(Rules::default().patience() + 62_000);
		assert!(!handed_out(), "what it wrote before it refused is taken back");
		assert!(price(ETH).is_some(), "the rounds go on");
		let round = auction(ETH).rounds;
		Refuses::set(&Vec::new());
		pass(62_000);
		assert!(handed_out());
		assert!(rounds_begun().iter().all(|(number, _)| *number <= round + 1));
	});
}

#[test]
fn a_lot_that_grew_is_not_sold_at_a_floor_that_stepped_down_for_another() {
	with_lot(|| {
		pass(3 * STEP_MS + 100_000);
		let round = auction(ETH).round.unwrap();
		assert_eq!(round.step, 3);
		events();
		fill(ETH, unit(ETH) + 1, 200);
		next_block(BLOCK_MS);
		assert_eq!(rounds_begun(), [(auction(ETH).rounds, Cause::LotGrew)]);
		assert_eq!(auction(ETH).round.unwrap().floor(), Some(cents(19_500)));
		assert_eq!(auction(ETH).tried, 0);
	});
}

#[test]
fn inflow_does_not_keep_the_price_from_falling_to_the_first_floor() {
	with_lot(|| {
		for _ in 0..30 {
			let eth = held(ETH);
			fill(ETH, eth / 5, 1);
			next_block(BLOCK_MS);
		}
		assert_eq!(rounds_begun(), []);
		assert_eq!(price(ETH), Some(cents(19_500)));
	});
}

#[test]
fn a_few_dollars_taken_now_and_then_do_not_hold_the_floor_up() {
	ExtBuilder::default().build_and_execute(|| {
		fill(ETH, 1_000 * unit(ETH), 200_000);
		bring(ALICE, 1_000_000);
		for _ in 0..11 {
			pass(60_000);
			assert_ok!(take(ALICE, ETH, unit(ETH)));
		}
		assert_eq!(auction(ETH).round.unwrap().step, 1);
	});
}

#[test]
fn a_real_take_begins_the_time_anew() {
	with_lot(|| {
		pass(STEP_MS - 60_000);
		assert_ok!(take(ALICE, ETH, 2 * unit(ETH)));
		assert_eq!(auction(ETH).tried, 0);
		pass(STEP_MS - 60_000);
		assert_eq!(auction(ETH).round.unwrap().step, 0);
	});
}

#[test]
fn nothing_is_sold_and_no_time_counts_while_the_price_is_unusable() {
	with_lot(|| {
		pass(20_000);
		for (asset, verdict) in [(ETH, Verdict::Stale), (USDC, Verdict::HeldBack)] {
			let tried = auction(ETH).tried;
			set_verdict(asset, verdict);
			assert_noop!(take(ALICE, ETH, unit(ETH)), Error::PriceUnusable);
			let round = auction(ETH).rounds;
			pass(60_000);
			assert_eq!(events(), [Event::Suspended { asset: ETH, round }]);
			assert_eq!(auction(ETH).tried, tried, "{asset}");
			set_verdict(asset, Verdict::Usable);
			assert_noop!(take(ALICE, ETH, unit(ETH)), Error::BetweenRounds);
			next_block(BLOCK_MS);
			assert_eq!(rounds_begun(), [(round + 1, Cause::Resumed)]);
			assert_eq!(price(ETH), Some(cents(20_100)));
			assert_eq!(auction(ETH).tried, tried, "{asset}");
		}
	});
}

#[test]
fn an_auction_does_not_begin_at_an_unusable_price() {
	ExtBuilder::default().build_and_execute(|| {
		fill(ETH, unit(ETH), 200);
		set_verdict(ETH, Verdict::Stale);
		pass(60_000);
		assert_eq!(events(), []);
		assert_noop!(take(ALICE, ETH, unit(ETH)), Error::NothingOnOffer);
	});
}

#[test]
fn an_auction_is_closed_when_nothing_is_owed_any_more() {
	with_lot(|| {
		BooksOf::mutate(|books| books.owed.clear());
		Brought::mutate(USDC, |brought| *brought += (2_000 * unit(USDC)) as i128);
		next_block(BLOCK_MS);
		assert_eq!(events(), [Event::Closed { asset: ETH, rounds: 1 }]);
		assert!(crate::Auctions::<Test>::get(ETH).is_none());
	});
}

#[test]
fn a_fresh_lot_after_a_sold_one_is_an_auction_of_its_own() {
	with_lot(|| {
		pass(2 * STEP_MS);
		fill(ETH, 0, 8_000);
		assert_ok!(take(ALICE, ETH, u128::MAX));
		fill(ETH, 10 * unit(ETH), 2_000);
		events();
		next_block(BLOCK_MS);
		assert_eq!(rounds_begun(), [(1, Cause::First)]);
		assert_eq!(auction(ETH).round.unwrap().step, 0);
	});
}
