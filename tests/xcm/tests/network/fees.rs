//! What messages cost, and in what.

use margin_xcm_tests::{
	margin::{self, units::*},
	messages::*,
	sibling::INTEGRATOR,
	stage::*,
};
use pallet_margin::Call as MarginCall;
use xcm::latest::prelude::*;

fn deposit() -> MarginCall<margin::Runtime> {
	MarginCall::deposit {
		sub: 0,
		asset: BTC,
		amount: BTC_UNIT / 10,
	}
}

#[test]
fn a_fee_should_be_paid_in_the_native_token_and_the_surplus_returned() {
	stage(|| {
		with_collateral();
		let issued = margin(|| margin::issued(NATIVE));
		let before = wallet(NATIVE);
		let repay = MarginCall::withdraw {
			sub: 0,
			asset: BTC,
			amount: BTC_UNIT / 10,
		};
		send(follow_up((Location::here(), 100 * MRG_UNIT), repay));
		assert_eq!(last_message(), Ok(()));
		let paid = before - wallet(NATIVE);
		assert!(paid > 0 && paid < 10 * MRG_UNIT, "{paid}");
		assert_eq!(issued - margin(|| margin::issued(NATIVE)), paid, "the fee is burnt");
	});
}

#[test]
fn a_fee_should_be_paid_in_usdc() {
	stage(|| {
		execute_on_hub(usdc_to_account(1_000 * USDC_UNIT, 100 * USDC_UNIT));
		let paid = 1_000 * USDC_UNIT - wallet(USDC);
		assert!(paid > 0 && paid < 10 * USDC_UNIT, "{paid}");
	});
}

#[test]
fn a_fee_should_be_paid_in_any_asset_that_has_a_market() {
	stage(|| {
		execute(send_own(BTC_UNIT, BTC_UNIT / 100, keep_all()));
		assert_eq!(last_message(), Ok(()));
		let paid = BTC_UNIT - wallet(BTC);
		assert!(paid > 0 && paid < BTC_UNIT / 1_000, "{paid}");
		assert_eq!(came_in(BTC), BTC_UNIT, "what the market took is still issued");

		with_native(100 * MRG_UNIT);
		send(follow_up((para(INTEGRATOR), BTC_UNIT / 100), deposit()));
		assert_eq!(last_message(), Ok(()));
		assert_eq!(held(BTC), BTC_UNIT as i128 / 10);
	});
}

#[test]
fn a_market_away_from_the_oracle_should_sell_no_fee() {
	stage(|| {
		margin::set_price(BTC, 789_466 * 80 / 100);
		for _ in 0..10 {
			on_margin(|| ());
		}
		execute(send_own(BTC_UNIT, BTC_UNIT / 100, keep_all()));
		assert_eq!(last_message(), Err(xcm::latest::Error::TooExpensive));
		assert_eq!(wallet(BTC), 0);
		// When the two agree again, what was trapped is claimed.
		margin::set_price(BTC, 789_466);
		for _ in 0..10 {
			on_margin(|| ());
		}
		let trap = trapped();
		send_as_integrator(claim(trap, (para(INTEGRATOR), BTC_UNIT / 100)));
		assert_eq!(last_message(), Ok(()));
		assert!(wallet(BTC) > 0);
	});
}

#[test]
fn a_token_without_a_market_should_pay_no_fee() {
	stage(|| {
		on_margin(|| {
			margin::root(margin::new_asset(99));
			margin::root(pallet_gateway::Call::register {
				asset: 99,
				location: Box::new(oddity_abroad().into()),
				reserve: Box::new(para(INTEGRATOR).into()),
				cap: 1_000_000_000,
			});
		});
		execute(send_with_fee((oddity(), 500_000u128).into(), vec![], keep_all()));
		assert_eq!(last_message(), Err(xcm::latest::Error::TooExpensive));
		assert_eq!(margin(|| margin::wallet(99, &trader())), 0);

		// With a fee that has a market it comes.
		let fee = (Here, BTC_UNIT / 100).into();
		execute(send_with_fee(fee, vec![(oddity(), 400_000u128).into()], keep_all()));
		assert_eq!(last_message(), Ok(()));
		assert_eq!(margin(|| margin::wallet(99, &trader())), 400_000);
	});
}

#[test]
fn a_fee_that_is_too_small_should_be_refused() {
	stage(|| {
		execute(send_own(BTC_UNIT, 1, keep_all()));
		assert_eq!(last_message(), Err(xcm::latest::Error::TooExpensive));
		assert_eq!((wallet(BTC), came_in(BTC)), (0, 0));
	});
}

#[test]
fn a_user_without_native_tokens_should_buy_some_with_what_he_sends() {
	stage(|| {
		let mut remote = vec![ExchangeAsset {
			give: Definite((para(INTEGRATOR), BTC_UNIT / 50).into()),
			want: (Here, 50 * MRG_UNIT).into(),
			maximal: false,
		}];
		remote.extend(act(user_of(INTEGRATOR), deposit()).0);
		execute(send_own(BTC_UNIT, BTC_UNIT / 100, remote));
		assert_eq!(last_message(), Ok(()));
		assert_eq!(held(BTC), BTC_UNIT as i128 / 10);
		assert!(wallet(NATIVE) > 0);
		assert!(wallet(BTC) > BTC_UNIT * 8 / 10, "{}", wallet(BTC));
		assert_eq!(came_in(BTC), BTC_UNIT);
	});
}

/// The trader gets native tokens from somebody on the margin chain.
fn with_native(amount: u128) {
	let gift = pallet_balances::Call::transfer_keep_alive {
		dest: trader().into(),
		value: amount,
	};
	let alice = margin::genesis_presets::account("//Alice");
	assert_eq!(on_margin(|| margin::signed(alice, gift)), Ok(()));
}
