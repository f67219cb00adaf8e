//! What the protocol is told that it carries, by account, by page and at the margins in force.

use super::*;
use crate::{AccountPut, AssetDelta, AssetPut, BookDelta, BookPut, WrittenPut};
use frame_support::traits::fungibles::Mutate;
use margin_math::{Amount, Ratio, Rounding, Value};
use margin_risk::{put::ExpectedLoss, volatility::FULL_HISTORY, VolatilityMargin};

/// Dollars move by nothing, and everything else by 1 % an hour.
fn settle() {
	set_volatility(USDC, Ratio::ZERO);
	for asset in [BTC, ETH, DOT] {
		set_volatility(asset, Ratio::from_percent(1));
	}
}

fn put(who: AccountId) -> AccountPut<AssetId> {
	Margin::account_put(&who, SUB).unwrap()
}

fn lost(who: AccountId) -> ExpectedLoss {
	put(who).expected_loss
}

fn delta(who: AccountId, asset: AssetId) -> Value {
	let put = put(who);
	let part = put
		.assets
		.iter()
		.find(|part: &&AssetDelta<AssetId>| part.asset == asset);
	part.map_or(Value::ZERO, |part| part.delta)
}

fn book() -> BookPut<AssetId, AccountId> {
	Margin::book_put(None, 1_000)
}

fn written() -> WrittenPut<AssetId> {
	Margin::written_put().unwrap()
}

fn of(asset: AssetId) -> AssetPut<AssetId> {
	let put = written().assets.into_iter().find(|put| put.asset == asset);
	put.unwrap()
}

/// Both forms of one loss are above those of another.
fn is_more(more: ExpectedLoss, less: ExpectedLoss) -> bool {
	more.gaussian > less.gaussian && more.fat_tailed > less.fat_tailed
}

fn sum(losses: impl Iterator<Item = ExpectedLoss>) -> ExpectedLoss {
	losses.fold(ExpectedLoss::default(), |sum, loss| sum.checked_add(loss).unwrap())
}

/// Within a millionth of each other.
fn near(a: Value, b: Value) -> bool {
	(a.raw() - b.raw()).abs() <= b.raw().abs() / 1_000_000
}

/// Several traders, long, short and both, in accounts of their own.
fn crowd() -> Vec<AccountId> {
	let traders: Vec<AccountId> = (100..107).collect();
	for who in &traders {
		for asset in [USDC, BTC, ETH] {
			frame_support::assert_ok!(
				<Assets as frame_support::traits::fungibles::Mutate<AccountId>>::mint_into(
					asset,
					who,
					1_000_000 * unit(asset)
				)
			);
		}
	}
	for (who, asset, times) in [(100, BTC, 2), (101, BTC, 5), (102, ETH, 3), (103, ETH, 6)] {
		open_long(who, asset, 1_000, times);
	}
	for (who, asset, times) in [(104, BTC, 4), (105, ETH, 2), (106, DOT, 1)] {
		open_short(who, asset, 1_000, times);
	}
	traders
}

#[test]
fn whoever_owes_nothing_is_no_risk_to_the_protocol() {
	ExtBuilder::default().build_and_execute(|| {
		settle();
		deposit(ALICE, BTC, 10 * unit(BTC));
		assert_eq!(lost(ALICE), ExpectedLoss::default());
		assert_eq!(delta(ALICE, BTC), put(ALICE).equity);
		assert_eq!(book().accounts, 0);
		assert_eq!(Margin::account_put(&ALICE, SUB + 1), None);
	});
}

#[test]
fn an_account_costs_more_the_higher_its_leverage() {
	ExtBuilder::default().build_and_execute(|| {
		settle();
		open_long(ALICE, BTC, 10_000, 3);
		open_long(BOB, BTC, 10_000, 6);
		assert!(is_more(lost(BOB), lost(ALICE)));
		let before = lost(BOB);
		deposit(BOB, USDC, 5_000 * unit(USDC));
		assert!(is_more(before, lost(BOB)), "money makes it less");
	});
}

#[test]
fn an_account_costs_more_the_more_its_assets_move() {
	ExtBuilder::default().build_and_execute(|| {
		settle();
		open_long(ALICE, BTC, 10_000, 5);
		let calm = lost(ALICE);
		set_volatility(ETH, Ratio::from_percent(5));
		assert_eq!(lost(ALICE), calm, "it holds no ether");
		set_volatility(BTC, Ratio::from_percent(6));
		assert!(is_more(lost(ALICE), calm));
	});
}

#[test]
fn fat_tails_cost_more_than_normal_ones() {
	ExtBuilder::default().build_and_execute(|| {
		settle();
		for who in crowd() {
			let loss = lost(who);
			assert!(loss.fat_tailed > loss.gaussian, "{who}");
		}
		let whole = written().expected_loss;
		assert!(whole.fat_tailed > whole.gaussian);
	});
}

#[test]
fn deltas_add_up_to_the_equity_and_parts_to_the_loss() {
	ExtBuilder::default().build_and_execute(|| {
		settle();
		for who in crowd() {
			let put = put(who);
			let deltas = put.assets.iter().map(|part| part.delta.raw()).sum::<i128>();
			assert_eq!(deltas, put.equity.raw());
			assert_eq!(put.equity, view(who).equity);
			assert_eq!(sum(put.assets.iter().map(|part| part.expected_loss)), put.expected_loss);
			// All that moves it is the one asset that is not dollars.
			let moving = put.assets.iter().find(|part| part.asset != USDC).unwrap();
			assert_eq!(moving.expected_loss, put.expected_loss);
		}
	});
}

#[test]
fn a_hedge_leaves_little_delta_and_little_to_lose() {
	ExtBuilder::default().build_and_execute(|| {
		settle();
		open_short(ALICE, BTC, 20_000, 4);
		let (bare, short) = (lost(ALICE), delta(ALICE, BTC));
		assert!(near(short, Value::from_dollars(-80_000)));
		// Bitcoin worth all of it but a hundredth comes into the account.
		deposit(ALICE, BTC, 99 * unit(BTC) / 10);
		assert!(near(delta(ALICE, BTC), Value::from_dollars(-800)));
		assert!(lost(ALICE).fat_tailed.raw() < bare.fat_tailed.raw() / 1_000);
	});
}

#[test]
fn long_and_short_of_many_accounts_stand_beside_each_other_in_the_book() {
	ExtBuilder::default().build_and_execute(|| {
		settle();
		open_long(ALICE, BTC, 20_000, 2);
		open_short(BOB, BTC, 20_000, 2);
		let part = book().assets.into_iter().find(|part| part.asset == BTC).unwrap();
		assert!(part.long > Value::from_dollars(39_000));
		let net = part.long.checked_sub(part.short).unwrap();
		assert!(net.raw().abs() < part.long.raw() / 50, "{net}");
		assert!(
			part.expected_loss.fat_tailed > Value::ZERO,
			"either may lose all the same"
		);
	});
}

#[test]
fn pages_of_any_size_add_up_to_the_whole_book() {
	ExtBuilder::default().build_and_execute(|| {
		settle();
		let traders = crowd();
		let whole = book();
		assert_eq!((whole.accounts as usize, whole.unweighed), (traders.len(), 0));
		assert_eq!(whole.next, None);
		assert_eq!(whole.expected_loss, sum(traders.iter().map(|who| lost(*who))));
		assert_eq!(
			whole.expected_loss,
			sum(whole.assets.iter().map(|part| part.expected_loss))
		);
		for size in [1, 2, 3, 7] {
			let (mut after, mut pages) = (None, Vec::new());
			loop {
				let page = Margin::book_put(after, size);
				after = page.next.clone();
				pages.push(page);
				if after.is_none() {
					break;
				}
			}
			assert_eq!(pages.len(), traders.len().div_ceil(size as usize));
			assert_eq!(
				pages.iter().map(|page| page.accounts).sum::<u32>(),
				traders.len() as u32
			);
			assert_eq!(sum(pages.iter().map(|page| page.expected_loss)), whole.expected_loss);
			for part in &whole.assets {
				let of_asset = |page: &BookPut<AssetId, AccountId>| {
					page.assets.iter().find(|other| other.asset == part.asset).copied()
				};
				let parts: Vec<BookDelta<AssetId>> = pages.iter().filter_map(of_asset).collect();
				let total = |what: fn(&BookDelta<AssetId>) -> Value| parts.iter().map(|part| what(part).raw()).sum();
				assert_eq!(
					(part.long.raw(), part.short.raw()),
					(total(|p| p.long), total(|p| p.short))
				);
				assert_eq!(sum(parts.iter().map(|part| part.expected_loss)), part.expected_loss);
			}
		}
	});
}

#[test]
fn a_book_without_debts_costs_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		settle();
		let (book, put) = (book(), written());
		assert_eq!((book.accounts, book.expected_loss), (0, ExpectedLoss::default()));
		assert_eq!((put.debts, put.expected_loss), (Value::ZERO, ExpectedLoss::default()));
		assert_eq!((put.fee, put.reserve_rate), (None, None));
		assert_eq!((put.fund, put.adequacy_hours), (Value::ZERO, 0));
		endow(1_000);
		assert_eq!(written().adequacy_hours, u64::MAX);
	});
}

/// The insurance fund gets so many dollars.
fn endow(dollars: u128) {
	crate::Fund::<Test>::mutate(|fund| {
		let mut ledger = crate::ledger::Ledger::<Test>::new();
		ledger.credit(fund, USDC, Amount(dollars * unit(USDC))).unwrap();
		ledger.commit();
	});
	Assets::mint_into(USDC, &Margin::account_id(), dollars * unit(USDC)).unwrap();
}

#[test]
fn a_healthy_book_costs_no_more_than_it_would_at_the_margins_in_force() {
	ExtBuilder::default().build_and_execute(|| {
		settle();
		for who in crowd() {
			assert!(!health(who).is_negative());
		}
		assert!(is_more(written().expected_loss, book().expected_loss));
		// To the edge of maintenance.
		set_price(BTC, first_price(BTC) * 88);
		set_price(ETH, first_price(ETH) * 91);
		for who in 100..107 {
			assert!(!health(who).is_negative(), "{who}");
		}
		let (whole, now) = (written().expected_loss, book().expected_loss);
		assert!(is_more(whole, now));
		assert!(
			now.fat_tailed.raw() > whole.fat_tailed.raw() / 10,
			"near enough to tell"
		);
	});
}

#[test]
fn what_is_owed_in_dollars_is_secured_by_what_costs_most() {
	ExtBuilder::default().build_and_execute(|| {
		settle();
		open_long(ALICE, ETH, 10_000, 5);
		// Nobody tells from the pools what he bought. Bitcoin moves more, and there is enough of it.
		set_volatility(BTC, Ratio::from_percent(2));
		let (owed, bitcoin) = (of(USDC).short, of(BTC));
		assert!(owed > Value::from_dollars(39_000) && of(ETH).long.is_zero());
		let secured = bitcoin.long.mul_ratio(Ratio::from_percent(95), Rounding::Up).unwrap();
		let asked = owed.mul_ratio(Ratio::from_percent(101), Rounding::Up).unwrap();
		assert!(near(secured, asked));
		assert_eq!(written().expected_loss, bitcoin.expected_loss);
	});
}

#[test]
fn the_put_at_the_margins_in_force_falls_with_them_and_rises_with_volatility() {
	ExtBuilder::default().build_and_execute(|| {
		settle();
		open_short(ALICE, BTC, 10_000, 3);
		let before = written();
		set_volatility(BTC, Ratio::from_percent(2));
		assert!(is_more(written().expected_loss, before.expected_loss));
		assert!(written().fee.unwrap() > before.fee.unwrap());
		set_volatility(BTC, Ratio::from_percent(1));
		reconfigure(BTC, |config| {
			config.margin = margin_risk::MarginRatios::from_maintenance(Ratio::from_percent(10)).unwrap()
		});
		assert!(is_more(before.expected_loss, written().expected_loss));
	});
}

#[test]
fn the_fee_pays_for_the_put_and_its_load_in_a_year() {
	ExtBuilder::default().build_and_execute(|| {
		settle();
		crowd();
		let put = written();
		let paid = put.debts.mul_ratio(put.fee.unwrap(), Rounding::Up).unwrap();
		let due = Value::from_raw(put.expected_loss.fat_tailed.raw() * 155 / 100 * 8_760);
		assert!(near(paid, due) && paid >= due, "{paid} for {due}");
		for part in &put.assets {
			let position = part.long.checked_add(part.short).unwrap();
			let paid = position.mul_ratio(part.fee, Rounding::Up).unwrap();
			let due = Value::from_raw(part.expected_loss.fat_tailed.raw() * 155 / 100 * 8_760);
			assert!(paid.raw() >= due.raw() - 10_000_000 && (due.is_zero() || near(paid, due)));
		}
	});
}

#[test]
fn reserves_are_the_funds_share_of_what_borrowers_pay() {
	ExtBuilder::default().build_and_execute(|| {
		settle();
		crowd();
		let pools = Margin::pool_views();
		let put = written();
		for part in &put.assets {
			let pool = pools.iter().find(|pool| pool.asset == part.asset).unwrap();
			let share = pool
				.borrow_rate
				.checked_mul(Ratio::from_percent(10), Rounding::Down)
				.unwrap();
			let a_year = part.short.mul_ratio(share, Rounding::Down).unwrap();
			assert!(near(Value::from_raw(part.reserves.raw() * 8_760), a_year));
		}
		let a_year = put.debts.mul_ratio(put.reserve_rate.unwrap(), Rounding::Down).unwrap();
		assert!(near(Value::from_raw(put.reserves.raw() * 8_760), a_year) && a_year > Value::ZERO);
	});
}

#[test]
fn the_fund_tells_each_hour_for_how_many_more_it_would_pay() {
	ExtBuilder::default().build_and_execute(|| {
		settle();
		crowd();
		endow(1_000);
		next_block(HOUR);
		let told = events().into_iter().rev().find_map(|event| match event {
			Event::FundReported { value, adequacy, .. } => Some((value, adequacy)),
			_ => None,
		});
		let put = written();
		assert_eq!(told, Some((put.fund, Some(put.adequacy_hours))));
		let paid = put.adequacy_hours as i128 * put.expected_loss.fat_tailed.raw();
		assert!(paid <= put.fund.raw() && paid + put.expected_loss.fat_tailed.raw() > put.fund.raw());
	});
}

#[test]
fn an_asset_of_which_little_is_known_counts_for_no_less_than_usual() {
	ExtBuilder::default().build_and_execute(|| {
		let percent = Ratio::from_percent;
		let counts = || of(BTC).volatility;
		let rule = |usual| {
			let rule = VolatilityMargin {
				base: percent(1),
				multiple: percent(500),
				usual,
				floor: percent(2),
				cap: percent(11),
				rise: percent(25),
				fall: percent(5),
			};
			reconfigure(BTC, |config| config.volatility = Some(rule));
		};
		// Nothing was ever known of it: its margin is taken for one standard deviation.
		assert_eq!(counts(), percent(5));
		set_estimate(BTC, percent(1), 0);
		assert_eq!(counts(), percent(1), "whatever is known is all there is");
		rule(Some(percent(3)));
		assert_eq!(counts(), percent(3), "no less than usual");
		set_estimate(BTC, percent(4), FULL_HISTORY - 1);
		assert_eq!(counts(), percent(4));
		set_estimate(BTC, percent(1), FULL_HISTORY);
		assert_eq!(counts(), percent(1), "it is known by now");
		set_estimate(BTC, percent(1), FULL_HISTORY - 1);
		rule(None);
		assert_eq!(
			counts(),
			percent(2),
			"at five times that and one per cent it is at the cap"
		);
	});
}

#[test]
fn what_does_not_fit_is_not_told() {
	ExtBuilder::default().build_and_execute(|| {
		settle();
		crowd();
		open_short(ALICE, BTC, 10_000, 3);
		let before = book();
		set_price(BTC, 10u128.pow(22));
		assert_eq!(Margin::account_put(&ALICE, SUB), None);
		assert_eq!(Margin::written_put(), None);
		// The others owe or hold less than one.
		let after = book();
		assert_eq!((after.accounts, after.unweighed), (before.accounts - 1, 1));
		set_price(BTC, first_price(BTC) * 100);
		assert_eq!(book(), before);
	});
}

#[test]
fn a_page_has_at_least_one_account_and_at_most_two_thousand() {
	ExtBuilder::default().build_and_execute(|| {
		settle();
		crowd();
		assert_eq!(Margin::book_put(None, 0).accounts, 1);
		assert_eq!(Margin::book_put(None, u32::MAX), book());
	});
}
