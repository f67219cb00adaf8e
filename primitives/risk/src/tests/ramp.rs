use super::{
	accounts::any_margin,
	exact::{exact, ratio},
};
use crate::{Level, MarginRamp, MarginRatios};
use margin_math::{Ratio, UNIT};
use proptest::prelude::*;

const LEVELS: [Level; 3] = [Level::Initial, Level::Target, Level::Maintenance];

proptest! {
	#![proptest_config(ProptestConfig::with_cases(1_000))]

	#[test]
	fn each_level_moves_on_a_straight_line_rounded_up(
		from in any_margin(), to in any_margin(), start: u32, length in 1u64.., part in 0u64..,
	) {
		let ramp = MarginRamp { from, start: start.into(), end: u64::from(start).saturating_add(length) };
		let length = ramp.end - ramp.start;
		let elapsed = part % (length + 1);
		let ratios = ramp.at(&to, ramp.start + elapsed);
		prop_assert!(ratios.is_valid());
		for level in LEVELS {
			let (first, last) = (ratio(from.at(level)), ratio(to.at(level)));
			let wanted = first.clone() + (last - first) * exact(elapsed) / exact(length);
			let off = ratio(ratios.at(level)) - wanted;
			prop_assert!(off >= exact(0) && off < exact(1) / exact(UNIT));
		}
	}

	#[test]
	fn a_ramp_goes_one_way(from in any_margin(), to in any_margin(), start: u64, end: u64, a: u64, b: u64) {
		let ramp = MarginRamp { from, start, end };
		let (early, late) = (ramp.at(&to, a.min(b)), ramp.at(&to, a.max(b)));
		for level in LEVELS {
			if to.at(level) >= from.at(level) {
				prop_assert!(late.at(level) >= early.at(level));
			} else {
				prop_assert!(late.at(level) <= early.at(level));
			}
		}
	}
}

fn usual(percent: u32) -> MarginRatios {
	MarginRatios::from_maintenance(Ratio::from_percent(percent)).unwrap()
}

#[test]
fn before_the_start_the_old_ratios_hold_and_after_the_end_the_new() {
	let ramp = MarginRamp {
		from: usual(10),
		start: 1_000,
		end: 2_000,
	};
	let to = usual(20);
	assert_eq!(ramp.at(&to, 0), usual(10));
	assert_eq!(ramp.at(&to, 1_000), usual(10));
	assert_eq!(ramp.at(&to, 1_500), usual(15));
	assert_eq!(ramp.at(&to, 2_000), to);
	assert_eq!(ramp.at(&to, u64::MAX), to);
}

#[test]
fn a_ramp_without_length_has_ended() {
	let ramp = MarginRamp {
		from: usual(10),
		start: 2_000,
		end: 2_000,
	};
	for now in [0, 1_999, 2_000, 2_001] {
		assert_eq!(ramp.at(&usual(5), now), usual(5));
	}
	assert_eq!(MarginRamp::default().at(&usual(5), 0), usual(5));
}
