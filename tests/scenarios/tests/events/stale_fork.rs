//! S25: a keeper on a stale fork sends what is no longer true. It is refused at the pool, and in a block whose author
//! includes it all the same; nothing is charged and nothing changes.

use frame_support::storage::with_transaction;
use margin_runtime::{units::*, *};
use margin_scenarios::{
	chain::*,
	network::{is_keepers, Network},
	pool::{Pool, Refusal},
	stage::*,
};
use pallet_margin::{Direction, Error};
use sp_runtime::{transaction_validity::InvalidTransaction, ApplyExtrinsicResult, DispatchError, TransactionOutcome};

fn bob_is_long() {
	ChainLiquidates::set(&false);
	positions(&[("//Bob", Direction::Long, BTC, 12 * BTC_UNIT)]);
}

/// What keepers send on a fork of the chain in whose last block these prices come in. The fork is given up again.
fn found_on_a_fork(blocks: u32, prices: &Cents) -> Vec<UncheckedExtrinsic> {
	let mut fork = Network::of(1);
	let forked = with_transaction(|| {
		for _ in 1..blocks {
			fork.make_fed_block(&FIRST_PRICES);
		}
		fork.make_fed_block(prices);
		TransactionOutcome::Rollback(Ok::<_, DispatchError>(()))
	});
	forked.unwrap();
	let found = fork.pool.waiting().map(|waiting| waiting.transaction.clone());
	found.filter(is_keepers).collect()
}

fn ancient() -> InvalidTransaction {
	InvalidTransaction::AncientBirthBlock
}

/// Refused by the pool, and by a block, which it leaves as it was.
fn refused(transaction: &UncheckedExtrinsic, why: InvalidTransaction) {
	changes_nothing(transaction, why, Err(why.into()));
}

/// Refused by the pool; in a block this becomes of it, and the block is left as it was.
fn changes_nothing(transaction: &UncheckedExtrinsic, why: InvalidTransaction, in_block: ApplyExtrinsicResult) {
	let invalid = Refusal::Invalid(why.into());
	assert_eq!(Pool::default().submit(transaction.clone()), Err(invalid));
	let holdings = || (account("//Bob"), Margin::pool_views());
	begin();
	let before = holdings();
	assert_eq!(Executive::apply_extrinsic(transaction.clone()), in_block);
	assert_eq!(holdings(), before);
	end();
}

#[test]
fn what_was_found_on_a_fork_should_be_refused_where_the_price_never_fell() {
	development(|| {
		bob_is_long();
		let found = found_on_a_fork(1, &fallen());
		assert_eq!(found.len(), 1);
		fed(&FIRST_PRICES);
		refused(&found[0], ancient());
	});
}

#[test]
fn what_was_found_on_a_fork_should_be_refused_even_where_the_price_fell_as_well() {
	development(|| {
		bob_is_long();
		let found = found_on_a_fork(1, &fallen());
		// The same height with another block; Bob is below maintenance on both.
		begin();
		feed_all(&fallen());
		assert_eq!(done("//Charlie", supply(USDC, USDC_UNIT)), Ok(()));
		end();
		assert_eq!(below(), 1);
		refused(&found[0], ancient());
		// His own keeper finds him again.
		let mut network = Network::of(1);
		network.make_block();
		assert_eq!(network.make_block().keepers(), [Ok(())]);
	});
}

#[test]
fn what_was_found_ahead_of_the_chain_should_be_refused_until_the_chain_is_there_and_then_too() {
	development(|| {
		bob_is_long();
		let found = found_on_a_fork(3, &fallen());
		assert!(!found.is_empty());
		for _ in 0..4 {
			refused(found.last().unwrap(), ancient());
			fed(&FIRST_PRICES);
		}
	});
}

#[test]
fn what_was_true_some_blocks_ago_should_be_refused_and_forgotten_when_it_is_no_longer() {
	development(|| {
		bob_is_long();
		let mut network = Network::of(1);
		network.make_fed_block(&fallen());
		assert_eq!(network.findings(), 1);
		// The author leaves it out until Bob has paid some of his debt back.
		let left: Vec<_> = network
			.pool
			.waiting()
			.map(|waiting| waiting.transaction.clone())
			.collect();
		all_done([("//Bob", repay(USDC, 40_000 * USDC_UNIT))]);
		assert_eq!(below(), 0);
		network.pool.settle(&[]);
		assert_eq!(network.findings(), 0);
		// Nothing is left on that page of the index. An author who includes it all the same has a call that fails.
		let nothing = Ok(Err(Error::<Runtime>::NothingOnPage.into()));
		changes_nothing(&left[0], InvalidTransaction::Custom(6), nothing);
	});
}
