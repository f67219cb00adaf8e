//! The side of a subscriber: taking reports in, and the ratios that follow from them.

use crate::{
	subscriptions::is_sibling, Adopted, AssetReport, AssetRisk, Config, Error, Event, Pallet, Publisher,
	PublisherTerms, RiskReport, VersionedReport, MAX_AGE, MAX_CLOCK_SKEW, MAX_REPORTED,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{ensure, traits::ConstU32, BoundedBTreeMap};
use margin_math::Ratio;
use scale_info::TypeInfo;
use sp_runtime::{
	traits::{MaybeEquivalence, SaturatedConversion},
	DispatchResult, RuntimeDebug,
};
use xcm::v5::Location;

/// What was adopted last.
#[derive(Clone, PartialEq, Eq, RuntimeDebug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Adoption<AssetId: Ord> {
	/// Number of the report.
	pub sequence: u64,
	/// From when on it counts, in milliseconds of chain time: when it was made, or when it arrived if the publisher's
	/// clock is ahead.
	pub at: u64,
	/// When it arrived, in milliseconds of chain time.
	pub received_at: u64,
	/// The assets that are known here. Their prices are shown and compared, and never acted upon.
	pub assets: BoundedBTreeMap<AssetId, AssetRisk, ConstU32<MAX_REPORTED>>,
}

/// Why an asset of a report is not adopted.
#[derive(Clone, Copy, PartialEq, Eq, RuntimeDebug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub enum Skip {
	/// No asset is registered here under this location.
	UnknownAsset,
	/// Its ratios are not ordered, or larger than a margin may be.
	OutOfRange,
	/// An earlier line of the report is about the same asset.
	Twice,
}

impl<T: Config> Pallet<T> {
	/// The maintenance ratio that the publisher's own measure asks for of `asset`, from 0 to
	/// [`MAX_MAINTENANCE`](margin_risk::MAX_MAINTENANCE); `None` where nothing is adopted: no publisher, shadow mode, a
	/// last report that is too old or does not tell of the asset.
	pub fn adopted_maintenance(asset: T::AssetId) -> Option<Ratio> {
		let terms = Publisher::<T>::get().filter(|terms| !terms.shadow)?;
		let adoption = Adopted::<T>::get().filter(|adoption| is_fresh(adoption.at, &terms, Self::now()))?;
		adoption.assets.get(&asset).map(|risk| risk.measured)
	}

	/// Whether governance named this chain as the publisher.
	pub fn is_publisher(location: &Location) -> bool {
		Publisher::<T>::get().is_some_and(|terms| terms.location == *location)
	}

	pub(crate) fn name_publisher(publisher: Option<PublisherTerms>) -> DispatchResult {
		if let Some(terms) = &publisher {
			ensure!(is_sibling(&terms.location), Error::<T>::NotASibling);
			ensure!((1..=MAX_AGE).contains(&terms.max_age), Error::<T>::AgeOutOfRange);
		}
		let is_the_same = publisher
			.as_ref()
			.is_some_and(|terms| Self::is_publisher(&terms.location));
		if !is_the_same {
			Adopted::<T>::kill();
		}
		Publisher::<T>::set(publisher.clone());
		Self::deposit_event(Event::PublisherSet { publisher });
		Ok(())
	}

	pub(crate) fn take_report(publisher: Location, report: VersionedReport) -> DispatchResult {
		let terms = Publisher::<T>::get().filter(|terms| terms.location == publisher);
		let terms = terms.ok_or(Error::<T>::NotThePublisher)?;
		let VersionedReport::V1(report) = report;
		let now = Self::now();
		ensure!(
			report.at <= now.saturating_add(MAX_CLOCK_SKEW),
			Error::<T>::FromTheFuture
		);
		let at = report.at.min(now);
		ensure!(is_fresh(at, &terms, now), Error::<T>::TooOld);
		let is_newer = Adopted::<T>::get().is_none_or(|last| last.sequence < report.sequence && last.at <= at);
		ensure!(is_newer, Error::<T>::NotNewer);
		Self::keep(report, at, now);
		Ok(())
	}

	/// Stores the report in the place of the last one.
	fn keep(report: RiskReport, at: u64, now: u64) {
		let mut adoption = Adoption {
			sequence: report.sequence,
			at,
			received_at: now,
			assets: BoundedBTreeMap::new(),
		};
		for asset in report.assets {
			if let Err(why) = Self::add(&mut adoption, &asset) {
				let location = asset.location;
				Self::deposit_event(Event::Skipped { location, why });
			}
		}
		Self::deposit_event(Event::Adopted {
			sequence: adoption.sequence,
			at,
			assets: adoption.assets.len().saturated_into(),
		});
		Adopted::<T>::put(adoption);
	}

	fn add(adoption: &mut Adoption<T::AssetId>, report: &AssetReport) -> Result<(), Skip> {
		let asset = T::AssetLocations::convert(&report.location).ok_or(Skip::UnknownAsset)?;
		ensure!(report.risk.is_in_range(), Skip::OutOfRange);
		ensure!(!adoption.assets.contains_key(&asset), Skip::Twice);
		// There is room for as many assets as a report holds.
		let _ = adoption.assets.try_insert(asset, report.risk);
		Ok(())
	}
}

/// Whether a report counts at `now` that counts from `at` on.
pub(crate) fn is_fresh(at: u64, terms: &PublisherTerms, now: u64) -> bool {
	at.saturating_add(terms.max_age) > now
}
