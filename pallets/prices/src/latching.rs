//! Storage around the latch rule: one pass over the guarded keys at the end of a block, and the quotes that others read.

use crate::{
	guard::Guard,
	latch::{latch, Change, Ended, Latch},
	oracle::OracleReader,
	Config, Event, Guards, Latched, Pallet,
};
use alloc::vec::Vec;
use frame_support::traits::{Get, UnixTime};
use margin_risk::{PriceSource, Quote, Verdict};

impl<T: Config> Pallet<T> {
	/// Chain time in milliseconds.
	pub(crate) fn now_ms() -> u64 {
		u64::try_from(T::Time::now().as_millis()).unwrap_or(u64::MAX)
	}

	/// Latches every guarded key, at most `MaxKeys` of them. One key's trouble never touches another. When five minutes
	/// are over, what they showed goes on to the key's volatility.
	pub(crate) fn latch_all() {
		let now = Self::now_ms();
		let bound = usize::try_from(T::MaxKeys::get()).unwrap_or(usize::MAX);
		let ended: Vec<_> = Guards::<T>::iter()
			.take(bound)
			.filter_map(|(key, guard)| Self::latch_one(key, &guard, now).map(|ended| (key, ended)))
			.collect();
		Self::fold_all(ended);
	}

	/// The five minutes of the key that are over, if they are.
	fn latch_one(key: T::Key, guard: &Guard, now: u64) -> Option<Ended> {
		let mut before = Latched::<T>::get(key);
		let clock = Self::bucket_clock();
		let ended = before.as_mut().and_then(|latch| latch.end_bucket(clock));
		let (after, change) = latch(before, T::Oracle::read(&key), guard, now);
		if let Some(mut after) = after {
			if before.is_none_or(|before| before.bucket.is_none()) {
				after.bucket = after.bucket.map(|bucket| bucket.at(clock));
			}
			Latched::<T>::insert(key, after);
			Self::report(key, before, &after, change);
		}
		ended
	}

	fn report(key: T::Key, before: Option<Latch>, after: &Latch, change: Change) {
		match (change, before, after.held) {
			(Change::HeldBack, _, Some(held)) => {
				Self::deposit_event(Event::HeldBack {
					key,
					live: after.live,
					candidate: held.price,
				});
			},
			(Change::Adopted, Some(before), _) => {
				Self::deposit_event(Event::Adopted {
					key,
					from: before.live,
					to: after.live,
				});
			},
			_ => {},
		}
		let from = before.map_or(Verdict::Missing, |latch| latch.verdict);
		if from != after.verdict {
			Self::deposit_event(Event::VerdictChanged {
				key,
				from,
				to: after.verdict,
			});
		}
	}

	/// Takes a key's price out of use; see [`Latch::retired`].
	pub(crate) fn retire(key: T::Key) {
		if let Some(before) = Latched::<T>::get(key) {
			let after = before.retired();
			Latched::<T>::insert(key, after);
			Self::report(key, Some(before), &after, Change::Kept);
		}
	}

	/// The verdict on `key` now; [`Verdict::Missing`] for a key that never had a price.
	pub fn verdict(key: &T::Key) -> Verdict {
		Self::quote(key).map_or(Verdict::Missing, |quote| quote.verdict)
	}
}

impl<T: Config> PriceSource<T::Key> for Pallet<T> {
	fn quote(key: &T::Key) -> Option<Quote> {
		Latched::<T>::get(key).map(|latch| latch.quote_at(Self::now_ms()))
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn set_quote(key: &T::Key, price: margin_math::Price) {
		let now = Self::now_ms();
		let guard = Guards::<T>::get(key).unwrap_or(Guard::volatile());
		let latch = Latch {
			expires_at: u64::MAX,
			..Latch::first(price, now, &guard, now)
		};
		Guards::<T>::insert(key, guard);
		Latched::<T>::insert(key, latch);
	}
}
