//! Publishers that fall silent, are looked at only, or are replaced.

use crate::{mock::*, Adopted, Error, Event, Publisher, PublisherTerms};
use frame_support::{assert_noop, assert_ok};
use margin_math::Ratio;
use sp_runtime::{DispatchError::BadOrigin, DispatchResult};
use xcm::latest::prelude::*;

fn subscriber() -> ExtBuilder {
	ExtBuilder::default().on(SUBSCRIBER)
}

fn adopted() -> Option<Ratio> {
	RiskFeed::adopted_maintenance(USDC)
}

fn set(publisher: Option<PublisherTerms>) -> DispatchResult {
	RiskFeed::set_publisher(RuntimeOrigin::root(), publisher)
}

#[test]
fn a_publisher_that_falls_silent_should_age_out() {
	subscriber().build_and_execute(|| {
		listen();
		assert_ok!(adopt_usdc(1, 5));
		wait(30 * MINUTE - 1);
		assert_eq!(adopted(), Some(percent(5)));
		wait(1);
		assert_eq!(adopted(), None);
		assert_ok!(adopt_usdc(2, 6));
		assert_eq!(adopted(), Some(percent(6)));
	});
}

#[test]
fn a_report_should_age_from_when_it_was_made() {
	subscriber().build_and_execute(|| {
		listen();
		let delayed = report(1, &[(usdc(), risk(5))]);
		wait(20 * MINUTE);
		assert_ok!(adopt(delayed));
		wait(10 * MINUTE - 1);
		assert_eq!(adopted(), Some(percent(5)));
		wait(1);
		assert_eq!(adopted(), None);
	});
}

#[test]
fn governance_should_shorten_the_age_at_once() {
	subscriber().build_and_execute(|| {
		listen();
		assert_ok!(adopt_usdc(1, 5));
		wait(10 * MINUTE);
		assert_ok!(set(Some(PublisherTerms {
			max_age: 10 * MINUTE,
			..publisher()
		})));
		assert_eq!(adopted(), None);
	});
}

#[test]
fn a_publisher_in_shadow_should_be_shown_and_not_adopted() {
	subscriber().build_and_execute(|| {
		let in_shadow = PublisherTerms {
			shadow: true,
			..publisher()
		};
		assert_ok!(set(Some(in_shadow.clone())));
		assert_ok!(adopt_usdc(1, 5));
		assert_eq!(adopted(), None);
		assert_eq!(Adopted::<Test>::get().unwrap().assets.get(&USDC), Some(&risk(5)));
		assert_ok!(set(Some(publisher())));
		assert_eq!(adopted(), Some(percent(5)));
		assert_ok!(set(Some(in_shadow)));
		assert_eq!(adopted(), None);
	});
}

#[test]
fn a_dismissed_publisher_should_stop_counting_at_once() {
	subscriber().build_and_execute(|| {
		listen();
		assert_ok!(adopt_usdc(1, 5));
		assert_ok!(set(None));
		assert_eq!(adopted(), None);
		assert_noop!(adopt_usdc(2, 5), Error::<Test>::NotThePublisher);
	});
}

#[test]
fn another_publisher_should_start_anew() {
	subscriber().build_and_execute(|| {
		listen();
		assert_ok!(adopt_usdc(9, 5));
		let other = PublisherTerms {
			location: sibling(OTHER),
			..publisher()
		};
		assert_ok!(set(Some(other.clone())));
		assert_eq!(adopted(), None);
		assert_eq!(events().last(), Some(&Event::PublisherSet { publisher: Some(other) }));
		let first = crate::VersionedReport::V1(report(1, &[(usdc(), risk(4))]));
		assert_ok!(RiskFeed::adopt(as_chain(OTHER), Box::new(first)));
		assert_eq!(adopted(), Some(percent(4)));
	});
}

#[test]
fn the_same_publisher_on_other_terms_should_not_get_an_old_report_in() {
	subscriber().build_and_execute(|| {
		listen();
		let old = report(1, &[(usdc(), risk(9))]);
		assert_ok!(adopt(old.clone()));
		assert_ok!(adopt_usdc(2, 5));
		assert_ok!(set(Some(publisher())));
		assert_noop!(adopt(old), Error::<Test>::NotNewer);
		assert_eq!(adopted(), Some(percent(5)));
	});
}

#[test]
fn only_another_parachain_should_be_a_publisher() {
	subscriber().build_and_execute(|| {
		for location in [
			Location::here(),
			Location::parent(),
			Location::new(1, [Parachain(PUBLISHER), PalletInstance(3)]),
		] {
			let terms = PublisherTerms {
				location,
				..publisher()
			};
			assert_noop!(set(Some(terms)), Error::<Test>::NotASibling);
		}
	});
}

#[test]
fn reports_should_count_for_half_an_hour_at_most() {
	subscriber().build_and_execute(|| {
		for max_age in [0, 30 * MINUTE + 1, u64::MAX] {
			let terms = PublisherTerms { max_age, ..publisher() };
			assert_noop!(set(Some(terms)), Error::<Test>::AgeOutOfRange);
		}
		for max_age in [1, 30 * MINUTE] {
			assert_ok!(set(Some(PublisherTerms { max_age, ..publisher() })));
		}
	});
}

#[test]
fn nobody_but_governance_should_name_a_publisher() {
	subscriber().build_and_execute(|| {
		let alice = RuntimeOrigin::signed(1);
		assert_noop!(RiskFeed::set_publisher(alice, Some(publisher())), BadOrigin);
		assert_noop!(
			RiskFeed::set_publisher(as_chain(PUBLISHER), Some(publisher())),
			BadOrigin
		);
		assert_eq!(Publisher::<Test>::get(), None);
	});
}
