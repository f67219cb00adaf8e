//! Users who fill blocks and tip well for it.
//!
//! Each sends a batch of calls that are heavy by declaration and fail at once: what a spammer would do, and quick to run.

use crate::chain::{signed_paying, FIRST_PRICES};
use crate::network::Network;
use frame_support::{dispatch::GetDispatchInfo, traits::fungible::Mutate};
use margin_runtime::{
	genesis_presets, order::ChargeInOrder, units::*, Balances, RuntimeBlockWeights, RuntimeCall, UncheckedExtrinsic,
};
use sp_runtime::Perbill;

/// So many spammers fill a block and half of the next one.
const SPAMMERS: u32 = 45;
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

/// A batch that declares a thirtieth of a block's weight and costs hardly anything to run.
fn heavy() -> RuntimeCall {
	let call = RuntimeCall::from(pallet_margin::Call::swap {
		sub: u16::MAX,
		from: USDC,
		to: BTC,
		amount_in: FIRST_PRICES[0].1,
		min_out: 1,
	});
	let one = call.get_dispatch_info().call_weight.ref_time();
	let part = Perbill::from_rational(1u32, 40u32).mul_floor(RuntimeBlockWeights::get().max_block.ref_time());
	let count = usize::try_from(part / one).unwrap().max(1);
	pallet_utility::Call::force_batch {
		calls: vec![call; count],
	}
	.into()
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
