use super::*;
use margin_math::Value;

#[test]
fn a_swap_that_borrows_opens_a_long() {
	ExtBuilder::default().build_and_execute(|| {
		open_long(ALICE, BTC, 1_000, 5);
		assert_eq!(balance(ALICE, USDC), -(4_000 * unit(USDC) as i128));
		let bought = balance(ALICE, BTC) as u128;
		// 5,000 dollars at 8,000 less 0.3 % and the price impact.
		assert!((62_000_000..62_400_000).contains(&bought), "{bought}");
		let leverage = view(ALICE).leverage.unwrap();
		assert!(leverage.raw() / 10u128.pow(16) >= 500, "{leverage:?}");
	});
}

#[test]
fn a_swap_of_what_is_not_held_opens_a_short() {
	ExtBuilder::default().build_and_execute(|| {
		open_short(ALICE, ETH, 1_000, 3);
		assert_eq!(balance(ALICE, ETH), -(15 * unit(ETH) as i128));
		assert!(balance(ALICE, USDC) > 3_980 * unit(USDC) as i128);
	});
}

#[test]
fn the_reverse_swap_closes_the_position() {
	ExtBuilder::default().build_and_execute(|| {
		open_long(ALICE, BTC, 1_000, 5);
		let held = balance(ALICE, BTC) as u128;
		assert_ok!(Margin::swap(signed(ALICE), SUB, BTC, USDC, held, 0));
		assert_eq!(balance(ALICE, BTC), 0);
		let left = balance(ALICE, USDC);
		assert!(
			(960 * unit(USDC) as i128..1_000 * unit(USDC) as i128).contains(&left),
			"{left}"
		);
		assert_ok!(Margin::withdraw(signed(ALICE), SUB, USDC, left as u128));
	});
}

#[test]
fn a_delta_neutral_book_nets() {
	ExtBuilder::default().build_and_execute(|| {
		deposit(ALICE, USDC, 2_000 * unit(USDC));
		assert_ok!(Margin::swap(signed(ALICE), SUB, ETH, BTC, 10 * unit(ETH), 0));
		let before = view(ALICE).equity;
		move_to(BTC, 880_000);
		move_to(ETH, 22_000);
		let moved = view(ALICE).equity.checked_sub(before).unwrap();
		assert!(moved.raw().abs() < Value::from_dollars(10).raw(), "{moved:?}");
	});
}

#[test]
fn swap_names_what_is_wrong_and_changes_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		let swap = |from, to, amount, limit| Margin::swap(signed(ALICE), SUB, from, to, amount, limit);
		assert_noop!(swap(USDC, BTC, unit(USDC), 0), Error::UnknownAccount);
		deposit(ALICE, USDC, 1_000 * unit(USDC));
		assert_noop!(swap(USDC, 99, unit(USDC), 0), Error::UnknownAsset);
		assert_noop!(swap(99, USDC, unit(USDC), 0), Error::UnknownAsset);
		assert_noop!(swap(USDC, USDC, unit(USDC), 0), Error::SameAsset);
		assert_noop!(swap(USDC, BTC, 0, 0), Error::AmountZero);
		assert_noop!(swap(USDC, BTC, 99, 0), Error::AmountTooSmall);
		assert_noop!(swap(USDC, BTC, 1_000 * unit(USDC), unit(BTC) / 8), Error::LimitNotMet);
		assert_noop!(swap(USDC, BTC, 9_000 * unit(USDC), 0), Error::NotEnoughCollateral);
		assert_noop!(swap(USDC, BTC, 25_000_000 * unit(USDC), 0), Error::PoolTooDry);
	});
}

#[test]
fn a_swap_that_lowers_risk_passes_below_initial_margin() {
	ExtBuilder::default().build_and_execute(|| {
		open_long(ALICE, BTC, 1_000, 7);
		move_to(BTC, 780_000);
		assert!(view(ALICE).initial_health.is_negative());
		assert!(!health(ALICE).is_negative());
		assert_noop!(
			Margin::swap(signed(ALICE), SUB, USDC, BTC, 10 * unit(USDC), 0),
			Error::NotEnoughCollateral
		);
		assert_ok!(Margin::swap(signed(ALICE), SUB, BTC, USDC, unit(BTC) / 10, 0));
	});
}

#[test]
fn the_stable_price_bounds_new_risk_but_liquidates_nobody() {
	ExtBuilder::default().build_and_execute(|| {
		deposit(ALICE, BTC, unit(BTC));
		assert_ok!(Margin::borrow(signed(ALICE), SUB, USDC, 7_000 * unit(USDC)));
		set_stable(BTC, 500_000);
		assert_noop!(
			Margin::borrow(signed(ALICE), SUB, USDC, unit(USDC)),
			Error::NotEnoughCollateral
		);
		assert!(!health(ALICE).is_negative());
		assert_noop!(liquidate(ALICE), Error::NotLiquidatable);
	});
}
