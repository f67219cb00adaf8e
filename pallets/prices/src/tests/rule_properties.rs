//! What holds for the latch rule on any history.

use crate::{
	invariants::check_latch,
	latch::{latch, Change, Held, Latch},
	mock::usd,
	Guard, Reading, Verdict,
};
use margin_math::{Price, Ratio};
use margin_risk::{
	volatility::{Bucket, Range},
	Stable,
};
use proptest::{collection::vec, option, prelude::*};

const T: u64 = 1_600_000_000_000;

fn guards() -> impl Strategy<Value = Guard> {
	(
		10_000..=600_000u64,
		1..=5u32,
		1_000..=500_000u32,
		1..=20u32,
		1_000..=600_000u64,
		1_000..=10_000_000u32,
	)
		.prop_map(|(max_age_ms, min_operators, band, hold_rounds, hold_ms, speed)| Guard {
			max_age_ms,
			min_operators,
			band: Ratio::from_ppm(band),
			hold_rounds,
			hold_ms,
			stable_speed_per_hour: Ratio::from_ppm(speed),
		})
}

fn any_price() -> impl Strategy<Value = Price> {
	prop_oneof![
		any::<u128>(),
		0..3u128,
		(1..100_000u128).prop_map(|p| p * 1_000_000_000_000_000_000)
	]
	.prop_map(Price::from_raw)
}

fn any_guard() -> impl Strategy<Value = Guard> {
	(
		any::<u64>(),
		any::<u32>(),
		any::<u128>(),
		any::<u32>(),
		any::<u64>(),
		any::<u128>(),
	)
		.prop_map(|(max_age_ms, min_operators, band, hold_rounds, hold_ms, speed)| Guard {
			max_age_ms,
			min_operators,
			band: Ratio::from_raw(band),
			hold_rounds,
			hold_ms,
			stable_speed_per_hour: Ratio::from_raw(speed),
		})
}

fn any_verdict() -> impl Strategy<Value = Verdict> {
	prop::sample::select(vec![
		Verdict::Usable,
		Verdict::HeldBack,
		Verdict::Stale,
		Verdict::TooFewOperators,
		Verdict::Missing,
	])
}

fn any_latch() -> impl Strategy<Value = Latch> {
	let held =
		(any_price(), any::<u64>(), any::<u32>(), any::<bool>()).prop_map(|(price, since, rounds, after_gap)| Held {
			price,
			since,
			rounds,
			after_gap,
		});
	let bucket = (any_price(), any_price(), any::<u64>()).prop_map(|(high, low, number)| Bucket {
		number,
		range: Range { high, low },
	});
	let stable = (any_price(), any_price(), any::<u64>()).prop_map(|(price, anchor, at)| Stable { price, anchor, at });
	(
		any_price(),
		stable,
		option::of(held),
		any_verdict(),
		any::<u64>(),
		any::<u64>(),
		any::<u64>(),
		option::of(bucket),
	)
		.prop_map(
			|(live, stable, held, verdict, updated_at, seen_at, expires_at, bucket)| Latch {
				live,
				stable,
				held,
				verdict,
				updated_at,
				seen_at,
				expires_at,
				bucket,
			},
		)
}

/// What the oracle shows at one latch: how long after the last one, how old, which price, from how many.
fn looks() -> impl Strategy<Value = Vec<(u64, Option<Reading>)>> {
	let reading =
		(0..90_000u64, prop_oneof![0..3u32, 80..120u32, 1..1_000u32], 0..6u32).prop_map(|(age, price, operators)| {
			Reading {
				price: usd(price),
				time_ms: age,
				operators,
			}
		});
	vec(
		(
			prop_oneof![Just(2_000u64), 1..200_000u64],
			option::weighted(0.9, reading),
		),
		1..60,
	)
}

/// Latches a history and shows every step.
fn replay(
	guard: &Guard,
	looks: &[(u64, Option<Reading>)],
	mut show: impl FnMut(Option<Latch>, Option<Reading>, Change, Option<Latch>, u64),
) {
	let (mut now, mut state) = (T, None);
	for (after, look) in looks {
		now += after;
		let reading = look.map(|reading| Reading {
			time_ms: now - reading.time_ms,
			..reading
		});
		let (next, change) = latch(state, reading, guard, now);
		show(state, reading, change, next, now);
		state = next;
	}
}

proptest! {
	#[test]
	fn nothing_that_is_stored_read_or_set_makes_it_panic(
		before in option::of(any_latch()),
		guard in any_guard(),
		reading in option::of((any_price(), any::<u64>(), any::<u32>())),
		now in any::<u64>(),
	) {
		let reading = reading.map(|(price, time_ms, operators)| Reading { price, time_ms, operators });
		let (after, _) = latch(before, reading, &guard, now);
		prop_assert!(after.is_some() || before.is_none());
		if let Some(after) = after {
			after.quote_at(now);
		}
	}

	#[test]
	fn every_state_of_every_history_passes_the_check(guard in guards(), looks in looks()) {
		replay(&guard, &looks, |_, _, _, after, _| {
			if let Some(after) = after {
				check_latch(&after).unwrap();
			}
		});
	}

	#[test]
	fn the_live_price_is_always_one_that_was_read(guard in guards(), looks in looks()) {
		replay(&guard, &looks, |before, reading, change, after, _| {
			let taken = matches!(change, Change::First | Change::Followed | Change::Adopted);
			let expected = if taken { reading.map(|reading| reading.price) } else { before.map(|latch| latch.live) };
			assert_eq!(after.map(|latch| latch.live), expected);
		});
	}

	#[test]
	fn a_usable_price_is_young_and_has_its_operators(guard in guards(), looks in looks()) {
		replay(&guard, &looks, |_, reading, _, after, now| {
			if let Some(latch) = after.filter(|latch| latch.verdict_at(now).is_usable()) {
				let reading = reading.unwrap();
				assert_eq!(latch.live, reading.price);
				assert!(now - latch.updated_at <= guard.max_age_ms);
				assert!(reading.operators >= guard.min_operators);
				assert!(!latch.verdict_at(latch.updated_at + guard.max_age_ms + 1).is_usable());
			}
		});
	}

	#[test]
	fn no_price_beyond_the_band_is_followed_at_once(guard in guards(), looks in looks()) {
		replay(&guard, &looks, |before, _, change, after, _| {
			if change == Change::Followed {
				let distance = after.unwrap().live.distance(before.unwrap().live).unwrap();
				assert!(distance <= guard.band);
			}
		});
	}

	#[test]
	fn whatever_went_before_a_price_that_stays_is_adopted_within_its_rounds(
		guard in guards(),
		looks in looks(),
		price in 1..1_000u32,
	) {
		let (mut state, mut now) = (None, T);
		replay(&guard, &looks, |_, _, _, after, at| {
			state = after;
			now = at;
		});
		for _ in 0..=guard.hold_rounds {
			now += 2_000;
			let reading = Reading { price: usd(price), time_ms: now, operators: guard.min_operators };
			state = latch(state, Some(reading), &guard, now).0;
		}
		let state = state.unwrap();
		prop_assert_eq!((state.live, state.verdict), (usd(price), Verdict::Usable));
	}

	#[test]
	fn a_wick_shorter_than_the_delay_never_becomes_the_price(guard in guards(), wick in vec(1..1_000u32, 1..20)) {
		let band_of = |price: u32| usd(price).distance(usd(100)).unwrap();
		let wick: Vec<_> = wick.into_iter().filter(|price| band_of(*price) > guard.band).collect();
		let (mut state, mut now) = (None, T);
		let mut show = |price: u32, now: u64| {
			state = latch(state, Some(Reading { price: usd(price), time_ms: now, operators: 5 }), &guard, now).0;
			state.unwrap()
		};
		show(100, now);
		for price in wick.into_iter().take(guard.hold_rounds as usize) {
			now += (guard.hold_ms / 20).min(2_000);
			prop_assert_eq!(show(price, now).live, usd(100));
		}
		prop_assert_eq!(show(100, now + 1).verdict, Verdict::Usable);
	}

	#[test]
	fn a_reading_is_no_round_unless_it_is_newer_than_all_before(guard in guards(), times in vec(0..20u64, 1..60)) {
		let mut state = latch(None, Some(Reading { price: usd(100), time_ms: T, operators: 5 }), &guard, T).0;
		let (mut newest, mut rounds) = (None, 0);
		for time in times {
			let reading = Reading { price: usd(900), time_ms: T + 1 + time, operators: 5 };
			state = latch(state, Some(reading), &Guard { hold_rounds: 20, hold_ms: 600_000, ..guard }, T + 30).0;
			rounds += u32::from(newest.is_some_and(|newest| time > newest));
			newest = newest.max(Some(time));
			match state.unwrap().held {
				Some(held) => prop_assert_eq!(held.rounds, rounds),
				None => return Ok(()),
			}
		}
	}
}
