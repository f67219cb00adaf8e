//! The bytes that chains exchange, which must not change with a runtime.

use crate::{AssetReport, AssetRisk, RiskReport, VersionedReport};
use codec::{Decode, Encode};
use margin_math::{Price, Ratio};
use margin_risk::{MarginRatios, Verdict};
use xcm::latest::prelude::*;

fn report() -> VersionedReport {
	let risk = AssetRisk {
		price: Price::from_raw(1),
		priced_at: 2,
		verdict: Verdict::Stale,
		ratios: MarginRatios::new(Ratio::from_raw(5), Ratio::from_raw(4), Ratio::from_raw(3)).unwrap(),
		measured: Ratio::from_raw(6),
	};
	let asset = AssetReport {
		location: Location::new(1, [Parachain(1000)]),
		risk,
	};
	VersionedReport::V1(RiskReport {
		sequence: 7,
		at: 8,
		assets: vec![asset].try_into().unwrap(),
	})
}

/// A little-endian number of so many bytes.
fn number(value: u8, bytes: usize) -> Vec<u8> {
	let mut number = vec![0; bytes];
	number[0] = value;
	number
}

#[test]
fn the_first_version_should_always_have_these_bytes() {
	let expected = [
		vec![1],
		number(7, 8),
		number(8, 8),
		vec![1 << 2],
		vec![1, 1, 0, 0xa1, 0x0f],
		number(1, 16),
		number(2, 8),
		vec![2],
		number(5, 16),
		number(4, 16),
		number(3, 16),
		number(6, 16),
	];
	assert_eq!(report().encode(), expected.concat());
	assert_eq!(VersionedReport::decode(&mut &expected.concat()[..]), Ok(report()));
}

#[test]
fn verdicts_should_keep_their_numbers() {
	let verdicts = [
		Verdict::Usable,
		Verdict::HeldBack,
		Verdict::Stale,
		Verdict::TooFewOperators,
		Verdict::Missing,
		Verdict::Frozen,
	];
	let bytes: Vec<u8> = verdicts.iter().flat_map(Encode::encode).collect();
	assert_eq!(bytes, [0, 1, 2, 3, 4, 5]);
}

#[test]
fn more_assets_than_may_be_should_not_decode() {
	let VersionedReport::V1(report) = report();
	let asset = report.assets[0].clone();
	let too_many = (1u8, 7u64, 8u64, vec![asset; 33]).encode();
	assert!(VersionedReport::decode(&mut &too_many[..]).is_err());
}
