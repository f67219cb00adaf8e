//! What must hold for the stored state, checked by `try_state` and at the end of every test.

use crate::{
	guard::HOLD_ROUNDS_RANGE, latch::Latch, volatility::Record, Config, Guards, Latched, Pallet, Volatilities,
};
use frame_support::{ensure, traits::Get};
use margin_risk::Verdict;
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks every invariant of the pallet's storage.
	///
	/// # Errors
	/// The first invariant that does not hold, in words.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let guards = u32::try_from(Guards::<T>::iter().count()).unwrap_or(u32::MAX);
		ensure!(guards <= T::MaxKeys::get(), "prices: more guards than MaxKeys");
		ensure!(guards == Guards::<T>::count(), "prices: the count of guards is wrong");
		ensure!(
			Guards::<T>::iter_values().all(|guard| guard.check().is_ok()),
			"prices: a guard out of its ranges"
		);
		Latched::<T>::iter().try_for_each(|(key, latch)| {
			ensure!(
				Guards::<T>::contains_key(key) || latch.verdict == Verdict::Missing,
				"prices: a price in use without a guard"
			);
			check_latch(&latch)
		})?;
		Volatilities::<T>::iter().try_for_each(|(key, record)| {
			ensure!(Guards::<T>::contains_key(key), "prices: a volatility without a guard");
			check_record(key, &record)
		})
	}
}

fn check_record<T: Config>(key: T::Key, record: &Record<T>) -> Result<(), TryRuntimeError> {
	record.estimator.check()?;
	for (place, (other, pair)) in record.pairs.iter().enumerate() {
		ensure!(Guards::<T>::contains_key(other), "prices: a pair with an unknown key");
		ensure!(*other < key, "prices: a pair kept with the smaller key");
		let twice = record.pairs.iter().take(place).any(|(before, _)| before == other);
		ensure!(!twice, "prices: a pair kept twice");
		pair.check()?;
	}
	Ok(())
}

/// Checks what must hold for one key's state, whatever its guard.
pub(crate) fn check_latch(latch: &Latch) -> Result<(), TryRuntimeError> {
	ensure!(!latch.live.is_zero(), "prices: a live price of zero");
	ensure!(
		!latch.stable.price.is_zero() && !latch.stable.anchor.is_zero(),
		"prices: a stable price of zero"
	);
	ensure!(
		latch.updated_at <= latch.seen_at,
		"prices: the live price is newer than the newest reading"
	);
	ensure!(latch.seen_at <= latch.stable.at, "prices: a reading from the future");
	ensure!(
		latch.verdict != Verdict::HeldBack || latch.held.is_some(),
		"prices: held back, but nothing is held"
	);
	ensure!(
		latch.verdict != Verdict::Usable || latch.held.is_none(),
		"prices: usable, but a price is held"
	);
	ensure!(
		latch.bucket.is_none_or(|bucket| bucket.range.is_valid()),
		"prices: five minutes of no prices"
	);
	if let Some(held) = latch.held {
		ensure!(!held.price.is_zero(), "prices: a held price of zero");
		ensure!(held.since <= latch.stable.at, "prices: a hold from the future");
		ensure!(
			held.rounds < *HOLD_ROUNDS_RANGE.end(),
			"prices: a hold that should have ended"
		);
	}
	Ok(())
}
