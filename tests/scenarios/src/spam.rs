//! Users who fill blocks and tip well for it.
//!
//! Each sends a batch of calls that are heavy by declaration and fail at once: what a spammer would do, and quick to run.

use crate::{chain::signed_paying, network::Network};
use frame_support::{dispatch::GetDispatchInfo, traits::fungible::Mutate};
use margin_runtime::{
	genesis_presets, order::ChargeInOrder, units::*, Balances, RuntimeBlockWeights, RuntimeCall, UncheckedExtrinsic,
};

/// So many spammers fill a block and most of the next one.
const SPAMMERS: u32 = 26;
/// What each tips.
const TIP: u128 = 100 * MRG_UNIT;

/// Seed of a spammer.
fn seed(number: u32) -> String {
	format!("//Spam{number}")
}

/// Gives spammers what they need for many blocks.
pub fn endow() {
	for number in 0..SPAMMERS {
		let who = genesis_presets::account(&seed(number));
		Balances::mint_into(&who, 1_000_000 * MRG_UNIT).unwrap();
	}
}

/// A batch that declares a twentieth of a block's weight and costs hardly anything to run: two liquidations of many
/// accounts, which are not for a user to call.
fn heavy() -> RuntimeCall {
	let pages = |count| {
		RuntimeCall::from(pallet_margin::Call::liquidate_page {
			page: Default::default(),
			count,
			at: 0,
			hash: Default::default(),
		})
	};
	let weight = |count| pages(count).get_dispatch_info().call_weight.ref_time();
	let part = RuntimeBlockWeights::get().max_block.ref_time() / 20 / 2;
	let count = (1..128).find(|count| weight(*count) >= part).unwrap();
	// Users' calls come with it, or it would be an operational one.
	let remark = frame_system::Call::remark { remark: vec![] }.into();
	let calls = vec![remark, pages(count), pages(count)];
	pallet_utility::Call::force_batch { calls }.into()
}

/// What the spammers would send now.
pub fn transactions() -> Vec<UncheckedExtrinsic> {
	let call = heavy();
	(0..SPAMMERS)
		.map(|number| signed_paying(&seed(number), call.clone(), ChargeInOrder::tip(TIP)))
		.collect()
}

/// Every spammer whose last one was included sends another.
pub fn send(network: &mut Network) {
	for transaction in transactions() {
		let _ = network.send(transaction);
	}
}
