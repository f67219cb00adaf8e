//! Tokens of other chains, funds and channels for the benchmarks.

// Runs on a machine that measures, never in a block.
#![allow(
	clippy::unwrap_used,
	clippy::expect_used,
	clippy::arithmetic_side_effects,
	clippy::panic
)]

use super::Stage;
use crate::{
	units::{BTC, DOT, ETH, NATIVE, USDC, USDC_UNIT},
	AccountId, AssetConversion, AssetId, Assets, Balance, Gateway, Margin, NativeAndAssets, Prices, Runtime,
	RuntimeOrigin, XcmpQueue,
};
use alloc::{boxed::Box, vec};
use cumulus_pallet_parachain_system::relay_state_snapshot::MessagingStateSnapshot;
use cumulus_primitives_core::{AbridgedHrmpChannel, ParaId};
use frame_support::{
	storage::{storage_prefix, unhashed},
	traits::{fungibles::Mutate, Get},
};
use margin_math::{Amount, Price};
use margin_risk::PriceSource;
use pallet_gateway::SubAccount;
use pallet_margin::{BenchmarkHelper as MarginHelper, Mode};
use pallet_prices::benchmarking::BenchmarkHelper as PricesHelper;
use xcm::latest::prelude::{send_xcm, GeneralIndex, Location, OriginKind, Parachain, Transact, Xcm};

/// The sibling that keeps the tokens of the benchmarks.
pub const SIBLING: u32 = 2_000;
/// So many siblings can be sent messages.
const SIBLINGS: u32 = 64;
/// When the benchmarks happen, in milliseconds.
const NOW: u64 = 86_400_000 * 20_000;
/// Raw dollars of a whole token: a market has as many of its smallest units, of which there are 10,000,000,000 in it, as of
/// USDC's, of which there are 1,000,000 in a dollar.
const PRICE: u128 = 10_000_000_000_000_000_000_000;
/// Bytes of messages that wait to be sent.
const WAITING: usize = 90_000;
/// Enough of every token.
pub const PLENTY: Balance = 1_000_000_000_000_000_000;

/// The `n`-th token that [`SIBLING`] keeps.
pub fn token(n: u32) -> (AssetId, Location) {
	let location = Location::new(1, [Parachain(SIBLING), GeneralIndex(n.into())]);
	(
		<Stage as MarginHelper<AccountId, AssetId, AssetId>>::asset(n).0,
		location,
	)
}

/// The chain that keeps the tokens.
pub fn sibling() -> Location {
	Location::new(1, [Parachain(SIBLING)])
}

/// Nothing that the chain began with is known to other chains, or listed.
pub fn forget_genesis() {
	let _ = pallet_gateway::Tokens::<Runtime>::clear(u32::MAX, None);
	let _ = pallet_gateway::Locations::<Runtime>::clear(u32::MAX, None);
	let _ = pallet_gateway::Routes::<Runtime>::clear(u32::MAX, None);
}

/// Lists an asset like DOT, at the price of its [`market`].
pub fn list(asset: AssetId) {
	<Stage as PricesHelper<AssetId>>::set_time(NOW);
	let mut record = pallet_margin::Assets::<Runtime>::get(DOT).expect("the preset lists it");
	record.config.price_key = asset;
	record.config.account_cap = Amount(u128::MAX / 2);
	record.config.deposit_cap = Amount(u128::MAX / 2);
	pallet_margin::Assets::<Runtime>::insert(asset, record);
	// What is paid out never empties the account.
	NativeAndAssets::mint_into(asset, &Margin::account_id(), PLENTY).expect("the asset exists");
	Prices::set_quote(&asset, Price::from_raw(PRICE));
	Prices::set_quote(&USDC, Price::ONE);
}

/// Makes the first `n` tokens, known by their locations.
pub fn register(n: u32) {
	forget_genesis();
	for i in 0..n {
		let (asset, location) = token(i);
		list(asset);
		let (location, reserve) = (Box::new(location.into()), Box::new(sibling().into()));
		Gateway::register(RuntimeOrigin::root(), asset, location, reserve, u128::MAX).expect("it is new");
	}
}

/// Opens channels to siblings.
pub fn open_channels() {
	let channel = AbridgedHrmpChannel {
		max_capacity: 1_000,
		max_total_size: 10 * 1024 * 1024,
		max_message_size: 103 * 1024,
		msg_count: 0,
		total_size: 0,
		mqc_head: None,
	};
	let state = MessagingStateSnapshot {
		dmq_mqc_head: Default::default(),
		relay_dispatch_queue_remaining_capacity: Default::default(),
		ingress_channels: Default::default(),
		egress_channels: (SIBLING..SIBLING + SIBLINGS)
			.map(|id| (ParaId::from(id), channel.clone()))
			.collect(),
	};
	unhashed::put(&storage_prefix(b"ParachainSystem", b"RelevantMessagingState"), &state);
	fill_page(SIBLING);
}

/// A page of messages to the sibling waits to be sent, with room for one more message: it is read and written whole.
pub fn fill_page(id: u32) {
	let large = Xcm(vec![Transact {
		origin_kind: OriginKind::Xcm,
		fallback_max_weight: None,
		call: vec![0; WAITING].into(),
	}]);
	send_xcm::<XcmpQueue>(Location::new(1, [Parachain(id)]), large).expect("the channel is open");
}

/// A market of the token with the hub asset, and of that with the native token.
pub fn market(asset: AssetId) {
	<Stage as MarginHelper<AccountId, AssetId, AssetId>>::market(asset, asset);
	assert!(AssetConversion::get_reserves(NATIVE, USDC).is_ok(), "the preset has it");
}

impl pallet_gateway::benchmarking::BenchmarkHelper<AccountId, AssetId> for Stage {
	fn token() -> (AssetId, Location, Location) {
		forget_genesis();
		let (asset, location) = token(0);
		(asset, location, sibling())
	}

	fn create(asset: AssetId) {
		list(asset);
	}

	fn fund(owner: &AccountId, sub: SubAccount, asset: AssetId, amount: u128) {
		<Self as MarginHelper<AccountId, AssetId, AssetId>>::fund(owner);
		NativeAndAssets::mint_into(asset, owner, amount).expect("the asset exists");
		let origin = || RuntimeOrigin::signed(owner.clone());
		// The account that takes longest to judge: as many assets as it may have, one of them owed.
		Margin::open_account(origin(), sub, Mode::Portfolio).expect("the owner can pay for it");
		let most: u32 = <Runtime as pallet_margin::Config>::MaxAccountAssets::get();
		for held in 0..most - 1 {
			let held = token(held).0;
			if held != asset {
				list(held);
			}
			NativeAndAssets::mint_into(held, owner, amount).expect("the asset exists");
			Margin::deposit(origin(), sub, held, amount).expect("the owner has it");
		}
		Margin::borrow(origin(), sub, USDC, 1_000 * USDC_UNIT).expect("it is well secured");
	}

	fn reach(_destination: &Location) {
		open_channels();
	}
}

impl pallet_risk_feed::benchmarking::BenchmarkHelper for Stage {
	fn subscriber(n: u32) -> Location {
		open_channels();
		if n > 0 {
			fill_page(SIBLING + n);
		}
		Location::new(1, [Parachain(SIBLING + n)])
	}

	fn fill_book() {
		register(<Runtime as pallet_margin::Config>::MaxAssets::get());
		for listed in [USDC, BTC, ETH, DOT] {
			pallet_margin::Assets::<Runtime>::remove(listed);
		}
	}
}
