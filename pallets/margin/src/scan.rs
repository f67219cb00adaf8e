//! Finding accounts below maintenance: a walk over the candidates of the trigger index, the most urgent first.

use crate::{
	batch::{Batch, Outlook},
	bucket::Bucket,
	findings::place,
	index::{accounts_from, key_of, Key},
	ledger::Ledger,
	trading::Pair,
	Accounts, Config, Door, Error, Index, Pallet, ScanCursor, SearchCursor, Triggers, WeightInfo,
};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
	storage::StoragePrefixedMap,
	traits::Get,
	weights::{Weight, WeightMeter},
};
use margin_math::Ratio;
use margin_risk::trigger::{lower_edge, Class, Moves};
use scale_info::TypeInfo;
use sp_runtime::RuntimeDebug;

/// A place in the trigger index: an account in its bucket.
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, PartialEq, Eq, RuntimeDebug)]
pub struct Place<AccountId> {
	/// The bucket.
	pub bucket: Bucket,
	/// The account's owner.
	pub owner: AccountId,
	/// The account's number.
	pub sub: crate::SubAccount,
}

/// The place in this runtime.
pub(crate) type PlaceOf<T> = Place<<T as frame_system::Config>::AccountId>;

/// The buckets of all accounts that may be below maintenance at the prices of the block, the most urgent first. Looks at
/// one storage key for each class and each of these buckets, while `more` says so, from bucket `from` on and round to it;
/// answers with the bucket at which it was cut short, from which the next search is to begin.
pub(crate) fn candidates<T: Config>(
	ledger: &mut Ledger<T>,
	from: Option<Bucket>,
	mut more: impl FnMut() -> bool,
) -> (Vec<Bucket>, Option<Bucket>) {
	let index = Index::<T>::get();
	let generations = index.old.iter().chain([&index.current]);
	let moves: Vec<_> = generations.map(|g| (g.number, ledger.moves(g))).collect();
	let begin = from.unwrap_or_default();
	let mut found = Vec::new();
	let mut cut = search::<T>(&moves, begin, None, &mut found, &mut more);
	if cut.is_none() && from.is_some() {
		cut = search::<T>(&moves, Bucket::default(), from, &mut found, &mut more);
	}
	found.sort_by_key(|(urgency, bucket)| (core::cmp::Reverse(*urgency), *bucket));
	(found.into_iter().map(|(_, bucket)| bucket).collect(), cut)
}

/// Adds the candidates from one bucket to another to `found`. Answers with where it was cut short.
fn search<T: Config>(
	generations: &[(u32, Moves)],
	from: Bucket,
	to: Option<Bucket>,
	found: &mut Vec<(Ratio, Bucket)>,
	more: &mut impl FnMut() -> bool,
) -> Option<Bucket> {
	for (number, moves) in generations {
		let mut known: Option<(Class, u8)> = None;
		let mut next = Bucket::first(*number).max(from);
		loop {
			if !more() {
				return Some(next);
			}
			let Some(bucket) = first_from::<T>(next).filter(|b| b.generation() == *number) else {
				break;
			};
			if to.is_some_and(|to| bucket >= to) {
				return None;
			}
			let class = bucket.class();
			let limit = match known {
				Some((same, limit)) if same == class => limit,
				_ => moves.limit(class),
			};
			known = Some((class, limit));
			next = if bucket.level() <= limit {
				found.push((urgency(bucket.level(), limit), bucket));
				bucket.next()
			} else {
				bucket.next_class()
			};
		}
	}
	None
}

/// How much further prices have moved against the accounts of a level than those could bear at least.
fn urgency(level: u8, limit: u8) -> Ratio {
	if level == 0 {
		return Ratio::MAX;
	}
	lower_edge(limit).saturating_sub(lower_edge(level))
}

/// The first bucket in use from `bucket` on.
fn first_from<T: Config>(bucket: Bucket) -> Option<Bucket> {
	let prefix = Triggers::<T>::final_prefix();
	let key = sp_io::storage::next_key(&key_of::<T>(bucket))?;
	Bucket::decode(&mut key.strip_prefix(&prefix[..])?).ok()
}

/// Visits the accounts of `buckets` in this order, from behind `after` in the first on, each with the one before it in its
/// bucket. Answers with where `visit` stopped the walk: the last account that it dealt with, if any. `None` when all were
/// visited.
pub(crate) fn walk<T: Config>(
	buckets: &[Bucket],
	mut after: Option<Key<T>>,
	mut visit: impl FnMut(Bucket, Option<&Key<T>>, &Key<T>) -> bool,
) -> Option<Option<PlaceOf<T>>> {
	let mut last = None;
	for bucket in buckets {
		let mut before = after.take();
		for (_, key) in accounts_from::<T>(*bucket, before.as_ref()).take_while(|(b, _)| b == bucket) {
			if !visit(*bucket, before.as_ref(), &key) {
				return Some(last);
			}
			last = Some(place::<T>(*bucket, &key));
			before = Some(key);
		}
	}
	None
}

/// Visits all candidates that the budget allows, so that none waits for ever: the most urgent first with half of the
/// budget if the last walk did not reach all, and with the rest those behind `cursor`, in storage order. Answers with
/// the cursor for the next walk.
pub(crate) fn walk_all<T: Config>(
	mut buckets: Vec<Bucket>,
	cursor: Option<PlaceOf<T>>,
	mut visit: impl FnMut(bool, Bucket, Option<&Key<T>>, &Key<T>) -> bool,
) -> Option<PlaceOf<T>> {
	let halved = cursor.is_some();
	let stopped = walk::<T>(&buckets, None, |bucket, before, key| visit(halved, bucket, before, key))?;
	let Some(cursor) = cursor else { return stopped };
	buckets.sort();
	let behind: Vec<_> = buckets.into_iter().filter(|bucket| *bucket >= cursor.bucket).collect();
	let after = (behind.first() == Some(&cursor.bucket)).then(|| (cursor.owner.clone(), cursor.sub));
	match walk::<T>(&behind, after, |bucket, before, key| visit(false, bucket, before, key)) {
		// The weight did not reach the next one.
		Some(None) => Some(cursor),
		Some(place) => place,
		None => Some(Place {
			bucket: Bucket::default(),
			..cursor
		}),
	}
}

impl<T: Config> Pallet<T> {
	/// The chain's own duty, unless it is switched off: walks the candidates within `meter` and takes a step on each that is below maintenance. One
	/// account's error never stops the walk, and accounts on which no step is possible now do not use up the weight of
	/// those on which one is. A healthy account that is not filed where it belongs by now is filed anew.
	pub(crate) fn liquidate_by_chain(meter: &mut WeightMeter) {
		if meter.try_consume(T::WeightInfo::scan_base()).is_err() {
			return;
		}
		let mut ledger = Ledger::<T>::new();
		Self::tend_index(&mut ledger);
		if !T::ChainLiquidates::get() {
			return;
		}
		let (from, before) = (SearchCursor::<T>::get(), ScanCursor::<T>::get());
		// Most of the weight is for the accounts.
		let mut search = WeightMeter::with_limit(meter.remaining().saturating_div(4));
		let (buckets, cut) = candidates::<T>(&mut ledger, from, || {
			search.try_consume(T::WeightInfo::scan_bucket()).is_ok()
		});
		meter.consume(search.consumed());
		if cut != from {
			SearchCursor::<T>::set(cut);
		}
		if buckets.is_empty() && before.is_none() {
			return;
		}
		let half = meter.remaining().saturating_div(2);
		let mut batch = Batch::<T>::new(ledger);
		let cursor = walk_all::<T>(buckets, before.clone(), |halved, bucket, _, key| {
			let spare = if halved { half } else { Weight::zero() };
			Self::look_at(&mut batch, meter, spare, bucket, key)
		});
		batch.commit();
		if cursor != before {
			ScanCursor::<T>::set(cursor);
		}
	}

	/// One account of the walk: whether it was dealt with, leaving `spare` of the meter.
	fn look_at(
		batch: &mut Batch<T>,
		meter: &mut WeightMeter,
		spare: Weight,
		bucket: Bucket,
		key @ (owner, sub): &Key<T>,
	) -> bool {
		let fits = |meter: &WeightMeter, weight: Weight| meter.can_consume(weight.saturating_add(spare));
		if !fits(meter, T::WeightInfo::scan_account()) {
			return false;
		}
		meter.consume(T::WeightInfo::scan_account());
		let mut account = Accounts::<T>::get(owner, *sub);
		let mut outlook = account.as_ref().map(|account| batch.outlook(account));
		if matches!(outlook, Some(Outlook::Claims)) {
			if !fits(meter, T::WeightInfo::claim()) {
				return false;
			}
			meter.consume(T::WeightInfo::claim());
			if let Err(error) = batch.book_claims(owner, *sub) {
				log::warn!(target: crate::LOG_TARGET, "{owner:?}/{sub} cannot have its claims: {error:?}");
			}
			account = Accounts::<T>::get(owner, *sub);
			outlook = account.as_ref().map(|account| batch.outlook_as_it_stands(account));
		}
		match outlook {
			Some(Outlook::Step(plan)) => {
				if !fits(meter, Self::step_weight()) {
					return false;
				}
				meter.consume(Self::step_weight());
				let pair = plan.first_pair();
				if let Some(Err(error)) = account.map(|account| batch.step(owner, *sub, account, plan, Door::Chain)) {
					log::debug!(target: crate::LOG_TARGET, "no step on {owner:?}/{sub}: {error:?}");
					if matches!(error, Error::HouseFull | Error::HouseFullOfAsset) {
						Self::sell_past_the_house(batch, meter, spare, key, pair);
					}
				}
			},
			Some(Outlook::NoRoom(pair)) => Self::sell_past_the_house(batch, meter, spare, key, pair),
			Some(Outlook::Wait | Outlook::Claims) => (),
			Some(Outlook::Healthy) | None => {
				if !batch.is_filed_right(account.as_ref(), bucket) {
					if !fits(meter, T::WeightInfo::refile()) {
						return false;
					}
					meter.consume(T::WeightInfo::refile());
					Self::file_again(&mut batch.ledger, bucket, key);
				}
			},
		}
		true
	}

	/// The house has no room for an account: some of its collateral goes to the market, if the meter allows that.
	fn sell_past_the_house(
		batch: &mut Batch<T>,
		meter: &mut WeightMeter,
		spare: Weight,
		(owner, sub): &Key<T>,
		pair: Option<Pair<T>>,
	) {
		let weight = T::WeightInfo::liquidate_market();
		let Some(pair) = pair.filter(|pair| batch.may_sell(pair)) else {
			return;
		};
		if !meter.can_consume(weight.saturating_add(spare)) {
			return;
		}
		meter.consume(weight);
		if let Err(error) = batch.market_step(owner, *sub, pair) {
			log::debug!(target: crate::LOG_TARGET, "no sale for {owner:?}/{sub}: {error:?}");
		}
	}
}
