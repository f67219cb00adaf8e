//! # How a chain starts
//!
//! Two presets for development, with the same [`economy`]: [`DEV_RUNTIME_PRESET`] has one validator, Alice,
//! [`LOCAL_TESTNET_RUNTIME_PRESET`] has four. Alice is root in both.

// Presets are read when a chain is made, never in a block.
#![allow(clippy::expect_used)]

pub use crate::economy::{account, MAKER, OPERATORS, SUPPLIER};

use crate::{economy, AccountId, AuraConfig, GrandpaConfig, RuntimeGenesisConfig, SudoConfig};
use alloc::{vec, vec::Vec};
use frame_support::build_struct_json_patch;
use sp_genesis_builder::{PresetId, DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET};
use sp_keyring::{Ed25519Keyring, Sr25519Keyring};

/// Who may issue the assets: the market maker, so that a development chain never runs short.
pub fn issuer() -> AccountId {
	account(MAKER)
}

/// The genesis with the given validators.
fn genesis(validators: Vec<(Sr25519Keyring, Ed25519Keyring)>) -> serde_json::Value {
	economy::genesis(build_struct_json_patch!(RuntimeGenesisConfig {
		aura: AuraConfig {
			authorities: validators.iter().map(|(aura, _)| aura.public().into()).collect()
		},
		grandpa: GrandpaConfig {
			authorities: validators
				.iter()
				.map(|(_, grandpa)| (grandpa.public().into(), 1))
				.collect()
		},
		sudo: SudoConfig {
			key: Some(Sr25519Keyring::Alice.to_account_id())
		},
	}))
}

/// The preset called `id`, if there is one, as a JSON patch of the default genesis.
pub fn get_preset(id: &PresetId) -> Option<Vec<u8>> {
	let patch = match id.as_ref() {
		DEV_RUNTIME_PRESET => genesis(vec![(Sr25519Keyring::Alice, Ed25519Keyring::Alice)]),
		LOCAL_TESTNET_RUNTIME_PRESET => genesis(vec![
			(Sr25519Keyring::Alice, Ed25519Keyring::Alice),
			(Sr25519Keyring::Bob, Ed25519Keyring::Bob),
			(Sr25519Keyring::Charlie, Ed25519Keyring::Charlie),
			(Sr25519Keyring::Dave, Ed25519Keyring::Dave),
		]),
		_ => return None,
	};
	Some(serde_json::to_vec(&patch).expect("a genesis is plain JSON"))
}

/// Names of the presets.
pub fn preset_names() -> Vec<PresetId> {
	vec![
		PresetId::from(DEV_RUNTIME_PRESET),
		PresetId::from(LOCAL_TESTNET_RUNTIME_PRESET),
	]
}
