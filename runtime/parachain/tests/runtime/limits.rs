//! What a block is promised to hold fits into it, in time and in proof.

use frame_support::{
	dispatch::{DispatchClass, GetDispatchInfo},
	weights::Weight,
};
use margin_parachain_runtime::*;
use sp_runtime::Perbill;

fn class_limit(class: DispatchClass) -> Weight {
	RuntimeBlockWeights::get().get(class).max_total.unwrap()
}

#[test]
fn a_block_should_take_one_second_and_the_largest_proof_that_the_relay_chain_takes() {
	let most = RuntimeBlockWeights::get().max_block;
	assert_eq!(most.ref_time(), 1_000_000_000_000);
	assert_eq!(most.proof_size(), MAX_PROOF_SIZE);
}

#[test]
fn full_blocks_of_a_falling_market_should_leave_room_for_the_heaviest_message() {
	let shares = [LIQUIDATION_SHARE, NORMAL_SHARE, HOOKS_SHARE, parachain::MESSAGES_SHARE];
	let parts: u32 = shares.iter().map(|share| share.deconstruct()).sum();
	assert!(parts <= Perbill::one().deconstruct());
	let messages = <Runtime as pallet_message_queue::Config>::IdleMaxServiceWeight::get().unwrap();
	assert!(messages.all_lte(parachain::MESSAGES_SHARE * MAX_BLOCK_WEIGHT));
}

#[test]
fn no_class_should_have_the_whole_of_either() {
	for class in [DispatchClass::Normal, DispatchClass::Operational] {
		assert!(class_limit(class).all_lt(MAX_BLOCK_WEIGHT));
	}
	let share = <Runtime as pallet_margin::Config>::LiquidationWeight::get();
	let most = Perbill::from_percent(40);
	assert!(share.ref_time() <= most.mul_ceil(MAX_BLOCK_WEIGHT.ref_time()));
	assert!(share.proof_size() <= most.mul_ceil(MAX_BLOCK_WEIGHT.proof_size()));
}

#[test]
fn the_largest_batch_of_a_keeper_should_fit_among_operational_calls() {
	let call = RuntimeCall::from(pallet_margin::Call::liquidate_page {
		page: Default::default(),
		count: 128,
		at: 0,
		hash: Default::default(),
	});
	let info = call.get_dispatch_info();
	assert_eq!(info.class, DispatchClass::Operational);
	let most = RuntimeBlockWeights::get().get(info.class).max_extrinsic.unwrap();
	assert!(info.call_weight.all_lte(most), "{:?} of {most:?}", info.call_weight);
}
