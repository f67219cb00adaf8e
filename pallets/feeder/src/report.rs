//! The operator's log: every failure once, when it begins, and a word when it is over.

use crate::error::FeedError;
use alloc::{format, string::String, vec::Vec};
use codec::Encode;
use core::fmt::Debug;
use sp_runtime::offchain::storage::StorageValueRef;

/// Target of the worker's log lines.
pub const LOG_TARGET: &str = "margin-feeder";

const REPORT_KEY: &[u8] = b"margin-feeder::report::";

/// Logs the errors that were not there in the last report of the same subject (an operator, or the node as a whole),
/// and remembers them all.
pub(crate) fn report(subject: &(impl Encode + Debug), errors: Vec<FeedError>) {
	let key = [REPORT_KEY, &subject.encode()].concat();
	let storage = StorageValueRef::persistent(&key);
	let before: Vec<FeedError> = storage.get().ok().flatten().unwrap_or_default();
	if before == errors {
		return;
	}
	for error in errors.iter().filter(|error| !before.contains(error)) {
		write_line(log::Level::Warn, format!("{subject:?}: {error}"));
	}
	if errors.is_empty() {
		write_line(log::Level::Info, format!("{subject:?}: feeding again"));
	}
	storage.set(&errors);
}

fn write_line(level: log::Level, line: String) {
	log::log!(target: LOG_TARGET, level, "{line}");
	#[cfg(test)]
	crate::mock::record(line);
}
