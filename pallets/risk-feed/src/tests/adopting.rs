//! Reports that are adopted, and those that are not.

use crate::{mock::*, Adopted, AssetRisk, Error, Event, Skip, VersionedReport, MAX_CLOCK_SKEW};
use frame_support::{assert_noop, assert_ok};
use margin_math::{Price, Ratio};
use margin_risk::{MarginRatios, Verdict};
use sp_runtime::DispatchError::BadOrigin;
use xcm::latest::prelude::*;

fn subscriber() -> ExtBuilder {
	ExtBuilder::default().on(SUBSCRIBER)
}

fn adopted(asset: u32) -> Option<Ratio> {
	RiskFeed::adopted_maintenance(asset)
}

#[test]
fn what_the_publisher_reports_should_be_adopted() {
	subscriber().build_and_execute(|| {
		listen();
		assert_eq!(adopted(USDC), None);
		assert_ok!(adopt(report(1, &[(usdc(), risk(3)), (sibling(PUBLISHER), risk(12))])));
		assert_eq!(adopted(USDC), Some(percent(3)));
		assert_eq!(adopted(THEIRS), Some(percent(12)));
		assert_eq!(adopted(NATIVE), None);
		let told = Event::Adopted {
			sequence: 1,
			at: START_MS,
			assets: 2,
		};
		assert_eq!(events(), [told]);
		let stored = Adopted::<Test>::get().unwrap();
		assert_eq!(stored.assets.get(&USDC), Some(&risk(3)));
		assert_eq!(stored.received_at, START_MS);
	});
}

#[test]
fn the_measured_ratio_should_be_adopted_and_not_the_one_in_force() {
	subscriber().build_and_execute(|| {
		listen();
		let storm = AssetRisk {
			measured: percent(8),
			..risk(5)
		};
		assert_ok!(adopt(report(1, &[(usdc(), storm)])));
		assert_eq!(adopted(USDC), Some(percent(8)));
	});
}

#[test]
fn nobody_but_the_publisher_should_be_adopted() {
	subscriber().build_and_execute(|| {
		listen();
		let lie = || Box::new(VersionedReport::V1(report(1, &[(usdc(), risk(20))])));
		let error = Error::<Test>::NotThePublisher;
		assert_noop!(RiskFeed::adopt(as_chain(OTHER), lie()), error);
		let user = Location::new(
			1,
			[
				Parachain(PUBLISHER),
				AccountIndex64 {
					network: None,
					index: 1,
				},
			],
		);
		let as_user = pallet_xcm::Origin::Xcm(user).into();
		assert_noop!(RiskFeed::adopt(as_user, lie()), Error::<Test>::NotThePublisher);
		let as_response = pallet_xcm::Origin::Response(sibling(PUBLISHER)).into();
		assert_noop!(RiskFeed::adopt(as_response, lie()), BadOrigin);
		assert_noop!(
			RiskFeed::adopt(RuntimeOrigin::signed(PUBLISHER.into()), lie()),
			BadOrigin
		);
		assert_noop!(RiskFeed::adopt(RuntimeOrigin::root(), lie()), BadOrigin);
	});
}

#[test]
fn nobody_should_be_adopted_before_governance_names_a_publisher() {
	subscriber().build_and_execute(|| {
		assert_noop!(adopt_usdc(1, 5), Error::<Test>::NotThePublisher);
	});
}

#[test]
fn a_replayed_report_should_be_refused() {
	subscriber().build_and_execute(|| {
		listen();
		let first = report(4, &[(usdc(), risk(5))]);
		assert_ok!(adopt(first.clone()));
		assert_noop!(adopt(first), Error::<Test>::NotNewer);
	});
}

#[test]
fn an_older_report_that_arrives_late_should_be_refused() {
	subscriber().build_and_execute(|| {
		listen();
		let early = report(4, &[(usdc(), risk(9))]);
		wait(MINUTE);
		assert_ok!(adopt_usdc(5, 3));
		assert_noop!(adopt(early.clone()), Error::<Test>::NotNewer);
		let mut renumbered = early;
		renumbered.sequence = 6;
		assert_noop!(adopt(renumbered), Error::<Test>::NotNewer);
		assert_eq!(adopted(USDC), Some(percent(3)));
	});
}

#[test]
fn a_gap_in_the_numbers_should_do_no_harm() {
	subscriber().build_and_execute(|| {
		listen();
		assert_ok!(adopt_usdc(1, 3));
		assert_ok!(adopt_usdc(9, 4));
		assert_eq!(adopted(USDC), Some(percent(4)));
	});
}

#[test]
fn a_report_from_the_future_should_be_refused_and_a_clock_a_little_ahead_not() {
	subscriber().build_and_execute(|| {
		listen();
		let mut early = report(1, &[(usdc(), risk(5))]);
		early.at = Now::get() + MAX_CLOCK_SKEW + 1;
		assert_noop!(adopt(early.clone()), Error::<Test>::FromTheFuture);
		early.at -= 1;
		assert_ok!(adopt(early));
		assert_eq!(Adopted::<Test>::get().unwrap().at, Now::get());
		wait(30 * MINUTE - 1);
		assert_eq!(adopted(USDC), Some(percent(5)));
		wait(1);
		assert_eq!(adopted(USDC), None);
	});
}

#[test]
fn a_report_that_was_too_long_on_its_way_should_be_refused() {
	subscriber().build_and_execute(|| {
		listen();
		let delayed = report(1, &[(usdc(), risk(5))]);
		wait(30 * MINUTE);
		assert_noop!(adopt(delayed.clone()), Error::<Test>::TooOld);
		let mut ancient = delayed;
		ancient.at = 0;
		assert_noop!(adopt(ancient), Error::<Test>::TooOld);
	});
}

#[test]
fn unknown_assets_should_be_skipped_and_the_others_adopted() {
	subscriber().build_and_execute(|| {
		listen();
		let unknown = Location::new(1, [Parachain(1000), PalletInstance(50), GeneralIndex(21)]);
		assert_ok!(adopt(report(1, &[(unknown.clone(), risk(5)), (usdc(), risk(3))])));
		assert_eq!(adopted(USDC), Some(percent(3)));
		let skipped = Event::Skipped {
			location: unknown,
			why: Skip::UnknownAsset,
		};
		assert_eq!(events()[0], skipped);
	});
}

#[test]
fn ratios_out_of_range_should_be_skipped() {
	let disordered = MarginRatios {
		initial: percent(4),
		target: percent(5),
		maintenance: percent(4),
	};
	let above = Ratio::from_raw(percent(20).raw() + 1);
	let large = MarginRatios::from_maintenance(above).unwrap();
	let certain = MarginRatios {
		initial: Ratio::ONE,
		..risk(5).ratios
	};
	for broken in [
		AssetRisk {
			ratios: disordered,
			..risk(5)
		},
		AssetRisk {
			ratios: large,
			..risk(5)
		},
		AssetRisk {
			ratios: certain,
			..risk(5)
		},
		AssetRisk {
			measured: above,
			..risk(5)
		},
		AssetRisk {
			measured: Ratio::MAX,
			..risk(5)
		},
	] {
		subscriber().build_and_execute(|| {
			listen();
			assert_ok!(adopt(report(1, &[(usdc(), broken), (sibling(PUBLISHER), risk(20))])));
			assert_eq!(adopted(USDC), None);
			assert_eq!(adopted(THEIRS), Some(percent(20)));
			let skipped = Event::Skipped {
				location: usdc(),
				why: Skip::OutOfRange,
			};
			assert_eq!(events()[0], skipped);
		});
	}
}

#[test]
fn an_asset_that_is_told_of_twice_should_count_once() {
	subscriber().build_and_execute(|| {
		listen();
		assert_ok!(adopt(report(1, &[(usdc(), risk(3)), (usdc(), risk(20))])));
		assert_eq!(adopted(USDC), Some(percent(3)));
		let skipped = Event::Skipped {
			location: usdc(),
			why: Skip::Twice,
		};
		assert_eq!(events()[0], skipped);
	});
}

#[test]
fn a_ratio_should_count_whatever_the_verdict_on_the_price() {
	subscriber().build_and_execute(|| {
		listen();
		let blind = AssetRisk {
			price: Price::ZERO,
			verdict: Verdict::Missing,
			..risk(7)
		};
		assert_ok!(adopt(report(1, &[(usdc(), blind)])));
		assert_eq!(adopted(USDC), Some(percent(7)));
	});
}

#[test]
fn an_asset_that_is_reported_no_more_should_be_adopted_no_more() {
	subscriber().build_and_execute(|| {
		listen();
		assert_ok!(adopt_usdc(1, 5));
		assert_ok!(adopt(report(2, &[(sibling(PUBLISHER), risk(10))])));
		assert_eq!(adopted(USDC), None);
	});
}

#[test]
fn an_empty_report_should_be_taken_in() {
	subscriber().build_and_execute(|| {
		listen();
		assert_ok!(adopt_usdc(1, 5));
		assert_ok!(adopt(report(2, &[])));
		assert_eq!(adopted(USDC), None);
	});
}

#[test]
fn a_call_should_weigh_what_its_assets_weigh() {
	use frame_support::dispatch::GetDispatchInfo;
	let weight = |assets: usize| {
		let report = VersionedReport::V1(report(1, &vec![(usdc(), risk(3)); assets]));
		let call = crate::Call::<Test>::adopt {
			report: Box::new(report),
		};
		call.get_dispatch_info().call_weight.ref_time()
	};
	assert_eq!((weight(0), weight(32)), (1_000, 1_032));
}
