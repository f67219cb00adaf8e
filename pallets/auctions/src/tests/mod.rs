//! Tests by subject. Each goes through [`crate::mock::ExtBuilder`], which checks every invariant and the books at the
//! end.

mod clock;
mod governance;
mod inputs;
mod market;
mod pausing;
mod property;
mod rounds;
mod taking;
mod walk;
mod worker;

use crate::{mock::*, Cause, Level, Rules};
use frame_support::{assert_noop, assert_ok};
use margin_math::{Price, Ratio};

type Error = crate::Error<Test>;
type Event = crate::Event<Test>;

/// Ten ether for sale, worth 2,000 dollars, with as much debt, on the first block of their auction.
fn with_lot(test: impl FnOnce()) {
	ExtBuilder::default().build_and_execute(|| {
		fill(ETH, 10 * unit(ETH), 2_000);
		bring(ALICE, 1_000_000);
		next_block(BLOCK_MS);
		events();
		test();
	});
}

/// The rounds that have begun since the last look, each with why.
fn rounds_begun() -> Vec<(u32, Cause)> {
	let began = |event| match event {
		Event::RoundBegan { round, cause, .. } => Some((round, cause)),
		_ => None,
	};
	events().into_iter().filter_map(began).collect()
}

/// Whether the lot of ether went out in kind.
fn handed_out() -> bool {
	held(ETH) == 0 && BooksOf::get().in_kind.contains_key(&ETH)
}

/// The rest of the first step's time, and a round more, in which the floor's step is told.
const STEP_MS: u64 = 600_000;
