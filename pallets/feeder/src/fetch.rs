//! HTTP with a deadline and a limit on size.

use crate::error::FeedError;
use alloc::vec::Vec;
use sp_core::offchain::{Duration, HttpError, Timestamp};
use sp_runtime::offchain::http::{Error, PendingRequest, Request, Response};

/// Time from the start of a run until an answer must have begun, in milliseconds.
pub const RESPONSE_MS: u64 = 1_500;
/// Time from the start of a run until an answer must be complete, in milliseconds. Later than [`RESPONSE_MS`], so that
/// a source which never answers does not cost the others their time to be read.
pub const DEADLINE_MS: u64 = 2_000;
/// Largest answer that is read, in bytes.
pub const MAX_ANSWER: usize = 64 * 1024;

/// Gets every address at the same time. The results are in the order of the addresses.
pub(crate) fn fetch_all<'a>(addresses: impl Iterator<Item = &'a [u8]>) -> Vec<Result<Vec<u8>, FeedError>> {
	let start = sp_io::offchain::timestamp();
	let answer_by = start.add(Duration::from_millis(RESPONSE_MS));
	let complete_by = start.add(Duration::from_millis(DEADLINE_MS));
	let requests: Vec<_> = addresses.map(|address| send(address, answer_by)).collect();
	requests
		.into_iter()
		.map(|request| {
			let answer = request?
				.try_wait(answer_by)
				.map_err(|_| FeedError::TooSlow)?
				.map_err(wait_error)?;
			read(answer, complete_by)
		})
		.collect()
}

fn send(address: &[u8], deadline: Timestamp) -> Result<PendingRequest, FeedError> {
	let address = core::str::from_utf8(address).map_err(|_| FeedError::BadAddress)?;
	if !(address.starts_with("http://") || address.starts_with("https://")) {
		return Err(FeedError::BadAddress);
	}
	Request::get(address)
		.deadline(deadline)
		.send()
		.map_err(|error| match error {
			HttpError::DeadlineReached => FeedError::TooSlow,
			HttpError::IoError | HttpError::Invalid => FeedError::RequestRefused,
		})
}

fn wait_error(error: Error) -> FeedError {
	match error {
		Error::DeadlineReached => FeedError::TooSlow,
		Error::IoError | Error::Unknown => FeedError::Unreachable,
	}
}

fn read(answer: Response, deadline: Timestamp) -> Result<Vec<u8>, FeedError> {
	if answer.code != 200 {
		return Err(FeedError::BadStatus(answer.code));
	}
	let mut body = answer.body();
	body.deadline(deadline);
	let bytes: Vec<u8> = body.by_ref().take(MAX_ANSWER.saturating_add(1)).collect();
	match body.error() {
		Some(HttpError::DeadlineReached) => Err(FeedError::TooSlow),
		Some(_) => Err(FeedError::Unreachable),
		None if bytes.len() > MAX_ANSWER => Err(FeedError::TooLarge),
		None => Ok(bytes),
	}
}
