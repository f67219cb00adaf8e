//! Bad input: every argument of every call at zero, one and the most, unknown, foreign, with the asset in each of its
//! states and the account in each of its own.
//!
//! A table is the product of such classes. What a combination ends in is told by an order of precedence in plain
//! conditions, of which the first that holds names the error. Each refusal leaves the state root as it was, each
//! success all invariants, and neither anything of another owner's.

mod accounts;
mod closing;
mod combined;
mod deficits;
mod governance;
mod lending;
mod liquidating;
mod listing;
mod opening;
mod origins;
mod removing;
mod stage;
mod swaps;

use super::*;
use crate::{Accounts, Call};
use frame_support::{
	storage::{with_transaction_unchecked, TransactionOutcome},
	traits::{GetCallName, UnfilteredDispatchable},
};
use sp_runtime::{DispatchError, StateVersion};
use stage::*;
use std::mem;

/// What a row must end in.
type Outcome = Result<(), DispatchError>;

/// Rows that are named in a failing table, at most.
const NAMED: usize = 25;

/// The rows of one call, each played on the same stage as if it were the first.
struct Table {
	call: &'static str,
	/// State root and accounts of the scene.
	root: Vec<u8>,
	accounts: Vec<(AccountId, u16, crate::AccountOf<Test>)>,
	rows: usize,
	refused: usize,
	wrong: Vec<String>,
}

/// Plays the rows that `fill` gives, and tells of all that end in something else.
fn table(call: &'static str, fill: impl FnOnce(&mut Table)) {
	let mut table = Table {
		call,
		root: Vec::new(),
		accounts: Vec::new(),
		rows: 0,
		refused: 0,
		wrong: Vec::new(),
	};
	stage().execute_with(|| table.scene(|| (), fill));
	let Table {
		rows, refused, wrong, ..
	} = table;
	let named = wrong.iter().take(NAMED).cloned().collect::<Vec<_>>().join("\n");
	assert!(wrong.is_empty(), "{} of {rows} rows of {call}:\n{named}", wrong.len());
	assert!(
		refused > 0 && refused < rows,
		"{call}: {refused} of {rows} rows are refused"
	);
}

impl Table {
	/// Rows on a stage on which `arrange` has set what is special about them. What it does is undone after them.
	fn scene(&mut self, arrange: impl FnOnce(), rows: impl FnOnce(&mut Self)) {
		undone(|| {
			arrange();
			let root = mem::replace(&mut self.root, undone(state_root));
			let accounts = mem::replace(&mut self.accounts, Accounts::<Test>::iter().collect());
			rows(self);
			(self.root, self.accounts) = (root, accounts);
		});
	}

	/// One row: `origin` sends `call`. What it does is undone.
	fn row(&mut self, name: impl FnOnce() -> String, origin: RuntimeOrigin, call: Call<Test>, expected: Outcome) {
		assert_eq!(call.get_call_name(), self.call, "a row of another call");
		let fault = undone(|| self.play(origin, call, expected));
		self.rows += 1;
		self.refused += usize::from(expected.is_err());
		if let Some(fault) = fault {
			self.wrong.push(format!("{} [{}]: {fault}", self.call, name()));
		}
	}

	fn play(&self, origin: RuntimeOrigin, call: Call<Test>, expected: Outcome) -> Option<String> {
		let signer = frame_system::ensure_signed(origin.clone()).ok();
		let got = RuntimeCall::from(call)
			.dispatch_bypass_filter(origin)
			.map(|_| ())
			.map_err(|refused| refused.error);
		if got != expected {
			return Some(format!("expected {}, got {}", told(&expected), told(&got)));
		}
		if got.is_err() {
			let kept = state_root() == self.root;
			return (!kept).then(|| format!("refused with {}, and the state root changed", told(&got)));
		}
		if signer.is_some_and(|signer| !self.others_are_as_they_were(signer)) {
			return Some("another owner's account changed".into());
		}
		Margin::do_try_state()
			.err()
			.map(|error| format!("succeeded, and left {error:?}"))
	}

	/// Nobody's account but the signer's has changed, unless the call is about another's.
	fn others_are_as_they_were(&self, signer: AccountId) -> bool {
		let others = self.accounts.iter().filter(|(owner, ..)| *owner != signer);
		["liquidate", "evict"].contains(&self.call)
			|| others
				.into_iter()
				.all(|(owner, sub, account)| Accounts::<Test>::get(owner, sub).as_ref() == Some(account))
	}
}

/// Does something and undoes it.
fn undone<R>(what: impl FnOnce() -> R) -> R {
	with_transaction_unchecked(|| TransactionOutcome::Rollback(what()))
}

/// Of the storage as it is now. It counts open transactions too, so it compares only where as many are open.
fn state_root() -> Vec<u8> {
	sp_io::storage::root(StateVersion::V1)
}

fn told(outcome: &Outcome) -> &'static str {
	match outcome {
		Ok(()) => "success",
		Err(error) => (*error).into(),
	}
}

/// The error of the first condition that holds; success if none does.
fn first<const N: usize>(order: [(bool, Error); N]) -> Outcome {
	order
		.into_iter()
		.find(|(holds, _)| *holds)
		.map_or(Ok(()), |(_, error)| Err(error.into()))
}

/// A table begins with the name of its call.
#[test]
fn every_call_has_a_table() {
	let tables = [
		include_str!("inputs/accounts.rs"),
		include_str!("inputs/closing.rs"),
		include_str!("inputs/combined.rs"),
		include_str!("inputs/deficits.rs"),
		include_str!("inputs/governance.rs"),
		include_str!("inputs/lending.rs"),
		include_str!("inputs/liquidating.rs"),
		include_str!("inputs/listing.rs"),
		include_str!("inputs/opening.rs"),
		include_str!("inputs/removing.rs"),
		include_str!("inputs/swaps.rs"),
	];
	for call in Call::<Test>::get_call_names() {
		let begin = format!("(\"{call}\", ");
		assert!(tables.iter().any(|table| table.contains(&begin)), "{call}");
	}
}
