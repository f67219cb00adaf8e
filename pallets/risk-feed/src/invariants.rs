//! What must hold for the stored state, checked by `try_state` and at the end of every test.

use crate::{
	subscriptions::is_sibling, Adopted, Config, NextDue, Pallet, Publisher, State, SubscriptionOf, Subscriptions,
	MAX_AGE, MAX_FAILURES,
};
use frame_support::{ensure, traits::Get};
use sp_runtime::TryRuntimeError;
use xcm::v5::Location;

impl<T: Config> Pallet<T> {
	/// Checks every invariant of the pallet's storage.
	///
	/// # Errors
	/// The first invariant that does not hold, in words.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		ensure!(
			Subscriptions::<T>::iter().count() as u32 == Subscriptions::<T>::count(),
			"risk feed: the subscriptions are miscounted"
		);
		ensure!(
			Subscriptions::<T>::count() <= T::MaxSubscriptions::get(),
			"risk feed: more subscriptions than there may be"
		);
		Subscriptions::<T>::iter().try_for_each(|(subscriber, subscription)| check::<T>(&subscriber, &subscription))?;
		Self::check_adoption()
	}

	fn check_adoption() -> Result<(), TryRuntimeError> {
		let publisher = Publisher::<T>::get();
		if let Some(terms) = &publisher {
			ensure!(is_sibling(&terms.location), "risk feed: the publisher is no sibling");
			ensure!(
				(1..=MAX_AGE).contains(&terms.max_age),
				"risk feed: reports count for too long"
			);
		}
		let Some(adoption) = Adopted::<T>::get() else {
			return Ok(());
		};
		ensure!(publisher.is_some(), "risk feed: something is adopted from nobody");
		ensure!(
			adoption.at <= adoption.received_at && adoption.received_at <= Self::now(),
			"risk feed: a report from the future is adopted"
		);
		ensure!(
			adoption.assets.values().all(|risk| risk.is_in_range()),
			"risk feed: ratios out of range are adopted"
		);
		Ok(())
	}
}

fn check<T: Config>(subscriber: &Location, subscription: &SubscriptionOf<T>) -> Result<(), TryRuntimeError> {
	ensure!(is_sibling(subscriber), "risk feed: a subscriber is no sibling");
	Pallet::<T>::check_terms(&subscription.terms).map_err(|_| "risk feed: terms that cannot be agreed")?;
	ensure!(
		subscription.sent_at.is_none_or(|sent_at| sent_at <= Pallet::<T>::now()),
		"risk feed: a report was sent in the future"
	);
	ensure!(
		subscription.due >= subscription.allowed_at(),
		"risk feed: a report is due before its time"
	);
	ensure!(
		NextDue::<T>::get() <= subscription.due_at(),
		"risk feed: a report is overlooked"
	);
	let is_failing = match subscription.state {
		State::Running { failures } => failures < MAX_FAILURES,
		State::Suspended => true,
	};
	ensure!(is_failing, "risk feed: a report failed too often");
	Ok(())
}
