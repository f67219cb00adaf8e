//! A transaction pool that behaves as the node's where it matters: validity is checked on the best block, again after
//! each one; of two transactions with the same tag the one of higher priority stays; what waits for another comes after
//! it; what was invalid once is turned away for a while.

use crate::chain::best;
use codec::{Decode, Encode};
use frame_support::storage::with_transaction;
use margin_runtime::{BlockNumber, Executive, Hash, System, UncheckedExtrinsic};
use sp_core::hashing::blake2_256;
use sp_runtime::{
	transaction_validity::{
		TransactionSource, TransactionTag, TransactionValidity, TransactionValidityError, ValidTransaction,
	},
	DispatchError, TransactionOutcome,
};
use std::collections::{BTreeMap, BTreeSet};

/// Blocks for which bytes are turned away that were invalid, or are in a block: half an hour.
const BANNED_FOR: BlockNumber = 900;

/// Why the pool does not take a transaction.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
	/// The runtime says that it is not valid.
	Invalid(TransactionValidityError),
	/// The same bytes are in the pool.
	Known,
	/// The same bytes were invalid, or included, not long ago.
	Banned,
	/// Another with the same tag is in the pool, of no lower priority.
	TooLowPriority,
}

/// A transaction in the pool.
#[derive(Clone)]
pub struct Waiting {
	/// The transaction.
	pub transaction: UncheckedExtrinsic,
	/// What the runtime said about it after the best block.
	pub valid: ValidTransaction,
	source: TransactionSource,
	since: BlockNumber,
	order: u64,
}

/// The pool of one network: whatever a node takes, all of them get to see.
#[derive(Default)]
pub struct Pool {
	waiting: BTreeMap<Hash, Waiting>,
	banned: BTreeMap<Hash, BlockNumber>,
	taken: u64,
}

/// Names a transaction by its bytes.
pub fn hash(transaction: &UncheckedExtrinsic) -> Hash {
	blake2_256(&transaction.encode()).into()
}

/// What the runtime says about a transaction after the best block. Changes nothing.
pub fn validity(source: TransactionSource, transaction: &UncheckedExtrinsic) -> TransactionValidity {
	let mut validity = None;
	let asked = with_transaction(|| {
		validity = Some(Executive::validate_transaction(source, transaction.clone(), best()));
		TransactionOutcome::Rollback(Ok::<_, DispatchError>(()))
	});
	asked.unwrap();
	validity.unwrap()
}

impl Pool {
	/// Takes a transaction that came over the network.
	pub fn submit(&mut self, transaction: UncheckedExtrinsic) -> Result<(), Refusal> {
		self.take(TransactionSource::External, transaction)
	}

	/// Takes a transaction that a node's own offchain worker made. The bytes are decoded here, as the node does.
	pub fn submit_local(&mut self, bytes: &[u8]) -> Result<(), Refusal> {
		let transaction = UncheckedExtrinsic::decode(&mut &bytes[..]).unwrap();
		self.take(TransactionSource::Local, transaction)
	}

	fn take(&mut self, source: TransactionSource, transaction: UncheckedExtrinsic) -> Result<(), Refusal> {
		let (hash, now) = (hash(&transaction), System::block_number());
		if self.waiting.contains_key(&hash) {
			return Err(Refusal::Known);
		}
		if self.banned.get(&hash).is_some_and(|until| *until >= now) {
			return Err(Refusal::Banned);
		}
		let valid = validity(source, &transaction).map_err(|error| {
			self.ban(hash);
			Refusal::Invalid(error)
		})?;
		self.replace(&valid)?;
		self.taken += 1;
		let waiting = Waiting {
			transaction,
			valid,
			source,
			since: now,
			order: self.taken,
		};
		self.waiting.insert(hash, waiting);
		Ok(())
	}

	/// Makes room for a transaction among those that carry one of its tags.
	fn replace(&mut self, valid: &ValidTransaction) -> Result<(), Refusal> {
		let same = |waiting: &Waiting| waiting.valid.provides.iter().any(|tag| valid.provides.contains(tag));
		let rivals: Vec<_> = self.waiting.iter().filter(|(_, waiting)| same(waiting)).collect();
		let strongest = rivals.iter().map(|(_, rival)| rival.valid.priority).max();
		if strongest.is_some_and(|priority| priority >= valid.priority) {
			return Err(Refusal::TooLowPriority);
		}
		self.waiting.retain(|_, waiting| !same(waiting));
		Ok(())
	}

	/// What an author may include, the highest priority first and nothing before what it waits for.
	pub fn ready(&self) -> Vec<UncheckedExtrinsic> {
		let mut left: Vec<_> = self.waiting.values().collect();
		left.sort_by_key(|waiting| (core::cmp::Reverse(waiting.valid.priority), waiting.order));
		let (mut ready, mut provided) = (Vec::new(), BTreeSet::<TransactionTag>::new());
		while let Some(next) = left
			.iter()
			.position(|waiting| waiting.valid.requires.iter().all(|tag| provided.contains(tag)))
		{
			let waiting = left.remove(next);
			provided.extend(waiting.valid.provides.iter().cloned());
			ready.push(waiting.transaction.clone());
		}
		ready
	}

	/// After a block: what was included goes, and so does what is too old or not valid any more.
	pub fn settle(&mut self, included: &[UncheckedExtrinsic]) {
		for transaction in included {
			let hash = hash(transaction);
			self.waiting.remove(&hash);
			self.ban(hash);
		}
		let now = System::block_number();
		self.banned.retain(|_, until| *until >= now);
		let mut invalid = Vec::new();
		for (hash, waiting) in &mut self.waiting {
			let age = u64::from(now - waiting.since);
			match validity(waiting.source, &waiting.transaction) {
				Ok(valid) if age <= waiting.valid.longevity => waiting.valid = valid,
				_ => invalid.push(*hash),
			}
		}
		invalid.into_iter().for_each(|hash| self.drop(hash));
	}

	/// What an author found to be invalid goes at once.
	pub fn drop(&mut self, hash: Hash) {
		self.waiting.remove(&hash);
		self.ban(hash);
	}

	fn ban(&mut self, hash: Hash) {
		self.banned.insert(hash, System::block_number() + BANNED_FOR);
	}

	/// All that waits.
	pub fn waiting(&self) -> impl Iterator<Item = &Waiting> {
		self.waiting.values()
	}

	/// Names of all that waits.
	pub fn known(&self) -> BTreeSet<Hash> {
		self.waiting.keys().copied().collect()
	}
}
