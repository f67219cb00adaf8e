//! From the operators' feeds to the chain's price, through the real oracle.

use crate::{mock::*, Event, Guard, Verdict};
use frame_support::{assert_noop, assert_ok};
use margin_math::Price;
use margin_risk::PriceSource;

#[test]
fn a_price_is_latched_at_the_end_of_the_block_and_not_before() {
	ExtBuilder::default().build_and_execute(|| {
		block(|| {
			feed_all(BTC, usd(8_000));
			assert_eq!(Prices::quote(&BTC), None);
		});
		assert_eq!(quote(BTC).live, usd(8_000));
		assert_eq!(quote(BTC).stable, usd(8_000));
		assert_eq!(quote(BTC).verdict, Verdict::Usable);
		assert_eq!(quote(BTC).updated_at, now());
		block(|| {
			feed_all(BTC, usd(8_100));
			assert_eq!(quote(BTC).live, usd(8_000));
		});
		assert_eq!(quote(BTC).live, usd(8_100));
	});
}

#[test]
fn a_key_that_nobody_fed_or_guards_has_no_quote() {
	ExtBuilder::default().build_and_execute(|| {
		block(|| feed_all(77, usd(1)));
		assert_eq!(Prices::quote(&BTC), None);
		assert_eq!(Prices::quote(&77), None);
		assert_eq!(verdict(77), Verdict::Missing);
	});
}

#[test]
fn a_first_price_needs_enough_operators() {
	let three = Guard {
		min_operators: 3,
		..guard()
	};
	ExtBuilder::default().guards(vec![(BTC, three)]).build_and_execute(|| {
		block(|| {
			assert_ok!(feed(ALICE, BTC, usd(8_000)));
			assert_ok!(feed(BOB, BTC, usd(8_000)));
		});
		assert_eq!(Prices::quote(&BTC), None);
		block(|| feed(CHARLIE, BTC, usd(8_000)).unwrap());
		assert_eq!(verdict(BTC), Verdict::Usable);
	});
}

#[test]
fn one_operator_of_three_printing_thirty_percent_more_changes_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		block_at(usd(8_000));
		for _ in 0..2_700 {
			block(|| {
				assert_ok!(feed(ALICE, BTC, usd(8_000)));
				assert_ok!(feed(BOB, BTC, usd(10_400)));
				assert_ok!(feed(CHARLIE, BTC, usd(8_000)));
			});
			assert_eq!(quote(BTC).live, usd(8_000));
			assert_eq!(quote(BTC).stable, usd(8_000));
			assert_eq!(quote(BTC).verdict, Verdict::Usable);
		}
	});
}

#[test]
fn one_operator_printing_a_wick_while_another_is_silent_changes_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		block_at(usd(8_000));
		for wick in [10_400, 5_600] {
			block_after(61_000, || {
				assert_ok!(feed(ALICE, BTC, usd(8_000)));
				assert_ok!(feed(BOB, BTC, usd(wick)));
			});
			for _ in 0..30 {
				block(|| {
					assert_ok!(feed(ALICE, BTC, usd(8_000)));
					assert_ok!(feed(BOB, BTC, usd(wick)));
				});
				assert_eq!(quote(BTC).live, usd(8_000));
			}
			assert_eq!(verdict(BTC), Verdict::Usable);
		}
	});
}

#[test]
fn a_wick_of_all_operators_passes_and_leaves_no_trace() {
	ExtBuilder::default().build_and_execute(|| {
		block_at(usd(8_000));
		block_at(usd(5_000));
		assert_eq!(quote(BTC).live, usd(8_000));
		assert_eq!(quote(BTC).candidate, Some(usd(5_000)));
		assert_eq!(verdict(BTC), Verdict::HeldBack);
		block_at(usd(7_900));
		assert_eq!(quote(BTC).live, usd(7_900));
		assert_eq!(quote(BTC).candidate, None);
		assert_eq!(verdict(BTC), Verdict::Usable);
	});
}

#[test]
fn a_true_fall_is_adopted_after_three_more_rounds() {
	ExtBuilder::default().build_and_execute(|| {
		block_at(usd(8_000));
		for price in [5_000, 4_900, 4_800] {
			block_at(usd(price));
			assert_eq!(quote(BTC).live, usd(8_000));
			assert_eq!(quote(BTC).candidate, Some(usd(price)));
			assert_eq!(verdict(BTC), Verdict::HeldBack);
		}
		block_at(usd(4_700));
		assert_eq!(quote(BTC).live, usd(4_700));
		assert_eq!(verdict(BTC), Verdict::Usable);
	});
}

#[test]
fn a_true_fall_is_adopted_after_thirty_seconds_when_feeds_are_slow() {
	ExtBuilder::default().build_and_execute(|| {
		block_at(usd(8_000));
		block_at(usd(5_000));
		for _ in 0..14 {
			block(|| ());
			assert_eq!(verdict(BTC), Verdict::HeldBack);
		}
		block(|| ());
		assert_eq!(quote(BTC).live, usd(5_000));
		assert_eq!(verdict(BTC), Verdict::Usable);
	});
}

#[test]
fn a_price_exactly_on_the_band_is_taken_over_and_one_beyond_it_is_not() {
	ExtBuilder::default().build_and_execute(|| {
		block_at(usd(10_000));
		block_at(usd(9_000));
		assert_eq!(verdict(BTC), Verdict::Usable);
		let beyond = Price::from_raw(usd(8_100).raw() - 1);
		block_at(beyond);
		assert_eq!(verdict(BTC), Verdict::HeldBack);
	});
}

#[test]
fn a_price_is_stale_in_the_very_block_in_which_it_is_too_old() {
	ExtBuilder::default().build_and_execute(|| {
		block_at(usd(8_000));
		block_after(60_000, || assert_eq!(verdict(BTC), Verdict::Usable));
		block_after(1, || assert_eq!(verdict(BTC), Verdict::Stale));
		assert_eq!(verdict(BTC), Verdict::Stale);
		assert_eq!(quote(BTC).live, usd(8_000));
	});
}

#[test]
fn when_half_of_the_operators_go_silent_the_price_is_refused_and_then_stale() {
	ExtBuilder::default().build_and_execute(|| {
		block_at(usd(8_000));
		for _ in 0..29 {
			block(|| feed(ALICE, BTC, usd(7_000)).unwrap());
			assert_eq!(quote(BTC).live, usd(8_000));
		}
		assert_eq!(verdict(BTC), Verdict::Usable);
		block(|| feed(ALICE, BTC, usd(7_000)).unwrap());
		assert_eq!(verdict(BTC), Verdict::TooFewOperators);
		block(|| feed(ALICE, BTC, usd(7_000)).unwrap());
		assert_eq!(verdict(BTC), Verdict::Stale);
		assert_eq!(quote(BTC).live, usd(8_000));
	});
}

#[test]
fn too_few_operators_are_seen_before_the_price_is_too_old() {
	let patient = Guard {
		max_age_ms: 600_000,
		..guard()
	};
	ExtBuilder::default()
		.guards(vec![(BTC, patient)])
		.build_and_execute(|| {
			block_at(usd(8_000));
			block_after(61_000, || feed(ALICE, BTC, usd(8_000)).unwrap());
			assert_eq!(verdict(BTC), Verdict::TooFewOperators);
			block(|| feed(BOB, BTC, usd(8_000)).unwrap());
			assert_eq!(verdict(BTC), Verdict::Usable);
		});
}

#[test]
fn after_a_gap_fresh_prices_must_come_in_several_times_whatever_they_are() {
	ExtBuilder::default().build_and_execute(|| {
		block_at(usd(8_000));
		block_after(3_600_000, || {
			assert_eq!(verdict(BTC), Verdict::Stale);
			feed_all(BTC, usd(8_000));
			assert_eq!(verdict(BTC), Verdict::Stale);
		});
		assert_eq!(verdict(BTC), Verdict::HeldBack);
		for _ in 0..2 {
			block_at(usd(8_010));
			assert_eq!(verdict(BTC), Verdict::HeldBack);
			assert_eq!(quote(BTC).live, usd(8_000));
		}
		block_at(usd(8_020));
		assert_eq!(verdict(BTC), Verdict::Usable);
		assert_eq!(quote(BTC).live, usd(8_020));
	});
}

#[test]
fn after_a_gap_time_alone_makes_nothing_usable() {
	ExtBuilder::default().build_and_execute(|| {
		block_at(usd(8_000));
		block_after(3_600_000, || feed_all(BTC, usd(8_000)));
		for _ in 0..29 {
			block(|| ());
			assert_eq!(verdict(BTC), Verdict::HeldBack);
		}
		block_after(2_001, || ());
		assert_eq!(verdict(BTC), Verdict::Stale);
	});
}

#[test]
fn a_feed_from_a_stranger_is_refused_and_changes_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		block_at(usd(8_000));
		let stranger = RuntimeOrigin::signed(STRANGER);
		let values = vec![(BTC, usd(1).to_fixed())].try_into().unwrap();
		assert_noop!(
			Oracle::feed_values(stranger, values),
			orml_oracle::Error::<Test>::NoPermission
		);
		block(|| ());
		assert_eq!(quote(BTC).live, usd(8_000));
	});
}

#[test]
fn a_zero_from_one_operator_is_no_price_and_no_report() {
	ExtBuilder::default().build_and_execute(|| {
		block_at(usd(8_000));
		block(|| {
			assert_ok!(feed(ALICE, BTC, usd(8_001)));
			assert_ok!(feed(BOB, BTC, Price::ZERO));
			assert_ok!(feed(CHARLIE, BTC, usd(8_002)));
		});
		assert_eq!(quote(BTC).live, usd(8_001));
		block(|| {
			assert_ok!(feed(ALICE, BTC, Price::ZERO));
			assert_ok!(feed(BOB, BTC, Price::ZERO));
		});
		assert_eq!(verdict(BTC), Verdict::TooFewOperators);
		assert_eq!(quote(BTC).live, usd(8_001));
	});
}

#[test]
fn zeros_from_everybody_leave_the_last_price_unusable() {
	ExtBuilder::default().build_and_execute(|| {
		block_at(usd(8_000));
		block_at(Price::ZERO);
		assert_eq!(quote(BTC).live, usd(8_000));
		assert_eq!(verdict(BTC), Verdict::TooFewOperators);
	});
}

#[test]
fn a_zero_that_another_oracle_reports_is_missing() {
	ExtBuilder::default().build_and_execute(|| {
		block_at(usd(8_000));
		block(|| {
			let zero = orml_oracle::TimestampedValue {
				value: Price::ZERO.to_fixed(),
				timestamp: now(),
			};
			orml_oracle::Values::<Test>::insert(BTC, zero);
		});
		assert_eq!(verdict(BTC), Verdict::Missing);
		assert_eq!(quote(BTC).live, usd(8_000));
	});
}

#[test]
fn timestamps_that_go_back_make_no_round_and_no_younger_price() {
	ExtBuilder::default().build_and_execute(|| {
		let at = |price: Price, timestamp: u64| {
			block(|| {
				feed_all(BTC, price);
				let value = orml_oracle::TimestampedValue {
					value: price.to_fixed(),
					timestamp,
				};
				orml_oracle::Values::<Test>::insert(BTC, value);
			});
		};
		block_at(usd(8_000));
		let start = now();
		at(usd(5_000), start + 1_000);
		for older in [900, 1_000, 800, 1_000] {
			at(usd(5_000), start + older);
			assert_eq!(verdict(BTC), Verdict::HeldBack);
		}
		for newer in [1_001, 1_002] {
			at(usd(5_000), start + newer);
			assert_eq!(verdict(BTC), Verdict::HeldBack);
		}
		at(usd(5_000), start + 1_003);
		assert_eq!(verdict(BTC), Verdict::Usable);
		assert_eq!(quote(BTC).updated_at, start + 1_003);
		at(usd(5_000), start - 40_000);
		assert_eq!(quote(BTC).updated_at, start - 40_000);
		assert_eq!(verdict(BTC), Verdict::Usable);
		block_after(2_001, || assert_eq!(verdict(BTC), Verdict::Stale));
	});
}

#[test]
fn a_timestamp_from_the_future_lives_no_longer_than_one_of_now() {
	ExtBuilder::default().build_and_execute(|| {
		block(|| {
			feed_all(BTC, usd(8_000));
			let value = orml_oracle::TimestampedValue {
				value: usd(8_000).to_fixed(),
				timestamp: now() + 86_400_000,
			};
			orml_oracle::Values::<Test>::insert(BTC, value);
		});
		assert_eq!(quote(BTC).updated_at, now());
		block_after(60_001, || assert_eq!(verdict(BTC), Verdict::Stale));
	});
}

#[test]
fn one_key_does_not_touch_another() {
	ExtBuilder::default().build_and_execute(|| {
		block(|| {
			for operator in [ALICE, BOB, CHARLIE] {
				let values = vec![(BTC, usd(8_000).to_fixed()), (ETH, usd(200).to_fixed())]
					.try_into()
					.unwrap();
				assert_ok!(Oracle::feed_values(RuntimeOrigin::signed(operator), values));
			}
		});
		for _ in 0..31 {
			block(|| feed_all(ETH, usd(201)));
		}
		assert_eq!(verdict(BTC), Verdict::Stale);
		assert_eq!(verdict(ETH), Verdict::Usable);
		assert_eq!(quote(ETH).live, usd(201));
	});
}

#[test]
fn root_can_feed_but_does_not_stand_in_for_an_operator() {
	ExtBuilder::default().build_and_execute(|| {
		block(|| {
			assert_ok!(feed(ALICE, BTC, usd(8_000)));
			let values = vec![(BTC, usd(8_000).to_fixed())].try_into().unwrap();
			assert_ok!(Oracle::feed_values(RuntimeOrigin::root(), values));
		});
		assert_eq!(Prices::quote(&BTC), None);
		block(|| feed(BOB, BTC, usd(8_000)).unwrap());
		assert_eq!(verdict(BTC), Verdict::Usable);
	});
}

#[test]
fn events_tell_of_changes_and_of_nothing_else() {
	ExtBuilder::default().build_and_execute(|| {
		let (usable, held, stale) = (Verdict::Usable, Verdict::HeldBack, Verdict::Stale);
		block_at(usd(8_000));
		assert_eq!(
			events(),
			vec![Event::VerdictChanged {
				key: BTC,
				from: Verdict::Missing,
				to: usable
			}]
		);
		block_at(usd(8_100));
		assert_eq!(events(), vec![]);
		block_at(usd(5_000));
		assert_eq!(
			events(),
			vec![
				Event::HeldBack {
					key: BTC,
					live: usd(8_100),
					candidate: usd(5_000)
				},
				Event::VerdictChanged {
					key: BTC,
					from: usable,
					to: held
				},
			]
		);
		block_at(usd(5_000));
		block_at(usd(5_000));
		assert_eq!(events(), vec![]);
		block_at(usd(5_100));
		assert_eq!(
			events(),
			vec![
				Event::Adopted {
					key: BTC,
					from: usd(8_100),
					to: usd(5_100)
				},
				Event::VerdictChanged {
					key: BTC,
					from: held,
					to: usable
				},
			]
		);
		block_after(60_001, || ());
		assert_eq!(
			events(),
			vec![Event::VerdictChanged {
				key: BTC,
				from: usable,
				to: stale
			}]
		);
	});
}
