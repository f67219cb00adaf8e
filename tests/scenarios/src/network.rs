//! A network of validators in memory: one of them makes a block from the pool, then the offchain workers of all of them
//! run on it, each with a store of its own, and what they find goes back into the pool.
//!
//! Feeds come as operators' signed transactions, without the HTTP that their own worker would ask.

use crate::{
	chain::{self, feed},
	pool::{hash, Pool, Refusal},
};
use codec::Encode;
use frame_support::{dispatch::DispatchClass, storage::with_transaction};
use margin_runtime::{genesis_presets, Executive, Hash, Header, RuntimeCall, System, SLOT_MILLIS};
use margin_runtime::{RuntimeBlockWeights, UncheckedExtrinsic};
use sp_core::offchain::{
	testing::TestOffchainExt, OffchainDbExt, OffchainStorage, OffchainWorkerExt, Timestamp, TransactionPool,
	TransactionPoolExt,
};
use sp_externalities::{Extension, ExternalitiesExt};
use sp_keystore::{testing::MemoryKeystore, KeystoreExt};
use sp_runtime::{
	transaction_validity::{InvalidTransaction, TransactionValidityError},
	DispatchError, DispatchResult, TransactionOutcome,
};
use std::{
	collections::BTreeSet,
	sync::{Arc, Mutex},
};

/// Transactions that do not fit after which an author closes its block.
const MOST_SKIPPED: u32 = 8;

/// How the author of blocks treats the pool.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Author {
	/// By priority, as the node does.
	#[default]
	Honest,
	/// The lowest priority first.
	Backwards,
	/// Leaves unsigned liquidations out.
	WithoutKeepers,
}

/// A validator's node: what its offchain workers remember.
pub struct Node(TestOffchainExt);

/// A block that was made.
pub struct Made {
	/// Its header.
	pub header: Header,
	/// What was included, with what became of it.
	pub included: Vec<(UncheckedExtrinsic, DispatchResult)>,
	/// What an author took from the pool and could not include because it was not valid any more.
	pub refused: Vec<(UncheckedExtrinsic, TransactionValidityError)>,
}

/// Validators with one pool.
pub struct Network {
	/// What waits to be included.
	pub pool: Pool,
	/// How blocks are made from it.
	pub author: Author,
	nodes: Vec<Node>,
}

impl Network {
	/// So many validators, each with a keeper, and an honest author.
	pub fn of(nodes: usize) -> Self {
		Self {
			pool: Pool::default(),
			author: Author::Honest,
			nodes: (0..nodes).map(|_| Node(TestOffchainExt::default())).collect(),
		}
	}

	/// The same with every keeper off.
	pub fn without_keepers(nodes: usize) -> Self {
		let network = Self::of(nodes);
		(0..nodes).for_each(|node| network.switch_keeper(node, false));
		network
	}

	/// Switches a node's keeper on or off, as its operator does on the command line.
	pub fn switch_keeper(&self, node: usize, on: bool) {
		let mut store = self.nodes[node].0 .0.write().persistent_storage.clone();
		let key = pallet_margin::keeper::OFF_KEY;
		if on {
			store.remove(b"", key);
		} else {
			store.set(b"", key, &true.encode());
		}
	}

	/// What a node's worker has stored under `key`.
	pub fn stored(&self, node: usize, key: &[u8]) -> Option<Vec<u8>> {
		self.nodes[node].0 .0.read().persistent_storage.get(key)
	}

	/// A transaction arrives in the pool.
	pub fn send(&mut self, transaction: UncheckedExtrinsic) -> Result<(), Refusal> {
		self.pool.submit(transaction)
	}

	/// Every operator's feed of prices in cents arrives in the pool.
	pub fn send_feeds(&mut self, prices: &[(u32, u128)]) {
		for operator in genesis_presets::OPERATORS {
			// An earlier feed of the same nonce may still wait: the operator's worker then waits as well.
			let _ = self.send(chain::signed(operator, feed(prices)));
		}
	}

	/// A block in the next slot, then every node's offchain workers.
	pub fn make_block(&mut self) -> Made {
		self.make_block_after(1)
	}

	/// A block so many slots after the last one, then every node's offchain workers.
	pub fn make_block_after(&mut self, slots: u64) -> Made {
		let made = self.author_block(slots);
		self.work(&made.header);
		made
	}

	/// A block whose feeds bring these prices, with whatever else waits.
	pub fn make_fed_block(&mut self, prices: &[(u32, u128)]) -> Made {
		self.send_feeds(prices);
		self.make_block()
	}

	fn author_block(&mut self, slots: u64) -> Made {
		let mut transactions = self.pool.ready();
		match self.author {
			Author::Honest => (),
			Author::Backwards => transactions.reverse(),
			Author::WithoutKeepers => transactions.retain(|transaction| !is_keepers(transaction)),
		}
		let (mut included, mut refused, mut skipped) = (Vec::new(), Vec::new(), 0);
		chain::begin_after(slots);
		for transaction in transactions {
			match Executive::apply_extrinsic(transaction.clone()) {
				Ok(result) => included.push((transaction, result)),
				Err(TransactionValidityError::Invalid(InvalidTransaction::ExhaustsResources)) => {
					skipped += 1;
					if skipped > MOST_SKIPPED {
						break;
					}
				},
				Err(error) => refused.push((transaction, error)),
			}
		}
		let header = chain::end();
		refused
			.iter()
			.for_each(|(transaction, _)| self.pool.drop(hash(transaction)));
		let bytes: Vec<_> = included.iter().map(|(transaction, _)| transaction.clone()).collect();
		self.pool.settle(&bytes);
		Made {
			header,
			included,
			refused,
		}
	}

	/// The offchain workers of every node on the best block. What they send reaches the pool when all have run: they do
	/// not know of each other.
	fn work(&mut self, header: &Header) {
		let mut sent = Vec::new();
		for node in &self.nodes {
			sent.extend(node.work(header, self.pool.known()));
		}
		for bytes in sent {
			// Equal findings of several nodes are one transaction.
			let _ = self.pool.submit_local(&bytes);
		}
	}

	/// Unsigned transactions that wait.
	pub fn findings(&self) -> usize {
		let waiting = self.pool.waiting();
		waiting.filter(|waiting| is_keepers(&waiting.transaction)).count()
	}
}

impl Made {
	/// Unsigned liquidations in it, with what became of them.
	pub fn keepers(&self) -> Vec<DispatchResult> {
		let ours = self.included.iter().filter(|(transaction, _)| is_keepers(transaction));
		ours.map(|(_, result)| *result).collect()
	}

	/// Feeds in it.
	pub fn feeds(&self) -> usize {
		let is_feed = |transaction: &UncheckedExtrinsic| matches!(transaction.function, RuntimeCall::Oracle(_));
		self.included
			.iter()
			.filter(|(transaction, _)| is_feed(transaction))
			.count()
	}
}

/// Percent of what users may take of a block that they have taken of the best one.
pub fn fullness() -> u64 {
	let limit = RuntimeBlockWeights::get().get(DispatchClass::Normal).max_total.unwrap();
	System::block_weight().get(DispatchClass::Normal).ref_time() * 100 / limit.ref_time()
}

/// Whether it is a keeper's unsigned liquidation.
pub fn is_keepers(transaction: &UncheckedExtrinsic) -> bool {
	is_workers(transaction) && matches!(transaction.function, RuntimeCall::Margin(_))
}

/// Whether an offchain worker sends such a transaction: nobody signs it.
pub fn is_workers(transaction: &UncheckedExtrinsic) -> bool {
	!transaction.is_signed()
}

/// What a node's offchain workers submit, and what the pool knows.
struct Outbox {
	known: BTreeSet<Hash>,
	sent: Arc<Mutex<Vec<Vec<u8>>>>,
}

impl TransactionPool for Outbox {
	fn submit_transaction(&mut self, bytes: Vec<u8>) -> Result<(), ()> {
		if !self.known.insert(sp_core::hashing::blake2_256(&bytes).into()) {
			return Err(());
		}
		self.sent.lock().unwrap().push(bytes);
		Ok(())
	}
}

impl Node {
	/// Runs the offchain workers after `header`, and answers with what they sent. The chain is not changed.
	fn work(&self, header: &Header, known: BTreeSet<Hash>) -> Vec<Vec<u8>> {
		let sent = Arc::new(Mutex::new(Vec::new()));
		let outbox = Outbox {
			known,
			sent: sent.clone(),
		};
		self.0 .0.write().timestamp = Timestamp::from_unix_millis(chain::slot() * SLOT_MILLIS);
		connect(OffchainDbExt::new(self.0.clone()));
		connect(OffchainWorkerExt::new(self.0.clone()));
		connect(TransactionPoolExt::new(outbox));
		// A node without operators' keys.
		connect(KeystoreExt::new(MemoryKeystore::new()));
		let ran = with_transaction(|| {
			Executive::offchain_worker(header);
			TransactionOutcome::Rollback(Ok::<_, DispatchError>(()))
		});
		ran.unwrap();
		let sent = std::mem::take(&mut *sent.lock().unwrap());
		sent
	}
}

/// Gives what runs from now on `extension`, in place of an earlier one of its kind.
fn connect<E: Extension>(extension: E) {
	let connected = sp_externalities::with_externalities(|mut externalities| {
		let _ = externalities.deregister_extension::<E>();
		externalities.register_extension(extension)
	});
	assert!(connected.is_some_and(|result| result.is_ok()), "inside of a chain");
}
