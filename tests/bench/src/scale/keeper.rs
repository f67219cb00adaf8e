//! A pass of the keeper: the runtime's offchain worker, called as a node calls it after a block.

use super::{
	chain::{moved, Chain},
	market::Move,
};
use codec::{Decode, Encode};
use pallet_margin::keeper::{Report, REPORT_KEY};
use sp_core::offchain::{
	testing::{TestOffchainExt, TestTransactionPoolExt},
	OffchainDbExt, OffchainWorkerExt, TransactionPoolExt,
};
use sp_externalities::Extensions;
use sp_keystore::{testing::MemoryKeystore, KeystoreExt};
use std::{
	error::Error,
	time::{Duration, Instant},
};

/// Passes of which the fastest counts.
const PASSES: usize = 3;

/// What a pass did.
pub struct Pass {
	/// How long it took.
	pub time: Duration,
	/// What it tells of itself.
	pub report: Report,
	/// What it sent to the pool.
	pub sent: Vec<Vec<u8>>,
}

/// The fastest of a few passes, each by a keeper that has never run before. Its clock stands still, so that its budget
/// of time never cuts a pass short.
///
/// # Errors
/// When the runtime or the database fails.
pub fn pass(chain: &Chain, prices: &Move) -> Result<Pass, Box<dyn Error>> {
	let mut best = once(chain, prices)?;
	for _ in 1..PASSES {
		let pass = once(chain, prices)?;
		if pass.time < best.time {
			best = pass;
		}
	}
	Ok(best)
}

fn once(chain: &Chain, prices: &Move) -> Result<Pass, Box<dyn Error>> {
	let (worker, local) = TestOffchainExt::new();
	let (pool, sent) = TestTransactionPoolExt::new();
	let mut extensions = Extensions::new();
	extensions.register(OffchainDbExt::new(worker.clone()));
	extensions.register(OffchainWorkerExt::new(worker));
	extensions.register(TransactionPoolExt::new(pool));
	extensions.register(KeystoreExt::new(MemoryKeystore::new()));
	let state = chain.state()?;
	let mut changes = moved(prices);
	let header = chain.head().encode();
	let start = Instant::now();
	chain.wasm.call_raw(
		&state,
		&mut changes,
		&mut extensions,
		"OffchainWorkerApi_offchain_worker",
		&header,
	)?;
	let time = start.elapsed();
	let sent = std::mem::take(&mut sent.write().transactions);
	let told = local
		.read()
		.persistent_storage
		.get(REPORT_KEY)
		.ok_or("the keeper did not run")?;
	let report = Report::decode(&mut &told[..])?;
	Ok(Pass { time, report, sent })
}
