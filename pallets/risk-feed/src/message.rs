//! One report: what is in it, what it costs, and the message that carries it.

use crate::{
	AssetReport, AssetRisk, BalanceOf, Config, Error, Event, Pallet, RiskReport, Sequence, Terms, TermsOf,
	VersionedReport, MAX_REPORTED,
};
use alloc::vec;
use codec::Encode;
use frame_support::{
	ensure,
	traits::{
		fungible::Balanced,
		tokens::{Fortitude, Precision, Preservation},
		ConstU32, Get, OnUnbalanced,
	},
	BoundedVec,
};
use sp_runtime::{
	traits::{MaybeEquivalence, Saturating, Zero},
	DispatchResult, SaturatedConversion,
};
use xcm::latest::prelude::*;

impl<T: Config> Pallet<T> {
	/// Makes a report, takes what it costs from the subscriber, and hands it over to the router. What it has done is to be
	/// rolled back when it fails.
	pub(crate) fn send_report(
		subscriber: &Location,
		terms: &TermsOf<T>,
		book: &[(T::AssetId, AssetRisk)],
		now: u64,
	) -> DispatchResult {
		let assets = Self::seen_from(subscriber, terms, book);
		let reported = assets.len().saturated_into();
		if assets.is_empty() {
			return Err(Error::<T>::NothingToReport.into());
		}
		let sequence = Sequence::<T>::get().saturating_add(1);
		Sequence::<T>::put(sequence);
		let report = VersionedReport::V1(RiskReport {
			sequence,
			at: now,
			assets,
		});
		let (ticket, price) = validate_send::<T::Router>(subscriber.clone(), message(terms, &report))
			.map_err(|_| Error::<T>::NotDelivered)?;
		let fee = Self::fee(&price)?;
		Self::charge(subscriber, terms, fee)?;
		T::Router::deliver(ticket).map_err(|_| Error::<T>::NotDelivered)?;
		Self::deposit_event(Event::Sent {
			subscriber: subscriber.clone(),
			sequence,
			assets: reported,
			fee,
		});
		Ok(())
	}

	/// What `subscriber` wants of the book, with locations as its chain sees them. An asset that has none is left out.
	fn seen_from(
		subscriber: &Location,
		terms: &TermsOf<T>,
		book: &[(T::AssetId, AssetRisk)],
	) -> BoundedVec<AssetReport, ConstU32<MAX_REPORTED>> {
		let context = T::UniversalLocation::get();
		let wanted = book.iter().filter(|(asset, _)| terms.wants(asset));
		let seen = wanted.filter_map(|(asset, risk)| {
			let location = T::AssetLocations::convert_back(asset)?
				.reanchored(subscriber, &context)
				.ok()?;
			Some(AssetReport { location, risk: *risk })
		});
		BoundedVec::truncate_from(seen.collect())
	}

	/// The fee of a message that the router delivers for `price`.
	fn fee(price: &Assets) -> Result<BalanceOf<T>, Error<T>> {
		let native = AssetId(T::NativeLocation::get());
		price
			.inner()
			.iter()
			.try_fold(T::MessageFee::get(), |fee, asset| match asset.fun {
				Fungible(amount) if asset.id == native => {
					let amount = amount.try_into().map_err(|_| Error::<T>::TooDear)?;
					Ok(fee.saturating_add(amount))
				},
				_ => Err(Error::<T>::FeeInOtherAsset),
			})
	}

	fn charge(subscriber: &Location, terms: &TermsOf<T>, fee: BalanceOf<T>) -> DispatchResult {
		ensure!(fee <= terms.max_fee, Error::<T>::TooDear);
		if fee.is_zero() {
			return Ok(());
		}
		let credit = T::Currency::withdraw(
			&Self::payer(subscriber)?,
			fee,
			Precision::Exact,
			Preservation::Preserve,
			Fortitude::Polite,
		)
		.map_err(|_| Error::<T>::CannotPay)?;
		T::OnFees::on_unbalanced(credit);
		Ok(())
	}
}

/// The call of the subscriber's chain with the report. Its execution is the subscriber's to bear, and an adoption that
/// fails shows as a message that failed.
fn message<AssetId, Balance>(terms: &Terms<AssetId, Balance>, report: &VersionedReport) -> Xcm<()> {
	let mut call = terms.call.to_vec();
	report.encode_to(&mut call);
	Xcm(vec![
		UnpaidExecution {
			weight_limit: Unlimited,
			check_origin: None,
		},
		Transact {
			origin_kind: OriginKind::Xcm,
			fallback_max_weight: Some(terms.weight),
			call: call.into(),
		},
		ExpectTransactStatus(MaybeErrorCode::Success),
	])
}
