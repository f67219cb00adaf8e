//! What other chains cannot do, on small chains with the production types, and why each attempt fails.

use margin_xcm_tests::{messages::*, network::USER, simulated::*};
use xcm::latest::prelude::*;
use xcm_simulator::TestExt;

fn pay() -> Vec<Instruction<()>> {
	let fee: Asset = (Here, 100_000u128).into();
	vec![WithdrawAsset(fee.clone().into()), PayFees { asset: fee }]
}

fn with(mut program: Vec<Instruction<()>>, more: Vec<Instruction<()>>) -> Xcm<()> {
	program.extend(more);
	Xcm(program)
}

fn transact(call: impl Into<RuntimeCall>) -> Vec<Instruction<()>> {
	use codec::Encode;
	vec![
		Transact {
			origin_kind: OriginKind::SovereignAccount,
			fallback_max_weight: None,
			call: call.into().encode().into(),
		},
		ExpectTransactStatus(MaybeErrorCode::Success),
	]
}

/// Half of the sender's native tokens to nobody.
fn give_away() -> Vec<Instruction<()>> {
	transact(pallet_balances::Call::transfer_keep_alive {
		dest: AccountId::new([7; 32]),
		value: PURSE / 2,
	})
}

fn given_away() -> bool {
	Margin::execute_with(|| Balances::free_balance(AccountId::new([7; 32])) > 0)
}

fn by_integrator(interior: impl Into<InteriorLocation>, program: Xcm<()>) -> Option<XcmError> {
	outcome_of(|| Integrator::execute_with(sent_by(interior, program)))
}

fn by_stranger(interior: impl Into<InteriorLocation>, program: Xcm<()>) -> Option<XcmError> {
	outcome_of(|| Stranger::execute_with(sent_by(interior, program)))
}

#[test]
fn a_user_should_act_for_himself() {
	Network::reset();
	assert_eq!(by_integrator(account(&USER), with(pay(), give_away())), None);
	assert!(given_away());
}

#[test]
fn another_chain_should_not_speak_for_a_user_of_this_one() {
	Network::reset();
	let mut forged = pay();
	forged.push(AliasOrigin(user_of(INTEGRATOR)));
	assert_eq!(
		by_stranger(Here, with(forged, give_away())),
		Some(XcmError::NoPermission)
	);
	assert!(!given_away());

	// What it says of its own user is believed, and is about another account.
	let before = Margin::execute_with(|| Balances::free_balance(account_of(&user_of(INTEGRATOR))));
	assert_eq!(by_stranger(account(&USER), with(pay(), give_away())), None);
	let after = Margin::execute_with(|| Balances::free_balance(account_of(&user_of(INTEGRATOR))));
	assert_eq!(before, after);
}

#[test]
fn a_user_should_not_speak_for_his_chain() {
	Network::reset();
	let mut forged = pay();
	forged.push(AliasOrigin(para(INTEGRATOR)));
	assert_eq!(
		by_integrator(account(&USER), with(forged, give_away())),
		Some(XcmError::NoPermission)
	);
	assert!(!given_away());
}

#[test]
fn a_call_beside_those_that_are_reached_should_be_refused() {
	Network::reset();
	let remark = transact(frame_system::Call::remark { remark: vec![] });
	assert_eq!(
		by_integrator(account(&USER), with(pay(), remark)),
		Some(XcmError::NoPermission)
	);
	let subscribe = transact(pallet_xcm::Call::force_subscribe_version_notify {
		location: Box::new(para(STRANGER).into()),
	});
	assert_eq!(
		by_integrator(account(&USER), with(pay(), subscribe)),
		Some(XcmError::NoPermission)
	);
	// Root's alone.
	let suspend = transact(pallet_xcm::Call::force_suspension { suspended: true });
	assert_eq!(
		by_integrator(account(&USER), with(pay(), suspend)),
		Some(XcmError::ExpectationFalse)
	);
}

#[test]
fn a_message_that_nobody_pays_for_should_not_be_executed() {
	Network::reset();
	assert_eq!(by_integrator(account(&USER), Xcm(give_away())), Some(XcmError::Barrier));
	let unpaid = UnpaidExecution {
		weight_limit: Unlimited,
		check_origin: None,
	};
	assert_eq!(
		by_integrator(Here, with(vec![unpaid], give_away())),
		Some(XcmError::Barrier)
	);
	assert!(!given_away());
}

fn kept(token: Location) -> Xcm<()> {
	let own = AssetId(Here.into());
	let rest = DepositAsset {
		assets: Wild(AllOf {
			id: own,
			fun: WildFungible,
		}),
		beneficiary: para(INTEGRATOR),
	};
	with(
		pay(),
		vec![ReserveAssetDeposited((token, PURSE / 2).into()), RefundSurplus, rest],
	)
}

#[test]
fn a_token_should_be_taken_from_the_chain_that_keeps_it_alone() {
	Network::reset();
	let wrong = Some(XcmError::UntrustedReserveLocation);
	assert_eq!(by_stranger(Here, kept(para(INTEGRATOR))), wrong);
	assert_eq!(by_stranger(Here, kept(Location::here())), wrong);
	assert_eq!(by_integrator(Here, kept(oddity_abroad())), wrong);
	assert_eq!(issued(), 0);
	assert_eq!(by_integrator(Here, kept(para(INTEGRATOR))), None);
}

#[test]
fn nothing_should_be_teleported() {
	Network::reset();
	for token in [para(INTEGRATOR), Location::here()] {
		let teleported = with(pay(), vec![ReceiveTeleportedAsset((token, PURSE).into())]);
		assert_eq!(
			by_integrator(Here, teleported),
			Some(XcmError::UntrustedTeleportLocation)
		);
	}
	assert_eq!(issued(), 0);
}

#[test]
fn what_is_beyond_the_cap_should_not_be_issued() {
	Network::reset();
	let brought = |amount: u128| {
		let mut program = pay();
		program.push(ReserveAssetDeposited((para(INTEGRATOR), amount).into()));
		program.push(DepositAsset {
			assets: AllCounted(1).into(),
			beneficiary: user_of(INTEGRATOR),
		});
		Xcm(program)
	};
	assert!(by_integrator(Here, brought(PURSE + 1)).is_some());
	assert_eq!(issued(), 0);
	assert_eq!(by_integrator(Here, brought(PURSE)), None);
	assert_eq!(issued(), PURSE);
}

#[test]
fn what_was_trapped_should_be_claimed_once() {
	Network::reset();
	assert_eq!(by_integrator(Here, kept(para(INTEGRATOR))), None);
	let claim = || {
		let mut program = pay();
		program.push(ClaimAsset {
			assets: (para(INTEGRATOR), PURSE / 2).into(),
			ticket: Here.into(),
		});
		program.push(DepositAsset {
			assets: AllCounted(1).into(),
			beneficiary: user_of(INTEGRATOR),
		});
		Xcm(program)
	};
	assert_eq!(by_stranger(Here, claim()), Some(XcmError::UnknownClaim));
	assert_eq!(by_integrator(Here, claim()), None);
	assert_eq!(by_integrator(Here, claim()), Some(XcmError::UnknownClaim));
	assert_eq!(issued(), PURSE / 2);
}
