//! The keeper: an offchain worker on every validator's node that looks for accounts below maintenance and sends unsigned
//! liquidations of the pages that they are on. It needs no key and earns nothing; the runtime checks every finding again.
//!
//! The node's operator can switch it off; the chain then still liquidates by itself, and the node still relays and
//! includes what others find.

use crate::{
	batch::Batch,
	bucket::Bucket,
	findings::PAGE,
	index::Key,
	ledger::Ledger,
	scan::{candidates, walk_all, PlaceOf},
	Call, Config, Door, Pallet, LOG_TARGET,
};
use alloc::vec::Vec;
use codec::{Decode, Encode};
use core::time::Duration;
use frame_system::offchain::SubmitTransaction;
use sp_io::offchain;
use sp_runtime::offchain::{
	storage::StorageValueRef,
	storage_lock::{StorageLock, Time},
};

/// Offchain local storage: present when this node's keeper is switched off.
pub const OFF_KEY: &[u8] = b"margin-keeper::off";
/// Offchain local storage: where the last pass stopped, if it did not look at everything.
pub const CURSOR_KEY: &[u8] = b"margin-keeper::cursor";
/// Offchain local storage: held while a pass runs.
pub const LOCK_KEY: &[u8] = b"margin-keeper::lock";
/// Offchain local storage: a [`Report`] of the last pass.
pub const REPORT_KEY: &[u8] = b"margin-keeper::report";

/// Time a pass may take; what it did not reach comes first in the next.
pub const TIME_BUDGET: Duration = Duration::from_millis(500);

/// What passes did on this node: the last one, and all of them.
#[derive(Encode, Decode, Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Report {
	/// The block after which the last pass ran.
	pub block: u32,
	/// Accounts that the last pass looked at.
	pub scanned: u32,
	/// Accounts below maintenance on which it found a step to be possible.
	pub found: u32,
	/// Transactions that the node's pool took from it.
	pub submitted: u32,
	/// Milliseconds that it took.
	pub millis: u32,
	/// Passes since the node's database was made.
	pub passes: u64,
	/// Accounts found by all of them.
	pub found_ever: u64,
	/// Transactions submitted by all of them.
	pub submitted_ever: u64,
}

/// Part of a class that a batch is to walk: where it begins, and how many accounts up to the last on which a step is
/// possible.
struct Chunk<T: Config> {
	bucket: Bucket,
	after: Option<Key<T>>,
	walked: u32,
	count: u32,
	last: Option<Key<T>>,
	/// Whether the next bucket that is looked at in the class is the next one there is.
	open: bool,
}

impl<T: Config> Chunk<T> {
	fn begin(bucket: Bucket, after: Option<Key<T>>) -> Self {
		Self {
			bucket,
			last: after.clone(),
			after,
			walked: 0,
			count: 0,
			open: true,
		}
	}
}

/// What a pass has found so far.
struct Pass<T: Config> {
	batch: Batch<T>,
	report: Report,
	chunks: Vec<Chunk<T>>,
}

impl<T: Config> Pass<T> {
	/// Looks at one account of the index. One that cannot be read or weighed is passed by.
	fn look_at(&mut self, bucket: Bucket, before: Option<&Key<T>>, key: &Key<T>) {
		let of_class = |chunk: &&mut Chunk<T>| {
			chunk.bucket.generation() == bucket.generation() && chunk.bucket.class() == bucket.class()
		};
		let goes_on = |chunk: &Chunk<T>| {
			let follows = chunk.last.as_ref() == before || (before.is_none() && chunk.open);
			chunk.walked < PAGE && follows
		};
		if !self
			.chunks
			.iter_mut()
			.rev()
			.find(of_class)
			.is_some_and(|chunk| goes_on(chunk))
		{
			self.chunks.push(Chunk::begin(bucket, before.cloned()));
		}
		let Some(chunk) = self.chunks.iter_mut().rev().find(of_class) else {
			return;
		};
		chunk.walked = chunk.walked.saturating_add(1);
		chunk.last = Some(key.clone());
		self.report.scanned = self.report.scanned.saturating_add(1);
		let (owner, sub) = key;
		let Some((account, plan)) = self.batch.planned(owner, *sub) else {
			return;
		};
		// One step that succeeds makes a batch valid; the chain tries the others again anyway.
		if chunk.count == 0 {
			if let Err(error) = self.batch.try_step(owner, *sub, account, plan, Door::Keeper) {
				log::debug!(
					target: LOG_TARGET,
					"keeper: {owner:?}/{sub} is below maintenance, and no step is possible: {error:?}"
				);
				return;
			}
		}
		chunk.count = chunk.walked;
		self.report.found = self.report.found.saturating_add(1);
	}
}

impl<T: Config> Pallet<T> {
	/// One pass. Answers with what it did.
	pub(crate) fn run_keeper() -> Report {
		let stored = StorageValueRef::persistent(REPORT_KEY);
		let ever = stored.get::<Report>().ok().flatten().unwrap_or_default();
		if StorageValueRef::persistent(OFF_KEY).get::<bool>().ok().flatten() == Some(true) {
			return ever;
		}
		let lifetime = sp_runtime::offchain::Duration::from_millis(TIME_BUDGET.as_millis().saturating_mul(4) as u64);
		let mut lock = StorageLock::<Time>::with_deadline(LOCK_KEY, lifetime);
		let Ok(_guard) = lock.try_lock() else {
			log::debug!(target: LOG_TARGET, "keeper: the last pass is still running");
			return ever;
		};
		let start = offchain::timestamp();
		let mut pass = Pass::<T> {
			batch: Batch::new(Ledger::new()),
			report: Report::default(),
			chunks: Vec::new(),
		};
		Self::search(&mut pass, || offchain::timestamp().diff(&start).millis());
		let mut report = pass.report;
		report.block = sp_runtime::SaturatedConversion::saturated_into(frame_system::Pallet::<T>::block_number());
		let sent = pass
			.chunks
			.into_iter()
			.filter(|chunk| chunk.count > 0)
			.filter(Self::send);
		report.submitted = sent.count() as u32;
		report.millis = offchain::timestamp().diff(&start).millis() as u32;
		report.passes = ever.passes.saturating_add(1);
		report.found_ever = ever.found_ever.saturating_add(report.found.into());
		report.submitted_ever = ever.submitted_ever.saturating_add(report.submitted.into());
		stored.set(&report);
		report
	}

	/// Looks at candidates, the most urgent first, while there is time, and saves where it stopped.
	fn search(pass: &mut Pass<T>, spent: impl Fn() -> u64) {
		let budget = TIME_BUDGET.as_millis() as u64;
		let cursor = StorageValueRef::persistent(CURSOR_KEY);
		let before = cursor.get::<Option<PlaceOf<T>>>().ok().flatten().flatten();
		let (buckets, _) = candidates::<T>(&mut pass.batch.ledger, None, || spent() < budget / 2);
		let mut first_half = true;
		let after = walk_all::<T>(buckets, before.clone(), |halved, bucket, neighbour, key| {
			if first_half && !halved {
				pass.chunks.iter_mut().for_each(|chunk| chunk.open = false);
			}
			first_half = halved;
			if spent() >= if halved { budget / 2 } else { budget } {
				return false;
			}
			pass.look_at(bucket, neighbour, key);
			true
		});
		if after != before {
			cursor.set(&after);
		}
	}

	/// Sends a batch for a part of a bucket.
	fn send(chunk: &Chunk<T>) -> bool {
		// Offchain workers run after a block, whose hash they know.
		let at = frame_system::Pallet::<T>::block_number();
		let hash = frame_system::Pallet::<T>::block_hash(at);
		let call = Call::<T>::liquidate_page {
			page: (chunk.bucket, chunk.after.clone()),
			count: chunk.count,
			at,
			hash,
		};
		let sent = SubmitTransaction::<T, Call<T>>::submit_transaction(T::create_bare(call.into())).is_ok();
		if sent {
			log::info!(target: LOG_TARGET, "keeper: sent a batch of up to {} accounts", chunk.count);
		} else {
			log::debug!(target: LOG_TARGET, "keeper: a batch is already in the pool, or was refused");
		}
		sent
	}
}
