//! A chain to measure: the compiled runtime on a state in a database, and what a node calls on it.

use super::{
	book::{self, BLOCK},
	database::{Database, State},
	market::{Move, NOW},
};
use crate::wasm::{Changes, Wasm};
use codec::Encode;
use margin_runtime::{Header, SLOT_MILLIS};
use sp_consensus_aura::{Slot, AURA_ENGINE_ID};
use sp_core::H256;
use sp_runtime::{generic::Digest, traits::Header as _, DigestItem};
use std::{
	error::Error,
	time::{Duration, Instant},
};

/// The runtime, a database with the accounts, and how long it took to write.
pub struct Chain<'a> {
	/// The runtime.
	pub wasm: &'a Wasm,
	/// The state after block [`BLOCK`].
	pub database: Database,
	/// How long the state took to make and to write.
	pub written_in: Duration,
}

impl<'a> Chain<'a> {
	/// Opens so many accounts.
	///
	/// # Errors
	/// When the state cannot be made or written.
	pub fn with_accounts(wasm: &'a Wasm, accounts: u32) -> Result<Self, Box<dyn Error>> {
		let start = Instant::now();
		let database = Database::write(book::state(accounts)?)?;
		Ok(Self {
			wasm,
			database,
			written_in: start.elapsed(),
		})
	}

	/// The state.
	///
	/// # Errors
	/// When the database fails.
	pub fn state(&self) -> Result<State, Box<dyn Error>> {
		self.database.state()
	}

	/// The header of the last block.
	pub fn head(&self) -> Header {
		header(BLOCK, Default::default())
	}

	/// The header of the next one, as it is before its transactions.
	pub fn next(&self) -> Header {
		header(BLOCK + 1, self.head().hash())
	}
}

/// When a block is made, in milliseconds.
pub fn time_of(block: u32) -> u64 {
	NOW + u64::from(block - BLOCK) * SLOT_MILLIS
}

fn header(number: u32, parent: H256) -> Header {
	let slot = Slot::from(time_of(number) / SLOT_MILLIS);
	let digest = Digest {
		logs: vec![DigestItem::PreRuntime(AURA_ENGINE_ID, slot.encode())],
	};
	Header::new(number, Default::default(), Default::default(), parent, digest)
}

/// The state with prices that have moved.
pub fn moved(prices: &Move) -> Changes {
	let mut changes = Changes::default();
	for (key, value) in prices.changes() {
		changes.set_storage(key, Some(value));
	}
	changes
}
