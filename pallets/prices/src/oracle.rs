//! The oracle as this pallet sees it, and the one adapter that knows `orml-oracle`.

use core::marker::PhantomData;
use frame_support::traits::{Get, SortedMembers, Time};
use margin_math::Price;
use orml_oracle::{Config as OrmlConfig, Pallet as Orml, RawValues, TimestampedValue};
use sp_runtime::{
	traits::{Saturating, UniqueSaturatedInto, Zero},
	FixedU128,
};

/// What an oracle says about a key at one moment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Reading {
	/// The combined price, in dollars per whole unit. Zero means that there is none.
	pub price: Price,
	/// Time by which the operators behind the price had reported, in milliseconds.
	pub time_ms: u64,
	/// How many operators have an unexpired value.
	pub operators: u32,
}

/// A source of combined prices. Implement it to put another oracle under this pallet.
pub trait OracleReader<Key> {
	/// The current reading of `key`, or `None` when no operator ever fed it. It may be as old as it likes: age is
	/// judged by the caller.
	fn read(key: &Key) -> Option<Reading>;
}

/// Moment of an `orml-oracle` instance.
pub(crate) type MomentOf<T, I> = <<T as OrmlConfig<I>>::Time as Time>::Moment;

/// Whether an operator's value still says something: not expired and not zero.
///
/// `orml-oracle` accepts a feed of zero. It is no price, so it must neither enter the median nor count as a report.
pub(crate) fn is_alive<Moment: Copy + Ord + Saturating>(
	value: &TimestampedValue<FixedU128, Moment>,
	expires_in: Moment,
	now: Moment,
) -> bool {
	!value.value.is_zero() && value.timestamp.saturating_add(expires_in) > now
}

/// Reads `orml-oracle`. `ExpiresIn` is the age at which an operator's value stops counting, the same that
/// [`MedianOfFresh`](crate::MedianOfFresh) gets.
///
/// Only members count as operators. A feed by root enters the median under the root operator's account, but can never
/// stand in for an operator who is missing.
pub struct OrmlOracle<T, ExpiresIn, I = ()>(PhantomData<(T, ExpiresIn, I)>);

impl<T, ExpiresIn, I> OracleReader<T::OracleKey> for OrmlOracle<T, ExpiresIn, I>
where
	T: OrmlConfig<I, OracleValue = FixedU128>,
	ExpiresIn: Get<MomentOf<T, I>>,
	I: 'static,
{
	fn read(key: &T::OracleKey) -> Option<Reading> {
		let combined = Orml::<T, I>::get(key)?;
		let (now, expires_in) = (T::Time::now(), ExpiresIn::get());
		let operators = T::Members::sorted_members()
			.iter()
			.filter_map(|member| RawValues::<T, I>::get(member, key))
			.filter(|value| is_alive(value, expires_in, now))
			.count();
		Some(Reading {
			price: Price::from_fixed(combined.value),
			time_ms: combined.timestamp.unique_saturated_into(),
			operators: u32::try_from(operators).unwrap_or(u32::MAX),
		})
	}
}
