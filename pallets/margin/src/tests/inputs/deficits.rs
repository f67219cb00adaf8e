//! Paying for what a pool has lost, writing it off, and claiming what was given in kind for it.

use super::*;
use crate::Balance;
use margin_math::Shares;

/// What the subject's pool has lost.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Lost {
	Nothing,
	/// One unit.
	Unit,
	/// What the signer's account [`Who::Debtor`] owes.
	Debt,
	/// All that anybody ever supplied.
	Everything,
}

impl Lost {
	fn arrange(self) {
		match self {
			Self::Nothing => (),
			Self::Unit => forgive(Shares(1)),
			Self::Debt => forgive(Shares(u128::MAX)),
			Self::Everything => {
				forgive(Shares(u128::MAX));
				record(SUBJECT, |record| {
					let pool = &mut record.pool;
					(pool.liquidity, pool.debt, pool.reserves) = Default::default();
					pool.deficit = pool.deposits;
				});
			},
		}
	}

	fn amount(self) -> u128 {
		undone(|| {
			self.arrange();
			pool(SUBJECT).deficit.0
		})
	}
}

/// Somebody will never pay so much of a debt in the subject.
fn forgive(most: Shares) {
	let mut account = Accounts::<Test>::get(ALICE, Who::Debtor.sub()).unwrap();
	let Some(Balance::Debt(shares)) = account.balance(SUBJECT) else {
		panic!("it owes");
	};
	let lost = shares.min(most);
	record(SUBJECT, |record| {
		record.pool.write_deficit(lost).unwrap();
	});
	account
		.set(SUBJECT, Some(Balance::Debt(shares.checked_sub(lost).unwrap())))
		.unwrap();
	Margin::unfile_if_clear(&ALICE, Who::Debtor.sub(), &mut account);
	Accounts::<Test>::insert(ALICE, Who::Debtor.sub(), account);
}

#[test]
fn pay_deficit_is_refused_by_name() {
	table("pay_deficit", |table| {
		for (lost, state) in pairs([Lost::Nothing, Lost::Unit, Lost::Debt], State::ALL) {
			let all = lost.amount();
			let arrange = || {
				lost.arrange();
				state.arrange();
			};
			table.scene(arrange, |table| {
				for (payer, amount) in pairs(
					[STRANGER, ALICE, 99],
					[0, 1, all.saturating_sub(1), all, all + 1, u128::MAX],
				) {
					let expected = match first([
						(amount == 0, Error::AmountZero),
						(state.is_unlisted(), Error::UnknownAsset),
						(lost == Lost::Nothing, Error::NoDeficit),
					]) {
						Ok(()) if payer == 99 => Err(sp_runtime::TokenError::FundsUnavailable.into()),
						other => other,
					};
					let asset = state.asset();
					let call = Call::pay_deficit { asset, amount };
					table.row(
						|| format!("{lost:?}, {state:?}, {amount} from {payer}"),
						signed(payer),
						call,
						expected,
					);
				}
			});
		}
	});
}

#[test]
fn write_off_is_refused_by_name() {
	table("write_off", |table| {
		for (lost, state) in pairs([Lost::Nothing, Lost::Unit, Lost::Debt], State::ALL) {
			let arrange = || {
				lost.arrange();
				state.arrange();
			};
			table.scene(arrange, |table| {
				let expected = first([
					(state.is_unlisted(), Error::UnknownAsset),
					(lost == Lost::Nothing, Error::NoDeficit),
				]);
				for origin in [RuntimeOrigin::root(), signed(ASSET_MANAGER)] {
					let asset = state.asset();
					table.row(
						|| format!("{lost:?}, {state:?}"),
						origin,
						Call::write_off { asset },
						expected,
					);
				}
			});
		}
		table.scene(
			|| Lost::Everything.arrange(),
			|table| {
				let call = Call::write_off { asset: SUBJECT };
				let expected = Err(Error::DeficitExceedsDeposits.into());
				table.row(|| "all is lost".into(), RuntimeOrigin::root(), call, expected);
			},
		);
	});
}

/// Whoever supplies dollars was given some of the subject in kind.
fn give() {
	let subject = SUPPLIER_OF_SUBJECT;
	let mut ledger = crate::ledger::Ledger::<Test>::new();
	let mut supplier = Accounts::<Test>::get(SUPPLIER, subject).unwrap();
	let mut escrow = crate::Escrow::<Test>::get();
	let shares = Shares(1_000 * HELD);
	assert!(ledger.grant(USDC, SUBJECT, shares).unwrap_or_default());
	ledger
		.move_shares(&mut supplier, &mut escrow, SUBJECT, shares)
		.unwrap_or_else(|_| panic!("it fits"));
	ledger.commit();
	Accounts::<Test>::insert(SUPPLIER, subject, supplier);
	crate::Escrow::<Test>::put(escrow);
}

const SUPPLIER_OF_SUBJECT: u16 = SUBJECT as u16;

#[test]
fn claim_is_refused_by_name() {
	table("claim", |table| {
		for (given, state) in pairs([false, true], State::ALL) {
			let arrange = || {
				if given {
					give();
				}
				state.arrange();
			};
			table.scene(arrange, |table| {
				for (who, asset) in pairs(Who::ALL, [state.asset(), USDC]) {
					// Of all accounts only this one supplies dollars, and it is full: what it was given goes to the wallet.
					let due = given && who == Who::Full && asset == SUBJECT;
					let given_up = state == State::NoticeOver;
					let expected = first([
						(who.is_missing(), Error::UnknownAccount),
						(!due, Error::NothingToClaim),
						(state.is_frozen(), Error::AssetFrozen),
						(!given_up && state.pauses().withdraw, Error::ActionPaused),
					]);
					let sub = who.sub();
					let call = Call::claim { sub, asset };
					table.row(|| format!("{who:?}, {state:?}, {asset}"), who.origin(), call, expected);
				}
			});
		}
	});
}
