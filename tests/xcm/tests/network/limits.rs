//! What a neighbour that breaks can carry off.

use frame_support::assert_noop;
use margin_xcm_tests::{
	margin::{self, units::*},
	messages::*,
	network::*,
	sibling::{self, ASSET_HUB, INTEGRATOR},
	stage::*,
};
use pallet_margin::Call as MarginCall;
use xcm::latest::prelude::*;
use xcm_emulator::TestExt;

type GatewayError = pallet_gateway::Error<margin::Runtime>;

/// The integrator's chain mints a billion of its own token for its user.
fn mint_a_billion() {
	IntegratorPara::execute_with(|| {
		let minted =
			sibling::Balances::force_set_balance(sibling::RuntimeOrigin::root(), USER, 1_000_000_000 * BTC_UNIT);
		assert_eq!(minted, Ok(()));
	});
}

fn usdc_out(dollars: u128) -> sp_runtime::DispatchResult {
	as_trader(withdraw_to(USDC, Some(dollars * USDC_UNIT), ASSET_HUB, &USER))
}

#[test]
fn a_minted_billion_should_carry_off_no_more_than_the_cap_and_the_limit() {
	stage(|| {
		// Others have brought USDC, which is what there is to carry off.
		with_usdc(9_000_000 * USDC_UNIT);
		let before = usdc_on_hub(&USER);
		mint_a_billion();

		let fee = BTC_UNIT / 100;
		execute(send_own(900_000_000 * BTC_UNIT, fee, keep_all()));
		assert_eq!(
			last_message(),
			Err(xcm::latest::Error::FailedToTransactAsset("")),
			"beyond the cap"
		);
		assert_eq!(wallet(BTC), 0);
		assert!(came_in(BTC) <= fee);

		execute(send_own(CAP / 2, fee, keep_all()));
		assert_eq!(last_message(), Ok(()));
		let amount = wallet(BTC);
		assert_eq!(
			as_trader(MarginCall::deposit {
				sub: 0,
				asset: BTC,
				amount
			}),
			Ok(())
		);

		assert_eq!(usdc_out(1_000_001), Err(GatewayError::RouteLimitReached.into()));
		assert_eq!(usdc_out(600_000), Ok(()));
		assert_eq!(usdc_out(500_000), Err(GatewayError::RouteLimitReached.into()));
		assert_eq!(usdc_out(390_000), Ok(()));
		assert_eq!(usdc_out(20_000), Err(GatewayError::RouteLimitReached.into()));
		settle();
		let carried = usdc_on_hub(&USER) - before;
		assert!(
			carried > 980_000 * USDC_UNIT && carried <= 1_000_000 * USDC_UNIT,
			"{carried}"
		);

		// A quarter of a day later a quarter of the limit is free again.
		margin::wait(DAY / 4);
		for _ in 0..10 {
			on_margin(|| ());
		}
		assert_eq!(usdc_out(270_000), Err(GatewayError::RouteLimitReached.into()));
		assert_eq!(usdc_out(240_000), Ok(()));
	});
}

#[test]
fn the_limit_should_hold_for_transfers_of_the_wallet_too() {
	stage(|| {
		execute_on_hub(usdc_to_account(3_000_000 * USDC_UNIT, 100 * USDC_UNIT));
		with_collateral();
		let out = |dollars: u128| {
			let usdc = Assets::from(Asset::from((sibling::usdc_abroad(), dollars * USDC_UNIT)));
			on_margin(|| {
				margin::signed(
					trader(),
					pallet_xcm::Call::transfer_assets {
						dest: Box::new(para(ASSET_HUB).into()),
						beneficiary: Box::new(Location::new(0, [account(&USER)]).into()),
						assets: Box::new(usdc.into()),
						fee_asset_item: 0,
						weight_limit: Unlimited,
					},
				)
			})
		};
		assert!(out(1_100_000).is_err());
		assert_eq!(out(900_000), Ok(()));
		assert!(out(200_000).is_err());
		let left = wallet(USDC);
		assert!(left > 2_099_000 * USDC_UNIT, "{left}");
	});
}

#[test]
fn nothing_should_leave_over_a_paused_route_or_where_there_is_none() {
	stage(|| {
		with_collateral();
		let pause = || pallet_gateway::Call::pause_route {
			destination: Box::new(para(INTEGRATOR).into()),
		};
		on_margin(|| margin::root(pause()));
		let out = || as_trader(withdraw_to(BTC, Some(BTC_UNIT / 2), INTEGRATOR, &USER));
		assert_eq!(out(), Err(GatewayError::RoutePaused.into()));
		assert_eq!(held(BTC), BTC_UNIT as i128);

		on_margin(|| {
			margin::root(pallet_gateway::Call::resume_route {
				destination: Box::new(para(INTEGRATOR).into()),
			})
		});
		assert_eq!(out(), Ok(()));
		settle();
		assert_eq!(flights(), vec![]);

		on_margin(|| {
			margin::root(pallet_gateway::Call::close_route {
				destination: Box::new(para(INTEGRATOR).into()),
			})
		});
		assert_eq!(out(), Err(GatewayError::NoRoute.into()));
	});
}

#[test]
fn what_was_issued_past_the_gate_should_stop_the_token_from_leaving() {
	stage(|| {
		with_collateral();
		let alice = margin::genesis_presets::account("//Alice");
		on_margin(|| {
			assert_eq!(margin::mint(BTC, &alice, 1_000 * BTC_UNIT), Ok(()));
			assert_noop!(
				margin::signed(trader(), withdraw_to(BTC, None, INTEGRATOR, &USER)),
				GatewayError::IssuanceMismatch
			);
		});
		// The integrator's chain makes good, and governance finds the mint to be right.
		IntegratorPara::execute_with(|| {
			let backed = 1_001 * BTC_UNIT;
			let root = sibling::RuntimeOrigin::root();
			assert_eq!(
				sibling::Balances::force_set_balance(root, margins_own(), backed),
				Ok(())
			);
		});
		on_margin(|| {
			let issuance = margin::issued(BTC);
			margin::root(pallet_gateway::Call::recount { asset: BTC, issuance });
		});
		assert_eq!(
			as_trader(withdraw_to(BTC, Some(BTC_UNIT / 2), INTEGRATOR, &USER)),
			Ok(())
		);
	});
}

#[test]
fn in_safe_mode_nothing_should_leave_and_what_comes_should_arrive() {
	stage(|| {
		with_collateral();
		on_margin(|| margin::root(pallet_safe_mode::Call::force_enter {}));
		let (mrg, btc) = (wallet(NATIVE), wallet(BTC));
		send(native_home(100 * MRG_UNIT, 10 * MRG_UNIT));
		assert_eq!(last_message(), Err(xcm::latest::Error::Transport("")));
		let trap = trapped();
		assert!(
			units(&trap) + wallet(NATIVE) >= mrg - 10 * MRG_UNIT,
			"what was to leave is here"
		);
		send(follow_up(
			(Location::here(), 20 * MRG_UNIT),
			withdraw_to(BTC, None, INTEGRATOR, &USER),
		));
		assert_eq!(last_message(), Err(xcm::latest::Error::ExpectationFalse));
		assert_eq!(held(BTC), BTC_UNIT as i128);

		execute(send_own(BTC_UNIT, BTC_UNIT / 100, keep_all()));
		assert_eq!(last_message(), Ok(()));
		assert!(wallet(BTC) > btc + BTC_UNIT * 98 / 100);

		on_margin(|| margin::root(pallet_safe_mode::Call::force_exit {}));
		send(claim(trap, (Location::here(), 10 * MRG_UNIT)));
		assert_eq!(last_message(), Ok(()));
		send(native_home(100 * MRG_UNIT, 10 * MRG_UNIT));
		assert_eq!(last_message(), Ok(()));
	});
}
