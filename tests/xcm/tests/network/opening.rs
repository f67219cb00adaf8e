//! Collateral and a position, from another chain.

use margin_math::Price;
use margin_xcm_tests::{
	margin::{units::*, AssetId, Runtime, RuntimeEvent},
	messages::*,
	network::*,
	sibling::{self, INTEGRATOR},
	stage::*,
};
use pallet_margin::{Call as MarginCall, Direction, Event as MarginEvent, Size};

const MRG: u128 = MRG_UNIT;

/// All of `collateral` that has come, and ten ETH bought with borrowed USDC.
fn open_long(collateral: AssetId, limit: Price) -> MarginCall<Runtime> {
	MarginCall::deposit_and_open {
		sub: 0,
		collateral,
		amount: None,
		direction: Direction::Long,
		asset: ETH,
		against: USDC,
		size: Size::Amount(10 * ETH_UNIT),
		limit,
		max_borrow: u128::MAX,
	}
}

fn any_price() -> Price {
	Price::from_raw(u128::MAX)
}

#[test]
fn a_user_of_another_chain_should_deposit_and_open_in_one_message() {
	stage(|| {
		let before = at_home();
		execute(send_and_act(BTC_UNIT, 100 * MRG, 50 * MRG, open_long(BTC, any_price())));

		assert_eq!(last_message(), Ok(()));
		assert_told!(RuntimeEvent::Margin(MarginEvent::Deposited { owner, asset: BTC, .. }) if *owner == trader());
		assert_eq!(before - at_home(), BTC_UNIT);
		assert_eq!(came_in(BTC), BTC_UNIT);
		assert_eq!(held(BTC), BTC_UNIT as i128);
		assert_eq!(held(ETH), 10 * ETH_UNIT as i128);
		assert!(held(USDC) < -2_000 * USDC_UNIT as i128, "{}", held(USDC));
		assert_eq!(wallet(BTC), 0);
		assert!(wallet(NATIVE) > 50 * MRG, "what is left of the fees is his");
	});
}

#[test]
fn the_users_account_should_be_his_alone() {
	stage(|| {
		let other = OTHER;
		let location = xcm::latest::Location::new(1, [xcm::latest::Junction::Parachain(INTEGRATOR), account(&other)]);
		let everybody = [
			trader(),
			account_of(&location),
			account_of(&user_of(sibling::STRANGER)),
			account_of(&para(INTEGRATOR)),
			account_of(&para(sibling::STRANGER)),
			USER,
		];
		for (i, one) in everybody.iter().enumerate() {
			assert!(everybody.iter().skip(i + 1).all(|another| another != one));
		}
	});
}

#[test]
fn a_call_that_fails_should_leave_what_came_in_the_users_account() {
	stage(|| {
		let cheap = Price::from_raw(1);
		execute(send_and_act(BTC_UNIT, 100 * MRG, 50 * MRG, open_long(BTC, cheap)));

		assert_eq!(last_message(), Err(xcm::latest::Error::ExpectationFalse));
		assert_eq!(came_in(BTC), BTC_UNIT);
		assert_eq!(wallet(BTC), BTC_UNIT);
		assert!(wallet(NATIVE) > 50 * MRG);
		assert_eq!((held(BTC), held(ETH), held(USDC)), (0, 0, 0));

		// What is there serves another try.
		send(follow_up(
			(xcm::latest::Location::here(), 20 * MRG),
			open_long(BTC, any_price()),
		));
		assert_eq!(last_message(), Ok(()));
		assert_eq!(held(BTC), BTC_UNIT as i128);
		assert_eq!(held(ETH), 10 * ETH_UNIT as i128);
	});
}

#[test]
fn usdc_of_the_asset_hub_should_open_a_position_in_two_messages() {
	stage(|| {
		execute_on_hub(usdc_to_account(10_000 * USDC_UNIT, 100 * USDC_UNIT));
		assert_eq!(last_message(), Ok(()));
		assert_eq!(
			came_in(USDC),
			10_000 * USDC_UNIT,
			"what bought the fee went to the market"
		);
		let arrived = wallet(USDC);
		assert!(arrived > 9_900 * USDC_UNIT && arrived < 10_000 * USDC_UNIT, "{arrived}");
		assert_eq!(usdc_on_hub(&margins_own()), 10_000 * USDC_UNIT);

		// The account needs some of the native token for the deposit that an account costs.
		execute(send_and_act(0, 100 * MRG, 50 * MRG, open_long(USDC, any_price())));
		assert_eq!(last_message(), Ok(()));
		assert_eq!(held(ETH), 10 * ETH_UNIT as i128);
		assert!(held(USDC) < arrived as i128 - 2_000 * USDC_UNIT as i128);
		assert_eq!(wallet(USDC), 0);
	});
}
