//! A scan of all accounts, as a keeper without an index would make it.

use super::chain::{moved, Chain};
use super::market::Move;
use codec::Encode;
use margin_runtime::AccountId;
use pallet_margin::{BelowMaintenance, SubAccount};
use std::{
	error::Error,
	time::{Duration, Instant},
};

/// Accounts that one call looks at.
const PAGE: u32 = 10_000;

/// What a scan finds.
pub struct Scan {
	/// Accounts below maintenance.
	pub below: u32,
	/// How long it took.
	pub time: Duration,
}

/// Looks at every account.
///
/// # Errors
/// When the runtime or the database fails.
pub fn scan(chain: &Chain, prices: &Move) -> Result<Scan, Box<dyn Error>> {
	let state = chain.state()?;
	let mut after: Option<(AccountId, SubAccount)> = None;
	let mut below = 0;
	let start = Instant::now();
	loop {
		let (found, last): BelowMaintenance<AccountId> =
			chain
				.wasm
				.call(&state, &mut moved(prices), "MarginApi_scan", &(after, PAGE).encode())?;
		below += u32::try_from(found.len())?;
		if last.is_none() {
			break;
		}
		after = last;
	}
	Ok(Scan {
		below,
		time: start.elapsed(),
	})
}
