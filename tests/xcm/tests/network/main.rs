//! The margin chain as other chains reach it. One program, because linking the runtimes is what takes the time.

/// Fails unless the margin chain has told something like this since the test began.
macro_rules! assert_told {
	($pattern:pat $(if $guard:expr)?) => {
		let told = margin_xcm_tests::stage::margin(margin_xcm_tests::margin::told);
		assert!(
			told.iter().any(|event| matches!(event, $pattern $(if $guard)?)),
			"never told: {}\n{told:#?}",
			stringify!($pattern),
		);
	};
}

mod fees;
mod guide;
mod limits;
mod liquidation;
mod opening;
mod outward;
mod parameters;
mod refusals;
mod refusals_small;
mod traps;
mod way_home;
