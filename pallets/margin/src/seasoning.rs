//! Seasoning: what has just come from a wallet secures no new risk until it has been here for a while.
//!
//! Governance says for each asset how long that takes. It is meant for tokens that other chains issue: whoever can mint one
//! there for nothing brings it here and borrows against it at once, and the time is for those who watch to pause the
//! asset. Until it is seasoned, a deposit counts nothing at the initial level. At the target and the maintenance level it
//! counts in full: adding collateral never lowers them, and nobody is liquidated because a deposit is fresh.
//!
//! An account keeps what is fresh of its deposits as a short list of arrivals ([`Fresh`]), in pool shares.
//!
//! * **What has been here longest leaves first**, by whatever door: withdrawals, sales, liquidations. So taking something
//!   out never makes fresh what is left count, nor does bringing something and taking it out again.
//! * What moves to another trader's account, or another sub-account, takes its arrival with it. What the house takes
//!   over secures nothing there.
//! * When the list is full, the two arrivals of one asset that lie nearest to each other become one, with the later time;
//!   the latest two of several. So who brings something all the time waits at most twice as long.
//! * What pays a debt at once was never collateral. What is sold inside the account is the market's from then on, and what
//!   is bought comes from there: that is seasoned. Who sells worthless tokens takes from the market what it pays for them,
//!   here as at any other place, and not from the pools; how much can be lent on it is bounded by the borrow windows.
//!
//! The size of a fresh deposit counts for the account's margin ratios from the start.

use crate::{account::Account, changes::Manager, ledger::Ledger, AccountOf, Assets, Config, Error, Event, Pallet};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
	ensure,
	traits::{Get, Time},
};
use margin_math::{mul_div, Amount, Price, Rounding, Shares};
use scale_info::TypeInfo;
use sp_runtime::{DispatchResult, RuntimeDebug, SaturatedConversion};

/// The longest that deposits of an asset may take to count, in milliseconds: seven days.
pub const MAX_SEASONING: u64 = 7 * 86_400_000;

/// Milliseconds.
const SECOND: u64 = 1_000;

/// How long deposits of an asset take to count at the initial level.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, RuntimeDebug, Default,
)]
pub struct Seasoning {
	/// Milliseconds. Zero: they count at once.
	pub duration: u64,
	/// What still holds until `until`, while a longer time is shortened.
	pub before: u64,
	/// From then on `duration` holds alone: milliseconds of unix time.
	pub until: u64,
}

impl Seasoning {
	/// How long it takes at `now`, in milliseconds.
	pub fn at(&self, now: u64) -> u64 {
		if now < self.until {
			self.before.max(self.duration)
		} else {
			self.duration
		}
	}

	/// With another duration: a longer one at once, a shorter one when `delay` milliseconds are over.
	fn changed_to(&self, duration: u64, now: u64, delay: u64) -> Self {
		let before = self.at(now);
		if duration >= before {
			return Self {
				duration,
				..Default::default()
			};
		}
		Self {
			duration,
			before,
			until: now.saturating_add(delay),
		}
	}
}

/// Deposit shares that came from a wallet at a time.
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, RuntimeDebug)]
pub struct Fresh<AssetId> {
	/// The asset.
	pub asset: AssetId,
	/// When they came, in seconds of unix time, rounded up.
	pub since: u32,
	/// How many of them are left.
	pub shares: Shares,
}

/// When shares came, in seconds of unix time, and how many.
pub(crate) type Arrival = (u32, Shares);

impl<AssetId, Max> Account<AssetId, Max>
where
	AssetId: Copy + Ord + core::fmt::Debug,
	Max: Get<u32>,
{
	/// The arrivals of `asset`, from the first to the last.
	pub(crate) fn arrivals(&self, asset: AssetId) -> impl Iterator<Item = Arrival> + '_ {
		let of_asset = self.fresh.iter().filter(move |fresh| fresh.asset == asset);
		of_asset.map(|fresh| (fresh.since, fresh.shares))
	}

	/// How many shares of its deposit of `asset` came after `seasoned`, and when the last of them did.
	pub(crate) fn fresh_after(&self, asset: AssetId, seasoned: u32) -> (Shares, Option<u32>) {
		let fresh = self.arrivals(asset).filter(|(since, _)| *since > seasoned);
		fresh.fold((Shares::ZERO, None), |(sum, _), (since, shares)| {
			(sum.saturating_add(shares), Some(since))
		})
	}

	/// Leaves at most `left` shares of `asset` on the list: what came first goes first. Answers with what went.
	pub(crate) fn keep_latest(&mut self, asset: AssetId, left: Shares) -> Vec<Arrival> {
		let mut too_many = (self.arrivals(asset))
			.fold(Shares::ZERO, |sum, (_, shares)| sum.saturating_add(shares))
			.saturating_sub(left);
		let mut gone = Vec::new();
		for fresh in self.fresh.iter_mut().filter(|fresh| fresh.asset == asset) {
			let goes = fresh.shares.min(too_many);
			if goes.is_zero() {
				break;
			}
			gone.push((fresh.since, goes));
			fresh.shares = fresh.shares.saturating_sub(goes);
			too_many = too_many.saturating_sub(goes);
		}
		self.fresh.retain(|fresh| !fresh.shares.is_zero());
		gone
	}

	/// Puts arrivals of `asset` on the list, and takes off it what came by `seasoned`. `None` if it is full of as many
	/// assets, of which the account holds fewer.
	pub(crate) fn arrive(&mut self, asset: AssetId, arrivals: Vec<Arrival>, seasoned: u32) -> Option<()> {
		if arrivals.is_empty() {
			return Some(());
		}
		self.fresh
			.retain(|fresh| fresh.asset != asset || fresh.since > seasoned);
		for (since, shares) in arrivals {
			if shares.is_zero() || since <= seasoned {
				continue;
			}
			match self
				.fresh
				.binary_search_by_key(&(asset, since), |fresh| (fresh.asset, fresh.since))
			{
				Ok(at) => {
					let fresh = self.fresh.get_mut(at)?;
					fresh.shares = fresh.shares.checked_add(shares)?;
				},
				Err(at) if self.fresh.len() < Max::get() as usize => {
					let fresh = Fresh { asset, since, shares };
					self.fresh.try_insert(at, fresh).ok()?;
				},
				Err(_) => self.squeeze_in(Fresh { asset, since, shares })?,
			}
		}
		let held = self.deposit_of(asset);
		self.keep_latest(asset, held);
		Some(())
	}

	/// Puts one more arrival on a full list.
	fn squeeze_in(&mut self, fresh: Fresh<AssetId>) -> Option<()> {
		let mut list: Vec<_> = self.fresh.iter().copied().collect();
		let at = list.partition_point(|other| (other.asset, other.since) < (fresh.asset, fresh.since));
		list.insert(at, fresh);
		let pairs = list.iter().zip(list.iter().skip(1)).enumerate();
		// Of pairs that are as near the latest: what has waited longest is not made to wait again.
		let (nearest, _) = pairs
			.rev()
			.filter(|(_, (a, b))| a.asset == b.asset)
			.map(|(at, (a, b))| (at, b.since.saturating_sub(a.since)))
			.min_by_key(|(_, apart)| *apart)?;
		let earlier = list.remove(nearest);
		let later = list.get_mut(nearest)?;
		later.shares = later.shares.checked_add(earlier.shares)?;
		self.fresh = list.try_into().ok()?;
		Some(())
	}
}

impl<T: Config> Ledger<T> {
	/// What of `asset` came until then is seasoned, in seconds of unix time.
	pub(crate) fn seasoned(&mut self, asset: T::AssetId) -> Result<u32, Error<T>> {
		let now = self.now();
		let duration = self.entry(asset)?.asset.seasoning.at(now);
		let seasoned = (duration > 0).then(|| now.saturating_sub(duration) / SECOND);
		Ok(seasoned.map_or(u32::MAX, SaturatedConversion::saturated_into))
	}

	/// `shares` of the account's deposit of `asset` have just come from a wallet.
	pub(crate) fn arrived(
		&mut self,
		account: &mut AccountOf<T>,
		asset: T::AssetId,
		shares: Shares,
	) -> Result<(), Error<T>> {
		let (now, seasoned) = (second_of(self.now()), self.seasoned(asset)?);
		if now <= seasoned {
			return Ok(());
		}
		let arrivals = [(now, shares)].to_vec();
		(account.arrive(asset, arrivals, seasoned)).ok_or(Error::<T>::AccountFull)
	}

	/// How much of the account's deposit of `asset` counts nothing initially, and from when on all of it counts.
	pub(crate) fn fresh(
		&mut self,
		account: &AccountOf<T>,
		asset: T::AssetId,
	) -> Result<(Amount, Option<u64>), Error<T>> {
		let (now, seasoned) = (self.now(), self.seasoned(asset)?);
		let (fresh, last) = account.fresh_after(asset, seasoned);
		let Some(last) = last else {
			return Ok((Amount::ZERO, None));
		};
		let entry = self.entry(asset)?;
		let until = (u64::from(last).saturating_mul(SECOND)).saturating_add(entry.asset.seasoning.at(now));
		let held = account.deposit_of(asset);
		let counted = entry.pool().deposit_value(held.saturating_sub(fresh))?;
		let amount = entry.pool().deposit_value(held)?.saturating_sub(counted);
		Ok((amount, Some(until)))
	}
}

/// A time in milliseconds as one in seconds, rounded up: what came then seasons no sooner.
pub(crate) fn second_of(time: u64) -> u32 {
	time.div_ceil(SECOND).saturated_into()
}

/// What the price of a deposit of `held` shares is worth where `fresh` of them count nothing, rounded down.
pub(crate) fn without_fresh(price: Price, held: Shares, fresh: Shares) -> Price {
	if fresh.is_zero() {
		return price;
	}
	let counted = held.saturating_sub(fresh);
	mul_div(price.raw(), counted.0, held.0, Rounding::Down).map_or(Price::ZERO, Price::from_raw)
}

impl<T: Config> Pallet<T> {
	/// The dispatch of `set_seasoning`.
	pub(crate) fn do_set_seasoning(manager: Manager, asset: T::AssetId, duration: u64) -> DispatchResult {
		ensure!(duration <= MAX_SEASONING, Error::<T>::SeasoningTooLong);
		let mut record = Self::record(asset)?;
		ensure!(record.seasoning.duration != duration, Error::<T>::NothingChanges);
		let now = T::Time::now();
		let tightens = duration >= record.seasoning.at(now);
		ensure!(manager == Manager::Asset || tightens, Error::<T>::OnlyTighten);
		record.seasoning = record
			.seasoning
			.changed_to(duration, now, T::ChangeRules::get().loosen_delay);
		Assets::<T>::insert(asset, record);
		Self::deposit_event(Event::SeasoningSet {
			asset,
			duration,
			in_force: record.seasoning.until.max(now),
		});
		Ok(())
	}
}
