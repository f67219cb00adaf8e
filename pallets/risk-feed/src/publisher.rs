//! The hook that sends what is due.
//!
//! Subscribers take turns. A round begins behind the subscriber that was served last, so that a small meter serves all of
//! them in the end, and whoever fails is behind everybody else at once.

use crate::{
	AssetRisk, Config, Cursor, Error, Event, NextDue, Pallet, RiskBook, State, Subscription, SubscriptionOf,
	Subscriptions, WeightInfo, MAX_FAILURES, MAX_REPORTED,
};
use alloc::vec::Vec;
use frame_support::{storage::with_storage_layer, traits::UnixTime, weights::WeightMeter};
use sp_runtime::SaturatedConversion;
use xcm::latest::prelude::*;

/// The risk of all assets, read once.
pub(crate) type Book<T> = Vec<(<T as Config>::AssetId, AssetRisk)>;

impl<T: Config> Pallet<T> {
	/// The time of this block, in milliseconds of unix time.
	pub(crate) fn now() -> u64 {
		T::Time::now().as_millis().saturated_into()
	}

	/// The risk of as many assets as a report holds.
	pub(crate) fn book() -> Book<T> {
		let mut book = T::Book::assets();
		book.truncate(MAX_REPORTED as usize);
		book
	}

	/// Sends what is due, as far as the meter goes. What is left comes first the next time.
	pub(crate) fn send_due(meter: &mut WeightMeter) {
		if meter.try_consume(T::WeightInfo::begin_round()).is_err() {
			return;
		}
		let now = Self::now();
		if now < NextDue::<T>::get() {
			return;
		}
		let mut cursor = Cursor::<T>::get();
		let mut round = Self::round_behind(cursor.as_ref());
		let mut book = None;
		let mut next_due = u64::MAX;
		while meter.try_consume(T::WeightInfo::look()).is_ok() {
			let Some((subscriber, subscription)) = round.next() else {
				Cursor::<T>::kill();
				NextDue::<T>::put(next_due);
				return;
			};
			let Some(due) = Self::take_turn(&subscriber, subscription, &mut book, now, meter) else {
				break;
			};
			next_due = next_due.min(due);
			cursor = Some(subscriber);
		}
		Cursor::<T>::set(cursor);
	}

	/// Every subscription once, those behind `cursor` first.
	pub(crate) fn round_behind(cursor: Option<&Location>) -> impl Iterator<Item = (Location, SubscriptionOf<T>)> {
		let count = Subscriptions::<T>::count() as usize;
		let behind = cursor.map(|cursor| Subscriptions::<T>::iter_from(Subscriptions::<T>::hashed_key_for(cursor)));
		behind
			.into_iter()
			.flatten()
			.chain(Subscriptions::<T>::iter())
			.take(count)
	}

	/// Serves a subscriber that is due. Answers when it is due again; `None` where the meter does not allow it.
	fn take_turn(
		subscriber: &Location,
		subscription: SubscriptionOf<T>,
		book: &mut Option<Book<T>>,
		now: u64,
		meter: &mut WeightMeter,
	) -> Option<u64> {
		if subscription.due_at() > now {
			return Some(subscription.due_at());
		}
		if book.is_none() {
			meter.try_consume(T::WeightInfo::read_book()).ok()?;
		}
		let book = book.get_or_insert_with(Self::book);
		meter.try_consume(T::WeightInfo::send()).ok()?;
		Some(Self::serve(subscriber, subscription, book, now))
	}

	/// Sends a report, or notes that it could not be sent. Answers when the next one is due.
	pub(crate) fn serve(
		subscriber: &Location,
		mut subscription: SubscriptionOf<T>,
		book: &[(T::AssetId, AssetRisk)],
		now: u64,
	) -> u64 {
		match with_storage_layer(|| Self::send_report(subscriber, &subscription.terms, book, now)) {
			Ok(()) => subscription.succeeded(now),
			Err(why) => {
				subscription.failed(now, why == Error::<T>::CannotPay.into());
				let subscriber = subscriber.clone();
				Self::deposit_event(match subscription.state {
					State::Running { .. } => Event::NotSent { subscriber, why },
					State::Suspended => Event::Suspended { subscriber, why },
				});
			},
		}
		Subscriptions::<T>::insert(subscriber, &subscription);
		subscription.due_at()
	}
}

impl<AssetId, Balance> Subscription<AssetId, Balance> {
	/// A report was sent.
	pub(crate) fn succeeded(&mut self, now: u64) {
		self.state = State::Running { failures: 0 };
		self.sent_at = Some(now);
		self.due = now.saturating_add(self.terms.interval);
	}

	/// A report could not be sent. Who cannot pay is not served again for nothing; a way that is closed may open.
	fn failed(&mut self, now: u64, for_want_of_money: bool) {
		let failures = match self.state {
			State::Running { failures } => failures.saturating_add(1),
			State::Suspended => MAX_FAILURES,
		};
		self.state = if for_want_of_money || failures >= MAX_FAILURES {
			State::Suspended
		} else {
			State::Running { failures }
		};
		self.due = now.saturating_add(self.terms.interval);
	}
}
