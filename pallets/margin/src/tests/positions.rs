//! Leveraged positions: opened and closed in one call.

use super::*;
use crate::{
	account::Mode,
	asset::{Status, Tier},
	Assets as Listed, Direction, Part, Size, Venue,
};
use margin_math::{Amount, Price, Ratio, Value};
use margin_risk::Verdict;
use proptest::prelude::*;
use sp_runtime::DispatchResult;

type Market = <Test as crate::Config>::Venue;

/// What `open` is told, to be changed where a test needs it.
#[derive(Clone, Copy)]
struct Order {
	collateral: Option<(AssetId, u128)>,
	direction: Direction,
	asset: AssetId,
	against: AssetId,
	size: Size,
	limit: Price,
	max_borrow: u128,
}

impl Order {
	/// Buys so much of `asset` with USDC, on 1,000 dollars, at any price.
	fn long(asset: AssetId, amount: u128) -> Self {
		Self {
			collateral: Some((USDC, 1_000 * unit(USDC))),
			direction: Direction::Long,
			asset,
			against: USDC,
			size: Size::Amount(amount),
			limit: Price::MAX,
			max_borrow: u128::MAX,
		}
	}

	/// Sells so much of `asset` for USDC, on 1,000 dollars, at any price.
	fn short(asset: AssetId, amount: u128) -> Self {
		Self {
			direction: Direction::Short,
			limit: Price::ZERO,
			..Self::long(asset, amount)
		}
	}

	fn on(self, asset: AssetId, amount: u128) -> Self {
		Self {
			collateral: Some((asset, amount)),
			..self
		}
	}

	fn without_collateral(self) -> Self {
		Self {
			collateral: None,
			..self
		}
	}

	fn against(self, against: AssetId) -> Self {
		Self { against, ..self }
	}

	fn limit(self, limit: Price) -> Self {
		Self { limit, ..self }
	}

	fn borrowing(self, max_borrow: u128) -> Self {
		Self { max_borrow, ..self }
	}

	fn leverage(self, percent: u32) -> Self {
		Self {
			size: Size::Leverage(Ratio::from_percent(percent)),
			..self
		}
	}

	fn open(self) -> DispatchResult {
		self.open_in(SUB)
	}

	fn open_in(self, sub: u16) -> DispatchResult {
		Margin::open(
			signed(ALICE),
			sub,
			self.collateral,
			self.direction,
			self.asset,
			self.against,
			self.size,
			self.limit,
			self.max_borrow,
		)
	}
}

fn close(asset: AssetId, against: AssetId, part: Part, limit: Price) -> DispatchResult {
	Margin::close(signed(ALICE), SUB, asset, against, part, limit)
}

/// Sells all of a long for USDC at any price.
fn close_long(asset: AssetId) -> DispatchResult {
	close(asset, USDC, Part::All, Price::ZERO)
}

/// Buys all of a short back with USDC at any price.
fn close_short(asset: AssetId) -> DispatchResult {
	close(asset, USDC, Part::All, Price::MAX)
}

fn set_status(asset: AssetId, status: Status) {
	Listed::<Test>::mutate(asset, |record| record.as_mut().unwrap().status = status);
}

/// So many smallest units of USDC for `size` of an asset, as a price with 18 decimals.
fn price_of(usdc: u128, asset: AssetId, size: u128) -> Price {
	Price::from_raw(usdc * 10u128.pow(12) * unit(asset) / size)
}

const HALF_BTC: u128 = unit(BTC) / 2;

#[test]
fn a_long_buys_exactly_its_size_and_owes_what_the_collateral_does_not_pay() {
	ExtBuilder::default().build_and_execute(|| {
		let cost = Market::cost(USDC, BTC, HALF_BTC).unwrap();
		let before = wallet(ALICE, USDC);
		assert_ok!(Order::long(BTC, HALF_BTC).open());
		assert_eq!(balance(ALICE, BTC), HALF_BTC as i128);
		assert_eq!(balance(ALICE, USDC), 1_000 * unit(USDC) as i128 - cost as i128);
		assert_eq!(wallet(ALICE, USDC), before - 1_000 * unit(USDC));
		assert!(events().contains(&Event::PositionOpened {
			owner: ALICE,
			sub: SUB,
			direction: Direction::Long,
			asset: BTC,
			against: USDC,
			amount: Amount(HALF_BTC),
			quoted: Amount(cost),
		}));
	});
}

#[test]
fn a_short_owes_exactly_its_size_and_holds_what_it_brought() {
	ExtBuilder::default().build_and_execute(|| {
		let size = 15 * unit(ETH);
		let paid = Market::quote(ETH, USDC, size).unwrap();
		assert_ok!(Order::short(ETH, size).open());
		assert_eq!(balance(ALICE, ETH), -(size as i128));
		assert_eq!(balance(ALICE, USDC), (1_000 * unit(USDC) + paid) as i128);
		assert!(events().contains(&Event::PositionOpened {
			owner: ALICE,
			sub: SUB,
			direction: Direction::Short,
			asset: ETH,
			against: USDC,
			amount: Amount(size),
			quoted: Amount(paid),
		}));
	});
}

#[test]
fn leverage_is_the_exposure_over_the_collateral_brought_in() {
	ExtBuilder::default().build_and_execute(|| {
		// 3 times 1,000 dollars at 8,000.
		assert_ok!(Order::long(BTC, 0).leverage(300).open());
		assert_eq!(balance(ALICE, BTC), 37_500_000);
		// What the account has already does not count: 2.5 times 10 ETH at 200.
		assert_ok!(Order::long(BTC, 0).on(ETH, 10 * unit(ETH)).leverage(250).open());
		assert_eq!(balance(ALICE, BTC), 37_500_000 + 62_500_000);
		assert_ok!(Order::short(ETH, 0).leverage(200).open_in(1));
		assert_eq!(balance_of(ALICE, 1, ETH), -(10 * unit(ETH) as i128));
	});
}

#[test]
fn leverage_counts_collateral_of_the_asset_itself() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Order::long(BTC, 0).on(BTC, unit(BTC)).leverage(300).open());
		assert_eq!(balance(ALICE, BTC), 3 * unit(BTC) as i128);
		assert_ok!(Order::short(BTC, 0).on(BTC, unit(BTC)).leverage(200).open_in(1));
		assert_eq!(balance_of(ALICE, 1, BTC), -(2 * unit(BTC) as i128));
		// The collateral alone is the exposure already.
		let once = Order::long(BTC, 0).on(BTC, unit(BTC)).leverage(100);
		assert_noop!(once.open_in(2), Error::AmountZero);
	});
}

#[test]
fn a_position_stands_on_what_the_account_has_when_no_collateral_is_brought() {
	ExtBuilder::default().build_and_execute(|| {
		let order = Order::long(BTC, HALF_BTC).without_collateral();
		assert_noop!(order.open(), Error::UnknownAccount);
		deposit(ALICE, ETH, 10 * unit(ETH));
		assert_noop!(order.leverage(200).open(), Error::LeverageNeedsCollateral);
		let before = wallet(ALICE, ETH);
		assert_ok!(order.open());
		assert_eq!(wallet(ALICE, ETH), before);
		assert_eq!(balance(ALICE, BTC), HALF_BTC as i128);
		assert_ok!(Order::short(DOT, 100 * unit(DOT)).open_in(1));
		assert_ok!(Order::short(DOT, 50 * unit(DOT)).without_collateral().open_in(1));
		assert_eq!(balance_of(ALICE, 1, DOT), -(150 * unit(DOT) as i128));
	});
}

#[test]
fn a_position_goes_through_the_hub_where_the_assets_have_no_market_of_their_own() {
	ExtBuilder::default().build_and_execute(|| {
		let size = 500 * unit(DOT);
		let cost = Market::cost(ETH, DOT, size).unwrap();
		assert_ok!(Order::long(DOT, size).against(ETH).open());
		assert_eq!(balance(ALICE, DOT), size as i128);
		assert_eq!(balance(ALICE, ETH), -(cost as i128));
		assert_ok!(close(DOT, ETH, Part::All, Price::ZERO));
		assert_eq!(balance(ALICE, DOT), 0);
		let left = balance(ALICE, ETH);
		// Two hops there and two back at 0.3 % each, of 10 ETH.
		assert!(
			left < 0 && left > -(unit(ETH) as i128 / 8),
			"{left} is what the market took"
		);

		let paid = Market::quote(DOT, ETH, size).unwrap();
		assert_ok!(Order::short(DOT, size).against(ETH).open_in(1));
		assert_eq!(balance_of(ALICE, 1, DOT), -(size as i128));
		assert_eq!(balance_of(ALICE, 1, ETH), paid as i128);
		let part = Part::Amount(size / 2);
		assert_ok!(Margin::close(signed(ALICE), 1, DOT, ETH, part, Price::MAX));
		assert_eq!(balance_of(ALICE, 1, DOT), -((size / 2) as i128));
	});
}

#[test]
fn the_limit_is_met_to_the_unit() {
	ExtBuilder::default().build_and_execute(|| {
		let step = Price::from_raw(1);
		let cost = Market::cost(USDC, BTC, HALF_BTC).unwrap();
		let (at, long) = (price_of(cost, BTC, HALF_BTC), Order::long(BTC, HALF_BTC));
		let below = at.checked_sub(step).unwrap();
		assert_noop!(long.limit(below).open(), Error::PriceBeyondLimit);
		assert_noop!(long.limit(Price::ZERO).open(), Error::PriceBeyondLimit);
		assert_ok!(long.limit(at).open());

		let paid = Market::quote(BTC, USDC, HALF_BTC).unwrap();
		let at = price_of(paid, BTC, HALF_BTC);
		let above = at.checked_add(step).unwrap();
		let sell = |limit| close(BTC, USDC, Part::All, limit);
		assert_noop!(sell(above), Error::PriceBeyondLimit);
		assert_noop!(sell(Price::MAX), Error::PriceBeyondLimit);
		assert_ok!(sell(at));
	});
}

#[test]
fn the_limit_of_a_short_is_met_to_the_unit() {
	ExtBuilder::default().build_and_execute(|| {
		let step = Price::from_raw(1);
		let paid = Market::quote(BTC, USDC, HALF_BTC).unwrap();
		let (at, short) = (price_of(paid, BTC, HALF_BTC), Order::short(BTC, HALF_BTC));
		let above = at.checked_add(step).unwrap();
		assert_noop!(short.limit(above).open(), Error::PriceBeyondLimit);
		assert_ok!(short.limit(at).open());

		let cost = Market::cost(USDC, BTC, HALF_BTC).unwrap();
		let at = price_of(cost, BTC, HALF_BTC);
		let below = at.checked_sub(step).unwrap();
		let buy = |limit| close(BTC, USDC, Part::All, limit);
		assert_noop!(buy(below), Error::PriceBeyondLimit);
		assert_ok!(buy(at));
	});
}

#[test]
fn no_more_is_borrowed_than_was_allowed() {
	ExtBuilder::default().build_and_execute(|| {
		let long = Order::long(BTC, HALF_BTC);
		let lacking = Market::cost(USDC, BTC, HALF_BTC).unwrap() - 1_000 * unit(USDC);
		assert_noop!(long.borrowing(lacking - 1).open(), Error::BorrowBeyondLimit);
		assert_noop!(long.borrowing(0).open(), Error::BorrowBeyondLimit);
		assert_ok!(long.borrowing(lacking).open());
		// A short borrows the asset itself, less what is held of it.
		let short = Order::short(ETH, 3 * unit(ETH)).on(ETH, unit(ETH));
		assert_noop!(short.borrowing(2 * unit(ETH) - 1).open_in(1), Error::BorrowBeyondLimit);
		assert_ok!(short.borrowing(2 * unit(ETH)).open_in(1));
		// More than the pool has is beyond the limit first of all.
		let huge = Order::long(BTC, 1_100 * unit(BTC)).borrowing(unit(USDC));
		assert_noop!(huge.open_in(2), Error::BorrowBeyondLimit);
	});
}

#[test]
fn a_long_is_closed_in_part_and_then_whole() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Order::long(BTC, HALF_BTC).open());
		let owed = -balance(ALICE, USDC) as u128;
		let paid = Market::quote(BTC, USDC, unit(BTC) / 5).unwrap();
		assert_ok!(close(BTC, USDC, Part::Amount(unit(BTC) / 5), Price::ZERO));
		assert_eq!(balance(ALICE, BTC), unit(BTC) as i128 * 3 / 10);
		assert_eq!(balance(ALICE, USDC), paid as i128 - owed as i128);
		let rest = Market::quote(BTC, USDC, unit(BTC) * 3 / 10).unwrap();
		assert_ok!(close_long(BTC));
		assert_eq!(balance(ALICE, BTC), 0);
		let left = balance(ALICE, USDC);
		assert!(left > 0 && view(ALICE).debts == Value::ZERO);
		let expected = (paid + rest - owed) as i128;
		assert!((expected - 1..=expected).contains(&left), "{left} of {expected}");
		assert!(events().contains(&Event::PositionClosed {
			owner: ALICE,
			sub: SUB,
			direction: Direction::Long,
			asset: BTC,
			against: USDC,
			amount: Amount(unit(BTC) * 3 / 10),
			quoted: Amount(rest),
		}));
		assert_noop!(close_long(BTC), Error::NoPosition);
	});
}

#[test]
fn closing_a_short_buys_exactly_the_debt_and_leaves_no_dust() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Order::short(ETH, 15 * unit(ETH)).open());
		Timestamp::set_timestamp(Timestamp::get() + 37 * DAY + 12_345);
		let owed = -balance(ALICE, ETH) as u128;
		assert!(owed > 15 * unit(ETH), "interest has come to it");
		assert_ok!(close(ETH, USDC, Part::Amount(owed / 3), Price::MAX));
		let rest = -balance(ALICE, ETH) as u128;
		let cost = Market::cost(USDC, ETH, rest).unwrap();
		let held = balance(ALICE, USDC) as u128;
		// More than all of it is all of it.
		assert_ok!(close(ETH, USDC, Part::Amount(u128::MAX), Price::MAX));
		let account = crate::Accounts::<Test>::get(ALICE, SUB).unwrap();
		assert_eq!(account.balance(ETH), None);
		assert_eq!(balance(ALICE, USDC) as u128, held - cost);
		assert!(events().contains(&Event::PositionClosed {
			owner: ALICE,
			sub: SUB,
			direction: Direction::Short,
			asset: ETH,
			against: USDC,
			amount: Amount(rest),
			quoted: Amount(cost),
		}));
	});
}

#[test]
fn closing_never_borrows() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Order::short(BTC, unit(BTC)).on(ETH, 20 * unit(ETH)).open());
		move_to(BTC, 900_000);
		assert_noop!(close_short(BTC), Error::NotEnoughDeposited);
		// Not even a debt that would be refused as too small: one unit more of bitcoin costs less than that.
		let held = balance(ALICE, USDC) as u128;
		let most = Market::quote(USDC, BTC, held).unwrap();
		let lacking = Market::cost(USDC, BTC, most + 1).unwrap() - held;
		assert!((1..config(USDC, 1).min_debt.0).contains(&lacking), "{lacking}");
		let buy = |size| close(BTC, USDC, Part::Amount(size), Price::MAX);
		assert_noop!(buy(most + 1), Error::NotEnoughDeposited);
		assert_ok!(buy(most));
		// Nor with an asset that the account does not have.
		assert_noop!(close(BTC, DOT, Part::All, Price::MAX), Error::NotEnoughDeposited);
		assert!(balance(ALICE, USDC) >= 0 && balance(ALICE, ETH) > 0);
	});
}

#[test]
fn open_and_close_name_what_is_wrong_and_change_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		let long = Order::long(BTC, HALF_BTC);
		assert_noop!(close_long(BTC), Error::UnknownAccount);
		assert_noop!(Order::long(99, 1).open(), Error::UnknownAsset);
		assert_noop!(long.against(99).open(), Error::UnknownAsset);
		assert_noop!(long.on(99, 1).open(), Error::UnknownAsset);
		assert_noop!(long.against(BTC).open(), Error::SameAsset);
		assert_noop!(Order::long(BTC, 0).open(), Error::AmountZero);
		assert_noop!(Order::long(BTC, 9_999).open(), Error::AmountTooSmall);
		assert_noop!(Order::short(BTC, 9_999).open(), Error::AmountTooSmall);
		assert_noop!(long.on(USDC, 0).open(), Error::AmountZero);
		assert_noop!(long.on(USDC, 99).open(), Error::AmountTooSmall);
		assert_noop!(long.leverage(0).open(), Error::AmountZero);
		assert_noop!(Order::long(BTC, 2_000 * unit(BTC)).open(), Error::NoMarket);
		let too_much = wallet(ALICE, USDC) + 1;
		assert!(long.on(USDC, too_much).open().is_err());
		assert!(crate::Accounts::<Test>::get(ALICE, SUB).is_none());

		assert_ok!(long.open());
		assert_noop!(close_long(99), Error::UnknownAsset);
		assert_noop!(close(BTC, 99, Part::All, Price::ZERO), Error::UnknownAsset);
		assert_noop!(close(BTC, BTC, Part::All, Price::ZERO), Error::SameAsset);
		assert_noop!(close_long(ETH), Error::NoPosition);
		assert_noop!(close(BTC, USDC, Part::Amount(0), Price::ZERO), Error::AmountZero);
		assert_noop!(
			close(BTC, USDC, Part::Amount(9_999), Price::ZERO),
			Error::AmountTooSmall
		);
		assert!(Margin::close(RuntimeOrigin::none(), SUB, BTC, USDC, Part::All, Price::ZERO).is_err());
	});
}

#[test]
fn a_reduce_only_asset_can_be_closed_and_not_opened() {
	for status in [Status::ReduceOnly, Status::Delisting(0)] {
		ExtBuilder::default().build_and_execute(|| {
			assert_ok!(Order::long(BTC, HALF_BTC).open());
			assert_ok!(Order::short(BTC, HALF_BTC).open_in(1));
			set_status(BTC, status);
			assert_noop!(Order::long(BTC, HALF_BTC).open(), Error::AssetReduceOnly);
			assert_noop!(Order::short(BTC, HALF_BTC).open_in(1), Error::AssetReduceOnly);
			// What buys back part of a short opens nothing.
			let back = Order::long(BTC, HALF_BTC / 2).without_collateral();
			assert_ok!(back.open_in(1));
			assert_ok!(close_long(BTC));
			assert_ok!(Margin::close(signed(ALICE), 1, BTC, USDC, Part::All, Price::MAX));
		});
	}
}

#[test]
fn a_frozen_or_paused_asset_is_neither_opened_nor_closed() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Order::long(BTC, HALF_BTC).open());
		set_status(BTC, Status::Frozen);
		assert_noop!(Order::long(BTC, HALF_BTC).open(), Error::AssetFrozen);
		assert_noop!(close_long(BTC), Error::AssetFrozen);
		set_status(BTC, Status::Live);
		Listed::<Test>::mutate(USDC, |record| record.as_mut().unwrap().pauses.trade = true);
		assert_noop!(Order::long(BTC, HALF_BTC).open(), Error::ActionPaused);
		assert_noop!(close_long(BTC), Error::ActionPaused);
	});
}

#[test]
fn no_position_is_opened_or_closed_at_an_unusable_price() {
	ExtBuilder::default().build_and_execute(|| {
		let long = Order::long(BTC, HALF_BTC);
		assert_ok!(long.open());
		for verdict in [Verdict::HeldBack, Verdict::Stale, Verdict::TooFewOperators] {
			for asset in [BTC, USDC] {
				set_verdict(asset, verdict);
				assert_noop!(long.open(), Error::PriceUnusable);
				assert_noop!(Order::short(BTC, HALF_BTC).open(), Error::PriceUnusable);
				assert_noop!(close_long(BTC), Error::PriceUnusable);
				set_verdict(asset, Verdict::Usable);
			}
			// Nor is leverage measured by one, and what it is worth counts nothing.
			set_verdict(ETH, verdict);
			let on_ether = Order::long(BTC, HALF_BTC).on(ETH, 20 * unit(ETH));
			assert_noop!(on_ether.leverage(200).open_in(1), Error::PriceUnusable);
			assert_noop!(on_ether.open_in(1), Error::NotEnoughCollateral);
			set_verdict(ETH, Verdict::Usable);
		}
		// Another asset's price does not hold up the way out.
		deposit(ALICE, ETH, unit(ETH));
		set_verdict(ETH, Verdict::Stale);
		assert_ok!(close_long(BTC));
	});
}

#[test]
fn an_isolated_account_opens_in_its_own_two_assets_and_one_direction() {
	ExtBuilder::default().build_and_execute(|| {
		let mode = Mode::Isolated {
			collateral: BTC,
			debt: USDC,
		};
		assert_ok!(Margin::open_account(signed(ALICE), SUB, mode));
		let long = Order::long(BTC, HALF_BTC);
		assert_noop!(long.against(ETH).open(), Error::NotInIsolatedAccount);
		assert_noop!(long.on(ETH, unit(ETH)).open(), Error::NotInIsolatedAccount);
		assert_noop!(Order::long(ETH, unit(ETH)).open(), Error::NotInIsolatedAccount);
		assert_noop!(Order::short(BTC, HALF_BTC).open(), Error::NotInIsolatedAccount);
		assert_ok!(long.open());
		assert_noop!(close(BTC, ETH, Part::All, Price::ZERO), Error::NotInIsolatedAccount);
		assert_ok!(close_long(BTC));
	});
}

#[test]
fn an_isolated_only_asset_is_traded_with_leverage_in_isolated_accounts_alone() {
	ExtBuilder::default().build_and_execute(|| {
		reconfigure(BTC, |bitcoin| bitcoin.tier = Tier::IsolatedOnly);
		assert_noop!(Order::long(BTC, HALF_BTC).open(), Error::IsolatedOnly);
		assert_noop!(Order::short(BTC, HALF_BTC).open(), Error::IsolatedOnly);
		// Not even where it lowers the risk of an account: bitcoin has the lower margin of the two.
		assert_ok!(Order::short(DOT, 500 * unit(DOT)).open());
		assert_noop!(
			Margin::swap(signed(ALICE), SUB, BTC, DOT, unit(BTC) / 10, 0),
			Error::IsolatedOnly
		);
		let mode = Mode::Isolated {
			collateral: BTC,
			debt: USDC,
		};
		assert_ok!(Margin::open_account(signed(ALICE), 1, mode));
		assert_ok!(Order::long(BTC, HALF_BTC).open_in(1));
	});
}

#[test]
fn open_is_a_deposit_and_a_swap() {
	let after = |open: fn()| {
		let mut balances = Vec::new();
		ExtBuilder::default().build_and_execute(|| {
			open();
			balances = [USDC, BTC, ETH].map(|asset| balance(ALICE, asset)).to_vec();
			balances.extend([USDC, BTC, ETH].map(|asset| wallet(ALICE, asset) as i128));
		});
		balances
	};
	let short = after(|| Order::short(BTC, HALF_BTC).on(ETH, 4 * unit(ETH)).open().unwrap());
	let by_hand = after(|| {
		deposit(ALICE, ETH, 4 * unit(ETH));
		assert_ok!(Margin::swap(signed(ALICE), SUB, BTC, USDC, HALF_BTC, 0));
	});
	assert_eq!(short, by_hand);
	let long = after(|| Order::long(BTC, HALF_BTC).on(ETH, 4 * unit(ETH)).open().unwrap());
	let mut by_hand = after(|| {
		deposit(ALICE, ETH, 4 * unit(ETH));
		let cost = Market::cost(USDC, BTC, HALF_BTC).unwrap();
		assert_ok!(Margin::swap(signed(ALICE), SUB, USDC, BTC, cost, 0));
	});
	// What buys so much at least may buy a unit more.
	assert!((long[1]..=long[1] + 1).contains(&by_hand[1]), "{by_hand:?}");
	by_hand[1] = long[1];
	assert_eq!(long, by_hand);
}

#[test]
fn a_position_below_initial_margin_is_refused_and_nothing_moves() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(Order::long(BTC, 0).leverage(900).open(), Error::NotEnoughCollateral);
		assert_noop!(Order::short(BTC, 0).leverage(900).open(), Error::NotEnoughCollateral);
		assert_noop!(Order::long(DOT, 0).leverage(500).open(), Error::NotEnoughCollateral);
		assert_ok!(Order::long(BTC, 0).leverage(700).open());
		assert!(!view(ALICE).initial_health.is_negative());
	});
}

#[test]
fn an_account_below_initial_margin_adds_no_risk_by_open_and_may_close() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Order::long(BTC, 0).leverage(700).open());
		move_to(BTC, 780_000);
		assert!(view(ALICE).initial_health.is_negative());
		let more = Order::long(BTC, unit(BTC) / 20);
		assert_noop!(more.without_collateral().open(), Error::NotEnoughCollateral);
		assert_noop!(more.on(USDC, 10 * unit(USDC)).open(), Error::NotEnoughCollateral);
		assert_noop!(
			Order::short(ETH, unit(ETH)).without_collateral().open(),
			Error::NotEnoughCollateral
		);
		assert_ok!(more.on(USDC, 1_000 * unit(USDC)).open());
	});
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Order::long(BTC, 0).leverage(700).open());
		move_to(BTC, 720_000);
		assert!(health(ALICE).is_negative());
		assert_ok!(close(BTC, USDC, Part::Amount(unit(BTC) / 10), Price::ZERO));
		assert_ok!(close_long(BTC));
		assert!(!health(ALICE).is_negative());
	});
}

#[test]
fn closing_in_part_leaves_no_debt_too_small_to_be_liquidated() {
	ExtBuilder::default().build_and_execute(|| {
		let size = 15 * unit(ETH);
		assert_ok!(Order::short(ETH, size).open());
		let least = config(ETH, 5).min_debt.0;
		let close = |amount| close(ETH, USDC, Part::Amount(amount), Price::MAX);
		assert_noop!(close(size - least + 1), Error::DebtTooSmall);
		assert_ok!(close(size - least));
		assert_ok!(close_short(ETH));
	});
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

	#[test]
	fn opening_and_closing_at_once_returns_no_more_than_was_put_in(
		dollars in 2u128..500_000,
		percent in 20u32..500,
		asset in prop_oneof![Just(BTC), Just(ETH), Just(DOT)],
		long in any::<bool>(),
		parts in 1u128..4,
		lent in 0u128..10_000_000,
	) {
		ExtBuilder::default().build_and_execute(|| {
			// Pools in use have shares that are not worth a round number.
			assert_ok!(Margin::deposit(signed(BOB), SUB, BTC, 2_000 * unit(BTC)));
			for asset in [USDC, asset] {
				let amount = lent * unit(asset) / first_price(asset) + 123;
				let _ = Margin::borrow(signed(BOB), SUB, asset, amount);
			}
			Timestamp::set_timestamp(Timestamp::get() + 9 * DAY);
			let before = wallet(ALICE, USDC);
			let order = Order::long(asset, 0).on(USDC, dollars * unit(USDC) + lent).leverage(percent);
			let (order, limit) = if long {
				(order, Price::ZERO)
			} else {
				let short = Order { direction: Direction::Short, limit: Price::ZERO, ..order };
				(short, Price::MAX)
			};
			if let Err(refused) = order.open() {
				assert_eq!(refused, Error::NotEnoughCollateral.into());
				return;
			}
			let size = balance(ALICE, asset).unsigned_abs();
			for _ in 1..parts {
				let _ = close(asset, USDC, Part::Amount(size / parts), limit);
			}
			assert_ok!(close(asset, USDC, Part::All, limit));
			assert_eq!(balance(ALICE, asset), 0);
			let left = balance(ALICE, USDC);
			assert!(left >= 0, "a debt of {left} is left");
			if left > 0 {
				assert_ok!(Margin::withdraw(signed(ALICE), SUB, USDC, left as u128));
			}
			assert!(wallet(ALICE, USDC) < before);
			assert_ok!(Margin::close_account(signed(ALICE), SUB));
		});
	}
}
