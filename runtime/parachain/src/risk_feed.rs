//! The risk parameters that the chain shares with others.

use crate::{
	units::MILLI_MRG,
	weights,
	xcm_config::{Here, UniversalLocation, XcmRouter},
	AccountId, AssetId, Balances, Gateway, Margin, Measured, RiskFeed, Runtime, Timestamp,
};
use codec::Encode;
use frame_support::traits::{ConstU128, ConstU32, ConstU64, Everything};
use frame_system::EnsureRoot;
use margin_math::Ratio;
use margin_risk::MAX_MAINTENANCE;
use pallet_margin::{AdoptedRatio, RiskEngine};
use pallet_risk_feed::{AssetRisk, RiskBook};
use pallet_xcm::EnsureXcm;
use sp_runtime::traits::TrailingZeroInput;
use xcm::latest::Location;
use xcm_executor::traits::ConvertLocation;

/// The margin system's assets, as they are told to others. What this chain adopted itself is not passed on.
pub struct Book;

impl RiskBook<AssetId> for Book {
	fn assets() -> alloc::vec::Vec<(AssetId, AssetRisk)> {
		let measured = |asset| {
			let config = pallet_margin::Assets::<Runtime>::get(asset)?.config;
			let listed = config.margin.maintenance;
			let required = Measured::required(asset, &config).unwrap_or(listed);
			Some(required.max(listed).min(MAX_MAINTENANCE))
		};
		Margin::risk_view()
			.into_iter()
			.filter_map(|view| {
				let risk = AssetRisk {
					price: view.price,
					priced_at: view.updated_at,
					verdict: view.verdict,
					ratios: view.margin,
					measured: measured(view.asset)?,
				};
				Some((view.asset, risk))
			})
			.collect()
	}
}

/// What the publisher asks for, as the margin pallet adopts it.
pub struct Published;

impl AdoptedRatio<AssetId> for Published {
	fn maintenance(asset: &AssetId) -> Option<Ratio> {
		RiskFeed::adopted_maintenance(*asset)
	}
}

/// A subscriber's purse for reports: an account of its own, since a chain's sovereign account holds what backs tokens of
/// ours that circulate there. It is the hash of `mrgn/fed` and the subscriber's location, and anybody may fill it.
pub struct Purse;

impl ConvertLocation<AccountId> for Purse {
	fn convert_location(location: &Location) -> Option<AccountId> {
		let entropy = (*b"mrgn/fed", location).using_encoded(sp_io::hashing::blake2_256);
		codec::Decode::decode(&mut TrailingZeroInput::new(&entropy)).ok()
	}
}

impl pallet_risk_feed::Config for Runtime {
	type AssetId = AssetId;
	type AssetLocations = Gateway;
	type Book = Book;
	type Time = Timestamp;
	type FeedManager = EnsureRoot<AccountId>;
	type PublisherOrigin = EnsureXcm<Everything>;
	type Router = XcmRouter;
	type UniversalLocation = UniversalLocation;
	type Currency = Balances;
	type NativeLocation = Here;
	type SovereignAccountOf = Purse;
	type MessageFee = ConstU128<MILLI_MRG>;
	type OnFees = ();
	/// A minute.
	type MinInterval = ConstU64<60_000>;
	type MaxSubscriptions = ConstU32<32>;
	type WeightInfo = weights::RiskFeed<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarking::Stage;
}
