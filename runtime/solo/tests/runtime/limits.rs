//! What a block is promised to hold fits into it.

use frame_support::{
	dispatch::{DispatchClass, GetDispatchInfo},
	traits::Get,
	weights::Weight,
};
use margin_math::{Ratio, Rounding};
use margin_runtime::*;
use margin_scenarios::chain::*;
use sp_runtime::Perbill;

fn class_limit(class: DispatchClass) -> Weight {
	RuntimeBlockWeights::get().get(class).max_total.unwrap()
}

#[test]
fn a_block_should_take_one_second() {
	assert_eq!(RuntimeBlockWeights::get().max_block, MAX_BLOCK_WEIGHT);
	assert_eq!(MAX_BLOCK_WEIGHT.ref_time(), 1_000_000_000_000);
}

#[test]
fn liquidations_should_take_at_most_sixty_percent_of_a_block() {
	let chain = <Runtime as pallet_margin::Config>::LiquidationWeight::get();
	let all = <Runtime as pallet_margin::Config>::MaxLiquidationWeight::get();
	let most = Perbill::from_percent(60).mul_floor(MAX_BLOCK_WEIGHT.ref_time());
	assert!(chain.ref_time() <= all.ref_time() && all.ref_time() <= most);
	assert!(class_limit(DispatchClass::Operational).ref_time() <= most);
}

#[test]
fn a_block_full_of_users_should_leave_room_for_the_largest_batch_of_a_keeper() {
	let call = RuntimeCall::from(pallet_margin::Call::liquidate_page {
		page: Default::default(),
		count: 128,
		at: 0,
		hash: Default::default(),
	});
	let batch = call.get_dispatch_info().call_weight.ref_time();
	assert!(class_limit(DispatchClass::Normal).ref_time() + batch <= MAX_BLOCK_WEIGHT.ref_time());
}

#[test]
fn a_code_upgrade_should_fit_among_operational_calls() {
	let call = RuntimeCall::from(frame_system::Call::set_code { code: vec![] });
	let info = call.get_dispatch_info();
	let limit = RuntimeBlockWeights::get()
		.get(DispatchClass::Operational)
		.max_extrinsic
		.unwrap();
	assert_eq!(info.class, DispatchClass::Operational);
	assert!(info.call_weight.all_lte(limit));
}

#[test]
fn the_largest_feed_of_every_operator_should_fit_into_a_quarter_of_a_block() {
	let values: Vec<_> = (0..<Runtime as orml_oracle::Config>::MaxFeedValues::get())
		.map(|key| (key, 100))
		.collect();
	let feed = RuntimeCall::from(feed(&values)).get_dispatch_info().call_weight;
	let all = feed.saturating_mul(MAX_OPERATORS.into());
	assert!(all.ref_time() <= MAX_BLOCK_WEIGHT.ref_time() / 4, "{all:?}");
}

#[test]
fn hooks_should_stay_within_the_share_that_calls_leave_them() {
	development(|| {
		for key in 100..100 + MAX_PRICES - 4 {
			let call = pallet_prices::Call::set_guard {
				key,
				guard: pallet_prices::Guard::volatile(),
			};
			let call = Box::new(RuntimeCall::from(call));
			block(vec![signed("//Alice", pallet_sudo::Call::sudo { call })]);
		}
		begin();
		// What was declared so far: the hooks, the block itself, and the time.
		let hooks = *System::block_weight().get(DispatchClass::Mandatory);
		end();
		assert!(
			hooks.ref_time() <= HOOKS_SHARE.mul_floor(MAX_BLOCK_WEIGHT.ref_time()),
			"{hooks:?}"
		);
	});
}

#[test]
fn a_sale_of_the_house_should_cost_less_than_the_penalty_that_pays_for_it() {
	let house = HouseRules::get();
	let per_mille: u32 = <Runtime as pallet_asset_conversion::Config>::LPFee::get();
	let fee = Ratio::of(per_mille.into(), 1_000, Rounding::Up).unwrap();
	let one_market = fee.saturating_add(house.depth_share);
	assert!(one_market < house.liquidation.penalty_floor);
	// Over the hub there are two.
	assert!(one_market.saturating_add(one_market) <= house.band);
}
