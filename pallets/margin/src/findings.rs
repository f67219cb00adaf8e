//! What keepers find and send: unsigned calls that are valid only when they will succeed.
//!
//! Each names a block of this chain by its hash. So the bytes of every attempt are new: a pool turns bytes away for a while
//! that it once found invalid, and nobody can make it do so ahead of time with a hash that is not known yet.

use crate::{
	account::SubAccount,
	batch::Batch,
	bucket::Bucket,
	index::{accounts_from, Key},
	ledger::Ledger,
	liquidation::Plan,
	scan::PlaceOf,
	Accounts, Call, Config, Door, Error, Pallet, Place, Spent, WeightInfo,
};
use frame_support::{
	ensure,
	pallet_prelude::{InvalidTransaction, TransactionValidity, TransactionValidityError, ValidTransaction},
	traits::Get,
	weights::Weight,
};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::{traits::Saturating, DispatchResult};

/// Blocks after which a finding is too old to be used.
pub(crate) const FINDING_LIFE: u32 = 5;

/// Accounts that a batch walks at most.
pub const PAGE: u32 = 128;

/// A block of this chain, after which something was found.
pub(crate) struct Seen<T: Config> {
	pub at: BlockNumberFor<T>,
	pub hash: T::Hash,
}

impl<T: Config> Seen<T> {
	/// It names one of the last blocks before this one.
	fn ensure_fresh(&self) -> Result<(), Error<T>> {
		let now = frame_system::Pallet::<T>::block_number();
		let fresh = self.at < now
			&& now.saturating_sub(self.at) <= FINDING_LIFE.into()
			&& frame_system::Pallet::<T>::block_hash(self.at) == self.hash;
		ensure!(fresh, Error::<T>::StaleFinding);
		Ok(())
	}
}

/// An account below maintenance, in a round of its steps.
pub(crate) struct Finding<T: Config> {
	pub owner: T::AccountId,
	pub sub: SubAccount,
	pub round: u32,
	pub seen: Seen<T>,
}

/// A page of the trigger index with accounts below maintenance in it: `count` accounts of a class in the index's order.
pub(crate) struct PageFinding<T: Config> {
	pub page: Page<T::AccountId>,
	pub count: u32,
	pub seen: Seen<T>,
}

/// An account, by owner and sub-account, and the round of its steps.
type FirstStep<T> = (<T as frame_system::Config>::AccountId, SubAccount, u32);

/// Where a page begins: with the first account of a bucket, or behind the named one in it. It goes on into the next
/// buckets of the class.
pub type Page<AccountId> = (Bucket, Option<(AccountId, SubAccount)>);

impl<T: Config> Pallet<T> {
	/// The dispatch of `liquidate_unsigned`.
	pub(crate) fn do_liquidate_unsigned(finding: &Finding<T>) -> DispatchResult {
		let mut batch = Batch::<T>::new(Ledger::new());
		let account = Self::named(finding)?;
		let plan = Plan::after_claims(&mut batch.ledger, &account)?;
		batch.step(&finding.owner, finding.sub, account, plan, Door::Keeper)?;
		batch.commit();
		Ok(())
	}

	/// The validity of `liquidate_unsigned`: the dispatch without what it writes. Cheap checks come first.
	fn check_liquidate_unsigned(finding: &Finding<T>) -> Result<(), Error<T>> {
		let account = Self::named(finding)?;
		let mut batch = Batch::<T>::new(Ledger::new());
		let plan = Plan::after_claims(&mut batch.ledger, &account)?;
		batch
			.try_step(&finding.owner, finding.sub, account, plan, Door::Keeper)
			.map(|_| ())
	}

	fn named(finding: &Finding<T>) -> Result<crate::AccountOf<T>, Error<T>> {
		finding.seen.ensure_fresh()?;
		let account = Self::account(&finding.owner, finding.sub)?;
		ensure!(account.round == finding.round, Error::<T>::WrongRound);
		ensure!(account.has_debt(), Error::<T>::NotLiquidatable);
		Ok(account)
	}

	/// The dispatch of `liquidate_page`. Answers with the number of steps that were tried.
	pub(crate) fn do_liquidate_page(finding: &PageFinding<T>) -> Result<u32, Error<T>> {
		let mut batch = Batch::<T>::new(Ledger::new());
		Self::walk_page(finding, |(owner, sub)| {
			if let Some((account, plan)) = batch.planned(owner, *sub) {
				if let Err(error) = batch.step(owner, *sub, account, plan, Door::Keeper) {
					log::debug!(target: crate::LOG_TARGET, "no step on {owner:?}/{sub}: {error:?}");
				}
			}
			true
		})?;
		ensure!(batch.steps() > 0, Error::<T>::NothingOnPage);
		let tried = batch.tried();
		batch.commit();
		let (declared, used) = (
			Self::page_weight(finding.count, finding.count),
			Self::page_weight(finding.count, tried),
		);
		Spent::<T>::mutate(|spent| *spent = spent.saturating_sub(declared.saturating_sub(used)));
		Ok(tried)
	}

	/// The validity of `liquidate_page`: there is an account on which its dispatch will take a step. Answers with the
	/// first, and its round.
	///
	/// # Errors
	/// `NothingOnPage` where none is worth a try, `HouseFull` where one is and fails, as the first does in a full house and
	/// nobody is tried after it; `NothingToSeize` where several fail.
	fn check_liquidate_page(finding: &PageFinding<T>) -> Result<FirstStep<T>, Error<T>> {
		let mut batch = Batch::<T>::new(Ledger::new());
		let mut first = None;
		Self::walk_page(finding, |(owner, sub)| {
			let Some((account, plan)) = batch.planned(owner, *sub) else {
				return true;
			};
			let round = account.round;
			if batch.try_step(owner, *sub, account, plan, Door::Keeper).is_ok() {
				first = Some((owner.clone(), *sub, round));
			}
			first.is_none()
		})?;
		first.ok_or(match batch.tried() {
			0 => Error::<T>::NothingOnPage,
			1 => Error::<T>::HouseFull,
			_ => Error::<T>::NothingToSeize,
		})
	}

	fn walk_page(finding: &PageFinding<T>, mut visit: impl FnMut(&Key<T>) -> bool) -> Result<(), Error<T>> {
		let PageFinding { page, count, seen } = finding;
		ensure!((1..=PAGE).contains(count), Error::<T>::PageTooLarge);
		seen.ensure_fresh()?;
		let (bucket, after) = page;
		let of_class = |b: &Bucket| b.generation() == bucket.generation() && b.class() == bucket.class();
		accounts_from::<T>(*bucket, after.as_ref())
			.take(*count as usize)
			.take_while(|(b, _)| of_class(b))
			.map(|(_, key)| key)
			.all(|key| visit(&key));
		Ok(())
	}

	/// Weight of `liquidate_page`: its validity check, which walks the page until it finds one, and then the page itself
	/// with so many steps. A step's weight has the walk to its account in it.
	pub(crate) fn page_weight(count: u32, steps: u32) -> Weight {
		let (count, steps) = (count.min(PAGE), steps.min(PAGE));
		let walked = u64::from(count).saturating_add(count.saturating_sub(steps).into());
		Self::page_base()
			.saturating_mul(2)
			.saturating_add(T::WeightInfo::scan_account().saturating_mul(walked))
			.saturating_add(Self::step_weight().saturating_mul(u64::from(steps).saturating_add(1)))
	}

	/// Weight of a batch before its first account.
	fn page_base() -> Weight {
		T::WeightInfo::liquidate_slices(0).max(T::WeightInfo::liquidate_takeovers(0))
	}

	/// Weight of a liquidation step in a batch, whichever way it goes.
	pub(crate) fn step_weight() -> Weight {
		let one = |batch: fn(u32) -> Weight| batch(1).saturating_sub(batch(0));
		one(T::WeightInfo::liquidate_slices).max(one(T::WeightInfo::liquidate_takeovers))
	}

	/// Weight of `liquidate_unsigned`: twice what it does, since its validity check is its dispatch.
	pub(crate) fn single_weight() -> Weight {
		Self::page_base().saturating_add(Self::step_weight()).saturating_mul(2)
	}

	/// Says whether an unsigned call is valid, and what makes it the same as another: the first account on which it takes
	/// a step. So many pages with the same account on them are one transaction in a pool, wherever they begin, and the
	/// longest one stays: a short one holds nobody else's up.
	pub(crate) fn validity(call: &Call<T>) -> TransactionValidity {
		let first = Self::first_step(call)?.map_err(|error| Self::refusal(call, error))?;
		let more = match call {
			Call::liquidate_page { count, .. } => *count,
			_ => 0,
		};
		ValidTransaction::with_tag_prefix("MarginLiquidation")
			.and_provides(first)
			.priority(T::UnsignedPriority::get().saturating_add(more.into()))
			.longevity(FINDING_LIFE.into())
			.propagate(true)
			.build()
	}

	/// The first account on which an unsigned call takes a step, and its round.
	fn first_step(call: &Call<T>) -> Result<Result<FirstStep<T>, Error<T>>, TransactionValidityError> {
		match call {
			Call::liquidate_unsigned {
				owner,
				sub,
				round,
				at,
				hash,
			} => {
				let finding = Finding {
					owner: owner.clone(),
					sub: *sub,
					round: *round,
					seen: Seen { at: *at, hash: *hash },
				};
				let checked = Self::check_liquidate_unsigned(&finding);
				Ok(checked.map(|()| (owner.clone(), *sub, *round)))
			},
			Call::liquidate_page { page, count, at, hash } => {
				let finding = PageFinding {
					page: page.clone(),
					count: *count,
					seen: Seen { at: *at, hash: *hash },
				};
				Ok(Self::check_liquidate_page(&finding))
			},
			_ => Err(InvalidTransaction::Call.into()),
		}
	}

	fn refusal(call: &Call<T>, error: Error<T>) -> InvalidTransaction {
		match error {
			Error::StaleFinding => InvalidTransaction::AncientBirthBlock,
			Error::WrongRound => match call {
				Call::liquidate_unsigned { owner, sub, round, .. }
					if Accounts::<T>::get(owner, sub).is_some_and(|account| account.round < *round) =>
				{
					InvalidTransaction::Future
				},
				_ => InvalidTransaction::Stale,
			},
			Error::UnknownAccount => InvalidTransaction::Custom(1),
			Error::NotLiquidatable => InvalidTransaction::Custom(2),
			Error::NothingToSeize | Error::HouseFull if matches!(call, Call::liquidate_page { .. }) => {
				InvalidTransaction::Custom(6)
			},
			Error::NothingToSeize => InvalidTransaction::Custom(3),
			Error::HouseFull => InvalidTransaction::Custom(4),
			Error::NothingOnPage => InvalidTransaction::Custom(6),
			Error::PageTooLarge => InvalidTransaction::Custom(7),
			_ => InvalidTransaction::Custom(5),
		}
	}

	/// The last check before an unsigned call is dispatched: liquidations have a share of the block, what the chain took
	/// for its own included.
	///
	/// A page on which the chain was faster is let through, fails, and counts with what the look at it took: an author who
	/// has to leave out the first transaction of a block runs the chain's own step again with the next one. The pool has
	/// no such page. One on which several steps are tried and fail is refused: that takes more than a look.
	pub(crate) fn spend_on_unsigned(call: &Call<T>) -> Result<(), TransactionValidityError> {
		let most = match call {
			Call::liquidate_page { count, .. } => Self::page_weight(*count, *count),
			_ => Self::single_weight(),
		};
		let spent = Spent::<T>::get();
		if spent.saturating_add(most).any_gt(T::MaxLiquidationWeight::get()) {
			return Err(InvalidTransaction::ExhaustsResources.into());
		}
		let weight = match (Self::first_step(call)?, call) {
			(Err(Error::NothingOnPage), Call::liquidate_page { count, .. }) => Self::page_weight(*count, 0),
			(Err(Error::HouseFull), Call::liquidate_page { count, .. }) => Self::page_weight(*count, 1),
			(Err(error), _) => return Err(Self::refusal(call, error).into()),
			(Ok(_), _) => most,
		};
		Spent::<T>::put(spent.saturating_add(weight));
		Ok(())
	}
}

impl<AccountId> From<Place<AccountId>> for Page<AccountId> {
	fn from(place: Place<AccountId>) -> Self {
		(place.bucket, Some((place.owner, place.sub)))
	}
}

/// The place of an account in the index.
pub(crate) fn place<T: Config>(bucket: Bucket, (owner, sub): &Key<T>) -> PlaceOf<T> {
	Place {
		bucket,
		owner: owner.clone(),
		sub: *sub,
	}
}
