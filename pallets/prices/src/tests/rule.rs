//! The latch rule by itself, case by case.

use crate::{
	latch::{latch, Change, Latch},
	mock::{guard, usd},
	Reading, Verdict,
};

const T: u64 = 1_000_000_000;

fn reading(price: u32, time_ms: u64) -> Option<Reading> {
	Some(Reading {
		price: usd(price),
		time_ms,
		operators: 3,
	})
}

fn first() -> Option<Latch> {
	latch(None, reading(100, T), &guard(), T).0
}

fn step(before: Option<Latch>, reading: Option<Reading>, now: u64) -> (Latch, Change) {
	let (after, change) = latch(before, reading, &guard(), now);
	(after.unwrap(), change)
}

#[test]
fn nothing_comes_of_nothing() {
	assert_eq!(latch(None, None, &guard(), T), (None, Change::Kept));
	assert_eq!(latch(None, reading(0, T), &guard(), T), (None, Change::Kept));
	assert_eq!(latch(None, reading(100, T - 60_001), &guard(), T), (None, Change::Kept));
	let alone = Some(Reading {
		price: usd(100),
		time_ms: T,
		operators: 1,
	});
	assert_eq!(latch(None, alone, &guard(), T), (None, Change::Kept));
}

#[test]
fn the_worst_reason_names_the_verdict() {
	let old_zero = Some(Reading {
		price: usd(0),
		time_ms: 0,
		operators: 0,
	});
	assert_eq!(step(first(), old_zero, T + 2_000).0.verdict, Verdict::Missing);
	let old_alone = Some(Reading {
		price: usd(100),
		time_ms: 0,
		operators: 0,
	});
	assert_eq!(step(first(), old_alone, T + 2_000).0.verdict, Verdict::Stale);
	let alone = Some(Reading {
		price: usd(100),
		time_ms: T,
		operators: 0,
	});
	assert_eq!(step(first(), alone, T + 2_000).0.verdict, Verdict::TooFewOperators);
}

#[test]
fn a_hold_outlives_a_moment_without_operators() {
	let (held, change) = step(first(), reading(50, T + 2_000), T + 2_000);
	assert_eq!(change, Change::HeldBack);
	let alone = Some(Reading {
		price: usd(50),
		time_ms: T + 4_000,
		operators: 1,
	});
	let (held, _) = step(Some(held), alone, T + 4_000);
	assert_eq!(held.verdict, Verdict::TooFewOperators);
	let (held, change) = step(Some(held), reading(50, T + 6_000), T + 6_000);
	assert_eq!((held.verdict, change), (Verdict::HeldBack, Change::StillHeld));
	assert_eq!(held.held.unwrap().rounds, 1);
}

#[test]
fn a_hold_does_not_begin_anew_when_the_price_moves_on() {
	let mut state = step(first(), reading(50, T + 2_000), T + 2_000).0;
	for (n, price) in [(2, 200), (3, 20)] {
		state = step(Some(state), reading(price, T + n * 2_000), T + n * 2_000).0;
		assert_eq!(state.live, usd(100));
	}
	let (state, change) = step(Some(state), reading(300, T + 8_000), T + 8_000);
	assert_eq!((state.live, change), (usd(300), Change::Adopted));
}

#[test]
fn a_second_hold_counts_from_zero() {
	let mut state = step(first(), reading(50, T + 2_000), T + 2_000).0;
	state = step(Some(state), reading(50, T + 4_000), T + 4_000).0;
	state = step(Some(state), reading(100, T + 6_000), T + 6_000).0;
	assert_eq!(state.held, None);
	state = step(Some(state), reading(50, T + 8_000), T + 8_000).0;
	assert_eq!(state.held.unwrap().rounds, 0);
	assert_eq!(state.held.unwrap().since, T + 8_000);
}

#[test]
fn a_gap_within_a_hold_begins_a_longer_one() {
	let state = step(first(), reading(50, T + 2_000), T + 2_000).0;
	let later = T + 100_000;
	let (mut state, change) = step(Some(state), reading(50, later), later);
	assert_eq!(change, Change::HeldBack);
	for n in 1..3 {
		state = step(Some(state), reading(100, later + n * 2_000), later + n * 2_000).0;
		assert_eq!(state.verdict, Verdict::HeldBack);
	}
	let (state, change) = step(Some(state), reading(100, later + 6_000), later + 6_000);
	assert_eq!((state.verdict, change), (Verdict::Usable, Change::Adopted));
}

#[test]
fn the_stable_price_stands_still_while_no_price_is_usable() {
	let hour = 3_600_000;
	let mut state = step(first(), reading(105, T + 2_000), T + 2_000).0;
	let before = state.stable.price;
	state = step(Some(state), None, T + 2_000).0;
	state = step(Some(state), None, T + hour).0;
	assert_eq!(state.stable.price, before);
}

#[test]
fn the_stable_price_follows_a_price_that_expires_unseen_up_to_its_end() {
	let state = step(first(), reading(109, T), T).0;
	let watched = (1..=40u64).fold(state, |state, n| {
		step(Some(state), None.or(reading(109, T)), T + n * 2_000).0
	});
	let slept = step(Some(state), reading(109, T), T + 80_000).0;
	assert_eq!(watched.stable, slept.stable);
	assert_eq!(slept.verdict, Verdict::Stale);
}
