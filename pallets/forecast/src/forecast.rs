//! What reporters said of a key, and what that comes to. A pure function of what is stored, of who reports now, and of
//! the time.

use crate::Config;
use alloc::vec::Vec;
use codec::{Decode, Encode, MaxEncodedLen};
use frame_support::{traits::Get, BoundedVec, CloneNoBound, EqNoBound, PartialEqNoBound, RuntimeDebugNoBound};
use margin_math::Ratio;
use scale_info::TypeInfo;
use sp_runtime::RuntimeDebug;

/// The largest multiplier. The smallest is 1: a model can tighten, and never loosen.
pub const MAX_MULTIPLIER: Ratio = Ratio::from_ppm(1_500_000);
/// The longest time for which a report may count, in milliseconds: 30 minutes.
pub const MAX_VALIDITY: u64 = 30 * 60_000;
/// The least number of reporters that may move a margin.
pub const LEAST_REPORTERS: u32 = 3;
/// Time between two reports of a reporter on a key after which the later one costs no fee, in milliseconds: a minute.
pub const FREE_AFTER: u64 = 60_000;

/// The latest that a reporter said of a key.
#[derive(Encode, Decode, MaxEncodedLen, TypeInfo, Clone, PartialEq, Eq, RuntimeDebug)]
pub struct Report<AccountId> {
	/// Who.
	pub reporter: AccountId,
	/// The multiplier, from 1 to [`MAX_MULTIPLIER`].
	pub multiplier: Ratio,
	/// When, in milliseconds of unix time.
	pub at: u64,
}

/// Everything about a key: one storage item.
#[derive(Encode, Decode, MaxEncodedLen, TypeInfo, CloneNoBound, PartialEqNoBound, EqNoBound, RuntimeDebugNoBound)]
#[codec(mel_bound())]
#[scale_info(skip_type_params(T))]
pub struct Forecast<T: Config> {
	/// One report for each reporter at most.
	pub reports: BoundedVec<Report<T::AccountId>, T::MaxReporters>,
	/// Whether the reports are taken without counting.
	pub shadow: bool,
	/// The multiplier in force that an event last told.
	pub told: Ratio,
}

impl<T: Config> Default for Forecast<T> {
	fn default() -> Self {
		Self {
			reports: BoundedVec::new(),
			shadow: true,
			told: Ratio::ONE,
		}
	}
}

impl<T: Config> Forecast<T> {
	/// Whether nothing is known that a key does not start with.
	pub(crate) fn is_blank(&self) -> bool {
		*self == Self::default()
	}

	/// What counts at `now`: the unexpired reports of `members`, which are sorted.
	pub fn standing<'a>(
		&'a self,
		members: &'a [T::AccountId],
		now: u64,
	) -> impl Iterator<Item = &'a Report<T::AccountId>> {
		self.reports.iter().filter(move |report| {
			expiry(report, T::Validity::get()) > now && members.binary_search(&report.reporter).is_ok()
		})
	}

	/// What the reports come to at `now`, whether in shadow or not; `None` with too few of them.
	pub fn median(&self, members: &[T::AccountId], now: u64) -> Option<Ratio> {
		let multipliers = self.standing(members, now).map(|report| report.multiplier).collect();
		median(multipliers, T::MinReporters::get())
	}

	/// When too few reports will count if nobody reports anew, in milliseconds of unix time; `None` if too few count now.
	pub fn until(&self, members: &[T::AccountId], now: u64) -> Option<u64> {
		let mut expiries: Vec<_> = self
			.standing(members, now)
			.map(|report| expiry(report, T::Validity::get()))
			.collect();
		expiries.sort_unstable_by(|a, b| b.cmp(a));
		let least = usize::try_from(T::MinReporters::get()).ok()?;
		expiries.get(least.checked_sub(1)?).copied()
	}

	/// Puts `report` in the place of its reporter's earlier one, and forgets what counts no more. Answers with the time of
	/// the earlier one, or gives the report back when there is no room for it.
	pub(crate) fn take(
		&mut self,
		report: Report<T::AccountId>,
		members: &[T::AccountId],
	) -> Result<Option<u64>, Report<T::AccountId>> {
		let now = report.at;
		let earlier = self.reports.iter().find(|earlier| earlier.reporter == report.reporter);
		let earlier = earlier.map(|earlier| earlier.at);
		self.reports.retain(|earlier| earlier.reporter != report.reporter);
		self.forget_spent(members, now);
		self.reports.try_push(report)?;
		Ok(earlier)
	}

	/// Forgets what counts no more at `now`.
	pub(crate) fn forget_spent(&mut self, members: &[T::AccountId], now: u64) {
		self.reports.retain(|report| {
			expiry(report, T::Validity::get()) > now && members.binary_search(&report.reporter).is_ok()
		});
	}
}

/// From when on a report does not count.
fn expiry<AccountId>(report: &Report<AccountId>, validity: u64) -> u64 {
	report.at.saturating_add(validity)
}

/// The middle one of at least `least` multipliers, and of a middle pair the lower; cut to the range of a multiplier.
///
/// With the lower one, it takes more than half of the reporters to raise a margin, however many report. Half of them can
/// keep it down, but what is then in force is the ratio that the asset's own volatility asks for: an attack on traders
/// needs more hands than one that only takes an addition away.
pub(crate) fn median(mut multipliers: Vec<Ratio>, least: u32) -> Option<Ratio> {
	if u32::try_from(multipliers.len()).unwrap_or(u32::MAX) < least.max(LEAST_REPORTERS) {
		return None;
	}
	multipliers.sort_unstable();
	let middle = multipliers.len().saturating_sub(1) / 2;
	let median = multipliers.get(middle)?;
	Some((*median).clamp(Ratio::ONE, MAX_MULTIPLIER))
}
