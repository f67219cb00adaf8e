//! A block full of liquidations, built as a validator builds it: the chain's own come after the inherents, then feeds,
//! then what keepers have sent, until the block takes no more.

use super::{
	book::BLOCK,
	chain::{moved, time_of, Chain},
	database::State,
	feed::feeds,
	market::Move,
};
use crate::wasm::{Changes, Wasm};
use codec::{Decode, Encode};
use frame_support::dispatch::{DispatchClass, PerDispatchClass};
use frame_support::weights::Weight;
use margin_runtime::{Hash, Header, Runtime, RuntimeEvent, UncheckedExtrinsic};
use pallet_margin::Door;
use sp_runtime::{
	transaction_validity::{InvalidTransaction, TransactionValidityError},
	ApplyExtrinsicResult, ExtrinsicInclusionMode,
};
use std::{
	error::Error,
	time::{Duration, Instant},
};

/// Transactions for which there is no room after which a validator gives up, as the node's proposer does.
const MOST_SKIPPED: u32 = 8;

/// What went into a block.
pub struct Built {
	/// Accounts that the chain liquidated by itself.
	pub by_chain: u32,
	/// Accounts that were liquidated on keepers' transactions.
	pub by_keepers: u32,
	/// Declared weight of the keepers' transactions and of the hooks and inherents, in picoseconds.
	pub keepers_weight: u64,
	/// See `keepers_weight`.
	pub mandatory_weight: u64,
	/// How long it took to build, storage root included.
	pub time: Duration,
}

/// Builds the next block from what keepers have sent. Without `duty` the chain does nothing by itself.
///
/// # Errors
/// When the runtime or the database fails.
pub fn build(chain: &Chain, prices: &Move, sent: &[Vec<u8>], duty: bool) -> Result<Built, Box<dyn Error>> {
	let mut changes = moved(prices);
	changes.set_storage(margin_runtime::ChainLiquidates::key().to_vec(), Some(duty.encode()));
	let mut block = Block {
		wasm: chain.wasm,
		state: chain.state()?,
		changes,
	};
	let feeds = feeds(prices)?;
	let start = Instant::now();
	let _: ExtrinsicInclusionMode = block.call("Core_initialize_block", &chain.next().encode())?;
	let now = time_of(BLOCK + 1);
	let clock = UncheckedExtrinsic::new_bare(pallet_timestamp::Call::set { now }.into());
	block
		.apply(&clock.encode())?
		.map_err(|error| format!("the block's time is refused: {error:?}"))?
		.map_err(|error| format!("the block's time fails: {error:?}"))?;
	for feed in &feeds {
		let _ = block
			.apply(feed)?
			.map_err(|error| format!("a feed is refused: {error:?}"))?;
	}
	block.fill(sent)?;
	let _: Header = block.call("BlockBuilder_finalize_block", &[])?;
	let time = start.elapsed();
	let (by_chain, by_keepers) = block.liquidated()?;
	let weight = block.weight()?;
	Ok(Built {
		by_chain,
		by_keepers,
		keepers_weight: weight.get(DispatchClass::Operational).ref_time(),
		mandatory_weight: weight.get(DispatchClass::Mandatory).ref_time(),
		time,
	})
}

struct Block<'a> {
	wasm: &'a Wasm,
	state: State,
	changes: Changes,
}

impl Block<'_> {
	fn call<Answer: Decode>(&mut self, method: &str, arguments: &[u8]) -> Result<Answer, Box<dyn Error>> {
		self.wasm.call(&self.state, &mut self.changes, method, arguments)
	}

	/// A transaction that the runtime refuses leaves no trace.
	fn apply(&mut self, transaction: &[u8]) -> Result<ApplyExtrinsicResult, Box<dyn Error>> {
		self.changes.start_transaction();
		let result: ApplyExtrinsicResult = self.call("BlockBuilder_apply_extrinsic", transaction)?;
		let ended = if result.is_ok() {
			self.changes.commit_transaction()
		} else {
			self.changes.rollback_transaction()
		};
		ended.map_err(|error| format!("{error:?}"))?;
		Ok(result)
	}

	/// Applies transactions until the block has had no room for [`MOST_SKIPPED`] of them.
	fn fill(&mut self, transactions: &[Vec<u8>]) -> Result<(), Box<dyn Error>> {
		let no_room = Err(TransactionValidityError::Invalid(InvalidTransaction::ExhaustsResources));
		let mut skipped = 0;
		for transaction in transactions {
			if self.apply(transaction)? == no_room {
				skipped += 1;
			}
			if skipped == MOST_SKIPPED {
				break;
			}
		}
		Ok(())
	}

	fn stored<T: Decode>(&mut self, key: &[u8]) -> Result<T, Box<dyn Error>> {
		let bytes = self
			.changes
			.storage(key)
			.flatten()
			.ok_or("the block has not written it")?;
		Ok(T::decode(&mut &bytes[..])?)
	}

	/// Liquidations by the chain and by keepers.
	fn liquidated(&mut self) -> Result<(u32, u32), Box<dyn Error>> {
		let key = frame_support::storage::storage_prefix(b"System", b"Events");
		let events: Vec<frame_system::EventRecord<RuntimeEvent, Hash>> = self.stored(&key)?;
		let (mut by_chain, mut by_keepers) = (0, 0);
		for record in events {
			if let RuntimeEvent::Margin(pallet_margin::Event::Liquidated { door, .. }) = record.event {
				match door {
					Door::Chain => by_chain += 1,
					_ => by_keepers += 1,
				}
			}
		}
		Ok((by_chain, by_keepers))
	}

	fn weight(&mut self) -> Result<PerDispatchClass<Weight>, Box<dyn Error>> {
		self.stored(&frame_system::BlockWeight::<Runtime>::hashed_key())
	}
}
