//! What a user of another chain does with his position, and how his funds get back to him.

use margin_math::Price;
use margin_xcm_tests::{
	margin::{units::*, RuntimeEvent},
	messages::*,
	network::*,
	sibling::{self, ASSET_HUB, INTEGRATOR},
	stage::*,
};
use pallet_gateway::Event as GatewayEvent;
use pallet_margin::{Call as MarginCall, Direction, Part, Size};
use xcm::latest::Location;

fn mrg() -> (Location, u128) {
	(Location::here(), 20 * MRG_UNIT)
}

#[test]
fn a_position_should_be_traded_closed_and_sent_home() {
	stage(|| {
		let before = at_home();
		let open = MarginCall::deposit_and_open {
			sub: 0,
			collateral: BTC,
			amount: None,
			direction: Direction::Long,
			asset: ETH,
			against: USDC,
			size: Size::Amount(10 * ETH_UNIT),
			limit: Price::from_raw(u128::MAX),
			max_borrow: u128::MAX,
		};
		execute(send_and_act(BTC_UNIT, 300 * MRG_UNIT, 50 * MRG_UNIT, open));
		assert_eq!(last_message(), Ok(()));

		let swap = MarginCall::swap {
			sub: 0,
			from: ETH,
			to: BTC,
			amount_in: 2 * ETH_UNIT,
			min_out: 1,
		};
		send(follow_up(mrg(), swap));
		assert_eq!(last_message(), Ok(()));
		assert_eq!(held(ETH), 8 * ETH_UNIT as i128);
		assert!(held(BTC) > BTC_UNIT as i128);

		for asset in [ETH, BTC] {
			let close = MarginCall::close {
				sub: 0,
				asset,
				against: USDC,
				part: if asset == ETH {
					Part::All
				} else {
					Part::Amount(BTC_UNIT / 10)
				},
				limit: Price::ZERO,
			};
			send(follow_up(mrg(), close));
			assert_eq!(last_message(), Ok(()));
		}
		assert_eq!(held(ETH), 0);
		assert!(held(USDC) >= 0, "the debt is paid: {}", held(USDC));

		let left = held(BTC) as u128;
		send(follow_up(mrg(), withdraw_to(BTC, None, INTEGRATOR, &USER)));
		assert_eq!(last_message(), Ok(()));
		assert_eq!(held(BTC), 0, "what is in flight counts for nothing");
		settle();

		assert_told!(RuntimeEvent::Gateway(GatewayEvent::Departed { asset: BTC, amount, .. }) if *amount == left);
		assert_told!(RuntimeEvent::Gateway(GatewayEvent::Arrived { owner, asset: BTC, .. }) if *owner == trader());
		assert_eq!(flights(), vec![]);
		let home = at_home() + BTC_UNIT - before;
		assert!(
			home <= left && home > left - BTC_UNIT / 10_000,
			"{home} of {left} came home"
		);
	});
}

#[test]
fn a_position_should_be_closed_and_withdrawn_in_one_call() {
	stage(|| {
		with_collateral();
		let open = MarginCall::open {
			sub: 0,
			collateral: None,
			direction: Direction::Short,
			asset: ETH,
			against: USDC,
			size: Size::Amount(5 * ETH_UNIT),
			limit: Price::ZERO,
			max_borrow: u128::MAX,
		};
		send(follow_up(mrg(), open));
		assert_eq!(held(ETH), -(5 * ETH_UNIT as i128));
		// A round trip costs more than the short brought in: the rest comes out of the collateral.
		let swap = MarginCall::swap {
			sub: 0,
			from: BTC,
			to: USDC,
			amount_in: BTC_UNIT / 10,
			min_out: 1,
		};
		send(follow_up(mrg(), swap));
		let close = MarginCall::close_and_withdraw {
			sub: 0,
			asset: ETH,
			against: USDC,
			part: Part::All,
			limit: Price::from_raw(u128::MAX),
			withdraw: BTC,
			amount: None,
		};
		send(follow_up(mrg(), close));
		assert_eq!(last_message(), Ok(()));
		assert_eq!((held(ETH), held(BTC)), (0, 0));
		assert_eq!(wallet(BTC), BTC_UNIT * 9 / 10);
	});
}

#[test]
fn usdc_should_go_home_to_the_asset_hub() {
	stage(|| {
		with_usdc(10_000 * USDC_UNIT);
		let before = usdc_on_hub(&USER);
		send(follow_up(
			mrg(),
			withdraw_to(USDC, Some(5_000 * USDC_UNIT), ASSET_HUB, &USER),
		));
		settle();
		assert_eq!(flights(), vec![]);
		let home = usdc_on_hub(&USER) - before;
		assert!(home > 4_999 * USDC_UNIT && home <= 5_000 * USDC_UNIT, "{home}");
	});
}

#[test]
fn a_withdrawal_below_initial_margin_should_be_refused() {
	stage(|| {
		with_collateral();
		let open = MarginCall::open {
			sub: 0,
			collateral: None,
			direction: Direction::Long,
			asset: ETH,
			against: USDC,
			size: Size::Amount(50 * ETH_UNIT),
			limit: Price::from_raw(u128::MAX),
			max_borrow: u128::MAX,
		};
		send(follow_up(mrg(), open));
		assert_eq!(last_message(), Ok(()));
		let held_before = held(BTC);
		send(follow_up(mrg(), withdraw_to(BTC, None, INTEGRATOR, &USER)));
		assert_eq!(last_message(), Err(xcm::latest::Error::ExpectationFalse));
		assert_eq!(held(BTC), held_before);
		assert_eq!(flights(), vec![]);
	});
}

#[test]
fn native_tokens_should_go_home_by_a_program_of_the_users() {
	stage(|| {
		with_collateral();
		let at_home = || integrator(|| sibling::Assets::balance(sibling::mrg_abroad(), USER));
		let (before, had) = (at_home(), wallet(NATIVE));
		send(native_home(100 * MRG_UNIT, 10 * MRG_UNIT));
		assert_eq!(last_message(), Ok(()));
		settle();
		let (came, left) = (at_home() - before, had - wallet(NATIVE));
		assert!(
			came > 85 * MRG_UNIT && came < left && left < 100 * MRG_UNIT,
			"{came} of {left}"
		);
	});
}
