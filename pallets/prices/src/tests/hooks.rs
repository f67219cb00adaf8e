//! The hooks on good storage and on bad, and the invariants that must be able to fail.

use crate::{mock::*, Guard, Guards, Held, Latch, Latched, Verdict, WeightInfo};
use codec::Encode;
use frame_support::{assert_ok, storage::unhashed, traits::Hooks};
use margin_math::Price;

#[test]
fn the_latch_declares_the_weight_of_the_keys_it_will_visit() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(Prices::on_initialize(2), <() as WeightInfo>::on_finalize(2));
		Guards::<Test>::insert(9, guard());
		assert_eq!(Prices::on_initialize(2), <() as WeightInfo>::on_finalize(3));
	});
}

#[test]
fn a_guard_set_in_a_block_pays_for_the_latch_that_it_adds() {
	use frame_support::dispatch::GetDispatchInfo;
	let call = crate::Call::<Test>::set_guard { key: 9, guard: guard() };
	let expected = <() as WeightInfo>::set_guard() + <() as WeightInfo>::on_finalize(1);
	assert_eq!(call.get_dispatch_info().call_weight, expected);
}

#[test]
fn the_latch_visits_no_more_keys_than_its_bound_on_any_storage() {
	ExtBuilder::default().build().execute_with(|| {
		for key in 0..20 {
			Guards::<Test>::insert(key, guard());
			let value = orml_oracle::TimestampedValue {
				value: usd(5).to_fixed(),
				timestamp: now(),
			};
			orml_oracle::Values::<Test>::insert(key, value);
			for operator in [ALICE, BOB] {
				orml_oracle::RawValues::<Test>::insert(operator, key, value);
			}
		}
		Prices::on_finalize(2);
		assert_eq!(Latched::<Test>::iter().count(), 4);
		assert!(Prices::do_try_state().is_err());
	});
}

#[test]
fn records_that_do_not_decode_are_set_aside_and_the_others_go_on() {
	ExtBuilder::default().build().execute_with(|| {
		block(|| {
			for operator in [ALICE, BOB] {
				let values = vec![(BTC, usd(8_000).to_fixed()), (ETH, usd(200).to_fixed())]
					.try_into()
					.unwrap();
				assert_ok!(Oracle::feed_values(RuntimeOrigin::signed(operator), values));
			}
		});
		unhashed::put_raw(&Guards::<Test>::hashed_key_for(BTC), &[1]);
		block(|| feed_all(ETH, usd(201)));
		assert_eq!(quote(ETH).live, usd(201));
		assert_eq!(quote(BTC).live, usd(8_000));
		unhashed::put_raw(&Latched::<Test>::hashed_key_for(ETH), &[1]);
		block(|| feed_all(ETH, usd(202)));
		assert_eq!(quote(ETH).live, usd(202));
	});
}

#[test]
fn a_state_of_zeros_does_not_stop_the_hook_and_gets_its_price_as_after_a_gap() {
	ExtBuilder::default().build().execute_with(|| {
		let zeros = vec![0u8; Latch::first(usd(1), 1, &guard(), 1).encode().len()];
		unhashed::put_raw(&Latched::<Test>::hashed_key_for(BTC), &zeros);
		assert_eq!(quote(BTC).live, Price::ZERO);
		assert_eq!(verdict(BTC), Verdict::Stale);
		for _ in 0..3 {
			block_at(usd(8_000));
			assert_eq!(verdict(BTC), Verdict::HeldBack);
		}
		block_at(usd(8_000));
		assert_eq!(quote(BTC).live, usd(8_000));
		assert_eq!(verdict(BTC), Verdict::Usable);
	});
}

#[test]
fn the_check_of_the_storage_finds_what_is_wrong() {
	let latch = || Latch::first(usd(8_000), START_MS, &guard(), START_MS);
	let held = Held {
		price: usd(5_000),
		since: START_MS,
		rounds: 0,
		after_gap: false,
	};
	type Wreck = Box<dyn FnOnce()>;
	let broken: Vec<(&str, Wreck)> = vec![
		(
			"more guards",
			Box::new(|| (0..9).for_each(|key| Guards::<Test>::insert(key, guard()))),
		),
		(
			"count of guards",
			Box::new(|| unhashed::kill(&Guards::<Test>::hashed_key_for(BTC))),
		),
		(
			"out of its ranges",
			Box::new(|| Guards::<Test>::insert(BTC, Guard { hold_ms: 0, ..guard() })),
		),
		(
			"without a guard",
			Box::new(move || Latched::<Test>::insert(77, latch())),
		),
		(
			"a live price of zero",
			Box::new(move || {
				Latched::<Test>::insert(
					BTC,
					Latch {
						live: Price::ZERO,
						..latch()
					},
				)
			}),
		),
		(
			"newer than the newest",
			Box::new(move || {
				Latched::<Test>::insert(
					BTC,
					Latch {
						updated_at: START_MS + 1,
						..latch()
					},
				)
			}),
		),
		(
			"from the future",
			Box::new(move || {
				Latched::<Test>::insert(
					BTC,
					Latch {
						seen_at: START_MS + 1,
						..latch()
					},
				)
			}),
		),
		(
			"nothing is held",
			Box::new(move || {
				Latched::<Test>::insert(
					BTC,
					Latch {
						verdict: Verdict::HeldBack,
						..latch()
					},
				)
			}),
		),
		(
			"a price is held",
			Box::new(move || {
				Latched::<Test>::insert(
					BTC,
					Latch {
						held: Some(held),
						..latch()
					},
				)
			}),
		),
		(
			"should have ended",
			Box::new(move || {
				let held = Some(Held { rounds: 20, ..held });
				Latched::<Test>::insert(
					BTC,
					Latch {
						held,
						verdict: Verdict::HeldBack,
						..latch()
					},
				)
			}),
		),
	];
	for (reason, wreck) in broken {
		ExtBuilder::default().build().execute_with(|| {
			assert_ok!(Prices::do_try_state());
			wreck();
			let error: &str = Prices::do_try_state().unwrap_err().into();
			assert!(error.contains(reason), "{error} should tell of {reason}");
		});
	}
}
