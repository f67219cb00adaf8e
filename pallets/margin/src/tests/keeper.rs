use super::*;
use crate::{keeper, Call};
use codec::Decode;
use frame_support::{
	traits::Hooks,
	unsigned::{TransactionSource, ValidateUnsigned},
};
use parking_lot::RwLock;
use sp_core::offchain::{
	testing::{PoolState, TestOffchainExt, TestTransactionPoolExt},
	OffchainDbExt, OffchainWorkerExt, TransactionPoolExt,
};
use sp_runtime::{
	offchain::storage::StorageValueRef,
	testing::TestXt,
	transaction_validity::{InvalidTransaction, TransactionValidity},
};
use std::sync::Arc;

fn with_offchain(test: impl FnOnce(&Arc<RwLock<PoolState>>)) {
	let mut ext = ExtBuilder::default().build();
	let (offchain, _) = TestOffchainExt::new();
	let (pool, state) = TestTransactionPoolExt::new();
	ext.register_extension(OffchainDbExt::new(offchain.clone()));
	ext.register_extension(OffchainWorkerExt::new(offchain));
	ext.register_extension(TransactionPoolExt::new(pool));
	ext.execute_with(|| {
		ChainLiquidates::set(&false);
		test(&state);
		Margin::do_try_state().unwrap();
	});
}

type Finding = (AccountId, u16, u32);

/// What the keeper sent, each found after the block that is the parent now.
fn sent(state: &Arc<RwLock<PoolState>>) -> Vec<Finding> {
	let sent = std::mem::take(&mut state.write().transactions);
	sent.into_iter()
		.map(
			|bytes| match TestXt::<RuntimeCall, ()>::decode(&mut &bytes[..]).unwrap().function {
				RuntimeCall::Margin(Call::liquidate_unsigned {
					owner,
					sub,
					round,
					at,
					hash,
				}) => {
					assert_eq!((at, hash), (System::block_number() - 1, System::block_hash(at)));
					(owner, sub, round)
				},
				other => panic!("the keeper sent {other:?}"),
			},
		)
		.collect()
}

fn validity(owner: AccountId, round: u32) -> TransactionValidity {
	let at = System::block_number() - 1;
	let call = Call::<Test>::liquidate_unsigned {
		owner,
		sub: SUB,
		round,
		at,
		hash: System::block_hash(at),
	};
	Margin::validate_unsigned(TransactionSource::External, &call)
}

/// Runs the worker after this block, which it knows the hash of, and goes on to the next.
fn work() {
	let block = System::block_number();
	build_on_block();
	System::set_block_number(block);
	<Margin as Hooks<u64>>::offchain_worker(block);
	System::set_block_number(block + 1);
}

#[test]
fn the_keeper_sends_what_is_below_maintenance_and_nothing_else() {
	with_offchain(|pool| {
		open_long(ALICE, BTC, 10_000, 7);
		open_long(BOB, BTC, 10_000, 2);
		work();
		assert_eq!(sent(pool), []);
		move_to(BTC, 720_000);
		work();
		assert_eq!(sent(pool), [(ALICE, SUB, round(ALICE))]);
	});
}

#[test]
fn what_the_keeper_sends_is_valid_and_dispatches() {
	with_offchain(|pool| {
		open_long(ALICE, BTC, 10_000, 7);
		move_to(BTC, 720_000);
		work();
		for (owner, sub, round) in sent(pool) {
			assert!(validity(owner, round).is_ok());
			assert_eq!(sub, SUB);
			assert_ok!(liquidate_in(owner, round));
			assert_eq!(validity(owner, round), InvalidTransaction::Stale.into());
		}
		work();
		assert_eq!(sent(pool), []);
	});
}

#[test]
fn a_keeper_that_is_switched_off_sends_nothing() {
	with_offchain(|pool| {
		open_long(ALICE, BTC, 10_000, 7);
		move_to(BTC, 720_000);
		StorageValueRef::persistent(keeper::OFF_KEY).set(&true);
		work();
		assert_eq!(sent(pool), []);
	});
}

#[test]
fn the_pool_refuses_healthy_unknown_and_outdated() {
	with_offchain(|pool| {
		open_long(ALICE, BTC, 10_000, 7);
		assert_eq!(validity(ALICE, round(ALICE)), InvalidTransaction::Custom(2).into());
		assert_eq!(validity(BOB, 0), InvalidTransaction::Custom(1).into());
		move_to(BTC, 720_000);
		assert_eq!(validity(ALICE, round(ALICE) + 1), InvalidTransaction::Future.into());
		set_verdict(BTC, margin_risk::Verdict::Stale);
		assert_eq!(
			validity(ALICE, round(ALICE)),
			InvalidTransaction::Custom(2).into(),
			"in the trader's favour"
		);
		set_verdict(BTC, margin_risk::Verdict::Usable);
		set_verdict(USDC, margin_risk::Verdict::Stale);
		move_to(BTC, 670_000);
		assert_eq!(
			validity(ALICE, round(ALICE)),
			InvalidTransaction::Custom(3).into(),
			"nothing to repay"
		);
		set_verdict(USDC, margin_risk::Verdict::Usable);
		move_to(BTC, 720_000);
		let rules = House::get();
		House::set(&crate::HouseParams {
			line: margin_math::Value::from_dollars(1),
			..rules
		});
		assert_eq!(
			validity(ALICE, round(ALICE)),
			InvalidTransaction::Custom(4).into(),
			"the house is full"
		);
		work();
		assert_eq!(sent(pool), [], "the keeper sends nothing that would be refused");
		House::set(&rules);
		assert!(validity(ALICE, round(ALICE)).is_ok());
		let deposit = Call::<Test>::deposit {
			sub: 0,
			asset: USDC,
			amount: 1,
		};
		assert_eq!(
			Margin::validate_unsigned(TransactionSource::Local, &deposit),
			InvalidTransaction::Call.into()
		);
	});
}

#[test]
fn two_keepers_findings_are_one_transaction() {
	with_offchain(|_| {
		open_long(ALICE, BTC, 10_000, 7);
		move_to(BTC, 720_000);
		let (one, two) = (
			validity(ALICE, round(ALICE)).unwrap(),
			validity(ALICE, round(ALICE)).unwrap(),
		);
		assert_eq!(one.provides, two.provides);
		let first = round(ALICE);
		assert_ok!(liquidate(ALICE));
		move_to(BTC, 670_000);
		let later = validity(ALICE, first + 1).unwrap();
		assert_ne!(later.provides, one.provides);
	});
}

#[test]
fn bytes_that_were_refused_once_are_not_the_bytes_that_are_sent_later() {
	with_offchain(|pool| {
		open_long(ALICE, BTC, 10_000, 7);
		move_to(BTC, 720_000);
		work();
		let first = std::mem::take(&mut pool.write().transactions);
		work();
		let second = std::mem::take(&mut pool.write().transactions);
		assert_eq!((first.len(), second.len()), (1, 1));
		assert_ne!(first, second);
	});
}

#[test]
fn checking_validity_changes_nothing() {
	with_offchain(|_| {
		open_long(ALICE, BTC, 10_000, 7);
		move_to(BTC, 600_000);
		let before = sp_io::storage::root(sp_runtime::StateVersion::V1);
		assert!(validity(ALICE, round(ALICE)).is_ok());
		assert_eq!(sp_io::storage::root(sp_runtime::StateVersion::V1), before);
	});
}
