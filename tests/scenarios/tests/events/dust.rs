//! S20: very many small accounts, none of them worth a liquidation.

use frame_support::traits::fungible::InspectHold;
use margin_runtime::{units::*, *};
use margin_scenarios::{chain::*, stage::*};
use pallet_margin::{Call as MarginCall, Error, SubAccount};

const MANY: SubAccount = 1_000;
/// Of each small account, in USDC: just enough for the least debt of ten dollars.
const COLLATERAL: Balance = 1_120 * USDC_UNIT / 100;

fn least_debt() -> Balance {
	pallet_margin::Assets::<Runtime>::get(BTC).unwrap().config.min_debt.0
}

fn held_for_accounts(who: &AccountId) -> Balance {
	Balances::balance_on_hold(&pallet_margin::HoldReason::Account.into(), who)
}

/// Calls for every small account of Bob's, a hundred accounts a block.
fn for_each(calls: impl Fn(SubAccount) -> Vec<MarginCall<Runtime>>) {
	for sub in 0..MANY {
		if sub % 100 == 0 {
			begin_after(1);
			feed_all(&FIRST_PRICES);
		}
		for call in calls(sub) {
			assert_eq!(dispatched("//Bob", call), Ok(()), "account {sub}");
		}
		if sub % 100 == 99 {
			end();
		}
	}
}

fn open_many() {
	fed(&FIRST_PRICES);
	for_each(|sub| {
		vec![
			MarginCall::deposit {
				sub,
				asset: USDC,
				amount: COLLATERAL,
			},
			MarginCall::borrow {
				sub,
				asset: BTC,
				amount: least_debt(),
			},
		]
	});
}

#[test]
fn a_thousand_small_accounts_should_lock_a_deposit_each_and_get_it_back() {
	development(|| {
		let bob = genesis_presets::account("//Bob");
		let (free, usdc) = (Balances::free_balance(&bob), wallet("//Bob", USDC));
		open_many();
		let locked = u128::from(MANY) * AccountDeposit::get();
		assert!(locked >= 850 * MRG_UNIT);
		assert_eq!(held_for_accounts(&bob), locked);
		assert_eq!(Balances::free_balance(&bob), free - locked);
		// Each owes ten dollars, and holds more than it owes.
		assert!(dollars(BTC, least_debt(), 789_466) >= 9);
		assert_eq!(usdc - wallet("//Bob", USDC), u128::from(MANY) * COLLATERAL);

		for_each(|sub| {
			let asset = BTC;
			let amount = Balance::MAX;
			let back = MarginCall::withdraw {
				sub,
				asset: USDC,
				amount,
			};
			vec![
				MarginCall::repay { sub, asset, amount },
				back,
				MarginCall::close_account { sub },
			]
		});
		assert_eq!(held_for_accounts(&bob), 0);
		assert_eq!(Balances::free_balance(&bob), free);
		assert_eq!(pallet_margin::Triggers::<Runtime>::iter().count(), 0);
	});
}

#[test]
fn a_smaller_debt_or_deposit_should_be_refused() {
	development(|| {
		fed(&FIRST_PRICES);
		all_done([("//Bob", supply(USDC, COLLATERAL))]);
		begin_after(1);
		let cases = [
			(borrow(BTC, least_debt() - 1), Error::<Runtime>::DebtTooSmall),
			(supply(USDC, USDC_UNIT / 100 - 1), Error::AmountTooSmall),
		];
		for (call, error) in cases {
			assert_eq!(done("//Bob", call), Err(error.into()));
		}
		assert_eq!(done("//Bob", borrow(BTC, least_debt())), Ok(()));
		assert_eq!(done("//Bob", repay(BTC, 1)), Err(Error::<Runtime>::DebtTooSmall.into()));
		end();
	});
}

#[test]
fn a_thousand_small_accounts_should_not_keep_a_large_one_from_its_liquidation() {
	development(|| {
		open_many();
		all_done([("//Charlie", supply(USDC, 10_000 * USDC_UNIT))]);
		all_done([("//Charlie", open(pallet_margin::Direction::Short, BTC, 12 * BTC_UNIT))]);
		let before = round("//Charlie");
		// All of them are below maintenance at once.
		fed(&moved(BTC, 109, 100));
		let (below, _) = Margin::at_risk(None, 1_000);
		assert!(below.len() >= 999, "{}", below.len());
		let mut blocks = 0;
		while round("//Charlie") == before {
			fed(&moved(BTC, 109, 100));
			blocks += 1;
			assert!(
				blocks <= 5,
				"the chain goes round among a thousand liquidations in a few blocks"
			);
		}
	});
}
