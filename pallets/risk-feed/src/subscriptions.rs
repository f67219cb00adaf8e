//! Who gets reports: the calls of governance, and the way back for a subscription that was suspended.

use crate::{Config, Error, Event, NextDue, Pallet, State, Subscription, Subscriptions, TermsOf};
use frame_support::{ensure, traits::Get};
use sp_runtime::{DispatchError, DispatchResult};
use xcm::v5::{Junction::Parachain, Location};
use xcm_executor::traits::ConvertLocation;

impl<T: Config> Pallet<T> {
	pub(crate) fn open(subscriber: Location, terms: TermsOf<T>) -> DispatchResult {
		ensure!(is_sibling(&subscriber), Error::<T>::NotASibling);
		ensure!(
			!Subscriptions::<T>::contains_key(&subscriber),
			Error::<T>::AlreadySubscribed
		);
		ensure!(
			Subscriptions::<T>::count() < T::MaxSubscriptions::get(),
			Error::<T>::TooManySubscriptions
		);
		Self::payer(&subscriber)?;
		Self::check_terms(&terms)?;
		let due = Self::now();
		let subscription = Subscription {
			terms: terms.clone(),
			state: State::Running { failures: 0 },
			sent_at: None,
			due,
		};
		Subscriptions::<T>::insert(&subscriber, subscription);
		Self::wake(due);
		Self::deposit_event(Event::SubscriptionOpened { subscriber, terms });
		Ok(())
	}

	pub(crate) fn change(subscriber: Location, terms: TermsOf<T>) -> DispatchResult {
		Self::check_terms(&terms)?;
		Subscriptions::<T>::try_mutate(&subscriber, |subscription| {
			let subscription = subscription.as_mut().ok_or(Error::<T>::NotSubscribed)?;
			subscription.terms = terms.clone();
			subscription.due = subscription.allowed_at().max(Self::now());
			Self::wake(subscription.due_at());
			Ok::<(), DispatchError>(())
		})?;
		Self::deposit_event(Event::SubscriptionChanged { subscriber, terms });
		Ok(())
	}

	pub(crate) fn close(subscriber: Location) -> DispatchResult {
		Subscriptions::<T>::take(&subscriber).ok_or(Error::<T>::NotSubscribed)?;
		Self::deposit_event(Event::SubscriptionClosed { subscriber });
		Ok(())
	}

	/// Sends a report at once, since nothing less shows that the subscriber can pay for one and be reached.
	pub(crate) fn take_up_again(subscriber: Location) -> DispatchResult {
		let mut subscription = Subscriptions::<T>::get(&subscriber).ok_or(Error::<T>::NotSubscribed)?;
		ensure!(subscription.state == State::Suspended, Error::<T>::NotSuspended);
		let now = Self::now();
		ensure!(subscription.allowed_at() <= now, Error::<T>::TooSoon);
		Self::send_report(&subscriber, &subscription.terms, &Self::book(), now)?;
		subscription.succeeded(now);
		Self::wake(subscription.due_at());
		Subscriptions::<T>::insert(&subscriber, subscription);
		Self::deposit_event(Event::Resumed { subscriber });
		Ok(())
	}

	/// Whose money pays for what `subscriber` gets.
	pub(crate) fn payer(subscriber: &Location) -> Result<T::AccountId, Error<T>> {
		T::SovereignAccountOf::convert_location(subscriber).ok_or(Error::<T>::NoAccount)
	}

	pub(crate) fn check_terms(terms: &TermsOf<T>) -> Result<(), Error<T>> {
		ensure!(!terms.call.is_empty(), Error::<T>::NoCall);
		ensure!(terms.interval >= T::MinInterval::get(), Error::<T>::IntervalTooShort);
		let is_empty = terms.assets.as_ref().is_some_and(|assets| assets.is_empty());
		ensure!(!is_empty, Error::<T>::NothingToReport);
		Ok(())
	}

	/// Lets the hook look no later than `due`.
	fn wake(due: u64) {
		NextDue::<T>::mutate(|next| *next = due.min(*next));
	}
}

/// Whether it is another parachain of the same relay chain, and nothing inside it.
pub(crate) fn is_sibling(location: &Location) -> bool {
	matches!(location.unpack(), (1, [Parachain(_)]))
}
