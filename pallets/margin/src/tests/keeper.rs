use super::*;
use crate::{keeper, Call, Spent};
use codec::Decode;
use frame_support::{
	traits::{fungibles::Mutate, Hooks},
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

type Finding = Call<Test>;

/// What the keeper sent, each found after the block that is the parent now.
fn sent(state: &Arc<RwLock<PoolState>>) -> Vec<Finding> {
	let sent = std::mem::take(&mut state.write().transactions);
	sent.into_iter()
		.map(
			|bytes| match TestXt::<RuntimeCall, ()>::decode(&mut &bytes[..]).unwrap().function {
				RuntimeCall::Margin(call) => {
					let Call::liquidate_page { at, hash, .. } = &call else {
						panic!("the keeper sent {call:?}");
					};
					assert_eq!((*at, *hash), (System::block_number() - 1, System::block_hash(at)));
					call
				},
				other => panic!("the keeper sent {other:?}"),
			},
		)
		.collect()
}

fn check(call: &Call<Test>) -> TransactionValidity {
	Margin::validate_unsigned(TransactionSource::External, call)
}

fn dispatch(call: Call<Test>) -> sp_runtime::DispatchResult {
	use frame_support::traits::UnfilteredDispatchable;
	call.dispatch_bypass_filter(RuntimeOrigin::none())
		.map(|_| ())
		.map_err(|error| error.error)
}

/// The page with the first accounts of the bucket that `who` is filed in.
fn page_of(who: AccountId, count: u32) -> Call<Test> {
	let bucket = crate::Accounts::<Test>::get(who, SUB).unwrap().filed.unwrap();
	let at = System::block_number() - 1;
	Call::liquidate_page {
		page: (bucket, None),
		count,
		at,
		hash: System::block_hash(at),
	}
}

fn validity(owner: AccountId, round: u32) -> TransactionValidity {
	let at = System::block_number() - 1;
	check(&Call::liquidate_unsigned {
		owner,
		sub: SUB,
		round,
		at,
		hash: System::block_hash(at),
	})
}

/// Runs the worker after this block, which it knows the hash of, and goes on to the next.
fn work() {
	let block = System::block_number();
	build_on_block();
	System::set_block_number(block);
	<Margin as Hooks<u64>>::offchain_worker(block);
	System::set_block_number(block + 1);
}

/// Opens a long of 1,500 dollars with 300 for somebody who had nothing.
fn newcomer(who: AccountId) {
	assert_ok!(<Assets as Mutate<_>>::mint_into(USDC, &who, 3_000 * unit(USDC)));
	open_long(who, BTC, 300, 5);
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
		assert_eq!(sent(pool), [page_of(ALICE, 1)]);
	});
}

#[test]
fn what_the_keeper_sends_is_valid_and_dispatches_once() {
	with_offchain(|pool| {
		open_long(ALICE, BTC, 10_000, 7);
		move_to(BTC, 720_000);
		work();
		for call in sent(pool) {
			assert!(check(&call).is_ok());
			assert_ok!(dispatch(call.clone()));
			assert_eq!(check(&call), InvalidTransaction::Custom(6).into());
			assert_noop!(dispatch(call), Error::NothingOnPage);
		}
		work();
		assert_eq!(sent(pool), []);
	});
}

#[test]
fn many_accounts_below_maintenance_are_a_few_transactions_that_liquidate_all_of_them() {
	with_offchain(|pool| {
		for who in 100..300 {
			newcomer(who);
		}
		move_to(BTC, 650_000);
		work();
		let calls = sent(pool);
		assert!(calls.len() < 10, "{} transactions", calls.len());
		for call in calls {
			assert!(check(&call).is_ok());
			assert_ok!(dispatch(call));
		}
		assert!((100..300).all(|who| !health(who).is_negative()));
	});
}

#[test]
fn an_account_that_is_saved_in_time_does_not_spoil_the_page_for_the_others() {
	with_offchain(|pool| {
		for who in 100..120 {
			newcomer(who);
		}
		move_to(BTC, 650_000);
		work();
		let call = sent(pool).remove(0);
		for who in [100, 105, 119] {
			deposit(who, USDC, 1_000 * unit(USDC));
		}
		assert!(check(&call).is_ok());
		assert_ok!(dispatch(call));
		let saved = |who: &AccountId| [100, 105, 119].contains(who);
		let first = round(100);
		for who in 100..120 {
			assert!(!health(who).is_negative());
			assert_eq!(round(who) == first, saved(&who), "{who}");
		}
	});
}

#[test]
fn a_page_is_refused_when_it_is_empty_too_large_or_stale_and_nothing_changes() {
	with_offchain(|_| {
		open_long(ALICE, BTC, 10_000, 7);
		assert_eq!(check(&page_of(ALICE, 1)), InvalidTransaction::Custom(6).into());
		assert_noop!(dispatch(page_of(ALICE, 1)), Error::NothingOnPage);
		move_to(BTC, 720_000);
		let good = page_of(ALICE, 1);
		let Call::liquidate_page { page, at, hash, .. } = good.clone() else {
			unreachable!()
		};
		let asked = |page, count, at, hash| Call::liquidate_page { page, count, at, hash };
		for count in [0, crate::PAGE + 1, u32::MAX] {
			let call = asked(page, count, at, hash);
			assert_eq!(check(&call), InvalidTransaction::Custom(7).into());
			assert_noop!(dispatch(call), Error::PageTooLarge);
		}
		let elsewhere = crate::Bucket::default();
		let unknown = asked((elsewhere, Some((77, 9))), 1, at, hash);
		assert_eq!(check(&unknown), InvalidTransaction::Custom(6).into());
		assert_noop!(dispatch(unknown), Error::NothingOnPage);
		let behind = asked((page.0, Some((ALICE, SUB))), 1, at, hash);
		assert_noop!(dispatch(behind), Error::NothingOnPage);
		let forged = asked(page, 1, at, Default::default());
		assert_eq!(check(&forged), InvalidTransaction::AncientBirthBlock.into());
		assert_noop!(dispatch(forged), Error::StaleFinding);
		assert_ok!(dispatch(good.clone()));
		assert_noop!(dispatch(good), Error::NothingOnPage);
	});
}

#[test]
fn a_page_on_which_the_chain_was_faster_fails_in_the_block_and_counts_little() {
	with_offchain(|pool| {
		open_long(ALICE, BTC, 10_000, 7);
		move_to(BTC, 720_000);
		work();
		let call = sent(pool).remove(0);
		assert_ok!(dispatch(call.clone()));
		let spent = Spent::<Test>::get();
		assert_eq!(check(&call), InvalidTransaction::Custom(6).into(), "no pool takes it");
		assert_ok!(Margin::pre_dispatch(&call));
		assert_eq!(Spent::<Test>::get(), spent + Margin::page_weight(1, 0));
		assert_noop!(dispatch(call), Error::NothingOnPage);
	});
}

#[test]
fn a_page_on_which_every_step_fails_is_not_let_into_a_block_for_the_price_of_a_look() {
	with_offchain(|_| {
		(100..103).for_each(newcomer);
		move_to(BTC, 650_000);
		House::set(&crate::HouseParams {
			asset_cap: margin_math::Value::ZERO,
			..House::get()
		});
		let spent = Spent::<Test>::get();
		let page = page_of(100, 3);
		assert_eq!(check(&page), InvalidTransaction::Custom(6).into());
		assert_eq!(Margin::pre_dispatch(&page), Err(InvalidTransaction::Custom(6).into()));
		assert_eq!(Spent::<Test>::get(), spent);
		let one = page_of(100, 1);
		assert_ok!(Margin::pre_dispatch(&one));
		assert_eq!(Spent::<Test>::get(), spent + Margin::page_weight(1, 1));
		assert_noop!(dispatch(one), Error::NothingOnPage);
	});
}

#[test]
fn unsigned_liquidations_keep_to_their_share_of_the_block() {
	with_offchain(|_| {
		for who in 100..104 {
			newcomer(who);
		}
		move_to(BTC, 650_000);
		let one = Margin::single_weight();
		MaxLiquidationWeight::set(&one.saturating_mul(3));
		let single = |who| {
			let at = System::block_number() - 1;
			Call::<Test>::liquidate_unsigned {
				owner: who,
				sub: SUB,
				round: round(who),
				at,
				hash: System::block_hash(at),
			}
		};
		let mut taken = 0;
		for who in 100..104 {
			match Margin::pre_dispatch(&single(who)) {
				Ok(()) => {
					taken += 1;
					assert_ok!(dispatch(single(who)));
				},
				Err(error) => assert_eq!(error, InvalidTransaction::ExhaustsResources.into()),
			}
		}
		assert_eq!(taken, 3);
		next_block(2_000);
		assert_ok!(Margin::pre_dispatch(&single(103)));
	});
}

#[test]
fn a_pass_tells_what_it_did() {
	with_offchain(|pool| {
		open_long(ALICE, BTC, 10_000, 7);
		open_long(BOB, BTC, 10_000, 2);
		move_to(BTC, 720_000);
		work();
		assert_eq!(sent(pool).len(), 1);
		let report = StorageValueRef::persistent(keeper::REPORT_KEY)
			.get::<keeper::Report>()
			.unwrap()
			.unwrap();
		assert_eq!((report.found, report.submitted, report.passes), (1, 1, 1));
		assert_eq!(u64::from(report.block), System::block_number() - 1);
		work();
		let report = StorageValueRef::persistent(keeper::REPORT_KEY)
			.get::<keeper::Report>()
			.unwrap()
			.unwrap();
		assert_eq!((report.passes, report.found_ever), (2, 2));
	});
}

#[test]
fn one_account_that_cannot_be_read_does_not_stop_a_pass() {
	let mut ext = ExtBuilder::default().build();
	let (offchain, _) = TestOffchainExt::new();
	let (pool, state) = TestTransactionPoolExt::new();
	ext.register_extension(OffchainDbExt::new(offchain.clone()));
	ext.register_extension(OffchainWorkerExt::new(offchain));
	ext.register_extension(TransactionPoolExt::new(pool));
	ext.execute_with(|| {
		for who in 100..110 {
			newcomer(who);
		}
		// Storage that no call can make: a record that names an asset that does not exist, and one that is not there.
		let mut broken = crate::Accounts::<Test>::get(103, SUB).unwrap();
		broken.holdings[0].asset = 0;
		crate::Accounts::<Test>::insert(103, SUB, broken);
		crate::Accounts::<Test>::remove(107, SUB);
		move_to(BTC, 650_000);
		work();
		for call in sent(&state) {
			assert_ok!(dispatch(call));
		}
		for who in (100..110).filter(|who| ![103, 107].contains(who)) {
			assert!(!health(who).is_negative(), "{who}");
		}
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

#[test]
fn an_account_below_maintenance_is_one_transaction_wherever_a_page_with_it_begins() {
	with_offchain(|_| {
		for who in 100..104 {
			assert_ok!(<Assets as Mutate<_>>::mint_into(USDC, &who, 10_000 * unit(USDC)));
			open_long(who, BTC, 2_000, 7);
		}
		move_to(BTC, 720_000);
		let bucket = crate::Accounts::<Test>::get(100, SUB).unwrap().filed.unwrap();
		let at = System::block_number() - 1;
		let page = |after: Option<AccountId>, count| {
			let call = Call::<Test>::liquidate_page {
				page: (bucket, after.map(|who| (who, SUB))),
				count,
				at,
				hash: System::block_hash(at),
			};
			Margin::validate_unsigned(TransactionSource::External, &call).unwrap()
		};
		let whole = page(None, 128);
		// Nobody has these names: places in a bucket are free to invent.
		let place = |who: AccountId| crate::Triggers::<Test>::hashed_key_for(bucket, (who, SUB));
		let first = (100..104).map(place).min().unwrap();
		let invented: Vec<_> = (1_000..1_100).filter(|who| place(*who) < first).collect();
		assert!(invented.len() > 5);
		for who in invented {
			assert_eq!(page(Some(who), 128).provides, whole.provides);
		}
		assert_eq!(page(None, 1).provides, whole.provides);
		assert!(
			page(None, 1).priority < whole.priority,
			"a short page holds a long one up"
		);
	});
}
