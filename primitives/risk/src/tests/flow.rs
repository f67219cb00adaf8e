use super::exact::{exact, zero};
use crate::{Flow, FlowExceeded, FlowLimit};
use margin_math::Amount;
use num_rational::BigRational;
use proptest::{collection::vec, prelude::*};

/// Milliseconds later, an amount goes out, or comes in.
#[derive(Clone, Copy, Debug)]
struct Move {
	later: u64,
	out: bool,
	amount: u128,
}

fn any_limit() -> impl Strategy<Value = FlowLimit> {
	(0u32..90, 1u128..256, 1u64..100_000_000).prop_map(|(shift, most, period)| FlowLimit {
		most: Amount(most << shift),
		period,
	})
}

/// Moves of up to one and a half limits, a quarter of a period apart or less.
fn moves(limit: FlowLimit) -> impl Strategy<Value = (FlowLimit, Vec<Move>)> {
	let one = (
		0..=limit.period / 4,
		prop_oneof![3 => Just(true), 1 => Just(false)],
		0u128..=1_500,
	);
	let one = one.prop_map(move |(later, out, permille)| Move {
		later,
		out,
		amount: limit.most.0 * permille / 1_000,
	});
	(Just(limit), vec(one, 1..60))
}

/// The bucket without any rounding.
struct Bucket {
	level: BigRational,
	at: u64,
}

impl Bucket {
	fn leak(&mut self, limit: &FlowLimit, now: u64) {
		let leaked = exact(limit.most.0) * exact(now - self.at) / exact(limit.period);
		self.level = (self.level.clone() - leaked).max(zero());
		self.at = now;
	}

	fn add(&mut self, amount: BigRational) {
		self.level = (self.level.clone() + amount).max(zero());
	}
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(500))]

	#[test]
	fn over_any_period_no_more_than_twice_the_limit_goes_out_net((limit, moves) in any_limit().prop_flat_map(moves)) {
		let (mut flow, mut now) = (Flow::default(), 0);
		// What went out at which time: negative where it came in.
		let mut booked: Vec<(u64, BigRational)> = Vec::new();
		for step in moves {
			now += step.later;
			let amount = Amount(step.amount);
			if !step.out {
				flow.give_back(&limit, amount, now);
				booked.push((now, zero() - exact(amount.0)));
			} else if flow.take(&limit, amount, now).is_ok() {
				booked.push((now, exact(amount.0)));
				prop_assert!(flow.level(&limit, now) <= limit.most);
			}
			let mut out = zero();
			for (at, amount) in booked.iter().rev() {
				if *at + limit.period < now {
					break;
				}
				out += amount;
				prop_assert!(out <= exact(2) * exact(limit.most.0));
			}
		}
	}

	#[test]
	fn the_level_is_that_of_an_exact_bucket_rounded_up((limit, moves) in any_limit().prop_flat_map(moves)) {
		let (mut flow, mut now) = (Flow::default(), 0);
		let mut bucket = Bucket { level: zero(), at: 0 };
		// Each booking may leave a unit, or the leak of a millisecond, for later.
		let grain = exact(1) + exact(limit.most.0) / exact(limit.period);
		let mut slack = exact(1);
		for step in moves {
			now += step.later;
			bucket.leak(&limit, now);
			let (left, amount) = (flow.left(&limit, now), Amount(step.amount));
			if !step.out {
				flow.give_back(&limit, amount, now);
				bucket.add(zero() - exact(amount.0));
			} else if flow.take(&limit, amount, now) == Ok(()) {
				prop_assert!(amount <= left);
				bucket.add(exact(amount.0));
			} else {
				prop_assert!(amount > left);
			}
			slack += grain.clone();
			let level = exact(flow.level(&limit, now).0);
			prop_assert!(level >= bucket.level && level <= bucket.level.clone() + slack.clone());
			prop_assert_eq!(flow.left(&limit, now), limit.most.saturating_sub(flow.level(&limit, now)));
		}
	}

	#[test]
	fn a_refusal_changes_nothing((limit, moves) in any_limit().prop_flat_map(moves), more in 1u128..1_000) {
		let (mut flow, mut now) = (Flow::default(), 0);
		for step in moves {
			now += step.later;
			let _ = flow.take(&limit, Amount(step.amount), now);
			let mut tried = flow;
			let too_much = flow.left(&limit, now).saturating_add(Amount(more));
			prop_assert_eq!(tried.take(&limit, too_much, now), Err(FlowExceeded));
			prop_assert_eq!(tried, flow);
		}
	}

	#[test]
	fn a_lower_limit_frees_nothing((limit, moves) in any_limit().prop_flat_map(moves), part in 0u128..=1_000, wait: u32) {
		let (mut flow, mut now) = (Flow::default(), 0);
		for step in moves {
			now += step.later;
			let _ = flow.take(&limit, Amount(step.amount), now);
		}
		let lower = FlowLimit { most: Amount(limit.most.0 * part / 1_000), ..limit };
		prop_assert_eq!(flow.level(&lower, now).max(flow.level(&limit, now)), flow.level(&lower, now));
		let later = now + u64::from(wait);
		prop_assert!(flow.left(&lower, later) <= flow.left(&limit, later));
		if flow.take(&lower, Amount(1), later).is_ok() {
			prop_assert!(flow.level(&lower, later) <= lower.most);
		}
	}
}

const HOUR: FlowLimit = FlowLimit {
	most: Amount(3_600),
	period: 3_600_000,
};

#[test]
fn frequent_bookings_do_not_hold_up_the_leak() {
	let mut flow = Flow::default();
	flow.take(&HOUR, Amount(3_600), 0).unwrap();
	// A unit leaks in a second, which is cut into pieces in which none does.
	for now in (0..=60_000).step_by(7) {
		flow.give_back(&HOUR, Amount::ZERO, now);
	}
	assert_eq!(flow.level(&HOUR, 60_000), Amount(3_540));
}

#[test]
fn what_comes_in_makes_room_but_saves_nothing_up() {
	let mut flow = Flow::default();
	flow.give_back(&HOUR, Amount(1_000_000), 0);
	assert_eq!(flow.left(&HOUR, 0), Amount(3_600));
	flow.take(&HOUR, Amount(3_600), 0).unwrap();
	assert_eq!(flow.take(&HOUR, Amount(1), 0), Err(FlowExceeded));
	flow.give_back(&HOUR, Amount(600), 0);
	assert_eq!(flow.left(&HOUR, 0), Amount(600));
	flow.give_back(&HOUR, Amount(1_000_000), 0);
	assert_eq!(flow.left(&HOUR, 0), Amount(3_600));
}

#[test]
fn a_bucket_is_empty_after_a_period_and_clocks_that_go_back_change_nothing() {
	let mut flow = Flow::default();
	flow.take(&HOUR, Amount(3_600), 10_000_000).unwrap();
	assert_eq!(flow.level(&HOUR, 0), Amount(3_600));
	assert_eq!(flow.level(&HOUR, 13_599_999), Amount(1));
	assert_eq!(flow.level(&HOUR, 13_600_000), Amount::ZERO);
}

#[test]
fn without_a_limit_anything_may_go_out() {
	let mut flow = Flow::default();
	assert_eq!(flow.take(&FlowLimit::UNLIMITED, Amount(u128::MAX), 5), Ok(()));
	assert_eq!(flow.take(&FlowLimit::UNLIMITED, Amount(u128::MAX), 6), Ok(()));
	assert!(FlowLimit::UNLIMITED.is_valid());
}

#[test]
fn a_limit_of_nothing_lets_nothing_out_and_one_without_a_period_is_not_valid() {
	let none = FlowLimit {
		most: Amount::ZERO,
		period: 1_000,
	};
	assert!(none.is_valid());
	assert_eq!(Flow::default().take(&none, Amount(1), u64::MAX), Err(FlowExceeded));
	assert_eq!(Flow::default().take(&none, Amount::ZERO, 0), Ok(()));
	assert!(!FlowLimit { period: 0, ..none }.is_valid());
}

#[test]
fn what_comes_in_ahead_goes_out_on_top_of_the_limit_and_lapses_in_a_period() {
	let limit = FlowLimit {
		most: Amount(1_000),
		period: 100,
	};
	let mut flow = Flow::default();
	assert_eq!(flow.take(&limit, Amount(400), 10), Ok(()));
	flow.bring_in(&limit, Amount(2_400), 10);
	assert_eq!(
		(flow.level(&limit, 10), flow.ahead(&limit, 10)),
		(Amount(0), Amount(2_000))
	);
	assert_eq!(flow.left(&limit, 60), Amount(2_000));
	assert_eq!(flow.left(&limit, 110), Amount(1_000));
	assert_eq!(flow.take(&limit, Amount(2_001), 60), Err(FlowExceeded));
	assert_eq!(flow.take(&limit, Amount(1_500), 60), Ok(()));
	assert_eq!(
		(flow.level(&limit, 60), flow.ahead(&limit, 60)),
		(Amount(500), Amount(0))
	);
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(500))]

	#[test]
	fn what_is_brought_in_and_taken_out_again_uses_up_nothing(
		(limit, moves) in any_limit().prop_flat_map(moves),
		amount in 0u128..u128::MAX / 4,
	) {
		let (mut flow, mut now) = (Flow::default(), 0);
		for step in moves {
			now += step.later;
			let _ = flow.take(&limit, Amount(step.amount), now);
			let before = flow.left(&limit, now);
			let mut looped = flow;
			looped.bring_in(&limit, Amount(amount), now);
			prop_assert_eq!(looped.take(&limit, Amount(amount), now), Ok(()));
			prop_assert_eq!(looped.left(&limit, now), before);
		}
	}

	#[test]
	fn no_more_goes_out_than_the_limit_and_what_came_in((limit, moves) in any_limit().prop_flat_map(moves)) {
		let (mut flow, mut now) = (Flow::default(), 0);
		let (mut out, mut came) = (zero(), zero());
		for step in moves {
			now += step.later;
			if !step.out {
				flow.bring_in(&limit, Amount(step.amount), now);
				came += exact(step.amount);
			} else if flow.take(&limit, Amount(step.amount), now).is_ok() {
				out += exact(step.amount);
			}
			let leaked = exact(limit.most.0) * exact(now) / exact(limit.period);
			prop_assert!(out <= exact(limit.most.0) + leaked + came.clone());
			prop_assert!(flow.level(&limit, now).is_zero() || flow.ahead(&limit, now).is_zero());
		}
	}
}
