use super::*;
use margin_math::Value;

/// A long seven times leveraged, at a price just below its maintenance margin.
fn below_maintenance() {
	open_long(ALICE, BTC, 10_000, 7);
	move_to(BTC, 720_000);
	assert!(health(ALICE).is_negative());
	assert!(view(ALICE).equity > Value::ZERO);
}

#[test]
fn a_healthy_account_is_left_alone() {
	ExtBuilder::default().build_and_execute(|| {
		open_long(ALICE, BTC, 1_000, 5);
		assert_noop!(liquidate(ALICE), Error::NotLiquidatable);
		deposit(BOB, BTC, unit(BTC));
		assert_noop!(liquidate(BOB), Error::NotLiquidatable);
	});
}

#[test]
fn a_finding_holds_for_one_account_and_one_round() {
	ExtBuilder::default().build_and_execute(|| {
		below_maintenance();
		let at = round(ALICE);
		assert_noop!(liquidate_in(BOB, at), Error::UnknownAccount);
		assert_noop!(liquidate_in(ALICE, at + 1), Error::WrongRound);
		let hash = System::block_hash(0);
		assert!(Margin::liquidate_unsigned(signed(BOB), ALICE, SUB, at, 0, hash).is_err());
		assert_ok!(liquidate_in(ALICE, at));
		assert_noop!(liquidate_in(ALICE, at), Error::WrongRound);
	});
}

#[test]
fn a_finding_names_one_of_the_last_blocks() {
	ExtBuilder::default().build_and_execute(|| {
		below_maintenance();
		let find = |at, hash| Margin::liquidate_unsigned(RuntimeOrigin::none(), ALICE, SUB, round(ALICE), at, hash);
		let (now, none) = (System::block_number(), Default::default());
		assert_noop!(find(now, none), Error::StaleFinding);
		assert_noop!(find(now + 1, none), Error::StaleFinding);
		assert_noop!(find(0, none), Error::StaleFinding);
		let first = System::block_hash(0);
		for _ in 0..5 {
			build_on_block();
		}
		assert_noop!(find(0, first), Error::StaleFinding);
		assert_ok!(find(1, System::block_hash(1)));
	});
}

#[test]
fn a_step_brings_the_account_back_to_its_target_and_no_further() {
	ExtBuilder::default().build_and_execute(|| {
		below_maintenance();
		let before = view(ALICE);
		assert_ok!(liquidate(ALICE));
		let after = view(ALICE);
		let bite = Value::from_dollars(100);
		assert!(
			after.target_health >= Value::from_raw(-1_000_000_000_000_000),
			"{:?}",
			after.target_health
		);
		assert!(after.target_health < bite, "{:?}", after.target_health);
		assert!(after.maintenance_health > Value::ZERO);
		assert!(after.equity < before.equity && after.equity > Value::ZERO);
		assert!(
			balance(ALICE, BTC) > 0 && balance(ALICE, USDC) < 0,
			"the position is smaller and still there"
		);
	});
}

#[test]
fn a_short_is_liquidated_when_the_price_rises() {
	ExtBuilder::default().build_and_execute(|| {
		open_short(ALICE, BTC, 10_000, 6);
		move_to(BTC, 900_000);
		assert!(health(ALICE).is_negative());
		assert_ok!(liquidate(ALICE));
		assert!(health(ALICE) > Value::ZERO);
		assert!(balance(ALICE, BTC) < 0 && balance(ALICE, USDC) > 0);
	});
}

#[test]
fn the_penalty_grows_with_depth_and_never_exceeds_the_equity() {
	let penalty_at = |price: u128| {
		let mut penalty = Value::ZERO;
		ExtBuilder::default().build_and_execute(|| {
			open_long(ALICE, BTC, 10_000, 7);
			move_to(BTC, price);
			let equity = view(ALICE).equity;
			assert_ok!(liquidate(ALICE));
			let Some(Event::Liquidated {
				penalty: paid, repaid, ..
			}) = events()
				.into_iter()
				.rfind(|event| matches!(event, Event::Liquidated { .. }))
			else {
				panic!("no liquidation")
			};
			assert!(paid <= equity, "{paid:?} of {equity:?}");
			penalty = Value::from_raw(paid.raw() / (repaid[0].1 .0 / unit(USDC)) as i128);
		});
		penalty
	};
	let (shallow, deep) = (penalty_at(730_000), penalty_at(715_000));
	assert!(shallow < deep, "{shallow:?} {deep:?}");
}

#[test]
fn with_the_equity_gone_the_house_takes_everything_and_the_loss_is_booked_once() {
	ExtBuilder::default().build_and_execute(|| {
		open_long(ALICE, BTC, 10_000, 7);
		move_to(BTC, 600_000);
		let equity = view(ALICE).equity;
		assert!(equity.is_negative());
		assert_ok!(liquidate(ALICE));
		assert!(crate::Accounts::<Test>::get(ALICE, SUB).unwrap().is_empty());
		let losses: Vec<_> = events()
			.into_iter()
			.filter_map(|event| match event {
				Event::LossBooked { loss, by_fund } => Some((loss, by_fund)),
				_ => None,
			})
			.collect();
		assert_eq!(losses.len(), 1);
		assert_eq!(losses[0].0, equity.checked_neg().unwrap());
		let books = pool(USDC);
		let deficit = Value::from_raw(books.deficit.0 as i128 * 1_000_000_000_000);
		let total = deficit.checked_add(losses[0].1).unwrap();
		let off = total.checked_sub(losses[0].0).unwrap();
		assert!(
			off.raw().abs() <= 2_000_000_000_000,
			"fund and deficit make up the loss: {off:?}"
		);
	});
}

#[test]
fn the_fund_pays_before_a_deficit_is_booked() {
	ExtBuilder::default().build_and_execute(|| {
		deposit(MAKER, USDC, 50_000 * unit(USDC));
		let donation = crate::Accounts::<Test>::take(MAKER, SUB).unwrap();
		crate::Fund::<Test>::put(donation);
		open_long(ALICE, BTC, 10_000, 7);
		move_to(BTC, 600_000);
		let loss = view(ALICE).equity.checked_neg().unwrap();
		assert_ok!(liquidate(ALICE));
		assert!(events().contains(&Event::LossBooked { loss, by_fund: loss }));
		assert!(pool(USDC).deficit.is_zero());
	});
}

#[test]
fn the_house_takes_no_more_than_its_line_and_the_rest_waits() {
	ExtBuilder::default().build_and_execute(|| {
		below_maintenance();
		let mut params = House::get();
		params.line = Value::from_dollars(5_000);
		House::set(&params);
		assert_ok!(liquidate(ALICE));
		let house = crate::House::<Test>::get();
		let owed = crate::ledger::Ledger::<Test>::new().health(&house).unwrap().debts;
		assert!(owed <= params.line, "{owed:?}");
		assert!(health(ALICE).is_negative());
		assert_noop!(liquidate(ALICE), Error::HouseFull);
	});
}

#[test]
fn a_dry_pool_does_not_hold_up_a_liquidation() {
	ExtBuilder::default().build_and_execute(|| {
		below_maintenance();
		deposit(BOB, ETH, 400_000 * unit(ETH));
		let lend = |asset| {
			let books = pool(asset);
			let most = books.borrowable(margin_math::Ratio::from_percent(5));
			assert_ok!(Margin::borrow(signed(BOB), SUB, asset, most.0));
		};
		lend(USDC);
		lend(BTC);
		assert_ok!(liquidate(ALICE));
	});
}

#[test]
fn liquidation_prices_tell_where_it_happens() {
	ExtBuilder::default().build_and_execute(|| {
		open_long(ALICE, BTC, 1_000, 5);
		let at = view(ALICE)
			.balances
			.iter()
			.find(|b| b.asset == BTC)
			.unwrap()
			.liquidation_price
			.unwrap();
		let cent_above = at.raw() / 10u128.pow(16) + 1;
		set_price(BTC, cent_above);
		assert!(!health(ALICE).is_negative());
		set_price(BTC, cent_above - 2);
		assert!(health(ALICE).is_negative());
	});
}

#[test]
fn dust_without_a_price_keeps_no_bad_debt_off_the_books() {
	ExtBuilder::default().build_and_execute(|| {
		deposit(ALICE, DOT, unit(DOT) / 10_000);
		open_long(ALICE, BTC, 10_000, 7);
		set_verdict(DOT, margin_risk::Verdict::Missing);
		move_to(BTC, 500_000);
		assert_ok!(liquidate(ALICE));
		assert_eq!(balance(ALICE, USDC), 0);
		assert!(balance(ALICE, DOT) > 0, "what has no price stays with its owner");
		assert!(events().iter().any(|event| matches!(event, Event::LossBooked { .. })));
	});
}
