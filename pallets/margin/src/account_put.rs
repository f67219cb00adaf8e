//! The put on each account as it stands, and on pages of the book.
//!
//! An asset counts at the volatility that is known of it. While its own history is too short for its margin to follow it,
//! it counts for no less than its record's usual one, or else than the one at which its margin reaches the cap. If nothing
//! was ever known of an asset whose margin follows no volatility, its maintenance margin is taken for one standard
//! deviation.

use crate::{
	account::SubAccount,
	asset::AssetConfig,
	findings::place,
	index::accounts_from,
	ledger::{Entry, Ledger},
	scan::PlaceOf,
	written_put::HORIZON,
	AccountOf, Accounts, Bucket, Config, Error, Pallet, Place,
};
use alloc::{collections::BTreeMap, vec::Vec};
use codec::{Decode, Encode};
use margin_math::{Ratio, Rounding, Value};
use margin_risk::{
	put::{account_loss, attribute, ExpectedLoss, Exposure},
	volatility::FULL_HISTORY,
	Leg, Side, VolatilitySource,
};
use scale_info::TypeInfo;
use sp_runtime::RuntimeDebug;

/// Most accounts of a page of the book.
const MAX_PAGE: u32 = 2_000;

/// An account's delta in one asset, and what of its expected loss comes from it.
#[derive(Encode, Decode, TypeInfo, Clone, Copy, PartialEq, Eq, RuntimeDebug)]
pub struct AssetDelta<AssetId> {
	/// The asset.
	pub asset: AssetId,
	/// What the account gains, in dollars, for each 100 % by which the price rises: below zero for what it owes.
	pub delta: Value,
	/// Standard deviation of an hour's return that the asset counts at.
	pub volatility: Ratio,
	/// Its part of the account's expected loss in an hour, in dollars, by how far an hour moves it.
	pub expected_loss: ExpectedLoss,
}

/// The put on one account.
#[derive(Encode, Decode, TypeInfo, Clone, PartialEq, Eq, RuntimeDebug)]
pub struct AccountPut<AssetId> {
	/// Its net delta in each of its assets. Together they are the equity.
	pub assets: Vec<AssetDelta<AssetId>>,
	/// What stands before the protocol's loss, in dollars: deposits less debts at live prices.
	pub equity: Value,
	/// How far an hour's standard deviation moves the account, in dollars, if all its assets move against it.
	pub deviation: Value,
	/// What the protocol is expected to lose on it in an hour, in dollars.
	pub expected_loss: ExpectedLoss,
}

/// What the accounts of a page have of one asset, and what of their expected losses comes from it.
#[derive(Encode, Decode, TypeInfo, Clone, Copy, PartialEq, Eq, RuntimeDebug)]
pub struct BookDelta<AssetId> {
	/// The asset.
	pub asset: AssetId,
	/// The deltas of those who hold it, in dollars.
	pub long: Value,
	/// The deltas of those who owe it, in dollars, as a number that is not negative.
	pub short: Value,
	/// The part of the expected losses in an hour, in dollars.
	pub expected_loss: ExpectedLoss,
}

/// The put on a page of the book: accounts that owe something.
#[derive(Encode, Decode, TypeInfo, Clone, PartialEq, Eq, RuntimeDebug)]
pub struct BookPut<AssetId, AccountId> {
	/// How many accounts were weighed.
	pub accounts: u32,
	/// How many more could not be, because a value does not fit.
	pub unweighed: u32,
	/// By asset, in the order of the asset ids.
	pub assets: Vec<BookDelta<AssetId>>,
	/// What the protocol is expected to lose on them in an hour, in dollars.
	pub expected_loss: ExpectedLoss,
	/// The last place looked at, from which to go on. `None`: there are no more.
	pub next: Option<Place<AccountId>>,
}

impl<T: Config> Pallet<T> {
	/// The put on one account. `None` when there is no such account, or a value does not fit.
	pub fn account_put(owner: &T::AccountId, sub: SubAccount) -> Option<AccountPut<T::AssetId>> {
		let account = Accounts::<T>::get(owner, sub)?;
		Weigher::<T>::new().account(&account).ok()
	}

	/// The put on the next `limit` (at most 2,000) accounts of the trigger index behind `after`, in storage order. An
	/// account is there once, and whoever owes nothing is not: so the pages of one block add up to the book.
	pub fn book_put(after: Option<PlaceOf<T>>, limit: u32) -> BookPut<T::AssetId, T::AccountId> {
		let mut weigher = Weigher::<T>::new();
		let limit = limit.clamp(1, MAX_PAGE) as usize;
		let start = after.map(|after| (after.bucket, (after.owner, after.sub)));
		let (bucket, key) = start.map_or((Bucket::default(), None), |(bucket, key)| (bucket, Some(key)));
		let mut places = accounts_from::<T>(bucket, key.as_ref());
		let mut page = Page::default();
		let mut last = None;
		for (bucket, (owner, sub)) in places.by_ref().take(limit) {
			let put = Accounts::<T>::get(&owner, sub).and_then(|account| weigher.account(&account).ok());
			page.add(put);
			last = Some(place::<T>(bucket, &(owner, sub)));
		}
		BookPut {
			accounts: page.accounts,
			unweighed: page.unweighed,
			assets: page.assets.into_values().collect(),
			expected_loss: page.expected_loss,
			next: last.filter(|_| places.next().is_some()),
		}
	}
}

/// Weighs accounts, one after the other, with each asset's volatility looked up once.
struct Weigher<T: Config> {
	ledger: Ledger<T>,
	volatilities: BTreeMap<T::AssetId, Ratio>,
}

impl<T: Config> Weigher<T> {
	fn new() -> Self {
		Self {
			ledger: Ledger::new(),
			volatilities: BTreeMap::new(),
		}
	}

	fn account(&mut self, account: &AccountOf<T>) -> Result<AccountPut<T::AssetId>, Error<T>> {
		let legs = self.ledger.legs(account)?;
		let mut exposures = Vec::with_capacity(legs.len());
		for leg in &legs {
			let volatility = self.volatility(leg.asset)?;
			exposures.push(exposure(leg, volatility).ok_or(Error::<T>::Overflow)?);
		}
		put_on(&legs, &exposures).ok_or(Error::<T>::Overflow)
	}

	fn volatility(&mut self, asset: T::AssetId) -> Result<Ratio, Error<T>> {
		if let Some(known) = self.volatilities.get(&asset) {
			return Ok(*known);
		}
		let volatility = volatility_of::<T>(self.ledger.entry(asset)?);
		self.volatilities.insert(asset, volatility);
		Ok(volatility)
	}
}

/// Sums over the accounts of a page.
struct Page<AssetId> {
	accounts: u32,
	unweighed: u32,
	assets: BTreeMap<AssetId, BookDelta<AssetId>>,
	expected_loss: ExpectedLoss,
}

impl<AssetId> Default for Page<AssetId> {
	fn default() -> Self {
		Self {
			accounts: 0,
			unweighed: 0,
			assets: BTreeMap::new(),
			expected_loss: ExpectedLoss::default(),
		}
	}
}

impl<AssetId: Copy + Ord> Page<AssetId> {
	fn add(&mut self, put: Option<AccountPut<AssetId>>) {
		match put.and_then(|put| self.with(&put)) {
			Some((assets, expected_loss)) => {
				self.accounts = self.accounts.saturating_add(1);
				self.expected_loss = expected_loss;
				self.assets.extend(assets.into_iter().map(|part| (part.asset, part)));
			},
			None => self.unweighed = self.unweighed.saturating_add(1),
		}
	}

	/// The sums of the account's assets, and of all, with the account. `None` if one does not fit.
	fn with(&self, put: &AccountPut<AssetId>) -> Option<(Vec<BookDelta<AssetId>>, ExpectedLoss)> {
		let assets = put.assets.iter().map(|part| {
			let mut sum = self.assets.get(&part.asset).copied().unwrap_or(BookDelta {
				asset: part.asset,
				long: Value::ZERO,
				short: Value::ZERO,
				expected_loss: ExpectedLoss::default(),
			});
			if part.delta.is_negative() {
				sum.short = sum.short.checked_sub(part.delta)?;
			} else {
				sum.long = sum.long.checked_add(part.delta)?;
			}
			sum.expected_loss = sum.expected_loss.checked_add(part.expected_loss)?;
			Some(sum)
		});
		let assets = assets.collect::<Option<Vec<_>>>()?;
		Some((assets, self.expected_loss.checked_add(put.expected_loss)?))
	}
}

/// What a leg moves by: a deposit rounded down, a debt up.
fn exposure<AssetId>(leg: &Leg<AssetId>, volatility: Ratio) -> Option<Exposure> {
	let value = |rounding| leg.quote.live.value_of(leg.amount, leg.decimals, rounding);
	let delta = match leg.side {
		Side::Deposit => value(Rounding::Down)?,
		Side::Debt => value(Rounding::Up)?.checked_neg()?,
	};
	Some(Exposure { delta, volatility })
}

fn put_on<AssetId: Copy>(legs: &[Leg<AssetId>], exposures: &[Exposure]) -> Option<AccountPut<AssetId>> {
	let expected_loss = account_loss(exposures, HORIZON)?;
	let parts = attribute(expected_loss, exposures)?;
	let sum = |total: Value, part: Option<Value>| total.checked_add(part?);
	let assets = legs.iter().zip(exposures.iter().zip(parts));
	Some(AccountPut {
		assets: assets
			.map(|(leg, (exposure, expected_loss))| AssetDelta {
				asset: leg.asset,
				delta: exposure.delta,
				volatility: exposure.volatility,
				expected_loss,
			})
			.collect(),
		equity: exposures
			.iter()
			.map(|exposure| Some(exposure.delta))
			.try_fold(Value::ZERO, sum)?,
		deviation: exposures.iter().map(Exposure::deviation).try_fold(Value::ZERO, sum)?,
		expected_loss,
	})
}

/// The volatility that an asset counts at.
pub(crate) fn volatility_of<T: Config>(entry: &Entry<T>) -> Ratio {
	let config = entry.config();
	let estimate = T::Volatility::estimate(&config.price_key);
	let known = estimate.map(|estimate| estimate.volatility);
	let trusted = estimate.is_some_and(|estimate| estimate.history >= FULL_HISTORY);
	match known {
		Some(known) if trusted => known,
		_ => match least_volatility(config) {
			Some(least) => known.unwrap_or_default().max(least),
			None => known.unwrap_or(entry.maintenance().0),
		},
	}
}

/// What an asset counts at while its history is short: what its record calls usual, or else the volatility at which its
/// margin reaches the cap, rounded up. `None` if its margin follows no volatility.
fn least_volatility<PriceKey>(config: &AssetConfig<PriceKey>) -> Option<Ratio> {
	let rule = config.volatility?;
	let at_cap = || {
		let room = rule.cap.saturating_sub(rule.base);
		room.checked_div(rule.multiple, Rounding::Up).unwrap_or(rule.cap)
	};
	Some(rule.usual.unwrap_or_else(at_cap))
}
