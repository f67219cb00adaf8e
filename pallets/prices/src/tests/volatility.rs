//! From the operators' feeds to a volatility and a correlation, through the real oracle.

use crate::{mock::*, Event, Guard, Guards, Volatilities};
use frame_support::assert_ok;
use margin_math::Price;
use margin_risk::{
	volatility::{bucket_at, Pair, BUCKET_MS},
	Estimate, VolatilitySource,
};

const HOUR_MS: u64 = 12 * BUCKET_MS;
const DAY_MS: u64 = 24 * HOUR_MS;

fn estimate(key: u32) -> Option<Estimate> {
	Prices::estimate(&key)
}

/// Parts per million of a dollar.
fn micros(micros: u128) -> Price {
	Price::from_raw(micros * 1_000_000_000_000)
}

/// A minute-long block in which all operators agree on each of the prices.
fn minute(prices: &[(u32, Price)]) {
	block_after(60_000, || {
		for operator in [ALICE, BOB, CHARLIE] {
			let values: Vec<_> = prices.iter().map(|(key, price)| (*key, price.to_fixed())).collect();
			assert_ok!(Oracle::feed_values(
				RuntimeOrigin::signed(operator),
				values.try_into().unwrap()
			));
		}
	});
}

/// So many minutes in which BTC goes up and down between two prices.
fn swing(minutes: u32, high: Price, low: Price) {
	for n in 0..minutes {
		minute(&[(BTC, if n % 2 == 0 { high } else { low })]);
	}
}

/// A guard that takes readings of a day.
fn patient() -> Guard {
	Guard {
		max_age_ms: DAY_MS,
		..guard()
	}
}

/// A guard is removed and set again, as root does.
fn guard_anew(key: u32) {
	assert_ok!(Prices::remove_guard(RuntimeOrigin::root(), key));
	assert_ok!(Prices::set_guard(RuntimeOrigin::root(), key, guard()));
}

#[test]
fn a_key_that_was_never_watched_has_no_estimate() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(estimate(BTC), None);
		swing(4, usd(8_000), usd(8_000));
		assert_eq!(estimate(BTC), None, "not even five minutes have ended");
		assert_eq!(Prices::correlation(&BTC, &ETH), None);
	});
}

#[test]
fn prices_that_swing_have_the_volatility_of_their_range_and_a_history_that_grows() {
	ExtBuilder::default().build_and_execute(|| {
		swing(121, usd(8_040), usd(7_960));
		let seen = estimate(BTC).unwrap();
		assert_eq!(seen.history, 2 * HOUR_MS);
		// One percent over the root of 4 ln 2 is 0.6006 %.
		let percent = seen.volatility.raw() / 10_000_000_000_000;
		assert_eq!(percent, 600, "in parts of a hundred thousand");
		assert_eq!(estimate(ETH), None, "nobody fed it");
	});
}

#[test]
fn the_record_is_written_once_in_five_minutes() {
	ExtBuilder::default().build_and_execute(|| {
		minute(&[(BTC, usd(8_000))]);
		let (mut before, mut writes) = (Volatilities::<Test>::get(BTC), 0);
		for n in 0..60 {
			minute(&[(BTC, usd(8_000 + n))]);
			let after = Volatilities::<Test>::get(BTC);
			writes += u32::from(after != before);
			before = after;
		}
		assert_eq!(writes, 12);
	});
}

#[test]
fn a_wick_that_is_held_back_never_counts() {
	let run = |wick: Price| {
		let mut seen = None;
		ExtBuilder::default().build_and_execute(|| {
			swing(60, usd(8_010), usd(7_990));
			block(|| feed_all(BTC, wick));
			block(|| feed_all(BTC, wick));
			block(|| feed_all(BTC, usd(8_000)));
			swing(60, usd(8_010), usd(7_990));
			seen = Volatilities::<Test>::get(BTC).map(|record| record.estimator);
		});
		seen.unwrap()
	};
	assert_eq!(run(usd(4_000)), run(usd(8_000)));
	assert_eq!(run(usd(16_000)), run(usd(8_000)));
}

#[test]
fn a_fall_that_is_adopted_counts_as_soon_as_it_is() {
	ExtBuilder::default().build_and_execute(|| {
		swing(60, usd(8_000), usd(8_000));
		assert_eq!(estimate(BTC).unwrap().volatility.raw(), 0);
		for _ in 0..4 {
			minute(&[(BTC, usd(6_000))]);
		}
		assert_eq!(quote(BTC).live, usd(6_000));
		swing(5, usd(6_000), usd(6_000));
		assert!(estimate(BTC).unwrap().volatility > percent(2));
	});
}

#[test]
fn a_price_that_jumps_to_the_edge_of_the_band_and_back_counts_with_its_range_and_no_more() {
	ExtBuilder::default().build_and_execute(|| {
		swing(600, usd(8_000), usd(8_000));
		minute(&[(BTC, usd(8_800))]);
		minute(&[(BTC, usd(8_000))]);
		swing(10, usd(8_000), usd(8_000));
		let after = estimate(BTC).unwrap().volatility;
		// A range of 9.5 % is a volatility of 5.7 %.
		assert!(after > percent(1) && after < percent(6), "{after:?}");
		swing(7 * 1_440, usd(8_000), usd(8_000));
		assert!(
			estimate(BTC).unwrap().volatility < after.checked_div(percent(200), margin_math::Rounding::Up).unwrap()
		);
	});
}

#[test]
fn a_reading_that_only_has_not_expired_is_no_calm_market() {
	ExtBuilder::default()
		.guards(vec![(BTC, patient())])
		.build_and_execute(|| {
			swing(120, usd(8_040), usd(7_960));
			let before = estimate(BTC).unwrap();
			for _ in 0..300 {
				block_after(60_000, || {
					let value = orml_oracle::Values::<Test>::get(BTC).unwrap();
					for operator in [ALICE, BOB] {
						orml_oracle::RawValues::<Test>::mutate(operator, BTC, |raw| {
							raw.as_mut().unwrap().timestamp = now();
						});
					}
					orml_oracle::Values::<Test>::insert(BTC, value);
				});
				assert_eq!(verdict(BTC), crate::Verdict::Usable);
			}
			let after = estimate(BTC).unwrap();
			assert!(after.history <= before.history + BUCKET_MS);
			assert!(after.volatility > before.volatility);
		});
}

#[test]
fn a_feed_gap_of_a_day_widens_the_estimate_until_an_hour_has_been_seen_and_says_so() {
	ExtBuilder::default().build_and_execute(|| {
		swing(1_441, usd(8_040), usd(7_960));
		let before = estimate(BTC).unwrap();
		for _ in 0..24 {
			block_after(HOUR_MS, || {});
			assert_ok!(Prices::do_try_state());
		}
		let during = estimate(BTC).unwrap().volatility;
		assert!(during.raw() > 4 * before.volatility.raw(), "{during:?}");
		events();
		swing(20, usd(8_040), usd(7_960));
		let gaps: Vec<_> = events()
			.into_iter()
			.filter(|event| matches!(event, Event::VolatilityWidened { .. }))
			.collect();
		assert!(matches!(gaps[..], [Event::VolatilityWidened { key: BTC, gap }] if gap >= 23 * HOUR_MS));
		assert!(estimate(BTC).unwrap().volatility.raw() > 4 * before.volatility.raw());
		swing(60, usd(8_040), usd(7_960));
		let after = estimate(BTC).unwrap();
		assert!(after.volatility.raw() < before.volatility.raw() * 11 / 10);
		assert!(after.history <= before.history + 80 * 60_000);
	});
}

#[test]
fn a_halt_of_the_chain_shows_in_the_very_first_block_after_it() {
	ExtBuilder::default().build_and_execute(|| {
		swing(120, usd(8_040), usd(7_960));
		let before = estimate(BTC).unwrap().volatility;
		pallet_timestamp::Pallet::<Test>::set_timestamp(now() + 9 * HOUR_MS);
		let after = estimate(BTC).unwrap().volatility;
		assert!(after.raw() >= before.raw() * 29 / 10, "{before:?} {after:?}");
	});
}

#[test]
fn assets_that_move_oppositely_are_correlated_in_either_order_once_enough_hours_were_seen() {
	let guards = vec![(BTC, patient()), (ETH, patient())];
	ExtBuilder::default().guards(guards).build_and_execute(|| {
		let mut state = 1u64;
		for hour in 0..730u128 {
			state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
			let change = u128::from(state >> 44);
			// Twelve blocks of five minutes make an hour.
			for n in 0..12u128 {
				let btc = 8_000_000_000 + change * 100 + n;
				let eth = 200_000_000 - change * 3 + hour;
				block_after(BUCKET_MS, || {
					for operator in [ALICE, BOB, CHARLIE] {
						let values = vec![(BTC, micros(btc).to_fixed()), (ETH, micros(eth).to_fixed())];
						assert_ok!(Oracle::feed_values(
							RuntimeOrigin::signed(operator),
							values.try_into().unwrap()
						));
					}
				});
			}
			if hour == 700 {
				assert_eq!(Prices::correlation(&BTC, &ETH), None);
			}
		}
		let known = Prices::correlation(&BTC, &ETH).unwrap();
		assert!(known.ppm() < -900_000, "{known:?}");
		assert_eq!(Prices::correlation(&ETH, &BTC), Some(known));
		assert_eq!(Prices::correlation(&BTC, &BTC), Some(margin_risk::Correlation::ONE));
		assert_eq!(Volatilities::<Test>::get(BTC).unwrap().pairs.len(), 0);
		assert_eq!(Volatilities::<Test>::get(ETH).unwrap().pairs.len(), 1);

		let before = Volatilities::<Test>::get(ETH).unwrap().pairs;
		for _ in 0..30 {
			block_after(BUCKET_MS, || feed_all(ETH, usd(180)));
		}
		assert_eq!(
			Volatilities::<Test>::get(ETH).unwrap().pairs,
			before,
			"BTC is dead, so they keep what they were"
		);
	});
}

#[test]
fn a_key_whose_guard_goes_takes_its_volatility_and_its_pairs_along() {
	ExtBuilder::default().build_and_execute(|| {
		for n in 0..180 {
			minute(&[(BTC, usd(8_000 + n)), (ETH, usd(200))]);
		}
		assert_eq!(Volatilities::<Test>::get(ETH).unwrap().pairs.len(), 1);
		guard_anew(BTC);
		assert_eq!(estimate(BTC), None);
		assert_eq!(Volatilities::<Test>::get(ETH).unwrap().pairs.len(), 0);
		for n in 0..60 {
			minute(&[(BTC, usd(8_000 + n))]);
		}
		assert!(estimate(BTC).unwrap().history <= HOUR_MS, "it starts anew");
		guard_anew(ETH);
		assert_eq!(estimate(ETH), None);
	});
}

#[test]
fn a_demonstration_sees_an_hour_in_twelve_seconds_and_no_faster() {
	for length in [1_000, 0] {
		BucketLength::set(length);
		ExtBuilder::default().build_and_execute(|| {
			for n in 0..61 {
				block_at(usd(8_000 + n % 2));
			}
			let seen = estimate(BTC).unwrap();
			assert!((9 * HOUR_MS..=10 * HOUR_MS).contains(&seen.history), "{seen:?}");
			block_after(48_000, || {});
			assert!(
				estimate(BTC).unwrap().volatility.raw() > seen.volatility.raw() * 19 / 10,
				"a gap of hours"
			);
		});
		BucketLength::set(BUCKET_MS);
	}
}

#[test]
fn a_record_that_does_not_decode_is_one_of_a_key_without_a_history() {
	ExtBuilder::default().build_and_execute(|| {
		swing(60, usd(8_040), usd(7_960));
		frame_support::storage::unhashed::put_raw(&Volatilities::<Test>::hashed_key_for(BTC), &[1]);
		assert_eq!(estimate(BTC), None);
		swing(10, usd(8_040), usd(7_960));
		assert!(estimate(BTC).unwrap().history <= 15 * 60_000);
	});
}

#[test]
fn the_check_of_the_storage_finds_a_record_that_is_wrong() {
	ExtBuilder::default().build_and_execute(|| {
		for n in 0..180 {
			minute(&[(BTC, usd(8_000 + n)), (ETH, usd(200))]);
		}
		let sound = Volatilities::<Test>::get(ETH).unwrap();
		let fails = |key: u32, pairs: Vec<(u32, Pair)>, reason: &str| {
			let mut record = sound.clone();
			record.pairs = pairs.try_into().unwrap();
			let before = Volatilities::<Test>::get(key);
			Volatilities::<Test>::insert(key, record);
			let error: &str = Prices::do_try_state().unwrap_err().into();
			assert!(error.contains(reason), "{error} should tell of {reason}");
			Volatilities::<Test>::set(key, before);
			assert_ok!(Prices::do_try_state());
		};
		fails(77, vec![], "without a guard");
		fails(ETH, vec![(1, Pair::default())], "an unknown key");
		fails(ETH, vec![(BTC, Pair::default()), (BTC, Pair::default())], "kept twice");
		fails(BTC, vec![(ETH, Pair::default())], "the smaller key");
		Guards::<Test>::remove(ETH);
		assert!(Prices::do_try_state().is_err());
		Guards::<Test>::insert(ETH, guard());
	});
}

#[test]
fn blocks_after_a_bucket_has_ended_count_for_the_next_one() {
	ExtBuilder::default().build_and_execute(|| {
		minute(&[(BTC, usd(8_000))]);
		while bucket_at(now()) == bucket_at(START_MS + 60_000) {
			minute(&[(BTC, usd(8_000))]);
		}
		let first = Volatilities::<Test>::get(BTC).unwrap().estimator.estimate(now());
		assert_eq!((first.volatility.raw(), first.history), (0, BUCKET_MS));
		minute(&[(BTC, usd(8_500))]);
		assert_eq!(estimate(BTC), Some(first), "five minutes have to end first");
	});
}
