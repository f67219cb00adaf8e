//! The chains of the emulated network, and how they start.

use crate::{
	margin, relay,
	sibling::{self, AccountId, Balance, ASSET_HUB, INTEGRATOR, MARGIN, STRANGER, SUBSCRIBER, UNIT},
};
use cumulus_primitives_core::AggregateMessageOrigin;
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
	pub struct Margin {
		genesis = margin::genesis(MARGIN),
		on_init = (),
		runtime = margin,
		core = {
			XcmpMessageHandler: margin::XcmpQueue,
			LocationToAccountId: margin::LocationToAccount,
			ParachainInfo: margin::ParachainInfo,
			MessageOrigin: AggregateMessageOrigin,
		},
		pallets = {}
	},
	pub struct Subscriber {
		genesis = margin::genesis(SUBSCRIBER),
		on_init = (),
		runtime = margin,
		core = {
			XcmpMessageHandler: margin::XcmpQueue,
			LocationToAccountId: margin::LocationToAccount,
			ParachainInfo: margin::ParachainInfo,
			MessageOrigin: AggregateMessageOrigin,
		},
		pallets = {}
	},
	pub struct Integrator {
		genesis = integrator_genesis(),
		on_init = (),
		runtime = sibling,
		core = {
			XcmpMessageHandler: sibling::XcmpQueue,
			LocationToAccountId: sibling::LocationToAccount,
			ParachainInfo: sibling::ParachainInfo,
			MessageOrigin: AggregateMessageOrigin,
		},
		pallets = {}
	},
	pub struct AssetHub {
		genesis = asset_hub_genesis(),
		on_init = (),
		runtime = sibling,
		core = {
			XcmpMessageHandler: sibling::XcmpQueue,
			LocationToAccountId: sibling::LocationToAccount,
			ParachainInfo: sibling::ParachainInfo,
			MessageOrigin: AggregateMessageOrigin,
		},
		pallets = {}
	},
	pub struct Stranger {
		genesis = stranger_genesis(),
		on_init = (),
		runtime = sibling,
		core = {
			XcmpMessageHandler: sibling::XcmpQueue,
			LocationToAccountId: sibling::LocationToAccount,
			ParachainInfo: sibling::ParachainInfo,
			MessageOrigin: AggregateMessageOrigin,
		},
		pallets = {}
	},
}

decl_test_networks! {
	pub struct Network {
		relay_chain = Relay,
		parachains = vec![AssetHub, Integrator, Stranger, Margin, Subscriber,],
		bridge = ()
	}
}

/// The user whose doings the tests follow: Bob of the development accounts. He has the same key everywhere.
pub const USER: AccountId = AccountId::new([
	0x8e, 0xaf, 0x04, 0x15, 0x16, 0x87, 0x73, 0x63, 0x26, 0xc9, 0xfe, 0xa1, 0x7e, 0x25, 0xfc, 0x52, 0x87, 0x61, 0x36,
	0x93, 0xc9, 0x12, 0x90, 0x9c, 0xb2, 0x26, 0xaa, 0x47, 0x94, 0xf2, 0x6a, 0x48,
]);
/// Somebody else, on whatever chain.
pub const OTHER: AccountId = AccountId::new([2; 32]);

/// Tokens of the margin chain on the integrator's chain when a test begins. The margin chain keeps as many for it.
pub const MRG_ABROAD: Balance = 2_000 * 1_000_000_000_000;
/// Of each of the two, in USDC on the Asset Hub when a test begins.
pub const USDC_OF_USER: Balance = 10_000_000 * 1_000_000;

fn own(amount: Balance) -> Vec<(AccountId, Balance)> {
	vec![(USER, amount), (OTHER, amount)]
}

fn integrator_genesis() -> Storage {
	let oddity = crate::messages::oddity();
	let tokens = vec![sibling::mrg_abroad(), sibling::usdc_abroad(), oddity.clone()];
	let mrg = [USER, OTHER].map(|who| (sibling::mrg_abroad(), who, MRG_ABROAD / 2));
	let mut others = mrg.to_vec();
	others.push((oddity, USER, 1_000_000));
	sibling::genesis(INTEGRATOR, own(1_000 * UNIT), tokens, others)
}

fn stranger_genesis() -> Storage {
	let tokens = vec![
		sibling::mrg_abroad(),
		Location::new(1, [xcm::latest::Junction::Parachain(INTEGRATOR)]),
	];
	sibling::genesis(STRANGER, own(1_000_000 * UNIT), tokens, vec![])
}

fn asset_hub_genesis() -> Storage {
	let usdc = Location::new(0, sibling::usdc_junctions());
	let wallets = [USER, OTHER].map(|who| (usdc.clone(), who, USDC_OF_USER));
	sibling::genesis(
		ASSET_HUB,
		own(1_000 * UNIT),
		vec![usdc, sibling::mrg_abroad()],
		wallets.to_vec(),
	)
}
