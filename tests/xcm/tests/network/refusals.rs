//! What other chains cannot do.

use margin_xcm_tests::{
	margin::{self, units::*, RuntimeCall},
	messages::*,
	network::*,
	sibling::{self, INTEGRATOR, STRANGER},
	stage::*,
};
use pallet_margin::Call as MarginCall;
use xcm::latest::prelude::*;

fn mrg() -> (Location, u128) {
	(Location::here(), 20 * MRG_UNIT)
}

fn take_all() -> MarginCall<margin::Runtime> {
	MarginCall::withdraw {
		sub: 0,
		asset: BTC,
		amount: BTC_UNIT,
	}
}

/// A call by the origin that the program has when it comes to it.
fn as_whoever(before: Vec<Instruction<()>>, call: impl Into<RuntimeCall>) -> Xcm<()> {
	let mut program = before;
	program.push(Transact {
		origin_kind: OriginKind::SovereignAccount,
		fallback_max_weight: None,
		call: encoded(call),
	});
	program.push(ExpectTransactStatus(MaybeErrorCode::Success));
	Xcm(program)
}

fn pay(fee: u128) -> Vec<Instruction<()>> {
	let fee: Asset = (Here, fee).into();
	vec![WithdrawAsset(fee.clone().into()), PayFees { asset: fee }]
}

/// The other chain and its user have native tokens on the margin chain, to pay for their attempts.
fn fund_the_stranger() {
	for who in [para(STRANGER), user_of(STRANGER)] {
		let gift = pallet_balances::Call::transfer_keep_alive {
			dest: account_of(&who).into(),
			value: 1_000 * MRG_UNIT,
		};
		let alice = margin::genesis_presets::account("//Alice");
		assert_eq!(on_margin(|| margin::signed(alice, gift)), Ok(()));
	}
}

fn nothing_was_touched() {
	assert_eq!(held(BTC), BTC_UNIT as i128);
	assert_eq!(wallet(BTC), 0);
}

#[test]
fn another_chain_should_not_speak_for_a_user_of_this_one() {
	stage(|| {
		with_collateral();
		fund_the_stranger();

		// It names him as its alias.
		let mut forged = pay(20 * MRG_UNIT);
		forged.push(AliasOrigin(user_of(INTEGRATOR)));
		send_as_stranger(as_whoever(forged, take_all()));
		assert_eq!(last_message(), Err(XcmError::NoPermission));
		nothing_was_touched();

		// It descends to a user with the same key: that is another account.
		send_from_stranger(as_whoever(pay(20 * MRG_UNIT), take_all()));
		assert_eq!(last_message(), Err(XcmError::ExpectationFalse));
		nothing_was_touched();

		// It pays from his account.
		let mut forged = vec![DescendOrigin(account(&USER).into())];
		forged.extend(pay(20 * MRG_UNIT));
		let mrg_before = wallet(NATIVE);
		send_as_stranger(as_whoever(forged, take_all()));
		assert_eq!(wallet(NATIVE), mrg_before);
		nothing_was_touched();
	});
}

#[test]
fn a_chains_own_account_should_not_be_its_users() {
	stage(|| {
		with_collateral();
		send_as_integrator(as_whoever(pay(20 * MRG_UNIT), take_all()));
		assert_eq!(last_message(), Err(XcmError::ExpectationFalse));
		nothing_was_touched();
	});
}

#[test]
fn a_user_should_not_reach_what_his_chain_keeps() {
	stage(|| {
		with_collateral();
		let kept = account_of(&para(INTEGRATOR));
		let before = margin(|| margin::wallet(NATIVE, &kept));
		send(Xcm(pay(1_000 * MRG_UNIT)));
		assert_eq!(
			last_message(),
			Err(XcmError::FailedToTransactAsset("")),
			"his own account has not so much"
		);
		assert_eq!(margin(|| margin::wallet(NATIVE, &kept)), before);
	});
}

#[test]
fn calls_beside_trading_should_be_refused() {
	stage(|| {
		with_collateral();
		let inner: RuntimeCall = take_all().into();
		let calls: Vec<RuntimeCall> = vec![
			frame_system::Call::remark { remark: vec![] }.into(),
			pallet_utility::Call::batch {
				calls: vec![inner.clone()],
			}
			.into(),
			pallet_utility::Call::as_derivative {
				index: 0,
				call: Box::new(inner.clone()),
			}
			.into(),
			pallet_sudo::Call::sudo { call: Box::new(inner) }.into(),
			pallet_xcm::Call::force_subscribe_version_notify {
				location: Box::new(para(STRANGER).into()),
			}
			.into(),
		];
		for call in calls {
			send(follow_up(mrg(), call.clone()));
			assert_eq!(last_message(), Err(XcmError::NoPermission), "{call:?}");
			nothing_was_touched();
		}
	});
}

#[test]
fn calls_of_root_should_be_refused_to_users_and_to_their_chains() {
	stage(|| {
		with_collateral();
		let calls: Vec<RuntimeCall> = vec![
			frame_system::Call::authorize_upgrade {
				code_hash: Default::default(),
			}
			.into(),
			pallet_xcm::Call::force_default_xcm_version {
				maybe_xcm_version: Some(1),
			}
			.into(),
			pallet_gateway::Call::recount {
				asset: BTC,
				issuance: 0,
			}
			.into(),
			pallet_risk_feed::Call::set_publisher { publisher: None }.into(),
		];
		for call in calls {
			send(follow_up(mrg(), call.clone()));
			assert_eq!(last_message(), Err(XcmError::ExpectationFalse), "{call:?}");
			send_as_integrator(as_whoever(pay(20 * MRG_UNIT), call.clone()));
			assert_eq!(last_message(), Err(XcmError::ExpectationFalse), "{call:?}");
			nothing_was_touched();
		}
		assert!(margin(|| margin::System::authorized_upgrade().is_none()));
	});
}

#[test]
fn a_message_that_nobody_pays_for_should_not_be_executed() {
	stage(|| {
		with_collateral();
		send(as_whoever(vec![], take_all()));
		assert_eq!(last_message(), Err(XcmError::Barrier));
		let unpaid = UnpaidExecution {
			weight_limit: Unlimited,
			check_origin: None,
		};
		send(as_whoever(vec![unpaid.clone()], take_all()));
		assert_eq!(last_message(), Err(XcmError::Barrier));
		send_as_integrator(as_whoever(vec![unpaid], take_all()));
		assert_eq!(last_message(), Err(XcmError::Barrier));
		nothing_was_touched();
	});
}

/// `amount` of a token is said to be kept by whoever sends the message.
fn kept(token: Location, amount: u128) -> Xcm<()> {
	let all: Asset = (token, amount).into();
	let mut program = vec![ReserveAssetDeposited(all.clone().into()), PayFees { asset: all }];
	program.extend(keep_all());
	Xcm(program)
}

#[test]
fn a_token_should_be_taken_from_the_chain_that_keeps_it_alone() {
	stage(|| {
		for token in [
			para(INTEGRATOR),
			sibling::usdc_abroad(),
			Location::here(),
			oddity_abroad(),
		] {
			send_as_stranger(kept(token, 1_000_000_000_000));
			assert_eq!(last_message(), Err(XcmError::UntrustedReserveLocation));
		}
		// Nor does the integrator's chain vouch for what the Asset Hub keeps, or for this chain's own.
		for token in [sibling::usdc_abroad(), Location::here()] {
			send_as_integrator(kept(token, 1_000_000_000_000));
			assert_eq!(last_message(), Err(XcmError::UntrustedReserveLocation));
		}
		assert_eq!((came_in(BTC), came_in(USDC)), (0, 0));
	});
}

#[test]
fn nothing_should_be_teleported() {
	stage(|| {
		let mrg_before = margin(|| margin::issued(NATIVE));
		for token in [para(INTEGRATOR), Location::here()] {
			let all: Asset = (token, 1_000_000_000_000u128).into();
			let mut program = vec![ReceiveTeleportedAsset(all.clone().into()), PayFees { asset: all }];
			program.extend(keep_all());
			send_as_integrator(Xcm(program));
			assert_eq!(last_message(), Err(XcmError::UntrustedTeleportLocation));
		}
		assert_eq!(came_in(BTC), 0);
		assert!(margin(|| margin::issued(NATIVE)) <= mrg_before);
	});
}

#[test]
fn the_relay_chains_governance_should_be_heard_without_paying() {
	stage(|| {
		let program = Xcm(vec![
			UnpaidExecution {
				weight_limit: Unlimited,
				check_origin: None,
			},
			Transact {
				origin_kind: OriginKind::Superuser,
				fallback_max_weight: None,
				call: encoded(frame_system::Call::authorize_upgrade {
					code_hash: Default::default(),
				}),
			},
			ExpectTransactStatus(MaybeErrorCode::Success),
		]);
		send_down(program);
		assert_eq!(last_message(), Ok(()));
		assert!(margin(|| margin::System::authorized_upgrade().is_some()));
	});
}
