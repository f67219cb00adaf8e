//! What the node's command line tells the worker, handed over in the node's own offchain storage.

use alloc::vec::Vec;
use codec::{Decode, Encode};

/// Key of the persistent offchain storage under which the node writes its SCALE-encoded [`Settings`].
pub const SETTINGS_KEY: &[u8] = b"margin-feeder::settings";

/// Where an operator's prices come from.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub struct Settings<Key> {
	/// Addresses (`http://` or `https://`). The node's operators, sorted by account, take them in turn.
	pub sources: Vec<Vec<u8>>,
	/// Which oracle key each symbol of a source's answer feeds.
	pub symbols: Vec<(Key, Vec<u8>)>,
}
