//! What a `Transact` of another chain reaches.

use crate::chain::preset;
use frame_support::traits::{Contains, GetCallMetadata};
use margin_parachain_runtime::*;
use margin_runtime_common::xcm::{Reachable, REACHABLE};

#[test]
fn every_call_that_is_named_should_exist() {
	for (pallet, calls) in REACHABLE {
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
