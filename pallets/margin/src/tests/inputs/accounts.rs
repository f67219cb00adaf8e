//! Opening and closing accounts, and moving deposits between them.

use super::*;
use crate::Mode;

const ISOLATED: fn(AssetId, AssetId) -> Mode<AssetId> = |collateral, debt| Mode::Isolated { collateral, debt };

#[test]
fn open_account_is_refused_by_name() {
	let modes = [
		Mode::Cross,
		Mode::Portfolio,
		ISOLATED(BTC, SUBJECT),
		ISOLATED(SUBJECT, USDC),
		ISOLATED(SUBJECT, SUBJECT),
		ISOLATED(UNLISTED, SUBJECT),
		ISOLATED(SUBJECT, UNLISTED),
		ISOLATED(UNLISTED, UNLISTED),
		ISOLATED(0, u32::MAX),
	];
	let taken = [Who::Holder.sub(), Who::Isolated.sub()];
	let free = [Who::Nobody.sub(), 500, u16::MAX];
	let is_listed = |asset: &AssetId| [SUBJECT, BTC, USDC].contains(asset);
	table("open_account", |table| {
		for (state, poor) in pairs(State::ALL, [false, true]) {
			let arrange = || {
				state.arrange();
				if poor {
					impoverish();
				}
			};
			table.scene(arrange, |table| {
				for (sub, mode) in pairs(taken.into_iter().chain(free), modes) {
					let (same, listed) = match mode {
						Mode::Cross | Mode::Portfolio => (false, true),
						Mode::Isolated { collateral, debt } => {
							(collateral == debt, is_listed(&collateral) && is_listed(&debt))
						},
					};
					let refused = first([
						(taken.contains(&sub), Error::AccountExists),
						(same, Error::SameAsset),
						(!listed, Error::UnknownAsset),
					]);
					let cost = if poor {
						Err(Error::NoNativeTokens.into())
					} else {
						Ok(())
					};
					table.row(
						|| format!("{sub}, {mode:?}, {state:?}, poor: {poor}"),
						signed(ALICE),
						Call::open_account { sub, mode },
						refused.and(cost),
					);
				}
			});
		}
	});
}

#[test]
fn set_mode_is_refused_by_name() {
	let modes = [Mode::Cross, Mode::Portfolio, ISOLATED(BTC, SUBJECT)];
	table("set_mode", |table| {
		for state in State::ALL {
			let arrange = || state.arrange();
			table.scene(arrange, |table| {
				for (who, mode) in pairs(Who::ALL, modes) {
					let others_stale = state == State::OthersStale;
					let (holds, owes) = (who == Who::HolderInDebt, who.owes());
					let dead_debt = (owes && state.has_no_price()) || (who.owes_dollars() && others_stale);
					let nothing_left = (holds && state.has_no_price()) || (owes && others_stale);
					let expected = first([
						(who.is_missing(), Error::UnknownAccount),
						(mode.is_isolated() || !who.is_cross(), Error::ModeFixed),
						(mode == Mode::Cross, Error::NothingChanges),
						(dead_debt, Error::PriceUnusable),
						((holds || owes) && state == State::IsolatedOnly, Error::IsolatedOnly),
						(nothing_left, Error::NotEnoughCollateral),
					]);
					table.row(
						|| format!("{who:?}, {mode:?}, {state:?}"),
						who.origin(),
						Call::set_mode { sub: who.sub(), mode },
						expected,
					);
				}
			});
		}
	});
}

#[test]
fn close_account_is_refused_by_name_and_never_for_the_state_of_an_asset() {
	table("close_account", |table| {
		for (state, left) in pairs(State::ALL, Much::ALL) {
			// What is left of a deposit of the subject.
			let left = left.of(SUBJECT, HELD).min(HELD);
			let arrange = || {
				if left < HELD {
					Margin::withdraw(signed(ALICE), Who::Holder.sub(), SUBJECT, HELD - left).unwrap();
				}
				state.arrange();
			};
			table.scene(arrange, |table| {
				for who in Who::ALL {
					let holds = match who {
						Who::Holder => left >= Much::Least.of(SUBJECT, HELD),
						_ => who == Who::Full,
					};
					let expected = first([
						(who.is_missing(), Error::UnknownAccount),
						(who.has_debt() || holds, Error::AccountNotEmpty),
					]);
					table.row(
						|| format!("{who:?}, {state:?}, {left} left"),
						who.origin(),
						Call::close_account { sub: who.sub() },
						expected,
					);
				}
			});
		}
	});
}

#[test]
fn transfer_is_refused_by_name() {
	let givers = [
		Who::Nobody,
		Who::ForeignHolder,
		Who::Empty,
		Who::Holder,
		Who::HolderInDebt,
		Who::Debtor,
	];
	let classes = [
		Much::Zero,
		Much::One,
		Much::Some,
		Much::NearlyAll,
		Much::All,
		Much::AllAndOne,
		Much::Most,
	];
	table("transfer", |table| {
		for state in State::ALL {
			table.scene(
				|| state.arrange(),
				|table| {
					for ((giver, taker), much) in pairs(pairs(givers, Who::ALL), classes) {
						let call = Call::transfer {
							from: giver.sub(),
							to: taker.sub(),
							asset: state.asset(),
							amount: much.of(SUBJECT, HELD),
						};
						table.row(
							|| format!("{giver:?} to {taker:?}, {state:?}, {much:?}"),
							giver.origin(),
							call,
							transferred(giver, taker, state, much),
						);
					}
				},
			);
		}
	});
}

fn transferred(giver: Who, taker: Who, state: State, much: Much) -> Outcome {
	let all = matches!(much, Much::All | Much::Most);
	// Nobody has what another owner's number names, and the owner who has it may name it too.
	let taker = match taker {
		Who::ForeignHolder => Who::Holder,
		Who::ForeignDebtor => Who::Debtor,
		own => own,
	};
	let keeps = taker.owes_dollars();
	first([
		(giver.sub() == taker.sub(), Error::SameAccount),
		(giver.is_missing() || taker.is_missing(), Error::UnknownAccount),
		(state.is_unlisted(), Error::UnknownAsset),
		(state.is_frozen(), Error::AssetFrozen),
		(state.pauses().withdraw, Error::ActionPaused),
		(much.is_zero(), Error::AmountZero),
		(!giver.holds() || much == Much::AllAndOne, Error::NotEnoughDeposited),
		(taker == Who::IsolatedElsewhere, Error::NotInIsolatedAccount),
		(taker == Who::Full, Error::AccountFull),
		(taker.owes() && much == Much::NearlyAll, Error::DebtTooSmall),
		(
			keeps && taker.is_cross() && state == State::IsolatedOnly,
			Error::IsolatedOnly,
		),
		(giver.has_debt() && state == State::OthersStale, Error::PriceUnusable),
		(
			giver.has_debt() && state == State::IsolatedOnly && !all,
			Error::IsolatedOnly,
		),
		(
			giver.has_debt() && (all || much == Much::NearlyAll || state.has_no_price()),
			Error::NotEnoughCollateral,
		),
	])
}
