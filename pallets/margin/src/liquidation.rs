//! One liquidation step, whichever door it comes through.
//!
//! A step takes from an account below maintenance the slice that brings it back to its target, and hands debt and
//! collateral, as pool shares, to the house. No token moves, so a dry pool or a poor market cannot hold it up. The
//! numbers are `margin-risk`'s; here they are carried out.

use crate::{
	account::{Balance, SubAccount},
	house::{self, Silo},
	ledger::Ledger,
	trading::Pair,
	AccountOf, Config, Error, Event, Pallet,
};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{ensure, traits::Get};
use margin_math::{Amount, Rounding, Value};
use margin_risk::{plan_settlement, Health, Leg, Side, Slice, Step};
use scale_info::TypeInfo;
use sp_runtime::RuntimeDebug;

/// By which door a liquidation came.
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, RuntimeDebug)]
pub enum Door<AccountId> {
	/// An unsigned extrinsic that some validator's offchain worker sent.
	Keeper,
	/// The chain's own step, ahead of the block's transactions.
	Chain,
	/// A signed call: the slice went to this trader's own margin account.
	Trader(AccountId, SubAccount),
}

/// A step worked out in memory: what the account becomes, and what there is to tell.
pub(crate) struct Outcome<T: Config> {
	pub before: AccountOf<T>,
	pub account: AccountOf<T>,
	pub events: Vec<Event<T>>,
}

pub(crate) type Moved<T> = Vec<(<T as Config>::AssetId, Amount)>;

impl<T: Config> Pallet<T> {
	/// Works out the planned step on `account`: changes the ledger's pools and the silo in memory only.
	///
	/// # Errors
	/// `HouseFull` or `HouseFullOfAsset` when the house has no room left for it; `NothingToSeize` when it would not help.
	#[allow(clippy::too_many_arguments)]
	pub(crate) fn step(
		ledger: &mut Ledger<T>,
		silo: &mut Silo<T>,
		owner: &T::AccountId,
		sub: SubAccount,
		mut account: AccountOf<T>,
		plan: Plan<T>,
		door: Door<T::AccountId>,
	) -> Result<Outcome<T>, Error<T>> {
		let stored = account.clone();
		let Plan { legs, step } = plan;
		let before = step.health;

		let round = account.round;
		let mut events = Vec::new();
		let mut loss = Value::ZERO;
		let (repaid, taken) = if step.takeover {
			loss = shortfall::<T>(&legs)?;
			Self::take_over(ledger, silo, &mut account, &legs)?
		} else {
			let slices = silo.slices_within(ledger, &legs, &step)?;
			Self::take_slices(ledger, &mut account, &mut silo.house, &legs, &slices)?
		};
		let after = ledger.health(&account)?;
		ensure!(step.takeover || not_worse(&before, &after), Error::<T>::NothingToSeize);
		let penalty = if step.takeover {
			Value::ZERO
		} else {
			diff(before.equity, after.equity)?
		};
		events.push(Event::Liquidated {
			owner: owner.clone(),
			sub,
			round,
			door,
			repaid,
			taken,
			penalty,
			equity_before: before.equity,
			equity_after: after.equity,
		});
		if loss > Value::ZERO {
			let debts: Vec<_> = legs
				.iter()
				.filter(|leg| leg.side == Side::Debt)
				.map(|leg| leg.asset)
				.collect();
			events.extend(silo.book_loss(ledger, loss, &debts)?);
		}
		account.round = round.checked_add(1).ok_or(Error::<T>::Overflow)?;
		Ok(Outcome {
			before: stored,
			account,
			events,
		})
	}

	/// Equity is gone: every balance with a usable price goes to the house as it stands. One without is worth nothing
	/// here, and stays; but a deposit of an asset that is given up goes along, since nobody may hold it any more.
	fn take_over(
		ledger: &mut Ledger<T>,
		silo: &mut Silo<T>,
		account: &mut AccountOf<T>,
		legs: &[Leg<T::AssetId>],
	) -> Result<(Moved<T>, Moved<T>), Error<T>> {
		let (mut repaid, mut taken) = (Vec::new(), Vec::new());
		for leg in legs {
			if !leg.is_usable() && (leg.side == Side::Debt || !ledger.is_given_up(leg.asset)?) {
				continue;
			}
			let (shares, moved) = match account.balance(leg.asset) {
				Some(Balance::Deposit(shares)) => (shares, &mut taken),
				Some(Balance::Debt(shares)) => (shares, &mut repaid),
				None => continue,
			};
			ledger.move_shares(account, &mut silo.house, leg.asset, shares)?;
			moved.push((leg.asset, leg.amount));
		}
		Ok((repaid, taken))
	}

	/// Moves what the slices name from one account to another: debts and what is taken for them.
	pub(crate) fn take_slices(
		ledger: &mut Ledger<T>,
		from: &mut AccountOf<T>,
		to: &mut AccountOf<T>,
		legs: &[Leg<T::AssetId>],
		slices: &[Slice],
	) -> Result<(Moved<T>, Moved<T>), Error<T>> {
		let (mut repaid, mut taken) = (Moved::<T>::new(), Moved::<T>::new());
		for slice in slices {
			let (Some(collateral), Some(debt)) = (legs.get(slice.collateral), legs.get(slice.debt)) else {
				continue;
			};
			note::<T>(&mut repaid, debt.asset, slice.repaid)?;
			note::<T>(&mut taken, collateral.asset, slice.taken)?;
		}
		for (asset, amount) in repaid.iter().chain(taken.iter()) {
			let whole = legs.iter().any(|leg| leg.asset == *asset && leg.amount <= *amount);
			let pool = ledger.entry(*asset)?.pool();
			let shares = match from.balance(*asset) {
				Some(Balance::Deposit(shares) | Balance::Debt(shares)) if whole => shares,
				Some(Balance::Deposit(_)) => pool.deposit_shares_for(*amount)?,
				Some(Balance::Debt(_)) => pool.debt_shares_for(*amount)?,
				None => continue,
			};
			ledger.move_shares(from, to, *asset, shares)?;
		}
		Ok((repaid, taken))
	}
}

/// What is to be done about an account below maintenance.
pub(crate) struct Plan<T: Config> {
	pub legs: Vec<Leg<T::AssetId>>,
	pub step: Step,
}

impl<T: Config> Plan<T> {
	/// # Errors
	/// `NotLiquidatable` at or above maintenance; `NothingToSeize` when no pair of its balances has usable prices.
	pub fn of(ledger: &mut Ledger<T>, account: &AccountOf<T>) -> Result<Self, Error<T>> {
		let legs = ledger.legs(account)?;
		let health = ledger.assess(account, &legs)?;
		ensure!(health.is_liquidatable(), Error::<T>::NotLiquidatable);
		let params = T::House::get().liquidation;
		let mut step = ledger.plan_step(account, &legs, &params)?;
		if step.as_ref().is_some_and(|step| step.takeover) && ledger.waits_for_a_price(account)? {
			step = plan_settlement(&legs, &params)?.map(|step| Step { health, ..step });
		}
		let step = step.ok_or(Error::<T>::NothingToSeize)?;
		Ok(Self { legs, step })
	}

	/// The same for whoever is not the chain, which books what the account may claim before anything is taken.
	///
	/// # Errors
	/// As [`Plan::of`]; `ClaimsFirst` while there is something to claim.
	pub fn after_claims(ledger: &mut Ledger<T>, account: &AccountOf<T>) -> Result<Self, Error<T>> {
		let plan = Self::of(ledger, account)?;
		ensure!(!ledger.has_claims(account)?, Error::<T>::ClaimsFirst);
		Ok(plan)
	}

	/// The collateral that goes first, and the debt that it pays, if it is worth a bite.
	pub fn first_pair(&self) -> Option<Pair<T>> {
		let slice = self.step.slices.first()?;
		let worthwhile = slice.taken_value >= T::House::get().liquidation.min_bite;
		let asset = |leg: usize| self.legs.get(leg).map(|leg| leg.asset);
		Some((asset(slice.collateral)?, asset(slice.debt)?)).filter(|_| worthwhile)
	}
}

impl<T: Config> Ledger<T> {
	/// Whether the account has deposits that were worth a bite when they last had a price, and have none that may be acted
	/// on. They count less and less, and in the end nothing, but taking the debts over would set them free: the debts
	/// stay, until there is a price or the asset is off the list.
	pub fn waits_for_a_price(&mut self, account: &AccountOf<T>) -> Result<bool, Error<T>> {
		let mut worth = Value::ZERO;
		for leg in self.legs_at_last_prices(account)? {
			if leg.side == Side::Deposit && !leg.is_usable() && !self.is_given_up(leg.asset)? {
				let value = leg.quote.highest().value_of(leg.amount, leg.decimals, Rounding::Down);
				worth = value
					.and_then(|value| worth.checked_add(value))
					.ok_or(Error::<T>::Overflow)?;
			}
		}
		Ok(worth > Value::ZERO && worth >= T::House::get().liquidation.min_bite)
	}
}

/// Whether slices that went over helped the account. The planner sees to the ratio of health to margin as well: that one
/// may stay where it is when the equity bounds the penalty, and then a rounding must not hold the step up.
pub(crate) fn not_worse(before: &Health, after: &Health) -> bool {
	after.maintenance >= before.maintenance
}

pub(crate) fn diff<T: Config>(a: Value, b: Value) -> Result<Value, Error<T>> {
	a.checked_sub(b).ok_or(Error::<T>::Overflow)
}

/// By how much the debts among the legs that go over exceed the deposits, in dollars: zero when they do not.
fn shortfall<T: Config>(legs: &[Leg<T::AssetId>]) -> Result<Value, Error<T>> {
	let mut worth = Value::ZERO;
	for leg in legs.iter().filter(|leg| leg.is_usable()) {
		worth = match leg.side {
			Side::Deposit => worth.checked_add(house::value::<T>(leg, Rounding::Down)?),
			Side::Debt => worth.checked_sub(house::value::<T>(leg, Rounding::Up)?),
		}
		.ok_or(Error::<T>::Overflow)?;
	}
	diff(Value::ZERO, worth.min(Value::ZERO))
}

/// Adds `amount` of `asset` to what was moved so far.
fn note<T: Config>(moved: &mut Moved<T>, asset: T::AssetId, amount: Amount) -> Result<(), Error<T>> {
	match moved.iter_mut().find(|(a, _)| *a == asset) {
		Some((_, sum)) => *sum = sum.checked_add(amount).ok_or(Error::<T>::Overflow)?,
		None => moved.push((asset, amount)),
	}
	Ok(())
}
