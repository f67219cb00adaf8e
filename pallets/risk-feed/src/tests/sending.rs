//! What is sent, when, and for how much.

use crate::{mock::*, Event, RiskReport, Subscriptions, VersionedReport};
use codec::Decode;
use frame_support::assert_ok;
use xcm::latest::prelude::*;

/// The only message since the last look, and the report in it.
fn only_report() -> (Xcm<()>, RiskReport) {
	let mut delivered = Delivered::take();
	assert_eq!(delivered.len(), 1);
	let (_, message) = delivered.remove(0);
	let Transact { call, .. } = &message.0[1] else {
		panic!("no report where one is expected");
	};
	let bytes = call.clone().into_encoded();
	assert_eq!(bytes[..2], [3, 5]);
	let VersionedReport::V1(report) = VersionedReport::decode(&mut &bytes[2..]).unwrap();
	(message, report)
}

#[test]
fn the_first_report_should_be_sent_at_once() {
	ExtBuilder::default().build_and_execute(|| {
		subscribed(&[SUBSCRIBER]);
		next_block(0);
		let (_, report) = only_report();
		assert_eq!((report.sequence, report.at), (1, START_MS));
	});
}

#[test]
fn a_message_should_be_unpaid_and_fail_with_its_call() {
	ExtBuilder::default().build_and_execute(|| {
		subscribed(&[SUBSCRIBER]);
		next_block(0);
		let (message, _) = only_report();
		assert!(matches!(
			message.0[..],
			[
				UnpaidExecution {
					weight_limit: Unlimited,
					check_origin: None
				},
				Transact {
					origin_kind: OriginKind::Xcm,
					fallback_max_weight: Some(weight),
					..
				},
				ExpectTransactStatus(MaybeErrorCode::Success)
			] if weight == terms().weight
		));
	});
}

#[test]
fn assets_should_be_told_as_the_subscriber_sees_them() {
	ExtBuilder::default().build_and_execute(|| {
		subscribed(&[SUBSCRIBER]);
		next_block(0);
		let (_, report) = only_report();
		let told: Vec<_> = report
			.assets
			.into_iter()
			.map(|asset| (asset.location, asset.risk))
			.collect();
		let on_asset_hub = |index| Location::new(1, [Parachain(1000), PalletInstance(50), GeneralIndex(index)]);
		assert_eq!(
			told,
			[
				(sibling(PUBLISHER), risk(10)),
				(on_asset_hub(1337), risk(2)),
				(on_asset_hub(21), risk(5))
			]
		);
	});
}

#[test]
fn a_subscriber_should_get_the_assets_it_asked_for() {
	ExtBuilder::default().build_and_execute(|| {
		let mut some = terms();
		some.assets = Some(vec![BTC].try_into().unwrap());
		assert_ok!(RiskFeed::open_subscription(
			RuntimeOrigin::root(),
			sibling(SUBSCRIBER),
			some
		));
		next_block(0);
		let (_, report) = only_report();
		assert_eq!(report.assets.len(), 1);
		assert_eq!(report.assets[0].risk, risk(5));
	});
}

#[test]
fn a_report_should_hold_no_more_assets_than_it_may() {
	ExtBuilder::default().build_and_execute(|| {
		Book::set(vec![(BTC, risk(5)); 40]);
		subscribed(&[SUBSCRIBER]);
		next_block(0);
		let (_, report) = only_report();
		assert_eq!(report.assets.len(), 32);
	});
}

#[test]
fn no_more_assets_should_be_looked_up_than_a_report_holds() {
	ExtBuilder::default().build_and_execute(|| {
		Book::set([vec![(NOWHERE, risk(5)); 8], vec![(BTC, risk(5)); 32]].concat());
		subscribed(&[SUBSCRIBER]);
		next_block(0);
		let (_, report) = only_report();
		assert_eq!(report.assets.len(), 24);
	});
}

#[test]
fn reports_should_come_no_more_often_than_agreed() {
	ExtBuilder::default().build_and_execute(|| {
		subscribed(&[SUBSCRIBER]);
		let mut times = Vec::new();
		for _ in 0..200 {
			next_block(7_000);
			if !delivered_to().is_empty() {
				times.push(Now::get());
			}
		}
		assert!(times.len() > 4);
		assert!(times.windows(2).all(|pair| pair[1] - pair[0] >= 5 * MINUTE));
		assert!(times.windows(2).all(|pair| pair[1] - pair[0] < 5 * MINUTE + 7_000));
	});
}

#[test]
fn every_report_should_have_a_higher_number_than_all_before_it() {
	ExtBuilder::default().build_and_execute(|| {
		subscribed(&[SUBSCRIBER, OTHER]);
		next_block(0);
		assert_ok!(RiskFeed::close_subscription(RuntimeOrigin::root(), sibling(SUBSCRIBER)));
		Delivered::take();
		subscribed(&[SUBSCRIBER]);
		next_block(0);
		assert_eq!(only_report().1.sequence, 3);
	});
}

#[test]
fn the_subscriber_should_pay_for_delivery_and_work() {
	ExtBuilder::default().build_and_execute(|| {
		subscribed(&[SUBSCRIBER]);
		next_block(0);
		assert_eq!(balance(SUBSCRIBER), 100 * UNIT - FEE);
		assert_eq!(balance(OTHER), 100 * UNIT);
		assert_eq!(Collected::get(), FEE);
		let sent = Event::Sent {
			subscriber: sibling(SUBSCRIBER),
			sequence: 1,
			assets: 3,
			fee: FEE,
		};
		assert!(events().contains(&sent));
	});
}

#[test]
fn a_delivery_for_nothing_should_still_cost_the_work() {
	ExtBuilder::default().build_and_execute(|| {
		DeliveryFees::set(Assets::new());
		subscribed(&[SUBSCRIBER]);
		next_block(0);
		assert_eq!(Collected::get(), MESSAGE_FEE);
	});
}

#[test]
fn a_report_should_tell_the_risk_of_its_own_time() {
	ExtBuilder::default().build_and_execute(|| {
		subscribed(&[SUBSCRIBER]);
		next_block(0);
		Delivered::take();
		Book::set(vec![(BTC, risk(9))]);
		next_block(5 * MINUTE);
		let (_, report) = only_report();
		assert_eq!(report.at, START_MS + 5 * MINUTE);
		assert_eq!(report.assets[0].risk, risk(9));
		let subscription = Subscriptions::<Test>::get(sibling(SUBSCRIBER)).unwrap();
		assert_eq!(subscription.sent_at, Some(report.at));
	});
}
