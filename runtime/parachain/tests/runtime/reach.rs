//! What a `Transact` of another chain reaches.

use crate::chain::preset;
use codec::Encode;
use frame_support::traits::{Contains, GetCallMetadata};
use margin_parachain_runtime::{xcm_config::XcmConfig, *};
use margin_runtime_common::xcm::{Reachable, REACHABLE, ROOT_REACHABLE};
use xcm::latest::prelude::*;
use xcm_executor::XcmExecutor;

#[test]
fn every_call_that_is_named_should_exist() {
	for (pallet, calls) in REACHABLE.iter().chain(ROOT_REACHABLE) {
		let known = RuntimeCall::get_call_names(pallet);
		for call in *calls {
			assert!(known.contains(call), "{pallet}.{call} is not a call of this runtime");
		}
	}
}

#[test]
fn no_call_that_dispatches_another_should_be_reached() {
	let inner = || Box::new(RuntimeCall::from(frame_system::Call::remark { remark: vec![] }));
	let nested: [RuntimeCall; 4] = [
		pallet_utility::Call::batch_all { calls: vec![] }.into(),
		pallet_sudo::Call::sudo { call: inner() }.into(),
		pallet_proxy::Call::proxy {
			real: sp_keyring::Sr25519Keyring::Alice.to_account_id().into(),
			force_proxy_type: None,
			call: inner(),
		}
		.into(),
		*inner(),
	];
	preset("development", || {
		for call in &nested {
			assert!(!Reachable::contains(call), "{call:?}");
		}
	});
}

/// What an XCM program with one `Transact` comes to.
fn transact(from: Location, kind: OriginKind, call: impl Into<RuntimeCall>) -> Outcome {
	let program = Xcm(vec![
		UnpaidExecution {
			weight_limit: Unlimited,
			check_origin: None,
		},
		Transact {
			origin_kind: kind,
			fallback_max_weight: None,
			call: call.into().encode().into(),
		},
		ExpectTransactStatus(MaybeErrorCode::Success),
	]);
	let hash = program.using_encoded(sp_io::hashing::blake2_256);
	XcmExecutor::<XcmConfig>::prepare_and_execute(from, program, &mut { hash }, Weight::MAX, Weight::zero())
}

#[test]
fn the_relay_chains_governance_should_reach_what_only_root_may_do() {
	let calls: [RuntimeCall; 4] = [
		pallet_risk_feed::Call::set_publisher { publisher: None }.into(),
		pallet_safe_mode::Call::force_enter {}.into(),
		pallet_collator_selection::Call::set_desired_candidates { max: 3 }.into(),
		cumulus_pallet_xcmp_queue::Call::suspend_xcm_execution {}.into(),
	];
	preset("local_testnet", || {
		for call in &calls {
			let outcome = transact(Location::parent(), OriginKind::Superuser, call.clone());
			assert!(matches!(outcome, Outcome::Complete { .. }), "{call:?}: {outcome:?}");
			let outcome = transact(Location::parent(), OriginKind::SovereignAccount, call.clone());
			assert!(matches!(outcome, Outcome::Incomplete { .. }), "{call:?}: {outcome:?}");
		}
	});
}
