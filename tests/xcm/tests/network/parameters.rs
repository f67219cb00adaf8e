//! Risk parameters across chains: two chains with the margin chain's runtime, of which one tells the other.

use codec::Encode;
use frame_support::weights::Weight;
use margin_math::Ratio;
use margin_xcm_tests::{
	margin::{self, units::*, RiskFeed, RuntimeEvent},
	messages::*,
	network::*,
	sibling::{MARGIN, SUBSCRIBER},
	stage::*,
};
use pallet_risk_feed::{Call as FeedCall, Event as FeedEvent, PublisherTerms, Terms};
use xcm::latest::prelude::*;
use xcm_emulator::{ConvertLocation, TestExt};

/// A look at the chain that adopts.
fn subscriber<R>(look: impl FnOnce() -> R) -> R {
	SubscriberPara::ext_wrapper(look)
}

/// The first bytes of the call that takes a report.
fn prefix() -> Vec<u8> {
	let set_publisher: margin::RuntimeCall = FeedCall::set_publisher { publisher: None }.into();
	vec![set_publisher.encode()[0], 5]
}

/// The margin chain will tell the subscriber, which can pay for it.
fn subscribe() {
	on_margin(|| {
		margin::root(FeedCall::open_subscription {
			subscriber: para(SUBSCRIBER),
			terms: Terms {
				call: prefix().try_into().expect("two bytes fit"),
				interval: 60_000,
				assets: None,
				weight: Weight::from_parts(1_000_000_000, 100_000),
				max_fee: MRG_UNIT,
			},
		});
		let purse =
			<margin::Runtime as pallet_risk_feed::Config>::SovereignAccountOf::convert_location(&para(SUBSCRIBER))
				.expect("it has one");
		let fill = pallet_balances::Call::transfer_keep_alive {
			dest: purse.into(),
			value: 100 * MRG_UNIT,
		};
		let alice = margin::genesis_presets::account("//Alice");
		assert_eq!(margin::signed(alice, fill), Ok(()));
	});
}

/// The subscriber listens to the margin chain.
fn listen(shadow: bool) {
	on_subscriber(|| {
		margin::root(FeedCall::set_publisher {
			publisher: Some(PublisherTerms {
				location: para(MARGIN),
				max_age: 30 * 60_000,
				shadow,
			}),
		})
	});
}

/// Hours in which the price of ETH swings on the margin chain, and stands still on the other.
fn swings(hours: u64) {
	for step in 0..hours * 4 {
		let cents = if step % 2 == 0 {
			20_074 * 98 / 100
		} else {
			20_074 * 102 / 100
		};
		margin::set_price(ETH, cents);
		margin::wait(15 * 60_000 - 10 * margin::BLOCK);
		// After a halt a price is believed when it was read a few times.
		for _ in 0..5 {
			// Its clock first: a report from the future is not believed.
			on_subscriber(|| ());
			on_margin(|| ());
		}
	}
}

/// The initial ratio of ETH on the chain that is looked at: it follows what is asked for at once, maintenance at its pace.
fn in_force() -> Ratio {
	let view = margin::Margin::risk_view().into_iter().find(|view| view.asset == ETH);
	view.expect("it is listed").margin.initial
}

fn adopted() -> Option<Ratio> {
	subscriber(|| RiskFeed::adopted_maintenance(ETH))
}

/// What a chain that listens so asks for after hours of swings on the margin chain. `None`: it does not listen.
fn asked_for(shadow: Option<bool>) -> Ratio {
	stage(|| {
		subscribe();
		match shadow {
			Some(shadow) => listen(shadow),
			None => on_subscriber(|| ()),
		}
		swings(2);
		let told = subscriber(margin::told);
		let took = told
			.iter()
			.any(|event| matches!(event, RuntimeEvent::RiskFeed(FeedEvent::Adopted { assets, .. }) if *assets > 0));
		assert_eq!(took, shadow.is_some());
		assert_told!(RuntimeEvent::RiskFeed(FeedEvent::Sent { fee, .. }) if *fee > 0);
		assert_eq!(adopted().is_some(), shadow == Some(false));
		on_subscriber(margin::check_invariants);
		subscriber(in_force)
	})
}

#[test]
fn a_subscriber_should_ask_for_more_margin_when_the_publisher_does() {
	let alone = asked_for(None);
	let adopting = asked_for(Some(false));
	assert!(adopting > alone, "{adopting:?} against {alone:?}");
	assert!(
		adopting.raw() <= alone.raw() * 3 / 2 + 1,
		"{adopting:?} against {alone:?}"
	);
}

#[test]
fn in_shadow_a_report_should_be_shown_and_change_nothing() {
	assert_eq!(asked_for(Some(true)), asked_for(None));
}

#[test]
fn the_word_of_a_publisher_that_falls_silent_should_run_out() {
	stage(|| {
		subscribe();
		listen(false);
		swings(1);
		assert!(adopted().is_some());
		for _ in 0..4 {
			margin::wait(10 * 60_000);
			on_subscriber(|| ());
		}
		assert_eq!(adopted(), None);
	});
}

#[test]
fn a_report_of_another_chain_should_not_be_adopted() {
	stage(|| {
		listen(false);
		let report = pallet_risk_feed::VersionedReport::V1(pallet_risk_feed::RiskReport {
			sequence: 1,
			at: 1_583_884_800_000,
			assets: Default::default(),
		});
		let call = FeedCall::adopt {
			report: Box::new(report),
		};
		let program = Xcm(vec![
			UnpaidExecution {
				weight_limit: Unlimited,
				check_origin: None,
			},
			Transact {
				origin_kind: OriginKind::Xcm,
				fallback_max_weight: None,
				call: encoded(call),
			},
			ExpectTransactStatus(MaybeErrorCode::Success),
		]);
		StrangerPara::execute_with(|| {
			let sent = margin_xcm_tests::sibling::PolkadotXcm::send_xcm(Here, para(SUBSCRIBER), program.clone());
			assert!(sent.is_ok(), "{sent:?}");
		});
		assert!(subscriber(
			|| pallet_risk_feed::Adopted::<margin::Runtime>::get().is_none()
		));
	});
}

#[test]
fn a_subscriber_that_cannot_pay_should_get_nothing_until_it_can() {
	stage(|| {
		listen(false);
		on_margin(|| {
			margin::root(FeedCall::open_subscription {
				subscriber: para(SUBSCRIBER),
				terms: Terms {
					call: prefix().try_into().expect("two bytes fit"),
					interval: 60_000,
					assets: None,
					weight: Weight::from_parts(1_000_000_000, 100_000),
					max_fee: MRG_UNIT,
				},
			})
		});
		on_margin(|| ());
		assert_told!(RuntimeEvent::RiskFeed(FeedEvent::Suspended { .. }));
		assert!(subscriber(
			|| pallet_risk_feed::Adopted::<margin::Runtime>::get().is_none()
		));
		on_margin(|| {
			margin::root(FeedCall::close_subscription {
				subscriber: para(SUBSCRIBER),
			})
		});
		subscribe();
		on_margin(|| ());
		assert!(subscriber(
			|| pallet_risk_feed::Adopted::<margin::Runtime>::get().is_some()
		));
	});
}
