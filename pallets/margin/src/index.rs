//! The trigger index: accounts with debt, filed by how far prices must move against them.
//!
//! Health is linear in prices, so an account is filed once, under the reference prices of a **generation**, by the class
//! of what it holds and owes and by its distance from maintenance ([`margin_risk::trigger`]). As long as prices have not
//! moved so far, it need not be looked at. When they have moved far, a new generation begins at the prices of the block,
//! and the accounts of the old one are filed anew: first those that a walk looks at, the others in weight that nobody
//! else needs. There are two generations at most.
//!
//! A portfolio account's health is not linear, but bounded by something that is. It is filed in classes of its own, which
//! also widen with the bands of correlations.
//!
//! An action that only lowers what an account may lose leaves it where it is filed. What an action may make worse is filed
//! anew at once.

use crate::{
	account::{Balance, Mode, SubAccount},
	bucket::Bucket,
	ledger::Ledger,
	AccountOf, Accounts, Assets, Config, Error, Index, Pallet, Pulse, Renewed, Triggers, WeightInfo,
};
use alloc::vec::Vec;
use codec::{Decode, Encode, MaxEncodedLen};
use frame_support::{traits::Get, weights::WeightMeter, BoundedVec, CloneNoBound, DebugNoBound, DefaultNoBound};
use frame_support::{EqNoBound, PartialEqNoBound};
use margin_math::{Price, Ratio};
use margin_risk::{
	trigger::{self, FiledLeg, Filing, Mark, Moves, Stand},
	Side,
};
use scale_info::TypeInfo;

/// An asset with a maintenance margin of at most so much counts as a stable one.
const STABLE: Ratio = Ratio::from_percent(1);

/// How far an asset may move from its reference before a new generation begins.
const FAR: Ratio = Ratio::from_percent(2);

/// How far bands of correlations may have widened, in parts per million, before a new generation begins: it costs a
/// portfolio account a seventh of that.
const FAR_CORRELATED: u64 = 140_000;

/// An account's key in the index.
pub(crate) type Key<T> = (<T as frame_system::Config>::AccountId, SubAccount);

/// Where every asset stood when the generation began.
#[derive(
	Encode, Decode, MaxEncodedLen, TypeInfo, CloneNoBound, PartialEqNoBound, EqNoBound, DebugNoBound, DefaultNoBound,
)]
#[scale_info(skip_type_params(Max))]
pub struct Generation<AssetId, Max>
where
	AssetId: Clone + PartialEq + Eq + core::fmt::Debug,
	Max: Get<u32>,
{
	/// Counts generations.
	pub number: u32,
	/// How far bands of correlations had widened when it began: the sum that is kept of it.
	pub widened: u64,
	/// The assets that had a price. An asset's place here is its place in the classes.
	pub marks: BoundedVec<(AssetId, Mark), Max>,
}

/// The generations in use.
#[derive(
	Encode, Decode, MaxEncodedLen, TypeInfo, CloneNoBound, PartialEqNoBound, EqNoBound, DebugNoBound, DefaultNoBound,
)]
#[scale_info(skip_type_params(Max))]
pub struct Generations<AssetId, Max>
where
	AssetId: Clone + PartialEq + Eq + core::fmt::Debug,
	Max: Get<u32>,
{
	/// In which accounts are filed.
	pub current: Generation<AssetId, Max>,
	/// From which accounts are moved over.
	pub old: Option<Generation<AssetId, Max>>,
}

/// The generations of this runtime.
pub type GenerationsOf<T> = Generations<<T as Config>::AssetId, <T as Config>::MaxAssets>;
type GenerationOf<T> = Generation<<T as Config>::AssetId, <T as Config>::MaxAssets>;

impl<AssetId, Max> Generations<AssetId, Max>
where
	AssetId: Copy + Ord + core::fmt::Debug,
	Max: Get<u32>,
{
	fn mark_mut(&mut self, asset: AssetId) -> impl Iterator<Item = &mut Mark> {
		let old = self.old.iter_mut().flat_map(|old| old.marks.iter_mut());
		let marks = self.current.marks.iter_mut().chain(old);
		marks.filter(move |(a, _)| *a == asset).map(|(_, mark)| mark)
	}
}

impl<T: Config> Ledger<T> {
	/// Where an asset stands now, as a mark of a new generation. `None` without a price.
	///
	/// All accounts share the moves of stable assets. One whose deposits do not count in full, because nobody has proven it
	/// yet or its price died, is none: it is the concern of those alone who hold it.
	fn mark(&mut self, asset: T::AssetId) -> Result<Option<Mark>, Error<T>> {
		let now = self.now();
		let counted = self.stand(asset)?.deposit_price;
		let entry = self.entry(asset)?;
		let (maintenance, size_scale) = (entry.least_maintenance(now), entry.maintenance().1);
		let mark = Mark {
			price: entry.quote.live,
			debt_index: entry.pool().debt_index(),
			deposit_index: entry.pool().deposit_index(),
			maintenance,
			size_scale,
			highest: entry.maintenance().0,
			least_scale: size_scale,
			stable: maintenance <= STABLE && counted >= entry.quote.live,
		};
		Ok(Some(mark).filter(|mark| !mark.price.is_zero()))
	}

	/// The prices at which a deposit and a debt of `asset` count at the maintenance level, and what else moves health.
	fn stand(&mut self, asset: T::AssetId) -> Result<Stand, Error<T>> {
		let (now, rules) = (self.now(), T::AccountRules::get());
		let entry = self.entry(asset)?;
		let (maintenance, size_scale) = entry.maintenance();
		let mut held = entry.quote;
		if entry.asset.is_unproven(now) {
			(held.live, held.candidate) = (Price::ZERO, None);
		}
		if !held.is_usable() {
			let awake_since = Pulse::<T>::get().awake_since;
			held = held.decayed(now, awake_since, rules.unusable_grace, rules.unusable_decay);
		}
		let (deposit_price, debt_price) = if entry.quote.is_usable() {
			(held.live, entry.quote.live)
		} else {
			(held.highest(), entry.quote.lowest())
		};
		Ok(Stand {
			deposit_price,
			debt_price,
			debt_index: entry.pool().debt_index(),
			deposit_index: entry.pool().deposit_index(),
			maintenance,
			size_scale,
		})
	}

	/// How far every asset has moved since a generation began.
	pub(crate) fn moves(&mut self, generation: &GenerationOf<T>) -> Moves {
		let mut moves = Moves::default();
		for (slot, (asset, mark)) in generation.marks.iter().enumerate() {
			// An asset that is no longer listed is held by nobody.
			if let Ok(stand) = self.stand(*asset) {
				moves.note(slot as u8, mark, &stand);
			}
		}
		moves.note_correlations(Renewed::<T>::get().widened.saturating_sub(generation.widened));
		moves
	}

	/// Where the account belongs in a generation. One that cannot be weighed against it is always looked at.
	pub(crate) fn filing(&mut self, account: &AccountOf<T>, generation: &GenerationOf<T>) -> Bucket {
		let legs = account.holdings.iter().map(|holding| {
			let slot = generation.marks.iter().position(|(asset, _)| *asset == holding.asset)?;
			let (_, mark) = generation.marks.get(slot)?;
			let entry = self.entry(holding.asset).ok()?;
			let (side, amount) = match holding.balance {
				Balance::Deposit(shares) => (Side::Deposit, entry.pool().deposit_value(shares).ok()?),
				Balance::Debt(shares) => (Side::Debt, entry.pool().debt_value(shares).ok()?),
			};
			Some(FiledLeg {
				slot: slot as u8,
				side,
				amount,
				decimals: entry.config().decimals,
				margin: entry.margin_of(side, amount).maintenance,
				mark: *mark,
				size_scale: entry.maintenance().1,
			})
		});
		let legs: Option<Vec<_>> = legs.collect();
		let bands = self.bands(account, account.holdings.iter().map(|holding| holding.asset));
		let filing = legs.map_or(Filing::ALWAYS, |legs| match &bands {
			Some(bands) => trigger::file_portfolio(&legs, bands),
			None => trigger::file(&legs),
		});
		Bucket::new(generation.number, &filing)
	}

	/// What was loosened, or began anew, since the generation began is what the account is filed with: its marks must not
	/// be stricter, nor milder for a portfolio account. A ratio on its way is noted as far as it gets until its next step, so
	/// that it is noted once.
	fn ease_marks(&mut self, account: &AccountOf<T>, index: &mut GenerationsOf<T>) -> bool {
		let now = self.now();
		let mut eased = false;
		for holding in &account.holdings {
			let Ok(entry) = self.entry(holding.asset) else { continue };
			let (maintenance, size_scale) = (entry.least_maintenance(now), entry.maintenance().1);
			let debt_index = entry.pool().debt_index();
			let marks = &mut index.current.marks;
			if let Some((_, mark)) = marks.iter_mut().find(|(asset, _)| *asset == holding.asset) {
				let before = *mark;
				mark.lower(maintenance, size_scale);
				if account.mode == Mode::Portfolio {
					mark.raise(entry.most_maintenance(), size_scale);
				}
				mark.note_debt_index(debt_index);
				eased |= *mark != before;
			}
		}
		eased
	}
}

impl<T: Config> Pallet<T> {
	/// Files the account where it belongs now, and notes in it where that is.
	pub(crate) fn file(ledger: &mut Ledger<T>, owner: &T::AccountId, sub: SubAccount, account: &mut AccountOf<T>) {
		let bucket = account.has_debt().then(|| {
			let mut index = Index::<T>::get();
			if ledger.ease_marks(account, &mut index) {
				Index::<T>::put(&index);
			}
			ledger.filing(account, &index.current)
		});
		Self::refile(owner, sub, account, bucket);
	}

	/// Takes the account out of the index if it owes nothing any more.
	pub(crate) fn unfile_if_clear(owner: &T::AccountId, sub: SubAccount, account: &mut AccountOf<T>) {
		if !account.has_debt() {
			Self::refile(owner, sub, account, None);
		}
	}

	fn refile(owner: &T::AccountId, sub: SubAccount, account: &mut AccountOf<T>, bucket: Option<Bucket>) {
		if account.filed == bucket {
			return;
		}
		if let Some(old) = account.filed {
			Triggers::<T>::remove(old, (owner, sub));
		}
		if let Some(new) = bucket {
			Triggers::<T>::insert(new, (owner, sub), ());
		}
		account.filed = bucket;
	}

	/// The deposit index of `asset` is about to fall from `index`: whoever was filed before must be found all the same.
	pub(crate) fn note_write_off(asset: T::AssetId, index: Ratio) {
		Index::<T>::mutate(|generations| {
			for mark in generations.mark_mut(asset) {
				mark.note_deposit_index(index);
			}
		});
	}

	/// Begins a new generation when prices have moved far, or an asset has got its first price, unless accounts are still
	/// being moved over from the last.
	pub(crate) fn tend_index(ledger: &mut Ledger<T>) {
		let index = Index::<T>::get();
		if index.old.is_some() {
			return;
		}
		let mut assets: Vec<_> = Assets::<T>::iter_keys().collect();
		assets.sort();
		let marks: Vec<_> = assets
			.into_iter()
			.filter_map(|asset| Some((asset, ledger.mark(asset).ok()??)))
			.collect();
		let due = marks.iter().any(|(asset, fresh)| {
			let Some((_, mark)) = index.current.marks.iter().find(|(a, _)| a == asset) else {
				return true;
			};
			// A price that died has moved far from any reference.
			let moved = |mark: &Mark, stand: &Stand| {
				let (single, portfolio) = (mark.adverse(stand), mark.adverse_to_portfolios(stand));
				// A ratio that moves costs a portfolio twice: half of that is what the others would bear.
				let half = Ratio::from_raw(portfolio.deposit.max(portfolio.debt).raw() / 2);
				single.deposit.max(single.debt).max(half)
			};
			ledger.stand(*asset).is_ok_and(|stand| {
				let far = moved(mark, &stand);
				let nearer = moved(fresh, &stand).saturating_add(FAR) <= far;
				far > FAR && (nearer || (mark.stable && !fresh.stable))
			})
		});
		let widened = Renewed::<T>::get().widened;
		if !due && widened.saturating_sub(index.current.widened) <= FAR_CORRELATED {
			return;
		}
		let current = Generation {
			number: index.current.number.wrapping_add(1),
			widened,
			marks: BoundedVec::truncate_from(marks),
		};
		Index::<T>::put(Generations {
			current,
			old: Some(index.current),
		});
	}

	/// Files accounts of the old generation anew, as many as the meter allows, and forgets it when none is left.
	pub(crate) fn move_over(meter: &mut WeightMeter) {
		if meter.try_consume(T::DbWeight::get().reads(1)).is_err() {
			return;
		}
		let Some(old) = Index::<T>::get().old else { return };
		if meter.try_consume(T::WeightInfo::scan_base()).is_err() {
			return;
		}
		let mut ledger = Ledger::<T>::new();
		for (bucket, key) in accounts_from::<T>(Bucket::first(old.number), None) {
			if bucket.generation() != old.number {
				break;
			}
			if meter.try_consume(T::WeightInfo::refile()).is_err() {
				return;
			}
			Self::file_again(&mut ledger, bucket, &key);
		}
		Index::<T>::mutate(|index| index.old = None);
	}

	/// Files one account of the index anew.
	pub(crate) fn file_again(ledger: &mut Ledger<T>, bucket: Bucket, (owner, sub): &Key<T>) {
		match Accounts::<T>::get(owner, sub) {
			Some(mut account) if account.filed == Some(bucket) => {
				Self::file(ledger, owner, *sub, &mut account);
				Accounts::<T>::insert(owner, sub, account);
			},
			_ => Triggers::<T>::remove(bucket, (owner, sub)),
		}
	}
}

/// Buckets and accounts of the index in storage order, from `bucket` on, or from behind `after` in it.
pub(crate) fn accounts_from<T: Config>(
	bucket: Bucket,
	after: Option<&Key<T>>,
) -> impl Iterator<Item = (Bucket, Key<T>)> {
	let start = match after {
		Some(key) => Triggers::<T>::hashed_key_for(bucket, key),
		None => key_of::<T>(bucket),
	};
	Triggers::<T>::iter_keys_from(start)
}

/// What the storage keys of a bucket begin with.
pub(crate) fn key_of<T: Config>(bucket: Bucket) -> Vec<u8> {
	use frame_support::storage::StoragePrefixedMap;
	let mut key = Triggers::<T>::final_prefix().to_vec();
	key.extend_from_slice(bucket.bytes());
	key
}
