//! What tests do, in words.

use super::*;
use crate::{AssetReport, PublisherTerms, RiskReport, TermsOf, VersionedReport};
use frame_support::traits::{fungible::Mutate, Hooks};
use margin_math::{Price, Ratio};
use margin_risk::{MarginRatios, Verdict};
use sp_runtime::DispatchResult;

pub fn percent(percent: u32) -> Ratio {
	Ratio::from_percent(percent)
}

/// An asset at 100 dollars whose chain asks for so many per cent of maintenance margin, which are in force.
pub fn risk(maintenance: u32) -> AssetRisk {
	AssetRisk {
		price: Price::from_fixed(100.into()),
		priced_at: START_MS,
		verdict: Verdict::Usable,
		ratios: MarginRatios::from_maintenance(percent(maintenance)).unwrap(),
		measured: percent(maintenance),
	}
}

/// A report of all assets every five minutes.
pub fn terms() -> TermsOf<Test> {
	TermsOf::<Test> {
		call: vec![3, 5].try_into().unwrap(),
		interval: 5 * MINUTE,
		assets: None,
		weight: Weight::from_parts(1_000_000_000, 100_000),
		max_fee: UNIT,
	}
}

/// Opens a subscription of these parachains and sees to it that they have money.
pub fn subscribed(paras: &[u32]) {
	for para in paras {
		RiskFeed::open_subscription(RuntimeOrigin::root(), sibling(*para), terms()).unwrap();
	}
}

/// The next block, `ms` later, with so much weight left over. Answers how much of it was used.
pub fn next_block_with(ms: u64, left: u64) -> u64 {
	System::set_block_number(System::block_number() + 1);
	Now::mutate(|now| *now += ms);
	let used = RiskFeed::on_idle(System::block_number(), Weight::from_parts(left, u64::MAX));
	assert!(used.ref_time() <= left);
	used.ref_time()
}

/// The next block, `ms` later, with all the weight that may be needed.
pub fn next_block(ms: u64) -> u64 {
	next_block_with(ms, 1_000_000)
}

/// To whom something was delivered since the last look.
pub fn delivered_to() -> Vec<u32> {
	let destination = |(destination, _): (Location, _)| match destination.unpack() {
		(1, [Parachain(para)]) => *para,
		_ => panic!("delivered to no sibling"),
	};
	Delivered::take().into_iter().map(destination).collect()
}

pub fn balance(para: u32) -> u128 {
	Balances::free_balance(u64::from(para))
}

pub fn set_balance(para: u32, balance: u128) {
	Balances::set_balance(&u64::from(para), balance);
}

/// The pallet's events since the last look.
pub fn events() -> Vec<crate::Event<Test>> {
	let events = System::read_events_for_pallet();
	System::reset_events();
	events
}

/// A parachain's own call by XCM.
pub fn as_chain(para: u32) -> RuntimeOrigin {
	pallet_xcm::Origin::Xcm(sibling(para)).into()
}

/// Names the publisher, whose reports count for half an hour.
pub fn listen() {
	RiskFeed::set_publisher(RuntimeOrigin::root(), Some(publisher())).unwrap();
	events();
}

pub fn publisher() -> PublisherTerms {
	PublisherTerms {
		location: sibling(PUBLISHER),
		max_age: 30 * MINUTE,
		shadow: false,
	}
}

/// A report of now, about assets as the subscriber's chain sees them.
pub fn report(sequence: u64, assets: &[(Location, AssetRisk)]) -> RiskReport {
	let assets = assets.iter().map(|(location, risk)| AssetReport {
		location: location.clone(),
		risk: *risk,
	});
	RiskReport {
		sequence,
		at: Now::get(),
		assets: assets.collect::<Vec<_>>().try_into().unwrap(),
	}
}

/// The publisher reports.
pub fn adopt(report: RiskReport) -> DispatchResult {
	RiskFeed::adopt(as_chain(PUBLISHER), Box::new(VersionedReport::V1(report)))
}

/// The publisher reports so many per cent for USDC now.
pub fn adopt_usdc(sequence: u64, maintenance: u32) -> DispatchResult {
	adopt(report(sequence, &[(usdc(), risk(maintenance))]))
}

pub fn usdc() -> Location {
	on_asset_hub(1337)
}

pub fn wait(ms: u64) {
	Now::mutate(|now| *now += ms);
}
