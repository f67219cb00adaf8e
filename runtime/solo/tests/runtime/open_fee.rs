//! What a trader pays who has no native tokens to spare.

use frame_support::traits::fungible::Inspect;
use margin_math::Price;
use margin_runtime::{order::ChargeInOrder, units::*, *};
use margin_scenarios::{chain::*, stage::*};
use pallet_margin::{Call as MarginCall, Direction, Size};

#[test]
fn a_trader_should_pay_for_opening_a_position_in_usdc() {
	development(|| {
		fed(&FIRST_PRICES);
		let dave = genesis_presets::account("//Dave");
		let collateral = 10_000 * USDC_UNIT;
		let open = MarginCall::open {
			sub: 0,
			collateral: Some((USDC, collateral)),
			direction: Direction::Long,
			asset: BTC,
			against: USDC,
			size: Size::Amount(5 * BTC_UNIT),
			limit: Price::from_raw(u128::MAX),
			max_borrow: u128::MAX,
		};
		let (usdc, mrg, issued) = (
			wallet("//Dave", USDC),
			Balances::total_balance(&dave),
			Balances::total_issuance(),
		);
		block(vec![signed_paying("//Dave", open, ChargeInOrder::tip_in(USDC, 0))]);
		assert_eq!(amount("//Dave", BTC), 5 * BTC_UNIT as i128);
		// What is held for the account is still Dave's.
		assert_eq!(Balances::total_balance(&dave), mrg);
		let (fee, burnt) = (
			usdc - wallet("//Dave", USDC) - collateral,
			issued - Balances::total_issuance(),
		);
		// MRG starts at a dollar.
		let fair = burnt * USDC_UNIT / MRG_UNIT;
		assert!(fee > fair && fee <= fair + fair / 100 + 2, "{fee} for {fair}");
	});
}
