//! S17: feeless spam. A margin pallet checked a flag and not the risk in the validity of its unsigned call; free calls that
//! failed filled blocks. Here 10,000 random unsigned calls come to the pool: none is valid that would not dispatch, and
//! none changes anything by failing.

use codec::Encode;
use frame_support::storage::with_transaction;
use margin_runtime::{configs::ChainLiquidates, units::*, *};
use margin_scenarios::{
	chain::*,
	dice::Dice,
	network::{is_keepers, Network},
	pool::{validity, Refusal},
	stage::*,
};
use pallet_margin::{Call as MarginCall, Direction};
use sp_runtime::{
	traits::Dispatchable,
	transaction_validity::{InvalidTransaction, TransactionSource},
	DispatchError, TransactionOutcome,
};

/// Calls that are sent.
const CALLS: u32 = 10_000;
/// Of Bob's accounts, so many are below maintenance.
const DEEP: u16 = 40;

/// Bob's accounts are below maintenance, Charlie's is not; Dave owes nothing.
fn traders() {
	ChainLiquidates::set(&false);
	positions(&[("//Charlie", Direction::Long, BTC, 3 * BTC_UNIT)]);
	all_done([("//Dave", supply(USDC, 10_000 * USDC_UNIT))]);
	many_longs("//Bob", DEEP);
	// The trigger index has come to rest when random calls begin.
	for _ in 0..3 {
		fed(&fallen());
	}
	assert_eq!(below(), usize::from(DEEP));
}

/// A random owner, one in a few that is nobody's.
fn owner(dice: &mut Dice) -> AccountId {
	match dice.below(8) {
		0..=4 => genesis_presets::account("//Bob"),
		5 => genesis_presets::account("//Charlie"),
		6 => genesis_presets::account("//Dave"),
		_ => AccountId::from(dice.bytes()),
	}
}

/// A random block, one of the last of this chain in most cases, and a hash that may be another's.
fn random_block(dice: &mut Dice) -> (BlockNumber, Hash) {
	let now = System::block_number();
	let at = match dice.below(4) {
		0 => now.saturating_sub(dice.below(12) as u32),
		1 => now + dice.below(3) as u32,
		_ => now,
	};
	let hash = match dice.below(6) {
		0 => Hash::from(dice.bytes()),
		_ => hash_of(at.min(now)),
	};
	(at, hash)
}

/// A random finding, right in about one case of ten.
fn random_finding(dice: &mut Dice) -> MarginCall<Runtime> {
	let owner = owner(dice);
	let sub = dice.below(u64::from(DEEP) + 5) as u16;
	let known = Margin::account_view(&owner, sub).map_or(0, |account| account.round);
	let round = match dice.below(4) {
		0 => dice.below(4) as u32,
		_ => known,
	};
	let (at, hash) = random_block(dice);
	MarginCall::liquidate_unsigned {
		owner,
		sub,
		round,
		at,
		hash,
	}
}

/// A random page of the trigger index, which begins where an account is or where none is, in about one case of three
/// walkable.
fn random_page(dice: &mut Dice) -> MarginCall<Runtime> {
	let places: Vec<_> = pallet_margin::Accounts::<Runtime>::iter()
		.filter_map(|(owner, sub, account)| Some((account.filed?, (owner, sub))))
		.collect();
	let mut place = || places[dice.below(places.len() as u64) as usize].clone();
	let ((bucket, _), (_, behind)) = (place(), place());
	let page = match dice.below(6) {
		0 => (Default::default(), None),
		1 => (bucket, Some((AccountId::from(dice.bytes()), 0))),
		2 | 3 => (bucket, Some(behind)),
		_ => (bucket, None),
	};
	let (at, hash) = random_block(dice);
	MarginCall::liquidate_page {
		page,
		count: dice.below(140) as u32,
		at,
		hash,
	}
}

/// Any other call of the pallet, which nobody may send unsigned.
fn other_call(dice: &mut Dice) -> RuntimeCall {
	match dice.below(3) {
		0 => withdraw(USDC, dice.below(1_000_000).into()),
		1 => liquidate("//Bob"),
		_ => pallet_balances::Call::transfer_all {
			dest: genesis_presets::account("//Dave").into(),
			keep_alive: false,
		}
		.into(),
	}
}

fn random_call(dice: &mut Dice) -> RuntimeCall {
	match dice.below(20) {
		0 => other_call(dice),
		1..=5 => random_page(dice).into(),
		_ => random_finding(dice).into(),
	}
}

/// Everything in the chain's storage but the counters of the block itself.
fn books() -> Hash {
	let system = sp_io::hashing::twox_128(b"System");
	let (mut key, mut all) = (vec![], vec![]);
	while let Some(next) = sp_io::storage::next_key(&key) {
		if !next.starts_with(&system) {
			all.push((next.clone(), sp_io::storage::get(&next)));
		}
		key = next;
	}
	sp_io::hashing::blake2_256(&all.encode()).into()
}

/// What becomes of the call in the next block, all of which is taken back.
fn in_the_next_block(transaction: &UncheckedExtrinsic) -> bool {
	let mut dispatched = false;
	let tried = with_transaction(|| {
		begin();
		dispatched = Executive::apply_extrinsic(transaction.clone()) == Ok(Ok(()));
		TransactionOutcome::Rollback(Ok::<_, DispatchError>(()))
	});
	tried.unwrap();
	dispatched
}

#[test]
fn none_of_ten_thousand_random_calls_should_be_valid_that_would_not_dispatch() {
	development(|| {
		traders();
		let mut dice = Dice::new(17);
		let (mut valid, mut refused) = (0, 0);
		for _ in 0..CALLS {
			let call = random_call(&mut dice);
			let transaction = UncheckedExtrinsic::new_bare(call.clone());
			let is_valid = validity(TransactionSource::External, &transaction).is_ok();
			assert_eq!(is_valid, in_the_next_block(&transaction), "{call:?}");
			valid += u32::from(is_valid);
			refused += u32::from(!is_valid);
		}
		assert!(
			valid > CALLS / 20 && refused > CALLS / 2,
			"{valid} valid, {refused} refused"
		);
	});
}

#[test]
fn none_of_ten_thousand_random_calls_should_change_anything_by_failing() {
	development(|| {
		traders();
		begin();
		let before = books();
		let mut dice = Dice::new(18);
		let mut failed = 0;
		for _ in 0..CALLS {
			let call = random_call(&mut dice);
			let tried = with_transaction(|| match call.dispatch(RuntimeOrigin::none()) {
				// What dispatches is taken back; what fails is left as it is.
				Ok(_) => TransactionOutcome::Rollback(Ok::<_, DispatchError>(false)),
				Err(_) => TransactionOutcome::Commit(Ok(true)),
			});
			failed += u32::from(tried.unwrap());
		}
		assert!(failed > CALLS / 2, "{failed}");
		assert_eq!(books(), before);
		end();
	});
}

#[test]
fn a_stream_of_random_calls_should_bring_nothing_into_blocks_that_fails() {
	development(|| {
		traders();
		let mut network = Network::of(2);
		let (mut dice, mut steps) = (Dice::new(19), 0);
		for _ in 0..20 {
			for _ in 0..100 {
				let _ = network.send(UncheckedExtrinsic::new_bare(random_call(&mut dice)));
			}
			let made = network.make_fed_block(&fallen());
			// Of pages that overlap the first leaves nothing on the others, which then are not included.
			assert!(made.included.iter().all(|(_, result)| result.is_ok()));
			assert!(made.refused.iter().all(|(transaction, _)| is_keepers(transaction)));
			steps += doors().len();
		}
		assert_eq!((below(), steps), (0, usize::from(DEEP)), "one step for each account");
	});
}

#[test]
fn a_random_account_should_be_refused_at_the_pool() {
	development(|| {
		traders();
		let mut network = Network::of(1);
		let mut dice = Dice::new(20);
		for _ in 0..100 {
			let call = MarginCall::liquidate_unsigned {
				owner: AccountId::from(dice.bytes()),
				sub: 0,
				round: 0,
				at: System::block_number(),
				hash: best(),
			};
			let unknown = Refusal::Invalid(InvalidTransaction::Custom(1).into());
			assert_eq!(network.send(UncheckedExtrinsic::new_bare(call.into())), Err(unknown));
		}
	});
}
