//! # How a chain starts
//!
//! Two presets, with the same [`economy`] as the appchain's. [`DEV_RUNTIME_PRESET`] has one collator, Alice,
//! who is root as well. [`LOCAL_TESTNET_RUNTIME_PRESET`] has two, and nobody holds root but the relay chain's governance.
//!
//! Tokens of other chains are known by their locations, as Polkadot's Asset Hub keeps them:
//!
//! | token | location | kept by |
//! |---|---|---|
//! | USDC | asset 1337 of Asset Hub | Asset Hub |
//! | BTC | WBTC on Ethereum, over the bridge | Asset Hub |
//! | ETH | Ethereum's own, over the bridge | Asset Hub |
//! | DOT | the relay chain's own | Asset Hub |

// Presets are read when a chain is made, never in a block.
#![allow(clippy::expect_used, clippy::arithmetic_side_effects)]

pub use crate::economy::{account, MAKER, OPERATORS, SUPPLIER};

use crate::{
	economy, opaque::SessionKeys, units::*, AccountId, AmmAccount, AssetId, Balance, CollatorSelectionConfig,
	GatewayConfig, ParachainInfoConfig, PolkadotXcmConfig, RuntimeGenesisConfig, SessionConfig, SudoConfig,
	EXISTENTIAL_DEPOSIT,
};
use alloc::{vec, vec::Vec};
use cumulus_primitives_core::ParaId;
use frame_support::build_struct_json_patch;
use hex_literal::hex;
use margin_math::{Amount, Value};
use margin_risk::FlowLimit;
use sp_genesis_builder::{PresetId, DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET};
use sp_keyring::Sr25519Keyring;
use xcm::latest::prelude::{
	AccountKey20, Ethereum, GeneralIndex, GlobalConsensus, Junction, Location, PalletInstance, Parachain,
};

/// Number of the parachain in the presets.
pub const PARACHAIN: u32 = 2_100;
/// Number of Asset Hub.
pub const ASSET_HUB: u32 = 1_000;
/// Dollars that may leave over a route in a day.
const ROUTE_LIMIT: Value = Value::from_dollars(10_000_000);

/// The least that a withdrawal sets aside for its execution on Asset Hub: ten cents.
const LEAST_FEE: Value = Value::from_raw(100_000_000_000_000_000);

/// Who may issue the assets: an account without a key. What is here of another chain's token came through the gate.
pub fn issuer() -> AccountId {
	AmmAccount::get()
}

/// Asset Hub.
pub fn asset_hub() -> Location {
	Location::new(1, [Parachain(ASSET_HUB)])
}

fn ethereum() -> Junction {
	GlobalConsensus(Ethereum { chain_id: 1 })
}

/// The tokens of other chains, with the most that may be here of each: some twice what the presets begin with, for which
/// nothing is kept on the other chains.
fn tokens() -> Vec<(AssetId, Location, Location, Balance)> {
	let wrapped_btc = AccountKey20 {
		network: None,
		key: hex!("2260fac5e5542a773aa44fbcfedf7c193bc2c599"),
	};
	[
		(
			USDC,
			Location::new(1, [Parachain(ASSET_HUB), PalletInstance(50), GeneralIndex(1337)]),
			10_000_000_000 * USDC_UNIT,
		),
		(BTC, Location::new(2, [ethereum(), wrapped_btc]), 500_000 * BTC_UNIT),
		(ETH, Location::new(2, [ethereum()]), 12_000_000 * ETH_UNIT),
		(DOT, Location::parent(), 250_000_000 * DOT_UNIT),
	]
	.into_iter()
	.map(|(asset, location, cap)| (asset, location, asset_hub(), cap))
	.collect()
}

/// The genesis with the given collators, and the account that is root, if one is.
fn genesis(collators: Vec<Sr25519Keyring>, root: Option<Sr25519Keyring>) -> serde_json::Value {
	economy::genesis(build_struct_json_patch!(RuntimeGenesisConfig {
		parachain_info: ParachainInfoConfig {
			parachain_id: ParaId::from(PARACHAIN)
		},
		collator_selection: CollatorSelectionConfig {
			invulnerables: collators.iter().map(|collator| collator.to_account_id()).collect(),
			candidacy_bond: 10_000 * EXISTENTIAL_DEPOSIT,
			desired_candidates: 0
		},
		session: SessionConfig {
			keys: collators
				.iter()
				.map(|collator| {
					let keys = SessionKeys {
						aura: collator.public().into(),
					};
					(collator.to_account_id(), collator.to_account_id(), keys)
				})
				.collect()
		},
		sudo: SudoConfig {
			key: root.map(|root| root.to_account_id())
		},
		polkadot_xcm: PolkadotXcmConfig {
			safe_xcm_version: Some(xcm::latest::VERSION)
		},
		gateway: GatewayConfig {
			tokens: tokens(),
			routes: vec![(
				asset_hub(),
				FlowLimit {
					most: Amount(ROUTE_LIMIT.raw().unsigned_abs()),
					period: DAY
				},
				LEAST_FEE.raw().unsigned_abs()
			)]
		},
	}))
}

/// The preset called `id`, if there is one, as a JSON patch of the default genesis.
pub fn get_preset(id: &PresetId) -> Option<Vec<u8>> {
	let patch = match id.as_ref() {
		DEV_RUNTIME_PRESET => genesis(vec![Sr25519Keyring::Alice], Some(Sr25519Keyring::Alice)),
		LOCAL_TESTNET_RUNTIME_PRESET => genesis(vec![Sr25519Keyring::Alice, Sr25519Keyring::Bob], None),
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
