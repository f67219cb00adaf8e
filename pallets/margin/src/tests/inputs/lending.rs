//! Deposit, withdraw, borrow, repay.

use super::*;
use sp_runtime::TokenError;

/// Every account with the subject in every state and every amount of it.
fn product(call: &'static str, make: fn(u16, AssetId, u128) -> Call<Test>, expected: fn(Who, State, Much) -> Outcome) {
	table(call, |table| {
		for state in State::ALL {
			table.scene(
				|| state.arrange(),
				|table| {
					for (who, much) in pairs(Who::ALL, Much::ALL) {
						table.row(
							|| format!("{who:?}, {state:?}, {much:?}"),
							who.origin(),
							make(who.sub(), state.asset(), much.of(SUBJECT, HELD)),
							expected(who, state, much),
						);
					}
				},
			);
		}
	});
}

#[test]
fn deposit_is_refused_by_name() {
	let make = |sub, asset, amount| Call::deposit { sub, asset, amount };
	product("deposit", make, |who, state, much| {
		// What is left of it after the debt is paid is a new deposit; beside a debt it is collateral, which never pauses.
		let over = !who.owes() || much.is_beyond();
		let supplies = over && !who.owes_dollars();
		first([
			(much.is_zero(), Error::AmountZero),
			(state.is_unlisted(), Error::UnknownAsset),
			(much.is_too_little(), Error::AmountTooSmall),
			(much == Much::Most, Error::Overflow),
			(over && state == State::NoticeOver, Error::AssetReduceOnly),
			(supplies && state.is_frozen(), Error::AssetFrozen),
			(supplies && state.only_reduces(), Error::AssetReduceOnly),
			(supplies && state.pauses().supply, Error::ActionPaused),
			(
				over && who.owes_dollars() && who.is_cross() && state == State::IsolatedOnly,
				Error::IsolatedOnly,
			),
			(who == Who::IsolatedElsewhere, Error::NotInIsolatedAccount),
			(who == Who::Full, Error::AccountFull),
			(who.owes() && much == Much::NearlyAll, Error::DebtTooSmall),
		])
	});
}

#[test]
fn withdraw_is_refused_by_name() {
	let make = |sub, asset, amount| Call::withdraw { sub, asset, amount };
	product("withdraw", make, |who, state, much| {
		// The largest number stands for all.
		let all = matches!(much, Much::All | Much::Most);
		first([
			(who.is_missing(), Error::UnknownAccount),
			(state.is_unlisted(), Error::UnknownAsset),
			(state.is_frozen(), Error::AssetFrozen),
			(state.pauses().withdraw, Error::ActionPaused),
			(much.is_zero(), Error::AmountZero),
			(!who.holds() || much == Much::AllAndOne, Error::NotEnoughDeposited),
			(who.has_debt() && state == State::OthersStale, Error::PriceUnusable),
			(
				who.has_debt() && state == State::IsolatedOnly && !all,
				Error::IsolatedOnly,
			),
			(
				who.has_debt() && (all || much == Much::NearlyAll || state.has_no_price()),
				Error::NotEnoughCollateral,
			),
		])
	});
}

#[test]
fn borrow_is_refused_by_name() {
	let make = |sub, asset, amount| Call::borrow { sub, asset, amount };
	product("borrow", make, |who, state, much| {
		// What the account holds is taken first.
		let lent = !who.holds() || much.is_beyond();
		let owes = lent || who.owes();
		let risks = lent || who.has_debt();
		let collateral_counts = if who.is_rich() {
			state != State::OthersStale
		} else {
			who == Who::HolderInDebt && much != Much::NearlyAll && much != Much::All && !state.has_no_price()
		};
		first([
			(much.is_zero(), Error::AmountZero),
			(state.is_unlisted(), Error::UnknownAsset),
			(much.is_too_little(), Error::AmountTooSmall),
			(who.is_missing(), Error::UnknownAccount),
			(state.is_frozen(), Error::AssetFrozen),
			(state.pauses().withdraw, Error::ActionPaused),
			(much == Much::Most, Error::PoolTooDry),
			(lent && state.only_reduces(), Error::AssetReduceOnly),
			(lent && state.pauses().borrow, Error::ActionPaused),
			(who == Who::IsolatedElsewhere, Error::NotInIsolatedAccount),
			(who == Who::Full, Error::AccountFull),
			(who.holds() && much == Much::AllAndOne, Error::DebtTooSmall),
			(owes && state.has_no_price(), Error::PriceUnusable),
			(who.owes_dollars() && state == State::OthersStale, Error::PriceUnusable),
			(
				risks && who.is_cross() && state == State::IsolatedOnly && (owes || much != Much::All),
				Error::IsolatedOnly,
			),
			(risks && !collateral_counts, Error::NotEnoughCollateral),
		])
	});
}

#[test]
fn repay_is_refused_by_name_and_never_for_the_state_of_an_asset() {
	let make = |sub, asset, amount| Call::repay { sub, asset, amount };
	product("repay", make, |who, state, much| {
		first([
			(much.is_zero(), Error::AmountZero),
			(state.is_unlisted(), Error::UnknownAsset),
			(who.is_missing(), Error::UnknownAccount),
			(!who.owes(), Error::NoDebt),
			(much == Much::NearlyAll, Error::DebtTooSmall),
		])
	});
}

/// What the signer's wallet holds of the subject.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Wallet {
	/// One unit less than is named.
	OneShort,
	/// What is named, and nothing beside it.
	Exact,
}

/// The first deposit asks for native tokens too.
#[test]
fn what_the_wallet_does_not_cover_is_refused() {
	let refused: Outcome = Err(TokenError::FundsUnavailable.into());
	let brings = |wallet, amount| {
		let keeps = match wallet {
			Wallet::OneShort => amount - 1,
			Wallet::Exact => amount,
		};
		let rest = super::wallet(ALICE, SUBJECT) - keeps;
		Assets::transfer(signed(ALICE), SUBJECT, MAKER, rest).unwrap();
	};
	table("deposit", |table| {
		for (wallet, poor) in pairs([Wallet::OneShort, Wallet::Exact], [false, true]) {
			let arrange = || {
				brings(wallet, HELD);
				if poor {
					impoverish();
				}
			};
			table.scene(arrange, |table| {
				for (who, amount) in pairs([Who::Nobody, Who::Empty, Who::Holder, Who::Debtor], [0, HELD]) {
					let (sub, asset) = (who.sub(), SUBJECT);
					let expected = if who == Who::Nobody && poor && amount > 0 {
						Err(Error::NoNativeTokens.into())
					} else if amount == 0 {
						first([(true, Error::AmountZero)])
					} else if wallet == Wallet::OneShort {
						refused
					} else {
						Ok(())
					};
					let name = || format!("{who:?}, {amount}, {wallet:?}, poor: {poor}");
					table.row(name, signed(ALICE), Call::deposit { sub, asset, amount }, expected);
				}
			});
		}
	});
	table("repay", |table| {
		for wallet in [Wallet::OneShort, Wallet::Exact] {
			table.scene(
				|| brings(wallet, HELD),
				|table| {
					for (who, amount) in pairs([Who::Debtor, Who::IsolatedDebtor], [HELD / 2, HELD, u128::MAX]) {
						let (sub, asset) = (who.sub(), SUBJECT);
						let short = wallet == Wallet::OneShort && amount >= HELD;
						let name = || format!("{who:?}, {amount}, {wallet:?}");
						table.row(
							name,
							signed(ALICE),
							Call::repay { sub, asset, amount },
							if short { refused } else { Ok(()) },
						);
					}
				},
			);
		}
	});
}
