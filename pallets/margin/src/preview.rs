//! What would happen: planned actions carried out by the very code of the calls, and rolled back.

use crate::{
	account::SubAccount,
	ledger::Ledger,
	orders::Action,
	positions::{CloseOrder, OpenOrder},
	views::AccountView,
	AccountOf, Accounts, Config, Error, Pallet, Venue,
};
use alloc::vec::Vec;
use codec::{Decode, Encode};
use frame_support::storage::with_transaction;
use margin_math::Amount;
use scale_info::TypeInfo;
use sp_runtime::{DispatchError, DispatchResult, RuntimeDebug, TransactionOutcome};

/// Most actions of a plan.
pub(crate) const MAX_PLAN: usize = 32;
/// Most amounts that are tried to find the largest.
const MAX_TRIES: u32 = 128;

/// Which action of a plan is refused, and why.
#[derive(Encode, Decode, TypeInfo, Clone, PartialEq, Eq, RuntimeDebug)]
pub struct PlanError {
	/// Its place in the plan, from zero. The number of actions when all of them pass and there is still no account.
	pub action: u32,
	/// The error that its call would give.
	pub error: DispatchError,
}

impl PlanError {
	fn at(action: usize, error: impl Into<DispatchError>) -> Self {
		Self {
			action: u32::try_from(action).unwrap_or(u32::MAX),
			error: error.into(),
		}
	}
}

/// Does something and takes it back. An error of its own only where storage layers are nested too deep.
fn rolled_back<R>(what: impl FnOnce() -> R) -> Result<R, DispatchError> {
	with_transaction(|| TransactionOutcome::Rollback(Ok(what())))
}

impl<T: Config> Pallet<T> {
	/// The account as a plan would leave it, if all of its actions were called one after the other in this block. A plan
	/// without actions shows the account as it is.
	///
	/// # Errors
	/// That of the first action whose call would be refused; `PlanTooLong` at 32 when there are more; `UnknownAccount`
	/// when there is no account in the end.
	pub fn preview(
		owner: &T::AccountId,
		sub: SubAccount,
		plan: Vec<Action<T::AssetId>>,
	) -> Result<AccountView<T::AssetId>, PlanError> {
		if plan.len() > MAX_PLAN {
			return Err(PlanError::at(MAX_PLAN, Error::<T>::PlanTooLong));
		}
		let end = plan.len();
		rolled_back(|| {
			for (at, action) in plan.into_iter().enumerate() {
				Self::carry_out(owner, sub, action).map_err(|error| PlanError::at(at, error))?;
			}
			Self::account(owner, sub)
				.and_then(|account| Self::breakdown(&account))
				.map_err(|error| PlanError::at(end, error))
		})
		.unwrap_or_else(|error| Err(PlanError::at(0, error)))
	}

	/// The dispatch of the call that an action stands for.
	fn carry_out(owner: &T::AccountId, sub: SubAccount, action: Action<T::AssetId>) -> DispatchResult {
		match action {
			Action::Deposit { asset, amount } => Self::do_deposit(owner, sub, asset, Amount(amount)),
			Action::Withdraw { asset, amount } => Self::do_withdraw(owner, sub, asset, Amount(amount)).map(|_| ()),
			Action::Borrow { asset, amount } => Self::do_borrow(owner, sub, asset, Amount(amount)),
			Action::Repay { asset, amount } => Self::do_repay(owner, sub, asset, Amount(amount)).map(|_| ()),
			Action::Swap {
				from,
				to,
				amount_in,
				min_out,
			} => Self::do_swap(owner, sub, from, to, Amount(amount_in), Amount(min_out)),
			Action::Open {
				collateral,
				direction,
				asset,
				against,
				size,
				limit,
				max_borrow,
			} => {
				let order = OpenOrder {
					collateral,
					direction,
					asset,
					against,
					size,
					limit,
					max_borrow: Amount(max_borrow),
				};
				Self::do_open(owner, sub, order)
			},
			Action::Close {
				asset,
				against,
				part,
				limit,
			} => {
				let order = CloseOrder {
					asset,
					against,
					part,
					limit,
				};
				Self::do_close(owner, sub, order)
			},
			Action::Transfer { to, asset, amount } => Self::do_transfer(owner, sub, to, asset, Amount(amount)),
			Action::SetMode { mode } => Self::do_set_mode(owner, sub, mode),
		}
	}

	/// The largest amount of `asset` that `withdraw` accepts now, in smallest units. Zero when it accepts none.
	pub fn max_withdraw(owner: &T::AccountId, sub: SubAccount, asset: T::AssetId) -> u128 {
		let Some(Standing { held, liquidity, .. }) = Self::standing(owner, sub, asset) else {
			return 0;
		};
		largest(held.min(liquidity).0, &[], |amount| {
			Self::do_withdraw(owner, sub, asset, amount).map(|_| ())
		})
	}

	/// The largest amount of `asset` that `borrow` accepts now, the account's own deposit included, in smallest units.
	/// Zero when it accepts none.
	pub fn max_borrow(owner: &T::AccountId, sub: SubAccount, asset: T::AssetId) -> u128 {
		let Some(standing) = Self::standing(owner, sub, asset) else {
			return 0;
		};
		largest(standing.liquidity.0, &standing.marks(), |amount| {
			Self::do_borrow(owner, sub, asset, amount)
		})
	}

	/// The largest amount of `from` that `swap` sells for `to` now, what it borrows included, and what that buys, in
	/// smallest units of each. Zero when it accepts none. A market that pays in whole units makes the edge a little rough:
	/// up to what a few smallest units on the way to `to` cost, more may be accepted here and there.
	pub fn max_buy(owner: &T::AccountId, sub: SubAccount, from: T::AssetId, to: T::AssetId) -> (u128, u128) {
		let (Some(sold), Some(bought)) = (Self::standing(owner, sub, from), Self::standing(owner, sub, to)) else {
			return (0, 0);
		};
		// Less than all of a debt may leave too little of it.
		let whole_debt = T::Venue::cost(from, to, bought.owed.0).unwrap_or_default();
		let mut marks = sold.marks();
		marks.push(whole_debt);
		let amount_in = largest(sold.liquidity.0, &marks, |amount| {
			Self::do_swap(owner, sub, from, to, amount, Amount::ZERO)
		});
		if amount_in == 0 {
			return (0, 0);
		}
		(amount_in, T::Venue::quote(from, to, amount_in).unwrap_or_default())
	}

	/// What bounds the amounts of `asset` that the account can take out. `None` without an account or such an asset.
	fn standing(owner: &T::AccountId, sub: SubAccount, asset: T::AssetId) -> Option<Standing> {
		let account: AccountOf<T> = Accounts::<T>::get(owner, sub)?;
		let mut ledger = Ledger::<T>::new();
		let held = ledger.held(&account, asset).ok()?;
		let owed = ledger.owed(&account, asset).ok()?;
		let entry = ledger.entry(asset).ok()?;
		Some(Standing {
			held,
			owed,
			liquidity: entry.pool().liquidity,
			min_amount: entry.config().min_amount,
			min_debt: entry.config().min_debt,
		})
	}
}

/// An account's balance of an asset, and what the asset's pool and record say about amounts.
struct Standing {
	held: Amount,
	owed: Amount,
	liquidity: Amount,
	min_amount: Amount,
	min_debt: Amount,
}

impl Standing {
	/// Where what is accepted may begin again above what is refused: the least amount; all that is held; and as much
	/// more as makes the least debt.
	fn marks(&self) -> Vec<u128> {
		let least_debt = self.min_debt.saturating_sub(self.owed);
		[self.min_amount, self.held, self.held.saturating_add(least_debt)]
			.map(|mark| mark.0)
			.to_vec()
	}
}

/// The largest amount up to `most` that a call accepts, found in at most [`MAX_TRIES`] tries that are taken back: from
/// the top by halves and over the marks to the first one accepted, then up from there by bisection. It is the largest
/// one because whatever a call refuses lies above what it accepts, but for gaps that end at a mark.
fn largest(most: u128, marks: &[u128], call: impl Fn(Amount) -> DispatchResult) -> u128 {
	let mut left = MAX_TRIES;
	let mut accepts = |amount| {
		let may_try = left > 0;
		left = left.saturating_sub(1);
		may_try && matches!(rolled_back(|| call(Amount(amount))), Ok(Ok(())))
	};
	let halves = core::iter::successors(Some(most), |amount| Some(amount / 2)).take_while(|amount| *amount > 0);
	let marks = marks.iter().copied().filter(|mark| (1..=most).contains(mark));
	let mut amounts: Vec<u128> = halves.chain(marks).collect();
	amounts.sort_unstable_by(|a, b| b.cmp(a));
	amounts.dedup();

	let mut refused = most.saturating_add(1);
	let mut accepted = 0;
	for amount in amounts {
		if accepts(amount) {
			accepted = amount;
			break;
		}
		refused = amount;
	}
	if accepted == 0 {
		return 0;
	}
	loop {
		let step = refused.saturating_sub(accepted) / 2;
		if step == 0 {
			return accepted;
		}
		let amount = accepted.saturating_add(step);
		if accepts(amount) {
			accepted = amount;
		} else {
			refused = amount;
		}
	}
}
