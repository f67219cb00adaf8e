//! Two actions in one call: each ends as its parts do one after the other, and leaves nothing of the first when the second
//! is refused. What the parts are refused for is told by their own tables.

use super::{
	swaps::{counterpart, worth},
	*,
};
use crate::{Direction, Part, Size};
use margin_math::{Price, Ratio};

/// What the calls end in, one after the other.
fn ends_in<const N: usize>(origin: RuntimeOrigin, calls: [Call<Test>; N]) -> Outcome {
	undone(|| {
		calls.into_iter().try_for_each(|call| {
			let sent = RuntimeCall::from(call).dispatch_bypass_filter(origin.clone());
			sent.map(|_| ()).map_err(|refused| refused.error)
		})
	})
}

#[test]
fn deposit_and_open_is_refused_for_what_its_parts_are() {
	let sizes = [0, Much::TooLittle.of(SUBJECT, HELD), HELD / 10, HELD * 3 / 2, u128::MAX];
	table("deposit_and_open", |table| {
		for state in State::ALL {
			table.scene(
				|| state.arrange(),
				|table| {
					let orders = pairs(pairs([Direction::Long, Direction::Short], sizes), [0, 1, 20_000]);
					for (who, ((direction, size), dollars)) in pairs(Who::ALL, orders.collect::<Vec<_>>()) {
						let (sub, asset, against) = (who.sub(), state.asset(), counterpart(who));
						let (size, amount) = (Size::Amount(size), worth(against, dollars));
						let limit = match direction {
							Direction::Long => Price::MAX,
							Direction::Short => Price::ZERO,
						};
						let deposit = Call::deposit {
							sub,
							asset: against,
							amount,
						};
						let open = Call::open {
							sub,
							collateral: None,
							direction,
							asset,
							against,
							size,
							limit,
							max_borrow: u128::MAX,
						};
						let both = Call::deposit_and_open {
							sub,
							collateral: against,
							amount: Some(amount),
							direction,
							asset,
							against,
							size,
							limit,
							max_borrow: u128::MAX,
						};
						table.row(
							|| format!("{who:?}, {state:?}, {direction:?}, {size:?}, {dollars} dollars"),
							who.origin(),
							both,
							ends_in(who.origin(), [deposit, open]),
						);
					}
				},
			);
		}
	});
}

/// Leverage is measured against what the call deposits, and without an amount that is all there is.
#[test]
fn a_leverage_on_all_of_the_wallet_is_refused_by_name() {
	table("deposit_and_open", |table| {
		for (who, percent) in pairs([Who::Nobody, Who::Empty, Who::OtherDebtor], [0, 1, 200, 5_000]) {
			let call = Call::deposit_and_open {
				sub: who.sub(),
				collateral: USDC,
				amount: None,
				direction: Direction::Long,
				asset: SUBJECT,
				against: USDC,
				size: Size::Leverage(Ratio::from_percent(percent)),
				limit: Price::MAX,
				max_borrow: u128::MAX,
			};
			let rest = super::super::wallet(ALICE, USDC) - worth(USDC, 20_000);
			let arrange = || Assets::transfer(signed(ALICE), USDC, MAKER, rest).unwrap();
			table.scene(arrange, |table| {
				let expected = first([
					(percent == 0, Error::AmountZero),
					(percent == 5_000, Error::NotEnoughCollateral),
				]);
				table.row(|| format!("{who:?}, {percent} %"), who.origin(), call, expected);
			});
		}
	});
}

#[test]
fn close_and_withdraw_is_refused_for_what_its_parts_are() {
	let parts = [Part::All, Part::Amount(0), Part::Amount(HELD / 10)];
	let amounts = [None, Some(0), Some(1), Some(u128::MAX)];
	table("close_and_withdraw", |table| {
		for state in State::ALL {
			table.scene(
				|| state.arrange(),
				|table| {
					let takes = pairs([USDC, BTC, SUBJECT, UNLISTED], amounts);
					let orders = pairs(pairs([USDC, BTC], parts), takes.collect::<Vec<_>>());
					for (who, ((against, part), (withdraw, amount))) in pairs(Who::ALL, orders.collect::<Vec<_>>()) {
						let (sub, asset) = (who.sub(), state.asset());
						let limit = if who.owes() { Price::MAX } else { Price::ZERO };
						let close = Call::close {
							sub,
							asset,
							against,
							part,
							limit,
						};
						let out = Call::withdraw {
							sub,
							asset: withdraw,
							amount: amount.unwrap_or(u128::MAX),
						};
						let both = Call::close_and_withdraw {
							sub,
							asset,
							against,
							part,
							limit,
							withdraw,
							amount,
						};
						table.row(
							|| format!("{who:?}, {state:?}, {against}, {part:?}, {withdraw}, {amount:?}"),
							who.origin(),
							both,
							ends_in(who.origin(), [close, out]),
						);
					}
				},
			);
		}
	});
}
