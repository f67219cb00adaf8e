//! How the operators' values become one: a median with a time that means something.
//!
//! `orml-oracle` ships `DefaultCombineData`. [`MedianOfFresh`] differs from it in three points:
//!
//! - **Zeros are dropped.** A zero is accepted as a feed; in the default it enters the median, and with two operators
//!   silent it is the price.
//! - **The timestamp is that of a majority**, not that of the value which happens to stand in the middle. The default's
//!   goes back and forth as values overtake one another, can make a median of fresh reports look old, and moves on when
//!   a single operator feeds again. Here it is the latest time by which more than half of the counted operators had
//!   reported: it only grows while the same operators report, and a new time means that a majority has spoken anew,
//!   which is what the rounds of a held-back price count.
//! - **With an even number of values, the middle two are equally good**, and the one nearer to the previous price is
//!   taken. The default takes the higher one: with one of three operators silent, a single wick upwards is then the
//!   price.
//!
//! As in the default, with too few values the previous one stays, with its time, so that it grows old.

use crate::oracle::{is_alive, MomentOf};
use alloc::vec::Vec;
use core::marker::PhantomData;
use frame_support::traits::{Get, Time};
use orml_oracle::{CombineData, Config as OrmlConfig, TimestampedValue};
use sp_runtime::FixedU128;

/// Median of the values that are neither expired nor zero; see the module's text.
///
/// `MinimumCount` is how many such values it takes (at least one), `ExpiresIn` the age at which a value stops counting.
pub struct MedianOfFresh<T, MinimumCount, ExpiresIn, I = ()>(PhantomData<(T, MinimumCount, ExpiresIn, I)>);

impl<T, MinimumCount, ExpiresIn, I> CombineData<T::OracleKey, TimestampedValue<FixedU128, MomentOf<T, I>>>
	for MedianOfFresh<T, MinimumCount, ExpiresIn, I>
where
	T: OrmlConfig<I, OracleValue = FixedU128>,
	MinimumCount: Get<u32>,
	ExpiresIn: Get<MomentOf<T, I>>,
	I: 'static,
{
	fn combine_data(
		_key: &T::OracleKey,
		mut values: Vec<TimestampedValue<FixedU128, MomentOf<T, I>>>,
		previous: Option<TimestampedValue<FixedU128, MomentOf<T, I>>>,
	) -> Option<TimestampedValue<FixedU128, MomentOf<T, I>>> {
		let (now, expires_in) = (T::Time::now(), ExpiresIn::get());
		values.retain(|value| is_alive(value, expires_in, now));
		if u32::try_from(values.len()).unwrap_or(u32::MAX) < MinimumCount::get() {
			return previous;
		}
		let prices = values.iter().map(|value| value.value).collect();
		let times = values.iter().map(|value| value.timestamp).collect();
		match (
			median(prices, previous.as_ref().map(|value| value.value)),
			majority_time(times),
		) {
			(Some(value), Some(timestamp)) => Some(TimestampedValue { value, timestamp }),
			_ => previous,
		}
	}
}

/// The middle value; of a middle pair the one nearer to `previous`, and the lower one when neither is.
fn median(mut values: Vec<FixedU128>, previous: Option<FixedU128>) -> Option<FixedU128> {
	values.sort_unstable();
	let upper_middle = values.len() / 2;
	let upper = *values.get(upper_middle)?;
	let lower = *values.get(values.len().saturating_sub(1) / 2)?;
	let previous = previous.unwrap_or(lower).into_inner();
	let distance = |value: FixedU128| value.into_inner().abs_diff(previous);
	Some(if distance(upper) < distance(lower) {
		upper
	} else {
		lower
	})
}

/// The latest time by which more than half of the values had been reported.
fn majority_time<Moment: Copy + Ord>(mut times: Vec<Moment>) -> Option<Moment> {
	times.sort_unstable_by(|a, b| b.cmp(a));
	times.get(times.len() / 2).copied()
}
