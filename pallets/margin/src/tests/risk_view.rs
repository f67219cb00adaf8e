//! What other pallets ask: withdrawals on an owner's behalf, what amounts are worth, and every asset's margin.

use super::*;
use margin_math::{Amount, Value};
use margin_risk::Verdict;

#[test]
fn a_withdrawal_for_an_owner_should_do_what_his_own_does_and_tell_what_arrived() {
	ExtBuilder::default().build_and_execute(|| {
		deposit(ALICE, BTC, unit(BTC));
		deposit(ALICE, USDC, 1_000 * unit(USDC));
		let before = wallet(ALICE, USDC);
		let taken = Margin::withdraw_for(&ALICE, SUB, USDC, Some(Amount(400 * unit(USDC))));
		assert_eq!(taken, Ok(Amount(400 * unit(USDC))));
		assert_eq!(wallet(ALICE, USDC), before + 400 * unit(USDC));
		let rest = Margin::withdraw_for(&ALICE, SUB, USDC, None);
		assert_eq!(rest, Ok(Amount(600 * unit(USDC))));
		assert_eq!(
			(wallet(ALICE, USDC), balance(ALICE, USDC)),
			(before + 1_000 * unit(USDC), 0)
		);
	});
}

#[test]
fn a_withdrawal_for_an_owner_should_be_refused_where_his_own_is() {
	ExtBuilder::default().build_and_execute(|| {
		open_long(ALICE, BTC, 1_000, 3);
		let all_btc = || Margin::withdraw_for(&ALICE, SUB, BTC, None);
		assert_noop!(all_btc(), Error::NotEnoughCollateral);
		assert_noop!(Margin::withdraw_for(&ALICE, SUB, ETH, None), Error::NotEnoughDeposited);
		assert_noop!(Margin::withdraw_for(&BOB, SUB, BTC, None), Error::UnknownAccount);
		let pauses = crate::Pauses {
			withdraw: true,
			..Default::default()
		};
		assert_ok!(Margin::set_pauses(RuntimeOrigin::root(), BTC, pauses));
		assert_noop!(all_btc(), Error::ActionPaused);
	});
}

#[test]
fn an_amount_should_be_worth_its_live_price_rounded_up_and_nothing_known_without_a_usable_one() {
	ExtBuilder::default().build_and_execute(|| {
		let dollars = first_price(BTC) as i64;
		assert_eq!(
			Margin::value_of(BTC, Amount(unit(BTC))),
			Some(Value::from_dollars(dollars))
		);
		assert!(Margin::value_of(ETH, Amount(1)) > Some(Value::ZERO));
		assert_eq!(Margin::value_of(99, Amount(1)), None);
		set_verdict(BTC, Verdict::HeldBack);
		assert_eq!(Margin::value_of(BTC, Amount(unit(BTC))), None);
	});
}

#[test]
fn the_view_of_risk_should_tell_every_listed_asset_as_a_trader_finds_it() {
	ExtBuilder::default().build_and_execute(|| {
		set_verdict(DOT, Verdict::Stale);
		let views = Margin::risk_view();
		let pools = Margin::pool_views();
		assert_eq!(views.len(), pools.len());
		for ((view, pool), price) in views.iter().zip(pools).zip(Margin::price_views()) {
			assert_eq!((view.asset, view.margin), (pool.asset, pool.margin));
			assert_eq!(
				(view.price, view.updated_at, view.verdict),
				(price.live, price.updated_at, price.verdict)
			);
		}
		assert!(views
			.iter()
			.any(|view| view.asset == DOT && view.verdict == Verdict::Stale));
	});
}
