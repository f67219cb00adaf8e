//! Finding accounts below maintenance: a bounded walk over the accounts with debt, going on where it stopped.

use crate::{
	account::SubAccount, ledger::Ledger, AccountOf, Accounts, Config, Debtors, Error, Pallet, ScanCursor, WeightInfo,
};
use alloc::vec::Vec;
use frame_support::weights::WeightMeter;
use margin_math::Value;
use margin_risk::{assess, Side};
use sp_runtime::DispatchError;

/// An account below maintenance.
pub(crate) struct Below<T: Config> {
	pub owner: T::AccountId,
	pub sub: SubAccount,
	pub round: u32,
	pub maintenance: Value,
}

type Key<T> = (<T as frame_system::Config>::AccountId, SubAccount);

/// Accounts with debt in storage order, from behind `after` to the end.
pub(crate) fn debtors_behind<T: Config>(after: Option<&Key<T>>) -> impl Iterator<Item = Key<T>> {
	match after {
		Some(key) => Debtors::<T>::iter_keys_from(Debtors::<T>::hashed_key_for(key)),
		None => Debtors::<T>::iter_keys(),
	}
}

/// Accounts with debt in storage order, from behind `after` to the end and then from the start up to `after`: each
/// once, wherever the walk begins.
pub(crate) fn debtors_around<T: Config>(after: Option<Key<T>>) -> impl Iterator<Item = Key<T>> {
	let stop = after.as_ref().map(Debtors::<T>::hashed_key_for);
	let tail = debtors_behind::<T>(after.as_ref());
	let head = stop.is_some().then(|| debtors_behind::<T>(None)).into_iter().flatten();
	tail.chain(head.take_while(move |key| {
		stop.as_ref()
			.is_some_and(|raw| Debtors::<T>::hashed_key_for(key) <= *raw)
	}))
}

/// Whether a step on the account is worth trying: below maintenance, with a debt that may be repaid, and, while it has
/// equity, with collateral that may be taken and room for it in the house.
pub(crate) fn can_step<T: Config>(ledger: &mut Ledger<T>, account: &AccountOf<T>, house_full: bool) -> bool {
	let Ok(legs) = ledger.legs(account) else { return false };
	let Ok(health) = assess(&legs) else { return false };
	let usable = |side| legs.iter().any(|leg| leg.side == side && leg.is_usable());
	if !health.is_liquidatable() || !usable(Side::Debt) {
		return false;
	}
	if health.equity > Value::ZERO {
		return !house_full && usable(Side::Deposit);
	}
	usable(Side::Deposit) || !ledger.waits_for_a_price(account).unwrap_or(true)
}

impl<T: Config> Pallet<T> {
	/// The chain's own duty: walks accounts with debt within `meter` and takes a step on each that is below
	/// maintenance. One account's error never stops the walk, and accounts on which no step is possible now do not use
	/// up the weight of those on which one is.
	pub(crate) fn liquidate_by_chain(meter: &mut WeightMeter) {
		if meter.try_consume(T::WeightInfo::scan_base()).is_err() {
			return;
		}
		let mut ledger = Ledger::<T>::new();
		let mut house_full = false;
		let mut last = None;
		for (owner, sub) in debtors_around::<T>(ScanCursor::<T>::get()) {
			if meter.try_consume(T::WeightInfo::scan_account()).is_err() {
				break;
			}
			let account = Accounts::<T>::get(&owner, sub);
			if let Some(account) = account.filter(|account| can_step(&mut ledger, account, house_full)) {
				if meter.try_consume(Self::step_weight()).is_err() {
					break;
				}
				if let Err(error) = Self::chain_step(&mut ledger, &owner, sub, account) {
					log::debug!(target: crate::LOG_TARGET, "no step on {owner:?}/{sub}: {error:?}");
					house_full |= error == Error::<T>::HouseFull.into();
					ledger = Ledger::<T>::new();
				}
			}
			last = Some((owner, sub));
		}
		if last.is_some() {
			ScanCursor::<T>::set(last);
		}
	}

	/// Accounts below maintenance among those that `keys` names, with the last one looked at. For offchain use: it
	/// reads on while `more` says so.
	pub(crate) fn find_below(
		keys: impl Iterator<Item = Key<T>>,
		mut more: impl FnMut() -> bool,
	) -> (Vec<Below<T>>, Option<Key<T>>) {
		let mut ledger = Ledger::<T>::new();
		let mut found = Vec::new();
		let mut last = None;
		for (owner, sub) in keys {
			if !more() {
				break;
			}
			if let Some(account) = Accounts::<T>::get(&owner, sub) {
				match ledger.health(&account).map_err(DispatchError::from) {
					Ok(health) if health.is_liquidatable() => found.push(Below {
						owner: owner.clone(),
						sub,
						round: account.round,
						maintenance: health.maintenance,
					}),
					Ok(_) => (),
					Err(error) => {
						log::warn!(target: crate::LOG_TARGET, "{owner:?}/{sub} cannot be weighed: {error:?}")
					},
				}
			}
			last = Some((owner, sub));
		}
		(found, last)
	}
}
