//! The chains of the emulated network, and how they start.

use crate::{
	relay,
	sibling::{self, AccountId, Balance, ASSET_HUB, INTEGRATOR, STRANGER, UNIT},
};
use frame_support::traits::OnInitialize;
use sp_core::storage::Storage;
use xcm::latest::Location;
use xcm_emulator::{decl_test_networks, decl_test_parachains, decl_test_relay_chains, Parachain};

decl_test_relay_chains! {
	#[api_version(13)]
	pub struct Relay {
		genesis = relay::genesis(),
		on_init = (),
		runtime = relay,
		core = {
			SovereignAccountOf: relay::SovereignAccountOf,
		},
		pallets = {
			Balances: relay::Balances,
		}
	}
}

decl_test_parachains! {
	pub struct Integrator {
		genesis = integrator_genesis(),
		on_init = (),
		runtime = sibling,
		core = {
			XcmpMessageHandler: sibling::XcmpQueue,
			LocationToAccountId: sibling::LocationToAccount,
			ParachainInfo: sibling::ParachainInfo,
			MessageOrigin: cumulus_primitives_core::AggregateMessageOrigin,
		},
		pallets = {
			Balances: sibling::Balances,
		}
	},
	pub struct AssetHub {
		genesis = asset_hub_genesis(),
		on_init = (),
		runtime = sibling,
		core = {
			XcmpMessageHandler: sibling::XcmpQueue,
			LocationToAccountId: sibling::LocationToAccount,
			ParachainInfo: sibling::ParachainInfo,
			MessageOrigin: cumulus_primitives_core::AggregateMessageOrigin,
		},
		pallets = {
			Balances: sibling::Balances,
		}
	},
	pub struct Stranger {
		genesis = stranger_genesis(),
		on_init = (),
		runtime = sibling,
		core = {
			XcmpMessageHandler: sibling::XcmpQueue,
			LocationToAccountId: sibling::LocationToAccount,
			ParachainInfo: sibling::ParachainInfo,
			MessageOrigin: cumulus_primitives_core::AggregateMessageOrigin,
		},
		pallets = {
			Balances: sibling::Balances,
		}
	},
}

decl_test_networks! {
	pub struct Network {
		relay_chain = Relay,
		parachains = vec![AssetHub, Integrator, Stranger,],
		bridge = ()
	}
}

/// The user whose doings the tests follow. He has the same key everywhere.
pub const USER: AccountId = AccountId::new([1; 32]);
/// Somebody else, on whatever chain.
pub const OTHER: AccountId = AccountId::new([2; 32]);

fn own(amount: Balance) -> Vec<(AccountId, Balance)> {
	vec![(USER, amount), (OTHER, amount)]
}

fn integrator_genesis() -> Storage {
	let tokens = vec![sibling::mrg_abroad(), sibling::usdc_abroad()];
	sibling::genesis(INTEGRATOR, own(1_000_000 * UNIT), tokens, vec![])
}

fn stranger_genesis() -> Storage {
	sibling::genesis(STRANGER, own(1_000_000 * UNIT), vec![sibling::mrg_abroad()], vec![])
}

fn asset_hub_genesis() -> Storage {
	let usdc = Location::new(0, sibling::usdc_junctions());
	let wallets = vec![
		(usdc.clone(), USER, 1_000_000_000_000),
		(usdc.clone(), OTHER, 1_000_000_000_000),
	];
	sibling::genesis(ASSET_HUB, own(1_000 * UNIT), vec![usdc, sibling::mrg_abroad()], wallets)
}
