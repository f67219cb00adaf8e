//! What is executed without a fee.

use crate::{mock::*, AllowReports, Config, WeightInfo, MAX_REPORTED};
use xcm::latest::prelude::*;
use xcm_executor::traits::{Properties, ShouldExecute};

fn is_let_in(origin: &Location, message: &[Instruction<()>]) -> bool {
	weighing(adoption(), origin, message)
}

/// What adopting the longest report weighs.
fn adoption() -> Weight {
	<Test as Config>::WeightInfo::adopt(MAX_REPORTED)
}

fn weighing(weight: Weight, origin: &Location, message: &[Instruction<()>]) -> bool {
	let mut properties = Properties {
		weight_credit: Weight::zero(),
		message_id: None,
	};
	AllowReports::<Test>::should_execute(origin, &mut message.to_vec(), weight, &mut properties).is_ok()
}

fn unpaid() -> Instruction<()> {
	UnpaidExecution {
		weight_limit: Unlimited,
		check_origin: None,
	}
}

fn transact(origin_kind: OriginKind) -> Instruction<()> {
	Transact {
		origin_kind,
		fallback_max_weight: None,
		call: vec![3, 5].into(),
	}
}

fn succeeded() -> Instruction<()> {
	ExpectTransactStatus(MaybeErrorCode::Success)
}

fn report() -> Vec<Instruction<()>> {
	vec![unpaid(), transact(OriginKind::Xcm), succeeded()]
}

#[test]
fn reports_of_the_publisher_should_be_let_in() {
	ExtBuilder::default().on(SUBSCRIBER).build_and_execute(|| {
		listen();
		assert!(is_let_in(&sibling(PUBLISHER), &report()));
		let with_topic = [report(), vec![SetTopic([7; 32])]].concat();
		assert!(is_let_in(&sibling(PUBLISHER), &with_topic));
	});
}

#[test]
fn nothing_of_others_should_be_let_in() {
	ExtBuilder::default().on(SUBSCRIBER).build_and_execute(|| {
		assert!(!is_let_in(&sibling(PUBLISHER), &report()));
		listen();
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
		for origin in [Location::here(), Location::parent(), sibling(OTHER), user] {
			assert!(!is_let_in(&origin, &report()));
		}
	});
}

#[test]
fn nothing_else_of_the_publisher_should_be_let_in() {
	ExtBuilder::default().on(SUBSCRIBER).build_and_execute(|| {
		listen();
		let [first, call, last] = [unpaid(), transact(OriginKind::Xcm), succeeded()];
		for message in [
			vec![],
			vec![SetTopic([7; 32])],
			vec![first.clone()],
			vec![first.clone(), call.clone()],
			vec![call.clone(), last.clone()],
			vec![first.clone(), transact(OriginKind::SovereignAccount), last.clone()],
			vec![first.clone(), transact(OriginKind::Superuser), last.clone()],
			vec![first.clone(), transact(OriginKind::Native), last.clone()],
			vec![first.clone(), call.clone(), call.clone(), last.clone()],
			vec![
				first.clone(),
				call.clone(),
				ExpectTransactStatus(MaybeErrorCode::Error(Default::default())),
			],
			[report(), vec![SetTopic([7; 32]), SetTopic([8; 32])]].concat(),
			[report(), report()].concat(),
			[vec![ClearOrigin], report()].concat(),
			[vec![WithdrawAsset((Here, 1u128).into())], report()].concat(),
		] {
			assert!(!is_let_in(&sibling(PUBLISHER), &message));
		}
	});
}

#[test]
fn nothing_much_heavier_than_an_adoption_should_be_let_in() {
	ExtBuilder::default().on(SUBSCRIBER).build_and_execute(|| {
		listen();
		let publisher = sibling(PUBLISHER);
		let twice = adoption().saturating_mul(2);
		assert!(weighing(twice, &publisher, &report()));
		assert!(!weighing(twice.add_ref_time(1), &publisher, &report()));
		assert!(!weighing(twice.add_proof_size(1), &publisher, &report()));
	});
}
