//! Storage around the estimator of [`margin_risk::volatility`]: what is kept of a key's volatility, and of its
//! correlation with others.
//!
//! The bucket under way is part of the [`Latch`](crate::Latch), which each block writes anyway. Only when five minutes
//! have ended is the key's [`Record`] read and written, once, in the first block after them. The return of an hour is
//! known in the same block for every key, so the pairs are moved on there as well. A pair is kept with the larger one of
//! its two keys.
//!
//! Only prices that were taken over count, never one that is held back, and only news: a reading that merely has not
//! expired yet says nothing of a calm market.

use crate::{latch::Ended, Config, Event, Guards, Pallet, Volatilities};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::Get, BoundedVec, CloneNoBound, DebugNoBound, DefaultNoBound, EqNoBound, PartialEqNoBound};
use margin_math::{mul_div, Rounding};
use margin_risk::{
	volatility::{Folded, HourReturn, Pair, BUCKET_MS},
	Correlation, Estimate, Estimator, VolatilitySource,
};
use scale_info::TypeInfo;

/// Buckets are never shorter than a second, in milliseconds.
const SHORTEST_BUCKET: u64 = 1_000;

/// What is kept of a key.
#[derive(
	CloneNoBound,
	PartialEqNoBound,
	EqNoBound,
	DebugNoBound,
	DefaultNoBound,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
#[scale_info(skip_type_params(T))]
#[codec(mel_bound())]
pub struct Record<T: Config> {
	/// Its volatility.
	pub estimator: Estimator,
	/// Its pairs with smaller keys.
	pub pairs: BoundedVec<(T::Key, Pair), T::MaxKeys>,
}

impl<T: Config> Record<T> {
	/// Moves the pair with a smaller key on by an hour.
	fn correlate(&mut self, own: HourReturn, other: T::Key, its: HourReturn) {
		if let Some((_, pair)) = self.pairs.iter_mut().find(|(key, _)| *key == other) {
			pair.observe(own, its);
			return;
		}
		let mut pair = Pair::default();
		pair.observe(own, its);
		// There is room: no more keys are guarded than pairs fit, and a key that goes takes its pairs along.
		let _ = self.pairs.try_push((other, pair));
	}
}

impl<T: Config> Pallet<T> {
	/// The time by which buckets are counted: that of the chain, unless buckets are shorter than five minutes.
	pub(crate) fn bucket_clock() -> u64 {
		let now = Self::now_ms();
		mul_div(
			now.into(),
			BUCKET_MS.into(),
			T::Bucket::get().max(SHORTEST_BUCKET).into(),
			Rounding::Down,
		)
		.and_then(|clock| u64::try_from(clock).ok())
		.unwrap_or(now)
	}

	/// Takes in the buckets that have ended with this block, of at most `MaxKeys` keys.
	pub(crate) fn fold_all(ended: Vec<(T::Key, Ended)>) {
		let folded: Vec<_> = ended
			.into_iter()
			.map(|(key, ended)| {
				let mut record = Volatilities::<T>::get(key).unwrap_or_default();
				let folded = record.estimator.fold(ended.bucket, ended.close);
				Self::report_gap(key, &folded);
				(key, record, folded.hour)
			})
			.collect();
		let hours: Vec<_> = folded
			.iter()
			.filter_map(|(key, _, hour)| hour.map(|hour| (*key, hour)))
			.collect();
		for (key, mut record, hour) in folded {
			if let Some(own) = hour {
				let smaller = hours.iter().filter(|(other, _)| *other < key);
				smaller.for_each(|(other, its)| record.correlate(own, *other, *its));
			}
			Volatilities::<T>::insert(key, record);
		}
	}

	fn report_gap(key: T::Key, folded: &Folded) {
		if let Some(gap) = folded.gap {
			Self::deposit_event(Event::VolatilityWidened { key, gap });
		}
	}

	/// Forgets a key's volatility, and its pairs with all others.
	pub(crate) fn forget_volatility(key: T::Key) {
		Volatilities::<T>::remove(key);
		let bound = usize::try_from(T::MaxKeys::get()).unwrap_or(usize::MAX);
		let others: Vec<_> = Guards::<T>::iter_keys()
			.filter(|other| *other > key)
			.take(bound)
			.collect();
		for other in others {
			Volatilities::<T>::mutate_extant(other, |record| record.pairs.retain(|(paired, _)| *paired != key));
		}
	}
}

impl<T: Config> VolatilitySource<T::Key> for Pallet<T> {
	fn estimate(key: &T::Key) -> Option<Estimate> {
		Volatilities::<T>::get(key).map(|record| record.estimator.estimate(Self::bucket_clock()))
	}

	fn correlation(a: &T::Key, b: &T::Key) -> Option<Correlation> {
		if a == b {
			return Some(Correlation::ONE);
		}
		let (larger, smaller) = (a.max(b), a.min(b));
		let record = Volatilities::<T>::get(larger)?;
		let pair = record.pairs.iter().find(|(key, _)| key == smaller)?;
		pair.1.correlation()
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn set_volatility(key: &T::Key, volatility: margin_math::Ratio) {
		let price = crate::Latched::<T>::get(key).map_or(margin_math::Price::ONE, |latch| latch.live);
		let estimator = Estimator::settled(volatility, price, Self::bucket_clock());
		Volatilities::<T>::mutate(key, |record| {
			record.get_or_insert_with(Default::default).estimator = estimator;
		});
	}
}
