//! All calls, prices, time and parameters against a simple reference model in exact numbers.
//!
//! A run carries random actions out on the chain and on the model. The model has its own books (`books`), its own health
//! (`health`) and its own reading of the documented rules (`rules`, `calls`, `liquidating`, `governing`). Whatever the
//! chain does the model must allow, whatever it refuses the model must know the rule for, and after each step both have
//! the same (`check`), to within the dust that rounding leaves.
//!
//! `MODEL_CASES` sets the number of runs.

mod actions;
mod books;
mod calls;
mod check;
mod driver;
mod follow;
mod governing;
mod health;
mod leaving;
mod liquidating;
mod number;
mod orders;
mod rules;
mod scenes;
mod setting;
mod world;

use crate::mock::*;
use proptest::prelude::*;

/// Runs of a bounded test.
const CASES: u32 = 96;

fn cases() -> u32 {
	std::env::var("MODEL_CASES")
		.ok()
		.and_then(|cases| cases.parse().ok())
		.unwrap_or(CASES)
}

proptest! {
	#![proptest_config(ProptestConfig { cases: cases(), max_shrink_iters: 300, ..ProptestConfig::default() })]

	#[test]
	fn the_chain_does_what_the_model_says(
		settings in setting::setting(),
		line in prop_oneof![4 => Just(10_000_000i64), 1 => 100..200_000i64],
		halt in prop_oneof![Just(3_650 * DAY), HOUR / 2..DAY],
		scenes in prop::collection::vec(scenes::scene(), 1..40),
	) {
		ExtBuilder::default().build_and_execute(|| {
			let mut run = driver::Run::start(&settings, (line, halt));
			for action in scenes.iter().flatten() {
				run.act(action);
			}
		});
	}
}
