//! The offchain worker.

use super::*;
use crate::{worker, Call};
use codec::Decode;
use frame_support::{
	traits::Hooks,
	unsigned::{TransactionSource, ValidateUnsigned},
	weights::Weight,
};
use margin_risk::Verdict;
use parking_lot::RwLock;
use sp_core::offchain::{
	testing::{PoolState, TestOffchainExt, TestTransactionPoolExt},
	OffchainDbExt, OffchainWorkerExt, TransactionPoolExt,
};
use sp_runtime::{offchain::storage::StorageValueRef, testing::TestXt};
use std::sync::Arc;

type Pool = Arc<RwLock<PoolState>>;

/// Lots of ether and bitcoin that the market pays for, in a block in which the hook had no room to sell.
fn with_offchain(test: impl FnOnce(&Pool)) {
	let mut ext = ExtBuilder::default().build();
	let (offchain, _) = TestOffchainExt::new();
	let (pool, state) = TestTransactionPoolExt::new();
	ext.register_extension(OffchainDbExt::new(offchain.clone()));
	ext.register_extension(OffchainWorkerExt::new(offchain));
	ext.register_extension(TransactionPoolExt::new(pool));
	ext.execute_with(|| {
		fill(ETH, 10 * unit(ETH), 2_000);
		fill(BTC, unit(BTC), 8_000);
		next_block(BLOCK_MS);
		block_with(BLOCK_MS, Weight::zero(), Weight::zero());
		for asset in [BTC, ETH] {
			set_market(asset, 1_100_000, unit(asset) / 10);
		}
		test(&state);
		check();
	});
}

/// Runs the worker after this block, which it knows the hash of, and goes on to the next.
fn work() {
	let block = System::block_number();
	build_on_block();
	System::set_block_number(block);
	<Auctions as Hooks<u64>>::offchain_worker(block);
	System::set_block_number(block + 1);
}

/// What the worker sent.
fn sent(pool: &Pool) -> Vec<Call<Test>> {
	let sent = std::mem::take(&mut pool.write().transactions);
	sent.into_iter()
		.map(
			|bytes| match TestXt::<RuntimeCall, ()>::decode(&mut &bytes[..]).unwrap().function {
				RuntimeCall::Auctions(call) => call,
				other => panic!("the worker sent {other:?}"),
			},
		)
		.collect()
}

fn assets(calls: &[Call<Test>]) -> Vec<AssetId> {
	let mut assets: Vec<_> = calls
		.iter()
		.map(|call| match call {
			Call::sell_to_market_unsigned { asset, .. } => *asset,
			other => panic!("the worker sent {other:?}"),
		})
		.collect();
	assets.sort_unstable();
	assets
}

#[test]
fn what_the_worker_sends_is_valid_and_dispatches() {
	with_offchain(|pool| {
		work();
		let calls = sent(pool);
		assert_eq!(assets(&calls), [BTC, ETH]);
		for call in calls {
			assert!(Auctions::validate_unsigned(TransactionSource::Local, &call).is_ok());
			assert_ok!(frame_support::traits::UnfilteredDispatchable::dispatch_bypass_filter(
				RuntimeCall::from(call),
				RuntimeOrigin::none()
			));
		}
		assert_eq!(held(ETH), 10 * unit(ETH) - unit(ETH) / 10);
	});
}

#[test]
fn it_sends_nothing_that_the_market_does_not_pay_for() {
	with_offchain(|pool| {
		set_market(BTC, 900_000, unit(BTC));
		work();
		assert_eq!(assets(&sent(pool)), [ETH]);
	});
}

#[test]
fn the_error_of_one_auction_does_not_stop_the_others() {
	with_offchain(|pool| {
		set_verdict(BTC, Verdict::Stale);
		work();
		assert_eq!(assets(&sent(pool)), [ETH]);
		set_verdict(BTC, Verdict::Usable);
		set_verdict(ETH, Verdict::Stale);
		work();
		assert_eq!(assets(&sent(pool)), [BTC]);
	});
}

#[test]
fn a_worker_that_is_switched_off_sends_nothing() {
	with_offchain(|pool| {
		StorageValueRef::persistent(worker::OFF_KEY).set(&true);
		work();
		assert_eq!(sent(pool), []);
		StorageValueRef::persistent(worker::OFF_KEY).set(&false);
		work();
		assert_eq!(assets(&sent(pool)), [BTC, ETH]);
	});
}
