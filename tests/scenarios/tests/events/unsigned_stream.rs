//! S17: feeless spam. A margin pallet checked a flag and not the risk in the validity of its unsigned call; free calls that
//! failed filled blocks. Here 10,000 random unsigned calls come to the pool: none is valid that would not dispatch, and
//! none changes anything by failing.

use codec::Encode;
use frame_support::storage::with_transaction;
use margin_runtime::{units::*, *};
use margin_scenarios::{
	chain::*,
	dice::Dice,
	network::{is_workers, Network},
	pool::{validity, Refusal},
	stage::*,
};
use pallet_margin::{Bucket, Call as MarginCall, Direction, Error, SubAccount};
use sp_runtime::{
	traits::Dispatchable,
	transaction_validity::{InvalidTransaction, TransactionSource},
	DispatchError, DispatchResult, TransactionOutcome,
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

/// Makes random unsigned calls about what it knows of the chain.
struct Spammer {
	dice: Dice,
	/// Accounts with debt: where they are filed, and their round.
	known: Vec<(Bucket, AccountId, SubAccount, u32)>,
}

impl Spammer {
	fn new(seed: u64) -> Self {
		let mut spammer = Self {
			dice: Dice::new(seed),
			known: vec![],
		};
		spammer.look_around();
		spammer
	}

	fn look_around(&mut self) {
		self.known = pallet_margin::Accounts::<Runtime>::iter()
			.filter_map(|(owner, sub, account)| Some((account.filed?, owner, sub, account.round)))
			.collect();
	}

	fn one_known(&mut self) -> (Bucket, AccountId, SubAccount, u32) {
		let place = self.dice.below(self.known.len() as u64);
		self.known[place as usize].clone()
	}

	/// An account: known, one that owes nothing, or nobody's.
	fn account(&mut self) -> (AccountId, SubAccount, u32) {
		let (_, owner, sub, round) = self.one_known();
		match self.dice.below(8) {
			0 => (genesis_presets::account("//Dave"), 0, 0),
			1 => (AccountId::from(self.dice.bytes()), sub, round),
			2 => (owner, sub + DEEP, round),
			_ => (owner, sub, round),
		}
	}

	/// A block, the best one of this chain in most cases, and a hash that may be another's.
	fn block(&mut self) -> (BlockNumber, Hash) {
		let now = System::block_number();
		let at = match self.dice.below(4) {
			0 => now.saturating_sub(self.dice.below(12) as u32),
			1 => now + self.dice.below(3) as u32,
			_ => now,
		};
		let hash = match self.dice.below(6) {
			0 => Hash::from(self.dice.bytes()),
			_ => hash_of(at.min(now)),
		};
		(at, hash)
	}

	fn finding(&mut self) -> MarginCall<Runtime> {
		let (owner, sub, known) = self.account();
		let round = match self.dice.below(4) {
			0 => self.dice.below(4) as u32,
			_ => known,
		};
		let (at, hash) = self.block();
		MarginCall::liquidate_unsigned {
			owner,
			sub,
			round,
			at,
			hash,
		}
	}

	/// A page of the trigger index, which begins where an account is or where none is. Many of them overlap.
	fn page(&mut self) -> MarginCall<Runtime> {
		let (bucket, ..) = self.one_known();
		let (_, owner, sub, _) = self.one_known();
		let page = match self.dice.below(6) {
			0 => (Bucket::default(), None),
			1 => (bucket, Some((AccountId::from(self.dice.bytes()), 0))),
			2 | 3 => (bucket, Some((owner, sub))),
			_ => (bucket, None),
		};
		let (at, hash) = self.block();
		MarginCall::liquidate_page {
			page,
			count: self.dice.below(140) as u32,
			at,
			hash,
		}
	}

	/// A sale of what the house may hold, or may not.
	fn sale(&mut self) -> RuntimeCall {
		let asset = self.dice.below(6) as AssetId;
		let known = pallet_auctions::Auctions::<Runtime>::get(asset).map_or(0, |auction| auction.rounds);
		let round = known + self.dice.below(2) as u32;
		let (at, hash) = self.block();
		pallet_auctions::Call::sell_to_market_unsigned { asset, round, at, hash }.into()
	}

	/// Any other call, which nobody may send unsigned.
	fn other(&mut self) -> RuntimeCall {
		match self.dice.below(3) {
			0 => withdraw(USDC, self.dice.below(1_000_000).into()),
			1 => liquidate("//Bob"),
			_ => pallet_balances::Call::transfer_all {
				dest: genesis_presets::account("//Dave").into(),
				keep_alive: false,
			}
			.into(),
		}
	}

	fn call(&mut self) -> RuntimeCall {
		match self.dice.below(20) {
			0 => self.other(),
			1..=5 => self.page().into(),
			6..=7 => self.sale(),
			_ => self.finding().into(),
		}
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

/// For each of the calls whether it dispatches in the next block. The block is taken back.
fn in_the_next_block(calls: &[RuntimeCall]) -> Vec<bool> {
	let mut dispatched = vec![];
	let rolled_back = |run: &mut dyn FnMut()| {
		let tried = with_transaction(|| {
			run();
			TransactionOutcome::Rollback(Ok::<_, DispatchError>(()))
		});
		tried.unwrap();
	};
	rolled_back(&mut || {
		begin();
		Executive::inherents_applied();
		for call in calls {
			rolled_back(&mut || {
				let transaction = UncheckedExtrinsic::new_bare(call.clone());
				dispatched.push(Executive::apply_extrinsic(transaction) == Ok(Ok(())));
			});
		}
	});
	dispatched
}

#[test]
fn none_of_ten_thousand_random_calls_should_be_valid_that_would_not_dispatch() {
	development(|| {
		traders();
		let mut spammer = Spammer::new(17);
		let (mut valid, mut refused) = (0, 0);
		for _ in 0..CALLS / 100 {
			let calls: Vec<_> = (0..100).map(|_| spammer.call()).collect();
			for (call, dispatches) in calls.iter().zip(in_the_next_block(&calls)) {
				let transaction = UncheckedExtrinsic::new_bare(call.clone());
				let is_valid = validity(TransactionSource::External, &transaction).is_ok();
				assert_eq!(is_valid, dispatches, "{call:?}");
				valid += u32::from(is_valid);
				refused += u32::from(!is_valid);
			}
		}
		assert!(
			valid > CALLS / 10 && refused > CALLS / 10,
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
		let mut spammer = Spammer::new(18);
		let mut failed = 0;
		for _ in 0..CALLS {
			let call = spammer.call();
			let tried = with_transaction(|| match call.dispatch(RuntimeOrigin::none()) {
				// What dispatches is taken back; what fails is left as it is.
				Ok(_) => TransactionOutcome::Rollback(Ok::<_, DispatchError>(false)),
				Err(_) => TransactionOutcome::Commit(Ok(true)),
			});
			failed += u32::from(tried.unwrap());
		}
		assert!(failed > CALLS / 10, "{failed}");
		assert_eq!(books(), before);
		end();
	});
}

#[test]
fn a_stream_of_random_calls_should_bring_nothing_into_blocks_but_steps_and_pages_on_which_another_was_faster() {
	development(|| {
		traders();
		let mut network = Network::of(2);
		let (mut spammer, mut steps) = (Spammer::new(19), 0);
		for _ in 0..20 {
			spammer.look_around();
			for _ in 0..100 {
				let _ = network.send(UncheckedExtrinsic::new_bare(spammer.call()));
			}
			let made = network.make_fed_block(&fallen());
			// Of pages that overlap the first leaves nothing on the others.
			let too_late = Err(Error::<Runtime>::NothingOnPage.into());
			let expected = |result: DispatchResult| result.is_ok() || result == too_late;
			assert!(made.included.iter().all(|(_, result)| expected(*result)));
			assert!(made.refused.iter().all(|(transaction, _)| is_workers(transaction)));
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
