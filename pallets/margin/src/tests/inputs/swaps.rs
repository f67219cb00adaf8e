//! Swaps, with the subject sold and with the subject bought.

use super::*;
use crate::Venue;

/// What the account trades the subject for: the other asset of an isolated pair, or dollars.
pub fn counterpart(who: Who) -> AssetId {
	match who {
		Who::Isolated | Who::IsolatedDebtor => BTC,
		_ => USDC,
	}
}

/// Dollars' worth of an asset.
pub fn worth(asset: AssetId, dollars: u128) -> u128 {
	dollars * unit(asset) / first_price(asset)
}

/// The least that is accepted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Floor {
	Nothing,
	/// What the market pays.
	Paid,
	/// One unit more than that.
	PaidAndOne,
	Most,
}

impl Floor {
	fn of(self, from: AssetId, to: AssetId, amount_in: u128) -> u128 {
		let paid = <Test as crate::Config>::Venue::quote(from, to, amount_in).unwrap_or(0);
		match self {
			Self::Nothing => 0,
			Self::Paid => paid,
			Self::PaidAndOne => paid + 1,
			Self::Most => u128::MAX,
		}
	}

	fn is_too_high(self) -> bool {
		matches!(self, Self::PaidAndOne | Self::Most)
	}
}

/// Every account with the subject in every state, every amount, and a limit that is met and one that is not.
fn product(make: fn(Who, State, Much) -> (AssetId, AssetId, u128), expected: fn(Who, State, Much, Floor) -> Outcome) {
	table("swap", |table| {
		for state in State::ALL {
			let floors: &[Floor] = match state {
				State::Live => &[Floor::Nothing, Floor::Paid, Floor::PaidAndOne, Floor::Most],
				_ => &[Floor::Nothing, Floor::PaidAndOne],
			};
			table.scene(
				|| state.arrange(),
				|table| {
					for ((who, much), floor) in pairs(pairs(Who::ALL, Much::ALL), floors) {
						let (from, to, amount_in) = make(who, state, much);
						let call = Call::swap {
							sub: who.sub(),
							from,
							to,
							amount_in,
							min_out: floor.of(from, to, amount_in),
						};
						let name = || format!("{who:?}, {state:?}, {much:?}, {floor:?}");
						table.row(name, who.origin(), call, expected(who, state, much, *floor));
					}
				},
			);
		}
	});
}

/// What stands in the way of any trade of the subject for another asset.
pub fn closed(state: State) -> [(bool, Error); 3] {
	[
		(state.is_frozen(), Error::AssetFrozen),
		(
			state.pauses().trade || state == State::OthersPaused,
			Error::ActionPaused,
		),
		(
			state.has_no_price() || state == State::OthersStale,
			Error::PriceUnusable,
		),
	]
}

#[test]
fn a_sale_of_the_subject_is_refused_by_name() {
	let make = |who, state: State, much: Much| (state.asset(), counterpart(who), much.of(SUBJECT, HELD));
	product(make, |who, state, much, floor| {
		let lent = !who.holds() || much.is_beyond();
		let sold_much = matches!(much, Much::NearlyAll | Much::All | Much::AllAndOne);
		let deposits = !who.owes_dollars() || sold_much;
		let [frozen, paused, unpriced] = closed(state);
		first([
			(much.is_zero(), Error::AmountZero),
			(state.is_unlisted(), Error::UnknownAsset),
			(much.is_too_little(), Error::AmountTooSmall),
			(who.is_missing(), Error::UnknownAccount),
			frozen,
			paused,
			unpriced,
			(floor.is_too_high(), Error::LimitNotMet),
			(much == Much::Most, Error::PoolTooDry),
			(lent && state.only_reduces(), Error::AssetReduceOnly),
			(lent && state.pauses().borrow, Error::ActionPaused),
			(deposits && state == State::OthersReduceOnly, Error::AssetReduceOnly),
			(who == Who::IsolatedElsewhere, Error::NotInIsolatedAccount),
			(who == Who::Full, Error::AccountFull),
			(who.holds() && much == Much::AllAndOne, Error::DebtTooSmall),
			// Selling what may not be held is what the account should do.
			(
				lent && who.is_cross() && state == State::IsolatedOnly,
				Error::IsolatedOnly,
			),
			(matches!(who, Who::Empty | Who::Isolated), Error::NotEnoughCollateral),
		])
	});
}

#[test]
fn a_purchase_of_the_subject_is_refused_by_name() {
	let make = |who, state: State, much: Much| {
		let from = counterpart(who);
		(from, state.asset(), much.of(from, worth(from, 20_000)))
	};
	product(make, |who, state, much, floor| {
		let lent = !matches!(who, Who::Full | Who::IsolatedDebtor);
		let deposits = !who.owes();
		let [frozen, paused, unpriced] = closed(state);
		first([
			(much.is_zero(), Error::AmountZero),
			(much.is_too_little(), Error::AmountTooSmall),
			(state.is_unlisted(), Error::UnknownAsset),
			(who.is_missing(), Error::UnknownAccount),
			frozen,
			paused,
			unpriced,
			(floor.is_too_high(), Error::LimitNotMet),
			(much == Much::Most, Error::PoolTooDry),
			(lent && state == State::OthersReduceOnly, Error::AssetReduceOnly),
			(deposits && state.only_reduces(), Error::AssetReduceOnly),
			(
				lent && deposits && who.is_cross() && state == State::IsolatedOnly,
				Error::IsolatedOnly,
			),
			(
				matches!(who, Who::IsolatedElsewhere | Who::Isolated),
				Error::NotInIsolatedAccount,
			),
			(who == Who::Full, Error::AccountFull),
			(who == Who::Empty, Error::NotEnoughCollateral),
		])
	});
}

#[test]
fn a_swap_of_an_asset_for_itself_is_refused_by_name() {
	table("swap", |table| {
		for state in State::ALL {
			table.scene(
				|| state.arrange(),
				|table| {
					for (who, asset) in pairs(Who::ALL, [state.asset(), USDC]) {
						let call = Call::swap {
							sub: who.sub(),
							from: asset,
							to: asset,
							amount_in: worth(SUBJECT, 2_000),
							min_out: 0,
						};
						let expected = first([
							(asset == UNLISTED, Error::UnknownAsset),
							(who.is_missing(), Error::UnknownAccount),
							(true, Error::SameAsset),
						]);
						let name = || format!("{who:?}, {state:?}, {asset}");
						table.row(name, who.origin(), call, expected);
					}
				},
			);
		}
		let call = Call::swap {
			sub: Who::Holder.sub(),
			from: SUBJECT,
			to: USDC,
			amount_in: HELD,
			min_out: 0,
		};
		table.row(|| "two assets".into(), signed(ALICE), call, Ok(()));
	});
}
