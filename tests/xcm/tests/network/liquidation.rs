//! Liquidation of an account that a user of another chain has, and what is left of it.

use margin_math::Price;
use margin_xcm_tests::{
	margin::{self, units::*, RuntimeEvent},
	messages::*,
	network::*,
	sibling::INTEGRATOR,
	stage::*,
};
use pallet_margin::{Call as MarginCall, Direction, Door, Event as MarginEvent, Part, Size};
use xcm::latest::Location;

fn mrg() -> (Location, u128) {
	(Location::here(), 20 * MRG_UNIT)
}

/// The user is long 100 ETH, about 20,000 dollars, with one BTC, about 8,000.
fn long() {
	with_collateral();
	let open = MarginCall::open {
		sub: 0,
		collateral: None,
		direction: Direction::Long,
		asset: ETH,
		against: USDC,
		size: Size::Amount(100 * ETH_UNIT),
		limit: Price::from_raw(u128::MAX),
		max_borrow: u128::MAX,
	};
	send(follow_up(mrg(), open));
	assert_eq!(last_message(), Ok(()));
}

/// ETH has lost 36 % of its price, at the oracle and on its market.
fn fall() {
	let cents = 20_074 * 64 / 100;
	margin::set_price(ETH, cents);
	before_the_chain(|| margin::keep_market(ETH, ETH_UNIT, cents));
}

/// What is left goes home when everything is sold.
fn take_the_rest_home() {
	let before = at_home();
	let close = MarginCall::close {
		sub: 0,
		asset: ETH,
		against: USDC,
		part: Part::All,
		limit: Price::ZERO,
	};
	send(follow_up(mrg(), close));
	assert_eq!(last_message(), Ok(()));
	let debt = held(USDC);
	if debt < 0 {
		let close = MarginCall::swap {
			sub: 0,
			from: BTC,
			to: USDC,
			amount_in: held(BTC).unsigned_abs() * 95 / 100,
			min_out: 1,
		};
		send(follow_up(mrg(), close));
		assert_eq!(last_message(), Ok(()));
	}
	assert!(held(USDC) >= 0, "{}", held(USDC));
	send(follow_up(mrg(), withdraw_to(BTC, None, INTEGRATOR, &USER)));
	assert_eq!(last_message(), Ok(()));
	settle();
	assert_eq!(flights(), vec![]);
	assert!(at_home() > before, "nothing came home");
}

#[test]
fn the_chain_should_liquidate_a_remote_account_and_leave_the_rest_to_its_owner() {
	stage(|| {
		long();
		fall();
		for _ in 0..10 {
			on_margin(|| ());
		}
		assert_told!(RuntimeEvent::Margin(MarginEvent::Liquidated { owner, door: Door::Chain, .. }) if *owner == trader());
		assert!(
			held(ETH) > 0 && held(ETH) < 100 * ETH_UNIT as i128,
			"a slice: {}",
			held(ETH)
		);
		take_the_rest_home();
	});
}

#[test]
fn a_keeper_should_liquidate_a_remote_account_when_the_chain_has_not() {
	stage(|| {
		long();
		fall();
		let mut found = None;
		for _ in 0..10 {
			found = before_the_chain(|| {
				let account = margin::Margin::account_view(&trader(), 0).expect("he has an account");
				let at = margin::System::block_number() - 1;
				margin::unsigned(MarginCall::liquidate_unsigned {
					owner: trader(),
					sub: 0,
					round: account.round,
					at,
					hash: margin::System::block_hash(at),
				})
				.ok()
			});
			if found.is_some() {
				break;
			}
		}
		assert_eq!(found, Some(()));
		assert_told!(RuntimeEvent::Margin(MarginEvent::Liquidated { owner, door: Door::Keeper, .. }) if *owner == trader());
		take_the_rest_home();
	});
}
