//! The node's own state backend on ParityDB, in a directory that goes when it is dropped.

use margin_runtime::opaque::{Block, Header};
use sc_client_api::{Backend as _, BlockImportOperation, NewBlockState, TrieCacheContext};
use sc_client_db::{Backend, BlocksPruning, DatabaseSettings, DatabaseSource, PruningMode};
use sp_core::H256;
use sp_runtime::{traits::Header as _, StateVersion};
use sp_storage::Storage;
use std::{error::Error, path::Path};
use tempfile::TempDir;

/// The state as the node reads it.
pub type State = <Backend<Block> as sc_client_api::Backend<Block>>::State;

/// Trie nodes that are kept in memory, in bytes: as a node does by default.
const TRIE_CACHE: usize = 1 << 30;

/// A state in a database.
pub struct Database {
	backend: Backend<Block>,
	hash: H256,
	directory: TempDir,
}

impl Database {
	/// Writes the state, closes the database, so that nothing is left to be written, and opens it again.
	///
	/// # Errors
	/// When the disk is full or the database refuses.
	pub fn write(storage: Storage) -> Result<Self, Box<dyn Error>> {
		let directory = TempDir::new()?;
		let hash = import(&open(directory.path())?, storage)?;
		Ok(Self {
			backend: open(directory.path())?,
			hash,
			directory,
		})
	}

	/// The state.
	///
	/// # Errors
	/// When the database fails.
	pub fn state(&self) -> Result<State, Box<dyn Error>> {
		Ok(self.backend.state_at(self.hash, TrieCacheContext::Trusted)?)
	}

	/// Bytes on disk.
	///
	/// # Errors
	/// When the directory cannot be read.
	pub fn size(&self) -> Result<u64, Box<dyn Error>> {
		let mut bytes = 0;
		for file in std::fs::read_dir(self.directory.path())? {
			bytes += file?.metadata()?.len();
		}
		Ok(bytes)
	}
}

fn open(path: &Path) -> Result<Backend<Block>, Box<dyn Error>> {
	let settings = DatabaseSettings {
		trie_cache_maximum_size: Some(TRIE_CACHE),
		state_pruning: Some(PruningMode::ArchiveAll),
		source: DatabaseSource::ParityDb { path: path.into() },
		blocks_pruning: BlocksPruning::KeepAll,
		metrics_registry: None,
	};
	Ok(Backend::new(settings, 0)?)
}

fn import(backend: &Backend<Block>, storage: Storage) -> Result<H256, Box<dyn Error>> {
	let mut operation = backend.begin_operation()?;
	backend.begin_state_operation(&mut operation, Default::default())?;
	let root = operation.set_genesis_state(storage, true, StateVersion::V1)?;
	let header = Header::new(0, Default::default(), root, Default::default(), Default::default());
	let hash = header.hash();
	operation.set_block_data(header, Some(Vec::new()), None, None, NewBlockState::Final)?;
	backend.commit_operation(operation)?;
	Ok(hash)
}

#[cfg(test)]
mod tests {
	use super::*;
	use sp_state_machine::Backend as _;

	#[test]
	fn what_was_written_should_be_read_again() {
		let mut storage = Storage::default();
		for number in 0u8..200 {
			storage.top.insert(vec![number; 32], vec![number; 64]);
		}
		let database = Database::write(storage).unwrap();
		let state = database.state().unwrap();
		assert_eq!(state.storage(&[7; 32]).unwrap(), Some(vec![7; 64]));
		assert_eq!(state.storage(&[200; 32]).unwrap(), None);
		assert!(database.size().unwrap() > 0);
	}
}
