//! Opening positions: with the subject as what is traded, as what it is traded against, and as collateral.

use self::Direction::{Long, Short};
use super::{
	swaps::{closed, counterpart, worth},
	*,
};
use crate::{Direction, Size};
use margin_math::{mul_div, Price, Ratio, Rounding};
use sp_runtime::TokenError;

/// A limit that every price keeps.
fn any_price(direction: Direction) -> Price {
	match direction {
		Long => Price::MAX,
		Short => Price::ZERO,
	}
}

/// A limit that no price keeps.
fn no_price(direction: Direction) -> Price {
	match direction {
		Long => Price::ZERO,
		Short => Price::MAX,
	}
}

fn times(leverage: u128) -> Size {
	Size::Leverage(Ratio::from_raw(leverage * Ratio::ONE.raw()))
}

/// Without bounds on price and borrowing.
fn unbounded(
	sub: u16,
	collateral: Option<(AssetId, u128)>,
	direction: Direction,
	(asset, against): (AssetId, AssetId),
	size: Size,
) -> Call<Test> {
	Call::open {
		sub,
		collateral,
		direction,
		asset,
		against,
		size,
		limit: any_price(direction),
		max_borrow: u128::MAX,
	}
}

/// What a position in the subject is to be made of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Order {
	Zero,
	TooLittle,
	/// 2,000 dollars.
	Some,
	Most,
	/// 60,000 dollars, if 20,000 are brought.
	ThreeTimes,
}

impl Order {
	const ALL: [Self; 5] = [Self::Zero, Self::TooLittle, Self::Some, Self::Most, Self::ThreeTimes];

	fn size(self) -> Size {
		match self {
			Self::Zero => Size::Amount(0),
			Self::TooLittle => Size::Amount(Much::TooLittle.of(SUBJECT, HELD)),
			Self::Some => Size::Amount(Much::Some.of(SUBJECT, HELD)),
			Self::Most => Size::Amount(u128::MAX),
			Self::ThreeTimes => times(3),
		}
	}
}

#[test]
fn a_position_in_the_subject_is_refused_by_name() {
	table("open", |table| {
		for state in State::ALL {
			table.scene(
				|| state.arrange(),
				|table| {
					let orders = pairs(pairs([Long, Short], [false, true]), Order::ALL);
					for (who, ((direction, brings), order)) in pairs(Who::ALL, orders.collect::<Vec<_>>()) {
						let against = counterpart(who);
						let call = unbounded(
							who.sub(),
							brings.then(|| (against, worth(against, 20_000))),
							direction,
							(state.asset(), against),
							order.size(),
						);
						table.row(
							|| format!("{who:?}, {state:?}, {direction:?}, brings: {brings}, {order:?}"),
							who.origin(),
							call,
							in_subject(who, state, direction, brings, order),
						);
					}
				},
			);
		}
	});
}

fn in_subject(who: Who, state: State, direction: Direction, brings: bool, order: Order) -> Outcome {
	let long = direction == Long;
	let large = order == Order::ThreeTimes;
	let lent = match direction {
		Long => !matches!(who, Who::Full | Who::IsolatedDebtor) && (large || !brings),
		Short => !who.holds() || large,
	};
	let lent_subject = lent && !long;
	// What comes in pays a debt of it first; what is brought has paid one of dollars already.
	let bought_deposit = match direction {
		Long => !who.owes() || large,
		Short => !who.owes_dollars() || brings,
	};
	let supplies = brings && !who.owes();
	let [frozen, paused, unpriced] = closed(state);
	first([
		(state.is_unlisted(), Error::UnknownAsset),
		frozen,
		paused,
		unpriced,
		(who.is_missing() && !brings, Error::UnknownAccount),
		(supplies && state == State::OthersReduceOnly, Error::AssetReduceOnly),
		(large && !brings, Error::LeverageNeedsCollateral),
		(order == Order::Zero, Error::AmountZero),
		(order == Order::TooLittle, Error::AmountTooSmall),
		(order == Order::Most && long, Error::NoMarket),
		(order == Order::Most, Error::PoolTooDry),
		(lent_subject && state.only_reduces(), Error::AssetReduceOnly),
		(lent_subject && state.pauses().borrow, Error::ActionPaused),
		(
			state == State::OthersReduceOnly && if long { lent } else { bought_deposit },
			Error::AssetReduceOnly,
		),
		(long && bought_deposit && state.only_reduces(), Error::AssetReduceOnly),
		(
			long && bought_deposit && lent && who.is_cross() && state == State::IsolatedOnly,
			Error::IsolatedOnly,
		),
		(who == Who::IsolatedElsewhere, Error::NotInIsolatedAccount),
		(who == Who::Isolated && long && lent, Error::NotInIsolatedAccount),
		(who == Who::Full, Error::AccountFull),
		(
			lent_subject && who.is_cross() && state == State::IsolatedOnly,
			Error::IsolatedOnly,
		),
		(
			!brings && matches!(who, Who::Empty | Who::Isolated),
			Error::NotEnoughCollateral,
		),
	])
}

/// What is brought, in dollars' smallest units.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Brought {
	Nothing,
	Unlisted,
	So(Much),
	/// One unit more than the wallet holds.
	BeyondTheWallet,
}

impl Brought {
	const ALL: [Self; 7] = [
		Self::Nothing,
		Self::Unlisted,
		Self::So(Much::Zero),
		Self::So(Much::TooLittle),
		Self::So(Much::Least),
		Self::So(Much::All),
		Self::So(Much::Most),
	];

	fn collateral(self) -> Option<(AssetId, u128)> {
		match self {
			Self::Nothing => None,
			Self::Unlisted => Some((UNLISTED, worth(USDC, 20_000))),
			Self::So(much) => Some((USDC, much.of(USDC, worth(USDC, 20_000)))),
			Self::BeyondTheWallet => Some((USDC, wallet(ALICE, USDC) + 1)),
		}
	}
}

/// What is ordered, of a subject at 200 dollars with 18 decimals; `None` beyond all numbers.
fn sized(size: Size, brought: u128) -> Option<u128> {
	match size {
		Size::Amount(amount) => Some(amount),
		Size::Leverage(leverage) => {
			let dollars = brought.checked_mul(10u128.pow(12))?;
			let wanted = mul_div(dollars, leverage.raw(), Ratio::ONE.raw(), Rounding::Down)?;
			(wanted <= i128::MAX as u128).then_some(wanted / first_price(SUBJECT))
		},
	}
}

#[test]
fn size_limit_and_bounds_of_a_position_are_refused_by_name() {
	let amounts = [
		Much::Zero,
		Much::One,
		Much::TooLittle,
		Much::Least,
		Much::Some,
		Much::Most,
	];
	let amounts = amounts.map(|much| Size::Amount(much.of(SUBJECT, HELD)));
	let leverages = [0, 1, 3 * Ratio::ONE.raw(), 50 * Ratio::ONE.raw(), u128::MAX];
	let leverages = leverages.map(|raw| Size::Leverage(Ratio::from_raw(raw)));
	let sizes: Vec<_> = amounts.into_iter().chain(leverages).collect();
	table("open", |table| {
		let whos = [Who::Nobody, Who::Empty, Who::OtherDebtor];
		for ((who, brought), direction) in pairs(pairs(whos, Brought::ALL), [Long, Short]) {
			for ((size, loose), max_borrow) in pairs(pairs(sizes.clone(), [true, false]), [0, 1, u128::MAX]) {
				let call = Call::open {
					sub: who.sub(),
					collateral: brought.collateral(),
					direction,
					asset: SUBJECT,
					against: USDC,
					size,
					limit: if loose {
						any_price(direction)
					} else {
						no_price(direction)
					},
					max_borrow,
				};
				table.row(
					|| format!("{who:?}, {brought:?}, {direction:?}, {size:?}, loose: {loose}, {max_borrow} at most"),
					who.origin(),
					call,
					bounded(who, brought, direction, size, loose, max_borrow),
				);
			}
		}
		let call = unbounded(
			0,
			Brought::BeyondTheWallet.collateral(),
			Long,
			(SUBJECT, USDC),
			times(2),
		);
		let refused = TokenError::FundsUnavailable;
		table.row(|| "beyond the wallet".into(), signed(ALICE), call, Err(refused.into()));
	});
}

fn bounded(who: Who, brought: Brought, direction: Direction, size: Size, loose: bool, max_borrow: u128) -> Outcome {
	let amount = brought.collateral().map_or(0, |(_, amount)| amount);
	let ordered = sized(size, amount);
	let Some(size_in_units) = ordered else {
		return first([
			(who.is_missing() && brought == Brought::Nothing, Error::UnknownAccount),
			(brought == Brought::Nothing, Error::LeverageNeedsCollateral),
			(brought == Brought::Unlisted, Error::UnknownAsset),
			(true, Error::Overflow),
		]);
	};
	let enough = brought == Brought::So(Much::All);
	let lent = direction == Short || !enough || size_in_units > HELD / 2;
	// Three times what is brought, or much less than what is there.
	let covered = size_in_units <= 4 * HELD && (enough || who == Who::OtherDebtor);
	let leveraged = matches!(size, Size::Leverage(_));
	first([
		(who.is_missing() && brought == Brought::Nothing, Error::UnknownAccount),
		(brought == Brought::So(Much::Zero), Error::AmountZero),
		(brought == Brought::Unlisted, Error::UnknownAsset),
		(brought == Brought::So(Much::TooLittle), Error::AmountTooSmall),
		(brought == Brought::So(Much::Most), Error::Overflow),
		(leveraged && brought == Brought::Nothing, Error::LeverageNeedsCollateral),
		(size_in_units == 0, Error::AmountZero),
		(size_in_units < Much::Least.of(SUBJECT, HELD), Error::AmountTooSmall),
		(
			direction == Long && size_in_units >= 50_000 * unit(SUBJECT),
			Error::NoMarket,
		),
		(!loose, Error::PriceBeyondLimit),
		(lent && max_borrow <= 1, Error::BorrowBeyondLimit),
		(size_in_units > 95_000 * unit(SUBJECT), Error::PoolTooDry),
		(lent && !covered, Error::NotEnoughCollateral),
	])
}

#[test]
fn a_position_against_the_subject_is_refused_by_name() {
	table("open", |table| {
		for state in State::ALL {
			table.scene(
				|| state.arrange(),
				|table| {
					for (who, direction) in pairs(Who::ALL, [Long, Short]) {
						let size = Size::Amount(worth(BTC, 2_000));
						table.row(
							|| format!("{who:?}, {state:?}, {direction:?}"),
							who.origin(),
							unbounded(who.sub(), None, direction, (BTC, state.asset()), size),
							against_subject(who, state, direction == Long),
						);
					}
				},
			);
		}
	});
}

fn against_subject(who: Who, state: State, long: bool) -> Outcome {
	let lent = if long {
		!who.holds()
	} else {
		matches!(who, Who::Empty | Who::Isolated) || who.holds()
	};
	let lent_subject = lent && long;
	let bought_subject = !long && !who.owes();
	let [frozen, paused, unpriced] = closed(state);
	let isolated_only = who.is_cross() && state == State::IsolatedOnly;
	first([
		(state.is_unlisted(), Error::UnknownAsset),
		frozen,
		paused,
		unpriced,
		(who.is_missing(), Error::UnknownAccount),
		(lent_subject && state.only_reduces(), Error::AssetReduceOnly),
		(lent_subject && state.pauses().borrow, Error::ActionPaused),
		(
			(long || lent) && state == State::OthersReduceOnly,
			Error::AssetReduceOnly,
		),
		(bought_subject && state.only_reduces(), Error::AssetReduceOnly),
		(
			bought_subject && isolated_only && (lent || who.has_debt()),
			Error::IsolatedOnly,
		),
		(who == Who::IsolatedElsewhere, Error::NotInIsolatedAccount),
		(who == Who::Isolated && !long, Error::NotInIsolatedAccount),
		(who == Who::Full, Error::AccountFull),
		(lent_subject && isolated_only, Error::IsolatedOnly),
		// What is left of it still lies beside the debt.
		(long && who == Who::HolderInDebt && isolated_only, Error::IsolatedOnly),
		(matches!(who, Who::Empty | Who::Isolated), Error::NotEnoughCollateral),
	])
}

#[test]
fn a_position_on_the_subject_as_collateral_is_refused_by_name() {
	table("open", |table| {
		for state in State::ALL {
			table.scene(
				|| state.arrange(),
				|table| {
					for (who, much) in pairs(Who::ALL, [Much::Zero, Much::TooLittle, Much::All, Much::Most]) {
						let collateral = Some((state.asset(), much.of(SUBJECT, HELD)));
						table.row(
							|| format!("{who:?}, {state:?}, {much:?}"),
							who.origin(),
							unbounded(who.sub(), collateral, Long, (BTC, USDC), times(2)),
							on_subject(who, state, much),
						);
					}
				},
			);
		}
	});
}

fn on_subject(who: Who, state: State, much: Much) -> Outcome {
	// All of it pays all that is owed of it, exactly.
	let over = !who.owes();
	let supplies = over && !who.owes_dollars();
	let isolated_only = over && who.is_cross() && state == State::IsolatedOnly;
	first([
		(state == State::OthersPaused, Error::ActionPaused),
		(state == State::OthersStale, Error::PriceUnusable),
		(much.is_zero(), Error::AmountZero),
		(state.is_unlisted(), Error::UnknownAsset),
		(much.is_too_little(), Error::AmountTooSmall),
		(much == Much::Most, Error::Overflow),
		(over && state == State::NoticeOver, Error::AssetReduceOnly),
		(supplies && state.is_frozen(), Error::AssetFrozen),
		(supplies && state.only_reduces(), Error::AssetReduceOnly),
		(supplies && state.pauses().supply, Error::ActionPaused),
		(who.owes_dollars() && isolated_only, Error::IsolatedOnly),
		(who == Who::IsolatedElsewhere, Error::NotInIsolatedAccount),
		(who == Who::Full, Error::AccountFull),
		(state.has_no_price(), Error::PriceUnusable),
		(state == State::OthersReduceOnly, Error::AssetReduceOnly),
		(!who.is_cross(), Error::NotInIsolatedAccount),
		(isolated_only, Error::IsolatedOnly),
	])
}
